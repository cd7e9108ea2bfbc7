package seed_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/internal/sample"
	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/seed/sheet"
)

// TestEmbedded lints the embedded catalogue, each file as a test of its own. What
// the pages print and lint doubts stands in a list, which has been looked through.
func TestEmbedded(t *testing.T) {
	found := map[string][]sheet.Problem{}
	var doubts bytes.Buffer
	for _, p := range seed.Lint(seed.Folder{Files: seed.Embedded()}, 0) {
		if p.Severity == sheet.SeverityWarning {
			fmt.Fprintf(&doubts, "%s: %s\n", p.File, p.Message)
			continue
		}
		found[p.File] = append(found[p.File], p)
	}
	golden(t, "testdata/doubts.txt", doubts.Bytes())
	for _, name := range append([]string{"."}, embeddedFiles(t)...) {
		t.Run(name, func(t *testing.T) {
			for _, p := range found[name] {
				t.Error(p)
			}
		})
		delete(found, name)
	}
	if len(found) > 0 {
		t.Errorf("problems in files that are not there: %v", found)
	}
}

func embeddedFiles(t *testing.T) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(seed.Embedded(), ".", func(name string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(name, ".yaml") {
			names = append(names, name)
		}
		return err
	})
	if err != nil || len(names) == 0 {
		t.Fatal("the embedded catalogue cannot be listed", err)
	}
	return names
}

// TestClaims compares what the embedded releases state with a list that is easy
// to hold against the pages.
func TestClaims(t *testing.T) {
	ds := sample.Catalogue(t).Dataset()
	var got bytes.Buffer
	for _, c := range ds.Claims {
		when := ""
		if c.When != "" {
			when = " where: " + c.When
		}
		for _, other := range c.With {
			when += " with " + strings.TrimSpace(other.Technology+" "+other.Version)
		}
		fmt.Fprintf(&got, "%s\n\t%s [%s] %s%s, %q: %s\n", c.ID, c.Label, c.Version, c.Status, when, c.Citation.Section, c.Citation.Quote)
	}
	golden(t, "testdata/claims.txt", got.Bytes())
}

// TestStatements compares what else the embedded catalogue states with a list of
// the same kind.
func TestStatements(t *testing.T) {
	ds := sample.Catalogue(t).Dataset()
	var list statementList
	for i := range ds.Releases {
		list.profiles(&ds.Releases[i])
	}
	for i := range ds.Requirements {
		list.requirement(&ds.Requirements[i])
	}
	for i := range ds.Ports {
		list.port(&ds.Ports[i])
	}
	for i := range ds.Notes {
		list.note(&ds.Notes[i])
	}
	for i := range ds.Advisories {
		list.advisory(&ds.Advisories[i])
	}
	golden(t, "testdata/statements.txt", list.Bytes())
}

// TestPlatform makes sure that what is told of a platform arrives.
func TestPlatform(t *testing.T) {
	ds := sample.Catalogue(t).Dataset()
	var deployments []string
	for _, d := range ds.Platforms[0].Deployments {
		deployments = append(deployments, d.ID)
	}
	if p := ds.Platforms[0]; p.ID != "carbon" || p.Name != "WSO2 Carbon" || strings.Join(deployments, " ") != "physical vm ec2 cassandra" {
		t.Errorf("the platform is %+v", p)
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; this was found:\n%s", name, got)
	}
}

// TestNames tries the names people type: each line of the file is a kind, a text
// and what the embedded catalogue makes of it.
func TestNames(t *testing.T) {
	m := sample.Catalogue(t)
	data, err := os.ReadFile("testdata/names.txt")
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for line := range strings.Lines(string(data)) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if len(cells) != 3 {
			continue
		}
		tried++
		kind, text, want := strings.TrimSpace(cells[0]), strings.TrimSpace(cells[1]), strings.TrimSpace(cells[2])
		c := m.Resolve(compat.Asked{Kind: kind, Text: text})
		got := "unresolved"
		if c.Technology != nil {
			got = c.Technology.ID + " " + c.Range.String()
		}
		if got != want {
			t.Errorf("%s %q is read as %s (%s); expected %s", kind, text, got, c.Reason, want)
		}
	}
	if tried == 0 {
		t.Error("no names to try")
	}
}

// TestKinds makes sure that answers come in the order of kinds.yaml.
func TestKinds(t *testing.T) {
	ds := sample.Catalogue(t).Dataset()
	order := make([]string, len(ds.Kinds)+1)
	for _, k := range ds.Kinds {
		order[k.Order] = k.ID
	}
	if got := strings.Join(order[1:], " "); got != "os jdk dbms arch directory browser broker kubernetes product" {
		t.Errorf("the order is %s", got)
	}
}

// TestDigest makes sure that the digest follows the names and bytes of the YAML
// files, and nothing else.
func TestDigest(t *testing.T) {
	digest := func(change func(name string, data []byte) (string, []byte)) string {
		fsys := base(t)
		if change != nil {
			for name, f := range base(t) {
				delete(fsys, name)
				name, f.Data = change(name, f.Data)
				fsys[name] = f
			}
		}
		d, err := seed.Digest(fsys)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	same := digest(nil)
	if !strings.HasPrefix(same, "sha256:") || len(same) != len("sha256:")+64 || digest(nil) != same {
		t.Errorf("the digest %q is not a steady sha256", same)
	}
	edited := digest(func(name string, data []byte) (string, []byte) { return name, bytes.ToUpper(data) })
	renamed := digest(func(name string, data []byte) (string, []byte) { return "x" + name, data })
	if edited == same || renamed == same || edited == renamed {
		t.Errorf("digests do not follow the files: %s, edited %s, renamed %s", same, edited, renamed)
	}
	fsys := base(t)
	fsys["README.md"], fsys[".git/x.yaml"] = fsys["kinds.yaml"], fsys["kinds.yaml"]
	if d, err := seed.Digest(fsys); err != nil || d != same {
		t.Errorf("files that are no part of the catalogue change the digest: %s, %v", d, err)
	}
}

// TestLoadDigest makes sure that a dataset tells what it holds, and that the
// order of files has no part in it.
func TestLoadDigest(t *testing.T) {
	ds := sample.Catalogue(t).Dataset()
	if ds.Digest != ds.ContentDigest() || ds.Revision != 1 {
		t.Errorf("digest %s, revision %d", ds.Digest, ds.Revision)
	}
}

// TestLoadChanged loads the catalogue with each of some files in the place of itself, one
// that stands behind a folder of a longer name among them, and with one that is empty.
func TestLoadChanged(t *testing.T) {
	whole, err := seed.Load(seed.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"kinds.yaml", "releases/apim/4.4.0.yaml", "releases/apim-analytics/3.2.0.yaml", "technologies/os/rhel.yaml"} {
		data, err := fs.ReadFile(seed.Embedded(), name)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := seed.Load(seed.Embedded(), sheet.File{Name: name, Data: data}); err != nil || again.Digest != whole.Digest {
			t.Errorf("%s in its own place: %v", name, err)
		}
		if _, err := seed.Load(seed.Embedded(), sheet.File{Name: name}); err == nil || !strings.Contains(err.Error(), name+": is empty") {
			t.Errorf("%s emptied: %v", name, err)
		}
	}
}
