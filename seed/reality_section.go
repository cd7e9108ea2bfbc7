package seed

import (
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// foreign warns about rows of another kind than their section: CentOS in a table
// of JDKs. What a section is of, its heading says; where it says nothing, most of
// its technologies do. What one row says of a system and its processors is of both
// kinds: "Ubuntu 24.04 (x86_64, ARM64)".
func (r *reality) foreign(section []*compat.Listing) {
	home := r.home(section)
	if home == nil {
		return
	}
	atHome := map[string]bool{} // by quote
	for _, c := range section {
		atHome[c.Citation.Quote] = atHome[c.Citation.Quote] || slices.Contains(home, c.Tech.Kind)
	}
	for _, c := range section {
		if !atHome[c.Citation.Quote] {
			r.doubt(c, "%s is of kind %s, and the section %q is of kind %s; look up whether the row stands in the wrong table",
				c.Label, c.Tech.Kind, c.Citation.Section, strings.Join(home, " and "))
		}
	}
}

// home gives the kinds that a section is of; nil where that is open.
func (r *reality) home(section []*compat.Listing) []string {
	technologies := map[string][]string{} // by kind
	total := 0
	for _, c := range section {
		if !slices.Contains(technologies[c.Tech.Kind], c.Technology) {
			technologies[c.Tech.Kind] = append(technologies[c.Tech.Kind], c.Technology)
			total++
		}
	}
	var said, most []string
	inside := 0
	for i := range r.ds.Kinds {
		k := &r.ds.Kinds[i]
		n := len(technologies[k.ID])
		if n > 0 && speaksOf(section[0].Citation.Section, k) {
			said, inside = append(said, k.ID), inside+n
		}
		if 4*n >= 3*total { // three of four
			most = []string{k.ID}
		}
	}
	if 2*inside > total {
		return said
	}
	return most
}

// speaksOf reports whether a heading holds a name of a kind, in singular or plural.
func speaksOf(heading string, k *fact.Kind) bool {
	words := " " + strings.Join(strings.FieldsFunc(strings.ToLower(heading), func(c rune) bool { return c < 'a' || c > 'z' }), " ") + " "
	for _, name := range append([]string{k.ID, k.Name, k.Plural}, k.Aliases...) {
		name = strings.ToLower(strings.ReplaceAll(name, "-", " "))
		if strings.Contains(words, " "+name+" ") || strings.Contains(words, " "+name+"s ") {
			return true
		}
	}
	return false
}

// repeated warns about claims of one source that say the same.
func (r *reality) repeated(claims []*compat.Listing) {
	for i, c := range claims {
		for _, first := range claims[:i] {
			if c.Citation.Source == first.Citation.Source && c.Status == first.Status && c.When == first.When && c.Range.Equal(first.Range) {
				r.doubt(c, "%s says the same as %s at %s, from the same source; if the page prints it twice, keep one", c.Label, first.Label, r.place(first))
				break
			}
		}
	}
}
