package version

import (
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/message"
)

// maxDigits bounds one part, so that counting one further never overflows.
const maxDigits = 18

// readDotted reads numbers with dots between them. What follows may be a
// wildcard ("7.x") or the tail that a distribution's package adds.
func readDotted(text string) (Range, error) {
	if dots := strings.ReplaceAll(text, "_", "."); isPlain(dots) && !strings.Contains(text, ".") { // as Google Cloud writes it: "8_0_31"
		text = dots
	}
	p, err := scanVersion(text)
	if err != nil {
		return Range{}, err
	}
	return prefix(p.slice()...), nil
}

// scanVersion takes the numbers of a text, and refuses what may not follow them.
func scanVersion(text string) (p numbers, err error) {
	p, rest, err := scan(text)
	if err == nil && rest != "" {
		err = checkTail(&p, rest)
	}
	return p, err
}

// meansNothing tells of what follows the numbers of a version.
func meansNothing(rest string) error {
	return message.Of("version.tail", strconv.Quote(strings.TrimSpace(rest)))
}

// scan takes the numeric parts off the beginning of text. Dots that no digit
// follows stay in the rest.
func scan(text string) (p numbers, rest string, err error) {
	rest = text
	for p.n < maxParts {
		digits := countDigits(rest)
		if digits == 0 {
			break
		}
		if digits > maxDigits {
			return p, "", message.Of("version.number_long")
		}
		p.all[p.n], _ = strconv.ParseUint(rest[:digits], 10, 64)
		p.n++
		if rest = rest[digits:]; len(rest) < 2 || rest[0] != '.' || !str.IsDigit(rest[1]) {
			return p, rest, nil
		}
		rest = rest[1:]
	}
	if p.n == 0 {
		return p, "", message.Of("version.no_number")
	}
	return p, "", message.Of("version.parts", maxParts)
}

func countDigits(text string) int {
	n := 0
	for n < len(text) && str.IsDigit(text[n]) {
		n++
	}
	return n
}

// preReleases are the words of versions that were never released as such.
var preReleases = []string{"alpha", "beta", "rc", "cr", "ea", "pre", "preview", "snapshot", "dev", "nightly", "canary", "milestone", "m"}

// checkTail tells what is wrong with what follows the numbers, unless it is
// nothing, a wildcard or a package's tail.
func checkTail(p *numbers, rest string) error {
	if trimWildcards(rest) == "" {
		return nil
	}
	for word := range letterRuns(rest) {
		if slices.Contains(preReleases, word) {
			return message.Of("version.pre_release", strconv.Quote(word))
		}
	}
	if i := strings.IndexFunc(rest, func(c rune) bool { return !isTail(c) }); i >= 0 {
		return meansNothing(rest)
	}
	switch rest[0] {
	case '-':
		return checkHyphen(p, rest[1:])
	case '+', '~', '_':
		return nil
	}
	return meansNothing(rest)
}

// isTail reports whether a character may stand in what a package adds to a version.
func isTail(c rune) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune("-+~_.:@ ", c)
}

// checkHyphen tells "17.2-1" (a package of 17.2) from "50-66", which may mean a
// range.
func checkHyphen(p *numbers, rest string) error {
	q, more, err := scan(rest)
	if err == nil && more == "" && (q.n == p.n || q.all[0] >= p.all[0]) {
		return message.Of("version.hyphen", strconv.Quote(joinParts(p.slice())+" - "+rest))
	}
	return nil
}

// trimWildcards drops ".x", ".*" and "-x", any number of them.
func trimWildcards(rest string) string {
	for len(rest) >= 2 && (rest[0] == '.' || rest[0] == '-') && (rest[1] == 'x' || rest[1] == '*') {
		rest = rest[2:]
	}
	return rest
}
