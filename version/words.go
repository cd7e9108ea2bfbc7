package version

import (
	"strings"

	"github.com/testedon/testedon/internal/str"
)

// operator is a comparison.
type operator int

const (
	_       operator = iota
	atLeast          // >=
	atMost           // <=
	above            // >
	below            // <
	equals           // =
	caret            // ^: up to the next first number
	tilde            // ~: up to the next second number
)

// operators are the signs and words that stand before a version, longer ones
// before those they begin with.
var operators = []struct {
	text string
	op   operator
}{
	{">=", atLeast}, {"<=", atMost}, {"≥", atLeast}, {"≤", atMost},
	{">", above}, {"<", below}, {"=", equals}, {"^", caret}, {"~", tilde},
	{"at least ", atLeast}, {"minimum ", atLeast}, {"since ", atLeast}, {"as of ", atLeast}, {"starting with ", atLeast},
	{"at most ", atMost}, {"up to ", atMost}, {"until ", atMost}, {"through ", atMost},
	{"lower than ", below}, {"less than ", below}, {"older than ", below}, {"earlier than ", below},
	{"prior to ", below}, {"before ", below}, {"below ", below},
	{"higher than ", above}, {"greater than ", above}, {"newer than ", above},
	{"later than ", above}, {"after ", above}, {"above ", above},
}

// openEnds are the words that stand after a version and mean "and all later".
var openEnds = []string{
	orLater, " or higher", " or above", " or newer", " or greater", " or up",
	" and later", " and higher", " and above", " and newer", " and greater", " and up",
	" onwards", " upwards", " or latest",
}

// openStarts are the words that stand after a version and mean "and all before it".
var openStarts = []string{
	" or earlier", " or older", " or lower", " or below", " and earlier", " and older", " and lower", " and below",
}

// separators part the labels of one cell.
var separators = []string{",", ";", " and ", " or ", "/", " & "}

// fillers are words before a version that say nothing.
var fillers = []string{"version ", "versions ", "release ", "ver. ", "ver "}

// remarks are words after a version that are printed with it and are none of it.
// What says nothing at all is listed in harmless.txt.
var remarks = []string{" arm64", " aarch64"}

// processors are printed where a version is expected: "macOS M1". Of "Mac OS
// x86_64" the name may have taken the x.
var processors = []string{"x86_64", "x86-64", "86_64", "86-64", "amd64", "x64", "arm", "arm64", "aarch64", "m1", "m2", "m3", "m4"}

// Split parts a text that names several versions ("8, 11", "8 and 11") into
// one text each. A text that names one comes back alone.
func Split(text string) []string {
	for _, sep := range separators {
		if strings.Contains(text, sep) {
			var all []string
			for part := range strings.SplitSeq(text, sep) {
				if part = strings.TrimSpace(part); part != "" {
					all = append(all, Split(part)...)
				}
			}
			return all
		}
	}
	return []string{strings.TrimSpace(text)}
}

// plainSigns writes hyphens and blanks as on a keyboard.
var plainSigns = strings.NewReplacer("–", " - ", "—", " - ", "−", "-", "‐", "-", "‑", "-", "\u00a0", " ", "®", "", "™", "")

// tidy brings a text into lower case with single blanks and plain hyphens. A
// long dash always parts two ends of a range.
func tidy(text string) string {
	return strings.ToLower(strings.Join(strings.Fields(plainSigns.Replace(text)), " "))
}

// cutOperator takes an operator off the beginning of text; 0 when there is none.
func cutOperator(text string) (operator, string) {
	for _, o := range operators {
		if rest, ok := strings.CutPrefix(text, o.text); ok {
			return o.op, strings.TrimLeft(rest, " ")
		}
	}
	return 0, text
}

// Begins reports whether a text begins as a version does: with a digit, or with
// an operator before one.
func Begins(text string) bool {
	_, rest := cutOperator(tidy(text))
	return rest != "" && str.IsDigit(rest[0])
}

