package page_test

import (
	"os"
	"strings"
	"testing"

	"github.com/testedon/testedon/page"
)

// names are those of testdata/names.list.
func names(t testing.TB) page.Names {
	t.Helper()
	text, err := os.ReadFile("testdata/names.list")
	if err != nil {
		t.Fatal(err)
	}
	fold := strings.NewReplacer(" ", "", "-", "", "_", "", ".", "")
	all := map[string]page.Name{}
	for line := range strings.Lines(string(text)) {
		kind, listed, found := strings.Cut(strings.TrimSpace(line), ": ")
		for name := range strings.SplitSeq(listed, ", ") {
			name, generic := strings.CutPrefix(name, "*")
			if found && line[0] != '#' {
				all[fold.Replace(name)] = page.Name{Kind: kind, Generic: generic}
			}
		}
	}
	return func(printed string) page.Name { return all[fold.Replace(strings.ToLower(printed))] }
}
