package page

import (
	"fmt"
	"slices"
	"strings"
)

// tableReader reads the rows of one table.
type tableReader struct {
	*reader
	cols    []column
	scope   scope // marked where the table states environments
	shape   shape
	caption string
	apart   string // why no row of it states anything

	group    string   // the technology that a row above the others names
	cells    []*cell  // of the row that is being read
	next     []*cell  // of the row after it
	last     words    // the label of the row before
	releases []period // those of the row before
	above    *string  // the technology that the heading names, once it was looked for
	open     []string // releases that begin a line of them
	given    bool     // a column names in full what another has versions of
	blank    bool     // that some cells say nothing was reported
}

// table reads a table.
func (r *reader) table(b *block, s scope) {
	g := gridOf(b.rows)
	if g.wide > 0 {
		r.unread("", g.wide, s, fmt.Sprintf("the table has more than %d columns; those behind were not read: split it", maxColumns))
	}
	if r.identified(g) {
		return
	}
	if l := said(inHead, b.text.text); says(l.status) < 0 {
		l.place = inCaption
		s.nearer(l)
	}
	g.promote(r.names)
	t := &tableReader{reader: r, cols: g.columns(r.names), scope: s, caption: b.text.text, shape: shape{name: none}}
	t.arrange(g)
	switch {
	case apartHeads().MatchString(t.column(max(t.shape.name, 0)).title):
		t.apart = "it speaks of what is made for something of that name: state it by hand, if it states anything"
	case g.hasAmounts() && slices.ContainsFunc(t.cols, func(c column) bool { return scaleHeads().MatchString(c.title) }):
		t.apart = "it says for how many users or nodes it is enough, which is no minimum: state it by hand"
	}
	t.open = t.openReleases(g)
	first, told := len(r.page.Statements), len(r.page.Unread)
	for i, cells := range g.body {
		if t.next = nil; i+1 < len(g.body) {
			t.next = g.body[i+1]
		}
		t.row(cells, g.from[i])
	}
	if len(r.page.Statements)+len(r.page.Unread) > first+told { // the heads were read with the rows
		for _, w := range slices.Concat(g.head...) {
			r.heads[w.line(0)] = true
		}
	}
	r.page.Statements = append(r.page.Statements[:first], settled(r.page.Statements[first:])...)
}

// maxTitle is how long the head of a column may be, in bytes, where nothing marks it
// as one.
const maxTitle = 40

// promote makes the first row of a table that marks no head its head, when every
// cell of it is a word that stands at the head of columns.
func (g *grid) promote(names Names) {
	if len(g.head) > 0 || len(g.body) < 2 || len(g.body[0]) < 2 {
		return
	}
	var head []words
	useful := false
	for i, c := range g.body[0] {
		col := names.headOf(oneLine(c.words().text))
		ofMarks := col.role == thingRole || col.role == releaseRole
		if col.role == unknownRole && (i > 0 || col.title != "") || len(col.title) > maxTitle || ofMarks && !isMark(g.body[1], i) {
			return
		}
		useful = useful || ofMarks || col.role == versionRole || col.role == kindRole
		head = append(head, c.words())
	}
	if useful {
		g.head, g.body, g.from = [][]words{head}, g.body[1:], g.from[1:]
	}
}

// isMark reports whether a cell of a row says by a mark whether something holds.
func isMark(cells []*cell, i int) bool {
	if i >= len(cells) {
		return false
	}
	sign, _ := markIn(cells[i].words().text)
	return sign != ""
}

// row reads one row.
func (t *tableReader) row(cells []*cell, no int) {
	before := len(t.page.Statements) + len(t.page.Unread)
	quote := rowQuote(cells)
	if strings.Trim(quote, " |") == "" {
		return
	}
	for _, c := range slices.Backward(cells) {
		if n := firstLine(c.subs); n > 0 {
			no = n
		}
	}
	t.setAside(cells)
	switch form := t.shape.form; {
	case t.apart != "":
		if s := t.scope; s.marked || t.names.mayBeStated(quote) {
			t.unread(quote, no, s, t.apart)
		}
		return
	case form == pairs:
		t.pair(cells, quote)
	case t.parts(cells):
		return
	case form == lists:
		t.listRow(cells, quote)
	case form == related:
		t.unread(quote, no, t.scope, "it names versions of two technologies; what it says of either could not be told: state it by hand")
	case form == tied:
		t.tiedRow(cells, quote)
	default:
		t.factsRow(cells, no, quote)
	}
	if t.scope.marked && !t.dropped && len(t.page.Statements)+len(t.page.Unread) == before {
		t.unread(quote, no, t.scope, "the row names nothing whose kind and version could be told: state it by hand, if it states anything")
	}
}

