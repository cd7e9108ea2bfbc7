package portal

import (
	"bytes"
	"embed"
	"net/url"
	"path"
	"text/template"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/internal/str"
)

//go:embed wellknown
var wellKnownFiles embed.FS

// wellKnown are files that programs look for at addresses of their own, by the name of the
// template that writes them: https://llmstxt.org, OpenSearch 1.1 (draft 6), RFC 9727.
var wellKnown = map[string][]string{
	"/llms.txt":                wire.TypeText,
	"/opensearch.xml":          {"application/opensearchdescription+xml"},
	"/.well-known/api-catalog": {`application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"`},
}

// known is what the templates of well-known files write.
type known struct {
	Base            string // of this server, as its client sees it
	Products        []*compat.Product
	Question, Words string // an example that is answered, as a query and in plain words, both escaped
}

// serveWellKnown serves what programs look for at addresses of their own.
func (s *Site) serveWellKnown() {
	templates := template.Must(template.New("").Funcs(template.FuncMap{"text": str.Markdown, "path": url.PathEscape, "count": str.Count}).ParseFS(wellKnownFiles, "wellknown/*"))
	for at, media := range wellKnown {
		s.Get(at, func(c wire.Context) error {
			c.Response().Header()["Link"] = []string{`</.well-known/api-catalog>; rel="api-catalog"`}
			return s.listed(c, media, func(v *question.View) ([]byte, error) {
				var out bytes.Buffer
				err := templates.ExecuteTemplate(&out, path.Base(at), known{s.Base(c), v.Products(), v.AddressOf(v.ExampleQuestion()), url.QueryEscape(v.ExampleWords())})
				return out.Bytes(), err
			})
		})
	}
}
