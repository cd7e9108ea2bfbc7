package version

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"
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
	all := slices.Concat(harmless["any"], harmless[scheme])
	slices.SortStableFunc(all, func(a, b string) int { return len(b) - len(a) })
	return all
}

// isHarmless holds the words that may stand beside any version, each by itself.
var isHarmless = wordSet(harmless["any"], harmless["notation"], harmless["package"])

// isComparison holds the words that compare versions.
var isComparison = wordSet(harmless["compare"])

func wordSet(lists ...[]string) map[string]bool {
	all := map[string]bool{}
	for _, list := range lists {
		for _, text := range list {
			for word := range letterRuns(text) {
				all[word] = true
			}
		}
	}
	return all
}

// letterRuns gives the runs of letters in a text in lower case.
func letterRuns(text string) func(yield func(string) bool) {
	return strings.FieldsFuncSeq(strings.ToLower(text), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsMark(c) })
}

// ParseAsked reads a version as a caller wrote it: as [Scheme.Parse] does, but a
// word beside it that is neither listed as harmless, nor a label of the
// technology, nor of its own name, makes it another thing and is an error. Pages
// print remarks that say nothing; what a caller writes is not passed over. A
// version that has no number ("2022 CU15") is a member of its series.
func (s *Scheme) ParseAsked(text, name string) (Range, error) {
	r, err := s.Parse(text)
	if err != nil {
		if one, ok := s.member(text); ok {
			return one, nil
		}
	}
	if err != nil || isPlain(text) {
		return r, err
	}
	if word := s.stranger(text, name); word != "" {
		return Range{}, &Error{Text: text, Scheme: s.name, Reason: "\"" + word + "\" is not understood there"}
	}
	return r, nil
}

// member reads a version that has no number to compare as one of its series.
func (s *Scheme) member(text string) (Range, bool) {
	clean := tidy(text)
	if s.dialect.member == nil || len(text) > maxText || !s.dialect.member.MatchString(clean) {
		return Range{}, false
	}
	r, reason := s.atom(tidy(s.dialect.member.ReplaceAllString(clean, s.dialect.series)))
	return r.Member(strings.TrimSpace(text)), reason == ""
}

// IsHarmless reports whether a word may stand beside a version of the scheme and
// change nothing: an edition, such as "core" of Windows Server.
func (s *Scheme) IsHarmless(word string) bool { return s.words[strings.ToLower(word)] }

// stranger gives the first word of a text that may change what it means; empty
// where there is none.
func (s *Scheme) stranger(text, name string) string {
	if _, label := s.label(tidy(text)); label {
		return ""
	}
	outer := dropBrackets(text)
	for word := range letterRuns(text) {
		compared := isComparison[word] && hasWord(outer, word)
		if !compared && !isHarmless[word] && !s.words[word] && !hasWord(name, word) {
			return wordAround(text, word)
		}
	}
	return ""
}

func hasWord(text, word string) bool {
	for run := range letterRuns(text) {
		if run == word {
			return true
		}
	}
	return false
}

// wordAround gives the whole word, with its digits, that a run of letters is of.
func wordAround(text, letters string) string {
	parts := func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsMark(c) && !unicode.IsDigit(c) && c != '_'
	}
	for word := range strings.FieldsFuncSeq(text, parts) {
		for run := range letterRuns(word) {
			if run == letters {
				return word
			}
		}
	}
	return letters
}
