package compat

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Arrange gives components in the order of the catalogue's kinds, those of one
// kind as they were given, and each once: of those that ask for the same, however
// it is written, the first stays. It gives back what it was given where that is in
// order, and a new list otherwise.
func (m *Matrix) Arrange(components []Component) []Component {
	if m.isArranged(components) {
		return components
	}
	sorted := slices.Clone(components)
	slices.SortStableFunc(sorted, func(a, b Component) int { return m.byKind(&a, &b) })
	kept := sorted[:0]
	for i := range sorted {
		if !slices.ContainsFunc(kept, func(c Component) bool { return c.AsksAs(&sorted[i]) }) {
			kept = append(kept, sorted[i])
		}
	}
	return kept
}

func (m *Matrix) isArranged(all []Component) bool {
	for i := 1; i < len(all); i++ {
		if m.byKind(&all[i-1], &all[i]) > 0 {
			return false
		}
		for j := range i {
			if all[j].AsksAs(&all[i]) {
				return false
			}
		}
	}
	return true
}

// byKind compares components by the places of their kinds in the catalogue.
func (m *Matrix) byKind(a, b *Component) int {
	if a.Kind == b.Kind {
		return 0
	}
	return cmp.Or(cmp.Compare(m.place(a), m.place(b)), strings.Compare(a.Kind, b.Kind))
}

// place is that of the kind of a component; one that the catalogue does not have
// comes last.
func (m *Matrix) place(c *Component) int {
	if c.Technology != nil {
		return c.Technology.kind.Order
	}
	if kind := m.kinds[c.Kind]; kind != nil {
		return kind.Order
	}
	return math.MaxInt
}

// AsksAs reports whether two components ask for the same: the same versions of a
// technology or, where neither could be read, the same text.
func (c *Component) AsksAs(other *Component) bool {
	if c.Technology != nil || other.Technology != nil {
		return c.Technology == other.Technology && c.Range.Equal(other.Range)
	}
	return c.Kind == other.Kind && strings.EqualFold(strings.TrimSpace(c.Text), strings.TrimSpace(other.Text))
}
