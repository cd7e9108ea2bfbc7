package page

import (
	"slices"
	"strings"
)

// settled makes one statement of those that differ in what they go with alone, and leaves
// out what is said to be supported where the same is said to be tested.
func settled(all []Statement) []Statement {
	type key struct{ kind, name, version, status, product, release, when string }
	at := map[key]int{}
	var kept []Statement
	for _, s := range all {
		k := key{s.Kind, s.Name, s.Version, s.Status, s.Product, s.Release, ""}
		if s.With == "" && isCondition().MatchString(s.When) {
			if i, again := at[k]; again {
				if when := conditions(kept[i].When, s.When); clip(when) == when {
					kept[i].When = when
					continue
				}
			}
			at[k] = len(kept)
		}
		kept = append(kept, s)
	}
	isTested := map[key]bool{}
	for _, s := range kept {
		if s.Status == tested {
			isTested[key{s.Kind, s.Name, series(s.Version), tested, s.Product, s.Release, s.When}] = true
		}
	}
	return slices.DeleteFunc(kept, func(s Statement) bool {
		return s.Status == supported && isTested[key{s.Kind, s.Name, series(s.Version), tested, s.Product, s.Release, s.When}]
	})
}

// series is a version without what changes nothing of it.
func series(version string) string {
	version, _, _ = strings.Cut(version, " (")
	return strings.TrimSuffix(version, ".x")
}

// isCondition are words that say what things have to be there.
var isCondition = compiled(`^(?:on|with) [^;]*(?:; (?:on|with) [^;]*)*$`)

// conditionOf gives in words that things have to be there: "on RHEL 9", "with JDK 17; with JDK 21".
func (t *tableReader) conditionOf(kinds []string, w words) string {
	if len(kinds) > 0 && kinds[0] == "" {
		return oneLine(w.text)
	}
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

// isSystemBeside reports whether a cell names operating systems without versions beside a browser or the like.
func (t *tableReader) isSystemBeside(col column, c *cell) bool {
	name := t.column(t.shape.name)
	return col.role == kindRole && col.kinds[0] == kindOS && len(name.kinds) > 0 && name.kinds[0] != kindOS && t.count(versionRole) > 0 && !strings.ContainsAny(c.words().text, digits)
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
	if several := t.severalNames(label); len(several) > 1 {
		for _, one := range several {
			t.versions(one, w, s, quote)
		}
		return
	}
	for _, l := range w.split() {
		if isSentence(l.text) && !justVersion().MatchString(parts(l)[0].text) {
			t.prose(l, s)
			continue
		}
		for _, th := range t.names.versionsIn(l, name) {
			// A word that stands beside a technology may be the name of a version: "Sonoma"
			// beside "macOS". Which there are is not known here.
			_, sure := t.names.kindOf(th.name)
			names := sure == exactly
			th = t.names.withoutAlias(th)
			switch {
			case versionLike().MatchString(th.version), names && versionName().MatchString(th.version), strings.Contains(th.version, "{{"):
				t.stateItem(th, s, quote)
			case s.marked:
				t.unread(th.name+" "+th.version, th.line, s, "it stands where a version would and looks like none: state it by hand")
			}
		}
	}
}

// severalNames gives the names of a label that has several and no version: "RHEL / CentOS".
func (t *tableReader) severalNames(label words) []words {
	all := parts(label)
	known := 0
	for _, p := range all {
		switch _, sure := t.names.kindOf(p.text); {
		case sure == exactly, sure == vaguely:
			known++
		case strings.ContainsAny(p.text, digits):
			return nil
		}
	}
	if known < 2 {
		return nil
	}
	return all
}

// versionLike is a text that may be a version.
var versionLike = compiled(`(?i)\d|\b(?:latest|any|all|current|lts|stable)\b`)

// versionName is a name of up to three words.
var versionName = compiled(`^\p{L}[\w.-]*(?: \p{L}[\w.-]*){0,2}$`)

// bare states a name that has no version beside it, unless it is that of a whole kind.
func (t *tableReader) bare(label words, s scope, quote string) {
	if _, isKind := isKindLabel(oneLine(label.text)); isKind {
		if _, sure := t.names.kindOf(label.text); sure == unknownName {
			return
		}
	}
	for _, th := range t.names.items(label) {
		if justVersion().MatchString(th.name) {
			t.unread(quote, th.line, s, "a version stands there without a name: state it by hand, if it states anything")
			continue
		}
		t.stateItem(t.names.withoutAlias(th), s, quote)
	}
}

// withoutAlias cuts off a version what says the same in other words, "2017 (SQL Server 14.0)",
// and makes a condition of a processor behind it.
func (names Names) withoutAlias(th printedItem) printedItem {
	if m := trailingRemark().FindStringSubmatchIndex(th.version); m != nil && m[0] > 0 {
		name, version := names.split(th.version[m[2]:m[3]])
		if kind, _ := names.kindOf(name); kind != "" && version != "" {
			th.version = th.version[:m[0]]
		}
	}
	if at := strings.LastIndexByte(th.version, ' '); at > 0 && names.isProcessor(th.version[at+1:]) {
		th.when = conditions("on "+th.version[at+1:], th.when)
		th.version = th.version[:at]
	}
	return th
}
