package cli

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/testedon/testedon/compat/fact"
)

// environment is what is asked for, by kind, in the order it was asked. As JSON
// it is the environment of a question.
type environment []asked

// asked is what is asked for of one kind.
type asked struct {
	kind  string
	texts []string
}

// add asks for further components of a kind.
func (e *environment) add(kind string, texts ...string) {
	for i := range *e {
		if (*e)[i].kind == kind {
			(*e)[i].texts = append((*e)[i].texts, texts...)
			return
		}
	}
	if len(texts) > 0 {
		*e = append(*e, asked{kind, texts})
	}
}

// addPairs asks for components written as KIND=VALUE.
func (e *environment) addPairs(pairs []string) error {
	for _, pair := range pairs {
		kind, text, found := strings.Cut(pair, "=")
		if kind = strings.TrimSpace(kind); !found || kind == "" {
			return fact.Invalid("with", `Write a kind, an equals sign and a value: --with "KIND=TEXT".`,
				"--with cannot be %q", pair)
		}
		e.add(kind, text)
	}
	return nil
}

// MarshalJSON writes an object with a text or a list for each kind.
func (e environment) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, a := range e {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := writePair(&b, a); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// writePair writes a kind and its text, or the list of them.
func writePair(b *bytes.Buffer, a asked) error {
	var value any = a.texts
	if len(a.texts) == 1 {
		value = a.texts[0]
	}
	name, err := json.Marshal(a.kind)
	if err != nil {
		return err
	}
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	b.Write(append(append(name, ':'), text...))
	return nil
}
