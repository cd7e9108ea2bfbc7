package fleet

import (
	"cmp"
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
	Media string // its media type, with the character set

	groups, names int  // how many groups, and names in each, are shown unless the run says how many; 0 for all groups
	rows          bool // it has every environment
	write         func(io.Writer, *Page) error
}

// Formats are all ways to report answers.
var Formats = []Format{
	{"text", "text/plain; charset=utf-8", 50, 3, false, writeText},
	{"json", wire.MediaJSON, 0, 0, true, writeJSON},
	{"csv", export.Find("csv").Media, 0, 0, true, writeCSV},
	{"html", export.Find("html").Media, 100, 100, false, writeHTML},
	{"xlsx", export.Find("xlsx").Media, 0, 10, true, writeXLSX},
	{"junit", "application/xml", 0, 0, true, plain("report.junit.xml")},
	{"sarif", "application/sarif+json", 0, 0, true, plain("report.sarif")},                       // SARIF 2.1.0
	{"prometheus", "text/plain; version=0.0.4; charset=utf-8", 0, 0, true, plain("report.prom")}, // as its node exporter reads it of a file
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

	Waivers  *Waivers          // what is accepted; nil for nothing
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
	Faults   []WaiverFault // waivers that do not hold
}

// Section is one of the three sorts of groups.
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
	Waived                             string // by whom and where, where it passes by waivers
	words                              *message.Language
	raw                                []byte
}

// Place is where in a file the environment stands; empty where it is in none.
func (r *Row) Place() string { return place(r.words, r.Item) }

// Report is a report on its way. It counts what it writes.
type Report struct {
	Page

	format *Format
	groups Groups
}

// Begin begins a report.
func (f *Format) Begin(run Run) *Report {
	return &Report{Page: Page{Run: run}, format: f, groups: Groups{Words: run.Words, By: run.By, Names: run.Products, Limit: cmp.Or(run.Limit, f.names)}}
}

// Add adds a result.
func (r *Report) Add(found *Result) {
	r.Run.Waivers.Judge(found.Reply)
	r.count(r.Run.Words, found)
	r.groups.Add(found)
	if !r.format.rows {
		return
	}
	row := Row{Item: found.Item, words: r.Run.Words, Status: found.Status, Summary: found.Summary(), Move: found.Move(), Problem: found.Problem, Hint: found.Hint, Findings: found.Findings(r.Run.Words)}
	if a := found.Answer; a != nil {
		row.Product, row.Release, row.Verdict, row.Require, row.Passes = a.Product, a.Release, a.Verdict, a.Require, a.Pass
		row.Waived = strings.Join(found.Waivers(r.Run.Words), "; ")
		row.Moves = wire.Each(a.Moves, func(m answers.Move) string { return m.Summary })
	}
	if r.format.Name == "json" {
		row.raw = found.Raw
	}
	r.Rows = append(r.Rows, row)
}

// Done gives what the report shows of all that was added.
func (r *Report) Done() *Page {
	failing, problems, waived := r.groups.Sorted()
	r.Sections, r.Faults = nil, r.Run.Waivers.Faults(r.Run.Words)
	for _, s := range []Section{{Heading: r.Say("fleet.failing"), Groups: failing}, {Heading: r.Say("fleet.problems"), Groups: problems}, {Heading: r.Say("fleet.waived"), Groups: waived}} {
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
	Findings  int                  // why environments do not pass, without what is waived
	Waived    int                  // environments that pass by waivers
	Codes     map[string]bool      // of the problems
}

func (t *Tally) count(words *message.Language, r *Result) {
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
		if len(r.Waived) > 0 {
			t.Waived++
		}
	default:
		t.Failing++
		for _, f := range r.Findings(words) {
			if f.Waiver == nil {
				t.Findings++
			}
		}
	}
	t.Catalogue = r.Answer.Catalogue
}

// Say is the text of a message.
func (p *Page) Say(id string, values ...any) string {
	return p.Run.Words.Say(message.Of(id, values...))
}

// Sentence tells the tally: "5 environments: 1 passes, 4 do not".
func (p *Page) Sentence() string {
	if p.Total == 1 && p.Problems == 0 {
		return p.Say("fleet.alone", p.Passing, p.Waived)
	}
	return p.Say("fleet.sentence", Thousands(p.Total), Thousands(p.Passing), Thousands(p.Failing), Thousands(p.Problems), Thousands(p.Waived))
}
