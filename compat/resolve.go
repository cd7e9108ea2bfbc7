package compat

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/wording"
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/message"
	"github.com/testedon/testedon/version"
)

// Resolve reads one asked component, in this order; before any, a package URL or a CPE by
// its marks:
//
//  1. A name, ":" or "@", and a version: "rhel:9". An id goes before names.
//  2. The longest beginning that is the name of a technology, and the version
//     after it: "Red Hat Enterprise Linux 9". A name several technologies share
//     ("Windows") means the one whose notation reads the version.
//  3. The name of a cycle: "noble", "Sonoma 14.6".
//  4. A version with the name within: "10.5.27-MariaDB".
//  5. A name beside one that says less: "Java 17 (Temurin)", "Linux/CentOS 7".
//  6. A bare version, where the kind has a technology for "any of them": "21"
//     or ">=17 <22" as a JDK.
//
// It never fails: what cannot be read, or could mean several things, comes back
// without a technology, with the reason and candidates; and so, with its technology,
// does a version that cannot be.
func (m *Matrix) Resolve(a Asked) Component {
	r := resolver{m: m, kind: a.Kind, text: strings.TrimSpace(a.Text)}
	if k := m.kinds[a.Kind]; k != nil {
		r.kind = k.ID
	}
	c := r.resolve()
	c.Kind, c.Text = r.kind, a.Text
	return c
}

// resolver is one text on its way to a component.
type resolver struct {
	m    *Matrix
	kind string
	text string
	// The first failure belongs to the longest name: a technology that does not
	// read the version, or, with no error, one of another kind.
	failed  *Technology
	err     error
	rest    string      // what follows that name
	several int         // how many of the kind have that name
	shared  []Component // what a name that several share may mean
}

func (r *resolver) resolve() Component {
	if r.text == "" || len(r.text) > fact.MaxName || !utf8.ValidString(r.text) {
		return Component{Reason: r.m.words.Text("unread.text")}
	}
	c := r.read()
	switch {
	case c.Technology != nil:
		for _, one := range c.Refuse() {
			c.Candidates = r.offer(c.Candidates, one)
		}
	case c.Reason == "":
		c = r.unknown()
	case len(r.shared) > 0:
		for _, one := range r.shared {
			c.Candidates = r.offer(c.Candidates, one)
		}
	}
	return c
}

// read takes the steps of Resolve. A component without a technology and without a
// reason is one that no step could read.
func (r *resolver) read() Component {
	if fact.IsSkipped(r.text[0]) { // "-RHEL 9" may deny it
		return Component{}
	}
	if c, ok := r.identifier(); ok {
		return c
	}
	if c, ok := r.explicit(); ok {
		return c
	}
	if c, ok := r.build(); ok {
		return c
	}
	r.platform()
	var buf [fact.UsualName]byte
	k := fact.AppendKey(buf[:0], r.text)
	if c, ok := r.named(k); ok {
		return c
	}
	if c, ok := r.cycle(k); ok {
		return c
	}
	if c, ok := r.bare(); ok {
		return c
	}
	c, _ := r.beside()
	return c
}

// explicit reads "rhel:9" and "rhel@9".
func (r *resolver) explicit() (Component, bool) {
	i := strings.IndexByte(r.text, ':')
	if i < 0 {
		i = strings.IndexByte(r.text, '@')
	}
	if i < 0 {
		return Component{}, false
	}
	var buf [fact.UsualName]byte
	found := r.m.aliases[string(fact.AppendKey(buf[:0], r.text[:i]))]
	text := strings.TrimSpace(r.text[i+1:])
	if t := r.m.technologies[strings.ToLower(r.text[:i])]; t != nil && text != "" && len(found) > 1 { // an id goes before names that others share
		if c, ok := r.choose([]*Technology{t}, text); ok {
			return c, true
		}
	}
	if len(found) > 0 && text == "" {
		return Component{Reason: r.m.words.Text("unread.nothing", strconv.Quote(r.text[i:i+1]))}, true
	}
	return r.choose(found, text)
}

