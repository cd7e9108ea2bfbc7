package portal

import (
	"bytes"
	"embed"
	"net/url"
	"text/template"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/internal/str"
)

//go:embed wellknown
var wellKnownFiles embed.FS

// wellKnown are files that programs look for at addresses of their own, each by the template
// that writes it.
var wellKnown = []struct {
	path, name string
	media      []string
	links      []string // the Link header
}{
	{"/llms.txt", "llms.txt", wire.TypeText, nil},                                                 // https://llmstxt.org
	{"/opensearch.xml", "opensearch.xml", []string{"application/opensearchdescription+xml"}, nil}, // OpenSearch 1.1, draft 6
	{"/.well-known/api-catalog", "api-catalog", []string{`application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"`}, // RFC 9727
		[]string{`</.well-known/api-catalog>; rel="api-catalog"`}},
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
	for _, file := range wellKnown {
		s.Get(file.path, func(c wire.Context) error {
			if file.links != nil {
				c.Response().Header()["Link"] = file.links
			}
			return s.listed(c, file.media, func(v *question.View) ([]byte, error) {
				var out bytes.Buffer
				err := templates.ExecuteTemplate(&out, file.name, known{s.Base(c), v.Products(), v.AddressOf(v.ExampleQuestion()), url.QueryEscape(v.ExampleWords())})
				return out.Bytes(), err
			})
		})
	}
}
