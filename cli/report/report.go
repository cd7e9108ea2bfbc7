// Package report writes what was answered about environments: for a person, and in the
// formats that build servers, code scanners and spreadsheets read.
package report

import (
	"fmt"
	"strings"
	"time"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/cli/client"
	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/internal/str"
)

// Format is a way to report answers about environments.
type Format struct {
	Name  string // "junit"
	About string // what it writes

	begin func(*Run) writer
	// alone writes the answer about one environment that is in no file; nil where that is
	// a report of one result as any other.
	alone func(*client.Result) string
}

// Formats are all ways to report answers.
var Formats = []Format{
	{"text", "for a person; of a file, what does not pass, and what to change", beginText, aloneText},
	{"json", "what the API answers", beginJSON, aloneJSON},
	{"csv", "a table for spreadsheets, in which no cell can be taken for a formula", beginCSV, nil},
	{"junit", "a test suite for build servers", beginJUnit, nil},
	{"sarif", "findings for code scanning (SARIF 2.1.0), at the line of the environment", beginSARIF, nil},
}

// Names gives those of all formats, apart by commas.
func Names() string {
	return strings.Join(wire.Each(Formats, func(f Format) string { return f.Name }), ",")
}

// Find gives the format of a name that is one of [Names].
func Find(name string) *Format {
	for i := range Formats {
		if Formats[i].Name == name {
			return &Formats[i]
		}
	}
	return nil
}

// writer writes results in a format.
type writer interface {
	add(*client.Result)
	end(*Tally) string // the whole text
}

// Run is what a report is about.
type Run struct {
	File    string // that the environments stand in; empty where there is one, and no file
	Version string // of this program
	Began   time.Time
	Now     func() time.Time
}

// Report is a report on its way. It counts what it writes.
type Report struct {
	Tally

	writer writer
}

// Begin begins a report.
func (f *Format) Begin(run Run) *Report {
	return &Report{writer: f.begin(&run)}
}

// Add adds a result.
func (r *Report) Add(found *client.Result) {
	r.count(found)
	r.writer.add(found)
}

// String gives the report of all that was added.
func (r *Report) String() string { return r.writer.end(&r.Tally) }

// Alone writes the answer about one environment that is in no file, and gives how the
// program ends. A problem is an error where the format is no report.
func (f *Format) Alone(run Run, found *client.Result) (text string, end error) {
	if f.alone == nil {
		r := f.Begin(run)
		r.Add(found)
		return r.String(), r.Exit()
	}
	if found.Problem != nil {
		return "", client.Fault(found.Problem)
	}
	return f.alone(found), exit.Unless(found.Answer.Pass, exit.Fail)
}

// Tally counts results.
type Tally struct {
	api.Tally
	Catalogue answers.CatalogueRef // of the last answer

	codes map[int]bool // exit codes of the problems
}

func (t *Tally) count(r *client.Result) {
	t.Total++
	switch {
	case r.Problem != nil:
		t.Problems++
		if t.codes == nil {
			t.codes = map[int]bool{}
		}
		t.codes[client.CodeOf(r.Problem)] = true
		return
	case r.Answer.Pass:
		t.Passing++
	default:
		t.Failing++
	}
	t.Catalogue = r.Answer.Catalogue
}

// Exit ends the program with the code for all results; nil where all pass. The
// report has said why.
func (t *Tally) Exit() error {
	if t.Failing > 0 {
		return exit.Unless(false, exit.Fail)
	}
	for _, code := range []int{exit.Server, exit.Usage, exit.Unknown} {
		if t.codes[code] {
			return exit.Unless(false, code)
		}
	}
	return nil
}

// sentence tells the tally: "5 environments: 1 passes, 4 do not".
func (t *Tally) sentence() string {
	text := fmt.Sprintf("%s: %d %s, %d %s not", str.Count(t.Total, "environment"),
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
