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
	adocCell = compiled(`(?:(?:^|[ \t])((?:\d+\*|\d*(?:\.\d+)?\+)?[<^>]?(?:\.[<^>])?[adehlmsv]?))?\|`)
	// adocSpan is what a cell covers: columns, rows or both.
	adocSpan = compiled(`^(\d+)?(?:\.(\d+))?\+`)
	// adocRepeat is how often a cell is repeated.
	adocRepeat = compiled(`^(\d+)\*`)
	// adocColumns is the setting that names the columns of a table.
	adocColumns = compiled(`cols\s*=\s*(?:"([^"]+)"|'([^']+)'|([^",\]]+))`)
	// adocHead is the setting that makes the first row the head.
	adocHead = compiled(`%[^,\]]*header|(?:options|opts)\s*=\s*"?[^"\]]*header`)
	// adocSettings is a line above a block that sets it, adocTitle one that entitles it.
	adocSettings = compiled(`^\[(?:[A-Za-z%,.#"'=*|<^>0-9\[][^\]]*)?\]?\]\s*$`)
	adocTitle    = compiled(`^\.[A-Za-z0-9\x60*_]`)
	// adocFence begins and ends a table, blockFence any other block.
	adocFence  = compiled(`^[|!,:]={3,}$`)
	blockFence = compiled(`^(?:-{4,}|\.{4,}|\+{4,}|/{4,}|={4,}|\*{4,}|_{4,}|--)$`)
	// adocNote and adocCode are settings of words set apart, and of what is no words.
	adocNote = compiled(`^\[(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\b`)
	adocCode = compiled(`^\[(?:source|listing|literal|stem|plantuml|mermaid|ditaa)\b|^\[,`)
)

// adocBlock takes a block of AsciiDoc between two lines of the same signs, with the
// settings and the title above it: a table, words set apart, or what is shown as it stands.
func (s *scanner) adocBlock(lines []line) int {
	if !s.adoc {
		return 0
	}
	set, title, from := "", words{}, 0
	for from < min(len(lines), 8) && (adocSettings().MatchString(lines[from].text) || adocTitle().MatchString(lines[from].text)) {
		if t := lines[from].text; t[0] == '[' {
			set += t
		} else {
			title = inline([]line{{t[1:], lines[from].no}})
		}
		from++
	}
	if from == len(lines) {
		return 0
	}
	fence := strings.TrimSpace(lines[from].text)
	isTable := adocFence().MatchString(fence)
	if k := len(s.open); k == 1 && from == 0 && max(len(fence)-len(s.open[0].text), len(s.open[0].text)-len(fence)) < 2 {
		return 0 // a heading that is marked by the line below it
	}
	if !isTable && !blockFence().MatchString(fence) {
		return s.adocParagraph(lines, from, set, title)
	}
	end := from + 1
	for end < len(lines) && strings.TrimSpace(lines[end].text) != fence {
		end++
	}
	body := lines[from+1 : end]
	switch isNote := adocNote().MatchString(set); {
	case isTable:
		t := s.adocTable(body, fence[0], set)
		t.text = title
		s.add(t)
		if end == len(lines) {
			s.out = append(s.out, notRead(lines[from], "the table that begins here is never ended: close it with "+fence))
		}
	case end == len(lines):
		return 0
	case isNote:
		s.add(block{kind: note, subs: s.inside(body)})
	case strings.Trim(fence, "-./") == "" && fence != "--" || adocCode().MatchString(set):
		s.flush()
	default:
		s.entitled(title)
		s.out = append(s.out, s.inside(body)...)
	}
	return min(end+1, len(lines))
}

// adocParagraph takes a paragraph, whose settings may make it words set apart or code, or the title of what follows.
func (s *scanner) adocParagraph(lines []line, from int, set string, title words) int {
	if from == 0 {
		return 0
	}
	end := from
	for end < len(lines) && !lines[end].blank() {
		end++
	}
	switch {
	case adocNote().MatchString(set):
		s.add(block{kind: note, subs: s.inside(lines[from:end])})
		return end
	case adocCode().MatchString(set):
		s.flush()
		return end
	}
	s.entitled(title)
	return from
}

// entitled adds the title of a block, if it has one.
func (s *scanner) entitled(title words) {
	if s.flush(); title.text != "" {
		s.out = append(s.out, block{kind: paragraph, text: title})
	}
}

// adocTable makes a table of lines. Its cells begin with a sign and may stand in one line
// or in several; its settings, or else its first line, tell how many columns there are.
func (s *scanner) adocTable(body []line, sign byte, set string) block {
	if sign == ',' || sign == ':' || strings.Contains(set, "csv") {
		delimiter := string(sign)
		if sign == '|' {
			delimiter = ","
		}
		t := csvTable(body, map[string]line{"delim": {text: delimiter}})
		if adocHead().MatchString(set) {
			markHeads(t.rows, 1)
		}
		return t
	}
	if sign == '!' {
		body = slices.Clone(body)
		for i := range body {
			body[i].text = strings.ReplaceAll(body[i].text, "!", "|")
		}
	}
	cells, columns := s.adocCells(body)
	if n := adocWidth(set); n > 0 {
		columns = n
	}
	t := block{kind: table, rows: adocRows(cells, columns)}
	// A blank line behind the first row makes it the head as well.
	if len(t.rows) > 0 && (adocHead().MatchString(set) || len(body) > 1 && !body[0].blank() && body[1].blank()) {
		markHeads(t.rows, 1)
	}
	return t
}

// adocWidth counts the columns that a setting names: cols="1,2a", cols="3*" or cols=3.
func adocWidth(settings string) int {
	m := adocColumns().FindStringSubmatch(settings)
	if m == nil {
		return 0
	}
	named := m[1] + m[2] + m[3]
	if n, err := strconv.Atoi(named); err == nil {
		return min(n, maxColumns+1)
	}
	n := 0
	for _, c := range strings.FieldsFunc(named, func(r rune) bool { return r == ',' || r == ';' }) {
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

// adocRows lays cells out in rows of so many columns; a cell that covers several rows takes its place in each.
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
			cells[len(cells)-1].subs = s.inside(words)
		}
		words = nil
	}
	for _, l := range lines {
		at := adocPipes(l.text)
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
			c := adocSigned(sign, l.no)
			if m := adocRepeat().FindStringSubmatch(sign); m != nil {
				for n := span(m[1], maxColumns); n > 1; n-- {
					c.subs = paragraphs(slices.Clone(words))
					cells = append(cells, c)
				}
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

// adocPipes finds the pipes that begin a cell, each with the sign before it.
func adocPipes(text string) [][]int {
	return slices.DeleteFunc(adocCell().FindAllStringIndex(text, -1), func(m []int) bool {
		return m[1] > 1 && text[m[1]-2] == '\\' // then the pipe is a letter
	})
}

// adocSigned begins a cell as the sign before its pipe says.
func adocSigned(sign string, no int) cell {
	c := cell{line: no, head: strings.HasSuffix(sign, "h")}
	if m := adocSpan().FindStringSubmatch(sign); m != nil {
		c.across, c.down = span(cmp.Or(m[1], "1"), 50), span(cmp.Or(m[2], "1"), 200)
	}
	return c
}
