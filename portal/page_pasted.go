package portal

import (
	"html/template"
	"strings"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
)

// Pasted is the page of what was read in a text that somebody pasted.
type Pasted struct {
	Frame
	Read           []Reading // nil before anything is pasted
	Unread         []string  // lines that were not read and name something known
	Others         []string  // the other lines that were not read
	Contradictions []string
	Ask            template.URL // the parameters that ask about what was read; empty where that is no component
	Asked          string       // the release that they ask about; empty where the text names none
}

// Reading is what was read in a line.
type Reading struct{ What, From, Line string }

// pastePath is where a text is pasted.
const pastePath = "/paste"

// pastedRoute is the page to paste a text on.
var pastedRoute = route{path: pastePath, name: "pasted", draw: func(s *Site, v *question.View, in address) (Page, error) {
	return s.pasted(v, in), nil
}}

func (s *Site) pasted(v *question.View, in address) *Pasted {
	return &Pasted{Frame: s.frameOf(v, in, "portal.pasted")}
}

// paste answers a text with what was read in it. Nothing of the text is kept, and none of
// it stands in an address but the technologies and versions that were read.
func (s *Site) paste(c wire.Context, v *question.View, body []byte) error {
	page := s.pasted(v, address{Input: wire.Input{Context: c}, moment: v.Moment})
	page.template = pastedRoute.name
	q := v.Question()
	if err := q.FromTexts(c.Request().Header.Get("Content-Type"), body); err != nil {
		page.fail(s.told(c, err))
		return s.draw(c, page)
	}
	page.show(v, q)
	c.Response().Header()["Cache-Control"] = wire.CacheNever
	return s.draw(c, page)
}

// show shows what was read.
func (p *Pasted) show(v *question.View, q *question.Question) {
	found := q.Detected
	p.Read = []Reading{}
	for _, f := range found.Products {
		what := f.Product.Name
		if f.Release != nil {
			what = f.Release.Title()
		}
		p.Read = append(p.Read, Reading{what, f.From, f.Text})
	}
	for _, f := range found.Found {
		c := v.Resolve(compat.Asked{Kind: f.Kind, Text: f.Asked.Text})
		p.Read = append(p.Read, Reading{c.Display(), f.From, f.Text})
	}
	p.Unread, p.Others, p.Contradictions = found.Unread, found.Unrecognised, q.Contradictions
	if len(found.Found) == 0 {
		return
	}
	p.Ask = Parameters(strings.TrimPrefix(q.Environment(), "&"))
	if r, err := v.Release(q.Product, q.Release); err == nil {
		p.Asked, p.Ask = r.Title(), Parameters(q.Query())
	}
}
