package export

import (
	"slices"
	"strconv"

	"github.com/testedon/testedon/compat/fact"
)

// table is a part of a release as rows and columns, for every format that shows
// tables. A column that has no text in any row may be left out.
type table struct {
	name    string // "Requirements"
	page    string // what a page calls it, where that is something else; see column
	always  bool   // it is a sheet of a workbook also without rows
	columns []column
	rows    [][]cell
}

// column is what cells below each other say.
type column struct {
	name string
	// page is what a page calls it: a word by which a reader of pages tells remarks
	// from what is stated of technologies. Columns of one word stand in one there.
	// Empty where it is the name.
	page string
}

// cell is what stands in a row of a table.
type cell struct {
	text   string
	number bool         // it is a whole number
	url    string       // that the text leads to, where there is one
	source *fact.Source // that the row stands on, in place of a text
}

func words(text string) cell          { return cell{text: text} }
func number(n int) cell               { return cell{text: strconv.Itoa(n), number: true} }
func stands(source *fact.Source) cell { return cell{source: source} }

func (t *table) add(cells ...cell) { t.rows = append(t.rows, cells) }

func (c cell) isEmpty() bool { return c.text == "" && c.source == nil }

// used tells which columns have a text in any row.
func (t *table) used() []bool {
	used := make([]bool, len(t.columns))
	for _, row := range t.rows {
		for i, c := range row {
			used[i] = used[i] || !c.isEmpty()
		}
	}
	return used
}

// sourcesName is what the table of the sources is called.
const sourcesName = "Sources"

// parts are the tables that have any rows.
func (r *Release) parts() []table {
	return slices.DeleteFunc(r.tables(), func(t table) bool { return len(t.rows) == 0 })
}

// each gives something for each item, such as a text.
func each[T, U any](items []T, of func(T) U) []U {
	all := make([]U, len(items))
	for i, item := range items {
		all[i] = of(item)
	}
	return all
}
