package question

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/plain"
	"github.com/testedon/testedon/compat/requirement"
	"github.com/testedon/testedon/compat/survey"
	"github.com/testedon/testedon/internal/str"
)

// Content is what is asked for in place of a verdict. The last three are set for questions of their type.
type Content struct {
	Summary    string
	Location   string     // the address that answers the same; empty where none does
	Rows       [][]string // the same for a person, without its sources
	List       *survey.Listed
	Comparison *survey.Comparison
	Finding    *survey.Finding
}

// MaxFound is how many releases are told, which is what /v1/find tells unless asked for more.
const MaxFound = 20

// tell answers what is asked for in place of a verdict; nil where nothing is, or it cannot be answered.
func (q *Question) tell(u *plain.Understanding, require compat.Require) (*Content, error) {
	path := ""
	if u.Release != nil {
		path = "/v1/products/" + url.PathEscape(u.Product.ID) + "/releases/" + url.PathEscape(u.Release.Version)
	}
	unread := append(u.Unread, q.Unread...)
	switch u.Type {
	case plain.TypeList:
		list := survey.List(q.view.Matrix, u.Release, u.Kinds, u.Only)
		for i := range list.Kinds {
			list.Kinds[i].Listings = slices.DeleteFunc(list.Kinds[i].Listings, func(l *compat.Listing) bool {
				return slices.ContainsFunc(u.Without, func(c compat.Component) bool { return l.Tech == c.Technology && l.Range.Within(c.Range) })
			})
		}
		c := &Content{List: list, Summary: q.view.Moment.On(q.view.Matrix.Words()) + list.Summary(), Location: path}
		for _, k := range list.Kinds {
			for _, l := range k.Listings {
				c.Rows = append(c.Rows, []string{k.Name, l.Label, l.Tech.Words().Text("word", string(l.Status))})
			}
		}
		return c, nil
	case plain.TypeRequirements:
		found, err := u.Release.Stated().Requirements("", 1)
		if err != nil {
			return nil, err
		}
		return &Content{Summary: found.Summary, Location: path + "/requirements", Rows: wire.Each(found.Needs, func(n requirement.Need) []string {
			return []string{n.Of.Name, u.Release.Words().Text("word", string(n.Resource)), n.Needed.String(), u.Release.Words().Text("word", string(n.Level))}
		})}, nil
	case plain.TypePorts:
		found, err := u.Release.Stated().Ports("")
		if err != nil {
			return nil, err
		}
		return &Content{Summary: found.Summary, Location: path + "/ports", Rows: wire.Each(found.Listening, func(p requirement.Listening) []string {
			return []string{strconv.Itoa(p.Actual), p.Protocol, p.Name, p.Purpose}
		})}, nil
	case plain.TypeCompare:
		day := q.view.Moment.AsOf
		found, err := survey.Compare(survey.CompareQuestion{From: u.From, To: u.Release, FromAsOf: day, ToAsOf: day, Components: u.Components, Require: require, Unread: unread, Today: q.view.Today})
		if err != nil {
			return nil, err
		}
		address := "/v1/compare?product=" + url.QueryEscape(u.Product.ID) + "&from=" + url.QueryEscape(u.From.Version) + "&to=" + url.QueryEscape(u.Release.Version)
		return &Content{Comparison: found, Summary: found.Summary(), Location: address + q.Environment(), Rows: changeRows(found)}, nil
	case plain.TypeFind:
		return q.find(u, require, unread)
	}
	return q.tellWhole(u)
}

// Said is a few plain sentences. The answer is nil where there is no verdict.
func (q *Question) Said(u *plain.Understanding, a *compat.Answer) string {
	if q.Content != nil {
		return u.Summary(a, q.Content.Summary)
	}
	return u.Summary(a)
}

// find holds what is named against the releases that are asked about.
func (q *Question) find(u *plain.Understanding, require compat.Require, unread []string) (*Content, error) {
	asked := survey.FindQuestion{Products: q.view.Products(), Releases: u.Releases, Components: u.Components, Require: require, Unread: unread, Limit: MaxFound, Today: q.view.Today}
	if u.Product != nil {
		u.Products = []*compat.Product{u.Product}
	}
	if u.Products != nil {
		asked.Products = u.Products
	}
	found, err := survey.Find(asked)
	if err != nil {
		return nil, err
	}
	c := &Content{Finding: found, Summary: q.view.Moment.On(q.view.Matrix.Words()) + found.Summary(), Rows: wire.Each(found.Answers, FoundRow)}
	if len(u.Releases) == 0 {
		address := url.Values{}
		for _, p := range u.Products {
			address.Add("product", p.ID)
		}
		c.Location = "/v1/find?" + strings.TrimPrefix(address.Encode()+q.Environment(), "&")
	}
	return c, nil
}

func changeRows(c *survey.Comparison) (rows [][]string) {
	word := func(value string) string { return c.To.Words().Text("word", value) }
	for _, d := range c.Changes {
		for sign, all := range [][]survey.Shift{d.Lost, d.Gained} {
			for _, s := range all {
				rows = append(rows, []string{word(string(d.Way)), d.Technology.Name, "-+"[sign:sign+1] + " " + s.Label, word(string(s.Before)) + " → " + word(string(s.After))})
			}
		}
		for _, r := range d.Restated {
			rows = append(rows, []string{word(string(d.Way)), d.Technology.Name, "~ " + r.Label, word(string(cmp.Or(r.Before, "not_listed"))) + " → " + word(string(cmp.Or(r.After, "not_listed")))})
		}
	}
	return rows
}

// FoundRow tells whether an environment passes for a release, and what keeps it from being tested.
func FoundRow(a compat.Answer) []string {
	var less []string
	for i := range a.Components {
		if c := &a.Components[i]; c.Verdict != fact.Tested {
			less = append(less, c.Text+": "+cmp.Or(string(c.Word()), string(c.Verdict)))
		}
	}
	return []string{PassWords[a.Pass], cmp.Or(string(a.Word()), string(a.Verdict)), a.Product.ID, a.Release.Version, a.Product.Name, str.Join(", ", less...)}
}
