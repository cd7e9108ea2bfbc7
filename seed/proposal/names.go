package proposal

import (
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/page"
)

// longestAbbreviation is how many letters the initials of several words have at most.
const longestAbbreviation = 4

// namesFor gives a reader of pages the names of a catalogue. What is a technology of kind
// product is left out: most are words of English, and pages say in headings which they
// are about.
func namesFor(m *compat.Matrix, product []string) page.Names {
	kinds := map[string]string{} // as pages call them, by ID
	for _, spoken := range page.Kinds {
		if k := m.Kind(spoken); k != nil {
			kinds[k.ID] = spoken
		}
	}
	names, whole := map[string]page.Name{}, map[string]bool{} // by key; whether it is one word
	asked := product                                          // and what else the technology is called that the product is
	for _, t := range m.Technologies("", "") {
		if slices.ContainsFunc(t.Names(), func(a string) bool {
			return slices.ContainsFunc(product, func(b string) bool { return fact.Key(a) == fact.Key(b) })
		}) {
			asked = slices.Concat(asked, t.Names())
		}
		kind, spoken := kinds[t.Kind]
		if !spoken {
			kind = t.Kind
		}
		for _, name := range t.Names() {
			key := fact.Key(name)
			n, taken := names[key]
			switch {
			case kind == "product":
				continue
			case taken && n.Kind != kind:
				n.Shared = true
			default:
				n.Kind = kind
			}
			n.Generic = n.Generic || t.Generic
			names[key] = n
			whole[key] = whole[key] || !strings.Contains(name, " ")
		}
	}
	for _, p := range m.Products() {
		for _, name := range p.Names() {
			key := fact.Key(name)
			n := names[key]
			n.Other = true
			names[key], whole[key] = n, whole[key] || !strings.Contains(name, " ")
		}
	}
	for _, name := range asked {
		key := fact.Key(name)
		names[key], whole[key] = page.Name{Asked: true}, whole[key] || !strings.Contains(name, " ")
	}
	begins := map[string]bool{}
	for key := range names {
		for i := range len(key) {
			begins[key[:i+1]] = true
		}
	}
	return func(printed string) page.Name {
		key := fact.Key(printed)
		n := names[key]
		if !whole[key] && printed == key && len(key) <= longestAbbreviation {
			n = page.Name{} // "adds" is not "AD DS"
		}
		n.Begins = begins[key]
		return n
	}
}
