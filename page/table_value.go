package page

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// value reads one cell of a row with a label.
func (t *tableReader) value(label words, col column, c *cell, s scope, quote string) {
	w := c.words()
	s.holdsFor(col.subject, t)
	if col.says.status != minimum {
		s.nearer(col.says)
	}
	switch {
	case nothing(w.text):
		t.saysNothing(label, col, w, s)
	case col.role == answerRole && t.mostlyVersions(w):
		t.marked(label, c, s, quote, false)
	case t.isVersionAsRemark(col, w, label): // "Amazon Linux | v2"
		t.marked(label, c, s, quote, false)
	case col.role == unknownRole && t.remarked(col, oneLine(w.text)).status != "": // said of the whole row
	case t.isAnothers(col, w):
		s.kinds, s.when = col.kinds, conditions(s.when, t.conditionOf([]string{t.shape.kind}, t.whole(label)))
		if col.thing.name == "" {
			t.unread(quote, w.line(0), s, "a version stands there without a name: state it by hand, if it states anything")
		}
		t.versions(words{text: col.thing.name, marks: []mark{{0, w.line(0)}}}, w, s, quote)
	case t.isSystemBeside(col, c), col.role == noteRole, col.role == answerRole, col.role == releasesRole, col.role == thingRole:
	case col.role == unknownRole && !t.headless() && t.besideName(func(c column) bool {
		return c.role == versionRole || c.role == answerRole || c.role == releaseRole || c.role == thingRole
	}) > 0: // others say what the table is there to say
	case col.role == archRole:
		t.onProcessors(label, w, s, quote)
	case col.role == releaseRole:
		s.when = conditions(s.when, col.when)
		t.inRelease(label, c, s, quote)
	default:
		t.cellOf(label, col, c, s, quote)
	}
}

// isAnothers reports whether a column holds versions of a thing of another kind: "JDK version" beside "OS".
func (t *tableReader) isAnothers(c column, all ...words) bool {
	kind := ""
	switch {
	case c.role == thingRole && c.thing.version == "":
		kind, _ = t.names.kindOf(c.thing.name)
	case (c.role == versionRole || c.role == kindRole) && len(c.kinds) == 1 && c.kinds[0] != kindProduct:
		kind = c.kinds[0]
	}
	return kind != "" && t.shape.kind != "" && kind != t.shape.kind && !slices.ContainsFunc(all, func(w words) bool { return !t.mostlyVersions(w) })
}

// saysNothing reports, once for a table, that cells among marks say nothing.
func (t *tableReader) saysNothing(label words, col column, w words, s scope) {
	if t.blank || !s.marked || col.role != releaseRole && col.role != thingRole || nothing(label.text) {
		return
	}
	t.blank = true
	t.unread(oneLine(label.text)+" | "+col.title, max(label.line(0), w.line(0)), s, "the cell is empty, as others of the table may be, and says neither yes nor no: state it by hand, if it means any")
}

// onProcessors states the processors that a label runs on, where the table is about them.
func (t *tableReader) onProcessors(label, w words, s scope, quote string) {
	if !t.isOfProcessors() {
		return
	}
	if !t.scope.has(kindArch) {
		t.versions(label, words{}, s, quote)
	}
	s.kinds, s.when = []string{kindArch}, ""
	t.versions(label, w, s, quote)
}

// cellOf reads a cell that holds items, amounts or versions, as its label says.
func (t *tableReader) cellOf(label words, col column, c *cell, s scope, quote string) {
	text, w := oneLine(label.text), c.words()
	kinds, isKind := isKindLabel(text)
	isVersion := t.mostlyVersions(w)
	bounded := s
	if bounded.nearer(level{inHead, col.title, required}); col.says.status == minimum {
		s.nearer(col.says)
	}
	switch {
	case isResource(text, s, w.text):
		t.amounts(resourceOf(text), c.subs, s, quote)
	case onlyAmount().MatchString(w.text):
		s.kinds = []string{kindRequirement}
		t.amount(strings.TrimSuffix(text+" / "+col.title, " / "), w, s, quote)
	case isKind && text != "" && !isVersion:
		s.kinds = kinds
		s.nearer(said(inGroup, text))
		t.content(c.subs, s, quote)
	case s.has(kindRequirement) && hasAmount(w.text):
		each(c.subs, func(w words) { t.amountsOf(text, "", w, s, quote) })
	case isVersion && col.bound != "":
		t.bounded(label, col, c, bounded, quote)
	case isVersion || t.isMarked(w) || col.role == versionRole || t.scope.has(kindArch) && t.names.isProcessor(w.text):
		if len(col.kinds) == 1 && s.kind() == "" {
			s.kinds = col.kinds
		}
		s.when = cmp.Or(s.when, col.when)
		t.marked(label, c, s, quote, false)
	default:
		t.grouped(label, col, c, s, quote)
	}
}

