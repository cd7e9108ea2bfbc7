package store

import "github.com/testedon/testedon/compat"

var advisories = &noun[compat.Advisory]{
	word:  "advisory",
	table: "advisories",
	columns: []string{"id", "severity", "title", "text", "workaround", "settings", "scope",
		"applies", "others", "incompatible", "citation"},
	facts: func(ds *compat.Dataset) *[]compat.Advisory { return &ds.Advisories },
	id:    func(a *compat.Advisory) string { return a.ID },
	encode: func(a *compat.Advisory, w *scribe) []any {
		return []any{
			a.ID, string(a.Severity), a.Title, a.Text, a.Workaround, listText(a.Settings), w.scopes.key(a.Scope, w),
			listText(a.Applies), listText(a.With), a.Incompatible, w.citations.key(a.Citation, w),
		}
	},
	decode: func(r *row, g *registers, a *compat.Advisory) {
		*a = compat.Advisory{
			ID:         r.text(),
			Severity:   compat.Severity(r.text()),
			Title:      r.text(),
			Text:       r.text(),
			Workaround: r.text(),
			Settings:   list[compat.Setting](r),
			Scope:      g.scopes.take(r),
			Applies:    list[compat.Target](r),
			With:       list[compat.Target](r),

			Incompatible: r.integer() == 1,
			Citation:     g.citations.take(r),
		}
	},
}
