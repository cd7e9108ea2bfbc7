package page

import "strings"

// isRow reports whether a line is a row of a pipe table.
func isRow(t string) bool {
	t = strings.TrimSpace(t)
	return strings.HasPrefix(t, "|") && len(t) > 1 && strings.Trim(t, "|") != ""
}

// isRule reports whether a line parts the head of a pipe table from its body.
func isRule(t string) bool {
	t = strings.TrimSpace(t)
	return strings.Contains(t, "-") && strings.Contains(t, "|") && strings.Trim(t, "|-: \t") == ""
}

// pipeTable takes a table whose cells pipes part. A rule makes the rows before it the
// head, and may tell that rows have no pipes at their ends.
func (s *scanner) pipeTable(lines []line) int {
	bare := !isRow(lines[0].text)
	if bare && (len(lines) < 2 || !strings.Contains(lines[0].text, "|") || !isRule(lines[1].text)) {
		return 0
	}
	t, n := block{kind: table}, 0
	for ; n < len(lines) && !lines[n].blank(); n++ {
		l := lines[n]
		if isRule(l.text) {
			if len(t.rows) == 1 {
				markHeads(t.rows, 1)
			}
			continue
		}
		if !isRow(l.text) && (!bare || !strings.Contains(l.text, "|")) {
			break
		}
		t.rows = append(t.rows, s.pipeRow(l))
	}
	s.add(t)
	return n
}

// markHeads makes so many rows the head of a table.
func markHeads(rows []row, n int) {
	for _, r := range rows[:min(n, len(rows))] {
		for i := range r.cells {
			r.cells[i].head = true
		}
	}
	for i := range rows[:min(n, len(rows))] {
		rows[i].head = true
	}
}

// pipeRow cuts a row into cells. The pipes at its ends may be missing; one after
// a backslash, or between backquotes, is a letter.
func (s *scanner) pipeRow(l line) row {
	t := strings.TrimSpace(l.text)
	t = strings.TrimPrefix(t, "|")
	r := row{line: l.no}
	from, code := 0, false
	for i := 0; i < len(t) && len(r.cells) <= maxColumns; i++ {
		switch t[i] {
		case '\\':
			i++
		case '`':
			code = !code && strings.IndexByte(t[i+1:], '`') >= 0
		case '|':
			if !code {
				r.cells = append(r.cells, s.cell(t[from:i], l.no))
				from = i + 1
			}
		}
	}
	if strings.TrimSpace(t[from:]) != "" {
		r.cells = append(r.cells, s.cell(t[from:], l.no))
	}
	return r
}

// cell reads a cell; one that holds lists or tables of HTML as such.
func (s *scanner) cell(t string, no int) cell {
	if opener().MatchString(t) {
		return cell{line: no, subs: s.readHTML([]line{{strings.ReplaceAll(t, `\|`, "|"), no}}, false)}
	}
	return pipeCell(t, no)
}

func pipeCell(t string, no int) cell {
	t = strings.ReplaceAll(strings.TrimSpace(t), `\|`, "|")
	return cell{line: no, subs: paragraphs([]line{{t, no}})}
}
