package page

import "strings"

// adocTable takes a table of AsciiDoc, between two lines of |===. Its cells begin
// with a pipe and may stand in one line or in several; the first line that has
// several tells how many columns there are.
func (s *scanner) adocTable(lines []line) int {
	if !strings.HasPrefix(strings.TrimSpace(lines[0].text), "|===") {
		return 0
	}
	end := 1
	for end < len(lines) && !strings.HasPrefix(strings.TrimSpace(lines[end].text), "|===") {
		end++
	}
	cells, columns := adocCells(lines[1:end])
	t := block{kind: table}
	for from := 0; from < len(cells) && columns > 0; from += columns {
		to := min(from+columns, len(cells))
		t.rows = append(t.rows, row{cells: cells[from:to], line: cells[from].line})
	}
	if len(t.rows) > 0 && end > 2 && headless(lines[1:end]) {
		markHead(t.rows[:1])
	}
	s.add(t)
	return min(end+1, len(lines))
}

// headless reports whether a blank line follows the first row, which is how
// AsciiDoc marks the head.
func headless(lines []line) bool {
	for len(lines) > 0 && lines[0].blank() {
		lines = lines[1:]
	}
	return len(lines) > 1 && lines[1].blank()
}

// adocCells cuts lines into cells and counts the columns.
func adocCells(lines []line) ([]cell, int) {
	var cells []cell
	columns, run := 0, 0
	for _, l := range lines {
		t := strings.TrimSpace(l.text)
		switch {
		case t == "":
			if columns == 0 {
				columns = run
			}
		case strings.HasPrefix(t, "|"):
			r := pipeRow(l)
			cells = append(cells, r.cells...)
			run += len(r.cells)
			if columns == 0 && len(r.cells) > 1 {
				columns = len(r.cells)
			}
		}
	}
	if columns == 0 {
		columns = run
	}
	return cells, columns
}
