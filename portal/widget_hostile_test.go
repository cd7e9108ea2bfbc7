package portal_test

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/internal/browser"
)

// markup is what a text must not become.
const markup = `<img src=x onerror=alert(1)><script>alert(2)</script>"'&amp;{{7*7}}`

// bad are servers that are none of ours, by the first part of their path: the status
// and the body of their answers.
var bad = map[string]struct {
	status int
	body   string
}{
	"html":        {200, "<!doctype html><h1>Welcome</h1>"},
	"broken":      {500, "<h1>Internal Server Error</h1>"},
	"stranger":    {500, `{"error":"no"}`},
	"empty":       {200, ""},
	"silent":      {204, ""},
	"null":        {200, "null"},
	"list":        {200, "[]"},
	"text":        {200, `"tested"`},
	"number":      {200, "7"},
	"object":      {200, "{}"},
	"listed":      {200, `{"verdict":["tested"],"summary":"x"}`},
	"constructor": {200, `{"verdict":"constructor","summary":"x"}`},
	"prototype":   {200, `{"__proto__":{"verdict":"tested"},"summary":"x"}`},
	"large":       {200, `{"verdict":"tested","summary":"` + strings.Repeat("x", 5<<20) + `"}`},
	"cut":         {200, `{"verdict":"tested","summary":"`},
}

// badServer serves bad; besides, "redirect" leads to another server, "gone" closes the
// connection, and "alone" lets no page of another origin read its answer.
func badServer(t *testing.T, other string) string {
	t.Helper()
	return start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, rest, _ := strings.Cut(r.URL.Path[1:], "/")
		if name != "alone" {
			w.Header().Set("Access-Control-Allow-Origin", "*")
		}
		switch name {
		case "redirect":
			http.Redirect(w, r, other+"/"+rest+"?"+r.URL.RawQuery, http.StatusFound)
		case "gone":
			panic(http.ErrAbortHandler)
		default:
			w.Header().Set("Content-Type", "application/json")
			answer := bad[name]
			w.WriteHeader(max(answer.status, http.StatusOK))
			fmt.Fprint(w, answer.body)
		}
	}))
}

// TestWidgetStrangers: where no TestedOn server answers, what stands within the element
// stays, and the problem is said.
func TestWidgetStrangers(t *testing.T) {
	good := start(t, browser.Answering(t))
	fake := badServer(t, good)
	s := newSite(t, good, fake)
	const foreign, away = "does not answer as TestedOn does.", "cannot be reached."
	want := map[string]string{"redirect": away, "gone": away, "alone": away}
	for name := range bad {
		want[name] = foreign
	}
	for name, detail := range want {
		t.Run(name, func(t *testing.T) {
			for _, attributes := range []string{`product="mi" release="4.4.0" os="RHEL 9"`, `q="is RHEL 9 tested"`} {
				has(t, s.shown(t, `<tested-on server="`+fake+`/`+name+`" `+attributes+`>`+fallback+`</tested-on>`),
					fallback, detail, "Ask again", "≠✓")
			}
		})
	}
	s.CheckAccess(t)
	t.Run("forbidden", func(t *testing.T) {
		has(t, s.shown(t, `<tested-on server="http://elsewhere.invalid" product="mi">`+fallback+`</tested-on>`), fallback, away, "whether this page may connect to it")
	})
	t.Run("down", func(t *testing.T) {
		has(t, s.shown(t, `<tested-on server="http://`+unused(t)+`" product="mi">`+fallback+`</tested-on>`), fallback, away)
	})
	t.Run("no script", func(t *testing.T) {
		s.open(t, `<script src="SERVER/embed/none/such.js" async></script>`, main)
		has(t, s.seen(t), fallback)
	})
	t.Run("no server", func(t *testing.T) { // as in a bundle
		s.open(t, `<script src="SERVER/embed/x/y/testedon.js" async></script>`, "")
		browser.Eval[bool](t, s.Tab, script(t)+`; {
			const made = document.createElement("tested-on");
			made.append(`+"`"+fallback+"`"+`);
			document.body.append(made);
		} true`)
		s.Wait(t, settled)
		has(t, s.seen(t), fallback, "The attribute server is missing.")
		browser.Eval[bool](t, s.Tab, `(() => {
			for (const [name, value] of Object.entries({ server: "`+good+`", product: "mi", release: "4.4.0", os: "RHEL 9" })) `+element+`.setAttribute(name, value);
			return true;
		})()`)
		s.Wait(t, element+`.answer`)
		has(t, s.seen(t), "✓ Tested", "≠"+fallback)
	})
}

