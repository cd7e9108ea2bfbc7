package cli

import (
	"encoding/xml"
	"fmt"
	"strings"
	"time"

	"github.com/testedon/testedon/api/answers"
)

// junitReport is a test suite of the file, in the XML that Ant's JUnit task began
// and that build servers read: a case for each environment, failed where it does
// not pass, in error where it could not be asked about.
type junitReport struct {
	of    reportOf
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

func newJUnitReport(of reportOf) reporter {
	return &junitReport{of: of, suite: junitSuite{
		Name: of.file, Package: "testedon", Hostname: "localhost", Timestamp: of.began.UTC().Format("2006-01-02T15:04:05"),
	}}
}

func (j *junitReport) add(r *result) {
	made := junitCase{Class: "testedon.check", Name: fmt.Sprintf("line %d", r.line), Time: "0"}
	if r.name != "" {
		made.Name = r.name
	}
	switch {
	case r.problem != nil:
		made.Error = &junitReason{r.problem.Detail, r.problem.Code, hint(r.problem)}
	case !r.answer.Pass:
		made.Failure = &junitReason{r.answer.Summary, r.answer.Verdict, failureText(r)}
	}
	j.suite.Cases = append(j.suite.Cases, made)
}

// failureText tells what was found of each component, and what would pass.
func failureText(r *result) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s line %d: required %s\n", r.answer.Product+" "+r.answer.Release+",", r.line, r.answer.Require)
	for _, f := range flaws(r.answer) {
		fmt.Fprintln(&b, f.text)
	}
	writeList(&b, "What to change", r.answer.Moves, func(m answers.Move) string { return m.Summary })
	return b.String()
}

func (j *junitReport) end(all *tally) string {
	s := &j.suite
	s.Tests, s.Failures, s.Errors = all.Total, all.Failing, all.Problems
	s.Time = fmt.Sprintf("%.3f", max(0, j.of.now().Sub(j.of.began)).Round(time.Millisecond).Seconds())
	// These types can always be written; what XML has no sign for becomes U+FFFD.
	text, _ := xml.MarshalIndent(junitSuites{Suite: *s}, "", "  ")
	return xml.Header + string(text) + "\n"
}
