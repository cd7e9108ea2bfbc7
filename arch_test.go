package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"maps"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/testedon/testedon"

// rooms says which rooms a room may import, as the table of ARCHITECTURE.md does;
// the root of the module is ".". A path below a room is of that room, unless it is
// a workshop or a room with a row of its own.
func rooms(t *testing.T) map[string][]string {
	t.Helper()
	_, table, ok := strings.Cut(read(t, "ARCHITECTURE.md"), "| room | may import of ours |\n|---|---|\n")
	if !ok {
		t.Fatal("ARCHITECTURE.md has no table of rooms")
	}
	all := map[string][]string{}
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if len(cells) != 4 {
			break
		}
		for name := range strings.SplitSeq(cells[1], ",") {
			all[strings.TrimSpace(name)] = strings.Split(strings.ReplaceAll(cells[2], " ", ""), ",")
		}
	}
	all["."] = all["main.go"]
	delete(all, "main.go")
	for name, allowed := range all {
		switch allowed[0] {
		case "nothing":
			all[name] = nil
		case "all":
			all[name] = slices.Collect(maps.Keys(all))
		}
	}
	return all
}

// workshops make or measure things and may import anything. Nothing of theirs
// is part of the program.
var workshops = []string{"bench", "internal/browser", "internal/dbserver", "internal/sample", "api/answers/generate", "openapi/generate", "openapi/contract", "openapi/lint"}

// owners says which rooms alone, with those in them, may import a package, or a package
// below it.
var owners = map[string][]string{
	"github.com/labstack/echo":       {"api"},
	"database/sql":                   {"store", "doctor"},
	"github.com/mattn/go-sqlite3":    {"store"},
	"github.com/jackc/pgx":           {"doctor", "store"},
	"github.com/go-sql-driver/mysql": {"doctor"},
	"os/exec":                        {"doctor", "mirror"},
	"github.com/goccy/go-yaml":       {"seed/sheet"},
	"github.com/alecthomas/kong":     {"cli"},
}

// pure are the rooms that do no I/O and read no clock, inputs the packages that
// would do I/O (words that are built in are a part of the program), and calendar what they may use of package time: days, not now.
var (
	pure     = []string{"version", "compat", "detect", "page"}
	inputs   = []string{"os", "io/ioutil", "net/http", "log", "database/sql", "syscall", "path/filepath", "plugin", "runtime/debug"}
	calendar = []string{"Date", "DateOnly", "Month", "Parse", "Time", "UTC", "Unix"}
)

// strangers are modules of tools; the program must not carry them.
var strangers = []string{"github.com/getkin/kin-openapi", "github.com/swaggo/swag", "github.com/chromedp/chromedp"}

// pkg is what go list tells of a package.
type pkg struct {
	ImportPath string
	Imports    []string
}

