package seed

import (
	"io/fs"

	"github.com/testedon/testedon/compat"
)

// Lint reads a catalogue and gives every problem: the errors that keep it from
// being loaded; where there is none, the warnings about what is legal but looks
// forgotten. A catalogue that is well has none.
func Lint(fsys fs.FS) []Problem {
	l := load(fsys)
	if len(l.problems) > 0 {
		return l.problems
	}
	l.unusedSources()
	l.idleProducts()
	l.bareCitations()
	return l.problems.sorted()
}

// warn adds a warning about a fact, at the place where it is written.
func (l *loader) warn(where, message string) {
	p := l.places[where]
	p.Severity, p.Message = SeverityWarning, message
	l.problems = append(l.problems, p)
}

// unusedSources warns about sources that nothing cites.
func (l *loader) unusedSources() {
	cited := map[string]bool{}
	l.citations(func(_ string, c compat.Citation) { cited[c.Source] = true })
	for _, s := range l.ds.Sources {
		if !cited[s.ID] {
			l.warn("source "+s.ID, "nothing cites this source; cite it or delete it")
		}
	}
}

// idleProducts warns about products that have no release.
func (l *loader) idleProducts() {
	released := map[string]bool{}
	for _, r := range l.ds.Releases {
		released[r.Product] = true
	}
	for _, p := range l.ds.Products {
		if !released[p.ID] {
			l.warn("product "+p.ID, "no release of this product is there, so nothing can be asked about it")
		}
	}
}

// bareCitations warns about facts that cannot be found again in their source.
func (l *loader) bareCitations() {
	l.citations(func(where string, c compat.Citation) {
		if c.Quote == "" {
			l.warn(where, "the citation has no quote; give the words it stands on")
		}
	})
}

// citations calls visit with each citation of the dataset and the fact it
// belongs to.
func (l *loader) citations(visit func(where string, c compat.Citation)) {
	for _, t := range l.ds.Technologies {
		for _, s := range t.Successors {
			visit("technology "+t.ID, s.Citation)
		}
		for _, p := range t.Policies {
			visit("technology "+t.ID, p.Citation)
		}
	}
	for _, c := range l.ds.Claims {
		visit("claim "+c.ID, c.Citation)
	}
	for _, a := range l.ds.Advisories {
		visit("advisory "+a.ID, a.Citation)
	}
	for _, c := range l.ds.Configurations {
		visit("configuration "+c.ID, c.Citation)
	}
}
