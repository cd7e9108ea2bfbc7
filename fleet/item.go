package fleet

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/detect"
	"github.com/testedon/testedon/message"
)

// Item is a question about one environment.
type Item struct {
	Line    int    // of the file that it begins in, from 1; 0 where it is of no file
	Name    string // that it is called by; may be empty
	Body    []byte // the question, without a line break
	Refused *Reply // why there is no question; nil where there is one
}

// refuse is the reply to an item that nobody can be asked about.
func (s *Source) refuse(code fact.Code, status int, id string, values ...any) *Reply {
	detail, hint := fact.Refuse("", id, values...).In(s.words)
	raw, _ := json.Marshal(wire.Problem{ // which can always be written
		Type: "/problems/" + string(code), Title: http.StatusText(status), Status: status, Code: string(code),
		Detail: detail, Hint: hint, Candidates: []string{},
	})
	return NewReply(status, raw)
}

// maxItems is how many environments a file may have.
const maxItems = 100_000

// items reads them all. Each takes what it does not say from defaults.
func (s *Source) items(defaults members) ([]*Item, error) {
	read := map[string]func(members) ([]*Item, error){"csv": s.fromCSV, "json": s.fromJSON, "ndjson": s.fromLines, printed: s.fromPrinted}[s.format]
	items, err := read(defaults)
	switch {
	case err != nil:
		return nil, err
	case len(items) == 0:
		return nil, s.wrong(0, "fleet.file.none")
	case len(items) > maxItems:
		return nil, s.wrong(items[maxItems].Line, "fleet.file.many", maxItems)
	}
	for _, it := range items {
		if len(it.Body) > maxBatchBytes {
			it.Body, it.Refused = nil, s.refuse(fact.CodeTooLarge, http.StatusRequestEntityTooLarge, "fleet.question.large", maxBatchBytes>>20)
		}
	}
	return items, nil
}

// check reports a text that is too large or in no encoding that is read. It may be in UTF-8, or
// in UTF-16 as Windows writes it, with a mark at its beginning.
func (s *Source) check() error {
	if len(s.text) > maxFile {
		return s.wrong(0, "fleet.file.large", maxFile>>20)
	}
	if bytes.HasPrefix(s.text, []byte("\xff\xfe")) || bytes.HasPrefix(s.text, []byte("\xef\xbb\xbf")) {
		s.text = []byte(detect.Decode(string(s.text)))
	}
	for i := 0; i < len(s.text); {
		r, size := utf8.DecodeRune(s.text[i:])
		if r == 0 || r == utf8.RuneError && size == 1 {
			return s.wrong(s.lineAt(i), "fleet.file.encoding")
		}
		i += size
	}
	return nil
}

// lineAt gives the number of the line that has the byte.
func (s *Source) lineAt(offset int) int { return 1 + bytes.Count(s.text[:offset], []byte("\n")) }

// wrong reports what is wrong with the file, at a line where that is known.
func (s *Source) wrong(line int, id string, values ...any) error {
	where := s.Name
	if line > 0 {
		where += fmt.Sprintf(":%d", line)
	}
	hint := id + ".hint"
	if message.Find(hint) == 0 {
		hint = "fleet.json.list"
	}
	return fact.Refuse("file", "fleet.file", where, message.Of(id, values...)).Advise(hint, values...)
}

// members are a JSON object, in the order of its text.
type members []wire.Part

func textMember(name, value string) wire.Part {
	return wire.Part{Name: name, Value: quoteJSON(value)}
}

// quoteJSON writes a text as a JSON string. What of it is no UTF-8 is replaced.
func quoteJSON(text string) []byte {
	quoted, _ := jsontext.AppendQuote(nil, text)
	return quoted
}

// find gives the value of a name; nil where it is missing, or null.
func (all members) find(name string) jsontext.Value {
	for _, m := range all {
		if m.Name == name && m.Value.Kind() != jsontext.KindNull {
			return m.Value
		}
	}
	return nil
}

// with gives the object with those of defaults that it lacks.
func (all members) with(defaults members) members {
	for _, d := range defaults {
		if all.find(d.Name) == nil {
			all = append(all.without(d.Name), d)
		}
	}
	return all
}

// without gives the object without some of its names.
func (all members) without(names ...string) members {
	return slices.DeleteFunc(slices.Clone(all), func(m wire.Part) bool { return slices.Contains(names, m.Name) })
}

// text writes the object on one line.
func (all members) text() []byte {
	b := []byte{'{'}
	for i, m := range all {
		b = append(append(wire.Comma(b, i), quoteJSON(m.Name)...), ':')
		value := m.Value.Clone()
		_ = value.Compact() // it is valid
		b = append(b, value...)
	}
	return append(b, '}')
}

// nameOf gives what an object calls itself by; a number as it is written.
func (all members) nameOf() string {
	value := all.find("name")
	if value == nil {
		value = all.find("id")
	}
	if value.Kind() == jsontext.KindString {
		return strings.TrimSpace(wire.TextOf(value))
	}
	return string(value)
}
