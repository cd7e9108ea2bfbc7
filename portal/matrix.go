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
	"github.com/testedon/testedon/message"
)

// Statement is what a source states, as the cell of a matrix and the line of a page show it.
type Statement struct {
	*compat.Listing
	Release *compat.Release // that it counts for
	Query   template.URL    // the question that asks for its versions
	Place   string          // where it stands on the page of the release, "postgresql-17.2"
	Life    *Series         // of its versions, that which is maintained longest; nil where that is not known
	Marks   []Mark          // what there is to know of it besides its status
}

// Evidence leads to the line of it on the page of its release.
func (s *Statement) Evidence() template.URL {
	return template.URL(matrixPath(s.Release) + "#" + s.Place) //nolint:gosec // both are escaped
}

// Tip is all of it in a line: "CentOS 7: tested, ended 2024-06-30".
func (s *Statement) Tip() string {
	said := []string{s.words().Text("word", string(s.Status))}
	for _, m := range s.Marks {
		said = append(said, m.Says)
	}
	return s.words().Text("portal.statement.tip", s.Label, s.words().List(said...))
}

func (s *Statement) words() *message.Language { return s.Release.Words() }

// Mark tells something of a statement in one letter.
type Mark struct{ Sign, Class, Says string }

// mark gives a statement the marks that say something of it.
func (s *Statement) mark() {
	add := func(sign, class, says string) {
		if says != "" {
			s.Marks = append(s.Marks, Mark{sign, class, says})
		}
	}
	switch {
	case s.Life == nil:
	case s.Life.State == fact.Ended:
		add("†", "incompatible", s.words().Text("portal.life", string(s.Life.State), s.Life.Ends))
	case s.Life.State == fact.EndingSoon:
		add("‡", "conditional", s.words().Text("portal.life", string(s.Life.State), s.Life.Ends))
	}
	add("*", "conditional", s.When)
	add("¿", "not_listed", s.Remark())
	if s.Provisional() && !s.Release.Provisional() {
		add("°", "quiet", s.words().Text("headline.provisional", "true"))
	}
}

// Series is a series of a technology on a day.
type Series struct {
	*lifecycle.Period
	State fact.LifecycleState
}

func seriesOf(p *lifecycle.Period, today fact.Day) *Series { return &Series{p, p.State(today)} }

// reader makes the statements of a page.
type reader struct {
	*question.View
	queries map[string]template.URL // of what is asked about, by its kind and name
}

func readerOf(v *question.View) *reader { return &reader{v, map[string]template.URL{}} }

// read makes a statement of a claim on a release.
func (r *reader) read(of *compat.Release, l *compat.Listing) *Statement {
	id := str.Join("-", l.Tech.ID, l.Versions())
	query, known := r.queries[id]
	if !known {
		query = Parameters("&" + url.QueryEscape(r.Word(l.Tech.Kind)) + "=" + url.QueryEscape(l.Query()))
		r.queries[id] = query
	}
	s := &Statement{Listing: l, Release: of, Query: releaseQuery(of) + query, Place: strings.Map(func(c rune) rune {
		if c == '.' || c < unicode.MaxASCII && (unicode.IsLetter(c) || unicode.IsDigit(c)) {
			return c
		}
		return '-'
	}, id)}
	if life := l.Lifecycle(r.Today); life.Best != nil && !l.Range.IsAll() { // of every version, some last and some do not
		s.Life = &Series{life.Best, life.State}
	}
	s.mark()
	return s
}

// Legend is the signs and marks that a page shows, and has to explain.
type Legend map[string]bool

// cells gives the statements of each cell of a row, and takes what they show into the legend. What
// two documents say stands once, and so does what lies within a series that is stated just as well.
func (l Legend) cells(row [][]*Statement) [][]*Statement {
	for i, all := range row {
		row[i] = nil
		for n, s := range all {
			if slices.ContainsFunc(all, func(o *Statement) bool { return s.within(o) && (!o.within(s) || slices.Contains(all[:n], o)) }) {
				continue
			}
			row[i] = append(row[i], s)
			l[statusSigns[s.Status]] = true
			for _, m := range s.Marks {
				l[m.Sign] = true
			}
		}
	}
	return row
}

// within reports whether another statement says what s does, of the same versions or a series
// that they lie in.
func (s *Statement) within(o *Statement) bool {
	return s.Status == o.Status && s.When == o.When && s.Verdict() == o.Verdict() && s.Provisional() == o.Provisional() &&
		s.Range.Within(o.Range) && s.Range.IsAll() == o.Range.IsAll()
}
