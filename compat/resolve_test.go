package compat_test

import (
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/internal/sample"
	"github.com/testedon/testedon/seed"
)

// TestResolve reads what testdata/resolve.txt lists, and asks again for what it
// was read as.
func TestResolve(t *testing.T) {
	m := sample.Catalogue(t)
	kind := ""
	sample.Lines(t, "resolve.txt", func(n int, line string) {
		if line[0] == '[' {
			kind = strings.Trim(line, "[]")
			return
		}
		text, want, _ := strings.Cut(line, " => ")
		c := m.Resolve(compat.Asked{Kind: kind, Text: text})
		if reason, refused := strings.CutPrefix(want, "!"); refused {
			if c.Reason == "" || !strings.Contains(c.Reason, strings.TrimSpace(reason)) {
				t.Errorf("resolve.txt:%d: %q is %s, %q; want a reason with %q", n, text, read(&c), c.Reason, reason)
			}
			return
		}
		if got := read(&c); got != want {
			t.Errorf("resolve.txt:%d: %q is %s, %q; want %s", n, text, got, c.Reason, want)
			return
		}
		if series := strings.Replace(want, " one of ", " ", 1); c.VersionText() == strings.TrimPrefix(series, c.Technology.ID+" ") {
			want = series // a number of the vendor's own, which is not printed
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

// TestMember asks for a version without a number: it is one of a series that is
// listed whole, and of one of which only a build is it may be another.
func TestMember(t *testing.T) {
	ds, err := seed.Load(seed.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		listed, want string
	}{{"2022", "tested series"}, {"16.0.4135.4", "conditional broader"}, {"2019", "not_listed none"}} {
		for i := range ds.Claims {
			if claim := &ds.Claims[i]; claim.Product == "mi" && claim.Release == "4.4.0" && claim.Technology == "mssql" {
				claim.Version = c.listed
			}
		}
		m, err := compat.Build(ds)
		if err != nil {
			t.Fatal(err)
		}
		var a compat.Answer
		q := compat.Question{Product: "mi", Release: "4.4.0", Components: []compat.Component{m.Resolve(compat.Asked{Kind: "dbms", Text: "SQL Server 2022 CU14"})}}
		if err := m.Check(q, &a); err != nil {
			t.Fatal(err)
		}
		if got := string(a.Components[0].Verdict) + " " + string(a.Components[0].Match); got != c.want {
			t.Errorf("SQL Server %s is listed: CU14 is %s, want %s", c.listed, got, c.want)
		}
	}
}
