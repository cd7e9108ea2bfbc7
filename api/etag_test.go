package api_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"github.com/testedon/testedon/api"
)

var tagged = []string{the, "/v1/products", "/v1/products/mi", "/v1/products/mi/releases", "/v1/products/mi/releases/4.4.0",
	the + "&memory=4GB", the + "&disk=4GB", the + "&memory=8GB", the + "&deployment=ESB", "/v1/sources", "/v1/sources/page",
	ei + "requirements", ei + "requirements?instances=3", ei + "ports", ei + "ports?offset=1", ei + "ports?offset=1&offset=2",
	ei + "advisories", ei + "notes", ei + "notes?topic=security",
	"/v1/ask?q=RHEL+9+mi", "/v1/ask?q=RHEL+9+mi&require=exact", "/v1/ask?q=RHEL+8+mi",
	"/v1/find?os=RHEL+9", "/v1/find?os=RHEL+8", "/v1/find?os=RHEL+9&limit=3", "/v1/compare?product=mi&from=4.3.0&to=4.4.0", "/v1/compare?product=mi&from=4.4.0&to=4.3.0",
	plan, plan + "?strategy=all", plan + "?format=csv", plan + "/github",
	"/v1/technologies", "/v1/technologies?kind=os", "/v1/technologies/rhel", "/v1/retest", "/v1/retest?within=1y", "/v1/coverage", "/v1/coverage?product=mi", "/v1/catalogue", "/v1", "/problems/invalid"}

// TestETags asks for everything again with the tag it came with.
func TestETags(t *testing.T) {
	c := newServer(t)
	seen := map[string]string{}
	for _, path := range tagged {
		first := c.get(path)
		tag := first.header.Get("ETag")
		if first.status != 200 || len(tag) < 20 || !strings.HasPrefix(tag, `"`) {
			t.Fatalf("%s: status %d, ETag %s", path, first.status, tag)
		}
		if other := seen[tag]; other != "" {
			t.Errorf("%s and %s share the ETag %s", path, other, tag)
		}
		seen[tag] = path
		if cache := first.header.Get("Cache-Control"); cache != "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400" {
			t.Errorf("%s: Cache-Control %s", path, cache)
		}
		for _, sent := range []string{tag, "W/" + tag, `"other", ` + tag, "*"} {
			again := c.get(path, "If-None-Match", sent)
			if again.status != http.StatusNotModified || len(again.body) != 0 || again.header.Get("ETag") != tag || again.header.Get("Cache-Control") == "" {
				t.Errorf("%s: If-None-Match %s gives %d %s %s", path, sent, again.status, again.header.Get("ETag"), again.body)
			}
		}
		for _, sent := range []string{`"other"`, `"` + strings.Trim(tag, `"`) + `x"`, "rubbish"} {
			if again := c.get(path, "If-None-Match", sent); again.status != 200 {
				t.Errorf("%s: If-None-Match %s gives %d", path, sent, again.status)
			}
		}
		if head := c.do("HEAD", path, "", "If-None-Match", tag); head.status != http.StatusNotModified {
			t.Errorf("HEAD %s: %d", path, head.status)
		}
	}
}

// TestETagOfWhatIsGone: a tag does not make an answer of a problem.
func TestETagOfWhatIsGone(t *testing.T) {
	if got := newServer(t).get("/v1/products/micro", "If-None-Match", "*"); got.status != 404 {
		t.Errorf("status %d", got.status)
	}
}

// TestPostAnswersInFull: a condition may save an answer to GET and HEAD only.
func TestPostAnswersInFull(t *testing.T) {
	c := newServer(t)
	const body = `{"product":"mi","release":"4.4.0","environment":{"os":"RHEL 9"}}`
	for _, tag := range []string{"*", c.post("/v1/check", body).header.Get("ETag")} {
		got := c.do(http.MethodPost, "/v1/check", body, "Content-Type", "application/json", "If-None-Match", tag)
		if got.status != http.StatusOK || len(got.body) == 0 {
			t.Errorf("If-None-Match %s: status %d, %d bytes", tag, got.status, len(got.body))
		}
	}
}

// TestETagsChange with the facts, with the revision and with the build.
func TestETagsChange(t *testing.T) {
	facts := newCatalogue(t)
	c := serve(t, api.Options{Catalogue: facts, Version: "1"})
	first := c.get(the).header.Get("ETag")

	facts.matrix.Store(build(t, dataset(2)))
	second := c.get(the, "If-None-Match", first)
	if tag := second.header.Get("ETag"); second.status != 200 || tag == first {
		t.Errorf("another revision: status %d, ETag %s", second.status, tag)
	}
	changed := dataset(1)
	changed.Products[0].Name = "Renamed"
	facts.matrix.Store(build(t, changed))
	if tag := c.get(the).header.Get("ETag"); tag == first {
		t.Errorf("other facts keep the ETag %s", tag)
	}
	rebuilt := serve(t, api.Options{Catalogue: newCatalogue(t), Version: "2"})
	if tag := rebuilt.get(the).header.Get("ETag"); tag == first {
		t.Errorf("another build keeps the ETag %s", tag)
	}
	same := serve(t, api.Options{Catalogue: newCatalogue(t), Version: "1"})
	if tag := same.get(the).header.Get("ETag"); tag != first {
		t.Errorf("another process of the same facts has %s, not %s", tag, first)
	}
}

