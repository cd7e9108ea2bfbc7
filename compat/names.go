package compat

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/wording"
	"github.com/testedon/testedon/internal/order"
)

// names is everything that has a name.
type names struct {
	byKey   map[string]*Name // by key
	longest int              // key, in bytes
	// begins has a bit for the first three bytes of each key, at which most words of a text
	// are known to be no name.
	begins  [1 << 12]uint64
	all     []string        // names of technologies and products, as written
	vendors map[string]bool // of products, by key
	// twins are the technologies that a product is where it is part of the
	// environment of another one: those that share a name with it.
	twins map[*Product][]*Technology
}

// Name is what goes by one name.
type Name struct {
	Product      *Product
	Technologies []*Technology
	Series       []*Technology // that have a series of this name
	kind         *fact.Kind
}

// names collects those of a finished index.
func (b *builder) names() {
	v := &names{byKey: map[string]*Name{}, twins: map[*Product][]*Technology{}, vendors: map[string]bool{}}
	for k, techs := range b.m.aliases {
		v.add(k, func(c *Name) { c.Technologies = techs })
	}
	for k, techs := range b.m.labels {
		v.add(k, func(c *Name) { c.Series = techs })
	}
	for k, p := range b.m.products {
		v.add(k, func(c *Name) { c.Product = p })
	}
	for i := range b.m.ds.Kinds {
		k := &b.m.ds.Kinds[i]
		for _, name := range append([]string{k.ID, k.Name, k.Plural}, k.Aliases...) {
			v.add(fact.Key(name), func(c *Name) { c.kind = k })
		}
	}
	for _, t := range b.m.byID {
		v.all = append(v.all, t.Names()...)
	}
	for i := range b.m.ds.Products {
		v.all = append(v.all, b.m.ds.Products[i].Names()...)
		v.vendors[fact.Key(b.m.ds.Products[i].Vendor)] = true
	}
	for _, c := range v.byKey {
		v.split(c)
	}
	for _, twins := range v.twins {
		order.Stable(twins, func(a, b *Technology) int { return strings.Compare(a.ID, b.ID) })
	}
	b.m.names = v
}

// split parts what a name is shared by. A product that is a technology besides is
// read as the product; which of the two is meant, the whole text decides. The
// name of a kind names no technology of another kind.
func (v *names) split(c *Name) {
	if p := c.Product; p != nil {
		for _, t := range c.Technologies {
			if !slices.Contains(v.twins[p], t) {
				v.twins[p] = append(v.twins[p], t)
			}
		}
		c.Technologies = nil
	}
	if c.kind != nil {
		c.Technologies = slices.DeleteFunc(slices.Clone(c.Technologies), func(t *Technology) bool { return t.kind != c.kind })
	}
}

// add gives a name to something. Digits alone are a version.
func (v *names) add(k string, set func(*Name)) {
	if !hasLetter(k) {
		return
	}
	c := v.byKey[k]
	if c == nil {
		c = &Name{}
		v.byKey[k] = c
	}
	set(c)
	v.longest = max(v.longest, len(k))
	bit := beginning([]byte(k))
	v.begins[bit/64] |= 1 << (bit % 64)
}

// beginning gives the bit of the first bytes of a key.
func beginning(k []byte) uint {
	h := uint(2166136261)
	for _, c := range k[:min(len(k), 3)] {
		h = (h ^ uint(c)) * 16777619
	}
	return (h ^ h>>15) % (1 << 18)
}

// begin reports whether a key may begin so.
func (v *names) begin(k []byte) bool {
	bit := beginning(k)
	return v.begins[bit/64]&(1<<(bit%64)) != 0
}

// NameAt finds the longest name that begins at a place of a text and ends before another;
// nil when there is none. A name begins with a letter or a digit.
func (m *Matrix) NameAt(text string, from, before int) (int, *Name) {
	var first [3]byte
	if letters(&first, text[from:]) && !m.names.begin(first[:]) || !wording.IsWord(wording.First(text, from)) {
		return from, nil
	}
	var buf [fact.UsualName]byte
	k := buf[:0]
	end, found := from, (*Name)(nil)
	for at := from; at < len(text) && at < before && len(k) <= m.names.longest; {
		c, size := utf8.DecodeRuneInString(text[at:])
		if c == '\n' {
			break
		}
		at += size
		if c > utf8.RuneSelf && (wording.IsBlank(c) || wording.IsSoft(c)) {
			continue
		}
		had := len(k)
		if k = fact.AppendKey(k, text[at-size:at]); len(k) == had {
			continue
		}
		if had < 3 && len(k) >= 3 && !m.names.begin(k) {
			break
		}
		if what := m.names.byKey[string(k)]; what != nil && at < before && endsName(text, at, c) && !m.cuts(text, from, at) {
			end, found = at, what
		}
	}
	return end, found
}

