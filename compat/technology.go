package compat

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/lifecycle"
	"github.com/testedon/testedon/version"
)

// Technology is a technology of the dataset with everything of it read and found.
type Technology struct {
	*fact.Technology
	m        *Matrix
	kind     *fact.Kind
	baseline bool     // of its kind
	whole    *Listing // of a baseline: every version of it, which no source states
	scheme   *version.Scheme
	// asPrinted are the labels of pages and of lifecycles, by key, with remarks that
	// are understood only because one of them prints them.
	asPrinted map[string]version.Range
	counted   *fact.Technology // whose cycles count: itself or, where it has none and is run as another, that one
	cycles    []version.Range  // of counted
	parts     []bool           // of cycles, which lie in another
	never     version.Range    // the versions that cannot be; see Technology.Complete
	beyond    version.Range    // those above all cycles, where some may come
	head      *Technology      // of its family; itself when it has none
	plain     []string         // the words that may stand beside its name; see Technology.Strange
	members   []*Technology    // of the family it heads, itself among them
	meant     []*Technology    // what a name of it may be about: itself, and the other members where it or they are generic
	edges     []edge           // to older and newer names of it
	derived   *edge            // to what it is made from; nil for most
	managed   *edge            // to what it is run as; nil for most
	policies  []policy
	named     []lead               // to its versions by step 1 of judge
	led       []lead               // by the later steps
	life      lifecycle.Technology // how long its series are maintained
	latest    []*lifecycle.Period  // of each of the cycles, the highest; nil where nothing is known
}

// display names the technology and versions of it as people do: "PostgreSQL 17.2 and
// later". The version by itself is in the notation of the scheme, mostly a part of the
// same text.
func (t *Technology) display(r version.Range) (whole, version string) {
	if r.IsAll() {
		return t.Name, ""
	}
	var buf [96]byte
	named := append(append(buf[:0], t.Name...), ' ')
	if t.scheme.HasPhrase(r) {
		return string(t.scheme.AppendPhrase(named, r)), string(t.scheme.AppendPrint(nil, r))
	}
	whole = string(t.scheme.AppendPrint(named, r))
	return whole, whole[len(named):]
}

// cycleOf gives the widest cycle that holds r; the versions of the same first
// number where no cycle does.
func (t *Technology) cycleOf(r version.Range) version.Range {
	var widest version.Range
	for _, c := range t.cycles {
		if r.Within(c) && widest.Within(c) {
			widest = c
		}
	}
	if widest.IsEmpty() && r.SameMajor(r) {
		return r.Major()
	}
	return widest
}

// Technology finds a technology by ID, name or alias. Where several share the
// name, the one with that ID counts, else it is an error naming them. The error
// is an *Error of code not_found.
func (m *Matrix) Technology(name string) (*Technology, error) {
	if t := m.technologies[name]; t != nil {
		return t, nil
	}
	found := m.aliases[fact.Key(name)]
	if len(found) == 1 {
		return found[0], nil
	}
	id, near := "technology.unknown", []string(nil)
	for _, t := range found {
		id, near = "technology.several", append(near, t.ID)
	}
	if len(found) == 0 {
		near = m.closestTechnologies(name)
	}
	e := fact.Refuse("technology", id, strconv.Quote(name))
	e.Code, e.Candidates, e.See = fact.CodeNotFound, near, fact.AllTechnologies
	return nil, e.Suggest()
}

// Target reads what a fact of the dataset names.
func (m *Matrix) Target(t fact.Target) Component {
	one := m.technologies[t.Technology]
	versions, _ := one.ParsePrinted(t.Version) // Build has read it
	return component(one, versions)
}

// Parse reads versions of the technology as a caller writes them; an empty text is every
// version. The error says why they cannot be read.
func (t *Technology) Parse(text string) (Component, error) {
	versions, err := t.parse(text)
	return component(t, versions), err
}

// Versions reads versions of the technology as [Technology.Parse] does.
func (t *Technology) Versions(text string) (version.Range, error) { return t.parse(text) }

// IsHarmless reports whether a word may stand beside a version of the technology.
func (t *Technology) IsHarmless(word string) bool { return t.scheme.IsHarmless(word) }

// Series are the versions of the cycle at a place of its Cycles.
func (t *Technology) Series(place int) version.Range { return t.cycles[place] }

// Knows reports whether versions are of a series that the technology has.
func (t *Technology) Knows(versions version.Range) bool {
	for _, c := range t.cycles {
		if versions.Overlaps(c) && !c.Union(c.Above()).IsAll() { // all that is older suggests nothing
			return true
		}
	}
	return len(t.cycles) == 0
}

// VERS writes versions of the technology as a version range specifier; empty where none says
// just that. See [version.Scheme.VERS].
func (t *Technology) VERS(versions version.Range) string { return t.scheme.VERS(versions) }

// Component is what asks for versions of the technology.
func (t *Technology) Component(versions version.Range) Component { return component(t, versions) }

