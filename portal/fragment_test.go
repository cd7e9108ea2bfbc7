package portal

import (
	"html/template"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/sample"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/message"
)

// The templates that say what fragments and badges are.
const (
	navTemplate = `{{range .All}}
<li><a href="{{.}}"{{if eq . $.Section}} aria-current="page"{{end}}>{{t "portal.nav" .}}</a></li>{{end}}`
	productsTemplate = `{{range .}}
<option value="{{.Name}}">{{.ID}}{{range .Aliases}}, {{.}}{{end}}</option>{{end}}`
	releasesTemplate = `{{range .All}}
<option{{if eq .Version $.Chosen}} selected{{end}}>{{.Version}}</option>{{end}}`
	fieldTemplate = `
<fieldset class="kind"><legend>{{capital (t "portal.form.label" .Label)}}</legend>
{{- range $i, $value := .Values}}
{{template "input" (input $ $i $value)}}
{{- end}}
{{template "input" (input $ (len .Values) "")}}
{{- if .Choices}}
<datalist id="choices-{{.Name}}">
{{- range .Choices}}
<option value="{{.}}">
{{- end}}
</datalist>
{{- end}}
</fieldset>
{{define "input"}}<input id="{{.Name}}-{{.I}}" name="{{.Name}}" value="{{.Value}}" maxlength="200" autocomplete="off" spellcheck="false" aria-label="{{t "portal.form.field" (capital (t "portal.form.label" .Label)) .I}}"{{if .Choices}} list="choices-{{.Name}}"{{end}} placeholder="{{if .I}} {{else}}{{with .Example}}{{t "portal.form.example" .}}{{end}}{{end}}">{{end}}`
	badgeTemplate = `<svg xmlns="http://www.w3.org/2000/svg" width="{{.Width}}" height="20" viewBox="0 0 {{.Width}} 20" role="img" aria-label="{{.About}}"><title>{{.About}}</title><clipPath id="r"><rect width="{{.Width}}" height="20" rx="3"/></clipPath><g clip-path="url(#r)"><rect width="{{.Left}}" height="20" fill="#444b4a"/><rect x="{{.Left}}" width="{{.Right}}" height="20" fill="{{.Colour}}"/></g><g fill="#fff" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11"><text x="6" y="14" textLength="{{.LabelWidth}}" lengthAdjust="spacingAndGlyphs">{{.Label}}</text><text x="{{.MessageX}}" y="14" textLength="{{.MessageWidth}}" lengthAdjust="spacingAndGlyphs">{{.Message}}</text></g></svg>
`
)

// input is what the template of an input of a field shows.
type input struct {
	Field
	I     int
	Value string
}

// measured is what the template of a badge shows.
type measured struct {
	drawing
	Left, Right, MessageX int
}

// drawn is what a template makes of a value, as a page does.
func drawn(t *testing.T, s *speech, text string, value any) string {
	t.Helper()
	functions := template.FuncMap{"t": s.say, "capital": str.Capital, "input": func(f Field, i int, value string) input { return input{f, i, value} }}
	var b strings.Builder
	if err := template.Must(template.New("").Funcs(functions).Parse(text)).Execute(&b, value); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// hostile are texts that HTML has to escape.
var hostile = []string{"", "RHEL 9", `<b a="c">'&+`, "</title><script>", "\x00\xff\ufffe\u202e", "é – ≈ 😀", "javascript:alert(1)"}

// TestFragments holds what is written without a template to the template that says the same.
func TestFragments(t *testing.T) {
	s := &speech{Language: message.English}
	same := func(what string, got any, text string, value any) {
		t.Helper()
		if want := drawn(t, s, text, value); want != got {
			t.Errorf("%s is\n%s\nand the template draws\n%s", what, got, want)
		}
	}
	for _, section := range append(Sections, "", "/problems") {
		same("the navigation", string(s.nav(section)), navTemplate, map[string]any{"All": Sections, "Section": section})
	}
	m := sample.Catalogue(t)
	offered := m.Products()
	for _, text := range hostile {
		offered = append(offered, &compat.Product{Product: &fact.Product{ID: text, Name: text, Aliases: hostile}})
	}
	same("the products", string(products(offered)), productsTemplate, offered)
	for _, p := range m.Products() {
		for _, chosen := range []string{"", p.Releases()[0].Version, "9"} {
			same("releases", string(releases(p.Releases(), chosen)), releasesTemplate, map[string]any{"All": p.Releases(), "Chosen": chosen})
		}
	}
	for i, text := range hostile {
		for _, values := range [][]string{nil, {text}, hostile} {
			for _, f := range []Field{{Name: "os", Label: "operating system", Values: values}, {Name: text, Label: text, Example: text, Values: values, Choices: hostile[i:]}} {
				same("a field", string(s.field(f)), fieldTemplate, f)
			}
		}
		b := Badge{Label: text, Message: hostile[len(hostile)-1-i], Colour: grey, About: text}
		d := b.drawing()
		left := d.LabelWidth + 2*badgePadding
		same("a badge", string(b.SVG()), badgeTemplate, measured{d, left, d.Width() - left, left + badgePadding})
	}
}
