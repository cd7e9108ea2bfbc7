package version

import (
	"cmp"
	_ "embed"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/message"
)

//go:embed harmless.txt
var harmlessText string

// harmless is what harmless.txt lists, by section.
var harmless = readHarmless(harmlessText)

// readHarmless reads sections of words; those in quotes belong together.
func readHarmless(text string) map[string][]string {
	all := map[string][]string{}
	var sections []string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "#") {
			continue
		}
		if inner, ok := strings.CutPrefix(line, "["); ok {
			sections = strings.Fields(strings.TrimSuffix(inner, "]"))
			continue
		}
		for i, part := range strings.Split(line, `"`) {
			words := []string{part}
			if i%2 == 0 {
				words = strings.Fields(part)
			}
			for _, section := range sections {
				all[section] = append(all[section], words...)
			}
		}
	}
	return all
}

// noiseOf gives what is dropped beside the versions of a scheme, the longest
// first, as "community server" ends with "server".
func noiseOf(scheme string) []string {
	all := slices.Concat(harmless["any"], harmless["page"], harmless[scheme])
	for section, words := range harmless {
		if strings.HasPrefix(section, scheme+"@") {
			all = append(all, words...)
		}
	}
	order.Stable(all, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	return all
}

// isHarmless holds the words that may stand beside any version, isPackaging what may
// follow it, and isComparison those that compare versions.
var (
	isHarmless   = wordSet(harmless["any"])
	isPackaging  = wordSet(harmless["package"])
	isComparison = wordSet(harmless["compare"])
)

// wordSet holds the words of texts. Of those with digits or signs beside letters it also
// holds the runs of letters, but for single ones.
func wordSet(lists ...[]string) map[string]bool {
	all := map[string]bool{}
	for _, list := range lists {
		for _, text := range list {
			for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(c rune) bool { return !isWord(c) && c != '#' && c != '?' }) {
				all[word] = true
			}
			for run := range letterRuns(text) {
				if len(run) > 1 {
					all[run] = true
				}
			}
		}
	}
	return all
}

func isWord(c rune) bool { return unicode.IsLetter(c) || unicode.IsMark(c) || unicode.IsDigit(c) }

// letterRuns gives the runs of letters in a text in lower case.
func letterRuns(text string) func(yield func(string) bool) {
	return strings.FieldsFuncSeq(strings.ToLower(text), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsMark(c) })
}

// ParseAsked reads a version as a caller wrote it: as [Scheme.Parse] does, but a
// word beside it that is neither listed as harmless, nor a label of the
// technology, nor one of its own (see [Scheme.Beside]), makes it another thing and is an error. Pages
// print remarks that say nothing; what a caller writes is not passed over. A
// version that has no number ("2022 CU15") is a member of its series.
func (s *Scheme) ParseAsked(text string) (Range, error) {
	r, err := s.Parse(text)
	if err != nil {
		if one, ok, why := s.member(text); ok {
			return one, s.error(text, why)
		}
		if r, err = s.withoutPlain(text, err); err != nil {
			return r, err
		}
	}
	var why error
	if !isPlain(text) {
		why = s.stranger(text, r)
	}
	if s.dialect.check != nil && why == nil {
		why = s.dialect.check(r)
	}
	if why != nil {
		return Range{}, s.error(text, why)
	}
	return r, nil
}

// withoutPlain reads a text without what may stand beside its versions; err is what it fails
// with as it stands.
func (s *Scheme) withoutPlain(text string, err error) (Range, error) {
	if len(s.plainly) == 0 || len(text) > maxText {
		return Range{}, err
	}
	clean := tidy(text)
	less := trimNoise(clean, s.plainly)
	if less == clean {
		less = s.withoutNoise(clean)
	}
	if r, why := s.Parse(less); less != clean && why == nil {
		return r, nil
	}
	return Range{}, err
}

// withoutNoise leaves out the words of a tidy text that say nothing, wherever they stand:
// "11 pro 23h2", "2019_standard".
func (s *Scheme) withoutNoise(text string) string {
	words := strings.FieldsFunc(text, func(c rune) bool { return c == ' ' || c == '_' })
	return strings.Join(slices.DeleteFunc(words, func(word string) bool {
		return slices.Contains(s.noise, word) || slices.Contains(s.plainly, word)
	}), " ")
}

// Beside gives the scheme for a technology beside whose versions words of its name may
// stand, and whole texts, in lower case and the longest first, that leave it what it is:
// an edition, who packs it.
func (s *Scheme) Beside(name string, plain ...string) *Scheme {
	t := *s
	t.called = wordSet([]string{name})
	t.plainly = slices.DeleteFunc(plain, func(text string) bool { return len(text) < 2 })
	return &t
}

