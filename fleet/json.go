package fleet

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/testedon/testedon/api/wire"
)

// fromLines reads a question on each line. A line that is none is the problem of
// that environment alone, which the API tells.
func (s *Source) fromLines(defaults members) ([]*Item, error) {
	var items []*Item
	number := 0
	for line := range bytes.Lines(s.text) {
		number++
		if line = bytes.TrimSpace(line); len(line) > 0 {
			items = append(items, newItem(number, line, defaults))
		}
	}
	return items, nil
}

// fromPrinted makes one question of the whole text.
func (s *Source) fromPrinted(defaults members) ([]*Item, error) {
	if len(bytes.TrimSpace(s.text)) == 0 {
		return nil, nil
	}
	texts, _ := json.Marshal([]string{string(s.text)}) // which can always be written
	return []*Item{{Name: s.Name, Body: members{{Name: "texts", Value: texts}}.with(defaults).text()}}, nil
}

// newItem makes an item of the text of a question, whatever it is: what is no object the
// API will complain of.
func newItem(line int, text []byte, defaults members) *Item {
	kind, parts, err := wire.Parts(text)
	if err != nil || kind != jsontext.KindBeginObject {
		return &Item{Line: line, Body: oneLine(text)}
	}
	all := members(parts)
	return &Item{Line: line, Name: all.nameOf(), Body: all.without("name", "id").with(defaults).text()}
}

// oneLine takes the line breaks out of a text, which between the parts of JSON
// mean nothing.
func oneLine(text []byte) []byte {
	return bytes.ReplaceAll(bytes.ReplaceAll(text, []byte("\r"), []byte(" ")), []byte("\n"), []byte(" "))
}

// fromJSON reads a list of questions, alone or in an object that has the bar of the
// questions that set none as well.
func (s *Source) fromJSON(defaults members) ([]*Item, error) {
	kind, parts, err := wire.Parts(s.text)
	wrong := func(offset int, id string, values ...any) ([]*Item, error) {
		return nil, s.wrong(s.lineAt(offset), id, values...)
	}
	if syntax, ok := errors.AsType[*jsontext.SyntacticError](err); errors.Is(err, wire.ErrMore) {
		return wrong(int(syntax.ByteOffset), "fleet.json.more")
	} else if ok {
		return wrong(int(syntax.ByteOffset), "fleet.json.invalid")
	}
	switch {
	case err != nil:
		return wrong(0, "fleet.json.invalid") // it is empty
	case kind == jsontext.KindBeginArray:
		return s.list(0, parts, defaults), nil
	case kind != jsontext.KindBeginObject:
		return wrong(0, "fleet.json.neither")
	}
	list := wire.Part{Value: jsontext.Value("null")}
	for i, m := range parts {
		switch kind := m.Value.Kind(); {
		case slices.ContainsFunc(parts[:i], func(o wire.Part) bool { return o.Name == m.Name }):
			return wrong(m.Offset, "fleet.json.twice", m.Name)
		case m.Name == "items" && (kind == jsontext.KindBeginArray || kind == jsontext.KindNull):
			list = m
		case m.Name == "items":
			return wrong(m.Offset, "fleet.json.items")
		case m.Name == "require" && kind == jsontext.KindString:
			defaults = append(members{m}, defaults.without("require")...)
		case m.Name == "require" && kind != jsontext.KindNull:
			return wrong(m.Offset, "fleet.json.require")
		case m.Name != "require":
			return wrong(m.Offset, "fleet.json.member", strconv.Quote(m.Name))
		}
	}
	_, parts, _ = wire.Parts(list.Value) // which is a part itself
	return s.list(list.Offset, parts, defaults), nil
}

// list makes items of the questions of a list that begins at an offset.
func (s *Source) list(offset int, questions []wire.Part, defaults members) []*Item {
	items := make([]*Item, len(questions))
	line, counted := 1, 0
	for i, q := range questions {
		line += bytes.Count(s.text[counted:offset+q.Offset], []byte("\n"))
		counted = offset + q.Offset
		items[i] = newItem(line, q.Value, defaults)
	}
	return items
}
