package compat

import (
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/requirement"
)

// Summary is a few plain sentences a support engineer can paste.
func (a *Answer) Summary() string { return string(a.AppendSummary(nil)) }

// AppendSummary appends the summary to dst: which release was taken for the one
// asked for; what fails, the worst first, and what does not; what is known of the
// components together, of the resources and of what is assumed; what the answer rests
// on; known issues, and what is no longer maintained.
func (a *Answer) AppendSummary(dst []byte) []byte {
	start := len(dst)
	p := prose(dst)
	if a.AsOf != 0 {
		p = p.add("On ", a.AsOf.String(), ": ")
	}
	p = a.appendFaults(a.appendTaken(p))
	for i := range summaries {
		p = a.appendGroup(p, i)
	}
	p = a.appendGrounds(p)
	for _, adv := range a.Advisories {
		p = p.add(map[bool]string{true: "Note: ", false: "Known issue: "}[adv.Severity == fact.SeverityInfo], adv.Title, ". ")
	}
	for i := range a.Components {
		if said := a.Components[i].Remark(); said != "" && !a.repeated(i) {
			p = p.add("Note: ", said, " ")
		}
	}
	if p = a.appendEnds(p); len(p) > start {
		p = p[:len(p)-1]
	}
	return p
}

// Faults are the sentences of the summary that say what is wrong with the environment as a
// whole, beside its components; empty where nothing is.
func (a *Answer) Faults() string { return strings.TrimSpace(string(a.appendFaults(nil))) }

// Grounds are those that say what the answer takes for granted and rests on.
func (a *Answer) Grounds() string {
	return strings.TrimSpace(string(a.appendGrounds(a.appendTaken(nil))))
}

// appendTaken says which release was taken for the one asked for.
func (a *Answer) appendTaken(p prose) prose {
	if a.AskedRelease == "" {
		return p
	}
	return p.add(a.Release.product.Taken(a.AskedRelease, a.Release), " ")
}

// appendFaults says what does not work together, what is not understood, which test run
// failed, and which requirement is not met.
func (a *Answer) appendFaults(p prose) prose {
	p = a.appendConflict(p)
	if len(a.Unread) > 0 {
		p = append(AppendUnread(p, a.Unread), ", so this does not pass. "...)
	}
	if a.Combination.Result == fact.Failed {
		p = a.appendCombination(p)
	}
	if a.Resources != nil && !a.Resources.Met {
		p = a.appendResources(p)
	}
	return p
}

// appendGrounds says what is known of the components together, where that is no fault, of the
// resources and of what is assumed, and what the answer rests on.
func (a *Answer) appendGrounds(p prose) prose {
	p = a.appendInexact(p)
	if a.Combination.Result != fact.Failed {
		p = a.appendCombination(p)
	}
	if a.Resources != nil && a.Resources.Met {
		p = a.appendResources(p)
	}
	p = a.appendAssumed(p)
	if a.Provisional() {
		p = p.add("This is ", provisionally, ". ")
	}
	if a.Unpaged() {
		p = p.add("No page about ", a.Release.Title(), " is known here: what is said rests on ", a.Release.grounds(), ". ")
	}
	return a.appendStale(p)
}

// provisionally says what stands on a fork, after what it is said of.
const provisionally = "provisional: from an unofficial copy of the vendor's page"

// grounds says what is known of a release that no page is known of.
func (r *Release) grounds() string {
	switch {
	case len(r.configurations) == 0:
		return "the vendor's own images"
	case len(r.images) == 0:
		return "recorded test runs"
	}
	return "the vendor's own images and recorded test runs"
}

// appendStale says as of when the documents speak that nobody has looked at for long.
func (a *Answer) appendStale(p prose) prose {
	between := "Last confirmed on "
	for i, s := range a.Stale {
		sameDay := func(o Stale) bool { return o.Last == s.Last }
		if slices.ContainsFunc(a.Stale[:i], sameDay) {
			continue
		}
		p = p.add(between, s.Last.String())
		between = " (“"
		for _, o := range a.Stale[i:] {
			if sameDay(o) {
				p = p.add(between, o.Source.Title, "”")
				between = ", “"
			}
		}
		p, between = p.add(")"), " and on "
	}
	if len(a.Stale) > 0 {
		p = p.add("; it may have changed since. ")
	}
	return p
}

// Caution says of a release that all that is known of it is provisional, in a
// sentence after others; empty where it is not.
func (r *Release) Caution() string {
	if !r.provisional {
		return ""
	}
	return " What is known of " + r.Title() + " is " + provisionally + "."
}

