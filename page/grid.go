package page

import (
	"cmp"
	"slices"
	"strings"
)

// maxColumns is how many columns of a table are read.
const maxColumns = 40

// grid is a table in which a cell that covers several columns or rows stands in each of them.
type grid struct {
	head [][]words // rows of the head
	body [][]*cell
	from []int // the line of each row of the body
	wide int   // the line of the first row that has more columns than are read, or 0
}

// overhang is a cell that covers so many rows below its own.
type overhang struct {
	c    *cell
	left int
}

// overhangs are those of a row, by column.
type overhangs [maxColumns]overhang

// gridOf lays out a table.
func gridOf(rows []row) *grid {
	g := &grid{}
	var over overhangs
	for i := range rows {
		if i > 0 && rows[i-1].head && !rows[i].head {
			over = overhangs{} // what covers rows of the head ends with it
		}
		cells, whole := over.layOut(&rows[i])
		if !whole && g.wide == 0 {
			g.wide = max(rows[i].line, rows[i].cells[0].line)
		}
		g.add(cells, rows[i])
	}
	return g
}

// layOut puts the cells of a row beside those that hang into it, and tells whether all have a place.
func (over *overhangs) layOut(r *row) (out []*cell, whole bool) {
	next := 0
	for at := 0; at < maxColumns; at++ {
		if h := &over[at]; h.left > 0 {
			h.left--
			out = append(out, h.c)
			continue
		}
		if next >= len(r.cells) {
			if !slices.ContainsFunc(over[at:], func(h overhang) bool { return h.left > 0 }) {
				break
			}
			out = append(out, &cell{line: r.line})
			continue
		}
		c := &r.cells[next]
		next++
		for k := 0; k < max(c.across, 1) && at+k < maxColumns; k++ {
			out = append(out, c)
			over[at+k].c, over[at+k].left = c, max(c.down, 1)-1
		}
		at += max(c.across, 1) - 1
	}
	return out, next >= len(r.cells)
}

// add puts a row where it belongs.
func (g *grid) add(cells []*cell, r row) {
	if len(g.body) == 0 && (r.head || allHead(cells)) {
		var head []words
		for _, c := range cells {
			head = append(head, c.words())
		}
		g.head = append(g.head, head)
		return
	}
	g.body = append(g.body, cells)
	g.from = append(g.from, r.line)
}

// allHead reports whether a row has cells of a head and no others.
func allHead(cells []*cell) bool {
	n := 0
	for _, c := range cells {
		if !c.head && c.words().text != "" {
			return false
		}
		if c.head {
			n++
		}
	}
	return n > 0 && len(cells) > 1
}

// words gives the words of a cell; lists in it are parted by line feeds.
func (c *cell) words() words {
	if len(c.subs) == 1 && c.subs[0].kind == paragraph {
		return c.subs[0].text
	}
	var all []words
	each(c.subs, func(w words) { all = append(all, w) })
	return together(all, "\n")
}

// columns reads the head: the words above each column, outermost first.
func (g *grid) columns(names Names) []column {
	width := 0
	for _, h := range g.head {
		width = max(width, len(h))
	}
	for _, b := range g.body {
		width = max(width, len(b))
	}
	cols := make([]column, width)
	for i := range cols {
		var titles []string
		for _, h := range g.head {
			if i < len(h) && h[i].text != "" && (len(titles) == 0 || titles[len(titles)-1] != below(oneLine(h[i].text))) {
				titles = append(titles, below(oneLine(h[i].text)))
			}
		}
		cols[i] = names.columnUnder(titles)
	}
	return cols
}

// below gives what a head of rows and columns says of what stands below it: "Database → ↓ Driver".
func below(title string) string {
	return strings.TrimSpace(otherAxis().ReplaceAllString(title, ""))
}

var otherAxis = compiled(`^.*↓|→.*`)

// maxSample is how many rows are looked at.
const maxSample = 16

// sample counts what the cells of a column hold.
type sample struct{ all, marks, versions, names, kinds, releases, ours, products, dates, cross, yes, no int }

func (p sample) most(n int) bool { return n > 0 && n*2 > p.all }

// sample looks at the first rows of each column.
func (t *tableReader) sample(g *grid) []sample {
	all := make([]sample, len(t.cols))
	for _, cells := range g.body[:min(len(g.body), maxSample)] {
		for i, c := range cells {
			if w := c.words(); (i == 0 || c != cells[i-1]) && !nothing(w.text) && len(w.text) < maxSampled {
				all[i].add(t, w.split()[0].text)
			}
		}
	}
	return all
}

// maxSampled is how long a cell may be, in bytes, that tells what a column holds.
const maxSampled = 200

// add counts a cell.
func (p *sample) add(t *tableReader, text string) {
	p.all++
	sign, rest := markIn(text)
	switch {
	case crossMark().MatchString(text):
		p.cross++
		p.marks++
	case says(sign) > 0:
		p.yes++
	case sign == incompatible:
		p.no++
	}
	switch one, isRelease := t.names.releaseIn(text); {
	case sign != "", t.explained(text) != "", !isSentence(text) && statusOf(text) != "":
		p.marks++
	case aDate().MatchString(text):
		p.dates++
	case isRelease:
		p.releases++
		if t.names(one.product).Asked {
			p.ours++
		}
	}
	if one, _ := t.names.releaseIn(text); t.names.isProduct(cmp.Or(one.product, text)) {
		p.products++
	}
	first, _, _ := strings.Cut(strings.ReplaceAll(strings.TrimSpace(rest), ";", ","), ",")
	name, _ := t.names.split(first)
	_, sure := t.names.kindOf(name)
	if _, isKind := isKindLabel(text); isKind && sure == unknownName {
		p.kinds++
	}
	switch {
	case justVersion().MatchString(first), justVersion().MatchString(withoutStatus(first)):
		p.versions++
	case sure > partly:
		p.names++
	}
}
