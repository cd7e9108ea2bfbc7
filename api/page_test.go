package api_test

import (
	"bytes"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	unsafe "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"

	"github.com/testedon/testedon/api"
)

// mainPage is the page of a question that the small catalogue answers.
const mainPage = "/?product=mi&release=4.4.0&os=RHEL+9"

// pages are every kind of page, with a text that stands on it.
var pages = []struct {
	path   string
	status int
	text   string
}{
	{"/", 200, "Is your environment tested?"},
	{mainPage, 200, "Red Hat Enterprise Linux 9 is listed as tested"},
	{"/?product=mi&release=4.4.0&os=&jdk=&dbms=Postgres+16&require=compatible", 303, "/?product=mi&release=4.4.0&dbms=Postgres+16&require=compatible"},
	{"/?product=mi&release=4.4.0&dbms=Postgres+16&require=compatible", 200, "Not listed"},
	{"/?product=mi&release=4.4.0&dbms=Postgres+16", 200, "is tested — "}, // the nearest that is
	{"/?q=is+RHEL+9+tested+for+MI+4.4.0", 200, ">RHEL<small>technology</small>"},
	{"/?q=is+it", 400, "Which product?"},
	{"/?q=hello+there", 400, `<a href="/?q=hello&#43;there&#43;for`},
	{"/?product=mi", 200, "4.3.0"},
	{"/?product=nix", 404, "Unknown product"},
	{"/?product=mi&release=9&os=RHEL+9", 404, "Unknown release"},
	{"/?product=mx&release=4.4.0&os=RHEL+9", 404, `href="/?os=RHEL&#43;9&amp;product=mi&amp;release=4.4.0"`},
	{"/?product=mi&release=4.4.0&od=RHEL+9", 400, `href="/?os=RHEL&#43;9&amp;product=mi&amp;release=4.4.0"`},
	{"/?product=mi&product=ei&release=4.4.0&os=RHEL+9", 400, "more than once"},
	{"/products", 200, "WSO2 Enterprise Integrator"},
	{"/products/mi", 200, "Red Hat Enterprise Linux"},
	{"/products/mi?kind=dbms&q=postgres&release=4.4.0", 200, "PostgreSQL"},
	{"/products/mi?kind=disc", 400, "There is no kind"},
	{"/products/mi?release=4.4", 200, "PostgreSQL"},
	{"/products/mi?release=9", 404, "Unknown release"},
	{"/products/mi/?kind=dbms", 308, "/products/mi?kind=dbms"},
	{"/?product=mi&release=4.4.0", 200, "full matrix of"},
	{"/?product=mi&release=9", 404, "Unknown release"},
	{"/products/mi/4.4.0", 200, "Installation Prerequisites"},
	{"/products/ei/6.3.0", 200, "System requirements"},
	{"/products/odd/1%20&%202", 200, "Odd"},
	{"/products/micro", 404, "/products/mi"},
	{"/products/mi/4.4.1", 404, `href="/products/mi/4.4.0"`},
	{"/technologies/postgresq", 404, `href="/technologies/postgresql"`},
	{"/technologies", 200, "PostgreSQL"},
	{"/technologies?q=postgers", 200, "PostgreSQL"},
	{"/technologies/postgresql", 200, "Where it is listed"},
	{"/technologies/nothing", 404, "Not found"},
	{"/compare", 200, "Compare two releases"},
	{"/compare?product=mi&os=RHEL+9", 200, "Choose a product and two of its releases"},
	{"/compare?product=mi&from=4.3.0&to=4.4.0", 200, "Technologies: "},
	{"/compare?product=mi&from=4.4.0&to=4.3.0&os=RHEL+9", 200, "What breaks"},
	{"/compare?product=mi&from=4.3.0&to=4.4.0&os=RHEL+8", 200, "What did not pass before either"},
	{"/compare?product=mi&from=4.3.0&to=4.4.0&dbms=Postgres+17.2", 200, `href="/?product=mi&amp;release=4.4.0&amp;dbms=Postgres&#43;17.2"`},
	{"/compare?product=mi&from=4.4.0&to=4.4.0", 200, "lists the same as"},
	{"/sources", 200, "2 sources"},
	{"/sources?product=odd&sort=due", 200, "no address"},
	{"/sources?authority=official&q=prerequisits", 200, "1 source<"},
	{"/sources?overdue=soon", 400, "overdue"},
	{"/sources?product=mx", 404, `href="/sources?product=mi"`},
	{"/coverage", 200, "Listed as tested, and not exercised"},
	{"/coverage?product=ei", 200, `<option value="ei" selected>`},
	{"/coverage?product=nix", 404, "Unknown product"},
	{"/compare?product=mi&from=4.3.0&to=9", 404, "Unknown release"},
	{"/compare?product=mi&from=4.3.1&to=4.4.0", 404, `href="/compare?from=4.3.0&amp;product=mi&amp;to=4.4.0"`},
	{"/find", 200, "Say what you run on"},
	{"/find?os=RHEL+9", 200, "releases pass"},
	{"/find?os=RHEL+9&product=mi&product=ei", 200, "1 other release of WSO2 Micro Integrator<"},
	{"/find?os=RHEL+9&product=mi&from=1", 200, "4.3.0"},
	{"/find?os=Fubar+3&os=%3Cscript%3E", 200, "unresolved"},
	{"/find?os=RHEL+9&from=x", 400, "from"},
	{"/find?os=RHEL+9&product=nix", 404, "Unknown product"},
	{"/find?os=RHEL+9&require=best", 400, "require"},
	{"/find?os=RHEL+9&relese=1", 200, "Which releases"},
	{"/retest", 200, "What to test again"},
	{"/retest?within=99", 400, "within"},
	{"/retest?release=4.4.0", 400, "Name its product as well"},
	{"/retest?product=nix", 404, "Unknown product"},
	{"/products/mi/4.4.0/test-plan", 200, "environments cover every pair of values"},
	{"/products/mi/4.4.0/test-plan?strategy=each&kind=os", 200, "test-plan?kind=os&amp;strategy=each&amp;format=csv"},
	{"/products/mi/4.4.0/test-plan?strategy=best", 400, "strategy"},
	{"/products/mi/9/test-plan", 404, "Unknown release"},
	{"/products/odd/1%20&%202/test-plan", 200, "Test plan for Odd"},
	{"/embed", 200, "&lt;tested-on form&gt;"},
	{"/embed" + mainPage[1:], 200, "img.shields.io"},
	{"/embed?product=mi&release=9&os=RHEL+9", 404, "Unknown release"},
	{"/embed?product=mi&product=ei", 400, "more than once"},
	{"/embed/check" + mainPage[1:], 200, "Tested"},
	{"/embed/check?product=mi&release=4.4.0&os=RHEL+9&memory=1GB&deployment=ESB", 200, "<title>Tested, does not pass: "},
	{"/embed/check.html?product=mi&release=4.4.0&os=RHEL+9&dbms=", 400, "The value of dbms is empty"},
	{"/embed/check.html?product=mi&release=4.4.0&os=RHEL+9.4&require=tested,exact", 200, `testedon-conditional"><strong><span aria-hidden="true">▲</span> Tested, does not pass: Red Hat Enterprise Linux 9.4 · <`},
	{"/?product=mi&release=4.4.0&os=RHEL+9&memory=1GB&deployment=ESB", 200, `▲</span> Tested, does not pass:`},
	{"/embed/check?product=mi", 400, "The parameter release is missing"},
	{"/embed/check.html" + mainPage[1:], 200, "testedon-tested"},
	{"/embed/check.html?product=mi&release=4.4.0&dbms=Postgres+16", 200, `>PostgreSQL 16 → 17`},
	{"/paste", 200, "Read it"},
	{"/nowhere", 404, "Page not found"},
	{"/postgres/nowhere", 404, `name="q" type="search" value="postgres nowhere"`},
	{"/problems/unknown_release", 200, "What to do"},
	{"/problems/unknown_relase", 404, `href="/problems/unknown_release"`},
}

