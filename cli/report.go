package cli

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
)

// reporter writes the results of many environments in one format.
type reporter interface {
	add(*result)
	end(*tally) string // the whole text
}

// reportOf is what a report is about.
type reportOf struct {
	file    string // that the environments stand in
	version string // of this program
	began   time.Time
	now     func() time.Time
}

// reporters are the formats.
var reporters = map[string]func(reportOf) reporter{
	"text": newTextReport, "json": newJSONReport, "csv": newCSVReport, "junit": newJUnitReport, "sarif": newSARIFReport,
}

// counted is a report that counts what it writes.
type counted struct {
	reporter
	tally tally
}

func newReport(format, file string, p Program) *counted {
	return &counted{reporter: reporters[format](reportOf{file, p.Version, p.Now(), p.Now})}
}

func (r *counted) add(found *result) {
	r.tally.count(found)
	r.reporter.add(found)
}

func (r *counted) text() string { return r.end(&r.tally) }

// tally counts results.
type tally struct {
	api.Tally
	catalogue answers.CatalogueRef // of the last answer
	codes     map[int]bool         // exit codes of the problems
}

func (t *tally) count(r *result) {
	t.Total++
	switch {
	case r.problem != nil:
		t.Problems++
		if t.codes == nil {
			t.codes = map[int]bool{}
		}
		t.codes[codeOf(r.problem)] = true
		return
	case r.answer.Pass:
		t.Passing++
	default:
		t.Failing++
	}
	t.catalogue = r.answer.Catalogue
}

// exit ends the program with the code for all results; nil where all pass. The
// report has said why.
func (t *tally) exit() error {
	if t.Failing > 0 {
		return &exit{code: exitFail}
	}
	for _, code := range []int{exitServer, exitUsage, exitUnknown} {
		if t.codes[code] {
			return &exit{code: code}
		}
	}
	return nil
}

// codeOf gives the exit code for a problem: the server's, unless it is the
// caller's own.
func codeOf(p *wire.Problem) int {
	if code, own := problemCodes[fact.Code(p.Code)]; own {
		return code
	}
	return exitServer
}

// sentence tells the tally: "5 environments: 1 passes, 4 do not".
func (t *tally) sentence() string {
	text := fmt.Sprintf("%s: %d %s, %d %s not", count(t.Total, "environment"),
		t.Passing, verb(t.Passing, "passes", "pass"), t.Failing, verb(t.Failing, "does", "do"))
	if t.Problems > 0 {
		text += fmt.Sprintf(", %d could not be asked about", t.Problems)
	}
	return text
}

// verb gives the form of a verb for so many.
func verb(n int, one, more string) string {
	if n == 1 {
		return one
	}
	return more
}

// textReport tells a person what does not pass.
type textReport struct {
	file              string
	failing, problems [][]string // the cells of each line
}

func newTextReport(of reportOf) reporter { return &textReport{file: of.file} }

func (t *textReport) add(r *result) {
	switch {
	case r.problem != nil:
		t.problems = append(t.problems, []string{t.place(r), r.name, r.says()})
	case !r.answer.Pass:
		t.failing = append(t.failing, []string{t.place(r), r.name, words(r.answer.Verdict), r.says() + with(" What to change: ", r.move())})
	}
}

func (t *textReport) end(all *tally) string {
	var b strings.Builder
	fmt.Fprintln(&b, all.sentence())
	asIs := func(cells []string) []string { return cells }
	writeTable(&b, "Do not pass", t.failing, asIs)
	writeTable(&b, "Could not be asked about", t.problems, asIs)
	if all.catalogue.Digest != "" {
		writeFoot(&b, nil, all.catalogue)
	}
	return plain(b.String())
}

func (t *textReport) place(r *result) string { return fmt.Sprintf("%s:%d", t.file, r.line) }

// jsonReport is what POST /v1/checks answers, with the line and the name of each
// environment.
type jsonReport struct {
	b     strings.Builder
	index int
}

func newJSONReport(reportOf) reporter { return &jsonReport{} }

func (j *jsonReport) add(r *result) {
	between := `{"items":[`
	if j.index > 0 {
		between = ","
	}
	fmt.Fprintf(&j.b, `%s{"index":%d,"line":%d`, between, j.index, r.line)
	j.index++
	if r.name != "" {
		fmt.Fprintf(&j.b, `,"name":%s`, quoteJSON(r.name))
	}
	member := "answer"
	if r.problem != nil {
		member = "problem"
	}
	fmt.Fprintf(&j.b, `,"status":%d,%q:%s}`, r.status, member, r.raw)
}

func (j *jsonReport) end(all *tally) string {
	last, _ := json.Marshal(struct {
		Summary   api.Tally            `json:"summary"`
		Catalogue answers.CatalogueRef `json:"catalogue"`
	}{all.Tally, all.catalogue}) // which can always be written
	j.b.WriteString("]," + string(last[1:]) + "\n")
	return j.b.String()
}
