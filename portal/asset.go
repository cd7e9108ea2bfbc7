package portal

import (
	"crypto/sha256"
	"crypto/sha512"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"io/fs"
	"path"
	"slices"
)

//go:embed static widget style script
var embedded embed.FS

// Asset is a file that pages load. Its Path holds a hash of its content, so that it
// may be kept for ever.
type Asset struct {
	Path      string // "/assets/1f2e3d4c5b6a7988/portal.css"
	Media     string // "text/css; charset=utf-8"
	Integrity string // for the attribute of that name, "sha384-…"
	Body      []byte
}

// media are the types of the files, by the end of their names.
var media = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
	".ico": "image/vnd.microsoft.icon",
}

// readAssets gives the embedded files by name.
func readAssets() map[string]*Asset {
	assets := map[string]*Asset{}
	for _, file := range must(fs.Glob(embedded, "static/*")) {
		assets[path.Base(file)] = newAsset("/assets", path.Base(file), must(fs.ReadFile(embedded, file)))
	}
	for folder, name := range joined {
		assets[name] = newAsset("/assets", name, joinFiles(folder))
	}
	return assets
}

// joined are the folders whose files are one for browsers, in the order of their names.
var joined = map[string]string{"style": "portal.css", "script": "portal.js"}

// joinFiles gives the files of a folder as one.
func joinFiles(folder string) (all []byte) {
	for _, file := range must(fs.Glob(embedded, folder+"/*")) {
		all = append(append(all, must(fs.ReadFile(embedded, file))...), '\n')
	}
	return all
}

// readWidgets gives the scripts of the custom element <tested-on>: the newest, then
// those of earlier releases, widget/VERSION/testedon.js, which pages are pinned to.
func readWidgets(files fs.FS) (all []*Asset) {
	const name = "testedon.js"
	for _, file := range append([]string{"widget/" + name}, must(fs.Glob(files, "widget/*/"+name))...) {
		asset := newAsset("/embed", name, must(fs.ReadFile(files, file)))
		if !slices.ContainsFunc(all, func(a *Asset) bool { return a.Path == asset.Path }) {
			all = append(all, asset)
		}
	}
	return all
}

// must panics where what is built in cannot be read.
func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// newAsset makes a file that is served below a path.
func newAsset(below, name string, body []byte) *Asset {
	sum, digest := sha256.Sum256(body), sha512.Sum384(body)
	return &Asset{
		Path:      below + "/" + hex.EncodeToString(sum[:8]) + "/" + name,
		Media:     media[path.Ext(name)],
		Integrity: "sha384-" + base64.StdEncoding.EncodeToString(digest[:]),
		Body:      body,
	}
}
