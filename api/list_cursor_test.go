package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
)

// next gives the cursor of the page after the one at path.
func next(t *testing.T, c *client, path string) string {
	t.Helper()
	link, err := url.Parse(c.sheet(path).links["next"])
	if err != nil || link.Query().Get("cursor") == "" {
		t.Fatalf("%s: no next page (%v)", path, err)
	}
	return link.Query().Get("cursor")
}

// TestForeignCursors sends a cursor to every list and choice but its own, and damaged.
func TestForeignCursors(t *testing.T) {
	c := newServer(t)
	const own = "/v1/technologies?kind=os&limit=1"
	cursor := next(t, c, own)
	if got := c.get(with("/v1/technologies?limit=1000&kind=os", "cursor", cursor)); got.status != http.StatusOK {
		t.Errorf("another limit: %d %s", got.status, got.body)
	}
	foreign := bad{"foreign", "", "", 400, "invalid", "cursor", "same sort and filters", ""}
	for _, path := range []string{
		"/v1/technologies", "/v1/technologies?kind=jdk", "/v1/technologies?kind=os&kind=jdk", "/v1/technologies?kind=os&q=r",
		"/v1/technologies?kind=os&sort=-id", "/v1/technologies?kind=os&sort=name", "/v1/products", "/v1/claims?kind=os",
	} {
		foreign.verify(t, c.get(with(path, "cursor", cursor)))
	}
	damaged := bad{"damaged", "", "", 400, "invalid", "cursor", "Link header", ""}
	for i := range cursor {
		for _, sign := range []string{"", "A", "b", "=", "-", "+"} {
			if changed := cursor[:i] + sign + cursor[i+1:]; changed != cursor {
				damaged.verify(t, c.get(with(own, "cursor", changed)))
			}
		}
	}
	for _, changed := range []string{cursor + "A", cursor + "=", cursor + "\n", cursor[:4] + "\r" + cursor[4:], cursor + cursor, " " + cursor, strings.ToUpper(cursor)} {
		damaged.verify(t, c.get(with(own, "cursor", changed)))
	}
}

// sourced is the catalogue of these tests with further sources.
func sourced(ids ...string) *fact.Dataset {
	ds := dataset(1)
	for _, id := range ids {
		ds.Sources = append(ds.Sources, fact.Source{ID: id, Title: "Title " + id, Authority: fact.Site})
	}
	return ds
}

// ids gives those of the items of a page.
func ids(t *testing.T, s sheet) string {
	t.Helper()
	var all []string
	for _, item := range s.Items {
		var one struct{ ID string }
		if err := json.Unmarshal(item, &one); err != nil {
			t.Fatal(err)
		}
		all = append(all, one.ID)
	}
	return strings.Join(all, " ")
}

// TestCursorsOutliveFacts follows links into a later catalogue, in which the items that
// they were made of are gone, and others came before and behind.
func TestCursorsOutliveFacts(t *testing.T) {
	facts := newCatalogue(t)
	c := serve(t, api.Options{Catalogue: facts})
	for path, want := range map[string][3]string{ // the first page before, the next one and the one before it after
		"/v1/sources?limit=2":             {"b d", "e f", "a b"},
		"/v1/sources?limit=3&sort=-id":    {"page hostile h", "f e b", "page i hostile"},
		"/v1/sources?limit=4&sort=title":  {"hostile page b d", "e f i", "hostile page a b"},
		"/v1/sources?limit=1&sort=-title": {"h", "f", "i"},
		"/v1/sources?limit=1&q=title":     {"b", "e", "b"},
	} {
		facts.matrix.Store(build(t, sourced("b", "d", "f", "h")))
		first := c.sheet(path)
		if want[0] == "b" {
			first = c.sheet(first.links["next"])
			want[0] = "d"
		}
		facts.matrix.Store(build(t, sourced("a", "b", "e", "f", "i")))
		second := c.sheet(first.links["next"])
		back := c.sheet(second.links["prev"])
		if got := [3]string{ids(t, first), ids(t, second), ids(t, back)}; got != want {
			t.Errorf("%s: %q, not %q", path, got, want)
		}
	}
}

// TestCursorBeyondTheEnd follows a link to where nothing is left.
func TestCursorBeyondTheEnd(t *testing.T) {
	facts := newCatalogue(t)
	facts.matrix.Store(build(t, sourced("x", "y", "z")))
	c := serve(t, api.Options{Catalogue: facts})
	link := c.sheet("/v1/sources?limit=4").links["next"]
	facts.matrix.Store(build(t, sourced()))
	rest := c.sheet(link)
	if len(rest.Items) != 0 || rest.Total != 2 || rest.links["next"] != "" || rest.links["first"] != "/v1/sources?limit=4" {
		t.Errorf("%+v", rest)
	}
}

