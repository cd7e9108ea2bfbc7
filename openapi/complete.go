package openapi

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Facts are what a catalogue brings into the contract.
type Facts struct {
	Catalogue string // digest of the catalogue
	Day       string // on which the examples are answered, "2026-12-01"
	Kinds     []Kind // in the order of answers
	// Parameters are the examples of parameters, by name or, where it is about one
	// operation only, by its id and the name: "ask.q". An empty one takes the example
	// away. What is not here keeps the example it has.
	Parameters map[string]string
	// Bodies are the examples of requests, by the name of their schema. What is not
	// here has none.
	Bodies map[string]json.RawMessage
	// Ask gives what the server answers; no body where it is too long to be shown.
	Ask func(*http.Request) (status int, body []byte)
}

// Kind is a kind of component, which is a parameter of a question.
type Kind struct {
	ID          string
	Parameter   string   // what it is called in a query
	Description string   // of the parameter
	Example     []string // values; none where the question of the examples leaves it out
}

// object is a JSON object.
type object = map[string]any

// The marks by which Complete finds what it completes.
const (
	markKind     = "x-kind"     // of a parameter: the id of the kind it asks for
	markExamples = "x-examples" // of the document: where its examples are from
)

// Complete gives a contract what a catalogue brings into it. It takes and gives the
// text of an OpenAPI 3.0 or 3.1 document, in these steps:
//
//  1. The parameters that are marked as kinds become one for each kind.
//  2. Parameters and bodies of requests take the examples of the facts.
//  3. Every answer is what comes when an operation is asked by its own examples, with
//     lists cut as [Cut] does.
//  4. Every field has for its example what the first of these answers has there.
//
// The error is that of a text that is no such document.
func Complete(text []byte, facts Facts) ([]byte, error) {
	doc, err := parse(text)
	if err != nil {
		return nil, err
	}
	doc[markExamples] = object{"catalogue": facts.Catalogue, "day": facts.Day}
	c := &completion{Facts: facts, schemas: member(member(doc, "components"), "schemas"), shown: map[string]bool{}}
	c.old = strings.HasPrefix(doc["openapi"].(string), "3.0")
	paths := member(doc, "paths")
	for _, path := range slices.SortedFunc(maps.Keys(paths), mainFirst) {
		for _, method := range slices.Sorted(maps.Keys(member(paths, path))) {
			c.operation(strings.ToUpper(method), path, member(member(paths, path), method))
		}
	}
	return appendJSON(nil, doc)
}

// mainFirst orders paths: the main question first, the others by name.
func mainFirst(a, b string) int {
	const main = "/v1/check"
	switch {
	case a == b:
		return 0
	case a == main:
		return -1
	case b == main:
		return 1
	}
	return strings.Compare(a, b)
}

// parse reads a document. Its numbers stay as they are written.
func parse(text []byte) (doc object, err error) {
	from := json.NewDecoder(bytes.NewReader(text))
	from.UseNumber()
	return doc, from.Decode(&doc)
}

// appendJSON writes a value as it is meant: <, > and & are no trouble here.
func appendJSON(dst []byte, value any) ([]byte, error) {
	out := bytes.NewBuffer(dst)
	to := json.NewEncoder(out)
	to.SetEscapeHTML(false)
	err := to.Encode(value)
	return out.Bytes(), err
}

// member gives the object that is a member of another; one without members where there
// is none.
func member(of object, name string) object {
	found, _ := of[name].(object)
	return found
}

// completion is the work on one document.
type completion struct {
	Facts
	schemas object
	old     bool            // it is OpenAPI 3.0
	shown   map[string]bool // fields that have an example by an answer, by schema and name
}

func (c *completion) operation(method, path string, operation object) {
	parameters, _ := operation["parameters"].([]any)
	if parameters != nil {
		parameters = c.kinds(parameters)
		operation["parameters"] = parameters
	}
	id, _ := operation["operationId"].(string)
	for _, p := range parameters {
		c.parameter(id, p.(object))
	}
	body := c.body(operation)
	if operation["requestBody"] != nil && body == nil {
		return
	}
	if target, ok := address(path, parameters); ok {
		c.answers(method, target, body, operation)
	}
}

// kinds puts a parameter for each kind in the place of those marked as kinds. All are
// described alike.
func (c *completion) kinds(parameters []any) []any {
	isKind := func(p any) bool { return p.(object)[markKind] != nil }
	at := slices.IndexFunc(parameters, isKind)
	if at < 0 {
		return parameters
	}
	pattern := parameters[at].(object)
	own := make([]any, len(c.Kinds))
	for i, k := range c.Kinds {
		p := maps.Clone(pattern)
		p["name"], p["description"], p[markKind] = k.Parameter, k.Description, k.ID
		if delete(p, "example"); len(k.Example) > 0 {
			p["example"] = k.Example
		}
		own[i] = p
	}
	return slices.Insert(slices.DeleteFunc(parameters, isKind), at, own...)
}

// parameter gives a parameter its example.
func (c *completion) parameter(operation string, p object) {
	name, _ := p["name"].(string)
	if p["example"] == nil || p[markKind] != nil {
		return
	}
	value, ok := c.Parameters[operation+"."+name]
	if !ok {
		value, ok = c.Parameters[name]
	}
	switch {
	case !ok:
	case value == "":
		delete(p, "example")
	case member(p, "schema")["type"] == "array":
		p["example"] = []string{value}
	default:
		p["example"] = value
	}
}

// body gives the body of a request its example, and returns it; nil where there is none.
func (c *completion) body(operation object) []byte {
	content := member(member(operation, "requestBody"), "content")
	ref, _ := member(member(content, typeJSON), "schema")["$ref"].(string)
	example := c.Bodies[ref[strings.LastIndex(ref, "/")+1:]]
	for kind := range content {
		media := member(content, kind)
		switch delete(media, "example"); {
		case example == nil:
		case kind == typeJSON:
			media["example"] = example
		case kind == "text/plain":
			media["example"] = textOf(example)
		case kind == "multipart/form-data":
			media["example"] = object{"text": textOf(example)}
		default:
			media["example"] = linesOf(example)
		}
	}
	return example
}

// textOf gives the texts of a body as one.
func textOf(body []byte) string {
	var list struct{ Texts []string }
	_ = json.Unmarshal(body, &list) // a body that has no texts has no text
	return strings.Join(list.Texts, "\n")
}

// typeJSON is the media type of most answers.
const typeJSON = "application/json"

// linesOf gives the items of a body as lines.
func linesOf(body []byte) string {
	var list struct{ Items []json.RawMessage }
	_ = json.Unmarshal(body, &list) // a body that has no items has no lines
	var b strings.Builder
	for _, item := range list.Items {
		b.Write(append(item, '\n'))
	}
	return b.String()
}

// address gives the address that the examples of parameters make; false where one that
// is needed has no example.
func address(path string, parameters []any) (target string, ok bool) {
	query := []string{}
	for _, p := range parameters {
		p := p.(object)
		name, _ := p["name"].(string)
		values := texts(p["example"])
		if len(values) == 0 && p["required"] == true {
			return "", false
		}
		for _, value := range values {
			if p["in"] == "path" {
				path = strings.ReplaceAll(path, "{"+name+"}", url.PathEscape(value))
			} else {
				query = append(query, name+"="+url.QueryEscape(value))
			}
		}
	}
	return path + "?" + strings.Join(query, "&"), true
}
