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
	"time"
)

// file is an embedded file as it is served.
type file struct {
	name   string // base name, without the .gz of a file stored compressed
	body   []byte // as stored
	zipped bool   // body is gzip
	hash   string // of body, 16 hex digits
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

// open reads an embedded file. A name that is not embedded is a fault of this
// package and panics.
func open(name, cache string) *file {
	body, err := embedded.ReadFile(name)
	if err != nil {
		panic(err)
	}
	base, zipped := strings.CutSuffix(path.Base(name), ".gz")
	f := &file{name: base, body: body, zipped: zipped, header: map[string]string{
		"Content-Type":  types[path.Ext(base)],
		"Cache-Control": cache,
	}}
	f.seal()
	return f
}

// seal takes the hash of the body; call it after each change.
func (f *file) seal() {
	sum := sha256.Sum256(f.body)
	f.hash = hex.EncodeToString(sum[:8])
}

// ServeHTTP answers with the file, as 304 where the client has it. A file that
// is stored compressed goes out as stored to every client that reads gzip.
func (f *file) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header, body, tag := w.Header(), f.body, f.hash
	for key, value := range f.header {
		header.Set(key, value)
	}
	if f.zipped {
		header.Add("Vary", "Accept-Encoding")
		if acceptsGzip(r.Header.Get("Accept-Encoding")) {
			header.Set("Content-Encoding", "gzip")
			header.Set("Content-Length", strconv.Itoa(len(body)))
		} else {
			body, tag = unzip(body), tag+"-identity"
		}
	}
	header.Set("ETag", `"`+tag+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
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
func unzip(body []byte) []byte {
	reader, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		panic(err)
	}
	content, err := io.ReadAll(reader)
	if err != nil {
		panic(err)
	}
	return content
}
