package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// TestBuildForOtherSystems checks the types of the program as it is built without C for systems
// other than this one. It reads the sources of everything, and of what others wrote no bodies.
func TestBuildForOtherSystems(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: reads the sources of everything")
	}
	for _, platform := range []string{"windows-amd64", "darwin-arm64"} {
		t.Run(platform, func(t *testing.T) {
			t.Parallel()
			system, processor, _ := strings.Cut(platform, "-")
			found, err := packages.Load(&packages.Config{
				Mode: packages.NeedName | packages.NeedImports | packages.NeedDeps | packages.NeedTypes | packages.NeedSyntax | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedTypesInfo,
				Env:  append(os.Environ(), "CGO_ENABLED=0", "GOOS="+system, "GOARCH="+processor),
				ParseFile: func(set *token.FileSet, name string, text []byte) (*ast.File, error) {
					file, err := parser.ParseFile(set, name, text, parser.SkipObjectResolution)
					if here, _ := os.Getwd(); err == nil && !strings.HasPrefix(name, here) {
						for _, d := range file.Decls {
							if f, ok := d.(*ast.FuncDecl); ok {
								f.Body = nil
							}
						}
					}
					return file, err
				},
			}, ".")
			if err != nil {
				t.Fatal(err)
			}
			packages.Visit(found, nil, func(p *packages.Package) {
				for _, e := range p.Errors {
					if strings.HasPrefix(p.PkgPath, "github.com/testedon/") {
						t.Error(e)
					}
				}
			})
		})
	}
}
