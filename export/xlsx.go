package export

import (
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// The bounds of the file format.
const (
	maxSheetRows = 1 << 20
	maxCellUnits = 32767 // UTF-16 code units of one cell
)

// How wide a column is, in letters.
const (
	minWidth = 8
	maxWidth = 60
)

// written is the one time that a workbook names: of two of the same facts, the
// bytes are the same.
const written = "2000-01-01T00:00:00Z"

// writeXLSX writes a workbook with a sheet for each part.
func writeXLSX(w io.Writer, r *Release) error {
	return writeWorkbook(w, r.Product.Name+" "+r.Release.Version, r.about(), append([]table{r.environment()}, r.sheets()...)...)
}

// Sheet is a sheet of a workbook that is about no release.
type Sheet struct {
	Name    string
	Columns []string
	Numbers []bool // the columns of whole numbers; may be shorter
	Rows    [][]string
}

// WriteSheets writes a workbook, as that of a release is written.
func WriteSheets(w io.Writer, title, about string, sheets ...Sheet) error {
	return writeWorkbook(w, title, about, each(sheets, func(s Sheet) table {
		t := table{name: s.Name, columns: make([]column, len(s.Columns)), rows: make([][]cell, len(s.Rows))}
		for i, name := range s.Columns {
			t.columns[i].name = name
		}
		for y, row := range s.Rows {
			t.rows[y] = make([]cell, len(row))
			for x, text := range row {
				t.rows[y][x] = cell{text: text, number: x < len(s.Numbers) && s.Numbers[x] && text != "" && strings.Trim(text, "0123456789") == ""}
			}
		}
		return t
	})...)
}

// writeWorkbook writes a sheet for each table. Every value is a text, which nothing takes for a
// formula, a date or a number, but for those that are whole numbers. A text longer than a cell can
// hold is cut, and says so.
func writeWorkbook(w io.Writer, title, about string, tables ...table) (err error) {
	b := &workbook{file: excelize.NewFile()}
	defer func() { err = errors.Join(err, b.file.Close()) }()
	if b.head, err = b.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}}); err != nil {
		return err
	}
	if err := b.file.SetDocProps(&excelize.DocProperties{
		Title: cut(title), Description: cut(about),
		Creator: "TestedOn", LastModifiedBy: "TestedOn", Created: written, Modified: written, Language: "en",
	}); err != nil {
		return err
	}
	for i := range tables {
		if rows := len(tables[i].rows); rows >= maxSheetRows {
			return fact.Invalid("format", "Use csv", "a sheet has %d rows, and %d are wanted", maxSheetRows, rows)
		}
		if err := b.sheet(&tables[i]); err != nil {
			return err
		}
	}
	return b.file.Write(w)
}

// environment is a table with a row for each claim.
func (r *Release) environment() table {
	t := table{name: "Environment"}
	for _, name := range claimColumns {
		t.columns = append(t.columns, column{name: str.Capital(str.Words(name))})
	}
	for _, row := range r.claims() {
		t.add(each(row, words)...)
	}
	return t
}

// sheets are the tables of everything else. Those that a reader looks for are
// there without rows, too.
func (r *Release) sheets() []table {
	return slices.DeleteFunc(r.tables(), func(t table) bool { return len(t.rows) == 0 && !t.always })
}

// workbook is a file on its way.
type workbook struct {
	file *excelize.File
	head int // the style of the first row
	any  bool
}

// sheet adds a sheet: the names of the columns stay in sight and filter the rows.
func (b *workbook) sheet(t *table) error {
	if err := b.open(t.name); err != nil {
		return err
	}
	widths := make([]int, len(t.columns))
	for i, column := range t.columns {
		if err := b.text(t.name, i, 0, column.name, widths); err != nil {
			return err
		}
	}
	for y, row := range t.rows {
		for x, c := range row {
			if err := b.cell(t.name, x, y+1, c, widths); err != nil {
				return err
			}
		}
	}
	return b.dress(t, widths)
}

// open makes the sheet; a new file has one already.
func (b *workbook) open(name string) error {
	if !b.any {
		b.any = true
		return b.file.SetSheetName(b.file.GetSheetName(0), name)
	}
	_, err := b.file.NewSheet(name)
	return err
}

// cell writes a cell; x and y count from 0.
func (b *workbook) cell(sheet string, x, y int, c cell, widths []int) error {
	switch {
	case c.source != nil:
		return b.text(sheet, x, y, c.source.ID, widths)
	case c.number:
		return b.number(sheet, x, y, c.text)
	}
	return b.text(sheet, x, y, c.text, widths)
}

func (b *workbook) text(sheet string, x, y int, text string, widths []int) error {
	if text == "" {
		return nil
	}
	name, err := excelize.CoordinatesToCellName(x+1, y+1)
	if err != nil {
		return err
	}
	text = cut(escaped.ReplaceAllString(text, "_x005F_$1"))
	widths[x] = max(widths[x], len(text))
	return b.file.SetCellStr(sheet, name, text)
}

// escaped is what the file format would read as the code of a character.
var escaped = regexp.MustCompile(`_(x[0-9A-Fa-f]{4}_)`)

// number writes a whole number.
func (b *workbook) number(sheet string, x, y int, digits string) error {
	name, err := excelize.CoordinatesToCellName(x+1, y+1)
	if err != nil {
		return err
	}
	return b.file.SetCellDefault(sheet, name, digits)
}

// dress makes the sheet fit to be worked with.
func (b *workbook) dress(t *table, widths []int) error {
	last, err := excelize.CoordinatesToCellName(len(t.columns), len(t.rows)+1)
	if err != nil {
		return err
	}
	for i, width := range widths {
		column, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := b.file.SetColWidth(t.name, column, column, float64(min(max(width+2, minWidth), maxWidth))); err != nil {
			return err
		}
	}
	return errors.Join(
		b.file.SetRowStyle(t.name, 1, 1, b.head),
		b.file.SetPanes(t.name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}),
		b.file.AutoFilter(t.name, "A1:"+last, nil),
	)
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
