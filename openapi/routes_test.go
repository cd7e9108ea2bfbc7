package openapi_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/openapi"
)

// ask gives the answer to a request for a path of [openapi.Routes]; headers are
// pairs of name and value.
func ask(t *testing.T, method, path string, headers ...string) *http.Response {
	t.Helper()
	request := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	for _, route := range openapi.Routes(nil) {
		if route.Path == path {
			recorder := httptest.NewRecorder()
			route.Handler.ServeHTTP(recorder, request)
			return recorder.Result()
		}
	}
	t.Fatalf("nothing is served at %s", path)
	return nil
}

func body(t *testing.T, response *http.Response) []byte {
	t.Helper()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// paths lists every path served, which is one for each file and three for the
// page.
func paths() []string {
	var all []string
	for _, route := range openapi.Routes(nil) {
		all = append(all, route.Path)
	}
	return all
}

func TestEveryRoute(t *testing.T) {
	for _, path := range paths() {
		t.Run(path, func(t *testing.T) {
			whole := ask(t, "GET", path)
			content, tag := body(t, whole), whole.Header.Get("ETag")
			if whole.StatusCode != 200 || len(content) == 0 || whole.Header.Get("Content-Type") == "" {
				t.Errorf("GET: %d %s, %d bytes", whole.StatusCode, whole.Header.Get("Content-Type"), len(content))
			}
			head := ask(t, "HEAD", path)
			if head.StatusCode != 200 || head.Header.Get("ETag") != tag || len(body(t, head)) != 0 {
				t.Errorf("HEAD: %d %s", head.StatusCode, head.Header.Get("ETag"))
			}
			again := ask(t, "GET", path, "If-None-Match", tag)
			if again.StatusCode != 304 || again.Header.Get("ETag") != tag || len(body(t, again)) != 0 {
				t.Errorf("GET again: %d %s", again.StatusCode, again.Header.Get("ETag"))
			}
			if other := ask(t, "GET", path, "If-None-Match", `"other"`); other.StatusCode != 200 {
				t.Errorf("GET with another tag: %d", other.StatusCode)
			}
		})
	}
}

// TestPageLoadsItsFiles: each file of the page is served where the page says,
// may be kept for ever, and nothing comes from another host.
func TestPageLoadsItsFiles(t *testing.T) {
	page := string(body(t, ask(t, "GET", "/docs")))
	found := regexp.MustCompile(`(?:src|href)="([^"]+)"`).FindAllStringSubmatch(page, -1)
	loaded := 0
	for _, match := range found {
		address := match[1]
		if !strings.HasPrefix(address, "/docs") && !strings.HasPrefix(address, "/openapi") { // another page is not ours
			if strings.HasPrefix(address, "//") || !strings.HasPrefix(address, "/") {
				t.Errorf("%s is at another host", address)
			}
			continue
		}
		cache := ask(t, "GET", address).Header.Get("Cache-Control")
		if strings.HasPrefix(address, "/docs/") {
			loaded++
			if !strings.Contains(cache, "immutable") {
				t.Errorf("%s: Cache-Control: %s", address, cache)
			}
		} else if !strings.Contains(cache, "no-cache") {
			t.Errorf("%s: Cache-Control: %s", address, cache)
		}
	}
	if want := len(paths()) - len([]string{"json", "yaml", "3.0", "/docs", "/docs/", "/swagger/index.html"}); loaded < want {
		t.Errorf("the page loads %d of the %d files served for it:\n%s", loaded, want, page)
	}
}

func TestPagePolicy(t *testing.T) {
	for _, path := range []string{"/docs", "/docs/", "/swagger/index.html"} {
		policy := ask(t, "GET", path).Header.Get("Content-Security-Policy")
		if !strings.HasPrefix(policy, "default-src 'none'; ") || strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") {
			t.Errorf("%s: %q", path, policy)
		}
	}
}

// TestEncodings: what is stored compressed reaches every client, and each
// representation has its own tag.
func TestEncodings(t *testing.T) {
	path := ""
	for _, p := range paths() {
		if strings.HasSuffix(p, "/swagger-ui-bundle.js") {
			path = p
		}
	}
	server, err := api.New(api.Options{Catalogue: api.Still{}, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	tags := map[bool]string{}
	for accept, want := range map[string]bool{
		"gzip": true, "GZIP": true, "br, gzip;q=0.5": true, "*;q=0, gzip": true, "*": false, // which asks for none in particular
		"": false, "br": false, "identity": false, "gzip;q=0": false, "gzip; q=0.0, *": false, "*;q=0": false, "xgzip": false,
	} {
		request, recorder := httptest.NewRequest("GET", path, nil), httptest.NewRecorder()
		request.Header.Set("Accept-Encoding", accept)
		server.Handler().ServeHTTP(recorder, request)
		answer := recorder.Result()
		zipped := answer.Header.Get("Content-Encoding") == "gzip"
		if zipped != want || answer.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: Content-Encoding %q, Vary %q", accept, answer.Header.Get("Content-Encoding"), answer.Header.Get("Vary"))
		}
		tags[zipped] = answer.Header.Get("ETag")
		content := body(t, answer)
		if zipped {
			content = unzip(t, content)
		}
		if !bytes.Contains(content, []byte("SwaggerUIBundle")) {
			t.Errorf("%q: not the script", accept)
		}
	}
	if tags[true] == tags[false] {
		t.Errorf("both representations have the tag %s", tags[true])
	}
}

func unzip(t *testing.T, content []byte) []byte {
	t.Helper()
	reader, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

// TestVendored: what is stored is what ui/vendor has pinned.
func TestVendored(t *testing.T) {
	sums, err := os.ReadFile("ui/swagger-ui.sha256")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(sums)) {
		want, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		stored, err := os.ReadFile("ui/" + name + ".gz")
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(unzip(t, stored))
		if got := hex.EncodeToString(sum[:]); got != want {
			t.Errorf("%s has the hash %s, pinned is %s; run openapi/ui/vendor", name, got, want)
		}
	}
}
