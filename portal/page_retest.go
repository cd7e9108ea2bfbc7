package portal

import (
	"html/template"
	"net/url"
	"strings"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/survey"
)

// Retest is the page of what to test again.
type Retest struct {
	Frame
	Question
	Params  question.RetestParams
	Kinds   []*fact.Kind
	Aging   *survey.Aging // nil where that cannot be told
	Endings []Ending
	Next    string // the address of the page behind; empty for the last
	JSON    string // the address of the same for programs
}

// Ending is technology and versions that end on a day, and the releases that list them.
type Ending struct {
	survey.RetestItem
	Releases []Example // and the questions about them; the first of them
	More     int       // claims besides
}

// How much the page tells at once.
const (
	maxEndings  = 100
	maxReleases = 12 // on one ending
)

// retestRoute is the page of what to test again.
var retestRoute = route{path: "/retest", name: "retest", takes: pageParams{names: append(wire.NamesOf(question.RetestTable.Params), "from")}, expensive: true, draw: func(s *Site, v *question.View, in address) (Page, error) {
	page := &Retest{Frame: s.frameOf(v, in, "portal.retest"),
		Kinds: wire.Each(v.KindIDs, v.Kind), JSON: strings.TrimSuffix("/v1/retest?"+in.Without("from").Encode(), "?")}
	if err := page.look(v, in); err != nil {
		page.fail(s.told(in, err))
	}
	return page, nil
}}

// look tells what to test again.
func (r *Retest) look(v *question.View, in address) error {
	r.Question = Question{Product: in.One("product"), Products: v.Products()}
	asked, err := question.RetestTable.Read(in.Input)
	if r.Params = asked; err == nil {
		err = in.CheckTexts()
	}
	if err == nil {
		r.Aging, err = v.Retest(asked)
	}
	if err != nil {
		return err
	}
	if named, _ := v.Select(asked.Product); asked.Product != "" {
		r.Product = named[0].ID
	}
	all := question.Endings(r.Aging)
	at, err := placeTable.Read(in.Input)
	to := min(at.From+maxEndings, len(all))
	r.Next = nextIn(in, to, len(all))
	r.Endings = wire.Each(all[min(at.From, to):to], func(items []survey.RetestItem) Ending { return endingOf(v, items) })
	return err
}

// endingOf gives the releases of an ending. Several documents may state the same.
func endingOf(v *question.View, items []survey.RetestItem) Ending {
	told, last := Ending{RetestItem: items[0]}, survey.RetestItem{}
	for _, item := range items {
		switch name := item.Release.Title(); {
		case item.Release == last.Release:
		case len(told.Releases) == maxReleases:
			told.More++
		default:
			if item.Product == last.Product {
				name = item.Release.Version
			}
			told.Releases = append(told.Releases, Example{Text: name, Query: aboutListing(v, item.Release, item.Listing)})
		}
		last = item
	}
	return told
}

// aboutListing is the query of the question about what a release lists.
func aboutListing(v *question.View, r *compat.Release, l *compat.Listing) template.URL {
	return releaseQuery(r) + Parameters("&"+url.QueryEscape(v.Word(l.Tech.Kind))+"="+url.QueryEscape(l.Query()))
}
