package cli

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/testedon/testedon/seed/proposal"
)

// text writes for a person what was found on each page, what it changes, and what
// to do next.
func (d *imported) text() string {
	var b strings.Builder
	for i, p := range d.proposals {
		if i > 0 {
			b.WriteByte('\n')
		}
		writeProposal(&b, p)
	}
	v := d.value()
	fmt.Fprintf(&b, "\n%d as before, %d added, %d changed, %d withdrawn, %d not resolved\n",
		v.Counts.Unchanged, v.Counts.Added, v.Counts.Changed, v.Counts.Withdrawn, v.Counts.Unresolved)
	writeList(&b, "Written", d.written, func(name string) string { return path.Join(d.dir, name) })
	writeList(&b, "Next", d.next(&v), func(s string) string { return s })
	return b.String()
}

// writeProposal writes what the pages of one source hold and change.
func writeProposal(b *strings.Builder, p *proposal.Proposal) {
	for _, page := range p.Pages {
		fmt.Fprintf(b, "%s: %s, %s: %d resolved, %d not\n", page.Page, count(page.Tables, "table"), count(page.Statements, "statement"), page.Resolved, page.Unresolved)
		for _, other := range page.Others {
			fmt.Fprintf(b, "  left out: %s about %s\n", count(other.Statements, "statement"), other)
		}
	}
	fmt.Fprintf(b, "  for %s %s%s, %s\n", p.Product, p.Release, novelty(p.NewRelease), takenFor(p))
	writeTable(b, "", p.Changes, changeCells)
	writeList(b, "Not resolved", p.Unresolved, unresolved)
	writeList(b, "Kept, though no page states it in words that were understood", p.Held, func(h proposal.Held) string {
		return "= " + h.Label + ": " + h.Because
	})
}

func novelty(isNew bool) string { return map[bool]string{true: " (new)"}[isNew] }

// takenFor says which document the pages are, and why.
func takenFor(p *proposal.Proposal) string {
	if p.Source == "" {
		return "compared with all of " + strings.Join(p.Sources, ", ")
	}
	return "as " + p.Source + novelty(p.NewSource) + with(", since ", p.Because)
}

var signs = map[string]string{proposal.Added: "+", proposal.Changed: "~", proposal.Withdrawn: "-"}

// changeCells is the row of one change.
func changeCells(c proposal.Change) []string {
	status := words(string(c.Status))
	if c.Change == proposal.Changed {
		status += " (was " + words(c.Was) + ")"
	}
	return []string{signs[c.Change], c.Kind, c.Technology, shortened(list(" with ", c.Label, c.With)), status, place(c.Page, c.Line, c.Section)}
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
	return list(", ", fmt.Sprintf("%s:%d", page, line), section)
}

// unresolved tells what was not resolved, where, why, and what may be meant.
func unresolved(u proposal.Unresolved) string {
	text := "? " + list(": ", place(u.Page, u.Line, u.Section), list(": ", u.Text, u.Reason))
	if len(u.Candidates) > 0 {
		text += ". Perhaps " + strings.Join(u.Candidates, " or ") + "?"
	}
	return text
}

// next tells what to do about the proposals.
func (d *imported) next(v *importedValue) []string {
	var all []string
	if len(v.Changes) > 0 && d.dir == "" {
		all = append(all, "Nothing is written yet. --write DIR writes it into the catalogue in that folder.")
	}
	if d.dir == "" && slices.ContainsFunc(d.proposals, (*proposal.Proposal).Removes) {
		all = append(all, "More than a tenth of the claims would be withdrawn: look whether the page is whole and the right one. Writing it takes --allow-removals.")
	}
	if slices.ContainsFunc(v.Unresolved, func(u proposal.Unresolved) bool { return u.Kind != "" }) {
		all = append(all, "A name or version that is right: add it to technologies/KIND/ID.yaml and import again. A slip of the page: state it by hand.")
	}
	if len(d.written) == 0 {
		return all
	}
	for _, p := range d.proposals {
		if p.NewSource && slices.Contains(d.written, "sources/"+p.Source+".yaml") {
			all = append(all, "Complete "+path.Join(d.dir, "sources", p.Source+".yaml")+": url, document, revision, date and authority.")
		}
	}
	return append(all, "Look at the difference, then: testedon seed lint "+cmp.Or(d.dir, "."))
}
