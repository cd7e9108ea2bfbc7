package str

import (
	"cmp"
	"fmt"
	"strings"
)

// Markdown writes a text so that Markdown shows it as it is, on one line and within a
// cell of a table, and that nothing makes a link, a mention or a reference of it, neither
// in Markdown nor after it has become a page, as forges do with @name, #1, GH-1,
// addresses and the sums of commits. Words and numbers stand as they are; anything else
// stands as code, which all leave alone, and what code cannot hold as a character
// reference.
func Markdown(text string) string {
	var b strings.Builder
	text = strings.ToValidUTF8(text, "\uFFFD")
	done := 0
	for _, at := range unwritable().FindAllStringIndex(text, -1) {
		writeWords(&b, strings.Split(text[done:at[0]], " "), done == 0, true)
		for _, r := range text[at[0]:at[1]] {
			fmt.Fprintf(&b, "&#%d;", r)
		}
		done = at[1]
	}
	writeWords(&b, strings.Split(text[done:], " "), done == 0, false)
	return b.String()
}

// MarkdownLink writes a text as [Markdown] does, as a link where the address is one of the
// web.
func MarkdownLink(text, address string) string {
	if WebAddress(address) == "" {
		return Markdown(text)
	}
	return "[" + Markdown(text) + "](<" + endless.Replace(address) + ">)"
}

// endless escapes what ends an address between angle brackets, or a cell.
var endless = strings.NewReplacer("<", "%3C", ">", "%3E", `\`, "%5C", "|", "%7C")

// unwritable is what has to be a character reference: what Markdown takes off the ends of
// a text or draws together, what ends a line or a cell, and what cannot be seen.
var unwritable = Regexp(`^ +| +$| {2,}|[|\p{Cc}\p{Zl}\p{Zp}\x{a0}\x{1680}\x{2000}-\x{200a}\x{202f}\x{205f}\x{3000}]`)

// writeWords writes words with a blank between two, those beside each other that are not
// plain as one piece of code. They begin a text where first is true, and more follows them
// at once where more is.
func writeWords(b *strings.Builder, words []string, first, more bool) {
	var code []string
	for i, word := range words {
		last := i == len(words)-1
		plain := isPlain(word, first && i == 0) && (!last || !more || !strings.HasSuffix(word, ":"))
		if !plain {
			code = append(code, word)
		}
		if len(code) > 0 && (plain || last) {
			b.WriteString(codeSpan(strings.Join(code, " ")))
			if plain {
				b.WriteByte(' ')
			}
			code = nil
		}
		if plain {
			b.WriteString(word)
		}
		if plain && !last {
			b.WriteByte(' ')
		}
	}
}

// A word may have signs around it that mean nothing to Markdown; a colon stands last, or
// it begins the name of a picture. A number at the beginning of a text has no point behind
// it, which would number a list.
var (
	plainWord   = Regexp(`^["'(“]*\p{L}[\p{L}\p{M}\p{N}]*(['’-][\p{L}\p{M}]+)*[)"'”]*[.,;?]*:?$`)
	plainNumber = Regexp(`^["(“]*\p{N}+([.-]\p{N}+)*\p{L}?[)"”]*[.,;?]*:?$`)
	plainSign   = Regexp(`^[→–—…✓≈✗]?$`)
	commitSum   = Regexp(fmt.Sprintf("(?i)[0-9a-f]{%d}", shortestSum))
)

const shortestSum = 7 // that forges look for

// isPlain reports whether a word can stand as it is in Markdown, first in a text or not.
func isPlain(word string, first bool) bool {
	switch {
	case len(word) >= shortestSum && commitSum().MatchString(word):
		return false
	case plainNumber().MatchString(word):
		return !first || !strings.ContainsRune(").", rune(word[len(word)-1]))
	}
	return plainWord().MatchString(word) || plainSign().MatchString(word)
}

// codeSpan writes a line as code, but for what ends a sentence, which stands behind it. The
// fence is longer than any run of its sign within.
func codeSpan(text string) string {
	line := cmp.Or(strings.TrimRight(text, ".,;"), text)
	behind := text[len(line):]
	fence := "`"
	for strings.Contains(line, fence) {
		fence += "`"
	}
	if strings.HasPrefix(line, "`") || strings.HasSuffix(line, "`") {
		line = " " + line + " "
	}
	return fence + line + fence + behind
}
