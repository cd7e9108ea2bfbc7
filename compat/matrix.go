package compat

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/requirement"
	"github.com/testedon/testedon/internal/places"
	"github.com/testedon/testedon/message"
)

// Matrix is the immutable index of one dataset. It is safe for concurrent use.
type Matrix struct {
	ds           *fact.Dataset
	kinds        map[string]*fact.Kind       // by ID and alias
	technologies map[string]*Technology      // by ID
	aliases      map[string][]*Technology    // by key of ID, name and alias
	labels       map[string][]*Technology    // by key of the names of cycles: "noble"
	platforms    map[string]*fact.Platform   // by ID
	products     map[string]*Product         // by key of ID, name and alias
	ordered      []*Product                  // in the order of the dataset
	sources      map[string]*fact.Source     // by ID
	byID         []*Technology               // in the order of the dataset
	marked       map[fact.Mark][]*Technology // by place and text in lower case
	marks        map[fact.Place]*marks
	names        *names                // everything that has a name
	made         []*fact.Claim         // that images and test runs state
	makers       map[*fact.Claim]maker // of those
	written      map[string]written    // where facts are, by noun and ID
	snapshot     func() *fact.Snapshot
	turns        func() []fact.Day
	past         fact.Day // that it tells of; 0 for today
	words        *message.Language
	offered      *places.Of[offering, Offer]
	doubts       bool // whether it was before the record, so that what is not known to have begun may not have
}

// Dataset gives the dataset behind the matrix, which must not be changed.
func (m *Matrix) Dataset() *fact.Dataset { return m.ds }

// Turns are the days on which [Matrix.AsOf] changes, in their order.
func (m *Matrix) Turns() []fact.Day { return m.turns() }

// Snapshot gives the dataset as a file, which is made when it is first asked for, or is
// that of [BuildFrom].
func (m *Matrix) Snapshot() *fact.Snapshot { return m.snapshot() }

// Problem is one fault of a dataset.
type Problem struct {
	Where   string // the fact at fault: "claim mi/4.4.0/rhel/9", "technology rhel"
	Message string // what is wrong, and how to mend it
}

// Error tells the place and the fault.
func (p Problem) Error() string { return p.Where + ": " + p.Message }

// Build validates ds and indexes it. It sorts ds, keeps it, and must own it from
// then on. The error joins every problem found.
func Build(ds *fact.Dataset) (*Matrix, error) { return build(ds, 0, nil).result() }

// AsOf is what the matrix would have answered on a day, see [fact.Dataset.AsOf]. What is not
// known to have been stated yet supports at best that something is conditional.
func (m *Matrix) AsOf(day fact.Day) (*Matrix, error) {
	return build(m.ds.AsOf(day), day, m.words).result()
}

// In is the same matrix, speaking a language.
func (m *Matrix) In(l *message.Language) (*Matrix, error) { return build(m.ds, m.past, l).result() }

func (b *builder) result() (*Matrix, error) {
	if len(b.problems) == 0 {
		b.computeVerdicts()
		return b.m, nil
	}
	faults := make([]error, len(b.problems))
	for i, p := range b.problems {
		faults[i] = p
	}
	return nil, errors.Join(faults...)
}

// BuildFrom validates and indexes the facts of a snapshot, as [Build] does.
func BuildFrom(s *fact.Snapshot) (*Matrix, error) {
	ds, err := s.Dataset()
	if err != nil {
		return nil, err
	}
	m, err := Build(ds)
	if err == nil {
		m.snapshot = func() *fact.Snapshot { return s }
	}
	return m, err
}

// Validate checks references, ranges and vocabulary and gives every problem. It
// sorts ds.
func Validate(ds *fact.Dataset) []Problem { return build(ds, 0, nil).problems }

// builder collects the index and the problems met on the way. Each noun is
// built after those it refers to.
type builder struct {
	m        *Matrix
	problems []Problem
	ranges   map[label]*reading      // labels already read; catalogues repeat them
	printing *sync.Mutex             // of how a technology's labels are printed
	pages    map[string]*fact.Source // of sources, by their ID and address
	dated    map[*fact.Source]*cited // the sources with their days
	origins  *requirement.Origins
}

