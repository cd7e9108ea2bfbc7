package compat_test

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/version"
)

// This file judges by the words of the rules, one version after the other: it knows the
// facts and how a version is read, and nothing of the index or of judge. The versions are
// a universe that is enumerated: one of each stretch that no fact tells apart.

// world is the facts of a dataset.
type world struct {
	m      *compat.Matrix
	ds     *fact.Dataset
	techs  map[string]*slowTech
	claims []*fact.Claim
	facts  map[string][]*slowClaim // by product and release
	days   map[string]string       // of sources
	ranks  map[string]int          // of sources, 0 the strongest
}

// slowTech is a technology, and the versions of it that are told apart.
type slowTech struct {
	*fact.Technology
	scheme   *version.Scheme
	universe []version.Range
	numbers  []string
	known    map[string]version.Range // what was read
	head     string
	members  []*slowTech             // of its family, itself too
	said     map[string][]*slowClaim // of any of the family, by product and release
}

// slowClaim is a claim that counts for a release.
type slowClaim struct {
	*fact.Claim
	tech   *slowTech
	covers version.Range
	points []version.Range // of its technology, that it covers
	sure   version.Range   // of its means
	units  []version.Range
}

func newWorld(m *compat.Matrix, ds *fact.Dataset) *world {
	w := &world{m: m, ds: ds, techs: map[string]*slowTech{}, claims: m.Claims(), facts: map[string][]*slowClaim{}, days: map[string]string{}, ranks: map[string]int{}}
	for i := range ds.Technologies {
		copied := withCycles(ds, ds.Technologies[i])
		t := &copied
		var labels []version.Label
		for _, c := range t.Cycles {
			if c.Label != "" {
				labels = append(labels, version.Label{Text: c.Label, Version: c.Version, Printed: true})
			}
			for _, name := range c.Names {
				labels = append(labels, version.Label{Text: name, Version: c.Version})
			}
		}
		scheme, err := version.NewScheme(t.Scheme, labels...)
		if err != nil {
			panic(err)
		}
		w.techs[t.ID] = &slowTech{Technology: t, scheme: scheme, known: map[string]version.Range{}, head: t.ID, said: map[string][]*slowClaim{}}
	}
	for range ds.Technologies { // from a relative to its own, up to the head
		for _, t := range w.techs {
			for _, r := range append(t.Relatives(), fact.Relative{Technology: t.Family}) {
				if r.Technology != "" {
					t.head = w.techs[r.Technology].head
				}
			}
		}
	}
	for _, s := range ds.Sources {
		w.ranks[s.ID] = slices.Index([]fact.Authority{fact.Official, fact.Site, fact.Unconfirmed, fact.Fork}, s.Authority)
		w.days[s.ID] = cmp.Or(s.Date, s.Checked)
	}
	platform := map[string]string{}
	for _, p := range ds.Products {
		platform[p.ID] = p.Platform
	}
	for _, r := range ds.Releases {
		for _, c := range w.claims {
			if c.Until == "" && c.Status != fact.StatusPlanned && (c.Platform != "" && c.Platform == platform[r.Product] || c.Product == r.Product && c.Release == r.Version) {
				at := r.Product + " " + r.Version
				w.facts[at] = append(w.facts[at], &slowClaim{Claim: c, tech: w.techs[c.Technology], covers: w.read(c.Technology, c.Version)})
			}
		}
	}
	w.enumerate()
	w.share()
	return w
}

// share finds once what every question of a claim or of a technology needs.
func (w *world) share() {
	for _, t := range w.techs {
		for _, o := range w.techs {
			if o.head == t.head {
				t.members = append(t.members, o)
			}
		}
	}
	for at, claims := range w.facts {
		for _, c := range claims {
			c.points = w.points(c.tech, c.covers)
			c.sure, c.units = w.means(c)
			for _, t := range c.tech.members {
				t.said[at] = append(t.said[at], c)
			}
		}
	}
}

// withCycles gives what a provider runs the cycles of the technology that it is.
func withCycles(ds *fact.Dataset, t fact.Technology) fact.Technology {
	for _, base := range ds.Technologies {
		if t.Managed != nil && t.Managed.Technology == base.ID && len(t.Cycles) == 0 {
			t.Cycles, t.Complete, t.Ended = base.Cycles, base.Complete, base.Ended
		}
	}
	return t
}

