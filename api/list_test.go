package api_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
)

// samples fill the parameters of a path, or stand for one that needs more than that.
var samples = map[string]string{
	":product": "ei", ":release": "6.3.0", ":technology": "rhel", ":source": "page",
	"/v1/check": the, "/v1/ask": "/v1/ask?q=RHEL+9+mi", "/v1/find": "/v1/find?os=RHEL+9", "/v1/search": "/v1/search?q=o",
	"/v1/retest":  "/v1/retest?within=10y",
	"/v1/compare": "/v1/compare?product=mi&from=4.3.0&to=4.4.0",
}

// noLists are the answers with items that are no lists to be paged, and why.
var noLists = map[string]string{
	"/v1/find": "the best of a ranking, as many as are asked for",
	"/v1/products/:product/releases/:release/test-plan": "a plan is one whole: a part of it covers nothing",
	"/v1/schema": "the files of the program, not of the catalogue",
}

// listPaths gives the address of every list, filled with samples, from the table of
// routes: whatever answers with items is a list, unless it is known to be none.
func listPaths(t testing.TB, c *client) []string {
	t.Helper()
	server, err := api.New(api.Options{Catalogue: newCatalogue(t), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	var lists []string
	for _, route := range server.Paths() {
		if strings.HasPrefix(route[strings.LastIndex(route, "/")+1:], ":") || route == "/v1/snapshot" || route == "/v1/products/:product/export" {
			continue // one thing by its name, and files
		}
		path, ok := samples[route]
		if !ok {
			path = filled(route)
		}
		got := c.get(path)
		var body map[string]json.RawMessage
		if got.status != http.StatusOK || json.Unmarshal(got.body, &body) != nil {
			t.Fatalf("%s: the sample %s gives %d: %s", route, path, got.status, got.body)
		}
		if body["items"] != nil && noLists[route] == "" {
			lists = append(lists, path)
		}
	}
	if len(lists) < 12 {
		t.Fatalf("only %d lists: %v", len(lists), lists)
	}
	return lists
}

// filled puts samples in the place of the parameters of a path.
func filled(route string) string {
	parts := strings.Split(route, "/")
	for i, part := range parts {
		if sample, ok := samples[part]; ok {
			parts[i] = sample
		}
	}
	return strings.Join(parts, "/")
}

// sheet is a page of any list.
type sheet struct {
	Total int               `json:"total"`
	Items []json.RawMessage `json:"items"`
	links map[string]string
}

// sheet gets a page of a list.
func (c *client) sheet(path string) sheet {
	c.t.Helper()
	got := c.get(path)
	if got.status != http.StatusOK {
		c.t.Fatalf("%s: %d %s", path, got.status, got.body)
	}
	var s sheet
	if err := json.Unmarshal(got.body, &s); err != nil || s.Items == nil {
		c.t.Fatalf("%s: %v in %s", path, err, got.body)
	}
	s.links = links(c.t, got)
	return s
}

var oneLink = regexp.MustCompile(`^<([^<>]*)>; rel="([a-z-]+)"$`)

// links reads the header, which must be one line; it leads to the contract always.
func links(t testing.TB, r response) map[string]string {
	t.Helper()
	found := map[string]string{}
	if lines := r.header.Values("Link"); len(lines) != 1 {
		t.Fatalf("%d lines of links", len(lines))
	}
	for link := range strings.SplitSeq(r.header.Get("Link"), ", ") {
		match := oneLink.FindStringSubmatch(link)
		if match == nil || found[match[2]] != "" {
			t.Fatalf("Link %s", r.header.Get("Link"))
		}
		found[match[2]] = match[1]
	}
	if found["service-desc"] != "/openapi.json" || found["service-doc"] != "/docs" {
		t.Fatalf("Link %s", r.header.Get("Link"))
	}
	return found
}

// with adds a parameter to an address.
func with(path, name, value string) string {
	sign := "?"
	if strings.Contains(path, "?") {
		sign = "&"
	}
	return path + sign + name + "=" + url.QueryEscape(value)
}

// walk goes through a list forward and back again, so many items a page, and gives all
// of them.
func walk(t *testing.T, c *client, path string, limit int) []string {
	t.Helper()
	var forward [][]string
	page := c.sheet(with(path, "limit", fmt.Sprint(limit)))
	total, first := page.Total, page.links["first"]+page.links["prev"]
	if first != "" {
		t.Errorf("%s: the first page leads to %s", path, first)
	}
	for {
		if len(page.Items) > limit || page.Total != total || len(forward) > total {
			t.Fatalf("%s: page %d has %d items of %d, and %d were told", path, len(forward), len(page.Items), page.Total, total)
		}
		forward = append(forward, texts(page.Items))
		if page.links["next"] == "" {
			break
		}
		page = c.sheet(page.links["next"])
	}
	for at := len(forward) - 2; at >= 0; at-- {
		if page = c.sheet(page.links["prev"]); !slices.Equal(texts(page.Items), forward[at]) {
			t.Fatalf("%s: page %d is %s on the way back, not %s", path, at, page.Items, forward[at])
		}
	}
	if page.links["prev"] != "" {
		t.Errorf("%s: before the first page is %s", path, page.links["prev"])
	}
	return slices.Concat(forward...)
}

func texts(items []json.RawMessage) []string {
	all := make([]string, len(items))
	for i, item := range items {
		all[i] = string(item)
	}
	return all
}

// TestLists goes through every list item by item, in every order, up and down.
func TestLists(t *testing.T) {
	c := serveFacts(t, changing())
	for _, path := range listPaths(t, c) {
		t.Run(path, func(t *testing.T) {
			whole := c.sheet(with(path, "limit", "1000"))
			if len(whole.Items) != whole.Total || len(whole.Items) == 0 || whole.links["next"] != "" {
				t.Fatalf("%d items of %d: %v", len(whole.Items), whole.Total, whole.links)
			}
			for _, limit := range []int{1, 2} {
				if got := walk(t, c, path, limit); !slices.Equal(got, texts(whole.Items)) {
					t.Errorf("%d a page: %s\nand at once %s", limit, got, whole.Items)
				}
			}
			usual := slices.Sorted(slices.Values(texts(whole.Items)))
			for up, down := range sorts(t, c, path) {
				rising, falling := walk(t, c, with(path, "sort", up), 2), walk(t, c, with(path, "sort", down), 3)
				slices.Reverse(falling)
				if !slices.Equal(rising, falling) {
					t.Errorf("%s: %s\nand %s turned round: %s", up, rising, down, falling)
				}
				if slices.Sort(rising); !slices.Equal(rising, usual) {
					t.Errorf("%s has other items: %s", up, rising)
				}
			}
		})
	}
}

// sorts asks a list by what it can be sorted, up and down.
func sorts(t *testing.T, c *client, path string) map[string]string {
	t.Helper()
	refused := into[wire.Problem](t, c.get(with(path, "sort", "xyzzy")))
	_, told, ok := strings.Cut(strings.TrimSuffix(refused.Hint, "."), "Use one of ")
	if !ok || refused.Field != "sort" {
		t.Fatalf("%+v", refused)
	}
	found, all := map[string]string{}, strings.Split(told, ", ")
	for i := 0; i+1 < len(all); i += 2 {
		found[all[i]] = all[i+1]
	}
	return found
}

// TestListsByHead compares HEAD with GET, links among it.
func TestListsByHead(t *testing.T) {
	c := newServer(t)
	for _, path := range listPaths(t, c) {
		path = with(path, "limit", "1")
		get, head := c.get(path), c.do(http.MethodHead, path, "")
		if head.status != http.StatusOK || len(head.body) != 0 || head.header.Get("Link") != get.header.Get("Link") || head.header.Get("ETag") != get.header.Get("ETag") {
			t.Errorf("%s: %d %v, not %v", path, head.status, head.header, get.header)
		}
		again := c.get(path, "If-None-Match", get.header.Get("ETag"))
		if again.status != http.StatusNotModified {
			t.Errorf("%s: %d", path, again.status)
		}
	}
}

// TestReleaseIsToldWhole: what is stated of one release comes on one page, however much
// it is, unless pages are asked for.
func TestReleaseIsToldWhole(t *testing.T) {
	ds := dataset(1)
	for i := range 40 {
		ds.Ports = append(ds.Ports, fact.Port{ID: fmt.Sprintf("ei/more/%02d", i), Scope: fact.Scope{Product: "ei"}, Name: fmt.Sprintf("more-%02d", i),
			Number: 20_000 + 100*i, Purpose: "More", Citation: ds.Claims[0].Citation})
	}
	c := serveFacts(t, ds)
	path := ei + "ports?" + strings.TrimSuffix(strings.Repeat("offset=1&", 32), "&")
	whole := c.sheet(path)
	if len(whole.Items) <= 1000 || len(whole.Items) != whole.Total || whole.links["next"] != "" {
		t.Errorf("%d of %d, then %s", len(whole.Items), whole.Total, whole.links["next"])
	}
	if got := walk(t, c, path, 500); !slices.Equal(got, texts(whole.Items)) {
		t.Errorf("the pages have %d items", len(got))
	}
}