// cutOperand takes the version off the beginning of text, up to the next
// operator sign; a comma or "and" before that sign is swallowed.
func cutOperand(text string) (operand, rest string) {
	end := strings.IndexAny(text, "<>=≥≤")
	if end < 0 {
		return text, ""
	}
	operand = strings.TrimRight(text[:end], " ,&")
	return strings.TrimSuffix(operand, " and"), text[end:]
}

// orLater and butBefore are how a range is told that ends at no version that is known.
const orLater, butBefore = " or later", " but before "

// cutRange parts "a - b", "a to b", "a through b", "between a and b" and "a but before b"; sep is empty where
// text is none of them.
func cutRange(text string) (from, sep, to string) {
	for lead, sep := range map[string]string{"between ": " and ", "from ": " to "} {
		if rest, ok := strings.CutPrefix(text, lead); ok && strings.Contains(rest, sep) {
			from, to, _ := strings.Cut(rest, sep)
			return strings.TrimSpace(from), sep, strings.TrimSpace(to)
		}
	}
	for _, sep := range []string{" - ", " to ", " through ", butBefore} {
		if from, to, ok := strings.Cut(text, sep); ok {
			return strings.TrimSpace(from), sep, strings.TrimSpace(to)
		}
	}
	return text, "", ""
}

// cutOpenEnd takes "+" or "or later" off the end of text.
func cutOpenEnd(text string) (string, bool) {
	if from, ok := strings.CutSuffix(text, "+"); ok {
		return strings.TrimSpace(from), true
	}
	return cutWords(text, openEnds)
}

// cutWords takes one of some words off the end of text.
func cutWords(text string, words []string) (string, bool) {
	for _, end := range words {
		if rest, ok := strings.CutSuffix(text, end); ok {
			return strings.TrimSpace(rest), true
		}
	}
	return "", false
}

// cutBrackets takes the first bracketed part out of text.
func cutBrackets(text string) (outer, inner string, ok bool) {
	before, rest, found := strings.Cut(text, "(")
	if !found {
		return text, "", false
	}
	inner, after, closed := strings.Cut(rest, ")")
	if !closed {
		return text, "", false
	}
	return tidy(before + " " + after), strings.TrimSpace(inner), true
}

// dropBrackets drops every bracketed part of text.
func dropBrackets(text string) string {
	for {
		outer, _, ok := cutBrackets(text)
		if !ok {
			return text
		}
		text = outer
	}
}

// trimNoise drops fillers before a version, and remarks and the dialect's own
// noise words on either side of it.
func trimNoise(text string, noise []string) string {
	for {
		shorter := trimFiller(text)
		for _, remark := range remarks {
			shorter = strings.TrimSuffix(shorter, remark)
		}
		for _, word := range noise {
			shorter = trimWord(shorter, word)
		}
		if shorter == text {
			return text
		}
		text = shorter
	}
}

// trimFiller drops a word such as "version", and the letter v before a digit.
func trimFiller(text string) string {
	for _, f := range fillers {
		if rest, ok := strings.CutPrefix(text, f); ok {
			return rest
		}
	}
	if rest, ok := strings.CutPrefix(text, "v"); ok {
		if rest = strings.TrimLeft(rest, ". "); rest != "" && str.IsDigit(rest[0]) {
			return rest
		}
	}
	return text
}

// trimWord drops word from either end of text, with the blank or hyphen that
// parts it from the rest.
func trimWord(text, word string) string {
	if rest, ok := strings.CutPrefix(text, word); ok && rest != "" && strings.ContainsRune(" -", rune(rest[0])) {
		text = rest[1:]
	}
	if rest, ok := strings.CutSuffix(text, word); ok && rest != "" && strings.ContainsRune(" -", rune(rest[len(rest)-1])) {
		text = rest[:len(rest)-1]
	}
	return text
}

// isPlain reports whether text is digits with dots between them.
func isPlain(text string) bool {
	for i := range len(text) {
		if !str.IsDigit(text[i]) && text[i] != '.' {
			return false
		}
	}
	return text != ""
}
