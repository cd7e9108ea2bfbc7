// Package mapping reads statements out of documents of data, JSON and YAML, which are no
// prose: a [Mapping] says by paths where a document has names, versions and the rest. The
// paths are those of RFC 9535 (JSONPath), as far as [Rule] needs them.
package mapping

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/seed/sheet"
)

// Mapping says where documents of one shape have what they state.
type Mapping struct {
	ID      string   `json:"id"`
	Title   string   `json:"title"`             // of the documents; a value
	Matches []string `json:"matches,omitempty"` // paths, each of which finds something in a document of that shape
	Rules   []Rule   `json:"rules"`
}

// Rule says where one sort of statements stands. What may be a value is a path that begins
// with "$" and is looked for in the part; with "^$", in what the part is within, and with
// "^^$", in the document; "$~" or "^$~", the key of the part or of that; or else the text itself.
type Rule struct {
	Within string `json:"within,omitempty"` // path to larger parts of the document; without it, the document
	Each   string `json:"each,omitempty"`   // path in them to the parts that state something; without it, themselves
	Kind   string `json:"kind,omitempty"`   // a value; without it, that of the name
	Name   string `json:"name"`             // a value
	// Technology is its id in a catalogue, a value: then nothing is made out of the words. With
	// it, With finds what has to be there besides, each with a technology and a version.
	Technology string  `json:"technology,omitempty"`
	With       string  `json:"with,omitempty"`
	Versions   string  `json:"versions,omitempty"`
	Status     string  `json:"status"` // a value
	Words      []Word  `json:"words,omitempty"`
	Product    string  `json:"product,omitempty"`
	Release    string  `json:"release,omitempty"`
	When       string  `json:"when,omitempty"`
	Section    string  `json:"section,omitempty"`
	Labels     []Label `json:"labels,omitempty"`
	Optional   bool    `json:"optional,omitempty"` // a document may have nothing of it
}

// Label is how documents print versions that people write otherwise: "11-24h2-e". A "*" in
// it stands for any words, and in the version for the same.
type Label struct {
	Printed string `json:"printed"`
	Version string `json:"version"`
	When    string `json:"when,omitempty"` // what it says besides: "Enterprise editions"
}

// read gives what a label stands for; false where it is another.
func (l *Label) read(printed string) (version string, ok bool) {
	before, after, any := strings.Cut(l.Printed, "*")
	if !any {
		return l.Version, printed == l.Printed
	}
	rest, begins := strings.CutPrefix(printed, before)
	rest, ends := strings.CutSuffix(rest, after)
	return strings.Replace(l.Version, "*", rest, 1), begins && ends
}

// Word is what documents print for a status.
type Word struct {
	Printed string      `json:"printed"`
	Status  fact.Status `json:"status"`
}

// Decode reads a mapping. All of its paths are checked.
func Decode(f sheet.File) (*Mapping, sheet.Problems) {
	m, at, problems := sheet.Decode[Mapping](f)
	check := func(key, value string) {
		if _, err := pathOf(value); err != nil {
			problems = append(problems, sheet.Problem{File: f.Name, Line: at[key].Line, Column: at[key].Column, Severity: sheet.SeverityError, Message: err.Error()})
		}
	}
	check("title", m.Title)
	for i, path := range m.Matches {
		check(fmt.Sprintf("matches[%d]", i), path)
	}
	for i, r := range m.Rules {
		for key, value := range map[string]string{
			"within": r.Within, "each": r.Each, "kind": r.Kind, "name": r.Name, "versions": r.Versions, "status": r.Status, "technology": r.Technology, "with": r.With,
			"product": r.Product, "release": r.Release, "when": r.When, "section": r.Section,
		} {
			check(fmt.Sprintf("rules[%d].%s", i, key), value)
		}
	}
	return &m, problems.Sorted()
}

// Load reads the mappings of a catalogue, in the order of their names.
func Load(catalogue fs.FS) ([]*Mapping, error) {
	names, err := fs.Glob(catalogue, "mappings/*.yaml")
	var all []*Mapping
	for _, name := range names {
		data, failed := fs.ReadFile(catalogue, name)
		if err = errors.Join(err, failed); failed != nil {
			continue
		}
		m, problems := Decode(sheet.File{Name: name, Data: data})
		if all = append(all, m); len(problems) > 0 {
			err = errors.Join(err, problems)
		}
	}
	return all, err
}

// IsData reports whether a file is data by its name or, where it has none, by its text.
func IsData(name string, text []byte) bool {
	const start = 200
	return slices.Contains([]string{".json", ".yaml", ".yml"}, strings.ToLower(path.Ext(name))) || startOfJSON().Match(text[:min(len(text), start)])
}

// startOfJSON is how no page begins.
var startOfJSON = str.Regexp(`^\s*(?:\[\s*)?\{\s*"`)