func (w *world) read(technology, text string) version.Range {
	if text == "" {
		return version.All()
	}
	known := w.techs[technology].known
	if r, done := known[text]; done {
		return r
	}
	r, err := w.techs[technology].scheme.Parse(text)
	if err != nil {
		panic(err)
	}
	known[text] = r
	return r
}

var bounds = regexp.MustCompile(`[0-9]+(\.[0-9]+)*`)

// enumerate finds the versions that are told apart: those of a family together, as what is
// stated of one name may count for another.
func (w *world) enumerate() {
	numbers := map[string][]string{}
	for _, t := range w.techs {
		numbers[t.head] = []string{"0"}
	}
	add := func(technology string, r version.Range) {
		head := w.techs[technology].head
		numbers[head] = append(numbers[head], bounds.FindAllString(r.String(), -1)...)
	}
	for _, c := range w.claims {
		add(c.Technology, w.read(c.Technology, c.Version))
	}
	for _, t := range w.techs {
		for _, c := range t.Cycles {
			add(t.ID, w.read(t.ID, c.Version))
			if c.First != "" {
				add(t.ID, w.read(t.ID, c.First))
			}
		}
		for _, p := range t.Policies {
			add(t.ID, w.read(t.ID, p.Within))
		}
		for _, s := range t.Successors {
			add(t.ID, w.read(t.ID, s.Same))
		}
	}
	for _, l := range w.ds.Lifecycles {
		add(l.Technology, w.read(l.Technology, l.Version))
		if l.Latest != "" {
			if r, err := w.techs[l.Technology].scheme.Parse(l.Latest); err == nil {
				add(l.Technology, r)
			}
		}
	}
	for _, t := range w.techs {
		add(t.ID, t.scheme.Unreleased())
	}
	for head, all := range numbers {
		slices.Sort(all)
		var points []version.Range
		for _, n := range all {
			points = append(points, around(n)...)
		}
		slices.SortFunc(points, version.Range.Compare)
		points = slices.CompactFunc(points, version.Range.Equal)
		for _, t := range w.techs {
			if t.head == head {
				t.universe, t.numbers = slices.DeleteFunc(slices.Clone(points), func(p version.Range) bool { return w.never(t, p) }), all
			}
		}
	}
}

// never reports whether there is no such version: in none of the cycles of a technology that
// are complete, but above them; above those of one that has ended; or before the first
// release of a cycle.
func (w *world) never(t *slowTech, point version.Range) bool {
	inside, below := false, false
	for _, c := range t.Cycles {
		cycle := w.read(t.ID, c.Version)
		if c.First != "" && point.Within(cycle) && point.Compare(w.read(t.ID, c.First)) < 0 {
			return true
		}
		inside, below = inside || point.Within(cycle), below || point.Compare(cycle) < 0
	}
	return point.Within(t.scheme.Unreleased()) || !inside && (below && t.Complete || !below && t.Ended)
}

// around gives the version of a number, and that of the number that follows it: each
// stretch of versions that no fact tells apart begins with one of them.
func around(number string) []version.Range {
	parts := strings.Split(number, ".")
	last, _ := strconv.Atoi(parts[len(parts)-1])
	next := append(slices.Clone(parts[:len(parts)-1]), strconv.Itoa(last+1))
	var all []version.Range
	for _, n := range [][]string{parts, next} {
		for len(n) < 7 {
			n = append(n, "0")
		}
		if r, err := version.Parse(strings.Join(append(n, "7"), ".")); err == nil {
			all = append(all, r)
		}
	}
	return all
}

// slowAsked is a component of a question.
type slowAsked struct {
	kind string
	tech *slowTech // nil where it could not be read
	of   version.Range
}

// slowQuestion is one release, and all that is asked about.
type slowQuestion struct {
	*world
	release string
	asked   []slowAsked
	stand   map[*slowClaim]bool // what is known of stands
}

// The states of a condition.
const (
	isBroken = iota
	isOpen
	isMet
)

// granted reports whether the release takes a technology for granted.
func (q *slowQuestion) granted(t *slowTech) bool {
	for _, k := range q.ds.Kinds {
		if k.Baseline == t.ID {
			return !slices.ContainsFunc(q.facts[q.release], func(c *slowClaim) bool {
				return c.Exclusive && q.techs[c.Technology].Kind == k.ID
			})
		}
	}
	return false
}

// state holds the condition of a claim against what is asked.
func (q *slowQuestion) state(c *slowClaim) int {
	switch {
	case c.When == "":
		return isMet
	case len(c.With) == 0:
		return isOpen
	}
	kinds := map[string][]fact.Target{}
	for _, with := range c.With {
		kind := q.techs[with.Technology].Kind
		kinds[kind] = append(kinds[kind], with)
	}
	worst := isMet
	for kind, targets := range kinds {
		worst = min(worst, q.ofKind(kind, targets))
	}
	return worst
}

