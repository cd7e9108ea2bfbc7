package detect_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/detect"
	shared "github.com/testedon/testedon/internal/sample"
)

// TestNothingIsLostInDocuments puts a line that tells of something between any two lines of a
// document, as people do who paste several things one behind the other. A document owns only
// what it knows, so the line is found or told.
func TestNothingIsLostInDocuments(t *testing.T) {
	m := shared.Catalogue(t)
	for _, s := range samples(t) {
		if family, _, _ := strings.Cut(s.name, "/"); family != "documents" && family != "sbom" || len(s.texts) > 1 {
			continue
		}
		lines := strings.Split(strings.TrimRight(s.texts[0], "\n"), "\n")
		for i := range len(lines) + 1 {
			if before := strings.Join(lines[:i], "\n"); strings.Count(before, "EOF")%2 == 1 {
				continue // a here-document, which may hold anything
			}
			for _, line := range []string{"DB: Aurora PostgreSQL 17.2", "We run Aurora PostgreSQL 17.2."} {
				r := detect.Read(m, []string{strings.Join(slices.Insert(slices.Clone(lines), i, line), "\n")})
				found := slices.ContainsFunc(r.Found, func(f detect.Found) bool {
					return f.Technology == "aurora-postgresql" && strings.Contains(line, f.Text)
				})
				if !found && !strings.Contains(strings.Join(r.Unrecognised, "\n"), line) {
					t.Errorf("%s: %q is lost as line %d: %q", s.name, line, i+1, r.Unrecognised)
				}
			}
		}
	}
}
