package portal

import (
	"html/template"
	"net/url"
	"strconv"
	"strings"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/plain"
	"github.com/testedon/testedon/compat/survey"
	"github.com/testedon/testedon/message"
)

// Explorer is the page that asks a question and shows its answer.
type Explorer struct {
	Frame
	Question
	Understood *plain.Understanding // of a question in plain words; nil for any other
	Readings   []Choice             // what has to be decided first
	Answer     *Answer              // nil before anything is asked, and where it cannot be answered
	Doubts     string               // what was not understood in such a question, where no answer says it
	Content    *question.Content    // what is asked for in place of a verdict; nil for one
	See        *Candidate           // the page that tells more of it; nil where none does
	Found      []Found              // of it, the releases that it was held against
	Home       *Home                // before anything is asked
	Examples   []Example            // of questions about what was chosen
	About      *Candidate           // the page of what was chosen, where nothing is asked about it yet
	Which      []Example            // the question about each product, where it names none
}

// Choice is a part of a question that may mean several things.
type Choice struct {
	Text, Reason string
	Readings     []Example
}

// Example is a question that a link asks.
type Example struct {
	Text    string
	Query   template.URL // "q=…"
	Verdict fact.Verdict // of its answer; empty where that is not told
	Told    string       // what else its answer says
}

// maxChoices is how many names are offered for a field while one types.
const maxChoices = 300

// explorerRoute is the page that asks and answers.
var explorerRoute = route{path: "/", name: "explorer", takes: questionParams("q"), draw: func(s *Site, v *question.View, in address) (Page, error) {
	page := &Explorer{Frame: s.frameOf(v, in, "portal.explorer")}
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
		s.showAnswer(v, page, q, in)
		return nil
	case page.Product != "":
		return exploreChosen(v, page)
	}
	page.Home, page.Focus = wire.KeptOf(v, "home", homeOf), true
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
	page.About = &Candidate{Text: r.Title(), Href: matrixPath(r)}
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
	page.Understood, page.Content, page.See = u, q.Content, seeOf(page.words, u, q.Content)
	page.Doubts = strings.Join(u.Doubts(answered || page.Content != nil), " ")
	words := page.Words
	page.Question = formOf(v, q, "/")
	page.Words = words
	switch {
	case answered:
		q.Settle()
		s.showAnswer(v, page, q, in)
	case page.Content != nil:
		page.Title, page.Description, page.Path = titleOf(page.words, u, q.Content), q.Content.Summary, "/?"+string(asWords(words))+page.Moment.Query()
		page.Found = foundIn(q, q.Content.Finding)
	case len(u.Ambiguous) > 0:
		page.Title = page.words.Text("portal.explorer.meant", strconv.Itoa(len(u.Ambiguous[0].Readings)))
		page.Readings = wire.Each(u.Ambiguous, func(a plain.Ambiguity) Choice { // each with the question that decides it
			return Choice{Text: a.Text, Reason: a.Reason, Readings: wire.Each(a.Readings, func(r plain.Reading) Example {
				return Example{Text: r.Display, Query: asWords(strings.Replace(words, a.Text, r.Text, 1))}
			})}
		})
	case u.Product != nil:
		return exploreChosen(v, page)
	default:
		page.Title = page.words.Text("portal.explorer.which")
		page.Which = wire.Each(v.Products()[:min(len(v.Products()), maxShown)], func(p *compat.Product) Example {
			return Example{Text: p.Name, Query: asWords(words + " for " + p.Name)}
		})
		return &fact.Error{Code: fact.CodeInvalid, Field: "q", Hint: v.WordsHint(), Message: strings.TrimSuffix(u.Summary(nil), ".")}
	}
	return nil
}

// titleOf is the heading of what is asked for: "Sources of WSO2 Micro Integrator".
func titleOf(l *message.Language, u *plain.Understanding, c *question.Content) string {
	of := ""
	switch {
	case c.Comparison != nil && c.Comparison.After != nil:
		return l.Text("portal.explorer.compared", c.Comparison.Title(), c.Comparison.After.Outcome())
	case c.Comparison != nil:
		return c.Comparison.Title()
	case u.Type == plain.TypeFind:
		of = textsOf(u.Components)
	case u.Release != nil:
		of = u.Release.Title()
	case u.Product != nil:
		of = u.Product.Name
	}
	return l.Text("portal.explorer.content", string(u.Type), of)
}

// seeOf is the page that tells more of what is asked for; nil where none does.
func seeOf(l *message.Language, u *plain.Understanding, c *question.Content) *Candidate {
	switch text := l.Text("portal.explorer.more", string(u.Type)); {
	case c == nil:
		return nil
	case u.Type == plain.TypePlan:
		return &Candidate{Text: text, Href: matrixPath(u.Release) + "/test-plan" + strings.TrimPrefix(c.Location, "/v1"+productPath(u.Release)+"/test-plan")}
	case u.Release != nil && (text == "" || u.Type == plain.TypeSources):
		return &Candidate{Text: l.Text("portal.explorer.release", u.Release.Title()), Href: matrixPath(u.Release)}
	case text != "" && c.Location != "":
		return &Candidate{Text: text, Href: strings.TrimPrefix(c.Location, "/v1")}
	}
	return nil
}

// asWords is the query of a question in plain words.
func asWords(text string) template.URL { return Parameters("q=" + url.QueryEscape(text)) }

// showAnswer shows the answer to a question.
func (s *Site) showAnswer(v *question.View, page *Explorer, q *question.Question, in address) {
	question.TellVerdict(in, &q.Answer)
	asked := q.Query()
	page.Answer = answerOf(v, q)
	page.Answer.Releases = elsewhere(v, q)
	page.Title, page.Path = q.Answer.Headline(), "/?"+asked
	page.Description = q.Answer.Summary()
	if len(q.Answer.Unread) > 0 {
		if page.Words != "" { // without its words the question is another one
			page.Path = "/?" + string(asWords(page.Words)) + page.Moment.Query()
		}
		return
	}
	page.Links = []Link{
		{Media: wire.MediaJSON, Href: q.Location(), Title: page.words.Text("portal.answer.json")},
		{Media: "application/json+oembed", Href: page.Base + oembedPath(page.Base, asked), Title: page.Title},
	}
	page.Answer.Copies = s.copies(page, q)
}

// copies are the texts that take an answer elsewhere.
func (s *Site) copies(page *Explorer, q *question.Question) []Copy {
	lines := &Snippets{Frame: page.Frame, Question: page.Question}
	s.snippets(lines, q, page.Answer)
	return []Copy{
		{"link", page.Base + "/?" + string(page.Answer.Asked)},
		{"permanent", page.Base + "/?" + string(page.Answer.Permanent)},
		{"curl", "curl '" + page.Base + "/v1/check?" + string(page.Answer.Asked) + "'"},
		{"markdown", lines.Markdown()},
		{"embed", lines.ElementCode.Code},
		{"badge", lines.Badges[0].Code},
	}
}
