package proposal

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/page"
	"github.com/testedon/testedon/seed/mapping"
	"github.com/testedon/testedon/seed/sheet"
)

// Subject is what the pages are to be read for.
type Subject struct {
	Product string // id, name or alias
	Release string // version or alias; one that is not there is a new release; or [AllReleases]
	Source  string // ID of the document that the pages are; worked out for each page where empty
	Origin  Origin
	named   bool // only what names its release counts
}

// Document is a page.
type Document struct {
	Name string // as it was named on the way in; stands in everything that is told of it
	Text []byte
	// Cut tells that the text breaks off, so that what is missing says nothing; where it
	// does and why, if that is known. It is nil where the text is whole.
	Cut *page.Unread
	// Mapping says how a document of data is read; where it is nil, the first of Mappings does
	// that the document matches.
	Mapping  *mapping.Mapping
	Mappings []*mapping.Mapping
	read     *page.Page // what it states, where that is known
}

// page is what the document states.
func (d *Document) page(names page.Names) *page.Page {
	if mapping.IsData(d.Name, d.Text) {
		return page.FromRecords(mapping.Read(sheet.File{Name: d.Name, Data: d.Text}, d.Mapping, d.Mappings), names)
	}
	return page.Read(d.Text, names)
}

// Proposal is what the pages of one source state about a release, and what that
// would change in a catalogue.
type Proposal struct {
	Product string // its ID; as asked where the catalogue has no such product
	Release string // its version; as asked where it is new
	// Source is the document that the pages are taken for; empty where nothing
	// tells which of several it is. Then they are held against all of them, and
	// cannot be written.
	Source  string
	Origin  Origin
	Because string   // why it is taken for that source, where nobody said so
	Sources []string // those that the release rests on by now

	NewProduct, NewRelease, NewSource bool

	Candidates []string // products that may be meant, where it is new

	Pages      []PageSummary
	Found      []Finding    // what was resolved, in the order of pages and lines
	Unresolved []Unresolved // what was not, in the same order
	LeftOut    []LeftOut    // what is about something else, in the same order
	Changes    []Change     // added and changed in the order of the pages, then withdrawn
	Unchanged  int          // statements that the catalogue has already
	Held       []Held       // claims that are not withdrawn, as something that was not resolved may be them
	Claims     int          // that the catalogue has of this release from this source
	Withdrawn  int          // of those, how many would go: withdrawn, or of another status where the days of the one before are known

	cut       bool              // some page was
	inherited []fact.Deployment // of the platform
}

// PageSummary is what a page holds by the numbers.
type PageSummary struct {
	Page       string  `json:"page"`
	Title      string  `json:"title,omitempty"`
	Tables     int     `json:"tables"`
	Statements int     `json:"statements"` // read, whatever they are about
	Resolved   int     `json:"resolved"`
	Unresolved int     `json:"unresolved"` // with what could not be read at all
	Others     []Other `json:"others"`     // left out, as they are about something else
	Remarks    int     `json:"remarks"`    // lines of tables of remarks, left out
}

// Other counts what a page states about another product or release.
type Other struct {
	Product    string `json:"product,omitempty"` // as printed
	Release    string `json:"release,omitempty"` // as printed
	Statements int    `json:"statements"`
}

// Propose reads what pages state about a release and holds it against a
// catalogue. There is a proposal for each source that the pages are taken for,
// in their order; for each release, where all are asked for. The error is a
// *fact.Error: a release, source or origin that cannot be one.
//
// A statement and a claim are the same where they are about one technology, mean
// the same versions and have the same status, whatever words they use. These are
// the steps:
//
//  1. Statements about another product or release are left out and counted.
//  2. The catalogue resolves each of the others; nothing is guessed.
//  3. What the source states by now in the same words is unchanged.
//  4. The same technology and versions with another status are changed.
//  5. What is left of the page is added.
//  6. What is left of the catalogue is withdrawn where the page speaks of that
//     kind, and nothing on it that could not be resolved may be it.
func Propose(m *compat.Matrix, about Subject, pages ...Document) ([]*Proposal, error) {
	r, err := newReader(m, about)
	switch {
	case err != nil:
		return nil, err
	case about.Release == AllReleases:
		return r.all(pages)
	}
	var all []*draft
	for _, d := range pages {
		next := r.read(d)
		next.take(next.sourceOf(d))
		i := slices.IndexFunc(all, func(p *draft) bool { return p.Source == next.Source })
		if i < 0 {
			all = append(all, next)
		} else {
			first := all[i]
			first.cut = first.cut || next.cut
			first.Pages = append(first.Pages, next.Pages...)
			first.Found = append(first.Found, next.Found...)
			first.Unresolved = append(first.Unresolved, next.Unresolved...)
			first.LeftOut = append(first.LeftOut, next.LeftOut...)
		}
	}
	proposals := make([]*Proposal, len(all))
	for i, p := range all {
		p.compare()
		proposals[i] = p.Proposal
	}
	return proposals, nil
}

