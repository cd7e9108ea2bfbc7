package api

import (
	"html"
	"net/url"
	"strconv"
	"strings"

	"github.com/testedon/testedon/portal"
)

func itoa(n int) string { return strconv.Itoa(n) }

// snippetsPage is the page that builds what other pages show.
func (s *Server) snippetsPage(v *view, in input) (portal.Page, error) {
	page := &portal.Snippets{Frame: v.frame(in, "Embed an answer", "Builds the lines that show an answer on another page."), Question: v.form(in, "/embed")}
	if !page.Asked() {
		return page, v.checkPage(in, v.parameters)
	}
	q, err := v.questionOn(in)
	if err != nil {
		e := asError(err)
		problem := s.explain(e, in)
		page.Problem, page.Code = problemPage(in, e, problem), problem.Status
		return page, nil
	}
	page.Question = v.formOf(q, "/embed")
	s.snippets(page, q)
	return page, nil
}

// snippets adds the lines that show the answer to a question.
func (s *Server) snippets(page *portal.Snippets, q *question) {
	asked := page.Query()
	page.Ready, page.Address = true, asked
	product, release := q.answer.Product.ID, q.answer.Release.Version
	badge := func(ending string) string {
		return "/badge/" + url.PathEscape(product) + "/" + url.PathEscape(release) + ending + page.Components()
	}
	page.Badge = badge(".svg")
	page.Alt = alternative(portal.Subject(&q.answer))
	page.Widget = s.widgetOf(&page.Question)
	page.Sample = &portal.Embedded{Frame: page.Frame, Asked: asked, Answer: &q.answer}
	page.OEmbed = "/oembed?url=" + url.QueryEscape(page.Base+"/?"+string(asked))
	picture, link := page.Base+page.Badge, page.Base+"/?"+string(asked)
	page.Badges = []portal.Snippet{
		{ID: "badge-markdown", About: "Markdown", Code: "[![" + portal.EscapeMarkdown(page.Alt) + "](" + picture + ")](" + link + ")"},
		{ID: "badge-html", About: "HTML", Code: `<a href="` + html.EscapeString(link) + `"><img src="` + html.EscapeString(picture) + `" alt="` + html.EscapeString(page.Alt) + `" height="20"></a>`},
		{ID: "badge-shields", About: "For Shields, which draws it in its own styles", Code: "https://img.shields.io/endpoint?url=" + url.QueryEscape(page.Base+badge(".json"))},
	}
	page.FrameCode = portal.Snippet{ID: "frame-html", About: "A frame, for any page. With the script of the element on the page, it is as high as its answer",
		Code: frameCode(page.Base, asked, portal.Subject(&q.answer), "100%", frameHeight)}
	page.ElementCode = portal.Snippet{ID: "element-html", About: "The element, which takes the colours of the page around it. This script never changes; " +
		page.Base + portal.WidgetPath + " is the newest, without integrity", Code: page.Widget.Code(page.Base)}
}

// widgetOf is the element that asks a question.
func (s *Server) widgetOf(q *portal.Question) portal.Widget {
	script := s.portal.Widget()
	w := portal.Widget{Script: script.Path, Integrity: script.Integrity, Attributes: []portal.Attribute{
		{Name: "product", Value: q.Product}, {Name: "release", Value: q.Release}}}
	for _, f := range q.Fields {
		if len(f.Values) > 0 {
			w.Attributes = append(w.Attributes, portal.Attribute{Name: f.Name, Value: strings.Join(f.Values, "; ")})
		}
	}
	if q.Require != "" {
		w.Attributes = append(w.Attributes, portal.Attribute{Name: "require", Value: q.Require})
	}
	return w
}