// TestPagesOfThePortal asks for every page, as a browser does.
func TestPagesOfThePortal(t *testing.T) {
	c := newServer(t).beyond()
	for _, page := range pages {
		got := c.get(page.path, "Accept", "text/html,*/*;q=0.8")
		if got.status != page.status || !strings.Contains(string(got.body)+got.header.Get("Location"), page.text) {
			t.Errorf("%s: %d, and not %d with %q in\n%s", page.path, got.status, page.status, page.text, got.body)
		}
		if got.status == http.StatusPermanentRedirect || got.status == http.StatusSeeOther {
			continue
		}
		if media := got.header.Get("Content-Type"); media != "text/html; charset=utf-8" {
			t.Errorf("%s is %s", page.path, media)
		}
		policy := got.header.Get("Content-Security-Policy")
		if !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") ||
			got.header.Get("X-Content-Type-Options") != "nosniff" || got.header.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%s: %v", page.path, got.header)
		}
		harmless(t, page.path, got.body)
		for _, class := range regexp.MustCompile(`class="([^"]*)"`).FindAllSubmatch(got.body, -1) {
			if strings.HasPrefix(page.path, "/embed/check") && slices.ContainsFunc(strings.Fields(string(class[1])), func(name string) bool { return !strings.HasPrefix(name, "testedon") }) {
				t.Errorf("%s: the class %s may be one of the page around it", page.path, class[1])
			}
		}
	}
	for path, current := range map[string]string{"/": "/", "/products/mi/4.4.0": "/products", "/products/nix": ""} {
		page := string(c.get(path, "Accept", "text/html").body)
		_, after, found := strings.Cut(page, `" aria-current="page"`)
		if before := strings.TrimSuffix(page, `" aria-current="page"`+after); found != (current != "") || !strings.HasSuffix(before, current) {
			t.Errorf("%s is not shown to belong to %q", path, current)
		}
	}
	if got := c.get("/v1/products/nix", "Accept", "text/html"); got.header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("the API answers with %s", got.header.Get("Content-Type"))
	}
}