// closestTechnologies gives the IDs of those whose names come close.
func (m *Matrix) closestTechnologies(name string) []string {
	var names []string
	for _, t := range m.byID {
		names = append(names, t.Names()...)
	}
	ids := []string{}
	for _, n := range fact.Closest(name, names) {
		for _, t := range m.aliases[fact.Key(n)] {
			ids = fact.AppendNew(ids, t.ID)
		}
	}
	return ids
}

// Technologies lists the technologies of a kind ("" for all) whose ID, name or
// alias contains search ("" for all), in the order of their IDs.
func (m *Matrix) Technologies(kind, search string) []*Technology {
	all := make([]*Technology, 0, len(m.byID))
	wanted := fact.Key(search)
	for _, t := range m.byID {
		if (kind == "" || t.Kind == kind) && (wanted == "" || t.matches(wanted)) {
			all = append(all, t)
		}
	}
	return all
}

func (t *Technology) matches(wanted string) bool {
	for _, name := range t.Names() {
		if strings.Contains(fact.Key(name), wanted) {
			return true
		}
	}
	return false
}

// technologies indexes technologies: first each by itself, then their edges.
func (b *builder) technologies() {
	for i := range b.m.ds.Technologies {
		b.addTechnology(&b.m.ds.Technologies[i])
	}
	for _, t := range b.m.byID {
		b.relate(t)
	}
	for _, t := range b.m.byID {
		t.meant = t.meanings()
		t.leads()
	}
}

func (b *builder) addTechnology(source *fact.Technology) {
	t := &Technology{Technology: source, m: b.m, kind: b.m.kinds[source.Kind], asPrinted: map[string]version.Range{}}
	t.life.Words = b.m.words
	where := "technology " + t.ID
	if t.kind == nil || t.kind.ID != t.Kind {
		b.fault(where, "kind %q is in no kinds.yaml%s", t.Kind, didYouMean(t.Kind, b.m.kinds))
		t.kind = &fact.Kind{}
	}
	t.counted = b.counted(where, source)
	scheme, err := version.NewScheme(t.Scheme, labelsOf(t.counted.Cycles)...)
	if err != nil {
		b.fault(where, "%v", err)
	} else {
		t.scheme = scheme
		b.cycles(where, t)
		b.bound(where, t)
	}
	for _, name := range t.Names() {
		b.alias(name, t)
	}
	b.m.technologies[t.ID] = t
	b.m.byID = append(b.m.byID, t)
}

// counted gives the technology whose cycles count for another. What a provider runs
// has those of the technology that it is, in the same notation.
func (b *builder) counted(where string, t *fact.Technology) *fact.Technology {
	at := slices.IndexFunc(b.m.ds.Technologies, func(o fact.Technology) bool { return t.Managed != nil && o.ID == t.Managed.Technology })
	if len(t.Cycles) > 0 || at < 0 {
		return t
	}
	base := &b.m.ds.Technologies[at]
	if base.Scheme != t.Scheme {
		b.fault(where, "has the scheme %q, and what it is run as, %s, the scheme %q; the releases are the same", t.Scheme, base.ID, base.Scheme)
	}
	return base
}

func (b *builder) cycles(where string, t *Technology) {
	for _, c := range t.counted.Cycles {
		versions, err := t.scheme.Parse(c.Version)
		if err != nil {
			b.fault(where, "cycle: %v", err)
		}
		t.cycles = append(t.cycles, versions)
	}
	t.latest = make([]*lifecycle.Period, len(t.cycles))
}

// alias makes a technology found by a name. Several may share one; the version
// then decides.
func (b *builder) alias(name string, t *Technology) {
	k := fact.Key(name)
	if k == "" {
		b.fault("technology "+t.ID, "alias %q has neither letter nor digit", name)
		return
	}
	if !slices.Contains(b.m.aliases[k], t) {
		b.m.aliases[k] = append(b.m.aliases[k], t)
	}
}

// technology finds a technology by ID.
func (b *builder) technology(where, id string) *Technology {
	t := b.m.technologies[id]
	if t == nil {
		b.fault(where, "names technology %q, which is not there%s", id, orOneOf(b.m.closestTechnologies(id)))
	}
	return t
}

// Compare orders technologies by kind and ID.
func (t *Technology) Compare(o *Technology) int {
	return cmp.Or(cmp.Compare(t.kind.Order, o.kind.Order), strings.Compare(t.ID, o.ID))
}

// policy is a Policy with its range read.
type policy struct {
	within version.Range
	via    *Via
}

// reach is the versions that the policy leads to from those of a label: those
// above them in their cycle.
func (p policy) reach(from *reading) version.Range {
	if !from.Range.Within(p.within) {
		return version.Range{}
	}
	return from.Range.Above().Intersect(from.cycle).Intersect(p.within)
}

// policies reads the ranges of policies by themselves: a label that is read is
// kept with what the policies make of it.
func (b *builder) policies(where string, t *Technology) {
	for _, p := range t.Policies {
		within := version.All()
		if p.Within != "" && t.scheme != nil {
			var err error
			if within, err = t.scheme.Parse(p.Within); err != nil {
				b.fault(where, "policy: %v", err)
			}
		}
		via := b.via(where, "policy", t, p.Note, p.Citation)
		via.By = cmp.Or(p.By, t.Name)
		t.policies = append(t.policies, policy{within, via})
	}
}
