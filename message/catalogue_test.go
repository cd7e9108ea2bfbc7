package message_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template/parse"
	"unicode"

	"golang.org/x/net/html"

	"github.com/testedon/testedon/message"
)

// catalogue gives the texts of English by identity.
func catalogue(t *testing.T) map[string]string {
	t.Helper()
	paths, err := filepath.Glob("en/*.properties")
	if err != nil || len(paths) == 0 {
		t.Fatal("no files", err)
	}
	all := map[string]string{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(strings.ReplaceAll(string(text), "\\\n", " ")) {
			if identity, said, ok := strings.Cut(line, " = "); ok && line[0] != '#' {
				all[identity] = strings.TrimSpace(said)
			}
		}
	}
	return all
}

// spoken are the rooms whose sentences are messages.
var spoken = []string{"compat", "api", "mcp", "portal", "cli", "doctor", "export", "fleet", "detect", "internal/secret", "version"}

// developers' are the calls whose texts only curators, authors of the contract and those who
// run a server read: findings of lint, errors of files, texts of parameters, names of what is kept, and logs.
var developers = []string{"fault", "Fault", "Errorf", "New", "ItHas", "panic", "unusable", "KeptOf", "InfoContext", "ErrorContext", "Info", "Warn", "LogAttrs"}

// described are the calls and fields with texts that only authors of the contract and of
// dashboards read: what a filter and a parameter are for, examples of their values, and the help of metrics.
var described = []string{"AnyOf", "OneOf", "Word", "Like", "OfAuthority", "ofProduct", "ofTechnology", "ofKind", "Shown", "About", "Help"}

// unsaid are files whose texts are no answers.
var unsaid = map[string]string{
	"api/contract.go":         "the contract",
	"api/find.go":             "the name of a column of CSV",
	"api/metrics.go":          "the help of metrics",
	"api/wire/list.go":        "the contract",
	"compat/fact/error.go":    "the end of a finding of lint",
	"compat/fact/snapshot.go": "an error of a file, for those who run a server",
	"compat/fact/file.go":     "a finding of lint",
	"compat/matrix.go":        "findings of lint",
	"compat/file.go":          "a form for the authors of a catalogue",
	"compat/question.go":      "a question, in the words that are asked with",
	"api/question/change.go":  "the contract",
	"compat/fact/quantity.go": "the name of a unit",
	"portal/part_home.go":     "a question, in the words that are asked with",

	"cli/client/problem.go":           "the beginning of a problem, in whose place a flag is named",
	"cli/current/origin.go":           "a note of a revision, in the record",
	"cli/example.go":                  "a command",
	"cli/exit.go":                     "what the parser says",
	"cli/exit/exit.go":                "an error that says nothing, as all is said",
	"cli/kind.go":                     "a tag of the grammar",
	"cli/parser.go":                   "what the parser says",
	"cli/record.go":                   "a note of a revision, in the record",
	"cli/curation/diff.go":            "a report to curators",
	"cli/curation/history.go":         "a report to curators",
	"cli/curation/page.go":            "a report to curators",
	"cli/curation/proposal_text.go":   "a report to curators",
	"cli/curation/refresh_propose.go": "a report to curators",
	"cli/curation/refresh_text.go":    "a report to curators",
	"detect/banners.go":               "what machines print",
	"detect/containers.go":            "keys of files",
	"detect/databases.go":             "keys of files",
	"detect/documents.go":             "keys of files",
	"detect/furniture.go":             "what machines print, and commands",
	"detect/image.go":                 "a command",
	"detect/javatools.go":             "what machines print",
	"detect/labelled.go":              "what machines print",
	"detect/mask.go":                  "the words before a secret",
	"detect/oracle.go":                "what machines print",
	"detect/peel.go":                  "forms of times, and words that are read",
	"detect/sbom.go":                  "keys of files",
	"detect/sql.go":                   "what machines print",
	"detect/system.go":                "what machines print",
	"doctor/mysql.go":                 "what a client prints",
	"doctor/postgres.go":              "an address",
	"export/environments.go":          "the heads of tables, which import reads again",
	"export/gate.go":                  "what machines print, and commands",
	"export/gate_write.go":            "tasks, in the notation of their tools",
	"export/html.go":                  "a page",
	"export/parts.go":                 "the heads of tables, which import reads again",

	"version/microsoft.go": "words that are read",
	"version/others.go":    "words that are read",
	"version/phrase.go":    "a version, in the words that are read again",
	"version/scheme.go":    "an error of a label, for curators",
	"version/words.go":     "words that are read",
}

