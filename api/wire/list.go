package wire

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// UsualPage is how many items a page of a long list has.
const UsualPage = 100

// ListParams are the parameters that every list has beside its filters.
type ListParams struct {
	// The order. A hyphen before it turns it round.
	Sort string `query:"sort"`
	// How many items a page has at most.
	Limit int `query:"limit" min:"1" max:"1000"`
	// Where the page begins. Do not make one up: take it from the `Link` header, which has the whole address of the next page.
	Cursor string `query:"cursor" longest:"8192"`
}

var listTable = TableOf[ListParams]()

// Collection says what a list is: what tells its items apart, in which orders they
// can be had, and which of them can be asked for. Every list is paged by it, and a
// new one needs no more than a description.
type Collection[V Keeper, T any] struct {
	All     func(V) []T    // the items, where they are the same for every request
	Key     func(T) string // unique within the list
	Orders  []Order[V, T]  // by which it can be sorted
	Usual   string         // the order where the caller names none, "name" or "-name"
	Filters []Filter[V, T]
	// Limit is how many items a page has where the caller does not say; 0 for all. What
	// is stated of one release is told whole, as the summary beside it speaks of it all.
	Limit int
}

// Page says how long the list is that a page is of.
type Page struct {
	// Total is how many items there are on all pages.
	Total int `json:"total" example:"1" minimum:"0"`
} // @name Page

// paged is one page of a list.
type paged[T any] struct {
	Page
	Items []T
}

// Params are the parameters of the list.
func (c *Collection[V, T]) Params() []Param {
	all := Each(c.Filters, func(f Filter[V, T]) Param { return f.Param })
	sort, limit, cursor := listTable.Params[0], listTable.Params[1], listTable.Params[2]
	sort.Words, sort.Usual = c.orderWords(), c.Usual
	if limit.Usual = strconv.Itoa(c.Limit); c.Limit == 0 {
		limit.Usual, limit.About = "", "How many items a page has at most; without it, there is one page with all of them."
	}
	return append(all, sort, limit, cursor)
}

// wanted is what a request asks of a list.
type wanted[V any, T any] struct {
	by      Order[V, T]
	down    bool           // from the last to the first
	match   []func(T) bool // what an item must be
	filters string         // match, as it was asked for
	limit   int
	scope   Fingerprint // of all that a cursor is bound to
	cursor  *Cursor     // nil for the first page
}

// Page gives the page that a request asks for of the items gathered for it. Links to
// the pages around it are left in the header.
func (c *Collection[V, T]) Page(v V, in Input, items []T) (paged[T], error) {
	w, err := c.read(v, in)
	if err != nil {
		return paged[T]{}, err
	}
	return c.cut(v, in, w, w.chosen(c.sorted(v, w.by, items))), nil
}

// Whole gives the page that a request asks for of a list that is the same for every
// request. Its orders are kept, so that a page costs no more in a long list.
func (c *Collection[V, T]) Whole(v V, in Input) (paged[T], error) {
	w, err := c.read(v, in)
	if err != nil {
		return paged[T]{}, err
	}
	return c.cut(v, in, w, c.kept(v).chosen(w)), nil
}

// read reads what a request asks for.
func (c *Collection[V, T]) read(v V, in Input) (*wanted[V, T], error) {
	asked, err := listTable.Read(in)
	if err != nil {
		return nil, err
	}
	w := &wanted[V, T]{filters: in.without(NamesOf(listTable.Params)...).Encode(), limit: cmp.Or(asked.Limit, c.Limit)}
	if err := c.readOrder(w, cmp.Or(asked.Sort, c.Usual)); err != nil {
		return nil, err
	}
	for _, f := range c.Filters {
		if len(in.Query[f.Name]) == 0 {
			continue
		}
		match, err := f.Read(v, in)
		if err != nil {
			return nil, err
		}
		w.match = append(w.match, match)
	}
	w.scope = NewFingerprint.Add(in.Request().URL.EscapedPath()).Add(w.by.name).Add(strconv.FormatBool(w.down)).Add(w.filters)
	w.cursor, err = readCursor(in.Query["cursor"], w.scope)
	return w, err
}

// chosen gives the items that are what is wanted.
func (w *wanted[V, T]) chosen(items []T) []T {
	if len(w.match) == 0 {
		return items
	}
	var found []T
	for _, item := range items {
		if !slices.ContainsFunc(w.match, func(match func(T) bool) bool { return !match(item) }) {
			found = append(found, item)
		}
	}
	return found
}

// cut takes the page out of all items, which are in ascending order, and links to
// those around it.
func (c *Collection[V, T]) cut(v V, in Input, w *wanted[V, T], all []T) paged[T] {
	from, to := c.span(v, w, all)
	var items []T
	if w.down {
		items = slices.Clone(all[len(all)-to : len(all)-from])
		slices.Reverse(items)
	} else {
		items = all[from:to]
	}
	c.link(v, in, w, items, from > 0, to < len(all))
	return paged[T]{Page{len(all)}, items}
}

// span finds where the page begins and ends, counted in the order asked for. A cursor
// tells a place in the order and not a number of items, so that pages stay in step
// while the catalogue changes.
func (c *Collection[V, T]) span(v V, w *wanted[V, T], all []T) (from, to int) {
	limit := cmp.Or(w.limit, len(all))
	if w.cursor == nil {
		return 0, min(limit, len(all))
	}
	place := c.search(v, w.by, all, w.cursor.Spot, w.cursor.Before == w.down)
	if w.down {
		place = len(all) - place
	}
	if w.cursor.Before {
		return max(0, place-limit), place
	}
	return place, min(place+limit, len(all))
}

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
	text := query.Encode() + followed(in)
	if text != "" {
		target += "?" + strings.TrimPrefix(text, "&")
	}
	return target
}