func TestCompression(t *testing.T) {
	c := newServer(t).beyond()
	for _, path := range []string{the, "/v1/products/mi/releases/4.4.0", "/metrics", "/openapi.json"} {
		whole := c.get(path)
		small := c.get(path, "Accept-Encoding", "gzip")
		if whole.header.Get("Content-Encoding") != "" || small.header.Get("Content-Encoding") != "gzip" {
			t.Fatalf("%s: Content-Encoding %q and %q", path, whole.header.Get("Content-Encoding"), small.header.Get("Content-Encoding"))
		}
		if len(small.body) >= len(whole.body) || path != "/metrics" && !bytes.Equal(unzip(t, small.body), whole.body) {
			t.Errorf("%s: %d bytes compressed, %d not", path, len(small.body), len(whole.body))
		}
		for _, r := range []response{whole, small} {
			if vary := strings.Join(r.header.Values("Vary"), ","); !strings.Contains(vary, "Accept-Encoding") {
				t.Errorf("%s: Vary %q", path, vary)
			}
		}
		if path == "/metrics" {
			continue
		}
		plain, zipped := whole.header.Get("ETag"), small.header.Get("ETag")
		if plain == zipped || plain == "" {
			t.Errorf("%s: both representations have the ETag %s", path, plain)
		}
		for _, tag := range []string{plain, zipped, `W/` + zipped} {
			again := c.get(path, "If-None-Match", tag, "Accept-Encoding", "gzip")
			if again.status != http.StatusNotModified || again.header.Get("ETag") != strings.TrimPrefix(tag, "W/") {
				t.Errorf("%s: If-None-Match %s gives %d with %s", path, tag, again.status, again.header.Get("ETag"))
			}
		}
	}
	if got := c.get("/livez", "Accept-Encoding", "gzip"); got.header.Get("Content-Encoding") != "" {
		t.Errorf("a few bytes are compressed")
	}
}

func unzip(t *testing.T, body []byte) []byte {
	t.Helper()
	reader, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// TestDocumentsInZstd: large documents come in zstd to who reads it and likes it as well, each
// coding with an ETag of its own; a short answer does not.
func TestDocumentsInZstd(t *testing.T) {
	c := newServer(t).beyond()
	const browser = "gzip, deflate, br, zstd"
	for path, codings := range map[string]map[string]string{
		"/openapi.json": {browser: "zstd", "zstd": "zstd", "gzip": "gzip", "gzip;q=1, zstd;q=0.5": "gzip", "zstd;q=0, gzip": "gzip", "br": "", "zstd;q=0": "", "identity": ""},
		"/v1/export":    {browser: "zstd", "gzip": "gzip"},
		the:             {browser: "gzip", "zstd": ""},
	} {
		whole, tags := c.get(path), map[string]bool{}
		for accepted, coding := range codings {
			got := c.get(path, "Accept-Encoding", accepted)
			tag := got.header.Get("ETag")
			if got.header.Get("Content-Encoding") != coding || !strings.Contains(strings.Join(got.header.Values("Vary"), ","), "Accept-Encoding") {
				t.Errorf("%s for %q: %v", path, accepted, got.header)
			}
			if want := strings.TrimSuffix(whole.header.Get("ETag"), `"`) + map[string]string{"": "", "gzip": "-gzip", "zstd": "-zstd"}[coding] + `"`; tag != want {
				t.Errorf("%s for %q: ETag %s, not %s", path, accepted, tag, want)
			}
			tags[tag] = true
			if coding == "zstd" {
				content, err := decoded(got.body)
				if err != nil || !bytes.Equal(content, whole.body) {
					t.Errorf("%s for %q is another document: %v", path, accepted, err)
				}
			}
			if again := c.get(path, "Accept-Encoding", accepted, "If-None-Match", tag); again.status != http.StatusNotModified || again.header.Get("ETag") != tag {
				t.Errorf("%s for %q again: %d with %s", path, accepted, again.status, again.header.Get("ETag"))
			}
		}
	}
}

// decoded is a text in zstd.
func decoded(text []byte) ([]byte, error) {
	reader, err := zstd.NewReader(bytes.NewReader(text), zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	return io.ReadAll(reader)
}
