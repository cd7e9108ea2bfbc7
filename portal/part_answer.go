package portal

import (
	"html/template"
	"slices"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/survey"
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/internal/str"
)

// Answer is an answer as the page of a question shows it: what fails first, and each thing once.
type Answer struct {
	*compat.Answer
	Failing   []Component
	Passing   []Component
	Moves     []Move       // that change several components, or none that fails
	NotAsked  []string     // names of the kinds that the question leaves out
	Denied    bool         // something is not listed, which is no proof that it does not work
	Asked     template.URL // the question as the parameters of an address
	Permanent template.URL // the same of a question that has this answer for good
	Releases  []Example    // other releases of the product that pass, see [elsewhere]; only the page of a question looks for them
	Matrix    string       // address of the release's page
	Copies    []Copy       // nil where words were not understood: without them the question is another one
}

// Copy is a text that a button copies.
type Copy struct{ Name, Text string }

// Component is the answer for one component.
type Component struct {
	*compat.ComponentAnswer
	Moves   []Move    // what to change it to
	Instead string    // what is listed of its kind, where no change is known
	Offers  []Example // the questions for what may have been meant, where it could not be read
	AsOf    string    // " as of 2026-09-01", for a report; empty for today
}

// Brief is why it has its verdict, beside the heading and what to change.
func (c Component) Brief() string { return c.ComponentAnswer.Brief(len(c.Moves) > 0) }

// Label is how the page of the vendor calls it, where it does otherwise; empty where it does not.
func (c Component) Label() string {
	if len(c.Listed) == 0 || c.Listed[0].Label == c.Understood() {
		return ""
	}
	return c.Listed[0].Label
}

// Move is a way to an environment that passes, and the question that asks for it.
type Move struct {
	compat.Move
	Query template.URL
	Until string // the day until which what it leads to is maintained; empty where that is past or not known
}

func moveOf(v *question.View, q *question.Question, m compat.Move) Move {
	move := Move{Move: m, Query: questionAfter(q, m)}
	if len(m.Changes) == 1 && m.Changes[0].Ends >= v.Today {
		move.Until = m.Changes[0].Ends.Text()
	}
	return move
}

// answerOf is the answer to a question as its page shows it.
func answerOf(v *question.View, q *question.Question) *Answer {
	a := &Answer{Answer: &q.Answer, Asked: Parameters(q.Query()), Permanent: Parameters(q.Permanent()), Matrix: matrixPath(q.Answer.Release)}
	for i := range q.Answer.Components {
		c := Component{ComponentAnswer: &q.Answer.Components[i], AsOf: str.With(" ", v.Matrix.Words().Text("report.day", q.Answer.AsOfText()))}
		a.Denied = a.Denied || c.Verdict == fact.NotListed
		if !a.Pass && a.Fails(c.ComponentAnswer) {
			c.Offers = offersFor(q, c.ComponentAnswer)
			a.Failing = append(a.Failing, c)
		} else {
			a.Passing = append(a.Passing, c)
		}
	}
	worstFirst := func(x, y Component) int { return y.Verdict.Rank() - x.Verdict.Rank() }
	order.Stable(a.Failing, worstFirst)
	order.Stable(a.Passing, worstFirst)
	a.Moves = wire.Each(q.Answer.Moves, func(m compat.Move) Move { return moveOf(v, q, m) })
	if len(a.Failing) == 1 {
		a.Failing[0].Moves, a.Moves = a.Moves, nil
	}
	for _, o := range q.Answer.Offers {
		if i := slices.IndexFunc(a.Failing, func(c Component) bool { return c.Kind == o.Kind.ID }); i >= 0 {
			a.Failing[i].Instead = o.Text()
		}
	}
	a.NotAsked = wire.Each(q.Answer.Unchecked, func(id string) string { return v.Kind(id).Name })
	return a
}

// questionAfter is the question after a move: the components it changes are others.
func questionAfter(q *question.Question, m compat.Move) template.URL {
	if m.Release != nil {
		return questionFor(q, m.Release)
	}
	return questionWith(q, func(c *compat.ComponentAnswer) string {
		for _, change := range m.Changes {
			if c.Kind == change.Kind && c.Understood() == change.From {
				return change.To
			}
		}
		return c.Text
	})
}

// questionFor is the same question about another release.
func questionFor(q *question.Question, r *compat.Release) template.URL {
	after := *q
	after.Product, after.Release = r.Product, r.Version
	return questionWith(&after, func(c *compat.ComponentAnswer) string { return c.Text })
}

// questionWith is the question with each component as text gives it.
func questionWith(q *question.Question, text func(*compat.ComponentAnswer) string) template.URL {
	after := *q
	after.Asked = nil
	for i := range q.Answer.Components {
		c := &q.Answer.Components[i]
		after.Asked = append(after.Asked, compat.Asked{Kind: c.Kind, Text: text(c)})
	}
	for _, c := range q.Answer.Assumed {
		after.Asked = append(after.Asked, compat.Asked{Kind: c.Kind, Text: c.Text})
	}
	return Parameters(after.Query())
}

// offersFor are the questions for what may have been meant by a component.
func offersFor(q *question.Question, c *compat.ComponentAnswer) []Example {
	return wire.Each(c.Candidates, func(text string) Example {
		return Example{Text: text, Query: questionWith(q, func(other *compat.ComponentAnswer) string {
			if other == c {
				return text
			}
			return other.Text
		})}
	})
}

// maxElsewhere is how many other releases an answer names.
const maxElsewhere = 5

// elsewhere are other releases of the product that the whole environment passes for, the best
// first, as the question asked about each. None where more was asked than a search weighs.
func elsewhere(v *question.View, q *question.Question) []Example {
	a := &q.Answer
	if a.Pass || a.Resources != nil || len(a.Unread) > 0 {
		return nil
	}
	var whole []compat.Component
	for i := range a.Components {
		whole = append(whole, *a.Components[i].Component)
	}
	for _, c := range a.Assumed {
		whole = append(whole, *c)
	}
	found, err := survey.Find(survey.FindQuestion{Products: []*compat.Product{a.Product}, Components: whole, Require: a.Require, Today: v.Today, Limit: maxElsewhere})
	if err != nil {
		return nil
	}
	passing := slices.DeleteFunc(found.Answers, func(other compat.Answer) bool { return !other.Pass })
	return wire.Each(passing, func(other compat.Answer) Example {
		return Example{Text: other.Release.Version, Query: questionFor(q, other.Release)}
	})
}

// Whole reports whether it is the environment as a whole that does not pass, and no component.
func (a *Answer) Whole() bool {
	return !a.Pass && (len(a.Failing) == 0 || a.Failing[0].Verdict != a.Verdict)
}
