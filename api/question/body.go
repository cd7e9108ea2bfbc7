package question

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/requirement"
	"github.com/testedon/testedon/detect"
)

// bodyHint shows what a body looks like.
const bodyHint = `Send {"product": "NAME", "release": "VERSION", "environment": {"KIND": "TEXT", "KIND": ["TEXT"]}}.`

// bodyReader reads the JSON body of a question token by token: package json
// would take a name twice, and a name in another case. The value null of a member
// is its absence, as which many programs write it; an item of a list it cannot be.
type bodyReader struct {
	*json.Decoder
	into *Question
	what string // is read: a body, or an item of one
	hint string // shows what it looks like
}

// FromBody reads the body of POST /v1/check.
func (q *Question) FromBody(body []byte) error { return q.FromJSON("body", body) }

// FromJSON reads a question; what names it in an error.
func (q *Question) FromJSON(what string, text []byte) error {
	r := &bodyReader{into: q, what: what, hint: bodyHint}
	if err := r.whole(text, (*bodyReader).member); err != nil {
		return err
	}
	return q.detect()
}

// whole reads a text that is one object; member reads the value of each name.
func (r *bodyReader) whole(text []byte, member func(r *bodyReader, path, name string) error) error {
	if !utf8.Valid(text) {
		return fact.Invalid(r.what, "Send it as UTF-8.", "The %s is not valid UTF-8", r.what)
	}
	r.Decoder = json.NewDecoder(bytes.NewReader(text))
	r.UseNumber()
	given, err := r.object(r.what, "", func(path, name string) error { return member(r, path, name) })
	switch {
	case err != nil:
		return err
	case !given:
		return wrongType(r.what, "an object")
	}
	return r.end()
}

// end reports what comes after the object.
func (r *bodyReader) end() error {
	if _, err := r.Token(); !errors.Is(err, io.EOF) {
		return fact.Invalid(r.what, "Send one JSON object and nothing after it.",
			"The %s goes on after the object, at byte %d", r.what, r.InputOffset())
	}
	return nil
}

// object reads an object, unless null is given; member reads the value of each name,
// which is at path + name.
func (r *bodyReader) object(field, path string, member func(path, name string) error) (given bool, err error) {
	if given, err = r.open(field, '{', "an object"); !given {
		return given, err
	}
	seen := map[string]bool{}
	for r.More() {
		token, err := r.next()
		if err != nil {
			return true, err
		}
		name, _ := token.(string) // a name of an object is a string, or next fails
		if seen[name] {
			return true, fact.Invalid(wire.Quotable(path+name), "Give it once; several components of a kind are a list.",
				"The name %s is given twice", wire.Quotable(path+name))
		}
		seen[name] = true
		if err := member(path, name); err != nil {
			return true, err
		}
	}
	_, err = r.next()
	return true, err
}

// member reads a field of the question.
func (r *bodyReader) member(_, name string) error {
	if name == "environment" {
		_, err := r.object("environment", "environment.", r.component)
		return err
	}
	if name == "texts" {
		return r.texts()
	}
	target := r.into.field(name)
	if target == nil {
		return wire.Unknown("field", name, slices.Concat(Fields, []string{"environment", "texts"}, ResourceFields))
	}
	read := r.text
	if slices.Contains(requirement.Askable, fact.Resource(name)) {
		read = r.amount
	}
	value, given, err := read(name)
	if !given {
		return err
	}
	return wire.SetOnce(target, name, value)
}

// amount reads a string, or a number as it is written, unless null is given.
func (r *bodyReader) amount(field string) (value string, given bool, err error) {
	token, err := r.next()
	switch value := token.(type) {
	case string:
		return value, true, nil
	case json.Number:
		return value.String(), true, nil
	case json.Delim, bool:
		err = wrongType(field, "a string or a number")
	}
	return "", false, err
}

// component reads what is asked of one kind: a string or a list of strings.
func (r *bodyReader) component(path, name string) error {
	kind := r.into.view.Kind(name)
	if kind == nil {
		err := wire.Unknown("kind of component", name, r.into.view.KindIDs)
		err.Field = wire.Quotable(path + name)
		return err
	}
	token, err := r.next()
	if token == nil {
		return err
	}
	if text, ok := token.(string); ok {
		return r.into.ask(kind.ID, path+name, text)
	}
	if token != json.Delim('[') {
		return wrongType(path+name, "a string or a list of strings")
	}
	return r.list(kind.ID, path+name)
}

