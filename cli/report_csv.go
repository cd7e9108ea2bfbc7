package cli

import (
	"encoding/csv"
	"fmt"
	"strings"
)

// safeCell keeps a spreadsheet from taking a text for a formula.
func safeCell(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}

// csvReport is a row for each environment.
type csvReport struct {
	out *csv.Writer
	to  *strings.Builder
}

func newCSVReport(reportOf) reporter {
	r := &csvReport{to: &strings.Builder{}}
	r.out = csv.NewWriter(r.to)
	r.row("line", "name", "product", "release", "status", "verdict", "pass", "require", "summary", "move")
	return r
}

// row adds a row. A builder takes everything.
func (c *csvReport) row(cells ...string) {
	for i, cell := range cells {
		cells[i] = safeCell(cell)
	}
	_ = c.out.Write(cells)
}

func (c *csvReport) add(r *result) {
	status := fmt.Sprint(r.status)
	if r.problem != nil {
		c.row(fmt.Sprint(r.line), r.name, "", "", status, "", "", "", r.says(), "")
		return
	}
	a := r.answer
	c.row(fmt.Sprint(r.line), r.name, a.Product, a.Release, status, a.Verdict, fmt.Sprint(a.Pass), a.Require, a.Summary, r.move())
}

func (c *csvReport) end(*tally) string {
	c.out.Flush()
	return c.to.String()
}
