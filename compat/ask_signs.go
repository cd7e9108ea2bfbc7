package compat

import (
	"strings"
	"unicode/utf8"

	"github.com/testedon/testedon/compat/wording"
)

// isHarmlessSign reports whether a sign that ends at a place parts or ends what
// stands around it and says nothing else: no "!" but at the end of a word, no "+"
// that means "and later", and no hyphen that only what follows it touches.
func (r *reader) isHarmlessSign(c rune, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(r.text[:end-utf8.RuneLen(c)])
	after := wording.First(r.text, end)
	begins := (before == utf8.RuneError || wording.IsBlank(before)) && wording.IsWord(after)
	switch c {
	case '!':
		return (wording.IsWord(before) || before == '?' || before == '!') && !wording.IsWord(after) && !wording.IsOperator(after) && after != '='
	case '+':
		return !wording.IsWord(before) || !wording.IsBlank(after)
	case '-', '−', '–':
		return !begins
	case '=':
		return wording.IsWord(before) || wording.IsWord(after)
	}
	return wording.IsSoft(c) || strings.ContainsRune(".,;:?&|/\\*#•·…¿¡、。，；：？（）_", c)
}

// versionEnd is where a word of a version ends. It may hold signs that part
// other words, and a plus before what is no name but t's own (t may be nil). A
// plus at its end means "and later".
func (r *reader) versionEnd(t *Technology, at int) int {
	end := at
	for end < len(r.text) {
		c, size := utf8.DecodeRuneInString(r.text[end:])
		if c == '+' {
			if end == at || !wording.IsWord(wording.First(r.text, end+1)) || r.isName(end+1) && !r.owns(t, end+1) {
				return r.plusEnd(at, end)
			}
		} else if !wording.IsWord(c) && !strings.ContainsRune(".-_~^:@*<>=≥≤", c) {
			break
		}
		end += size
	}
	return wording.TrimSigns(r.text, at, end)
}

// plusEnd is where a word of a version ends that stands before a plus: after it
// where nothing follows closely.
func (r *reader) plusEnd(at, plus int) int {
	if plus > at && (wording.IsWord(wording.First(r.text, plus-1)) || r.text[plus-1] == '*') && !wording.IsWord(wording.First(r.text, plus+1)) {
		return plus + 1
	}
	return wording.TrimSigns(r.text, at, plus)
}
