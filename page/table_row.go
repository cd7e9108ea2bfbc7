package page

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
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

// conditionOf gives in words that things have to be there: "on RHEL 9", "with JDK 17;
// with JDK 21".
func (t *tableReader) conditionOf(kinds []string, w words) string {
	var all []string
	for _, th := range t.names.items(w) {
		all = append(all, strings.TrimSpace(conditionWord(kinds...)+th.name+" "+th.version))
	}
	return strings.Join(all, "; ")
}

// conditionWord begins a condition that a thing of some kinds has to be there.
func conditionWord(kinds ...string) string {
	if len(kinds) > 0 && (kinds[0] == kindOS || kinds[0] == kindArch) {
		return "on "
	}
	return "with "
}

// processors gives in words that one of some processors has to be there.
func (t *tableReader) processors(w words) string {
	var all []string
	for _, p := range strings.FieldsFunc(w.text, func(c rune) bool { return strings.ContainsRune(",/;&\n", c) }) {
		if all = append(all, "on "+strings.TrimSpace(p)); !t.names.isProcessor(p) {
			return oneLine(w.text)
		}
	}
	return strings.Join(all, "; ")
}

// isSystemBeside reports whether a cell names operating systems without versions beside
// something else that has some: a browser.
func (t *tableReader) isSystemBeside(col column, c *cell) bool {
	name := t.column(t.shape.name)
	return col.role == kindRole && col.kinds[0] == kindOS && len(name.kinds) > 0 && name.kinds[0] != kindOS && t.count(versionRole) > 0 && !strings.ContainsAny(c.words().text, digits)
}

// factsRow reads a row that says what holds of what its name column says, or of the
// technologies at the heads; for the releases that it names, where it names any.
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
			if release.release != "" {
				s.product, s.release = cmp.Or(release.product, s.product), t.untilNext(release.release)
			}
			t.factsOf(label, cells, s, quote)
		}
	}
}

// label gives what a row is about. Where a cell is empty or a version alone, the rows above
// have the name.
func (t *tableReader) label(cells []*cell, no int) words {
	if t.shape.name == none {
		return words{}
	}
	w := cells[t.shape.name].words()
	name := t.group
	if name == "" && t.ofNamedAbove(t.shape.name) {
		name = t.namedAbove()
	}
	switch {
	case w.text == "" && t.last.text != "":
		return words{text: t.last.text, marks: []mark{{0, no}}, refs: t.last.refs}
	case name != "" && justVersion().MatchString(w.text) && t.marksBeside():
		w = words{text: name + " " + w.text, marks: []mark{{0, no}}, refs: w.refs}
	}
	t.last = w
	return w
}

// ofNamedAbove reports whether what a column holds may be versions of the technology that
// the heading names: where the heads are releases by their number alone, it may be the
// releases.
func (t *tableReader) ofNamedAbove(i int) bool {
	c := t.column(i)
	bare := func(c column) bool { return c.role == releaseRole && c.product == "" }
	return (c.role == versionRole || c.title == "") && (len(c.kinds) > 0 || !slices.ContainsFunc(t.cols, bare))
}

// period is a release that a row holds for, and under what condition.
type period struct {
	subject
	when string
}

// releasesOf gives the releases that a row is about: one that is none where no column names
// any. It reports whether they could be read.
func (t *tableReader) releasesOf(cells []*cell) (all []period, ok bool) {
	var low, high string
	bounded, empty := false, true
	for i, c := range cells {
		col, text := t.column(i), oneLine(c.words().text)
		if col.role != releasesRole || i > 0 && c == cells[i-1] {
			continue
		}
		bounded, empty = bounded || col.bound != "", empty && text == ""
		if nothing(text) {
			continue
		}
		for _, p := range parts(c.words()) {
			one, isRelease := t.names.releaseIn(p.text)
			if !isRelease && !everyRelease().MatchString(p.text) {
				return nil, false
			}
			one.product = cmp.Or(one.product, col.product)
			if col.bound != "" {
				one.release = fmt.Sprintf(col.bound, strings.TrimSuffix(one.release, "+"))
			}
			switch {
			case col.bound == "" || col.when != "":
				all = append(all, period{one, col.when})
			case col.bound == "%s+":
				low = one.release
			default:
				high = one.release
			}
		}
	}
	switch {
	case low != "" && high != "":
		all = []period{{subject: subject{release: ">=" + strings.TrimSuffix(low, "+") + " " + bySigns.Replace(high)}}}
	case low != "" || high != "":
		all = []period{{subject: subject{release: low + high}}}
	case len(all) == 0 && empty && !bounded && t.count(releasesRole) > 0:
		all = t.releases // those of the row above
	case len(all) == 0 && bounded:
		return nil, true
	}
	if t.releases = all; len(all) == 0 {
		all = []period{{}}
	}
	return all, true
}

