package store

import (
	"context"

	"github.com/testedon/testedon/compat/fact"
)

// noun is one sort of fact: where it stands in a dataset and how it is written
// as a row. Every noun is read, compared and withdrawn in the same way.
type noun[F any] struct {
	word    string   // in messages
	table   string   // its rows: key, owner, added, withdrawn, then columns
	columns []string // what encode gives and decode takes
	facts   func(*fact.Dataset) *[]F
	id      func(*F) string
	encode  func(*F, *scribe) []any
	decode  func(*row, *registers, *F)
}

// table is a noun whatever its type of fact.
type table interface {
	name() string
	read(ctx context.Context, s *snapshot, ds *fact.Dataset) error
	plan(ctx context.Context, s *snapshot, owner int64, want, after *fact.Dataset) (*plan, error)
}

// tables are all nouns.
var tables = []table{
	kinds, technologies, platforms, products, releases, sources,
	claims, requirements, ports, notes, advisories, lifecycles, configurations, images,
}

// mark says which row a fact was read from and whose it is.
type mark struct{ key, owner int64 }

// name is what the table is called.
func (n *noun[F]) name() string { return n.table }

// rows reads the facts of every owner, in the order they were written.
func (n *noun[F]) rows(ctx context.Context, s *snapshot) ([]F, []mark, error) {
	pages, err := s.pages(ctx, n.table, append([]string{"key", "owner"}, n.columns...), standing)
	if err != nil {
		return nil, nil, err
	}
	size := count(pages)
	facts, marks := make([]F, size), make([]mark, size)
	err = s.decode(ctx, pages, func(i int, r *row) {
		marks[i] = mark{key: r.integer(), owner: r.integer()}
		n.decode(r, s.registers, &facts[i])
	})
	return facts, marks, err
}

// read puts the facts that stand into the dataset.
func (n *noun[F]) read(ctx context.Context, s *snapshot, ds *fact.Dataset) error {
	facts, marks, err := n.rows(ctx, s)
	*n.facts(ds) = n.standing(facts, marks)
	return err
}

// standing leaves one fact of each identifier, in place: a curator's before the
// seed's, and of several curators' the one written last.
func (n *noun[F]) standing(facts []F, marks []mark) []F {
	covers := map[string]int{}
	for i, m := range marks {
		if m.owner != seedKey {
			covers[n.id(&facts[i])] = i
		}
	}
	if len(covers) == 0 {
		return facts
	}
	kept := facts[:0]
	for i := range facts {
		if cover, covered := covers[n.id(&facts[i])]; !covered || cover == i {
			kept = append(kept, facts[i])
		}
	}
	return kept
}
