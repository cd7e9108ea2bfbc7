package page

import (
	"cmp"
	"slices"
	"strings"

	"github.com/testedon/testedon/internal/order"
)

// Page is what a documentation page says about environments.
type Page struct {
	Title      string      // the first heading, or that of the front matter
	Statements []Statement // in the order of lines
	Unread     []Unread    // in the order of lines
	Remarks    []Remark    // lines that tell of things and state nothing of environments
	Tables     int         // that were met, whatever they say
}

// Statement is one item that a page states, with one version of it at most.
type Statement struct {
	// Kind is what the page speaks of where it stands: one of Kinds, or that of its name.
	Kind string
	// Technology is the identifier that a document has for it, which a catalogue may know;
	// most have none. Then the rest is as the document has it, and not made out of words.
	Technology string
	// Together is what has to be there besides, by such identifiers: "ubuntu:24.04; macos".
	Together string
	// Name is the thing as printed: "CorrettoJDK"; for a requirement the resource,
	// after the deployment where one is named: "Centralized / Memory".
	Name string
	// Version is its version as printed, "12c release 2"; for a requirement the
	// amount as printed. Empty where none is printed.
	Version string
	// With is, for an incompatibility, the other side as printed: "JDK1.8.0_151"
	// where Name and Version are "Ubuntu" and "16.04".
	With string
	// Under is the head of the column that the item stands in, where it says more than
	// the kind of what is in it: "WSO2 IS-KM" above "WSO2 IS-5.11.0".
	Under string
	// Status is what the page says: tested, supported, compatible, recommended,
	// required, minimum, not_recommended or incompatible.
	Status string
	// When is what else has to be true, where the page says so beside it.
	When string
	// Product and Release are those the section names, as printed; empty where it names none.
	Product, Release string
	Sentence         bool   // it is said in a sentence, which may say more
	Section          string // the nearest heading
	Line             int    // where the item stands, from 1
	Quote            string // the words without markup: cells of a row with " | " between
}

// Label is the item as printed: name and version with a blank between.
func (s *Statement) Label() string {
	if s.Version == "" {
		return s.Name
	}
	return s.Name + " " + s.Version
}

// Unread is something that stands where a statement would, and is none that could be read.
type Unread struct {
	Text    string // as printed, cut where it is long
	Section string
	Line    int
	Reason  string // why, and what to do about it
}

// Remark is a line of a table that tells of things and states nothing of environments.
type Remark struct {
	Text string
	Line int
}

// Read finds what a page states about environments. It reads Markdown, HTML,
// AsciiDoc and plain text, and mixtures of them; a page that is cut off or badly
// marked up is read as far as it goes. What stands where a statement would and is
// none that could be read comes back as Unread, with its line and the reason.
// Which words are names of technologies, whoever asks knows.
func Read(text []byte, names Names) *Page {
	s := prepare(text)
	r := &reader{page: &Page{Unread: s.rest}, names: names.remembered(), heads: map[int]bool{}, lines: s.lines}
	r.read(blocks(s))
	r.tellRest()
	return r.finish()
}

// blocks makes blocks of a page. The title of its front matter is its widest heading.
func blocks(s *source) []block {
	if len(s.lines) == 0 {
		return nil
	}
	var all []block
	root := &scanner{syntax: s.syntax, depth: -1}
	start, _ := join(s.lines[:min(len(s.lines), 40)])
	if wholeHTML().MatchString(start) {
		all = root.readHTML(s.lines, true)
	} else {
		all = plainHeadings(root.inside(s.lines))
	}
	explain(all)
	if all = readApart(all); s.title.text != "" {
		all = slices.Insert(all, 0, block{kind: heading, text: s.title})
	}
	return all
}

// plainHeadings finds the headings of a page that marks none: short lines that stand alone and end like no sentence.
func plainHeadings(blocks []block) []block {
	for i := range blocks {
		if blocks[i].kind == heading {
			return blocks
		}
	}
	for i := range blocks {
		b := &blocks[i]
		labels := i+1 < len(blocks) && blocks[i+1].kind == list && firstLine(blocks[i+1].subs) == b.text.line(0)+1
		if b.kind == paragraph && isTitle(b.text.text) && !labels {
			b.kind, b.level = heading, 1
		}
	}
	return blocks
}

// idleTitles are lines that a wiki adds to a page when it is printed.
var idleTitles = map[string]bool{"Versions Compared": true, "Code Block": true, "Table of Contents": true, "All docs This doc": true}

// isTitle reports whether a paragraph looks like a heading.
func isTitle(t string) bool {
	if t == "" || idleTitles[t] || len(t) > 70 || strings.ContainsAny(t, "\n<>={}:;?!") || len(strings.Fields(t)) > 8 {
		return false
	}
	last := t[len(t)-1]
	return t[0] >= 'A' && t[0] <= 'Z' && last != '.' && last != ','
}

// finish puts what was found in order and within bounds.
func (r *reader) finish() *Page {
	p := r.page
	order.Stable(p.Statements, func(a, b Statement) int { return cmp.Compare(a.Line, b.Line) })
	order.Stable(p.Unread, func(a, b Unread) int { return cmp.Compare(a.Line, b.Line) })
	if more := len(p.Unread) - maxUnread; more > 0 {
		last := p.Unread[maxUnread]
		p.Unread = append(p.Unread[:maxUnread], Unread{Line: last.Line, Section: last.Section, Reason: "more than could be listed follows: split the page"})
	}
	return p
}
