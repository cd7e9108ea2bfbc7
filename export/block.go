package export

import (
	"cmp"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
)

// block is a table of a page with what stands around it. The blocks of a page are
// such that it can be imported again: the tables of environments name each technology by its
// identifier; all else stands in tables that a reader of pages takes for remarks, and what is
// inherited as well: it is stated about something else.
type block struct {
	title  string // the heading; empty where the block above has it too
	table  table
	source *fact.Source // that all rows stand on; nil where each names its own
}

// blocks are those of the page of a release.
func (r *Release) blocks() []block {
	var all []block
	last, own := "", slices.DeleteFunc(slices.Clone(r.Sections), func(s Section) bool { return s.Inherited != nil })
	for len(own) > 0 {
		first, n := own[0], 1
		for n < len(own) && own[n].heading() == first.heading() && own[n].Kind == first.Kind && own[n].Source == first.Source {
			n++
		}
		next := block{first.heading(), environments(own[:n]), first.Source}
		if next.title == last {
			next.title = ""
		}
		last, own, all = first.heading(), own[n:], append(all, next)
	}
	for _, t := range append([]table{r.inherited()}, r.parts()...) {
		if len(t.rows) > 0 {
			all = append(all, block{title: cmp.Or(t.page, t.name), table: t})
		}
	}
	return all
}

// about says what the page is and how old.
func (r *Release) about() string {
	return r.say("export.about", r.AsOf, r.Revision, r.Digest, len(r.Sections))
}

// weight tells what the source of a table counts, where it is not the vendor's own.
func (r *Release) weight(s *fact.Source) string {
	if s.Authority == fact.Official {
		return ""
	}
	return " (" + r.standing(s) + ")"
}

// shown gives the columns of a page and the places of what stands in each: those that
// have a text, and the first two, which say what the table is. What a page calls by
// one word stands in one column.
func (t *table) shown() (heads []string, places [][]int) {
	for i, used := range t.used() {
		head := cmp.Or(t.columns[i].page, t.columns[i].name)
		at := slices.Index(heads, head)
		switch {
		case !used && i > 1:
		case at < 0:
			heads, places = append(heads, head), append(places, []int{i})
		default:
			places[at] = append(places[at], i)
		}
	}
	return heads, places
}

// merged writes cells of a row as one. Each but the first says what it is.
func (t *table) merged(row []cell, columns []int, write func(cell) string, escape func(string) string) string {
	var all []string
	for n, i := range columns {
		if row[i].isEmpty() {
			continue
		}
		text := write(row[i])
		if n > 0 {
			text = escape(t.columns[i].name) + ": " + text
		}
		all = append(all, text)
	}
	return strings.Join(all, "; ")
}
