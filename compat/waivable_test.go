package compat_test

import (
	"testing"

	"github.com/testedon/testedon/compat"
)

// TestWaivable: only what components alone decide may be accepted, and of that nothing that is not understood.
func TestWaivable(t *testing.T) {
	m := build(t, paired())
	for _, c := range []struct {
		name     string
		texts    []string // alpha and any
		bar      string
		unread   []string
		waivable bool
	}{
		{"passes", []string{"alpha 2.3"}, "tested", nil, false},
		{"not listed", []string{"alpha 2.3", "brand 99"}, "tested", nil, true},
		{"not listed, and two that do not work together", []string{"alpha 2.3", "any 1.8.0_151", "brand 99"}, "tested", nil, false},
		{"no is said of it, and two that do not work together", []string{"alpha 2.3", "brand 8u202", "any 9"}, "tested", nil, false},
		{"no is said of it", []string{"alpha 2.3", "any 9"}, "tested", nil, true},
		{"words that are not understood", []string{"alpha 2.3", "brand 99"}, "tested", []string{"nginx"}, false},
		{"a whole that is on no record", []string{"alpha 2.3", "brand 99"}, "tested,combination", nil, false},
		{"not read", []string{"alpha 2.3", "brand 99", "frobnix 3"}, "tested", nil, false},
	} {
		bar, err := compat.ParseRequire(c.bar)
		if err != nil {
			t.Fatal(err)
		}
		q := compat.Question{Product: "shop", Release: "2.0", Require: bar, Unread: c.unread}
		for _, text := range c.texts {
			kind := "jdk"
			if text[0] == 'a' && text[1] == 'l' {
				kind = "os"
			}
			q.Components = append(q.Components, m.Resolve(compat.Asked{Kind: kind, Text: text}))
		}
		var a compat.Answer
		if err := m.Check(q, &a); err != nil {
			t.Fatal(c.name, err)
		}
		if a.Waivable() != c.waivable {
			t.Errorf("%s: %v, %s, %v", c.name, a.Waivable(), a.Verdict, a.Pass)
		}
	}
}
