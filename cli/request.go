package cli

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"github.com/testedon/testedon/compat/fact"
)

// request is one request to the API.
type request struct {
	method string
	path   string     // escaped
	query  url.Values // may be nil
	body   []byte     // may be nil

	environment environment // further parameters; it may be nil
}

// encoded is the query string: the parameters, then the components in the order
// they were asked.
func (r request) encoded() string {
	pairs := []string{}
	if len(r.query) > 0 {
		pairs = append(pairs, r.query.Encode())
	}
	for _, a := range r.environment {
		for _, text := range a.texts {
			pairs = append(pairs, url.QueryEscape(a.kind)+"="+url.QueryEscape(text))
		}
	}
	return strings.Join(pairs, "&")
}

// question is the body of POST /v1/check.
type question struct {
	Product     string      `json:"product"`
	Release     string      `json:"release"`
	Environment environment `json:"environment"`
	Require     string      `json:"require,omitempty"`
	resources
}

// request asks the question.
func (q question) request() (request, error) {
	body, err := json.Marshal(q)
	return request{method: http.MethodPost, path: "/v1/check", body: body}, err
}

// about looks up what is stated of one aspect of the release.
func (a *asking) about(aspect string, query url.Values) (request, error) {
	if err := named("product", a.Product); err != nil {
		return request{}, err
	}
	if err := named("release", a.Release); err != nil {
		return request{}, err
	}
	path := "/v1/products/" + url.PathEscape(a.Product) + "/releases/" + url.PathEscape(a.Release) + "/" + aspect
	return request{method: http.MethodGet, path: path, query: query}, nil
}

// named reports a name that cannot be part of a path: none, or dots alone, which
// lead elsewhere.
func named(flag, name string) error {
	if strings.Trim(name, ".") != "" {
		return nil
	}
	return fact.Invalid(flag, "Name a "+flag+".", "--%s cannot be %q", flag, name)
}

// given puts a parameter into a query where its flag was given.
func given(query url.Values, name string, value *string) {
	if value != nil {
		query.Set(name, *value)
	}
}
