package version

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Pattern gives a regular expression, as RE2, Perl and their kin read it, of the texts of at most
// so many numbers that a scheme reads as versions of r and no others: "17" means 17.1 as well, and
// so is none of 17.2 or later. Between numbers is what separators say, quoted: the first stands
// before the first number, the last before every further one. It is empty where there are no such
// texts.
func (r Range) Pattern(scheme string, most int, separators ...string) string {
	var all []string
	for _, s := range r.spans {
		p := pattern{s.low, s.high, min(most, maxParts), separators, dialects[scheme]}
		if text := p.from(0, true, s.high != forever); text != "" {
			all = append(all, p.before(0)+text)
		}
	}
	return oneOf(all)
}

// pattern writes the pattern of a span.
type pattern struct {
	low, high  bound
	most       int
	separators []string
	dialect
}

// top is the greatest number of a place.
func (p *pattern) top(place int) uint64 {
	if p.interim && place == 1 {
		return 0
	}
	return math.MaxUint64
}

// digits is the pattern of the numbers of a place from one to another: of four digits at most where
// the numbers of a version are counted, as nobody has released more.
func (p *pattern) digits(place int, from, to uint64) string {
	least, most := 1, 4
	if place < len(p.width) {
		least = p.width[place]
	}
	if p.most == maxParts {
		most = 9
	}
	return digits(from, min(to, p.top(place)), least, most)
}

func (p *pattern) before(place int) string { return p.separators[min(place, len(p.separators)-1)] }

// from writes the numbers from a place on, those before it being those of the low bound, of the
// high one, or of both.
func (p *pattern) from(place int, low, high bool) string {
	if place == p.most {
		return ""
	}
	var all []string
	least, greatest, last := uint64(0), uint64(math.MaxUint64), p.top(place)
	if low {
		least = p.low[place]
	}
	if high {
		greatest = p.high[place]
	}
	follow := func(number uint64, low, high bool) {
		if rest := p.from(place+1, low, high); rest != "" {
			all = append(all, p.digits(place, number, number)+p.before(place+1)+rest)
		}
	}
	switch {
	case least > last:
		return ""
	case low && high && least == greatest:
		follow(least, true, true)
		return oneOf(all)
	case low && slices.ContainsFunc(p.low[place+1:], func(n uint64) bool { return n > 0 }):
		follow(least, true, false)
		least++
	}
	if high && greatest > 0 {
		last = min(last, greatest-1)
	}
	if least <= last && (!high || greatest > 0) {
		all = append(all, p.digits(place, least, last)+p.any(place+1))
	}
	if high && greatest <= p.top(place) && slices.ContainsFunc(p.high[place+1:], func(n uint64) bool { return n > 0 }) {
		follow(greatest, false, true)
	}
	return oneOf(all)
}

// any writes that any numbers may follow.
func (p *pattern) any(place int) string {
	switch left := p.most - place; {
	case left == 0:
		return ""
	case place >= 2 && place+1 >= len(p.separators):
		return fmt.Sprintf("(?:%s%s){0,%d}", p.before(place), p.digits(place, 0, math.MaxUint64), left)
	}
	return "(?:" + p.before(place) + p.digits(place, 0, math.MaxUint64) + p.any(place+1) + ")?"
}

// digits is the pattern of the numbers from one to another, of so many digits at least and, where
// the last one is longer, at most, with perhaps a zero before them.
func digits(from, to uint64, least, most int) string {
	greatest, _ := strconv.ParseUint(strings.Repeat("9", most), 10, 64) // which it is
	if from == 0 && to >= greatest {
		return fmt.Sprintf("[0-9]{%d,%d}", least, most)
	}
	low, high := strconv.FormatUint(from, 10), strconv.FormatUint(min(to, max(from, greatest)), 10)
	var all []string
	for n := len(low); n <= len(high); n++ {
		first, last := "1"+strings.Repeat("0", n-1), strings.Repeat("9", n)
		if n == len(low) {
			first = low
		}
		if n == len(high) {
			last = high
		}
		for _, text := range sameLength(first, last) {
			all = append(all, strings.Repeat("0", max(0, least-n))+text)
		}
	}
	return "0?" + oneOf(all)
}

// sameLength are the patterns of the numbers of so many digits from one to another.
func sameLength(from, to string) (all []string) {
	if from == to {
		return []string{from}
	}
	n := len(from) - 1
	if strings.Trim(from[1:], "0") == "" && strings.Trim(to[1:], "9") == "" {
		return []string{"[" + from[:1] + "-" + to[:1] + "]" + strings.Repeat("[0-9]", n)}
	}
	nines, zeros := strings.Repeat("9", n), strings.Repeat("0", n)
	each := func(digit byte, from, to string) {
		for _, rest := range sameLength(from, to) {
			all = append(all, string(digit)+rest)
		}
	}
	if from[0] == to[0] {
		each(from[0], from[1:], to[1:])
		return all
	}
	each(from[0], from[1:], nines)
	if from[0]+1 < to[0] {
		all = append(all, sameLength(string(from[0]+1)+zeros, string(to[0]-1)+nines)...)
	}
	each(to[0], zeros, to[1:])
	return all
}

// oneOf is a pattern of several, of which any may be there; empty of none.
func oneOf(all []string) string {
	if len(all) < 2 {
		return strings.Join(all, "")
	}
	return "(?:" + strings.Join(all, "|") + ")"
}
