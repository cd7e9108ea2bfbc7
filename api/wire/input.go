package wire

import (
	"maps"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/testedon/testedon/compat/fact"
)

// Input is what a request for facts brings.
type Input struct {
	echo.Context
	Query map[string][]string // no list is empty
}

// ReadInput reads a request whose query may hold only the known parameters.
func ReadInput(c echo.Context, known ...Param) (Input, error) {
	in := Input{c, map[string][]string{}}
	err := ReadQuery(c.Request().URL.RawQuery, func(name, value string) error {
		at := slices.IndexFunc(known, func(p Param) bool { return p.Name == name && !p.InPath })
		switch {
		case at < 0:
			return Unknown("parameter", name, NamesOf(known))
		case len(in.Query[name]) > 0 && !known[at].Many:
			return MoreThanOnce(name)
		}
		in.Query[name] = append(in.Query[name], value)
		if known[at].Longest > maxValue {
			return nil // whoever takes it checks it
		}
		return CheckText(name, value)
	})
	return in, err
}

// NamesOf are those of the parameters of a query that stand for themselves.
func NamesOf(params []Param) (names []string) {
	for _, p := range params {
		if !p.InPath && !p.Each {
			names = append(names, p.Name)
		}
	}
	return names
}

// One gives the value of a parameter that does not repeat; empty without one.
func (in Input) One(name string) string {
	if values := in.Query[name]; len(values) > 0 {
		return values[0]
	}
	return ""
}

// Part reads a part of the path.
func (in Input) Part(name string) (string, error) {
	text := in.Param(name)
	if in.Request().URL.RawPath != "" { // then the router matched the path as it was escaped
		decoded, err := url.PathUnescape(text)
		if err != nil {
			return "", fact.Refuse(name, "path.escape", name)
		}
		text = decoded
	}
	return text, CheckText(name, text)
}

// Without gives the parameters of a request but those of some names.
func (in Input) Without(names ...string) url.Values {
	query := maps.Clone(in.Query)
	for _, name := range names {
		delete(query, name)
	}
	return query
}

// CheckTexts reports a value that no name can be.
func (in Input) CheckTexts() error {
	for name, values := range in.Query {
		for _, value := range values {
			if err := CheckText(name, value); err != nil {
				return err
			}
		}
	}
	return nil
}

// followKey is where a request keeps what follows the parameters of its links.
const followKey = "testedon.follow"

// Follow has parameters, each with the sign before it, follow those of every link that a list
// leads to its other pages with.
func Follow(c echo.Context, query string) { c.Set(followKey, query) }

// Followed are the parameters that [Follow] had follow those of links.
func Followed(c echo.Context) string {
	query, _ := c.Get(followKey).(string)
	return query
}
