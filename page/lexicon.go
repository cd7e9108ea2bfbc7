package page

import (
	"slices"
	"strings"
	"sync"

	"github.com/testedon/testedon/internal/str"
)

// entry is a meaning with the phrases that have it, one a line. The nouns have it in
// headings, heads and labels alone.
type entry struct{ meaning, phrases, nouns string }

// lexicon has phrases by the letters that they begin with. Reading a text word by word
// takes a hundredth of the time that an expression of all phrases takes.
type lexicon func() map[string][]phrase

// phrase is a line of an entry.
//
//	a|b      one of these words; * stands for any letters at the end
//	a?       which may be missing
//	~        up to three adverbs, articles and forms of "to be"
//	...      up to five words of the sentence
//	#        a number
//	^        nothing before it
//	=        any of the words of checked
//	+        any further ones of them, after "or", "and" or a comma
type phrase struct {
	meaning string
	noun    bool
	pieces  []string
}

// lexiconOf makes a lexicon when it is first used. Where several phrases begin at the
// same word, the first counts.
func lexiconOf(entries []entry) lexicon {
	return sync.OnceValue(func() map[string][]phrase {
		all := map[string][]phrase{}
		for _, e := range entries {
			for line := range strings.Lines(e.phrases) {
				add(all, phrase{e.meaning, false, strings.Fields(line)})
			}
			for line := range strings.Lines(e.nouns) {
				add(all, phrase{e.meaning, true, strings.Fields(line)})
			}
		}
		return all
	})
}

func add(all map[string][]phrase, p phrase) {
	if len(p.pieces) == 0 {
		return
	}
	first := p.pieces[0]
	if first == "^" {
		first = p.pieces[1]
	}
	var known []string
	words := strings.Split(strings.TrimSuffix(first, "?"), "|")
	if words[0] == "=" {
		words = append(words[1:], checked...)
	}
	for _, w := range words {
		if key := startOf(w); !slices.Contains(known, key) {
			known = append(known, key)
			all[key] = append(all[key], p)
		}
	}
	if strings.HasSuffix(first, "?") {
		p.pieces = p.pieces[1:]
		add(all, p)
	}
}

// found is a phrase that a text has.
type found struct {
	meaning  string
	from, to int
} // in words

// in finds the phrases of a text, up to so many.
func (l lexicon) in(words []spoken, nouns bool, most int) []found {
	var all []found
	for i := 0; i < len(words) && len(all) < most; i++ {
		for _, p := range l()[startOf(words[i].text)] {
			if p.noun && !nouns {
				continue
			}
			if end := match(p.pieces, words, i); end > i {
				all = append(all, found{p.meaning, i, end})
				i = end - 1
				break
			}
		}
	}
	return all
}

// without gives a text without the phrases that it has.
func (l lexicon) without(text string) string {
	words := spokenIn(text)
	from, rest := 0, ""
	for _, f := range l.in(words, true, len(words)) {
		rest, from = rest+text[from:words[f.from].from]+" ", words[f.to-1].to
	}
	return rest + text[from:]
}

// startOf gives the letters of a word by which its phrases are found.
func startOf(w string) string {
	const letters = 3
	return strings.TrimSuffix(w[:min(len(w), letters)], "*")
}

// spoken is a word or a sign of a text in lower case.
type spoken struct {
	text     string
	from, to int
}

// spokenIn cuts a text into words. A hyphen parts words, a dot between digits does not,
// and "isn't" is two.
func spokenIn(text string) []spoken {
	all := make([]spoken, 0, len(text)/5+1)
	lower := strings.ToLower(text)
	if len(lower) != len(text) {
		lower = text // offsets count
	}
	for at := 0; at < len(lower); at++ {
		end := at
		for end < len(lower) && (isLetter(lower[end]) || lower[end] == '.' && end > at && str.IsDigit(lower[end-1]) && end+1 < len(lower) && str.IsDigit(lower[end+1])) {
			end++
		}
		switch {
		case end == at && strings.IndexByte(",.;:!?/\n", lower[at]) >= 0:
			all = append(all, spoken{lower[at : at+1], at, at + 1})
		case end == at:
		case lower[end-1] == 'n' && (strings.HasPrefix(lower[end:], "'t") || strings.HasPrefix(lower[end:], "’t")):
			not := end + strings.IndexByte(lower[end:], 't') + 1
			all = append(all, spoken{lower[at : end-1], at, end - 1}, spoken{"n't", end - 1, not})
			at = not - 1
		default:
			all = append(all, spoken{lower[at:end], at, end})
			at = end - 1
		}
	}
	return all
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || str.IsDigit(c) }

// match gives the place after the words from i on that fit the pieces, or -1.
func match(pieces []string, words []spoken, i int) int {
	if len(pieces) == 0 {
		return i
	}
	piece, rest := pieces[0], pieces[1:]
	var gap int
	var fits func(spoken) bool
	switch piece {
	case "^":
		if i > 0 {
			return -1
		}
		return match(rest, words, i)
	case "~":
		gap, fits = 3, isAdverb
	case "...":
		gap, fits = 5, func(w spoken) bool { return !strings.ContainsAny(w.text, ";") && w.text != "." }
	case "+":
		return furtherDenied(words, i)
	default:
		if i < len(words) && isOneOf(words[i].text, piece) {
			return match(rest, words, i+1)
		}
		if strings.HasSuffix(piece, "?") {
			return match(rest, words, i)
		}
		return -1
	}
	for n := 0; ; n++ {
		if end := match(rest, words, i); end >= 0 {
			return end
		}
		if n == gap || i >= len(words) || !fits(words[i]) {
			return -1
		}
		i++
	}
}

// isOneOf reports whether a word is what a piece of a phrase stands for.
func isOneOf(word, piece string) bool {
	if piece == "#" {
		return strings.ContainsAny(word[:min(2, len(word))], digits)
	}
	for w := range strings.SplitSeq(strings.TrimSuffix(piece, "?"), "|") {
		start, open := strings.CutSuffix(w, "*")
		if w == word || open && strings.HasPrefix(word, start) || w == "=" && slices.Contains(checked, word) {
			return true
		}
	}
	return false
}

func isAdverb(w spoken) bool {
	return strings.HasSuffix(w.text, "ly") || slices.Contains(adverbs, w.text)
}

// furtherDenied gives the end of what a negation denies besides: "not tested or supported".
func furtherDenied(words []spoken, i int) int {
	for at, joined := i, false; at < len(words); at++ {
		switch w := words[at]; {
		case slices.Contains([]string{"or", "nor", "and", "/", ","}, w.text):
			joined = true
		case joined && slices.Contains(checked, w.text):
			i, joined = at+1, false
		case !isAdverb(w):
			return i
		}
	}
	return i
}

// checked are what is said of things, and ends what a negation holds for.
var checked = strings.Fields("tested supported certified compatible recommended verified validated qualified maintained")

// adverbs stand between a negation and what it denies, beside the words in "ly".
var adverbs = strings.Fields("a an any be been being to yet also or nor considered known guaranteed longer therefore then thus")
