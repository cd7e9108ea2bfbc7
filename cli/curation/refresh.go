package curation

import (
	"context"
	"fmt"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/mirror"
	"github.com/testedon/testedon/seed/proposal"
)

// Refresh is what became of the sources of a catalogue.
type Refresh struct {
	Sources []*Look        `json:"sources"` // in the order of their IDs
	Counts  map[string]int `json:"counts"`  // by status; settled are those left out
	Written []string       `json:"written"`

	matrix *compat.Matrix
	in     Mirror
}

// Mirror is where the clones are that sources are held against.
type Mirror struct {
	Dir     string   // of the clones
	Today   fact.Day // no commit may be younger
	Fetched fact.Day // on which all clones were brought up to date; 0 where that is not known
}

// Held holds every source of a catalogue against the clones. It fails where ctx ends.
func Held(ctx context.Context, m *compat.Matrix, in Mirror) (*Refresh, error) {
	d := &Refresh{Sources: []*Look{}, Counts: map[string]int{}, Written: []string{}, matrix: m, in: in}
	for _, s := range m.Dataset().Sources {
		if s.Cadence == "none" {
			d.Counts["settled"]++
			continue
		}
		d.add(d.look(ctx, &s))
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// Settled reports whether nothing has changed, moved or gone, and all was compared that
// can be.
func (d *Refresh) Settled() bool {
	return d.Counts["checked"]+d.Counts["not_comparable"] == len(d.Sources)
}

// News gives what is known anew of the sources, and what is proposed without a doubt.
func (d *Refresh) News() (proposals []*proposal.Proposal, news []proposal.Look) {
	for _, l := range d.Sources {
		if l.news == nil {
			continue
		}
		news = append(news, *l.news)
		for _, p := range l.proposals {
			if len(p.Changes) > 0 {
				proposals = append(proposals, p)
			}
		}
	}
	return proposals, news
}

// Look is a source, and what a look at its document showed.
type Look struct {
	Source   string    `json:"source"`
	Status   string    `json:"status"` // a [mirror.State], not_compared or not_comparable
	Document string    `json:"document,omitempty"`
	Branch   string    `json:"branch,omitempty"`
	Day      string    `json:"day,omitempty"`      // on which the branch was as it was found
	Revision string    `json:"revision,omitempty"` // that changed the page, moved it or took it away
	Date     string    `json:"date,omitempty"`     // of that
	Path     string    `json:"path,omitempty"`     // where it has moved
	Reason   string    `json:"reason,omitempty"`   // why it was not compared, or cannot be written
	Releases []Summary `json:"releases"`           // what is proposed

	proposals []*proposal.Proposal
	news      *proposal.Look // to write; nil where there is nothing
}

func (d *Refresh) add(l *Look) {
	d.Sources = append(d.Sources, l)
	d.Counts[l.Status]++
	for _, p := range l.proposals {
		l.Releases = append(l.Releases, (&Import{Proposals: []*proposal.Proposal{p}}).Summary())
	}
}

// look looks at the document of a source.
func (d *Refresh) look(ctx context.Context, s *fact.Source) *Look {
	l := &Look{Source: s.ID, Document: s.Document, Releases: []Summary{}}
	repository, path, _ := strings.Cut(s.Document, " ")
	page := mirror.Page{Repository: repository, Path: path, Branch: s.Branch, Revision: s.Revision}
	if err := page.Check(); err != nil {
		l.Status, l.Reason = "not_comparable", err.Error()
		return l
	}
	found, err := mirror.Hold(ctx, d.in.Dir, page)
	var day fact.Day
	if err == nil {
		day, err = d.day(found, s)
	}
	if err != nil {
		l.Status, l.Reason = "not_compared", err.Error()
		return l
	}
	l.Status, l.Branch, l.Day, l.Path = string(found.State), found.Branch, day.String(), found.Path
	if found.State == mirror.Same {
		if day > s.Last() {
			l.news = &proposal.Look{Source: s.ID, Checked: l.Day}
		}
		return l
	}
	l.Revision, l.Date = found.Changed.ID, fact.DayOf(found.Changed.Day).String()
	if found.State != mirror.Changed {
		return l
	}
	if l.Reason = d.propose(ctx, found, l); l.Reason == "" {
		l.news = &proposal.Look{Source: s.ID, Revision: l.Revision, Date: l.Date}
		if l.Day > l.Date {
			l.news.Checked = l.Day
		}
	}
	return l
}

// day gives the day on which the branch was as it was found: no later one than can be
// shown.
func (d *Refresh) day(found *mirror.Look, s *fact.Source) (fact.Day, error) {
	day, changed := fact.DayOf(found.Tip.Day), fact.DayOf(found.Changed.Day)
	switch {
	case day > d.in.Today:
		return 0, fmt.Errorf("the newest commit of %s is of %s, a day to come", found.Branch, day)
	case d.in.Fetched != 0 && d.in.Fetched < day:
		return 0, fmt.Errorf("the newest commit of %s is of %s; the clone was brought up to date after %s", found.Branch, day, d.in.Fetched)
	case found.State == mirror.Changed && changed.String() < s.Date:
		return 0, fmt.Errorf("the page on %s is of %s, older than the one that was read; is that its branch?", found.Branch, changed)
	}
	return max(day, d.in.Fetched), nil
}
