package api_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// keptDataset is that of the other tests, which says in which lines all its facts are.
func keptDataset() *fact.Dataset {
	ds := dataset(1)
	f := fact.File{ID: "f", Path: "a b.yaml", EditURL: "https://edit.example/{path}#L{line}", IssueURL: "https://issue.example/new?title={title}&body={body}"}
	for _, n := range fact.Nouns {
		for i := range n.Len(ds) {
			f.Lines = append(f.Lines, fact.Line{Fact: n.Word() + " " + n.ID(ds, i), Line: len(f.Lines) + 1})
		}
	}
	ds.Files = []fact.File{f}
	return ds
}

const editOf = "https://edit.example/a%20b.yaml#L"

const day = "2026-10-01"

// TestCorrections: statements and sources lead to where they can be corrected, on a server and on
// one that follows it; on one whose catalogue does not say where, they do not.
func TestCorrections(t *testing.T) {
	c := serveFacts(t, keptDataset())
	snapshot, err := fact.OpenSnapshot(c.get("/v1/snapshot", "Accept-Encoding", "gzip").body)
	if err != nil {
		t.Fatal(err)
	}
	m, err := compat.BuildFrom(snapshot)
	if err != nil {
		t.Fatal(err)
	}
	follower := &catalogue{}
	follower.matrix.Store(m)
	for name, c := range map[string]*client{"server": c, "follower": serve(t, api.Options{Catalogue: follower, Version: "test"})} {
		claims := ok[api.Claims](t, c.get("/v1/claims?limit=1000"))
		edits := map[string]string{}
		for _, claim := range claims.Items {
			edits[claim.ID] = claim.EditURL
			if !strings.HasPrefix(claim.EditURL, editOf) || !strings.HasPrefix(claim.ReportURL, "https://issue.example/new?title=Correction%3A%20") {
				t.Errorf("%s: %s leads to %q and %q", name, claim.ID, claim.EditURL, claim.ReportURL)
			}
		}
		for path, says := range map[string]string{
			"/?product=mi&release=4.4.0&os=RHEL+9&asOf=": "%20as%20of%20", "/products/mi/4.4.0?asOf=": "Question%3A%20as%20of%20", "/v1/claims?asOf=": "Question%3A%20as%20of%20",
		} {
			if got := c.beyond().get(path + day); !strings.Contains(string(got.body), says+day) {
				t.Errorf("%s: no report of %s says the day: %.300s", name, path+day, got.body)
			}
		}
		for _, s := range ok[api.Sources](t, c.get("/v1/sources")).Items {
			if one := ok[api.SourceDetail](t, c.get("/v1/sources/"+s.ID)); !strings.HasPrefix(s.EditURL, editOf) || one.EditURL != s.EditURL || one.ReportURL == "" {
				t.Errorf("%s: %+v, and by itself %+v", name, s, one.Source)
			}
		}
		a := same[answers.Answer](t, c.get(the))
		for _, component := range a.Components {
			for _, l := range component.Listed {
				if l.EditURL == "" || l.EditURL != edits[l.ID] {
					t.Errorf("%s: the answer has %s at %q, the list at %q", name, l.ID, l.EditURL, edits[l.ID])
				}
			}
		}
	}
	nowhere := newServer(t)
	for _, path := range []string{the, "/v1/claims", "/v1/sources", "/v1/sources/page"} {
		if text := string(nowhere.get(path).body); strings.Contains(text, "edit_url") || strings.Contains(text, "report_url") {
			t.Errorf("%s of a catalogue that does not say where it is kept: %s", path, text)
		}
	}
}

// TestCorrectionsOnPages: each statement of an answer has its two links, with names of their own for
// who does not see them, and so has each source of a release, whose statements have the one to edit;
// what stands in pages of others has none.
func TestCorrectionsOnPages(t *testing.T) {
	c := serveFacts(t, keptDataset()).beyond()
	for path, least := range map[string]int{
		mainPage: 1, "/products/mi/4.4.0": 9, "/products/odd/1%20&%202": 1, "/embed/check" + mainPage[1:]: 0, "/embed/check.html" + mainPage[1:]: 0, "/embed/badge.svg" + mainPage[1:]: 0,
	} {
		body := string(c.get(path, "Accept", "text/html,*/*;q=0.8").body)
		edits, reports := 0, 0
		names := map[string]bool{}
		for text := html.NewTokenizer(strings.NewReader(body)); text.Next() != html.ErrorToken; {
			token := text.Token()
			at := map[string]string{}
			for _, a := range token.Attr {
				at[a.Key] = a.Val
			}
			edit, report := strings.HasPrefix(at["href"], editOf), strings.HasPrefix(at["href"], "https://issue.example/new?title=")
			if !edit && !report {
				continue
			}
			if edit {
				edits++
			} else {
				reports++
			}
			begins, label, _ := strings.Cut(at["aria-label"], ": ")
			named := edit && (begins == "Suggest a correction" || begins == "Correct") || report && begins == "Report"
			if at["rel"] != "nofollow noopener noreferrer" || !named || label == "" {
				t.Errorf("%s: %v", path, token)
			}
			names[at["aria-label"]] = true
		}
		ofRelease := strings.HasPrefix(path, "/products")
		if edits != reports && !ofRelease || ofRelease && reports == 0 || edits < least || least == 0 && edits > 0 {
			t.Errorf("%s has %d links to edit and %d to report, of %d names, in\n%s", path, edits, reports, len(names), body)
		}
		if strings.Contains(body, "Question%3A") != (path == mainPage) {
			t.Errorf("%s: the question is in a report, or is not", path)
		}
	}
}
