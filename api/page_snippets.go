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
func (s *Site) snippetsPage(v *View, in address) (portal.Page, error) {
	form, q, err := v.form(in, "/embed")
	page := &portal.Snippets{Frame: v.frame(in, "Embed an answer", "Builds the lines that show an answer on another page."), Question: form}
	if err == nil && !page.Asked() {
		return page, nil
	}
	if err == nil {
		err = q.answerNow()
	}
	if err != nil {
		page.Problem = s.told(in, err)
		page.Code = page.Problem.Code
		return page, nil
	}
	page.Require = q.require
	s.snippets(page, v, q)
	return page, nil
}

// snippets adds the lines that show the answer to a question.
func (s *Site) snippets(page *portal.Snippets, v *View, q *question) {
	asked, environment := q.query(), "?"+strings.TrimPrefix(q.environment(), "&")
	page.Ready, page.Address = true, portal.Parameters(asked)
	badge := func(ending string) string {
		return "/badge/" + url.PathEscape(q.product) + "/" + url.PathEscape(q.release) + ending + environment
	}
	page.Badge = badge(".svg")
	page.Alt = alternative(portal.Subject(&q.answer))
	script := s.Widget()
	page.Widget = portal.Widget{Script: script.Path, Integrity: script.Integrity, Attributes: questioning(&page.Question)}
	page.Form = portal.Widget{Attributes: append(aboutRelease(&page.Question), portal.Attribute{Name: "form"})}
	page.Sample = &portal.Embedded{Frame: page.Frame, Asked: page.Address, Answer: &q.answer}
	page.OEmbed = oembedPath(page.Base, asked)
	picture, link := page.Base+page.Badge, page.Base+"/?"+asked
	page.Badges = []portal.Snippet{
		{ID: "badge-markdown", About: "Markdown", Code: "[![" + portal.EscapeMarkdown(page.Alt) + "](" + picture + ")](" + link + ")"},
		{ID: "badge-html", About: "HTML", Code: `<a href="` + html.EscapeString(link) + `"><img src="` + html.EscapeString(picture) + `" alt="` + html.EscapeString(page.Alt) + `" height="20"></a>`},
		{ID: "badge-shields", About: "For Shields, which draws it in its own styles", Code: "https://img.shields.io/endpoint?url=" + url.QueryEscape(page.Base+badge(".json"))},
	}
	page.FrameCode = portal.Snippet{ID: "frame-html", About: "A frame, for any page. With the script of the element on the page, it is as high as its answer",
		Code: frameCode(page.Base, asked, portal.Subject(&q.answer), "100%", frameHeight)}
	page.ElementCode = portal.Snippet{ID: "element-html", About: "The element, which takes the colours of the page around it. This script never changes; " +
		page.Base + portal.WidgetPath + " is the newest, without integrity", Code: page.Widget.ScriptCode(page.Base) + "\n\n" + page.Widget.Code("Shown until there is an answer, and where there is none.")}
	page.FormCode = portal.Snippet{ID: "form-html", About: "The same element, to ask other questions about the release; without product and release, in plain words",
		Code: page.Form.Code("Shown where there is no form.")}
}

// questioning gives the attributes of the element that ask a question.
func questioning(q *portal.Question) []portal.Attribute {
	all := aboutRelease(q)
	for _, f := range q.Fields {
		if len(f.Values) > 0 {
			all = append(all, portal.Attribute{Name: f.Name, Value: strings.Join(f.Values, "; ")})
		}
	}
	if q.Require != "" {
		all = append(all, portal.Attribute{Name: "require", Value: q.Require})
	}
	return all
}

// aboutRelease gives those that name the release of a question.
func aboutRelease(q *portal.Question) []portal.Attribute {
	return []portal.Attribute{{Name: "product", Value: q.Product}, {Name: "release", Value: q.Release}}
}
