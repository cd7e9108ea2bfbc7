package portal

import (
	"regexp"
	"strings"

	"github.com/testedon/testedon/compat"
)

func citedMarkdown(l *compat.Listing) string {
	title := EscapeMarkdown(l.Source.Title)
	if address := web(l.Source.URL); address != "" && !strings.ContainsAny(address, "<>\n") {
		return "[" + title + "](<" + address + ">)"
	}
	return title
}

// EscapeMarkdown writes a text so that Markdown shows it as it is, and that nothing makes
// a link, a mention or a reference of it, neither in Markdown nor after it has become a
// page, as forges do with @name, #1, GH-1, addresses and the sums of commits. Words and
// numbers stand as they are; anything else stands as code, which all leave alone.
func EscapeMarkdown(text string) string {
	var b strings.Builder
	var code []string // what has to stand as code, until now
	words := strings.Fields(text)
	for i, word := range words {
		if i > 0 && len(code) == 0 {
			b.WriteByte(' ')
		}
		if isPlain(word, i == 0) {
			if len(code) > 0 {
				b.WriteString(codeSpan(strings.Join(code, " ")) + " ")
				code = nil
			}
			b.WriteString(word)
			continue
		}
		code = append(code, word)
	}
	if len(code) > 0 {
		b.WriteString(codeSpan(strings.Join(code, " ")))
	}
	return b.String()
}

// A word may have signs around it that mean nothing to Markdown; a colon stands last, or
// it begins the name of a picture. A number at the beginning of a text has no point behind
// it, which would number a list.
var (
	plainWord   = regexp.MustCompile(`^["'(“]*\p{L}[\p{L}\p{M}\p{N}]*(['’-][\p{L}\p{M}]+)*[)"'”]*[.,;?]*:?$`)
	plainNumber = regexp.MustCompile(`^["(“]*\p{N}+([.-]\p{N}+)*\p{L}?[)"”]*[.,;?]*:?$`)
	plainSign   = regexp.MustCompile(`^[→–—…✓≈✗]$`)
	commitSum   = regexp.MustCompile(`(?i)[0-9a-f]{7}`) // as short as forges look for
)

// isPlain reports whether a word can stand as it is in Markdown, first in a text or not.
func isPlain(word string, first bool) bool {
	switch {
	case commitSum.MatchString(word):
		return false
	case plainNumber.MatchString(word):
		return !first || !strings.ContainsRune(").", rune(word[len(word)-1]))
	}
	return plainWord.MatchString(word) || plainSign.MatchString(word)
}

// codeSpan writes a line as code. The fence is longer than any run of its sign within.
func codeSpan(line string) string {
	fence := "`"
	for strings.Contains(line, fence) {
		fence += "`"
	}
	if strings.HasPrefix(line, "`") || strings.HasSuffix(line, "`") {
		line = " " + line + " "
	}
	return fence + line + fence
}
