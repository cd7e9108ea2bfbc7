package cli

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/mirror"
	"github.com/testedon/testedon/seed/proposal"
)

// refresh holds the sources of a catalogue against local clones. It is the command
// refresh.
type refresh struct {
	Dir string `arg:"" name:"catalogue" optional:"" help:"Folder of the catalogue; the one within this program where it is left out."`

	Mirror  string `required:"" placeholder:"DIR" help:"Folder of the clones, each in a folder OWNER/NAME or OWNER+NAME, with or without a work tree."`
	Fetched string `placeholder:"DAY" help:"The day on which all clones were brought up to date, such as 2026-01-31. Without it, a page is known to have stood on the day of the newest commit of its branch."`
	Write   bool   `help:"Write into the catalogue what was found: the days, and the proposals that are safe."`
	Output  string `short:"o" enum:"${outputs}" default:"text" help:"Write a report to read, or JSON: ${enum}."`
}

// Help is shown below the line about the command.
func (*refresh) Help() string {
	return `It takes git, and no network. Each source that names a file of a repository and
the commit it was read at is held against the newest commit of its branch:

  checked         the page says the same; --write writes the day
  changed         what import makes of the page is proposed; --write writes it,
                  with revision and day, unless it needs somebody to look
  moved, gone     the page is no longer where it was
  not_compared    the clone, the commit or the branch is not there
  not_comparable  the source names no file or commit; it is told, and no failure

Sources whose cadence is "none" are left out and counted. Ends with 1 where
anything has changed, moved, gone or was not compared.

` + exitCodes
}

// Run looks at every source, writes where it is told to, and prints what was found.
func (r *refresh) Run(ctx context.Context, p Program) error {
	done, err := r.prepare(p)
	if err != nil {
		return err
	}
	for _, s := range done.matrix.Dataset().Sources {
		if s.Cadence == "none" {
			done.Counts["settled"]++
			continue
		}
		done.add(done.look(ctx, &s))
		if err := ctx.Err(); err != nil {
			return &exit{exitFail, fmt.Errorf("ended before every source was looked at, and nothing was written: %w", err)}
		}
	}
	if r.Write {
		if err := done.write(r.Dir); err != nil {
			return err
		}
	}
	if r.Output == "json" {
		err = writeJSON(p, done)
	} else {
		err = write(p.Stdout, plain(done.text(r)))
	}
	if err == nil && done.Counts["checked"]+done.Counts["not_comparable"] < len(done.Sources) {
		err = &exit{code: exitFail}
	}
	return err
}

// prepare reads the catalogue and what was asked for.
func (r *refresh) prepare(p Program) (*refreshed, error) {
	done := &refreshed{Sources: []*lookedAt{}, Counts: map[string]int{}, Written: []string{}, mirror: r.Mirror}
	now := p.Now
	if now == nil {
		now = time.Now
	}
	done.today = fact.DayOf(now())
	if r.Fetched != "" {
		t, err := time.Parse(time.DateOnly, r.Fetched)
		if done.fetched = fact.DayOf(t); err != nil || done.fetched > done.today {
			return nil, fact.Invalid("fetched", "It is the day on which the clones were brought up to date, such as 2026-01-31, and not one to come.", "--fetched cannot be %q", r.Fetched)
		}
	}
	if info, err := os.Stat(r.Mirror); err != nil || !info.IsDir() {
		return nil, fact.Invalid("mirror", "It is the folder that has the clones, such as DIR/OWNER/NAME.", "--mirror: there is no folder %s", r.Mirror)
	}
	if r.Write && r.Dir == "" {
		return nil, fact.Invalid("write", "Name the folder of the catalogue, such as seed/catalogue.", "--write: the catalogue within this program cannot be written")
	}
	var err error
	done.matrix, err = loadMatrix(r.Dir)
	return done, err
}

// refreshed is what was found.
type refreshed struct {
	Sources []*lookedAt    `json:"sources"` // in the order of their IDs
	Counts  map[string]int `json:"counts"`  // by status; settled are those left out
	Written []string       `json:"written"`

	matrix         *compat.Matrix
	mirror         string
	today, fetched fact.Day
}

// lookedAt is a source, and what a look at its document showed.
type lookedAt struct {
	Source   string          `json:"source"`
	Status   string          `json:"status"` // a [mirror.State], not_compared or not_comparable
	Document string          `json:"document,omitempty"`
	Branch   string          `json:"branch,omitempty"`
	Day      string          `json:"day,omitempty"`      // on which the branch was as it was found
	Revision string          `json:"revision,omitempty"` // that changed the page, moved it or took it away
	Date     string          `json:"date,omitempty"`     // of that
	Path     string          `json:"path,omitempty"`     // where it has moved
	Reason   string          `json:"reason,omitempty"`   // why it was not compared, or cannot be written
	Releases []importedValue `json:"releases"`           // what is proposed

	proposals []*proposal.Proposal
	news      *proposal.Look // to write; nil where there is nothing
}

func (d *refreshed) add(l *lookedAt) {
	d.Sources = append(d.Sources, l)
	d.Counts[l.Status]++
	for _, p := range l.proposals {
		l.Releases = append(l.Releases, (&imported{proposals: []*proposal.Proposal{p}}).value())
	}
}

// look looks at the document of a source.
func (d *refreshed) look(ctx context.Context, s *fact.Source) *lookedAt {
	l := &lookedAt{Source: s.ID, Document: s.Document, Releases: []importedValue{}}
	repository, path, _ := strings.Cut(s.Document, " ")
	page := mirror.Page{Repository: repository, Path: path, Branch: s.Branch, Revision: s.Revision}
	if err := page.Check(); err != nil {
		l.Status, l.Reason = "not_comparable", err.Error()
		return l
	}
	found, err := mirror.Hold(ctx, d.mirror, page)
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
func (d *refreshed) day(found *mirror.Look, s *fact.Source) (fact.Day, error) {
	day, changed := fact.DayOf(found.Tip.Day), fact.DayOf(found.Changed.Day)
	switch {
	case day > d.today:
		return 0, fmt.Errorf("the newest commit of %s is of %s, a day to come", found.Branch, day)
	case d.fetched != 0 && d.fetched < day:
		return 0, fmt.Errorf("the newest commit of %s is of %s; the clone was brought up to date after %s", found.Branch, day, d.fetched)
	case found.State == mirror.Changed && changed.String() < s.Date:
		return 0, fmt.Errorf("the page on %s is of %s, older than the one that was read; is that its branch?", found.Branch, changed)
	}
	return max(day, d.fetched), nil
}

// write writes what is known anew of the sources, and what is proposed without a doubt.
func (d *refreshed) write(dir string) (err error) {
	var proposals []*proposal.Proposal
	var news []proposal.Look
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
	d.Written, err = writeInto(dir, proposals, news...)
	return err
}
