package store

import "github.com/testedon/testedon/compat/fact"

var requirements = &noun[fact.Requirement]{
	word:  "requirement",
	table: "requirements",
	columns: []string{"id", "scope", "deployment", "resource", "level", "low", "high", "unit", "approximate",
		"printed", "instances", "each", "shares", "type", "of", "condition", "note", "citation"},
	facts: func(ds *fact.Dataset) *[]fact.Requirement { return &ds.Requirements },
	id:    func(q *fact.Requirement) string { return q.ID },
	encode: func(q *fact.Requirement, w *scribe) []any {
		return []any{
			q.ID, w.scopes.key(q.Scope, w), q.Deployment, string(q.Resource), string(q.Level),
			q.Amount.Low, q.Amount.High, q.Amount.Unit, q.Approximate, q.Printed, q.Instances, q.Each,
			sharesText(q.Shares), q.Type, q.Of, q.When, q.Note, w.citations.key(q.Citation, w),
		}
	},
	decode: func(r *row, g *registers, q *fact.Requirement) {
		*q = fact.Requirement{
			ID:          r.text(),
			Scope:       g.scopes.take(r),
			Deployment:  r.text(),
			Resource:    fact.Resource(r.text()),
			Level:       fact.Level(r.text()),
			Amount:      fact.Quantity{Low: r.integer(), High: r.integer(), Unit: r.text()},
			Approximate: r.integer() == 1,
			Printed:     r.text(),
			Instances:   int(r.integer()),
			Each:        r.integer() == 1,
			Shares:      shares(r),
			Type:        r.text(),
			Of:          r.text(),
			When:        r.text(),
			Note:        r.text(),
			Citation:    g.citations.take(r),
		}
	},
}

// share is a [fact.Share] as the record keeps it.
type share struct {
	Amount quantity
	For    string
	Each   bool
}

// quantity is a value with its unit, where [fact.Quantity] would be a text,
// to be read again and rounded.
type quantity fact.Quantity

// sharesText writes shares as JSON, for [shares] to read.
func sharesText(all []fact.Share) string {
	kept := make([]share, len(all))
	for i, s := range all {
		kept[i] = share{quantity(s.Amount), s.For, s.Each}
	}
	return listText(kept)
}

// shares takes what [sharesText] wrote.
func shares(r *row) (all []fact.Share) {
	for _, s := range list[share](r) {
		all = append(all, fact.Share{Amount: fact.Quantity(s.Amount), For: s.For, Each: s.Each})
	}
	return all
}