func (q *slowQuestion) ofKind(kind string, targets []fact.Target) int {
	seen := map[int]int{}
	of := 0
	for _, a := range q.asked {
		if a.kind != kind || a.tech != nil && q.granted(a.tech) {
			continue
		}
		of++
		seen[q.meets(a, targets)]++
	}
	for state, n := range seen {
		if n == of {
			return state
		}
	}
	return isOpen
}

// meets holds one component against the technologies that a condition names.
func (q *slowQuestion) meets(a slowAsked, targets []fact.Target) int {
	if a.tech == nil || a.tech.Generic {
		return isOpen
	}
	best := isBroken
	for id, allowed := range union(q.world, targets) {
		other, certain := q.techs[id], false
		switch same, linked := q.same(a.tech, other); {
		case other == a.tech:
			certain = true
		case other.Generic && other.head == a.tech.head:
		case linked:
			certain = a.of.Within(same)
		default:
			continue
		}
		switch {
		case certain && a.of.Within(allowed):
			best = max(best, isMet)
		case a.of.Overlaps(allowed):
			best = max(best, isOpen)
		}
	}
	return best
}

func union(w *world, targets []fact.Target) map[string]version.Range {
	all := map[string]version.Range{}
	for _, t := range targets {
		all[t.Technology] = all[t.Technology].Union(w.read(t.Technology, t.Version))
	}
	return all
}

// same gives the versions in which two technologies are two names of one thing, where one
// is the older name of the other.
func (w *world) same(one, other *slowTech) (version.Range, bool) {
	for _, s := range one.Successors {
		if s.Technology == other.ID {
			return w.read(one.ID, s.Same), true
		}
	}
	for _, s := range other.Successors {
		if s.Technology == one.ID {
			return w.read(other.ID, s.Same), true
		}
	}
	return version.Range{}, false
}

// older reports whether a technology is the older name of another one.
func older(old, of *slowTech) bool {
	return slices.ContainsFunc(old.Successors, func(s fact.Successor) bool { return s.Technology == of.ID })
}

// slowRuling is what a claim says of some versions.
type slowRuling struct {
	*slowClaim
	step    int
	verdict fact.Verdict
	label   version.Range
	units   []version.Range
	limit   fact.Verdict
}

var ranks = map[fact.Verdict]int{fact.Tested: 0, fact.Compatible: 1, fact.Conditional: 2, fact.NotListed: 3, fact.Unresolved: 4, fact.Incompatible: 5}

func worst(a, b fact.Verdict) fact.Verdict {
	if ranks[a] > ranks[b] {
		return a
	}
	return b
}

func best(a, b fact.Verdict) fact.Verdict {
	if ranks[a] < ranks[b] {
		return a
	}
	return b
}

// status is what a claim supports where it covers what is asked.
func (q *slowQuestion) status(c *slowClaim) fact.Verdict {
	v := fact.NotListed
	switch c.Status {
	case fact.StatusTested:
		v = fact.Tested
	case fact.StatusIncompatible:
		v = fact.Incompatible
	case fact.StatusSupported, fact.StatusRequired, fact.StatusCompatible, fact.StatusRecommended, fact.StatusShipped, fact.StatusDeprecated:
		v = fact.Compatible
	}
	if v != fact.NotListed && q.state(c) == isOpen {
		return fact.Conditional
	}
	return v
}

func (w *world) day(c *slowClaim) string { return cmp.Or(c.Since, w.days[c.Citation.Source]) }

func shipped(c *slowClaim) bool { return c.Status == fact.StatusShipped }

func vague(c *slowClaim) bool {
	return c.Version == "" && c.Status != fact.StatusIncompatible && !shipped(c)
}

func advises(c *slowClaim) bool {
	return c.Status == fact.StatusIncompatible || c.Status == fact.StatusNotRecommended || c.Status == fact.StatusNotTested || c.Status == fact.StatusOutOfSupport
}

