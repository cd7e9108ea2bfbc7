package api_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/compat/fact"
)

// TestSnapshot takes the facts of a server at both addresses, and reads them.
func TestSnapshot(t *testing.T) {
	facts := newCatalogue(t)
	c := serve(t, api.Options{Catalogue: facts, Version: "test"})
	want := facts.Matrix().Dataset()
	newest := c.get("/v1/snapshot", "Accept-Encoding", "gzip")
	s, err := fact.OpenSnapshot(newest.body)
	if err != nil || s.Revision != want.Revision || s.Digest != want.Digest {
		t.Fatalf("%v of %d bytes, status %d", err, len(newest.body), newest.status)
	}
	if ds, err := s.Dataset(); err != nil || ds.ContentDigest() != want.Digest {
		t.Error(err)
	}
	for path, lifetime := range map[string]string{
		"/v1/snapshot":                 "public, no-cache",
		"/v1/snapshots/" + want.Digest: "public, max-age=31536000, immutable",
		"/v1/snapshots/" + strings.TrimPrefix(want.Digest, "sha256:"): "public, max-age=31536000, immutable",
	} {
		whole := c.get(path, "Accept-Encoding", "gzip")
		tag := whole.header.Get("Etag")
		for name, want := range map[string]string{
			"Content-Type": "application/gzip", "Content-Encoding": "", "Cache-Control": lifetime, "Accept-Ranges": "bytes", "Etag": newest.header.Get("Etag"),
		} {
			if got := whole.header.Get(name); got != want {
				t.Errorf("%s: %s %q, want %q", path, name, got, want)
			}
		}
		if !bytes.Equal(whole.body, newest.body) {
			t.Errorf("%s: other bytes", path)
		}
		head := c.do(http.MethodHead, path, "")
		if head.status != http.StatusOK || head.header.Get("Content-Length") != whole.header.Get("Content-Length") || len(head.body) > 0 {
			t.Errorf("%s: HEAD gives %d, %v", path, head.status, head.header)
		}
		same := c.get(path, "If-None-Match", tag)
		if same.status != http.StatusNotModified || same.header.Get("Etag") != tag || same.header.Get("Cache-Control") != lifetime || len(same.body) > 0 {
			t.Errorf("%s: with its tag %d, %v", path, same.status, same.header)
		}
		part := c.beyond().get(path, "Range", "bytes=5-9", "If-Range", tag)
		if part.status != http.StatusPartialContent || !bytes.Equal(part.body, whole.body[5:10]) {
			t.Errorf("%s: a part is %d, %q", path, part.status, part.body)
		}
	}
}

// TestSnapshotOfOthers asks for facts that are not those that answer.
func TestSnapshotOfOthers(t *testing.T) {
	facts := newCatalogue(t)
	c := serve(t, api.Options{Catalogue: facts})
	before := facts.Matrix().Dataset().Digest
	ds := dataset(2)
	ds.Claims = ds.Claims[1:]
	facts.matrix.Store(build(t, ds))
	for _, digest := range []string{before, "sha256:", "x"} {
		got := c.get("/v1/snapshots/" + digest)
		if got.status != http.StatusNotFound || !strings.Contains(string(got.body), `"candidates":["`+ds.Digest+`"]`) {
			t.Errorf("%s: %d %s", digest, got.status, got.body)
		}
	}
	if got := c.get("/v1/snapshots/" + ds.Digest); got.status != http.StatusOK {
		t.Error(got.status)
	}
	if got := c.get("/v1/snapshot?x=1"); got.status != http.StatusBadRequest {
		t.Error(got.status)
	}
}
