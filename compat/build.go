package compat

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/requirement"
	"github.com/testedon/testedon/version"
)

// Problem is one fault of a dataset.
type Problem struct {
	Where   string // the fact at fault: "claim mi/4.4.0/rhel/9", "technology rhel"
	Message string // what is wrong, and how to mend it
}

// Error tells the place and the fault.
func (p Problem) Error() string { return p.Where + ": " + p.Message }

// Build validates ds and indexes it. It sorts ds, keeps it, and must own it from
// then on. The error joins every problem found.
func Build(ds *fact.Dataset) (*Matrix, error) {
	b := build(ds)
	if len(b.problems) == 0 {
		b.weigh()
		return b.m, nil
	}
	faults := make([]error, len(b.problems))
	for i, p := range b.problems {
		faults[i] = p
	}
	return nil, errors.Join(faults...)
}

// Validate checks references, ranges and vocabulary and gives every problem. It
// sorts ds.
func Validate(ds *fact.Dataset) []Problem { return build(ds).problems }

// builder collects the index and the problems met on the way. Each noun is
// built after those it refers to.
type builder struct {
	m        *Matrix
	problems []Problem
	ranges   map[label]*reading      // labels already read; catalogues repeat them
	pages    map[string]*fact.Source // of sources, by their ID and address
	dated    map[*fact.Source]days   // the days of the sources
	origins  *requirement.Origins
}

// label is a version as printed for a technology.
type label struct {
	tech *technology
	text string
}

func build(ds *fact.Dataset) *builder {
	ds.Sort()
	b := &builder{ranges: map[label]*reading{}, pages: map[string]*fact.Source{}, dated: map[*fact.Source]days{}, m: &Matrix{
		ds:           ds,
		kinds:        map[string]*fact.Kind{},
		technologies: map[string]*technology{},
		aliases:      map[string][]*technology{},
		labels:       map[string][]*technology{},
		products:     map[string]*product{},
		platforms:    map[string]*fact.Platform{},
		sources:      map[string]*fact.Source{},
		makers:       map[*fact.Claim]maker{},
	}}
	b.origins = &requirement.Origins{Sources: b.m.sources, Platforms: b.m.platforms}
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
	b.eachRelease((*release).index)
	b.requirements()
	b.ports()
	b.notes()
	b.advisories()
	b.eachRelease(func(r *release) { r.unpaged = len(r.images)+len(r.configurations) > 0 && !r.paged() })
	b.vocabulary()
	return b
}

func (b *builder) fault(where, format string, args ...any) {
	b.problems = append(b.problems, Problem{where, fmt.Sprintf(format, args...)})
}

// unique reports the identifiers that two neighbours of a sorted list share.
func unique[T any](b *builder, noun string, list []T, id func(*T) string) {
	for i := range list {
		name := id(&list[i])
		if name == "" {
			b.fault(noun, "has no id")
		}
		if i > 0 && name == id(&list[i-1]) {
			b.fault(noun+" "+name, "is there twice; keep one")
		}
	}
}