func build(ds *fact.Dataset, past fact.Day, l *message.Language) *builder {
	ds.Sort()
	b := &builder{ranges: map[label]*reading{}, printing: &sync.Mutex{}, pages: map[string]*fact.Source{}, dated: map[*fact.Source]*cited{}, m: &Matrix{
		offered:      places.New[offering, Offer](keptOffers),
		ds:           ds,
		kinds:        map[string]*fact.Kind{},
		technologies: map[string]*Technology{},
		aliases:      map[string][]*Technology{},
		labels:       map[string][]*Technology{},
		products:     map[string]*Product{},
		platforms:    map[string]*fact.Platform{},
		sources:      map[string]*fact.Source{},
		makers:       map[*fact.Claim]maker{},
		written:      map[string]written{},
		snapshot:     sync.OnceValue(ds.Snapshot),
		turns:        sync.OnceValue(ds.Turns),
		past:         past,
		words:        l,
		doubts:       past != 0 && past < ds.RecordedOn(),
	}}
	b.origins = &requirement.Origins{Sources: b.m.sources, Platforms: b.m.platforms, Words: b.m.words}
	for _, n := range fact.Nouns {
		b.unique(n)
	}
	b.files()
	b.kinds()
	b.sources()
	b.technologies()
	b.baselines()
	b.marks()
	b.lifecycles()
	b.platforms()
	b.products()
	b.releases()
	b.claims()
	b.images()
	b.configurations()
	b.eachRelease(func(_ *builder, r *Release) { r.index() })
	b.requirements()
	b.ports()
	b.notes()
	b.advisories()
	b.eachRelease(func(_ *builder, r *Release) { r.unpaged = len(r.images)+len(r.configurations) > 0 && !r.paged() })
	b.names()
	return b
}

func (b *builder) fault(where, format string, args ...any) {
	b.problems = append(b.problems, Problem{where, fmt.Sprintf(format, args...)})
}

// unique reports the identifiers that two neighbours of a sorted list share.
func (b *builder) unique(n fact.Noun) {
	last := ""
	for i := range n.Len(b.m.ds) {
		id := n.ID(b.m.ds, i)
		if id == "" {
			b.fault(n.Word(), "has no id")
		}
		if i > 0 && id == last {
			b.fault(n.Word()+" "+id, "is there twice; keep one")
		}
		last = id
	}
}

// distinct reports a name that two of several things are found by.
func (b *builder) distinct(where, noun string, names [][]string) {
	owner := map[string]int{}
	for i, all := range names {
		for _, name := range all {
			if first, taken := owner[fact.Key(name)]; taken && first != i {
				b.fault(where, "%s %q and %s %q share the name %q", noun, names[first][0], noun, all[0], name)
			}
			owner[fact.Key(name)] = i
		}
	}
}

// day reads a day of a fact; an empty text is none.
func (b *builder) day(where, name, text string) fact.Day {
	return fact.Fault(b.fault).Day(where, name, text)
}

// didYouMean offers the closest keys of a map, as the end of a sentence.
func didYouMean[V any](name string, known map[string]V) string {
	names := make([]string, 0, len(known))
	for k := range known {
		names = append(names, k)
	}
	slices.Sort(names)
	return orOneOf(fact.Closest(name, names))
}

// orOneOf offers names, as the end of a sentence.
func orOneOf(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return "; did you mean " + strings.Join(names, ", ") + "?"
}

// reach gives the releases that a statement is about. It reports a scope that
// names nothing known or, where one is needed, nothing at all.
func (b *builder) reach(where string, s fact.Scope, needed bool) []*Release {
	switch {
	case s.Platform != "":
		return b.onPlatform(where, s)
	case s.Release != "" && s.Product == "":
		b.fault(where, "names a release but no product")
	case s.Release != "":
		r := b.release(where, s.Product, s.Release)
		if r == nil || !b.hasProfile(where, r, s.Profile) {
			return nil
		}
		return []*Release{r}
	case s.Profile != "":
		b.fault(where, "names a profile but no release")
	case s.Product != "":
		return b.ofProduct(where, s.Product)
	case needed:
		b.fault(where, "names neither a platform nor a product")
	}
	return nil
}

// onPlatform gives the releases of all products on a platform.
func (b *builder) onPlatform(where string, s fact.Scope) []*Release {
	if s.Product != "" || s.Release != "" || s.Profile != "" {
		b.fault(where, "is about a platform, and so about no single product, release or profile; drop one")
	}
	p := b.platform(where, s.Platform)
	var all []*Release
	for _, product := range b.m.ordered {
		if p != nil && product.platform == p {
			all = append(all, product.ordered...)
		}
	}
	return all
}

func (b *builder) hasProfile(where string, r *Release, id string) bool {
	known := slices.ContainsFunc(r.Profiles, func(p fact.Profile) bool { return p.ID == id })
	if id != "" && !known {
		b.fault(where, "names profile %q, which %s does not have%s", id, r.ID(), fact.ItHas(r.Profiles, func(p fact.Profile) string { return p.ID }))
	}
	return id == "" || known
}

// reaches reports whether a statement is about a release.
func reaches(s *fact.Scope, r *Release) bool {
	switch {
	case s.Platform != "":
		return s.Platform == r.product.Platform
	case s.Product != "":
		return s.Product == r.product.ID && (s.Release == "" || s.Release == r.Version)
	}
	return true
}
