package store

import (
	"context"

	"github.com/testedon/testedon/compat/fact"
)

// register keeps values that many facts refer to, each once, by key. Its rows
// are never changed or withdrawn. Key 0 is the zero value and null in SQL.
type register[V comparable] struct {
	table   string
	columns []string
	encode  func(V, *scribe) []any
	decode  func(*row, *registers) V

	values []V         // by key
	keys   map[V]int64 // the inverse, made when first needed
}

// load reads every value.
func (g *register[V]) load(ctx context.Context, s *snapshot) error {
	pages, err := s.pages(ctx, g.table, append([]string{"key"}, g.columns...), all)
	if err != nil {
		return err
	}
	g.values = make([]V, count(pages)+1)
	return s.decode(ctx, pages, func(_ int, r *row) {
		key := r.integer()
		value := g.decode(r, s.registers)
		if key <= 0 || key >= int64(len(g.values)) {
			r.fail(errKey)
			return
		}
		g.values[key] = value
	})
}

// take reads a key from the row and gives its value.
func (g *register[V]) take(r *row) (value V) {
	key := r.integer()
	if key < 0 || key >= int64(len(g.values)) {
		r.fail(errKey)
		return value
	}
	return g.values[key]
}

// key gives the key of a value, which it writes down when it is new. The zero
// value is null.
func (g *register[V]) key(value V, w *scribe) any {
	var zero V
	if value == zero {
		return nil
	}
	if g.keys == nil {
		g.index()
	}
	key, known := g.keys[value]
	if !known {
		args := g.encode(value, w)
		key = int64(len(g.values))
		g.values, g.keys[value] = append(g.values, value), key
		w.insert(g.table, append([]string{"key"}, g.columns...), append([]any{key}, args...))
	}
	return key
}

// index makes the inverse of values.
func (g *register[V]) index() {
	g.keys = make(map[V]int64, len(g.values))
	for key, value := range g.values {
		g.keys[value] = int64(key)
	}
}

// releaseID is what identifies a release.
type releaseID struct{ product, version string }

// registers are all of them.
type registers struct {
	kinds, technologies, platforms, products, sources *register[string]
	releases                                          *register[releaseID]
	scopes                                            *register[fact.Scope]
	citations                                         *register[fact.Citation]
}

// newRegisters makes empty registers.
func newRegisters() *registers {
	return &registers{
		kinds:        identifiers("kind_ids"),
		technologies: identifiers("technology_ids"),
		platforms:    identifiers("platform_ids"),
		products:     identifiers("product_ids"),
		sources:      identifiers("source_ids"),
		releases:     releaseRegister(),
		scopes:       scopeRegister(),
		citations:    citationRegister(),
	}
}

// identifiers is a register of plain identifiers.
func identifiers(table string) *register[string] {
	return &register[string]{
		table:   table,
		columns: []string{"id"},
		encode:  func(id string, _ *scribe) []any { return []any{id} },
		decode:  func(r *row, _ *registers) string { return r.text() },
	}
}

// load reads all registers, those that others refer to first.
func (s *snapshot) load(ctx context.Context) error {
	loads := []func(context.Context, *snapshot) error{
		s.kinds.load, s.technologies.load, s.platforms.load, s.products.load, s.sources.load,
		s.releases.load, s.scopes.load, s.citations.load,
	}
	for _, load := range loads {
		if err := load(ctx, s); err != nil {
			return err
		}
	}
	return nil
}
