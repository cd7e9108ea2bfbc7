package seed

import "github.com/testedon/testedon/compat/fact"

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

func (l *loader) kinds(f file) {
	list, at, ok := decodeFact[kindsFile](l, f)
	if !ok {
		return
	}
	for i, k := range list.Kinds {
		l.ds.Kinds = append(l.ds.Kinds, fact.Kind{ID: k.ID, Name: k.Name, Plural: k.Plural, Order: i + 1, Aliases: k.Aliases, Example: k.Example, Baseline: k.Baseline})
		where := at[item("kinds", i)]
		l.stands("kind "+k.ID, f, where)
		l.identify(f, where, plainID, k.ID, "kinds.yaml")
	}
}

func (l *loader) technology(f file) {
	add(l, f, &l.ds.Technologies, "technology", plainID, func(t *fact.Technology) (string, string) {
		return t.ID, "technologies/" + t.Kind + "/" + t.ID + ".yaml"
	})
}

func (l *loader) product(f file) {
	add(l, f, &l.ds.Products, "product", plainID, func(p *fact.Product) (string, string) {
		return p.ID, "products/" + p.ID + ".yaml"
	})
}

func (l *loader) source(f file) {
	add(l, f, &l.ds.Sources, "source", dottedID, func(s *fact.Source) (string, string) {
		return s.ID, "sources/" + s.ID + ".yaml"
	})
}

func (l *loader) advisory(f file) {
	add(l, f, &l.ds.Advisories, "advisory", dottedID, func(a *fact.Advisory) (string, string) {
		return a.ID, "advisories/" + a.ID + ".yaml"
	})
}

func (l *loader) configuration(f file) {
	add(l, f, &l.ds.Configurations, "configuration", dottedID, func(c *fact.Configuration) (string, string) {
		return c.ID, "configurations/" + c.ID + ".yaml"
	})
}

// add reads a file that is one fact and adds it to a list. The fact's place is
// its id and the file it belongs into.
func add[T any](l *loader, f file, list *[]T, noun string, ids form, where func(*T) (id, name string)) (*T, map[string]place, bool) {
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
