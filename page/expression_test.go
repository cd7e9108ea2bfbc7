package page_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
)

// TestExpressions reads the source: an expression that is not well formed would
// show only where a page needs it.
func TestExpressions(t *testing.T) {
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, name := range names {
		for _, literal := range expressions(t, name) {
			seen++
			wellFormed(t, name, literal)
		}
	}
	if seen < 50 {
		t.Errorf("%d expressions found in the source; where are the others?", seen)
	}
}

// expressions are the literals that a file compiles.
func expressions(t *testing.T, name string) (literals []string) {
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) != 1 {
			return true
		}
		f, named := call.Fun.(*ast.Ident)
		if text, ok := call.Args[0].(*ast.BasicLit); ok && named && f.Name == "compiled" {
			literals = append(literals, text.Value)
		}
		return true
	})
	return literals
}

func wellFormed(t *testing.T, name, literal string) {
	text, err := strconv.Unquote(literal)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := regexp.Compile(text); err != nil {
		t.Errorf("%s: %v", name, err)
	}
}
