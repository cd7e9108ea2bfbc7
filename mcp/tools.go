package mcp

import (
	_ "embed" // for the tools
	"encoding/json"
	"maps"
	"net/url"
	"regexp"
	"strings"
	"sync"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/cli/client"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/message"
)

// tools is the file of the tools, which says what each of them takes and gives.
//
//go:embed tools.json
var toolsFile []byte

// definitions are what the file of the tools says.
type definitions struct {
	// Shared are the properties that several tools have, by name.
	Shared map[string]any `json:"shared"`
	// Component is the schema of what is asked for of one kind.
	Component map[string]any `json:"component"`
	// Examples are components of some kinds, by ID.
	Examples map[string][]any `json:"examples"`
	Tools    []*tool          `json:"tools"`
}

// tool is one that an assistant can call: an operation of the API.
type tool struct {
	Name        string         `json:"name"`
	Title       string         `json:"title"`
	Description string         `json:"description"`
	Path        string         `json:"path"`   // of the operation; {name} stands for an argument
	Body        bool           `json:"body"`   // the arguments are the body
	Kinds       bool           `json:"kinds"`  // each kind of component is an argument
	Shared      []string       `json:"shared"` // further properties
	Input       map[string]any `json:"inputSchema"`
	Output      map[string]any `json:"outputSchema"`
}

// defined are the tools there are.
var defined = sync.OnceValue(func() (d definitions) {
	if err := json.Unmarshal(toolsFile, &d); err != nil {
		panic(err)
	}
	return d
})

// dialect is that of all schemas.
const dialect = "https://json-schema.org/draft/2020-12/schema"

// schema completes one of the file, which says what properties there are.
func schema(of map[string]any, closed bool) map[string]any {
	whole := map[string]any{"$schema": dialect, "type": "object"}
	if closed {
		whole["additionalProperties"] = false
	}
	maps.Copy(whole, of)
	return whole
}

// described is a tool as clients see it, with arguments for some kinds of component.
func (t *tool) described(kinds []fact.Kind) *sdk.Tool {
	properties := map[string]any{}
	maps.Copy(properties, t.Input["properties"].(map[string]any))
	for _, name := range t.Shared {
		properties[name] = defined().Shared[name]
	}
	for i := 0; i < len(kinds) && t.Kinds; i++ {
		component := maps.Clone(defined().Component)
		component["description"] = message.English.Text("mcp.kind", kinds[i].Name)
		if examples := defined().Examples[kinds[i].ID]; examples != nil {
			component["examples"] = examples
		}
		if word := question.WordOf(kinds[i]); properties[word] == nil {
			properties[word] = component
		}
	}
	input := schema(t.Input, true)
	input["properties"] = properties
	closed := false
	return &sdk.Tool{Name: t.Name, Title: t.Title, Description: t.Description, InputSchema: input, OutputSchema: schema(t.Output, false),
		Annotations: &sdk.ToolAnnotations{Title: t.Title, ReadOnlyHint: true, IdempotentHint: true, OpenWorldHint: &closed}}
}

// named is where an argument stands in a path.
var named = regexp.MustCompile(`\{(\w+)\}`)

// request is what the API is asked for a call with some arguments. The names of arguments
// are those of the parameters of the operation, which says what is wrong with them.
func (t *tool) request(arguments []byte) (client.Request, error) {
	if t.Body {
		return client.Request{Path: t.Path, Body: append([]byte{}, arguments...)}, nil
	}
	var members map[string]jsontext.Value
	if len(arguments) > 0 && jsonv2.Unmarshal(arguments, &members) != nil {
		return client.Request{}, fact.Refuse("arguments", "mcp.arguments")
	}
	query := url.Values{}
	for name, value := range members {
		all, err := texts(name, value)
		if err != nil {
			return client.Request{}, err
		}
		query[name] = all
	}
	path := t.Path
	for _, argument := range named.FindAllStringSubmatch(t.Path, -1) {
		text := query.Get(argument[1])
		if strings.Trim(text, ". ") == "" { // which would be another path
			return client.Request{}, fact.Refuse(argument[1], "mcp.missing", argument[1]).Advise("mcp.missing.hint")
		}
		query.Del(argument[1])
		path = strings.Replace(path, argument[0], url.PathEscape(text), 1)
	}
	return client.Request{Path: path, Query: query}, nil
}

// texts are what an argument says. One that says nothing is refused: it may be meant as an answer
// that whoever asks still waits for.
func texts(name string, value jsontext.Value) ([]string, error) {
	items := []jsontext.Value{value}
	if value.Kind() == jsontext.KindBeginArray {
		_ = jsonv2.Unmarshal(value, &items) // which is valid
	}
	if len(items) == 0 || value.Kind() == jsontext.KindNull {
		return nil, fact.Refuse(wire.Quotable(name), "mcp.empty", wire.Quotable(name))
	}
	all := make([]string, 0, len(items))
	for _, item := range items {
		switch item.Kind() {
		case jsontext.KindString:
			all = append(all, wire.TextOf(item))
		case jsontext.KindNumber:
			all = append(all, string(item))
		default:
			return nil, fact.Refuse(wire.Quotable(name), "mcp.type", wire.Quotable(name))
		}
	}
	return all, nil
}
