package fleet

import (
	"bufio"
	"embed"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	html "html/template"
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"text/template"
	"time"
	"unicode"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/export"
	"github.com/testedon/testedon/internal/str"
)

//go:embed report.*
var templates embed.FS

// functions are what the templates of reports may call.
var functions = map[string]any{
	"thousands": Thousands,
	"visible":   str.Visible,
	"join":      str.Join,
	"rule":      func(id string) rule { return rules[ruleOf(id)] },
	"place":     ruleOf,
	"first":     func(groups []*Group) *Group { return groups[0] },
	"rules":     func() []rule { return rules },
	"json": func(value any) (string, error) {
		var b strings.Builder
		to := json.NewEncoder(&b)
		to.SetEscapeHTML(false)
		err := to.Encode(value)
		return strings.TrimSpace(b.String()), err
	},
	"xml": func(text string) (string, error) { // what XML has no sign for becomes U+FFFD
		var b strings.Builder
		err := xml.EscapeText(&b, []byte(text))
		return b.String(), err
	},
	"metric": metricLabel,
	// uri names a file as a reference: relative where its name is.
	"uri": func(name string) string {
		u := url.URL{Path: filepath.ToSlash(name)}
		if strings.HasPrefix(u.Path, "/") {
			u.Scheme = "file"
		}
		return u.String()
	},
}

// maxLabel is how many characters of a text a label of a metric has.
const maxLabel = 200

// metricLabel escapes the value of a label of a metric. A sign that controls is replaced.
func metricLabel(text string) string {
	if all := []rune(text); len(all) > maxLabel {
		text = string(all[:maxLabel-1]) + "…"
	}
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' {
			return unicode.ReplacementChar
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(text)
}

// plain writes by a template of text, which is read for the first report.
func plain(file string) func(io.Writer, *Page) error {
	drawn := sync.OnceValue(func() *template.Template {
		return template.Must(template.New(file).Funcs(functions).ParseFS(templates, file))
	})
	return func(w io.Writer, p *Page) error {
		to := bufio.NewWriter(w)
		if err := drawn().Execute(to, p); err != nil {
			return err
		}
		return to.Flush()
	}
}

var (
	writeText = plain("report.txt")
	pageOf    = sync.OnceValue(func() *html.Template {
		return html.Must(html.New("report.html").Funcs(functions).ParseFS(templates, "report.html"))
	})
)

func writeHTML(w io.Writer, p *Page) error { return pageOf().Execute(w, p) }

// Because tells why the environment does not pass, and what would.
func (r *Row) Because() string {
	text := r.words.Text("fleet.required", str.Join(", ", r.Product+" "+r.Release, r.Place()), r.Require) + "\n"
	for _, f := range r.Findings {
		text += f.Because() + "\n"
	}
	if len(r.Moves) > 0 {
		text += "\n" + r.words.Text("report.moves") + ":\n  " + strings.Join(r.Moves, "\n  ") + "\n"
	}
	return text
}

// Tests counts environments, and waivers that do not hold.
func (p *Page) Tests() int { return p.Total + len(p.Faults) }

// Failures counts environments that do not pass, and waivers that do not hold.
func (p *Page) Failures() int { return p.Failing + len(p.Faults) }

// Took is how many seconds went by.
func (p *Page) Took() string {
	return fmt.Sprintf("%.3f", max(0, p.Run.Now().Sub(p.Run.Began)).Round(time.Millisecond).Seconds())
}

// Day is the one of the answers.
func (p *Page) Day() string { return p.Run.Began.UTC().Format(time.DateOnly) }

// rowColumns are those of a table with a row for each environment.
var rowColumns = []string{"line", "name", "product", "release", "status", "verdict", "pass", "require", "summary", "move", "waived"}

func (r *Row) cells() []string {
	line, pass := "", fmt.Sprint(r.Passes)
	if r.Line > 0 {
		line = fmt.Sprint(r.Line)
	}
	if r.Problem != nil {
		pass = ""
	}
	return []string{line, r.Name, r.Product, r.Release, fmt.Sprint(r.Status), r.Verdict, pass, r.Require, r.Summary, r.Move, r.Waived}
}

func writeCSV(w io.Writer, p *Page) error {
	to := csv.NewWriter(w) // which keeps the first error
	_ = to.Write(rowColumns)
	for i := range p.Rows {
		_ = to.Write(wire.Each(p.Rows[i].cells(), export.Guarded))
	}
	to.Flush()
	return to.Error()
}

// writeJSON writes what POST /v1/checks answers, with the line and the name of each environment.
func writeJSON(w io.Writer, p *Page) error {
	to := bufio.NewWriter(w) // which keeps the first error
	between := `{"items":[`
	for i, row := range p.Rows {
		fmt.Fprintf(to, `%s{"index":%d,"line":%d`, between, i, row.Line)
		if row.Name != "" {
			fmt.Fprintf(to, `,"name":%s`, quoteJSON(row.Name))
		}
		member := "answer"
		if row.Problem != nil {
			member = "problem"
		}
		fmt.Fprintf(to, `,"status":%d,%q:%s}`, row.Status, member, row.raw)
		between = ","
	}
	last, _ := json.Marshal(struct {
		Summary   answers.Tally        `json:"summary"`
		Catalogue answers.CatalogueRef `json:"catalogue"`
	}{p.Tally.Tally, p.Catalogue}) // which can always be written
	fmt.Fprintf(to, "],%s%s}\n", last[1:len(last)-1], WaiverFaults(p.Faults))
	return to.Flush()
}

func writeXLSX(w io.Writer, p *Page) error {
	var groups [][]string
	for _, s := range p.Sections {
		for _, g := range s.Groups {
			f := &g.Finding
			groups = append(groups, []string{fmt.Sprint(g.Count), g.Title, f.Product, f.Release, f.Component, p.Say("report.word", f.Rule, str.Words(f.Rule)), f.Why, g.Move, g.Few()})
		}
	}
	shown := p.Rows[:min(len(p.Rows), export.MaxRows)]
	rows := func(yield func([]string) bool) {
		for i := range shown {
			if !yield(shown[i].cells()) {
				return
			}
		}
	}
	heads := func(columns ...string) []string {
		return wire.Each(columns, func(column string) string { return p.Say("fleet.sheet", column) })
	}
	numbers := map[string]any{"environments": p.Total, "pass": p.Passing, "by_waiver": p.Waived, "failing": p.Failing, "problems": p.Problems, "findings": p.Findings, "rows": len(shown),
		"revision": p.Catalogue.Revision, "digest": p.Catalogue.Digest, "file": p.Run.File, "day": p.Day()}
	var summary [][]string
	for _, what := range []string{"environments", "pass", "by_waiver", "failing", "problems", "findings", "rows", "revision", "digest", "file", "day"} {
		summary = append(summary, []string{p.Say("fleet.sheet", what), fmt.Sprint(numbers[what])})
	}
	return export.WriteSheets(w, p.Say("fleet.title"), p.Sentence(),
		export.Sheet{Name: p.Say("fleet.sheet", "summary"), Columns: heads("what", "number"), Numbers: []bool{1: true}, Rows: slices.Values(summary)},
		export.Sheet{Name: p.Say("fleet.sheet", "groups"), Numbers: []bool{true}, Rows: slices.Values(groups),
			Columns: heads("environments", "wrong", "product", "release", "component", "verdict", "why", "helps", "which")},
		export.Sheet{Name: p.Say("fleet.sheet", "row"), Columns: heads(rowColumns...), Numbers: []bool{0: true, 4: true}, Rows: rows})
}
