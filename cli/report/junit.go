package report

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"time"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/cli/client"
	"github.com/testedon/testedon/internal/str"
)

// junitReport is a test suite of the file, in the XML that Ant's JUnit task began
// and that build servers read: a case for each environment, failed where it does
// not pass, in error where it could not be asked about.
type junitReport struct {
	run   *Run
	suite junitSuite
}

type junitSuites struct {
	XMLName xml.Name   `xml:"testsuites"`
	Suite   junitSuite `xml:"testsuite"`
}

// junitSuite has what the stricter schemas ask for besides.
type junitSuite struct {
	ID         int         `xml:"id,attr"`
	Name       string      `xml:"name,attr"`
	Package    string      `xml:"package,attr"`
	Timestamp  string      `xml:"timestamp,attr"`
	Hostname   string      `xml:"hostname,attr"`
	Tests      int         `xml:"tests,attr"`
	Failures   int         `xml:"failures,attr"`
	Errors     int         `xml:"errors,attr"`
	Time       string      `xml:"time,attr"`
	Properties struct{}    `xml:"properties"`
	Cases      []junitCase `xml:"testcase"`
	Out        string      `xml:"system-out"`
	Err        string      `xml:"system-err"`
}

type junitCase struct {
	Class   string       `xml:"classname,attr"`
	Name    string       `xml:"name,attr"`
	Time    string       `xml:"time,attr"`
	Failure *junitReason `xml:"failure"`
	Error   *junitReason `xml:"error"`
}

type junitReason struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

func beginJUnit(run *Run) writer {
	return &junitReport{run: run, suite: junitSuite{
		Name: cmp.Or(run.File, "check"), Package: "testedon", Hostname: "localhost", Timestamp: run.Began.UTC().Format("2006-01-02T15:04:05"),
	}}
}

func (j *junitReport) add(r *client.Result) {
	made := junitCase{Class: "testedon.check", Name: cmp.Or(r.Name, place(r)), Time: "0"}
	switch {
	case r.Problem != nil:
		made.Error = &junitReason{r.Problem.Detail, r.Problem.Code, client.Hint(r.Problem)}
	case !r.Answer.Pass:
		made.Failure = &junitReason{r.Answer.Summary, r.Answer.Verdict, failureText(r)}
	}
	j.suite.Cases = append(j.suite.Cases, made)
}

// place is where in a file an environment stands; empty where it is in none.
func place(r *client.Result) string {
	if r.Line == 0 {
		return ""
	}
	return fmt.Sprintf("line %d", r.Line)
}

// failureText tells what was found of each component, and what would pass.
func failureText(r *client.Result) string {
	var t Text
	t.Line("%s: required %s", str.Join(", ", r.Answer.Product+" "+r.Answer.Release, place(r)), r.Answer.Require)
	for _, f := range flaws(r.Answer) {
		t.Line("%s", f.text)
	}
	t.List("What to change", wire.Each(r.Answer.Moves, func(m answers.Move) string { return m.Summary })...)
	return t.Builder.String()
}

func (j *junitReport) end(all *Tally) string {
	s := &j.suite
	s.Tests, s.Failures, s.Errors = all.Total, all.Failing, all.Problems
	s.Time = fmt.Sprintf("%.3f", max(0, j.run.Now().Sub(j.run.Began)).Round(time.Millisecond).Seconds())
	// These types can always be written; what XML has no sign for becomes U+FFFD.
	text, _ := xml.MarshalIndent(junitSuites{Suite: *s}, "", "  ")
	return xml.Header + string(text) + "\n"
}