// letters gives the first letters of a text in lower case; false where these are not three
// of ASCII, within which no name ends.
func letters(first *[3]byte, text string) bool {
	for i := range first {
		if i == len(text) {
			return false
		}
		first[i] = text[i] | 0x20
		if first[i] < 'a' || first[i] > 'z' {
			return false
		}
	}
	return true
}

// Near finds the names of technologies and products that come close to another one.
func (m *Matrix) Near(name string) []*Name {
	var all []*Name
	pattern := NewPattern(name)
	for _, near := range fact.Closest(name, m.names.all) {
		if fit := pattern.Best(near).Fit; fit != FitPart && fit != FitContains && m.names.byKey[fact.Key(near)] != nil {
			all = append(all, m.names.byKey[fact.Key(near)])
		}
	}
	return all
}

// Twins are the technologies that a product is where it is part of the environment of
// another one: those that share a name with it.
func (p *Product) Twins() []*Technology { return p.m.names.twins[p] }

// cuts reports whether a name that ends at a place takes the beginning of another
// one: in "macOS x86_64" no "Mac OS X" is named.
func (m *Matrix) cuts(text string, from, at int) bool {
	if !unicode.IsDigit(wording.First(text, at)) {
		return false
	}
	word := from + strings.LastIndexAny(text[from:at], " -_") + 1
	if word == from {
		return false
	}
	end, _ := m.NameAt(text, word, len(text)+1)
	return end > at
}

// endsName reports whether a name may end at a place, after the sign last: where
// a word ends, or where a digit follows something else.
func endsName(text string, at int, last rune) bool {
	next := wording.First(text, at)
	switch {
	case next == '.':
		return !wording.IsWord(wording.First(text, at+1))
	case unicode.IsDigit(next):
		return !unicode.IsDigit(last)
	}
	return !wording.IsWord(next) || wording.IsGlued(next) != wording.IsGlued(last)
}

// Mentions reports whether a text holds the name of a technology, a product or a
// vendor. A name that is also a word of a question counts in capitals.
func (m *Matrix) Mentions(text string) bool { _, mentions := m.Holds(text); return mentions }

// MentionsBeyond reports whether a text holds the name of a technology that is of none of
// some kinds.
func (m *Matrix) MentionsBeyond(text string, kinds ...string) bool {
	return m.anyWord(text, func(at, _, to int, what *Name) bool {
		return what != nil && what.Kind() == nil && isName(text[at:to]) &&
			slices.ContainsFunc(what.Technologies, func(t *Technology) bool { return !slices.Contains(kinds, t.Kind) })
	})
}

// Holds reports whether a text holds the name of anything, a kind among them ("Java: 17"),
// and whether it [Matrix.Mentions] something.
func (m *Matrix) Holds(text string) (name, mentions bool) {
	var buf [fact.UsualName]byte
	mentions = m.anyWord(text, func(at, end, to int, what *Name) bool {
		one := what != nil && (what.kind != nil || isName(text[at:to]))
		name = name || one
		return one && (len(what.Technologies) > 0 && what.Kind() == nil || what.Product != nil) && isName(text[at:to]) ||
			m.names.vendors[string(fact.AppendKey(buf[:0], text[at:end]))]
	})
	return name, mentions
}

// IsLabel reports whether a text has nothing but names of kinds and words of a question, as
// what stands before a value has: "Database version".
func (m *Matrix) IsLabel(text string) bool {
	past := 0 // the end of a name
	return !m.anyWord(text, func(at, end, to int, what *Name) bool {
		if what != nil && what.kind != nil {
			past = max(past, to)
		}
		class := wording.ClassOf(text[at:end])
		return at >= past && (class&(wording.Asks|wording.Fills) == 0 || class&wording.Denies != 0)
	})
}

// isName reports whether what may be a name is no word of a question, or written as a name.
func isName(text string) bool { return wording.ClassOf(text) == 0 || wording.IsCapitals(text) }

// anyWord reports whether use does so of any word of a text: of where it begins and ends,
// and the name that begins there, with its end; nil for none.
func (m *Matrix) anyWord(text string, use func(at, end, to int, what *Name) bool) bool {
	for at := 0; at < len(text); {
		end := wording.WordEnd(text, at)
		if end == at {
			_, size := utf8.DecodeRuneInString(text[at:])
			at += size
			continue
		}
		if to, what := m.NameAt(text, at, len(text)+1); use(at, end, to, what) {
			return true
		}
		at = end
	}
	return false
}

// Is reports whether t goes by the name, or has a series that does.
func (c *Name) Is(t *Technology) bool {
	return slices.Contains(c.Technologies, t) || slices.Contains(c.Series, t)
}

// Kind is the kind that a name stands for when it names no one technology of
// it: a name of the kind itself, or of any member; nil for other names.
func (c *Name) Kind() *fact.Kind {
	if c.Product != nil || len(c.Series) > 0 {
		return nil
	}
	for _, t := range c.Technologies {
		if !t.Generic || t.kind != c.Technologies[0].kind {
			return nil
		}
	}
	if len(c.Technologies) > 0 {
		return c.Technologies[0].kind
	}
	return c.kind
}
