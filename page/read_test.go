package page_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/page"
)

var update = flag.Bool("update", false, "write the golden files of what was found anew")

// TestRead reads the pages of testdata, which were written for this test, and
// compares what was found with the golden text beside each.
func TestRead(t *testing.T) {
	for _, file := range pages(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := show(page.Read(text, names(t)))
			golden := file + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s differs (-update writes it anew):\n%s", golden, differ(string(want), got))
			}
		})
	}
}

// pages lists the pages of testdata.
func pages(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, ext := range []string{"md", "html", "adoc", "rst", "txt"} {
		files, err := filepath.Glob("testdata/*." + ext)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, files...)
	}
	all = slices.DeleteFunc(all, func(f string) bool { return f == "testdata/evidence_notes.txt" || f == "testdata/items.txt" })
	if len(all) < 8 {
		t.Fatalf("only %d pages in testdata", len(all))
	}
	return all
}

// show prints a page with one thing a line.
func show(p *page.Page) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %d tables\n", p.Title, p.Tables)
	for _, s := range p.Statements {
		fmt.Fprintf(&b, "%d %s %s: %s | %s", s.Line, s.Kind, s.Status, s.Name, s.Version)
		for _, x := range []struct{ name, value string }{{"with", s.With}, {"when", s.When}, {"of", strings.TrimSpace(s.Product + " " + s.Release)}, {"in", s.Section}} {
			if x.value != "" {
				fmt.Fprintf(&b, "; %s %q", x.name, x.value)
			}
		}
		b.WriteByte('\n')
	}
	for _, u := range p.Unread {
		fmt.Fprintf(&b, "%d unread: %s (%s)\n", u.Line, u.Text, u.Reason)
	}
	return b.String()
}

// differ gives the lines that one text has and the other has not.
func differ(want, got string) string {
	var b strings.Builder
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for _, l := range w {
		if !slices.Contains(g, l) {
			b.WriteString("- " + l + "\n")
		}
	}
	for _, l := range g {
		if !slices.Contains(w, l) {
			b.WriteString("+ " + l + "\n")
		}
	}
	return b.String()
}