// means gives the versions that a claim surely means, and the sets that it means as a whole.
func (w *world) means(c *slowClaim) (sure version.Range, units []version.Range) {
	if !shipped(c) && (c.Version != "" || advises(c)) {
		return c.covers, nil
	}
	units = []version.Range{c.covers}
	made := w.m.Listing(c.Claim)
	if c.Status != fact.StatusTested || c.Platform != "" || made.Image != nil || made.Run != nil {
		return sure, units
	}
	day := w.day(c)
	if s := w.m.Source(c.Citation.Source); s.Date != "" {
		day = min(day, s.Date)
	}
	for _, l := range w.periods(c.Technology) {
		series := w.read(c.Technology, l.Version)
		if l.Released > day || day == "" || l.Ended || l.Ends != "" && l.Ends < day {
			continue
		}
		units = append(units, series)
		if l.LatestReleased == "" || l.LatestReleased > day {
			continue
		}
		latest, err := w.techs[c.Technology].scheme.Parse(l.Latest)
		if err == nil {
			sure = sure.Union(series.Minus(latest.Above()))
		}
	}
	return sure, units
}

// periods are the lifecycles of a technology.
func (w *world) periods(id string) []fact.Lifecycle {
	var all []fact.Lifecycle
	for _, l := range w.ds.Lifecycles {
		if l.Technology == id {
			all = append(all, l)
		}
	}
	return all
}

// rulings are all that is said of one version, or of a set of them, of a technology.
func (q *slowQuestion) rulings(t *slowTech, of version.Range, promises bool) []slowRuling {
	var all []slowRuling
	add := func(c *slowClaim, step int, limit fact.Verdict) {
		v := q.status(c)
		if !of.Within(c.sure) && !slices.ContainsFunc(c.units, of.Equal) {
			v = worst(v, fact.Conditional)
		}
		if v != fact.Incompatible {
			v = worst(v, limit)
		}
		if vague(c) {
			step += 4
		}
		all = append(all, slowRuling{c, step, v, c.covers, c.units, limit})
	}
	for _, c := range t.said[q.release] {
		other := c.tech
		if !of.Within(c.covers) || q.state(c) == isBroken || q.outdated(c) {
			continue
		}
		same, linked := q.same(t, other)
		switch {
		case other == t, linked && of.Within(same):
			add(c, 1, fact.Tested)
		case linked && older(other, t) && !of.Overlaps(same):
			add(c, 1, fact.Compatible)
		case len(c.points) == 0: // what never was is run by nobody
		case other.Generic && !t.Generic && len(t.Relatives()) == 0:
			add(c, 2, fact.Compatible)
		case t.Managed != nil && t.Managed.Technology == other.ID && of.Within(q.read(t.ID, t.Managed.Within)):
			add(c, 3, fact.Compatible)
		}
	}
	if promises {
		for _, c := range t.said[q.release] {
			if q.leads(c, t, of) {
				all = append(all, slowRuling{c, 4, fact.Compatible, of, nil, fact.Compatible})
			}
		}
	}
	return all
}

// outdated reports whether a claim says no to every version, and one as strong says yes since.
func (q *slowQuestion) outdated(c *slowClaim) bool {
	return c.Status == fact.StatusIncompatible && c.Version == "" && q.day(c) != "" &&
		slices.ContainsFunc(c.tech.said[q.release], func(o *slowClaim) bool {
			return o.tech == c.tech && vague(o) && !advises(o) && q.state(o) != isBroken && q.day(o) > q.day(c) &&
				(o.Platform == "") == (c.Platform == "") && q.ranks[o.Citation.Source] == q.ranks[c.Citation.Source]
		})
}

// leads reports whether a policy leads from a claim to a version.
func (q *slowQuestion) leads(c *slowClaim, t *slowTech, of version.Range) bool {
	if len(c.tech.Policies) == 0 {
		return false
	}
	if same, linked := q.same(t, c.tech); c.tech != t && (!linked || !of.Within(same)) {
		return false
	}
	if shipped(c) || q.state(c) == isBroken || ranks[q.status(c)] > ranks[fact.Compatible] {
		return false
	}
	return slices.ContainsFunc(c.tech.Policies, func(p fact.Policy) bool {
		within := q.read(c.Technology, p.Within)
		return c.covers.Within(within) && of.Within(within) && of.Within(q.cycle(c.tech, c.covers)) && of.Within(c.covers.Above())
	}) && q.stands(c)
}

// stands reports whether what a claim says of its own versions is not outweighed.
func (q *slowQuestion) stands(c *slowClaim) bool {
	if stands, known := q.stand[c]; known {
		return stands
	}
	if q.stand == nil {
		q.stand = map[*slowClaim]bool{}
	}
	q.stand[c] = !slices.ContainsFunc(c.points, func(point version.Range) bool {
		named := slices.DeleteFunc(q.rulings(c.tech, point, false), func(r slowRuling) bool { return r.step != 1 })
		return ranks[q.strongest(named).verdict] > ranks[fact.Compatible]
	})
	return q.stand[c]
}

