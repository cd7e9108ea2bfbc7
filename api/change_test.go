package api_test

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/compat/fact"
)

// changing is dataset with changes: of a release, of a platform and of what has hostile names.
func changing() *fact.Dataset {
	ds := dataset(1)
	ds.Sources = append(ds.Sources,
		fact.Source{ID: "pr-1", Title: "Change 1", URL: "https://example.com/pull/1", Date: "2026-09-04", Authority: fact.Official},
		fact.Source{ID: "pr-2", Title: hostile, URL: "javascript:alert(1)", Date: "2026-10-01", Authority: fact.Fork},
	)
	claim := func(id, scope, technology, version string, term fact.Term) {
		c := fact.Claim{ID: id, Product: "mi", Release: "4.4.0", Technology: technology, Label: technology + " " + version, Version: version, Status: fact.StatusTested,
			Term: term, Citation: fact.Citation{Source: "page", Section: "Tested"}}
		switch scope {
		case "carbon":
			c.Product, c.Release, c.Platform = "", "", scope
		case "odd":
			c.Product, c.Release, c.Label, c.When, c.Citation.Section = scope, "1 & 2", hostile, hostile, hostile
		}
		ds.Claims = append(ds.Claims, c)
	}
	ended, begun := fact.Term{Since: "2026-02-02", Until: "2026-09-04", EndedBy: "pr-1"}, fact.Term{Since: "2026-09-04", BroughtBy: "pr-1"}
	claim("mi/4.4.0/almalinux/9", "", "almalinux", "9", ended)
	claim("mi/4.4.0/almalinux/9.6", "", "almalinux", "9.6", begun)
	claim("mi/4.4.0/postgresql/16.3", "", "postgresql", "16.3", ended)
	claim("mi/4.4.0/temurin/21", "", "temurin", "21", begun)
	claim("carbon/almalinux/9.4", "carbon", "almalinux", "9.4", ended)
	claim("carbon/almalinux/9", "carbon", "almalinux", "9", begun)
	claim("odd/almalinux/8", "odd", "almalinux", "8", fact.Term{Until: "2026-10-01", EndedBy: "pr-2"})
	claim("odd/rhel/8", "odd", "rhel", "8", fact.Term{Since: "2026-10-02", BroughtBy: "pr-2"})
	return ds
}

// TestChanges holds the filters against lines of day, change, subject and versions.
func TestChanges(t *testing.T) {
	c := serveFacts(t, changing())
	all := []string{
		"2026-10-02 added odd/1 & 2 rhel: +8", "2026-10-01 withdrawn odd/1 & 2 almalinux: -8", "2026-09-04 withdrawn mi/4.4.0 postgresql: -16.3",
		"2026-09-04 widened carbon almalinux: -9.4 +9", "2026-09-04 narrowed mi/4.4.0 almalinux: -9 +9.6", "2026-09-04 added mi/4.4.0 temurin: +21",
	}
	for query, want := range map[string][]string{
		"":                                  all,
		"product=mi":                        {all[2], all[4], all[5]},
		"product=mi&release=4.4":            {all[2], all[4], all[5]},
		"product=mi&release=4.3.0":          nil,
		"product=ei":                        {all[3]}, // which stands on the platform
		"technology=AlmaLinux":              {all[1], all[3], all[4]},
		"kind=java":                         {all[5]},
		"source=pr-2":                       all[:2],
		"source=page&kind=dbms":             {all[2]}, // in which the statement stood
		"change=narrowed&change=added":      {all[0], all[4], all[5]},
		"since=2026-10-01":                  all[:2],
		"until=2026-10-01":                  all[1:],
		"since=2026-09-05&until=2026-09-30": nil,
		"asOf=2026-10-01":                   all[1:],
		"sort=day&limit=1":                  {all[5]},
	} {
		got := same[api.Changes](t, c.get("/v1/changes?"+query))
		var lines []string
		for _, change := range got.Items {
			lines = append(lines, changeLine(change))
		}
		if !slices.Equal(lines, want) {
			t.Errorf("%s:\n%s\nwant\n%s", query, strings.Join(lines, "\n"), strings.Join(want, "\n"))
		}
	}
	for _, query := range []string{"since=yesterday", "until=2026-02-30", "change=changed", "release=4.4.0", "source=none", "technology=none", "format=rss", "since=2026-01-01&since=2026-01-02"} {
		if got := c.get("/v1/changes?" + query); got.status != http.StatusBadRequest {
			t.Errorf("%s: %d %s", query, got.status, got.body)
		}
	}
}

