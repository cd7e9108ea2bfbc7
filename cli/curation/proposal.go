package curation

import (
	"slices"
	"strings"
	"unicode"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/seed/proposal"
)

// Import is what pages propose, and what of it was written.
type Import struct {
	Proposals []*proposal.Proposal // at least one
	Dir       string               // written to; empty where nothing was to be written
	Written   []string
}

// Incomplete reports whether something could not be read or resolved.
func (d *Import) Incomplete() bool {
	return slices.ContainsFunc(d.Proposals, func(p *proposal.Proposal) bool { return len(p.Unresolved) > 0 })
}

// Summary joins the proposals; it is what is written as JSON.
type Summary struct {
	Product    string                `json:"product"`
	Release    string                `json:"release"`
	New        bool                  `json:"new"` // whether the release is new to the catalogue
	Pages      []Page                `json:"pages"`
	Found      []proposal.Finding    `json:"found"`
	Unresolved []proposal.Unresolved `json:"unresolved"`
	Missing    []Missing             `json:"missing"`  // technologies that the catalogue does not have
	LeftOut    []proposal.LeftOut    `json:"left_out"` // about other products or releases
	Changes    []proposal.Change     `json:"changes"`
	Held       []proposal.Held       `json:"held"`
	Counts     Counts                `json:"counts"`
	Written    []string              `json:"written"`
}

// Missing is a technology that the catalogue does not have, and the file that would state it.
type Missing struct {
	Name       string `json:"name"`
	File       string `json:"file"`
	Statements int    `json:"statements"` // that wait for it
}

// missing gives the technologies that are missing, each once, in the order of the pages.
func missing(all []proposal.Unresolved) []Missing {
	names := []Missing{}
	for _, u := range all {
		if u.Name == "" {
			continue
		}
		file := "technologies/" + u.Kind + "/" + idFor(u.Name) + ".yaml"
		i := slices.IndexFunc(names, func(m Missing) bool { return m.File == file && fact.Key(m.Name) == fact.Key(u.Name) })
		if i < 0 {
			i, names = len(names), append(names, Missing{Name: u.Name, File: file})
		}
		names[i].Statements++
	}
	return names
}

// idFor suggests an id for a name: its letters and digits; "ID" where it has letters that no id has.
func idFor(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if id := strings.Join(words, "-"); seed.PlainID.Fits(id) {
		return id
	}
	return "ID"
}

// Page is one that was read, and the source it is taken for.
type Page struct {
	proposal.PageSummary
	Source    string `json:"source,omitempty"`
	NewSource bool   `json:"new_source,omitempty"`
}

// Counts sums up what was read.
type Counts struct {
	Found      int `json:"found"`
	Unresolved int `json:"unresolved"`
	Added      int `json:"added"`
	Changed    int `json:"changed"`
	Withdrawn  int `json:"withdrawn"`
	Unchanged  int `json:"unchanged"`
	Others     int `json:"others"` // statements about other products or releases
}

// Summary joins the proposals.
func (d *Import) Summary() Summary {
	first := d.Proposals[0]
	v := Summary{
		Product: first.Product, Release: first.Release, New: first.NewRelease, Pages: []Page{}, Found: []proposal.Finding{},
		Unresolved: []proposal.Unresolved{}, LeftOut: []proposal.LeftOut{}, Changes: []proposal.Change{}, Held: []proposal.Held{}, Written: []string{},
	}
	for _, p := range d.Proposals {
		if p.Release != first.Release {
			v.Release = proposal.AllReleases
		}
		for _, page := range p.Pages {
			v.Pages = append(v.Pages, Page{page, p.Source, p.NewSource})
		}
		v.Found = append(v.Found, p.Found...)
		v.Unresolved = append(v.Unresolved, p.Unresolved...)
		v.LeftOut = append(v.LeftOut, p.LeftOut...)
		v.Changes = append(v.Changes, p.Changes...)
		v.Held = append(v.Held, p.Held...)
		v.Counts.Unchanged += p.Unchanged
	}
	v.Missing = missing(v.Unresolved)
	v.Written = append(v.Written, d.Written...)
	v.count()
	return v
}

// count sums up the lists.
func (v *Summary) count() {
	c := &v.Counts
	c.Found, c.Unresolved = len(v.Found), len(v.Unresolved)
	for _, page := range v.Pages {
		for _, other := range page.Others {
			c.Others += other.Statements
		}
	}
	for _, change := range v.Changes {
		*map[string]*int{proposal.Added: &c.Added, proposal.Changed: &c.Changed, proposal.Withdrawn: &c.Withdrawn}[change.Change]++
	}
}
