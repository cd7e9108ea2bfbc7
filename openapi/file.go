package openapi

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"
)

// file is an embedded file as it is served. It is neither copied nor read before
// somebody asks for it: the contract is larger than all that a server knows.
type file struct {
	name   string               // base name, without the .gz of a file stored compressed
	body   func() io.ReadSeeker // as stored, from its beginning
	zipped bool                 // body is gzip
	hash   func() string        // of body, 16 hex digits
	header map[string]string
}

// types are the media types of the files served here. The table of package
// mime depends on the machine.
var types = map[string]string{
	".html": "text/html; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".css":  "text/css; charset=utf-8",
	".svg":  "image/svg+xml",
	".json": "application/json",
	".yaml": "application/yaml",
}

// open serves an embedded file. A name that is not embedded is a fault of this
// package and panics.
func open(name, cache string) *file {
	return serve(path.Base(name), cache, func() io.ReadSeeker {
		f, err := embedded.Open(name)
		if err != nil {
			panic(err)
		}
		return f.(io.ReadSeeker) // see package embed
	})
}

// serve serves what body gives under a name.
func serve(name, cache string, body func() io.ReadSeeker) *file {
	base, zipped := strings.CutSuffix(name, ".gz")
	return &file{name: base, body: body, zipped: zipped, header: map[string]string{
		"Content-Type":  types[path.Ext(base)],
		"Cache-Control": cache,
		"Accept-Ranges": "bytes", // which package http says with a 200 only
	}, hash: sync.OnceValue(func() string {
		sum := sha256.New()
		_, _ = io.Copy(sum, body()) // memory, which is always read to its end
		return hex.EncodeToString(sum.Sum(nil)[:8])
	})}
}

// ServeHTTP answers with the file, as 304 where the client has it. A file that
// is stored compressed goes out as stored to every client that reads gzip.
func (f *file) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header, body, tag := w.Header(), f.body(), f.hash()
	for key, value := range f.header {
		header.Set(key, value)
	}
	if f.zipped {
		header.Add("Vary", "Accept-Encoding")
		if acceptsGzip(r.Header.Get("Accept-Encoding")) {
			header.Set("Content-Encoding", "gzip")
			header.Set("Content-Length", strconv.FormatInt(size(body), 10))
		} else {
			body, tag = unzip(body), tag+"-identity"
		}
	}
	header.Set("ETag", `"`+tag+`"`)
	http.ServeContent(w, r, "", time.Time{}, body)
}

// size is that of an embedded body, which is left at its beginning.
func size(body io.Seeker) int64 {
	n, _ := body.Seek(0, io.SeekEnd) // memory can be sought in
	_, _ = body.Seek(0, io.SeekStart)
	return n
}

// acceptsGzip reads an Accept-Encoding header: a client takes gzip when it
// names it, or everything, and not with the weight 0.
func acceptsGzip(header string) bool {
	accepts := false
	for _, item := range strings.Split(strings.ToLower(header), ",") {
		coding, weight, _ := strings.Cut(item, ";")
		coding = strings.TrimSpace(coding)
		taken := !isZero(weight)
		if coding == "gzip" {
			return taken
		}
		accepts = accepts || coding == "*" && taken
	}
	return accepts
}

// isZero reports whether a weight such as "q=0.0" is nought.
func isZero(weight string) bool {
	_, value, found := strings.Cut(strings.ReplaceAll(weight, " ", ""), "q=")
	number, err := strconv.ParseFloat(value, 64)
	return found && err == nil && number == 0
}

// unzip gives the content of an embedded gzip body, which is sound: a test
// reads it.
func unzip(body io.Reader) io.ReadSeeker {
	reader, err := gzip.NewReader(body)
	if err != nil {
		panic(err)
	}
	content, err := io.ReadAll(reader)
	if err != nil {
		panic(err)
	}
	return bytes.NewReader(content)
}
