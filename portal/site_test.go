package portal_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"github.com/testedon/testedon/internal/browser"
)

// site is a TestedOn server and, at another origin, pages that embed the element
// under a policy that allows nothing but the script and the server.
type site struct {
	*browser.Tab
	server  string // its address
	pages   string // their address
	allowed string // servers the pages may connect to
	policy  string // what they are allowed besides

	mu    sync.Mutex
	asked []string          // paths and queries that the server was asked
	html  map[string]string // the pages, by path
}

// newSite starts the servers and a browser, which keeps no answers: each question of an
// element is a request. The pages may connect to the other origins as well.
func newSite(t *testing.T, others ...string) *site {
	t.Helper()
	s := &site{html: map[string]string{}}
	s.server = start(t, s.noting(browser.Answering(t)))
	s.pages = start(t, s)
	s.allowed = strings.Join(append(others, s.server), " ")
	s.Tab = browser.New(t, append(others, s.server, s.pages)...)
	s.Do(t, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true})
		return err
	}))
	return s
}

func start(t *testing.T, handler http.Handler) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

// script is the source of the element.
func script(t *testing.T) string {
	t.Helper()
	source, err := os.ReadFile("widget/testedon.js")
	if err != nil {
		t.Fatal(err)
	}
	return string(source)
}

// noting keeps what the API is asked. It is asked by a stranger: without a cookie, and
// without word of the page.
func (s *site) noting(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/v1/") {
			s.mu.Lock()
			s.asked = append(s.asked, r.URL.RequestURI()+r.Header.Get("Cookie")+r.Header.Get("Referer"))
			s.mu.Unlock()
		}
		next.ServeHTTP(w, r)
	})
}

// questions gives what the API was asked since it was called last.
func (s *site) questions() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	asked := slices.Clone(s.asked)
	s.asked = nil
	return asked
}

// ServeHTTP sends a page.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	html, ok := s.html[r.URL.Path]
	s.mu.Unlock()
	if !ok {
		w.WriteHeader(http.StatusNoContent) // an icon
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Set-Cookie", "session=secret")
	w.Header().Set("Referrer-Policy", "unsafe-url")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; script-src "+s.server+
		"; connect-src "+s.allowed+s.policy+"; require-trusted-types-for 'script'; trusted-types 'none'")
	fmt.Fprint(w, html)
}

// open shows a page with the script and this within its body. In both, SERVER
// stands for the address of the server.
func (s *site) open(t *testing.T, tag, body string) {
	t.Helper()
	html := `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Support</title>
		<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">` + tag +
		`</head><body><main><h1>Support</h1>` + body + `</main></body></html>`
	s.mu.Lock()
	path := "/" + strconv.Itoa(len(s.html))
	s.html[path] = strings.ReplaceAll(html, "SERVER", s.server)
	s.mu.Unlock()
	s.Do(t, chromedp.Navigate(s.pages+path))
}

// tag loads the script as pages do.
const tag = `<script src="SERVER/embed/testedon.js" async></script>`

// Expressions about the first element of a page: what it shows, and whether there is
// an answer or a problem.
const (
	element = `document.querySelector("tested-on")`
	box     = element + `.shadowRoot.querySelector("[part=box]")`
	settled = element + `.answer || ` + element + `.shadowRoot?.querySelector("[part=problem]")`
)

// shown opens a page with an element and gives the text that people see, once there
// is an answer or a problem.
func (s *site) shown(t *testing.T, body string) string {
	t.Helper()
	s.open(t, tag, body)
	s.Wait(t, settled)
	return s.seen(t)
}

// seen is the visible text of the page and of its first element; runs of blanks are
// one.
func (s *site) seen(t *testing.T) string {
	t.Helper()
	text := browser.Eval[string](t, s.Tab, `[document.body, ...(`+element+`?.shadowRoot ? `+box+`.children : [])].
		filter((e) => e.checkVisibility()).map((e) => e.innerText).join(" ")`)
	return strings.Join(strings.Fields(text), " ")
}

// flawless reports whatever went wrong in the browser.
func (s *site) flawless(t *testing.T) {
	t.Helper()
	for _, fault := range s.Forget() {
		t.Error(fault)
	}
}

// has reports words that are missing from a text, and words after a "≠" that are
// not.
func has(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, word := range words {
		if unwanted, not := strings.CutPrefix(word, "≠"); strings.Contains(text, unwanted) == not {
			t.Errorf("want %q in %q", word, text)
		}
	}
}

// TestStale: a yes that nobody has checked for long is grey wherever it is shown, and says
// since when.
func TestStale(t *testing.T) {
	late := browser.AnsweringOn(t, browser.Day.AddDate(1, 0, 0))
	s := &site{html: map[string]string{}}
	s.server = start(t, s.noting(late))
	s.pages = start(t, s)
	s.allowed = s.server
	s.Tab = browser.New(t, s.server, s.pages)
	has(t, s.shown(t, `<tested-on product="mi" release="4.4.0" os="RHEL 9"></tested-on>`), "✓ Tested", "looked at on 2025-02-10", "it may have changed since.")
	if part := browser.Eval[bool](t, s.Tab, `!!(`+box+`.querySelector("[part~=stale].verdict"))`); !part {
		t.Error("the verdict of the element has its usual colour")
	}
	const query = "product=mi&release=4.4.0&os=RHEL+9"
	for path, want := range map[string][]string{
		"/?" + query:                     {`class="head stale"`, "Tested, page last looked at 2025-02-10"},
		"/embed/check?" + query:          {"testedon-stale", "Tested, page last looked at 2025-02-10"},
		"/embed/check.md?" + query:       {"Tested, page last looked at"},
		"/badge/mi/4.4.0.svg?os=RHEL+9":  {"tested, page of 2025-02-10", `fill="#55635f"`},
		"/badge/mi/4.4.0.json?os=RHEL+9": {`"color":"#55635f"`},
		"/v1/check?" + query:             {`"pass":true`, `"stale":[{"id":"wso2-mi-4.4.0-installation-prerequisites"`, `"confirmed":"2025-02-10"`},
	} {
		answer := httptest.NewRecorder()
		late.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, path, nil))
		for _, text := range want {
			if !strings.Contains(answer.Body.String(), text) {
				t.Errorf("%s lacks %q:\n%s", path, text, answer.Body)
			}
		}
	}
}
