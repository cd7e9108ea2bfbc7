package portal

import (
	"slices"
	"strings"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/search"
	"github.com/testedon/testedon/internal/order"
)

// Technologies is the page of all technologies.
type Technologies struct {
	Frame
	Words string
	Kinds []TechnologyKind
}

// TechnologyKind is the technologies of a kind.
type TechnologyKind struct {
	*fact.Kind
	Items []*compat.Technology
}

// technologiesRoute is the page of all technologies.
var technologiesRoute = route{path: "/technologies", name: "technologies", takes: pageParams{names: []string{"q"}}, draw: func(s *Site, v *question.View, in address) (Page, error) {
	if err := in.CheckTexts(); err != nil {
		return nil, err
	}
	page := &Technologies{Frame: s.frameOf(v, in, "portal.technologies"), Words: in.One("q")}
	for _, id := range v.KindIDs {
		if items := namedLike(v, id, page.Words); len(items) > 0 {
			page.Kinds = append(page.Kinds, TechnologyKind{Kind: v.Kind(id), Items: items})
		}
	}
	return page, nil
}}

// namedLike gives the technologies of a kind that a text with typing slips may mean; all
// without one.
func namedLike(v *question.View, kind, words string) []*compat.Technology {
	if strings.TrimSpace(words) == "" {
		return byName(v.Technologies(kind, ""))
	}
	var found []*compat.Technology
	for _, hit := range search.Find(v.Matrix, words) {
		if hit.Technology != nil && hit.Technology.Kind == kind && !slices.Contains(found, hit.Technology) {
			found = append(found, hit.Technology)
		}
	}
	return found
}

// byName puts technologies in the order of their names, as people read them.
func byName(all []*compat.Technology) []*compat.Technology {
	order.Stable(all, func(a, b *compat.Technology) int { return strings.Compare(fact.Key(a.Name), fact.Key(b.Name)) })
	return all
}
