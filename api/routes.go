package api

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/fleet"
	"github.com/testedon/testedon/openapi"
	"github.com/testedon/testedon/portal"
)

// probes are the routes that machines ask every few seconds.
var probes = map[string]bool{"/livez": true, "/readyz": true, "/metrics": true}

// routes is the one list of what is served where. A page of the options takes
// the place of a route of the same path.
func (s *Server) routes() {
	s.describe("/v1/check", slices.Concat(question.ParamTable.Params, question.ChoiceParams), s.check)
	s.post("/v1/check", question.ChoiceParams, textBodies*s.options.BodyLimit, someTexts, s.checkEnvironment, wire.MediaJSON)
	s.post("/v1/checks", question.ChoiceParams, s.options.BatchLimit, 0, s.checkMany, wire.MediaJSON, wire.MediaLines)
	s.post("/v1/checks.ndjson", question.ChoiceParams, s.options.BatchLimit, 0, s.checkLines, wire.MediaLines)
	s.describe("/v1/ask", askTable.Params, s.ask)
	s.post("/v1/detect", nil, textBodies*s.options.BodyLimit, someTexts, s.detect, wire.MediaJSON, wire.MediaText, wire.MediaForm)
	for _, served := range []struct {
		path string
		operation
	}{
		{"/v1", facts(s.getIndex)},
		{"/v1/find", environments(find)},
		{"/v1/compare", environments(s.compare)},
		{"/v1/retest", facts(retest, question.RetestList.Params()...).daily().costly()},
		{"/v1/coverage", facts(getCoverage).daily().costly()},
		{"/v1/products", whole(productList, listProducts)},
		{"/v1/products/:product", facts(getProduct)},
		{"/v1/products/:product/export", facts(exportProduct).costly()},
		{"/v1/products/:product/releases", facts(listProductReleases, releasesOfProduct.Params()...)},
		{"/v1/products/:product/releases/:release", ofRelease(getRelease)},
		{"/v1/products/:product/releases/:release/requirements", ofRelease(listReleaseRequirements, requirementList.Params()...).shown("ei", "6.3.0")},
		{"/v1/products/:product/releases/:release/ports", ofRelease(listReleasePorts, portList.Params()...).shown("ei", "6.3.0")},
		{"/v1/products/:product/releases/:release/advisories", ofRelease(listReleaseAdvisories, advisoriesOfRelease.Params()...).shown("ei", "6.3.0")},
		{"/v1/products/:product/releases/:release/notes", ofRelease(listReleaseNotes, noteList.Params()...).shown("ei", "6.3.0")},
		{"/v1/products/:product/releases/:release/test-plan", ofRelease(getTestPlan).costly()},
		{"/v1/products/:product/releases/:release/test-plan/github", ofRelease(getTestMatrix).costly()},
		{"/v1/products/:product/releases/:release/export", ofRelease(exportRelease).costly()},
		{"/v1/releases", whole(releaseList, listReleases)},
		{"/v1/claims", whole(claimList, listClaims).costly()},
		{"/v1/changes", facts(s.listChanges, question.ChangeList.Params()...).costly()},
		{"/v1/advisories", whole(advisoryList, listAdvisories)},
		{"/v1/kinds", whole(kindList, listKinds)},
		{"/v1/search", facts(searchNames, hitList.Params()...)},
		{"/v1/lifecycles", facts(listLifecycles, lifecycleList.Params()...).daily().costly()},
		{"/v1/technologies", whole(technologyList, listTechnologies)},
		{"/v1/technologies/:technology", facts(getTechnology).daily()},
		{"/v1/technologies/:technology/cle", facts(getTechnologyEvents)},
		{"/v1/sources", facts(listSources, question.SourceList.Params()...)},
		{"/v1/sources/:source", facts(getSource)},
		{"/v1/catalogue", facts(getCatalogue)},
		{"/v1/export", facts(exportCatalogue).costly()},
		{"/v1/schema", facts(s.schemas.listSchemas, schemaList.Params()...)},
		{"/v1/schema/:name", facts(s.schemas.getSchema)},
	} {
		s.describe(served.path, served.params, s.handle(served.operation))
	}
	s.offer(snapshotPath, question.MomentParams[1:])
	s.get(snapshotPath, s.getSnapshot)
	s.offer(snapshotFolder+":digest", snapshotTable.Params)
	s.get(snapshotFolder+":digest", s.getSnapshotOf)
	s.get("/livez", s.livez)
	s.get("/readyz", s.readyz)
	s.get("/metrics", s.getMetrics)
	s.offer("/problems/:code", wire.TableOf[problemPath]().Params)
	s.pages()
}

// pages serves what people see: the website, the contract, and what whoever runs the server adds.
func (s *Server) pages() {
	s.site.Serve()
	s.offers = append(s.offers, portal.Operations()...)
	for _, page := range openapi.Routes(s.served) {
		s.get(page.Path, echo.WrapHandler(page.Handler))
	}
	for path, handler := range s.options.Pages {
		s.get(path, echo.WrapHandler(handler))
	}
}

