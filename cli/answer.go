package cli

import (
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"unicode"

	"github.com/testedon/testedon/api"
)

// text writes an answer for a person, the verdict first. It is the same
// wherever the answer comes from.
func (a *answer) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s (required: %s)\n%s\n\n", passWords[a.Pass], words(a.Verdict), a.Require, a.Summary)
	writeComponents(&b, a.Components)
	writeList(&b, "Why", a.Components, reason)
	for _, c := range a.Components {
		writeList(&b, c.Asked+" depends on the version", c.Conditions, condition)
	}
	writeList(&b, "Advisories", a.Advisories, advisory)
	writeList(&b, "What would pass", a.Moves, func(m api.Move) string { return m.Summary + ": " + words(m.Verdict) })
	if len(a.Unchecked) > 0 {
		fmt.Fprintf(&b, "\nNot asked: %s\n", strings.Join(a.Unchecked, ", "))
	}
	writeList(&b, "Sources", a.sources(), func(s string) string { return s })
	fmt.Fprintf(&b, "\nCatalogue revision %d, %s\n", a.Catalogue.Revision, a.Catalogue.Digest)
	return plain(b.String())
}

var passWords = map[bool]string{true: "PASSES", false: "DOES NOT PASS"}

// words is a verdict or a status in plain English.
func words(verdict string) string { return strings.ReplaceAll(verdict, "_", " ") }

// writeComponents writes a line for each component, in columns.
func writeComponents(b *strings.Builder, components []api.Component) {
	const padding = 2
	w := tabwriter.NewWriter(b, 0, 0, padding, ' ', 0)
	for _, c := range components {
		fmt.Fprintf(w, "  %s\t%s\t%s\t%s\t%s\n", c.Kind, c.Asked, words(c.Verdict), c.Match, evidence(c))
	}
	_ = w.Flush() // a strings.Builder takes everything
}

// evidence is the statement that a component's verdict rests on, or the one
// nearest to it.
func evidence(c api.Component) string {
	switch {
	case len(c.Listed) > 0:
		return statement(c.Listed[0])
	case len(c.Nearest) > 0:
		return "nearest: " + statement(c.Nearest[0])
	}
	return "-"
}

// statement is the label as printed, its status where that is not tested, and
// the section.
func statement(l api.Listing) string {
	text := l.Label
	if l.Status != "tested" {
		text += ", " + words(l.Status)
	}
	if l.Source.Section != "" {
		text += " (" + l.Source.Section + ")"
	}
	return text
}

// reason explains a verdict that is not plain from the statement.
func reason(c api.Component) string {
	if c.Match == "exact" && c.Verdict == "tested" || len(c.Conditions) > 0 {
		return ""
	}
	return c.Asked + ": " + c.Why
}

func condition(c api.Condition) string {
	return strings.TrimSpace(c.Technology+" "+c.Range) + ": " + words(c.Verdict)
}

func advisory(a api.Advisory) string {
	text := a.Severity + ": " + a.Title
	if a.Text != a.Title {
		text += "\n    " + a.Text
	}
	if a.Workaround != "" {
		text += "\n    Instead: " + a.Workaround
	}
	return text
}

// sources names the documents that the statements and advisories stand in, each
// once.
func (a *answer) sources() []string {
	var all []string
	add := func(c api.Citation) {
		if text := strings.TrimSpace(c.Title + " " + c.URL); !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	for _, c := range a.Components {
		for _, l := range slices.Concat(c.Listed, c.Nearest) {
			add(l.Source)
		}
		if c.Via != nil && c.Via.Source != nil {
			add(*c.Via.Source)
		}
	}
	for _, advice := range a.Advisories {
		add(advice.Source)
	}
	return all
}

// writeList writes a heading and a line for each item that has a text; nothing
// where none has.
func writeList[T any](b *strings.Builder, heading string, items []T, text func(T) string) {
	started := false
	for _, item := range items {
		line := text(item)
		if line == "" {
			continue
		}
		if !started {
			fmt.Fprintf(b, "\n%s:\n", heading)
		}
		started = true
		fmt.Fprintf(b, "  %s\n", line)
	}
}

// plain takes out what could steer a terminal: a server may send anything.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
			return -1
		}
		return r
	}, text)
}