// Removes reports whether a proposal would remove what the catalogue has of the release
// from the source, so that a day in the past would no longer be answered as it was.
func (p *Proposal) Removes() bool { return p.Withdrawn > 0 }

// draft is a proposal in the making.
type draft struct {
	*reader
	*Proposal
	words string // of the page, each between blanks
}

// read reads a page, whichever source it is.
func (r *reader) read(d Document) *draft {
	p := r.begin()
	p.words = wordsOf(string(d.Text))
	read := d.read
	if read == nil {
		read = d.page(r.pageNames)
	}
	if p.cut = d.Cut != nil; p.cut && d.Cut.Line > 0 {
		read.Unread = append(read.Unread, *d.Cut)
	}
	others := []Other{}
	for i := range read.Statements {
		s := &read.Statements[i]
		if !p.isProduct(s.Product) || !p.isRelease(s.Release) { // its section names another
			others = counted(others, s)
			p.leave(d.Name, s)
			continue
		}
		if s.Release == "" && p.asked.named {
			p.Unresolved = append(p.Unresolved, Unresolved{Text: s.Label(), Section: s.Section, Line: s.Line, Page: d.Name, Reason: "it names no release: read the page with --release VERSION, too"})
			continue
		}
		p.resolve(d.Name, s)
	}
	if reason, line := silent(read, others); reason != "" {
		p.Unresolved = append(p.Unresolved, Unresolved{Text: read.Title, Line: line, Reason: reason, Page: d.Name})
	}
	for _, u := range read.Unread {
		p.Unresolved = append(p.Unresolved, Unresolved{Text: u.Text, Section: u.Section, Line: u.Line, Reason: u.Reason, Page: d.Name})
	}
	for _, remark := range read.Remarks {
		p.LeftOut = append(p.LeftOut, LeftOut{Text: remark.Text, Line: remark.Line, Page: d.Name})
	}
	order.Stable(p.Unresolved, func(a, b Unresolved) int { return cmp.Compare(a.Line, b.Line) })
	p.Pages = append(p.Pages, PageSummary{
		Page: d.Name, Title: read.Title, Tables: read.Tables, Statements: len(read.Statements),
		Resolved: len(p.Found), Unresolved: len(p.Unresolved), Others: others, Remarks: len(read.Remarks),
	})
	return p
}

func (r *reader) begin() *draft {
	return &draft{reader: r, Proposal: &Proposal{
		Product: r.product, Release: r.release, Sources: r.sources, Origin: r.asked.Origin, inherited: r.inherited(), Candidates: r.candidates,
		NewProduct: r.newProduct, NewRelease: r.newRelease,
		Pages: []PageSummary{}, Found: []Finding{}, Unresolved: []Unresolved{}, LeftOut: []LeftOut{}, Changes: []Change{}, Held: []Held{},
	}}
}

// take takes the page for a source.
func (p *draft) take(source recognition) {
	p.Source, p.Because = source.id, source.because
	p.NewSource = source.id != "" && p.m.Source(source.id) == nil
}

// silent says why a page tells nothing about the release, and from which line on;
// empty where it does.
func silent(p *page.Page, others []Other) (reason string, line int) {
	about := 0
	for _, o := range others {
		about += o.Statements
	}
	switch {
	case len(p.Statements) == 0 && len(p.Unread) == 0:
		return "states no environment: there is no table, list or sentence of what was tested, supported or needed", 1
	case len(p.Statements) == about && about > 0:
		return fmt.Sprintf("states nothing about this product and release, but about %s", list(others)), p.Statements[0].Line
	}
	return "", 0
}

func list(others []Other) string {
	all := make([]string, len(others))
	for i, o := range others {
		all[i] = o.String()
	}
	return strings.Join(all, ", ")
}

// compare holds what was found against the catalogue.
func (p *draft) compare() {
	p.claims()
	p.requirements()
	p.incompatibilities()
}
