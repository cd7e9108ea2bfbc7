package compat

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// written is where a fact is written; the zero value is nowhere.
type written struct {
	file *fact.File
	line int
}

// files finds where facts are written; one in two files nowhere, as an owner's may cover another's.
func (b *builder) files() {
	for i := range b.m.ds.Files {
		f := &b.m.ds.Files[i]
		f.Faults(func(name, wrong string) { b.fault("file "+f.ID, "%s %s", name, wrong) })
		for _, l := range f.Lines {
			at := written{f, l.Line}
			if _, twice := b.m.written[l.Fact]; twice {
				at = written{}
			}
			b.m.written[l.Fact] = at
		}
	}
}

// Correction leads whoever reads a fact to where it can be corrected.
type Correction struct {
	m        *Matrix
	fact     string // its noun and ID
	Label    string // the fact for a person, in a line
	citation fact.Citation
	asked    string
}

// Correction is that of the fact of a noun and ID, which a label names for a person. Where it
// was met in an answer, asked is the question.
func (m *Matrix) Correction(noun, id, label string, c fact.Citation, asked string) Correction {
	return Correction{m, noun + " " + id, label, c, asked}
}

// SourceCorrection is that of a source.
func (m *Matrix) SourceCorrection(s *fact.Source, asked string) Correction {
	return m.Correction("source", s.ID, s.Title, fact.Citation{Source: s.ID}, asked)
}

// Fact is the noun and ID of what states the claim: "claim mi/4.4.0/rhel/9".
func (l *Listing) Fact() string {
	switch {
	case l.Image != nil:
		return "image " + l.Image.ID
	case l.Run != nil:
		return "configuration " + l.Run.ID
	}
	return "claim " + l.ID
}

// Correction is that of the claim.
func (l *Listing) Correction(asked string) Correction {
	return Correction{l.Tech.m, l.Fact(), l.Label + " is " + str.Words(l.Status), l.Citation, asked}
}

// Question is what was asked of a component, and answered, for a report.
func (c *ComponentAnswer) Question() string {
	return c.release.Title() + " with " + c.Text + "; answered: " + c.Understood() + " is " + str.Words(c.Verdict)
}

// EditURL leads to the line that the claim is written in; empty where that is not told.
func (l *Listing) EditURL() string { return l.Correction("").EditURL() }

// EditURL leads to the line that the fact is written in; empty where that is not told.
func (c Correction) EditURL() string {
	at := c.m.written[c.fact]
	if at.file == nil {
		return ""
	}
	in := strings.ReplaceAll(at.file.EditURL, "{path}", (&url.URL{Path: at.file.Path}).EscapedPath()) // which has no braces
	return strings.ReplaceAll(in, "{line}", strconv.Itoa(at.line))
}

// What a report may have, in characters, and in bytes of its address: servers refuse 8,000 of them.
const maxTitle, maxBody, maxEscaped = 200, 2000, 6000

// ReportURL leads to a form of the catalogue's repository for a report about the fact, filled in;
// empty where there is none.
func (c Correction) ReportURL() string {
	at := c.m.written[c.fact]
	if at.file == nil {
		return ""
	}
	var body strings.Builder
	tell := func(name string, parts ...string) {
		if text := inLine(str.Join(", ", parts...)); text != "" {
			body.WriteString(name + ": " + text + "\n")
		}
	}
	tell("Question", c.asked)
	tell("Statement", c.fact, c.Label)
	tell("Written at", c.EditURL())
	tell("Catalogue", "revision "+strconv.FormatInt(c.m.ds.Revision, 10), c.m.ds.Digest)
	if s := c.m.sources[c.citation.Source]; s != nil {
		tell("Source", s.Title, c.citation.Section, s.Address())
	}
	tell("Quote", c.citation.Quote)
	title := inLine("Correction: " + c.Label + " (" + c.fact + ")")
	return strings.NewReplacer("{title}", escaped(title, maxTitle), "{body}", escaped(body.String(), maxBody)).Replace(at.file.IssueURL)
}

// inLine is a text on one line, without what cannot be seen.
func inLine(text string) string {
	return str.Visible(strings.Join(strings.Fields(strings.ToValidUTF8(text, "\uFFFD")), " "))
}

// escaped is a text in a query, cut off behind so many characters.
func escaped(text string, most int) string {
	var all strings.Builder
	for _, r := range text {
		next := strings.ReplaceAll(url.QueryEscape(string(r)), "+", "%20")
		if most--; most < 0 || all.Len()+len(next) > maxEscaped {
			break
		}
		all.WriteString(next)
	}
	return all.String()
}
