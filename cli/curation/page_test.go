package curation

import (
	"strings"
	"testing"
)

// TestBreaksOff cuts pages off, and holds the line that is told against the one
// where it happens; 0 for a page that is whole.
func TestBreaksOff(t *testing.T) {
	const table = "# Page\n\n| JDK | Versions |\n|---|---|\n| OpenJDK | 21 |\n"
	tests := []struct {
		name, text string
		line       int
	}{
		{"whole", table, 0},
		{"no newline", strings.TrimSpace(table), 0},
		{"row without its end", table + "| Oracle JDK | 1", 6},
		{"row without a cell", table + "| Oracle JDK |", 6},
		{"row without a cell, and more below", table + "| Oracle JDK |\n", 0},
		{"row without its end, as all are", "| JDK | Versions\n|---|---\n| OpenJDK | 21", 0},
		{"text behind", table + "That is all", 0},
		{"whole of HTML", "<table><tr><td>OpenJDK 21</table>", 0},
		{"HTML", "<p>\n<TABLE>\n<tr></tr></TABLE>\n<Table>\n<tr><td>OpenJDK 21", 4},
		{"nothing", "", 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d, err := ReadPage("page", strings.NewReader(test.text))
			if err != nil {
				t.Fatal(err)
			}
			line := 0
			if d.Cut != nil && strings.Contains(d.Cut.Reason, "whether the page is whole") {
				line = d.Cut.Line
			}
			if line != test.line || (d.Cut != nil) != (test.line > 0) {
				t.Errorf("breaks off at line %d (%+v), want %d", line, d.Cut, test.line)
			}
		})
	}
}
