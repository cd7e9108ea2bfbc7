package api

import (
	"cmp"
	"encoding/json"
	"html"
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/portal"
)

// The types of what other pages show.
var (
	typeSVG      = []string{"image/svg+xml; charset=utf-8"}
	typeMarkdown = []string{"text/markdown; charset=utf-8"}
	cacheBadge   = []string{"public, max-age=300, stale-while-revalidate=600, stale-if-error=86400"}
)

// problemHeader says why a badge or a fragment has no answer, where the status cannot:
// image hosts show nothing for what is not 200.
const problemHeader = "X-TestedOn-Problem"

// framePolicy is the policy of a page in a frame of these origins.
func framePolicy(ancestors []string) []string {
	return []string{"default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors " + strings.Join(ancestors, " ")}
}

// embedded answers the question of an address for a page around it. What is wrong is a
// part of what it gives.
func (s *Server) embedded(v *view, in input) *portal.Embedded {
	e := &portal.Embedded{Frame: v.frame(in, "Is it tested?", "")}
	q, err := v.questionOn(in)
	if err == nil {
		form := v.formOf(q, "/")
		e.Answer, e.Asked = &q.answer, form.Query()
		e.Title = portal.Headline(&q.answer)
		return e
	}
	known := asError(err)
	problem := s.explain(known, in)
	e.Problem, e.Code = problemPage(in, known, problem), problem.Status
	return e
}

// questionOn reads the question of a page's address and answers it.
func (v *view) questionOn(in input) (*question, error) {
	if err := v.checkPage(in, v.parameters); err != nil {
		return nil, err
	}
	q := newPageQuestion()
	if err := q.fromPage(v, in.query); err != nil {
		return nil, err
	}
	return q, q.answerNow(v)
}

// answerNow answers the question.
func (q *question) answerNow(v *view) error {
	q.components = q.components[:0]
	asked, err := q.resolve(v)
	if err != nil {
		return err
	}
	return v.Check(asked, &q.answer)
}

// embed serves a path for pages of others.
func (s *Server) embed(at string, send func(echo.Context, *view, input) error) {
	s.get(at, func(c echo.Context) error {
		v, err := s.view()
		if err != nil {
			return err
		}
		values, err := readPage(c.Request().URL.RawQuery)
		if err != nil {
			return err
		}
		target := c.Request().URL
		if fresh(c, v.etagToday(newFingerprint.add(target.EscapedPath()).add(target.RawQuery).add(base(c)))) {
			return nil
		}
		return send(c, v, input{c, values})
	})
}

// embedFrame serves an answer as the page of a frame.
func (s *Server) embedFrame(c echo.Context, v *view, in input) error {
	e := s.embedded(v, in)
	text, err := s.portal.DrawFrame(e)
	if err != nil {
		return err
	}
	c.Response().Header()["Content-Security-Policy"] = s.framePolicy
	sendEmbedded(c, e, typePage, text)
	return nil
}

// embedHTML serves an answer as a fragment of HTML.
func (s *Server) embedHTML(c echo.Context, v *view, in input) error {
	e := s.embedded(v, in)
	text, err := s.portal.DrawFragment(e)
	if err != nil {
		return err
	}
	sendEmbedded(c, e, typePage, text)
	return nil
}

// embedMarkdown serves an answer as Markdown.
func (s *Server) embedMarkdown(c echo.Context, v *view, in input) error {
	e := s.embedded(v, in)
	sendEmbedded(c, e, typeMarkdown, e.Markdown())
	return nil
}

// sendEmbedded sends an answer, or why there is none, with the status of that.
func sendEmbedded(c echo.Context, e *portal.Embedded, media []string, text []byte) {
	if e.Status() != http.StatusOK {
		forget(c)
	}
	send(c, e.Status(), media, text)
}

// forget keeps an answer that is none out of caches.
func forget(c echo.Context) {
	header := c.Response().Header()
	header.Del("Etag")
	header["Cache-Control"] = cacheNever
}