// harmless reports a page that runs or loads what is not a file of this server.
func harmless(t *testing.T, path string, page []byte) {
	t.Helper()
	if bytes.Contains(page, []byte("ZgotmplZ")) {
		t.Errorf("%s has a value that only html/template keeps from doing harm: %s", path, page)
	}
	tree, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range tree.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if (n.Data == "script" || n.Data == "style") && n.FirstChild != nil {
			t.Errorf("%s has a %s inside: %s", path, n.Data, n.FirstChild.Data)
		}
		for _, a := range n.Attr {
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "srcdoc":
				t.Errorf("%s: <%s> has %s=%q", path, n.Data, a.Key, a.Val)
			case slices.Contains([]string{"href", "src", "action"}, a.Key) && !leadsSomewhere(a.Val):
				t.Errorf("%s: <%s> leads to %q", path, n.Data, a.Val)
			case a.Key == "src" && !strings.HasPrefix(a.Val, "/"):
				t.Errorf("%s loads %s", path, a.Val)
			}
		}
	}
}

func leadsSomewhere(address string) bool {
	u, err := url.Parse(address)
	return err == nil && slices.Contains([]string{"", "http", "https"}, u.Scheme)
}

// hostileTexts are what somebody may put into every parameter.
var hostileTexts = []string{`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `javascript:alert(1)`, `'-alert(1)-'`,
	"{{.}}", `</title><svg onload=alert(1)>`, "\u202e\u2028", strings.Repeat("<b>", 80), "%3Cscript%3E", "𝄞\uFFFD"}

// TestHostileTextsOnPages puts hostile texts into every parameter of every page: they
// come back as text, if at all.
func TestHostileTextsOnPages(t *testing.T) {
	c := newServer(t).beyond()
	for _, text := range hostileTexts {
		value := url.QueryEscape(text)
		for _, path := range []string{
			"/?q=" + value, "/?product=" + value, "/?product=mi&release=" + value + "&os=a", "/?product=mi&release=4.4.0&os=" + value,
			"/?product=mi&release=4.4.0&os=RHEL+9&require=" + value, "/?product=mi&release=4.4.0&memory=" + value, "/?" + value + "=1",
			"/products/" + url.PathEscape(text), "/products/mi/" + url.PathEscape(text), "/products/mi?q=" + value, "/products/mi?kind=" + value, "/products/mi?release=" + value,
			"/technologies?q=" + value, "/technologies/" + url.PathEscape(text), "/compare?product=" + value, "/compare?product=mi&from=" + value + "&to=4.4.0",
			"/compare?product=mi&from=4.3.0&to=4.4.0&os=" + value, "/sources?q=" + value, "/sources?authority=" + value, "/sources?sort=" + value, "/coverage?product=" + value,
			"/embed?product=mi&release=4.4.0&os=" + value, "/embed/check?product=mi&release=4.4.0&os=" + value, "/embed/check.html?product=" + value,
			"/embed/check?product=mi&release=" + value + "&os=RHEL+9", "/" + url.PathEscape(text),
		} {
			got := c.get(path, "Accept", "text/html")
			if got.status >= 500 {
				t.Errorf("%s: %d", path, got.status)
			}
			harmless(t, path, got.body)
		}
		svg := c.get("/badge/mi/4.4.0.svg?label=" + value + "&os=" + value)
		if svg.status != 200 || strings.Contains(string(svg.body), "<script") || strings.Contains(string(svg.body), "<b>") || strings.Contains(string(svg.body), "<img") {
			t.Errorf("badge with %q: %d %s", text, svg.status, svg.body)
		}
		harmlessMarkdown(t, "Markdown with "+text, c.get("/embed/check.md?product=mi&release=4.4.0&os="+value).body)
	}
	harmlessMarkdown(t, "Markdown of a hostile source", c.get("/embed/check.md?product=odd&release=1+%26+2&os=RHEL+9").body)
}

// harmlessMarkdown reports Markdown that becomes a page that is not harmless, where HTML
// within it is let through.
func harmlessMarkdown(t *testing.T, name string, markdown []byte) {
	t.Helper()
	var shown bytes.Buffer
	if err := goldmark.New(goldmark.WithRendererOptions(unsafe.WithUnsafe())).Convert(markdown, &shown); err != nil {
		t.Fatal(err)
	}
	harmless(t, name, shown.Bytes())
}

// references are what forges make a mention, a reference or a link of, wherever it stands
// in the text of a page, also where the Markdown before it was escaped.
var references = []string{"@octocat", "@org/team", `\@octocat`, "#1", `\#1`, "GH-1", "owner/repo#1", "owner/repo@0123456", "deadbeef", "0123456789abcdef0123456789abcdef01234567",
	"https://evil.example/a", "http://evil.example", "www.evil.example", "evil.example", "a@evil.example", "JIRA-12", "!1", "$1", "&1", "~bug", "%1", "^alert#1", ":tada:",
	"[a](https://evil.example)", "![a](https://evil.example/a.png)", "<https://evil.example>", "` @octocat `", "``@octocat", "RHEL 9 @octocat", "RHEL #9", "Postgres 17.2 fixes #1"}

