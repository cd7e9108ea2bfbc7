package page

import (
	"slices"
	"strings"
	"unicode"

	"github.com/testedon/testedon/internal/str"
)

// printedItem is one as printed: a name, a version of it where one is printed, and what
// has to be true besides.
type printedItem struct {
	name, version, when string
	line                int
	joined              bool // it has no version, and "or" joins it to one that has
}

// maxItems is how many items one cell or one entry of a list may name.
const maxItems = 200

var (
	// versionStart finds where the version begins in a printed item.
	versionStart = compiled(`(?i)(?:^|[\s(])(?:(?:versions?|ver\.?|v|release)\s*)?[~≥>=<]*\s*\d[\w.]*|\s(?:SE|EE|XE)\d?-\d|-(?:SE|EE|XE)-\d|(?:^|\s)(?:up to|latest)\b`)
	// glued finds a version that stands to a name without a blank.
	glued = compiled(`^([A-Za-z][A-Za-z ]*[A-Za-z])-?(\d[\w.]*\+?(?: or ` + orMore + `)?)$`)
	// dashed finds a version that a hyphen joins to a name.
	dashed = compiled(`^(.*[A-Za-z])-((?:KM-)?\d[\w.*+]*.*)$`)
	// ofPackage is what stands behind a hyphen in the name of a package.
	ofPackage = compiled(`^\d[\w.]*-(?:jre|jdk|dev|devel|headless|common|server|client|libs?|bin|doc|utils?|tools?)\b`)
	// openEnd is what follows a version and belongs to it.
	openEnd = compiled(`(?i)^(?:later|higher|above|newer|latest|greater|up|more|equivalent|below|earlier|lower|older|onwards|upwards)\b`)
	// justVersion is a part of a list that has no name of its own.
	justVersion = compiled(`(?i)^(?:(?:at least|minimum|from|up to|between|since)\s+)?(?:versions?\s+|v)?[~≥>=<]*\s*\d[\w.*+–-]*(?:\s*(?:\(|-|–|→|to|through|up to|or|and|release|update|R\d|LTS|LTSC|ESR|GA|SP\d|only|with).*)?$|^(?:SE|EE)\d?-\d`)
	parting     = compiled(`(?i),\s*(?:and|or|&)\s+|[,;\n]\s*|\s(?:and|or|&)\s+|\s?/\s*`)
)

