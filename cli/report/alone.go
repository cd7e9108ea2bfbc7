package report

import (
	"maps"
	"slices"
	"strings"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/cli/client"
	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/fleet"
	"github.com/testedon/testedon/message"
)

// Alone writes the answer about one environment that is in no file, and gives how the
// program ends. A problem is an error where the format is no report.
func Alone(f *fleet.Format, run fleet.Run, found *fleet.Result) (text string, end error) {
	run.Waivers.Judge(found.Reply)
	faults := run.Waivers.Faults(run.Words)
	switch {
	case f.Name != "text" && f.Name != "json":
		r := f.Begin(run)
		r.Add(found)
		var b strings.Builder
		if err := r.Write(&b); err != nil {
			return "", err
		}
		return b.String(), End(&r.Page)
	case found.Problem != nil:
		return "", client.Fault(run.Words, found.Problem)
	case f.Name == "json":
		text = strings.TrimSuffix(strings.TrimSpace(string(found.Raw)), "}") + fleet.WaiverFaults(faults) + "}\n"
	default:
		text = aloneText(run.Words, found)
	}
	return text, exit.Unless(found.Answer.Pass && len(faults) == 0, exit.Fail)
}

// End ends the program with the code for all results; nil where all pass and each waiver holds. The
// report has said why.
func End(t *fleet.Page) error {
	if t.Failing > 0 || len(t.Faults) > 0 {
		return exit.Unless(false, exit.Fail)
	}
	for _, code := range []int{exit.Server, exit.Usage, exit.Unknown} {
		for problem := range t.Codes {
			if client.CodeOf(problem) == code {
				return exit.Unless(false, code)
			}
		}
	}
	return nil
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
	t.List(t.Say("report.unrecognised"), d.Unrecognised...)
}

// aloneText is the answer with its evidence and sources.
func aloneText(words *message.Language, r *fleet.Result) string {
	b := Text{Words: words}
	b.Answer(r.Answer)
	b.List(b.Say("fleet.waived"), r.Waivers(words)...)
	if d := r.Answer.Detected; d != nil {
		b.Detected(b.Say("report.detected"), d)
		b.List(b.Say("report.contradictions"), d.Contradictions...)
	}
	b.Foot(r.Answer.Catalogue, r.Answer)
	return b.String()
}
