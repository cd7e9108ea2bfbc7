package plain

import (
	"strings"

	"github.com/testedon/testedon/compat/wording"
)

// prose gives the end of a number at this place that is none of a version, and what it is:
// the number of an item or an amount. Only what says something of a machine is told.
func (r *reader) prose() (int, Role) {
	digits := r.pos + len(r.text[r.pos:]) - len(strings.TrimLeft(r.text[r.pos:], "0123456789"))
	line := strings.TrimRight(r.text[:r.pos], " \t")
	if digits > r.pos && (line == "" || strings.HasSuffix(line, "\n")) && strings.HasPrefix(r.text[digits:], ")") {
		r.afterSeparator = true
		return digits + 1, RoleSeparator
	}
	if isKernel(r.text[r.pos:]) {
		return r.versionEnd(nil, r.pos), RoleIgnored
	}
	end := r.amount(r.pos)
	unit := strings.TrimLeft(r.text[r.pos:end], "0123456789.- ")
	if wording.Is(unit, wording.Tallies) != 0 {
		return end, RoleWord
	}
	return end, RoleIgnored
}

// isKernel reports whether a text begins as the release of a Linux kernel does that somebody
// has built: "2.6.32-300.39.5".
func isKernel(text string) bool {
	for i, sign := range []byte("..-") {
		rest := strings.TrimLeft(text, "0123456789")
		if digits := len(text) - len(rest); digits == 0 || i == 0 && digits > 1 || rest == "" || rest[0] != sign {
			return false
		}
		text = rest[1:]
	}
	return text != "" && text[0] >= '0' && text[0] <= '9'
}

// dated takes a month with its year, and a word such as "since" with the day or the year that
// follows it, or a month that elsewhere says nothing; false where none does.
func (r *reader) dated(end int) bool {
	word := r.text[r.pos:end]
	if wording.Is(word, wording.Months|wording.Dates) == 0 {
		return false
	}
	to := r.date(r.pos)
	for range maxFillers {
		if to > r.pos || wording.Is(word, wording.Dates) == 0 && wording.ClassOf(word)&wording.Joins == 0 {
			break
		}
		next := wording.SkipBlanks(r.text, end)
		if to = max(r.date(next), r.year(next)); to == next {
			to = r.pos
		}
		end = wording.WordEnd(r.text, next)
		word = r.text[next:end]
		if to == r.pos && wording.Is(word, wording.Months) != 0 && wording.ClassOf(word)&wording.Asks != 0 {
			to = end // "in May"
		}
	}
	found := to > r.pos
	if found {
		r.emitTime(to)
	}
	return found
}

// date gives the end of a month with its year, and perhaps the day, that begins at a
// place, in any order: "5 March 2024", "Oct 2027", "2024-03-05"; the place where none does.
func (r *reader) date(at int) int {
	const most = 3
	if end := r.numericDate(at); end > at {
		return end
	}
	end, next, months, years := at, at, 0, 0
	for range most {
		word := wording.WordEnd(r.text, next)
		text := r.text[next:word]
		switch year := r.isYear(next); {
		case year && word == next+4:
			years++
		case len(text) > 0 && len(text) <= 4 && strings.Trim(text, "0123456789stndrh") == "" && text[0] <= '9':
		case wording.Is(text, wording.Months) != 0:
			months++
		default:
			word = next
		}
		if word == next {
			break
		}
		if months == 1 && (years == 1 || wording.IsGlued(wording.First(text, 0))) { // "3月"
			end = word
			break
		}
		next = wording.SkipBlanks(r.text, word+len(r.text[word:])-len(strings.TrimLeft(r.text[word:], ".,")))
	}
	return end
}

// numericDate gives the end of a day in numbers: "2024-03-05", "5.3.2024", "03/05/2024"; the
// place where none begins.
func (r *reader) numericDate(at int) int {
	var numbers [3]string
	end := at
	for i := range numbers {
		digits := end + len(r.text[end:]) - len(strings.TrimLeft(r.text[end:], "0123456789"))
		numbers[i] = r.text[end:digits]
		if end = digits; i < 2 {
			if end == len(r.text) || !strings.ContainsRune("-./", rune(r.text[end])) {
				return at
			}
			end++
		}
	}
	if len(numbers[0]) == 4 { // the year
		numbers[0], numbers[2] = numbers[2], numbers[0]
	}
	isDay := func(text string) bool { return len(text) == 1 && text > "0" || len(text) == 2 && text < "32" }
	if len(numbers[2]) != 4 || numbers[2] < "1990" || numbers[2] > "2099" || !isDay(numbers[0]) || !isDay(numbers[1]) || wording.IsWord(wording.First(r.text, end)) {
		return at
	}
	return end
}

// isYear reports whether a number at a place begins with a year.
func (r *reader) isYear(at int) bool {
	text := r.text[at:]
	return len(text) >= 4 && (strings.HasPrefix(text, "19") || strings.HasPrefix(text, "20")) && text[2] >= '0' && text[2] <= '9' && text[3] >= '0' && text[3] <= '9'
}

// year gives the end of a year at a place, where it is no version of what was read last.
func (r *reader) year(at int) int {
	end := at + 4
	if !r.isYear(at) || r.versionEnd(nil, at) != end {
		return at
	}
	if t := r.last.component.Technology; t != nil {
		if versions, err := t.Versions(r.text[at:end]); err == nil && t.Knows(versions) {
			return at
		}
	}
	return end
}