// platform drops the system from "linux/arm64" where a processor is asked for: what
// stands before the stroke is the whole name of something of another kind.
func (r *resolver) platform() {
	i := strings.IndexByte(r.text, '/')
	if i < 0 || len(r.m.aliases[fact.Key(r.text)]) > 0 {
		return
	}
	system := r.m.aliases[fact.Key(r.text[:i])]
	if len(system) > 0 && !slices.ContainsFunc(system, func(t *Technology) bool { return t.Kind == r.kind }) {
		r.text = r.text[i+1:]
	}
}

// named tries the beginnings of the text, longest first.
func (r *resolver) named(whole []byte) (Component, bool) {
	k := whole
	for end := len(r.text); end > 0; end-- {
		c := r.text[end-1]
		if end < len(r.text) && !fact.IsSkipped(r.text[end]) {
			k = k[:len(k)-1]
		}
		if fact.IsSkipped(c) || !isCut(r.text, end) {
			continue
		}
		if found := r.m.aliases[string(k)]; len(found) > 0 {
			if c, ok := r.choose(found, trimLead(r.text[end:])); ok {
				return c, true
			}
		}
	}
	return Component{}, false
}

// nameEnds may follow a name directly; the last one begins "≥" and "≤".
const nameEnds = ":@(,/<>=^~\xe2"

// isCut reports whether a name may end before text[end]: at a blank or a sign, or
// where a digit follows something else.
func isCut(text string, end int) bool {
	if end == len(text) {
		return true
	}
	next, last := text[end], text[end-1]
	switch {
	case next == '.':
		return false
	case fact.IsSkipped(next) || strings.IndexByte(nameEnds, next) >= 0:
		return true
	}
	return str.IsDigit(next) && !str.IsDigit(last)
}

// trimLead drops what parts a name from its version. A hyphen that stands apart from the
// name and right before a number is a minus, and stays.
func trimLead(text string) string {
	rest := strings.TrimLeft(text, " -_:@,\t")
	if n := len(text) - len(rest); n > 1 && text[n-1] == '-' && rest != "" && str.IsDigit(rest[0]) {
		return text[n-1:]
	}
	return rest
}

// choose picks the technology, of those found by name, that reads the version.
func (r *resolver) choose(found []*Technology, text string) (Component, bool) {
	var one Component
	var all []Component
	for _, t := range found {
		if t.Kind != r.kind {
			r.note(found, t, text, nil)
			continue
		}
		versions, err := t.parse(text)
		if err != nil {
			r.note(found, t, text, err)
			continue
		}
		c := component(t, versions)
		if one.Technology != nil { // a second one: keep both
			if all == nil {
				all = []Component{one}
			}
			all = append(all, c)
			continue
		}
		one = c
	}
	if all != nil {
		r.shared = all
		return Component{Reason: r.m.words.Text("unread.several"), Shared: true}, true
	}
	return one, one.Technology != nil
}

// component is one that was read.
func component(t *Technology, r version.Range) Component {
	c := Component{Kind: t.Kind, Technology: t, Range: r, newer: r.Within(t.beyond) && !r.IsEmpty()}
	for i := range t.latest {
		c.newer = c.newer || t.isUpdateAbove(i, r)
	}
	c.display, c.printed = t.display(r)
	return c
}

// parse reads the version after a name that a caller wrote; none means every
// version.
func (t *Technology) parse(text string) (version.Range, error) {
	if text == "" {
		return version.All(), nil
	}
	versions, err := t.scheme.ParseAsked(text)
	if err == nil {
		err = t.checkParts(text, versions)
	}
	if err != nil && len(t.asPrinted) > 0 {
		if printed, ok := t.asPrinted[fact.Key(text)]; ok {
			return printed, nil
		}
	}
	return versions, err
}

// ParsePrinted reads the version of a label that a page prints, which takes less than one
// that is asked for.
func (t *Technology) ParsePrinted(text string) (version.Range, error) {
	if text == "" {
		return version.All(), nil
	}
	return t.scheme.Parse(text)
}

// note keeps the first failure.
func (r *resolver) note(found []*Technology, t *Technology, rest string, err error) {
	if r.failed != nil {
		return
	}
	r.failed, r.err, r.rest = t, err, rest
	for _, one := range found {
		if one.Kind == r.kind {
			r.several++
		}
	}
}

