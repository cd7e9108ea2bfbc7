package cli

import (
	"bytes"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/cli/current"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/export"
	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/seed/mapping"
	"github.com/testedon/testedon/seed/proposal"
)

// TestExportedIsImported exports every release of the catalogue within the program and of those
// beside it as pages and as JSON, and imports them again: each states what the catalogue does, in
// the same words, and changes nothing.
func TestExportedIsImported(t *testing.T) {
	mappings, err := mapping.Load(seed.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	folders, err := filepath.Glob("../catalogues/*/catalogue.yaml")
	if err != nil || len(folders) < 4 {
		t.Fatalf("%d catalogues, %v", len(folders), err)
	}
	catalogues := files()
	for _, name := range folders {
		catalogues = append(catalogues, files(filepath.Dir(name))...)
	}
	for _, catalogue := range catalogues {
		m, handler := served(t, catalogue)
		for _, r := range m.Releases() {
			for _, format := range []string{"markdown", "html"} {
				t.Run(r.Product+" "+r.Version+" "+format, func(t *testing.T) {
					statesTheSame(t, m, r, proposal.Document{Name: "exported", Text: exported(t, m, r, format)})
				})
			}
			t.Run(r.Product+" "+r.Version+" json", func(t *testing.T) {
				answer := httptest.NewRecorder()
				handler.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/v1/products/"+r.Product+"/releases/"+r.Version+"/export", nil))
				statesTheSame(t, m, r, proposal.Document{Name: "exported.json", Text: answer.Body.Bytes(), Mappings: mappings})
			})
		}
	}
}

// served gives a catalogue and an API over it.
func served(t *testing.T, catalogue seed.Folder) (*compat.Matrix, http.Handler) {
	t.Helper()
	facts := current.New(current.Files([]seed.Folder{catalogue}), nil, time.Now, slog.New(slog.DiscardHandler))
	if err := facts.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	server, err := api.New(api.Options{Catalogue: facts, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	return facts.Matrix(), server.Handler()
}

// statesTheSame imports a page that was exported of a release: for that, and for another, of
// which it states nothing.
func statesTheSame(t *testing.T, m *compat.Matrix, r *compat.Release, page proposal.Document) {
	t.Helper()
	is, was := map[string]bool{}, statedOf(r)
	for _, p := range proposed(t, m, r, page) {
		for _, f := range p.Found {
			if f.Kind != "requirement" && f.Kind != "incompatibility" {
				is[stated(f.Technology, f.Version, f.Status, f.Label, f.When, f.Together)] = true
			}
		}
		for _, u := range p.Unresolved {
			if len(was) > 0 || !strings.Contains(u.Reason, "states no environment") {
				t.Errorf("not resolved: %+v", u)
			}
		}
		for _, c := range p.Changes {
			t.Errorf("%s: %s %s %q %s", c.Change, c.Kind, c.Technology, c.Label, c.Status)
		}
	}
	if lost, made := without(was, is), without(is, was); len(lost)+len(made) > 0 {
		t.Errorf("lost:\n%s\nmade:\n%s", strings.Join(lost, "\n"), strings.Join(made, "\n"))
	}
	all := m.Releases()
	next := all[(slices.Index(all, r)+1)%len(all)]
	for _, p := range proposed(t, m, next, page) {
		if len(p.Found) > 0 {
			t.Errorf("%s %s takes from it %+v", next.Product, next.Version, p.Found[0])
		}
	}
}

// proposed reads a page for a release.
func proposed(t *testing.T, m *compat.Matrix, r *compat.Release, page proposal.Document) []*proposal.Proposal {
	t.Helper()
	proposals, err := proposal.Propose(m, proposal.Subject{Product: r.Product, Release: r.Version}, page)
	if err != nil {
		t.Fatal(err)
	}
	return proposals
}

// statedOf is what pages state of a release, and not of what it is built on.
func statedOf(r *compat.Release) map[string]bool {
	all := map[string]bool{}
	for _, l := range r.Listings() {
		if l.Inherited == nil && l.Paged() {
			all[stated(l.Technology, l.Version, l.Status, l.Label, l.When, l.With)] = true
		}
	}
	return all
}

// stated writes all of a statement that has to come back.
func stated(technology, version string, status fact.Status, label, when string, with []fact.Target) string {
	return fmt.Sprintf("%s %q %s, as printed %q, when %q, with %v", technology, version, status, label, when, with)
}

// without gives in order what is in one set and not in another.
func without(all, others map[string]bool) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(all)), func(one string) bool { return others[one] })
}

// exported is a release in a format.
func exported(t *testing.T, m *compat.Matrix, of *compat.Release, format string) []byte {
	t.Helper()
	r, err := export.Of(m, of, "")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	for _, f := range export.Formats {
		if f.Name == format {
			err = f.Write(&b, r)
		}
	}
	if err != nil || b.Len() == 0 {
		t.Fatalf("%v: %d bytes", err, b.Len())
	}
	return b.Bytes()
}
