// Package fleet reads files of environments: each becomes a question.
package fleet

import (
	"cmp"
	"encoding/json"
	"io"
	"path/filepath"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/cli/client"
	"github.com/testedon/testedon/compat/fact"
)

// maxFile is how many bytes of a file are read.
const maxFile = 64 << 20

// Source is the text of a file.
type Source struct {
	Name string // for reports

	format string
	text   []byte
}

// formats are those of files, by the end of a name.
var formats = map[string]string{".csv": "csv", ".tsv": "csv", ".json": "json", ".ndjson": "ndjson", ".jsonl": "ndjson"}

// Open reads a file of a format: csv, json, ndjson, or that of its name where it is empty.
// The name of standard input is "-".
func Open(name, format string, in io.Reader) (*Source, error) {
	s := &Source{Name: name, format: cmp.Or(format, formats[strings.ToLower(filepath.Ext(name))])}
	if s.format == "" {
		return nil, fact.Invalid("format", "Add --format csv, --format json or --format ndjson.", "the name %s does not tell what the file is", name)
	}
	if name == "-" {
		s.Name = "stdin"
	}
	var err error
	if s.text, err = io.ReadAll(io.LimitReader(in, maxFile+1)); err != nil {
		return nil, err
	}
	return s, s.check()
}

// Items gives a question for each environment. It takes from defaults, a question as JSON,
// what it does not say, but for the components; kinds gives the IDs of the kinds of
// components, and the ID for each of their names.
func (s *Source) Items(defaults json.RawMessage, kinds func() ([]string, map[string]string, error)) ([]*client.Item, error) {
	_, parts, _ := wire.Parts(jsontext.Value(defaults)) // which the program wrote
	all := members(parts)
	named := all.without("environment")
	for _, name := range []string{"product", "release"} {
		if string(all.find(name)) == `""` {
			named = named.without(name)
		}
	}
	return (&reader{s, kinds}).items(named)
}
