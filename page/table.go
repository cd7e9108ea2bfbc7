package page

import (
	"fmt"
	"slices"
	"strings"
)

// table reads a table.
func (r *reader) table(b *block, s scope) {
	g := gridOf(b.rows)
	if g.wide > 0 {
		r.unread("", g.wide, s, fmt.Sprintf("the table has more than %d columns; those behind were not read: split it", maxColumns))
	}
	g.promote()
	t := &tableReader{reader: r, cols: g.columns(), scope: s}
	t.arrange(g)
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

// shape is how the rows of a table are to be read.
type shape int

const (
	labelled  shape = iota // a column names what a row is about, the others say in which versions, or how much of it
	lists                  // each column lists things of one kind
	pairs                  // a row says what does not work together
	byRelease              // the first column names releases, the others list what belongs to each
	turned                 // the names stand at the head, their versions below them, and rows are labels
)

// tableReader reads the rows of one table.
type tableReader struct {
	*reader
	cols  []column
	scope scope // marked where the table states environments
	shape shape
	name  int // the column that names what a row is about
}

// arrange finds out how the table is to be read.
func (t *tableReader) arrange(g *grid) {
	kinds, values := t.count(kindRole), t.count(versionRole, answerRole, releaseRole, archRole)
	named := slices.IndexFunc(t.cols, func(c column) bool { return c.role == nameRole })
	t.name = max(named, 0)
	switch {
	case t.areIncompatible(kinds):
		t.shape = pairs
	case kinds > 0 && values == 1 && named < 0 && t.cols[0].role == versionRole:
		t.shape = byRelease
	case named < 0 && kinds > 0 && values == 0 && !g.hasAmounts() && (kinds > 1 || !t.hasVersionsBeside(g)):
		t.shape = lists
	case named < 0 && kinds > 0:
		t.name = slices.IndexFunc(t.cols, func(c column) bool { return c.role == kindRole })
	case t.isTurned(g):
		t.shape = turned
	}
	t.scope.marked = t.scope.marked || t.tells() || (values > 0 || kinds > 0 || t.shape == turned) && t.scope.status != ""
	if t.besideName(func(c column) bool { return c.role == versionRole && c.status == "" }) > 1 {
		for i := range t.cols {
			if c := &t.cols[i]; c.status == "" {
				c.when = c.title
			}
		}
	}
}

// count counts the columns of some roles.
func (t *tableReader) count(roles ...role) int {
	n := 0
	for _, c := range t.cols {
		if slices.Contains(roles, c.role) {
			n++
		}
	}
	return n
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

// besideName counts columns beside the one of the name.
func (t *tableReader) besideName(fits func(column) bool) int {
	n := 0
	for i, c := range t.cols {
		if i != t.name && fits(c) {
			n++
		}
	}
	return n
}

// hasAmounts reports whether the first row holds amounts.
func (g *grid) hasAmounts() bool {
	return len(g.body) > 0 && slices.ContainsFunc(g.body[0], func(c *cell) bool { return onlyAmount().MatchString(c.words().text) })
}

// hasVersionsBeside reports whether columns whose heads say nothing known hold
// versions.
func (t *tableReader) hasVersionsBeside(g *grid) bool {
	for _, cells := range g.body {
		for i, c := range cells {
			if t.cols[i].role == unknownRole && justVersion().MatchString(c.words().text) {
				return true
			}
		}
	}
	return false
}

// isTurned reports whether the names stand at the head, and the cells below them
// hold nothing but versions.
func (t *tableReader) isTurned(g *grid) bool {
	untold := func(c column) bool { return c.role != unknownRole || c.title == "" }
	if len(g.head) == 0 || t.name != 0 || len(t.cols) < 2 || t.cols[0].title != "" || slices.ContainsFunc(t.cols[1:], untold) {
		return false
	}
	other := func(c *cell) bool { w := c.words().text; return w != "" && !justVersion().MatchString(w) }
	return !slices.ContainsFunc(g.body, func(cells []*cell) bool { return slices.ContainsFunc(cells[min(1, len(cells)):], other) })
}

// row reads one row.
func (t *tableReader) row(cells []*cell, no int) {
	before := len(t.page.Statements) + len(t.page.Unread)
	quote := rowQuote(cells)
	if strings.Trim(quote, " |") == "" {
		return
	}
	switch {
	case t.shape == pairs:
		t.pair(cells, quote)
	case t.parts(cells):
		return
	case t.shape == lists:
		t.listRow(cells, quote)
	case t.shape == byRelease:
		t.releaseRow(cells, quote)
	case t.shape == turned:
		t.turnedRow(cells, quote)
	default:
		t.labelledRow(cells, quote)
	}
	if t.scope.marked && !t.dropped && len(t.page.Statements)+len(t.page.Unread) == before {
		for _, c := range slices.Backward(cells) {
			if n := firstLine(c.subs); n > 0 {
				no = n
			}
		}
		t.unread(quote, no, t.scope, "the row names nothing whose kind and version could be told: state it by hand, if it states anything")
	}
}

// parts reads a row that parts the rows above it from those below: it names a kind,
// of which the rows below it are, and nothing else.
func (t *tableReader) parts(cells []*cell) bool {
	if t.shape == lists || t.name != 0 || len(t.cols) < 2 {
		return false
	}
	for _, c := range cells[1:] {
		if c != cells[0] && !nothing(c.words().text) {
			return false
		}
	}
	label := oneLine(cells[0].words().text)
	kinds, isKind := isKindLabel(label)
	if _, sure := t.names.kindOf(label); !isKind || sure != unknownName {
		return false // "RDBMS" is an item as well
	}
	t.scope.kinds = kinds
	return true
}

// rowQuote gives the words of a row.
func rowQuote(cells []*cell) string {
	var all []string
	for i, c := range cells {
		if i == 0 || c != cells[i-1] {
			all = append(all, flat(c.subs))
		}
	}
	for len(all) > 0 && all[len(all)-1] == "" {
		all = all[:len(all)-1]
	}
	return clip(strings.Join(all, " | "))
}
