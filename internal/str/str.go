// Package str has what package strings lacks and several rooms need.
package str

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Words writes a value of a closed set, such as a status, as people read it: "not
// listed".
func Words[T ~string](value T) string { return strings.ReplaceAll(string(value), "_", " ") }

// Capital begins a text with a capital letter.
func Capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 || first == utf8.RuneError {
		return text
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

// Join joins the texts that are not empty.
func Join(separator string, all ...string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(all), func(text string) bool { return text == "" }), separator)
}

// Count is a number with its noun: "1 problem", "2 problems".
func Count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}

// IsDigit reports whether a byte is a digit of ASCII.
func IsDigit(c byte) bool { return c >= '0' && c <= '9' }

// Numbered writes "#" for every number in a name, and gives the last of them.
func Numbered(name string) (pattern, number string) {
	var b strings.Builder
	for i := 0; i < len(name); {
		n := i
		for n < len(name) && (IsDigit(name[n]) || n > i && name[n] == '.' && n+1 < len(name) && IsDigit(name[n+1])) {
			n++
		}
		if n == i {
			b.WriteByte(name[i])
			i++
			continue
		}
		b.WriteByte('#')
		number, i = name[i:n], n
	}
	return b.String(), number
}

// WebAddress gives an address only where a browser may follow it from a page, and else
// an empty text: documents may have any text as their address.
func WebAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return ""
	}
	return address
}

// With puts words before a text; before none it puts nothing.
func With(words, text string) string {
	if text == "" {
		return ""
	}
	return words + text
}

// Remarks gives the texts that are not empty, in parentheses after a blank.
func Remarks(all ...string) string {
	if text := Join(", ", all...); text != "" {
		return " (" + text + ")"
	}
	return ""
}

// Quoted marks words as those of a document.
func Quoted(words string) string { return `"` + words + `"` }

// Visible takes out of a text what could steer a terminal.
func Visible(text string) string {
	return strings.Map(func(r rune) rune {
		if hidden(r) {
			return -1
		}
		return r
	}, text)
}

// Escaped writes the same as escapes of ASCII, to be seen.
func Escaped(text string) string {
	var b strings.Builder
	for _, r := range text {
		if hidden(r) {
			b.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// hidden reports whether a character could steer a terminal or cannot be seen.
func hidden(r rune) bool { return r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) }

// Regexp gives an expression that is compiled when it is used for the first time: all of them at
// the start of the program took 4 ms and 1.3 MB. One that is wrong panics then.
//
//go:noinline // as its code would be in the program for each of them, 100 KB
func Regexp(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
