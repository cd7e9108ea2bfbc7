package client

import (
	"encoding/json"
	"strings"
)

// Environment is what is asked for, by kind, in the order it was asked. As JSON
// it is the environment of a question.
type Environment []Asked

// Asked is what is asked for of one kind.
type Asked struct {
	Kind  string
	Texts []string
}

// Add asks for further components of a kind.
func (e *Environment) Add(kind string, texts ...string) {
	for i := range *e {
		if (*e)[i].Kind == kind {
			(*e)[i].Texts = append((*e)[i].Texts, texts...)
			return
		}
	}
	if len(texts) > 0 {
		*e = append(*e, Asked{kind, texts})
	}
}

// MarshalJSON writes an object with a text or a list for each kind.
func (e Environment) MarshalJSON() ([]byte, error) {
	pairs := make([]string, len(e))
	for i, a := range e {
		var value any = a.Texts
		if len(a.Texts) == 1 {
			value = a.Texts[0]
		}
		kind, _ := json.Marshal(a.Kind) // texts can always be written
		texts, _ := json.Marshal(value)
		pairs[i] = string(kind) + ":" + string(texts)
	}
	return []byte("{" + strings.Join(pairs, ",") + "}"), nil
}
