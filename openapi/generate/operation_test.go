package generate

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/testedon/testedon/api/wire"
)

// describe adds to a document what the server says of its operations: their parameters,
// their validators, and the problems that the annotations leave out. The folders have the
// structs whose comments tell what the parameters are for.
func describe(doc *openapi3.T, operations []wire.Operation, folders ...string) error {
	about, err := comments(folders)
	if err != nil {
		return err
	}
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
			operation.Parameters = append(operation.Parameters, &openapi3.ParameterRef{Value: parameter(p, text)})
		}
		respond(operation, o)
	}
	return nil
}

var pathParam = regexp.MustCompile(`:(\w+)`)

// comments gives the comments of the fields of structs, by "package.Type.Field".
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
		made.Style, made.Explode = openapi3.SerializationForm, openapi3.Ptr(true)
		if made.Example != nil {
			made.Example = []any{made.Example}
		}
	}
	if p.Each {
		made.Extensions = map[string]any{"x-kind": "any"}
	}
	return made.WithSchema(schema)
}

// respond adds the responses that follow from what an operation is.
func respond(operation *openapi3.Operation, o wire.Operation) {
	problem := func(status int, text string) {
		if operation.Responses.Status(status) == nil {
			content := openapi3.Content{}
			for media := range operation.Responses.Status(200).Value.Content {
				content[media] = openapi3.NewMediaType().WithSchemaRef(openapi3.NewSchemaRef("#/components/schemas/Problem", nil))
			}
			operation.AddResponse(status, openapi3.NewResponse().WithDescription(text).WithContent(content))
		}
	}
	header := func(name string) {
		answer := operation.Responses.Status(200).Value
		if answer.Headers == nil {
			answer.Headers = openapi3.Headers{}
		}
		answer.Headers[name] = nil
	}
	problem(500, "A fault of the server")
	problem(503, "Not available, or too busy")
	if operation.RequestBody != nil {
		problem(408, "The body did not arrive in time")
		problem(413, "The body is too large")
		problem(415, "The body is of another type, or encoded")
		return
	}
	header("ETag")
	if operation.Responses.Status(304) == nil {
		operation.AddResponse(304, openapi3.NewResponse().WithDescription("The client has this answer already"))
	}
	if o.Lenient {
		return
	}
	named, asked := []string{}, "There is an unknown parameter"
	for _, p := range o.Params {
		switch {
		case p.Name == "cursor":
			header("Link")
			fallthrough
		case !p.InPath:
			asked = "A parameter is unknown or has a value that it does not take; the problem names it"
		default:
			named = append(named, p.Name)
		}
	}
	if len(named) > 0 {
		problem(404, "No such "+strings.Join(named, " or ")+"; the problem offers the nearest ones")
		asked = "A name cannot be read, or " + strings.ToLower(asked[:1]) + asked[1:]
	}
	problem(400, asked)
}
