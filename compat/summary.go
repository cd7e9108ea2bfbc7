package compat

import (
	"slices"

	"github.com/testedon/testedon/compat/fact"
)

// Summary is a few plain sentences a support engineer can paste.
func (a *Answer) Summary() string { return string(a.AppendSummary(nil)) }

// AppendSummary appends the summary to dst: which release was taken for the one
// asked for, a sentence per verdict, the worst first, those about the combination
// and the resources, what is assumed, what was not understood, whether it is
// provisional, the titles of the advisories, and what is no longer maintained.
func (a *Answer) AppendSummary(dst []byte) []byte {
	if a.AskedRelease != "" {
		dst = append(append(dst, a.Release.product.taken(a.AskedRelease, a.Release)...), ' ')
	}
	start := len(dst)
	for i := len(sentences) - 1; i >= 0; i-- {
		if n := a.saying(i); n > 0 {
			if len(dst) > start {
				dst = append(dst, ' ')
			}
			dst = a.appendGroup(dst, i, n)
		}
	}
	dst = a.appendCombination(dst)
	dst = a.appendConflict(dst)
	dst = a.appendResources(dst, start)
	dst = a.appendAssumed(dst)
	if len(a.Unread) > 0 {
		dst = append(appendUnread(append(dst, ' '), a.Unread), ", so this does not pass."...)
	}
	if a.Provisional() {
		dst = append(append(append(dst, " This is "...), provisionally...), '.')
	}
	if a.Unpaged() {
		dst = append(append(append(dst, " No page about "...), a.Release.Title()...), " is known here: what is said rests on "...)
		dst = append(append(dst, a.Release.grounds()...), '.')
	}
	dst = a.appendStale(dst)
	for _, adv := range a.Advisories {
		dst = append(append(append(dst, " Mind: "...), adv.Title...), '.')
	}
	return a.appendEnds(dst)
}

// provisionally says what stands on a fork, after what it is said of.
const provisionally = "provisional: it stands on another account's copy of the vendor's page"

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
func (a *Answer) appendStale(dst []byte) []byte {
	for i, s := range a.Stale {
		between := " and on "
		if i == 0 {
			between = " Last confirmed on "
		}
		dst = append(append(append(dst, between...), s.Last.String()...), " (“"...)
		dst = append(append(dst, s.Source.Title...), "”)"...)
	}
	if len(a.Stale) > 0 {
		dst = append(dst, "; it may have changed since."...)
	}
	return dst
}

// caution says of a release that all that is known of it is provisional, in a
// sentence after others; empty where it is not.
func (r *Release) caution() string {
	if !r.provisional {
		return ""
	}
	return " What is known of " + r.Title() + " is " + provisionally + "."
}

