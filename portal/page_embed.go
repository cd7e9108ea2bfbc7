package portal

import (
	"html"
	"html/template"
	"net/url"
	"regexp"
	"strings"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/message"
)

// Snippets is the page that builds what other pages show.
type Snippets struct {
	Frame
	Question
	Ready   bool         // there is a question to embed
	Address template.URL // the question as the parameters of an address
	Badge   string       // address of the badge, without the host
	Width   int          // of the badge, in pixels
	Alt     string       // what the badge says
	Widget  Widget       // that asks the question
	Form    Widget       // that asks others about the release

	Badges                           []Snippet
	FrameCode, ElementCode, FormCode Snippet

	Sample *Embedded // the answer itself
	OEmbed string    // address of its description
}

// Markdown is the answer as Markdown.
func (s *Snippets) Markdown() string { return string(s.Sample.Markdown()) }

// MarkdownCode is that as lines to paste.
func (s *Snippets) MarkdownCode() Snippet {
	return snippetOf(s.words, "markdown", s.Markdown(), "")
}

// Script is the path of the element's script.
func (*Snippets) Script() string { return WidgetPath }

// Snippet is a text to paste.
type Snippet struct {
	ID, Name, About, Code string
}

// snippetOf is a text to paste; of is what else is told about it.
func snippetOf(l *message.Language, id, code, of string) Snippet {
	return Snippet{ID: id, Name: l.Text("portal.embed.name", id), About: l.Text("portal.embed.code", id, of), Code: code}
}

// Widget is the custom element that shows the question.
type Widget struct {
	Script     string // path of the script that never changes
	Integrity  string // of that script
	Attributes []Attribute
}

// Markup is the attributes as HTML, those without a value by their names alone. One whose name is none for an attribute is left
// out: what a kind is called is data.
func (w Widget) Markup() template.HTMLAttr {
	var all []string
	for _, a := range w.Attributes {
		switch {
		case !attributeName.MatchString(a.Name):
		case a.Value == "":
			all = append(all, a.Name)
		default:
			all = append(all, a.Name+`="`+html.EscapeString(a.Value)+`"`)
		}
	}
	return template.HTMLAttr(strings.Join(all, " ")) //nolint:gosec // names are checked and values escaped
}

var attributeName = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)

// Code is the lines that show the element on a page that has its script. The text
// stands where no script runs.
func (w Widget) Code(text string) string {
	return "<tested-on " + string(w.Markup()) + ">\n  " + html.EscapeString(text) + "\n</tested-on>"
}

// ScriptCode is the line that loads the script of the element, pinned.
func (w Widget) ScriptCode(base string) string {
	return `<script src="` + html.EscapeString(base+w.Script) + `" integrity="` + w.Integrity + `" crossorigin="anonymous" async></script>`
}

// Attribute is one of an element.
type Attribute struct{ Name, Value string }

// snippetsRoute is the page that builds what other pages show.
var snippetsRoute = route{path: "/embed", name: "embed", takes: questionParams(), draw: func(s *Site, v *question.View, in address) (Page, error) {
	form, q, err := readForm(v, in, "/embed")
	page := &Snippets{Frame: s.frameOf(v, in, "portal.embed"), Question: form}
	s.formCode(page)
	if err == nil && !page.Asked() {
		return page, nil
	}
	if err == nil {
		err = q.AnswerNow()
	}
	if err != nil {
		page.fail(s.told(in, err))
		return page, nil
	}
	page.Require = q.Require
	s.snippets(page, q, answerOf(v, q))
	return page, nil
}}

// snippets adds the lines that show the answer to a question.
func (s *Site) snippets(page *Snippets, q *question.Question, a *Answer) {
	asked, environment := q.Query(), "?"+strings.TrimPrefix(q.Environment(), "&")
	page.Ready, page.Address = true, Parameters(asked)
	badge := func(ending string) string {
		return "/badge/" + url.PathEscape(q.Product) + "/" + url.PathEscape(q.Release) + ending + environment
	}
	page.Badge, page.Width = badge(".svg"), badgeFor(&q.Answer, "").drawing().Width()
	page.Alt = alternative(q.Answer.Release)
	page.Widget = s.widget(questioning(page))
	page.Sample = &Embedded{Frame: page.Frame, Answer: a}
	page.OEmbed = oembedPath(page.Base, asked)
	picture, link := page.Base+page.Badge, page.Base+"/?"+asked
	page.Badges = []Snippet{
		snippetOf(page.words, "badge-markdown", "[!["+str.Markdown(page.Alt)+"]("+picture+")]("+link+")", ""),
		snippetOf(page.words, "badge-html", `<a href="`+html.EscapeString(link)+`"><img src="`+html.EscapeString(picture)+`" alt="`+html.EscapeString(page.Alt)+`" height="20"></a>`, ""),
		snippetOf(page.words, "badge-shields", "https://img.shields.io/endpoint?url="+url.QueryEscape(page.Base+badge(".json")), ""),
	}
	page.FrameCode = snippetOf(page.words, "frame-html", frameCode(page.Base, asked, q.Answer.Release, "100%", frameHeight), "")
	page.ElementCode = snippetOf(page.words, "element-html", page.Widget.ScriptCode(page.Base)+"\n\n"+page.Widget.Code(page.words.Text("portal.embed.element.else")), page.Base+WidgetPath)
}

// widget is the element with the newest script.
func (s *Site) widget(attributes []Attribute) Widget {
	script := s.Widget()
	return Widget{Script: script.Path, Integrity: script.Integrity, Attributes: attributes}
}

// formCode adds the lines of a form: about what is chosen, or in plain words.
func (s *Site) formCode(page *Snippets) {
	page.Form = s.widget(append(aboutRelease(page), Attribute{Name: "form"}))
	about := ""
	if page.Product != "" {
		about = page.ProductName()
	}
	page.FormCode = snippetOf(page.words, "form-html", page.Form.ScriptCode(page.Base)+"\n\n"+page.Form.Code(page.words.Text("portal.embed.form.else")), about)
}

// questioning gives the attributes of the element that ask a question.
func questioning(q *Snippets) []Attribute {
	all := aboutRelease(q)
	for _, f := range q.Fields {
		if len(f.Values) > 0 {
			all = append(all, Attribute{Name: f.Name, Value: strings.Join(f.Values, "; ")})
		}
	}
	if q.Require != "" {
		all = append(all, Attribute{Name: "require", Value: q.Require})
	}
	return all
}

// aboutRelease gives those that name the release of a question, and the moment.
func aboutRelease(q *Snippets) []Attribute {
	var all []Attribute
	if q.Product != "" {
		all = append(all, Attribute{Name: "product", Value: q.Product})
	}
	if q.Release != "" {
		all = append(all, Attribute{Name: "release", Value: q.Release})
	}
	if q.Moment.AsOf != 0 {
		all = append(all, Attribute{Name: "as-of", Value: q.Moment.AsOf.String()})
	}
	if known := q.Moment.Known.String(); known != "" {
		all = append(all, Attribute{Name: "known", Value: known})
	}
	return all
}