var sentence = regexp.MustCompile(`[a-z]{2,} [a-z]{2,}`)

// TestNoSentenceElsewhere: what people read of the rooms that speak by messages stands in the
// catalogue, but for what only curators and authors read.
func TestNoSentenceElsewhere(t *testing.T) {
	used, describes := map[string]bool{}, map[ast.Node]bool{}
	for _, room := range spoken {
		for path, file := range sources(t, room) {
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.CallExpr:
					for _, arg := range n.Args {
						describes[arg] = slices.Contains(described, called(n))
					}
					return !slices.Contains(developers, called(n))
				case *ast.KeyValueExpr:
					key, _ := n.Key.(*ast.Ident)
					describes[n.Value] = key != nil && slices.Contains(described, key.Name)
				case *ast.ImportSpec:
					return false
				case *ast.Field:
					return n.Tag == nil
				case *ast.BasicLit:
					if text, err := strconv.Unquote(n.Value); n.Kind == token.STRING && err == nil && !describes[n] && sentence.MatchString(text) && !strings.Contains(text, "<") { // which is markup
						if used[path] = true; unsaid[path] == "" {
							t.Errorf("%s says %s, which is no message", path, n.Value)
						}
					}
				}
				return true
			})
		}
	}
	for path := range unsaid {
		if !used[path] {
			t.Errorf("%s says nothing any more; take it out of the list", path)
		}
	}
}

// sources parses the files of a room and of those in it, without tests.
func sources(t *testing.T, room string) map[string]*ast.File {
	t.Helper()
	all := map[string]*ast.File{}
	err := filepath.WalkDir(filepath.Join("..", room), func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		all[filepath.ToSlash(strings.TrimPrefix(path, ".."+string(filepath.Separator)))] = file
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// called is the name of the function that is called.
func called(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.SelectorExpr:
		return f.Sel.Name
	case *ast.Ident:
		return f.Name
	}
	return ""
}

// saying are the functions that say a message, how many arguments stand before its identity,
// and how many values it has beside those behind it.
var saying = map[string][2]int{
	"Text": {0, 0}, "say": {0, 0}, "sentence": {0, 0}, "Of": {0, 0}, "Advise": {0, 0}, "Refuse": {1, 0}, "Unavailable": {2, 0}, "Say": {0, 0}, "wrong": {1, 0}, "Append": {1, 0}, "AppendList": {1, 1}, "AppendUnread": {2, 1}, "Find": {0, -1}, "refuse": {2, 0}, "Some": {0, 1}, "leaveOut": {0, 0}, "unread": {1, 0}, "miss": {1, 0}, "stranger": {2, 0},
}

// said are what each identity that is not itself a message stands for in a call: its title and
// description on a page, say.
var said = map[string][]string{"frameOf": {".title", ".description"}, "Refuse": {"", ".hint"}}

// identityOf is the identity that an expression stands for, as a text, by what finds its place
// or by a name; empty where that cannot be told.
func identityOf(e ast.Expr, named map[string]string) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, _ := strconv.Unquote(e.Value)
		return text
	case *ast.Ident:
		return named[e.Name]
	case *ast.CallExpr:
		if called(e) == "Find" {
			return identityOf(e.Args[0], named)
		}
	}
	return ""
}

