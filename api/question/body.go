package question

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/requirement"
	"github.com/testedon/testedon/detect"
)

// FromJSON reads a question; what names it in an error. The value null of a member is its
// absence, as which many programs write it; an item of a list it cannot be.
func (q *Question) FromJSON(what string, text []byte) error {
	members, err := object(what, "body.question", text)
	if err != nil {
		return err
	}
	for _, m := range members {
		if err := q.member(m); err != nil {
			return err
		}
	}
	return q.detect()
}

// object reads a text that is one object; hint is the message that shows what it looks like.
func object(what, hint string, text []byte) ([]wire.Part, error) {
	kind, members, err := wire.Parts(text)
	var syntax jsontext.SyntacticError
	if at, ok := errors.AsType[*jsontext.SyntacticError](err); ok {
		syntax = *at
	}
	switch {
	case !utf8.Valid(text):
		return nil, fact.Refuse(what, "body.encoding", what)
	case errors.Is(err, wire.ErrMore):
		return nil, fact.Refuse(what, "body.more", what, syntax.ByteOffset)
	case err != nil:
		return nil, fact.Refuse(what, "body.syntax", what, syntax.ByteOffset).Advise(hint)
	case kind != jsontext.KindBeginObject:
		return nil, wrongType(what, "object")
	}
	return members, eachOnce("", members)
}

// eachOnce reports a name that an object has twice.
func eachOnce(path string, members []wire.Part) error {
	for i, m := range members {
		if slices.ContainsFunc(members[:i], func(o wire.Part) bool { return o.Name == m.Name }) {
			return fact.Refuse(wire.Quotable(path+m.Name), "body.twice", wire.Quotable(path+m.Name))
		}
	}
	return nil
}

// member reads a field of the question.
func (q *Question) member(m wire.Part) error {
	target := q.field(m.Name)
	switch {
	case target == nil && m.Name != "environment" && m.Name != "texts":
		return wire.Unknown("field", m.Name, slices.Concat(Fields, []string{"environment", "texts"}, ResourceFields))
	case m.Value.Kind() == jsontext.KindNull:
		return nil
	case m.Name == "environment":
		return q.environment(m.Value)
	case m.Name == "texts":
		all, err := texts("texts", "strings", m.Value)
		if q.texts = all; err == nil {
			err = checkTexts(all, textField)
		}
		return err
	}
	text, err := text(m.Name, m.Value)
	if err != nil {
		return err
	}
	return wire.SetOnce(target, m.Name, text)
}

// text reads a string; an amount may be a number, as it is written.
func text(field string, value jsontext.Value) (string, error) {
	isAmount := slices.Contains(requirement.Askable, fact.Resource(field))
	switch kind := value.Kind(); {
	case kind == jsontext.KindString:
		return wire.TextOf(value), nil
	case isAmount && kind == jsontext.KindNumber:
		return string(value), nil
	case isAmount:
		return "", wrongType(field, "number")
	}
	return "", wrongType(field, "string")
}