// bounded reads a cell of the least or the most version; a row that has both says it once.
func (t *tableReader) bounded(label words, col column, c *cell, s scope, quote string) {
	w := c.words()
	one := justVersion().FindString(w.text)
	text := fmt.Sprintf(col.bound, strings.TrimSuffix(one, "+"))
	for i, other := range t.cells {
		if o := t.column(i); o.bound != "" && o.bound != col.bound && o.role == col.role && o.thing == col.thing && t.mostlyVersions(other.words()) {
			if col.bound == "<=%s" {
				return // said with the least
			}
			text += " " + fmt.Sprintf(o.bound, other.words().text)
		}
	}
	if len(col.kinds) > 0 {
		s.kinds = col.kinds
	}
	t.versions(label, words{text: text, marks: w.marks, refs: w.refs}, s, quote)
}

// isMarked reports whether a cell says by a mark or words whether something holds.
func (t *tableReader) isMarked(w words) bool {
	sign, _ := t.signIn(w.text)
	return sign != "" || statusOnly(w.text) != ""
}

// grouped reads a cell of whole items: its label says of which product they hold, or beside what.
func (t *tableReader) grouped(label words, col column, c *cell, s scope, quote string) {
	text := strings.TrimRight(oneLine(label.text), " *:")
	kind, sure := t.names.kindOf(firstItem(t.names, label))
	switch {
	case t.isOf(label, c.words()):
		s.kinds = col.kinds
		t.content(c.subs, s, quote)
		return
	case text != "" && sure != exactly && len(s.kinds) > 0 && !s.has(kindProduct):
		s.product, s.release = text, ""
	case sure == exactly:
		s.when = conditions(s.when, t.conditionOf([]string{kind}, t.whole(label)))
	case statusOnly(text) != "":
		s.nearer(said(inGroup, text))
	default:
		s.when = text
	}
	if col.role == kindRole && sure == exactly {
		s.kinds = col.kinds
	}
	if len(s.kinds) == 0 {
		s.kinds = []string{kindProduct}
	}
	if col.role == unknownRole {
		s.under = col.title
	}
	t.content(c.subs, s, quote)
}

// whole gives what a row is about with the versions that stand beside it.
func (t *tableReader) whole(label words) words {
	if _, printed := t.names.split(oneLine(label.text)); printed != "" {
		return label
	}
	for i, c := range t.cells {
		if col := t.column(i); col.role == versionRole && i != t.shape.name && !t.isAnothers(col) && t.mostlyVersions(c.words()) {
			w := c.words()
			if col.bound != "" {
				w.text = fmt.Sprintf(col.bound, w.text)
			}
			return together([]words{label, w}, " ")
		}
	}
	return label
}

// firstItem gives the name of the first thing that words name.
func firstItem(names Names, w words) string {
	for _, th := range names.items(w) {
		return th.name
	}
	return ""
}

// inRelease reads a cell under a release: what holds in it of what the label names, or of that kind.
func (t *tableReader) inRelease(label words, c *cell, s scope, quote string) {
	w, text := c.words(), oneLine(label.text)
	kinds, isKind := isKindLabel(text)
	_, sure := t.names.kindOf(text)
	switch {
	case justVersion().MatchString(w.text) && len(kindsOf(text)) == 1 && sure != exactly:
		if says := said(inGroup, text); says.status != "" || s.marked {
			s.kinds = kindsOf(text)
			s.nearer(says)
			name := strings.TrimSpace(labelFillers().ReplaceAllString(withoutStatus(text), ""))
			t.versions(words{text: name, marks: label.marks}, w, s, quote)
		}
	case !s.marked:
	case t.inLine(label, w, &s):
		t.versions(label, words{}, s, quote)
	case isKind && sure == unknownName && !t.isMarked(w):
		s.kinds = kinds
		s.nearer(said(inGroup, text))
		t.content(c.subs, s, quote)
	default:
		t.marked(label, c, s, quote, true)
	}
}

