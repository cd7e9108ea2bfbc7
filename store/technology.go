package store

import "github.com/testedon/testedon/compat/fact"

var technologies = &noun[fact.Technology]{
	word:  "technology",
	table: "technologies",
	columns: []string{"id", "name", "kind", "aliases", "scheme", "family", "generic",
		"cycles", "successors", "policies", "marks", "derived", "managed", "complete", "ended"},
	facts: func(ds *fact.Dataset) *[]fact.Technology { return &ds.Technologies },
	id:    func(t *fact.Technology) string { return t.ID },
	encode: func(t *fact.Technology, w *scribe) []any {
		return []any{
			w.technologies.key(t.ID, w), t.Name, w.kinds.key(t.Kind, w), listText(t.Aliases), t.Scheme,
			w.technologies.key(t.Family, w), t.Generic,
			listText(t.Cycles), listText(t.Successors), listText(t.Policies), listText(t.Marks),
			fewText(oneOf(t.Derived)), fewText(oneOf(t.Managed)), t.Complete, t.Ended,
		}
	},
	decode: func(r *row, g *registers, t *fact.Technology) {
		*t = fact.Technology{
			ID:         g.technologies.take(r),
			Name:       r.text(),
			Kind:       g.kinds.take(r),
			Aliases:    list[string](r),
			Scheme:     r.text(),
			Family:     g.technologies.take(r),
			Generic:    r.integer() == 1,
			Cycles:     list[fact.Cycle](r),
			Successors: list[fact.Successor](r),
			Policies:   list[fact.Policy](r),
			Marks:      list[fact.Mark](r),
			Derived:    first(few[fact.Relative](r)),
			Managed:    first(few[fact.Relative](r)),
			Complete:   r.integer() == 1,
			Ended:      r.integer() == 1,
		}
	},
}
