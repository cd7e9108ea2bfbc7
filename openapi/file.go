package openapi

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

// file is an embedded file as it is served. It is neither copied nor read before
// somebody asks for it: the contract is larger than all that a server knows.
type file struct {
	name   string               // base name, without the .gz of a file stored compressed
	body   func() io.ReadSeeker // from its beginning
	hash   func() string        // of what is stored, 16 hex digits
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

// open serves an embedded file; what is stored compressed, as its content. A name that is
// not embedded is a fault of this package and panics.
func open(name, cache string) *file {
	f := serve(path.Base(name), cache, func() io.ReadSeeker {
		f, err := embedded.Open(name)
		if err != nil {
			panic(err)
		}
		return f.(io.ReadSeeker) // see package embed
	})
	stored := f.body
	if plain, zipped := strings.CutSuffix(name, ".gz"); zipped {
		content := sync.OnceValue(func() []byte {
			reader, err := gzip.NewReader(stored())
			if err != nil {
				panic(err) // a test reads it
			}
			content, _ := io.ReadAll(reader)
			return content
		})
		f.name, f.header["Content-Type"] = path.Base(plain), types[path.Ext(plain)]
		f.body = func() io.ReadSeeker { return bytes.NewReader(content()) }
	}
	return f
}

// serve serves what body gives under a name.
func serve(name, cache string, body func() io.ReadSeeker) *file {
	return &file{name: name, body: body, header: map[string]string{
		"Content-Type":  types[path.Ext(name)],
		"Cache-Control": cache,
		"Accept-Ranges": "bytes", // which package http says with a 200 only
	}, hash: sync.OnceValue(func() string {
		sum := sha256.New()
		_, _ = io.Copy(sum, body()) // memory, which is always read to its end
		return hex.EncodeToString(sum.Sum(nil)[:8])
	})}
}

// ServeHTTP answers with the file, as 304 where the client has it.
func (f *file) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for key, value := range f.header {
		w.Header().Set(key, value)
	}
	w.Header().Set("ETag", `"`+f.hash()+`"`)
	http.ServeContent(w, r, "", time.Time{}, f.body())
}
