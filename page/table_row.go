package page

import (
	"cmp"
	"strings"
)

// column gives a column; one without a head where a row has more cells.
func (t *tableReader) column(i int) column {
	if i >= len(t.cols) {
		return column{}
	}
	return t.cols[i]
}

// beside visits the cells of a row that stand beside its label, each once.
func (t *tableReader) beside(cells []*cell, visit func(column, *cell)) {
	for i, c := range cells {
		if i != t.name && (i == 0 || c != cells[i-1]) {
			visit(t.column(i), c)
		}
	}
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
		if i >= len(t.cols) || i > 0 && c == cells[i-1] || t.cols[i].role == noteRole {
			continue
		}
		s := t.scope
		s.kinds, s.status = t.cols[i].kinds, stronger(t.cols[i].status, s)
		t.content(c.subs, s, quote)
	}
}

// releaseRow reads a row of what belongs to the release that it begins with.
func (t *tableReader) releaseRow(cells []*cell, quote string) {
	s := t.scope
	if !s.marked || len(cells) == 0 {
		return
	}
	s.status = stronger(t.cols[0].status, s)
	if len(cells) == 1 {
		t.versions(cells[0].words(), words{}, s, quote)
	}
	s.release = oneLine(cells[0].words().text)
	t.beside(cells, func(col column, c *cell) {
		if one := s; !nothing(c.words().text) {
			one.kinds, one.status = col.kinds, stronger(col.status, s)
			t.content(c.subs, one, quote)
		}
	})
}

// turnedRow reads a row of versions of what stands at the heads of their columns; its
// label says when they hold.
func (t *tableReader) turnedRow(cells []*cell, quote string) {
	s := t.scope
	if !s.marked || len(cells) == 0 {
		return
	}
	if len(cells) == 1 {
		t.versions(cells[0].words(), words{}, s, quote)
	}
	s.when = oneLine(cells[0].words().text)
	t.beside(cells, func(col column, c *cell) {
		one := s
		one.status = stronger(col.status, s)
		t.versions(words{text: col.title}, c.words(), one, quote)
	})
}

// labelledRow reads a row that is about what its name column says.
func (t *tableReader) labelledRow(cells []*cell, quote string) {
	if t.name >= len(cells) {
		return
	}
	label := cells[t.name].words()
	s := t.rowScope(cells)
	t.beside(cells, func(col column, c *cell) {
		if s.marked || col.role == releaseRole {
			t.value(label, col, c, s, quote)
		}
	})
	if !s.marked {
		return
	}
	if t.count(versionRole) == 0 {
		t.answered(label, cells, s, quote)
	}
	bare := len(cells) == 1
	for i, c := range cells {
		if i != t.name && t.column(i).role == versionRole {
			if bare = nothing(c.words().text); !bare {
				break
			}
		}
	}
	if bare { // nothing stands where versions would
		t.versions(label, words{}, s, quote)
	}
}

// rowScope gives what holds for all values of a row.
func (t *tableReader) rowScope(cells []*cell) scope {
	s := t.scope
	name := t.column(t.name)
	if len(s.kinds) == 0 || name.role == kindRole && len(name.kinds) > 0 && name.kinds[0] != kindProduct {
		s.kinds = name.kinds
	}
	s.status = stronger(name.status, s)
	if t.count(versionRole) > 0 { // a column that answers yes or no is about those
		s.status = cmp.Or(t.firstAnswer(cells, s), s.status)
	}
	for i, c := range cells {
		if i != t.name && t.column(i).role == archRole && !t.isOfProcessors() && !nothing(c.words().text) {
			s.when = oneLine(c.words().text)
		}
	}
	return s
}

// isOfProcessors reports whether the table is about processors, so that they are what
// is stated and no condition.
func (t *tableReader) isOfProcessors() bool { return t.count(versionRole, answerRole) == 0 }

// stronger gives the status of a label or head of a column, unless the heading or
// the sentence before the table says that all of it was tested: pages print
// "supported" beside what they say they tested.
func stronger(status string, s scope) string {
	if status == "" || s.status == tested && (status == supported || status == compatible) {
		return s.status
	}
	return status
}

// negative are the answers that say no.
var negative = compiled(`(?i)^(?:no|n|not .*|un.*|✗|✘|❌)$`)

// answered states the label of a row for what the columns say that answer yes or
// no, with their heads as the condition unless all columns say the same.
func (t *tableReader) answered(label words, cells []*cell, s scope, quote string) {
	var statuses []string
	heads := map[string][]string{}
	columns := 0
	for i, c := range cells {
		col := t.column(i)
		if i == t.name || col.role != answerRole {
			continue
		}
		columns++
		if status := answer(col, c.words().text, s); status != "" {
			if heads[status] == nil {
				statuses = append(statuses, status)
			}
			heads[status] = append(heads[status], col.title)
		}
	}
	when := s.when
	for _, status := range statuses {
		s.status, s.when = status, when
		if len(heads[status]) < columns {
			s.when = strings.TrimPrefix(when+", "+strings.Join(heads[status], ", "), ", ")
		}
		t.versions(label, words{}, s, quote)
	}
}

// firstAnswer gives the status that the first column states which answers yes or no.
func (t *tableReader) firstAnswer(cells []*cell, s scope) string {
	for i, c := range cells {
		if col := t.column(i); i != t.name && col.role == answerRole {
			if status := answer(col, c.words().text, s); status != "" {
				return stronger(status, s)
			}
		}
	}
	return ""
}

// answer gives the status that a cell of an answering column states.
func answer(col column, text string, s scope) string {
	text = strings.TrimSpace(text)
	switch {
	case nothing(text) || !answers().MatchString(text):
		return ""
	case negative().MatchString(text):
		return incompatible
	}
	return cmp.Or(statusOf(text), col.status, s.status, supported)
}
