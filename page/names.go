package page

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Name is what a name means to whoever has a page read.
type Name struct {
	Kind    string // of the technologies that go by it; empty where none does
	Shared  bool   // technologies of other kinds go by it as well
	Generic bool   // it stands for any of a family, and says little without a version
	Asked   bool   // of the product that the page is read for; then it is no technology
	Other   bool   // of another product
	Maker   bool   // the names of the product that the page is read for begin with it, and so may those of others
	Begins  bool   // some name begins with it; where none does, no longer words are asked for
}

// Names finds what a name means, in whichever of its spellings it is printed. A page brings any words at all.
type Names func(printed string) Name

// The names below are words of English, or of a maker of many things, as well.
var (
	// ordinary names are of another kind where the surroundings say so.
	ordinary = map[string]bool{"aurora": true, "derby": true, "edge": true, "kind": true, "ldap": true, "linux": true, "oracle": true, "rdbms": true, "red hat": true, "redis": true}
	// broad names say little without a version.
	broad = map[string]bool{"arm": true, "arm-based": true, "edge": true, "helm": true, "kind": true, "kubectl": true, "kubernetes": true, "rdbms": true, "redis": true}
)

// maxNames is how many names are remembered.
const maxNames = 1 << 16

// remembered asks for every name once.
func (names Names) remembered() Names {
	known := map[string]Name{}
	return func(printed string) Name {
		n, ok := known[printed]
		if !ok {
			if n = names.ofPage(printed); len(known) < maxNames {
				known[printed] = n
			}
		}
		return n
	}
}

// ofPage is what names mean on a page, where ordinary words stand around them.
func (names Names) ofPage(printed string) Name {
	lower := strings.ToLower(printed)
	n := names(printed)
	if len(printed) < 3 && printed == lower && !strings.ContainsAny(printed, digits) {
		return Name{Begins: n.Begins}
	}
	n.Shared, n.Generic = n.Shared || ordinary[lower], n.Generic || broad[lower]
	return n
}

const digits = "0123456789"

// wordsIn gives where the words of a text begin and end, up to so many: what may be a name, or a part of one.
func wordsIn(text string, most int) [][2]int {
	all := make([][2]int, 0, min(most, len(text)/4+1))
	for at := 0; len(all) < most; {
		from, to := wordAfter(text, at)
		if from == to {
			break
		}
		all, at = append(all, [2]int{from, to}), to
	}
	return all
}

// wordAfter gives where the next word begins and ends.
func wordAfter(text string, at int) (from, to int) {
	for i, r := range text[at:] {
		switch {
		case r < utf8.RuneSelf && isLetter(text[at+i]|0x20), r >= utf8.RuneSelf && unicode.IsLetter(r):
			if to == 0 {
				from = at + i
			}
			to = at + i + utf8.RuneLen(r)
		case to > 0 && strings.ContainsRune("_.+-", r):
			to = at + i + 1
		case to > 0:
			return from, to
		}
	}
	return from, to
}

// isJoint reports whether what stands between two words may stand within a name.
func isJoint(t string) bool { return t == " " || t == "/" || t == " (" }

// longestName is how many words a name has at most.
const longestName = 8

// at gives the longest name that a text has at an offset, what it means and where it ends.
func (names Names) at(text string, at int) (name string, meaning Name, end int) {
	end = at
	for to, n := at, 0; n < longestName; n++ {
		from, next := wordAfter(text, to)
		if from == next || n > 0 && !isJoint(text[to:from]) {
			break
		}
		to = next
		stop := at + len(strings.TrimRight(text[at:to], "."))
		if to < len(text) && text[to] == ')' && strings.Contains(text[at:to], "(") {
			stop++
		}
		if m := names(text[at:stop]); m.Kind != "" {
			name, meaning, end = text[at:stop], m, stop
		}
		if !names(text[at:to]).Begins {
			break
		}
	}
	return name, meaning, end
}

// confidence says how sure the kind of a name is.
type confidence int

const (
	unknownName confidence = iota
	partly                 // a technology is part of the name
	vaguely                // the name may be of another kind
	exactly                // the name is that of a technology
)

// kindOf gives the kind of a printed name, and how sure it is.
func (names Names) kindOf(printed string) (kind string, sure confidence) {
	printed = strings.Trim(printed, " *")
	if n := names(printed); n.Kind != "" {
		if n.Shared {
			return n.Kind, vaguely
		}
		return n.Kind, exactly
	}
	const words = 20
	best, shared := "", false
	for _, at := range wordsIn(printed, words) {
		if name, n, _ := names.at(printed, at[0]); n.Kind != "" && (best == "" || shared == n.Shared && len(name) > len(best) || shared && !n.Shared) {
			kind, sure, best, shared = n.Kind, partly, name, n.Shared
		}
	}
	return kind, sure
}

// isProcessor reports whether a text by itself is the name of one.
func (names Names) isProcessor(text string) bool {
	return names(strings.TrimSpace(text)).Kind == kindArch
}