// member reads a version that has no number to compare as one of its series; the reason
// says why there can be none. It is not ok where the text is no such version.
func (s *Scheme) member(text string) (r Range, ok bool, err error) {
	clean := tidy(text)
	if s.dialect.member == nil || len(text) > maxText || !s.dialect.member().MatchString(clean) {
		return Range{}, false, nil
	}
	r, err = s.atom(tidy(s.dialect.member().ReplaceAllString(clean, s.dialect.series)))
	if err != nil {
		return Range{}, false, nil
	}
	if s.dialect.checkMember != nil {
		if err = s.dialect.checkMember(clean, r); err != nil {
			return Range{}, true, err
		}
	}
	if s.dialect.foreign {
		text = s.Print(r)
	}
	return r.Member(strings.TrimSpace(text)), true, nil
}

// IsHarmless reports whether a word may stand beside a version of the scheme and
// change nothing: an edition, such as "core" of Windows Server.
func (s *Scheme) IsHarmless(word string) bool { return s.words[strings.ToLower(word)] }

// stranger is the error of the first word of a text of some versions that may change what it means.
func (s *Scheme) stranger(text string, r Range) error {
	if _, label := s.label(tidy(text)); label {
		return nil
	}
	outer := dropBrackets(text)
	var before rune
	for at := 0; at < len(text); {
		c, size := utf8.DecodeRuneInString(text[at:])
		if !isWord(c) {
			before, at = c, at+size
			continue
		}
		word, after := text[at:], ""
		if end := strings.IndexFunc(word, func(c rune) bool { return !isWord(c) }); end >= 0 {
			word, after = word[:end], word[end:]
		}
		lower := strings.ToLower(word)
		if n := s.plainAt(text[at:]); n > len(word) {
			at += n
			continue
		} else if n < len(word) && !s.isKnown(lower, before, after, outer) && !s.belongs(lower, r) {
			return message.Of("version.word", word)
		}
		at += len(word)
	}
	return nil
}

// belongs reports whether a word stands beside versions of one series alone, and these are of it.
func (s *Scheme) belongs(word string, r Range) bool {
	for section, words := range harmless {
		if series, ok := strings.CutPrefix(section, s.name+"@"); ok && wordSet(words)[word] {
			if within, err := s.Parse(series); err == nil && r.Within(within) {
				return true
			}
		}
	}
	return false
}

// isKnown reports whether a word may stand between two signs and change nothing.
func (s *Scheme) isKnown(word string, before rune, after, outer string) bool {
	if countDigits(word) == len(word) || isSign(word, before, after) || holds(isHarmless, word) || holds(s.words, word) || holds(s.notation, word) {
		return true
	}
	packed := strings.ContainsRune(behind, before)
	if packed && holds(isPackaging, word) {
		return true
	}
	for run := range letterRuns(word) {
		known := isHarmless[run] || s.words[run] || s.notation[run] || s.called[run] || packed && isPackaging[run] || isComparison[run] && hasWord(outer, run)
		if len(run) == 1 || !known {
			return false
		}
	}
	return true
}

// plainAt is the length of the plain text that a text begins with; 0 where there is none.
func (s *Scheme) plainAt(text string) int {
	for _, plain := range s.plainly {
		if len(text) < len(plain) || !strings.EqualFold(text[:len(plain)], plain) {
			continue
		}
		if next, _ := utf8.DecodeRuneInString(text[len(plain):]); len(text) == len(plain) || !isWord(next) {
			return len(plain)
		}
	}
	return 0
}

// behind are the signs by which a package adds to a version.
const behind = "-+~_.:"

// isSign reports whether a word is the letter before a version, as in "v17.2", or the
// one that stands for any number, as in "17.x".
func isSign(word string, before rune, after string) bool {
	if word == "x" {
		after = strings.TrimLeft(after, " ")
		return (before == '.' || before == '-') && (after == "" || !str.IsDigit(after[0]))
	}
	v, ok := strings.CutPrefix(word, "v")
	return ok && countDigits(v) == len(v) && !strings.ContainsRune(behind+"(", before)
}

// holds reports whether words hold one as it is, or with # for digits and ? for letters.
func holds(words map[string]bool, word string) bool {
	if words[word] {
		return true
	}
	digits := digitRuns().ReplaceAllString(word, "#")
	return words[digits] || words[anyLetter().ReplaceAllString(digits, "?")]
}

var (
	digitRuns = str.Regexp(`[0-9]+`)
	anyLetter = str.Regexp(`[a-z]`)
)

func hasWord(text, word string) bool {
	for run := range letterRuns(text) {
		if run == word {
			return true
		}
	}
	return false
}