// unused is an address at which nothing listens.
func unused(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// saying serves one answer to every question.
func saying(t *testing.T, answer any) string {
	t.Helper()
	body, err := json.Marshal(answer)
	if err != nil {
		t.Fatal(err)
	}
	return start(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Write(body)
	}))
}

// spoil puts markup in place of every text of an answer, but for the words that
// choose what is drawn.
func spoil(value any) any {
	switch value := value.(type) {
	case string:
		return markup
	case []any:
		for i := range value {
			value[i] = spoil(value[i])
		}
	case map[string]any:
		for key, inner := range value {
			switch {
			case key == "url" || key == "policy":
				value[key] = "javascript:alert(3)"
			case !slices.Contains([]string{"verdict", "state", "authority"}, key):
				value[key] = spoil(inner)
			}
		}
	}
	return value
}

// TestWidgetMarkup: every text of an answer is shown as text, whatever it holds.
func TestWidgetMarkup(t *testing.T) {
	recorded := httptest.NewRecorder()
	browser.Answering(t).ServeHTTP(recorded, httptest.NewRequest(http.MethodGet,
		"/v1/check?product=ei&release=6.3.0&directory=ApacheDS&os=Foobar&jdk=Oracle+JDK+1.8&dbms=Postgres&memory=1GB", nil))
	var answer map[string]any
	if err := json.Unmarshal(recorded.Body.Bytes(), &answer); err != nil {
		t.Fatal(err)
	}
	checking := saying(t, spoil(answer))
	undecided := saying(t, map[string]any{"summary": markup, "understood": map[string]any{"tokens": []any{}, "ambiguous": []any{
		5, map[string]any{"text": markup, "readings": []any{nil, map[string]any{"name": markup, "text": markup}}}}}})
	wrong := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.WriteHeader(http.StatusBadRequest)
		json.NewEncoder(w).Encode(map[string]any{"detail": markup, "hint": []any{markup}, "code": 7, "field": map[string]any{}, "candidates": markup, "status": "x", "choices": "xyz"})
	}))
	t.Cleanup(wrong.Close)
	matrix := saying(t, map[string]any{
		"items": []any{nil, map[string]any{"version": markup, "aliases": "x", "id": markup}},
		"kinds": []any{nil, map[string]any{"kind": markup, "name": markup, "listed": []any{3, map[string]any{"label": markup}}}},
	})
	s := newSite(t, checking, undecided, wrong.URL, matrix)
	for name, body := range map[string]string{
		"answer":  `<tested-on open server="` + checking + `" product="ei">`,
		"reading": `<tested-on open server="` + undecided + `" q="x">`,
		"problem": `<tested-on open server="` + wrong.URL + `" product="ei">`,
		"form":    `<tested-on open form server="` + matrix + `" product="ei" os='` + strings.ReplaceAll(markup, "'", "&apos;") + `'>`,
	} {
		t.Run(name, func(t *testing.T) {
			s.open(t, tag, body+`</tested-on>`)
			s.Wait(t, settled+` || `+element+`.shadowRoot?.querySelector("form:not([hidden])")`)
			has(t, browser.Eval[string](t, s.Tab, box+`.textContent`), markup)
			drawn := browser.Eval[[]string](t, s.Tab, `[...new Set([...`+element+`.shadowRoot.querySelectorAll("*")].map((e) => e.localName))]`)
			for _, name := range drawn {
				if !slices.Contains(tags, name) {
					t.Errorf("an element %s is drawn", name)
				}
			}
			for _, url := range s.links(t, "a") {
				if !strings.HasPrefix(url, "http://") {
					t.Errorf("a link leads to %s", url)
				}
			}
			for _, fault := range s.Forget() {
				has(t, fault, "status of 400")
			}
		})
	}
}

