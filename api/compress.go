package api

import (
	"net/http"
	"strings"

	"github.com/klauspost/compress/gzhttp"
	"github.com/klauspost/compress/zstd"
	"github.com/labstack/echo/v4"

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
		if readsPlain(r) {
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

// readsPlain reports whether a client reads nothing compressed.
func readsPlain(r *http.Request) bool {
	asked := r.Header["Accept-Encoding"]
	return len(asked) == 0 || len(asked) == 1 && asked[0] == "identity"
}

// keepPacked keeps from being compressed what is so already.
func keepPacked(c echo.Context) {
	if !readsPlain(c.Request()) {
		c.Response().Header().Set(gzhttp.HeaderNoCompression, "1") // which the wrapper takes out again
	}
}
