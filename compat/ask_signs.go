package compat

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

func isBlank(c rune) bool { return unicode.IsSpace(c) }

// isWord reports whether c is a letter or a digit of some script.
func isWord(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) }

// isSoft reports whether a sign may stand between a name and its version, or a
// name of a kind and what is of it.
func isSoft(c rune) bool {
	return strings.ContainsRune("-_:@=()[]{}\"'`“”„‘’«»‐‑‒–—−®™", c)
}

// isHarmlessSign reports whether a sign that ends at a place parts or ends what
// stands around it and says nothing else: no "!" but at the end of a word, no "+"
// that means "and later", and no hyphen that only what follows it touches.
func (r *reader) isHarmlessSign(c rune, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(r.text[:end-utf8.RuneLen(c)])
	after := first(r.text, end)
	begins := (before == utf8.RuneError || isBlank(before)) && isWord(after)
	switch c {
	case '!':
		return (isWord(before) || before == '?' || before == '!') && !isWord(after) && !isOperator(after) && after != '='
	case '+':
		return !isWord(before) || !isBlank(after)
	case '-', '−', '–':
		return !begins
	case '=':
		return isWord(before) || isWord(after)
	}
	return isSoft(c) || strings.ContainsRune(".,;:?&|/\\*#•·…¿¡、。，；：？（）_", c)
}

// isOperator reports whether c begins a comparison. An equals sign parts a name
// from its version.
func isOperator(c rune) bool { return strings.ContainsRune("<>≥≤^", c) }

// first is the sign at a place; a blank after the end.
func first(text string, at int) rune {
	if at >= len(text) {
		return ' '
	}
	c, _ := utf8.DecodeRuneInString(text[at:])
	return c
}

// skipBlanks goes over blanks within a line.
func skipBlanks(text string, at int) int {
	return at + len(text[at:]) - len(strings.TrimLeftFunc(text[at:], func(c rune) bool { return isBlank(c) && c != '\n' }))
}

// skipSoft goes over blanks and soft signs within a line.
func skipSoft(text string, at int) int {
	return at + len(text[at:]) - len(strings.TrimLeftFunc(text[at:], func(c rune) bool { return c != '\n' && (isBlank(c) || isSoft(c)) }))
}

// wordEnd is where the word at a place ends: after its letters and digits, with
// the apostrophes and dots between them. "w/o" is one word.
func wordEnd(text string, at int) int {
	if strings.HasPrefix(text[at:], "w/o") && !isWord(first(text, at+3)) {
		return at + 3
	}
	for start := at; at < len(text); {
		c, size := utf8.DecodeRuneInString(text[at:])
		inside := at > start && (c == '.' || c == '\'' || c == '’') && isWord(first(text, at+size))
		if !isWord(c) && !inside {
			break
		}
		at += size
	}
	return at
}

// isVersionStart reports whether what stands at a place looks like a version.
func isVersionStart(text string, at int) bool {
	c := first(text, at)
	switch {
	case isOperator(c):
		return unicode.IsDigit(first(text, skipOperators(text, at)))
	case c == 'v' || c == 'V':
		return unicode.IsDigit(first(text, at+1))
	}
	return c >= '0' && c <= '9'
}

// skipOperators goes over the signs of a comparison and the blanks after them.
func skipOperators(text string, at int) int {
	return skipBlanks(text, at+len(text[at:])-len(strings.TrimLeft(text[at:], "<>=≥≤^")))
}

// versionEnd is where a word of a version ends. It may hold signs that part
// other words, and a plus before what is no name but t's own (t may be nil). A
// plus at its end means "and later".
func (r *reader) versionEnd(t *technology, at int) int {
	end := at
	for end < len(r.text) {
		c, size := utf8.DecodeRuneInString(r.text[end:])
		if c == '+' {
			if end == at || !isWord(first(r.text, end+1)) || r.isName(end+1) && !r.owns(t, end+1) {
				return r.plusEnd(at, end)
			}
		} else if !isWord(c) && !strings.ContainsRune(".-_~^:@*<>=≥≤", c) {
			break
		}
		end += size
	}
	return trimSigns(r.text, at, end)
}

// plusEnd is where a word of a version ends that stands before a plus: after it
// where nothing follows closely.
func (r *reader) plusEnd(at, plus int) int {
	if plus > at && (isWord(first(r.text, plus-1)) || r.text[plus-1] == '*') && !isWord(first(r.text, plus+1)) {
		return plus + 1
	}
	return trimSigns(r.text, at, plus)
}

// trimSigns takes signs off the end that belong to the sentence.
func trimSigns(text string, at, end int) int {
	if words := strings.TrimRight(text[at:end], ".-_~^:@<>=≥≤"); words != "" {
		return at + len(words)
	}
	return at + len(strings.TrimRight(text[at:end], ".-_~:@")) // an operator by itself
}