// goList gives the packages of go list with these arguments.
func goList(t *testing.T, args ...string) []pkg {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", append([]string{"list", "-json=ImportPath,Imports"}, args...)...).Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []pkg
	for in := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := in.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// place gives the path of a package within the module, "." for its root, and
// false for a package of another module.
func place(importPath string) (string, bool) {
	if importPath == module {
		return ".", true
	}
	return strings.CutPrefix(importPath, module+"/")
}

// under reports whether path is root or below it.
func under(path, root string) bool { return path == root || strings.HasPrefix(path, root+"/") }

// workshop reports whether a path of the module is one.
func workshop(path string) bool {
	return slices.ContainsFunc(workshops, func(w string) bool { return under(path, w) })
}

// faults are the imports of a package that the tables do not allow.
func faults(rooms map[string][]string, p pkg) []string {
	path, _ := place(p.ImportPath)
	if workshop(path) {
		return nil
	}
	room := roomOf(rooms, path)
	if room == "" {
		return []string{fmt.Sprintf("%s is no room; add it to the table, or to the workshops", path)}
	}
	var all []string
	for _, imported := range p.Imports {
		if reason := fault(rooms, room, imported); reason != "" {
			all = append(all, fmt.Sprintf("%s imports %s: %s", path, imported, reason))
		}
	}
	return all
}

// roomOf is the innermost room that a path of the module is in; empty for none.
func roomOf(rooms map[string][]string, place string) string {
	for room := place; ; room = room[:strings.LastIndex(room, "/")] {
		if _, known := rooms[room]; known {
			return room
		}
		if !strings.Contains(room, "/") {
			return ""
		}
	}
}

// isPure reports whether a room is pure, or within one that is.
func isPure(room string) bool {
	return slices.ContainsFunc(pure, func(p string) bool { return under(room, p) })
}

// fault says why a room may not import a package; empty where it may.
func fault(rooms map[string][]string, room, imported string) string {
	if path, ours := place(imported); ours {
		other := roomOf(rooms, path)
		if other != room && !slices.Contains(rooms[room], other) || workshop(path) {
			return "it may import of ours only " + strings.Join(rooms[room], ", ")
		}
		return ""
	}
	for root, only := range owners {
		if under(imported, root) && !slices.ContainsFunc(only, func(owner string) bool { return under(room, owner) }) {
			return "only " + strings.Join(only, ", ") + " may know it"
		}
	}
	if isPure(room) && slices.ContainsFunc(inputs, func(in string) bool { return under(imported, in) }) {
		return "a pure room does no I/O"
	}
	return ""
}

// TestRooms holds every package against the import table of ARCHITECTURE.md.
func TestRooms(t *testing.T) {
	allowed := rooms(t)
	for _, p := range goList(t, "./...") {
		for _, message := range faults(allowed, p) {
			t.Error(message)
		}
	}
}

// TestPureRoomsReadNoClock lets the pure rooms reckon with days and nothing else: what
// day it is they are told.
func TestPureRoomsReadNoClock(t *testing.T) {
	for room := range rooms(t) {
		if !isPure(room) {
			continue
		}
		files, err := filepath.Glob(room + "/*.go")
		if err != nil || len(files) == 0 {
			t.Fatalf("no sources in %s: %v", room, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			for _, name := range timeNames(t, file, nil) {
				if !slices.Contains(calendar, name) {
					t.Errorf("%s uses time.%s: a pure room reads no clock", file, name)
				}
			}
		}
	}
	if names := timeNames(t, "broken.go", "package broken\nimport clock \"time\"\nvar now = clock.Now()"); !slices.Equal(names, []string{"Now"}) {
		t.Errorf("the test finds %q where a file reads the clock", names)
	}
}

// timeNames gives the names of package time that a file uses.
func timeNames(t *testing.T, file string, src any) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	called := ""
	for _, i := range f.Imports {
		if i.Path.Value == `"time"` {
			called = "time"
			if i.Name != nil {
				called = i.Name.Name
			}
		}
	}
	var names []string
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && x.Name == called {
				names = append(names, s.Sel.Name)
			}
		}
		return true
	})
	return names
}

// TestNounsHaveTheirFile holds the domain to one file for each noun of the dataset, of
// its name: its type is there, how it is built and how it is found.
func TestNounsHaveTheirFile(t *testing.T) {
	nouns := map[string]string{} // "products" and "product" to product.go
	eachDecl(t, "compat/fact/dataset.go", nil, func(_, name string, decl ast.Node) {
		if s, ok := decl.(*ast.StructType); ok && name == "Dataset" {
			for _, f := range s.Fields.List {
				if list, ok := f.Type.(*ast.ArrayType); ok {
					one := strings.ToLower(list.Elt.(*ast.Ident).Name)
					nouns[one], nouns[strings.ToLower(f.Names[0].Name)] = one+".go", one+".go"
				}
			}
		}
	})
	strays := func(file string, src any) (all []string) {
		eachDecl(t, file, src, func(receiver, name string, _ ast.Node) {
			home := nouns[strings.ToLower(name)]
			if home != "" && home != filepath.Base(file) && (receiver == "" || receiver == "Matrix" || receiver == "builder") {
				all = append(all, fmt.Sprintf("%s has %s, whose place is %s", file, name, home))
			}
		})
		return all
	}
	files, _ := filepath.Glob("compat/*.go")
	rooms, _ := filepath.Glob("compat/*/*.go")
	if len(nouns) < 20 || len(files) == 0 || len(rooms) == 0 {
		t.Fatalf("found %d nouns, %d files, %d in rooms", len(nouns), len(files), len(rooms))
	}
	for _, file := range append(files, rooms...) {
		if !strings.HasSuffix(file, "_test.go") {
			for _, stray := range strays(file, nil) {
				t.Error(stray)
			}
		}
	}
	if found := strays("broken.go", "package broken\ntype Port int\nfunc (m *Matrix) Products() {}\nfunc (h Hit) Kind() {}"); len(found) != 2 {
		t.Errorf("the test finds %q where two nouns have strayed", found)
	}
}

