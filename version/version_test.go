package version_test

import (
	"strings"
	"testing"

	"github.com/testedon/testedon/internal/sample"
	"github.com/testedon/testedon/version"
)

// section makes the scheme that a line "[name label=version …]" describes; an
// underscore stands for a blank.
func section(t testing.TB, line string) *version.Scheme {
	t.Helper()
	fields := strings.Fields(strings.Trim(line, "[]"))
	var labels []version.Label
	for _, f := range fields[1:] {
		text, v, _ := strings.Cut(strings.ReplaceAll(f, "_", " "), "=")
		labels = append(labels, version.Label{Text: text, Version: v, Printed: true})
	}
	s, err := version.NewScheme(fields[0], labels...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

type reading struct {
	line         int
	scheme       *version.Scheme
	text, expect string
}

func readings(t testing.TB) []reading {
	var all []reading
	var s *version.Scheme
	sample.Lines(t, "readings.txt", func(n int, line string) {
		if line[0] == '[' {
			s = section(t, line)
			return
		}
		text, want, ok := strings.Cut(line, " => ")
		if !ok {
			t.Fatalf("readings.txt:%d: no \" => \"", n)
		}
		all = append(all, reading{n, s, strings.TrimSpace(text), strings.TrimSpace(want)})
	})
	return all
}

func TestReadings(t *testing.T) {
	for _, c := range readings(t) {
		t.Run(c.scheme.Name()+"/"+c.text, func(t *testing.T) {
			r, err := c.scheme.Parse(c.text)
			if why, bad := strings.CutPrefix(c.expect, "! "); bad {
				if err == nil {
					t.Fatalf("readings.txt:%d: read as %s, want an error about %q", c.line, r, why)
				}
				if !strings.Contains(err.Error(), why) || !strings.Contains(err.Error(), c.text) {
					t.Errorf("readings.txt:%d: error %q does not name the text and %q", c.line, err, why)
				}
				return
			}
			if err != nil {
				t.Fatalf("readings.txt:%d: %v", c.line, err)
			}
			if r.String() != c.expect {
				t.Errorf("readings.txt:%d: read as %s, want %s", c.line, r, c.expect)
			}
		})
	}
}

// Every range prints in a form that reads back as the same range: the normal
// form by Parse, the notation of a scheme by that scheme.
func TestPrintedReadsBack(t *testing.T) {
	for _, c := range readings(t) {
		if r, err := c.scheme.Parse(c.text); err == nil {
			checkReadsBack(t, c.scheme, r)
		}
	}
}

func checkReadsBack(t testing.TB, s *version.Scheme, r version.Range) {
	t.Helper()
	if back, err := version.Parse(r.String()); err != nil || !back.Equal(r) {
		t.Errorf("normal form %q reads as %s, %v", r, back, err)
	}
	printed := s.Print(r)
	if back, err := s.Parse(printed); err != nil || !back.Equal(r) {
		t.Errorf("%s: %s prints as %q, which reads as %s, %v", s.Name(), r, printed, back, err)
	}
}

func TestPrint(t *testing.T) {
	for _, c := range []struct{ scheme, text, want string }{
		{"[ubuntu]", "24.04.1 LTS", "24.04.1"},
		{"[ubuntu]", ">=24.04", ">=24.04"},
		{"[sql-server 2022=16]", "16", "2022"},
		{"[sql-server 2022=16]", "16.0.4175.1", "16.0.4175.1"},
		{"[windows-server 2025=10.0.26100]", "build 26100", "2025"},
		{"[suse]", "15 SP6", "15.6"},
		{"[java]", "1.8.0_392", "8.0.392"},
	} {
		s := section(t, c.scheme)
		r, err := s.Parse(c.text)
		if got := s.Print(r); err != nil || got != c.want {
			t.Errorf("%s %q prints as %q, %v; want %q", c.scheme, c.text, got, err, c.want)
		}
	}
}

func TestRelations(t *testing.T) {
	sample.Lines(t, "relations.txt", func(n int, line string) {
		f := strings.FieldsFunc(line, func(c rune) bool { return c == '\t' })
		if len(f) == 1 {
			f = splitWide(line)
		}
		if len(f) != 3 {
			t.Fatalf("relations.txt:%d: %d columns, want 3", n, len(f))
		}
		q, l := parse(t, f[0]), parse(t, f[2])
		if got := q.Relate(l).String(); got != f[1] {
			t.Errorf("relations.txt:%d: %s is %s %s, want %s", n, q, got, l, f[1])
		}
		if got := l.Relate(q); got != q.Relate(l).Inverse() {
			t.Errorf("relations.txt:%d: the other way round it is %s", n, got)
		}
	})
}

// splitWide parts a line where two blanks or more stand.
func splitWide(line string) []string {
	var out []string
	for _, f := range strings.Split(line, "  ") {
		if f = strings.TrimSpace(f); f != "" {
			out = append(out, f)
		}
	}
	return out
}

func parse(t testing.TB, text string) version.Range {
	t.Helper()
	r, err := version.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAlgebra(t *testing.T) {
	for _, c := range []struct{ op, a, b, want string }{
		{op: "union", a: "1", b: "2", want: ">=1 <3"},
		{op: "union", a: "1", b: "3", want: "1 || 3"},
		{op: "union", a: "9", b: "9.4", want: "9"},
		{op: "union", a: "<9", b: ">=9", want: "*"},
		{op: "intersect", a: "9", b: "9.4", want: "9.4"},
		{op: "intersect", a: ">=8", b: "<10", want: ">=8 <10"},
		{op: "intersect", a: "8", b: "9", want: "<0"},
		{op: "intersect", a: "1 || 3", b: ">=1.5 <3.5", want: ">=1.5 <2 || >=3 <3.5"},
		{op: "minus", a: "17", b: "17.2", want: ">=17 <17.2 || >=17.3 <18"},
		{op: "minus", a: "17.2", b: "17", want: "<0"},
		{op: "minus", a: "*", b: "9", want: "<9 || >=10"},
		{op: "minus", a: ">=12.1 <12.3", b: "12.2", want: "12.1"},
	} {
		a, b := parse(t, c.a), parse(t, c.b)
		ops := map[string]func(version.Range) version.Range{"union": a.Union, "intersect": a.Intersect, "minus": a.Minus}
		if got := ops[c.op](b).String(); got != c.want {
			t.Errorf("%s %s %s = %s, want %s", c.a, c.op, c.b, got, c.want)
		}
	}
}

// TestUnite: many ranges united are those united one after the other.
func TestUnite(t *testing.T) {
	var one version.Range
	var all []version.Range
	for _, text := range []string{"9", "1", "3.5", ">=1.5 <3", "17", "9.4", "<0.5", "30", "3"} {
		if got := version.Unite(all); !got.Equal(one) {
			t.Errorf("%v unite to %s, not %s", all, got, one)
		}
		all, one = append(all, parse(t, text)), one.Union(parse(t, text))
	}
	if got := version.Unite(all).String(); got != "<0.5 || >=1 <4 || 9 || 17 || 30" {
		t.Errorf("%v unite to %s", all, got)
	}
}

func TestSplit(t *testing.T) {
	for text, want := range map[string]string{
		"8, 11":              "8|11",
		"8 , 11":             "8|11",
		"11.5,12.1.4":        "11.5|12.1.4",
		"8 and 11":           "8|11",
		"10/11":              "10|11",
		"12c release 2, 19c": "12c release 2|19c",
		"17.2":               "17.2",
		"7.1.0 or 7.0.0":     "7.1.0|7.0.0",
		"1.8, 9 and 11,":     "1.8|9|11",
	} {
		if got := strings.Join(version.Split(text), "|"); got != want {
			t.Errorf("Split(%q) = %s, want %s", text, got, want)
		}
	}
}

func TestNewSchemeRefuses(t *testing.T) {
	for name, labels := range map[string][]version.Label{
		"nonsense": nil,
		"dotted":   {{Text: "a", Version: "1"}, {Text: "A", Version: "2"}},
		"ubuntu":   {{Text: "noble", Version: "24.4"}},
		"suse":     {{Text: " - ", Version: "15"}},
	} {
		if _, err := version.NewScheme(name, labels...); err == nil {
			t.Errorf("NewScheme(%s, %v) did not fail", name, labels)
		}
	}
}

func TestPrintPart(t *testing.T) {
	for _, c := range []struct{ scheme, part, marks, want string }{
		{scheme: "[dotted]", part: "17.2", marks: "17.2", want: "17.2"},
		{scheme: "[dotted]", part: ">=17.3 <18", marks: "17.2", want: ">17.2 <18"},
		{scheme: "[dotted]", part: ">=17 <17.2", marks: "17.2", want: ">=17 <17.2"},
		{scheme: "[dotted]", part: ">=10", marks: "9", want: ">9"},
		{scheme: "[dotted]", part: "<9", marks: "9", want: "<9"},
		{scheme: "[dotted]", part: ">=9.6 <9.8", marks: "9.2", want: ">=9.6 <9.8"},
		{scheme: "[dotted]", part: "17", want: "17"},
		{scheme: "[oracle-database]", part: "12.1", marks: "12.2", want: "12.1"},
		{scheme: "[ubuntu]", part: "<24.04", marks: "24.04", want: "<24.04"},
		{scheme: "[sql-server 2022=16]", part: "<16", marks: "2022", want: "<2022"},
	} {
		s := section(t, c.scheme)
		read := func(text string) version.Range {
			r, err := s.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		var marks []version.Range
		if c.marks != "" {
			marks = append(marks, read(c.marks))
		}
		part := read(c.part)
		got := s.PrintPart(part, marks)
		if got != c.want {
			t.Errorf("%s: part %s prints as %q, want %q", c.scheme, part, got, c.want)
		}
		if back := read(got); !back.Equal(part) {
			t.Errorf("%s: %q reads back as %s, want %s", c.scheme, got, back, part)
		}
	}
}

// TestSetsOfVersions asks what holds of whole sets: all versions, none, one series.
func TestSetsOfVersions(t *testing.T) {
	for _, c := range []struct {
		text           string
		all, sameMajor bool // as 17
	}{
		{text: "*", all: true},
		{text: ">=0", all: true},
		{text: ">=1"},
		{text: "<17 || >=17.5"},
		{text: "0"},
		{text: "17", sameMajor: true},
		{text: "17.2 || 17.4", sameMajor: true},
		{text: "17 || 18"},
		{text: ">=17"},
		{text: "16.9"},
	} {
		r, err := version.Parse(c.text)
		seventeen := parse(t, "17")
		if err != nil || r.IsAll() != c.all || r.SameMajor(seventeen) != c.sameMajor || seventeen.SameMajor(r) != c.sameMajor {
			t.Errorf("%s: %v, all %t, of 17 %t and %t", c.text, err, r.IsAll(), r.SameMajor(seventeen), seventeen.SameMajor(r))
		}
	}
	if none := (version.Range{}); none.IsAll() || none.SameMajor(parse(t, "0")) || parse(t, "0").SameMajor(none) || !none.Major().IsEmpty() {
		t.Error("no version is taken for some")
	}
}

// TestUnreleased tells the years that labels leave out: those of the labels are read as
// what they name.
func TestUnreleased(t *testing.T) {
	for _, c := range []struct{ section, unreleased, year, read string }{
		{section: "[dotted 2016=13 2019=15 2022=16]", unreleased: ">=2016 <2023", year: "2021", read: "2021"},
		{section: "[dotted 2016=13 2022=16]", unreleased: ">=2016 <2023", year: "2024", read: "2024"},
		{section: "[dotted 2022=16 2016=13]", unreleased: ">=2016 <2023", year: "2019", read: "2019"},
		{section: "[dotted noble=24.04]", unreleased: "", year: "2021", read: "2021"},
		{section: "[dotted 1985=1 2100=3 17=2]", unreleased: "", year: "2021", read: "2021"},
	} {
		s := section(t, c.section)
		if got := s.Unreleased(); got.IsEmpty() != (c.unreleased == "") || !got.IsEmpty() && !got.Equal(parse(t, c.unreleased)) {
			t.Errorf("%s: %s", c.section, got)
		}
		if r, err := s.Parse(c.year); err != nil || r.String() != c.read {
			t.Errorf("%s: %s reads as %s, %v", c.section, c.year, r, err)
		}
	}
}

// TestLength refuses what is empty, or longer than any version.
func TestLength(t *testing.T) {
	for _, c := range []struct {
		text string
		why  string // of the error; empty where it can be read
	}{
		{text: "", why: "empty"},
		{text: strings.Repeat(" ", 199) + "7"},
		{text: strings.Repeat(" ", 200) + "7", why: "longer"},
	} {
		_, err := section(t, "[dotted]").Parse(c.text)
		if (err == nil) != (c.why == "") || err != nil && !strings.Contains(err.Error(), c.why) {
			t.Errorf("%d bytes: %v", len(c.text), err)
		}
	}
}
