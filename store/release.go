package store

import "github.com/testedon/testedon/compat/fact"

var releases = &noun[fact.Release]{
	word:    "release",
	table:   "releases",
	columns: []string{"id", "aliases", "deployments", "profiles"},
	facts:   func(ds *fact.Dataset) *[]fact.Release { return &ds.Releases },
	id:      func(l *fact.Release) string { return l.Product + "/" + l.Version },
	encode: func(l *fact.Release, w *scribe) []any {
		return []any{
			w.releases.key(releaseID{l.Product, l.Version}, w), listText(l.Aliases),
			listText(l.Deployments), listText(l.Profiles),
		}
	},
	decode: func(r *row, g *registers, l *fact.Release) {
		id := g.releases.take(r)
		*l = fact.Release{
			Product:     id.product,
			Version:     id.version,
			Aliases:     list[string](r),
			Deployments: list[fact.Deployment](r),
			Profiles:    list[fact.Profile](r),
		}
	},
}

// releaseRegister keeps the releases that facts refer to.
func releaseRegister() *register[releaseID] {
	return &register[releaseID]{
		table:   "release_ids",
		columns: []string{"product", "version"},
		encode: func(id releaseID, w *scribe) []any {
			return []any{w.products.key(id.product, w), id.version}
		},
		decode: func(r *row, g *registers) releaseID {
			return releaseID{product: g.products.take(r), version: r.text()}
		},
	}
}