func changeLine(c api.VendorChange) string {
	line := fmt.Sprint(c.Day, " ", c.Change, " ", c.Product, c.Platform)
	if c.Release != "" {
		line += "/" + c.Release
	}
	line += " " + c.Technology + ":"
	for _, l := range c.Before {
		line += " -" + l.Version
	}
	for _, l := range c.After {
		line += " +" + l.Version
	}
	return line
}

// atom is a feed as a reader of feeds takes it.
type atom struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string   `xml:"http://www.w3.org/2005/Atom id"`
	Title   string   `xml:"http://www.w3.org/2005/Atom title"`
	Updated string   `xml:"http://www.w3.org/2005/Atom updated"`
	Authors []string `xml:"http://www.w3.org/2005/Atom author>name"`
	Links   []link   `xml:"http://www.w3.org/2005/Atom link"`
	Entries []struct {
		ID      string `xml:"http://www.w3.org/2005/Atom id"`
		Title   string `xml:"http://www.w3.org/2005/Atom title"`
		Updated string `xml:"http://www.w3.org/2005/Atom updated"`
		Links   []link `xml:"http://www.w3.org/2005/Atom link"`
		Content string `xml:"http://www.w3.org/2005/Atom content"`
	} `xml:"http://www.w3.org/2005/Atom entry"`
}

type link struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

func hrefs(links []link, rel string) (all []string) {
	for _, l := range links {
		if l.Rel == rel {
			all = append(all, l.Href)
		}
	}
	return all
}

// feed gets a feed, and holds it against what RFC 4287 requires of one.
func (c *client) feed(path string) (f atom) {
	c.t.Helper()
	got := c.get(path)
	if got.status != http.StatusOK || got.header.Get("Content-Type") != "application/atom+xml" {
		c.t.Fatalf("%s: %d %s %s", path, got.status, got.header.Get("Content-Type"), got.body)
	}
	if err := xml.Unmarshal(got.body, &f); err != nil {
		c.t.Fatalf("%s: %v in %s", path, err, got.body)
	}
	ids := map[string]bool{}
	whole := func(id, title, updated string) {
		u, err := url.Parse(id)
		_, dated := time.Parse(time.RFC3339, updated)
		if err != nil || !u.IsAbs() || ids[id] || title == "" || dated != nil {
			c.t.Errorf("%s: id %q, title %q, updated %q", path, id, title, updated)
		}
		ids[id] = true
	}
	whole(f.ID, f.Title, f.Updated)
	if self := hrefs(f.Links, "self"); len(f.Authors) != 1 || f.Authors[0] == "" || len(self) != 1 || !strings.HasPrefix(self[0], c.base+"/v1/changes?") {
		c.t.Errorf("%s: by %v, itself at %v", path, f.Authors, self)
	}
	for i, e := range f.Entries {
		whole(e.ID, e.Title, e.Updated)
		if alternate := hrefs(e.Links, "alternate"); len(alternate) != 1 || !strings.HasPrefix(alternate[0], "http") || e.Content == "" || e.Updated > f.Updated {
			c.t.Errorf("%s: entry %d is at %v, of %s: %s", path, i, alternate, e.Updated, e.Content)
		}
	}
	return f
}

