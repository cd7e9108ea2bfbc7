package compat

import (
	"cmp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

const (
	maxGuilty = 3 // things that a headline names
	pair      = 2 // components, of which each may be right and both together are not
)

// Headline is an answer in a line: "Not listed: PostgreSQL 16 · WSO2 Micro Integrator 4.4.0".
func (a *Answer) Headline() string {
	return a.Release.Words().Text("headline", a.Headword(), a.Accused(), a.Release.Title())
}

// Headword is the verdict as a headline has it, with what makes a yes doubtful.
func (a *Answer) Headword() string {
	if a.Pass {
		return str.Capital(a.Outcome())
	}
	return str.Capital(a.Release.Words().List(a.Called(), a.provisional()))
}

// Accused names what keeps an answer from passing: the components that have the verdict of the
// whole, else the words that are not understood; empty where it passes.
func (a *Answer) Accused() string {
	if a.Pass {
		return ""
	}
	l, all := a.Release.Words(), []string(nil)
	for i := range a.Components {
		if c := &a.Components[i]; c.Verdict == a.Verdict && a.Fails(c) {
			all = fact.AppendNew(all, brief(c.Understood()))
		}
	}
	if a.Verdict == fact.Incompatible && len(all) == 0 && len(a.Components) == pair {
		return l.Text("summary.with", brief(a.Components[0].Understood()), brief(a.Components[1].Understood()))
	}
	if len(all) == 0 {
		for _, word := range a.Unread {
			all = append(all, l.Text("headline.unread", brief(word)))
		}
	}
	if more := len(all) - maxGuilty + 1; more > 1 {
		all = append(all[:maxGuilty-1], l.Text("offer.more", strconv.Itoa(more)))
	}
	return l.And(all)
}

// brief is a text of the question on one line, cut where it is long.
func brief(text string) string {
	const most = 40
	text = strings.ReplaceAll(str.Visible(text), "\n", "")
	if utf8.RuneCountInString(text) > most {
		return string([]rune(text)[:most]) + "…"
	}
	return text
}

// Outcome is an answer in a few words: the verdict, and what takes from it.
func (a *Answer) Outcome() string { return a.Release.Words().List(a.Called(), a.Doubts()) }

// Called is the verdict in words. One that alone would be taken for a yes says where it does not
// pass.
func (a *Answer) Called() string {
	l := a.Release.Words()
	return l.Text("headline.verdict", word(l, cmp.Or(string(a.Word()), string(a.Verdict))), strconv.FormatBool(a.Refused()))
}

// Refused reports whether an answer does not pass and has a verdict that alone would be
// taken for a yes.
func (a *Answer) Refused() bool { return !a.Pass && !a.Verdict.Worse(fact.Compatible) }

// Doubts are what takes from an answer; empty where nothing does.
func (a *Answer) Doubts() string {
	l := a.Release.Words()
	return l.List(a.provisional(), l.Text("headline.stale", a.Confirmed()))
}

func (a *Answer) provisional() string {
	return a.Release.Words().Text("headline.provisional", strconv.FormatBool(a.Provisional()))
}

// Confirmed is the day on which the oldest of the documents that nobody has confirmed for long
// was last looked at; empty where there is none.
func (a *Answer) Confirmed() (day string) {
	for _, s := range a.Stale {
		if last := s.Last.String(); day == "" || last < day {
			day = last
		}
	}
	return day
}
