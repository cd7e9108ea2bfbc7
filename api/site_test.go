package api_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/testedon/testedon/api/wire"
)

// linksIn gives where the main part of a page leads.
func linksIn(t *testing.T, page []byte) (links []string) {
	t.Helper()
	_, body, _ := bytes.Cut(page, []byte("<main"))
	body, _, _ = bytes.Cut(body, []byte("</main>"))
	tree, err := html.Parse(bytes.NewReader(append([]byte("<main"), body...)))
	if err != nil {
		t.Fatal(err)
	}
	for n := range tree.Descendants() {
		for _, a := range n.Attr {
			if a.Key == "href" {
				links = append(links, a.Val)
			}
		}
	}
	return links
}

// TestPageNotFound: whoever asks for a page that is not there is led to pages that are.
func TestPageNotFound(t *testing.T) {
	c := newSeeded(t).beyond()
	for path, want := range map[string]string{
		"/nope": "/products", "/postgres": "/technologies/postgresql", "/product/mi/4.4.0": "/products/mi/4.4.0", "/micro-integrator/4.4.0": "/products/mi/4.4.0",
		"/technology/rhel": "/technologies/rhel", "/tecnologies": "/technologies", "/compar": "/compare", "/en/docs/mi": "/products/mi", "/products/mi/4.4.0/ports": "/products",
		"/v1/product/mi": "/products/mi", "/v1/nope": "/", "/products/postgres": "/technologies/postgresql", "/" + strings.Repeat("a/", 500): "/", "/%ff": "/", "/%3Cscript%3E": "/",
	} {
		got := c.get(path, "Accept", "text/html")
		links := linksIn(t, got.body)
		if got.status != 404 || !slices.Contains(links, want) {
			t.Errorf("%s: %d leads to %v, and not to %s", path, got.status, links, want)
		}
		for _, link := range links {
			if page := c.get(link, "Accept", "text/html"); page.status != 200 || strings.HasPrefix(link, "/v1") || strings.Contains(link, ":") {
				t.Errorf("%s leads to %s, which is %d", path, link, page.status)
			}
		}
		if strings.Contains(string(got.body), "/:") || strings.Contains(string(got.body), "Did you mean /v1") {
			t.Errorf("%s: a page shows a route: %s", path, got.body)
		}
	}
	for _, path := range []string{"/nope", "/v1/products/mi/nope", "/mi/4.4.0", "/v1/releases/4.4.0", "/v1/product/mi", "/a/b/c/d/e", "/:product", "/v1/:product"} {
		for _, name := range into[wire.Problem](t, c.get(path)).Candidates {
			if strings.Contains(name, ":") {
				t.Errorf("%s: %s is no path", path, name)
			}
		}
	}
}

// TestProblemKinds: the address in every problem is a page for people, and JSON for others.
func TestProblemKinds(t *testing.T) {
	c := newServer(t)
	var contract struct {
		Components struct {
			Schemas struct {
				ProblemCode struct {
					Words []string `json:"x-extensible-enum"`
				}
			}
		}
	}
	if err := json.Unmarshal(c.beyond().get("/openapi.json").body, &contract); err != nil {
		t.Fatal(err)
	}
	codes := contract.Components.Schemas.ProblemCode.Words
	if len(codes) < 12 {
		t.Fatalf("problems are %q", codes)
	}
	for _, code := range codes {
		path := "/problems/" + code
		kind := ok[wire.ProblemKind](t, c.get(path))
		page := c.beyond().get(path+"?utm_source=x", "Accept", "text/html,*/*;q=0.8")
		text := string(page.body)
		if page.status != 200 || page.header.Get("Content-Type") != "text/html; charset=utf-8" || page.header.Get("Vary") == "" || !strings.Contains(text, "<h1>"+kind.Title+"</h1>") ||
			!strings.Contains(text, kind.Type) || !strings.Contains(text, `&#34;code&#34;: &#34;`+kind.Code+`&#34;`) || !strings.Contains(text, http.StatusText(kind.Status)) ||
			strings.Contains(text, `&#34;hint&#34;: &#34;&#34;`) || !regexp.MustCompile(`<h2>What to do</h2>\s*<p>[A-Z]`).MatchString(text) {
			t.Errorf("%s: %d %s", path, page.status, text)
		}
		harmless(t, path, page.body)
	}
}

// TestFilesForVisitors: what browsers and crawlers ask for by themselves is there.
func TestFilesForVisitors(t *testing.T) {
	c := newSeeded(t).beyond()
	icon := c.get("/favicon.ico")
	if icon.status != 200 || icon.header.Get("Content-Type") != "image/vnd.microsoft.icon" || !bytes.HasPrefix(icon.body, []byte{0, 0, 1, 0}) || icon.header.Get("ETag") == "" {
		t.Errorf("icon: %d %v", icon.status, icon.header)
	}
	robots := c.get("/robots.txt", "Host", "tested.example")
	if text := string(robots.body); robots.status != 200 || !strings.HasPrefix(robots.header.Get("Content-Type"), "text/plain") || strings.Contains(text, "Disallow") ||
		!strings.Contains(text, "User-agent: *\nAllow: /\n") || !strings.Contains(text, "\nSitemap: http://tested.example/sitemap.xml\n") {
		t.Errorf("robots: %d %s", robots.status, text)
	}
	if odd := string(c.get("/robots.txt", "Host", "a';x").body); strings.Contains(odd, "Sitemap") {
		t.Errorf("robots at no address: %s", odd)
	}
	var listed struct {
		Pages []string `xml:"url>loc"`
	}
	if err := xml.Unmarshal(c.get("/sitemap.xml").body, &listed); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/", "/products", "/technologies", "/compare", "/embed", "/docs", "/products/mi", "/products/mi/4.4.0", "/technologies/postgresql"} {
		if !slices.Contains(listed.Pages, c.base+path) {
			t.Errorf("the sitemap lacks %s", path)
		}
	}
	for _, address := range listed.Pages {
		if got := c.get(strings.TrimPrefix(address, c.base)); got.status != 200 {
			t.Errorf("the sitemap has %s, which is %d", address, got.status)
		}
	}
}