// AppendUnread says which words of a question were not understood.
func AppendUnread(dst []byte, words []string) []byte {
	for i, word := range words {
		switch {
		case i > 0 && i == len(words)-1:
			dst = append(dst, " and "...)
		case i > 0:
			dst = append(dst, ", "...)
		}
		dst = append(append(append(dst, '"'), word...), '"')
	}
	if len(words) == 1 {
		return append(dst, " is not understood"...)
	}
	return append(dst, " are not understood"...)
}

// summary is what is true of the components of a verdict: those of which it says the same
// are named together, before or after it.
type summary struct {
	verdict        fact.Verdict
	before         string
	one, many, end string
	together       bool
}

var summaries = [...]summary{
	{fact.Incompatible, "", " is stated as incompatible with ", " are stated as incompatible with ", ".", true},
	{fact.Unresolved, "", " could not be read, so nothing is said about it for ", " could not be read, so nothing is said about them for ", ".", true},
	{fact.Unresolved, "", "", "", "", false},
	{fact.NotListed, "", "", "", "", false},
	{fact.NotListed, "", " is not listed for ", " are not listed for ", ". Not listed does not mean that it will not work.", true},
	{fact.Conditional, "Only some versions of ", " are covered for ", " are covered for ", ".", true},
	{fact.Conditional, "", "", "", "", false},
	{fact.Compatible, "", " is covered in parts for ", " are covered in parts for ", ", each of which is at least compatible.", true},
	{fact.Compatible, "", "", "", "", false},
	{fact.Tested, "", " is listed as tested for ", " are listed as tested for ", ".", true},
}

// alone reports whether the summary says of a component what its explanation says, and
// of no other the same.
func (c *ComponentAnswer) alone() bool {
	switch c.Verdict {
	case fact.Unresolved:
		return c.Technology != nil
	case fact.NotListed, fact.Conditional, fact.Compatible:
		return len(c.Listed) > 0 && !c.inParts()
	}
	return false
}

// appendGroup appends a sentence about the components it is true of.
func (a *Answer) appendGroup(p prose, place int) prose {
	s, n := &summaries[place], 0
	for i := range a.Components {
		if c := &a.Components[i]; c.Verdict == s.verdict && c.alone() != s.together && !a.repeated(i) {
			n++
		}
	}
	seen := 0
	for i := range a.Components {
		c := &a.Components[i]
		if c.Verdict != s.verdict || c.alone() == s.together || a.repeated(i) {
			continue
		}
		switch seen++; {
		case !s.together:
			p = c.appendAlone(p).add(" ")
			continue
		case seen == 1:
			p = p.add(s.before)
		case seen == n:
			p = p.add(" and ")
		default:
			p = p.add(", ")
		}
		if c.Technology == nil {
			p = p.add("\"", c.Text, "\"")
		} else {
			p = c.appendAsked(p)
		}
	}
	switch {
	case n == 0 || !s.together:
		return p
	case n == 1:
		p = p.add(s.one)
	default:
		p = p.add(s.many)
	}
	return p.add(a.Release.Title(), s.end, " ")
}

// repeated reports whether a component before one at a place asks for just the same.
func (a *Answer) repeated(at int) bool {
	c := &a.Components[at]
	return slices.ContainsFunc(a.Components[:at], func(o ComponentAnswer) bool {
		return o.Kind == c.Kind && o.Technology == c.Technology && o.display == c.display && (c.Technology != nil || o.Text == c.Text)
	})
}

// appendAlone is the sentence about a component that is said of no other.
func (c *ComponentAnswer) appendAlone(p prose) prose {
	switch {
	case c.Verdict == fact.Unresolved:
		return p.add(c.Reason, ".")
	case c.Match == fact.MatchPolicy:
		return c.appendLed(p, true)
	}
	l := c.Listed[0]
	if l.Tech != c.Technology || !l.Range.Equal(c.Range) {
		p = c.appendAsked(p).add(": ")
	}
	return c.appendClaim(p, l)
}

// appendConflict says that two components do not work together. Which ones, the
// title of the advisory says.
func (a *Answer) appendConflict(p prose) prose {
	switch a.conflict {
	case certain:
		return p.add("Two of these are stated as incompatible with each other. ")
	case possible:
		return p.add("Some of the versions asked about are stated not to work together. ")
	}
	return p
}

