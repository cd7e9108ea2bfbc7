package wire

import (
	"strings"
)

// link names the pages around one, beside what every answer links to. All stand in
// one line, since many clients read no other.
func (c *Collection[V, T]) link(v V, in Input, w *wanted[V, T], items []T, before, behind bool) {
	var links []string
	add := func(rel string, cursor string) {
		links = append(links, "<"+in.address(cursor)+`>; rel="`+rel+`"`)
	}
	if behind && len(items) > 0 {
		add("next", Cursor{c.at(v, w.by, items[len(items)-1]), false}.Text(w.scope))
	}
	if before && len(items) > 0 {
		add("prev", Cursor{c.at(v, w.by, items[0]), true}.Text(w.scope))
	}
	if before {
		add("first", "")
	}
	header := in.Response().Header()
	header["Link"] = []string{strings.Join(append(links, header["Link"]...), ", ")}
}

// address is that of the same list at another place; at its first page, where the
// cursor is empty.
func (in Input) address(cursor string) string {
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
