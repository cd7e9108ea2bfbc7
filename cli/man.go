package cli

import (
	"cmp"
	_ "embed" // for the template
	"strings"
	"text/template"
	"time"

	"github.com/alecthomas/kong"
)

// man prints the manual page.
type man struct{}

//go:embed testedon.1.tmpl
var manual string

// Run writes the page from the grammar.
func (*man) Run(ctx *kong.Context, p Program) error {
	escape := strings.NewReplacer(`\`, `\e`, "-", `\-`, "\n.", "\n\\&.", "\n'", "\n\\&'")
	page, err := template.New("").Funcs(template.FuncMap{
		"parts":    func(text string) []string { return strings.Split(strings.TrimSpace(text), "\n\n") },
		"indented": func(text string) bool { return strings.HasPrefix(text, " ") },
		"roff":     func(text string) string { return escape.Replace("\n" + strings.TrimRight(text, "\n"))[1:] },
	}).Parse(manual)
	if err != nil {
		return err
	}
	var b strings.Builder
	err = page.Execute(&b, map[string]any{"Model": ctx.Model, "Commands": ctx.Model.Leaves(true), "Codes": p.Words.Text("help.codes"),
		"Version": p.Version, "Date": p.Now().Format(time.DateOnly)})
	return cmp.Or(err, p.print(b.String()))
}
