package api

import (
	"net/http"
	"strings"

	"github.com/klauspost/compress/gzhttp"
	"github.com/klauspost/compress/zstd"

	"github.com/testedon/testedon/api/wire"
)

// compressed gives answers as their clients read them: large documents in zstd or gzip,
// anything else in gzip, which makes less of a short answer and takes less time.
func compressed(answers http.Handler) (http.Handler, error) {
	short, err := gzhttp.NewWrapper(gzhttp.SuffixETag(wire.CompressedTag), gzhttp.EnableZstd(false), gzhttp.KeepAcceptRanges())
	if err != nil {
		return nil, err
	}
	long, err := gzhttp.NewWrapper(gzhttp.SuffixETag(wire.CompressedTag), gzhttp.ZstdCompressionLevel(int(zstd.SpeedBetterCompression)), gzhttp.KeepAcceptRanges())
	if err != nil {
		return nil, err
	}
	documents, others := long(answers), short(answers)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if isDocument(r.URL.Path) {
			documents.ServeHTTP(w, r)
			return
		}
		others.ServeHTTP(w, r)
	}), nil
}

// isDocument reports whether a path is that of a large document: the contract, what its
// page loads, and exports.
func isDocument(path string) bool {
	return strings.HasPrefix(path, "/openapi") || strings.HasPrefix(path, "/docs/") || strings.HasPrefix(path, "/v1/") && strings.HasSuffix(path, "/export")
}