// TestChangesFeed: the pages of a feed lead from one to the next and have every change, under
// the same names in any of them; a name can do nothing to it.
func TestChangesFeed(t *testing.T) {
	c := serveFacts(t, changing())
	whole := c.feed("/v1/changes?format=atom")
	if len(whole.Entries) != 6 || whole.Updated != "2026-10-02T00:00:00Z" || len(hrefs(whole.Links, "next")) > 0 {
		t.Fatalf("%+v", whole)
	}
	at := 0
	for next := []string{c.base + "/v1/changes?format=atom&limit=1"}; len(next) > 0; at++ {
		page := c.feed(strings.TrimPrefix(next[0], c.base))
		if len(page.Entries) != 1 || at >= len(whole.Entries) || page.ID != whole.ID || page.Entries[0].ID != whole.Entries[at].ID || page.Entries[0].Title != whole.Entries[at].Title {
			t.Fatalf("page %d: %+v", at, page)
		}
		next = hrefs(page.Links, "next")
	}
	if at != len(whole.Entries) {
		t.Errorf("%d pages of %d changes", at, len(whole.Entries))
	}
	narrowed := c.feed("/v1/changes?format=atom&change=narrowed")
	if e := narrowed.Entries[0]; len(narrowed.Entries) != 1 || hrefs(e.Links, "alternate")[0] != "https://example.com/pull/1" || narrowed.ID == whole.ID ||
		e.Title != "WSO2 Micro Integrator 4.4.0: AlmaLinux 9 was narrowed to AlmaLinux 9.6 (tested)." || e.Content != "− almalinux 9 (tested, Tested)\n+ almalinux 9.6 (tested, Tested)\nChange 1" {
		t.Errorf("%+v", narrowed)
	}
	odd := whole.Entries[0] // whose own address no browser may follow
	if want := c.base + "/changes?since=2026-10-02&source=pr-2&until=2026-10-02"; hrefs(odd.Links, "alternate")[0] != want || !strings.Contains(odd.Content, `"\</script>& `) {
		t.Errorf("%+v", odd)
	}
	if none := c.feed("/v1/changes?format=atom&since=2026-11-01"); len(none.Entries) > 0 {
		t.Errorf("%+v", none)
	}
}

// TestCompareOnDays: from one day of a release to another, with an environment before and after.
func TestCompareOnDays(t *testing.T) {
	c := serveFacts(t, changing())
	const path = "/v1/compare?product=mi&from=4.4.0&to=4.4.0&os=AlmaLinux+9.4"
	for query, want := range map[string]string{
		"":                                       "→ not_listed→not_listed",
		"&fromAsOf=2026-09-01":                   "2026-09-01→ os almalinux narrows; jdk temurin adds; dbms postgresql narrows; tested→not_listed",
		"&toAsOf=2026-09-01":                     "→2026-09-01 os almalinux widens; jdk temurin drops; dbms postgresql widens; not_listed→tested",
		"&fromAsOf=2026-09-04":                   "2026-09-04→ not_listed→not_listed",
		"&fromAsOf=2026-09-03&toAsOf=2026-09-05": "2026-09-03→2026-09-05 os almalinux narrows; jdk temurin adds; dbms postgresql narrows; tested→not_listed",
		"&fromAsOf=2026-09-03&asOf=2026-09-05":   "2026-09-03→2026-09-05 os almalinux narrows; jdk temurin adds; dbms postgresql narrows; tested→not_listed",
		"&fromAsOf=2026-09-01&toAsOf=2026-09-02": "2026-09-01→2026-09-02 tested→tested",
	} {
		got := same[api.Comparison](t, c.get(path+query))
		line := got.FromAsOf + "→" + got.ToAsOf
		for _, k := range got.Kinds {
			for _, d := range k.Changes {
				line += " " + k.Kind + " " + d.Technology + " " + d.Way + ";"
			}
		}
		if line += " " + got.Before.Verdict + "→" + got.After.Verdict; line != want {
			t.Errorf("%s: %s\nwant %s\n%s", query, line, want, got.Summary)
		}
	}
	for query, field := range map[string]string{"&fromAsOf=x": "fromAsOf", "&toAsOf=2999-01-01": "toAsOf", "&fromAsOf=1999-01-01": "fromAsOf", "&asOf=2026-09-01&toAsOf=2026-09-05": "toAsOf"} {
		if got := c.get(path + query); got.status != http.StatusBadRequest || !strings.Contains(string(got.body), `"field":"`+field+`"`) {
			t.Errorf("%s: %d %s", query, got.status, got.body)
		}
	}
}