// tags are the elements that the script draws.
var tags = []string{"slot", "div", "form", "label", "span", "input", "select", "option", "datalist", "button",
	"p", "strong", "em", "details", "summary", "ul", "li", "q", "cite", "a"}

// TestWidgetLinks: only what leads to a page becomes a link.
func TestWidgetLinks(t *testing.T) {
	listed := []any{}
	for _, url := range []any{"https://a.example/?b=<c>#d", "http://e.example/", "javascript:alert(1)", " JavaScript:alert(1)", "java\nscript:alert(1)",
		"data:text/html,x", "vbscript:x", "file:///etc/passwd", "blob:https://a.example/1", "//f.example/", "/g", "h", "", nil, 7, []any{"https://i.example/"}} {
		listed = append(listed, map[string]any{"source": map[string]any{"title": fmt.Sprint("title ", url), "url": url}})
	}
	fake := saying(t, map[string]any{"verdict": "tested", "summary": "x", "components": []any{map[string]any{"name": "y", "verdict": "tested", "listed": listed}}})
	s := newSite(t, fake)
	has(t, s.shown(t, `<tested-on open server="`+fake+`" product="mi"></tested-on>`), "title file:///etc/passwd", "title <nil>")
	if links := s.links(t, "[part=source] a"); !slices.Equal(links, []string{"https://a.example/?b=%3Cc%3E#d", "http://e.example/"}) {
		t.Errorf("links lead to %q", links)
	}
	if rel := browser.Eval[bool](t, s.Tab, `[...`+box+`.querySelectorAll("a")].every((a) => a.rel === "noopener noreferrer")`); !rel {
		t.Error("a link tells where it comes from")
	}
	s.flawless(t)
}

// TestWidgetSupport: what does not pass leads to the support of the product, and nowhere else.
func TestWidgetSupport(t *testing.T) {
	for address, want := range map[string]string{
		"https://support.example/new?subject=a%20%22b": "https://support.example/new?subject=a%20%22b",
		"mailto:help@example.com?subject=a":            "mailto:help@example.com?subject=a",
		"javascript:alert(1)":                          "",
		"data:text/html,x":                             "",
	} {
		fake := saying(t, map[string]any{"verdict": "not_listed", "support_url": address})
		s := newSite(t, fake)
		s.shown(t, `<tested-on server="`+fake+`" product="mi"></tested-on>`)
		links := s.links(t, "[part=footer] a")
		if got := strings.Join(links[1:], " "); got != want {
			t.Errorf("%s leads to %q", address, got)
		}
		s.flawless(t)
	}
}

// TestWidgetTypes: an answer in which nothing but the verdict has its type is shown as
// far as it goes, and one that is far too long is cut.
func TestWidgetTypes(t *testing.T) {
	many := make([]any, 1000)
	for i := range many {
		many[i] = map[string]any{"name": i, "verdict": "tested"}
	}
	for name, c := range map[string]struct {
		answer map[string]any
		want   []string
	}{
		"wrong": {map[string]any{"verdict": "tested", "summary": map[string]any{"a": 1}, "components": map[string]any{"length": 3},
			"advisories": []any{nil, 7, "x", []any{}}, "moves": []any{[]any{}}, "unchecked": "no", "catalogue": "x", "resources": []any{1}}, []string{"▲ Tested, does not pass"}},
		"inner": {map[string]any{"verdict": "incompatible", "summary": 7, "provisional": "yes", "catalogue": nil, "components": []any{nil, map[string]any{
			"listed": 5, "nearest": []any{nil, "x"}, "lifecycle": "x", "candidates": map[string]any{}, "name": []any{}, "asked": 9, "verdict": "nope", "why": 3, "via": 4}}},
			[]string{"✗ Incompatible", "3", "9: nope", "≠provisional", "≠✓"}},
		"many": {map[string]any{"verdict": "tested", "summary": "x", "components": many}, []string{"✓ 49 and 950 more", "49: tested and 950 more", "≠✓ 50"}},
	} {
		t.Run(name, func(t *testing.T) {
			fake := saying(t, c.answer)
			s := newSite(t, fake)
			has(t, s.shown(t, `<tested-on open server="`+fake+`" product="mi"></tested-on>`), c.want...)
			s.flawless(t)
		})
	}
}
