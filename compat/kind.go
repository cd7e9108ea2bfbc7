package compat

import "github.com/testedon/testedon/compat/fact"

func (b *builder) kinds() {
	for i := range b.m.ds.Kinds {
		b.m.kinds[b.m.ds.Kinds[i].ID] = &b.m.ds.Kinds[i]
	}
	for i := range b.m.ds.Kinds {
		k := &b.m.ds.Kinds[i]
		for _, name := range k.Aliases {
			if other := b.m.kinds[name]; other != nil && other != k {
				b.fault("kind "+k.ID, "alias %q is taken by kind %s", name, other.ID)
				continue
			}
			b.m.kinds[name] = k
		}
	}
}

// Kind finds a kind by ID or alias; nil when there is none.
func (m *Matrix) Kind(name string) *fact.Kind { return m.kinds[name] }
