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
	"github.com/testedon/testedon/internal/str"
)

// Claim is what whoever records a run says of it.
type Claim struct {
	Product    *compat.Product
	Release    *compat.Release
	Build      string         // what ran, where it was a pre-release of that
	Update     string         // or an update of it
	Components []compat.Asked // of the environment
	Culprit    string         // what failed in place of the release; empty where the reports tell
	Date       string         // of the run, 2026-01-31; empty where the reports tell
	URL        string         // of the run; empty where the reports tell
	Owner      string         // who records it
	Today      fact.Day
}

// Record is a run that was joined from its reports.
type Record struct {
	Configuration fact.Configuration
	Source        fact.Source // which the configuration stands on
	Status        Status
	Remarks       []string // sentences on what was taken, and what was passed over
}

// span is for how many days the reports of one run may be apart. A folder that nobody has
// emptied has those of runs before.
const span = 2

// Record joins the reports of one run. The error is an [*fact.Error] of code invalid: the
// reports contradict each other or the claim, or say nothing.
func (c *Claim) Record(m *compat.Matrix, reports []*Report) (*Record, error) {
	if len(reports) == 0 {
		return nil, invalid("Name the reports of a run.", "there is no report")
	}
	reports = distinct(reports)
	of, seen := tally{causes: map[string]int{}}, map[string]place{}
	for _, r := range reports {
		if err := of.add(r, seen); err != nil {
			return nil, err
		}
	}
	day, err := c.day(reports)
	if err != nil {
		return nil, err
	}
	env := &environment{m: m, claim: c}
	if err := env.read(reports); err != nil {
		return nil, err
	}
	result := fact.Failed
	switch {
	case of.status < Pass:
		return nil, invalid("Record a run in which a test passed or failed.", "the run is %s, which is no evidence: %s", of.status, &of)
	case of.status == Pass && c.Culprit != "":
		return nil, invalid("Leave --culprit out.", "the run passed, and yet %q is said to have failed", clip(c.Culprit))
	case of.status == Pass:
		result = fact.Passed
	}
	id := identity(reports, day)
	ran := c.Product.Name + " " + cmp.Or(c.Build, c.Update, c.Release.Version)
	return &Record{
		Status: of.status, Remarks: env.remarks,
		Source: fact.Source{ID: id, Title: "Test run of " + ran + ", recorded by " + c.Owner, URL: c.address(reports),
			Date: day.String(), Cadence: "none", Authority: fact.Unconfirmed},
		Configuration: fact.Configuration{
			ID: id, Product: c.Product.ID, Release: c.Release.Version, Build: c.Build, Update: c.Update,
			Components: env.targets(), Result: result, Culprit: cmp.Or(c.Culprit, of.culprit()), Date: day.String(),
			Note: "Tests: " + of.String() + ". " + env.told(), Citation: fact.Citation{Source: id, Section: reports[0].Format + " report"},
		},
	}, nil
}

// distinct gives each report once, in an order that does not depend on how they are named.
func distinct(reports []*Report) []*Report {
	reports = slices.Clone(reports)
	slices.SortStableFunc(reports, func(a, b *Report) int { return slices.Compare(a.digest[:], b.digest[:]) })
	return slices.CompactFunc(reports, func(a, b *Report) bool { return a.digest == b.digest })
}

// identity names a run by what its reports say.
func identity(reports []*Report, day fact.Day) string {
	sum := sha256.New()
	for _, r := range reports {
		sum.Write(r.digest[:])
	}
	fmt.Fprint(sum, day)
	return fmt.Sprintf("run-%x", sum.Sum(nil)[:10])
}

// place is a test and the report it stands in.
type place struct {
	test
	file string
}

// unhealthy is the culprit of a run whose report says that its environment was not healthy.
const unhealthy = "an environment that was not healthy"

// tally is what the tests of a run come to.
type tally struct {
	status Status
	count  [Fail + 1]int
	causes map[string]int
}

// add counts the tests of a report. One that is run twice, passes once and says nothing of
// being run again contradicts itself.
func (o *tally) add(r *Report, seen map[string]place) error {
	for _, t := range r.tests {
		before, again := seen[t.name]
		if again && !t.reran && !before.reran && t.status != before.status && min(t.status, before.status) == Pass {
			return invalid("Give the reports of one run. Where a test is run again, its report has to say so.", "%s:%d: the test %q is %s here and %s at %s:%d",
				r.File, t.line, clip(t.name), t.status, before.status, before.file, before.line)
		}
		seen[t.name] = place{t, r.File}
		o.count[t.status]++
		if r.sick > 0 && t.status >= Pass {
			t.status, t.cause = Miss, unhealthy
		}
		if o.status = max(o.status, t.status); t.cause != "" {
			o.causes[t.cause]++
		}
	}
	return nil
}

// culprit names what failed in place of what was tested, the most frequent first.
func (o *tally) culprit() string {
	if o.status != Miss && o.status != Error {
		return ""
	}
	const most = 3
	names := slices.SortedFunc(maps.Keys(o.causes), func(a, b string) int { return cmp.Or(o.causes[b]-o.causes[a], strings.Compare(a, b)) })
	return strings.Join(names[:min(len(names), most)], ", ")
}

// String tells the counts.
func (o *tally) String() string {
	all := []string{}
	for i, word := range []string{Pass: "passed", Fail: "failed", Miss: "could not run", Error: "ended otherwise", Done: "gave a warning", Skip: "skipped"} {
		if o.count[i] > 0 {
			all = append(all, fmt.Sprintf("%d %s", o.count[i], word))
		}
	}
	slices.Reverse(all)
	return cmp.Or(strings.Join(all, ", "), "no test")
}

// day gives the day of the run, which is told by the reports, the claim, or both.
func (c *Claim) day(reports []*Report) (fact.Day, error) {
	var first, last fact.Day
	var from, to string
	for _, r := range reports {
		for _, day := range r.days {
			if first == 0 || day < first {
				first, from = day, r.File
			}
			if day > last {
				last, to = day, r.File
			}
		}
	}
	claimed, ok := fact.ParseDay(c.Date)
	switch {
	case c.Date != "" && !ok:
		return 0, invalid("Write it as 2026-01-31.", "the day %q of the run is none", c.Date)
	case last-first > span:
		return 0, invalid("Give the reports of one run; remove those of runs before.", "the reports are of several runs: %s is of %s, and %s of %s", from, first, to, last)
	case claimed > c.Today || last > c.Today+1: // the day of a time zone ahead
		return 0, invalid("Correct the day, or the clock of the machine that ran the tests.", "the run is of %s, which is to come", max(claimed, last))
	case claimed != 0 && last != 0 && (claimed < first-1 || claimed > last+1):
		return 0, invalid("Leave --date out, or give the reports of that day.", "the run is said to be of %s, and %s is of %s", claimed, to, last)
	case claimed != 0:
		return claimed, nil
	case last == 0:
		return 0, invalid("Give the day of the run with --date.", "no report tells the day of the run")
	}
	return last, nil
}

// address gives the address of the run: that which is claimed, or that which all reports tell.
func (c *Claim) address(reports []*Report) string {
	if c.URL != "" {
		return c.URL
	}
	url := reports[0].URL
	for _, r := range reports {
		if r.URL != url {
			return ""
		}
	}
	return str.WebAddress(url)
}
