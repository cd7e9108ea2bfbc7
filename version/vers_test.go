package version_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/testedon/testedon/version"
)

// constraint is one of a version range specifier.
type constraint struct{ sign, version string }

// vers is a version range specifier as a reader of its own has it.
type vers struct {
	scheme      string
	constraints []constraint
}

var (
	versForm   = regexp.MustCompile(`^vers:([a-z][a-z0-9.-]*)/([!-~]+)$`)
	signForm   = regexp.MustCompile(`^(>=|<=|!=|<|>)?(.+)$`)
	canonical  = regexp.MustCompile(`%([^0-9A-F]|.[^0-9A-F]|.?$)`)
	timeForm   = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$`)
	digitsForm = regexp.MustCompile(`^[0-9]+`)
)

// numbersIn are those of a version, up to the first sign that is neither digit nor dot.
func numbersIn(text string) (all []uint64) {
	for part := range strings.SplitSeq(text, ".") {
		n, err := strconv.ParseUint(digitsForm.FindString(part), 10, 64)
		if err != nil {
			return all
		}
		if all = append(all, n); digitsForm.FindString(part) != part {
			return all
		}
	}
	return all
}

// longer compares as most libraries compare lists: 17 comes before 17.0.
func longer(a, b string) int { return slices.Compare(numbersIn(a), numbersIn(b)) }

// padded compares as if what is not written were 0: 17 is 17.0.
func padded(a, b string) int {
	x, y := numbersIn(a), numbersIn(b)
	for i := range max(len(x), len(y)) {
		var m, n uint64
		if i < len(x) {
			m = x[i]
		}
		if i < len(y) {
			n = y[i]
		}
		if m != n {
			return cmp.Compare(m, n)
		}
	}
	return 0
}

// readVERS reads a specifier by the rules of the specification, and refuses what is not canonical.
func readVERS(text string) (vers, error) {
	form := versForm.FindStringSubmatch(text)
	if form == nil {
		return vers{}, errors.New("it has not the form, or a blank")
	}
	v := vers{scheme: form[1]}
	if form[2] == "*" {
		v.constraints = []constraint{{"*", ""}}
		return v, nil
	}
	for text := range strings.SplitSeq(form[2], "|") {
		c := signForm.FindStringSubmatch(text)
		if c == nil || canonical.MatchString(c[2]) || strings.ContainsAny(c[2], "<>=!*") {
			return v, fmt.Errorf("a constraint is %q", text)
		}
		plain, err := url.PathUnescape(c[2])
		if err != nil || v.scheme == "datetime" && !timeForm.MatchString(c[2]) {
			return v, fmt.Errorf("a version is %q", c[2])
		}
		v.constraints = append(v.constraints, constraint{cmp.Or(c[1], "="), plain})
	}
	return v, v.ordered()
}

// ordered holds the order, that each version is there once, and the sequence of the signs.
func (v vers) ordered() error {
	bounds, last := "", ""
	for i, c := range v.constraints {
		if i > 0 && padded(v.constraints[i-1].version, c.version) >= 0 {
			return errors.New("the constraints are not sorted, or a version stands there twice")
		}
		if c.sign == "!=" {
			continue
		}
		if last == "=" && c.sign[0] == '<' || c.sign != "=" && bounds == c.sign[:1] {
			return errors.New("the signs do not alternate")
		}
		if last = c.sign; c.sign != "=" {
			bounds = c.sign[:1]
		}
	}
	return nil
}

// holds reports whether a version is in the range, interval by interval.
func (v vers) holds(text string, compare func(a, b string) int) bool {
	inside := len(v.constraints) > 0 && strings.HasPrefix(v.constraints[0].sign, "<")
	for i, c := range v.constraints {
		at := compare(text, c.version)
		switch c.sign {
		case "*":
			return true
		case "=", "!=":
			if at == 0 {
				return c.sign == "="
			}
			continue
		case "<", "<=":
			if at < 0 || at == 0 && c.sign == "<=" {
				return inside
			}
			inside = false
		case ">", ">=":
			if at < 0 || at == 0 && c.sign == ">" {
				return false
			}
			inside = true
		}
		if i == len(v.constraints)-1 {
			return inside
		}
	}
	return false
}

// suite is a file of the official tests.
func suite(t *testing.T, name string, use func(kind string, input json.RawMessage, expected json.RawMessage, fails bool)) {
	t.Helper()
	text, err := os.ReadFile("testdata/vers/" + name)
	var file struct {
		Tests []struct {
			Type     string          `json:"test_type"`
			Input    json.RawMessage `json:"input"`
			Expected json.RawMessage `json:"expected_output"`
			Fails    bool            `json:"expected_failure"`
		} `json:"tests"`
	}
	if err != nil || json.Unmarshal(text, &file) != nil || len(file.Tests) == 0 {
		t.Fatal(name, err)
	}
	for _, test := range file.Tests {
		use(test.Type, test.Input, test.Expected, test.Fails)
	}
}

// TestVERSReader holds the reader of these tests against the official ones, so that it can be
// relied on.
func TestVERSReader(t *testing.T) {
	suite(t, "canonical_parse.json", func(_ string, input, expected json.RawMessage, fails bool) {
		var text string
		var want struct {
			Scheme      string      `json:"scheme"`
			Constraints [][2]string `json:"version_constraints"`
		}
		_ = json.Unmarshal(input, &text)
		_ = json.Unmarshal(expected, &want)
		got, err := readVERS(text)
		if (err != nil) != fails {
			t.Errorf("%s: %v", text, err)
		}
		for i, c := range want.Constraints {
			if got.scheme != want.Scheme || len(got.constraints) != len(want.Constraints) || got.constraints[i] != (constraint{c[0], c[1]}) {
				t.Errorf("%s: %v, want %v", text, got, want)
			}
		}
	})
	suite(t, "pypi_containment.json", func(_ string, input, expected json.RawMessage, _ bool) {
		var asked struct{ Vers, Version string }
		_ = json.Unmarshal(input, &asked)
		v, err := readVERS(asked.Vers)
		if err != nil {
			return // the suite has ranges that the specification refuses
		}
		if got := v.holds(asked.Version, padded); strconv.FormatBool(got) != string(expected) {
			t.Errorf("%s in %s: %v", asked.Version, asked.Vers, got)
		}
	})
}

// TestVERS: a version is in the range of a label if and only if it is in the specifier of it, as
// a reader has it that knows only the specification, however that compares 17 with 17.0.
func TestVERS(t *testing.T) {
	random, said := rand.New(rand.NewPCG(1, 2)), 0
	for _, c := range readings(t) {
		r, err := c.scheme.Parse(c.text)
		if err != nil {
			continue
		}
		text := c.scheme.VERS(r)
		if text == "" {
			if !r.IsAll() && !r.IsMember() && c.scheme.Name() != "none" {
				t.Errorf("readings.txt:%d: nothing is said of %s", c.line, r)
			}
			continue
		}
		said++
		v, err := readVERS(text)
		if err != nil {
			t.Errorf("readings.txt:%d: %s: %v", c.line, text, err)
		}
		for range 200 {
			asked := near(random, text)
			point, err := version.Parse(asked)
			if err != nil {
				t.Fatal(asked, err)
			}
			trimmed := asked
			for strings.HasSuffix(trimmed, ".0") && random.IntN(2) == 0 {
				trimmed = strings.TrimSuffix(trimmed, ".0")
			}
			for _, compare := range []func(a, b string) int{longer, padded} {
				if got, want := v.holds(trimmed, compare), point.Within(r); got != want {
					t.Fatalf("readings.txt:%d: %s in %s (%s) is %v, want %v", c.line, trimmed, text, r, got, want)
				}
			}
		}
	}
	if said < 250 {
		t.Errorf("only %d ranges were written", said)
	}
}

// near makes a version of eight numbers that is one of a specifier, or close to it.
func near(random *rand.Rand, text string) string {
	v, _ := readVERS(text)
	numbers := append(numbersIn(v.constraints[random.IntN(len(v.constraints))].version), make([]uint64, 8)...)[:8]
	at := random.IntN(8)
	switch random.IntN(4) {
	case 0:
		numbers[at]++
	case 1:
		numbers[at] -= min(numbers[at], 1)
	case 2:
		clear(numbers[at:])
	}
	var words []string
	for _, n := range numbers {
		words = append(words, strconv.FormatUint(n, 10))
	}
	return strings.Join(words, ".")
}

func TestVERSText(t *testing.T) {
	for _, test := range []struct{ scheme, label, want string }{
		{"dotted", "17.2", "vers:intdot/>=17.2|<17.3"},
		{"dotted", ">=12.1 <12.3", "vers:intdot/>=12.1|<12.3"},
		{"dotted", "8+", "vers:intdot/>=8"},
		{"dotted", "<6.3", "vers:intdot/<6.3"},
		{"dotted", "1.2 || 3", "vers:intdot/>=1.2|<1.3|>=3|<4"},
		{"dotted", "*", ""},
		{"ubuntu", "24.04", "vers:intdot/>=24.04|<24.05"},
		{"java", "1.8.0_392", "vers:java/>=8.0.392|<8.0.393"},
		{"oracle-database", "12c release 2", "vers:oracle-database/>=12.2|<12.3"},
		{"mariadb", "10.11", "vers:mariadb/>=10.11|<10.12"},
	} {
		s, err := version.NewScheme(test.scheme)
		if err != nil {
			t.Fatal(err)
		}
		r, err := s.Parse(test.label)
		if got := s.VERS(r); err != nil || got != test.want {
			t.Errorf("%s of %s: %q %v, want %q", test.label, test.scheme, got, err, test.want)
		}
	}
	s, _ := version.NewScheme("dotted")
	if member, _ := s.Parse("17"); s.VERS(member.Member("17 CU1")) != "" || s.VERS(version.Range{}) != "" {
		t.Error("one version without a number, or none, is written")
	}
}
