package api

import (
	"maps"
	"net/url"
	"strings"
)

// link names the pages around one, beside what every answer links to. All stand in
// one line, since many clients read no other.
func (c *collection[T]) link(v *view, in input, w *wanted[T], items []T, before, behind bool) {
	var links []string
	add := func(rel string, cursor string) {
		links = append(links, "<"+in.address(cursor)+`>; rel="`+rel+`"`)
	}
	if behind && len(items) > 0 {
		add("next", cursor{c.at(v, w.by, items[len(items)-1]), false}.text(w.scope))
	}
	if before && len(items) > 0 {
		add("prev", cursor{c.at(v, w.by, items[0]), true}.text(w.scope))
	}
	if before {
		add("first", "")
	}
	in.Response().Header()["Link"] = []string{strings.Join(append(links, serviceLinks...), ", ")}
}

// address is that of the same list at another place; at its first page, where the
// cursor is empty.
func (in input) address(cursor string) string {
	query := in.without("cursor")
	if cursor != "" {
		query.Set("cursor", cursor)
	}
	target := in.Request().URL.EscapedPath()
	if len(query) > 0 {
		target += "?" + query.Encode()
	}
	return target
}

// without gives the parameters of a request but those of some names.
func (in input) without(names ...string) url.Values {
	query := maps.Clone(in.query)
	for _, name := range names {
		delete(query, name)
	}
	return query
}
