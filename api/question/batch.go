package question

import (
	"bytes"
	"encoding/json"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
)

// maxItems is how many questions one request may ask.
const maxItems = 1000

// ItemField names one of many questions in an error.
const ItemField = "item"

// batchHint shows what a body of many questions looks like.
const batchHint = `Send {"items": [{"product": "NAME", "release": "VERSION", "environment": {"KIND": "TEXT"}}]}, with up to 1,000 questions.`

// batch is many questions as they came in, not yet read.
type batch struct {
	Items   []json.RawMessage
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
		return nil, fact.Invalid("items", batchHint, "The body has no question")
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

// fromBody reads an object with a list of questions.
func (b *batch) fromBody(body []byte) error {
	r := &bodyReader{what: "body", hint: batchHint}
	return r.whole(body, func(r *bodyReader, _, name string) error {
		switch name {
		case "items":
			return r.items(b)
		case "require":
			return r.defaultRequire(b)
		}
		return wire.Unknown("field", name, []string{"items", "require"})
	})
}

// items reads the list of questions; each need only be JSON.
func (r *bodyReader) items(b *batch) error {
	if given, err := r.open("items", '[', "a list"); !given {
		return err
	}
	for r.More() {
		var item json.RawMessage
		if err := r.Decode(&item); err != nil {
			return r.noJSON()
		}
		if err := b.add(item); err != nil {
			return err
		}
	}
	_, err := r.next()
	return err
}

// defaultRequire reads the bar of the questions that set none.
func (r *bodyReader) defaultRequire(b *batch) error {
	text, given, err := r.text("require")
	if !given {
		return err
	}
	if err := wire.SetOnce(&b.Require, "require", text); err != nil {
		return err
	}
	_, err = readRequire(text)
	return err
}

// add takes one more question.
func (b *batch) add(item json.RawMessage) error {
	if len(b.Items) == maxItems {
		return fact.Invalid(place("items", maxItems), "Send the others in a further request.",
			"The body has more than %d questions", maxItems)
	}
	b.Items = append(b.Items, item)
	return nil
}