// bySigns gives the bounds of a span by signs.
var bySigns = strings.NewReplacer("up to ", "<=", "before ", "<")

// openRelease is a release and all after it.
var openRelease = compiled(`^v?(\d+(?:\.\d+)*)\+$`)

// untilNext ends what holds from a release on before the next release of the table that
// has its own row or column: "1.3+" beside "2.1+" says nothing of 2.1.
func (t *tableReader) untilNext(release string) string {
	m := openRelease().FindStringSubmatch(release)
	if m == nil {
		return release
	}
	own, next := numbersOf(m[1]), ""
	for _, other := range t.open {
		if slices.Compare(own, numbersOf(other)) < 0 && (next == "" || slices.Compare(numbersOf(other), numbersOf(next)) < 0) {
			next = other
		}
	}
	if next == "" {
		return release
	}
	return ">=" + m[1] + " <" + next
}

// openReleases gives the releases of a table that begin a line of them.
func (t *tableReader) openReleases(g *grid) []string {
	var all []string
	add := func(text string) {
		one, _ := t.names.releaseIn(text)
		if m := openRelease().FindStringSubmatch(one.release); m != nil {
			all = append(all, m[1])
		}
	}
	for i, c := range t.cols {
		if c.role == releaseRole {
			add(c.release)
		}
		for _, cells := range g.body {
			if c.role == releasesRole && c.bound == "" && i < len(cells) {
				add(cells[i].words().text)
			}
		}
	}
	return all
}

// numbersOf gives the numbers of a release.
func numbersOf(release string) []int {
	var all []int
	for part := range strings.SplitSeq(release, ".") {
		n, _ := strconv.Atoi(part)
		all = append(all, n)
	}
	return all
}

// everyRelease stands where a release would.
var everyRelease = compiled(`(?i)^(?:all|any|every)(?: (?:supported )?(?:versions?|releases?))?$`)

// factsOf reads the cells of a row for one release and one status.
func (t *tableReader) factsOf(label words, cells []*cell, s scope, quote string) {
	if t.shape.form == turned || t.shape.name == none {
		t.atHeads(cells, s, quote)
		return
	}
	t.beside(cells, func(col column, c *cell) {
		if s.marked || col.role == releaseRole {
			t.value(label, col, c, s, quote)
		}
	})
	switch {
	case !s.marked, t.besideVersions(label, cells):
	case t.count(thingRole) > 0:
		t.pairsOf(label, cells, s, quote)
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
	for i, c := range cells {
		switch w := c.words(); {
		case i == t.shape.name || nothing(w.text):
		case t.isVersionAsRemark(t.column(i), w, label):
			return true
		case t.column(i).role == versionRole, t.column(i).role == answerRole && t.mostlyVersions(w):
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
		s.when = conditions(s.when, turnedLabel(oneLine(cells[0].words().text)))
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
			if name.text = cmp.Or(name.text, t.namedAbove()); len(col.kinds) > 0 {
				one.kinds = col.kinds
			}
			if col.bound != "" && t.mostlyVersions(w) {
				one = s
				one.nearer(level{inHead, col.title, required})
				t.bounded(name, col, c, one, quote)
				continue
			}
			t.marked(name, c, one, quote, false)
		}
	}
}

// turnedLabel gives the condition that the label of a row is where the names stand at the
// heads; words for versions are none.
func turnedLabel(label string) string {
	if _, isKind := isKindLabel("os " + label); isKind || statusOnly(label) != "" {
		return ""
	}
	return label
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

// rowScopes gives what holds for all values of a row; of several columns of marks that say
// it for different surroundings, one each.
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
		case col.role == noteRole && remarkHeads().MatchString(col.title):
			if cues := cuesIn(text, true); len(cues) > 0 && cues[0].from == 0 && (says(cues[0].status) < 0 || cues[0].status == deprecated) {
				s.nearer(level{inRemark, text, cues[0].status})
			}
			if restricts().MatchString(text) {
				s.when = conditions(s.when, text)
			}
		}
	}
	return t.answered(cells, s)
}

// isVersionAsRemark reports whether a remark is the version of a label that has none.
func (t *tableReader) isVersionAsRemark(col column, w, label words) bool {
	_, printed := t.names.split(oneLine(label.text))
	return printed == "" && label.text != "" && col.role == noteRole && remarkHeads().MatchString(col.title) && justVersion().MatchString(w.text)
}

