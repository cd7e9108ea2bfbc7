package page

import (
	"slices"
	"strconv"
	"strings"
)

// element is an open element of HTML.
type element struct {
	part  part
	level int
	cell  cell // what the start tag of a cell says
	subs  []block
	rows  []row
	cells []cell
	line  int
	steps bool // its items are numbered
}

// part says what an element is to the table or list it stands in.
type part int

const (
	other part = iota
	wholeTable
	tableHead
	tableRow
	tableCell
	wholeList
	listItem
	aside
	title
)

// partOf are the elements that matter to how a page is read.
var partOf = map[string]part{
	"table": wholeTable, "thead": tableHead, "tr": tableRow, "td": tableCell, "th": tableCell,
	"ul": wholeList, "ol": wholeList, "dl": wholeList, "li": listItem, "dd": listItem, "dt": listItem,
	"blockquote": aside, "aside": aside,
	"h1": title, "h2": title, "h3": title, "h4": title, "h5": title, "h6": title,
}

// rest gives the blocks of the region. Rows and cells that stand in no table, as
// where a page is cut, are one.
func (r *htmlReader) rest() []block {
	all := &r.stack[0]
	if len(all.cells) > 0 {
		all.rows = append(all.rows, row{cells: all.cells, line: r.no})
	}
	if len(all.rows) > 0 {
		all.subs = append(all.subs, block{kind: table, rows: all.rows})
	}
	if r.over > 0 {
		all.subs = append(all.subs, notRead(line{no: r.over}, deep))
	}
	return all.subs
}

// open opens an element of a table or list, and closes those it cannot stand in.
func (r *htmlReader) open(p part, name string, attrs map[string]string) {
	r.flush()
	switch p {
	case tableHead:
		r.closeWithin(wholeTable, tableHead, tableRow, tableCell)
	case tableRow:
		r.closeWithin(wholeTable, tableRow, tableCell)
	case tableCell:
		r.closeWithin(wholeTable, tableCell)
		r.needRow()
	case listItem:
		r.closeWithin(wholeList, listItem)
	case wholeTable, wholeList:
		r.needCell()
	}
	r.push(element{part: p, line: r.no, level: level(name), steps: name == "ol", cell: cell{
		head: headsColumn(name, attrs), line: r.no, across: span(attrs["colspan"], 50), down: span(attrs["rowspan"], 2000),
	}})
}

// headsColumn reports whether a cell says what stands below it. That of a row says
// what stands beside it, as a name does.
func headsColumn(name string, attrs map[string]string) bool {
	return name == "th" && !strings.HasPrefix(strings.ToLower(attrs["scope"]), "row")
}

func level(name string) int {
	if len(name) == 2 && name[0] == 'h' {
		return int(name[1] - '0')
	}
	return 0
}

// span reads how many columns or rows a cell covers.
func span(v string, most int) int {
	n, err := strconv.Atoi(strings.TrimSpace(v))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, most)
}

// needRow opens the row that a cell needs.
func (r *htmlReader) needRow() {
	if r.within(wholeTable, tableRow) < 0 && r.top(wholeTable) >= 0 {
		r.push(element{part: tableRow, line: r.no})
	}
}

// needCell opens the cell that words in a row need.
func (r *htmlReader) needCell() {
	if r.stack[len(r.stack)-1].part == tableRow {
		r.push(element{part: tableCell, line: r.no, cell: cell{line: r.no}})
	}
}

func (r *htmlReader) push(e element) {
	if len(r.stack) < maxNesting {
		r.stack = append(r.stack, e)
	} else if r.over == 0 {
		r.over = r.no
	}
}

// top gives the place of the innermost open element of a part, or -1.
func (r *htmlReader) top(p part) int {
	for i := len(r.stack) - 1; i > 0; i-- {
		if r.stack[i].part == p {
			return i
		}
	}
	return -1
}

// within gives the place of the outermost open element of a part inside the
// innermost one of another, or -1.
func (r *htmlReader) within(outer part, inner ...part) int {
	for i := r.top(outer) + 1; i < len(r.stack); i++ {
		for _, p := range inner {
			if i > 0 && r.stack[i].part == p {
				return i
			}
		}
	}
	return -1
}

// closeWithin closes the outermost of some parts inside another.
func (r *htmlReader) closeWithin(outer part, inner ...part) {
	if i := r.within(outer, inner...); i > 0 {
		r.closeTo(i)
	}
}

// closeDiv closes the innermost division, unless a cell or an item stands between.
func (r *htmlReader) closeDiv() {
	for i := len(r.stack) - 1; i > 0; i-- {
		switch r.stack[i].part {
		case aside, other:
			r.closeTo(i)
			return
		case tableCell, listItem, wholeTable:
			return
		}
	}
}

// closeTo closes the open elements from the innermost to the one at i.
func (r *htmlReader) closeTo(i int) {
	r.flush()
	for len(r.stack) > max(i, 1) {
		e := r.stack[len(r.stack)-1]
		r.stack = r.stack[:len(r.stack)-1]
		r.put(e, &r.stack[len(r.stack)-1])
	}
}

// put hands what an element holds to the one it stands in.
func (r *htmlReader) put(e element, to *element) {
	switch e.part {
	case wholeTable:
		to.subs = append(to.subs, block{kind: table, rows: e.rows})
	case tableHead:
		for i := range e.rows {
			e.rows[i].head = i == 0 || e.rows[i].allHead()
		}
		to.rows = append(to.rows, e.rows...)
	case tableRow:
		if len(e.cells) > 0 {
			to.rows = append(to.rows, row{cells: e.cells, line: e.line})
		}
		to.subs = append(to.subs, e.subs...)
	case tableCell:
		e.cell.subs = e.subs
		to.cells = append(to.cells, e.cell)
	case wholeList:
		to.subs = append(to.subs, block{kind: list, steps: e.steps, subs: e.subs})
	case listItem:
		if len(e.subs) > 0 {
			to.subs = append(to.subs, block{kind: item, subs: e.subs})
		}
	case aside:
		to.subs = append(to.subs, block{kind: note, subs: e.subs})
	case title:
		r.title(e, to)
	default:
		to.subs = append(to.subs, e.subs...)
		to.rows = append(to.rows, e.rows...)
		to.cells = append(to.cells, e.cells...)
	}
}

// allHead reports whether a row has cells of a head alone: a head that is never
// closed holds the other rows as well.
func (r row) allHead() bool {
	return !slices.ContainsFunc(r.cells, func(c cell) bool { return !c.head })
}

func (r *htmlReader) title(e element, to *element) {
	for _, b := range e.subs {
		if b.kind == paragraph {
			b.kind, b.level = heading, e.level
		}
		to.subs = append(to.subs, b)
	}
}