// badge serves /badge/{product}/{release}.svg and .json.
func (s *Server) badge(c echo.Context, v *view, in input) error {
	b, err := v.badgeOf(in)
	header := c.Response().Header()
	header["Cache-Control"] = cacheBadge
	if err != nil {
		e := asError(err)
		problem := s.explain(e, c)
		header[problemHeader] = []string{asciiOnly(problem.Code + ": " + problem.Detail)}
		header.Del("Etag")
	}
	if strings.HasSuffix(in.Param("file"), ".json") {
		send(c, http.StatusOK, typeJSON, b.JSON())
		return nil
	}
	send(c, http.StatusOK, typeSVG, b.SVG())
	return nil
}

// asciiOnly makes a text fit for a header.
func asciiOnly(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, text)
}

// badgeOf answers the question of a badge's address.
func (v *view) badgeOf(in input) (portal.Badge, error) {
	label := in.one("label")
	delete(in.query, "label")
	b := portal.Badge{Label: cmp.Or(quotable(label), "tested on")}
	product, err := in.path("product")
	if err != nil {
		return b, err
	}
	file, err := in.path("file")
	if err != nil {
		return b, err
	}
	release, isPicture := strings.CutSuffix(file, ".svg")
	release, isData := strings.CutSuffix(release, ".json")
	if isPicture == isData {
		return b, compat.Invalid("file", "Write the release, then .svg or .json: 4.4.0.svg", "There is no badge %q", quotable(file))
	}
	in.query["product"], in.query["release"] = []string{product}, []string{release}
	q, err := v.questionOn(in)
	if err != nil {
		return b, err
	}
	if label == "" && len(q.answer.Components) > 0 {
		b.Label = strings.Join(each(q.answer.Components, func(c compat.ComponentAnswer) string { return c.Understood() }), " + ")
	}
	b.Verdict, b.Provisional = q.answer.Verdict, q.answer.Provisional()
	return b, nil
}

// oembed serves https://oembed.com for the address of an answer.
func (s *Server) oembed(c echo.Context, v *view, in input) error {
	if in.one("url") == "" {
		return missing("url", "Give the link of an answer.", nil)
	}
	if format := in.one("format"); format != "" && format != "json" {
		return &compat.Error{Code: codeNotImplemented, Field: "format", Message: "There is no oEmbed as " + quotable(format), Hint: "Ask for format=json."}
	}
	target, err := url.Parse(in.one("url"))
	if err != nil || target.Path != "/" && target.Path != "/embed/check" {
		return &compat.Error{Code: compat.CodeNotFound, Field: "url", Message: "That is no address of an answer", Hint: "Give the link of an answer: /?product=mi&release=4.4.0&os=RHEL 9"}
	}
	values, err := readPage(target.RawQuery)
	if err != nil {
		return err
	}
	asked := input{in.Context, values}
	q, err := v.questionOn(asked)
	if err != nil {
		return err
	}
	return s.sendOEmbed(c, v, in, q)
}

// The measures of a frame, in pixels.
const frameWidth, frameHeight = 640, 320

func (s *Server) sendOEmbed(c echo.Context, v *view, in input, q *question) error {
	form := v.formOf(q, "/")
	o := portal.OEmbed{Type: "rich", Version: "1.0", ProviderName: "TestedOn", ProviderURL: base(c), CacheAge: portal.BadgeSeconds,
		Title: portal.Headline(&q.answer),
		Width: frameWidth, Height: frameHeight}
	for name, side := range map[string]*int{"maxwidth": &o.Width, "maxheight": &o.Height} {
		most, err := in.integers(name, 1, 100_000)
		if err != nil {
			return err
		}
		if len(most) > 0 {
			*side = min(*side, most[0])
		}
	}
	o.HTML = frameCode(base(c), form.Query(), portal.Subject(&q.answer), o.Width, o.Height)
	text, err := json.Marshal(o)
	if err != nil {
		return err
	}
	send(c, http.StatusOK, typeJSON, append(text, '\n'))
	return nil
}

// alternative stands for a picture or a frame of an answer, whatever that is one day.
func alternative(subject string) string { return "Is it tested? " + subject }

// frameCode is the line that shows an answer in a frame. Its title stays what it is as
// answers change, and speaks of what is asked.
func frameCode(base string, asked template.URL, subject string, width, height int) string {
	return `<iframe src="` + html.EscapeString(base+"/embed/check?"+string(asked)) + `" title="` + html.EscapeString(alternative(subject)) +
		`" width="` + itoa(width) + `" height="` + itoa(height) + `" loading="lazy" frameborder="0"></iframe>`
}
