package portal

import (
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
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/internal/str"
)

// Compare is the page of what changes between two releases, or two days of one.
type Compare struct {
	Frame
	Question
	From, To string
	Days     [2]string          // on which they are looked at; empty for today
	Compared *survey.Comparison // nil where there is no question yet
	Counts   []string           // how many technologies change in which way: "2 with more versions"
	Sides    []Side             // the environment before and after; none where none is asked about
	Breaks   []Break
	Still    []*compat.ComponentAnswer // what did not pass before either
	Moves    []Move
	Kinds    []ComparedKind
	Turned   string      // the address of the comparison the other way round
	Pairs    []Candidate // releases to compare, where two are not chosen yet
}

// Side is what a release says about the environment.
type Side struct {
	*compat.Answer
	Name  string // "4.1.0", "4.1.0 on 2026-09-01"
	Href  string // of the answer
	Look  string // the class of its colour
	Parts []*compat.ComponentAnswer
}

// Break is a component that is worse off, and what it was.
type Break struct {
	*compat.ComponentAnswer
	Before fact.Verdict // empty where the older release assumes it
}

// ComparedKind is what changes in one kind.
type ComparedKind struct {
	*fact.Kind
	Changes []Changed
}

// Changed is what changes for one technology, each statement with the question for it.
type Changed struct {
	survey.Difference
	Old, New template.URL // the question about each release, to which the component is added
}

// maxPairs is how many pairs of releases of one product are offered.
const maxPairs = 20

// compareRoute is the page of what changes between two releases.
var compareRoute = route{path: "/compare", name: "compare", takes: pageParams{names: []string{"product", "from", "to", "fromAsOf", "toAsOf", "require"}, question: true}, draw: func(s *Site, v *question.View, in address) (Page, error) {
	form, q, err := readForm(v, in, "/compare")
	page := &Compare{Frame: s.frameOf(v, in, "portal.compare"),
		Question: form, From: in.One("from"), To: in.One("to"), Days: [2]string{in.One("fromAsOf"), in.One("toAsOf")}}
	page.Fields = slices.DeleteFunc(page.Fields, func(f Field) bool { return slices.Contains(question.ResourceFields, f.Name) })
	if err == nil {
		err = s.compareOn(v, in, page, q)
	}
	if err != nil {
		page.fail(s.told(in, err))
	}
	return page, nil
}}

// compareOn compares what the page names; where it does not name all, it offers what can be.
func (s *Site) compareOn(v *question.View, in address, page *Compare, q *question.Question) error {
	if page.Product == "" {
		page.Pairs = wire.KeptOf(v, "pairs of releases", examplePairs)
		return nil
	}
	p, err := v.Product(page.Product)
	if err != nil {
		return err
	}
	if page.From == "" || page.To == "" {
		page.Pairs = pairsOf(p, maxPairs, in.Without("product", "from", "to"))
		return nil
	}
	before, err := s.OnDay(in, v, "fromAsOf", page.Days[0])
	if err != nil {
		return err
	}
	after, err := s.OnDay(in, v, "toAsOf", page.Days[1])
	if err != nil {
		return err
	}
	require, err := q.Weigh(q.Bar)
	if err != nil {
		return err
	}
	compared, err := q.Compare(page.Product, page.From, page.To, before, after, require)
	if err != nil {
		return err
	}
	turned := in.Without("from", "to", "fromAsOf", "toAsOf")
	for name, value := range map[string]string{"from": page.To, "to": page.From, "fromAsOf": page.Days[1], "toAsOf": page.Days[0]} {
		if value != "" {
			turned.Set(name, value)
		}
	}
	page.Turned = "/compare?" + turned.Encode()
	page.show(v, q, compared)
	return nil
}

