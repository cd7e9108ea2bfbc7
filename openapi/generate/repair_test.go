package generate

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/detect"
	"github.com/testedon/testedon/export"
)

// repairs are what the annotations leave open, in the order in which it is
// done to every operation.
var repairs = []struct {
	why string
	do  func(*openapi3.T, *openapi3.Operation) error
}{
	{"a body has a name in Swagger 2.0 only", bodyName},
	{"what may be left out of a body may be null", nullable},
	{"OpenAPI knows lines of JSON and tables as a text only", textTypes},
	{"the formats of exports are a table", exportFormats},
	{"headers are described once and not at every operation", responseHeaders},
	{"what can answer 304 takes an ETag", conditional},
	{"what is wrong is told alike everywhere", shareResponses},
	{"that everyone may ask is to be said out loud", public},
}

// repair completes a converted document.
func repair(doc *openapi3.T, shared *shared, about map[string]string) error {
	// Relative, so that the page tries out the server it came from.
	doc.Servers = openapi3.Servers{{URL: "/", Description: "This server"}}
	doc.Components.Headers = shared.Components.Headers
	doc.Components.Parameters = shared.Components.Parameters
	doc.Components.Responses = shared.Components.Responses
	for name, schema := range doc.Components.Schemas {
		repairSchema(schema.Value, shared.Bodies[name] != nil)
	}
	for _, code := range api.ProblemCodes() {
		known := doc.Components.Schemas["Problem"].Value.Properties["code"].Value
		known.Enum = append(known.Enum, code)
	}
	for path, item := range doc.Paths.Map() {
		for method, operation := range item.Operations() {
			for _, repair := range repairs {
				if err := repair.do(doc, operation); err != nil {
					return fmt.Errorf("%s %s: %s: %w", method, path, repair.why, err)
				}
			}
		}
	}
	shareParameters(doc)
	return errors.Join(nameWords(doc, shared.Enums), tellWords(doc, about, shared.Words), composeSchemas(doc, shared.Parts))
}

// bodyName drops the name that Swagger 2.0 gives a body.
func bodyName(_ *openapi3.T, operation *openapi3.Operation) error {
	if operation.RequestBody != nil {
		delete(operation.RequestBody.Value.Extensions, "x-originalParamName")
	}
	return nil
}

// nullable lets each member that a body can do without be null, which says no more
// than leaving it out. A oneOf has no type of its own, so that its first choice may be.
func nullable(_ *openapi3.T, operation *openapi3.Operation) error {
	if operation.RequestBody == nil {
		return nil
	}
	media := operation.RequestBody.Value.Content["application/json"]
	if media == nil {
		return nil
	}
	body := media.Schema.Value
	for name, property := range body.Properties {
		if slices.Contains(body.Required, name) {
			continue
		}
		either(property.Value).Nullable = true
		if members := property.Value.AdditionalProperties.Schema; members != nil {
			either(members.Value).Nullable = true
		}
	}
	return nil
}

// either is the first choice of a oneOf, and any other schema itself.
func either(schema *openapi3.Schema) *openapi3.Schema {
	if len(schema.OneOf) > 0 {
		return schema.OneOf[0].Value
	}
	return schema
}

// textTypes makes a text of every body and response of lines, and of every table and
// page.
func textTypes(_ *openapi3.T, operation *openapi3.Operation) error {
	if operation.RequestBody != nil {
		content := operation.RequestBody.Value.Content
		asText(content, mediaLines, maxLines)
		asText(content, mediaText, detect.MaxText)
		if form := content[mediaForm]; form != nil {
			text := openapi3.NewStringSchema().WithMinLength(1).WithMaxLength(detect.MaxText)
			form.Schema = openapi3.NewObjectSchema().WithProperty("text", text).WithAdditionalProperties(text).WithMaxProperties(detect.MaxTexts).NewRef()
		}
	}
	for _, ref := range operation.Responses.Map() {
		for _, kind := range textMedia {
			asText(ref.Value.Content, kind, 0)
		}
		if file := ref.Value.Content[mediaGzip]; file != nil {
			file.Schema.Value.Format = "binary"
		}
		if ref.Value.Content[mediaText] != nil && len(ref.Value.Content) > 1 {
			asText(ref.Value.Content, mediaText, 0)
		}
	}
	return nil
}

// exportFormats has a release, and a product, written in every format that can hold it, each a text
// or bytes.
func exportFormats(_ *openapi3.T, operation *openapi3.Operation) error {
	product := operation.OperationID == "exportProduct"
	if operation.OperationID != "exportRelease" && !product {
		return nil
	}
	content := operation.Responses.Value("200").Value.Content
	for _, f := range export.Formats {
		if product && !f.Holds() {
			continue
		}
		content[f.Type()] = openapi3.NewMediaType()
		asText(content, f.Type(), 0)
		if f.Packed {
			content[f.Type()].Schema.Value.Format = "binary"
		}
	}
	return nil
}

// asText describes a media type, where a body may be of it, as a text of so many
// characters; 0 for any number.
func asText(content openapi3.Content, kind string, most uint64) {
	if media := content[kind]; media != nil {
		text := openapi3.NewStringSchema()
		if most > 0 {
			text.WithMinLength(1).WithMaxLength(int64(most))
		}
		media.Schema = text.NewRef()
	}
}

// responseHeaders leads from the headers that an annotation names to the shared
// description. What every answer has, the description of the contract says.
func responseHeaders(doc *openapi3.T, operation *openapi3.Operation) error {
	for _, ref := range operation.Responses.Map() {
		headers := openapi3.Headers{}
		maps.Copy(headers, ref.Value.Headers)
		for name := range headers {
			if doc.Components.Headers[name] == nil {
				return fmt.Errorf("components.yaml has no header %s", name)
			}
			headers[name] = &openapi3.HeaderRef{Ref: "#/components/headers/" + name}
		}
		ref.Value.Headers = headers
	}
	return nil
}

// conditional adds the parameter that leads to 304.
func conditional(_ *openapi3.T, operation *openapi3.Operation) error {
	if operation.Responses.Value("304") != nil {
		ref := &openapi3.ParameterRef{Ref: "#/components/parameters/If-None-Match"}
		operation.Parameters = append(operation.Parameters, ref)
	}
	return nil
}

// public says that an operation asks for no credentials.
func public(_ *openapi3.T, operation *openapi3.Operation) error {
	operation.Security = openapi3.NewSecurityRequirements()
	return nil
}
