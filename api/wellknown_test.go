package api_test

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/wire"
)

// TestIndex: every link and every operation without a part to fill in is served, and every
// operation stands in the contract.
func TestIndex(t *testing.T) {
	c := newServer(t)
	index := ok[api.Index](t, c.get("/v1"))
	if len(index.Operations) < 40 || index.Catalogue.Revision != 1 {
		t.Errorf("index %+v", index)
	}
	for _, link := range index.Links {
		got := c.beyond().get(link.Href, "Accept", link.Type)
		if media := got.header.Get("Content-Type"); got.status != 200 || !strings.HasPrefix(media, link.Type) {
			t.Errorf("%s %s: %d %s", link.Rel, link.Href, got.status, media)
		}
	}
	var contract struct {
		Paths map[string]map[string]any `json:"paths"`
	}
	if err := json.Unmarshal(c.beyond().get("/openapi.json").body, &contract); err != nil {
		t.Fatal(err)
	}
	for _, o := range index.Operations {
		if method, path, _ := strings.Cut(o, " "); contract.Paths[path][strings.ToLower(method)] == nil {
			t.Errorf("%s is no operation of the contract", o)
		}
	}
}

// TestAPICatalog holds the catalogue of the API to RFC 9727: the media type and its profile,
// absolute addresses that are served, and the link with a HEAD request.
func TestAPICatalog(t *testing.T) {
	c := newServer(t).beyond()
	got := c.get("/.well-known/api-catalog")
	if media := got.header.Get("Content-Type"); media != `application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"` {
		t.Errorf("media type %s", media)
	}
	if link := c.do(http.MethodHead, "/.well-known/api-catalog", "").header.Get("Link"); link != `</.well-known/api-catalog>; rel="api-catalog"` {
		t.Errorf("Link %s", link)
	}
	var set struct {
		Linkset []map[string]json.RawMessage `json:"linkset"`
	}
	if err := json.Unmarshal(got.body, &set); err != nil || len(set.Linkset) != 1 {
		t.Fatalf("%v in %s", err, got.body)
	}
	for relation, raw := range set.Linkset[0] {
		links := []struct{ Href, Type string }{{Type: "application/json"}}
		if relation == "anchor" {
			_ = json.Unmarshal(raw, &links[0].Href)
		} else if err := json.Unmarshal(raw, &links); err != nil {
			t.Fatal(err)
		}
		for _, link := range links {
			path, here := strings.CutPrefix(link.Href, c.base)
			if led := c.get(path); !here || led.status != 200 || !strings.HasPrefix(led.header.Get("Content-Type"), link.Type) {
				t.Errorf("%s leads to %s: %d %v", relation, link.Href, led.status, led.header)
			}
		}
	}
}