// isOfProcessors reports whether the table is about processors, so that they are what
// is stated and no condition.
func (t *tableReader) isOfProcessors() bool {
	return t.count(versionRole, answerRole, releaseRole, thingRole) == 0
}

// answered gives what the columns of marks say of a row. Where they are headed by
// statuses, it is the best yes, unless one says no; where by surroundings, it is one for
// each answer, with the heads as the condition unless all say the same.
func (t *tableReader) answered(cells []*cell, s scope) []scope {
	var all []scope
	var heads []string
	columns, silent := 0, false
	for i, c := range cells {
		col := t.column(i)
		if i == t.shape.name || col.role != answerRole {
			continue
		}
		conditional := col.says.status == "" && !statusHead().MatchString(col.title)
		if columns++; nothing(c.words().text) || t.mostlyVersions(c.words()) {
			silent = silent || nothing(c.words().text) && !asksMore(col.says.status)
			continue
		}
		one := t.answer(col, c, s)
		if one.status == "" && one.why == "" {
			continue
		}
		same := slices.IndexFunc(all, func(a scope) bool {
			return a.status == one.status && (conditional || heads[0] == "") && a.when == one.when
		})
		switch {
		case !conditional && len(all) > 0 && heads[0] == "":
			all[0] = lesser(all[0], one)
		case same >= 0:
			heads[same] += ", " + col.title
		case conditional:
			all, heads = append(all, one), append(heads, col.title)
		default:
			all, heads = append(all, one), append(heads, "")
		}
	}
	switch {
	case len(all) == 0 && silent:
		return nil
	case len(all) == 0:
		return []scope{s}
	}
	for i := range all {
		if strings.Count(heads[i], ", ")+1 < columns && heads[i] != "" {
			all[i].when = conditions(all[i].when, heads[i])
		}
	}
	return all
}

// holdsFrom adds a remark of a cell: the release that something holds from, where none is
// named beside it, or a condition.
func (s *scope) holdsFrom(names Names, remark string) {
	text, found := remark, false
	for _, word := range []string{"since ", "from "} {
		if !found {
			text, found = strings.CutPrefix(strings.ToLower(remark), word)
		}
	}
	one, isRelease := names.releaseIn(remark[len(remark)-len(text):])
	if !found || !isRelease || s.release != "" || !strings.Contains(one.release, ".") {
		s.when = conditions(s.when, remark)
		return
	}
	s.product, s.release = cmp.Or(one.product, s.product), strings.TrimSuffix(one.release, "+")+"+"
}

// asksMore reports whether a head asks for something else than whether it works: a no
// below it says nothing of that, nor does an empty cell.
func asksMore(status string) bool {
	return status != "" && status != supported && status != tested && status != compatible
}

// statusHead stands above marks that say by themselves what holds.
var statusHead = compiled(`(?i)\b(?:status|support|availability)\b`)

// lesser gives of two answers a no, or else tested, or else the first.
func lesser(a, b scope) scope {
	switch {
	case a.status == "" || b.status == "": // one of them is not understood
		if a.status == "" {
			return a
		}
		return b
	case says(b.status) < 0 && says(a.status) < 0, says(a.status) > 0 && b.status == notTested, a.status == tested:
		return a
	case says(b.status) < 0, b.status == tested, a.status == notTested:
		return b
	}
	return a
}

// answer gives what a cell of marks says. A yes below a head that denies is what the head
// says, and a no below it says nothing; nor does one below a head that asks for more than
// support.
func (t *tableReader) answer(col column, c *cell, s scope) scope {
	w := c.words()
	v := value{}
	if all := t.values(w); len(all) > 0 {
		v = all[0]
		for _, one := range all[1:] {
			v.when = conditions(v.when, one.named.text, one.when)
		}
	}
	sign, _ := t.signIn(w.text)
	isMark := sign != "" && v.says.status == sign
	s.holdsFrom(t.names, v.when)
	switch no := says(col.says.status) < 0; {
	case v.says.status == "": // words that are no status
		s.status, s.why = "", "the "+inCell+" "+strconv.Quote(w.text)+" says neither yes nor no of it: state it by hand"
	case isMark && sign == yes && no:
		s.nearer(col.says)
	case isMark && sign == incompatible && asksMore(col.says.status):
		s.status, s.why = "", ""
	default:
		s.nearer(col.says)
		s.nearer(v.says)
	}
	return s
}
