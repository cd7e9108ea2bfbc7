package page

import (
	"fmt"
	"slices"
)

// table reads a table. What a row is about stands in its name column; the other
// columns say in which versions, or how much of it.
func (r *reader) table(b *block, s scope) {
	g := gridOf(b.rows)
	if g.wide > 0 {
		r.unread("", g.wide, s, fmt.Sprintf("the table has more than %d columns; those behind were not read: split it", maxColumns))
	}
	g.promote()
	t := &tableReader{reader: r, grid: g, cols: g.columns(g.width()), scope: s}
	t.arrange()
	for i, cells := range g.body {
		t.row(cells, g.from[i])
	}
}

// maxTitle is how long the head of a column may be, in bytes, where nothing marks it
// as one.
const maxTitle = 40

// promote makes the first row of a table that marks no head its head, when every
// cell of it is a word that stands at the head of columns.
func (g *grid) promote() {
	if len(g.head) > 0 || len(g.body) < 2 || len(g.body[0]) < 2 {
		return
	}
	var head []words
	useful := false
	for _, c := range g.body[0] {
		col := columnOf(oneLine(c.words().text))
		if col.role == unknownRole || len(col.title) > maxTitle {
			return
		}
		useful = useful || col.role == versionRole || col.role == kindRole
		head = append(head, c.words())
	}
	if useful {
		g.head, g.body, g.from = [][]words{head}, g.body[1:], g.from[1:]
	}
}

// tableReader reads the rows of one table.
type tableReader struct {
	*reader
	grid      *grid
	cols      []column
	scope     scope
	name      int  // the name column, or -1 when every column names a kind
	pairs     bool // rows say what does not work together
	byRelease bool // the first column names releases, the others what belongs to each
	turned    bool // the names stand at the head and the rows are labels
	about     bool // the table states environments
	versioned bool // columns hold versions, so that one which answers yes or no is about those
	several   bool // several columns hold versions and say no status
}

// arrange finds out how the table is to be read.
func (t *tableReader) arrange() {
	versions, kinds := 0, 0
	t.name = -1
	for i, c := range t.cols {
		switch c.role {
		case versionRole, answerRole, releaseRole:
			versions++
		case archRole:
			versions++
		case kindRole:
			kinds++
		}
		if c.role == nameRole && t.name < 0 {
			t.name = i
		}
	}
	t.pairs = t.areIncompatible(kinds)
	t.byRelease = kinds > 0 && versions == 1 && t.name < 0 && t.cols[0].role == versionRole
	switch {
	case t.byRelease:
		t.name = 0
	case t.name < 0 && (kinds == 0 || versions > 0 || t.hasAmounts() || kinds == 1 && t.hasVersionsBeside()):
		t.name = t.firstName()
	}
	t.turned = t.isTurned()
	t.several, t.versioned = t.plainVersions() > 1, t.hasVersions()
	t.about = t.scope.marked || t.tells() || (versions > 0 || kinds > 0 || t.turned) && t.scope.status != ""
}

// areIncompatible reports whether rows say what does not work together: under words
// that say so, in columns of more than one kind.
func (t *tableReader) areIncompatible(kindColumns int) bool {
	if t.scope.kind() != kindIncompatibility && t.scope.status != incompatible {
		return false
	}
	var kinds []string
	for _, c := range t.cols {
		for _, k := range c.kinds {
			kinds = addKind(kinds, k)
		}
	}
	named := kindColumns > 0 || len(kinds) > 0
	if t.scope.kind() == kindIncompatibility && named && len(kinds) < 2 {
		t.scope.kinds = nil
	}
	return len(kinds) > 1 || !named && len(t.cols) > 1 && t.scope.kind() == kindIncompatibility
}

// tells reports whether a column says by its head that the table is about
// environments: any kind but products, which price lists have as well, or versions
// with their status.
func (t *tableReader) tells() bool {
	return slices.ContainsFunc(t.cols, func(c column) bool {
		return c.role == kindRole && c.kinds[0] != kindProduct || c.role == versionRole && c.status != ""
	})
}

// plainVersions counts the columns of versions whose heads say no status.
func (t *tableReader) plainVersions() int {
	n := 0
	for i, c := range t.cols {
		if i != t.name && c.role == versionRole && c.status == "" {
			n++
		}
	}
	return n
}

// hasVersions reports whether a column holds versions.
func (t *tableReader) hasVersions() bool {
	return slices.ContainsFunc(t.cols, func(c column) bool { return c.role == versionRole })
}

// hasAmounts reports whether the first row holds amounts.
func (t *tableReader) hasAmounts() bool {
	for _, cells := range t.grid.body[:min(1, len(t.grid.body))] {
		for _, c := range cells {
			if onlyAmount.MatchString(c.words().text) {
				return true
			}
		}
	}
	return false
}

// hasVersionsBeside reports whether columns whose heads say nothing known hold
// versions.
func (t *tableReader) hasVersionsBeside() bool {
	for _, cells := range t.grid.body {
		for i, c := range cells {
			if w := c.words().text; t.column(i).role == unknownRole && justVersion.MatchString(w) {
				return true
			}
		}
	}
	return false
}

// firstName gives the column that names what rows are about: the first that names
// a kind, or the first.
func (t *tableReader) firstName() int {
	for i, c := range t.cols {
		if c.role == kindRole {
			return i
		}
	}
	return 0
}

// isTurned reports whether the names stand at the head, and the cells below them
// hold nothing but versions.
func (t *tableReader) isTurned() bool {
	if len(t.grid.head) == 0 || t.name != 0 || len(t.cols) < 2 || t.cols[0].title != "" {
		return false
	}
	for _, c := range t.cols[1:] {
		if c.role != unknownRole || c.title == "" {
			return false
		}
	}
	for _, cells := range t.grid.body {
		for _, c := range cells[min(1, len(cells)):] {
			if w := c.words().text; w != "" && !justVersion.MatchString(w) {
				return false
			}
		}
	}
	return true
}
