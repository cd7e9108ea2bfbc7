package runs

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/internal/str"
)

// Claim is what whoever records a run says of it.
type Claim struct {
	Product       *compat.Product
	Release       *compat.Release
	Build, Update string         // what ran, where it was a pre-release or an update of that
	Components    []compat.Asked // of the environment
	Culprit       string         // what failed in place of the release
	Date, URL     string         // of the run; empty where the reports tell
	Owner         string         // who records it
	Today         fact.Day
}

// Record is a run that was joined from its reports.
type Record struct {
	Configuration fact.Configuration
	Source        fact.Source // which that stands on
	Status        Status
	Remarks       []string // sentences on what was passed over
}

// Record joins the reports of one run. It is named by what they say, so that the same reports
// give the same record in any order and layout. The error is an [*fact.Error] of code invalid:
// the reports contradict each other or the claim, or say nothing.
func (c *Claim) Record(m *compat.Matrix, reports []*Report) (*Record, error) {
	if len(reports) == 0 {
		return nil, invalid("Name the reports of a run.", "there is no report")
	}
	reports = slices.Clone(reports)
	order.Stable(reports, func(a, b *Report) int { return slices.Compare(a.digest[:], b.digest[:]) })
	reports = slices.CompactFunc(reports, func(a, b *Report) bool { return a.digest == b.digest })
	of, err := count(reports)
	if err != nil {
		return nil, err
	}
	day, err := c.day(reports)
	if err != nil {
		return nil, err
	}
	env := &environment{m: m, claim: c, done: map[string]bool{}, kernels: map[string]string{}}
	if err := env.read(reports); err != nil {
		return nil, err
	}
	switch {
	case of.status < Pass:
		return nil, invalid("Record a run in which a test passed or failed.", "the run is %s, which is no evidence: %s", of.status, of)
	case of.status == Pass && c.Culprit != "":
		return nil, invalid("Leave --culprit out.", "the run passed, and yet %q is said to have failed", clip(c.Culprit))
	}
	sum, url, dated := sha256.New(), str.WebAddress(reports[0].url), day
	for _, r := range reports {
		sum.Write(r.digest[:])
		if r.url != reports[0].url {
			url = ""
		}
		if len(r.days) > 0 { // then the reports of another day differ by themselves
			dated = 0
		}
	}
	fmt.Fprint(sum, dated)
	id := fmt.Sprintf("run-%x", sum.Sum(nil)[:10])
	ran := fact.Configuration{ID: id, Product: c.Product.ID, Release: c.Release.Version, Build: c.Build, Update: c.Update, Result: fact.Failed,
		Culprit: cmp.Or(c.Culprit, of.culprit), Date: day.String(), Note: "Tests: " + of.String() + ". " + env.told(),
		Citation: fact.Citation{Source: id, Section: reports[0].format + " report"}}
	if of.status == Pass {
		ran.Result = fact.Passed
	}
	for i := range env.parts {
		ran.Components = append(ran.Components, fact.Target{Technology: env.parts[i].Technology.ID, Version: env.parts[i].VersionText()})
	}
	return &Record{ran, fact.Source{ID: id, Title: "Test run of " + c.Product.Name + " " + cmp.Or(c.Build, c.Update, c.Release.Version) + ", recorded by " + c.Owner,
		URL: cmp.Or(c.URL, url), Date: day.String(), Cadence: "none", Authority: fact.Unconfirmed}, of.status, env.remarks}, nil
}

// tally is what the tests of a run come to.
type tally struct {
	status  Status
	count   [Fail + 1]int
	culprit string // what failed in place of what was tested, where that decides
}

// count counts the tests of a run. One that is run twice, passes once and does not mark that
// it was run again contradicts itself.
func count(reports []*Report) (*tally, error) {
	of, causes, files, seen := &tally{}, map[string]int{}, map[string]string{}, map[string]test{}
	for _, r := range reports {
		for _, t := range r.tests {
			before, again := seen[t.name]
			if again && !t.reran && !before.reran && t.status != before.status && min(t.status, before.status) == Pass {
				return nil, invalid("Give the reports of one run. Where a test is run again, its report has to say so.", "%s:%d: the test %q is %s here and %s at %s:%d",
					r.file, t.line, clip(t.name), t.status, before.status, files[t.name], before.line)
			}
			seen[t.name], files[t.name] = t, r.file
			of.count[t.status]++
			if r.sick && t.status >= Pass {
				t.status, t.cause = Miss, "an environment that was not healthy"
			}
			if of.status = max(of.status, t.status); t.cause != "" {
				causes[t.cause]++
			}
		}
	}
	if of.status == Miss || of.status == Error {
		names := slices.SortedFunc(maps.Keys(causes), func(a, b string) int { return cmp.Or(causes[b]-causes[a], strings.Compare(a, b)) })
		of.culprit = strings.Join(names[:min(len(names), 3)], ", ")
	}
	return of, nil
}

// String tells the counts: "1 FAIL, 20 PASS".
func (o *tally) String() string {
	var all []string
	for status := Fail; status >= Skip; status-- {
		if n := o.count[status]; n > 0 {
			all = append(all, fmt.Sprintf("%d %s", n, status))
		}
	}
	return cmp.Or(strings.Join(all, ", "), "no test")
}

// day gives the day of the run, which is told by the reports, the claim, or both. A folder
// that nobody has emptied has the reports of other runs.
func (c *Claim) day(reports []*Report) (fact.Day, error) {
	var first, last fact.Day
	for _, r := range reports {
		for _, day := range r.days {
			first, last = min(cmp.Or(first, day), day), max(last, day)
		}
	}
	claimed, ok := fact.ParseDay(c.Date)
	const apart = 2
	switch {
	case c.Date != "" && !ok:
		return 0, invalid("Write it as 2026-01-31.", "the day %q of the run is none", clip(c.Date))
	case last-first > apart:
		return 0, invalid("Give the reports of one run; remove those of runs before.", "the reports are of several runs, of %s and of %s", first, last)
	case claimed > c.Today || last > c.Today+1: // which has begun in a time zone ahead
		return 0, invalid("Correct the day, or the clock of the machine that ran the tests.", "the run is of %s, which is to come", max(claimed, last))
	case claimed != 0 && last != 0 && (claimed < first-1 || claimed > last+1):
		return 0, invalid("Leave --date out, or give the reports of that day.", "the run is said to be of %s, and its reports are of %s", claimed, last)
	case claimed == 0 && last == 0:
		return 0, invalid("Give the day of the run with --date.", "no report tells the day of the run")
	}
	return cmp.Or(claimed, last), nil
}
