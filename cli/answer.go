package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/testedon/testedon/api/answers"
)

// checked is the answer to a question about an environment.
type checked struct{ answers.Answer }

func (a *checked) gist() string { return a.Summary }

// text writes the answer for a person, the verdict first. It is the same
// wherever the answer comes from.
func (a *checked) text() string {
	var b strings.Builder
	a.write(&b)
	a.foot(&b)
	return b.String()
}

// write writes all but the sources.
func (a *checked) write(b *strings.Builder) {
	resources := cmp.Or(a.Resources, &answers.Resources{})
	fmt.Fprintf(b, "%s: %s (required: %s)\n%s\n", passWords[a.Pass], words(a.Verdict), a.Require, a.Summary)
	writeTable(b, "", a.Components, cells)
	writeList(b, "Why", a.Components, reason)
	writeList(b, "Maintained by the vendor", a.Components, lifecycle)
	for _, c := range a.Components {
		writeList(b, c.Asked+" depends on "+dependsOn(c), c.Conditions, condition)
	}
	writeResources(b, resources)
	writeList(b, "Advisories", a.Advisories, advisory)
	writeList(b, "What to change", a.Moves, func(m answers.Move) string { return m.Summary + ": " + words(m.Verdict) })
	writeList(b, "What is listed", a.Offers, offer)
	if unchecked := slices.Concat(a.Unchecked, resources.Unchecked); len(unchecked) > 0 {
		fmt.Fprintf(b, "\nNot asked: %s\n", strings.Join(unchecked, ", "))
	}
}

// foot names the sources, and the facts the answer was given from.
func (a *checked) foot(b *strings.Builder) {
	resources := cmp.Or(a.Resources, &answers.Resources{})
	writeFoot(b, append(a.cited(), cited(needsOf(resources))...), a.Catalogue)
}

var passWords = map[bool]string{true: "PASSES", false: "DOES NOT PASS"}

// cells is the row of one component.
func cells(c answers.Component) []string {
	return []string{c.Kind, c.Asked, words(c.Verdict), c.Match, evidence(c)}
}

// offer tells what is listed of a kind.
func offer(o answers.Offer) string {
	text := o.Kind + ": " + strings.Join(o.Names, ", ")
	if o.More > 0 {
		text += fmt.Sprintf(" and %d more", o.More)
	}
	if o.Ended {
		text += " (past their end of life)"
	}
	return text
}

// evidence is the statement that a component's verdict rests on, or the one
// nearest to it.
func evidence(c answers.Component) string {
	switch {
	case len(c.Listed) > 0:
		return statement(c.Listed[0])
	case len(c.Nearest) > 0:
		return "nearest: " + statement(c.Nearest[0])
	}
	return ""
}

// statement is the label as printed, its status where that is not tested, and
// where it stands.
func statement(l answers.Listing) string {
	text := l.Label
	if l.Status != "tested" {
		text += ", " + words(l.Status)
	}
	return text + origin(l.Source, l.Inherited)
}

// reason explains a verdict that is not plain from the statement.
func reason(c answers.Component) string {
	if c.Match == "exact" && c.Verdict == "tested" || len(c.Conditions) > 0 {
		return ""
	}
	text := c.Asked + ": " + c.Why
	if len(c.Candidates) > 0 {
		text += " Perhaps " + strings.Join(c.Candidates, " or ") + "?"
	}
	return text
}

// lifecycle says whether a component is maintained, where that is on record.
func lifecycle(c answers.Component) string {
	if c.Lifecycle == nil || c.Lifecycle.State == "unknown" {
		return ""
	}
	return c.Asked + ": " + words(c.Lifecycle.State) + ". " + c.Lifecycle.Text
}

// dependsOn tells what the verdict of a component depends on.
func dependsOn(c answers.Component) string {
	if slices.ContainsFunc(c.Conditions, func(part answers.Condition) bool { return part.When != "" }) {
		return "more than the version"
	}
	return "the version"
}

func condition(c answers.Condition) string {
	return list(", ", list(" ", c.Technology, c.Range), c.When) + ": " + words(c.Verdict)
}

// advisory tells a caveat and what to do about it.
func advisory(a answers.Advisory) string {
	text := a.Severity + ": " + a.Title + remarks(with("profile ", a.Profile), inherited(a.Inherited))
	if a.Text != a.Title {
		text += "\n    " + a.Text
	}
	text += with("\n    Workaround: ", a.Workaround)
	for _, s := range a.Settings {
		text += "\n    " + setting(s)
	}
	return text
}

// setting is a value to set: "carbon.xml: HostName = example.com". One without a
// name is a whole line of the file.
func setting(s answers.Setting) string {
	return s.File + ": " + list(" = ", s.Name, s.Value)
}

// cited gives what the statements and the advisories cite.
func (a *checked) cited() []answers.Citation {
	var all []answers.Citation
	for _, c := range a.Components {
		for _, l := range slices.Concat(c.Listed, c.Nearest) {
			all = append(all, l.Source)
		}
		if c.Via != nil && c.Via.Source != nil {
			all = append(all, *c.Via.Source)
		}
		all = appendSource(all, c.Lifecycle)
	}
	for _, advice := range a.Advisories {
		all = append(all, advice.Source)
	}
	return all
}
