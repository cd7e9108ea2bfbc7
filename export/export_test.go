package export_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/export"
)

var update = flag.Bool("update", false, "write the files in testdata anew")

// file is the catalogue file as it is read back.
type file struct {
	Schema string `json:"$schema"`
	fact.Dataset
}

// decode reads a catalogue file strictly.
func decode(t testing.TB, text []byte) *fact.Dataset {
	t.Helper()
	read := &file{}
	in := json.NewDecoder(bytes.NewReader(text))
	in.DisallowUnknownFields()
	if err := in.Decode(read); err != nil {
		t.Fatal(err)
	}
	return &read.Dataset
}

// dataset is that of testdata/catalogue.json: a release with something of
// everything, on a platform.
func dataset(t testing.TB) *fact.Dataset {
	t.Helper()
	text, err := os.ReadFile("testdata/catalogue.json")
	if err != nil {
		t.Fatal(err)
	}
	ds := decode(t, text)
	ds.Digest = ds.ContentDigest()
	return ds
}

// of exports a release of a dataset.
func of(t testing.TB, ds *fact.Dataset, product, release string) *export.Release {
	t.Helper()
	m, err := compat.Build(ds)
	if err != nil {
		t.Fatal(err)
	}
	released, err := m.Release(product, release)
	if err != nil {
		t.Fatal(err)
	}
	r, err := export.Of(m, released, "")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// write writes a release in the format of that name.
func write(t testing.TB, r *export.Release, name string) []byte {
	t.Helper()
	var b bytes.Buffer
	f := format(name)
	if err := f.Write(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// format finds a format by name.
func format(name string) *export.Format {
	return &export.Formats[slices.IndexFunc(export.Formats, func(f export.Format) bool { return f.Name == name })]
}

// golden holds a text against a file in testdata, which -update writes anew.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := "testdata/" + name
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is another; run with -update and read the difference. It is now:\n%s", path, got)
	}
}

// TestFormats holds every format of two releases, one with everything and one with
// nothing, against files.
func TestFormats(t *testing.T) {
	ds := dataset(t)
	for _, release := range []string{"1.0", "0.9"} {
		r := of(t, ds, "demo", release)
		for _, f := range export.Formats {
			name, text := strings.TrimPrefix(export.FileName(r, f.Extension), "testedon-"), string(write(t, r, f.Name))
			if f.Name == "xlsx" {
				name, text = name+".txt", sheets(t, []byte(text))
			}
			golden(t, name, text)
		}
	}
}

// matrix exports the product of a dataset.
func matrix(t testing.TB, ds *fact.Dataset, product string) *export.Matrix {
	t.Helper()
	m, err := compat.Build(ds)
	if err != nil {
		t.Fatal(err)
	}
	p, err := m.Product(product)
	if err != nil {
		t.Fatal(err)
	}
	x, err := export.OfProduct(m, p, "")
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// writeMatrix writes a matrix in the format of that name.
func writeMatrix(t testing.TB, x *export.Matrix, name string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := format(name).WriteMatrix(&b, x); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestMatrix holds the matrix of a product in every format that can hold one against files; each
// statement of a release stands in both sheets.
func TestMatrix(t *testing.T) {
	x := matrix(t, dataset(t), "demo")
	for _, f := range export.Formats {
		if !f.Holds() {
			continue
		}
		text := writeMatrix(t, x, f.Name)
		if again := writeMatrix(t, matrix(t, dataset(t), "demo"), f.Name); !bytes.Equal(text, again) {
			t.Errorf("%s differs from one time to the next", f.Name)
		}
		name := strings.TrimPrefix(x.FileName(f.Extension), "testedon-")
		if f.Name == "xlsx" {
			name, text = name+".txt", []byte(sheets(t, text))
		}
		golden(t, name, string(text))
	}
	stated := 0
	for _, r := range x.Releases() {
		stated += len(r.Listings())
	}
	book, err := excelize.OpenReader(bytes.NewReader(writeMatrix(t, x, "xlsx")))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if rows, err := book.GetRows("Statements"); err != nil || len(rows) != stated+1 || stated == 0 {
		t.Errorf("%d rows of %d statements, %v", len(rows), stated, err)
	}
}

// TestSameBytes: the same facts give the same bytes, which the ETag promises.
func TestSameBytes(t *testing.T) {
	for _, f := range export.Formats {
		first, second := write(t, of(t, dataset(t), "demo", "1.0"), f.Name), write(t, of(t, dataset(t), "demo", "1.0"), f.Name)
		if !bytes.Equal(first, second) {
			t.Errorf("%s differs from one time to the next", f.Name)
		}
	}
}

// sheets writes a workbook as text: each sheet, what stays in sight, its filter
// and its cells with their types.
func sheets(t testing.TB, book []byte) string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var b strings.Builder
	props, err := f.GetDocProps()
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(&b, "%s, %s, %s\n", props.Title, props.Creator, props.Created)
	for _, name := range f.GetSheetList() {
		panes, err := f.GetPanes(name)
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetCellStyle(name, "A1")
		if err != nil {
			t.Fatal(err)
		}
		look, err := f.GetStyle(style)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "\n%s: frozen %t below row %d, head bold %t\n", name, panes.Freeze, panes.YSplit, look.Font != nil && look.Font.Bold)
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for y, row := range rows {
			for x, text := range row {
				if text == "" {
					continue
				}
				at, _ := excelize.CoordinatesToCellName(x+1, y+1)
				kind, _ := f.GetCellType(name, at)
				formula, _ := f.GetCellFormula(name, at)
				if formula != "" {
					t.Errorf("%s!%s is the formula %s", name, at, formula)
				}
				fmt.Fprintf(&b, "%s %s %q\n", at, map[bool]string{true: "text", false: "number"}[kind == excelize.CellTypeInlineString], text)
			}
		}
	}
	return b.String()
}
