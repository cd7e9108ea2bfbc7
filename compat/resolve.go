package compat

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/testedon/testedon/version"
)

// Resolve reads one asked component, in this order:
//
//  1. A name, ":" or "@", and a version: "rhel:9".
//  2. The longest beginning that is the name of a technology, and the version
//     after it: "Red Hat Enterprise Linux 9". A name several technologies share
//     ("Windows") means the one whose notation reads the version.
//  3. The name of a cycle: "noble", "Sonoma 14.6".
//  4. A bare version, where the kind has a technology for "any of them": "21"
//     as a JDK.
//
// It never fails: what cannot be read, or could mean several things, comes back
// without a technology, with the reason and candidates.
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
	failed *technology
	err    error
}

func (r *resolver) resolve() Component {
	if r.text == "" || len(r.text) > maxName || !utf8.ValidString(r.text) {
		return Component{Reason: "it is no text of up to 200 characters"}
	}
	if c, ok := r.explicit(); ok {
		return c
	}
	var buf [usualName]byte
	k := appendKey(buf[:0], r.text)
	if c, ok := r.named(k); ok {
		return c
	}
	if c, ok := r.cycle(k); ok {
		return c
	}
	if c, ok := r.bare(); ok {
		return c
	}
	return r.unknown()
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
	var buf [usualName]byte
	found := r.m.aliases[string(appendKey(buf[:0], r.text[:i]))]
	text := strings.TrimSpace(r.text[i+1:])
	if len(found) > 0 && text == "" {
		return Component{Reason: fmt.Sprintf("no version follows the %q", r.text[i:i+1])}, true
	}
	return r.choose(found, text)
}

// named tries the beginnings of the text, longest first.
func (r *resolver) named(whole []byte) (Component, bool) {
	k := whole
	for end := len(r.text); end > 0; end-- {
		c := r.text[end-1]
		if end < len(r.text) && !isSkipped(r.text[end]) {
			k = k[:len(k)-1]
		}
		if isSkipped(c) || !isCut(r.text, end) {
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

// isCut reports whether a name may end before text[end]: at a blank, or where
// a digit follows something else.
func isCut(text string, end int) bool {
	if end == len(text) {
		return true
	}
	next, last := text[end], text[end-1]
	switch {
	case next == '.':
		return false
	case isSkipped(next) || next == ':' || next == '@' || next == '(' || next == ',' || next == '>' || next == '<' || next == '=' || next == '/':
		return true
	}
	return isDigit(next) && !isDigit(last)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// trimLead drops what parts a name from its version.
func trimLead(text string) string { return strings.TrimLeft(text, " -_:@,\t") }

// choose picks the technology, of those found by name, that reads the version.
func (r *resolver) choose(found []*technology, text string) (Component, bool) {
	var one Component
	var readings []string
	for _, t := range found {
		if t.Kind != r.kind {
			r.note(t, nil)
			continue
		}
		versions, err := t.parse(text)
		if err != nil {
			r.note(t, err)
			continue
		}
		c := component(t, versions)
		if one.tech != nil { // a second one: tell both
			if readings == nil {
				readings = []string{one.display}
			}
			readings = append(readings, c.display)
			continue
		}
		one = c
	}
	if readings != nil {
		return Component{Reason: "it may mean more than one technology", Candidates: readings}, true
	}
	return one, one.tech != nil
}

// component is one that was read.
func component(t *technology, r version.Range) Component {
	c := Component{Kind: t.Kind, Technology: t.Technology, Range: r, tech: t}
	c.display, c.printed = t.display(r)
	return c
}

// parse reads the version after a name that a caller wrote; none means every
// version.
func (t *technology) parse(text string) (version.Range, error) {
	if text == "" {
		return version.All(), nil
	}
	versions, err := t.scheme.ParseAsked(text, t.Name)
	if err != nil && len(t.asPrinted) > 0 {
		if printed, ok := t.asPrinted[key(text)]; ok {
			return printed, nil
		}
	}
	return versions, err
}

// parseLabel reads the version of a label that a page prints.
func (t *technology) parseLabel(text string) (version.Range, error) {
	if text == "" {
		return version.All(), nil
	}
	return t.scheme.Parse(text)
}

// note keeps the first failure.
func (r *resolver) note(t *technology, err error) {
	if r.failed == nil {
		r.failed, r.err = t, err
	}
}

// reason words why the text could not be read.
func (r *resolver) reason() string {
	e := (*version.Error)(nil)
	switch {
	case errors.As(r.err, &e):
		return fmt.Sprintf("%q is no version of %s: %s", e.Text, r.failed.Name, e.Reason)
	case r.failed != nil:
		return fmt.Sprintf("%s is of kind %s; ask for it as %s", r.failed.Name, r.failed.Kind, r.failed.Kind)
	case isDigit(r.text[0]):
		return "it names no technology"
	}
	return "no technology of this kind is called that"
}

// cycle reads a text that begins with the name of a cycle, which also names the
// technology.
func (r *resolver) cycle(whole []byte) (Component, bool) {
	if c, ok := r.choose(r.m.labels[string(whole)], r.text); ok {
		return c, true
	}
	if i := strings.IndexAny(r.text, " (-"); i > 0 {
		return r.choose(r.m.labels[key(r.text[:i])], r.text)
	}
	return Component{}, false
}

// bare reads a version without a name by the generic technology of the kind.
func (r *resolver) bare() (Component, bool) {
	if !isDigit(r.text[0]) {
		return Component{}, false
	}
	var generic []*technology
	for _, t := range r.m.byID {
		if t.Generic && t.Kind == r.kind {
			generic = append(generic, t)
		}
	}
	return r.choose(generic, r.text)
}

// unknown is the component of a text that nothing could read.
func (r *resolver) unknown() Component {
	return Component{Reason: r.reason(), Candidates: r.candidates()}
}

// candidates are the technologies whose names come close, with the version where
// they read it.
func (r *resolver) candidates() []string {
	name := nameOf(r.text)
	var names []string
	for _, t := range r.m.byID {
		if t.Kind == r.kind {
			names = append(append(names, t.Name), t.Aliases...)
		}
	}
	var all []string
	for _, near := range Closest(name, names) {
		for _, t := range r.m.aliases[key(near)] {
			if t.Kind != r.kind {
				continue
			}
			candidate := t.Name
			if versions, err := t.parse(trimLead(r.text[len(name):])); err == nil {
				candidate, _ = t.display(versions)
			}
			all = appendNew(all, candidate)
		}
	}
	return all
}

// nameOf drops the version from the end of a text.
func nameOf(text string) string {
	if i := strings.IndexFunc(text, func(c rune) bool { return c >= '0' && c <= '9' }); i > 0 {
		text = text[:i]
	}
	return strings.TrimRight(text, " :@-")
}
