package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
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

// TestBuildWithoutC builds the program as it is for systems without C, and as
// `CGO_ENABLED=0 go install` does: all works that needs no record in a file, and what does
// is refused, with what to use in its place.
func TestBuildWithoutC(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: builds the program")
	}
	dir := t.TempDir()
	program := filepath.Join(dir, "testedon")
	build := exec.Command("go", "build", "-o", program, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := os.WriteFile(filepath.Join(dir, "fleet.csv"), []byte("product,release,os\nmi,4.4.0,RHEL 9\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "testedon.db"), make([]byte, 4096), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ command, want string }{
		{"check mi 4.4.0 --os RHEL", "1 ? Conditional"},
		{"check -f fleet.csv", "0 1 environment: it passes"},
		{"ask is RHEL 9 tested for MI 4.4.0?", "0 ✓ Tested"},
		{"find --jdk temurin", "1 "},
		{"compare mi 4.3.0 4.4.0", "0 Compared with"},
		{"detect fleet.csv", "0 "},
		{"ports mi 4.4.0", "0 "},
		{"requirements mi 4.4.0", "0 "},
		{"changes mi 4.4.0", "0 "},
		{"export mi 4.4.0 -o csv", "0 product,"},
		{"test-plan mi 4.4.0 -o csv", "0 "},
		{"retest", "0 "},
		{"coverage", "0 "},
		{"init --product acme acme", "0 "},
		{"seed lint acme", "0 "},
		{"import acme/page.md --product acme --release 1.0 --catalogue acme", "0 "},
		{"snapshot public", "0 "},
		{"man", "0 .TH"},
		{"completion fish", "0 "},
		{"version", "0 testedon"},
		{"serve --listen 127.0.0.1:0 --data .", "4 testedon: the database testedon.db cannot be opened: this build of testedon keeps no record in a file\n  Use the build for Linux"},
		{"database backup b.db --data .", "4 testedon: the database testedon.db cannot be opened: this build"},
		{"record x.xml --product mi --release 4.4.0 --os RHEL --data .", "4 testedon: the database testedon.db cannot be opened: this build"},
	} {
		cmd := exec.Command(program, strings.Fields(test.command)...)
		cmd.Dir, cmd.Env = dir, []string{"HOME=" + dir, "PATH=" + os.Getenv("PATH")}
		out, err := cmd.CombinedOutput()
		if err != nil && cmd.ProcessState == nil {
			t.Fatal(err)
		}
		out = regexp.MustCompile(`(?m)^time=.*\n`).ReplaceAll(out, nil) // the log
		if got := fmt.Sprintf("%d %s", cmd.ProcessState.ExitCode(), out); !strings.HasPrefix(got, test.want) {
			t.Errorf("%s gave %.300q, not %q", test.command, got, test.want)
		}
	}
}