// parts cuts a printed text that names several things where commas, slashes, line
// breaks, "and" and "or" part them; what stands in brackets is left whole.
func parts(w words) []words {
	var all []words
	from := 0
	for _, m := range parting().FindAllStringIndex(w.text, maxItems) {
		before := w.text[:m[0]]
		inBrackets := strings.Count(before, "(")+strings.Count(before, "[") > strings.Count(before, ")")+strings.Count(before, "]")
		if inBrackets || !isParting(w.text, m) {
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

// isParting reports whether what looks like a parting is one: "or later" belongs
// to the version before it, and a slash parts only what could stand alone.
func isParting(t string, m []int) bool {
	before, after := strings.TrimRight(t[:m[0]], " \n"), t[m[1]:]
	if strings.HasPrefix(after, "<") || openEnd().MatchString(after) || between().MatchString(before) {
		return false
	}
	if strings.TrimSpace(t[m[0]:m[1]]) != "/" {
		return true
	}
	if before == "" || after == "" {
		return false
	}
	word := before[strings.LastIndexByte(before, ' ')+1:]
	last := word[max(len(word)-1, 0):]
	named, _, _ := strings.Cut(after, ",")
	switch versions := strings.ContainsAny(named, digits); {
	case strings.ContainsAny(last, digits+"_+)") || word != "" && str.IsDigit(word[0]): // "12c / 19c"
		return versions || m[1]-m[0] > 1
	case m[1]-m[0] > 1: // "RHEL / CentOS 7" names two that have one version
		return !versions
	}
	return false
}

// between is the beginning of a span whose end follows "and".
var between = compiled(`(?i)\bbetween\s+\S+$`)

// items reads a printed text that names several things with their versions. A part
// without a name of its own takes the name before it, or that above it.
func (names Names) items(w words, above ...string) []printedItem {
	w = names.withinBrackets(w)
	var all []printedItem
	for _, p := range parts(w) {
		text := strings.TrimRight(strings.TrimLeft(p.text, bullets), " .:")
		bound, text := boundBefore(text)
		text, remark := names.withoutRemark(text)
		if k := len(all); k > 0 && remarkWords().MatchString(text) && names.firstOf(p) == "" { // ", including builds of others"
			all[k-1].when = str.Join("; ", all[k-1].when, text)
			continue
		}
		var version string
		above, version = names.named(text, above, all)
		version, when := trimmed(version)
		when = str.Join("; ", when, remark, p.notes(0, len(p.text)))
		if bound != "" && version != "" {
			if text, _, end := versionAt(bound + version); end == len(bound+version) {
				version = text
			}
		}
		if k := len(all) - 1; k >= 0 && all[k].version == "" && version != "" && strings.Contains(w.text, all[k].name+" or "+p.text) && !names(all[k].name).Generic {
			all[k].joined = true
		}
		for _, name := range above {
			if k := len(all) - 1; k >= 0 && all[k].version == "" && version != "" && all[k].name == name {
				all = all[:k] // it stands above its versions
			}
			all = append(all, unfold(printedItem{name: name, version: version, when: when, line: p.line(0)})...)
		}
	}
	return all
}

// named parts an item into names and a version; what is a version takes the names above it.
func (names Names) named(text string, above []string, all []printedItem) ([]string, string) {
	k := len(all) - 1
	if k >= 0 && isPart(text) { // "12 SP1, SP2"
		if base, part, _ := strings.Cut(all[k].version, " "); isPart(part) {
			return above, base + " " + text
		}
	}
	if len(above) > 0 && justVersion().MatchString(text) {
		return above, text
	}
	if len(above) > 0 && str.IsDigit(text[0]) {
		if bare, tail := trimmed(text); bare != text && justVersion().MatchString(bare) {
			for ; tail != "" && k >= 0 && slices.Contains(above, all[k].name); k-- {
				all[k].when = str.Join("; ", all[k].when, tail) // "10 and 11 under X"
			}
			return above, text
		}
	}
	name, version := names.split(text)
	return names.sharing(name), version
}

// bounding are words before a name that bound its version: "at least Java 17".
var bounding = compiled(`(?i)^(at least|(?:a )?minimum(?: of)?|from|up to(?: and including)?|since)\s+`)

func boundBefore(text string) (bound, rest string) {
	bound = bounding().FindString(text)
	return bound, text[len(bound):]
}

// sharing gives the names that one printed name joins: "RHEL/CentOS" of "RHEL/CentOS 7".
func (names Names) sharing(name string) []string {
	all := strings.Split(name, "/")
	for i, n := range all {
		if all[i] = strings.TrimSpace(n); len(all) == 1 || names(all[i]).Kind == "" {
			return []string{name}
		}
	}
	return all
}

// withoutRemark cuts a remark in brackets off the end of an item.
func (names Names) withoutRemark(text string) (rest, remark string) {
	open := openBracket(text)
	if open <= 0 || names(text).Kind != "" {
		return text, ""
	}
	if inside := strings.TrimSpace(text[open+1 : len(text)-1]); isRemark(inside) {
		return strings.TrimSpace(text[:open]), inside
	}
	return text, ""
}

// withinBrackets gives what stands in brackets after a name that stands for all of it:
// "Linux (Debian 7, Ubuntu 12.04)".
func (names Names) withinBrackets(w words) words {
	open := openBracket(w.text)
	if open <= 0 || strings.ContainsAny(w.text[:open], digits+",;") || strings.Contains(w.text[:open], "-") {
		return w
	}
	name, of, end := names.at(w.text, open+1)
	if name == "" || of.Kind == kindArch || !strings.ContainsAny(w.text[end:], digits) {
		return w
	}
	return w.cut(open+1, len(w.text)-1)
}

// bullets are the signs before an item that say nothing of it.
const bullets = " .:*•·–—-→✓✔✅☑️"

// inside is a version that is in brackets altogether.
var inside = compiled(`^\(([^()]*)\)$`)

// unfold gives the versions that an item names in brackets: "PostgreSQL (15, 16)".
func unfold(t printedItem) []printedItem {
	m := inside().FindStringSubmatch(t.version)
	if m == nil {
		return []printedItem{t}
	}
	var all []printedItem
	for _, p := range parts(words{text: m[1]}) {
		if !justVersion().MatchString(p.text) {
			return []printedItem{t}
		}
		all = append(all, printedItem{name: t.name, version: p.text, when: t.when, line: t.line})
	}
	if len(all) < 2 {
		return []printedItem{t}
	}
	return all
}

// split parts a printed item into a name and a version.
func (names Names) split(text string) (name, version string) {
	if names.isProcessor(text) { // "ARM 64"
		return text, ""
	}
	last := strings.LastIndexByte(text, ' ')
	onProcessor := last > 0 && names.isProcessor(text[last+1:])
	if m := glued().FindStringSubmatch(text); m != nil && !onProcessor && names(m[1]).Kind != "" {
		return m[1], m[2]
	}
	for _, at := range versionStart().FindAllStringIndex(text, 2) {
		if at[0] == 0 {
			continue
		}
		return strings.TrimRight(text[:at[0]], " :"), strings.TrimLeft(text[at[0]:], " -")
	}
	if m := dashed().FindStringSubmatch(text); m != nil && !ofPackage().MatchString(m[2]) {
		return m[1], m[2]
	}
	if onProcessor {
		return text[:last], text[last+1:]
	}
	return text, ""
}

// versionsIn reads a cell of versions of a name; a part that brings a technology
// of its own is another thing.
func (names Names) versionsIn(w words, name string) []printedItem {
	var all []printedItem
	for _, p := range parts(w) {
		th := printedItem{name: name, line: p.line(0)}
		th.version, th.when = trimmed(strings.TrimRight(p.text, " "))
		if !justVersion().MatchString(p.text) {
			if n, v := names.split(th.version); v != "" && !names.isProcessor(p.text) {
				if kind, _ := names.kindOf(n); kind != "" {
					th.name, th.version = n, v
				}
			}
		}
		th.when = str.Join("; ", th.when, p.notes(0, len(p.text)))
		all = append(all, th)
	}
	return all
}

// stateItems states what an item names.
func (r *reader) stateItems(w words, s scope, quote string) {
	if m := leads().FindStringIndex(w.text); m != nil {
		w = w.cut(m[1], len(w.text))
	}
	if strings.HasPrefix(w.text, "[") && strings.HasSuffix(w.text, "]") { // a link to nowhere
		w = w.cut(1, len(w.text)-1)
	}
	var above []string
	if len(s.of) == 1 && s.of[0].version == "" {
		above = []string{s.of[0].name}
	}
	for _, p := range w.split() {
		if status := statusLabel(p.text); status != "" {
			s.status = status
			continue
		}
		for _, th := range r.names.items(p, above...) {
			for _, one := range s.versionsFor(th, r.names) {
				r.stateItem(one, s, quote)
			}
		}
	}
}

// statusLabel gives the status that a line by itself says of those below it:
// "Supported:".
func statusLabel(t string) string {
	label, found := strings.CutSuffix(strings.TrimRight(t, " *"), ":")
	if rest := statusWords.without(label); !found || strings.Trim(labelFillers().ReplaceAllString(rest, ""), " *") != "" {
		return ""
	}
	return statusOf(label)
}

// foreign are the kinds whose names are told apart wherever they stand: a CentOS
// in a table of JDKs is an operating system.
var foreign = map[string]bool{kindOS: true, kindJDK: true, kindDBMS: true, kindBrowser: true}

// kindFor gives the kind of an item, as its name and the surroundings have it.
func (r *reader) kindFor(th printedItem, s scope) string {
	own, sure := r.names.kindOf(th.name)
	if k := s.kind(); k != "" && k != kindRequirement {
		if k == kindProduct && sure == exactly || sure != vaguely && foreign[k] && foreign[own] {
			return own
		}
		return k
	}
	switch alone := sure == unknownName && th.version != ""; {
	case sure == exactly:
		return own
	case s.has(kindRequirement) && len(s.kinds) == 1:
		if alone {
			return kindProduct
		}
	case s.has(own):
	case s.has(kindProduct), alone && len(s.kinds) == 0 && s.status != "":
		return kindProduct
	}
	return own
}

// stateItem states one, or reports it.
func (r *reader) stateItem(th printedItem, s scope, quote string) {
	if c, ok := firstCue(th.when, false); ok {
		l, whole := said(inRemark, th.when), c.to == len(th.when) // "(deprecated)"
		if (whole || says(l.status) <= 0 || l.status == assumed) && !inPart().MatchString(th.when[c.from:]) {
			s.nearer(l)
		}
		if whole {
			th.when = ""
		} else if r.names.mayBeStated(th.when) { // "(tested under RHEL 8)"
			r.unread(th.when, th.line, s, nothingMade)
		}
	}
	s.when = conditions(s.when, th.when)
	st := Statement{Name: th.name, Version: th.version, Status: s.status, Line: th.line, Quote: quote, Kind: r.kindFor(th, s)}
	known, _ := r.names.kindOf(th.name)
	switch {
	case noVersion().MatchString(th.version):
		r.unread(st.Label(), st.Line, s, "what stands there names no version that stays the same: state it by hand")
	case twoVersions().MatchString(th.version):
		r.unread(st.Label(), st.Line, s, "what the brackets say of the version could not be told: state it by hand")
	case nothing(th.name), aRemark().MatchString(th.name):
	case strings.IndexFunc(th.name, unicode.IsLetter) < 0:
		r.unread(th.name, st.Line, s, "a version stands there without a name: state it by hand, if it states anything")
	case crossed().MatchString(th.name):
		st.Name, st.Status = crossed().ReplaceAllString(th.name, ""), incompatible
		r.state(st, s)
	case strings.Contains(th.name+th.version, "{{"):
		r.unread(st.Label(), st.Line, s, "a placeholder stands for it: read the page as it is built")
	case th.joined:
		r.unread(th.name, st.Line, s, "the version behind the next name may be meant for it as well: state it by hand")
	case s.why != "" && s.status == "":
		r.unread(st.Label(), st.Line, s, s.why)
	case s.status == "" && !s.marked:
	case s.status == "":
		r.unread(st.Label(), st.Line, s, "the page does not say whether it is tested, supported or needed: state it by hand")
	case st.Kind == "" || known == "" && th.version == "" && (st.Kind == kindProduct || !strings.Contains(quote, " | ")):
		r.unread(st.Label(), st.Line, s, "the page does not say what kind of thing it is: state it by hand")
	case st.Kind == kindProduct && !productName().MatchString(st.Name):
		r.unread(st.Label(), st.Line, s, "it looks like no name of a product: state it by hand, if it states anything")
	default:
		if anyOfThem().MatchString(st.Name) {
			st.Status = compatible
		}
		r.state(st, s)
		r.processorsOf(st, s)
	}
}

var (
	// noVersion stands for one that changes from day to day.
	noVersion = compiled(`(?i)^(?:the )?(?:latest|newest|most recent)$`)
	// twoVersions is a version with brackets behind it that name more than one bound.
	twoVersions = compiled(`^\S+ \(\d[\w.]*(?:/\d| [A-Z]{2,}\b)[^()]*\)$`)
	// inPart is a remark that takes something from a yes and leaves the rest, or that ends at some day.
	inPart = compiled(`(?i)^(?:not|n't) (?:\w+ )?(?:recommended (?:for|in|with|on|when)|(?:supported|tested) (?:in|for) (?:production|clusters?)) ?|^(?:eol|end of life)\b.*\d{4}`)
)

// aRemark is what stands in brackets and names nothing: "(see note 2)".
var aRemark = compiled(`^\([^()]*\)$`)

// productName is what products are called: with a capital or, as files are, a hyphen.
var productName = compiled(`^(?:\p{Lu}|[a-z0-9]+-)[\w .()/&:+'-]*$`)

// crossed begins a name that is listed as one that does not work.
var crossed = compiled(`^[❌✗✘✖]\x{fe0f}?\s*`)

// anyOfThem stands where a name would when it does not matter which.
var anyOfThem = compiled(`(?i)^(?:any|all)$`)

// bracketed are words in brackets: "Ubuntu (x86_64, ARM64)".
var bracketed = compiled(`\(([^()]*)\)`)

// processorsOf states the processors that an operating system prints in brackets,
// or in place of a version.
func (r *reader) processorsOf(st Statement, s scope) {
	if st.Kind != kindOS {
		return
	}
	st.Kind = kindArch
	if r.names.isProcessor(st.Version) {
		r.state(st, s)
		return
	}
	label := st.Label()
	m := bracketed().FindStringSubmatchIndex(label)
	if m == nil {
		return
	}
	inside := strings.Split(label[m[2]:m[3]], ",")
	for _, p := range inside {
		if !r.names.isProcessor(p) {
			return
		}
	}
	st.Name = strings.Join(strings.Fields(label[:m[0]]+" "+label[m[1]:]), " ")
	for _, p := range inside {
		st.Version = strings.TrimSpace(p)
		r.state(st, s)
	}
}
