package answers

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/plain"
	"github.com/testedon/testedon/compat/survey"
	"github.com/testedon/testedon/internal/str"
)

// prose is a plain text about answers: what a person at a shell needs, in few lines.
type prose struct{ strings.Builder }

// to appends the text without what could steer a terminal.
func (p *prose) to(dst []byte) []byte {
	return append(dst, str.Visible(p.String())...)
}

// oneLine takes the line breaks out of a text.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// line writes a line.
func (p *prose) line(format string, args ...any) {
	fmt.Fprintln(p, oneLine(fmt.Sprintf(format, args...)))
}

// rows writes cells in columns.
func (p *prose) rows(rows [][]string) {
	const padding = 2
	w := tabwriter.NewWriter(p, 0, 0, padding, ' ', 0)
	for _, row := range rows {
		_, _ = io.WriteString(w, "  "+strings.Join(wire.Each(row, oneLine), "\t")+"\n") // a strings.Builder takes everything
	}
	_ = w.Flush()
}

// answer writes an answer: whether it passes and the verdict, the summary, a row for
// each component, the reasons for those that are not plainly tested, and what would pass.
func (p *prose) answer(a *compat.Answer, summary string) {
	p.line("%s %s", question.PassWords[a.Pass], cmp.Or(string(a.Word()), string(a.Verdict)))
	p.line("%s", summary)
	var rows, reasons [][]string
	for i := range a.Components {
		c := &a.Components[i]
		rows = append(rows, []string{c.Kind, c.Text, cmp.Or(string(c.Word()), string(c.Verdict)), string(c.Match)})
		if c.Verdict != fact.Tested {
			reason := c.Text + ": " + c.Why()
			if len(c.Candidates) > 0 {
				reason += " Perhaps " + strings.Join(c.Candidates, " or ") + "?"
			}
			reasons = append(reasons, []string{reason})
		}
	}
	p.rows(rows)
	p.rows(reasons)
	for _, m := range a.Moves {
		p.line("Would pass: %s", m.Summary())
	}
	for _, o := range a.Offers {
		p.line("%s", o.Text())
	}
	if ask := a.SupportURL(); ask != "" {
		p.line("Ask support: %s", ask)
	}
	if len(a.Unchecked) > 0 {
		p.line("Not asked: %s", strings.Join(a.Unchecked, ", "))
	}
}

// AppendPlain appends the answer to a question as text.
func AppendPlain(q *question.Question, dst []byte) []byte {
	var p prose
	p.answer(&q.Answer, q.Answer.Summary())
	for _, sentence := range q.Contradictions {
		p.line("%s", sentence)
	}
	if q.Detected != nil && len(q.Detected.Unrecognised) > 0 {
		p.line("Not recognised: %s", strings.Join(q.Detected.Unrecognised, "; "))
	}
	return p.to(dst)
}

// AppendPlainAsked appends the answer to a question in plain words as text; where
// something has to be decided first, what that is. Content that is no verdict stands under its
// type.
func AppendPlainAsked(dst []byte, u *plain.Understanding, q *question.Question, answer *compat.Answer) []byte {
	var p prose
	switch {
	case q.Content != nil:
		p.line("%s", u.Type)
		p.line("%s", q.Said(u, nil))
		p.rows(q.Content.Rows)
		if answer != nil {
			p.answer(answer, answer.Summary())
		}
		return p.to(dst)
	case answer != nil:
		p.answer(answer, q.Said(u, answer))
		return p.to(dst)
	}
	p.line("%s unanswered", question.PassWords[false])
	p.line("%s", u.Summary(nil))
	var rows [][]string
	for _, a := range u.Ambiguous {
		for _, r := range a.Readings {
			rows = append(rows, []string{a.Text, r.Text, r.Display})
		}
	}
	p.rows(rows)
	return p.to(dst)
}

// AppendPlainFound appends the releases that were found as text, one on each line, behind
// what is said of the day; empty for today.
func AppendPlainFound(dst []byte, on string, found *survey.Finding) []byte {
	var p prose
	p.line("%s%d of %d releases pass", on, found.Passing, found.Total)
	p.rows(wire.Each(found.Answers, question.FoundRow))
	if more := found.Total - len(found.Answers); more > 0 {
		p.line("%d more; use limit to show more", more)
	}
	return p.to(dst)
}

// AppendPlainProblem appends a problem as text.
func AppendPlainProblem(dst []byte, problem *wire.Problem) []byte {
	var p prose
	p.line("problem %d %s", problem.Status, problem.Code)
	p.line("%s %s", problem.Detail, problem.Hint)
	if len(problem.Candidates) > 1 {
		p.line("Candidates: %s", strings.Join(problem.Candidates, ", "))
	}
	p.line("Request id: %s", problem.RequestID)
	return p.to(dst)
}
