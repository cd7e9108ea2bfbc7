package seed

import (
	"cmp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/testedon/testedon/compat/fact"
)

// edit edits the file: new sections, then those that are there, from the last one
// so that the places before stay right.
func (p *placing) edit() error {
	entries := make([][]string, len(p.sections))
	for i, s := range p.sections {
		entries[i] = s.lines()
	}
	if err := p.append("sections", entries, true); err != nil {
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
func (p *placing) editSection(i int, s section) error {
	if f := p.flips[i]; f != nil {
		const indent = 4
		heading := p.set("section", scalar("section", headingOf(f), indent), "sections", i)
		if err := cmp.Or(heading, p.set("status", []string{"status: " + string(f.Status)}, "sections", i)); err != nil {
			return err
		}
	}
	for _, r := range p.rows[i] {
		if err := p.add(r.lines(), false, "sections", i, "rows"); err != nil {
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
			err = p.remove(j, "sections", i, "rows")
		default:
			return p.remove(i, "sections")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// left gives the versions that a row will have, and whether that changes it.
func (p *placing) left(i, j int, r row) (versions []string, touched bool) {
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

// rewrite gives a row other versions, and the words of the page as they are now. A
// row in braces is written anew.
func (p *placing) rewrite(i, j int, s section, r row, versions []string) error {
	r.Versions = versions
	quote := p.quote(s, r)
	if flow, is := p.at("sections", i, "rows", j).(*ast.MappingNode); is && flow.IsFlowStyle {
		r.Quote = quote
		return p.exchange(j, [][]string{r.lines()}, "sections", i, "rows")
	}
	if err := p.set("versions", listed("versions", versions), "sections", i, "rows", j); err != nil || quote == r.Quote {
		return err
	}
	return p.setText("quote", quote, "sections", i, "rows", j)
}

// quote gives the words that the page has for a row by now.
func (p *placing) quote(s section, r row) string {
	for k := range p.Found {
		f := &p.Found[k]
		if f.isClaim() && f.Technology == r.Technology && f.Status == s.Status && clean(f.one.printed) == r.Printed {
			return quoteOf(f)
		}
	}
	return r.Quote
}

// append adds entries to a list of the file, which may not be there yet. They are
// parted by blank lines where told.
func (s *sheet) append(key string, entries [][]string, parted bool) error {
	if len(entries) == 0 {
		return nil
	}
	if s.at(key) == nil {
		return s.set(key, append([]string{""}, nested(key, entries, parted)...))
	}
	for _, e := range entries {
		if err := s.add(e, parted, key); err != nil {
			return err
		}
	}
	return nil
}

// lines writes a section as an entry of a list.
func (s section) lines() []string {
	rows := make([][]string, len(s.Rows))
	for i, r := range s.Rows {
		rows[i] = r.lines()
	}
	const indent = 4
	return entry(optional("id", s.ID, indent), scalar("section", s.Section, indent), scalar("source", s.Source, indent),
		[]string{"status: " + string(s.Status)}, nested("rows", rows, false))
}

// lines writes a row as an entry of a list.
func (r row) lines() []string {
	return entry(scalar("technology", r.Technology, rowIndent), scalar("printed", r.Printed, rowIndent), listed("versions", r.Versions),
		optional("when", r.When, rowIndent), together(r.With), scalar("quote", r.Quote, rowIndent),
		optional("since", r.Since, rowIndent), optional("until", r.Until, rowIndent), optional("ended_by", r.EndedBy, rowIndent))
}

// together writes what a claim holds with; nothing where it holds by itself.
func together(with []fact.Target) []string {
	if len(with) == 0 {
		return nil
	}
	all := make([]string, len(with))
	for i, t := range with {
		all[i] = "{technology: " + t.Technology
		if t.Version != "" {
			all[i] += ", version: " + inQuotes(t.Version)
		}
		all[i] += "}"
	}
	return []string{"with: [" + strings.Join(all, ", ") + "]"}
}
