package page_test

import (
	"bufio"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/testedon/testedon/page"
)

// fact is what a person read on a page: a row of facts*.csv.
type fact struct{ product, release, kind, label, version, status, file string }

// pagesOf lists the pages of a folder of evidence, and the documents beside it.
func pagesOf(t *testing.T, root string) []string {
	t.Helper()
	pages, err := filepath.Glob(filepath.Join(root, "pages", "*"))
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages in %s", root)
	}
	seeds, _ := filepath.Glob(filepath.Join(root, "..", "seeds", "*"))
	return append(pages, seeds...)
}

// kinds says how the categories of the facts are called here.
var kinds = map[string]string{"ldap": "directory", "sysreq": "requirement", "wso2-product": "product", "tool": "product"}

// statuses says how the statuses of the facts are called here.
var statuses = map[string]string{"not-supported": "incompatible", "listed-as-required-application": "required"}

// readFacts gives the facts by the page they were read on.
func readFacts(t *testing.T, root string) map[string][]fact {
	t.Helper()
	all := map[string][]fact{}
	files, _ := filepath.Glob(filepath.Join(root, "facts*.csv"))
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(f).ReadAll()
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows[1:] {
			x := fact{product: r[0], release: r[1], kind: r[2], label: r[3] + " " + r[4], version: r[4], status: strings.ReplaceAll(r[5], "-", "_"), file: filepath.Base(file)}
			if k, ok := kinds[x.kind]; ok {
				x.kind = k
			}
			if s, ok := statuses[r[5]]; ok {
				x.status = s
			}
			key := pageKey(r[7], r[8], r[9])
			all[key] = append(all[key], x)
			all[pathOf(key)] = append(all[pathOf(key)], x)
		}
	}
	return all
}

// pageKey names a page by its file and revision.
func pageKey(repo, path, revision string) string {
	if seed, ok := strings.CutPrefix(repo, "seed:"); ok {
		return seed
	}
	revision = strings.Replace(revision, "text-", "id", 1)
	base := strings.TrimSuffix(filepath.Base(path), ".md")
	return strings.ToLower(base) + "@" + revision
}

// keyOf names a page file as pageKey does.
func keyOf(file string) string {
	base := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
	part := strings.Split(strings.TrimPrefix(base, "EXCERPT_"), "__")
	if len(part) < 4 {
		return base
	}
	name := part[1]
	return strings.ToLower(name[strings.LastIndex(name, "_")+1:]) + "@" + part[len(part)-1]
}

// pathOf is the part of a key that all revisions of a page share: facts that did
// not change are listed with one revision only.
func pathOf(key string) string { return key[:strings.IndexByte(key+"@", '@')] + "@" }

// fold makes texts equal that differ in blanks, case or hyphens.
func fold(t string) string {
	t = strings.ReplaceAll(strings.ToLower(t), "-", " ")
	return strings.Join(strings.Fields(t), "")
}

// same reports whether a statement says what a fact does.
func same(f fact, s page.Statement) bool {
	if f.kind != s.Kind || f.status != s.Status {
		return false
	}
	switch f.kind {
	case "requirement":
		a, b := fold(f.version), fold(s.Version)
		return strings.Contains(b, a) || strings.Contains(a, b) && len(b) > 3
	case "incompatibility":
		return fold(f.label) == fold(s.Label()+" "+s.With)
	}
	return fold(f.label) == fold(s.Label()) || fold(strings.ReplaceAll(f.label, "(as Key Manager)", "")) == fold(s.Label()) || strings.Contains(f.label, " / ") && fold(strings.ReplaceAll(strings.ReplaceAll(f.label, "/ Cluster Version ", ""), "/ Software Version ", "")) == fold(s.Label())
}

// note explains a difference.
type note struct {
	page, item, reason string
	used               bool
}

// readNotes reads the explanations: page, item and reason with tabs between; a
// star stands for anything.
func readNotes(t *testing.T) []note {
	t.Helper()
	f, err := os.Open("testdata/evidence_notes.txt")
	if err != nil {
		return nil
	}
	defer f.Close()
	var notes []note
	for s := bufio.NewScanner(f); s.Scan(); {
		if s.Text() == "" || s.Text()[0] == '#' {
			continue
		}
		part := strings.SplitN(s.Text(), "\t", 3)
		if len(part) != 3 {
			t.Fatalf("evidence_notes.txt: %q has not three parts", s.Text())
		}
		notes = append(notes, note{page: part[0], item: part[1], reason: part[2]})
	}
	return notes
}

// glob reports whether a pattern, in which a star stands for anything, fits.
func glob(pattern, text string) bool {
	parts := strings.Split(pattern, "*")
	first, last := parts[0], parts[len(parts)-1]
	if len(parts) == 1 {
		return pattern == text
	}
	if !strings.HasPrefix(text, first) || !strings.HasSuffix(text[len(first):], last) {
		return false
	}
	text = text[len(first) : len(text)-len(last)]
	for _, p := range parts[1 : len(parts)-1] {
		i := strings.Index(text, p)
		if i < 0 {
			return false
		}
		text = text[i+len(p):]
	}
	return true
}
