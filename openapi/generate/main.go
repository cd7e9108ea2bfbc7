// Command generate makes the contract of the API from the annotations beside
// its handlers:
//
//	annotations ─swag─▶ Swagger 2.0 ─convert─▶ OpenAPI 3.0 ─repair──────────▶ complete ─validate─▶ openapi-3.0.json
//	                                                          └─upgrade─▶ 3.1 ─complete ─validate─▶ openapi.json, openapi.yaml
//
// The annotation language cannot say all that OpenAPI can, and much would have
// to be said again at every operation; repair.go says it once. The kinds and the
// examples are those of the catalogue within the program: openapi.Complete asks the
// server for the answers, as it does for a server with another catalogue.
//
// Run it as `go generate ./openapi`, or `make openapi`.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if err := run("."); err != nil {
		fmt.Fprintln(os.Stderr, "openapi/generate:", err)
		os.Exit(1)
	}
}

// run writes the contract into dir, the folder of package openapi.
func run(dir string) error {
	files, err := generate(filepath.Join(dir, ".."))
	if err != nil {
		return err
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// generate makes the files of the contract, by name, from the rooms of the module in the
// folder root that serve something.
func generate(root string) (map[string][]byte, error) {
	swagger, err := annotations(filepath.Join(root, "api"), filepath.Join(root, "portal"))
	if err != nil {
		return nil, err
	}
	doc, err := convert(swagger)
	if err != nil {
		return nil, err
	}
	catalogue, err := embedded()
	if err != nil {
		return nil, err
	}
	server, err := newServer(catalogue)
	if err != nil {
		return nil, err
	}
	if err := describe(doc, server.Operations(), filepath.Join(root, "api"), filepath.Join(root, "api", "*"), filepath.Join(root, "portal")); err != nil {
		return nil, err
	}
	if err := repair(doc); err != nil {
		return nil, err
	}
	if doc, err = reload(doc); err != nil {
		return nil, err
	}
	if err := addProblems(doc, catalogue); err != nil {
		return nil, err
	}
	from, err := newExamples(catalogue, server)
	if err != nil {
		return nil, err
	}
	return publish(doc, from)
}
