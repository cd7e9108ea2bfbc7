package page

import (
	"cmp"
	"strings"
)

// value reads one cell of a row with a label.
func (t *tableReader) value(label words, col column, c *cell, s scope, quote string) {
	w := c.words()
	s.status = stronger(col.status, s)
	switch {
	case nothing(w.text), col.role == noteRole, col.role == answerRole:
	case col.role == unknownRole && t.besideName(func(c column) bool { return c.role == versionRole || c.role == answerRole }) > 0: // others say what the table is there to say
	case col.role == archRole:
		t.onProcessors(label, w, s, quote)
	case col.role == releaseRole:
		t.inRelease(label, col, w, s, quote)
	default:
		t.cellOf(label, col, c, s, quote)
	}
}

// onProcessors states the processors that a label runs on, where they are what the table
// is about.
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
	isVersion := justVersion().MatchString(w.text)
	switch {
	case isResource(text, s, w.text):
		t.amounts(resourceOf(text), c.subs, s, quote)
	case onlyAmount().MatchString(w.text):
		s.kinds = []string{kindRequirement}
		t.amount(strings.TrimSuffix(text+" / "+col.title, " / "), w, s, quote)
	case isKind && text != "" && !isVersion:
		s.kinds, s.status = kinds, stronger(statusOf(text), s)
		t.content(c.subs, s, quote)
	case s.has(kindRequirement) && hasAmount(w.text):
		each(c.subs, func(w words) { t.amountsOf(text, "", w, s, quote) })
	case isVersion || col.role == versionRole || t.scope.has(kindArch) && t.names.isProcessor(w.text):
		if len(col.kinds) == 1 && s.kind() == "" {
			s.kinds = col.kinds
		}
		s.when = cmp.Or(s.when, col.when)
		t.versions(label, w, s, quote)
	default:
		t.grouped(label, col, c, s, quote)
	}
}

// grouped reads a cell of whole items: its label says of which product they hold, or
// beside which technology.
func (t *tableReader) grouped(label words, col column, c *cell, s scope, quote string) {
	text := strings.TrimRight(oneLine(label.text), " *:")
	if _, sure := t.names.kindOf(text); text != "" && sure != exactly && len(s.kinds) > 0 && !s.has(kindProduct) {
		s.product, s.release = text, ""
	} else {
		s.when = text
		if len(s.kinds) == 0 {
			s.kinds = []string{kindProduct}
		}
	}
	if col.role == unknownRole {
		s.under = col.title
	}
	t.content(c.subs, s, quote)
}

// inRelease reads a cell under the number of a release: what holds in it of the
// kind that the label names.
func (t *tableReader) inRelease(label words, col column, w words, s scope, quote string) {
	s.release = col.release
	if answers().MatchString(w.text) && s.marked {
		s.status = answer(col, w.text, s)
		t.versions(label, words{}, s, quote)
		return
	}
	kinds := kindsOf(label.text)
	status := statusOf(label.text)
	if len(kinds) != 1 || status == "" || !justVersion().MatchString(w.text) {
		return
	}
	s.kinds, s.status = kinds, status
	name := strings.TrimSpace(labelFillers().ReplaceAllString(statusWords.without(oneLine(label.text)), ""))
	t.versions(words{text: name, marks: label.marks}, w, s, quote)
}

// versions states each version of a name.
func (t *tableReader) versions(label, w words, s scope, quote string) {
	name := strings.TrimRight(oneLine(label.text), " *:")
	if name == "" {
		return
	}
	if w.text == "" {
		t.bare(label, s, quote)
		return
	}
	for _, l := range w.split() {
		if isSentence(l.text) {
			t.prose(l, s)
			continue
		}
		for _, th := range t.names.versionsIn(l, name) {
			// A word that stands beside a technology may be the name of a version: "Sonoma"
			// beside "macOS". Which there are is not known here.
			_, sure := t.names.kindOf(th.name)
			names := sure == exactly
			switch {
			case versionLike().MatchString(th.version), names && versionName().MatchString(th.version), strings.Contains(th.version, "{{"):
				t.stateItem(th, s, quote)
			case s.marked:
				t.unread(th.name+" "+th.version, th.line, s, "it stands where a version would and looks like none: state it by hand")
			}
		}
	}
}

// versionLike is a text that may be a version.
var versionLike = compiled(`(?i)\d|\b(?:latest|any|all|current|lts|stable)\b`)

// versionName is a name of up to three words.
var versionName = compiled(`^\p{L}[\w.-]*(?: \p{L}[\w.-]*){0,2}$`)

// bare states a name that has no version beside it. The name of a whole kind
// states nothing.
func (t *tableReader) bare(label words, s scope, quote string) {
	if _, isKind := isKindLabel(oneLine(label.text)); isKind {
		if _, sure := t.names.kindOf(label.text); sure == unknownName {
			return
		}
	}
	for _, th := range t.names.items(label) {
		t.stateItem(th, s, quote)
	}
}