// eachDecl visits the types and functions of a file by receiver and name.
func eachDecl(t *testing.T, file string, src any, visit func(receiver, name string, decl ast.Node)) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			receiver := ""
			if d.Recv != nil {
				ast.Inspect(d.Recv.List[0].Type, func(n ast.Node) bool {
					if id, ok := n.(*ast.Ident); ok && receiver == "" {
						receiver = id.Name
					}
					return true
				})
			}
			visit(receiver, d.Name.Name, d)
		case *ast.GenDecl:
			for _, s := range d.Specs {
				if s, ok := s.(*ast.TypeSpec); ok {
					visit("", s.Name.Name, s.Type)
				}
			}
		}
	}
}

// TestProgramCarriesNoTools makes sure that what only builds, checks or measures
// the program is no part of it.
func TestProgramCarriesNoTools(t *testing.T) {
	for _, p := range goList(t, "-deps", ".") {
		if path, ours := place(p.ImportPath); ours && workshop(path) {
			t.Errorf("the program carries the workshop %s", path)
		}
		for _, stranger := range strangers {
			if under(p.ImportPath, stranger) {
				t.Errorf("the program carries %s", p.ImportPath)
			}
		}
	}
}

// TestTableRefuses makes sure that the table finds what it is there to find.
func TestTableRefuses(t *testing.T) {
	allowed := rooms(t)
	for _, broken := range []struct{ from, imported string }{
		{"version", module + "/compat"},
		{"compat", module + "/seed"},
		{"compat", "os"},
		{"compat", "log/slog"},
		{"compat", "net/http"},
		{"compat", "database/sql"},
		{"detect", "os"},
		{"detect", module + "/seed"},
		{"compat", module + "/detect"},
		{"compat/fact", module + "/compat"},
		{"compat/fact", "os"},
		{"page", module + "/compat/fact"},
		{"seed", module + "/store"},
		{"seed", module + "/seed/proposal"},
		{"seed", "github.com/goccy/go-yaml/ast"},
		{"seed/sheet", module + "/seed"},
		{"store", module + "/seed"},
		{"store", module + "/api"},
		{"openapi", module + "/compat"},
		{"api", module + "/store"},
		{"api", module + "/openapi/generate"},
		{"api/wire", module + "/compat"},
		{"api/wire", module + "/api"},
		{"portal", "github.com/labstack/echo/v4"},
		{"api", "database/sql/driver"},
		{"cli", "github.com/labstack/echo/v4"},
		{"cli", "github.com/goccy/go-yaml/ast"},
		{"cli", "github.com/mattn/go-sqlite3"},
		{"cli", "github.com/jackc/pgx/v5/pgconn"},
		{"store", "github.com/go-sql-driver/mysql"},
		{"cli", "os/exec"},
		{"mirror", module + "/seed"},
		{"doctor", module + "/store"},
		{"newroom", "fmt"},
	} {
		p := pkg{ImportPath: module + "/" + broken.from, Imports: []string{broken.imported}}
		if len(faults(allowed, p)) == 0 {
			t.Errorf("the table lets %s import %s", broken.from, broken.imported)
		}
	}
}

// TestAlone holds the rooms whose tests run without the race detector to starting no goroutine.
func TestAlone(t *testing.T) {
	line := regexp.MustCompile(`(?m)^ALONE = (.*)$`).FindStringSubmatch(read(t, "Makefile"))
	if line == nil {
		t.Fatal("the Makefile names no such rooms")
	}
	alone, found := regexp.MustCompile("^("+line[1]+")$"), 0
	for _, p := range goList(t, "./...") {
		room, _ := place(p.ImportPath)
		if !alone.MatchString(room) {
			continue
		}
		found++
		files, err := filepath.Glob(room + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if !strings.HasSuffix(file, "_test.go") && startsGoroutine(t, file, nil) {
				t.Errorf("%s starts a goroutine: the tests of %s have to run under the race detector", file, room)
			}
		}
	}
	if found == 0 || !startsGoroutine(t, "a.go", "package a\nfunc f() { go f() }") || !startsGoroutine(t, "a.go", "package a\nfunc f() { g.Go(f) }") {
		t.Errorf("%d rooms are looked at, and a goroutine in one would not be seen", found)
	}
}

// startsGoroutine reports whether a file starts one, by itself or by a group's Go.
func startsGoroutine(t *testing.T, file string, src any) (starts bool) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			starts = true
		case *ast.SelectorExpr:
			starts = starts || n.Sel.Name == "Go"
		}
		return true
	})
	return starts
}
