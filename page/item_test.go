package page_test

import (
	"os"
	"strings"
	"testing"

	"github.com/testedon/testedon/page"
)

// TestItems reads the items of testdata/items.txt, each in a list of its own.
func TestItems(t *testing.T) {
	text, err := os.ReadFile("testdata/items.txt")
	if err != nil {
		t.Fatal(err)
	}
	for l := range strings.Lines(string(text)) {
		part := strings.Split(strings.TrimSpace(l), " | ")
		if len(part) != 3 {
			continue
		}
		t.Run(part[1], func(t *testing.T) {
			p := page.Read([]byte("# Tested "+part[0]+"\n\n- "+part[1]+"\n"), names(t))
			if got := found(p); got != part[2] {
				t.Errorf("got  %s\nwant %s", got, part[2])
			}
		})
	}
}

// found prints names and versions.
func found(p *page.Page) string {
	var all []string
	for _, s := range p.Statements {
		all = append(all, s.Name+" ["+s.Version+"]")
	}
	for _, u := range p.Unread {
		all = append(all, "? "+u.Text)
	}
	return strings.Join(all, "; ")
}
