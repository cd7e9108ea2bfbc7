package compat

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/version"
)

// mark is the text of marks with the technologies that share it.
type mark struct {
	text  string // in lower case
	found []*Technology
}

// marks are those of one place by the first byte of their text, the longest first.
type marks [128][]mark

// from gives the marks that may begin with a byte.
func (k *marks) from(c byte) []mark {
	if k == nil {
		return nil
	}
	return k[slot(c)]
}

// slot is where the marks are that begin with a byte, in either case; those that begin
// with no ASCII are in the first.
func slot(c byte) byte {
	switch {
	case c >= 0x80:
		return 0
	case c >= 'A' && c <= 'Z':
		return c + 'a' - 'A'
	}
	return c
}

// marks indexes the marks of technologies by place.
func (b *builder) marks() {
	b.m.marks = map[fact.Place]*marks{}
	b.m.marked = map[fact.Mark][]*Technology{}
	for _, t := range b.m.byID {
		for _, m := range t.Marks {
			b.mark(t, fact.Mark{In: m.In, Text: strings.ToLower(m.Text)})
		}
	}
	for m, found := range b.m.marked {
		if b.m.marks[m.In] == nil {
			b.m.marks[m.In] = &marks{}
		}
		list := &b.m.marks[m.In][slot(m.Text[0])]
		*list = append(*list, mark{m.Text, found})
	}
	for _, t := range b.m.byID {
		t.plain = plainWords(t)
		if t.scheme != nil {
			t.scheme = t.scheme.Beside(t.Name+" "+t.ID, plainMarks(t)...)
		}
	}
	for _, place := range b.m.marks {
		for _, list := range place {
			order.Stable(list, func(a, b mark) int {
				return cmp.Or(cmp.Compare(len(b.text), len(a.text)), strings.Compare(a.text, b.text))
			})
		}
	}
}

// mark adds one mark. Technologies of one kind may share it: what else is
// printed then decides.
func (b *builder) mark(t *Technology, m fact.Mark) {
	where := "technology " + t.ID
	found := b.m.marked[m]
	switch {
	case !slices.Contains(fact.Places, m.In):
		b.fault(where, "mark %q stands in %q, which is no place; the places are %v", m.Text, m.In, fact.Places)
	case m.Text == "" || strings.TrimSpace(m.Text) != m.Text:
		b.fault(where, "mark %q in %s is empty or has blanks around it", m.Text, m.In)
	case slices.Contains(found, t):
		b.fault(where, "mark %q in %s is there twice; keep one", m.Text, m.In)
	case len(found) > 0 && found[0].Kind != t.Kind && m.In != fact.InPlain && m.In != fact.InPrinted && m.In != fact.InClient && m.In != fact.InStranger:
		b.fault(where, "mark %q in %s is one of %s too, which is of another kind", m.Text, m.In, found[0].ID)
	default:
		b.m.marked[m] = append(found, t)
	}
}

// Marked gives the technologies that text marks in a place, in the order of their
// IDs. It is nearly always one, or none.
func (m *Matrix) Marked(in fact.Place, text string) []*Technology {
	if text == "" {
		return nil
	}
	for _, mark := range m.marks[in].from(text[0]) {
		if len(mark.text) == len(text) && strings.EqualFold(mark.text, text) {
			return mark.found
		}
	}
	return nil
}

// MarkedIn gives the technologies of every mark of a place, each once, in the order of their IDs.
func (m *Matrix) MarkedIn(in fact.Place) []*Technology {
	var all []*Technology
	for mark, found := range m.marked {
		for _, t := range found {
			if mark.In == in && !slices.Contains(all, t) {
				all = append(all, t)
			}
		}
	}
	order.Stable(all, func(a, b *Technology) int { return strings.Compare(a.ID, b.ID) })
	return all
}

// MarkedPrefix gives the technologies of the longest mark of a place that text
// begins with, and what follows it.
func (m *Matrix) MarkedPrefix(in fact.Place, text string) (rest string, found []*Technology) {
	if text == "" {
		return text, nil
	}
	for _, mark := range m.marks[in].from(text[0]) {
		if mark.matchesAt(text, 0) {
			return text[len(mark.text):], mark.found
		}
	}
	return text, nil
}

