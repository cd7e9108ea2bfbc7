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

// opensTable reports whether a pipe table begins with the first of these lines.
func opensTable(lines []line) bool {
	if isRow(lines[0].text) {
		return true
	}
	return len(lines) > 1 && strings.Contains(lines[0].text, "|") && isRule(lines[1].text)
}

// pipeTable takes the pipe table that begins with the first line and tells how
// many lines it has. A rule makes the rows before it the head.
func pipeTable(lines []line) (block, int) {
	t := block{kind: table}
	bare := !isRow(lines[0].text)
	n := 0
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
	return t, n
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
