// Package fleet is about many environments: it reads files of them, of which each becomes a
// question, has every different one answered once, groups what is wrong with them, and writes
// reports.
package fleet

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/message"
)

// maxFile is how many bytes of a file are read.
const maxFile = 64 << 20

// Source is the text of a file.
type Source struct {
	Name string // for reports

	words  *message.Language
	format string
	text   []byte
	kinds  func() ([]string, map[string]string, error) // see Items
}

// formats are those of files, by the end of a name.
var formats = map[string]string{".csv": "csv", ".tsv": "csv", ".json": "json", ".ndjson": "ndjson", ".jsonl": "ndjson"}

// printed is the format of what one machine prints: the whole text is an environment.
const printed = "text"

// Sniff is, in a language, the text of a file, or one without a name, in the format that it has by its name or else
// its beginning. What is in none is what one machine prints.
func Sniff(words *message.Language, name string, text []byte) (*Source, error) {
	s := &Source{Name: cmp.Or(name, words.Text("fleet.pasted")), words: words, format: formats[strings.ToLower(filepath.Ext(name))], text: text}
	err := s.check()
	first, rest, _ := bytes.Cut(bytes.TrimSpace(s.text), []byte("\n"))
	second, _, _ := bytes.Cut(bytes.TrimSpace(rest), []byte("\n"))
	sign := string(delimiter(first))
	names := !strings.ContainsFunc(string(first), func(r rune) bool { return !unicode.IsLetter(r) && !strings.ContainsRune(sign+`-_" `+"\r", r) })
	switch cells := strings.Count(string(first), sign); {
	case s.format == "csv" || s.format == "ndjson":
	case bytes.HasPrefix(first, []byte("{")) && json.Valid(first) && json.Valid(second):
		s.format = "ndjson"
	case bytes.ContainsAny(first[:min(len(first), 1)], "[{") && bytes.Contains(s.text, []byte(`"environment"`)):
		s.format = "json"
	case cells > 0 && names, cells > 1 && cells == strings.Count(string(second), sign):
		s.format = "csv"
	default:
		s.format = printed
	}
	return s, err
}

// Open reads, in a language, a file of a format: csv, json, ndjson, or that of its name where it is empty.
// The name of standard input is "-".
func Open(words *message.Language, name, format string, in io.Reader) (*Source, error) {
	s := &Source{Name: name, words: words, format: cmp.Or(format, formats[strings.ToLower(filepath.Ext(name))])}
	if s.format == "" {
		return nil, fact.Refuse("format", "fleet.format", name)
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
func (s *Source) Items(defaults json.RawMessage, kinds func() ([]string, map[string]string, error)) ([]*Item, error) {
	_, parts, _ := wire.Parts(jsontext.Value(defaults)) // which the program wrote
	all := members(parts)
	named := all.without("environment")
	for _, name := range []string{"product", "release"} {
		if string(all.find(name)) == `""` {
			named = named.without(name)
		}
	}
	s.kinds = kinds
	return s.items(named)
}