// TestVersionsInOrder sorts releases as people count.
func TestVersionsInOrder(t *testing.T) {
	want := []string{"latest", "2.0", "4.4", "4.4.0-beta", "4.4.0", "4.4.0.1", "4.9.0", "4.10.0", "4.010.1", "10.0.0"}
	ds := dataset(1)
	for _, version := range want {
		ds.Releases = append(ds.Releases, fact.Release{Product: "ei", Version: version})
	}
	c := serveFacts(t, ds)
	for path, down := range map[string]bool{"/v1/products/ei/releases?sort=version": false, "/v1/products/ei/releases": true, "/v1/releases?product=ei": true} {
		got := []string{}
		for _, item := range walk(t, c, path, 3) {
			var one api.Release
			if err := json.Unmarshal([]byte(item), &one); err != nil {
				t.Fatal(err)
			}
			if one.Version != "6.3.0" {
				got = append(got, one.Version)
			}
		}
		if down {
			slices.Reverse(got)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v", path, got)
		}
	}
}

// TestLongNames sorts names that are alike for longer than an order looks.
func TestLongNames(t *testing.T) {
	ds := dataset(1)
	for _, id := range []string{"x1", "x2", "x3"} {
		ds.Sources = append(ds.Sources, fact.Source{ID: id, Title: strings.Repeat("Zürich 𝄞", 500) + id, Authority: fact.Site})
	}
	ds.Sources = append(ds.Sources, fact.Source{ID: strings.Repeat("x", 1000), Title: "zzz", Authority: fact.Site})
	c := serveFacts(t, ds)
	for _, path := range []string{"/v1/sources", "/v1/sources?sort=title", "/v1/sources?sort=-title"} {
		if got := walk(t, c, path, 1); len(got) != 6 {
			t.Errorf("%s: %d items", path, len(got))
		}
	}
}

// TestManyChoices asks for more choices than are kept, many at a time.
func TestManyChoices(t *testing.T) {
	c := newServer(t)
	var all sync.WaitGroup
	for worker := range 4 {
		all.Go(func() {
			for i := range 260 {
				path := fmt.Sprintf("/v1/technologies?kind=os&sort=%s&search=%d", []string{"id", "-id", "name", "-kind"}[worker], i)
				if got := c.beyond().sheet(path); got.Total != 0 {
					t.Errorf("%s: %d", path, got.Total)
				}
			}
		})
	}
	all.Wait()
	if got := c.sheet("/v1/technologies?kind=os"); ids(t, got) != "almalinux rhel" {
		t.Errorf("%s", got.Items)
	}
}

// cursorText writes a cursor.
func cursorText(value, key string, before bool, scope uint64) string {
	return wire.Cursor{Spot: wire.Spot{Value: value, Key: key}, Before: before}.Text(wire.Fingerprint(scope))
}

// parseCursor reads one.
func parseCursor(text string) (value, key string, before bool, scope uint64, ok bool) {
	c, bound, ok := wire.ParseCursor(text)
	return c.Value, c.Key, c.Before, uint64(bound), ok
}

// FuzzCursor reads cursors, and brings each to a list.
func FuzzCursor(f *testing.F) {
	c := newServer(f).beyond()
	link, err := url.Parse(c.sheet("/v1/technologies?limit=1").links["next"])
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{
		link.Query().Get("cursor"), link.Query().Get("cursor") + "\n", cursorText("", "", false, 0), cursorText("value", "key", true, 1<<63),
		cursorText(strings.Repeat("v", 200), "\x00\xff", false, 7), "", "A", "AAAAAAAAAAAAAAAAAAAA", "=", "%00",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if value, key, before, scope, ok := parseCursor(text); ok {
			if again := cursorText(value, key, before, scope); again != text {
				t.Errorf("%q is read as what is written %q", text, again)
			}
		}
		made := cursorText(text[:min(len(text), 200)], text, len(text)%2 == 0, uint64(len(text)))
		if value, key, before, scope, ok := parseCursor(made); !ok || value != text[:min(len(text), 200)] || key != text || before != (len(text)%2 == 0) || scope != uint64(len(text)) {
			t.Errorf("%q is not read as it was written", made)
		}
		asking := *c
		asking.t = t
		if got := asking.get("/v1/technologies?limit=1&cursor=" + url.QueryEscape(text[:min(len(text), 4000)])); got.status != http.StatusBadRequest && text != link.Query().Get("cursor") {
			t.Errorf("%q: %d %s", text, got.status, got.body)
		}
	})
}