var saidInTemplate = regexp.MustCompile(`\.Say "([^"]+)"`)

// inTemplates gives the identities that the templates of a room say.
func inTemplates(t *testing.T, room string) (all []string) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("..", room, "report.*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range saidInTemplate.FindAllStringSubmatch(string(text), -1) {
			all = append(all, m[1])
		}
	}
	return all
}

var value = regexp.MustCompile(`\{(\d+)[,}]`)

// TestMessagesAreUsed: every message that a room says is there and has as many values as it
// is said with, and every message that is there is said.
func TestMessagesAreUsed(t *testing.T) {
	texts := catalogue(t)
	most := func(identity string) (n int) {
		for _, text := range []string{texts[identity], texts[identity+".hint"]} {
			for _, m := range value.FindAllStringSubmatch(text, -1) {
				at, _ := strconv.Atoi(m[1])
				n = max(n, at+1)
			}
		}
		return n
	}
	used := map[string]bool{}
	for _, room := range spoken {
		for _, identity := range inTemplates(t, room) {
			if used[identity] = true; texts[identity] == "" {
				t.Errorf("a template of %s says %s, which is not there", room, identity)
			}
		}
		named := map[string]string{} // identities by the name of what holds their place
		files := sources(t, room)
		for _, file := range files {
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.BasicLit:
					if text, err := strconv.Unquote(n.Value); err == nil && texts[text] != "" {
						used[text], used[text+".hint"] = true, true
					}
				case *ast.CallExpr:
					for _, ending := range said[called(n)] {
						for _, arg := range n.Args {
							used[identityOf(arg, nil)+ending] = true
						}
					}
				case *ast.ValueSpec:
					for i, v := range n.Values {
						named[n.Names[i].Name] = identityOf(v, nil)
					}
				}
				return true
			})
		}
		for path, file := range files {
			ast.Inspect(file, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				how, says := [2]int{}, false
				if ok {
					how, says = saying[called(call)]
				}
				if !says || len(call.Args) <= how[0] {
					return true
				}
				identity := identityOf(call.Args[how[0]], named)
				if values := len(call.Args) - how[0] - 1 + how[1]; identity == "" || how[1] < 0 || call.Ellipsis.IsValid() {
					return true
				} else if message.Find(identity) == 0 {
					t.Errorf("%s says %s, which is not there", path, identity)
				} else if want := most(identity); values < want || values > want+1 {
					t.Errorf("%s says %s with %d values, and not %d", path, identity, values, want)
				}
				return true
			})
		}
	}
	templates(t, func(path string, call *parse.CommandNode) {
		identity := call.Args[1].(*parse.StringNode).Text
		if used[identity] = true; texts[identity] == "" {
			t.Errorf("%s says %s, which is not there", path, identity)
		} else if values, want := len(call.Args)-2, most(identity); values != want {
			t.Errorf("%s says %s with %d values, and not %d", path, identity, values, want)
		}
	})
	for id, text := range element(t) {
		if used["portal.element."+id] = true; texts["portal.element."+id] != text {
			t.Errorf("the element says %s: %q, and not %q", id, text, texts["portal.element."+id])
		}
	}
	for _, identity := range slices.Sorted(maps.Keys(texts)) {
		if !used[identity] && !strings.HasPrefix(identity, "list.") && !strings.HasPrefix(identity, "help") { // cli holds the help
			t.Errorf("nobody says %s", identity)
		}
	}
}

