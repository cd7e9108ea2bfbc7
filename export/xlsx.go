package export

import (
	"archive/zip"
	"bufio"
	"embed"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// The bounds of the file format (ECMA-376, SpreadsheetML).
const (
	maxSheetRows    = 1 << 20
	maxSheetColumns = 1 << 14
	maxCellUnits    = 32767 // UTF-16 code units of one cell
)

// How wide a column is, in letters.
const (
	minWidth = 8
	maxWidth = 60
)

// writeXLSX writes a workbook with a sheet for each part.
func writeXLSX(w io.Writer, r *Release) error {
	claims := r.claims()
	if len(claims) >= maxSheetRows {
		return fact.Refuse("format", "export.sheet.large", maxSheetRows, len(claims))
	}
	sheets := []sheet{{"Environment", claimHeads(), 0, slices.Values(each(claims, func(row []string) []cell { return each(row, words) }))}}
	for _, t := range r.sheets() {
		sheets = append(sheets, sheet{t.name, each(t.columns, func(c column) string { return c.name }), 0, slices.Values(t.rows)})
	}
	return writeWorkbook(w, r.Product.Name+" "+r.Release.Version, r.about(), sheets)
}

// claimHeads are the claimColumns as people read them.
func claimHeads() []string {
	return each(claimColumns, func(name string) string { return str.Capital(str.Words(name)) })
}

// sheets are the tables of everything else. Those that a reader looks for are
// there without rows, too.
func (r *Release) sheets() []table {
	return slices.DeleteFunc(r.tables(), func(t table) bool { return len(t.rows) == 0 && !t.always })
}

// sheet is one of a workbook. The names of its columns stay in sight and filter the rows, which
// are made twice and not kept: how wide the columns are is written before them.
type sheet struct {
	name  string
	heads []string
	fixed int // columns that stay in sight as well
	rows  iter.Seq[[]cell]
}

// Sheet is a sheet of a workbook that is about no release.
type Sheet struct {
	Name    string
	Columns []string
	Numbers []bool             // the columns of whole numbers; may be shorter
	Rows    iter.Seq[[]string] // which are gone through twice; at most [MaxRows]
}

// MaxRows is how many rows a sheet takes below the names of its columns.
const MaxRows = maxSheetRows - 1

// WriteSheets writes a workbook, as that of a release is written.
func WriteSheets(w io.Writer, title, about string, sheets ...Sheet) error {
	return writeWorkbook(w, title, about, each(sheets, func(s Sheet) sheet { return sheet{s.Name, s.Columns, 0, s.cells} }))
}

// cells are the rows of a sheet.
func (s *Sheet) cells(yield func([]cell) bool) {
	for row := range s.Rows {
		cells := each(row, words)
		for x := range min(len(cells), len(s.Numbers)) {
			cells[x].number = s.Numbers[x] && row[x] != "" && strings.Trim(row[x], "0123456789") == ""
		}
		if !yield(cells) {
			return
		}
	}
}

// parts are those of a workbook that are the same but for what stands in braces; the one time that
// they name is always the same.
//
//go:embed all:workbook
var parts embed.FS

// writeWorkbook writes sheets as they are made. Every value is a text, which nothing takes for a
// formula, a date or a number, but for those that are whole numbers. A text longer than a cell
// can hold is cut, and says so. Of the same sheets the bytes are the same.
func writeWorkbook(w io.Writer, title, about string, sheets []sheet) error {
	book := zip.NewWriter(w)
	part := func(name string, write func(*bufio.Writer)) error {
		file, err := book.Create(name)
		if err != nil {
			return err
		}
		to := bufio.NewWriter(file)
		write(to) // what is wrong is told by Flush
		return to.Flush()
	}
	var types, names, relations strings.Builder
	for i, s := range sheets {
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, i+1)
		fmt.Fprintf(&names, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, escaped(s.name), i+1, i+1)
		fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, i+1)
	}
	own := strings.NewReplacer("{title}", escaped(title), "{about}", escaped(about), "{types}", types.String(), "{sheets}", names.String(), "{relations}", relations.String())
	err := fs.WalkDir(parts, "workbook", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := parts.ReadFile(path)
		return errors.Join(err, part(strings.TrimPrefix(path, "workbook/"), func(to *bufio.Writer) { _, _ = own.WriteString(to, string(text)) }))
	})
	for i := range sheets {
		err = errors.Join(err, part(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), sheets[i].write))
	}
	return errors.Join(err, book.Close())
}

// write writes the sheet.
func (s *sheet) write(to *bufio.Writer) {
	pane := map[bool]string{true: "bottomRight", false: "bottomLeft"}[s.fixed > 0]
	fmt.Fprintf(to, `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0">`+
		`<pane xSplit="%d" ySplit="1" topLeftCell="%s" activePane="%s" state="frozen"/></sheetView></sheetViews><cols>`, s.fixed, reference(s.fixed, 1), pane)
	widths, last := s.measure()
	for i, width := range widths {
		fmt.Fprintf(to, `<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, min(max(width+2, minWidth), maxWidth))
	}
	_, _ = to.WriteString(`</cols><sheetData>`)
	writeRow(to, 0, 1, each(s.heads, words))
	y := 0
	for row := range s.rows {
		y++
		writeRow(to, y, 0, row)
	}
	fmt.Fprintf(to, `</sheetData><autoFilter ref="A1:%s"/></worksheet>`, reference(len(s.heads)-1, last))
}

// measure tells how wide each column is, in letters, and the place of the last row.
func (s *sheet) measure() (widths []int, last int) {
	widths = each(s.heads, utf8.RuneCountInString)
	for row := range s.rows {
		last++
		for x := range row {
			widths[x] = max(widths[x], utf8.RuneCountInString(row[x].shown()))
		}
	}
	return widths, last
}

// shown is the text of a cell of a workbook.
func (c cell) shown() string {
	if c.source != nil {
		return c.source.ID
	}
	return c.text
}

// writeRow writes cells in a style of xl/styles.xml.
func writeRow(to *bufio.Writer, y, style int, row []cell) {
	fmt.Fprintf(to, `<row r="%d">`, y+1)
	for x, c := range row {
		switch text := c.shown(); {
		case text == "":
		case c.number:
			fmt.Fprintf(to, `<c r="%s" s="%d"><v>%s</v></c>`, reference(x, y), style, text)
		default:
			fmt.Fprintf(to, `<c r="%s" s="%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, reference(x, y), style, escaped(text))
		}
	}
	_, _ = to.WriteString(`</row>`)
}

// reference names a cell, "AB12"; x and y count from 0.
func reference(x, y int) string {
	name := strconv.Itoa(y + 1)
	for x++; x > 0; x = (x - 1) / 26 {
		name = string(rune('A'+(x-1)%26)) + name
	}
	return name
}

// coded is what the file format would read as the code of a character.
var coded = regexp.MustCompile(`_(x[0-9A-Fa-f]{4}_)`)

// escaped is a text as it stands in a part.
func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(cut(coded.ReplaceAllString(text, "_x005F_$1")))) // a builder takes all
	return b.String()
}

// cut keeps a text within what a cell holds, and makes it valid UTF-8.
func cut(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	units, end := 0, 0
	for i, r := range text {
		if units < maxCellUnits-1 {
			end = i
		}
		if units += utf16.RuneLen(r); units > maxCellUnits {
			return text[:end] + "…"
		}
	}
	return text
}
