package seed

import (
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed/sheet"
)

// kindsFile is the shape of kinds.yaml. The order of kinds in answers is that of
// the list.
type kindsFile struct {
	Kinds []kind `json:"kinds"`
}

type kind struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Plural  string `json:"plural"`
	Example string `json:"example,omitempty"`

	Baseline string   `json:"baseline,omitempty"`
	Aliases  []string `json:"aliases,omitempty"`
}

func (l *loader) kinds(f sheet.File) {
	list, at, ok := decodeFact[kindsFile](l, f)
	if !ok {
		return
	}
	for i, k := range list.Kinds {
		l.ds.Kinds = append(l.ds.Kinds, fact.Kind{ID: k.ID, Name: k.Name, Plural: k.Plural, Order: i + 1, Aliases: k.Aliases, Example: k.Example, Baseline: k.Baseline})
		where := at[item("kinds", i)]
		l.stands("kind "+k.ID, f, where)
		l.identify(f, where, PlainID, k.ID, "kinds.yaml")
	}
}

func (l *loader) technology(f sheet.File) {
	add(l, f, &l.ds.Technologies, "technology", PlainID, func(t *fact.Technology) (string, string) {
		return t.ID, "technologies/" + t.Kind + "/" + t.ID + ".yaml"
	})
}

func (l *loader) product(f sheet.File) {
	add(l, f, &l.ds.Products, "product", PlainID, func(p *fact.Product) (string, string) {
		return p.ID, "products/" + p.ID + ".yaml"
	})
}

func (l *loader) source(f sheet.File) {
	add(l, f, &l.ds.Sources, "source", DottedID, func(s *fact.Source) (string, string) {
		return s.ID, "sources/" + s.ID + ".yaml"
	})
}

func (l *loader) advisory(f sheet.File) {
	add(l, f, &l.ds.Advisories, "advisory", DottedID, func(a *fact.Advisory) (string, string) {
		return a.ID, "advisories/" + a.ID + ".yaml"
	})
}

func (l *loader) configuration(f sheet.File) {
	add(l, f, &l.ds.Configurations, "configuration", DottedID, func(c *fact.Configuration) (string, string) {
		return c.ID, "configurations/" + c.ID + ".yaml"
	})
}

// add reads a file that is one fact and adds it to a list. The fact's place is
// its id and the file it belongs into.
func add[T any](l *loader, f sheet.File, list *[]T, noun string, ids Form, where func(*T) (id, name string)) (*T, map[string]sheet.Place, bool) {
	t, at, ok := decodeFact[T](l, f)
	if !ok {
		return nil, nil, false
	}
	id, name := where(&t)
	l.identify(f, at["id"], ids, id, name)
	l.stands(noun+" "+id, f, at["id"])
	*list = append(*list, t)
	return &t, at, true
}
