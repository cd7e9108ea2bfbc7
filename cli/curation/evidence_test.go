package curation

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/seed/proposal"
)

// evidenceProducts are the products of the catalogue by the names that the files
// of real pages begin with.
var evidenceProducts = map[string]string{
	"APIM": "apim", "MI": "mi", "IS": "is", "SI": "si", "ICP": "icp", "MG": "microgateway", "OB-Accelerator": "ob-accelerator",
	"OB-UK-Toolkit": "ob-uk-toolkit", "OB-CDS-Toolkit": "ob-cds-toolkit", "distributions": "apim",
}

// evidenceName finds product and release in the name of a file:
// "wso2_docs-mi__product-compatibility__MI-4.3.0__1a96976b.md".
var evidenceName = regexp.MustCompile(`__([A-Za-z0-9-]+?)-(\d+\.[0-9x.]+(?:-M\d)?|next|release-(?:not-named|ambiguous))[A-Za-z0-9.-]*__[0-9a-z]+\.md$`)

// TestImportEvidence imports real pages, which are no part of the project, and tells of
// each what was found, resolved and not. Nothing is dropped in silence: every
// statement and all that could not be read is resolved, not resolved or about
// something else.
func TestImportEvidence(t *testing.T) {
	folder := os.Getenv("TESTEDON_EVIDENCE")
	if folder == "" {
		t.Skip("SKIPPED: no real page was imported. TESTEDON_EVIDENCE names a folder with pages/*.md of them")
	}
	names, err := filepath.Glob(filepath.Join(folder, "pages", "*.md"))
	if err != nil || len(names) == 0 {
		t.Fatalf("%s has no pages/*.md: %v", folder, err)
	}
	dataset, err := seed.Load(seed.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	m, err := compat.Build(dataset)
	if err != nil {
		t.Fatal(err)
	}
	var total proposal.PageSummary
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			importEvidence(t, m, name, &total)
		})
	}
	t.Logf("%d pages: %d statements, %d resolved, %d not resolved", len(names), total.Statements, total.Resolved, total.Unresolved)
}

// importEvidence imports one page and tells what came of it.
func importEvidence(t *testing.T, m *compat.Matrix, name string, total *proposal.PageSummary) {
	in, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	page, err := ReadPage(name, in)
	if err != nil {
		t.Fatal(err)
	}
	about := proposal.Subject{Product: "unknown", Release: "0"}
	if found := evidenceName.FindStringSubmatch(name); found != nil {
		about.Product = evidenceProducts[found[1]]
		if about.Product == "" {
			about.Product = found[1]
		}
		if about.Release = found[2]; strings.HasPrefix(about.Release, "release") {
			about.Release = "unnamed"
		}
	}
	proposals, err := proposal.Propose(m, about, page)
	if err != nil {
		t.Fatal(err)
	}
	v := (&Import{Proposals: proposals}).Summary()
	statements := v.Pages[0].Statements
	if got := v.Counts.Found + v.Counts.Unresolved + v.Counts.Others; got < statements {
		t.Errorf("of %d statements, %d came out", statements, got)
	}
	total.Statements += statements
	total.Resolved += v.Counts.Found
	total.Unresolved += v.Counts.Unresolved
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s: %d rows, %d resolved, %d not, %d about others %v; %d unchanged, %d added, %d changed, %d withdrawn\n", about.Product, about.Release,
		statements, v.Counts.Found, v.Counts.Unresolved, v.Counts.Others, v.Pages[0].Others,
		v.Counts.Unchanged, v.Counts.Added, v.Counts.Changed, v.Counts.Withdrawn)
	for _, u := range v.Unresolved {
		fmt.Fprintf(&b, "  ? %d %s %q: %s %q\n", u.Line, u.Kind, u.Text, u.Reason, u.Candidates)
	}
	for _, c := range v.Changes {
		fmt.Fprintf(&b, "  %s %d %s %s %q %s %s %s\n", signs[c.Change], c.Line, c.Kind, c.Technology, c.Label, c.With, c.Status, c.Was)
	}
	t.Log(b.String())
	importTwice(t, about, page, proposals)
}

// importTwice writes what a page proposes into a copy of the catalogue, which then
// proposes nothing.
func importTwice(t *testing.T, about proposal.Subject, page proposal.Document, proposals []*proposal.Proposal) {
	t.Helper()
	if proposals[0].NewProduct {
		return
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, seed.Embedded()); err != nil {
		t.Fatal(err)
	}
	if about.Source == "" && proposals[0].Source == "" {
		about.Source = "evidence"
	}
	for _, first := range []bool{true, false} {
		dataset, err := seed.Load(os.DirFS(dir))
		if err != nil {
			t.Fatal(err)
		}
		m, err := compat.Build(dataset)
		if err != nil {
			t.Fatal(err)
		}
		proposals, err := proposal.Propose(m, about, page)
		if err != nil {
			t.Fatal(err)
		}
		if !first && len(proposals[0].Changes) > 0 {
			t.Errorf("a second time it proposes %d changes, first %+v", len(proposals[0].Changes), proposals[0].Changes[0])
		}
		if _, err := proposal.Write(dir, proposals); err != nil {
			t.Errorf("it cannot be written: %v", err)
		}
	}
}
