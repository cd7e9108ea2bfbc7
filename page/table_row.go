package page

import (
	"cmp"
	"slices"
	"strings"
)

// column gives a column; one without a head where a row has more cells.
func (t *tableReader) column(i int) column {
	if i < 0 || i >= len(t.cols) {
		return column{}
	}
	return t.cols[i]
}

// beside visits the cells of a row that stand beside its label, each once.
func (t *tableReader) beside(cells []*cell, visit func(column, *cell)) {
	for i, c := range cells {
		if i != t.shape.name && (i == 0 || c != cells[i-1] || t.column(i).role == releaseRole || t.column(i).role == thingRole) {
			visit(t.column(i), c)
		}
	}
}

// factsRow reads a row that says what holds of what it names, or of what the heads name, in the releases it names.
func (t *tableReader) factsRow(cells []*cell, no int, quote string) {
	if t.shape.name >= len(cells) {
		return
	}
	label := t.label(cells, no)
	t.cells = cells
	releases, ok := t.releasesOf(cells)
	if !ok {
		t.unread(quote, no, t.scope, "which releases it is about could not be told: state it by hand")
		return
	}
	scopes := t.rowScopes(label, cells)
	if len(scopes) == 0 && t.scope.marked {
		t.unread(quote, no, t.scope, "the cell where it would say whether it holds is empty: state it by hand")
	}
	for _, s := range scopes {
		for _, release := range releases {
			s := s
			s.when = conditions(release.when, s.when)
			s.holdsFor(release.subject, t)
			t.factsOf(label, cells, s, quote)
		}
	}
}

// label gives what a row is about. Where a cell is empty or a version alone, the rows above have the name.
func (t *tableReader) label(cells []*cell, no int) words {
	if t.shape.name == none {
		return words{}
	}
	w := cells[t.shape.name].words()
	name := t.group
	if name == "" {
		name = t.column(t.shape.name).thing.name
	}
	if name == "" && t.ofNamedAbove(t.shape.name) {
		name = t.namedAbove()
	}
	switch {
	case w.line(0) < no && w.text != "":
		w = words{text: w.text, marks: []mark{{0, no}}, refs: w.refs}
	case w.text == "" && t.last.text != "":
		return words{text: t.last.text, marks: []mark{{0, no}}, refs: t.last.refs}
	case name != "" && justVersion().MatchString(w.text) && (t.marksBeside() || t.group != ""):
		w = words{text: name + " " + w.text, marks: []mark{{0, no}}, refs: w.refs}
	}
	t.last = w
	return w
}

// ofNamedAbove reports whether a column may hold versions of the technology that the heading names, and no releases.
func (t *tableReader) ofNamedAbove(i int) bool {
	c := t.column(i)
	bare := func(c column) bool { return c.role == releaseRole && c.product == "" }
	return (c.role == versionRole || c.title == "") && (len(c.kinds) > 0 || !slices.ContainsFunc(t.cols, bare))
}

// factsOf reads the cells of a row for one release and one status.
func (t *tableReader) factsOf(label words, cells []*cell, s scope, quote string) {
	if t.shape.form == turned || t.shape.name == none {
		t.atHeads(cells, s, quote)
		return
	}
	marked := t.count(releaseRole, thingRole) > 0
	if marked { // the columns of releases or things say what holds of a version
		for i, c := range cells {
			if i != t.shape.name && t.column(i).role == versionRole && strings.ContainsAny(c.words().text, digits) && !t.mostlyVersions(c.words()) {
				t.unread(quote, label.line(0), s, "its version is not understood: state it by hand")
				return
			}
		}
		label = t.whole(label)
	}
	t.beside(cells, func(col column, c *cell) {
		if (s.marked || col.role == releaseRole) && (!marked || col.role != versionRole || !t.mostlyVersions(c.words())) {
			t.value(label, col, c, s, quote)
		}
	})
	switch {
	case !s.marked:
	case t.count(thingRole) > 0:
		t.pairsOf(label, cells, s, quote)
	case t.besideVersions(label, cells):
	case t.count(releaseRole) > 0 && len(cells) > 1:
	case t.count(versionRole, releasesRole) > 0, t.hasAnswer(cells), t.onlyRemarks(), len(cells) == 1:
		s.when = conditions(s.when, label.notes(0, len(label.text)))
		t.versions(label, words{}, s, quote)
	}
}