// MarkedWithin gives the technologies of the longest mark of a place that stands
// in text as a word of its t.
func (m *Matrix) MarkedWithin(in fact.Place, text string) []*Technology {
	var longest mark
	place := m.marks[in]
	for at := range len(text) {
		if at > 0 && (isLetter(text[at-1]) || str.IsDigit(text[at-1])) {
			continue
		}
		for _, mark := range place.from(text[at]) {
			if len(mark.text) > len(longest.text) && mark.matchesAt(text, at) {
				longest = mark
				break
			}
		}
	}
	return longest.found
}

// naming are the places of marks that name a technology where it prints itself.
var naming = []fact.Place{fact.InBanner, fact.InServer, fact.InOSName, fact.InJavaRuntime, fact.InJavaVendor}

// plainWords gives the words that may stand beside a technology's name and leave it what
// it is, the longest first: its names and those of its cycles, those of what it is run as,
// and what is plain of it or of its family's head.
func plainWords(t *Technology) []string {
	var all []string
	for _, of := range []*Technology{t, t.head} {
		for _, m := range of.Marks {
			if m.In == fact.InPlain || m.In == fact.InPrinted || slices.Contains(naming, m.In) && (of == t || t.managed != nil) {
				all = append(all, m.Text)
			}
		}
	}
	for _, c := range t.Cycles {
		all = append(all, c.Names...)
	}
	order.Stable(all, longestFirst)
	return all
}

// plainMarks gives what is plain of a technology or of its family's head, in lower case,
// the longest first.
func plainMarks(t *Technology) []string {
	var all []string
	for _, of := range []*Technology{t, t.head} {
		for _, m := range of.Marks {
			if m.In == fact.InPlain {
				all = append(all, strings.ToLower(m.Text))
			}
		}
	}
	order.Stable(all, longestFirst)
	return all
}

func longestFirst(a, b string) int { return cmp.Compare(len(b), len(a)) }

// Strange gives the first word of a text beside a technology's name that is not
// understood, and so may make it another thing: "Foo" of "(Foo 16.4)"; "" for none.
// What has no letters is none.
func (t *Technology) Strange(text string) string {
	for at := 0; at < len(text); {
		c, size := utf8.DecodeRuneInString(text[at:])
		if !unicode.IsLetter(c) {
			at += size
			continue
		}
		i := slices.IndexFunc(t.plain, func(word string) bool { return startsWith(text[at:], word) })
		if i < 0 {
			return wordAround(text, at)
		}
		at += len(t.plain[i])
	}
	return ""
}

// wordAround gives the letters and digits around a place of a text.
func wordAround(text string, at int) string {
	is := func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }
	from, end := len(strings.TrimRightFunc(text[:at], is)), len(text)-len(strings.TrimLeftFunc(text[at:], is))
	return text[from:end]
}

// startsWith reports whether a text begins with a word, which no letter goes on.
func startsWith(text, word string) bool {
	return len(text) >= len(word) && strings.EqualFold(text[:len(word)], word) && (len(text) == len(word) || !isLetter(text[len(word)]))
}

// matchesAt reports whether the mark stands in text at a byte, with no letter
// adjacent to it and no digit before it.
func (k *mark) matchesAt(text string, at int) bool {
	end := at + len(k.text)
	if end > len(text) || !strings.EqualFold(text[at:end], k.text) {
		return false
	}
	return (at == 0 || !isLetter(text[at-1]) && !str.IsDigit(text[at-1])) && (end == len(text) || !isLetter(text[end]))
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80 }

// Name words a technology in versions as printed, so that [Matrix.Resolve] reads
// just that: "rhel@9.4"; without versions, "rhel". Where the print has remarks that
// a question may not have, it is the versions in the technology's notation. The
// error says why the versions cannot be read, or that no name is the technology's
// alone.
func (m *Matrix) Name(t *Technology, printed string) (Component, error) {
	versions, err := t.ParsePrinted(printed)
	if err != nil {
		return Component{}, err
	}
	_, plain := t.display(versions)
	for _, number := range []string{printed, plain} {
		for _, name := range t.Names() {
			text := name
			if number != "" {
				text += "@" + number
			}
			if c := m.Resolve(Asked{t.Kind, text}); c.Technology == t && c.Range.Equal(versions) {
				return c, nil
			}
		}
	}
	return Component{}, fmt.Errorf("%q of %s cannot be worded as a question", printed, t.Name)
}

// Known reports whether a known cycle of the technology holds the versions.
func (c *Component) Known() bool {
	return c.Technology != nil && slices.ContainsFunc(c.Technology.cycles, func(cycle version.Range) bool { return c.Range.Within(cycle) })
}
