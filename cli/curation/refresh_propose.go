package curation

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/mirror"
	"github.com/testedon/testedon/seed/proposal"
)

// propose reads a page that has changed for the releases that rest on it, and keeps of the
// proposals what the text before does not propose: that is how somebody has read it. It
// says why nothing is written without another look; empty where nothing speaks against it:
//
//  1. What rests on it is not read from pages by import.
//  2. A text is not in the clone.
//  3. [doubt] has a reason.
//  4. Words that are quoted are gone, or a heading that is named.
func (d *Refresh) propose(ctx context.Context, found *mirror.Look, l *Look) string {
	about := proposal.Subjects(d.matrix, l.Source)
	switch {
	case found.Files > 0:
		return str.Count(found.Files, "file") + " of it changed; import reads no folders"
	case len(about) == 0:
		return "what rests on it is not read from pages by import"
	}
	texts, err := found.Texts(ctx)
	if err != nil {
		return err.Error()
	}
	var reasons []string
	for _, s := range about {
		before, after, err := d.both(s, path.Base(strings.SplitN(l.Document, " ", 2)[1]), texts)
		if err != nil {
			return err.Error()
		}
		if reason := doubt(before, after); reason != "" && !slices.Contains(reasons, reason) {
			reasons = append(reasons, reason)
		}
		l.proposals = append(l.proposals, after)
	}
	if lost := proposal.Lost(d.matrix, l.Source, string(texts[0]), string(texts[1])); len(lost) > 0 && len(reasons) == 0 {
		return "it no longer has words that are quoted: " + str.Quoted(shortened(lost[0]))
	}
	return str.Join("; ", reasons...)
}

// both proposes what the two texts of a page change.
func (d *Refresh) both(about proposal.Subject, name string, texts [2][]byte) (before, after *proposal.Proposal, err error) {
	for i, to := range []**proposal.Proposal{&before, &after} {
		page, failed := ReadPage(name, bytes.NewReader(texts[i]))
		proposals, refused := proposal.Propose(d.matrix, about, page)
		if err = errors.Join(failed, refused); err != nil {
			return nil, nil, err
		}
		*to = proposals[0]
	}
	return before, after, nil
}

// doubt takes out of a proposal what the text before proposes as well, and says why the
// rest is not written without another look; empty where nothing speaks against it.
func doubt(before, after *proposal.Proposal) string {
	all := len(after.Changes)
	after.Changes = without(after.Changes, before.Changes, func(c proposal.Change) string {
		return fmt.Sprint(c.Change, c.Kind, c.Technology, "/", c.Label, "/", c.Status, c.Was, c.With)
	})
	after.Unresolved = without(after.Unresolved, before.Unresolved, func(u proposal.Unresolved) string {
		return fmt.Sprint(u.Kind, u.Section, "/", u.Text, "/", u.Reason)
	})
	switch {
	case len(after.Unresolved) > 0:
		return "something new on it was not resolved"
	case len(after.Changes) == 0:
	case after.Removes():
		return fmt.Sprintf("%d of the %s would go; keep the rows, and give them until and ended_by (or import --history)", after.Withdrawn, str.Count(after.Claims, "claim"))
	case len(after.Changes) < all:
		return "import reads the text before otherwise than the catalogue has it, and would change that too"
	}
	return ""
}

// without gives the items that have no like among others.
func without[T any](all, others []T, key func(T) string) []T {
	known := map[string]bool{}
	for _, o := range others {
		known[key(o)] = true
	}
	return slices.DeleteFunc(slices.Clone(all), func(t T) bool { return known[key(t)] })
}
