package version_test

import (
	"strings"
	"testing"

	"github.com/testedon/testedon/internal/sample"
	"github.com/testedon/testedon/version"
)

// fuzzSchemes are one scheme of each dialect, with labels where it lives on them.
func fuzzSchemes(t testing.TB) []*version.Scheme {
	var all []*version.Scheme
	sample.Lines(t, "readings.txt", func(_ int, line string) {
		if line[0] == '[' {
			all = append(all, section(t, line))
		}
	})
	return all
}

// FuzzParse reads any text with every scheme. What is read prints in a form
// that reads back as the same range; what is not is an error naming the text.
func FuzzParse(f *testing.F) {
	for _, c := range readings(f) {
		f.Add(c.text)
	}
	schemes := fuzzSchemes(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, s := range schemes {
			r, err := s.Parse(text)
			if err != nil {
				if e, ok := err.(*version.Error); !ok || e.Text != text || !strings.HasPrefix(e.Reason.ID, "version.") {
					t.Fatalf("%s: error %v does not name the text", s.Name(), err)
				}
				continue
			}
			if r.IsEmpty() {
				t.Fatalf("%s reads %q as nothing", s.Name(), text)
			}
			checkReadsBack(t, s, r)
		}
	})
}

// FuzzRelate compares two ranges. Relations are antisymmetric, and they and the
// set operations agree with membership of sampled versions.
func FuzzRelate(f *testing.F) {
	sample.Lines(f, "relations.txt", func(_ int, line string) {
		if c := splitWide(line); len(c) == 3 {
			f.Add(c[0], c[2])
		}
	})
	f.Fuzz(func(t *testing.T, a, b string) {
		q, err := version.Parse(a)
		if err != nil || len(a)+len(b) > 100 {
			return
		}
		l, err := version.Parse(b)
		if err != nil {
			return
		}
		checkRelation(t, q, l)
	})
}

func checkRelation(t *testing.T, q, l version.Range) {
	rel := q.Relate(l)
	if back := l.Relate(q); back != rel.Inverse() {
		t.Fatalf("%s is %s %s, but the other way round %s", q, rel, l, back)
	}
	var inQ, inL, both, onlyQ, onlyL bool
	for _, p := range samples(q, l) {
		a, b := p.Within(q), p.Within(l)
		inQ, inL, both = inQ || a, inL || b, both || a && b
		onlyQ, onlyL = onlyQ || a && !b, onlyL || b && !a
		if p.Within(q.Union(l)) != (a || b) || p.Within(q.Intersect(l)) != (a && b) || p.Within(q.Minus(l)) != (a && !b) {
			t.Fatalf("set operations on %s and %s disagree about %s", q, l, p)
		}
	}
	want := map[version.Relation]bool{
		version.Equal:    !onlyQ && !onlyL,
		version.Inside:   both && !onlyQ && onlyL,
		version.Covers:   both && onlyQ && !onlyL,
		version.Overlaps: both && onlyQ && onlyL,
		version.Above:    !both, version.Below: !both, version.Apart: !both,
	}
	if !want[rel] {
		t.Fatalf("%s is %s %s; of the samples some lie in both: %v, only left: %v, only right: %v", q, rel, l, both, onlyQ, onlyL)
	}
}

// samples gives single versions around every bound of the ranges: each bound
// itself and the versions just below it.
func samples(ranges ...version.Range) []version.Range {
	var out []version.Range
	add := func(text string) {
		if r, err := version.Parse(text); err == nil {
			out = append(out, r)
		}
	}
	for _, r := range ranges {
		for _, f := range strings.FieldsFunc(r.String(), func(c rune) bool { return strings.ContainsRune(" <>=|*", c) }) {
			for _, deeper := range []string{"", ".0", ".0.0", ".0.0.0", ".0.0.0.0", ".1", ".0.0.0.0.0.0"} {
				v, err := version.Parse(f + deeper)
				if err != nil {
					continue
				}
				point := version.Lowest(v)
				out = append(out, point)
				if below, ok := version.JustBelow(v); ok {
					out = append(out, below)
				}
				if end, ok := version.Ending(v); ok {
					out = append(out, end)
				}
			}
		}
	}
	add("0.0.0.0.0.0.0.1")
	add("999999999999999999")
	return out
}
