package api

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/openapi"
)

// probes are the routes that machines ask every few seconds.
var probes = map[string]bool{"/livez": true, "/readyz": true, "/metrics": true}

// routes is the one list of what is served where. A page of the options takes
// the place of a route of the same path.
func (s *Server) routes() {
	s.get("/v1/check", s.check)
	s.echo.POST("/v1/check", s.checkBody)
	s.echo.POST("/v1/checks", s.checkMany)
	s.get("/v1/ask", s.ask)
	s.echo.POST("/v1/detect", s.detect)
	s.get("/v1/find", s.environments(find, "product", "require", "limit"))
	s.get("/v1/compare", s.environments(compare, "product", "from", "to", "require"))
	s.get("/v1/retest", s.daily(facts(retest, retestList.Params()...)))
	s.get("/v1/coverage", s.daily(facts(getCoverage, wire.Once("product"))))
	s.get("/v1/products", s.facts(listProducts, productList.Params()...))
	s.get("/v1/products/:product", s.facts(getProduct))
	s.get("/v1/products/:product/releases", s.facts(listReleases, releasesOfProduct.Params()...))
	s.get("/v1/products/:product/releases/:release", s.facts(getRelease))
	s.get("/v1/products/:product/releases/:release/requirements", s.facts(getRequirements, requirementList.Params()...))
	s.get("/v1/products/:product/releases/:release/ports", s.facts(getPorts, portList.Params()...))
	s.get("/v1/products/:product/releases/:release/advisories", s.facts(getAdvisories, advisoriesOfRelease.Params()...))
	s.get("/v1/products/:product/releases/:release/notes", s.facts(getNotes, noteList.Params()...))
	s.get("/v1/products/:product/releases/:release/test-plan", s.facts(getTestPlan, wire.Once("strategy"), wire.Many("kind"), wire.Once("format")))
	s.get("/v1/products/:product/releases/:release/export", s.facts(getExport, wire.Once("format")))
	s.get("/v1/releases", s.facts(listAllReleases, releaseList.Params()...))
	s.get("/v1/claims", s.facts(listClaims, claimList.Params()...))
	s.get("/v1/advisories", s.facts(listAdvisories, advisoryList.Params()...))
	s.get("/v1/kinds", s.facts(listKinds, kindList.Params()...))
	s.get("/v1/search", s.facts(searchNames, hitList.Params()...))
	s.get("/v1/technologies", s.facts(listTechnologies, technologyList.Params()...))
	s.get("/v1/technologies/:technology", s.daily(facts(getTechnology)))
	s.get("/v1/sources", s.facts(listSources, sourceList.Params()...))
	s.get("/v1/sources/:source", s.facts(getSource))
	s.get("/v1/catalogue", s.facts(getCatalogue))
	s.get("/v1/export", s.facts(exportCatalogue))
	s.get("/v1/schema", s.facts(s.schemas.listSchemas, schemaList.Params()...))
	s.get("/v1/schema/:name", s.facts(s.schemas.getSchema))
	s.get("/livez", s.livez)
	s.get("/readyz", s.readyz)
	s.get("/metrics", s.getMetrics)
	s.site.Serve()
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

// facts serves what read gives of the catalogue. The query may hold the given
// parameters only.
func (s *Server) facts(read func(*view, wire.Input) (any, error), params ...wire.Param) echo.HandlerFunc {
	return s.derived(facts(read, params...))
}

// facts reads the parameters of a query for what read gives of the catalogue.
func facts(read func(*view, wire.Input) (any, error), params ...wire.Param) func(*view, echo.Context) (any, error) {
	return func(v *view, c echo.Context) (any, error) {
		query, err := wire.ReadParams(c.Request().URL.RawQuery, params...)
		if err != nil {
			return nil, err
		}
		return read(v, wire.Input{Context: c, Query: query})
	}
}

// environments serves what read makes of an environment. Each kind of component is
// a parameter, as in a check, and so are the given ones, of which none repeats. The
// order of the parameters does not matter to the answer, and so not to its tag.
func (s *Server) environments(read func(*view, *question.Question, wire.Input) (any, error), params ...string) echo.HandlerFunc {
	return s.daily(func(v *view, c echo.Context) (any, error) {
		q, values := v.Question(), make([]string, len(params))
		field := func(name string) *string {
			if at := slices.Index(params, name); at >= 0 {
				return &values[at]
			}
			return nil
		}
		if err := q.Read(c.Request().URL.RawQuery, field, slices.Concat(params, v.Words)); err != nil {
			return nil, err
		}
		in := wire.Input{Context: c, Query: map[string][]string{}}
		for i, value := range values {
			if value != "" {
				in.Query[params[i]] = []string{value}
			}
		}
		value, err := read(v, q, in)
		if err != nil {
			return nil, err
		}
		f := wire.FileOf(value)
		f.Asked = strings.Join(values, "\x00") + q.Environment()
		return f, nil
	})
}

// derived serves what is made of the catalogue, with a validator: as JSON, unless
// it writes itself.
func (s *Server) derived(from func(*view, echo.Context) (any, error)) echo.HandlerFunc {
	return s.validated(from, (*view).ETag)
}

// daily is derived for answers that say what is so on the day they are given.
func (s *Server) daily(from func(*view, echo.Context) (any, error)) echo.HandlerFunc {
	return s.validated(from, (*view).ETagToday)
}

// validated is derived with the validator that tag gives.
func (s *Server) validated(from func(*view, echo.Context) (any, error), tag func(*view, wire.Fingerprint) string) echo.HandlerFunc {
	return func(c echo.Context) error {
		v, err := s.view()
		if err != nil {
			return err
		}
		c.Response().Header()["Link"] = serviceLinks
		value, err := from(v, c)
		if err != nil {
			return err
		}
		f := wire.FileOf(value)
		target := c.Request().URL
		if wire.Fresh(c, tag(v, wire.NewFingerprint.Add(target.EscapedPath()).Add(cmp.Or(f.Asked, target.RawQuery)).Add(f.Media[0]))) {
			return nil
		}
		return f.Send(c)
	}
}

// nearestRoutes gives the paths that may have been meant by one that is not
// served. Parameters of a pattern are taken from the path asked for; where it has too few
// parts for them, or no other part, the pattern is none that was meant.
func (s *Server) nearestRoutes(path string) []string {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	known := []string{}
	for _, route := range s.echo.Routes() {
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
