package openapi

import (
	"embed"
	"net/http"
	"path"
	"strings"
)

// Route is a path and what answers GET and HEAD requests for it.
type Route struct {
	Path    string
	Handler http.Handler
}

//go:embed openapi.json openapi.yaml openapi-3.0.json
//go:embed ui/page.html ui/init.js ui/house.css ui/icon.svg
//go:embed ui/swagger-ui-bundle.js.gz ui/swagger-ui.css.gz
var embedded embed.FS

// Document gives the contract as it is published at /openapi.json.
func Document() []byte {
	return open("openapi.json", revalidate).body
}

const (
	// revalidate lets a client keep a file and ask each time whether it changed.
	revalidate = "public, no-cache"
	// immutable lets a client keep a file for a year without asking; the path
	// of such a file holds a hash of its content.
	immutable = "public, max-age=31536000, immutable"
	// policy lets the page load its own files, ask this server, and nothing
	// else. Swagger UI draws some icons from data: addresses.
	policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
		"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

// Routes lists every path of the contract and of the documentation page. All
// paths are exact. The handlers set Content-Type, ETag, Cache-Control and, for
// files that are stored compressed, Content-Encoding, and answer conditional
// and HEAD requests; a compressing middleware must leave answers alone that
// have a Content-Encoding, and what every answer of the server has (such as
// nosniff and CORS) is for a middleware to add.
func Routes() []Route {
	var routes []Route
	for _, name := range []string{"openapi.json", "openapi.yaml", "openapi-3.0.json"} {
		routes = append(routes, Route{"/" + name, open(name, revalidate)})
	}
	page := open("ui/page.html", revalidate)
	page.header["Content-Security-Policy"] = policy
	for _, name := range []string{
		"ui/init.js", "ui/house.css", "ui/icon.svg", "ui/swagger-ui-bundle.js.gz", "ui/swagger-ui.css.gz",
	} {
		asset := open(name, immutable)
		routes = append(routes, Route{"/docs/" + asset.hash + "/" + asset.name, asset})
		page.point(asset)
	}
	page.seal()
	for _, p := range []string{"/docs", "/docs/", "/swagger/index.html"} {
		routes = append(routes, Route{p, page})
	}
	return routes
}

// point makes the page load an asset by the path that holds its hash.
func (f *file) point(asset *file) {
	plain, hashed := "/docs/"+asset.name, path.Join("/docs", asset.hash, asset.name)
	f.body = []byte(strings.ReplaceAll(string(f.body), `"`+plain+`"`, `"`+hashed+`"`))
}
