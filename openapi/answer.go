package openapi

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// changing is the path whose answer is another one each time, and no example.
const changing = "/metrics"

// answers gives every answer of an operation what comes when it is asked.
func (c *completion) answers(method, target string, body []byte, operation object) {
	content := member(member(member(operation, "responses"), "200"), "content")
	for _, kind := range slices.Sorted(maps.Keys(content)) {
		media := member(content, kind)
		delete(media, "example")
		if !isText(kind) || strings.HasPrefix(target, changing) {
			continue
		}
		status, answer := c.Ask(newRequest(method, target, body, kind))
		switch {
		case status != http.StatusOK || answer == nil:
		case kind != typeJSON:
			media["example"] = string(answer)
		default:
			answer = Cut(answer)
			media["example"] = json.RawMessage(answer)
			var value any
			_ = json.Unmarshal(answer, &value) // Cut writes JSON
			c.show(member(media, "schema"), value)
		}
	}
}

// ExampleHost is where the server of the examples is: where one listens by default.
const ExampleHost = "http://localhost:8080"

// ExampleID is the request id of every example.
const ExampleID = "0f8b1c6e52d94a7f9c3e1d20b7a64581"

// newRequest makes a request for an answer of a media type.
func newRequest(method, target string, body []byte, kind string) *http.Request {
	request, err := http.NewRequestWithContext(context.Background(), method, ExampleHost+target, bytes.NewReader(body))
	if err != nil {
		panic(err) // the contract has methods and paths that can be asked
	}
	request.Header.Set("Content-Type", typeJSON)
	request.Header.Set("Accept", kind)
	request.Header.Set("X-Request-Id", ExampleID)
	return request
}

// isText tells the media types whose answers can be shown in the contract.
func isText(kind string) bool {
	return kind == typeJSON || kind == "application/x-ndjson" || kind == "image/svg+xml" || strings.HasPrefix(kind, "text/") && kind != "text/calendar"
}

// show gives the fields of a schema that have no example by an answer yet what they
// have in a value.
func (c *completion) show(schema object, value any) {
	ref, _ := schema["$ref"].(string)
	name := ref[strings.LastIndex(ref, "/")+1:]
	if ref != "" {
		schema = member(c.schemas, name)
	}
	switch value := value.(type) {
	case []any:
		for _, item := range value {
			c.show(member(schema, "items"), item)
		}
	case object:
		for _, field := range slices.Sorted(maps.Keys(value)) {
			described := member(member(schema, "properties"), field)
			if described == nil {
				c.show(member(schema, "additionalProperties"), value[field])
				continue
			}
			if plain(value[field]) && !c.shown[name+"."+field] {
				c.shown[name+"."+field] = true
				c.exemplify(described, value[field])
			}
			c.show(described, value[field])
		}
	}
}

// plain reports whether a value is a text, a number, a truth, or a list of them that is
// not empty: what can be seen at a glance.
func plain(value any) bool {
	switch value := value.(type) {
	case object:
		return false
	case []any:
		return len(value) > 0 && !slices.ContainsFunc(value, func(item any) bool { return !plain(item) })
	}
	return value != nil
}

// exemplify gives a schema its one example, as its OpenAPI writes it.
func (c *completion) exemplify(schema object, value any) {
	if c.old {
		schema["example"] = value
		return
	}
	schema["examples"] = []any{value}
}

// texts gives the example of a parameter as its values; none without one.
func texts(example any) []string {
	switch example := example.(type) {
	case nil:
		return nil
	case []string:
		return example
	case []any:
		values := make([]string, len(example))
		for i, item := range example {
			values[i] = fmt.Sprint(item)
		}
		return values
	}
	return []string{fmt.Sprint(example)}
}

// MaxItems is how many items of a list an example shows.
const MaxItems = 3

// Cut gives a JSON text in which every list, however deep, ends after [MaxItems] items.
// All else is as it was, also the order of members; a text that is no JSON stays whole.
func Cut(text []byte) []byte {
	var out bytes.Buffer
	from := json.NewDecoder(bytes.NewReader(text))
	from.UseNumber()
	if cut(&out, from) != nil {
		return text
	}
	return out.Bytes()
}

// cut writes the next value of a decoder.
func cut(out *bytes.Buffer, from *json.Decoder) error {
	token, err := from.Token()
	if err != nil {
		return err
	}
	if token != json.Delim('{') && token != json.Delim('[') {
		text, err := appendJSON(nil, token) // a text, a number or a truth
		out.Write(bytes.TrimSpace(text))
		return err
	}
	fmt.Fprint(out, token)
	for i := 0; from.More() && err == nil; i++ {
		switch {
		case token == json.Delim('{'):
			separate(out, i)
			err = cut(out, from)
			out.WriteByte(':')
			err = cmp.Or(err, cut(out, from))
		case i < MaxItems:
			separate(out, i)
			err = cut(out, from)
		default:
			err = from.Decode(new(json.RawMessage))
		}
	}
	end, closing := from.Token()
	fmt.Fprint(out, end)
	return cmp.Or(err, closing)
}

// separate writes the comma before an item.
func separate(out *bytes.Buffer, index int) {
	if index > 0 {
		out.WriteByte(',')
	}
}