// onlyRemarks reports whether nothing but remarks stands beside the name.
func (t *tableReader) onlyRemarks() bool {
	return t.shape.named && t.besideName(func(c column) bool { return c.role != noteRole }) == 0
}

// hasAnswer reports whether a column of marks says anything in a row.
func (t *tableReader) hasAnswer(cells []*cell) bool {
	for i, c := range cells {
		if i != t.shape.name && t.column(i).role == answerRole && !nothing(c.words().text) {
			return true
		}
	}
	return false
}

// besideVersions reports whether anything stands where the versions of a row would.
func (t *tableReader) besideVersions(label words, cells []*cell) bool {
	own, _ := t.names.kindOf(label.text)
	_, printed := t.names.split(oneLine(label.text))
	for i, c := range cells {
		kind := ""
		if i != t.shape.name && printed == "" && t.column(i).role == unknownRole && strings.ContainsAny(c.words().text, digits) {
			kind, _ = t.names.kindOf(firstItem(t.names, c.words()))
		}
		switch w := c.words(); {
		case kind != "" && kind == own: // "Linux" beside "Ubuntu 22.04"
			return true
		case i == t.shape.name || w.text == "" || nothing(w.text) && t.column(i).role != versionRole:
		case t.isVersionAsRemark(t.column(i), w, label):
			return true
		case t.column(i).role == versionRole && !t.isAnothers(t.column(i)), t.column(i).role == answerRole && t.mostlyVersions(w):
			return true
		}
	}
	return false
}

// atHeads reads a row that names no technology itself.
func (t *tableReader) atHeads(cells []*cell, s scope, quote string) {
	if !s.marked {
		return
	}
	if t.shape.form == turned {
		label := oneLine(cells[0].words().text)
		if _, isKind := isKindLabel("os " + label); !isKind && statusOnly(label) == "" { // words for versions are no condition
			s.when = conditions(s.when, label)
		}
	}
	for i, c := range cells {
		col, w := t.column(i), c.words()
		if i > 0 && c == cells[i-1] && col.role != thingRole || nothing(w.text) || i == 0 && t.shape.form == turned {
			continue
		}
		one := s
		one.nearer(col.says)
		one.when = conditions(one.when, col.when)
		name := words{text: strings.TrimSpace(col.thing.name + " " + col.thing.version), marks: []mark{{0, w.line(0)}}}
		if t.shape.form == turned && col.role == unknownRole {
			name.text = col.title
		}
		switch {
		case col.role == thingRole, t.shape.form == turned:
			t.marked(name, c, one, quote, col.role == thingRole)
		case col.role == unknownRole && len(col.kinds) > 0, col.role == kindRole && (name.text == "" || !t.mostlyVersions(w)):
			one.kinds = col.kinds
			t.content(c.subs, one, quote)
		case col.role == kindRole, col.role == versionRole:
			name.text = cmp.Or(name.text, t.namedAbove())
			t.versionsAtHead(name, col, c, s, one, quote)
		}
	}
}

// versionsAtHead reads a cell of versions of its head: s is what holds of the row, one of the cell.
func (t *tableReader) versionsAtHead(name words, col column, c *cell, s, one scope, quote string) {
	if col.bound != "" && t.mostlyVersions(c.words()) {
		s.nearer(level{inHead, col.title, required})
		t.bounded(name, col, c, s, quote)
		return
	}
	if len(col.kinds) > 0 {
		one.kinds = col.kinds
	}
	t.marked(name, c, one, quote, false)
}

