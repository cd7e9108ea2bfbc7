package detect

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/plain"
	"github.com/testedon/testedon/compat/wording"
	"github.com/testedon/testedon/internal/str"
)

// maxWorded bounds, in bytes, what is read in plain words of one call: what people write
// is short, and reading it is slow.
const maxWorded = 16 << 10

// fromWords is the format of what is read in plain words.
const fromWords = "words"

// words reads in plain words what no format knows: lines that name something. Each is a
// question by itself, see [plain.Understand]; what it does not understand is told. A line
// that names nothing is told as unread, and blocks nothing.
func (p *page) words() {
	for n := 0; n < len(p.left); n++ {
		i := p.left[n]
		line := p.lines[i]
		if p.known("words\x00" + line) {
			continue
		}
		name, mentions := p.m.Holds(line)
		if !name && !p.mayBeRelease(line) {
			p.tell(line, mentions)
			continue
		}
		next := p.answer(n)
		switch {
		case next == "" && p.isHeading(line):
			p.heading = p.kindOf(line)
		case next == "" && strings.HasSuffix(line, ":"): // the values of "Db2:" are elsewhere
			p.tell(line, mentions)
		case len(line)+p.worded <= maxWorded && len(line) <= plain.MaxText:
			if next != "" {
				line = strings.TrimRight(line, " ?:=") + ": " + next
				n++
			}
			p.worded += len(line)
			p.understand(line)
		default:
			p.tell(line, mentions)
		}
	}
}

// releaseLabels are how forms ask for the release of what they are about.
var releaseLabels = []string{"version", "release", "productversion", "productrelease", "affectedversion", "affectedproductversion", "packversion"}

// mayBeRelease reports whether a line may tell the release of a product that another line
// names: "Version: 4.5.0".
func (p *page) mayBeRelease(line string) bool {
	pair, ok := label(line)
	if !ok {
		pair.key = strings.ReplaceAll(strings.ToLower(strings.TrimRight(line[:min(len(line), maxLabel)], ":")), " ", "")
	}
	return slices.Contains(releaseLabels, pair.key)
}

// equals are the ways a value is given to a label, which words have no sign for.
var equals = strings.NewReplacer(" = ", ": ", " => ", ": ", " -> ", ": ", " := ", ": ")

// links say nothing of what they lead to.
var links = str.Regexp(`\bhttps?://[^\s)\]]+`)

// isHeading reports whether a line asks for a value that is not there: "Operating system",
// "DBMS:", a row of headings.
func (p *page) isHeading(line string) bool {
	_, value, _ := strings.Cut(line, ":")
	return strings.TrimSpace(value) == "" && !strings.ContainsAny(line, "0123456789") && !p.m.Mentions(line) && p.m.IsLabel(line)
}

// answer gives the bare version that stands below a heading which asks for it, "JDK version"
// and "17.0.9": the next line that is left.
func (p *page) answer(n int) string {
	if n+1 == len(p.left) {
		return ""
	}
	next := p.lines[p.left[n+1]]
	version, tail, ok := numberAt(next)
	if !ok || tail != "" || version != strings.TrimPrefix(next, "v") || strings.ContainsAny(p.lines[p.left[n]], "0123456789") || !p.m.IsLabel(p.lines[p.left[n]]) {
		return ""
	}
	for i := p.left[n] + 1; i < p.left[n+1]; i++ {
		if p.lines[i] != "" {
			return ""
		}
	}
	return next
}

// understand takes what a line says. Where not all of it is understood, its parts between
// commas and the like are read by themselves, so that one word does not hide the others; what
// then is not understood stands beside names, and may be one.
func (p *page) understand(line string) {
	if strings.IndexByte("\"{<[", line[0]) >= 0 {
		p.refuse(line, p.say("detect.line.format"))
		return
	}
	if isCommentedOut(line) {
		p.refuse(line, p.say("detect.line.comment"))
		return
	}
	if strings.HasSuffix(line, "{}") || strings.HasSuffix(line, "[]") {
		p.refuse(line, p.say("detect.line.empty"))
		return
	}
	fault := p.statement(line, line, true)
	if fault == "" || p.heading != "" && p.statement(line, p.heading+": "+line, true) == "" {
		return
	}
	parts := strings.FieldsFunc(strings.ReplaceAll(line, " / ", ";"), func(c rune) bool { return strings.ContainsRune(",;|", c) })
	if len(parts) < 2 {
		p.refuse(line, fault)
		return
	}
	for _, part := range parts {
		if part = strings.TrimSpace(part); part == "" || p.m.IsLabel(part) {
			continue
		}
		if fault := p.statement(part, part, false); fault != "" {
			p.refuse(part, fault)
		}
	}
}

// isCommentedOut reports whether a line has the mark of a comment, and no blank behind it:
// somebody does not want it to count.
func isCommentedOut(line string) bool {
	return strings.IndexByte("#!;", line[0]) >= 0 || strings.HasPrefix(line, "//") || strings.HasPrefix(line, "--")
}

