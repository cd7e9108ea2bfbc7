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
	all, begins := map[string]page.Name{}, map[string]bool{}
	for line := range strings.Lines(string(text)) {
		kind, listed, found := strings.Cut(strings.TrimSpace(line), ": ")
		for name := range strings.SplitSeq(listed, ", ") {
			name, generic := strings.CutPrefix(name, "*")
			if found && line[0] != '#' {
				key := fold.Replace(name)
				all[key] = page.Name{Kind: kind, Generic: generic}
				if kind == "asked" || kind == "other" { // a product
					all[key] = page.Name{Asked: kind == "asked", Other: kind == "other"}
				}
				for i := range len(key) {
					begins[key[:i+1]] = true
				}
			}
		}
	}
	return func(printed string) page.Name {
		key := fold.Replace(strings.ToLower(printed))
		n := all[key]
		n.Begins = begins[key]
		return n
	}
}