// mostlyVersions reports whether a cell holds versions and no names.
func (t *tableReader) mostlyVersions(w words) bool {
	all := parts(w)
	for i, p := range all {
		_, rest := t.signIn(p.text)
		if rest = strings.TrimSpace(lineName().ReplaceAllString(rest, "")); !justVersion().MatchString(rest) && (i > 0 || !newestOnly().MatchString(rest)) {
			return false
		}
	}
	return len(all) > 0
}

// lineName are words behind a version that name the line it is of.
var lineName = compiled(`(?i)\s\(?(?:lts|esr|ltsc|ga)\)?$`)

// newestOnly is what stands for a version that is not named.
var newestOnly = compiled(`(?i)^(?:the )?latest\b(?: \w+){0,2}$`)

// rowScopes gives what holds for all values of a row; for each of several surroundings, where columns have them.
func (t *tableReader) rowScopes(label words, cells []*cell) []scope {
	s := t.scope
	name := t.column(t.shape.name)
	if len(s.kinds) == 0 || name.role == kindRole && len(name.kinds) > 0 && name.kinds[0] != kindProduct {
		s.kinds = name.kinds
	}
	s.nearer(name.says)
	for i, c := range cells {
		col, text := t.column(i), oneLine(c.words().text)
		if i == t.shape.name || nothing(text) || i > 0 && c == cells[i-1] {
			continue
		}
		switch {
		case col.role == releasesRole && says(col.says.status) > 0:
			s.nearer(col.says)
		case col.role == archRole && !t.isOfProcessors():
			s.when = conditions(s.when, t.processors(c.words()))
		case t.isSystemBeside(col, c):
			s.when = conditions(s.when, t.conditionOf(col.kinds, c.words()))
		case t.isVersionAsRemark(col, c.words(), label):
		case col.role == noteRole, col.role == unknownRole:
			t.remarks(&s, col, text)
		}
	}
	return t.answered(cells, s)
}

// remarks takes what a remark says of its row.
func (t *tableReader) remarks(s *scope, col column, text string) {
	s.nearer(t.remarked(col, text))
	if sign, _ := t.signIn(text); col.says.status == unclear && sign == "" {
		s.when = conditions(s.when, col.title+" "+text) // "Not on", then "ARM"
	}
	if col.role == noteRole && remarkHeads().MatchString(col.title) && (conditionHeads().MatchString(col.title) || restricts().MatchString(text)) {
		s.when = conditions(s.when, text)
	}
}

// remarked gives what a remark takes from the row it stands in. Below a head that is not known, a
// no may be one to something else, so that nobody can tell.
func (t *tableReader) remarked(col column, text string) level {
	l := level{inRemark, text, ""}
	known := col.title == "" || col.role == noteRole
	sign, rest := t.signIn(text)
	cues := cuesIn(text, true)
	switch refused := refusals.in(spokenIn(text), false, 1); {
	case len(cues) > 0 && cues[0].from == 0 && (says(cues[0].status) < 0 || known && cues[0].status == deprecated):
		l.status = cues[0].status
	case len(refused) > 0:
		l.status = refused[0].meaning
	case says(sign) > 0 && col.denies():
		l.status = unclear
	case says(sign) < 0 && rest == "" && !col.denies() && !harmlessRemark().MatchString(col.title) && t.besideName(func(c column) bool { return c.role == answerRole || c.role == releaseRole || c.role == thingRole }) == 0:
		l.status = sign
	}
	if says(l.status) < 0 && !known {
		l.status = unclear
	}
	return l
}

// isVersionAsRemark reports whether a remark is the version of a label that has none.
func (t *tableReader) isVersionAsRemark(col column, w, label words) bool {
	if label.text == "" || col.role != noteRole || !justVersion().MatchString(w.text) || !remarkHeads().MatchString(col.title) {
		return false
	}
	_, printed := t.names.split(oneLine(t.whole(label).text))
	return printed == ""
}

// isOfProcessors reports whether the table is about processors, so that they are no condition.
func (t *tableReader) isOfProcessors() bool {
	return t.count(versionRole, answerRole, releaseRole, thingRole) == 0
}
