package proposal

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/seed/sheet"
)

// spot is where a version of a claim stands in the file of its release. The
// version is 0 where the row is meant.
type spot struct{ section, row, version int }

// sectionEdits is what changes among the sections of a file.
type sectionEdits struct {
	*releaseEdition
	file     seed.ReleaseFile
	taken    map[string]spot    // claims by their IDs
	flips    map[int]*Finding   // sections of which every claim gets another status, and one that tells it
	drop     map[spot]bool      // claims that go
	versions map[spot][]string  // to add to a row
	rows     map[int][]seed.Row // to add to a section
	sections []seed.Section     // to add
}

// changeClaims edits the sections: what is withdrawn goes, what has another status goes
// elsewhere, what is new gets its place.
func (e *releaseEdition) changeClaims() error {
	r, err := e.stated()
	if err != nil {
		return err
	}
	p := &sectionEdits{
		releaseEdition: e, file: r, taken: map[string]spot{}, flips: map[int]*Finding{}, drop: map[spot]bool{},
		versions: map[spot][]string{}, rows: map[int][]seed.Row{},
	}
	for i, s := range r.Sections {
		for j, row := range s.Rows {
			for k, c := range row.Claims(r.Scope(), s) {
				p.taken[c.ID] = spot{i, j, k}
			}
		}
	}
	p.flip()
	for _, c := range p.Changes { // first what goes, so that others can have their IDs
		if at, there := p.before(c); there && p.flips[at.section] == nil {
			p.drop[at] = true
			delete(p.taken, c.was.ID)
		}
	}
	for _, c := range e.Changes {
		if c.now == nil || !c.now.isClaim() {
			continue
		}
		if at, there := p.before(c); !there || p.flips[at.section] == nil { // else it stays, as its section gets the status
			p.place(c.now)
		}
	}
	return p.edit()
}

// before finds the claim that a change is about; false where it makes a new one.
func (p *sectionEdits) before(c Change) (spot, bool) {
	if c.was == nil {
		return spot{}, false
	}
	at, there := p.taken[c.was.ID]
	return at, there
}

// flip finds the sections of which every claim gets the same other status under
// one heading: there only those words change. What is known of when it stood is not known of
// another status.
func (p *sectionEdits) flip() {
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
		if first := p.flips[at.section]; !(&existingClaim{Claim: c.was}).dated() && first.Status == c.Status && first.Section == c.now.Section {
			same[at.section]++
		}
	}
	for section := range p.flips {
		if same[section] != total[section] {
			delete(p.flips, section)
		}
	}
}

// place finds the section of a claim: one of the file, else one that is new.
func (p *sectionEdits) place(f *Finding) {
	r := seed.Row{Technology: f.Technology, Printed: clean(f.one.printed), When: clean(f.When), With: f.Together, Quote: quoteOf(f)}
	if f.one.version != "" {
		r.Versions = []string{clean(f.one.version)}
	}
	wanted := seed.Section{Section: headingOf(f), Source: p.Source, Status: f.Status}
	for k, s := range p.file.Sections {
		if p.flips[k] == nil && alike(s, wanted) && p.take(r, s) {
			p.intoSection(k, r)
			return
		}
	}
	for k, s := range p.sections {
		if alike(s, wanted) && p.take(r, s) {
			p.sections[k].Rows = joined(s.Rows, r)
			return
		}
	}
	for _, wanted.ID = range sectionIDs(wanted) {
		if p.take(r, wanted) {
			break
		}
	}
	wanted.Rows = []seed.Row{r}
	p.sections = append(p.sections, wanted)
}

// alike reports whether two sections are the same part of a page.
func alike(s, o seed.Section) bool {
	return s.Section == o.Section && s.Source == o.Source && s.Status == o.Status
}

// take reserves the ID that a row would have in a section; false where another
// claim has it.
func (p *sectionEdits) take(r seed.Row, s seed.Section) bool {
	id := r.Claims(p.file.Scope(), s)[0].ID
	_, taken := p.taken[id]
	if !taken {
		p.taken[id] = spot{}
	}
	return !taken
}