// releaseLine reads a line that tells a release and not of what: "Version: 4.5.0". Where the
// texts name one product, and no release of it, it is its release.
func (r *reader) releaseLine(u *plain.Understanding, text string) bool {
	if u.Product != nil || len(u.Components) > 0 || len(u.Ambiguous) != 1 || len(u.Unread) > 0 {
		return false
	}
	r.releases = append(r.releases, orphan{u.Ambiguous[0].Text, text})
	return true
}

// orphan is a version that no name stands beside, and its line.
type orphan struct{ version, text string }

// settleRelease gives the one product that no release is named of its release.
func (r *reader) settleRelease() {
	for _, o := range r.releases {
		if slices.ContainsFunc(r.products, func(p Product) bool { return p.Release != nil && p.Release == p.Product.Exact(o.version) }) {
			continue // it says the same
		}
		if len(r.products) == 1 && r.products[0].Release == nil {
			p := &r.products[0]
			if releases := p.Product.Named(o.version); len(releases) == 1 {
				p.Release, p.Taken = releases[0], p.Product.Taken(o.version, releases[0])
				p.Text = clip(p.Text + " " + o.text)
				continue
			}
		}
		r.name(o.text)
	}
}

// refuse names a line as unread that names something. The reason may quote the line, and is
// not told where that holds a secret.
func (p *page) refuse(line, reason string) {
	if strings.Contains(printable(line), masked) {
		reason = p.say("detect.line")
	}
	p.because(line, reason)
}

// statement takes what a line says if all of it is understood, and else tells why it is not:
// prose says many things of what it names. Behind the label of a kind, "OS: ", a number that
// belongs to no name is told and nothing more, and what the words do not tell is read as the
// field of a question is. The line is read as asked, which has the label that a heading gives
// it. In a part of a line that is not the whole, a name by itself may belong to what was not
// understood.
func (p *page) statement(line, asked string, whole bool) (fault string) {
	text := printable(line)
	asked = links().ReplaceAllString(equals.Replace(asked), "")
	u := plain.Understand(p.m, asked)
	u.Unread = slices.DeleteFunc(u.Unread, func(text string) bool { return slices.Contains(u.Times, text) }) // it is of the day it was pasted
	if p.mayBeRelease(asked) && p.releaseLine(u, text) {
		return ""
	}
	kind, value, isLabel := p.labelled(asked)
	components, fault := p.components(u)
	if fault != "" {
		return fault
	}
	of := func(c compat.Component) bool { return c.Kind == kind }
	if slices.ContainsFunc(components, of) { // "Architecture: linux/amd64"
		components = slices.DeleteFunc(components, func(c compat.Component) bool { return !of(c) && c.Technology.Generic })
	}
	if !whole && !isLabel && slices.ContainsFunc(components, func(c compat.Component) bool { return c.Range.IsAll() }) {
		return p.say("detect.line.part")
	}
	open, remark, fault := p.open(u)
	switch {
	case fault != "":
		return fault
	case len(u.Unread) > 0 && (!isLabel || len(components)+len(open) != 1 || p.matters(strings.Join(u.Unread, " "))):
		return p.say(strangeWord, strconv.Quote(u.Unread[0]))
	case remark != "" && (!isLabel || len(components)+len(open) != 1):
		return remark
	case len(components)+len(open) == 0 && u.Product == nil:
		c := p.m.Resolve(compat.Asked{Kind: kind, Text: value})
		if !isLabel || kind == "" || c.Technology == nil || c.Reason != "" {
			return p.say("detect.line.nothing")
		}
		components = append(components, c)
	}
	p.takeWords(u, text)
	for _, c := range components {
		p.component(c, text, isLabel)
	}
	for _, may := range open {
		p.evidence = append(p.evidence, evidence{may: may, from: fromWords, text: text, strength: named})
	}
	p.remark(remark, u.Unread, text)
	return ""
}

// remark tells of a line that was read what in it was not.
func (p *page) remark(remark string, unread []string, text string) {
	if len(unread) > 0 {
		remark = p.say(strangeWord, strconv.Quote(unread[0]))
	}
	if remark != "" && !strings.Contains(text, masked) {
		p.named(text+" ("+clip(remark)+")", text, len(unread) > 0)
	}
}

// components gives the components that words name, and why they may not count.
func (p *page) components(u *plain.Understanding) (components []compat.Component, fault string) {
	for i := range u.Components {
		if c := &u.Components[i]; c.Technology == nil || c.Reason != "" {
			return nil, cmp.Or(c.Reason, p.say(unknown))
		}
		components = append(components, u.Components[i])
	}
	asks := func(t plain.Token) bool { return t.As == plain.RoleWord && wording.Is(t.Text, wording.Wishes) != 0 }
	switch {
	case len(u.Left) > 0:
		return nil, p.say("detect.line.left", strconv.Quote(u.Left[0]))
	case len(u.Tokens) > 0 && u.Tokens[len(u.Tokens)-1].Text == "?" || slices.ContainsFunc(u.Tokens, asks):
		return nil, p.say("detect.line.asks")
	case counts(u):
		return nil, p.say("detect.line.counts")
	}
	return components, ""
}

