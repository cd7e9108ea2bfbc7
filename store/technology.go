package store

import "github.com/testedon/testedon/compat"

var technologies = &noun[compat.Technology]{
	word:  "technology",
	table: "technologies",
	columns: []string{"id", "name", "kind", "aliases", "scheme", "family", "generic",
		"cycles", "successors", "policies", "marks", "derived", "managed", "complete", "ended"},
	facts: func(ds *compat.Dataset) *[]compat.Technology { return &ds.Technologies },
	id:    func(t *compat.Technology) string { return t.ID },
	encode: func(t *compat.Technology, w *scribe) []any {
		return []any{
			w.technologies.key(t.ID, w), t.Name, w.kinds.key(t.Kind, w), listText(t.Aliases), t.Scheme,
			w.technologies.key(t.Family, w), t.Generic,
			listText(t.Cycles), listText(t.Successors), listText(t.Policies), listText(t.Marks),
			fewText(oneOf(t.Derived)), fewText(oneOf(t.Managed)), t.Complete, t.Ended,
		}
	},
	decode: func(r *row, g *registers, t *compat.Technology) {
		*t = compat.Technology{
			ID:         g.technologies.take(r),
			Name:       r.text(),
			Kind:       g.kinds.take(r),
			Aliases:    list[string](r),
			Scheme:     r.text(),
			Family:     g.technologies.take(r),
			Generic:    r.integer() == 1,
			Cycles:     list[compat.Cycle](r),
			Successors: list[compat.Successor](r),
			Policies:   list[compat.Policy](r),
			Marks:      list[compat.Mark](r),
			Derived:    first(few[compat.Relative](r)),
			Managed:    first(few[compat.Relative](r)),
			Complete:   r.integer() == 1,
			Ended:      r.integer() == 1,
		}
	},
}
