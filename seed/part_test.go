package seed_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/seed/sheet"
)

// statement is a release file that states one claim, of a source.
const statement = `product: mi
version: "4.4.0"
sections:
  - section: Databases
    source: anna
    status: tested
    rows:
      - technology: postgresql
        printed: PostgreSQL
        versions: ["18.1"]
        quote: PostgreSQL 18.1
`

const annas = "id: anna\ntitle: What Anna tested\nurl: https://example.com/anna\ndate: \"2026-01-31\"\nauthority: official\n"

func partOf(files map[string]string) (*seed.Part, error) {
	folder := fstest.MapFS{}
	for name, text := range files {
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	record := &fact.Dataset{Releases: []fact.Release{{Product: "mi", Version: "4.4.0", Aliases: []string{"4.4"}}}}
	return seed.LoadPart(seed.Folder{Files: folder}, record, fact.Day(1<<30))
}

// TestPart reads what adds to a record: a release on it is not stated anew by who has but
// statements about it.
func TestPart(t *testing.T) {
	part, err := partOf(map[string]string{"releases/mi/4.4.0.yaml": statement, "sources/anna.yaml": annas})
	if err != nil {
		t.Fatal(err)
	}
	ds := part.Dataset
	if len(ds.Releases) != 0 || len(ds.Sources) != 1 || len(ds.Claims) != 1 || ds.Claims[0].ID != "mi/4.4.0/postgresql/18.1" {
		t.Errorf("releases %v, sources %v, claims %v", ds.Releases, ds.Sources, ds.Claims)
	}
	at := part.Place([]compat.Problem{{Where: "claim mi/4.4.0/postgresql/18.1", Message: "is wrong"}, {Where: "claim other", Message: "is so, too"}})
	if at[0].String() != ".: claim other: is so, too" || at[1].String() != "releases/mi/4.4.0.yaml:8:9: is wrong" {
		t.Errorf("placed %v", at)
	}
	for name, text := range map[string]string{
		"releases/mi/4.4.0.yaml": statement + "aliases: [\"4.4\"]\n", // more than statements
		"releases/mi/4.5.0.yaml": strings.Replace(statement, "4.4.0", "4.5.0", 1),
	} {
		if part, err := partOf(map[string]string{name: text}); err != nil || len(part.Dataset.Releases) != 1 {
			t.Errorf("%s: %v, and no release", name, err)
		}
	}
}

// TestPartAtFault tells what is wrong with the files, and where.
func TestPartAtFault(t *testing.T) {
	for name, test := range map[string]struct{ file, text, problem string }{
		"not YAML":        {"kinds.yaml", "[", "kinds.yaml:1:1: "},
		"another file":    {"readme.yaml", "a: b\n", "does not belong to a catalogue"},
		"another member":  {"sources/anna.yaml", annas + "colour: red\n", "sources/anna.yaml:6:1: "},
		"no address":      {"sources/anna.yaml", strings.Replace(annas, "url: https://example.com/anna\n", "", 1), "has no address"},
		"another product": {"releases/mi/4.4.0.yaml", strings.Replace(statement, "product: mi", "product: ei", 1), "would have to be called releases/ei/4.4.0.yaml"},
		"twice the same":  {"releases/mi/4.4.0.yaml", strings.Replace(statement, `["18.1"]`, `["18.1", "18.1"]`, 1), "is stated already"},
	} {
		_, err := partOf(map[string]string{test.file: test.text})
		var problems sheet.Problems
		if !errors.As(err, &problems) || !strings.Contains(problems.Error(), test.problem) {
			t.Errorf("%s: %v, want %q", name, err, test.problem)
		}
	}
}
