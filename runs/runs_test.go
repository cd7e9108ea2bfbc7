package runs_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/internal/sample"
	"github.com/testedon/testedon/runs"
)

// reports gives all reports of the tests by name: the real ones, and those that were made.
func reports(t testing.TB) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	made, err := txtar.ParseFile("testdata/made.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range made.Files {
		all[f.Name] = f.Data
	}
	all["in-toto.json-made"] = all["in-toto.json"]
	paths, err := filepath.Glob("testdata/reports/*.*ml")
	more, _ := filepath.Glob("testdata/reports/*.json")
	if err != nil || len(paths)+len(more) < 10 {
		t.Fatal("the real reports are not there")
	}
	for _, path := range append(paths, more...) {
		if all[filepath.Base(path)], err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// recorded does what a line of runs.txt says and words what becomes of it.
func recorded(t testing.TB, m *compat.Matrix, all map[string][]byte, line string) (string, *runs.Record) {
	t.Helper()
	product, err := m.Product("mi")
	if err != nil {
		t.Fatal(err)
	}
	release, err := product.Release("4.4.0")
	if err != nil {
		t.Fatal(err)
	}
	claim := &runs.Claim{Product: product, Release: release, Owner: "anna", Today: sample.DayOf(t, "2026-11-30")}
	var read []*runs.Report
	for _, word := range strings.Fields(line) {
		name, value, isClaim := strings.Cut(strings.ReplaceAll(word, "_", " "), "=")
		switch {
		case !isClaim:
			data, ok := all[word]
			if !ok {
				t.Fatalf("there is no report %s", word)
			}
			report, err := runs.Read(word, data)
			if err != nil {
				return "refused: " + err.Error(), nil
			}
			read = append(read, report)
		case name == "date":
			claim.Date = value
		case name == "build":
			claim.Build = value
		case name == "culprit":
			claim.Culprit = value
		default:
			claim.Components = append(claim.Components, compat.Asked{Kind: name, Text: value})
		}
	}
	made, err := claim.Record(m, read)
	if err != nil {
		return "refused: " + err.Error(), nil
	}
	c := made.Configuration
	text := fmt.Sprintf("%s %s %s:", c.Result, made.Status, c.Date)
	for _, target := range c.Components {
		text += strings.TrimRight(" "+target.Technology+" "+target.Version, " ") + ","
	}
	for _, more := range append([]string{c.Note, c.Culprit, c.Build, made.Source.URL}, made.Remarks...) {
		if more != "" {
			text = strings.TrimSuffix(text, ",") + "\n  " + more
		}
	}
	return text, made
}

// TestRuns reads reports and says what becomes of them.
func TestRuns(t *testing.T) {
	m, all := sample.Catalogue(t), reports(t)
	golden, err := os.ReadFile("testdata/runs.txt")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for line := range strings.Lines(string(golden)) {
		if strings.HasPrefix(line, "#") || line == "\n" {
			b.WriteString(line)
		}
		if words, ok := strings.CutPrefix(line, "$ "); ok {
			text, made := recorded(t, m, all, words)
			fmt.Fprintf(&b, "%s%s\n", line, text)
			if made != nil {
				valid(t, m, made)
			}
		}
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile("testdata/runs.txt", []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if b.String() != string(golden) {
		was, is := strings.Split(string(golden), "\n"), strings.Split(b.String(), "\n")
		for i := range min(len(was), len(is)) {
			if was[i] != is[i] {
				t.Fatalf("line %d is\n%s\nand was\n%s", i+1, is[i], was[i])
			}
		}
		t.Fatal("it ends otherwise")
	}
}

// valid holds a record against all that a record has to be.
func valid(t testing.TB, m *compat.Matrix, made *runs.Record) {
	t.Helper()
	ds := *m.Dataset()
	ds.Configurations = append(slices.Clone(ds.Configurations), made.Configuration)
	ds.Sources = append(slices.Clone(ds.Sources), made.Source)
	for _, p := range compat.Validate(&ds) {
		t.Errorf("%s: %v", made.Configuration.ID, p)
	}
}

// TestSameRun holds that a run is one, in whatever order and layout its reports are given, and
// another one where anything of it differs.
func TestSameRun(t *testing.T) {
	m, all := sample.Catalogue(t), reports(t)
	id := func(line string) string {
		text, made := recorded(t, m, all, line)
		if made == nil {
			t.Fatalf("%s: %s", line, text)
		}
		return made.Configuration.ID
	}
	for _, same := range [][]string{
		{"passed.xml os=RHEL_9", "reformatted.xml os=RHEL_9", "passed.xml os=RHEL_9.5 date=2026-05-02", "passed.xml reformatted.xml passed.xml jdk=Temurin_21"},
		{"infrastructure.xml gradle-infrastructure.xml os=RHEL_9", "gradle-infrastructure.xml infrastructure.xml infrastructure.xml os=RHEL_9"},
	} {
		for _, line := range same[1:] {
			if id(line) != id(same[0]) {
				t.Errorf("%q and %q are two runs", line, same[0])
			}
		}
	}
	seen := map[string]string{}
	for _, line := range []string{"passed.xml os=RHEL_9", "error.xml os=RHEL_9", "infrastructure.xml os=RHEL_9", "unset-clock.xml os=RHEL_9 date=2026-05-01", "unset-clock.xml os=RHEL_9 date=2026-05-02", "ctrf.json", "environment.xml"} {
		if other, again := seen[id(line)]; again {
			t.Errorf("%q and %q are one run", line, other)
		}
		seen[id(line)] = line
	}
}

// TestCutShort holds that what is cut short anywhere is refused.
func TestCutShort(t *testing.T) {
	for name, data := range reports(t) {
		whole, err := runs.Read(name, data)
		if err != nil || whole == nil {
			continue
		}
		data = []byte(strings.TrimSpace(string(data)))
		for n := range len(data) - 1 {
			if strings.HasSuffix(string(data[:n]), "</testsuite>") && !strings.Contains(string(data[n:]), "</") {
				continue // the rest is a comment
			}
			if _, err := runs.Read(name, data[:n]); err == nil {
				t.Fatalf("%s is read when cut at %d of %d", name, n, len(data))
			}
		}
	}
}

// TestBounds reads what is too large, too deep or too many.
func TestBounds(t *testing.T) {
	for name, text := range map[string]string{
		"deep.xml":  "<testsuites>" + strings.Repeat("<testsuite>", 100_000),
		"deep.json": `{"results":{"summary":{"tests":0},"tests":[],"environment":{"extra":` + strings.Repeat(`{"a":`, 20_000),
		"large.xml": "<testsuite>" + strings.Repeat(" ", runs.MaxFile),
		"many.xml":  "<testsuite>" + strings.Repeat("<testcase/>", 500_001) + "</testsuite>",
	} {
		if _, err := runs.Read(name, []byte(text)); err == nil {
			t.Errorf("%s is read", name)
		}
	}
	nested := `{"results":{"summary":{"tests":0},"tests":[],"environment":{"extra":` + strings.Repeat(`{"a":`, 5000) + "1" + strings.Repeat("}", 5000) + "}}}"
	if _, err := runs.Read("nested.json", []byte(nested)); err != nil {
		t.Error(err)
	}
}

// FuzzRead reads anything: it ends, says where a fault is, and what it takes makes a valid record.
func FuzzRead(f *testing.F) {
	m := sample.Catalogue(f)
	for _, data := range reports(f) {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		text, made := recorded(t, m, map[string][]byte{"fuzz": data}, "fuzz os=RHEL_9")
		if made == nil {
			if !strings.HasPrefix(text, "refused: ") || strings.ContainsAny(text, "\x00\x1b\n") {
				t.Errorf("%q", text)
			}
			return
		}
		again, other := recorded(t, m, map[string][]byte{"fuzz": data}, "fuzz os=RHEL_9 fuzz")
		if other == nil || again != text || other.Configuration.ID != made.Configuration.ID {
			t.Errorf("%s\n%s", text, again)
		}
		if passed := made.Configuration.Result == "passed"; passed != (made.Status == runs.Pass) || passed && made.Configuration.Culprit != "" {
			t.Errorf("%s is %s", made.Status, made.Configuration.Result)
		}
	})
}

// TestEncodings: old encodings of western Europe are read, others are told by name.
func TestEncodings(t *testing.T) {
	for label, wrong := range map[string]string{"ISO-8859-1": "", "windows-1252": "", "Latin9": "", "GBK": "GBK is not read", "utf-7": "utf-7 is not read"} {
		_, err := runs.Read("r.xml", []byte(`<?xml version="1.0" encoding="`+label+`"?><testsuite name="caf`+"\xe9"+`" tests="1" timestamp="2026-05-01T10:00:00"><testcase name="a"/></testsuite>`))
		if wrong == "" && err != nil || wrong != "" && (err == nil || !strings.Contains(err.Error(), wrong)) {
			t.Error(label, err)
		}
	}
}
