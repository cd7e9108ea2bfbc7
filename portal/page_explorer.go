package portal

import (
	"html/template"
	"net/url"
	"strings"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/plain"
	"github.com/testedon/testedon/compat/survey"
	"github.com/testedon/testedon/internal/str"
)

// Explorer is the page that asks a question and shows its answer.
type Explorer struct {
	Frame
	Question
	Understood *plain.Understanding // of a question in plain words; nil for any other
	Readings   []Choice             // what has to be decided first
	Answer     *Answer              // nil before anything is asked, and where it cannot be answered
	Content    *question.Content    // what is asked for in place of a verdict; nil for one
	See        *Candidate           // the page that tells more of it; nil where none does
	Examples   []Example            // before anything is asked
	Known      *Known               // then too
	About      *Candidate           // the page of what was chosen, where nothing is asked about it yet
}

// Known is how much there is to ask about.
type Known struct{ Products, Releases, Technologies, Claims int }

// Choice is a part of a question that may mean several things.
type Choice struct {
	Text, Reason string
	Readings     []Example
}

// Example is a question that a link asks.
type Example struct {
	Text  string
	Query template.URL // "q=…"
}

// Answer is an answer with the ways to it.
type Answer struct {
	*compat.Answer
	Components []Component
	Moves      []Move
	Asked      template.URL // the question as the parameters of an address
	Matrix     string       // address of the release's page
	Permanent  template.URL // the same of a question that has this answer for good
	Base       string       // of the server, for what is pasted elsewhere
}

// Component is the answer for one component, with the questions for what may have
// been meant where it could not be read.
type Component struct {
	*compat.ComponentAnswer
	Offers []Example
	AsOf   string // " as of 2026-09-01", for a report; empty for today
}

// Move is a way to an environment that passes, and the question that asks for it.
type Move struct {
	compat.Move
	Query template.URL
}

// maxChoices is how many names are offered for a field while one types.
const maxChoices = 300

// explorerRoute is the page that asks and answers.
var explorerRoute = route{path: "/", name: "explorer", takes: questionParams("q"), draw: func(s *Site, v *question.View, in address) (Page, error) {
	page := &Explorer{Frame: s.frameOf(v, in, "Is your environment tested?",
		"Tells whether an operating system, JDK and database are tested for a release, with the statement it rests on.")}
	form, q, err := readForm(v, in, "/")
	page.Question = form
	if err == nil {
		err = s.explore(v, page, q, in)
	}
	if err != nil {
		page.fail(s.told(in, err))
	}
	return page, nil
}}

// explore answers what is asked, if anything.
func (s *Site) explore(v *question.View, page *Explorer, q *question.Question, in address) error {
	switch {
	case page.Words != "":
		return s.exploreWords(v, page, in)
	case page.Asked():
		if err := q.AnswerNow(); err != nil {
			return err
		}
		question.TellVerdict(in, &q.Answer)
		showAnswer(page, q)
		return nil
	case page.Product != "":
		return exploreChosen(v, page)
	}
	ds := v.Dataset()
	page.Examples, page.Known = wire.KeptOf(v, "examples", examples), &Known{Products: len(ds.Products), Releases: len(ds.Releases), Technologies: len(ds.Technologies), Claims: len(ds.Claims)}
	return nil
}

// exploreChosen leads on from a product, or a release of it, of which nothing is asked.
func exploreChosen(v *question.View, page *Explorer) error {
	p, err := v.Product(page.Product)
	if err != nil {
		return err
	}
	page.About = &Candidate{Text: p.Name, Href: "/products/" + url.PathEscape(p.ID)}
	if page.Release == "" {
		return nil
	}
	r, err := p.Release(page.Release)
	if err != nil {
		return err
	}
	page.About = &Candidate{Text: p.Name + " " + r.Version, Href: matrixPath(r)}
	if q, _ := survey.ExampleOf(v.Matrix, r); len(q.Components) > 0 {
		page.Examples = []Example{exampleOf(v, q)}
	}
	return nil
}

// exploreWords answers a question in plain words. The fields show what was understood.
func (s *Site) exploreWords(v *question.View, page *Explorer, in address) error {
	if err := question.CheckWords("q", page.Words); err != nil {
		return err
	}
	u := plain.Understand(v.Matrix, page.Words)
	q := v.Question()
	q.Unread = in.unread
	q.Require = in.One("require")
	require, err := q.Requirement()
	if err != nil {
		return err
	}
	page.Understood = u
	var answered bool
	understood := func(wire.Context) (err error) {
		answered, err = q.Understood(u, require)
		return err
	}
	if u.IsWhole() {
		understood = s.Expensive(understood)
	}
	if err := understood(in); err != nil {
		return err
	}
	page.Content, page.See = q.Content, seeOf(u, q.Content)
	words := page.Words
	page.Question = formOf(v, q, "/")
	page.Words = words
	if answered {
		q.Settle()
		question.TellVerdict(in, &q.Answer)
		showAnswer(page, q)
		return nil
	}
	page.Readings = wire.Each(u.Ambiguous, func(a plain.Ambiguity) Choice { // each with the question that decides it
		return Choice{Text: a.Text, Reason: a.Reason, Readings: wire.Each(a.Readings, func(r plain.Reading) Example {
			return Example{Text: r.Display, Query: asWords(strings.Replace(words, a.Text, r.Text, 1))}
		})}
	})
	if page.Content != nil {
		page.Title, page.Description, page.Path = q.Content.Summary, q.Content.Summary, "/?"+string(asWords(words))+page.Moment.Query()
		return nil
	}
	if len(page.Readings) == 0 {
		return fact.Invalid("q", v.WordsHint(), "%s", strings.TrimSuffix(u.Summary(nil), "."))
	}
	return nil
}

