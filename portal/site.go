package portal

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
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

// Host is what the pages stand on.
type Host struct {
	// Get serves a path for GET and HEAD.
	Get func(path string, h wire.Handler, around ...wire.Middleware)
	// View gives the catalogue that answers a request.
	View func() (*question.View, error)
	// Explain tells of an error, and logs the cause of what is the server's fault.
	Explain func(*fact.Error, wire.Context) *wire.Problem
	// Kind gives the kind of problem of a code.
	Kind func(code string) (wire.ProblemKind, error)
	// Problem explains a kind of problem to programs.
	Problem wire.Handler
	// FrameAncestors may show answers in a frame: "*", or origins.
	FrameAncestors []string
}

// Site serves what people see.
type Site struct {
	*Portal
	Host
	drawn map[string]bool // paths of pages
}

// NewSite makes the site of a host. An error is a fault of the templates.
func NewSite(host Host) (*Site, error) {
	pages, err := New()
	if err != nil {
		return nil, err
	}
	return &Site{Portal: pages, Host: host, drawn: map[string]bool{}}, nil
}

// Serve lists what people see, and where it is.
func (s *Site) Serve() {
	s.page("/", s.explorer, questionParams("q"))
	s.page("/products", productsPage, pageParams{})
	s.page("/products/:product", productPage, pageParams{names: []string{"kind", "q", "release"}})
	s.page("/products/:product/:release", releasePage, pageParams{})
	s.page("/technologies", technologiesPage, pageParams{names: []string{"q"}})
	s.page("/technologies/:technology", technologyPage, pageParams{})
	s.page("/compare", s.comparePage, pageParams{names: []string{"product", "from", "to"}, question: true})
	s.page("/embed", s.snippetsPage, questionParams())
	s.page("/problems/:code", s.problemKindPage, pageParams{}, s.Problem)
	s.Get("/embed/check", s.embedFrame, wire.Under(framePolicy(s.FrameAncestors)))
	s.Get("/embed/check.html", s.embedHTML)
	s.Get("/embed/check.md", s.embedMarkdown)
	s.Get("/badge/:product/:file", s.badge)
	s.Get("/oembed", s.oembed)
	for _, asset := range s.Assets() {
		s.asset(asset)
	}
	s.file(WidgetPath, s.Widget())
	s.file("/favicon.ico", s.Icon())
	s.Get("/robots.txt", s.robots)
	s.Get("/sitemap.xml", s.sitemap)
}

// page serves what draw makes of a request as a page, with a validator. What is wrong
// with the request is told on a page as well. Where there is something other than pages,
// it is for whoever does not rather read HTML.
func (s *Site) page(path string, draw func(*question.View, address) (Page, error), p pageParams, other ...wire.Handler) {
	s.drawn[path] = true
	if path != "/" {
		s.Get(path+"/", withoutSlash)
	}
	s.Get(path, func(c wire.Context) error {
		if len(other) > 0 {
			c.Response().Header().Add("Vary", "Accept")
			if !wire.Prefers(c.Request().Header["Accept"], "text/html") {
				return other[0](c)
			}
		}
		v, err := s.View()
		if err != nil {
			return err
		}
		in, err := shared(v, c, p)
		if err != nil {
			return err
		}
		page, err := draw(v, in)
		if err != nil {
			return err
		}
		if page.Status() == http.StatusOK && wire.FreshFor(c, pageTag(v, in), cachePage) {
			return nil
		}
		if in.stray != nil && !p.question {
			page.Notify(s.told(c, in.stray))
		}
		return s.draw(c, page)
	}, wire.Under(pagePolicies))
}

// withoutSlash leads from the address of a page with a slash at its end to the page.
func withoutSlash(c wire.Context) error {
	target := c.Request().URL
	to := "/" + strings.Trim(target.EscapedPath(), "/")
	if target.RawQuery != "" {
		to += "?" + target.RawQuery
	}
	return c.Redirect(http.StatusPermanentRedirect, to)
}

// pageTag is the entity tag of what people see at an address today.
func pageTag(v *question.View, in address) string {
	f := wire.NewFingerprint.Add(in.shownAt()).Add(wire.Base(in))
	if in.stray != nil {
		f = f.Add(in.stray.Error())
	}
	for _, name := range in.unread {
		f = f.Add("unread").Add(name)
	}
	return v.ETagToday(f)
}

// draw sends a page.
func (s *Site) draw(c wire.Context, page Page) error {
	text, err := s.Draw(page)
	if err != nil {
		return err
	}
	sendDrawn(c, page.Status(), typePage, text)
	return nil
}

// sendDrawn sends what was drawn. Why there is no answer is not to be kept.
func sendDrawn(c wire.Context, status int, media []string, text []byte) {
	if header := c.Response().Header(); status != http.StatusOK {
		header.Del("Etag")
		header["Cache-Control"] = wire.CacheNever
	}
	wire.Send(c, status, media, text)
}

// asset serves a file that pages load.
func (s *Site) asset(asset *Asset) {
	media := []string{asset.Media}
	s.Get(asset.Path, func(c wire.Context) error {
		c.Response().Header()["Cache-Control"] = cacheForever
		wire.Send(c, http.StatusOK, media, asset.Body)
		return nil
	})
}

