package question

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
)

// maxItems is how many questions one request may ask.
const maxItems = 1000

// ItemField names one of many questions in an error.
const ItemField = "item"

// batch is many questions as they came in, not yet read.
type batch struct {
	Items   [][]byte
	Require string // of those that have none of their own; empty where not given
}

// ReadBatch reads a body of that media type.
func ReadBatch(media string, body []byte) (*batch, error) {
	read := (*batch).fromBody
	if media == wire.MediaLines {
		read = (*batch).fromLines
	}
	b := &batch{}
	if err := read(b, body); err != nil {
		return nil, err
	}
	if len(b.Items) == 0 {
		return nil, fact.Refuse("items", "body.empty").Advise("body.items")
	}
	return b, nil
}

// fromLines reads a question on each line. Empty lines count for nothing.
func (b *batch) fromLines(body []byte) error {
	for line := range bytes.Lines(body) {
		if line = bytes.Trim(line, " \t\r\n"); len(line) > 0 {
			if err := b.add(line); err != nil {
				return err
			}
		}
	}
	return nil
}

// fromBody reads an object with a list of questions; each need only be JSON.
func (b *batch) fromBody(body []byte) error {
	members, err := object("body", "body.items", body)
	if err != nil {
		return err
	}
	for _, m := range members {
		switch {
		case m.Name != "items" && m.Name != "require":
			return wire.Unknown("field", m.Name, []string{"items", "require"})
		case m.Value.Kind() == jsontext.KindNull:
		case m.Name == "items":
			err = b.addList(m.Value)
		default:
			given, wrong := text("require", m.Value)
			if err = wrong; err == nil {
				err = wire.SetOnce(&b.Require, "require", given)
			}
			if err == nil {
				_, err = readRequire(given)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// addList takes the questions of a list.
func (b *batch) addList(value jsontext.Value) error {
	kind, items, _ := wire.Parts(value) // which is a part itself
	if kind != jsontext.KindBeginArray {
		return wrongType("items", "list")
	}
	for _, item := range items {
		if err := b.add(item.Value); err != nil {
			return err
		}
	}
	return nil
}

// add takes one more question.
func (b *batch) add(item []byte) error {
	if len(b.Items) == maxItems {
		return fact.Refuse(place("items", maxItems), "body.questions", maxItems)
	}
	b.Items = append(b.Items, item)
	return nil
}
