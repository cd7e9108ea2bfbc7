package export

import (
	"cmp"
	"encoding/csv"
	"io"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/message"
)

// Matrix is what is stated of all releases of a product: a row for each technology and
// versions, a column for each release.
type Matrix struct {
	*compat.Product
	AsOf string // the past day that all of this is of, "2026-09-01"; empty for today
	m    *compat.Matrix
	rows []matrixRow
}

// matrixRow is what the releases state of some versions of a technology, by the place of the
// release.
type matrixRow struct {
	*compat.Listing // the first that is about these versions
	stated          map[int]string
}

// matrixHeads are the columns before those of the releases.
var matrixHeads = []string{"Kind", "Technology", "Versions"}

// OfProduct gathers what is stated of the releases of a product of a matrix, which is that of a
// past day, as asOf writes it; empty for today. The error is an *fact.Error of code invalid where
// no sheet can hold it.
func OfProduct(m *compat.Matrix, p *compat.Product, asOf string) (*Matrix, error) {
	x := &Matrix{Product: p, AsOf: asOf, m: m}
	places, statements := map[string]int{}, 0
	for column, r := range p.Releases() {
		for _, l := range r.Listings() {
			statements++
			id := l.Tech.ID + "\n" + l.VersionText()
			if _, known := places[id]; !known {
				places[id] = len(x.rows)
				x.rows = append(x.rows, matrixRow{l, map[int]string{}})
			}
			x.add(&x.rows[places[id]], column, l)
		}
	}
	if releases := len(p.Releases()); statements >= maxSheetRows || releases > maxSheetColumns-len(matrixHeads) {
		return nil, fact.Refuse("product", "export.matrix.large", releases, statements)
	}
	order.Stable(x.rows, func(a, b matrixRow) int { return cmp.Or(a.Tech.Compare(b.Tech), a.Range.Compare(b.Range)) })
	return x, nil
}

// add adds a statement of the release of a column, unless it says the same as one before.
func (x *Matrix) add(r *matrixRow, column int, l *compat.Listing) {
	const between = "; "
	text := x.say("export.stated", str.Words(l.Status), l.Provisional(), l.When)
	if before := r.stated[column]; !strings.Contains(between+before+between, between+text+between) {
		r.stated[column] = str.Join(between, before, text)
	}
}

// say is the text of a message, in the language of the matrix.
func (x *Matrix) say(id string, values ...any) string {
	return x.m.Words().Say(message.Of(id, values...))
}

// heads are the names of the columns.
func (x *Matrix) heads() []string {
	return slices.Concat(matrixHeads, each(x.Releases(), func(r *compat.Release) string {
		return x.say("export.release", r.Version, r.Provisional())
	}))
}

// cells makes the rows, one at a time.
func (x *Matrix) cells(yield func([]cell) bool) {
	for _, r := range x.rows {
		row := make([]cell, len(matrixHeads)+len(x.Releases()))
		row[0], row[1], row[2] = words(str.Capital(x.m.Kind(r.Tech.Kind).Name)), words(r.Tech.Name), words(x.say("export.versions", r.Versions()))
		for column, text := range r.stated {
			row[len(matrixHeads)+column] = words(text)
		}
		if !yield(row) {
			return
		}
	}
}

// statements makes a row of claimColumns for each statement, one at a time.
func (x *Matrix) statements(yield func([]cell) bool) {
	for _, r := range x.Releases() {
		for _, l := range r.Listings() {
			if !yield(each(claimOf(r, l), words)) {
				return
			}
		}
	}
}

// writeCSV writes the matrix below the names of its columns. What a spreadsheet would take for a
// formula begins with an apostrophe.
func (x *Matrix) writeCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	_ = out.Write(each(x.heads(), Guarded)) // what is wrong is told by Error
	for row := range x.cells {
		_ = out.Write(each(row, func(c cell) string { return Guarded(c.text) }))
	}
	out.Flush()
	return out.Error()
}

// writeXLSX writes a workbook: the matrix, and a sheet of all statements with their sources.
func (x *Matrix) writeXLSX(w io.Writer) error {
	about := x.say("export.matrix", x.m.Dataset().Revision, x.m.Dataset().Digest, x.AsOf)
	return writeWorkbook(w, x.Name, about, []sheet{{"Matrix", x.heads(), len(matrixHeads), x.cells}, {"Statements", claimHeads(), 0, x.statements}})
}