// appendUnread says which words of a question were not understood.
func appendUnread(dst []byte, words []string) []byte {
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

// sentence is what is true of the components of one verdict. One or many stands
// between the components and the release, end after it.
type sentence struct{ one, many, end string }

var sentences = [...]sentence{ // in the order of Verdicts, a condition in words apart
	{" is listed as tested for ", " are each listed as tested for ", "."},
	{" is compatible with ", " are compatible with ", ", but not listed as tested."},
	{" is covered for ", " are covered for ", " under that condition only."},
	{" is listed only in part for ", " are listed only in part for ", ", depending on which it is precisely."},
	{" is not listed as tested for ", " are not listed as tested for ", ", which does not mean that it does not work."},
	{" could not be read as a technology and version, so nothing is said about it for ", " could not be read as a technology and version, so nothing is said about them for ", "."},
	{" is stated as incompatible with ", " are stated as incompatible with ", "."},
}

func (a *Answer) count(v fact.Verdict) int {
	n := 0
	for i := range a.Components {
		if a.Components[i].Verdict == v {
			n++
		}
	}
	return n
}

// conditionInWords is the place of the sentence about a condition in words.
const conditionInWords = 2

// sentence is the place of the sentence that is true of a component.
func (c *ComponentAnswer) sentence() int {
	rank := c.Verdict.Rank()
	if rank < conditionInWords || c.Verdict == fact.Conditional && len(c.Conditions) == 1 && c.Conditions[0].When != "" {
		return rank
	}
	return rank + 1
}

// saying counts the components that a sentence is true of.
func (a *Answer) saying(sentence int) int {
	n := 0
	for i := range a.Components {
		if a.Components[i].sentence() == sentence {
			n++
		}
	}
	return n
}

// appendGroup appends a sentence about the n components it is true of.
func (a *Answer) appendGroup(dst []byte, sentence, n int) []byte {
	seen := 0
	for i := range a.Components {
		c := &a.Components[i]
		if c.sentence() != sentence {
			continue
		}
		if seen++; seen > 1 && seen == n {
			dst = append(dst, " and "...)
		} else if seen > 1 {
			dst = append(dst, ", "...)
		}
		dst = c.appendBrief(dst)
		if sentence == conditionInWords {
			dst = append(append(append(dst, " ("...), c.Conditions[0].When...), ')')
		}
	}
	words := &sentences[sentence]
	between := words.one
	if n > 1 {
		between = words.many
	}
	return append(a.Release.appendName(append(dst, between...)), words.end...)
}

// appendBrief names a component.
func (c *ComponentAnswer) appendBrief(dst []byte) []byte {
	if c.Technology == nil {
		return append(append(append(dst, '"'), c.Text...), '"')
	}
	return c.appendAsked(dst)
}

// appendConflict says that two components do not work together. Which ones, the
// title of the advisory says.
func (a *Answer) appendConflict(dst []byte) []byte {
	switch a.conflict {
	case certain:
		return append(dst, " Together they are stated as incompatible."...)
	case possible:
		return append(dst, " For some of the versions asked about it is stated that they do not work together."...)
	}
	return dst
}

// appendCombination says what is known of the components together; nothing where
// fewer than two of them are on any list.
func (a *Answer) appendCombination(dst []byte) []byte {
	dst = a.appendRuns(dst)
	switch {
	case a.Combination.Result != "":
		return dst
	case len(a.Combination.Pairs) > 0:
		dst = append(dst, " The vendor ships "...)
		pair := a.Combination.Pairs[0]
		for i, c := range pair.components {
			if i > 0 {
				dst = append(dst, " with "...)
			}
			dst = append(dst, c.display...)
		}
		dst = append(append(append(append(dst, " in an image of its own ("...), pair.Repository...), ' '), pair.Tag...)
		return append(dst, "); no test run of the whole combination is on record."...)
	case a.count(fact.Tested)+a.count(fact.Compatible) > 1:
		if slices.ContainsFunc(a.Components, func(c ComponentAnswer) bool { return len(c.Listed) > 0 && !c.Listed[0].Paged() }) {
			return append(dst, " No test run of the whole combination is on record."...)
		}
		return append(dst, " Each stands on a list of its own: no test run of the whole combination is on record."...)
	}
	return dst
}

// appendRuns tells the recorded runs: of this environment, and those that failed in a part of
// it.
func (a *Answer) appendRuns(dst []byte) []byte {
	for _, c := range a.Combination.Configurations {
		switch {
		case c.Build != "":
			dst = append(append(append(dst, " A test run of "...), c.Build...), ", which says nothing about the release, is on record as "...)
		case c.Update != "":
			dst = append(append(append(dst, " A test run of this environment with the update "...), c.Update...), " is on record as "...)
		case c.Culprit != "":
			dst = append(append(append(dst, " A test run in which something else failed ("...), c.Culprit...), ") is on record as "...)
		default:
			dst = append(dst, " A test run of this whole environment is on record as "...)
		}
		dst = c.appendOutcome(dst)
	}
	for _, c := range a.Combination.FailedParts {
		dst = c.appendOutcome(append(dst, " A test run with a part of this is on record as "...))
	}
	return dst
}

// appendOutcome says how a run ended, when, and where that is told.
func (c *Run) appendOutcome(dst []byte) []byte {
	dst = append(append(append(dst, string(c.Result)...), " ("...), c.Date...)
	return append(append(append(dst, ", “"...), c.Source.Title...), "”)."...)
}

// appendAssumed says what was asked for and taken for granted.
func (a *Answer) appendAssumed(dst []byte) []byte {
	n := 0
	for i, c := range a.Assumed {
		if slices.ContainsFunc(a.Assumed[:i], func(o *Component) bool { return o.display == c.display }) {
			continue
		}
		if n++; n > 1 {
			dst = append(dst, " and"...)
		}
		dst = append(append(dst, ' '), c.display...)
	}
	switch n {
	case 0:
		return dst
	case 1:
		return append(dst, " is assumed: nothing is stated against it."...)
	}
	return append(dst, " are assumed: nothing is stated against them."...)
}

// appendResources appends what is to be said of the resources, after what stands
// in dst from start on; nothing where none were asked about.
func (a *Answer) appendResources(dst []byte, start int) []byte {
	if a.Resources == nil || len(a.Resources.Items) == 0 {
		return dst
	}
	if len(dst) > start {
		dst = append(dst, ' ')
	}
	switch unmet := a.Resources.Unmet(); {
	case unmet && a.Resources.Met:
		dst = append(dst, "The resources are enough for some deployments and not for others:"...)
	case unmet:
		dst = append(dst, "The resources do not meet the requirements:"...)
	default:
		dst = append(dst, "The resources:"...)
	}
	for i := range a.Resources.Items {
		item := &a.Resources.Items[i]
		if item.Of != nil && a.Resources.Deployment == nil && (i == 0 || item.Of != a.Resources.Items[i-1].Of) {
			dst = append(append(append(dst, " For "...), item.Of.Name...), ':')
		}
		dst = append(append(dst, ' '), item.Why...)
	}
	return dst
}