// reason words why the text could not be read.
func (r *resolver) reason() string {
	switch {
	case r.err != nil:
		return r.misread()
	case r.failed != nil:
		return r.m.words.Text("unread.kind", r.failed.Name, r.failed.Kind)
	case str.IsDigit(r.text[0]):
		return r.m.words.Text("unread.unnamed")
	}
	if at, named := r.inside(); len(named) > 0 {
		for word := range strings.FieldsFuncSeq(r.text, func(c rune) bool { return !wording.IsWord(c) }) {
			if wording.Is(word, wording.Clients) != 0 {
				return r.m.words.Text("unread.client", named[0].Name)
			}
		}
		return r.m.words.Text("unread.other", strconv.Quote(strings.TrimRight(r.text[:at], " -(:")), named[0].Name)
	}
	return r.m.words.Text("unread.unknown")
}

// ReasonUnknown is why a name could not be read that the catalogue does not have.
var ReasonUnknown = message.English.Text("unread.unknown")

// misread words why a version could not be read, and how one is written where it begins with
// none. Of a name that several share it names none of them.
func (r *resolver) misread() string {
	e := (*version.Error)(nil)
	if !errors.As(r.err, &e) || version.Begins(e.Text) {
		return r.failed.Misread(r.err)
	}
	if r.several > 1 {
		return r.m.words.Text("unread.shared", strconv.Quote(e.Text), strconv.Itoa(r.several))
	}
	said := r.failed.Misread(r.err)
	if newest := r.failed.newestSeries(); !newest.IsEmpty() && !strings.ContainsAny(e.Text, "0123456789") {
		return r.m.words.Text("unread.number", said, component(r.failed, newest).display)
	}
	return said
}

// Misread words why versions of the technology could not be read.
func (t *Technology) Misread(err error) string {
	if e := (*version.Error)(nil); errors.As(err, &e) {
		return t.m.words.Text("unread.version", strconv.Quote(e.Text), t.Name, t.m.words.Say(e.Reason))
	}
	return err.Error()
}

// inside finds where a name of the kind begins within the text, and what it may
// mean.
func (r *resolver) inside() (at int, named []*Technology) {
	for at = 1; at < len(r.text); at++ {
		if !wording.IsWord(wording.First(r.text, at)) || wording.IsWord(rune(r.text[at-1])) {
			continue
		}
		if _, what := r.m.NameAt(r.text, at, len(r.text)+1); what != nil {
			for _, t := range what.Technologies {
				if t.Kind == r.kind {
					named = append(named, t)
				}
			}
		}
		if len(named) > 0 {
			break
		}
	}
	return at, named
}

// cycle reads a text that begins with the name of a cycle, which also names the
// technology.
func (r *resolver) cycle(whole []byte) (Component, bool) {
	if c, ok := r.choose(r.m.labels[string(whole)], r.text); ok {
		return c, true
	}
	if i := strings.IndexAny(r.text, " (-"); i > 0 {
		return r.choose(r.m.labels[fact.Key(r.text[:i])], r.text)
	}
	return Component{}, false
}

// bare reads a version that begins without a name: by the name within, else by the
// generic technology of the kind.
func (r *resolver) bare() (Component, bool) {
	if !version.Begins(r.text) {
		return Component{}, false
	}
	if _, named := r.inside(); len(named) > 0 {
		if c, ok := r.choose(named, r.text); ok {
			return c, true
		}
	}
	var generic []*Technology
	for _, t := range r.m.byID {
		if t.Generic && t.Kind == r.kind {
			generic = append(generic, t)
		}
	}
	return r.choose(generic, r.text)
}

