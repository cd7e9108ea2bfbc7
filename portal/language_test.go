package portal_test

import (
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/net/html"

	"github.com/testedon/testedon/api"
	asked "github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/internal/browser"
	"github.com/testedon/testedon/internal/sample"
)

// furtherPages are states that no page of everyPage has.
var furtherPages = map[string]string{
	"changes": "/changes?product=mi&change=added", "breaks": "/compare?product=mi&from=4.1.0&to=4.4.0&os=RHEL+9&dbms=Postgres+17.2&jdk=JDK+8&fromAsOf=2025-01-01",
	"empty": "/compare", "pairs": "/compare?product=mi", "bar": "/?product=mi&release=4.4.0&os=RHEL+9&require=tested,exact,combination", "ended": "/?product=is&release=5.11.0&os=CentOS+7&jdk=JDK+8&dbms=MySQL+5.7",
	"due": "/sources?sort=due&overdue=2025-06-30", "gaps": "/coverage", "no product": "/products?q=zzzz", "no technology": "/technologies?q=zzzz", "some": "/products?q=micro", "generic": "/technologies/java", "known": "/?" + question + "&known=1",
	"listed": "/?q=which+databases+does+mi+4.4.0+support", "find": "/?q=which+releases+run+on+RHEL+9", "needs": "/?q=memory+of+mi+4.4.0", "differs": "/?q=compare+mi+4.3.0+and+4.4.0", "planned": "/?q=test+plan+for+mi+4.4.0", "which": "/?q=is+RHEL+9+tested",
	"html": "/embed/check.html?product=mi&release=4.4.0&os=RHEL+9&dbms=Postgres+16", "md": "/embed/check.md?product=mi&release=4.4.0&os=RHEL+9&dbms=Postgres+16", "badge": "/badge/mi/4.4.0.svg?os=RHEL+9", "listing": "/badge/mi/4.4.0.svg", "unread": "/?product=mi&release=4.4.0&os=RHEL+9&fubarz=3",
}

// beside are texts that no message says: the name of the service, formats and tools, ranges as the room
// version prints them, the names of HTTP, and an example of what is asked in words.
var beside = []string{"TestedOn", "Markdown", "HTML", "Excel", "CSV", "Atom", "to", "or", "before", "which releases run on RHEL 9", "404 Not Found", "goss", "Ansible", "Renovate"}

// TestLanguage: every page in a language of marked messages has nothing beside them that
// people read but the texts of the catalogue and of the question.
func TestLanguage(t *testing.T) {
	marked, err := sample.Catalogue(t).In(sample.Marked(t, "../message/en"))
	if err != nil {
		t.Fatal(err)
	}
	server, err := api.New(api.Options{Catalogue: api.Still{M: marked}, Logger: slog.New(slog.DiscardHandler), Now: func() time.Time { return browser.Day }})
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	texts(reflect.ValueOf(marked.Dataset()), known)
	for _, text := range append(beside, asked.NewView(marked, "").ExampleWords()) {
		known[bare(text)] = true
	}
	pages, held := maps.Clone(everyPage), 0
	maps.Copy(pages, furtherPages)
	for name, path := range pages {
		request := httptest.NewRequest(http.MethodGet, path, nil)
		request.Header.Set("Accept", "text/html")
		answer := httptest.NewRecorder()
		server.Handler().ServeHTTP(answer, request)
		page, err := html.Parse(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		r := reader{known: maps.Clone(known)}
		for _, word := range strings.Fields(bare(path)) { // the question stands on its page
			if unescaped, err := url.QueryUnescape(word); err == nil {
				r.known[unescaped] = true
			}
		}
		r.read(page)
		if held += r.held; r.open != 0 {
			t.Errorf("%s: the marks of messages do not match", name)
		}
		for _, text := range r.left {
			t.Errorf("%s says %q", name, text)
		}
	}
	if held < 5000 {
		t.Errorf("only %d messages are held", held)
	}
}

// texts takes every text of a value that is no member of a closed set, and the words of names
// that are written together with others.
func texts(v reflect.Value, all map[string]bool) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			texts(v.Elem(), all)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			texts(v.Field(i), all)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			texts(v.Index(i), all)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			texts(v.MapIndex(key), all)
		}
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			all[bare(v.String())] = true
		}
	}
}

// bare is a text without what stands around and between its words.
func bare(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// unread are the elements with what other rooms print: scripts, code, and samples of files.
var unread = []string{"script", "style", "code", "textarea", "pre"}

// told reports whether an element has a problem, which the API tells.
func told(a html.Attribute) bool {
	return a.Key == "class" && (a.Val == "problem" || a.Val == "advisory") || a.Key == "role" && a.Val == "alert"
}

// reader reads a page in its order.
type reader struct {
	known      map[string]bool
	open, held int // marks of messages
	left       []string
}

func (r *reader) read(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		r.open = r.hold(n.Data, r.open)
	case n.Type == html.ElementNode && (slices.Contains(unread, n.Data) || slices.ContainsFunc(n.Attr, told)):
		return
	}
	for _, a := range n.Attr {
		if slices.Contains([]string{"aria-label", "title", "alt", "placeholder"}, a.Key) {
			r.hold(a.Val, 0)
		}
	}
	for child := range n.ChildNodes() {
		r.read(child)
	}
}

// hold takes what of a text stands beside messages and is not known; so many of them are open
// before it.
func (r *reader) hold(text string, open int) int {
	var beside strings.Builder
	for _, c := range text {
		switch {
		case c == '⟦':
			open, r.held = open+1, r.held+1
		case c == '⟧':
			open--
		case open == 0:
			beside.WriteRune(c)
		}
	}
	words := strings.Fields(bare(beside.String()))
	for len(words) > 0 {
		n := len(words)
		for n > 0 && !r.known[strings.Join(words[:n], " ")] {
			n--
		}
		if n == 0 && strings.ContainsFunc(words[0], unicode.IsLetter) {
			r.left = append(r.left, strings.TrimSpace(text))
			break
		}
		words = words[max(n, 1):]
	}
	return open
}
