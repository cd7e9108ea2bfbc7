package api

import (
	"net/url"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"
	"github.com/testedon/testedon/compat/fact"
)

// input is what a request for facts brings.
type input struct {
	echo.Context
	query map[string][]string // no list is empty
	// unread are the parameters of a question that are not understood.
	unread []string
	stray  *fact.Error // a parameter that a page does not take and may have been meant for one; nil where there is none
}

// param is a parameter that a query string may hold.
type param struct {
	name   string
	many   bool // it may repeat
	opaque bool // its value was made here, and may be longer than what people write
}

func once(name string) param   { return param{name: name} }
func many(name string) param   { return param{name: name, many: true} }
func opaque(name string) param { return param{name: name, opaque: true} }

// readParams reads a query string that may hold only the known parameters.
func readParams(raw string, known ...param) (map[string][]string, error) {
	values := map[string][]string{}
	err := readQuery(raw, func(name, value string) error {
		at := slices.IndexFunc(known, func(p param) bool { return p.name == name })
		switch {
		case at < 0:
			return unknown("parameter", name, each(known, func(p param) string { return p.name }))
		case len(values[name]) > 0 && !known[at].many:
			return moreThanOnce(name)
		}
		values[name] = append(values[name], value)
		if known[at].opaque && value != "" {
			return nil // whoever takes it reads it
		}
		return checkText(name, value)
	})
	return values, err
}

// one gives the value of a parameter that does not repeat; empty without one.
func (in input) one(name string) string {
	if values := in.query[name]; len(values) > 0 {
		return values[0]
	}
	return ""
}

// integers reads the values of a parameter as whole numbers within bounds.
func (in input) integers(name string, least, most int) ([]int, error) {
	var numbers []int
	for _, text := range in.query[name] {
		n, err := strconv.Atoi(text)
		if err != nil || n < least || n > most {
			return nil, fact.Invalid(name, "Write a whole number from "+strconv.Itoa(least)+" to "+strconv.Itoa(most)+".",
				"The value of %s is %q", name, quotable(text))
		}
		numbers = append(numbers, n)
	}
	return numbers, nil
}

// path reads a part of the path.
func (in input) path(name string) (string, error) {
	text := in.Param(name)
	if in.Request().URL.RawPath != "" { // then the router matched the path as it was escaped
		decoded, err := url.PathUnescape(text)
		if err != nil {
			return "", fact.Invalid(name, "Write a percent sign in a path as %25.", "The %s in the path has a broken percent escape", name)
		}
		text = decoded
	}
	return text, checkText(name, text)
}
