package proposal

import (
	"errors"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/page"
	"github.com/testedon/testedon/seed"
)

// reader reads pages for one release.
type reader struct {
	m                *compat.Matrix
	asked            Subject
	product, release string
	names            []string // of the release
	pageNames        page.Names
	sources          []string // that the release rests on

	newProduct, newRelease bool
	candidates             []string // products that may be meant by one that is not there

	isOurs map[string]bool // by the name of a product as printed
}

// newReader finds the product and the release. Neither has to be there.
func newReader(m *compat.Matrix, about Subject) (*reader, error) {
	r := &reader{m: m, asked: about, product: about.Product, release: about.Release, names: []string{about.Release}, isOurs: map[string]bool{"": true}}
	if !seed.ReleaseID.Fits(about.Release) {
		return nil, fact.Invalid("release", "A release takes "+seed.ReleaseID.Rule+".", "--release cannot be %q", about.Release)
	}
	if err := about.Origin.check(); err != nil {
		return nil, err
	}
	if about.Source != "" && !seed.DottedID.Fits(about.Source) {
		return nil, fact.Invalid("source", "The id of a source takes "+seed.DottedID.Rule+".", "--source cannot be %q", about.Source)
	}
	defer func() { r.pageNames = namesFor(m, r.productNames()) }()
	p, err := m.Product(about.Product)
	if r.newProduct = err != nil; r.newProduct {
		var unknown *fact.Error
		if errors.As(err, &unknown) {
			r.candidates = unknown.Candidates
		}
		r.newRelease = true
		return r, nil
	}
	r.product = p.ID
	release, err := p.Release(about.Release)
	if r.newRelease = err != nil || !names(release, about.Release); !r.newRelease {
		r.release, r.names = release.Version, append(release.Aliases, release.Version)
	}
	r.sources = r.restsOn()
	return r, nil
}

// names reports whether a text is a release's version or an alias of it. What only
// means a release in a question ("4.4", "latest") names a new one in a catalogue.
func names(r *compat.Release, text string) bool {
	return slices.ContainsFunc(append(r.Aliases, r.Version), func(name string) bool { return strings.EqualFold(name, text) })
}

// restsOn gives the sources that the release is stated by, in the order of what
// they state.
func (r *reader) restsOn() []string {
	var all []string
	cited(r.m, func(scope fact.Scope, c fact.Citation) {
		if scope.Product == r.product && scope.Release == r.release && !slices.Contains(all, c.Source) {
			all = append(all, c.Source)
		}
	})
	return all
}

// Subjects gives the releases that a source states anything of, in the order of what it
// states: those that its text is to be read for.
func Subjects(m *compat.Matrix, source string) []Subject {
	var all []Subject
	cited(m, func(scope fact.Scope, c fact.Citation) {
		about := Subject{Product: scope.Product, Release: scope.Release, Source: source}
		if c.Source == source && scope.Release != "" && !slices.Contains(all, about) {
			all = append(all, about)
		}
	})
	return all
}

// cited visits the facts that a page can be read for, with what they are about.
func cited(m *compat.Matrix, visit func(fact.Scope, fact.Citation)) {
	ds := m.Dataset()
	for _, c := range ds.Claims {
		visit(fact.Scope{Product: c.Product, Release: c.Release}, c.Citation)
	}
	for _, q := range ds.Requirements {
		visit(q.Scope, q.Citation)
	}
	for _, a := range ds.Advisories {
		visit(a.Scope, a.Citation)
	}
}

// tag is one of HTML, which may stand between the words of a page.
var tag = str.Regexp(`<[^>]*>`)

// bare is the letters and digits of a text without its tags.
func bare(text string) string { return fold(tag().ReplaceAllString(text, "")) }

// Lost gives the quotes from a source, and the headings that it is cited by, that one text
// of its document has and another has not: words that somebody read there, be they such that
// [Propose] reads or not.
func Lost(m *compat.Matrix, source, was, is string) []string {
	was, is = bare(was), bare(is)
	var all []string
	check := func(_ fact.Scope, c fact.Citation) {
		for _, text := range []string{c.Quote, c.Section} {
			if words := bare(text); c.Source == source && strings.Contains(was, words) && !strings.Contains(is, words) && !slices.Contains(all, text) {
				all = append(all, text)
			}
		}
	}
	cited(m, check)
	for _, n := range m.Dataset().Notes {
		check(n.Scope, n.Citation)
	}
	for _, p := range m.Dataset().Ports {
		check(p.Scope, p.Citation)
	}
	return all
}

// fold is the spelling under which two texts are one: letters and digits.
func fold(text string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c >= 'A' && c <= 'Z':
			return c + 'a' - 'A'
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c > '~':
			return c
		}
		return -1
	}, text)
}
