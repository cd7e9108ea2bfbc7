package curation

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/cli/report"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/seed/proposal"
)

// String tells a person what was found on each page, what it changes, and what to do
// next.
func (d *Import) String() string {
	var t report.Text
	for i, p := range d.Proposals {
		if i > 0 {
			t.Line("")
		}
		writeProposal(&t, p)
	}
	v := d.Summary()
	t.Line("\n" + t.Say("curation.counts", v.Counts.Unchanged, v.Counts.Added, v.Counts.Changed, v.Counts.Withdrawn, v.Counts.Unresolved))
	t.List("Written", wire.Each(d.Written, func(name string) string { return path.Join(d.Dir, name) })...)
	t.List("Next", d.next(&v)...)
	return t.String()
}

// writeProposal writes what the pages of one source hold and change.
func writeProposal(t *report.Text, p *proposal.Proposal) {
	for _, page := range p.Pages {
		t.Line(fmt.Sprintf("%s: %s, %s: %d resolved, %d not", page.Page, str.Count(page.Tables, "table"), str.Count(page.Statements, "statement"), page.Resolved, page.Unresolved))
		for _, other := range page.Others {
			t.Line(fmt.Sprintf("  left out: %s about %s", str.Count(other.Statements, "statement"), other))
		}
		if page.Remarks > 0 {
			t.Line(fmt.Sprintf("  left out: %s", str.Count(page.Remarks, "line")+" of remarks"))
		}
	}
	t.Line(fmt.Sprintf("  for %s %s%s, %s", p.Product, p.Release, novelty(p.NewRelease), takenFor(p)))
	t.Table("", wire.Each(p.Changes, changeCells)...)
	notResolved(t, p.Unresolved)
	for _, group := range byRelease(p.LeftOut) {
		t.List("Left out, as "+group[0], group[1:]...)
	}
	t.List("Kept, though no page states it in words that were understood", wire.Each(p.Held, func(h proposal.Held) string {
		return "= " + h.Label + ": " + h.Because
	})...)
}

func novelty(isNew bool) string { return map[bool]string{true: " (new)"}[isNew] }

// takenFor says which document the pages are, and why.
func takenFor(p *proposal.Proposal) string {
	if p.Source == "" {
		return "compared with all of " + strings.Join(p.Sources, ", ")
	}
	return "as " + p.Source + novelty(p.NewSource) + str.With(", since ", p.Because)
}

var signs = map[string]string{proposal.Added: "+", proposal.Changed: "~", proposal.Withdrawn: "-"}

// changeCells is the row of one change.
func changeCells(c proposal.Change) []string {
	status := str.Words(c.Status)
	if c.Change == proposal.Changed {
		status += " (was " + str.Words(c.Was) + ")"
	}
	return []string{signs[c.Change], c.Kind, c.Technology, shortened(str.Join(" with ", c.Label, c.With)), status, place(c.Page, c.Line, c.Section)}
}

// shortened cuts a text that would make a column too wide.
func shortened(text string) string {
	const width = 60
	if runes := []rune(text); len(runes) > width {
		return string(runes[:width]) + "…"
	}
	return text
}

// place is where something stands: "page.md:12, Tested JDKs".
func place(page string, line int, section string) string {
	if page == "" {
		return section
	}
	return str.Join(", ", fmt.Sprintf("%s:%d", page, line), section)
}

// notResolved tells what was not resolved by the reason, each reason once.
func notResolved(t *report.Text, all []proposal.Unresolved) {
	var alone []string
	var reasons []string
	places := map[string][]string{}
	for _, u := range all {
		if places[u.Reason] == nil {
			reasons = append(reasons, u.Reason)
		}
		places[u.Reason] = append(places[u.Reason], unresolved(u, false))
	}
	for _, u := range all {
		if len(places[u.Reason]) == 1 {
			alone = append(alone, unresolved(u, true))
		}
	}
	t.List("Not resolved", alone...)
	for _, r := range reasons {
		if lines := places[r]; len(lines) > 1 {
			t.List(fmt.Sprintf("Not resolved (%d), as %s", len(lines), strings.TrimSuffix(r, ".")), lines...)
		}
	}
}

// byRelease tells what was left out: what it is about, then its places.
func byRelease(all []proposal.LeftOut) [][]string {
	var groups [][]string
	for _, o := range all {
		about := "it is a remark"
		if o.Product+o.Release != "" {
			about = "it is about " + str.Join(" ", o.Product, o.Release)
		}
		i := slices.IndexFunc(groups, func(g []string) bool { return g[0] == about })
		if i < 0 {
			i, groups = len(groups), append(groups, []string{about})
		}
		groups[i] = append(groups[i], str.Join(": ", place(o.Page, o.Line, ""), o.Text))
	}
	return groups
}

// unresolved tells what was not resolved, where, why, and what may be meant.
func unresolved(u proposal.Unresolved, reason bool) string {
	text := "? " + str.Join(": ", place(u.Page, u.Line, u.Section), u.Text)
	if reason {
		text = str.Join(": ", text, u.Reason)
	}
	if len(u.Candidates) > 0 {
		text += ". Perhaps " + strings.Join(u.Candidates, " or ") + "?"
	}
	return text
}

// next tells what to do about the proposals.
func (d *Import) next(v *Summary) []string {
	var all []string
	if len(v.Changes) > 0 && d.Dir == "" {
		all = append(all, "Nothing is written yet. --write DIR writes it into the catalogue in that folder.")
	}
	if d.Dir == "" && slices.ContainsFunc(d.Proposals, (*proposal.Proposal).Removes) {
		all = append(all, "Claims would go, and their past with them. Where the page has changed, keep the rows, and give them until and ended_by (or import --history). Removing them takes --allow-removals.")
	}
	for _, m := range v.Missing {
		all = append(all, fmt.Sprintf("%s, for %s: make %s", m.Name, str.Count(m.Statements, "statement"), path.Join(d.Dir, m.File)))
	}
	if slices.ContainsFunc(v.Unresolved, func(u proposal.Unresolved) bool { return u.Kind != "" && u.Name == "" }) {
		all = append(all, "A name or version that is right: add it to technologies/KIND/ID.yaml and import again. A slip of the page: state it by hand.")
	}
	if len(v.Unresolved) > 0 {
		release := v.Release
		if len(d.Proposals) > 1 {
			release = "VERSION"
		}
		all = append(all, "What a page states and could not be read: state it by hand, in "+path.Join(d.Dir, "releases", v.Product, release+".yaml")+".")
	}
	if len(d.Written) == 0 {
		return all
	}
	for _, p := range d.Proposals {
		file, missing := "sources/"+p.Source+".yaml", p.Origin.Missing()
		if p.NewSource && len(missing) > 0 && slices.Contains(d.Written, file) {
			all = append(all, "Say where "+path.Join(d.Dir, file)+" is from: import again with "+strings.Join(missing, ", ")+".")
		}
	}
	return append(slices.Compact(all), "Look at the difference, then: testedon seed lint "+cmp.Or(d.Dir, "."))
}
