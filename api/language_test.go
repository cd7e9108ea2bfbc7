package api_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/internal/sample"
)

// beside is what of a text stands beside marked messages, if it has letters.
func beside(text string) string {
	var found strings.Builder
	open := 0
	for _, c := range text {
		switch {
		case c == '⟦':
			open++
		case c == '⟧':
			open--
		case open == 0:
			found.WriteRune(c)
		}
	}
	if !strings.ContainsFunc(found.String(), unicode.IsLetter) {
		return ""
	}
	return found.String()
}

// inMarks runs a server whose catalogue speaks a language of marked messages.
func inMarks(t *testing.T) *client {
	t.Helper()
	marked, err := build(t, dataset(1)).In(sample.Marked(t, "../message/en"))
	if err != nil {
		t.Fatal(err)
	}
	c := serve(t, api.Options{Catalogue: api.Still{M: marked}, Version: "test"}).beyond()
	c.get("/v1/catalogue") // before anything is answered, there is no language
	return c
}

// TestProblemLanguage: whatever is wrong with a request is said in the language of the
// catalogue that answers, and nothing of it in another.
func TestProblemLanguage(t *testing.T) {
	c := inMarks(t)
	said := 0
	hold := func(name string, got response) {
		if got.status < 400 {
			t.Fatalf("%s: status %d", name, got.status)
		}
		p := into[wire.Problem](t, got)
		for _, text := range []string{p.Title, p.Detail, p.Hint} {
			if said++; text == "" || beside(text) != "" {
				t.Errorf("%s says %q", name, text)
			}
		}
	}
	further := []bad{
		{name: "a cursor", path: "/v1/products?cursor=x"}, {name: "a number", path: "/v1/products?limit=x"}, {name: "a word of many", path: "/v1/claims?sort=x"},
		{name: "a filter", path: "/v1/claims?" + strings.Repeat("status=tested&", 33)}, {name: "fields", path: ask + "os=RHEL+9&fields=xyz"},
		{name: "a day to come", path: ask + "os=RHEL+9&asOf=2999-01-01"}, {name: "a day to come of what was known", path: ask + "os=RHEL+9&known=2999-01-01"},
		{name: "a revision", path: ask + "os=RHEL+9&known=77"}, {name: "an early day", path: ask + "os=RHEL+9&asOf=1970-01-02"},
		{name: "a snapshot", path: "/v1/snapshots/77"}, {name: "a schema", path: "/v1/schema/xyz"}, {name: "no words", path: "/v1/ask"}, {name: "no text", path: "/v1/search"},
		{name: "nothing to find", path: "/v1/find"}, {name: "no problem", path: "/problems/xyz"},
	}
	for _, b := range slices.Concat(badQueries, badStatements, badAmounts, badWords, further) {
		hold(b.name, c.get(b.path))
	}
	for _, b := range badBodies {
		hold(b.name, c.post(b.path, b.body))
	}
	hold("no type", c.do(http.MethodPost, "/v1/check", "{}"))
	hold("a coding", c.do(http.MethodPost, "/v1/check", "{}", "Content-Type", "application/json", "Content-Encoding", "gzip"))
	hold("a method", c.do(http.MethodPut, "/v1/check", ""))
	if said < 200 {
		t.Errorf("only %d texts are held", said)
	}
}

// TestKindsOfProblems: each has a title and says what to do, and each its own.
func TestKindsOfProblems(t *testing.T) {
	all := into[struct{ Items []wire.ProblemKind }](t, inMarks(t).get("/problems"))
	seen := map[string]string{}
	for _, k := range all.Items {
		for _, text := range []string{k.Title, k.About} {
			if of, twice := seen[text]; twice || beside(text) != "" || !strings.ContainsFunc(text, unicode.IsLetter) {
				t.Errorf("%s says %q, as %q does", k.Code, text, of)
			}
			seen[text] = k.Code
		}
	}
	if len(all.Items) != len(api.ProblemCodes()) {
		t.Errorf("%d kinds", len(all.Items))
	}
}

// TestPlainLanguage: an answer as text has nothing beside messages but its first words, which
// are for programs, and what stands in columns.
func TestPlainLanguage(t *testing.T) {
	c := inMarks(t)
	for path, first := range map[string]string{
		ask + "os=RHEL+9": "pass tested", ask + "os=RHEL+9&fubarz=3": "problem 400 invalid", ask + "os=RHEL+9&jkd=Corretto+21": "problem 400 invalid",
		"/v1/find?os=RHEL+9": "", "/v1/ask?q=RHEL+9+for+MI+4.4.0": "pass tested", "/v1/ask?q=xyzzy": "fail unanswered",
	} {
		got := c.do(http.MethodGet, path, "", "Accept", "text/plain")
		text, ok := strings.CutPrefix(string(got.body), first)
		if !ok || !strings.Contains(text, "⟦") {
			t.Errorf("%s: %s", path, got.body)
		}
		for line := range strings.Lines(text) {
			if !strings.HasPrefix(line, "  ") && beside(line) != "" {
				t.Errorf("%s says %q", path, line)
			}
		}
	}
}