var referring = regexp.MustCompile(`(?i)[@#!$%&~^/\\]|\pL\pN*-\pN|\pL\.[\pL\pN]|[0-9a-f]{7}|:\S`)

// TestMarkdownRefersToNothing: whatever is asked, and whatever the catalogue says, a forge
// makes nothing of the answer where it is pasted but the links that it has.
func TestMarkdownRefersToNothing(t *testing.T) {
	c := newServer(t).beyond()
	paths := []string{"?product=odd&release=1+%26+2&os=RHEL+9", mainPage[1:] + "&dbms=Postgres+16&jdk=Corretto+21"}
	for _, text := range references {
		value := url.QueryEscape(text)
		paths = append(paths, "?product=mi&release=4.4.0&os="+value, mainPage[1:]+"&dbms="+value, "?product="+value+"&release=1&os=a", "?product=mi&release="+value+"&os=a",
			mainPage[1:]+"&require="+value, mainPage[1:]+"&memory="+value, mainPage[1:]+"&os-"+value+"=RHEL+8", "?product=mi&release=4.4.0&os="+value+"&os=RHEL+9&jdk="+value)
	}
	for _, path := range paths {
		markdown := c.get("/embed/check.md" + path).body
		var page bytes.Buffer
		if err := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(unsafe.WithUnsafe())).Convert(markdown, &page); err != nil {
			t.Fatal(err)
		}
		tree, err := html.Parse(&page)
		if err != nil {
			t.Fatal(err)
		}
		for n := range tree.Descendants() {
			switch {
			case n.Type == html.TextNode && n.Parent.Data != "code" && referring.MatchString(strings.TrimSpace(n.Data)):
				t.Errorf("%s leaves %q of %q", path, referring.FindString(n.Data), n.Data)
			case n.Type == html.ElementNode && !slices.Contains([]string{"html", "head", "body", "p", "strong", "ul", "li", "code", "a"}, n.Data):
				t.Errorf("%s has a %s: %s", path, n.Data, markdown)
			}
			for _, a := range n.Attr {
				if a.Key != "href" || !strings.HasPrefix(a.Val, c.base+"/?") && a.Val != "https://example.com/prerequisites?a=1&b=2" {
					t.Errorf("%s: %s=%q", path, a.Key, a.Val)
				}
			}
		}
	}
}