// get serves a path for GET, and for HEAD without the body. What stands around the
// handler sets what all its answers have, a 304 among them.
func (s *Server) get(path string, h echo.HandlerFunc, around ...echo.MiddlewareFunc) {
	s.echo.GET(path, h, around...)
	s.echo.HEAD(path, h, around...)
}

// serviceLinks lead from the facts to the contract and to its page (RFC 8631).
var serviceLinks = []string{`</openapi.json>; rel="service-desc", </docs>; rel="service-doc"`}

// operation is what is answered of the catalogue.
type operation struct {
	params    []wire.Param
	answer    func(*view, echo.Context) (*wire.File, error)
	today     bool // it says what is so on the day it is given
	expensive bool // it takes more than 5 ms of a large catalogue
}

// none are the parameters of an operation that has no others than a list.
type none struct{}

// facts is what read gives of the catalogue. The query may hold what P has fields for, and
// the further parameters.
func facts[P any](read func(*view, wire.Input, P) (*wire.File, error), further ...wire.Param) operation {
	table := wire.TableOf[P]()
	params := slices.Concat(table.Params, further)
	return operation{params: params, answer: func(v *view, c echo.Context) (*wire.File, error) {
		in, err := wire.ReadInput(c, params...)
		if err != nil {
			return nil, err
		}
		p, err := table.Read(in)
		if err != nil {
			return nil, err
		}
		return read(v, in, p)
	}}
}

// whole is a list that is the same for every request, page by page.
func whole[T any](list *collection[T], page func(*view, wire.Page, []T) any) operation {
	return facts(func(v *view, in wire.Input, _ none) (*wire.File, error) {
		found, err := list.Whole(v, in)
		if err != nil {
			return nil, err
		}
		return wire.JSON(page(v, found.Page, found.Items)), nil
	}, list.Params()...)
}

// releasePath names a release.
type releasePath struct {
	productPath
	// The release: version or alias.
	Release string `path:"release" example:"4.4.0"`
}

// ofRelease is what read gives of the release that the path names.
func ofRelease[P any](read func(*view, wire.Input, *compat.Release, P) (*wire.File, error), further ...wire.Param) operation {
	path := wire.TableOf[releasePath]()
	o := facts(func(v *view, in wire.Input, p P) (*wire.File, error) {
		named, err := path.Read(in)
		if err != nil {
			return nil, err
		}
		r, err := v.Release(named.Product, named.Release)
		if err != nil {
			return nil, err
		}
		return read(v, in, r, p)
	}, further...)
	o.params = slices.Concat(path.Params, o.params)
	return o
}

// maxNamed is how often a parameter beside an environment may repeat.
const maxNamed = 32

// environments is what read makes of an environment. Each kind of component is a
// parameter, as in a check, and so are the fields of P. The order of
// the parameters does not matter to the answer, and so not to its tag.
func environments[P any](read func(*view, *question.Question, echo.Context, P) (*wire.File, error)) operation {
	table := wire.TableOf[P]()
	names := wire.NamesOf(table.Params)
	return operation{params: table.Params, today: true, answer: func(v *view, c echo.Context) (*wire.File, error) {
		q, values := v.Question(), map[string][]*string{}
		field := func(name string) *string {
			at := slices.IndexFunc(table.Params, func(p wire.Param) bool { return p.Name == name && !p.Each })
			if at < 0 {
				return nil
			}
			if values[name] == nil || table.Params[at].Many && len(values[name]) < maxNamed {
				values[name] = append(values[name], new(string))
			}
			return values[name][len(values[name])-1]
		}
		if err := q.Read(c.Request().URL.RawQuery, field, slices.Concat(names, v.Words)); err != nil {
			return nil, err
		}
		in := wire.Input{Context: c, Query: map[string][]string{}}
		for name, given := range values {
			in.Query[name] = wire.Each(given, func(value *string) string { return *value })
		}
		p, err := table.Read(in)
		if err != nil {
			return nil, err
		}
		f, err := read(v, q, c, p)
		if err == nil {
			f.Asked = in.Without().Encode() + q.Environment()
		}
		return f, err
	}}
}

// daily is the operation where it says what is so on the day it is given.
func (o operation) daily() operation {
	o.today = true
	return o
}

// costly is the operation where few are answered at once.
func (o operation) costly() operation {
	o.expensive = true
	return o
}

// shown is the operation with other examples of what its path names.
func (o operation) shown(examples ...string) operation {
	for i, example := range examples {
		o.params[i].Example = example
	}
	return o
}

// describe serves a path, and tells the contract of what GET of it answers, with a validator, of
// the moment that is asked about.
func (s *Server) describe(path string, params []wire.Param, h echo.HandlerFunc) {
	s.offer(path, slices.Concat(params, question.MomentParams))
	s.get(path, h)
}

// offer tells the contract of what GET of a path answers.
func (s *Server) offer(path string, params []wire.Param) {
	s.offers = append(s.offers, wire.Operation{Method: http.MethodGet, Path: path, Params: params})
}

// Operations are those that the contract is told of, beside what the annotations of their
// handlers say.
func (s *Server) Operations() []wire.Operation { return s.offers }

