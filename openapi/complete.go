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
//  1. The shared parameters that are marked as kinds become one for each kind, and the
//     schema of kinds has their ids.
//  2. Parameters and bodies of requests take the examples of the facts.
//  3. Every answer is what comes when an operation is asked by its own examples, with
//     lists cut as [Cut] does.
//
// The error is that of a text that is no such document.
func Complete(text []byte, facts Facts) ([]byte, error) {
	doc, err := parse(text)
	if err != nil {
		return nil, err
	}
	doc[markExamples] = object{"catalogue": facts.Catalogue, "day": facts.Day}
	components := member(doc, "components")
	c := &completion{Facts: facts, schemas: member(components, "schemas"), shared: member(components, "parameters")}
	c.kinds()
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
	shared  object          // parameters
	pattern map[string]bool // names of shared parameters that were marked as kinds
	own     []any           // references to those of the kinds
}

func (c *completion) operation(method, path string, operation object) {
	parameters, _ := operation["parameters"].([]any)
	if at := slices.IndexFunc(parameters, c.isKind); at >= 0 {
		parameters = slices.Insert(slices.DeleteFunc(parameters, c.isKind), at, c.own...)
		operation["parameters"] = parameters
	}
	for i, p := range parameters {
		if i == 0 {
			parameters = slices.Clone(parameters)
		}
		if shared := c.shared[nameOf(p.(object))]; shared != nil {
			parameters[i] = shared
		}
	}
	id, _ := operation["operationId"].(string)
	for _, p := range parameters {
		c.parameter(id, p.(object))
	}
	kind, body := c.body(operation)
	if operation["requestBody"] != nil && body == nil {
		return
	}
	if target, ok := address(path, parameters); ok {
		c.answers(operation, func(accept string) *http.Request { return newRequest(method, target, kind, body, accept) })
	}
}

// schemaOfKinds is the name of the schema that lists the ids of the kinds.
const schemaOfKinds = "KindId"

// kinds puts a shared parameter for each kind in the place of those marked as kinds. All
// are described alike.
func (c *completion) kinds() {
	var pattern object
	c.pattern = map[string]bool{}
	for name, p := range c.shared {
		if p := p.(object); p[markKind] != nil {
			pattern, c.pattern[name] = p, true
			delete(c.shared, name)
		}
	}
	ids := make([]string, len(c.Kinds))
	for i, k := range c.Kinds {
		p := maps.Clone(pattern)
		p["name"], p["description"], p[markKind] = k.Parameter, k.Description, k.ID
		p["example"] = append([]string{}, k.Example...)
		name := ParameterName(k.Parameter)
		c.shared[name] = p
		c.own = append(c.own, object{"$ref": "#/components/parameters/" + name})
		ids[i] = k.ID
	}
	if schema := member(c.schemas, schemaOfKinds); schema != nil {
		schema["x-extensible-enum"] = ids
	}
}

// isKind reports whether a parameter leads to one that was marked as a kind.
func (c *completion) isKind(p any) bool { return c.pattern[nameOf(p.(object))] }

// nameOf is the name of the component that an object refers to; empty where it does not.
func nameOf(o object) string {
	ref, _ := o["$ref"].(string)
	return ref[strings.LastIndex(ref, "/")+1:]
}

// ParameterName names a shared parameter: AsOfParam. No schema is called so.
func ParameterName(parameter string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(parameter, "-") {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String() + "Param"
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

// body gives the body of a request its example, and returns both; nil where there is none.
// A body of lines has many questions.
func (c *completion) body(operation object) (kind string, example []byte) {
	for kind, media := range member(member(operation, "requestBody"), "content") {
		media := media.(object)
		delete(media, "example")
		named := c.Bodies[nameOf(member(media, "schema"))]
		if kind == typeJSON && named != nil {
			media["example"] = named
			return kind, named
		}
		if lines := linesOf(c.Bodies["Questions"]); kind != typeJSON && lines != "" {
			media["example"] = lines
			return kind, []byte(lines)
		}
	}
	return typeJSON, nil
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
			switch p["in"] {
			case "path":
				path = strings.ReplaceAll(path, "{"+name+"}", url.PathEscape(value))
			case "query":
				query = append(query, name+"="+url.QueryEscape(value))
			}
		}
	}
	return path + "?" + strings.Join(query, "&"), true
}
