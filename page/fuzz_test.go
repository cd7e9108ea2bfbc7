package page_test

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/testedon/testedon/page"
)

// FuzzRead reads anything: it must not fail, and what it finds must stand in the
// page.
func FuzzRead(f *testing.F) {
	for _, file := range []string{"runtimes.md", "directory.md", "sizing.md", "base.md", "upgrade.md", "plain.html", "manual.adoc", "guide.txt"} {
		text, err := os.ReadFile("testdata/" + file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	for _, odd := range []string{"", "\xff", "|", "<td", "- ", "# Tested OS\n|a|\n", "---\n", "<table><tr><th rowspan=9>", "{!a!}", "> - !!! x\n"} {
		f.Add([]byte(odd))
	}
	known := names(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 1<<15 {
			t.Skip()
		}
		check(t, text, page.Read(text, known))
	})
}

// check proves what holds of every page.
func check(t *testing.T, text []byte, p *page.Page) {
	t.Helper()
	lines := 1 + strings.Count(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n") + strings.Count(strings.ReplaceAll(string(text), "\r\n", ""), "\r")
	last := 0
	for _, s := range p.Statements {
		if s.Line < 1 || s.Line > lines || s.Line < last {
			t.Errorf("%s stands in line %d after line %d of %d", s.Label(), s.Line, last, lines)
		}
		last = s.Line
		if s.Kind == "" || s.Name == "" || s.Status == "" {
			t.Errorf("line %d states %+v", s.Line, s)
		}
		bounded(t, s.Name, s.Version, s.With, s.When, s.Product, s.Release, s.Section, s.Quote)
	}
	for _, u := range p.Unread {
		if u.Line < 1 || u.Line > lines || u.Reason == "" {
			t.Errorf("line %d of %d is unread: %q (%s)", u.Line, lines, u.Text, u.Reason)
		}
		bounded(t, u.Text, u.Section)
	}
	bounded(t, p.Title)
}

// bounded proves that texts can be shown.
func bounded(t *testing.T, texts ...string) {
	t.Helper()
	for _, s := range texts {
		if !utf8.ValidString(s) || len(s) > 170 || strings.ContainsAny(s, "\n\x00\x1b") {
			t.Errorf("%q cannot be shown", s)
		}
	}
}
