package api

import (
	"net/http"
	"strings"

	"github.com/klauspost/compress/gzhttp"
	"github.com/klauspost/compress/zstd"

	"github.com/testedon/testedon/api/wire"
)

// compressed gives answers as their clients read them: large documents (the contract, what its
// page loads, and exports) in zstd or gzip, anything else in gzip, which makes less of a short
// answer and takes less time. Those of clients that read nothing compressed go past it: it
// would do nothing for them but take time.
func compressed(answers http.Handler) (http.Handler, error) {
	var by [2]http.Handler // others, documents
	for i := range by {
		wrap, err := gzhttp.NewWrapper(gzhttp.SuffixETag(wire.CompressedTag), gzhttp.EnableZstd(i == 1), gzhttp.ZstdCompressionLevel(int(zstd.SpeedBetterCompression)), gzhttp.KeepAcceptRanges())
		if err != nil {
			return nil, err
		}
		by[i] = wrap(answers)
	}
	vary := []string{"Accept-Encoding"}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked := r.Header["Accept-Encoding"]; len(asked) == 0 || len(asked) == 1 && asked[0] == "identity" {
			w.Header()["Vary"] = vary
			answers.ServeHTTP(w, r)
			return
		}
		i, path := 0, r.URL.Path
		if strings.HasPrefix(path, "/openapi") || strings.HasPrefix(path, "/docs/") || strings.HasPrefix(path, "/v1/") && strings.HasSuffix(path, "/export") {
			i = 1
		}
		by[i].ServeHTTP(w, r)
	}), nil
}
