package compat_test

import (
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
)

// TestResolve reads what testdata/resolve.txt lists, and asks again for what it
// was read as.
func TestResolve(t *testing.T) {
	m := catalogue(t)
	kind := ""
	caseLines(t, "resolve.txt", func(n int, line string) {
		if line[0] == '[' {
			kind = strings.Trim(line, "[]")
			return
		}
		text, want, _ := strings.Cut(line, " => ")
		c := m.Resolve(compat.Asked{Kind: kind, Text: text})
		if reason, refused := strings.CutPrefix(want, "!"); refused {
			if c.Technology != nil || !strings.Contains(c.Reason, strings.TrimSpace(reason)) {
				t.Errorf("resolve.txt:%d: %q is %s, %q; want a reason with %q", n, text, read(&c), c.Reason, reason)
			}
			return
		}
		if got := read(&c); got != want {
			t.Errorf("resolve.txt:%d: %q is %s, %q; want %s", n, text, got, c.Reason, want)
			return
		}
		again := m.Resolve(compat.Asked{Kind: kind, Text: c.Technology.ID + ":" + c.VersionText()})
		if c.VersionText() != "" && read(&again) != want {
			t.Errorf("resolve.txt:%d: %q, printed as %q, is %s, %q", n, text, c.VersionText(), read(&again), again.Reason)
		}
	})
}

// read is what a component was read as, in the manner of resolve.txt.
func read(c *compat.Component) string {
	if c.Technology == nil {
		return "nothing"
	}
	if c.Range.IsMember() {
		return c.Technology.ID + " one of " + c.Range.String()
	}
	return c.Technology.ID + " " + c.Range.String()
}
