package api

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/portal"
)

// pagePolicy lets a page load its own files, ask this server, and nothing else.
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// The headers of pages and of the files they load.
var (
	typePage     = []string{"text/html; charset=utf-8"}
	pagePolicies = []string{pagePolicy}
	cachePage    = []string{"public, no-cache"}
	cacheForever = []string{"public, max-age=31536000, immutable"}
)

// pages is the list of what people see.
func (s *Server) pages() {
	s.page("/", s.explorer)
	s.page("/products", productsPage)
	s.page("/products/:product", productPage)
	s.page("/products/:product/:release", releasePage)
	s.page("/technologies", technologiesPage)
	s.page("/technologies/:technology", technologyPage)
	s.page("/compare", s.comparePage)
	s.page("/embed", s.snippetsPage)
	s.get("/embed/check", s.embedFrame)
	s.get("/embed/check.html", s.embedHTML)
	s.get("/embed/check.md", s.embedMarkdown)
	s.get("/badge/:product/:file", s.badge)
	s.get("/oembed", s.oembed)
	for _, asset := range s.portal.Assets() {
		s.asset(asset)
	}
	s.get(portal.WidgetPath, s.newestWidget)
}

// page serves what draw makes of a request as a page, with a validator. What is wrong
// with the request is told on a page as well.
func (s *Server) page(path string, draw func(*view, input) (portal.Page, error)) {
	s.drawn[path] = true
	if path != "/" {
		s.get(path+"/", withoutSlash)
	}
	s.get(path, func(c echo.Context) error {
		v, err := s.view()
		if err != nil {
			return err
		}
		values, err := readPage(c.Request().URL.RawQuery)
		if err != nil {
			return err
		}
		if freshFor(c, v.pageTag(c), cachePage) {
			return nil
		}
		page, err := draw(v, input{c, values})
		if err != nil {
			return err
		}
		return s.draw(c, page)
	})
}

// keptOf gives what find gives, which is the same for all requests to a catalogue.
func keptOf[T any](v *view, name any, find func() T) T {
	if found, ok := v.kept.Load(name); ok {
		return found.(T)
	}
	found, _ := v.kept.LoadOrStore(name, find())
	return found.(T)
}

// withoutSlash leads from the address of a page with a slash at its end to the page.
func withoutSlash(c echo.Context) error {
	target := c.Request().URL
	to := "/" + strings.Trim(target.EscapedPath(), "/")
	if target.RawQuery != "" {
		to += "?" + target.RawQuery
	}
	return c.Redirect(http.StatusPermanentRedirect, to)
}

// pageTag is the entity tag of what people see at an address today.
func (v *view) pageTag(c echo.Context) string {
	target := c.Request().URL
	return v.etagToday(newFingerprint.add(target.EscapedPath()).add(target.RawQuery).add(base(c)))
}

// draw sends a page.
func (s *Server) draw(c echo.Context, page portal.Page) error {
	text, err := s.portal.Draw(page)
	if err != nil {
		return err
	}
	c.Response().Header()["Content-Security-Policy"] = pagePolicies
	sendDrawn(c, page.Status(), typePage, text)
	return nil
}

// sendDrawn sends what was drawn. Why there is no answer is not to be kept.
func sendDrawn(c echo.Context, status int, media []string, text []byte) {
	if header := c.Response().Header(); status != http.StatusOK {
		header.Del("Etag")
		header["Cache-Control"] = cacheNever
	}
	send(c, status, media, text)
}

// asset serves a file that pages load.
func (s *Server) asset(asset *portal.Asset) {
	media := []string{asset.Media}
	s.get(asset.Path, func(c echo.Context) error {
		c.Response().Header()["Cache-Control"] = cacheForever
		send(c, http.StatusOK, media, asset.Body)
		return nil
	})
}

