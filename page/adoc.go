package page

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

var (
	// adocCell begins a cell: a pipe, with what the cell covers and how it is set before
	// it, as in "2+|", ".3+a|" and "^.^|".
	adocCell = compiled(`(?:(?:^|[ \t])((?:\d*(?:\.\d+)?\+)?[<^>]?(?:\.[<^>])?[adehlmsv]?))?\|`)
	// adocSpan is what a cell covers: columns, rows or both.
	adocSpan = compiled(`^(\d+)?(?:\.(\d+))?\+`)
	// adocRepeat is how often a cell is repeated.
	adocRepeat = compiled(`^(\d+)\*`)
	// adocColumns is the setting that names the columns of a table.
	adocColumns = compiled(`cols\s*=\s*"?([^"\]]+)`)
	// adocHead is the setting that makes the first row the head.
	adocHead = compiled(`%header|options\s*=\s*"?[^"\]]*header`)
	// adocSettings is the line above a table that sets it.
	adocSettings = compiled(`^\[[^\]]*\]\s*$`)
)

// adocTable takes a table of AsciiDoc, between two lines of |===. Its cells begin
// with a pipe and may stand in one line or in several; the settings above it, or
// else its first line, tell how many columns there are.
func (s *scanner) adocTable(lines []line) int {
	settings, from := "", 0
	if adocSettings().MatchString(lines[0].text) && len(lines) > 1 {
		settings, from = lines[0].text, 1
	}
	if !strings.HasPrefix(strings.TrimSpace(lines[from].text), "|===") {
		return 0
	}
	end := from + 1
	for end < len(lines) && !strings.HasPrefix(strings.TrimSpace(lines[end].text), "|===") {
		end++
	}
	body := lines[from+1 : end]
	cells, columns := s.adocCells(body)
	if n := adocWidth(settings); n > 0 {
		columns = n
	}
	t := block{kind: table, rows: adocRows(cells, columns)}
	// A blank line behind the first row makes it the head as well.
	if len(t.rows) > 0 && (adocHead().MatchString(settings) || len(body) > 1 && !body[0].blank() && body[1].blank()) {
		markHead(t.rows[:1])
	}
	s.add(t)
	if end == len(lines) {
		s.out = append(s.out, notRead(lines[from], "the table that begins here is never ended: close it with |==="))
	}
	return min(end+1, len(lines))
}

// adocWidth counts the columns that a setting names: cols="1,2a" or cols="3*".
func adocWidth(settings string) int {
	m := adocColumns().FindStringSubmatch(settings)
	if m == nil {
		return 0
	}
	n := 0
	for _, c := range strings.FieldsFunc(m[1], func(r rune) bool { return r == ',' || r == ';' }) {
		times := 1
		if r := adocRepeat().FindStringSubmatch(strings.TrimSpace(c)); r != nil {
			times, _ = strconv.Atoi(r[1])
		}
		n += min(times, maxColumns)
	}
	return n
}

// maxSpanned is how many rows of a table may have cells that cover others.
const maxSpanned = 2000

// adocRows lays cells out in rows of so many columns; a cell that covers several
// rows takes its place in each.
func adocRows(cells []cell, columns int) []row {
	var rows []row
	held := map[int]int{} // by row, how many columns cells above it cover
	for len(cells) > 0 && columns > 0 {
		at, n, wide := len(rows), 0, held[len(rows)]
		for n < len(cells) && wide < columns {
			c := &cells[n]
			wide += max(c.across, 1)
			for down := 1; down < c.down && at < maxSpanned; down++ {
				held[at+down] += max(c.across, 1)
			}
			n++
		}
		r := row{cells: cells[:n]}
		if n > 0 {
			r.line = cells[0].line
		}
		rows, cells = append(rows, r), cells[n:]
	}
	return rows
}

// adocCells cuts lines into cells and counts the columns of the first line that has
// cells. Lines without a pipe go on with the cell above them.
func (s *scanner) adocCells(lines []line) (cells []cell, columns int) {
	var words []line
	flush := func() {
		if len(cells) > 0 {
			cells[len(cells)-1].subs = scan(words, s.depth+1)
		}
		words = nil
	}
	for _, l := range lines {
		at := slices.DeleteFunc(adocCell().FindAllStringIndex(l.text, -1), func(m []int) bool {
			return m[1] > 1 && l.text[m[1]-2] == '\\' // then the pipe is a letter
		})
		if len(at) == 0 || strings.TrimSpace(l.text[:at[0][0]]) != "" {
			words = append(words, l)
			continue
		}
		for i, m := range at {
			flush()
			end := len(l.text)
			if i+1 < len(at) {
				end = at[i+1][0]
			}
			words = []line{{strings.TrimSpace(l.text[m[1]:end]), l.no}}
			sign := strings.TrimSpace(l.text[m[0] : m[1]-1])
			c := cell{line: l.no, head: strings.HasSuffix(sign, "h")}
			if m := adocSpan().FindStringSubmatch(sign); m != nil {
				c.across, c.down = span(cmp.Or(m[1], "1"), 50), span(cmp.Or(m[2], "1"), 200)
			}
			cells = append(cells, c)
		}
		if columns == 0 {
			columns = len(cells)
		}
	}
	flush()
	return cells, columns
}
