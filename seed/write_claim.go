package seed

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/testedon/testedon/compat/fact"
)

// spot is where a version of a claim stands in the file of its release. The
// version is 0 where the row is meant.
type spot struct{ section, row, version int }

// placing is what changes among the sections of a file.
type placing struct {
	*editing
	file     releaseFile
	taken    map[string]spot   // claims by their IDs
	flips    map[int]*Finding  // sections of which every claim gets another status, and one that tells it
	drop     map[spot]bool     // claims that go
	versions map[spot][]string // to add to a row
	rows     map[int][]row     // to add to a section
	sections []section         // to add
}

// claims edits the sections: what is withdrawn goes, what has another status goes
// elsewhere, what is new gets its place.
func (e *editing) claims() error {
	r, err := e.stated()
	if err != nil {
		return err
	}
	p := &placing{
		editing: e, file: r, taken: map[string]spot{}, flips: map[int]*Finding{}, drop: map[spot]bool{},
		versions: map[spot][]string{}, rows: map[int][]row{},
	}
	p.locate()
	p.flip()
	p.free()
	for _, c := range e.Changes {
		if c.now != nil && c.now.isClaim() && !p.stays(c) {
			p.place(c.now)
		}
	}
	return p.edit()
}

// locate finds the claims of the file.
func (p *placing) locate() {
	for i, s := range p.file.Sections {
		for j, row := range s.Rows {
			for k, c := range row.expand(p.scope(), s) {
				p.taken[c.ID] = spot{i, j, k}
			}
		}
	}
}

func (p *placing) scope() fact.Scope {
	return fact.Scope{Product: p.file.Product, Release: p.file.Version}
}

// before finds the claim that a change is about; false where it makes a new one.
func (p *placing) before(c Change) (spot, bool) {
	if c.was == nil {
		return spot{}, false
	}
	at, there := p.taken[c.was.ID]
	return at, there
}

// flip finds the sections of which every claim gets the same other status under
// one heading: there only those words change.
func (p *placing) flip() {
	total, same := map[int]int{}, map[int]int{}
	for _, at := range p.taken {
		total[at.section]++
	}
	for _, c := range p.Changes {
		at, there := p.before(c)
		if !there || c.Change != Changed {
			continue
		}
		if p.flips[at.section] == nil {
			p.flips[at.section] = c.now
		}
		if first := p.flips[at.section]; first.Status == c.Status && first.Section == c.now.Section {
			same[at.section]++
		}
	}
	for section := range p.flips {
		if same[section] != total[section] {
			delete(p.flips, section)
		}
	}
}

// stays reports whether a claim stays where it is, as its section gets the
// status.
func (p *placing) stays(c Change) bool {
	at, there := p.before(c)
	return there && p.flips[at.section] != nil
}

// free takes out the claims that go, so that others can have their IDs.
func (p *placing) free() {
	for _, c := range p.Changes {
		if at, there := p.before(c); there && !p.stays(c) {
			p.drop[at] = true
			delete(p.taken, c.was.ID)
		}
	}
}

// place finds the section of a claim: one of the file, else one that is new.
func (p *placing) place(f *Finding) {
	r := row{Technology: f.Technology, Printed: clean(f.one.printed), When: clean(f.When), With: f.with, Quote: quoteOf(f)}
	if f.one.version != "" {
		r.Versions = []string{clean(f.one.version)}
	}
	wanted := section{Section: headingOf(f), Source: p.Source, Status: f.Status}
	for k, s := range p.file.Sections {
		if p.flips[k] == nil && s.alike(wanted) && p.take(r, s) {
			p.intoSection(k, r)
			return
		}
	}
	for k, s := range p.sections {
		if s.alike(wanted) && p.take(r, s) {
			p.sections[k].Rows = joined(s.Rows, r)
			return
		}
	}
	for _, wanted.ID = range wanted.ids() {
		if p.take(r, wanted) {
			break
		}
	}
	wanted.Rows = []row{r}
	p.sections = append(p.sections, wanted)
}

// alike reports whether two sections are the same part of a page.
func (s section) alike(o section) bool {
	return s.Section == o.Section && s.Source == o.Source && s.Status == o.Status
}

// take reserves the ID that a row would have in a section; false where another
// claim has it.
func (p *placing) take(r row, s section) bool {
	id := r.expand(p.scope(), s)[0].ID
	_, taken := p.taken[id]
	if !taken {
		p.taken[id] = spot{}
	}
	return !taken
}

// ids are IDs for a section, the plainest first. With the last ones there is one
// for every claim of a file.
func (s section) ids() []string {
	all := []string{"", identifier(string(s.Status)), identifier(s.Section), identifier(s.Source)}
	all = slices.DeleteFunc(all[1:], func(id string) bool { return id == "" })
	for n := range 1000 {
		all = append(all, fmt.Sprintf("%s-%d", identifier(s.Source), n+2))
	}
	return append([]string{""}, all...)
}

// headingOf is the heading of a finding; the page where it has none.
func headingOf(f *Finding) string { return cmp.Or(clean(f.Section), clean(f.Page), "Page") }

// quoteOf is the words of a finding.
func quoteOf(f *Finding) string { return cmp.Or(clean(f.Quote), clean(f.Label)) }

// joined adds a row, to the one of the same words where there is one.
func joined(rows []row, r row) []row {
	for i, other := range rows {
		if other.joins(r) && other.Quote == r.Quote {
			rows[i].Versions = append(rows[i].Versions, r.Versions...)
			return rows
		}
	}
	return append(rows, r)
}

// joins reports whether the versions of another row can stand in this one.
func (r row) joins(other row) bool {
	return r.Technology == other.Technology && r.Printed == other.Printed && r.When == other.When && slices.Equal(r.With, other.With) &&
		r.Since == other.Since && r.Until == other.Until && len(r.Versions) > 0 && len(other.Versions) > 0
}

// intoSection adds a row to a section of the file, to its row of the same words
// where there is one.
func (p *placing) intoSection(k int, r row) {
	for j, other := range p.file.Sections[k].Rows {
		if other.joins(r) {
			at := spot{section: k, row: j}
			p.versions[at] = append(p.versions[at], r.Versions...)
			return
		}
	}
	p.rows[k] = joined(p.rows[k], r)
}
