package seed

import (
	"slices"

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
		if l.inherits && slices.Contains(l.keeps, k.ID) {
			k.Example = "" // names what is kept
		}
		where := at[item("kinds", i)]
		take(l, &l.ds.Kinds, "kind "+k.ID, f, where,
			fact.Kind{ID: k.ID, Name: k.Name, Plural: k.Plural, Order: len(l.ds.Kinds) + 1, Aliases: k.Aliases, Example: k.Example, Baseline: k.Baseline})
		l.identify(f, where, PlainID, k.ID, "kinds.yaml")
	}
}

// whole reads files that are one fact each. The fact's place is its id and the file it
// belongs into. Several folders may have the same technology or source, and nothing else.
func whole[T any](noun string, ids Form, list func(*fact.Dataset) *[]T, where func(*T) (id, name string)) func(*loader, sheet.File) {
	return func(l *loader, f sheet.File) {
		t, at, ok := decodeFact[T](l, f)
		if !ok {
			return
		}
		id, name := where(&t)
		l.identify(f, at["id"], ids, id, name+"/"+id+".yaml")
		facts := list(&l.ds)
		if noun == "technology" || noun == "source" {
			take(l, facts, noun+" "+id, f, at["id"], t)
		} else if l.apart(noun+" "+id, f, at["id"]) {
			*facts = append(*facts, t)
			l.stands(noun+" "+id+" require", f, at["require"])
			l.stands(noun+" "+id+" word", f, at["word"])
			l.stands(noun+" "+id+" support", f, at["support"])
		}
	}
}

var (
	technologyFile = whole("technology", PlainID, func(ds *fact.Dataset) *[]fact.Technology { return &ds.Technologies },
		func(t *fact.Technology) (string, string) { return t.ID, "technologies/" + t.Kind })
	productFile = whole("product", PlainID, func(ds *fact.Dataset) *[]fact.Product { return &ds.Products },
		func(p *fact.Product) (string, string) { return p.ID, "products" })
	sourceFile = whole("source", DottedID, func(ds *fact.Dataset) *[]fact.Source { return &ds.Sources },
		func(s *fact.Source) (string, string) { return s.ID, "sources" })
	advisoryFile = whole("advisory", DottedID, func(ds *fact.Dataset) *[]fact.Advisory { return &ds.Advisories },
		func(a *fact.Advisory) (string, string) { return a.ID, "advisories" })
	configurationFile = whole("configuration", DottedID, func(ds *fact.Dataset) *[]fact.Configuration { return &ds.Configurations },
		func(c *fact.Configuration) (string, string) { return c.ID, "configurations" })
)
