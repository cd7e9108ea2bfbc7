package generate

import (
	"cmp"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/testedon/testedon/api/wire"
)

// describe adds to a document what the server says of its operations: their parameters
// and their validators. The comments tell what the parameters are for.
func describe(doc *openapi3.T, operations []wire.Operation, about map[string]string, examples map[string]any) (faults error) {
	for _, o := range operations {
		path := pathParam.ReplaceAllString(o.Path, "{$1}")
		operation := doc.Paths.Value(path).GetOperation(o.Method)
		if operation == nil {
			return fmt.Errorf("%s %s is served and has no annotations", o.Method, path)
		}
		for _, p := range o.Params {
			text := cmp.Or(p.About, about[p.Field])
			if text == "" || p.Required && p.Example == "" {
				return fmt.Errorf("%s %s: the parameter %s needs a comment and, where it is required, an example", o.Method, path, p.Name)
			}
			made := parameter(p, text)
			faults = errors.Join(faults, exemplify(made, operation.OperationID, examples))
			operation.Parameters = append(operation.Parameters, &openapi3.ParameterRef{Value: made})
		}
		respond(operation, o)
	}
	return faults
}

var pathParam = regexp.MustCompile(`:(\w+)`)

// exemplify gives a parameter a value that works with those of its neighbours.
func exemplify(p *openapi3.Parameter, operation string, examples map[string]any) error {
	value, own := examples[operation+"."+p.Name]
	switch schema := p.Schema.Value; {
	case own:
	case p.Example != nil || p.Extensions["x-kind"] != nil:
		return nil
	case examples[p.Name] != nil:
		value = examples[p.Name]
	case schema.Default != nil:
		value = schema.Default
	case schema.Enum != nil:
		value = schema.Enum[0]
	case !slices.Contains(taken, p.Name):
		return fmt.Errorf("%s: the parameter %s needs an example, here or in components.yaml", operation, p.Name)
	}
	if p.Schema.Value.Items != nil && value != nil {
		value = []any{value}
	}
	p.Example = value
	return nil
}

// taken are the parameters whose values are taken from another answer, or ask for another
// state of the record than that of the examples.
var taken = []string{"asOf", "known", "fromAsOf", "toAsOf", "cursor"}

// comments gives the comments of the fields of structs, by "package.Type.Field", and of the
// types that are schemas, by "schema NAME".
func comments(folders []string) (map[string]string, error) {
	all := map[string]string{}
	for _, folder := range folders {
		files, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil {
			return nil, err
		}
		for _, name := range files {
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
			if err != nil {
				return nil, err
			}
			of := ""
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.GenDecl:
					for _, spec := range n.Specs {
						if t, ok := spec.(*ast.TypeSpec); ok {
							if _, name, ok := strings.Cut(t.Comment.Text(), "@name "); ok {
								all["schema "+strings.TrimSpace(name)] = strings.Join(strings.Fields(cmp.Or(t.Doc.Text(), n.Doc.Text())), " ")
							}
						}
					}
				case *ast.TypeSpec:
					of = file.Name.Name + "." + n.Name.Name + "."
				case *ast.Field:
					for _, field := range n.Names {
						all[of+field.Name] = strings.Join(strings.Fields(n.Doc.Text()), " ")
					}
				}
				return true
			})
		}
	}
	return all, nil
}

// parameter is a parameter in the words of OpenAPI. One that repeats does so no more often
// than an environment has components.
func parameter(p wire.Param, about string) *openapi3.Parameter {
	schema := openapi3.NewStringSchema()
	value := func(text string) any { return text }
	switch {
	case p.Number:
		schema = openapi3.NewInt64Schema().WithMin(float64(p.Least)).WithMax(float64(p.Most))
		value = func(text string) any { n, _ := strconv.Atoi(text); return n }
	case slices.Equal(p.Words, []string{"true", "false"}):
		schema, p.Many = openapi3.NewBoolSchema(), false
		value = func(text string) any { return text == "true" }
	case p.Words != nil:
		for _, word := range p.Words {
			schema.Enum = append(schema.Enum, word)
		}
	default:
		schema.WithMinLength(1).WithMaxLength(int64(cmp.Or(uint64(p.Longest), maxText)))
	}
	made := openapi3.NewQueryParameter(p.Name).WithDescription(about).WithRequired(p.Required)
	if p.InPath {
		made.In = openapi3.ParameterInPath
	}
	if p.Usual != "" {
		schema.Default = value(p.Usual)
	}
	if p.Example != "" {
		made.Example = value(p.Example)
	}
	if p.Many {
		schema = openapi3.NewArraySchema().WithItems(schema).WithMaxItems(int64(maxComponents))
		if made.Example != nil {
			made.Example = []any{made.Example}
		}
	}
	if p.Each {
		made.Extensions = map[string]any{"x-kind": "any"}
	}
	return made.WithSchema(schema)
}

// respond adds what follows from what an operation is: it can be asked with a validator,
// and a page of a list leads to the next one.
func respond(operation *openapi3.Operation, o wire.Operation) {
	if operation.RequestBody != nil {
		return
	}
	answer := operation.Responses.Status(200).Value
	if answer.Headers == nil {
		answer.Headers = openapi3.Headers{}
	}
	answer.Headers["ETag"] = nil
	operation.AddResponse(304, openapi3.NewResponse())
	if slices.ContainsFunc(o.Params, func(p wire.Param) bool { return p.Name == "cursor" }) {
		answer.Headers["Link"] = nil
	}
}