// sectionIDs are IDs for a section, the plainest first. With the last ones there is one
// for every claim of a file.
func sectionIDs(s seed.Section) []string {
	all := []string{"", identifier(string(s.Status)), identifier(s.Section), identifier(s.Source)}
	all = slices.DeleteFunc(all[1:], func(id string) bool { return id == "" })
	for n := range 1000 {
		all = append(all, fmt.Sprintf("%s-%d", identifier(s.Source), n+2))
	}
	return append([]string{""}, all...)
}

// headingOf is the heading of a finding; the page where it has none.
func headingOf(f *Finding) string { return cmp.Or(clean(f.Section), clean(f.Page), "Page") }

// joined adds a row, to the one of the same words where there is one.
func joined(rows []seed.Row, r seed.Row) []seed.Row {
	for i, other := range rows {
		if joins(other, r) && other.Quote == r.Quote {
			rows[i].Versions = append(rows[i].Versions, r.Versions...)
			return rows
		}
	}
	return append(rows, r)
}

// joins reports whether the versions of another row can stand in a row.
func joins(r, other seed.Row) bool {
	return r.Technology == other.Technology && r.Printed == other.Printed && r.When == other.When && slices.Equal(r.With, other.With) &&
		r.Term == other.Term && slices.Equal(r.Earlier, other.Earlier) && len(r.Versions) > 0 && len(other.Versions) > 0
}

// intoSection adds a row to a section of the file, to its row of the same words
// where there is one.
func (p *sectionEdits) intoSection(k int, r seed.Row) {
	for j, other := range p.file.Sections[k].Rows {
		if joins(other, r) {
			at := spot{section: k, row: j}
			p.versions[at] = append(p.versions[at], r.Versions...)
			return
		}
	}
	p.rows[k] = joined(p.rows[k], r)
}

// edit edits the file: new sections, then those that are there, from the last one
// so that the places before stay right.
func (p *sectionEdits) edit() error {
	if err := sheet.Append(p.Sheet, "sections", true, p.sections...); err != nil {
		return err
	}
	for i, s := range slices.Backward(p.file.Sections) {
		if err := p.editSection(i, s); err != nil {
			return err
		}
	}
	return nil
}

// editSection edits one section: its status, new rows, then the rows that change
// or go. A section without a row goes as well.
func (p *sectionEdits) editSection(i int, s seed.Section) error {
	if f := p.flips[i]; f != nil {
		if err := cmp.Or(p.Set("section", headingOf(f), "sections", i), p.Set("status", f.Status, "sections", i)); err != nil {
			return err
		}
	}
	for _, r := range p.rows[i] {
		if err := p.Add(r, "sections", i, "rows"); err != nil {
			return err
		}
	}
	rows := len(s.Rows) + len(p.rows[i])
	for j, r := range slices.Backward(s.Rows) {
		left, touched := p.left(i, j, r)
		var err error
		switch {
		case !touched:
		case len(left) > 0:
			err = p.rewrite(i, j, s, r, left)
		case rows > 1:
			rows--
			err = p.Remove(j, "sections", i, "rows")
		default:
			return p.Remove(i, "sections")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// left gives the versions that a row will have, and whether that changes it.
func (p *sectionEdits) left(i, j int, r seed.Row) (versions []string, touched bool) {
	more := p.versions[spot{section: i, row: j}]
	touched = len(more) > 0
	for k := range max(1, len(r.Versions)) {
		switch {
		case p.drop[spot{i, j, k}]:
			touched = true
		case len(r.Versions) > 0:
			versions = append(versions, r.Versions[k])
		}
	}
	return append(versions, more...), touched
}

// rewrite gives a row other versions, and the words that the page has for it by now. A
// row in braces is written anew.
func (p *sectionEdits) rewrite(i, j int, s seed.Section, r seed.Row, versions []string) error {
	was := r.Quote
	r.Versions = versions
	for k := range p.Found {
		f := &p.Found[k]
		if f.isClaim() && f.Technology == r.Technology && f.Status == s.Status && clean(f.one.printed) == r.Printed {
			r.Quote = quoteOf(f)
			break
		}
	}
	if p.InBraces("sections", i, "rows", j) {
		return sheet.Exchange(p.Sheet, j, []seed.Row{r}, "sections", i, "rows")
	}
	if err := p.Set("versions", versions, "sections", i, "rows", j); err != nil || r.Quote == was {
		return err
	}
	return p.Set("quote", r.Quote, "sections", i, "rows", j)
}
