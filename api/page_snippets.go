package api

import (
	"html"
	"net/url"
	"strconv"

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
	v.snippets(page, q)
	return page, nil
}

// snippets adds the lines that show the answer to a question.
func (v *view) snippets(page *portal.Snippets, q *question) {
	asked := page.Query()
	page.Ready, page.Address = true, asked
	product, release := q.answer.Product.ID, q.answer.Release.Version
	components := page.Components()
	page.Badge = "/badge/" + url.PathEscape(product) + "/" + url.PathEscape(release) + ".svg" + components
	title := q.answer.Product.Name + " " + release + ": " + words(q.answer.Verdict)
	page.Alt = title
	badge, link := page.Base+page.Badge, page.Base+"/?"+string(asked)
	page.Items = []portal.Snippet{
		{ID: "badge-markdown", About: "Markdown", Code: "[![" + title + "](" + badge + ")](" + link + ")"},
		{ID: "badge-html", About: "HTML", Code: `<a href="` + html.EscapeString(link) + `"><img src="` + html.EscapeString(badge) + `" alt="` + html.EscapeString(title) + `" height="20"></a>`},
		{ID: "badge-shields", About: "For Shields, which draws it in its own styles", Code: "https://img.shields.io/endpoint?url=" + url.QueryEscape(page.Base+"/badge/"+url.PathEscape(product)+"/"+url.PathEscape(release)+".json"+components)},
		{ID: "frame-html", About: "A frame, for any page", Code: frameCode(page.Base, asked, title, frameWidth, frameHeight)},
	}
}
