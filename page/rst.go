package page

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/width"

	"github.com/testedon/testedon/internal/order"
)

var (
	// gridRule parts the rows of a grid table of reStructuredText.
	gridRule = compiled(`^\s*\+(?:[-=]+\+)+\s*$`)
	// spanRule tells in the head of a simple table which columns belong together.
	spanRule = compiled(`^\s*-{2,}(?:\s+-{2,})*\s*$`)
	// simpleRule begins and ends a simple table, and ends its head.
	simpleRule = compiled(`^\s*={2,}(?:\s+={2,})+\s*$`)
)

// gridTable takes a table that is drawn with plus signs, lines and pipes. A line that
// parts some columns and not others ends the cells above it in those.
func (s *scanner) gridTable(lines []line) int {
	if !gridRule().MatchString(lines[0].text) {
		return 0
	}
	n := 1
	for n < len(lines) && (strings.HasPrefix(strings.TrimSpace(lines[n].text), "|") || strings.HasPrefix(strings.TrimSpace(lines[n].text), "+")) {
		n++
	}
	g := &drawing{scanner: s}
	for _, l := range lines[:n] { // columns begin where a line that parts rows has a plus sign
		if strings.Contains(l.text, "+-") || strings.Contains(l.text, "+=") {
			g.edges = append(g.edges, edgesOf(l.text, "+")...)
			slices.Sort(g.edges)
			g.edges = slices.Compact(g.edges)
		}
	}
	g.edges = g.edges[:min(len(g.edges), maxColumns+2)]
	g.open = make([]openCell, len(g.edges))
	for _, l := range lines[1:n] {
		g.line(l)
	}
	g.line(lines[0]) // ends what is cut off
	s.add(block{kind: table, rows: g.table()})
	return n
}

// drawing is a grid table that is being read.
type drawing struct {
	*scanner
	edges []int
	open  []openCell // by column
	done  []openCell
	row   int // how many lines have parted rows
	heads int // how many rows are the head
}

// openCell is a cell, with the lines of it that were read.
type openCell struct {
	from, to  int // edges; to is 0 where none is open
	row, down int
	lines     []line
}

// line reads a line of a grid table.
func (g *drawing) line(l line) {
	r, ruled := columnsOf(l.text), false
	for i := 0; i+1 < len(g.edges); i++ {
		if part := strings.Trim(slice(r, g.edges[i]+1, g.edges[i+1]), "+"); part != "" && isLine(part) {
			ruled = true
			g.end(i)
			if part[0] == '=' {
				g.heads = g.row + 1
			}
		}
	}
	if ruled {
		g.row++
	}
	for i := 0; i+1 < len(g.edges); {
		to := i + 1
		for to+1 < len(g.edges) && !signAt([]line{l}, g.edges[to], '|') {
			to++
		}
		if text := strings.Trim(slice(r, g.edges[i]+1, g.edges[to]), "+|"); !isLine(text) {
			c := &g.open[i]
			if to > i+1 { // a column may be drawn in a wrong place
				text = strings.ReplaceAll(text, "|", unknownSign)
			}
			if c.to == 0 {
				*c = openCell{from: i, to: to, row: g.row}
			}
			c.lines = append(c.lines, line{strings.TrimSpace(text), l.no})
		}
		i = to
	}
}

// isLine reports whether nothing but a line is drawn.
func isLine(t string) bool { return strings.Trim(t, "-") == "" || strings.Trim(t, "=") == "" }

// end ends the cell that is open in a column.
func (g *drawing) end(i int) {
	for k := i; k >= 0; k-- {
		if c := &g.open[k]; c.to > i {
			c.down = g.row + 1 - c.row
			g.done = append(g.done, *c)
			c.to, c.lines = 0, nil
			return
		}
	}
}

