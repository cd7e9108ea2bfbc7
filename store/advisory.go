package store

import "github.com/testedon/testedon/compat/fact"

var advisories = &noun[fact.Advisory]{
	word:  "advisory",
	table: "advisories",
	columns: []string{"id", "severity", "title", "text", "workaround", "settings", "scope",
		"applies", "others", "incompatible", "citation"},
	facts: func(ds *fact.Dataset) *[]fact.Advisory { return &ds.Advisories },
	id:    func(a *fact.Advisory) string { return a.ID },
	encode: func(a *fact.Advisory, w *scribe) []any {
		return []any{
			a.ID, string(a.Severity), a.Title, a.Text, a.Workaround, listText(a.Settings), w.scopes.key(a.Scope, w),
			listText(a.Applies), listText(a.With), a.Incompatible, w.citations.key(a.Citation, w),
		}
	},
	decode: func(r *row, g *registers, a *fact.Advisory) {
		*a = fact.Advisory{
			ID:         r.text(),
			Severity:   fact.Severity(r.text()),
			Title:      r.text(),
			Text:       r.text(),
			Workaround: r.text(),
			Settings:   list[fact.Setting](r),
			Scope:      g.scopes.take(r),
			Applies:    list[fact.Target](r),
			With:       list[fact.Target](r),

			Incompatible: r.integer() == 1,
			Citation:     g.citations.take(r),
		}
	},
}