// TestOpenSearch: a browser that is told of the search on every page finds what was typed.
func TestOpenSearch(t *testing.T) {
	c := newServer(t).beyond()
	if page := string(c.get("/").body); !strings.Contains(page, `<link rel="search" type="application/opensearchdescription+xml" href="/opensearch.xml"`) {
		t.Error("the page does not name the search")
	}
	var description struct {
		XMLName   xml.Name `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
		ShortName string
		Image     string
		URL       []struct {
			Type     string `xml:"type,attr"`
			Template string `xml:"template,attr"`
		} `xml:"Url"`
	}
	if err := xml.Unmarshal(c.get("/opensearch.xml").body, &description); err != nil || len(description.URL) < 2 || len(description.ShortName) > 16 {
		t.Fatalf("%v: %+v", err, description)
	}
	for _, u := range description.URL {
		address := strings.ReplaceAll(u.Template, "{searchTerms}", url.QueryEscape("is RHEL 9 tested for mi 4.4.0?"))
		path, here := strings.CutPrefix(address, c.base)
		if got := c.get(path); !here || got.status != 200 || !strings.HasPrefix(got.header.Get("Content-Type"), u.Type) {
			t.Errorf("%s: %d %v", address, got.status, got.header)
		}
	}
}

// TestLLMs: every address of llms.txt is served, whatever a product is called.
func TestLLMs(t *testing.T) {
	c := newServer(t).beyond()
	text := string(c.get("/llms.txt").body)
	if !strings.HasPrefix(text, "# TestedOn\n\n> ") || !strings.Contains(text, "/products/odd): 1 release\n") || !strings.Contains(text, "Micro Integrator](") {
		t.Errorf("%s", text)
	}
	_, rest, _ := strings.Cut(text, "](")
	for found := true; found; {
		address, after, _ := strings.Cut(rest, ")")
		path, here := strings.CutPrefix(address, c.base)
		if got := c.get(path); !here || got.status != 200 {
			t.Errorf("%q: %d", address, got.status)
		}
		_, rest, found = strings.Cut(after, "](")
	}
}

// TestPublicAddress: what names the server does so by its public address, problems among it.
func TestPublicAddress(t *testing.T) {
	c := serve(t, api.Options{Catalogue: newCatalogue(t), PublicURL: "https://testedon.example.com"}).beyond()
	for _, path := range []string{"/llms.txt", "/opensearch.xml", "/.well-known/api-catalog", "/problems", "/problems/invalid", "/v1/check"} {
		if body := string(c.get(path).body); !strings.Contains(body, "https://testedon.example.com/") || strings.Contains(body, c.base) {
			t.Errorf("%s: %s", path, body)
		}
	}
	odd := c.get("/problems", "Host", "a&b.example")
	if strings.Contains(string(odd.body), "a&b") {
		t.Errorf("%s", odd.body)
	}
}

// TestProblemsListed: the list of problems leads to each, for programs and people.
func TestProblemsListed(t *testing.T) {
	c := newServer(t).beyond()
	type list struct {
		Items []wire.ProblemKind `json:"items"`
	}
	page := string(c.get("/problems", "Accept", "text/html").body)
	for _, kind := range ok[list](t, c.get("/problems")).Items {
		if got := ok[wire.ProblemKind](t, c.get(strings.TrimPrefix(kind.Type, c.base))); got != kind {
			t.Errorf("%+v, listed as %+v", got, kind)
		}
		if !strings.Contains(page, `href="/problems/`+kind.Code+`"`) {
			t.Errorf("the page does not list %s", kind.Code)
		}
	}
}

// TestWhatIsTakenInstead: an answer that refuses a body says what is read in its place.
func TestWhatIsTakenInstead(t *testing.T) {
	c := newServer(t)
	if got := c.do(http.MethodPost, "/v1/detect", "x", "Content-Type", "image/png"); got.status != 415 || got.header.Get("Accept") != "application/json, text/plain, multipart/form-data" {
		t.Errorf("%d %v", got.status, got.header)
	}
	if got := c.do(http.MethodPost, "/v1/check", "{}", "Content-Type", "application/json", "Content-Encoding", "gzip"); got.status != 415 || got.header.Get("Accept-Encoding") != "identity" {
		t.Errorf("%d %v", got.status, got.header)
	}
}

// TestTracedFromBrowsers: a page may send what its libraries add, and read all headers of answers.
func TestTracedFromBrowsers(t *testing.T) {
	c := newServer(t).beyond()
	got := c.do(http.MethodOptions, "/v1/check", "", "Origin", "https://a.example", "Access-Control-Request-Method", "GET", "Access-Control-Request-Headers", "traceparent, baggage")
	allowed := strings.Split(got.header.Get("Access-Control-Allow-Headers"), ", ")
	for _, name := range []string{"Authorization", "Baggage", "Traceparent", "Tracestate", "X-Requested-With", "*"} {
		if !strings.Contains(strings.Join(allowed, "\n")+"\n", name+"\n") {
			t.Errorf("%s is not allowed: %v", name, allowed)
		}
	}
	if got.header.Get("Access-Control-Allow-Credentials") != "" {
		t.Error("credentials are allowed")
	}
	if exposed := c.get("/v1/export").header.Get("Access-Control-Expose-Headers"); exposed != "*" {
		t.Errorf("exposed are %s", exposed)
	}
}
