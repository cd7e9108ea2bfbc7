package portal

import (
	"bytes"
	"cmp"
	"embed"
	"html/template"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/message"
)

//go:embed *.html
var templates embed.FS

// layout is the template of what all pages share. A page fills its blocks "page.main" and
// "page.scripts". Parts are the templates that several pages use.
const (
	layout = "layout.html"
	parts  = "part_*.html"
)

// Portal draws pages. It is safe for concurrent use.
type Portal struct {
	assets  map[string]*Asset
	widgets []*Asset // the newest first
	spoken  sync.Map // of a *message.Language: the templates of all pages in it
}

// New reads the embedded files.
func New() *Portal { return &Portal{assets: readAssets(), widgets: readWidgets(embedded)} }

// in gives the templates in a language; nil is English. They are read for the first page
// that is drawn, and all pages share the parts: each with its own copy, as they were read at
// the start, they held 6.0 MB instead of NNN MB.
func (p *Portal) in(l *message.Language) (*template.Template, error) {
	l = cmp.Or(l, message.English)
	if all, known := p.spoken.Load(l); known {
		return all.(*template.Template), nil
	}
	s := &speech{l, template.New("part_link.html")} // which is one of the parts
	all, err := s.page.Funcs(p.functions(s)).ParseFS(templates, parts)
	if err != nil {
		return nil, err
	}
	for _, file := range must(fs.Glob(templates, "page_*")) {
		page := all.New(file)
		for _, of := range []string{file, layout} { // what the page defines, then itself
			if _, err := page.Parse(strings.ReplaceAll(string(must(fs.ReadFile(templates, of))), `"page.`, `"`+file+`.`)); err != nil {
				return nil, err
			}
		}
	}
	for _, part := range all.Templates() {
		s.settle(part.Tree.Root)
	}
	p.spoken.Store(l, all)
	return all, nil
}

// Assets lists the files that pages load, in the order of their names, and the scripts
// that pages of others load.
func (p *Portal) Assets() []*Asset {
	var all []*Asset
	for _, name := range slices.Sorted(maps.Keys(p.assets)) {
		all = append(all, p.assets[name])
	}
	return append(all, p.widgets...)
}

// Widget is the newest script of the custom element <tested-on>, at the path where it
// never changes.
func (p *Portal) Widget() *Asset { return p.widgets[0] }

// Icon is the file that browsers ask for at /favicon.ico, where no page names one.
func (p *Portal) Icon() *Asset { return p.assets["favicon.ico"] }

// WidgetPath is where the script of the element is, whatever its version.
const WidgetPath = "/embed/testedon.js"

// Page is what a page shows: one of the types of this package that have a Frame.
type Page interface {
	frame() *Frame
	Status() int
	Notify(*Problem)
}

// Frame is what every page has.
type Frame struct {
	template    string            // its name
	words       *message.Language // that it speaks; nil is English
	Title       string            // "WSO2 Micro Integrator 4.4.0"
	Description string            // a sentence, for whoever previews the page
	Path        string            // of the page and its question, "/products/mi"; empty where it is none to keep
	Base        string            // of this server, "https://testedon.example"; empty where it is not known
	Moment      question.Moment   // that it is about
	Present     string            // the address of the same page about the present; empty where that is not told
	Revision    int64             // of the catalogue
	Digest      string            // of the catalogue
	Day         string            // for which it holds, "2026-11-21"
	Links       []Link            // other forms of the page
	Code        int               // HTTP status; 200 where it is not set
	Problem     *Problem          // why what is asked cannot be answered; nil where it can, or nothing is asked
	Focus       bool              // its first field has the focus
	Notice      *Problem          // what of the address was passed over and may have been meant; nil where that is nothing
}

// AsOf is the past day of the page, for a report: "as of 2026-09-01"; empty for today.
func (f *Frame) AsOf() string { return f.words.Text("report.day", f.Moment.AsOfText()) }

func (f *Frame) frame() *Frame { return f }

// Status is the HTTP status of the page.
func (f *Frame) Status() int { return cmp.Or(f.Code, 200) }

// fail tells on the page why what is asked cannot be answered.
func (f *Frame) fail(p *Problem) { f.Problem, f.Code = p, p.Code }

// Notify tells on the page what of its address was passed over.
func (f *Frame) Notify(p *Problem) { f.Notice = p }

// Section is the part of the site that a page belongs to, as the navigation names
// its address: "/products" for "/products/mi"; empty where the page has none.
func (f *Frame) Section() string {
	if f.Path == "" {
		return ""
	}
	path, _, _ := strings.Cut(f.Path, "?")
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return "/" + first
}

// Link leads to another form of a page.
type Link struct {
	Media string // its type, "application/json"
	Href  string
	Title string
}

// Draw gives a page as HTML. An error is a fault of the templates.
func (p *Portal) Draw(page Page) ([]byte, error) {
	return p.drawPart("page_"+page.frame().template+".html", page)
}

// drawPart draws a page by a template.
func (p *Portal) drawPart(part string, page Page) ([]byte, error) {
	all, err := p.in(page.frame().words)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := all.ExecuteTemplate(&b, part, page); err != nil {
		return nil, err
	}
	return []byte(turning.Replace(b.String())), nil
}

// turning shows as escapes what could turn the order of letters around, on a page and in its title.
var turning = strings.NewReplacer("\u061c", `\u061c`, "\u200e", `\u200e`, "\u200f", `\u200f`, "\u202a", `\u202a`, "\u202b", `\u202b`, "\u202c", `\u202c`,
	"\u202d", `\u202d`, "\u202e", `\u202e`, "\u2066", `\u2066`, "\u2067", `\u2067`, "\u2068", `\u2068`, "\u2069", `\u2069`)