// pagesOf are the pages that tell more of what operations of the same path answer.
var pagesOf = map[plain.Type]string{
	plain.TypeCompare: "all that changes", plain.TypeFind: "the releases side by side, or change the question", plain.TypeRetest: "what to test again",
	plain.TypeChanges: "what vendors changed", plain.TypeSources: "the sources", plain.TypeCoverage: "what the record lacks",
}

// seeOf is the page that tells more of what is asked for; nil where none does.
func seeOf(u *plain.Understanding, c *question.Content) *Candidate {
	switch text := pagesOf[u.Type]; {
	case c == nil:
		return nil
	case u.Type == plain.TypePlan:
		return &Candidate{Text: "the test plan", Href: matrixPath(u.Release) + "/test-plan" + strings.TrimPrefix(c.Location, "/v1"+productPath(u.Release)+"/test-plan")}
	case u.Release != nil && (text == "" || u.Type == plain.TypeSources):
		return &Candidate{Text: "all that is stated of " + u.Release.Title(), Href: matrixPath(u.Release)}
	case text != "" && c.Location != "":
		return &Candidate{Text: text, Href: strings.TrimPrefix(c.Location, "/v1")}
	}
	return nil
}

// asWords is the query of a question in plain words.
func asWords(text string) template.URL { return Parameters("q=" + url.QueryEscape(text)) }

// show shows the answer to a question.
func showAnswer(page *Explorer, q *question.Question) {
	asked := q.Query()
	page.Answer = &Answer{
		Answer: &q.Answer, Asked: Parameters(asked), Permanent: Parameters(q.Permanent()), Base: page.Base, Matrix: matrixPath(q.Answer.Release),
		Components: offered(q),
		Moves:      wire.Each(q.Answer.Moves, func(m compat.Move) Move { return Move{Move: m, Query: questionAfter(q, m)} }),
	}
	page.Title, page.Path = Headline(&q.Answer), "/?"+asked
	page.Description = q.Answer.Summary()
	if len(q.Answer.Unread) > 0 && page.Words != "" { // without its words the question is another one
		page.Path = "/?" + string(asWords(page.Words)) + page.Moment.Query()
		return
	}
	page.Links = []Link{
		{Media: wire.MediaJSON, Href: q.Location(), Title: "The answer as JSON"},
		{Media: "application/json+oembed", Href: page.Base + oembedPath(page.Base, asked), Title: page.Title},
	}
}

// moved is the question after a move: the components it changes are others.
func questionAfter(q *question.Question, m compat.Move) template.URL {
	if m.Release != nil {
		after := *q
		after.Release = m.Release.Version
		q = &after
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

// with is the question with each component as text gives it.
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

// offered gives the components of an answer, those that could not be read with
// the questions for what may have been meant.
func offered(q *question.Question) []Component {
	all := make([]Component, len(q.Answer.Components))
	for i := range all {
		c := &q.Answer.Components[i]
		all[i] = Component{ComponentAnswer: c, AsOf: str.With(" as of ", q.Answer.AsOfText()), Offers: wire.Each(c.Candidates, func(text string) Example {
			return Example{Text: text, Query: questionWith(q, func(other *compat.ComponentAnswer) string {
				if other == c {
					return text
				}
				return other.Text
			})}
		})}
	}
	return all
}

// examples are the questions that a page offers before anything is asked: the main one,
// then one about the newest release of each product.
func examples(v *question.View) []Example {
	var all []Example
	if q, ok := survey.Example(v.Matrix); ok {
		all = append(all, exampleOf(v, q))
	}
	for _, p := range v.Products() {
		for _, r := range p.Releases() {
			if q, _ := survey.ExampleOf(v.Matrix, r); len(q.Components) > 0 && len(all) < question.MaxOffered && !r.Provisional() {
				all = append(all, exampleOf(v, q))
				break
			}
		}
	}
	return all
}

// exampleOf is a link that asks a question.
func exampleOf(v *question.View, q compat.Question) Example {
	names := wire.Each(q.Components, func(c compat.Component) string { return c.Text })
	text := strings.Join(names, " + ") + " for " + q.Product + " " + q.Release
	if p, err := v.Product(q.Product); err == nil {
		text = strings.Join(names, " + ") + " for " + p.Name + " " + q.Release
	}
	return Example{Text: text, Query: Parameters(v.AddressOf(q))}
}