// appendInexact says what is listed in place of what does not match exactly, where that is
// required.
func (a *Answer) appendInexact(p prose) prose {
	for i := range a.Components {
		c := &a.Components[i]
		if a.Require.Exact && c.Match != fact.MatchExact && len(c.Listed) > 0 && !c.Verdict.Worse(a.Require.Worst) && !a.repeated(i) {
			p = c.appendAsked(p.add("An exact match is required, and what is listed is ", c.Listed[0].Label, ", not ")).add(". ")
		}
	}
	return p
}

// appendCombination says what is known of the components together; nothing where
// fewer than two of them are on any list.
func (a *Answer) appendCombination(p prose) prose {
	p = a.appendRuns(p)
	listed, paged := 0, true
	for i := range a.Components {
		if c := &a.Components[i]; !c.Verdict.Worse(fact.Compatible) {
			listed++
			paged = paged && c.Listed[0].Paged()
		}
	}
	switch {
	case a.Combination.Result != "":
		return p
	case len(a.Combination.Pairs) > 0:
		p = p.add("The vendor ships ")
		pair := a.Combination.Pairs[0]
		for i, c := range pair.components {
			if i > 0 {
				p = p.add(" with ")
			}
			p = p.add(c.display)
		}
		return p.add(" in an image of its own (", pair.Repository, " ", pair.Tag, "); no test of the whole combination is on record. ")
	case listed > 1 && paged:
		return p.add("They are on separate lists; no test of them together is on record. ")
	case listed > 1:
		return p.add("No test of them together is on record. ")
	case a.Require.Combination:
		return p.add("No test of the whole environment is on record, and one is required. ")
	}
	return p
}

// appendRuns tells the recorded runs: of this environment, and those that failed in a part of
// it.
func (a *Answer) appendRuns(p prose) prose {
	for _, c := range a.Combination.Configurations {
		switch {
		case c.Build != "":
			p = p.add("A test run of ", c.Build, ", which says nothing about the release, is on record as ")
		case c.Update != "":
			p = p.add("A test run of this environment with the update ", c.Update, " is on record as ")
		case c.Culprit != "":
			p = p.add("A test run in which something else failed (", c.Culprit, ") is on record as ")
		default:
			p = p.add("A test run of this whole environment is on record as ")
		}
		p = c.appendOutcome(p)
	}
	for _, c := range a.Combination.FailedParts {
		p = c.appendOutcome(p.add("A test run with a part of this is on record as "))
	}
	return p
}

// appendOutcome says how a run ended, when, and where that is told.
func (c *Run) appendOutcome(p prose) prose {
	return p.add(string(c.Result), " (", c.Date, ", “", c.Source.Title, "”). ")
}

// appendAssumed says what was asked for and taken for granted.
func (a *Answer) appendAssumed(p prose) prose {
	n := 0
	for i, c := range a.Assumed {
		if slices.ContainsFunc(a.Assumed[:i], func(o *Component) bool { return o.display == c.display }) {
			continue
		}
		if n++; n > 1 {
			p = p.add("and ")
		}
		p = p.add(c.display, " ")
	}
	switch n {
	case 0:
		return p
	case 1:
		return p.add("is assumed: nothing is stated against it. ")
	}
	return p.add("are assumed: nothing is stated against them. ")
}

// appendResources appends what is to be said of the resources; nothing where none were
// asked about.
func (a *Answer) appendResources(p prose) prose {
	if a.Resources == nil || len(a.Resources.Items) == 0 {
		return p
	}
	switch {
	case a.Resources.Open():
		p = p.add("The resources are too little for some deployments, so this does not pass; name the deployment to settle it. ")
	case !a.Resources.Met:
		p = p.add("The resources do not meet the requirements: ")
	}
	first := a.Resources.Items[0].Why
	same := !slices.ContainsFunc(a.Resources.Items, func(o requirement.ResourceAnswer) bool { return o.Why != first })
	for i := range a.Resources.Items {
		item := &a.Resources.Items[i]
		if same {
			p = p.add(first, " ")
			break
		}
		if item.Of != nil && a.Resources.Deployment == nil && (i == 0 || item.Of != a.Resources.Items[i-1].Of) {
			p = p.add("For ", item.Of.Name, ": ")
		}
		p = p.add(item.Why, " ")
	}
	if len(a.Components) == 0 && a.Pass {
		p = p.add("Documents state what is needed and test no amounts, so compatible is what passes for resources alone. ")
	}
	return p
}
