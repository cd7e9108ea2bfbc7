package curation

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"path"
	"strings"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/cli/report"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/mirror"
	"github.com/testedon/testedon/seed/proposal"
)

// Clone is where the history of a page is.
type Clone struct {
	Dir    string
	Page   string            // its path in the repository
	Branch string            // empty for that of its source
	From   string            // the first commit that counts; empty for the first that is the branch's own
	Today  fact.Day          // no commit may be younger
	As     proposal.Document // how a document of data is read
}

// Follow reads from a clone what a page stated from when to when.
func Follow(ctx context.Context, h *proposal.History, in Clone) error {
	read, err := mirror.Read(ctx, in.Dir, in.Page, cmp.Or(in.Branch, h.Branch), in.From)
	if err != nil {
		return err
	}
	h.Branch, h.Shallow, h.Told = read.Branch, read.Shallow, append(h.Told, read.Told...)
	revisions := make([]proposal.Revision, len(read.Revisions))
	for i, r := range read.Revisions {
		day := fact.DayOf(r.Day)
		if day > in.Today {
			return fmt.Errorf("commit %s is of %s, a day to come", r.ID, day)
		}
		page, _ := ReadPage(r.Path, bytes.NewReader(r.Text)) // memory does not fail
		page.Mapping, page.Mappings = in.As.Mapping, in.As.Mappings
		revisions[i] = proposal.Revision{Document: page, Commit: r.ID, Subject: r.Subject, Day: day.String(), Unread: r.Unread, Gone: r.Gone}
	}
	h.Follow(read.Begins, revisions)
	return nil
}

// HistoryText tells a person what a page stated from when to when, and what to do next. The
// folder is the catalogue that it is written into; empty where it is not.
func HistoryText(h *proposal.History, dir string) string {
	var t report.Text
	t.Line(fmt.Sprintf("%s %s, as %s, on %s: %s, %s", h.Product, h.Release, h.Source, h.Branch, str.Count(len(h.Revisions), "revision"), str.Count(len(h.Statements), "statement")))
	for _, r := range h.Revisions {
		var rows [][]string
		for i, all := range [2][]proposal.Dated{r.Added, r.Withdrawn} {
			for _, s := range all {
				rows = append(rows, []string{"+-"[i : i+1], s.Kind, s.Technology, shortened(str.Join(", ", s.Label, s.When)), str.Words(s.Status), s.Section})
			}
		}
		heading := fmt.Sprintf("%s, commit %.7s, %s", r.Day, r.Commit, shortened(strings.Join(strings.Fields(r.Subject), " ")))
		if t.Table(heading, rows...); len(rows) == 0 {
			t.Line(fmt.Sprintf("\n%s: nothing that counts", heading))
		}
	}
	t.List("Told", h.Told...)
	known := 0
	for _, s := range h.Statements {
		known += min(1, len(s.Claims))
	}
	t.Line(fmt.Sprintf("\nStatements that the catalogue has: %d of %d; of its claims that count, ended by this: %d of %d", known, len(h.Statements), h.Ends, h.Claims))
	t.List("Written", wire.Each(h.Written, func(name string) string { return path.Join(dir, name) })...)
	if dir == "" {
		t.List("Next", "Nothing is written yet. --write DIR writes since and until of the rows, and the changes as sources, into the catalogue in that folder.")
	}
	return t.String()
}