// newestWidget serves the script of the element where it changes with the program.
func (s *Server) newestWidget(c echo.Context) error {
	widget := s.portal.Widget()
	if !freshFor(c, `"`+widget.Integrity+`"`, cachePage) {
		send(c, http.StatusOK, []string{widget.Media}, widget.Body)
	}
	return nil
}

// readPage reads the parameters of a page. A form sends a field that is empty, which
// asks for nothing.
func readPage(raw string) (map[string][]string, error) {
	values := map[string][]string{}
	err := readQuery(raw, func(name, value string) error {
		if strings.TrimSpace(value) != "" {
			values[name] = append(values[name], value)
		}
		return nil
	})
	return values, err
}

// checkOnly reports a parameter that is none of these.
func checkOnly(in input, known ...string) error {
	for name, values := range in.query {
		if !slices.Contains(known, name) {
			return unknown("parameter", name, known)
		}
		for _, value := range values {
			if err := checkText(name, value); err != nil {
				return err
			}
		}
	}
	return nil
}

// base is the address of this server as its client sees it; empty where the Host
// header is none that can be repeated.
func base(c echo.Context) string {
	host := c.Request().Host
	if host == "" || strings.ContainsFunc(host, func(r rune) bool { return !strings.ContainsRune(hostRunes, r) }) {
		return ""
	}
	scheme := c.Scheme() // what a proxy, or anybody, says it is
	if scheme != "https" {
		scheme = "http"
	}
	return scheme + "://" + host
}

const hostRunes = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:[]"

// frame is what every page has.
func (v *view) frame(in input, title, description string) portal.Frame {
	return portal.Frame{Title: title, Description: description, Path: in.Request().URL.RequestURI(), Base: base(in),
		Revision: v.catalogue.Revision, Digest: v.catalogue.Digest, Day: v.day}
}

// onPage reports whether a problem is to be told on a page: where a page is asked for, or
// nothing is served, and the client rather reads HTML.
func (s *Server) onPage(c echo.Context) bool {
	return (s.drawn[c.Path()] || c.Path() == "") && prefers(c.Request().Header["Accept"], "text/html")
}

// told is the page of what is wrong with a request.
func (s *Server) told(c echo.Context, err error) *portal.Problem {
	e := asError(err)
	return problemPage(c, e, s.explain(e, c))
}

// problemPage is the page of a problem.
func problemPage(c echo.Context, e *compat.Error, p *Problem) *portal.Problem {
	page := &portal.Problem{
		Frame:   portal.Frame{Title: p.Title, Base: base(c), Code: p.Status},
		Heading: p.Title, Detail: p.Detail, Hint: sentence(e.Hint), RequestID: p.RequestID,
		Candidates: each(e.Candidates, func(name string) portal.Candidate {
			return portal.Candidate{Text: name, Href: candidateHref(c, e, name)}
		}),
	}
	if len(page.Candidates) > 0 {
		page.Hint = "" // it names the first of them
	}
	return page
}

// candidateHref is where a name that may have been meant leads: to the same page with
// that name. It is empty where the name alone does not tell.
func candidateHref(c echo.Context, e *compat.Error, name string) string {
	target := c.Request().URL
	named := e.Code == compat.CodeUnknownProduct || e.Code == compat.CodeUnknownRelease
	switch query := target.Query(); {
	case e.Code == codeNoRoute && strings.HasPrefix(name, "/"):
		return name
	case named && query.Has(e.Field):
		query.Set(e.Field, name)
		return target.EscapedPath() + "?" + query.Encode()
	case e.Code == compat.CodeUnknownProduct:
		return "/products/" + url.PathEscape(name)
	case e.Code == compat.CodeUnknownRelease && c.Param("product") != "":
		return "/products/" + url.PathEscape(c.Param("product")) + "/" + url.PathEscape(name)
	case e.Code == compat.CodeNotFound && c.Param("technology") != "":
		return "/technologies/" + url.PathEscape(name)
	}
	return ""
}