// beside reads a name that stands behind a version, or behind a name that says less.
func (r *resolver) beside() (Component, bool) {
	text, less := r.rest, r.failed
	if less == nil {
		text = r.text
	}
	if less == nil && !version.Begins(text) || less != nil && less.Kind != r.kind {
		return Component{}, false
	}
	for at := 0; at < len(text); at++ {
		end, what := at, (*Name)(nil)
		if at == 0 || !wording.IsWord(rune(text[at-1])) {
			end, what = r.m.NameAt(text, at, len(text)+1)
		}
		if what == nil {
			continue
		}
		found := slices.DeleteFunc(slices.Clone(what.Technologies), func(t *Technology) bool { return t.Kind != r.kind || less != nil && !less.saysLess(t) })
		if len(found) == 0 {
			return Component{}, false
		}
		before, after := strings.TrimRight(text[:at], " -,"), text[end:]
		if after != "" && str.IsDigit(after[0]) {
			after = " " + after
		}
		return r.choose(found, strings.Trim(strings.ReplaceAll(before+after, "()", ""), " -:/,"))
	}
	return Component{}, false
}

// saysLess reports whether a name of t leaves it open which of several technologies is
// meant, of which more is one; or both are the same.
func (t *Technology) saysLess(more *Technology) bool {
	return t == more || t.Generic || t == more.head && len(t.meant) > 1
}

// build reads a build as a catalogue of them calls it: "17.0.12-tem", "8.0.432.fx-zulu".
func (r *resolver) build() (Component, bool) {
	at := strings.LastIndexByte(r.text, '-')
	if at < 0 {
		return Component{}, false
	}
	found := r.m.Marked(fact.InJavaDistribution, r.text[at+1:])
	if len(found) == 0 {
		return Component{}, false
	}
	from := strings.IndexAny(r.text[:at], "0123456789")
	if from < 0 {
		return Component{}, false
	}
	name, number := strings.TrimRight(r.text[:from], " -:=@"), r.text[from:at]
	if less := r.m.aliases[fact.Key(name)]; name != "" && (len(less) != 1 || !less[0].saysLess(found[0])) {
		return Component{}, false
	}
	if dot := strings.LastIndexByte(number, '.'); dot >= 0 && dot+1 < len(number) && !str.IsDigit(number[dot+1]) { // what it holds besides: "fx"
		number = number[:dot]
	}
	return r.choose(found, number)
}

// unknown is the component of a text that nothing could read.
func (r *resolver) unknown() Component {
	return Component{Reason: r.reason(), Candidates: r.candidates()}
}

// candidates are the technologies that package search knows by the name, with
// the version where it can be one of theirs: "Correto 21" may be Corretto 21, and
// "SQL 2019" no PostgreSQL. Where it can be a version of none, they are the names
// alone.
func (r *resolver) candidates() []string {
	name := nameOf(r.text)
	pattern, number := NewPattern(name), trimLead(r.text[len(name):])
	type near struct {
		t     *Technology
		score int
	}
	var all []near
	for _, t := range r.m.byID {
		if t.Kind != r.kind {
			continue
		}
		if like := pattern.Best(t.Names()...); like.Score > 0 && like.Fit != FitPart {
			all = append(all, near{t, like.Score})
		}
	}
	order.Stable(all, func(a, b near) int { return cmp.Compare(b.score, a.score) })
	var possible, names []string
	for _, n := range all {
		if versions, err := n.t.parse(number); err == nil && n.t.Knows(versions) {
			possible = r.offer(possible, component(n.t, versions))
		} else if number != "" {
			names = r.offer(names, component(n.t, version.All()))
		}
	}
	if len(possible) == 0 {
		return names
	}
	return possible
}

// offer appends a text that asks for just this component and is not what was
// typed; the list stays as it is where there is none, or enough.
func (r *resolver) offer(list []string, c Component) []string {
	if len(list) == fact.MaxCandidates {
		return list
	}
	texts := append([]string{c.display}, c.queries()...)
	for _, cycle := range c.Technology.cycles { // a name that several share: its newest series
		if c.Range.IsAll() {
			series, _ := c.Technology.display(cycle)
			texts = append(texts, series)
		}
	}
	for _, text := range texts {
		again := resolver{m: r.m, kind: r.kind, text: text}
		if fact.Key(text) != fact.Key(r.text) && again.read().Technology == c.Technology {
			return fact.AppendNew(list, text)
		}
	}
	return list
}

// nameOf drops the version from the end of a text.
func nameOf(text string) string {
	if i := strings.IndexFunc(text, func(c rune) bool { return c >= '0' && c <= '9' }); i > 0 {
		text = text[:i]
	}
	return strings.TrimRight(text, " :@-")
}
