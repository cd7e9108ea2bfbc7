package report

import (
	"fmt"
	"maps"
	"slices"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/cli/client"
	"github.com/testedon/testedon/internal/str"
)

// textReport tells a person what does not pass.
type textReport struct {
	file              string
	failing, problems [][]string // the cells of each line
}

func beginText(run *Run) writer { return &textReport{file: run.File} }

func (t *textReport) add(r *client.Result) {
	place := fmt.Sprintf("%s:%d", t.file, r.Line)
	switch {
	case r.Problem != nil:
		t.problems = append(t.problems, []string{place, r.Name, r.Summary()})
	case !r.Answer.Pass:
		t.failing = append(t.failing, []string{place, r.Name, str.Words(r.Answer.Verdict), r.Summary() + str.With(" What to change: ", r.Move())})
	}
}

func (t *textReport) end(all *Tally) string {
	var b Text
	b.Line("%s", all.sentence())
	b.Table("Do not pass", t.failing...)
	b.Table("Could not be asked about", t.problems...)
	if all.Catalogue.Digest != "" {
		b.Foot(all.Catalogue)
	}
	return b.String()
}

// Detected writes what was recognised in texts, and what was not.
func (t *Text) Detected(heading string, d *answers.Detected) {
	var rows [][]string
	for _, p := range d.Products {
		rows = append(rows, []string{"product", p.Product, p.Release, p.From, p.Text})
	}
	for _, kind := range slices.Sorted(maps.Keys(d.Environment)) {
		for _, c := range d.Environment[kind] {
			rows = append(rows, []string{kind, c.Technology, c.Version, c.From, c.Text})
		}
	}
	t.Table(heading, rows...)
	t.List("Not recognised", d.Unrecognised...)
}

// aloneText is the answer with its evidence and sources.
func aloneText(r *client.Result) string {
	var b Text
	b.Answer(r.Answer, r.Name)
	if d := r.Answer.Detected; d != nil {
		b.Detected("Read in the texts", d)
		b.List("The texts contradict the question", d.Contradictions...)
	}
	b.Foot(r.Answer.Catalogue, r.Answer)
	return b.String()
}
