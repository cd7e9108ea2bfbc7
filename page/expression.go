package page

import (
	"regexp"
	parse "regexp/syntax"
	"sync"
	"unicode"
)

// expression is a regular expression that is compiled when it is first used. The
// room has so many that compiling them all would take a tenth of the time in which
// a server starts that never reads a page.
type expression func() *matcher

// compiled gives the expression of a text, which must be well formed.
//
//go:noinline // as its code would be in the program for each of them
func compiled(text string) expression {
	return sync.OnceValue(func() *matcher {
		m := &matcher{Regexp: regexp.MustCompile(text)}
		if parsed, err := parse.Parse(text, parse.Perl); err == nil {
			m.need(needed(parsed))
		}
		return m
	})
}

// matcher is a regular expression that looks first whether a text has any of the letters
// that it cannot match without. Most have none, and looking takes a fiftieth of the time.
type matcher struct {
	*regexp.Regexp
	second [64]uint64 // the sorts of letter that may follow a first one, by its sort
	third  [64]uint64
	any    bool // nothing is known that it needs
}

// needs is how many letters of what an expression needs are looked at, and how many different ones are kept.
const (
	needs    = 3
	mostKept = 64
)

// sorts puts every letter into one of few sorts, the same in upper and lower case.
var sorts = func() (s [256]byte) {
	for c := range s {
		switch {
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
			s[c] = byte(c & 31)
		case c >= '0' && c <= '9':
			s[c] = byte(27 + c - '0')
		default:
			s[c] = byte(37 + c%27)
		}
	}
	return s
}()

// need keeps the texts of which one has to stand in what the expression matches.
func (m *matcher) need(texts []string) {
	m.any = len(texts) == 0
	for _, t := range texts {
		at := func(i int) uint64 {
			if i < len(t) {
				return 1 << sorts[t[i]]
			}
			return ^uint64(0)
		}
		m.second[sorts[t[0]]] |= at(1)
		for i := range m.third {
			if at(1)>>i&1 == 1 {
				m.third[i] |= at(2)
			}
		}
	}
}

// may reports whether the expression may match something in a text.
func (m *matcher) may(t string) bool {
	if m.any {
		return true
	}
	sort := func(i int) byte {
		if i < len(t) {
			return sorts[t[i]]
		}
		return 0
	}
	for i := range len(t) {
		if next := m.second[sorts[t[i]]]; next != 0 && next>>sort(i+1)&1 == 1 && m.third[sort(i+1)]>>sort(i+2)&1 == 1 {
			return true
		}
	}
	return false
}

// MatchString and the others are those of [regexp.Regexp], where anything may match.
func (m *matcher) MatchString(t string) bool { return m.may(t) && m.Regexp.MatchString(t) }

func (m *matcher) FindStringIndex(t string) []int { return once(m, t, m.Regexp.FindStringIndex) }

func (m *matcher) FindStringSubmatch(t string) []string {
	return once(m, t, m.Regexp.FindStringSubmatch)
}

func (m *matcher) FindAllStringIndex(t string, most int) [][]int {
	return often(m, t, most, m.Regexp.FindAllStringIndex)
}

func (m *matcher) FindAllStringSubmatch(t string, most int) [][]string {
	return often(m, t, most, m.Regexp.FindAllStringSubmatch)
}

func (m *matcher) FindAllStringSubmatchIndex(t string, most int) [][]int {
	return often(m, t, most, m.Regexp.FindAllStringSubmatchIndex)
}

func (m *matcher) ReplaceAllString(t, by string) string {
	if !m.may(t) {
		return t
	}
	return m.Regexp.ReplaceAllString(t, by)
}

func once[T any](m *matcher, t string, find func(string) []T) []T {
	if !m.may(t) {
		return nil
	}
	return find(t)
}

func often[T any](m *matcher, t string, most int, find func(string, int) []T) []T {
	return once(m, t, func(t string) []T { return find(t, most) })
}

// needed gives texts of which one stands in whatever an expression matches, or none
// where they are too many.
func needed(re *parse.Regexp) []string {
	switch re.Op {
	case parse.OpCapture, parse.OpPlus:
		return needed(re.Sub[0])
	case parse.OpRepeat:
		if re.Min > 0 {
			return needed(re.Sub[0])
		}
	case parse.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			some := needed(sub)
			if some == nil {
				return nil
			}
			all = append(all, some...)
		}
		return all
	case parse.OpConcat:
		best, run := []string(nil), []string{""}
		for _, sub := range re.Sub {
			if next := joined(run, wholly(sub)); next != nil {
				run = next
				continue
			}
			best = rarer(rarer(best, run), needed(sub))
			run = []string{""}
		}
		return rarer(best, run)
	default:
		return rarer(nil, wholly(re))
	}
	return nil
}

// rarer gives the texts that fewer others have: the longer ones, or else fewer.
func rarer(a, b []string) []string {
	length := func(texts []string) int {
		least := min(len(texts), 1) * needs
		for _, t := range texts {
			if least = min(least, len(t)); t == " " {
				least = 0
			}
		}
		return least
	}
	switch la, lb := length(a), length(b); {
	case la == 0 && lb == 0:
		return nil
	case la > lb, la == lb && len(a) <= len(b):
		return a
	}
	return b
}

// wholly gives the beginnings of all that an expression matches, or nil where they are too many.
func wholly(re *parse.Regexp) []string {
	switch re.Op {
	case parse.OpEmptyMatch, parse.OpBeginLine, parse.OpEndLine, parse.OpBeginText, parse.OpEndText, parse.OpWordBoundary, parse.OpNoWordBoundary:
		return []string{""}
	case parse.OpLiteral:
		for _, r := range re.Rune {
			if r >= 0x80 && unicode.SimpleFold(r) != r {
				return nil
			}
		}
		return joined([]string{""}, []string{string(re.Rune)})
	case parse.OpCharClass:
		return lettersOf(re.Rune)
	case parse.OpCapture:
		return wholly(re.Sub[0])
	case parse.OpQuest:
		if some := wholly(re.Sub[0]); some != nil {
			return append(some, "")
		}
	case parse.OpConcat:
		all := []string{""}
		for _, sub := range re.Sub {
			all = joined(all, wholly(sub))
		}
		return all
	case parse.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			some := wholly(sub)
			if some == nil || len(all)+len(some) > mostKept {
				return nil
			}
			all = append(all, some...)
		}
		return all
	}
	return nil
}

// lettersOf lists the letters of a class, given as pairs of first and last, or nothing where they are too many.
func lettersOf(class []rune) []string {
	var all []string
	for i := 0; i < len(class); i += 2 {
		for r := class[i]; r <= class[i+1]; r++ {
			if all = append(all, string(r)); len(all) > mostKept/2 {
				return nil
			}
		}
	}
	return all
}

// joined puts each of the second texts behind each of the first, as far as letters are
// looked at; nil where that is too many or the second are not known.
func joined(first, second []string) []string {
	if first == nil || second == nil {
		return nil
	}
	var all []string
	for _, a := range first {
		if len(a) >= needs {
			all = append(all, a)
			continue
		}
		for _, b := range second {
			t := a + b
			all = append(all, t[:min(len(t), needs)])
		}
	}
	if len(all) > mostKept {
		return nil
	}
	return all
}
