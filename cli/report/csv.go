package report

import (
	"encoding/csv"
	"fmt"
	"strings"

	"github.com/testedon/testedon/cli/client"
	"github.com/testedon/testedon/export"
)

// csvReport is a row for each environment.
type csvReport struct {
	out *csv.Writer
	to  strings.Builder
}

func beginCSV(*Run) writer {
	r := &csvReport{}
	r.out = csv.NewWriter(&r.to)
	r.row("line", "name", "product", "release", "status", "verdict", "pass", "require", "summary", "move")
	return r
}

// row adds a row. A builder takes everything.
func (c *csvReport) row(cells ...string) {
	for i, cell := range cells {
		cells[i] = export.Guarded(cell)
	}
	_ = c.out.Write(cells)
}

func (c *csvReport) add(r *client.Result) {
	line := ""
	if r.Line > 0 {
		line = fmt.Sprint(r.Line)
	}
	if r.Problem != nil {
		c.row(line, r.Name, "", "", fmt.Sprint(r.Status), "", "", "", r.Summary(), "")
		return
	}
	a := r.Answer
	c.row(line, r.Name, a.Product, a.Release, fmt.Sprint(r.Status), a.Verdict, fmt.Sprint(a.Pass), a.Require, a.Summary, r.Move())
}

func (c *csvReport) end(*Tally) string {
	c.out.Flush()
	return c.to.String()
}
