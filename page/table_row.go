package page

import "strings"

// row reads one row.
func (t *tableReader) row(cells []*cell, no int) {
	before := len(t.page.Statements) + len(t.page.Unread)
	quote := rowQuote(cells)
	if strings.Trim(quote, " |") == "" {
		return
	}
	switch {
	case t.pairs:
		t.pair(cells, quote)
	case t.parts(cells):
		return
	case t.name < 0:
		t.everyColumn(cells, quote)
	default:
		t.labelled(cells, quote)
	}
	if t.about && !t.dropped && len(t.page.Statements)+len(t.page.Unread) == before {
		t.unread(quote, orLine(firstOf(cells), no), t.scope, "the row names nothing whose kind and version could be told: state it by hand, if it states anything")
	}
}

// parts reads a row that parts the rows above it from those below: it names a kind,
// of which the rows below it are, and nothing else.
func (t *tableReader) parts(cells []*cell) bool {
	if t.name != 0 || len(t.cols) < 2 {
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

func firstOf(cells []*cell) int {
	for _, c := range cells {
		if n := firstLine(c.subs); n > 0 {
			return n
		}
	}
	return 0
}

func orLine(a, b int) int {
	if a > 0 {
		return a
	}
	return b
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

// everyColumn reads a row whose columns are lists of one kind each.
func (t *tableReader) everyColumn(cells []*cell, quote string) {
	for i, c := range cells {
		if i >= len(t.cols) || i > 0 && c == cells[i-1] || t.cols[i].role == noteRole {
			continue
		}
		s := t.scope
		s.kinds, s.status, s.marked = t.cols[i].kinds, stronger(t.cols[i].status, s), t.about
		t.content(c.subs, s, quote)
	}
}

// labelled reads a row that is about what its name column says.
func (t *tableReader) labelled(cells []*cell, quote string) {
	if t.name >= len(cells) {
		return
	}
	label := cells[t.name].words()
	s := t.rowScope(cells)
	for i, c := range cells {
		if i == t.name || i > 0 && c == cells[i-1] {
			continue
		}
		t.value(label, t.column(i), c, s, quote)
	}
	if !t.about {
		return
	}
	if !t.versioned {
		t.answered(label, cells, s, quote)
	}
	if len(cells) == 1 || t.alone(cells) {
		t.versions(label, words{}, s, quote)
	}
}

// alone reports whether a row has a name and nothing beside it where versions
// would stand.
func (t *tableReader) alone(cells []*cell) bool {
	versions := false
	for i, c := range cells {
		if i == t.name || i >= len(t.cols) || t.cols[i].role != versionRole {
			continue
		}
		versions = true
		if !nothing(c.words().text) {
			return false
		}
	}
	return versions
}

// rowScope gives what holds for all values of a row.
func (t *tableReader) rowScope(cells []*cell) scope {
	s := t.scope
	if c := t.column(t.name); len(s.kinds) == 0 || c.role == kindRole && len(c.kinds) > 0 && c.kinds[0] != kindProduct {
		s.kinds = c.kinds
	}
	s.status, s.marked = stronger(t.column(t.name).status, s), t.about
	if t.versioned {
		s.status = orElse(t.firstAnswer(cells, s), s.status)
	}
	for i, c := range cells {
		if col := t.column(i); i != t.name && col.role == archRole && !t.archTable() && !nothing(c.words().text) {
			s.when = oneLine(c.words().text)
		}
	}
	return s
}

func (t *tableReader) column(i int) column {
	if i < 0 || i >= len(t.cols) {
		return column{}
	}
	return t.cols[i]
}

// archTable reports whether the table is about processors, so that they are what
// is stated and no condition.
func (t *tableReader) archTable() bool {
	for _, c := range t.cols {
		if c.role == versionRole || c.role == answerRole {
			return false
		}
	}
	return true
}

// stronger gives the status of a label or head of a column, unless the heading or
// the sentence before the table says that all of it was tested: pages print
// "supported" beside what they say they tested.
func stronger(status string, s scope) string {
	if status == "" || s.status == tested && (status == supported || status == compatible) {
		return s.status
	}
	return status
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
	s := t.scope
	s.status = incompatible
	for _, p := range parts(cells[last].words()) {
		st := Statement{Kind: kindIncompatibility, Name: left[0], Version: strings.Join(left[1:], " "), With: p.text, Status: incompatible, Line: p.line(0), Quote: quote}
		t.state(st, s)
	}
}
