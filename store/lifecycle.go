package store

import "github.com/testedon/testedon/compat/fact"

var lifecycles = &noun[fact.Lifecycle]{
	word:  "lifecycle",
	table: "lifecycles",
	columns: []string{"id", "technology", "version", "label", "name", "codename", "released", "support", "ends", "ended",
		"extended", "lts", "latest", "latest_released", "policy", "citation", "url"},
	facts: func(ds *fact.Dataset) *[]fact.Lifecycle { return &ds.Lifecycles },
	id:    func(l *fact.Lifecycle) string { return l.ID },
	encode: func(l *fact.Lifecycle, w *scribe) []any {
		return []any{
			l.ID, w.technologies.key(l.Technology, w), l.Version, l.Label, l.Name, l.Codename, l.Released, l.Support, l.Ends, l.Ended,
			l.Extended, l.LTS, l.Latest, l.LatestReleased, l.Policy, w.citations.key(l.Citation, w), l.URL,
		}
	},
	decode: func(r *row, g *registers, l *fact.Lifecycle) {
		*l = fact.Lifecycle{
			ID:             r.text(),
			Technology:     g.technologies.take(r),
			Version:        r.text(),
			Label:          r.text(),
			Name:           r.text(),
			Codename:       r.text(),
			Released:       r.text(),
			Support:        r.text(),
			Ends:           r.text(),
			Ended:          r.integer() == 1,
			Extended:       r.text(),
			LTS:            r.integer() == 1,
			Latest:         r.text(),
			LatestReleased: r.text(),
			Policy:         r.text(),
			Citation:       g.citations.take(r),
			URL:            r.text(),
		}
	},
}
