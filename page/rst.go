package page

import (
	"slices"
	"strings"
)

var (
	// gridRule parts the rows of a grid table of reStructuredText.
	gridRule = compiled(`^\s*\+(?:[-=]+\+)+\s*$`)
	// simpleRule begins and ends a simple table, and ends its head.
	simpleRule = compiled(`^\s*={2,}(?:\s+={2,})+\s*$`)
	// roleMark is a word with its role, and where it leads: ":ref:`Debian <debian>`".
	roleMark = compiled("(?::[\\w-]+)+:`([^`<]+?)(?:\\s*<[^>`]*>)?`")
)

// withoutRoles takes the roles of words off lines.
func withoutRoles(lines []line) []line {
	for i, l := range lines {
		if strings.Contains(l.text, ":`") {
			lines = slices.Clone(lines)
			lines[i].text = roleMark().ReplaceAllString(l.text, "$1")
		}
	}
	return lines
}

// gridTable takes a table that is drawn with plus signs, lines and pipes.
func (s *scanner) gridTable(lines []line) int {
	if !gridRule().MatchString(lines[0].text) {
		return 0
	}
	edges := edgesOf(lines[0].text, "+")
	t, n := block{kind: table}, 1
	var cells []line // of the row that is being read
	for ; n < len(lines); n++ {
		l := lines[n]
		switch text := strings.TrimSpace(l.text); {
		case gridRule().MatchString(l.text):
			t.rows = s.columnRow(t.rows, cells, edges, '|')
			cells = nil
			if strings.Contains(text, "=") {
				markHead(t.rows)
			}
			continue
		case strings.HasPrefix(text, "|"), strings.HasPrefix(text, "+"):
			cells = append(cells, l)
			continue
		}
		break
	}
	t.rows = s.columnRow(t.rows, cells, edges, '|') // of a table that is cut off
	s.add(t)
	return n
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
				markHead(t.rows)
			}
			if rest := lines[n+1:]; rules == 2 && (len(rest) == 0 || rest[0].blank()) {
				rules = 3
			}
		case l.blank():
		default:
			if strings.TrimSpace(slice(l.text, edges[0], edges[1])) != "" {
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
			words = append(words, line{strings.TrimSpace(strings.Trim(slice(l.text, edges[from], edges[to]), "|")), l.no})
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
			return scan(lines, s.depth+1)
		}
		each = append(each, paragraphs([]line{l})...)
	}
	return each
}

// signAt reports whether a sign, or an end of a line, stands at a place in each line.
func signAt(lines []line, at int, sign rune) bool {
	for _, l := range lines {
		r := []rune(l.text)
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

// slice gives the words of a line from one place to another, in characters.
func slice(t string, from, to int) string {
	r := []rune(t)
	return string(r[min(from, len(r)):min(to, len(r))])
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
