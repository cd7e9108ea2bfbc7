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

// knownNames are the names of a catalogue by their keys.
type knownNames struct {
	names map[string]page.Name
	whole map[string]bool // whether it is one word
}

// set says what a name stands for.
func (k knownNames) set(name string, n page.Name) {
	key := fact.Key(name)
	k.names[key], k.whole[key] = n, k.whole[key] || !strings.Contains(name, " ")
}

// setAsked sets the names of the product that is asked for, and the word each begins with.
func (k knownNames) setAsked(names []string) {
	for _, name := range names {
		first, _, _ := strings.Cut(name, " ")
		n := k.names[fact.Key(first)]
		n.Maker = true
		k.set(first, n)
	}
	for _, name := range names {
		k.set(name, page.Name{Asked: true})
	}
}

// setRest sets what is left of the names of another product without the word that a name
// asked for begins with as well: "Beacon" of "Lumen Beacon" beside "Lumen Relay".
func (k knownNames) setRest(names, asked []string) {
	for _, name := range names {
		maker, rest, _ := strings.Cut(name, " ")
		shared := slices.ContainsFunc(asked, func(ours string) bool { return strings.HasPrefix(ours, maker+" ") })
		if is, taken := k.names[fact.Key(rest)]; shared && rest != "" && !slices.Contains(asked, names[0]) && (!taken || is == page.Name{}) {
			k.set(rest, page.Name{Other: true})
		}
	}
}

// addTechnology adds the names of a technology; one that another kind has as well is shared.
func (k knownNames) addTechnology(t *compat.Technology, kind string) {
	for _, name := range t.Names() {
		n, taken := k.names[fact.Key(name)]
		if taken && n.Kind != kind {
			n.Shared = true
		} else {
			n.Kind = kind
		}
		n.Generic = n.Generic || t.Generic
		k.set(name, n)
	}
}

// othersOf are all products beside which that of some names is one: none where a catalogue
// does not know it, as then nobody can tell whose page it is.
func othersOf(m *compat.Matrix, asked []string) []*compat.Product {
	all := m.Products()
	if slices.ContainsFunc(all, func(p *compat.Product) bool {
		return slices.ContainsFunc(asked, func(name string) bool { return slices.Contains(p.Names(), name) })
	}) {
		return all
	}
	return nil
}

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
	known := knownNames{map[string]page.Name{}, map[string]bool{}}
	asked := product // and what else the technology is called that the product is
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
		if kind != "product" {
			known.addTechnology(t, kind)
		}
	}
	others := othersOf(m, asked)
	for _, p := range others {
		for _, name := range p.Names() {
			n := known.names[fact.Key(name)]
			n.Other = true
			known.set(name, n)
		}
	}
	known.setAsked(asked)
	for _, p := range others {
		known.setRest(p.Names(), asked)
	}
	begins := map[string]bool{}
	for key := range known.names {
		for i := range len(key) {
			begins[key[:i+1]] = true
		}
	}
	return func(printed string) page.Name {
		key := fact.Key(printed)
		n := known.names[key]
		if !known.whole[key] && printed == key && len(key) <= longestAbbreviation {
			n = page.Name{} // "adds" is not "AD DS"
		}
		n.Begins = begins[key]
		return n
	}
}
