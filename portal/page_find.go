package portal

import (
	"cmp"
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/survey"
)

// Find is the page of the releases that an environment is tested for.
type Find struct {
	Frame
	Question
	Chosen  []string // IDs of the products that are looked at; empty for all
	One     bool     // there is but one
	Summary string   // empty where nothing is asked
	Found   []Found  // of one product its releases, best first; else of each product the best one, and those that pass
	Next    string   // the address of the page behind; empty for the last
	JSON    string   // the address of the same for programs
	Example *Example // where nothing is asked; nil without one
}

// Found is a release that an environment was held against.
type Found struct {
	*compat.Answer
	Query   template.URL // the question about it
	Others  []Found      // of the same product, which have no place of their own; the best of them
	Besides int          // how many others there are
	Folded  int          // how many of these pass
	All     string       // where all of the product are
}

// Short are the components that are not tested.
func (f Found) Short() []compat.ComponentAnswer {
	return slices.DeleteFunc(slices.Clone(f.Components), func(c compat.ComponentAnswer) bool { return c.Verdict == fact.Tested })
}

// How much the page tells at once.
const (
	maxFound  = 50 // releases, or products
	maxOthers = 24 // releases of a product beside the best
)

// findRoute is the page of the releases that an environment is tested for.
var findRoute = route{path: "/find", name: "find", takes: pageParams{names: []string{"product", "require", "from"}, question: true}, expensive: true, draw: func(s *Site, v *question.View, in address) (Page, error) {
	asked := in
	if len(in.Query["product"]) > 1 {
		asked.Query = in.Without("product")
	}
	form, q, err := readForm(v, asked, "/find")
	page := &Find{Frame: s.frameOf(v, in, "portal.find"), Question: form}
	page.Fields = slices.DeleteFunc(page.Fields, func(f Field) bool { return slices.Contains(question.ResourceFields, f.Name) })
	if err == nil {
		err = page.find(v, in, q)
	}
	if err != nil {
		page.fail(s.told(in, err))
	}
	return page, nil
}}

// find holds the environment against the releases.
func (p *Find) find(v *question.View, in address, q *question.Question) error {
	products, err := v.Select(in.Query["product"]...)
	if err != nil {
		return err
	}
	if len(in.Query["product"]) > 0 {
		p.Chosen = wire.Each(products, func(p *compat.Product) string { return p.ID })
	}
	if p.One = len(products) == 1; len(q.Asked) == 0 {
		if example := v.ExampleQuestion(); len(example.Components) > 0 {
			p.Example = &Example{Text: textsOf(example.Components), Query: Parameters(strings.TrimPrefix(v.AddressOf(compat.Question{Components: example.Components}), "product=&release=&"))}
		}
		return nil
	}
	require, err := q.Weigh(q.Bar)
	if err != nil {
		return err
	}
	at, err := placeTable.Read(in.Input)
	if err != nil {
		return err
	}
	search := survey.FindQuestion{Products: products, Components: q.Components, Require: require, Unread: q.Unread, Today: v.Today, Limit: at.From + maxFound, Best: !p.One}
	found, err := survey.Find(search)
	if err != nil {
		return err
	}
	p.Summary, p.Next = v.Moment.On(v.Matrix.Words())+found.Summary(), nextIn(in, at.From+maxFound, found.Ranked)
	p.Title, p.Description = p.words.Text("portal.explorer.content", "find", textsOf(q.Components)), p.Summary
	p.JSON = "/v1/find?" + strings.TrimPrefix(url.Values{"product": p.Chosen}.Encode()+q.Environment(), "&") + "&limit=1000"
	for i := min(at.From, len(found.Answers)); i < len(found.Answers) && err == nil; i++ {
		p.Found = append(p.Found, foundOf(q, &found.Answers[i]))
		if search.Best {
			err = p.beside(q, search)
		}
	}
	return err
}

// textsOf are the texts of an environment: "RHEL 9 + Corretto 21".
func textsOf(all []compat.Component) string {
	return strings.Join(wire.Each(all, func(c compat.Component) string { return c.Text }), " + ")
}

// placeTable says where in a list a page begins.
var placeTable = wire.TableOf[struct {
	From int `query:"from" min:"0" max:"1000000"`
}]()

// nextIn is the address of the page that begins at a place of a list; empty where that is its end.
func nextIn(in address, at, total int) string {
	if at >= total {
		return ""
	}
	query := in.Without("from")
	query.Set("from", strconv.Itoa(at))
	return in.Request().URL.EscapedPath() + "?" + query.Encode()
}

// foundIn are the releases of a search; none without one.
func foundIn(q *question.Question, f *survey.Finding) (all []Found) {
	for i := range cmp.Or(f, &survey.Finding{}).Answers {
		all = append(all, foundOf(q, &f.Answers[i]))
	}
	return all
}

func foundOf(q *question.Question, a *compat.Answer) Found {
	alone := *q
	alone.Product, alone.Release = a.Product.ID, a.Release.Version
	return Found{Answer: a, Query: Parameters(alone.Query())}
}

// beside adds the other releases of the last product: in places of their own those that
// pass, and behind the last of these the others.
func (p *Find) beside(q *question.Question, search survey.FindQuestion) error {
	of := p.Found[len(p.Found)-1].Product
	search.Products, search.Best, search.Limit = []*compat.Product{of}, false, maxOthers+1
	found, err := survey.Find(search)
	if err != nil {
		return err
	}
	shown := 1
	for ; shown < len(found.Answers) && found.Answers[shown].Pass; shown++ {
		p.Found = append(p.Found, foundOf(q, &found.Answers[shown]))
	}
	last := &p.Found[len(p.Found)-1]
	last.Besides, last.Folded, last.All = found.Total-shown, max(found.Passing-shown, 0), "/find?product="+url.QueryEscape(of.ID)+q.Environment()
	for i := shown; i < len(found.Answers); i++ {
		last.Others = append(last.Others, foundOf(q, &found.Answers[i]))
	}
	return nil
}
