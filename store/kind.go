package store

import "github.com/testedon/testedon/compat/fact"

var kinds = &noun[fact.Kind]{
	word:    "kind",
	table:   "kinds",
	columns: []string{"id", "name", "plural", "position", "aliases", "example", "baseline"},
	facts:   func(ds *fact.Dataset) *[]fact.Kind { return &ds.Kinds },
	id:      func(k *fact.Kind) string { return k.ID },
	encode: func(k *fact.Kind, w *scribe) []any {
		return []any{w.kinds.key(k.ID, w), k.Name, k.Plural, k.Order, listText(k.Aliases), k.Example, k.Baseline}
	},
	decode: func(r *row, g *registers, k *fact.Kind) {
		*k = fact.Kind{
			ID:      g.kinds.take(r),
			Name:    r.text(),
			Plural:  r.text(),
			Order:   int(r.integer()),
			Aliases: list[string](r),
			Example: r.text(),

			Baseline: r.text(),
		}
	},
}
