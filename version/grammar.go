package version

import (
	"cmp"
	"slices"
	"strings"

	"github.com/testedon/testedon/message"
)

// Parse reads a printed or asked version. What every scheme shares, the
// operators around a version, is read here, in this order:
//
//  1. "*", "any": every version.
//  2. A label of the technology: "noble", "2012 R2".
//  3. Alternatives of the normal form: "12.1 || 19".
//  4. Comparisons, all of which hold: ">=17 <22", "lower than 8u161", "up to 6.1.x",
//     "^17.2" (up to below 18), "~17.2" (up to below 17.3).
//  5. From one to another, both included: "1.27 - 1.32.2", "5.8.0 to 5.17.x"; or the other
//     not: "24.04 or later but before 25.04".
//  6. Open ends: "8+", "11 or later", "11 and earlier".
//  7. One version, in the scheme's dialect (see read).
//  8. A year after the first label that is one, alone: "2021" (see unreleasedYear).
//
// Two versions in one text ("8, 11") are an error: they are two labels, see
// [Split]. The error is an *Error.
func (s *Scheme) Parse(text string) (Range, error) {
	r, err := s.parse(text)
	if err == nil {
		return r, nil
	}
	if r, ok := s.unreleasedYear(text); ok {
		return r, nil
	}
	return Range{}, s.error(text, err)
}

func (s *Scheme) parse(text string) (Range, error) {
	if len(text) > maxText {
		return Range{}, message.Of("version.long")
	}
	if isPlain(text) && !s.dialect.versionless {
		return s.plain(text)
	}
	clean := tidy(text)
	switch {
	case clean == "":
		return Range{}, message.Of("version.empty")
	case clean == "*" || clean == "any":
		return All(), nil
	case s.dialect.versionless:
		return Range{}, message.Of("version.none")
	}
	return s.expression(clean)
}

// expression reads a tidy text.
func (s *Scheme) expression(text string) (Range, error) {
	if r, ok := s.label(text); ok {
		return r, nil
	}
	if outer, inner, ok := cutBrackets(text); ok && outer == "" && inner != "" {
		return s.expression(inner)
	}
	if slices.Contains(processors, text) {
		return Range{}, message.Of("version.processor")
	}
	text = trimNoise(text, s.noise)
	if alternatives := strings.Split(text, "||"); len(alternatives) > 1 {
		return s.union(alternatives)
	}
	if op, _ := cutOperator(text); op != 0 {
		return s.comparisons(text)
	}
	if from, sep, to := cutRange(text); sep != "" {
		return s.fromTo(from, sep, to)
	}
	if from, ok := cutOpenEnd(text); ok {
		return s.bounded(atLeast, from)
	}
	if last, ok := cutWords(text, openStarts); ok {
		return s.bounded(atMost, last)
	}
	if items := Split(dropBrackets(text)); len(items) > 1 {
		return Range{}, message.Of("version.several")
	}
	return s.read(text)
}

func (s *Scheme) union(alternatives []string) (Range, error) {
	var all Range
	for _, text := range alternatives {
		r, err := s.parse(strings.TrimSpace(text))
		if err != nil {
			return Range{}, err
		}
		all = all.Union(r)
	}
	return s.folded(all), nil
}

// folded is r with the bounds folded of every span that is not one version:
// where alternatives grew together, the bounds are those of a comparison.
func (s *Scheme) folded(r Range) Range {
	var all Range
	for _, part := range r.Spans() {
		if !s.isOneVersion(part) {
			part = between(s.fold(part.spans[0].low), s.fold(part.spans[0].high))
		}
		all = all.Union(part)
	}
	return all
}

// comparisons reads operators, each followed by a version.
func (s *Scheme) comparisons(text string) (Range, error) {
	all := All()
	for text != "" {
		op, rest := cutOperator(text)
		operand, next := cutOperand(rest)
		if op == 0 || operand == "" {
			return Range{}, message.Of("version.comparison")
		}
		r, err := s.bounded(op, operand)
		if err != nil {
			return Range{}, err
		}
		all, text = all.Intersect(r), next
	}
	if all.IsEmpty() {
		return Range{}, message.Of("version.unsatisfied")
	}
	return all, nil
}

