package api_test

import (
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/internal/sample"
)

// newSeeded runs a server over the embedded catalogue.
func newSeeded(t testing.TB) *client {
	t.Helper()
	facts := &catalogue{}
	facts.matrix.Store(sample.Catalogue(t))
	return serve(t, api.Options{Catalogue: facts, Version: "test"})
}

// TestSearchTable asks what testdata/search.txt asks.
func TestSearchTable(t *testing.T) {
	content, err := os.ReadFile("testdata/search.txt")
	if err != nil {
		t.Fatal(err)
	}
	c, lines := newSeeded(t), 0
	for line := range strings.Lines(string(content)) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		text, want, ok := strings.Cut(line, " → ")
		if !ok {
			t.Fatalf("no arrow in %q", line)
		}
		lines++
		if got := searched(t, c, text, strings.Count(want, ",")+1); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
	if lines < 25 {
		t.Errorf("only %d lines", lines)
	}
}

// searched gives the first things that are found, as the table writes them.
func searched(t *testing.T, c *client, text string, most int) string {
	t.Helper()
	got := c.get("/v1/search?q=" + url.QueryEscape(text))
	if got.status != http.StatusOK {
		refused := bad{"search", "", "", 400, "invalid", "q", "leave it out", ""}
		refused.verify(t, got)
		return "400"
	}
	found := ok[api.Hits](t, got)
	var told []string
	for i, h := range found.Items {
		if h.Why == "" || h.Score < 1 || h.Score > 100 || i > 0 && h.Score > found.Items[i-1].Score {
			t.Errorf("%s: %+v", text, h)
		}
		if page := c.get(h.Path); page.status != http.StatusOK {
			t.Errorf("%s: %s is %d", text, h.Path, page.status)
		}
		if i < most {
			told = append(told, strings.TrimSpace(h.Type+" "+h.ID+" "+h.Version))
		}
	}
	if len(told) == 0 {
		return "nothing"
	}
	return strings.Join(told, ", ")
}

// TestHits looks at every field of what is found.
func TestHits(t *testing.T) {
	c := newServer(t)
	for text, want := range map[string]api.Hit{
		"wso2mi": {Type: "product", ID: "mi", Name: "WSO2 Micro Integrator", Score: 100, Match: "same", Why: "It goes by the name wso2mi.", Path: "/v1/products/mi"},
		"plow":   {Type: "series", ID: "rhel", Version: "9", Name: "Red Hat Enterprise Linux 9", Kind: "os", Score: 100, Match: "same", Why: "It goes by the name Plow.", Path: "/v1/technologies/rhel"},
		"mi 4.3": {Type: "release", ID: "mi", Version: "4.3.0", Name: "WSO2 Micro Integrator 4.3.0", Score: 90, Match: "begins", Why: "Its name mi 4.3.0 begins like that.", Path: "/v1/products/mi/releases/4.3.0"},
		"rhel 77": {Type: "technology", ID: "rhel", Name: "Red Hat Enterprise Linux", Kind: "os", Score: 33, Match: "part",
			Why: "Its name rhel answers to a part of that.", Path: "/v1/technologies/rhel"},
	} {
		found := ok[api.Hits](t, c.get("/v1/search?q="+url.QueryEscape(text)))
		if len(found.Items) == 0 || found.Items[0] != want || found.Catalogue.Revision != 1 {
			t.Errorf("%s: %+v", text, found)
		}
	}
}
