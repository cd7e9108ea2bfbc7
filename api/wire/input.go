package wire

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/testedon/testedon/compat/fact"
)

// Input is what a request for facts brings.
type Input struct {
	echo.Context
	Query map[string][]string // no list is empty
}

// Param is a parameter that a query string may hold.
type Param struct {
	name   string
	many   bool // it may repeat
	opaque bool // its value was made here, and may be longer than what people write
}

// Once is a parameter that may be given once.
func Once(name string) Param { return Param{name: name} }

// Many is a parameter that may repeat.
func Many(name string) Param { return Param{name: name, many: true} }

// opaque is a parameter whose value was made here.
func opaque(name string) Param { return Param{name: name, opaque: true} }

// ReadParams reads a query string that may hold only the known parameters.
func ReadParams(raw string, known ...Param) (map[string][]string, error) {
	values := map[string][]string{}
	err := ReadQuery(raw, func(name, value string) error {
		at := slices.IndexFunc(known, func(p Param) bool { return p.name == name })
		switch {
		case at < 0:
			return Unknown("parameter", name, Each(known, func(p Param) string { return p.name }))
		case len(values[name]) > 0 && !known[at].many:
			return MoreThanOnce(name)
		}
		values[name] = append(values[name], value)
		if known[at].opaque && value != "" {
			return nil // whoever takes it reads it
		}
		return CheckText(name, value)
	})
	return values, err
}

// One gives the value of a parameter that does not repeat; empty without one.
func (in Input) One(name string) string {
	if values := in.Query[name]; len(values) > 0 {
		return values[0]
	}
	return ""
}

// Integers reads the values of a parameter as whole numbers within bounds.
func (in Input) Integers(name string, least, most int) ([]int, error) {
	var numbers []int
	for _, text := range in.Query[name] {
		n, err := strconv.Atoi(text)
		if err != nil || n < least || n > most {
			return nil, fact.Invalid(name, "Write a whole number from "+strconv.Itoa(least)+" to "+strconv.Itoa(most)+".",
				"The value of %s is %q", name, Quotable(text))
		}
		numbers = append(numbers, n)
	}
	return numbers, nil
}

// Part reads a part of the path.
func (in Input) Part(name string) (string, error) {
	text := in.Param(name)
	if in.Request().URL.RawPath != "" { // then the router matched the path as it was escaped
		decoded, err := url.PathUnescape(text)
		if err != nil {
			return "", fact.Invalid(name, "Write a percent sign in a path as %25.", "The %s in the path has a broken percent escape", name)
		}
		text = decoded
	}
	return text, CheckText(name, text)
}

// without gives the parameters of a request but those of some names.
func (in Input) without(names ...string) url.Values {
	query := maps.Clone(in.Query)
	for _, name := range names {
		delete(query, name)
	}
	return query
}

// Base is the address of this server as its client sees it; empty where the Host
// header is none that can be repeated.
func Base(c echo.Context) string {
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