// show shows a comparison.
func (page *Compare) show(v *question.View, q *question.Question, c *survey.Comparison) {
	page.Compared, page.Title, page.Description = c, c.Title(), c.Summary()
	for _, way := range survey.Ways {
		if n := len(slices.DeleteFunc(slices.Clone(c.Changes), func(d survey.Difference) bool { return d.Way != way })); n > 0 {
			page.Counts = append(page.Counts, v.Matrix.Words().Text("portal.compare.count", strconv.Itoa(n), string(way)))
		}
	}
	asked := [2]question.Question{*q, *q}
	queries := [2]string{}
	for i, r := range []*compat.Release{c.From, c.To} {
		asked[i].Product, asked[i].Release = r.Product, r.Version
		queries[i] = str.With("asOf=", page.Days[i])
	}
	page.Kinds = wire.Groups(c.Changes, func(d survey.Difference) string { return d.Technology.Kind },
		func(kind string, changes []survey.Difference) ComparedKind {
			return ComparedKind{v.Kind(kind), wire.Each(changes, func(d survey.Difference) Changed {
				return Changed{d, askOf(c.From, queries[0], v.Word(kind)), askOf(c.To, queries[1], v.Word(kind))}
			})}
		})
	if c.After == nil {
		return
	}
	for i, answer := range []*compat.Answer{c.Before, c.After} {
		page.Sides = append(page.Sides, sideOf(answer, page.Days[i], "/?"+asked[i].Query()+str.With("&", queries[i])))
	}
	asked[1].Answer = *c.After
	page.Moves = wire.Each(c.After.Moves, func(m compat.Move) Move { return Move{Move: m, Query: questionAfter(&asked[1], m)} })
	for i := range c.After.Components {
		after := &c.After.Components[i]
		before := slices.IndexFunc(c.Before.Components, func(one compat.ComponentAnswer) bool { return one.AsksAs(after.Component) })
		switch {
		case !slices.Contains(c.Breaks, after):
			if after.Verdict.Worse(c.After.Require.Worst) {
				page.Still = append(page.Still, after)
			}
		case before < 0:
			page.Breaks = append(page.Breaks, Break{after, ""})
		default:
			page.Breaks = append(page.Breaks, Break{after, c.Before.Components[before].Verdict})
		}
	}
}

// askOf are the parameters that ask about a release and a component, which is to follow.
func askOf(r *compat.Release, further, word string) template.URL {
	return Parameters(string(releaseQuery(r)) + str.With("&", further) + "&" + url.QueryEscape(word) + "=")
}

// sideOf is what a release says, the part that decides first.
func sideOf(a *compat.Answer, day, href string) Side {
	side := Side{Answer: a, Name: a.Release.Words().Text("compare.on", a.Release.Version, day), Href: href, Look: look(a), Parts: wire.Pointers(a.Components)}
	order.Stable(side.Parts, func(one, other *compat.ComponentAnswer) int {
		switch {
		case one.Verdict.Worse(other.Verdict):
			return -1
		case other.Verdict.Worse(one.Verdict):
			return 1
		}
		return 0
	})
	return side
}

// examplePairs are an upgrade of an environment, and the two newest releases of each product.
func examplePairs(v *question.View) (all []Candidate) {
	for _, p := range v.Products() {
		pairs := pairsOf(p, 1, url.Values{})
		if len(pairs) == 0 {
			continue
		}
		pairs[0].Text = p.Name + " " + pairs[0].Text
		all = append(all, pairs[0])
	}
	if q, ok := survey.Example(v.Matrix); ok {
		if p, err := v.Product(q.Product); err == nil {
			all = append(upgrades(v, p, q), all...)
		}
	}
	return all[:min(len(all), 2*question.MaxOffered)]
}

// upgrades is the one of an environment of a release to the one after it, where there is one.
func upgrades(v *question.View, p *compat.Product, q compat.Question) []Candidate {
	asked := url.Values{}
	names := wire.Each(q.Components, func(c compat.Component) string {
		asked.Add(v.Word(c.Kind), c.Text)
		return c.Text
	})
	for _, pair := range pairsOf(p, maxPairs, asked) {
		if strings.HasPrefix(pair.Text, q.Release+" ") {
			return []Candidate{{Text: v.Matrix.Words().Text("portal.compare.pair", p.Name, pair.Text, v.Matrix.Words().List(names...)), Href: pair.Href}}
		}
	}
	return nil
}

// pairsOf are the releases of a product that follow on each other and of which something is
// listed, the newest first, as addresses that ask besides for what is given.
func pairsOf(p *compat.Product, most int, given url.Values) (pairs []Candidate) {
	newer := ""
	for _, r := range p.Releases() {
		if len(r.Listings()) == 0 || r.Provisional() {
			continue
		}
		if newer != "" && len(pairs) < most {
			asked := url.Values{"product": {p.ID}, "from": {r.Version}, "to": {newer}}
			for name, values := range given {
				asked[name] = values
			}
			pairs = append(pairs, Candidate{Text: r.Version + " → " + newer, Href: "/compare?" + asked.Encode()})
		}
		newer = r.Version
	}
	return pairs
}
