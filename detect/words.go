package detect

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/plain"
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
		if p.m.Mentions(line) && len(line)+p.worded <= maxWorded && len(line) <= plain.MaxText {
			if next := p.answer(n); next != "" {
				line += ": " + next
				n++
			}
			p.worded += len(line)
			p.understand(line)
			continue
		}
		p.name(printable(line))
	}
}

// answer gives the bare version that stands below a heading which asks for it, "JDK version"
// and "17.0.9": the next line that is left.
func (p *page) answer(n int) string {
	if n+1 == len(p.left) {
		return ""
	}
	next := p.lines[p.left[n+1]]
	version, tail, ok := numberAt(next)
	if !ok || tail != "" || version != strings.TrimPrefix(next, "v") || strings.ContainsAny(p.lines[p.left[n]], "0123456789") {
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
// commas and the like are read by themselves, so that one word does not hide the others.
func (p *page) understand(line string) {
	if fault := p.statement(line); fault == "" {
		return
	} else if parts := strings.FieldsFunc(line, func(c rune) bool { return strings.ContainsRune(",;|", c) }); len(parts) > 1 {
		for _, part := range parts {
			if part = strings.TrimSpace(part); !p.m.Mentions(part) {
				continue
			} else if fault := p.statement(part); fault != "" {
				p.refuse(part, fault)
			}
		}
	} else {
		p.refuse(line, fault)
	}
}

// refuse names a line as unread that names something. The reason may quote the line, and is
// not told where that holds a secret.
func (p *page) refuse(line, reason string) {
	if strings.Contains(printable(line), masked) {
		reason = "it is not understood"
	}
	p.unread(line, "%s", reason)
}

// statement takes what a line says if all of it is understood, and else tells why it is not:
// prose says many things of what it names. Behind a label, "OS: ", a word that stands beside
// no name is told and nothing more.
func (p *page) statement(line string) (fault string) {
	u := plain.Understand(p.m, line)
	var components []compat.Component
	var open []*plain.Ambiguity
	for i := range u.Components {
		if c := &u.Components[i]; c.Technology == nil || c.Reason != "" {
			return cmp.Or(c.Reason, unknown)
		}
		components = append(components, u.Components[i])
	}
	for i := range u.Ambiguous {
		switch a := &u.Ambiguous[i]; {
		case p.maybe(a) != nil:
			open = append(open, a)
		case p.matters(a.Text):
			return a.Reason
		default:
			fault = a.Reason
		}
	}
	if len(u.Unread) > 0 {
		fault = fmt.Sprintf("%q is not understood", u.Unread[0])
	}
	if counts(u) {
		fault = "the number before the name may count it"
	}
	pair, labelled := label(line)
	labelled = labelled && len(components)+len(open) < 2 && p.m.IsLabel(line[:strings.IndexByte(line, ':')]) && !p.matters(strings.Join(u.Unread, " "))
	if fault != "" && (!labelled || pair.value == "") {
		return fault
	}
	text := printable(line)
	if u.Product != nil {
		found := Product{Product: u.Product, From: fromWords, Text: text}
		if says(u, plain.RoleRelease) {
			found.Release, found.Taken = u.Release, u.Assumed
		}
		p.takeProduct(found)
	}
	for _, c := range components {
		p.component(c, text)
	}
	for _, a := range open {
		p.evidence = append(p.evidence, evidence{may: p.maybe(a), from: fromWords, text: text, strength: named})
	}
	if fault != "" && !strings.Contains(text, masked) {
		p.miss(line, "%s", fault)
	}
	return ""
}

// counts reports whether a number stands right before a name and may say how many there are.
func counts(u *plain.Understanding) bool {
	before := plain.RoleSeparator
	for i := range u.Tokens {
		switch as := u.Tokens[i].As; as {
		case plain.RoleTechnology:
			if before == plain.RoleVersion {
				return true
			}
			before = as
		case plain.RoleVersion:
			if before != plain.RoleTechnology && before != plain.RoleKind {
				before = as
			}
		case plain.RoleSeparator, plain.RoleWord:
			if before != plain.RoleVersion {
				before = as
			}
		default:
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

// component records what words name.
func (r *reader) component(c compat.Component, text string) {
	e := evidence{may: []compat.Component{c}, version: c.VersionText(), from: fromWords, text: text, strength: named}
	if c.Technology.Generic {
		e.strength = unnamed
	}
	e.may[0].Text = c.Query()
	r.evidence = append(r.evidence, e)
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
