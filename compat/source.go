package compat

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// DefaultCadence is for how many days a document may be relied on without another look
// at it, where its source says nothing of it.
const DefaultCadence = 180

// settled is the cadence of what changes no more.
const settled = "none"

// Last is the last day on which the document is known to have said what was read: that of
// the text, or of the last look at it. It is 0 where neither is known.
func (s *Source) Last() Day {
	date, _ := parseDay(s.Date)
	checked, _ := parseDay(s.Checked)
	return max(date, checked)
}

// Due is the last day on which the document may be relied on without another look at it;
// 0 for one that changes no more, and where no day is known.
func (s *Source) Due() Day {
	last, days := s.Last(), s.cadence()
	if last == 0 || days <= 0 {
		return 0
	}
	return last.After(0, 0, days)
}

// days are those of a source, read.
type days struct{ date, last, due Day }

// Address is where the vendor publishes the document, else where the text that was read
// stands.
func (s *Source) Address() string { return cmp.Or(s.Page, s.URL) }

// cadence is for how many days the document may be relied on: 0 for one that changes no
// more, -1 where it is written in no such way.
func (s *Source) cadence() int {
	switch s.Cadence {
	case "":
		return DefaultCadence
	case settled:
		return 0
	}
	days, err := strconv.Atoi(strings.TrimSuffix(s.Cadence, " days"))
	const longest = 3650
	if err != nil || days < 1 || days > longest || !strings.HasSuffix(s.Cadence, " days") {
		return -1
	}
	return days
}

func (b *builder) sources() {
	unique(b, "source", b.m.ds.Sources, func(s *Source) string { return s.ID })
	for i := range b.m.ds.Sources {
		s := &b.m.ds.Sources[i]
		where := "source " + s.ID
		b.m.sources[s.ID] = s
		if s.Authority.rank() < 0 {
			b.fault(where, "authority %q is none of official, site, unconfirmed, fork", s.Authority)
		}
		date, checked := b.day(where, "date", s.Date), b.day(where, "checked", s.Checked)
		b.dated[s] = days{date, max(date, checked), s.Due()}
		if checked != 0 && checked < date {
			b.fault(where, "was checked on %s, before its date %s; the one cannot be before the other", s.Checked, s.Date)
		}
		if s.cadence() < 0 {
			b.fault(where, "cadence %q cannot be read; write a number of days such as 90 days, up to 3650, or none for what changes no more", s.Cadence)
		}
		if s.Date != "" && s.Undated != "" {
			b.fault(where, "has a date and says why it has none; keep one")
		}
	}
}

// rank orders authorities, 0 being the strongest; -1 for an unknown one.
func (a Authority) rank() int {
	return slices.Index([]Authority{Official, Site, Unconfirmed, Fork}, a)
}

// cite reports a citation of no known source.
func (b *builder) cite(where string, c Citation) *Source { return b.source(where, c.Source) }

func (b *builder) source(where, id string) *Source {
	s := b.m.sources[id]
	if s == nil {
		b.fault(where, "cites source %q, which is not there%s", id, didYouMean(id, b.m.sources))
	}
	return s
}

// listed are the pages that list what a release runs with of a kind.
func (r *release) listed(k *Kind) []*Listing {
	first := slices.IndexFunc(r.pages, func(l *Listing) bool { return l.tech.kind == k })
	if first < 0 {
		return nil
	}
	n := first // listings stand in the order of kinds
	for n < len(r.pages) && r.pages[n].tech.kind == k {
		n++
	}
	return r.pages[first:n]
}

// Stale is a document that an answer rests on and nobody has looked at for longer than
// it may be relied on.
type Stale struct {
	Source *Source
	Last   Day // the last day on which it is known to have said so
}

// findStale finds the documents of the answer that are past their day: those of the statements
// that decide and, where nothing is listed, of the lists that do not have it.
func (a *Answer) findStale(today Day) {
	if today == 0 {
		return
	}
	for i := range a.Components {
		c := &a.Components[i]
		switch {
		case c.tech == nil:
		case len(c.Listed) == 0:
			for _, l := range a.release.listed(c.tech.kind) {
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
func (a *Answer) addStale(l *Listing, today Day) {
	if l.due == 0 || l.due >= today || slices.ContainsFunc(a.Stale, func(s Stale) bool { return s.Source == l.Source }) {
		return
	}
	a.Stale = append(a.Stale, Stale{l.Source, l.last})
}