// fromTo reads the two ends of a range, the last included but after "before". A hyphen
// between a label and a build of just that one parts no ends: "2022 (RTM) - 16.0.4175.1".
func (s *Scheme) fromTo(from, sep, to string) (Range, error) {
	label := dropBrackets(from)
	if series, ok := s.label(label); ok && sep == " - " && (label != from || strings.Count(to, ".") > 1) {
		if r, err := s.atom(to); err == nil && r.Within(series) && !r.Equal(series) {
			return r, nil
		}
	}
	op := atMost
	if sep == butBefore {
		from, op = strings.TrimSuffix(from, orLater), below
	}
	low, err := s.bounded(atLeast, from)
	if err != nil {
		return Range{}, err
	}
	high, err := s.bounded(op, to)
	if err != nil {
		return Range{}, err
	}
	r := low.Intersect(high)
	if r.IsEmpty() {
		return Range{}, message.Of("version.reversed")
	}
	return r, nil
}

// bounded is the range of the versions on one side of the one in text.
func (s *Scheme) bounded(op operator, text string) (Range, error) {
	r, err := s.atom(text)
	if err != nil {
		return Range{}, err
	}
	low, high := s.fold(r.spans[0].low), s.fold(r.spans[len(r.spans)-1].high)
	switch op {
	case below:
		return between(bound{}, low), nil
	case atLeast:
		return between(low, forever), nil
	case equals:
		return r, nil
	case caret, tilde:
		end := r.spans[0].low.after(s.shared(op, &r.spans[0]))
		return between(low, larger(high, s.fold(end))), nil
	}
	if high == forever {
		return Range{}, message.Of("version.open")
	}
	if op == above {
		return between(high, forever), nil
	}
	return between(bound{}, high), nil
}

// shared is how many numbers the versions from span on share under op.
func (s *Scheme) shared(op operator, from *span) int {
	if op == caret {
		return max(s.dialect.caret, 1)
	}
	_, n := from.prefix()
	if n == 0 {
		n = from.low.size()
	}
	return min(n, cmp.Or(s.dialect.tilde, 2))
}

// atom reads a label or one version.
func (s *Scheme) atom(text string) (Range, error) {
	if isPlain(text) {
		return s.plain(text)
	}
	if r, ok := s.label(text); ok {
		return r, nil
	}
	return s.read(text)
}

// plain reads digits and dots, the usual case: there is nothing to tidy and
// nothing to take off.
func (s *Scheme) plain(text string) (Range, error) {
	if r, ok := s.names[text]; ok {
		return r, nil
	}
	return s.dialect.read(text)
}

// fold gives the bound that the printed form of v reads as. A dialect may read
// a number as something else (Oracle's 12.2.0.2 is 18), and a bound computed by
// counting up must then be that.
func (s *Scheme) fold(v bound) bound {
	if v == forever {
		return v
	}
	text := s.printBound(v)
	if r, err := s.atom(text); err == nil {
		return r.spans[0].low
	}
	return v
}

// read reads one version without operators: as the dialect does; else without
// what stands in brackets, without words that say nothing, or together with a
// label of the technology beside it ("14.6 Sonoma").
func (s *Scheme) read(text string) (Range, error) {
	if outer, inner, ok := cutBrackets(text); ok {
		return s.withParenthesis(outer, inner)
	}
	r, err := s.one(text)
	if err == nil {
		return r, nil
	}
	if r, ok, err := s.labelAndVersion(trimNoise(text, s.noise)); ok {
		return r, err
	}
	return Range{}, err
}

// one reads a version or a label that stands alone but for words that say nothing.
func (s *Scheme) one(text string) (Range, error) {
	text = trimNoise(text, s.noise)
	if r, ok := s.label(text); ok {
		return r, nil
	}
	return s.dialect.read(text)
}