// templates gives each call of "t" in the templates of pages, and reports what else of them people
// would read.
func templates(t *testing.T, say func(path string, call *parse.CommandNode)) {
	t.Helper()
	paths, err := filepath.Glob("../portal/*.html")
	if err != nil || len(paths) == 0 {
		t.Fatal("no templates", err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		tree := parse.New(path)
		tree.Mode = parse.SkipFuncCheck
		trees := map[string]*parse.Tree{}
		if _, err := tree.Parse(string(text), "", "", trees); err != nil {
			t.Fatal(err)
		}
		for _, tree := range trees {
			var markup strings.Builder
			walk(reflect.ValueOf(tree.Root), func(n parse.Node) {
				switch n := n.(type) {
				case *parse.TextNode:
					markup.Write(n.Text)
				case *parse.ActionNode:
					markup.WriteString("•")
				case *parse.CommandNode:
					if n.Args[0].String() == "t" {
						say(path, n)
					}
				case *parse.StringNode:
					if sentence.MatchString(n.Text) {
						t.Errorf("%s says %q, which is no message", path, n.Text)
					}
				}
			})
			for _, text := range readable(markup.String()) {
				t.Errorf("%s says %q, which is no message", path, text)
			}
		}
	}
}

// walk gives every node of a tree of templates, a node before what is in it.
func walk(v reflect.Value, visit func(parse.Node)) {
	switch {
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			walk(v.Index(i), visit)
		}
		return
	case v.Kind() == reflect.Interface:
		v = v.Elem()
	}
	if n, ok := v.Interface().(parse.Node); ok && !v.IsNil() {
		visit(n)
		for _, name := range []string{"Nodes", "Pipe", "Cmds", "Args", "List", "ElseList"} {
			if field := v.Elem().FieldByName(name); field.IsValid() {
				walk(field, visit)
			}
		}
	}
}

// names are texts of templates that are the same in every language.
var names = []string{"TestedOn", "· TestedOn", "testedon check --file hosts.csv", "Oracle", "postgres"}

// readable are the texts of markup that people read: between tags, and in some attributes.
func readable(markup string) (all []string) {
	hold := func(text string) {
		if text = strings.TrimSpace(strings.ReplaceAll(text, "•", "")); strings.ContainsFunc(text, unicode.IsLetter) && !slices.Contains(names, text) {
			all = append(all, text)
		}
	}
	tokens := html.NewTokenizer(strings.NewReader(markup))
	for kind := tokens.Next(); kind != html.ErrorToken; kind = tokens.Next() {
		token := tokens.Token()
		switch {
		case kind == html.TextToken && strings.Contains(token.Data, "<"): // within noscript
			all = append(all, readable(token.Data)...)
		case kind == html.TextToken:
			hold(token.Data)
		}
		for _, a := range token.Attr {
			if slices.Contains([]string{"aria-label", "title", "alt", "placeholder", "content", "label"}, a.Key) && !slices.ContainsFunc(token.Attr, func(o html.Attribute) bool { return o.Key == "name" && token.Data == "meta" && o.Val != "description" }) {
				hold(a.Val)
			}
		}
	}
	return all
}

// element is the table of messages in the script of the element.
func element(t *testing.T) map[string]string {
	t.Helper()
	script, err := os.ReadFile("../portal/widget/testedon.js")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(script), "const SAYS = {")
	table, _, _ = strings.Cut(table, "  };")
	all := map[string]string{}
	for line := range strings.Lines(strings.TrimSpace(table)) {
		id, text, ok := strings.Cut(strings.TrimSuffix(strings.TrimSpace(line), ","), ": ")
		said, err := strconv.Unquote(text)
		if !ok || err != nil {
			t.Fatalf("the table of the element has %q: %v", line, err)
		}
		all[id] = said
	}
	return all
}

// TestMessagesRead: every message can be said, and leaves nothing of its notation.
func TestMessagesRead(t *testing.T) {
	for identity, text := range catalogue(t) {
		for _, n := range []string{"", "1", "2", "tested"} {
			values := make([]string, 20)
			for i := range values {
				values[i] = n
			}
			said := message.English.Text(identity, values...)
			if !strings.Contains(text, "'{") && strings.ContainsAny(said, "{}#") || strings.Contains(said, "plural") || strings.Contains(strings.ReplaceAll(said, "\n  ", ""), "  ") && n != "" {
				t.Errorf("%s says %q", identity, said)
			}
		}
	}
}