// cycle is the widest cycle that holds some versions, else those of their first number.
func (w *world) cycle(t *slowTech, of version.Range) version.Range {
	var widest version.Range
	for _, c := range t.Cycles {
		if r := w.read(t.ID, c.Version); of.Within(r) && widest.Within(r) {
			widest = r
		}
	}
	if first := bounds.FindString(of.String()); widest.IsEmpty() && first != "" {
		number, _, _ := strings.Cut(first, ".")
		if r, err := version.Parse(number); err == nil && of.Within(r) {
			return r
		}
	}
	return widest
}

// points are the versions of the universe that lie in a range.
func (w *world) points(t *slowTech, in version.Range) []version.Range {
	var all []version.Range
	for _, p := range t.universe {
		if p.Within(in) {
			all = append(all, p)
		}
	}
	return all
}

// strongest finds the ruling that decides, by leaving out those that others outweigh.
func (q *slowQuestion) strongest(all []slowRuling) slowRuling {
	var images []slowRuling
	var rest []slowRuling
	for _, r := range all {
		if shipped(r.slowClaim) {
			images = append(images, r)
		} else {
			rest = append(rest, r)
		}
	}
	rest = least(rest, func(r slowRuling) int { return r.step })
	rest = least(rest, func(r slowRuling) int { return map[bool]int{true: 1}[r.Platform != ""] })
	rest = least(rest, func(r slowRuling) int { return q.ranks[r.Citation.Source] })
	decides := q.byDay(rest)
	images = slices.DeleteFunc(images, func(r slowRuling) bool { return decides.slowClaim != nil && r.step > decides.step })
	images = slices.DeleteFunc(images, func(r slowRuling) bool {
		switch {
		case decides.slowClaim == nil:
			return false
		case decides.Status != fact.StatusIncompatible:
			return ranks[r.verdict] >= ranks[decides.verdict]
		}
		stronger := q.ranks[decides.Citation.Source] - q.ranks[r.Citation.Source]
		return stronger < 0 || stronger == 0 && (q.day(decides.slowClaim) == "" || q.day(r.slowClaim) <= q.day(decides.slowClaim))
	})
	for _, image := range least(images, func(r slowRuling) int { return ranks[r.verdict] }) {
		return image
	}
	if decides.slowClaim == nil {
		decides.verdict = fact.NotListed
	}
	return decides
}

// least keeps those of which something is least.
func least(all []slowRuling, of func(slowRuling) int) []slowRuling {
	var kept []slowRuling
	for _, r := range all {
		if len(kept) > 0 && of(r) < of(kept[0]) {
			kept = nil
		}
		if len(kept) == 0 || of(r) == of(kept[0]) {
			kept = append(kept, r)
		}
	}
	return kept
}

// byDay decides between statements that stand equal but for what they say and when.
func (q *slowQuestion) byDay(all []slowRuling) slowRuling {
	var no, advice, yes []slowRuling
	for _, r := range all {
		switch r.Status {
		case fact.StatusIncompatible:
			no = append(no, r)
		case fact.StatusNotRecommended, fact.StatusNotTested, fact.StatusOutOfSupport:
			advice = append(advice, r)
		default:
			yes = append(yes, r)
		}
	}
	newest := func(all []slowRuling) (day string, known bool) {
		known = true
		for _, r := range all {
			day, known = max(day, q.day(r.slowClaim)), known && q.day(r.slowClaim) != ""
		}
		return day, known
	}
	better := func(all []slowRuling) (one slowRuling) {
		for i, r := range all {
			if i == 0 || ranks[r.verdict] < ranks[one.verdict] {
				one = r
			}
		}
		return one
	}
	if len(no) > 0 {
		day, known := newest(no)
		since := func(r slowRuling) bool { return known && q.day(r.slowClaim) > day }
		if later := slices.DeleteFunc(slices.Concat(yes, advice), func(r slowRuling) bool { return !since(r) }); len(later) > 0 {
			return better(later)
		}
		for i, r := range no { // one without an open condition first
			if r.verdict == fact.Incompatible || i == len(no)-1 {
				return r
			}
		}
	}
	day, known := newest(yes)
	for _, r := range advice {
		if q.day(r.slowClaim) != "" && known && q.day(r.slowClaim) > day || len(yes) == 0 {
			return r
		}
	}
	return better(yes)
}

