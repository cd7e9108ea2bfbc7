package version

import (
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/message"
)

// withParenthesis reads "14 (Sonoma)": what stands in brackets is used where it makes
// the version more precise, and is else a remark. A caveat is not passed over.
func (s *Scheme) withParenthesis(outer, inner string) (Range, error) {
	if r, ok := s.label(outer + inner); ok {
		return r, nil
	}
	if outer == "" {
		return Range{}, message.Of("version.brackets")
	}
	r, err := s.atom(outer)
	if err != nil {
		return Range{}, err
	}
	if precise, why := s.atom(inner); why == nil && precise.Within(r) {
		return precise, nil
	}
	if _, ok, _ := s.member(outer + " " + inner); ok || isCaveat(inner) {
		return Range{}, message.Of("version.caveat", strconv.Quote("("+inner+")"))
	}
	return r, nil
}

// labelAndVersion reads a label and a version side by side, in either order. They
// must agree; the more precise one counts. It is not ok where there is no label.
func (s *Scheme) labelAndVersion(text string) (r Range, ok bool, err error) {
	for i := range len(text) {
		if text[i] != ' ' {
			continue
		}
		left, right := text[:i], text[i+1:]
		label, ok := s.label(left)
		other := right
		if !ok {
			label, ok = s.label(right)
			other = left
		}
		if !ok {
			continue
		}
		switch r, err := s.one(other); {
		case err != nil:
			continue
		case r.Within(label):
			return r, true, nil
		case label.Within(r):
			return label, true, nil
		}
		return Range{}, true, message.Of("version.different", strconv.Quote(left), strconv.Quote(right))
	}
	return Range{}, false, nil
}

// label reads a label of the technology. A text that is longer than any is none, even one
// that has a blank at every letter.
func (s *Scheme) label(text string) (Range, bool) {
	if len(text) > 2*s.longest {
		return Range{}, false
	}
	r, ok := s.names[key(text)]
	return r, ok
}

// caveats are the words by which a bracket limits what stands before it.
var caveats = []string{
	"not", "no", "never", "only", "except", "without", "with", "if", "when", "unless", "until", "requires",
	"deprecated", "experimental", "unsupported", "partial", "partially", "limited", "beta", "preview",
}

// isCaveat reports whether a bracket limits what stands before it, or is a
// sentence: it holds a word of caveats, or more words than a code name or an
// edition has.
func isCaveat(inner string) bool {
	const longest = 3
	words := strings.FieldsFunc(inner, func(c rune) bool { return c == ' ' || c == ',' || c == ';' || c == '/' || c == ':' })
	plain := 0
	for _, word := range words {
		if slices.Contains(caveats, word) {
			return true
		}
		if !strings.ContainsFunc(word, func(c rune) bool { return c >= '0' && c <= '9' }) {
			plain++
		}
	}
	return plain > longest
}
