package page

import "strings"

// thing is one item as printed: a name, and a version of it where one is printed.
type thing struct {
	name, version string
	line          int
}

// maxThings is how many items one cell or one entry of a list may name.
const maxThings = 200

var (
	// versionStart finds where the version begins in a printed item.
	versionStart = compiled(`(?i)(?:^|[\s(])(?:(?:versions?|ver\.?|v|release)\s*)?[~≥>=<]*\s*\d[\w.]*|\s(?:SE|EE|XE)\d?-\d|-(?:SE|EE|XE)-\d|(?:^|\s)(?:up to|latest)\b`)
	// glued finds a version that stands to a name without a blank.
	glued = compiled(`^([A-Za-z][A-Za-z ]*[A-Za-z])-?(\d[\w.]*)$`)
	// dashed finds a version that a hyphen joins to a name.
	dashed = compiled(`^(.*[A-Za-z])-((?:KM-)?\d[\w.*+]*.*)$`)
	// openEnd is what follows a version and belongs to it.
	openEnd = compiled(`(?i)^(?:later|higher|above|newer|latest|greater|up|more|equivalent|below|earlier|lower|older|onwards|upwards)\b`)
	// justVersion is a part of a list that has no name of its own.
	justVersion = compiled(`(?i)^(?:versions?\s+|v)?[~≥>=<]*\s*\d[\w.*+–-]*(?:\s*(?:\(|-|–|to|or|and|release|R\d|LTS|SP\d).*)?$|^(?:SE|EE)\d?-\d`)
	parting     = compiled(`(?i)\s*(?:,\s*(?:and|or|&)\s+|[,;\n]\s*|\s(?:and|or|&)\s|\s*/\s*)\s*`)
)

// parts cuts a printed text that names several things where commas, slashes, line
// breaks, "and" and "or" part them; what stands in brackets is left whole.
func parts(w words) []words {
	var all []words
	from := 0
	for _, m := range parting.FindAllStringIndex(w.text, maxThings) {
		if inBrackets(w.text, m[0]) || !isParting(w.text, m) {
			continue
		}
		all = appendWords(all, w.cut(from, m[0]))
		from = m[1]
	}
	return appendWords(all, w.cut(min(from, len(w.text)), len(w.text)))
}

func appendWords(all []words, w words) []words {
	if strings.Trim(w.text, " .") != "" {
		all = append(all, w)
	}
	return all
}

func inBrackets(t string, at int) bool {
	return strings.Count(t[:at], "(")+strings.Count(t[:at], "[") > strings.Count(t[:at], ")")+strings.Count(t[:at], "]")
}

// isParting reports whether what looks like a parting is one: "or later" belongs
// to the version before it, and a slash parts only what could stand alone.
func isParting(t string, m []int) bool {
	if openEnd.MatchString(t[m[1]:]) {
		return false
	}
	if strings.TrimSpace(t[m[0]:m[1]]) != "/" {
		return true
	}
	before, after := t[:m[0]], t[m[1]:]
	if before == "" || after == "" {
		return false
	}
	last := before[len(before)-1]
	digits := isDigit(last) || last == 'x' || last == '_' || last == '+'
	return digits && strings.ContainsAny(after, "0123456789") || m[1]-m[0] > 1
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// things reads a printed text that names things with their versions. A part
// without a name of its own takes the name before it.
func (names Names) things(w words) []thing {
	name := ""
	var all []thing
	for _, p := range parts(w) {
		t := thing{line: p.line(0)}
		text := strings.TrimRight(strings.TrimLeft(p.text, idle), " .:")
		if name != "" && justVersion.MatchString(text) {
			t.name, t.version = name, text
		} else {
			t.name, t.version = names.split(text)
			name = t.name
		}
		all = append(all, unfold(t)...)
	}
	return all
}

// idle are the signs before an item that say nothing of it.
const idle = " .:*•·–—-→✓✔✅☑️"

// inside is a version that is in brackets altogether.
var inside = compiled(`^\(([^()]*)\)$`)

// unfold gives the versions that an item names in brackets: "PostgreSQL (15, 16)".
func unfold(t thing) []thing {
	m := inside.FindStringSubmatch(t.version)
	if m == nil {
		return []thing{t}
	}
	var all []thing
	for _, p := range parts(words{text: m[1]}) {
		if !justVersion.MatchString(p.text) {
			return []thing{t}
		}
		all = append(all, thing{name: t.name, version: p.text, line: t.line})
	}
	if len(all) < 2 {
		return []thing{t}
	}
	return all
}

// split parts a printed item into a name and a version.
func (names Names) split(text string) (name, version string) {
	last := strings.LastIndexByte(text, ' ')
	onProcessor := last > 0 && names.isKind(text[last+1:], kindArch)
	if m := glued.FindStringSubmatch(text); m != nil && !onProcessor && names(m[1]).Kind != "" {
		return m[1], m[2]
	}
	for _, at := range versionStart.FindAllStringIndex(text, 10) {
		if at[0] == 0 {
			continue
		}
		return strings.TrimRight(text[:at[0]], " :"), strings.TrimLeft(text[at[0]:], " -")
	}
	if m := dashed.FindStringSubmatch(text); m != nil {
		return m[1], m[2]
	}
	if onProcessor {
		return text[:last], text[last+1:]
	}
	return text, ""
}

// versionsIn reads a cell of versions of a name; a part that brings a technology
// of its own is another thing.
func (names Names) versionsIn(w words, name string) []thing {
	var all []thing
	for _, p := range parts(w) {
		th := thing{name: name, version: strings.TrimRight(p.text, " "), line: p.line(0)}
		if !justVersion.MatchString(p.text) {
			if n, v := names.split(p.text); v != "" && !names.isKind(p.text, kindArch) {
				if kind, _ := names.kindOf(n); kind != "" {
					th.name, th.version = n, v
				}
			}
		}
		all = append(all, th)
	}
	return all
}
