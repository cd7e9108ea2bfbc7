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
			markHead(t.rows)
			continue
		}
		if !isRow(l.text) && (!bare || !strings.Contains(l.text, "|")) {
			break
		}
		t.rows = append(t.rows, pipeRow(l))
	}
	s.add(t)
	return n
}

func markHead(rows []row) {
	if len(rows) != 1 {
		return
	}
	rows[0].head = true
	for i := range rows[0].cells {
		rows[0].cells[i].head = true
	}
}

// pipeRow cuts a row into cells. The pipes at its ends may be missing; one after
// a backslash, or between backquotes, is a letter.
func pipeRow(l line) row {
	t := strings.TrimSpace(l.text)
	t = strings.TrimPrefix(t, "|")
	r := row{line: l.no}
	from, code := 0, false
	for i := 0; i < len(t); i++ {
		switch t[i] {
		case '\\':
			i++
		case '`':
			code = !code && strings.IndexByte(t[i+1:], '`') >= 0
		case '|':
			if !code {
				r.cells = append(r.cells, pipeCell(t[from:i], l.no))
				from = i + 1
			}
		}
	}
	if strings.TrimSpace(t[from:]) != "" {
		r.cells = append(r.cells, pipeCell(t[from:], l.no))
	}
	return r
}

func pipeCell(t string, no int) cell {
	t = strings.ReplaceAll(strings.TrimSpace(t), `\|`, "|")
	return cell{line: no, subs: paragraphs([]line{{t, no}})}
}