// TestFrameAncestors says who may show an answer in a frame; pages nobody may.
func TestFrameAncestors(t *testing.T) {
	c := newServer(t).beyond()
	for path, want := range map[string]string{"/embed/check" + mainPage[1:]: "frame-ancestors *", mainPage: "frame-ancestors 'none'"} {
		if policy := c.get(path).header.Get("Content-Security-Policy"); !strings.Contains(policy, want) {
			t.Errorf("%s: %s", path, policy)
		}
	}
	some := serve(t, api.Options{Catalogue: newCatalogue(t), FrameAncestors: []string{"https://portal.example.com", "https://help.example.com"}}).beyond()
	if policy := some.get("/embed/check" + mainPage[1:]).header.Get("Content-Security-Policy"); !strings.HasSuffix(policy, "frame-ancestors https://portal.example.com https://help.example.com") {
		t.Error(policy)
	}
	if _, err := api.New(api.Options{Catalogue: newCatalogue(t), FrameAncestors: []string{"x; script-src *"}}); err == nil {
		t.Error("what is no origin may show frames")
	}
}

// TestPageETag keeps a page for whoever has it already.
func TestPageETag(t *testing.T) {
	c := newServer(t).beyond()
	got := c.get(mainPage)
	for _, path := range []string{mainPage, "/embed/testedon.js", "/embed/check.html" + mainPage[1:], "/badge/mi/4.4.0.svg?os=RHEL+9"} {
		first := c.get(path)
		again := c.get(path, "If-None-Match", first.header.Get("ETag"))
		if again.status != http.StatusNotModified || len(again.body) > 0 || again.header.Get("Cache-Control") != first.header.Get("Cache-Control") {
			t.Errorf("%s: %d, to be kept %q and then %q", path, again.status, first.header.Get("Cache-Control"), again.header.Get("Cache-Control"))
		}
	}
	if other := c.get(mainPage+"&jdk=Corretto+21", "If-None-Match", got.header.Get("ETag")); other.status != http.StatusOK {
		t.Errorf("another question is %d", other.status)
	}
	if same := c.get("/?os=RHEL+9&release=4.4&product=MI"); !strings.Contains(string(same.body), `<link rel="canonical" href="`+c.base+`/?product=mi&amp;release=4.4.0&amp;os=RHEL&#43;9">`) {
		t.Errorf("equal questions have two addresses: %s", same.body)
	}
	elsewhere := c.get(mainPage, "Host", "elsewhere.example", "If-None-Match", got.header.Get("ETag"))
	if elsewhere.status != http.StatusOK || !strings.Contains(string(elsewhere.body), "http://elsewhere.example/v1/check?product=mi") {
		t.Errorf("at another address it is %d", elsewhere.status)
	}
	if odd := c.get(mainPage, "Host", "a';reboot;'"); odd.status != http.StatusOK || strings.Contains(string(odd.body), "reboot") {
		t.Errorf("a line to paste runs what a stranger says: %d", odd.status)
	}
	for _, path := range []string{"/", "/embed/check", "/embed/check.html", "/embed/check.md"} {
		if missing := c.get(path + "?product=nix&release=1&os=a"); missing.header.Get("ETag") != "" || missing.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: a problem is kept: %v", path, missing.header)
		}
	}
}

