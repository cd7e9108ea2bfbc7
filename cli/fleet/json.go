package fleet

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"github.com/testedon/testedon/cli/client"
	"github.com/testedon/testedon/compat/fact"
)

// listHint shows what a JSON file looks like.
const listHint = `Write a list, [{"product": "NAME", "release": "VERSION", "environment": {"KIND": "TEXT"}}], or {"items": [...]}.`

// fromLines reads a question on each line. A line that is none is the problem of
// that environment alone, which the API tells.
func (r *reader) fromLines(defaults members) ([]*client.Item, error) {
	var items []*client.Item
	number := 0
	for line := range bytes.Lines(r.text) {
		number++
		if line = bytes.TrimSpace(line); len(line) > 0 {
			items = append(items, newItem(number, line, defaults))
		}
	}
	return items, nil
}

// newItem makes an item of the text of a question, whatever it is.
func newItem(line int, text []byte, defaults members) *client.Item {
	all, ok := readMembers(text)
	if !ok {
		return &client.Item{Line: line, Body: oneLine(text)}
	}
	body, err := all.without("name", "id").with(defaults).MarshalJSON()
	if err != nil {
		body = oneLine(text) // which the API will complain of
	}
	return &client.Item{Line: line, Name: all.nameOf(), Body: body}
}

// oneLine takes the line breaks out of a text, which between the parts of JSON
// mean nothing.
func oneLine(text []byte) []byte {
	return bytes.ReplaceAll(bytes.ReplaceAll(text, []byte("\r"), []byte(" ")), []byte("\n"), []byte(" "))
}

// fileJSON is a JSON file: a list, or an object with one and with the bar of the
// questions that set none.
type fileJSON struct {
	*json.Decoder
	from    *Source
	items   []placed
	require string
	offset  int // up to which lines are counted
	line    int // that has it, from 0
}

// placed is a text and the line it begins in.
type placed struct {
	line int
	text json.RawMessage
}

// fromJSON reads a list of questions, alone or in an object.
func (r *reader) fromJSON(defaults members) ([]*client.Item, error) {
	in := &fileJSON{Decoder: json.NewDecoder(bytes.NewReader(r.text)), from: r.Source}
	if err := in.read(); err != nil {
		return nil, err
	}
	if in.require != "" {
		defaults = append(members{textMember("require", in.require)}, defaults.without("require")...)
	}
	items := make([]*client.Item, len(in.items))
	for i, p := range in.items {
		items[i] = newItem(p.line, p.text, defaults)
	}
	return items, nil
}

func (in *fileJSON) read() error {
	begin, err := in.Token()
	if err != nil {
		return in.broken()
	}
	switch begin {
	case json.Delim('['):
		err = in.list()
	case json.Delim('{'):
		err = in.object()
	default:
		err = in.fault("it is neither a list nor an object")
	}
	if err != nil {
		return err
	}
	if _, err := in.Token(); !errors.Is(err, io.EOF) {
		return in.fault("it goes on after its end")
	}
	return nil
}

// list reads the rest of a list of questions.
func (in *fileJSON) list() error {
	for in.More() {
		var text json.RawMessage
		if err := in.Decode(&text); err != nil {
			return in.broken()
		}
		in.items = append(in.items, placed{in.lineOf(int(in.InputOffset()) - len(text)), text})
	}
	return in.close()
}

// lineOf gives the number of the line that has the byte, which is not before the
// last one asked about.
func (in *fileJSON) lineOf(offset int) int {
	in.line += bytes.Count(in.from.text[in.offset:offset], []byte("\n"))
	in.offset = offset
	return 1 + in.line
}

// object reads the rest of an object.
func (in *fileJSON) object() error {
	for in.More() {
		name, err := in.Token()
		if err != nil {
			return in.broken()
		}
		switch name {
		case "items":
			var begin json.Token
			if begin, err = in.Token(); begin != nil && begin != json.Delim('[') {
				return in.fault("items must be a list")
			}
			if begin != nil {
				err = in.list()
			}
		case "require":
			err = in.Decode(&in.require)
		default:
			return in.fault("there is no member %q here", name)
		}
		if err != nil {
			return in.or(err)
		}
	}
	return in.close()
}

// close reads what ends a list or an object.
func (in *fileJSON) close() error {
	if _, err := in.Token(); err != nil {
		return in.broken()
	}
	return nil
}

// or gives an error that is told already, and for any other that it is no JSON.
func (in *fileJSON) or(err error) error {
	var told *fact.Error
	if errors.As(err, &told) {
		return err
	}
	return in.broken()
}

// broken reports a text that is no JSON, where it stops being it.
func (in *fileJSON) broken() error {
	var syntax *json.SyntaxError
	if errors.As(json.Unmarshal(in.from.text, new(json.RawMessage)), &syntax) {
		line := in.from.lineAt(int(max(0, syntax.Offset-1)))
		return in.from.fault(line, listHint, "that is not valid JSON")
	}
	return in.fault("that is not what it should be")
}

// fault reports what is wrong where the reader stands.
func (in *fileJSON) fault(format string, args ...any) error {
	return in.from.fault(in.from.lineAt(int(in.InputOffset())), listHint, format, args...)
}