// someTexts is how many bytes of a body take less than 5 ms to answer.
const someTexts = 4 << 10

// post serves what is made of a body of one of some media types, of so many bytes at most.
// A body of more than cheap bytes, or of a length that is not told, is expensive. The query may
// hold the parameters.
func (s *Server) post(path string, params []wire.Param, limit, cheap int64, answer func(c echo.Context, v *view, media string, body []byte) error, media ...string) {
	s.offers = append(s.offers, wire.Operation{Method: http.MethodPost, Path: path, Params: slices.Concat(params, question.MomentParams)})
	s.receive(path, params, limit, cheap, answer, media)
}

// postForm serves the page of a form with texts.
func (s *Server) postForm(path string, h func(wire.Context, *question.View, []byte) error, around ...echo.MiddlewareFunc) {
	s.receive(path, nil, textBodies*s.options.BodyLimit, someTexts, func(c echo.Context, v *view, _ string, body []byte) error {
		return h(c, v.View.View, body)
	}, []string{wire.MediaForm}, around...)
}

// postMany serves the page of a form with many questions.
func (s *Server) postMany(path string, limit int64, h func(wire.Context, *question.View, func([]byte) *fleet.Reply, []byte) error, around ...echo.MiddlewareFunc) {
	s.receive(path, nil, limit, 0, func(c echo.Context, v *view, _ string, body []byte) error {
		return h(c, v.View.View, func(text []byte) *fleet.Reply {
			q := v.Ask()
			defer q.Done()
			err := q.FromJSON(question.ItemField, text)
			if err == nil {
				err = q.Check()
			}
			if err != nil {
				p := s.explain(wire.AsError(err), c)
				return fleet.NewReply(p.Status, wire.AppendValue(nil, p))
			}
			return fleet.NewReply(http.StatusOK, answers.AppendDetected(q, v.AppendAnswer(nil, &q.Answer)))
		}, body)
	}, []string{wire.MediaForm}, around...)
}

// receive serves what is made of a body.
func (s *Server) receive(path string, params []wire.Param, limit, cheap int64, answer func(c echo.Context, v *view, media string, body []byte) error, media []string, around ...echo.MiddlewareFunc) {
	s.echo.POST(path, func(c echo.Context) error {
		v, err := s.view(c)
		if err != nil {
			return err
		}
		if _, err := wire.ReadInput(c, params...); err != nil {
			return err
		}
		var kind string
		var body []byte
		read := func() error {
			return s.limits.Outside(c, func() (err error) {
				kind, body, err = wire.ReadTyped(c, limit, media...)
				return err
			})
		}
		reply := func() error { return answer(c, v, kind, body) }
		size := c.Request().ContentLength
		if size < 0 || size > limit {
			size = limit
		}
		if size > cheap {
			return s.limits.InTurn(c, size, read, reply)
		}
		if err := read(); err != nil {
			return err
		}
		return reply()
	}, around...)
}

// handle answers with what an operation gives of the catalogue, and with a validator.
func (s *Server) handle(o operation) echo.HandlerFunc {
	handler := func(c echo.Context) error {
		v, err := s.view(c)
		if err != nil {
			return err
		}
		c.Response().Header()["Link"] = serviceLinks
		f, err := o.answer(v, c)
		if err != nil {
			return err
		}
		target, tag := c.Request().URL, v.ETag
		if o.today {
			tag = v.ETagToday
		}
		if wire.Fresh(c, tag(wire.NewFingerprint.Add(target.EscapedPath()).Add(cmp.Or(f.Asked, target.RawQuery)).Add(f.Media[0])), f.Media) {
			return nil
		}
		return f.Send(c)
	}
	if o.expensive {
		return s.limits.Expensive(handler)
	}
	return handler
}

// nearestRoutes gives the paths that may have been meant by one that is not
// served. Parameters of a pattern are taken from the path asked for; where it has too few
// parts for them, or no other part, the pattern is none that was meant.
func nearestRoutes(router *echo.Echo, path string) []string {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	known := []string{}
	for _, route := range router.Routes() {
		if route.Method == http.MethodGet && route.Path != "/" && !strings.HasSuffix(route.Path, "/") &&
			(strings.HasPrefix(route.Path, "/v1/") || !strings.Contains(route.Path, ":")) {
			if path, ok := fill(strings.Split(route.Path[1:], "/"), parts); ok {
				known = append(known, path)
			}
		}
	}
	return fact.Closest("/"+strings.Join(parts, "/"), known)
}

// fill puts the parts of a path in the place of a pattern's parameters. What
// the path has too few is missing from its beginning, such as the version. It reports
// whether each parameter has a part, and some part stands for none.
func fill(pattern, parts []string) (path string, ok bool) {
	missing := max(0, len(pattern)-len(parts))
	for i, part := range pattern {
		switch {
		case !strings.HasPrefix(part, ":"):
			ok = ok || i >= missing
		case i < missing:
			return "", false
		default:
			part = parts[i-missing]
		}
		path += "/" + part
	}
	return path, ok
}
