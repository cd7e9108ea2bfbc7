package compat

import (
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/message"
)

// BestScore is that of the very name that was looked for.
const BestScore = 100

// Fit says how a name answers to a text.
type Fit string

// The ways to answer, best first.
const (
	FitSame     Fit = "same"     // it is the name, but for blanks, hyphens, dots and capitals
	FitBegins   Fit = "begins"   // the name begins with it
	FitContains Fit = "contains" // the name contains it, or all of its words
	FitSlips    Fit = "slips"    // one of these, but for typing slips
	FitPart     Fit = "part"     // the name answers to a part of it only
)

// fits lists every way, best first.
var fits = []Fit{FitSame, FitBegins, FitContains, FitSlips, FitPart}

// Likeness says how well a name answers to a text.
type Likeness struct {
	Score int    // 1 to BestScore; 0 where it does not answer
	Fit   Fit    // empty where it does not answer
	Slips int    // letters to insert, drop, change or swap with their neighbour
	Name  string // that answers
}

// Why says it in a sentence.
func (l Likeness) Why() string {
	if l.Fit == "" {
		return ""
	}
	return message.English.Text("found", string(l.Fit), l.Name, strconv.Itoa(l.Slips))
}

// The scores of the ways to answer, from the most to the least: how much of a name is looked for
// decides between them.
var scores = map[Fit][2]int{FitBegins: {89, 80}, FitContains: {79, 60}, FitSlips: {59, 1}}

// perSlip is what a slip costs.
const perSlip = 8

// Pattern is a text that names are looked for with. It is safe for concurrent use.
type Pattern struct {
	key   string
	words []string // as keys
}

// IsEmpty reports whether there is nothing to look for.
func (p Pattern) IsEmpty() bool { return p.key == "" }

// maxPatternWords bounds the words of a text that are looked at.
const maxPatternWords = 16

// NewPattern reads a text.
func NewPattern(text string) Pattern {
	p := Pattern{key: fact.Key(text), words: wordsOf(text)}
	p.words = p.words[:min(len(p.words), maxPatternWords)]
	return p
}

// wordsOf gives the words of a text as keys.
func wordsOf(text string) []string {
	words := strings.FieldsFunc(text, partsWords)
	for i, word := range words {
		words[i] = fact.Key(word)
	}
	return slices.DeleteFunc(words, func(word string) bool { return word == "" })
}

// partsWords reports whether a sign stands between words.
func partsWords(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' }

// Best gives the best answer among the names of one thing. Of equal ones it is the
// first.
func (p Pattern) Best(names ...string) Likeness {
	var best Likeness
	for _, name := range names {
		best = Better(best, p.like(name))
	}
	return best
}

// Better gives the likeness of more score, and of equal ones the first.
func Better(a, b Likeness) Likeness {
	if b.Score > a.Score {
		return b
	}
	return a
}

// like holds the text against one name.
func (p Pattern) like(name string) Likeness {
	var buf [fact.UsualName]byte
	k := string(fact.AppendKey(buf[:0], name))
	if p.key == "" || k == "" || len(k) > fact.MaxName {
		return Likeness{}
	}
	fit, slips := p.fit(name, k)
	if fit == "" {
		return Likeness{}
	}
	if fit == FitSame {
		return Likeness{BestScore, fit, 0, name}
	}
	most, least := scores[fit][0], scores[fit][1]
	share := min(len(p.key), len(k)) * (most - least) / max(len(p.key), len(k))
	if fit == FitSlips {
		share = most - least - perSlip*(slips-1) - (most-least-share)/2
	}
	return Likeness{max(1, least+share), fit, slips, name}
}

// fit tells how a name, whose key is k, answers, and with how many slips.
func (p Pattern) fit(name, k string) (Fit, int) {
	const shortest = 2 // a single letter is contained in nearly everything
	switch {
	case p.key == k:
		return FitSame, 0
	case strings.HasPrefix(k, p.key):
		return FitBegins, 0
	case len(p.key) >= shortest && strings.Contains(k, p.key):
		return FitContains, 0
	}
	slips, ok := slip(p.key, k)
	if inWords, every := p.inWords(name); every && (!ok || inWords < slips) {
		slips, ok = inWords, true
	}
	switch {
	case !ok:
		return "", 0
	case slips == 0:
		return FitContains, 0
	}
	return FitSlips, slips
}

// inWords finds every word of the text in a name, in any order, and counts the slips.
func (p Pattern) inWords(name string) (slips int, every bool) {
	if n := len(p.words); n > 1 && n > len(strings.FieldsFunc(name, partsWords)) { // each is one of the name
		return 0, false
	}
	var found [maxPatternWords]bool
	var least [maxPatternWords]int
	for known := range strings.FieldsFuncSeq(name, partsWords) {
		var buf [fact.UsualName]byte
		k := string(fact.AppendKey(buf[:0], known))
		for i, word := range p.words {
			if n, ok := wordSlip(word, k); ok && (!found[i] || n < least[i]) {
				found[i], least[i] = true, n
			}
		}
	}
	for i := range p.words {
		if !found[i] {
			return 0, false
		}
		slips += least[i]
	}
	return slips, len(p.words) > 0
}

// wordSlip counts the slips that lead from a word to another or to the beginning of it.
func wordSlip(word, known string) (int, bool) {
	if strings.HasPrefix(known, word) {
		return 0, true
	}
	if n, ok := slip(word, known); ok {
		return n, true
	}
	if len(known) > len(word) {
		return slip(word, known[:len(word)])
	}
	return 0, false
}

// slip counts the slips between two keys; false where there are more than are forgiven.
// Numbers are meant as they are written.
func slip(wanted, known string) (int, bool) {
	forgiven := min(len(wanted)+1, len(known)+1) / 4
	if longer := len(wanted) - len(known); max(longer, -longer) > forgiven || forgiven == 0 || !sameDigits(wanted, known) {
		return 0, false
	}
	if a, b := signs(wanted), signs(known); bits.OnesCount64(a&^b) > forgiven || bits.OnesCount64(b&^a) > forgiven {
		return 0, false // a slip brings in one other sign at most; this spares counting them
	}
	n := fact.Edits(wanted, known)
	return n, n <= forgiven
}

// signs tells which signs a key has, each as a bit; some share one.
func signs(key string) (all uint64) {
	for i := range len(key) {
		all |= 1 << (key[i] & 63)
	}
	return all
}

// sameDigits reports whether two keys have the same digits in the same order.
func sameDigits(a, b string) bool {
	for {
		a, b = strings.TrimLeftFunc(a, isNoDigit), strings.TrimLeftFunc(b, isNoDigit)
		if a == "" || b == "" || a[0] != b[0] {
			return a == b
		}
		a, b = a[1:], b[1:]
	}
}

func isNoDigit(r rune) bool { return r < '0' || r > '9' }

// And joins how the name before a version answers with how the version does.
func (l Likeness) And(version Likeness) Likeness {
	if l.Score == 0 || version.Score == 0 {
		return Likeness{}
	}
	return Likeness{
		Score: max(1, l.Score*version.Score/BestScore),
		Fit:   fits[max(slices.Index(fits, l.Fit), slices.Index(fits, version.Fit))],
		Slips: l.Slips + version.Slips,
		Name:  strings.TrimSpace(l.Name + " " + version.Name),
	}
}

// Slips counts the typing slips between two names; false where there are more than are
// forgiven.
func Slips(a, b string) (int, bool) { return slip(fact.Key(a), fact.Key(b)) }
