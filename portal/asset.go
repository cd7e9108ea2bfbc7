package portal

import (
	"crypto/sha256"
	"crypto/sha512"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"fmt"
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
func readAssets() (map[string]*Asset, error) {
	assets := map[string]*Asset{}
	files, err := fs.ReadDir(embedded, "static")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		name := file.Name()
		body, err := embedded.ReadFile("static/" + name)
		if err != nil {
			return nil, err
		}
		if media[path.Ext(name)] == "" {
			return nil, fmt.Errorf("static/%s: files of this kind are not served", name)
		}
		assets[name] = newAsset("/assets", name, body)
	}
	for folder, name := range joined {
		body, err := joinFiles(folder)
		if err != nil {
			return nil, err
		}
		assets[name] = newAsset("/assets", name, body)
	}
	return assets, nil
}

// joined are the folders whose files are one for browsers, in the order of their names.
var joined = map[string]string{"style": "portal.css", "script": "portal.js"}

// joinFiles gives the files of a folder as one.
func joinFiles(folder string) ([]byte, error) {
	files, err := fs.ReadDir(embedded, folder)
	if err != nil {
		return nil, err
	}
	var all []byte
	for _, file := range files {
		body, err := embedded.ReadFile(folder + "/" + file.Name())
		if err != nil {
			return nil, err
		}
		all = append(append(all, body...), '\n')
	}
	return all, nil
}

// readWidgets gives the scripts of the custom element <tested-on>: the newest, then
// those of earlier releases, widget/VERSION/testedon.js, which pages are pinned to.
func readWidgets(files fs.FS) ([]*Asset, error) {
	const name = "testedon.js"
	earlier, err := fs.Glob(files, "widget/*/"+name)
	if err != nil {
		return nil, err
	}
	var all []*Asset
	for _, file := range append([]string{"widget/" + name}, earlier...) {
		body, err := fs.ReadFile(files, file)
		if err != nil {
			return nil, err
		}
		asset := newAsset("/embed", name, body)
		if !slices.ContainsFunc(all, func(a *Asset) bool { return a.Path == asset.Path }) {
			all = append(all, asset)
		}
	}
	return all, nil
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