// slowPoint is a version of the universe, what decides of it, and its verdict.
type slowPoint struct {
	at      version.Range
	verdict fact.Verdict
	decides slowRuling
	unit    int // by which it was taken together with others; 0 for none
}

// judged gives the verdict of each version of a technology that is asked about.
func (q *slowQuestion) judged(t *slowTech, of version.Range) []slowPoint {
	var all []slowPoint
	var units []slowRuling
	for _, point := range q.points(t, of) {
		said := q.rulings(t, point, true)
		d := q.strongest(said)
		all = append(all, slowPoint{at: point, verdict: d.verdict, decides: d})
		for _, r := range said {
			for _, unit := range r.units {
				one := r
				one.label = unit
				if unit.Within(of) && !slices.ContainsFunc(units, func(o slowRuling) bool { return o.label.Equal(unit) && o.slowClaim == one.slowClaim }) {
					units = append(units, one)
				}
			}
		}
	}
	slices.SortStableFunc(units, func(a, b slowRuling) int { // what is said of the name itself goes first
		return cmp.Or(cmp.Compare(a.step, b.step), map[bool]int{true: -1}[a.tech == t]-map[bool]int{true: -1}[b.tech == t], a.label.Compare(b.label))
	})
	for n, u := range units {
		said := q.rulings(t, u.label, true)
		d := q.strongest(said)
		in, low := slices.ContainsFunc(said, func(r slowRuling) bool { return r.slowClaim == u.slowClaim }), fact.Tested
		touched := map[int]int{}
		for _, p := range all {
			inside := p.at.Within(u.label)
			if p.unit > 0 {
				touched[p.unit] |= map[bool]int{true: 1, false: 2}[inside]
			}
			if inside {
				in, low = in && (p.decides.slowClaim == nil || !advises(p.decides.slowClaim)), worst(low, p.verdict)
			}
		}
		for _, sides := range touched {
			in = in && sides != 3
		}
		if !in || ranks[d.verdict] >= ranks[low] {
			continue
		}
		for i := range all {
			if all[i].at.Within(u.label) {
				all[i].verdict, all[i].decides, all[i].unit = d.verdict, d, n+1
			}
		}
	}
	return all
}

// verdict is that of one component; "assumed" where it counts for nothing.
func (q *slowQuestion) verdict(a slowAsked) (fact.Verdict, []slowPoint) {
	if a.tech == nil {
		return fact.Unresolved, nil
	}
	if q.granted(a.tech) && !q.states(a.tech) {
		return "assumed", nil
	}
	points := q.judged(a.tech, a.of)
	if a.tech.Generic {
		for i := range points {
			if points[i].decides.slowClaim == nil {
				points[i].verdict = q.ofMembers(a.tech, points[i].at)
			}
		}
	}
	all := map[fact.Verdict]bool{}
	low, high := fact.Tested, fact.Incompatible
	for _, p := range points {
		all[p.verdict] = true
		low, high = worst(low, p.verdict), best(high, p.verdict)
	}
	switch {
	case ranks[low] <= ranks[fact.Compatible]:
		return low, points
	case high == fact.Incompatible:
		return high, points
	case ranks[high] >= ranks[fact.NotListed]:
		return fact.NotListed, points
	}
	return fact.Conditional, points
}

// ofMembers is the verdict of a version that no single technology is named with: where any of
// the family has it, that depends on which.
func (q *slowQuestion) ofMembers(generic *slowTech, point version.Range) fact.Verdict {
	for _, t := range generic.members {
		if !t.Generic {
			if d := q.strongest(q.rulings(t, point, true)); d.slowClaim != nil && ranks[d.verdict] < ranks[fact.NotListed] && !q.never(t, point) {
				return fact.Conditional
			}
		}
	}
	return fact.NotListed
}

// states reports whether a claim that counts speaks of a technology under any of its names.
func (q *slowQuestion) states(t *slowTech) bool {
	return slices.ContainsFunc(q.facts[q.release], func(c *slowClaim) bool {
		other := q.techs[c.Technology]
		same, linked := q.same(t, other)
		return q.state(c) == isMet && (other == t || other.head == t.head && (other.Generic || t.Generic) || linked && c.covers.Overlaps(same))
	})
}

func (a slowAsked) String() string {
	if a.tech == nil {
		return a.kind + " ?"
	}
	return fmt.Sprintf("%s %s", a.tech.ID, a.of)
}
