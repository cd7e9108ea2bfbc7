package portal

import (
	"net/http"
	"slices"
	"strings"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/fleet"
	"github.com/testedon/testedon/message"
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
	// Post serves a path for POST of a form with texts, which may be large.
	Post func(path string, h func(c wire.Context, v *question.View, body []byte) error, around ...wire.Middleware)
	// PostMany serves a path for POST of a form of so many bytes, which is expensive. By ask a question of POST
	// /v1/check is answered as that does.
	PostMany func(path string, limit int64, h func(c wire.Context, v *question.View, ask func(question []byte) *fleet.Reply, body []byte) error, around ...wire.Middleware)
	// View gives the catalogue that answers a request.
	View func(wire.Context) (*question.View, error)
	// OnDay gives that of the day that a parameter names, of the same facts; the same where it
	// names none.
	OnDay func(c wire.Context, v *question.View, name, day string) (*question.View, error)
	// Base is the address of this server as its client sees it, "https://testedon.example";
	// empty where it is not known.
	Base func(wire.Context) string
	// Expensive stands around what few may ask for at once.
	Expensive wire.Middleware
	// Explain tells of an error, and logs the cause of what is the server's fault.
	Explain func(*fact.Error, wire.Context) *wire.Problem
	// Kind gives the kind of problem of a code in a language.
	Kind func(code string, in *message.Language) (wire.ProblemKind, error)
	// Kinds are all kinds of problems in a language, in the order of their codes.
	Kinds func(in *message.Language) []wire.ProblemKind
	// Problem explains a kind of problem to programs, and Problems lists them.
	Problem, Problems wire.Handler
	// FrameAncestors may show answers in a frame: "*", or origins.
	FrameAncestors []string
}

// Site serves what people see.
type Site struct {
	*Portal
	Host
	drawn map[string]bool // paths of pages
}

// NewSite makes the site of a host.
func NewSite(host Host) *Site { return &Site{Portal: New(), Host: host, drawn: map[string]bool{}} }

// Serve lists what people see, and where it is.
func (s *Site) Serve() {
	for _, r := range []route{explorerRoute, productsRoute, productRoute, releaseRoute, technologiesRoute, technologyRoute, compareRoute, changesRoute, snippetsRoute, pastedRoute,
		sourcesRoute, coverageRoute,
	} {
		s.page(r)
	}
	for _, r := range []route{findRoute, retestRoute, planRoute} {
		s.page(r)
	}
	s.Post(pastePath, s.paste, wire.Under(pagePolicies))
	s.page(problemKindRoute, s.Problem)
	s.page(problemKindsRoute, s.Problems)
	s.serveFleet()
	s.Get("/embed/check", func(c wire.Context) error { return s.embed(c, typePage, s.DrawFrame) },
		wire.Under([]string{framePolicy + strings.Join(s.FrameAncestors, " ")}))
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
	s.serveWellKnown()
}

// Operations are what the contract is told of what other pages show: the parameters are
// those of a question, and of a badge its path has the first two.
func Operations() []wire.Operation {
	badge := slices.Concat(badgeTable.Params[:2], question.ParamTable.Params[2:], badgeTable.Params[2:], question.MomentParams)
	asked := slices.Concat(question.ParamTable.Params, question.MomentParams)
	return []wire.Operation{
		{Method: http.MethodGet, Path: "/embed/check.html", Params: asked},
		{Method: http.MethodGet, Path: "/embed/check.md", Params: asked},
		{Method: http.MethodGet, Path: "/badge/:product/:release.svg", Params: badge, Lenient: true},
		{Method: http.MethodGet, Path: "/badge/:product/:release.json", Params: badge, Lenient: true},
		{Method: http.MethodGet, Path: "/oembed", Params: oembedTable.Params},
	}
}

// route is a page and where it is.
type route struct {
	path  string
	name  string // of its template
	takes pageParams
	draw  func(*Site, *question.View, address) (Page, error)
	// expensive pages take several milliseconds.
	expensive bool
}

// page serves what a route draws of a request as a page, with a validator. What is wrong
// with the request is told on a page as well. Where there is something other than pages,
// it is for whoever does not rather read HTML.
func (s *Site) page(r route, other ...wire.Handler) {
	s.drawn[r.path] = true
	around := []wire.Middleware{wire.Under(pagePolicies)}
	if r.expensive {
		around = append(around, s.Expensive)
	}
	s.Get(r.path, func(c wire.Context) error {
		if len(other) > 0 {
			c.Response().Header().Add("Vary", "Accept")
			if !wire.Prefers(c.Request().Header["Accept"], "text/html") {
				return other[0](c)
			}
		}
		unset(c)
		v, err := s.View(c)
		if err != nil {
			return err
		}
		in, err := shared(v, c, r.takes)
		if err != nil {
			return err
		}
		if in.idle {
			return c.Redirect(http.StatusSeeOther, in.withoutIdle())
		}
		return s.show(v, r, in)
	}, around...)
}

// show draws what a route makes of an address, unless the client has it.
func (s *Site) show(v *question.View, r route, in address) error {
	page, err := r.draw(s, v, in)
	if err != nil {
		return err
	}
	page.frame().template = r.name
	if page.Status() == http.StatusOK && wire.FreshFor(in, s.pageTag(v, in), cachePage) {
		return nil
	}
	if asks, ok := page.(*Explorer); in.stray != nil && !r.takes.question {
		page.Notify(s.told(in, in.stray))
	} else if len(in.unread) > 0 && (!ok || asks.Answer == nil) { // an answer tells of them itself
		e := &fact.Error{Code: fact.CodeInvalid, Field: "query", Message: string(compat.AppendUnread(nil, v.Matrix.Words(), "ask.unread", in.unread))}
		page.Notify(s.told(in, e.Advise("portal.unread.hint", r.takes.question)))
	}
	return s.draw(in, page)
}

// pageTag is the entity tag of what people see at an address today.
func (s *Site) pageTag(v *question.View, in address) string {
	f := wire.NewFingerprint.Add(in.shownAt()).Add(s.Base(in))
	if in.stray != nil {
		f = f.Add(in.stray.Error())
	}
	for _, name := range in.unread {
		f = f.Add("unread").Add(name)
	}
	return v.ETagToday(f)
}

// draw sends a page, which leads to the moment that it is about.
func (s *Site) draw(c wire.Context, page Page) error {
	text, err := s.Draw(page)
	if err != nil {
		return err
	}
	sendDrawn(c, page.Status(), typePage, inMoment(text, wire.Followed(c)))
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

// frameOf is what every page has. Its title and description are messages: of an identity and
// ".title", and ".description" where it has one, with the same values.
func (s *Site) frameOf(v *question.View, in address, id string, values ...string) Frame {
	l, description := v.Matrix.Words(), ""
	if message.Find(id+".description") != 0 {
		description = l.Text(id+".description", values...)
	}
	return Frame{words: l, Title: l.Text(id+".title", values...), Description: description, Path: in.shownAt(), Base: s.Base(in), Moment: v.Moment, Present: present(in),
		Revision: v.Dataset().Revision, Digest: v.Dataset().Digest, Day: v.Day}
}
