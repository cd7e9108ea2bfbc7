package fleet

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/testedon/testedon/cli/client"
	"github.com/testedon/testedon/compat/fact"
)

// maxItems is how many environments a file may have.
const maxItems = 100_000

// reader reads the environments of a file.
type reader struct {
	*Source
	// kinds gives the IDs of the kinds of components, and the ID for each of their
	// names.
	kinds func() ([]string, map[string]string, error)
}

// items reads them all. Each takes what it does not say from defaults.
func (r *reader) items(defaults members) ([]*client.Item, error) {
	read := map[string]func(members) ([]*client.Item, error){"csv": r.fromCSV, "json": r.fromJSON, "ndjson": r.fromLines}[r.format]
	items, err := read(defaults)
	switch {
	case err != nil:
		return nil, err
	case len(items) == 0:
		return nil, r.fault(0, "Write one environment on each line.", "there is no environment in it")
	case len(items) > maxItems:
		return nil, r.fault(items[maxItems].Line, "Split the file.", "there are more than %d environments in it", maxItems)
	}
	return items, nil
}

// check reports a text that is too large or in no encoding that is read, and takes
// away the mark that some programs begin a file with.
func (s *Source) check() error {
	if len(s.text) > maxFile {
		return s.fault(0, "Split it.", "it is larger than %d MiB", maxFile>>20)
	}
	if bytes.HasPrefix(s.text, []byte("\xff\xfe")) || bytes.HasPrefix(s.text, []byte("\xfe\xff")) {
		return s.fault(0, "Save it as UTF-8.", "it is in UTF-16")
	}
	s.text = bytes.TrimPrefix(s.text, []byte("\ufeff"))
	for i := 0; i < len(s.text); {
		r, size := utf8.DecodeRune(s.text[i:])
		if r == 0 || r == utf8.RuneError && size == 1 {
			return s.fault(s.lineAt(i), "Save it as UTF-8.", "that is not text in UTF-8")
		}
		i += size
	}
	return nil
}

// lineAt gives the number of the line that has the byte.
func (s *Source) lineAt(offset int) int { return 1 + bytes.Count(s.text[:offset], []byte("\n")) }

// fault reports what is wrong with the file, at a line where that is known.
func (s *Source) fault(line int, hint, format string, args ...any) error {
	where := s.Name
	if line > 0 {
		where += fmt.Sprintf(":%d", line)
	}
	return fact.Invalid("file", hint, "%s: "+format, append([]any{where}, args...)...)
}

// member is a name of a JSON object and its value.
type member struct {
	name  string
	value json.RawMessage
}

// members are a JSON object, in the order of its text.
type members []member

func textMember(name, value string) member { return member{name, quoteJSON(value)} }

// quoteJSON writes a text as a JSON string. Every string can be written.
func quoteJSON(text string) []byte {
	quoted, _ := json.Marshal(text)
	return quoted
}

// readMembers reads an object; false for any other text.
func readMembers(text []byte) (members, bool) {
	in := json.NewDecoder(bytes.NewReader(text))
	if begin, err := in.Token(); err != nil || begin != json.Delim('{') {
		return nil, false
	}
	var all members
	for in.More() {
		name, err := in.Token()
		if err != nil {
			return nil, false
		}
		m := member{name: name.(string)} // what stands before a value in an object
		if err := in.Decode(&m.value); err != nil {
			return nil, false
		}
		all = append(all, m)
	}
	_, err := in.Token()
	return all, err == nil && !in.More()
}

// find gives the value of a name; nil where it is missing, or null.
func (all members) find(name string) json.RawMessage {
	for _, m := range all {
		if m.name == name && string(m.value) != "null" {
			return m.value
		}
	}
	return nil
}

// with gives the object with those of defaults that it lacks.
func (all members) with(defaults members) members {
	for _, d := range defaults {
		if all.find(d.name) == nil {
			all = append(all.without(d.name), d)
		}
	}
	return all
}

// without gives the object without some of its names.
func (all members) without(names ...string) members {
	return slices.DeleteFunc(slices.Clone(all), func(m member) bool { return slices.Contains(names, m.name) })
}

// MarshalJSON writes the object on one line.
func (all members) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range all {
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(append(quoteJSON(m.name), ':'))
		if err := json.Compact(&b, m.value); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// nameOf gives what an object calls itself by.
func (all members) nameOf() string {
	value := all.find("name")
	if value == nil {
		value = all.find("id")
	}
	var text string
	if json.Unmarshal(value, &text) != nil {
		text = string(value) // a number as it is written
	}
	return strings.TrimSpace(text)
}
