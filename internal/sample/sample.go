// Package sample has what the tests of the domain's rooms share: data sets, and readers of
// files of cases. Nothing of it is part of the program.
package sample

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/text/language"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/plan"
	"github.com/testedon/testedon/message"
	"github.com/testedon/testedon/seed"
)

// Catalogue is the matrix of the embedded catalogue, read once. Its data set is not to be
// changed; [seed.Load] reads another one.
func Catalogue(t testing.TB) *compat.Matrix {
	t.Helper()
	m, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

var embedded = sync.OnceValues(func() (*compat.Matrix, error) {
	ds, err := seed.Load(seed.Embedded())
	if err != nil {
		return nil, err
	}
	return compat.Build(ds)
})

// Marked is a language in which every message of the files of a folder stands between two signs:
// ⟦so⟧. What joins lists does not.
func Marked(t testing.TB, folder string) *message.Language {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(folder, "*.properties"))
	if err != nil || len(paths) == 0 {
		t.Fatal("no messages", err)
	}
	var all strings.Builder
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(strings.ReplaceAll(string(text), "\\\n", " ")) {
			if identity, said, ok := strings.Cut(strings.TrimSpace(line), " = "); ok && line[0] != '#' && !strings.HasPrefix(identity, "list.") {
				all.WriteString(identity + " = ⟦" + strings.TrimSpace(said) + "⟧\n")
			}
		}
	}
	l, err := message.Read(language.Und, all.String())
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Build is the matrix of a data set that has no faults.
func Build(t testing.TB, ds *fact.Dataset) *compat.Matrix {
	t.Helper()
	m, err := compat.Build(ds)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Lines calls use with each line of a case file that says something.
func Lines(t testing.TB, name string, use func(n int, line string)) {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	for n := 1; in.Scan(); n++ {
		if line := strings.TrimSpace(in.Text()); line != "" && line[0] != '#' {
			use(n, line)
		}
	}
	if err := in.Err(); err != nil {
		t.Fatal(err)
	}
}

// Small is a dataset of another vendor, in which each rule has its case.
func Small() *fact.Dataset {
	cite := func(section string) fact.Citation { return fact.Citation{Source: "manual", Section: section} }
	claim := func(id, tech, label, version string, status fact.Status, source string) fact.Claim {
		return fact.Claim{ID: "shop/2.0/" + id, Product: "shop", Release: "2.0", Technology: tech,
			Label: label, Version: version, Status: status, Citation: fact.Citation{Source: source}}
	}
	return &fact.Dataset{
		Revision: 7, Digest: "sha256:small",
		Kinds: []fact.Kind{
			{ID: "os", Name: "operating system", Order: 1},
			{ID: "cache", Name: "cache", Order: 2, Aliases: []string{"kv"}},
		},
		Technologies: []fact.Technology{
			{ID: "alpha", Name: "Alpha Linux", Kind: "os", Scheme: "dotted", Cycles: []fact.Cycle{{Version: "1"}, {Version: "2", Names: []string{"Bravo"}}, {Version: "3"}, {Version: "2.5"}}},
			{ID: "beta", Name: "Beta Linux", Kind: "os", Scheme: "dotted", Family: "alpha"},
			{ID: "oldkv", Name: "Old KV", Kind: "cache", Scheme: "dotted", Successors: []fact.Successor{{Technology: "newkv", Same: ">=5", Note: "Renamed at 5.", Citation: cite("Names")}}},
			{ID: "newkv", Name: "New KV", Kind: "cache", Scheme: "dotted", Family: "oldkv", Policies: []fact.Policy{{Within: ">=4", Note: "Minor releases are compatible.", Citation: cite("Policy")}}},
			{ID: "anykv", Name: "Any KV", Kind: "cache", Scheme: "dotted", Family: "oldkv", Generic: true},
		},
		Products: []fact.Product{{ID: "shop", Name: "Shop", Vendor: "Acme"}},
		Releases: []fact.Release{{Product: "shop", Version: "2.0"}, {Product: "shop", Version: "10.0", Aliases: []string{"latest"}}},
		Sources: []fact.Source{
			{ID: "manual", Title: "Manual", Authority: fact.Official},
			{ID: "copy", Title: "A copy", Authority: fact.Fork},
		},
		Claims: []fact.Claim{
			claim("alpha/1", "alpha", "Alpha 1", "1", fact.StatusTested, "manual"),
			claim("alpha/1.5", "alpha", "Alpha 1.5", "1.5", fact.StatusIncompatible, "manual"),
			claim("alpha/2.3", "alpha", "Alpha 2.3", "2.3", fact.StatusTested, "manual"),
			claim("alpha/2.5", "alpha", "Alpha 2.5", "2.5", fact.StatusSupported, "manual"),
			claim("alpha/2.5fork", "alpha", "Alpha 2.5", "2.5", fact.StatusTested, "copy"),
			claim("oldkv/4", "oldkv", "OldKV 4", "4", fact.StatusTested, "manual"),
			claim("oldkv/5", "oldkv", "OldKV 5", "5", fact.StatusTested, "manual"),
			claim("newkv/3.1", "newkv", "NewKV 3.1", "3.1", fact.StatusTested, "manual"),
			claim("newkv/6.1", "newkv", "NewKV 6.1", "6.1", fact.StatusTested, "manual"),
			claim("newkv/8.5", "newkv", "NewKV 8.5", "8.5", fact.StatusIncompatible, "manual"),
			claim("oldkv/8", "oldkv", "OldKV 8", "8", fact.StatusTested, "manual"),
			claim("newkv/7.1", "newkv", "NewKV 7.1", "7.1", fact.StatusTested, "manual"),
			claim("newkv/7.2", "newkv", "NewKV 7.2", "7.2", fact.StatusTested, "manual"),
		},
		Advisories: []fact.Advisory{
			{ID: "slow", Severity: fact.SeverityWarning, Title: "Slow", Text: "Slow.", Applies: []fact.Target{{Technology: "newkv", Version: "6.1 - 6.3"}}, Citation: cite("Issues")},
			{ID: "other", Severity: fact.SeverityInfo, Title: "Other", Text: "Other.", Scope: fact.Scope{Product: "shop", Release: "10.0"}, Applies: []fact.Target{{Technology: "newkv"}}, Citation: cite("Issues")},
		},
		Configurations: []fact.Configuration{
			{ID: "run1", Product: "shop", Release: "2.0", Result: fact.Passed, Date: "2026-01-01", Components: []fact.Target{{Technology: "alpha", Version: "2.3"}, {Technology: "newkv", Version: "6.1"}}, Citation: cite("Runs")},
			{ID: "run2", Product: "shop", Release: "2.0", Result: fact.Failed, Date: "2026-02-01", Components: []fact.Target{{Technology: "alpha", Version: "1.2"}, {Technology: "newkv", Version: "6.1"}}, Citation: cite("Runs")},
		},
	}
}

// ReleaseOf finds a release that is there.
func ReleaseOf(t testing.TB, m *compat.Matrix, product, release string) *compat.Release {
	t.Helper()
	r, err := m.Release(product, release)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Built is a dataset in which two products stand on a platform and one does not.
func Built() *fact.Dataset {
	cite := func(quote string) fact.Citation {
		return fact.Citation{Source: "guide", Section: "All", Quote: quote}
	}
	platform := fact.Scope{Platform: "base"}
	web1 := fact.Scope{Product: "web", Release: "1.0"}
	return &fact.Dataset{
		Kinds: []fact.Kind{{ID: "os", Name: "operating system", Order: 1}, {ID: "cache", Name: "cache", Order: 2}},
		Technologies: []fact.Technology{
			{ID: "alpha", Name: "Alpha Linux", Kind: "os", Scheme: "dotted"},
			{ID: "beta", Name: "Beta Linux", Kind: "os", Scheme: "dotted"},
			{ID: "kv", Name: "KV", Kind: "cache", Scheme: "dotted"},
			{ID: "anykv", Name: "Any KV", Kind: "cache", Scheme: "dotted", Family: "kv", Generic: true},
		},
		Platforms: []fact.Platform{{ID: "base", Name: "Base", Vendor: "Acme", Deployments: []fact.Deployment{
			{ID: "box", Name: "A box", Aliases: []string{"bare metal"}}, {ID: "cloud", Name: "Cloud"}}}},
		Products: []fact.Product{
			{ID: "web", Name: "Web", Vendor: "Acme", Platform: "base"},
			{ID: "job", Name: "Job", Vendor: "Acme", Platform: "base"},
			{ID: "solo", Name: "Solo", Vendor: "Acme"},
		},
		Releases: []fact.Release{
			{Product: "web", Version: "1.0", Deployments: []fact.Deployment{{ID: "edge", Name: "Edge"}},
				Profiles: []fact.Profile{{ID: "tiny", Name: "Tiny", Offset: 10, Citation: cite("offset of 10")}, {ID: "big", Name: "Big", Citation: cite("big")}}},
			{Product: "web", Version: "2.0"}, {Product: "job", Version: "1"}, {Product: "solo", Version: "1"},
		},
		Sources: []fact.Source{{ID: "guide", Title: "Guide", Authority: fact.Official}},
		Claims: []fact.Claim{
			{ID: "base/alpha", Platform: "base", Technology: "alpha", Label: "Alpha", When: "latest releases", Status: fact.StatusRecommended, Citation: cite("latest Alpha")},
			{ID: "base/kv", Platform: "base", Technology: "kv", Label: "KV", Status: fact.StatusSupported, Citation: cite("KV")},
			{ID: "base/beta", Platform: "base", Technology: "beta", Label: "Beta", Status: fact.StatusTested, Citation: cite("Beta")},
			{ID: "web/1.0/beta", Product: "web", Release: "1.0", Technology: "beta", Label: "Beta", Status: fact.StatusSupported, Citation: cite("Beta")},
			{ID: "web/1.0/alpha/2", Product: "web", Release: "1.0", Technology: "alpha", Label: "Alpha 2", Version: "2", Status: fact.StatusTested, Citation: cite("Alpha 2")},
		},
		Requirements: []fact.Requirement{
			{ID: "base/box/memory", Scope: platform, Deployment: "box", Resource: "memory", Level: "required", Amount: Amount("4 GB"), Printed: "4 GB", Citation: cite("4 GB"),
				Shares: []fact.Share{{Amount: Amount("1 GB"), For: "the system"}, {Amount: Amount("3 GB"), For: "each runtime", Each: true}}},
			{ID: "base/box/memory/3", Scope: platform, Deployment: "box", Resource: "memory", Level: "required", Amount: Amount("10000 MB"), Instances: 3, Printed: "10000 MB for three", Citation: cite("three")},
			{ID: "base/box/clock", Scope: platform, Deployment: "box", Resource: "clock", Level: "required", Amount: Amount("1-2 GHz"), Printed: "1-2 GHz", Citation: cite("1-2 GHz")},
			{ID: "base/box/clock/3", Scope: platform, Deployment: "box", Resource: "clock", Level: "required", Amount: Amount("4 GHz"), Instances: 3, Printed: "4 GHz", Citation: cite("4 GHz")},
			{ID: "base/box/clock/load", Scope: platform, Deployment: "box", Resource: "clock", Level: "required", Amount: Amount("3 GHz"), When: "load", Printed: "3 GHz", Citation: cite("3 GHz")},
			{ID: "base/box/memory/more", Scope: platform, Deployment: "box", Resource: "memory", Level: "recommended", Amount: Amount("8 GB"), Printed: "8 GB", Citation: cite("8 GB")},
			{ID: "base/box/cores", Scope: platform, Deployment: "box", Resource: "cores", Level: "minimum", Amount: Amount("1 core"), Printed: "1 core", Citation: cite("1 core")},
			{ID: "base/box/cores/more", Scope: platform, Deployment: "box", Resource: "cores", Level: "recommended", Amount: Amount("4 cores"), When: "more load", Printed: "4 cores", Citation: cite("4 cores")},
			{ID: "base/cloud/machine", Scope: platform, Deployment: "cloud", Resource: "machine", Level: "required", Amount: Amount("1 machine"), Each: true, Type: "x.large", Printed: "One", Citation: cite("One")},
			{ID: "web/1.0/edge/cores", Scope: web1, Deployment: "edge", Resource: "cores", Level: "minimum", Amount: Amount("0.5 cores"), Each: true, Printed: "0.5", Citation: cite("0.5")},
			{ID: "web/1.0/edge/heap", Scope: web1, Deployment: "edge", Resource: "heap", Level: "sufficient", Amount: Amount("512 MB"), Approximate: true, Printed: "~512 MB", Citation: cite("~512")},
		},
		Ports: []fact.Port{
			{ID: "base/https", Scope: platform, Name: "https", Number: 9443, Protocol: "https", Purpose: "console", File: "a.xml", Citation: cite("9443")},
			{ID: "base/esb", Scope: platform, Name: "esb", Number: 8280, Purpose: "proxy", Citation: cite("8280")},
			{ID: "web/1.0/https", Scope: web1, Name: "https", Number: 9444, Purpose: "console of 1.0", Citation: cite("9444")},
			{ID: "web/1.0/tiny/esb", Scope: fact.Scope{Product: "web", Release: "1.0", Profile: "tiny"}, Name: "esb", Number: 8290, Offset: 10, Purpose: "proxy", Citation: cite("8290")},
		},
		Notes: []fact.Note{
			{ID: "base/user", Scope: platform, Topic: "security", Title: "User", Text: "Run it unprivileged.", Citation: cite("user")},
			{ID: "web/1.0/tiny/dir", Scope: fact.Scope{Product: "web", Release: "1.0", Profile: "tiny"}, Topic: "registry", Title: "Folder", Text: "Files.", Path: "/r", Citation: cite("r")},
			{ID: "web/start", Scope: fact.Scope{Product: "web"}, Topic: "startup", Title: "Start", Text: "Start it.", Citation: cite("start")},
		},
		Advisories: []fact.Advisory{
			{ID: "a-base", Severity: fact.SeverityWarning, Title: "Base", Text: "Base.", Scope: platform, Applies: []fact.Target{{Technology: "kv", Version: "3"}}, Citation: cite("a")},
			{ID: "b-tiny", Severity: fact.SeverityInfo, Title: "Tiny", Text: "Tiny.", Scope: fact.Scope{Product: "web", Release: "1.0", Profile: "tiny"}, Applies: []fact.Target{{Technology: "kv"}}, Citation: cite("b")},
			{ID: "c-all", Severity: fact.SeverityInfo, Title: "All", Text: "All.", Applies: []fact.Target{{Technology: "kv", Version: "9"}}, Citation: cite("c")},
			{ID: "d-solo", Severity: fact.SeverityInfo, Title: "Solo", Text: "Solo.", Scope: fact.Scope{Product: "solo"}, Applies: []fact.Target{{Technology: "kv"}}, Citation: cite("d")},
		},
	}
}

// Upgraded is small with a third release, to compare 2.0 with.
func Upgraded() *fact.Dataset {
	ds := Small()
	ds.Releases = append(ds.Releases, fact.Release{Product: "shop", Version: "3.0"})
	claim := func(id, tech, label, version string, status fact.Status) {
		ds.Claims = append(ds.Claims, fact.Claim{ID: "shop/3.0/" + id, Product: "shop", Release: "3.0", Technology: tech,
			Label: label, Version: version, Status: status, Citation: fact.Citation{Source: "manual"}})
	}
	claim("alpha/2", "alpha", "Alpha 2", "2", fact.StatusTested)
	claim("beta/1", "beta", "Beta 1", "1", fact.StatusTested)
	claim("newkv/5", "newkv", "NewKV 5", "5", fact.StatusTested)
	claim("newkv/6.0", "newkv", "NewKV 6.0", "6.0", fact.StatusTested)
	claim("newkv/7.1", "newkv", "NewKV 7.1", "7.1", fact.StatusSupported)
	return ds
}

// Grid is a release that lists so many values of each of several kinds.
func Grid(sizes []int) *fact.Dataset {
	ds := &fact.Dataset{
		Products: []fact.Product{{ID: "p", Name: "P", Vendor: "V"}}, Releases: []fact.Release{{Product: "p", Version: "1"}},
		Sources: []fact.Source{{ID: "s", Title: "S", Authority: fact.Official}},
	}
	for k, n := range sizes {
		kind := fmt.Sprintf("k%02d", k)
		ds.Kinds = append(ds.Kinds, fact.Kind{ID: kind, Name: kind, Order: k + 1})
		ds.Technologies = append(ds.Technologies, fact.Technology{ID: "t" + kind, Name: "T" + kind, Kind: kind, Scheme: "dotted"})
		for v := range n {
			version := fmt.Sprint(v + 1)
			ds.Claims = append(ds.Claims, fact.Claim{ID: "p/1/" + kind + "/" + version, Product: "p", Release: "1", Technology: "t" + kind,
				Label: version, Version: version, Status: fact.StatusTested, Citation: fact.Citation{Source: "s"}})
		}
	}
	return ds
}

// Aging is a dataset of another vendor in which series of technologies end.
func Aging() *fact.Dataset {
	cite := fact.Citation{Source: "manual"}
	claim := func(id, tech, version string, status fact.Status) fact.Claim {
		product, rest, _ := strings.Cut(id, "/")
		release, _, _ := strings.Cut(rest, "/")
		return fact.Claim{ID: id, Product: product, Release: release, Technology: tech, Label: strings.TrimSpace(tech + " " + version),
			Version: version, Status: status, Citation: cite}
	}
	cycle := func(tech, version, released, ends string) fact.Lifecycle {
		return fact.Lifecycle{ID: tech + "/" + version, Technology: tech, Version: version, Released: released, Ends: ends, Citation: cite}
	}
	gone := cycle("beta", "1", "2019-01-01", "")
	gone.Ended = true
	return &fact.Dataset{
		Kinds: []fact.Kind{{ID: "os", Name: "operating system", Order: 1}, {ID: "cache", Name: "cache", Order: 2, Aliases: []string{"kv"}}},
		Technologies: []fact.Technology{
			{ID: "alpha", Name: "Alpha Linux", Kind: "os", Scheme: "dotted"},
			{ID: "beta", Name: "Beta Linux", Kind: "os", Scheme: "dotted"},
			{ID: "silent", Name: "Silent Linux", Kind: "os", Scheme: "dotted"},
			{ID: "kv", Name: "KV", Kind: "cache", Scheme: "dotted"},
			{ID: "anykv", Name: "Any KV", Kind: "cache", Scheme: "dotted", Family: "kv", Generic: true},
			{ID: "oldkv", Name: "Old KV", Kind: "cache", Scheme: "dotted", Family: "kv",
				Successors: []fact.Successor{{Technology: "kv", Same: ">=2", Note: "Renamed.", Citation: cite}}},
		},
		Platforms: []fact.Platform{{ID: "base", Name: "Base", Vendor: "Acme"}},
		Products:  []fact.Product{{ID: "web", Name: "Web", Vendor: "Acme", Platform: "base"}, {ID: "job", Name: "Job", Vendor: "Acme", Aliases: []string{"Jobs"}}},
		Releases:  []fact.Release{{Product: "web", Version: "1.0"}, {Product: "web", Version: "2.0", Aliases: []string{"newest"}}, {Product: "job", Version: "1.0"}},
		Sources:   []fact.Source{{ID: "manual", Title: "Manual", Authority: fact.Official}},
		Claims: []fact.Claim{
			claim("job/1.0/a", "alpha", "", fact.StatusTested),
			claim("job/1.0/b", "kv", "3", fact.StatusTested),
			claim("web/1.0/a", "alpha", "1.4", fact.StatusTested),
			claim("web/1.0/b", "alpha", "3", fact.StatusNotRecommended),
			claim("web/1.0/c", "beta", "1", fact.StatusSupported),
			claim("web/1.0/d", "silent", "1", fact.StatusTested),
			claim("web/1.0/e", "oldkv", "2.1", fact.StatusTested),
			claim("web/1.0/f", "oldkv", "1.1", fact.StatusTested),
			claim("web/2.0/a", "alpha", "2", fact.StatusTested),
			claim("web/2.0/b", "alpha", ">=1 <3", fact.StatusTested),
			claim("web/2.0/c", "anykv", "2", fact.StatusTested),
			{ID: "base/kv", Platform: "base", Technology: "kv", Label: "KV 1 and 2", Version: "1 - 2", Status: fact.StatusSupported, Citation: cite},
		},
		Lifecycles: []fact.Lifecycle{
			cycle("alpha", "1", "2021-01-01", "2025-01-01"), cycle("alpha", "2", "2023-01-01", "2027-01-01"),
			cycle("alpha", "3", "2025-01-01", "2029-01-01"), cycle("alpha", "4", "2026-06-01", "2026-09-01"),
			cycle("alpha", "5", "2026-12-01", "2030-01-01"), gone,
			cycle("kv", "1", "2020-01-01", "2024-01-01"), cycle("kv", "2", "2022-01-01", "2026-12-31"), cycle("kv", "3", "2026-01-01", ""),
		},
	}
}

// ErrorWords is the field and the candidates of an error.
func ErrorWords(err error) string {
	var e *fact.Error
	if !errors.As(err, &e) {
		return ""
	}
	return fmt.Sprintf("error %s %s", e.Field, strings.Join(e.Candidates, ","))
}

// DayOf reads a day.
func DayOf(t testing.TB, text string) fact.Day {
	t.Helper()
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return fact.DayOf(day)
}

// On asks about one component of a release of built.
func On(t testing.TB, m *compat.Matrix, product, release, component string) *compat.ComponentAnswer {
	t.Helper()
	kind, text, _ := strings.Cut(component, "=")
	q := compat.Question{Product: product, Release: release, Components: []compat.Component{m.Resolve(compat.Asked{Kind: kind, Text: text})}}
	a := new(compat.Answer)
	if err := m.Check(q, a); err != nil {
		t.Fatal(err)
	}
	return &a.Components[0]
}

// Amount reads a quantity that is known to be one.
func Amount(text string) fact.Quantity {
	q, err := fact.ParseQuantity(text, "")
	if err != nil {
		panic(err)
	}
	return q
}

// Planned makes a test plan, and prints its environments.
func Planned(t *testing.T, q plan.Question) (*plan.Plan, string) {
	t.Helper()
	p, err := plan.New(q)
	if err != nil {
		return nil, ErrorWords(err)
	}
	var rows []string
	for _, e := range p.Environments {
		var values []string
		for _, l := range e {
			values = append(values, l.Display())
		}
		rows = append(rows, strings.Join(values, " + "))
	}
	return p, strings.Join(rows, "\n")
}
