package store

import "github.com/testedon/testedon/compat/fact"

// scopeRegister keeps what facts are about: most facts of a page share it. A
// fact about everything has the zero scope, which is null.
func scopeRegister() *register[fact.Scope] {
	return &register[fact.Scope]{
		table:   "scopes",
		columns: []string{"platform", "product", "release", "profile"},
		encode: func(s fact.Scope, w *scribe) []any {
			return []any{w.platforms.key(s.Platform, w), w.products.key(s.Product, w), s.Release, s.Profile}
		},
		decode: func(r *row, g *registers) fact.Scope {
			return fact.Scope{
				Platform: g.platforms.take(r),
				Product:  g.products.take(r),
				Release:  r.text(),
				Profile:  r.text(),
			}
		},
	}
}