// table gives the rows.
func (g *drawing) table() []row {
	order.Stable(g.done, func(a, b openCell) int { return cmp.Or(a.row-b.row, a.from-b.from) })
	var rows []row
	heads, last := 0, -1
	for _, c := range g.done {
		if c.row != last {
			rows, last = append(rows, row{line: c.lines[0].no}), c.row
			if c.row < g.heads {
				heads++
			}
		}
		r := &rows[len(rows)-1]
		r.cells = append(r.cells, cell{line: c.lines[0].no, across: c.to - c.from, down: c.down, subs: g.cellLines(c.lines)})
	}
	markHeads(rows, heads)
	return rows
}

// simpleTable takes a table whose columns stand below lines of equal signs. A line
// whose first column is blank goes on with the row above it.
func (s *scanner) simpleTable(lines []line) int {
	if !simpleRule().MatchString(lines[0].text) || len(s.open) > 0 {
		return 0
	}
	edges := append(edgesOf(lines[0].text, "="), 1<<20)
	t := block{kind: table}
	var cells []line
	flush := func() {
		t.rows = s.columnRow(t.rows, cells, edges, ' ')
		cells = nil
	}
	n, rules := 1, 1
	for ; n < len(lines) && rules < 3; n++ {
		l := lines[n]
		switch {
		case simpleRule().MatchString(l.text):
			flush()
			if rules++; rules == 2 {
				markHeads(t.rows, len(t.rows))
			}
			if rest := lines[n+1:]; rules == 2 && (len(rest) == 0 || rest[0].blank()) {
				rules = 3
			}
		case l.blank(), spanRule().MatchString(l.text):
		default:
			if strings.TrimSpace(slice(columnsOf(l.text), edges[0], edges[1])) != "" {
				flush()
			}
			cells = append(cells, l)
		}
	}
	flush()
	s.add(t)
	return n
}

// columnRow adds the row that lines make between edges. Where no sign stands at an
// edge, the cell covers the next column too.
func (s *scanner) columnRow(rows []row, lines []line, edges []int, sign rune) []row {
	if len(lines) == 0 {
		return rows
	}
	r := row{line: lines[0].no}
	for from := 0; from+1 < len(edges); {
		to := from + 1
		for to+1 < len(edges) && !signAt(lines, edges[to], sign) {
			to++
		}
		var words []line
		for _, l := range lines {
			words = append(words, line{strings.TrimSpace(slice(columnsOf(l.text), edges[from], edges[to])), l.no})
		}
		r.cells = append(r.cells, cell{line: r.line, across: to - from, subs: s.cellLines(words)})
		from = to
	}
	return append(rows, r)
}

// cellLines reads the lines of a cell; where each is a version, they are several.
func (s *scanner) cellLines(lines []line) []block {
	var each []block
	for _, l := range lines {
		if !l.blank() && !justVersion().MatchString(l.text) {
			return s.inside(lines)
		}
		each = append(each, paragraphs([]line{l})...)
	}
	return each
}

// signAt reports whether a sign, or an end of a line, stands at a place in each line.
func signAt(lines []line, at int, sign rune) bool {
	for _, l := range lines {
		r := columnsOf(l.text)
		if i := at; sign == ' ' {
			i-- // the blank before the column
			if i < len(r) && r[i] != ' ' {
				return false
			}
		} else if i < len(r) && r[i] != sign && r[i] != '+' {
			return false
		}
	}
	return true
}

// columnsOf gives a line with one character for every column that it takes: wide ones take two.
func columnsOf(t string) []rune {
	all := make([]rune, 0, len(t))
	for _, r := range t {
		all = append(all, r)
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			all = append(all, 0)
		}
	}
	return all
}

// slice gives the words of a line from one column to another.
func slice(r []rune, from, to int) string {
	return strings.ReplaceAll(string(r[min(from, len(r)):min(max(from, to), len(r))]), "\x00", "")
}

// edgesOf gives where runs of a sign begin, as many as are read of the edges of columns,
// and one more, so that it can be told that there are others.
func edgesOf(t, sign string) []int {
	var all []int
	for i := range t {
		if strings.HasPrefix(t[i:], sign) && (i == 0 || !strings.HasPrefix(t[i-1:], sign)) && len(all) < maxColumns+2 {
			all = append(all, i)
		}
	}
	return all
}
