package api_test

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/api"
)

// addressed are answers that hold the address of the server.
var addressed = []string{mainPage, "/embed" + mainPage[1:], "/embed/check.html" + mainPage[1:], "/embed/check.md" + mainPage[1:],
	"/oembed?url=http%3A%2F%2Fexample.com%2F%3Fproduct%3Dmi%26release%3D4.4.0%26os%3DRHEL%2B9", "/robots.txt", "/sitemap.xml", "/products/mi"}

// forwarded are the headers by which proxies tell of https.
var forwarded = [][2]string{{"X-Forwarded-Proto", "https"}, {"X-Forwarded-Protocol", "https"}, {"X-Forwarded-Ssl", "on"}, {"X-Url-Scheme", "https"},
	{"Forwarded", "proto=https;host=evil.example"}, {"X-Forwarded-Host", "evil.example"}}

// TestForwarded: the scheme of links is what a trusted proxy says, in one header; nobody
// else is believed, and no other header.
func TestForwarded(t *testing.T) {
	for trusted, believed := range map[string]bool{"": false, "10.0.0.0/8": false, "::1/128": false, "127.0.0.1/32": true, "127.0.0.0/8": true} {
		o := api.Options{Catalogue: newCatalogue(t)}
		if trusted != "" {
			o.TrustedProxies = []netip.Prefix{netip.MustParsePrefix(trusted)}
		}
		c := serve(t, o).beyond()
		for _, path := range addressed {
			for _, h := range forwarded {
				got := c.get(path, "Host", "tested.example", h[0], h[1])
				https := strings.Contains(string(got.body), "https://tested.example")
				if want := believed && h[0] == "X-Forwarded-Proto"; got.status != http.StatusOK || https != want || strings.Contains(string(got.body), "evil") {
					t.Errorf("trusting %q, %s with %s: %d, https is %v", trusted, path, h, got.status, https)
				}
				if varies := slices.Contains(got.header["Vary"], "X-Forwarded-Proto"); varies != (trusted != "") {
					t.Errorf("trusting %q, %s: Vary %q", trusted, path, got.header["Vary"])
				}
			}
		}
	}
}

// TestForwardedWords: of a trusted proxy one word is understood.
func TestForwardedWords(t *testing.T) {
	c := serve(t, api.Options{Catalogue: newCatalogue(t), TrustedProxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}}).beyond()
	for said, want := range map[string]string{"https": "https://", "HTTPS": "https://", "": "http://", "http": "http://", "http, https": "http://",
		"javascript": "http://", "';reboot;'": "http://"} {
		if got := string(c.get("/robots.txt", "Host", "tested.example", "X-Forwarded-Proto", said).body); !strings.Contains(got, "Sitemap: "+want+"tested.example/") {
			t.Errorf("a proxy of %q: %s", said, got)
		}
	}
}

// TestPublicURL: links have the public address, whatever a client asks and a proxy says, so
// that every cache may keep the answer for all.
func TestPublicURL(t *testing.T) {
	const public = "https://public.example:8443"
	c := serve(t, api.Options{Catalogue: newCatalogue(t), PublicURL: public, TrustedProxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}).beyond()
	for _, path := range addressed {
		got := c.get(path, "Host", "evil.example", "X-Forwarded-Proto", "http")
		if text := string(got.body); !strings.Contains(text, public) || strings.Contains(text, "evil.example") || slices.Contains(got.header["Vary"], "X-Forwarded-Proto") {
			t.Errorf("%s: %v %s", path, got.header["Vary"], text)
		}
		if other := c.get(path, "Host", "other.example"); other.header.Get("ETag") != got.header.Get("ETag") {
			t.Errorf("%s is another at another address", path)
		}
	}
	for _, address := range []string{"tested.example", "https://tested.example/", "https://tested.example/matrix", "ftp://tested.example", "https://", "https://me@tested.example", "https://a?b"} {
		if _, err := api.New(api.Options{Catalogue: newCatalogue(t), PublicURL: address}); err == nil || !strings.Contains(err.Error(), "https://testedon.example.com") {
			t.Errorf("%q: %v", address, err)
		}
	}
}