// file serves a file at a path where it changes with the program.
func (s *Site) file(path string, asset *Asset) {
	media := []string{asset.Media}
	s.Get(path, func(c wire.Context) error {
		if !wire.FreshFor(c, `"`+asset.Integrity+`"`, cachePage) {
			wire.Send(c, http.StatusOK, media, asset.Body)
		}
		return nil
	})
}

// frame is what every page has.
func frameOf(v *question.View, in address, title, description string) Frame {
	return Frame{Title: title, Description: description, Path: in.shownAt(), Base: wire.Base(in),
		Revision: v.Dataset().Revision, Digest: v.Dataset().Digest, Day: v.Day}
}

// told is the page of what is wrong with a request.
func (s *Site) told(c wire.Context, err error) *Problem {
	e := wire.AsError(err)
	return problemPage(c, e, s.Explain(e, c))
}

// Tell tells a problem on a page, and reports whether it did: where a page is asked for,
// or nothing is served, and the client rather reads HTML. Where there is no route, none
// has set the policy.
func (s *Site) Tell(c wire.Context, e *fact.Error, p *wire.Problem) bool {
	if !s.drawn[c.Path()] && c.Path() != "" || !wire.Prefers(c.Request().Header["Accept"], "text/html") {
		return false
	}
	c.Response().Header()["Content-Security-Policy"] = pagePolicies
	page := problemPage(c, e, p)
	if e.Code == wire.CodeNoRoute { // which names routes of the API
		page.Title, page.Heading = "Page not found", "Page not found"
		page.Detail, page.Hint, page.Candidates = "There is no page at "+wire.Quotable(c.Request().URL.Path)+".", "", nil
	}
	if v, err := s.View(); err == nil && p.Status == http.StatusNotFound && len(page.Candidates) == 0 {
		page.Candidates = pagesNear(v, c.Request().URL.Path)
	}
	return s.draw(c, page) == nil
}

// pagesNear gives the pages that may have been meant by a path: parts of the site that are
// called like it, then what a search for its words finds.
func pagesNear(v *question.View, path string) []Candidate {
	var near []Candidate
	for _, s := range Sections {
		if slices.Contains(fact.Closest(path, []string{s.Href}), s.Href) && s.Href != "/" {
			near = append(near, s)
		}
	}
	for _, hit := range searchPath(v, path) {
		near = append(near, Candidate{Text: hit.Title(), Href: pageOf(hit)})
	}
	return near[:min(len(near), question.MaxOffered)]
}

// found searches for the words of a path: for all, then for those without the first, and
// so on, as what a path begins with says where it is and not what.
func searchPath(v *question.View, path string) []compat.Hit {
	words := strings.FieldsFunc(path, func(r rune) bool { return strings.ContainsRune("/-_+ ", r) })
	words = words[max(0, len(words)-question.MaxOffered):]
	for i := range words {
		text := strings.Join(words[i:], " ")
		if wire.CheckText("path", text) != nil {
			return nil
		}
		if hits := v.Search(text); len(hits) > 0 {
			return hits
		}
	}
	return nil
}

// pageOf is the page of what was found.
func pageOf(h compat.Hit) string {
	switch {
	case h.Release != nil:
		return matrixPath(h.Release)
	case h.Product != nil:
		return "/products/" + url.PathEscape(h.Product.ID)
	}
	return "/technologies/" + url.PathEscape(h.Technology.ID)
}

// problemPage is the page of a problem.
func problemPage(c wire.Context, e *fact.Error, p *wire.Problem) *Problem {
	page := &Problem{
		Frame:   Frame{Title: p.Title, Base: wire.Base(c), Code: p.Status},
		Heading: p.Title, Detail: p.Detail, Hint: wire.Sentence(e.Hint), RequestID: p.RequestID,
		Candidates: wire.Each(e.Candidates, func(name string) Candidate {
			return Candidate{Text: name, Href: candidateHref(c, e, name)}
		}),
	}
	return page
}

// candidateHref is where a name that may have been meant leads: to the same page with
// that name. It is empty where the name alone does not tell.
func candidateHref(c wire.Context, e *fact.Error, name string) string {
	target := c.Request().URL
	named := e.Code == fact.CodeUnknownProduct || e.Code == fact.CodeUnknownRelease
	switch query := target.Query(); {
	case errors.Is(e.Cause, errNoParameter) && query.Has(e.Field):
		query[name] = append(query[name], query[e.Field]...)
		query.Del(e.Field)
		return target.EscapedPath() + "?" + query.Encode()
	case named && query.Has(e.Field):
		query.Set(e.Field, name)
		return target.EscapedPath() + "?" + query.Encode()
	case e.Code == fact.CodeUnknownProduct:
		return "/products/" + url.PathEscape(name)
	case e.Code == fact.CodeUnknownRelease && c.Param("product") != "":
		return "/products/" + url.PathEscape(c.Param("product")) + "/" + url.PathEscape(name)
	case e.Code == fact.CodeNotFound && c.Param("code") != "":
		return "/problems/" + url.PathEscape(name)
	case e.Code == fact.CodeNotFound && c.Param("technology") != "":
		return "/technologies/" + url.PathEscape(name)
	}
	return ""
}