// inLine reports whether a cell names releases of the line at the head, "<= 7.35.2" below "7", and narrows the scope
// to them; the patch that it holds from is a condition.
func (t *tableReader) inLine(label, w words, s *scope) bool {
	line := strings.TrimSuffix(strings.ToLower(plainNumber(s.release)), ".x")
	span, _, end := versionAt(w.text)
	numbers := releaseNumber().FindAllString(span, -1)
	beyond := func(n string) bool { return !strings.HasPrefix(n, line+".") }
	if _, printed := t.names.split(oneLine(t.whole(label).text)); printed == "" || end < len(w.text) || releaseNumber().FindString(line) != line || slices.ContainsFunc(numbers, beyond) {
		return false
	}
	switch low := numbers[0]; {
	case span == low:
		return false
	case len(numbers) == 2:
		s.release = ">=" + low + " <=" + numbers[1]
	case strings.ContainsAny(span, "<≤") || strings.HasPrefix(span, "up to"):
		s.release = ">=" + line + " <=" + low
	case strings.Count(low, ".") == strings.Count(line, ".")+1 && strings.Contains(line, "."):
		s.when = conditions(s.when, w.text)
	default:
		all := numbersOf(line)
		last := len(all) - 1
		s.release = ">=" + low + " <" + strings.TrimSuffix(line, strconv.Itoa(all[last])) + strconv.Itoa(all[last]+1)
	}
	s.nearer(level{inCell, w.text, yes})
	return true
}

// releaseNumber is the number of a release.
var releaseNumber = compiled(`\d+(?:\.\d+)*`)

// isPlain reports whether a cell has no mark, nor words but in sentences that say whether something holds.
func (t *tableReader) isPlain(w words) bool {
	for _, l := range w.split() {
		for _, p := range parts(l) {
			if sign, _ := t.signIn(p.text); sign != "" {
				return false
			}
		}
		if !isSentence(l.text) && len(cuesIn(l.text, false)) > 0 {
			return false
		}
	}
	return true
}

// marked reads a cell that says by marks, versions or both what holds of a label. Words that
// are neither may be the name of a version, unless the cell is strictly one of marks.
func (t *tableReader) marked(label words, c *cell, s scope, quote string, strict bool) {
	w := c.words()
	_, printed := t.names.split(oneLine(label.text))
	s.when = conditions(s.when, label.notes(0, len(label.text)))
	if !strict && t.isPlain(w) {
		t.versions(label, w, s, quote)
		return
	}
	values := t.values(w)
	lost := printed == "" && slices.ContainsFunc(values, func(v value) bool { return v.odd && strings.ContainsAny(v.named.text, digits) })
	for _, v := range values {
		one := s
		one.nearer(v.says)
		one.holdsFrom(t.names, v.when)
		isMark := v.says.status != ""
		switch named := v.named; {
		case v.says.status == notTested:
			t.unread(quote, w.line(0), one, "it was not tested, which is neither yes nor no")
		case v.odd, lost && named.text == "", isMark && one.status == "" && one.why != "":
			t.unread(quote, w.line(0), one, cmp.Or(one.why, strconv.Quote(w.text)+" says nothing that is understood: state it by hand"))
		case named.text == "":
			t.versions(label, words{}, one, quote)
		case printed != "" && isMark:
			one.when = conditions(one.when, named.text)
			t.versions(label, words{}, one, quote)
		case printed != "" && !strings.HasPrefix(named.text, printed):
			t.unread(quote, w.line(0), one, "a version stands at the label, and another in the cell: state it by hand")
		case printed != "":
			name, _ := t.names.split(oneLine(label.text))
			t.versions(words{text: name, marks: label.marks}, named, one, quote)
		default:
			t.versions(label, named, one, quote)
		}
	}
}