// parts reads a row that parts the rows above it from those below: it names a kind, a
// status, a release or a technology, which those below are of, and nothing else.
func (t *tableReader) parts(cells []*cell) bool {
	if t.shape.form == lists || t.shape.form == tied || len(t.cols) < 2 {
		return false
	}
	alone, valueless := t.besideFirst(cells)
	if !valueless {
		return false
	}
	label := strings.Trim(oneLine(cells[0].words().text), " *:")
	kinds, isKind := isKindLabel(label)
	_, sure := t.names.kindOf(label)
	release, isRelease := t.names.releaseIn(label)
	name, version := t.names.split(label)
	switch {
	case isKind && sure == unknownName && !alone && statusOf(label) == "":
		return false
	case isKind && (sure == unknownName || t.onlyRemarks() && t.next != nil && t.kindOfRow(t.next) == kinds[0]): // "RDBMS" is an item as well
		t.scope.kinds = kinds
		t.scope.nearer(said(inGroup, label))
	case statusOnly(labelFillers().ReplaceAllString(label, "")) != "" || sure == unknownName && statusOf(label) != "" && version == "":
		t.scope.nearer(said(inGroup, label))
	case t.onlyRemarks() && sure == unknownName && !strings.ContainsAny(label, digits):
		t.scope.kinds = nil // "Clients"
	case isRelease && release.product != "" && t.isSubject(release.product, "") && t.count(releasesRole, releaseRole) == 0:
		t.scope.subject = release
	case sure == exactly && version == "" && name == label && (t.marksBeside() || t.next != nil && alone && justVersion().MatchString(oneLine(t.next[0].words().text))):
		t.group = name
	default:
		return false
	}
	t.last = words{}
	return true
}

// besideFirst reports whether the first cell of a row stands alone, and whether at most
// remarks stand beside it.
func (t *tableReader) besideFirst(cells []*cell) (alone, valueless bool) {
	hasValues := t.besideName(isValue) > 0
	alone = true
	for i, c := range cells[1:] {
		if c == cells[0] || nothing(c.words().text) {
			continue
		}
		if alone = false; !hasValues || isValue(t.column(i+1)) {
			return false, false
		}
	}
	return alone, true
}

// kindOfRow gives the kind of what a row names first with more than a word for a kind.
func (t *tableReader) kindOfRow(cells []*cell) string {
	w := cells[0].words()
	if _, isKind := isKindLabel(w.text); isKind {
		return ""
	}
	kind, _ := t.names.kindOf(firstItem(t.names, w))
	return kind
}

// isValue reports whether a column says what holds.
func isValue(c column) bool { return c.role != unknownRole && c.role != noteRole && c.role != nameRole }

// marksBeside reports whether rows say by marks or versions in other columns what holds.
func (t *tableReader) marksBeside() bool { return t.count(releaseRole, thingRole, answerRole) > 0 }

// rowQuote gives the words of a row.
func rowQuote(cells []*cell) string {
	var all []string
	for i, c := range cells {
		if i == 0 || c != cells[i-1] {
			all = append(all, plainText(c.subs))
		}
	}
	for len(all) > 0 && all[len(all)-1] == "" {
		all = all[:len(all)-1]
	}
	return clip(strings.Join(all, " | "))
}

// pair reads a row that says what does not work together: all but the last column
// that holds anything say what, the last says with what.
func (t *tableReader) pair(cells []*cell, quote string) {
	var left []string
	last := len(cells) - 1
	for i, c := range cells {
		if repeated := i > 0 && c == cells[i-1]; i < last && !repeated && t.column(i).role != noteRole {
			left = append(left, oneLine(c.words().text))
		}
	}
	for last > 0 && t.column(last).role == noteRole {
		last--
	}
	if len(left) == 0 || left[0] == "" {
		return
	}
	for _, p := range parts(cells[last].words()) {
		t.state(Statement{Kind: kindIncompatibility, Name: left[0], Version: strings.Join(left[1:], " "), With: p.text, Status: incompatible, Line: p.line(0), Quote: quote}, t.scope)
	}
}

// listRow reads a row whose columns are lists of one kind each.
func (t *tableReader) listRow(cells []*cell, quote string) {
	for i, c := range cells {
		if i >= len(t.cols) || i > 0 && c == cells[i-1] || t.cols[i].role == noteRole || t.given && t.cols[i].role == unknownRole {
			continue
		}
		s := t.scope
		s.kinds = t.cols[i].kinds
		s.nearer(t.cols[i].says)
		t.content(c.subs, s, quote)
	}
}

// tiedRow reads a row whose columns name things of several kinds that go together: each
// holds beside those before it.
func (t *tableReader) tiedRow(cells []*cell, quote string) {
	for i, c := range cells {
		col := t.column(i)
		if col.role != kindRole {
			continue
		}
		s := t.scope
		s.kinds = col.kinds
		s.nearer(col.says)
		for k, other := range cells {
			if k < i && other != c && t.column(k).role == kindRole {
				s.when = conditions(s.when, t.conditionOf(t.column(k).kinds, other.words()))
			}
		}
		t.content(c.subs, s, quote)
	}
}