func (b *builder) kinds() {
	unique(b, "kind", b.m.ds.Kinds, func(k *fact.Kind) string { return k.ID })
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

// read reads the versions of a technology; empty text means all of them.
func (b *builder) read(where string, t *technology, text string) version.Range {
	return b.reading(where, t, text).versions
}

// reading is read, with what else follows from the label.
func (b *builder) reading(where string, t *technology, text string) *reading {
	if t.scheme == nil {
		return &reading{} // that the scheme is unknown is reported already
	}
	if r, done := b.ranges[label{t, text}]; done {
		return r
	}
	versions, err := t.parseLabel(text)
	if err != nil {
		b.fault(where, "%v", err)
	} else if _, err := t.parse(text); err != nil {
		t.asPrinted[fact.Key(text)] = versions
	}
	r := &reading{versions: versions, cycle: t.cycleOf(versions), impossible: !t.possible(versions)}
	r.display, r.printed = t.display(versions)
	for _, p := range t.policies {
		r.reach = append(r.reach, p.reach(r))
	}
	b.ranges[label{t, text}] = r
	return r
}

// technology finds a technology by ID.
func (b *builder) technology(where, id string) *technology {
	t := b.m.technologies[id]
	if t == nil {
		b.fault(where, "names technology %q, which is not there%s", id, orOneOf(b.m.closestTechnologies(id)))
	}
	return t
}

// release finds a release by product ID and version.
func (b *builder) release(where, product, version string) *release {
	p := b.m.products[fact.Key(product)]
	if p == nil || p.ID != product {
		b.fault(where, "names product %q, which is not there%s", product, didYouMean(product, b.m.products))
		return nil
	}
	r := p.releases[string(fact.AppendReleaseKey(nil, version))]
	if r == nil || r.Version != version {
		b.fault(where, "names release %q of %s, which is not there%s", version, product, didYouMean(version, p.releases))
		return nil
	}
	return r
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

func (b *builder) claims() {
	unique(b, "claim", b.m.ds.Claims, func(c *fact.Claim) string { return c.ID })
	claims := b.m.ds.Claims
	for len(claims) > 0 { // those of one release stand together, as IDs begin with it
		n := 1
		for n < len(claims) && claims[n].Scope() == claims[0].Scope() {
			n++
		}
		where := "claim " + claims[0].ID
		for _, r := range b.reach(where, claims[0].Scope(), true) {
			b.list(r, claims[:n])
		}
		claims = claims[n:]
	}
}

// list adds claims to a release that they reach.
func (b *builder) list(r *release, claims []fact.Claim) {
	r.listings = slices.Grow(r.listings, len(claims))
	for i := range claims {
		c := &claims[i]
		where := "claim " + c.ID
		if !slices.Contains(fact.Statuses, c.Status) {
			b.fault(where, "status %q is none of %s", c.Status, fact.Members(fact.Statuses))
		}
		l, ok := b.listing(where, c, maker{})
		switch {
		case !ok:
		case c.Until != "":
			r.withdrawn = append(r.withdrawn, &l)
		default:
			r.listings = append(r.listings, l)
			r.conditional = r.conditional || len(c.With) > 0
			if c.Exclusive && !slices.Contains(r.exclusive, l.tech.kind) {
				r.exclusive = append(r.exclusive, l.tech.kind)
			}
		}
	}
}

// listing reads a claim; the boolean tells whether what it names is there.
func (b *builder) listing(where string, c *fact.Claim, by maker) (Listing, bool) {
	source := b.cite(where, c.Citation)
	t := b.technology(where, c.Technology)
	b.held(where, c)
	if t == nil || source == nil {
		return Listing{}, false
	}
	l := Listing{Claim: c, Tech: t.Technology, Source: source, Inherited: b.m.platforms[c.Platform], tech: t,
		reading: b.reading(where, t, c.Version), with: b.conditions(where, t, c), maker: by,
		days: b.dated[source]}
	l.Range = l.versions
	if l.day = cmp.Or(l.date, l.last); c.Since != "" {
		l.day, _ = fact.ParseDay(c.Since)
	}
	l.unsure()
	return l, true
}

// held checks from when to when a claim holds.
func (b *builder) held(where string, c *fact.Claim) {
	since, until := b.day(where, "since", c.Since), b.day(where, "until", c.Until)
	if s := b.m.sources[c.Citation.Source]; c.Since == "" && s != nil {
		since = b.dated[s].date
	}
	if since != 0 && until != 0 && until < since {
		b.fault(where, "held until %s, before it held since %s; one of them is wrong", c.Until, since)
	}
	switch {
	case (c.Until == "") != (c.EndedBy == ""):
		b.fault(where, "says until when it held and not by which source, or the other way round; until and ended_by belong together")
	case c.EndedBy != "":
		b.source(where, c.EndedBy)
	}
}

// paged reports whether some page states something of the release itself.
func (r *release) paged() bool {
	return len(r.Profiles) > 0 ||
		slices.ContainsFunc(r.listings, func(l Listing) bool { return l.Paged() && l.Release != "" }) ||
		r.stated.IsPaged() ||
		slices.ContainsFunc(r.notes, func(n *fact.Note) bool { return n.Release != "" })
}

// index groups the listings of a release by technology.
func (r *release) index() {
	slices.SortStableFunc(r.listings, compareListings)
	r.provisional = len(r.listings) > 0 && !slices.ContainsFunc(r.listings, func(l Listing) bool { return !l.Provisional() })
	pointers := make([]*Listing, len(r.listings))
	for i := range r.listings {
		l := &r.listings[i]
		pointers[i] = l
		n := len(r.groups)
		if n == 0 || r.groups[n-1].tech != l.tech {
			r.groups = append(r.groups, group{tech: l.tech})
			n++
		}
		g := &r.groups[n-1]
		g.listings = pointers[i-len(g.listings) : i+1 : i+1]
		if !l.environment() {
			continue
		}
		if !slices.Contains(r.kinds, l.tech.kind) {
			r.kinds = append(r.kinds, l.tech.kind)
		}
		if l.Paged() && !slices.ContainsFunc(r.pages, func(o *Listing) bool { return o.Source == l.Source && o.tech.kind == l.tech.kind }) {
			r.pages = append(r.pages, l)
		}
	}
}

// weigh finds the verdict for just the versions of each claim: other claims of
// the release may say less, or no. What cannot be is nothing to move to.
func (b *builder) weigh() {
	b.eachRelease(func(r *release) {
		for _, g := range r.groups {
			alone := len(g.tech.edges) == 0 && !crossing(g.listings)
			for _, l := range g.listings {
				l.verdict = l.worth()
				switch now := l.current(); {
				case now.impossible:
					l.verdict = fact.NotListed
				case !alone:
					own := now.component()
					l.verdict = r.judge(&own, nil).Verdict
				}
			}
		}
	})
}

// crossing reports whether any two claims on a technology speak of the same
// version.
func crossing(listings []*Listing) bool {
	for i, l := range listings {
		if slices.ContainsFunc(listings[:i], func(o *Listing) bool { return o.Range.Overlaps(l.Range) }) {
			return true
		}
	}
	return false
}

// eachRelease visits every release.
func (b *builder) eachRelease(visit func(*release)) {
	for i := range b.m.ds.Products {
		if p := b.m.products[fact.Key(b.m.ds.Products[i].ID)]; p.Product == &b.m.ds.Products[i] {
			for _, r := range p.ordered {
				visit(r)
			}
		}
	}
}

// environment reports whether a claim lists something a release runs with; a
// mere recommendation does not.
func (l *Listing) environment() bool {
	switch l.Status {
	case fact.StatusTested, fact.StatusSupported, fact.StatusRequired, fact.StatusCompatible, fact.StatusShipped:
		return true
	}
	return false
}

func compareListings(a, b Listing) int {
	if a.tech != b.tech {
		return compareTechnologies(a.tech, b.tech)
	}
	return cmp.Or(a.Range.Compare(b.Range), compareBool(!a.Paged(), !b.Paged()))
}

func compareTechnologies(a, b *technology) int {
	return cmp.Or(cmp.Compare(a.kind.Order, b.kind.Order), strings.Compare(a.ID, b.ID))
}
