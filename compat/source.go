package compat

import (
	"slices"

	"github.com/testedon/testedon/compat/fact"
)

// cited is a source with its days, read.
type cited struct {
	Source          *fact.Source
	date, last, due fact.Day
}

// Source finds a source by ID; nil when there is none.
func (m *Matrix) Source(id string) *fact.Source { return m.sources[id] }

func (b *builder) sources() {
	for i := range b.m.ds.Sources {
		s := &b.m.ds.Sources[i]
		where := "source " + s.ID
		b.m.sources[s.ID] = s
		if s.Authority.Rank() < 0 {
			b.fault(where, "authority %q is none of official, site, unconfirmed, fork", s.Authority)
		}
		date, checked := b.day(where, "date", s.Date), b.day(where, "checked", s.Checked)
		b.dated[s] = &cited{s, date, max(date, checked), s.Due()}
		if checked != 0 && checked < date {
			b.fault(where, "was checked on %s, before its date %s; the one cannot be before the other", s.Checked, s.Date)
		}
		if s.CadenceDays() < 0 {
			b.fault(where, "cadence %q cannot be read; write a number of days such as 90 days, up to 3650, or none for what changes no more", s.Cadence)
		}
		if s.Date != "" && s.Undated != "" {
			b.fault(where, "has a date and says why it has none; keep one")
		}
	}
}

// cite reports a citation of no known source.
func (b *builder) cite(where string, c fact.Citation) *fact.Source { return b.source(where, c.Source) }

func (b *builder) source(where, id string) *fact.Source {
	s := b.m.sources[id]
	if s == nil {
		b.fault(where, "cites source %q, which is not there%s", id, didYouMean(id, b.m.sources))
	}
	return s
}

// page is a source at the address of one of its pages; itself where there is none.
func (b *builder) page(s *fact.Source, url string) *fact.Source {
	if s == nil || url == "" {
		return s
	}
	at := s.ID + " " + url
	if b.pages[at] == nil {
		page := *s
		page.URL = url
		b.pages[at] = &page
	}
	return b.pages[at]
}

// listed are the pages that list what a release runs with of a kind.
func (r *Release) listed(k *fact.Kind) []*Listing {
	first := slices.IndexFunc(r.pages, func(l *Listing) bool { return l.Tech.kind == k })
	if first < 0 {
		return nil
	}
	n := first // listings stand in the order of kinds
	for n < len(r.pages) && r.pages[n].Tech.kind == k {
		n++
	}
	return r.pages[first:n]
}

// Cited are the IDs of the sources that what is stated of a product stands on. An advisory
// may be about every product.
func (p *Product) Cited() map[string]bool {
	all := map[string]bool{p.PublishedBy: true}
	p.m.ds.Statements(func(s fact.Statement) {
		switch about := s.Scope; {
		case about == fact.Scope{} && s.List != "Advisories":
		case about.Platform != "" && about.Platform != p.Platform, about.Product != "" && about.Product != p.ID:
		default:
			all[s.Citation.Source] = true
		}
	})
	for _, r := range p.ordered {
		for _, l := range r.uncounted {
			all[l.EndedBy] = true
		}
	}
	return all
}

// Stale is a document that an answer rests on and nobody has looked at for longer than
// it may be relied on.
type Stale struct {
	Source *fact.Source
	Last   fact.Day // the last day on which it is known to have said so
}

// findStale finds the documents of the answer that are past their day: those of the statements
// that decide and, where nothing is listed, of the lists that do not have it.
func (a *Answer) findStale(today fact.Day) {
	if today == 0 {
		return
	}
	for i := range a.Components {
		c := &a.Components[i]
		switch {
		case c.Technology == nil:
		case len(c.Listed) == 0:
			for _, l := range a.Release.listed(c.Technology.kind) {
				a.addStale(l, today)
			}
		default:
			for _, l := range c.Listed[:c.deciding] {
				a.addStale(l, today)
			}
		}
	}
}

// addStale adds the document of a statement, where it is past its day and not there yet.
func (a *Answer) addStale(l *Listing, today fact.Day) {
	if l.due == 0 || l.due >= today || slices.ContainsFunc(a.Stale, func(s Stale) bool { return s.Source == l.Source }) {
		return
	}
	a.Stale = append(a.Stale, Stale{l.Source, l.last})
}
