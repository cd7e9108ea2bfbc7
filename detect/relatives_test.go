package detect_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/plain"
	"github.com/testedon/testedon/detect"
	shared "github.com/testedon/testedon/internal/sample"
)

// relative is a text of testdata/relatives.txt, which explains the rows.
type relative struct {
	expected, text string
}

func relatives(t *testing.T) []relative {
	t.Helper()
	data, err := os.ReadFile("testdata/relatives.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []relative
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		expected, text, ok := strings.Cut(line, " | ")
		if !ok {
			t.Fatalf("no text in %q", line)
		}
		all = append(all, relative{expected, strings.ReplaceAll(text, `\n`, "\n")})
	}
	return all
}

// expectation writes a result as a row does.
func expectation(r *detect.Result) string {
	var all []string
	for _, f := range r.Found {
		all = append(all, strings.TrimSpace(f.Technology+" "+f.Version))
	}
	switch text := strings.Join(all, ", "); {
	case len(r.Unread) > 0 || text == "" && len(r.Unrecognised) == 0:
		return strings.TrimSpace(text + " ?")
	case text == "":
		return "-"
	default:
		return text
	}
}

// TestRelatives holds what texts are read as, and that no other door reads more into
// them: a field, a question in words, a check of the text.
func TestRelatives(t *testing.T) {
	m := shared.Catalogue(t)
	for _, row := range relatives(t) {
		r := detect.Read(m, []string{row.text})
		check(t, m, r)
		if got := expectation(r); got != row.expected {
			t.Errorf("%s\n\tis read as %s, want %s: %q", row.text, got, row.expected, r.Unrecognised)
		}
		original := !strings.HasSuffix(row.expected, "?") && row.expected != "-"
		for _, f := range r.Found {
			technology, err := m.Technology(f.Technology)
			original = original && err == nil && technology.Derived == nil
		}
		if original {
			continue
		}
		asked := compat.Question{Product: "mi", Release: "4.4.0", Unread: r.Unread, Components: []compat.Component{m.Resolve(compat.Asked{Kind: "os", Text: "RHEL 9"})}}
		for _, f := range r.Found {
			asked.Components = append(asked.Components, m.Resolve(f.Asked))
		}
		if row.expected != "-" && passes(t, m, asked) {
			t.Errorf("%s\n\tpasses", row.text)
		}
		line := strings.ReplaceAll(row.text, "\n", " ")
		for _, kind := range []string{"os", "jdk", "dbms"} {
			c := m.Resolve(compat.Asked{Kind: kind, Text: line})
			if c.Technology != nil && c.Reason == "" && !slices.ContainsFunc(r.Found, func(f detect.Found) bool { return f.Technology == c.Technology.ID }) {
				t.Errorf("%s\n\tis %s as a field", line, c.Technology.ID)
			}
		}
		if q, ok := plain.Understand(m, "WSO2 MI 4.4.0 with RHEL 9 and "+line).Question(); ok && passes(t, m, q) {
			t.Errorf("%s\n\tpasses in a question", line)
		}
	}
}

// passes reports whether a question passes at the lowest bar.
func passes(t *testing.T, m *compat.Matrix, q compat.Question) bool {
	t.Helper()
	q.Require = compat.Require{Worst: fact.Compatible}
	a := compat.Answer{}
	if err := m.Check(q, &a); err != nil {
		t.Fatal(err)
	}
	return a.Pass
}