// TestAssets serves the files of a page for ever.
func TestAssets(t *testing.T) {
	c := newServer(t).beyond()
	tree, err := html.Parse(strings.NewReader(string(c.get("/").body)))
	if err != nil {
		t.Fatal(err)
	}
	loaded, bytes := 0, 0
	for n := range tree.Descendants() {
		for _, a := range n.Attr {
			if !strings.HasPrefix(a.Val, "/assets/") {
				continue
			}
			got := c.get(a.Val)
			if got.status != 200 || !strings.Contains(got.header.Get("Cache-Control"), "immutable") {
				t.Errorf("%s: %d %v", a.Val, got.status, got.header)
			}
			loaded, bytes = loaded+1, bytes+len(got.body)
		}
	}
	if loaded < 3 || bytes == 0 {
		t.Errorf("%d files of %d bytes", loaded, bytes)
	}
}

// TestPaste sends texts as the form does: what is read is told, and what is wrong with them.
// Nothing of them is kept.
func TestPaste(t *testing.T) {
	c := newSeeded(t).beyond()
	send := func(texts ...string) response {
		body, media := formBody(t, texts...)
		return c.do(http.MethodPost, "/paste", body, "Content-Type", media, "Accept", "text/html")
	}
	for _, test := range []struct {
		texts  []string
		status int
		says   string
	}{
		{[]string{"Product Version: MI 4.4.0.12\nOS: RHEL 9"}, 200, `href="/?product=mi&amp;release=4.4.0&amp;os=rhel%3A9">Is that tested for WSO2 Micro Integrator 4.4.0?`},
		{[]string{"RHEL 9", "JDK: Corretto 21"}, 200, `href="/?os=rhel%3A9&amp;jdk=corretto%3A21">Choose a product`},
		{[]string{"<script>alert(1)</script>"}, 200, "<code>&lt;script&gt;alert(1)&lt;/script&gt;</code>"},
		{[]string{"MI 4.4.0", "MI 4.6.0", "RHEL 9"}, 200, `href="/?os=rhel%3A9">Choose a product`},
		{[]string{""}, 400, "There is no text"},
		{[]string{strings.Repeat("x", 1<<20+1)}, 413, "1 MiB in all"},
		{[]string{strings.Repeat("x", 3<<20)}, 413, "too large"},
	} {
		r := send(test.texts...)
		if r.status != test.status || !strings.Contains(string(r.body), test.says) {
			t.Errorf("%.60q: status %d, want %d and %q in %s", test.texts, r.status, test.status, test.says, r.body)
		}
		if r.header.Get("Cache-Control") != "no-store" || r.header.Get("Set-Cookie") != "" || r.header.Get("Content-Security-Policy") == "" {
			t.Errorf("%.60q: %v", test.texts, r.header)
		}
	}
	if r := c.do(http.MethodPost, "/paste", "text=a", "Content-Type", "application/x-www-form-urlencoded", "Accept", "text/html"); r.status != 415 {
		t.Errorf("another form: status %d", r.status)
	}
}
