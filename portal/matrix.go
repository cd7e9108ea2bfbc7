package portal

import (
	"html/template"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/lifecycle"
	"github.com/testedon/testedon/internal/str"
)

// Statement is what a source states, as the cell of a matrix and the line of a page show it.
type Statement struct {
	*compat.Listing
	Release *compat.Release  // that it counts for
	Query   template.URL     // the question that asks for its versions
	Place   string           // where it stands on the page of the release, "postgresql-17.2"
	Life    lifecycle.Answer // of its versions, today
}

// Marks are what there is to know of a statement besides its status.
func (s *Statement) Marks() (all []Mark) {
	for _, m := range marks {
		if m.Says = m.says(s); m.Says != "" {
			all = append(all, m)
		}
	}
	return all
}

// Sign is a letter for what many statements have, and what it means.
type Sign struct{ Sign, Class, Means string }

// Mark tells something of a statement in one letter.
type Mark struct {
	Sign        // what it means in general
	Says string // what it means for one statement
	says func(*Statement) string
}

// marks are all of them, in the order in which they are shown.
var marks = []Mark{
	{Sign: Sign{"†", "incompatible", "past its vendor's end of life"}, says: func(s *Statement) string { return lastsWhile(fact.Ended, s) }},
	{Sign: Sign{"‡", "conditional", "ends within 6 months"}, says: func(s *Statement) string { return lastsWhile(fact.EndingSoon, s) }},
	{Sign: Sign{"*", "conditional", "on a condition"}, says: func(s *Statement) string { return s.When }},
	{Sign: Sign{"°", "quiet", "from an unofficial copy of the vendor's page"}, says: func(s *Statement) string {
		if s.Provisional() && !s.Release.Provisional() {
			return "provisional"
		}
		return ""
	}},
}

// lastsWhile says how long the versions of a statement are maintained, in one state alone.
func lastsWhile(state fact.LifecycleState, s *Statement) string {
	if s.Life.State != state {
		return ""
	}
	return s.Lasts()
}

// Lasts says how long the versions are maintained: "maintained until 2032-05-31"; empty where
// nothing is on record.
func (s *Statement) Lasts() string {
	if s.Life.Best == nil {
		return ""
	}
	return lasts(s.Life.State, s.Life.Best)
}

// lasts says how long a series is maintained that is in a state.
func lasts(state fact.LifecycleState, p *lifecycle.Period) string {
	return str.Join(" ", ends(state, p), p.Ends)
}

// ends is what is said before the day of the end, where that is known: "maintained until".
func ends(state fact.LifecycleState, p *lifecycle.Period) string {
	switch {
	case state == fact.Ended:
		return "ended"
	case p.Ends == "":
		return "maintained, no end announced"
	case state == fact.EndingSoon:
		return "ends"
	}
	return "maintained until"
}

// reader makes the statements of a page.
type reader struct {
	*question.View
	queries map[named]template.URL // of what is asked about
}

// named is a technology and versions of it, as people write them.
type named struct {
	*compat.Technology
	versions string
}

func readerOf(v *question.View) *reader { return &reader{v, map[named]template.URL{}} }

// read makes a statement of a claim on a release.
func (r *reader) read(of *compat.Release, l *compat.Listing) *Statement {
	query, known := r.queries[named{l.Tech, l.Versions()}]
	if !known {
		query = Parameters("&" + url.QueryEscape(r.Word(l.Tech.Kind)) + "=" + url.QueryEscape(l.Query()))
		r.queries[named{l.Tech, l.Versions()}] = query
	}
	place := strings.Map(func(c rune) rune {
		if c == '.' || c < unicode.MaxASCII && (unicode.IsLetter(c) || unicode.IsDigit(c)) {
			return c
		}
		return '-'
	}, str.Join("-", l.Tech.ID, l.Versions()))
	s := &Statement{Listing: l, Release: of, Query: releaseQuery(of) + query, Place: place}
	if life := l.Lifecycle(r.Today); !l.Range.IsAll() || life.State == fact.Ended { // of every version, only that none lasts
		s.Life = life
	}
	return s
}

// cell puts statements on one technology together: what two documents say stands once, and so
// does what lies within a series that is stated just as well.
func cell(all []*Statement) []*Statement {
	var kept []*Statement
	for i, s := range all {
		if !slices.ContainsFunc(all, func(o *Statement) bool { return o != s && s.within(o, slices.Index(all, o) < i) }) {
			kept = append(kept, s)
		}
	}
	return kept
}

// within reports whether another statement says all that s does; of two that say the same, the
// first does.
func (s *Statement) within(o *Statement, first bool) bool {
	if s.Status != o.Status || s.When != o.When || s.Verdict() != o.Verdict() || s.Provisional() != o.Provisional() || (s.Versions() == "") != (o.Versions() == "") {
		return false
	}
	return s.Range.Within(o.Range) && (first || !s.Range.Equal(o.Range))
}

// Legend explains the signs and marks of a page.
type Legend struct {
	statuses map[fact.Status]fact.Verdict // the best of what is shown of each
	marks    map[string]bool              // by sign
}

// note takes what a statement shows into the legend.
func (l *Legend) note(s *Statement) {
	if l.statuses == nil {
		l.statuses, l.marks = map[fact.Status]fact.Verdict{}, map[string]bool{}
	}
	if v, known := l.statuses[s.Status]; !known || v.Worse(s.Verdict()) {
		l.statuses[s.Status] = s.Verdict()
	}
	for _, m := range s.Marks() {
		l.marks[m.Sign.Sign] = true
	}
}

// Signs are those of the statuses, each once, in the order of these; then the marks.
func (l *Legend) Signs() (all []Sign) {
	for _, status := range fact.Statuses {
		verdict, shown := l.statuses[status]
		at := slices.IndexFunc(all, func(s Sign) bool { return s.Sign == statusSigns[status] })
		switch {
		case shown && at >= 0:
			all[at].Means += " or " + str.Words(status)
		case shown:
			all = append(all, Sign{statusSigns[status], string(verdict), str.Words(status)})
		}
	}
	for _, m := range marks {
		if l.marks[m.Sign.Sign] {
			all = append(all, m.Sign)
		}
	}
	return all
}

// cells puts the statements of each cell of a row together, and takes what they show into the
// legend.
func (l *Legend) cells(row [][]*Statement) [][]*Statement {
	for i := range row {
		row[i] = cell(row[i])
		for _, s := range row[i] {
			l.note(s)
		}
	}
	return row
}
