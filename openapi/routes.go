package openapi

import (
	"bytes"
	"embed"
	"io"
	"net/http"
	"path"
)

// Route is a path and what answers GET and HEAD requests for it.
type Route struct {
	Path    string
	Handler http.Handler
}

//go:embed openapi.json.gz openapi.yaml.gz openapi-3.0.json.gz
//go:embed ui/page.html ui/init.js ui/house.css ui/icon.svg
//go:embed ui/swagger-ui-bundle.js.gz ui/swagger-ui.css.gz
var embedded embed.FS

// Document gives the contract as it is published at /openapi.json.
func Document() []byte {
	text, _ := io.ReadAll(open("openapi.json.gz", revalidate).body()) // memory
	return text
}

// read gives a copy of an embedded file. A name that is not embedded is a fault
// of this package and panics.
func read(name string) []byte {
	body, err := embedded.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return body
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
// paths are exact. The handlers set Content-Type, ETag and Cache-Control, and
// answer conditional and HEAD requests; compression, and what every answer of
// the server has (such as nosniff and CORS), are for a middleware to add.
//
// The contract is that of the catalogue which served tells of.
func Routes(served Served) []Route {
	var routes []Route
	for _, stored := range []string{"openapi.json.gz", "openapi.yaml.gz", "openapi-3.0.json.gz"} {
		f := open(stored, revalidate)
		routes = append(routes, Route{"/" + f.name, &published{name: f.name, generated: f, served: served}})
	}
	page := read("ui/page.html")
	for _, name := range []string{
		"ui/init.js", "ui/house.css", "ui/icon.svg", "ui/swagger-ui-bundle.js.gz", "ui/swagger-ui.css.gz",
	} {
		asset := open(name, immutable)
		hashed := path.Join("/docs", asset.hash(), asset.name)
		routes = append(routes, Route{hashed, asset})
		page = bytes.ReplaceAll(page, []byte(`"/docs/`+asset.name+`"`), []byte(`"`+hashed+`"`))
	}
	docs := serve("page.html", revalidate, func() io.ReadSeeker { return bytes.NewReader(page) })
	docs.header["Content-Security-Policy"] = policy
	for _, p := range []string{"/docs", "/docs/", "/swagger/index.html"} {
		routes = append(routes, Route{p, docs})
	}
	return routes
}