// texts reads a list of strings. What stands there as null is lost.
func texts(field, wanted string, value jsontext.Value) ([]string, error) {
	kind, items, _ := wire.Parts(value) // which is a part itself
	if kind != jsontext.KindBeginArray {
		return nil, wrongType(field, wanted)
	}
	all := make([]string, len(items))
	for i, item := range items {
		field := place(field, i)
		if item.Value.Kind() == jsontext.KindNull {
			return nil, fact.Refuse(field, "body.null", field)
		}
		var err error
		if all[i], err = text(field, item.Value); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// environment reads what is asked of each kind: a string or a list of strings.
func (q *Question) environment(value jsontext.Value) error {
	const path = "environment."
	kind, members, _ := wire.Parts(value) // which is a part itself
	if kind != jsontext.KindBeginObject {
		return wrongType("environment", "object")
	}
	if err := eachOnce(path, members); err != nil {
		return err
	}
	for _, m := range members {
		if err := q.component(path+m.Name, m); err != nil {
			return err
		}
	}
	return nil
}

// component reads what is asked of one kind.
func (q *Question) component(field string, m wire.Part) error {
	kind := q.view.Kind(m.Name)
	if kind == nil {
		err := wire.Unknown("kind", m.Name, q.view.KindIDs)
		err.Field = wire.Quotable(field)
		return err
	}
	switch m.Value.Kind() {
	case jsontext.KindNull:
		return nil
	case jsontext.KindString:
		return q.ask(kind.ID, field, wire.TextOf(m.Value))
	}
	all, err := texts(field, "any", m.Value)
	if err != nil {
		return err
	}
	for i, text := range all {
		if err := q.ask(kind.ID, place(field, i), text); err != nil {
			return err
		}
	}
	return nil
}

func wrongType(field, wanted string) error {
	e := fact.Refuse(wire.Quotable(field), "body.type", wire.Quotable(field), wanted)
	e.See = wire.SeeBody
	return e
}

// ReadTexts reads the body of POST /v1/detect: an object of JSON, one text, or the parts of
// a form, by its Content-Type.
func ReadTexts(contentType string, body []byte) (all []string, err error) {
	media, params, _ := mime.ParseMediaType(contentType) // which was accepted
	field, hint := textField, "body.texts"
	switch media {
	case wire.MediaForm:
		var parts []FormPart
		parts, err = ReadForm(body, params["boundary"])
		all = wire.Each(parts, func(p FormPart) string { return detect.Decode(string(p.Text)) })
		field, hint = func(i int) string { return wire.Quotable(cmp.Or(parts[i].Name, "body")) }, "texts.part"
	case wire.MediaText:
		all, field = []string{detect.Decode(string(body))}, func(int) string { return "body" }
	default:
		all, err = readTextsJSON(body)
	}
	if err == nil && len(all) == 0 {
		err = fact.Refuse("texts", "texts.none").Advise(hint)
	}
	if err != nil {
		return nil, err
	}
	return all, checkTexts(all, field)
}

// readTextsJSON reads an object with texts.
func readTextsJSON(body []byte) ([]string, error) {
	var q Question
	members, err := object("body", "body.texts", body)
	for i := 0; i < len(members) && err == nil; i++ {
		if m := members[i]; m.Name != "texts" {
			err = wire.Unknown("field", m.Name, []string{"texts"})
		} else {
			err = q.member(m)
		}
	}
	return q.texts, err
}

// textField names one of the texts in an error.
func textField(i int) string { return place("texts", i) }

// FromTexts begins a question with the texts of a body that [ReadTexts] reads.
func (q *Question) FromTexts(contentType string, body []byte) (err error) {
	if q.texts, err = ReadTexts(contentType, body); err != nil {
		return err
	}
	return q.detect()
}

// FormPart is a field of a form, or a file that was chosen in one.
type FormPart struct {
	Name, File string // File is empty where it is no file
	Text       []byte
}

// ReadForm reads the parts of a form, but for fields that were left empty.
func ReadForm(body []byte, boundary string) (all []FormPart, err error) {
	parts := multipart.NewReader(bytes.NewReader(body), boundary)
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		var text []byte
		if err == nil {
			text, err = io.ReadAll(part)
		}
		if err != nil {
			e := fact.Refuse("body", "texts.unread")
			e.Cause = err
			return nil, e
		}
		if len(bytes.TrimSpace(text)) > 0 {
			all = append(all, FormPart{part.FormName(), part.FileName(), text})
		}
	}
}

// checkTexts holds texts to their limits; field is what an error calls one of them.
func checkTexts(all []string, field func(i int) string) error {
	size := 0
	for i, text := range all {
		size += len(text)
		switch {
		case i == detect.MaxTexts:
			return fact.Refuse("texts", "texts.many", detect.MaxTexts)
		case strings.TrimSpace(text) == "":
			return fact.Refuse(field(i), "texts.empty", field(i))
		case size > detect.MaxText:
			e := fact.Refuse(field(i), "texts.large", detect.MaxText>>20)
			e.Code, e.Limit = fact.CodeTooLarge, detect.MaxText
			return e
		}
	}
	return nil
}

// detect adds to a question what its texts tell: its components and, where they are not
// given, the one product and the one release that the texts name.
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
	q.named()
	return nil
}

// named takes what the texts name and the question does not, and says where they name others.
func (q *Question) named() {
	found := q.Detected.Products
	if q.Product == "" && len(q.namedProducts()) == 1 {
		q.Product = found[0].Product.ID
	}
	asked, err := q.view.Product(q.Product)
	if err != nil {
		return // which the answer tells
	}
	releases := q.namedReleases(asked)
	if q.Release == "" && len(releases) == 1 {
		q.Release = releases[0]
	}
	release, err := asked.Release(q.Release)
	for i := range found {
		switch f := &found[i]; {
		case f.Product != asked:
			q.contradict(f.Product.Name, asked.Name, f.Text)
		case err == nil && f.Release != nil && f.Release != release:
			q.contradict(f.Release.Title(), release.Title(), f.Text)
		}
	}
}

func (q *Question) contradict(named, asked, text string) {
	q.Contradictions = append(q.Contradictions, q.view.Matrix.Words().Text("texts.contradict", named, asked, text))
}

// namedProducts are the ids of the products that the texts name, and namedReleases the releases of one.
func (q *Question) namedProducts() (ids []string) {
	if q.Detected != nil {
		for _, f := range q.Detected.Products {
			ids = fact.AppendNew(ids, f.Product.ID)
		}
	}
	return ids
}

func (q *Question) namedReleases(of *compat.Product) (versions []string) {
	if q.Detected != nil {
		for _, f := range q.Detected.Products {
			if f.Product == of && f.Release != nil {
				versions = fact.AppendNew(versions, f.Release.Version)
			}
		}
	}
	return versions
}

// maxTold is how many unrecognised lines an error tells.
const maxTold = 3
