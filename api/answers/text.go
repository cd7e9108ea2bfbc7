package answers

import (
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/plain"
	"github.com/testedon/testedon/compat/survey"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/message"
)

// prose is a plain text about answers in a language: what a person at a shell needs, in few
// lines.
type prose struct {
	strings.Builder
	words *message.Language
}

// to appends the text without what could steer a terminal.
func (p *prose) to(dst []byte) []byte {
	return append(dst, str.Visible(p.String())...)
}

// oneLine takes the line breaks out of a text.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// line writes a line of some texts.
func (p *prose) line(texts ...string) { fmt.Fprintln(p, oneLine(strings.Join(texts, " "))) }

// say writes a message on a line.
func (p *prose) say(id string, values ...string) { p.line(p.words.Text(id, values...)) }

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
	p.line(question.PassWords[a.Pass], cmp.Or(string(a.Word()), string(a.Verdict)))
	p.line(summary)
	var rows, reasons [][]string
	for i := range a.Components {
		c := &a.Components[i]
		rows = append(rows, []string{c.Kind, c.Text, cmp.Or(string(c.Word()), string(c.Verdict)), string(c.Match)})
		if c.Verdict != fact.Tested {
			reasons = append(reasons, []string{p.words.Text("text.reason", c.Text, c.Why(), p.words.Or(c.Candidates))})
		}
	}
	p.rows(rows)
	p.rows(reasons)
	for _, m := range a.Moves {
		p.say("text.passes", m.Summary())
	}
	for _, o := range a.Offers {
		p.line(o.Text())
	}
	if ask := a.SupportURL(); ask != "" {
		p.say("text.support", ask)
	}
	if len(a.Unchecked) > 0 {
		p.say("text.unasked", p.words.List(a.Unchecked...))
	}
}

// AppendPlain appends the answer to a question as text.
func AppendPlain(q *question.Question, dst []byte) []byte {
	p := prose{words: q.Answer.Release.Words()}
	p.answer(&q.Answer, q.Answer.Summary())
	for _, sentence := range q.Contradictions {
		p.line(sentence)
	}
	if q.Detected != nil && len(q.Detected.Unrecognised) > 0 {
		p.say("text.unrecognised", strings.Join(q.Detected.Unrecognised, "; "))
	}
	return p.to(dst)
}

// AppendPlainAsked appends the answer to a question in plain words as text; where
// something has to be decided first, what that is. Content that is no verdict stands under its
// type.
func AppendPlainAsked(dst []byte, l *message.Language, u *plain.Understanding, q *question.Question, answer *compat.Answer) []byte {
	p := prose{words: l}
	switch {
	case q.Content != nil:
		p.line(string(u.Type))
		p.line(q.Said(u, nil))
		p.rows(q.Content.Rows)
		if answer != nil {
			p.answer(answer, answer.Summary())
		}
		return p.to(dst)
	case answer != nil:
		p.answer(answer, q.Said(u, answer))
		return p.to(dst)
	}
	p.line(question.PassWords[false], "unanswered")
	p.line(u.Summary(nil))
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
// what is said of a past day.
func AppendPlainFound(dst []byte, v *question.View, found *survey.Finding) []byte {
	p := prose{words: v.Matrix.Words()}
	p.line(v.Moment.On(v.Matrix.Words()), p.words.Text("text.found", strconv.Itoa(found.Passing), strconv.Itoa(found.Total)))
	p.rows(wire.Each(found.Answers, question.FoundRow))
	if more := found.Total - len(found.Answers); more > 0 {
		p.say("text.more", strconv.Itoa(more))
	}
	return p.to(dst)
}

// AppendPlainProblem appends a problem, which speaks a language, as text.
func AppendPlainProblem(dst []byte, l *message.Language, problem *wire.Problem) []byte {
	p := prose{words: l}
	p.line("problem", strconv.Itoa(problem.Status), problem.Code)
	p.line(problem.Detail, problem.Hint)
	if len(problem.Candidates) > 1 {
		p.say("text.candidates", p.words.List(problem.Candidates...))
	}
	p.say("text.request", problem.RequestID)
	return p.to(dst)
}
