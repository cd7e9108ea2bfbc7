package wording

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// IsBlank reports whether c is a blank of some script.
func IsBlank(c rune) bool { return unicode.IsSpace(c) }

// IsWord reports whether c is a letter or a digit of some script.
func IsWord(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) }

// IsSoft reports whether a sign may stand between a name and its version, or a
// name of a kind and what is of it.
func IsSoft(c rune) bool {
	return strings.ContainsRune("-_:@=()[]{}\"'`“”„‘’«»‐‑‒–—−®™", c)
}

// IsOperator reports whether c begins a comparison. An equals sign parts a name
// from its version.
func IsOperator(c rune) bool { return strings.ContainsRune("<>≥≤^", c) }

// First is the sign at a place; a blank after the end.
func First(text string, at int) rune {
	if at >= len(text) {
		return ' '
	}
	c, _ := utf8.DecodeRuneInString(text[at:])
	return c
}

// SkipBlanks goes over blanks within a line.
func SkipBlanks(text string, at int) int {
	return at + len(text[at:]) - len(strings.TrimLeftFunc(text[at:], func(c rune) bool { return IsBlank(c) && c != '\n' }))
}

// SkipSoft goes over blanks and soft signs within a line.
func SkipSoft(text string, at int) int {
	return at + len(text[at:]) - len(strings.TrimLeftFunc(text[at:], func(c rune) bool { return c != '\n' && (IsBlank(c) || IsSoft(c)) }))
}

// WordEnd is where the word at a place ends: after its letters and digits, with
// the apostrophes and dots between them, or where the script changes. "w/o" is one word,
// and so is "l'" before another. Of a script without blanks it is the longest word that is
// known; all up to the next sign or script where none is.
func WordEnd(text string, at int) int {
	if strings.HasPrefix(text[at:], "w/o") && !IsWord(First(text, at+3)) {
		return at + 3
	}
	glued, start := IsGlued(First(text, at)), at
	for at < len(text) {
		if c := text[at] | 0x20; !glued && c >= 'a' && c <= 'z' {
			at++
			continue
		}
		c, size := utf8.DecodeRuneInString(text[at:])
		apostrophe := at > start && (c == '\'' || c == '’')
		if apostrophe && Is(text[start:at+size], Elides) != 0 {
			return at + size
		}
		inside := (apostrophe || at > start && c == '.') && IsWord(First(text, at+size))
		if !IsWord(c) && !inside || IsGlued(c) != glued && !unicode.IsMark(c) {
			break
		}
		at += size
	}
	if glued {
		return gluedEnd(text, start, at)
	}
	return at
}

// gluedEnd is where the longest known word ends within what stands between two places.
func gluedEnd(text string, from, to int) int {
	words := questionWords()
	for end := min(to, from+words.longestGlued); end > from; end-- {
		if words.classes[text[from:end]] != 0 {
			return end
		}
	}
	return to
}

// IsGlued reports whether c is of a script that parts no words by blanks, or glues
// particles to names.
func IsGlued(c rune) bool {
	return c >= 0x0E00 && (c == 'ー' || unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar))
}

// IsVersionStart reports whether what stands at a place looks like a version.
func IsVersionStart(text string, at int) bool {
	c := First(text, at)
	switch {
	case IsOperator(c):
		return unicode.IsDigit(First(text, SkipOperators(text, at)))
	case c == 'v' || c == 'V':
		return unicode.IsDigit(First(text, at+1))
	}
	return c >= '0' && c <= '9'
}

// SkipOperators goes over the signs of a comparison and the blanks after them.
func SkipOperators(text string, at int) int {
	return SkipBlanks(text, at+len(text[at:])-len(strings.TrimLeft(text[at:], "<>=≥≤^")))
}

// TrimSigns takes signs off the end that belong to the sentence.
func TrimSigns(text string, at, end int) int {
	if words := strings.TrimRight(text[at:end], ".-_~^:@<>=≥≤"); words != "" {
		return at + len(words)
	}
	return at + len(strings.TrimRight(text[at:end], ".-_~:@")) // an operator by itself
}