// open gives what words may mean, for other evidence to decide; a remark on a number that
// belongs to no name, such as a date; and why the line tells nothing.
func (p *page) open(u *plain.Understanding) (may [][]compat.Component, remark, fault string) {
	for i := range u.Ambiguous {
		switch a := &u.Ambiguous[i]; {
		case p.maybe(a) != nil:
			may = append(may, p.maybe(a))
		case str.IsDigit(a.Text[0]) && !p.matters(a.Text):
			remark = a.Reason
		default:
			return nil, "", a.Reason
		}
	}
	return may, remark, ""
}

// takeWords keeps the product that words name.
func (p *page) takeWords(u *plain.Understanding, text string) {
	if u.Product == nil {
		return
	}
	found := Product{Product: u.Product, From: fromWords, Text: text}
	if says(u, plain.RoleRelease) {
		found.Release, found.Taken = u.Release, u.Assumed
	}
	p.takeProduct(found)
}

// labelled parts a label of plain words from its value, and gives the kind that it begins with
// the name of; empty for none.
func (p *page) labelled(line string) (kind, value string, ok bool) {
	pair, ok := label(line)
	if !ok || pair.value == "" || strings.IndexByte("{[", pair.value[0]) >= 0 || !p.m.IsLabel(line[:strings.IndexByte(line, ':')]) {
		return "", "", false
	}
	if _, what := p.m.NameAt(line, 0, len(line)+1); what != nil && what.Kind() != nil {
		kind = what.Kind().ID
	}
	return kind, pair.value, true
}

// kindOf gives the name of the kind that a heading asks for; empty for none, or several.
func (p *page) kindOf(heading string) string {
	found := ""
	for at := 0; at < len(heading); at++ {
		if at > 0 && isWordRune(rune(heading[at-1])) {
			continue
		}
		end, what := p.m.NameAt(heading, at, len(heading)+1)
		if what == nil || what.Kind() == nil {
			continue
		}
		if found != "" && found != what.Kind().Name {
			return ""
		}
		found, at = what.Kind().Name, end-1
	}
	return found
}

// counts reports whether a number stands right before a name and may say how many there are.
func counts(u *plain.Understanding) bool {
	before := plain.RoleSeparator
	for i := range u.Tokens {
		switch as := u.Tokens[i].As; as {
		case plain.RoleSeparator:
			if isWordRune(rune(u.Tokens[i].Text[0])) || u.Tokens[i].Text == "," {
				before = as
			}
		case plain.RoleWord:
		case plain.RoleVersion:
			if before == plain.RoleSeparator {
				before = as
			}
		default:
			if as == plain.RoleTechnology && before == plain.RoleVersion {
				return true
			}
			before = as
		}
	}
	return false
}

// says reports whether a line has a part that was taken for something.
func says(u *plain.Understanding, as plain.Role) bool {
	for i := range u.Tokens {
		if u.Tokens[i].As == as {
			return true
		}
	}
	return false
}

// component records what words name. What stands for any of its kind, and has no version,
// counts only behind a label: "User store: LDAP".
func (r *reader) component(c compat.Component, text string, labelled bool) {
	t := c.Technology
	e := evidence{may: []compat.Component{c}, version: r.printed(&c), from: fromWords, text: text, strength: named}
	if t.Generic {
		e.strength = unnamed
		if c.Range.IsAll() && (!labelled || t.Scheme != "none") {
			return
		}
	}
	e.may[0].Text = c.Query()
	r.evidence = append(r.evidence, e)
}

// printed gives the version of a component as it is written.
func (r *reader) printed(c *compat.Component) string {
	if c.Range.IsAll() {
		return ""
	}
	for at := range len(c.Text) {
		if !str.IsDigit(c.Text[at]) || at > 0 && (str.IsDigit(c.Text[at-1]) || c.Text[at-1] == '.') {
			continue
		}
		if one, version, err := r.shortest(c.Technology, c.Text[at:]); err == nil && one.Range.Equal(c.Range) {
			if whole := c.VersionText(); strings.ReplaceAll(whole, ".", "") == version { // "Ubuntu1804"
				return whole
			}
			return version
		}
	}
	return c.VersionText()
}

// maybe gives what words may mean, for other evidence to decide; nil where they name nothing
// that is known, or things of several kinds.
func (r *reader) maybe(a *plain.Ambiguity) []compat.Component {
	var may []compat.Component
	for _, reading := range a.Readings {
		c := r.m.Resolve(compat.Asked{Kind: reading.Kind, Text: reading.Text})
		if c.Technology == nil || len(may) > 0 && c.Kind != may[0].Kind {
			return nil
		}
		may = append(may, c)
	}
	if len(may) < 2 || may[0].Technology == may[1].Technology {
		return nil
	}
	return may
}