// list reads the rest of a list of components.
func (r *bodyReader) list(kind, field string) error {
	for i := 0; r.More(); i++ {
		text, err := r.item(place(field, i))
		if err != nil {
			return err
		}
		if err := r.into.ask(kind, place(field, i), text); err != nil {
			return err
		}
	}
	_, err := r.next()
	return err
}

// text reads a string, unless null is given.
func (r *bodyReader) text(field string) (text string, given bool, err error) {
	token, err := r.next()
	if token == nil {
		return "", false, err
	}
	text, given = token.(string)
	if !given {
		err = wrongType(field, "a string")
	}
	return text, given, err
}

// item reads a string of a list. What stands there as null is lost, and nobody knows
// what it was.
func (r *bodyReader) item(field string) (string, error) {
	text, given, err := r.text(field)
	if err == nil && !given {
		err = fact.Invalid(field, "Take it out of the list, or write what it stands for.", "the value of %s is null", field)
	}
	return text, err
}

// open reads the delimiter that begins what is wanted, unless null is given.
func (r *bodyReader) open(field string, delim json.Delim, wanted string) (given bool, err error) {
	token, err := r.next()
	if token != nil && token != delim {
		err = wrongType(field, wanted)
	}
	return token == delim, err
}

// next reads a token. Wherever the text is no JSON, it is the fault of all of it.
func (r *bodyReader) next() (json.Token, error) {
	token, err := r.Token()
	if err == nil {
		return token, nil
	}
	return nil, r.noJSON()
}

// noJSON reports a text that is no JSON.
func (r *bodyReader) noJSON() error {
	return fact.Invalid(r.what, r.hint, "The %s is not valid JSON, at byte %d", r.what, r.InputOffset())
}

func wrongType(field, wanted string) error {
	e := fact.Invalid(wire.Quotable(field), "", "the value of %s must be %s", wire.Quotable(field), wanted)
	e.See = wire.SeeBody
	return e
}

// ReadTexts reads the body of POST /v1/detect.
func ReadTexts(body []byte) ([]string, error) {
	q := Question{}
	r := &bodyReader{into: &q, what: "body", hint: textsHint}
	err := r.whole(body, func(r *bodyReader, _, name string) error {
		if name != "texts" {
			return wire.Unknown("field", name, []string{"texts"})
		}
		return r.texts()
	})
	if err == nil && len(q.texts) == 0 {
		err = fact.Invalid("texts", textsHint, "There is no text to recognise anything in")
	}
	return q.texts, err
}

// texts reads the list of what was printed.
func (r *bodyReader) texts() error {
	if given, err := r.open("texts", '[', "a list of strings"); !given {
		return err
	}
	for i := 0; r.More(); i++ {
		field := place("texts", i)
		text, err := r.item(field)
		switch {
		case err != nil:
			return err
		case i == detect.MaxTexts:
			return fact.Invalid("texts", "Put several outputs into one text.", "There are more than %d texts", detect.MaxTexts)
		case strings.TrimSpace(text) == "":
			return fact.Invalid(field, "Give it what a machine printed, or leave it out.", "The value of %s is empty", field)
		case len(text) > detect.MaxText:
			return &fact.Error{Code: fact.CodeTooLarge, Field: field, Limit: detect.MaxText, Hint: "Send the part that names systems and versions.",
				Message: "The value of " + field + " is larger than 64 KiB"}
		}
		r.into.texts = append(r.into.texts, text)
	}
	_, err := r.next()
	return err
}

// detect adds to a question what its texts tell.
func (q *Question) detect() error {
	if len(q.texts) == 0 {
		return nil
	}
	q.Detected = detect.Read(q.view.Matrix, q.texts)
	for _, f := range q.Detected.Found {
		if err := q.ask(f.Asked.Kind, "texts", f.Asked.Text); err != nil {
			return err
		}
	}
	return nil
}

// maxTold is how many unrecognised lines an error tells.
const maxTold = 3

// nothingDetected reports texts in which nothing was recognised.
func (q *Question) nothingDetected() error {
	lines := q.Detected.Unrecognised
	return fact.Invalid("texts", "Name the components in the environment, or send other texts. Unrecognised: "+
		strings.Join(lines[:min(len(lines), maxTold)], "; "), "Nothing in the texts was recognised")
}

// textsHint shows what a body with texts looks like.
const textsHint = `Send {"texts": ["ID=rhel\nVERSION_ID=9.4"]}, each text as a machine printed it.`
