package fleet

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/export"
	"github.com/testedon/testedon/message"
)

// Format is a way to report answers about environments.
type Format struct {
	Name  string // "junit"
	About string // what it writes
	Media string // its media type, with the character set

	groups, names int  // how many groups, and names in each, are shown unless the run says how many; 0 for all groups
	rows          bool // it has every environment
	write         func(io.Writer, *Page) error
}

// Formats are all ways to report answers.
var Formats = []Format{
	{"text", "for a person; of a file, what does not pass, the most frequent first, and what to change", "text/plain; charset=utf-8", 50, 3, false, writeText},
	{"json", "what the API answers", wire.MediaJSON, 0, 0, true, writeJSON},
	{"csv", "a table for spreadsheets, in which no cell can be taken for a formula", export.Find("csv").Media, 0, 0, true, writeCSV},
	{"html", "a page for a person, that of a file grouped as the text is; it loads nothing and runs nothing", export.Find("html").Media, 100, 100, false, writeHTML},
	{"xlsx", "a workbook for Excel with the sheets Summary, Groups and Rows", export.Find("xlsx").Media, 0, 10, true, writeXLSX},
	{"junit", "a test suite for build servers", "application/xml", 0, 0, true, plain("report.junit.xml")},
	{"sarif", "findings for code scanning (SARIF 2.1.0), at the line of the environment", "application/sarif+json", 0, 0, true, plain("report.sarif")},
}

// Names gives those of all formats, apart by commas.
func Names() string {
	return strings.Join(wire.Each(Formats, func(f Format) string { return f.Name }), ",")
}

// Find gives the format of a name; nil where there is none.
func Find(name string) *Format {
	if at := slices.IndexFunc(Formats, func(f Format) bool { return f.Name == name }); at >= 0 {
		return &Formats[at]
	}
	return nil
}

// Run is what a report is about.
type Run struct {
	File    string            // that the environments stand in; empty where there is one, and no file
	Version string            // of this program
	Words   *message.Language // that it is said in; nil is English
	Began   time.Time
	Now     func() time.Time

	By       string            // what findings are grouped by, one of GroupBys; empty for finding
	Limit    int               // of groups, and of names in each; 0 for those of the format
	Products map[string]string // the names of products, by their IDs; may be nil
}

// Page is what a report shows.
type Page struct {
	Tally
	Run      Run
	Sections []Section
	Rows     []Row
}

// Section is one of the two sorts of groups.
type Section struct {
	Heading string
	Groups  []*Group // as many as are shown
	More    int      // that are not
}

// Row is an environment and what of its answer reports repeat.
type Row struct {
	*Item
	Status                             int
	Product, Release, Verdict, Require string // empty where there is a problem
	Passes                             bool
	Summary, Move                      string
	Moves                              []string
	Problem                            *wire.Problem
	Hint                               string
	Findings                           []Finding
	raw                                []byte
}

// Place is where in a file the environment stands; empty where it is in none.
func (r *Row) Place() string { return place(r.Item) }

// Report is a report on its way. It counts what it writes.
type Report struct {
	Page

	format *Format
	groups Groups
}

// Begin begins a report.
func (f *Format) Begin(run Run) *Report {
	return &Report{Page: Page{Run: run}, format: f, groups: Groups{By: run.By, Names: run.Products, Limit: cmp.Or(run.Limit, f.names)}}
}

// Add adds a result.
func (r *Report) Add(found *Result) {
	r.count(found)
	r.groups.Add(found)
	if !r.format.rows {
		return
	}
	row := Row{Item: found.Item, Status: found.Status, Summary: found.Summary(), Move: found.Move(), Problem: found.Problem, Hint: found.Hint, Findings: found.Findings()}
	if a := found.Answer; a != nil {
		row.Product, row.Release, row.Verdict, row.Require, row.Passes = a.Product, a.Release, a.Verdict, a.Require, a.Pass
		row.Moves = wire.Each(a.Moves, func(m answers.Move) string { return m.Summary })
	}
	if r.format.Name == "json" {
		row.raw = found.Raw
	}
	r.Rows = append(r.Rows, row)
}

// Done gives what the report shows of all that was added.
func (r *Report) Done() *Page {
	failing, problems := r.groups.Sorted()
	r.Sections = nil
	for _, s := range []Section{{Heading: "Do not pass", Groups: failing}, {Heading: "Could not be asked about", Groups: problems}} {
		if shown := min(len(s.Groups), cmp.Or(r.Run.Limit, r.format.groups, len(s.Groups))); shown > 0 {
			s.Groups, s.More = s.Groups[:shown], len(s.Groups)-shown
			r.Sections = append(r.Sections, s)
		}
	}
	return &r.Page
}

// Write writes the report of all that was added.
func (r *Report) Write(w io.Writer) error { return r.format.write(w, r.Done()) }

// Tally counts results.
type Tally struct {
	answers.Tally
	Catalogue answers.CatalogueRef // of the last answer
	Findings  int                  // why environments do not pass
	Codes     map[string]bool      // of the problems
}

func (t *Tally) count(r *Result) {
	t.Total++
	switch {
	case r.Problem != nil:
		t.Problems++
		if t.Codes == nil {
			t.Codes = map[string]bool{}
		}
		t.Codes[r.Problem.Code] = true
		return
	case r.Answer.Pass:
		t.Passing++
	default:
		t.Failing++
		t.Findings += len(r.Findings())
	}
	t.Catalogue = r.Answer.Catalogue
}

// Sentence tells the tally: "5 environments: 1 passes, 4 do not".
func (t *Tally) Sentence() string {
	form := func(n int, one, more string) string {
		if n == 1 {
			return "1 " + one
		}
		return Thousands(n) + " " + more
	}
	if t.Total == 1 && t.Problems == 0 {
		return "1 environment: it " + []string{"does not pass", "passes"}[t.Passing]
	}
	text := fmt.Sprintf("%s: %s, %s not", form(t.Total, "environment", "environments"), form(t.Passing, "passes", "pass"), form(t.Failing, "does", "do"))
	if t.Problems > 0 {
		text += fmt.Sprintf(", %s could not be asked about", Thousands(t.Problems))
	}
	return text
}
