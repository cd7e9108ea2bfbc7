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

// longestExample is how long the example of an answer may be, in bytes. Lists are cut until
// it is no longer, or have one item each. A text that is longer is not shown, nor is JSON that
// is still longer than longestJSON, but for the answer that all others are about.
const (
	longestExample = 600
	longestJSON    = 2500
	shownWhole     = "/v1/check" // asked by GET
)

// answers gives every answer of an operation what comes when it is asked. A file to keep is
// not shown.
func (c *completion) answers(operation object, asking func(accept string) *http.Request) {
	good := member(member(operation, "responses"), "200")
	if member(good, "headers")["Content-Disposition"] != nil {
		return
	}
	content := member(good, "content")
	for _, kind := range slices.Sorted(maps.Keys(content)) {
		media := member(content, kind)
		delete(media, "example")
		request := asking(kind)
		if !isText(kind) || request.URL.Path == changing {
			continue
		}
		status, answer := c.Ask(request)
		switch {
		case status != http.StatusOK || answer == nil:
		case kind != typeJSON:
			if len(answer) <= longestExample {
				media["example"] = string(answer)
			}
		default:
			whole := request.Method == http.MethodGet && request.URL.Path == shownWhole
			if answer = Cut(answer, longestExample); len(answer) <= longestJSON || whole {
				media["example"] = json.RawMessage(answer)
			}
		}
	}
}

// ExampleHost is where the server of the examples is: where one listens by default.
const ExampleHost = "http://localhost:8080"

// ExampleID is the request id of every example.
const ExampleID = "0f8b1c6e52d94a7f9c3e1d20b7a64581"

// newRequest makes a request with a body of a media type, for an answer of another.
func newRequest(method, target, kind string, body []byte, accept string) *http.Request {
	request, err := http.NewRequestWithContext(context.Background(), method, ExampleHost+target, bytes.NewReader(body))
	if err != nil {
		panic(err) // the contract has methods and paths that can be asked
	}
	request.Header.Set("Content-Type", kind)
	request.Header.Set("Accept", accept)
	request.Header.Set("X-Request-Id", ExampleID)
	return request
}

// isText tells the media types whose answers can be shown in the contract.
func isText(kind string) bool {
	return kind == typeJSON || kind == "application/x-ndjson" || kind == "image/svg+xml" || strings.HasPrefix(kind, "text/") && kind != "text/calendar"
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

// MaxItems is how many items of a list an example shows at most.
const MaxItems = 3

// Cut gives a JSON text in which every list, however deep, ends after [MaxItems] items, or
// after fewer, down to one, until the text is at most so many bytes long. All else is as it
// was, also the order of members; a text that is no JSON stays whole.
func Cut(text []byte, longest int) []byte {
	var out bytes.Buffer
	for items := MaxItems; items > 0; items-- {
		out.Reset()
		from := json.NewDecoder(bytes.NewReader(text))
		from.UseNumber()
		if cut(&out, from, items) != nil {
			return text
		}
		if out.Len() <= longest {
			break
		}
	}
	return out.Bytes()
}

// cut writes the next value of a decoder, with so many items of each list.
func cut(out *bytes.Buffer, from *json.Decoder, items int) error {
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
			err = cut(out, from, items)
			out.WriteByte(':')
			err = cmp.Or(err, cut(out, from, items))
		case i < items:
			separate(out, i)
			err = cut(out, from, items)
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
