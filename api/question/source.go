package question

import (
	"cmp"
	"slices"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

type sourceFilter = wire.Filter[*View, *fact.Source]

// Authorities lists every authority, in the order of their strength.
var Authorities = []fact.Authority{fact.Official, fact.Site, fact.Unconfirmed, fact.Fork}

// SourceList is the list of the documents that facts are taken from.
var SourceList = &wire.Collection[*View, *fact.Source]{
	All:   func(v *View) []*fact.Source { return wire.Pointers(v.Dataset().Sources) },
	Key:   func(s *fact.Source) string { return s.ID },
	Usual: "id", Limit: wire.UsualPage,
	Orders: []wire.Order[*View, *fact.Source]{
		wire.ByKey[*View, *fact.Source]("id"),
		wire.By("title", func(_ *View, s *fact.Source) string { return wire.Folded(s.Title) }),
		wire.By("date", func(_ *View, s *fact.Source) string { return s.Date }),
		wire.By("due", func(_ *View, s *fact.Source) string { return cmp.Or(s.Due().Text(), "none") }),
		wire.By("authority", func(_ *View, s *fact.Source) string { return wire.Among(Authorities, s.Authority) }),
	},
	Filters: []sourceFilter{
		OfAuthority("Only those published by this authority", func(_ *View, s *fact.Source) string { return string(s.Authority) }),
		wire.AnyOf("product", "Only those that something stated of this product, of its releases or of the platform it is built on stands on: id, name or alias.", (*View).ProductNamed, func(v *View, s *fact.Source, meant []string) bool {
			return slices.ContainsFunc(meant, func(id string) bool { return v.citedFor(id)[s.ID] })
		}),
		wire.Choose(wire.Param{Name: "overdue", About: "Only those that may be relied on until a day before this one, without another look at them.", Example: "2026-01-31"}, func(_ *View, in wire.Input) (func(*fact.Source) bool, error) {
			day, err := ReadDay("overdue", in.One("overdue"))
			return func(s *fact.Source) bool { due := s.Due(); return due != 0 && due < day }, err
		}),
		Like("Only those of which the id, the title or the document is like this; typing slips are forgiven.", func(_ *View, s *fact.Source) []string { return []string{s.ID, s.Title, s.Document} }),
	},
}

// OfAuthority is a filter by who published something.
func OfAuthority[V, T any](about string, of func(V, T) string) wire.Filter[V, T] {
	return wire.OneOf("authority", about+".", Authorities, of)
}

// Like is a filter by a text that may have typing slips, which a name of the item has
// to answer to.
func Like[V, T any](about string, names func(V, T) []string) wire.Filter[V, T] {
	return wire.Choose(wire.Param{Name: "q", About: about}, func(v V, in wire.Input) (func(T) bool, error) {
		text := compat.NewPattern(in.One("q"))
		return func(item T) bool { return text.Best(names(v, item)...).Score > 0 }, nil
	})
}

// citedFor are the sources that a product stands on.
func (v *View) citedFor(id string) map[string]bool {
	return wire.KeptOf(v, "sources of "+id, func(v *View) map[string]bool {
		p, err := v.Product(id)
		if err != nil {
			return nil
		}
		return p.Cited()
	})
}

// Resting is what rests on a source.
type Resting struct {
	Lists map[string]int // how many statements of each list of facts, "Claims"
	About []Subject      // what they speak of, each once
}

// Subject is what a source speaks of: a platform, a product or one release of it, or a
// technology by itself.
type Subject struct{ Platform, Product, Release, Technology string }

// Statements counts what rests on the source.
func (r *Resting) Statements() (n int) {
	for _, of := range r.Lists {
		n += of
	}
	return n
}

// Resting gives what rests on a source.
func (v *View) Resting(s *fact.Source) *Resting {
	all := wire.KeptOf(v, "what rests on sources", func(v *View) map[string]*Resting {
		all, known := map[string]*Resting{}, map[string]map[Subject]bool{}
		v.Dataset().Statements(func(one fact.Statement) {
			id := one.Citation.Source
			if all[id] == nil {
				all[id], known[id] = &Resting{Lists: map[string]int{}}, map[Subject]bool{}
			}
			all[id].Lists[one.List]++
			for _, subject := range subjects(&one) {
				if !known[id][subject] {
					known[id][subject] = true
					all[id].About = append(all[id].About, subject)
				}
			}
		})
		return all
	})
	if found := all[s.ID]; found != nil {
		return found
	}
	return &Resting{}
}

// subjects are what a statement is about: where it is about everything, the technologies
// that it touches.
func subjects(s *fact.Statement) []Subject {
	if s.Scope == (fact.Scope{}) {
		return wire.Each(s.Touched, func(t fact.Target) Subject { return Subject{Technology: t.Technology} })
	}
	return []Subject{{Platform: s.Scope.Platform, Product: s.Scope.Product, Release: s.Scope.Release}}
}
