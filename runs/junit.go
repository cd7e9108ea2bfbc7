package runs

import (
	"bytes"
	"crypto/sha256"
	"encoding/xml"
	"errors"
	"fmt"
	"hash"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/internal/str"
)

// counts are what there is of a suite.
type counts struct {
	tests, skipped int
	bad            int // tests that failed or ended with an error
	faults         int // the failures and errors, of which a test may have several
}

func (c *counts) add(o counts) {
	c.tests, c.skipped, c.bad, c.faults = c.tests+o.tests, c.skipped+o.skipped, c.bad+o.bad, c.faults+o.faults
}

// suite is a suite that is being read.
type suite struct {
	xml.StartElement
	line       int
	own, total counts // of its own tests, and with those of the suites in it
	settings   []setting
}

// junit reads the dialects of JUnit, which differ in everything but suites, cases, failures,
// errors and properties.
type junit struct {
	*Report
	d      *xml.Decoder
	sum    hash.Hash
	path   []string // the elements that are open
	suites []*suite
	test   *test // that is open
	told   bool  // its status is told by an element
	has    counts
}

// junit reads a report in JUnit.
func (r *Report) junit(data []byte) error {
	r.Format = "JUnit"
	j := &junit{Report: r, d: xml.NewDecoder(bytes.NewReader(data)), sum: sha256.New()}
	j.d.CharsetReader = latin1
	for {
		token, err := j.d.Token()
		line, _ := j.d.InputPos()
		switch of := token.(type) {
		case xml.StartElement:
			err = j.start(of, line)
		case xml.EndElement:
			err = j.end(line)
		case xml.CharData:
			if len(j.path) == 0 && len(bytes.TrimSpace(of)) > 0 {
				err = r.fault(line, "there is text outside of the report")
			}
		}
		var syntax *xml.SyntaxError
		switch {
		case errors.Is(err, io.EOF) && j.suites == nil:
			return r.fault(line, "it is cut short")
		case errors.Is(err, io.EOF):
			r.digest = [sha256.Size]byte(j.sum.Sum(nil))
			return nil
		case errors.As(err, &syntax) && strings.Contains(syntax.Msg, "unexpected EOF"):
			return r.fault(syntax.Line, "it is cut short")
		case errors.As(err, &syntax):
			return r.fault(syntax.Line, "it is no XML: %s", syntax.Msg)
		case err != nil && token == nil:
			return r.fault(line, "it cannot be read: %v", err)
		case err != nil:
			return err
		}
	}
}

// latin1 reads texts in ISO 8859-1.
func latin1(charset string, in io.Reader) (io.Reader, error) {
	if !slices.Contains([]string{"iso-8859-1", "latin1", "us-ascii"}, strings.ToLower(charset)) {
		return nil, fmt.Errorf("its encoding %q is not known", charset)
	}
	raw, err := io.ReadAll(in)
	runes := make([]rune, len(raw))
	for i, b := range raw {
		runes[i] = rune(b)
	}
	return strings.NewReader(string(runes)), err
}

// attribute gives an attribute of an element.
func attribute(of xml.StartElement, names ...string) string {
	for _, a := range of.Attr {
		if slices.Contains(names, a.Name.Local) {
			return a.Value
		}
	}
	return ""
}

// start reads the beginning of an element.
func (j *junit) start(of xml.StartElement, line int) error {
	name, in := of.Name.Local, ""
	if len(j.path) > 0 {
		in = j.path[len(j.path)-1]
	}
	if j.path = append(j.path, name); len(j.path) > maxDepth {
		return j.fault(line, "elements are nested more than %d deep", maxDepth)
	}
	slices.SortFunc(of.Attr, func(a, b xml.Attr) int { return strings.Compare(a.Name.Local, b.Name.Local) })
	fmt.Fprintf(j.sum, "%q %q\n", in, of)
	isSuite := name == "testsuite" || name == "testsuites"
	switch {
	case in == "" && !isSuite:
		return &Other{j.File, "XML of the element <" + clip(name) + ">"}
	case isSuite && j.test == nil:
		j.suites = append(j.suites, &suite{StartElement: of, line: line})
		j.day(attribute(of, "timestamp"))
	case name == "testcase" && strings.HasPrefix(in, "testsuite"):
		j.test, j.told, j.has = &test{name: j.name(of), line: line}, false, counts{tests: 1}
		j.attributes(of)
	case in == "testcase":
		j.outcome(of)
	case name == "property" && j.test == nil:
		s := j.suites[len(j.suites)-1]
		s.settings = append(s.settings, setting{attribute(of, "name"), attribute(of, "value"), line})
	case isFailure(name) && strings.HasPrefix(in, "testsuite"):
		j.suites[len(j.suites)-1].total.add(counts{faults: 1})
		status, cause := failed(attribute(of, "type"), attribute(of, "message"))
		return j.add(test{name: j.name(of), status: status, cause: cause, line: line})
	}
	return nil
}

func isFailure(name string) bool { return name == "failure" || name == "error" }

// name gives the whole name of a test.
func (j *junit) name(of xml.StartElement) string {
	var all []string
	for _, s := range j.suites {
		all = append(all, attribute(s.StartElement, "name"))
	}
	return str.Join(" > ", append(all, attribute(of, "classname"), attribute(of, "name"))...)
}

// words of the attributes status and result; any other is not understood.
var (
	passing   = []string{"run", "pass", "passed", "success", "successful", "succeeded", "completed", "executed", "ok"}
	failing   = []string{"fail", "failed", "failure", "error", "errored", "broken"}
	omitting  = []string{"notrun", "disabled", "skipped", "ignored", "suppressed", "pending"}
	harmless  = []string{"system-out", "system-err", "properties", "attachments", "output", "traits", "tags"}
	rerunning = []string{"flakyFailure", "flakyError", "rerunFailure", "rerunError"}
)

// attributes reads what a test says of itself beside its elements.
func (j *junit) attributes(of xml.StartElement) {
	for _, a := range of.Attr {
		word := strings.ToLower(a.Value)
		switch {
		case a.Name.Local != "status" && a.Name.Local != "result" || word == "" || slices.Contains(passing, word):
		case slices.Contains(failing, word):
			j.tell(Fail, "")
		case slices.Contains(omitting, word):
			j.tell(Skip, "")
		default:
			j.tell(Error, "a test that ended in a way that is not understood")
		}
	}
}

// tell gives the test a status, unless it has one that decides.
func (j *junit) tell(status Status, cause string) {
	if !j.told || status > j.test.status {
		j.test.status, j.test.cause = status, cause
	}
	j.told = true
}

// outcome reads an element of a test.
func (j *junit) outcome(of xml.StartElement) {
	switch name := of.Name.Local; {
	case isFailure(name):
		j.tell(failed(attribute(of, "type"), attribute(of, "message")))
		j.has.bad, j.has.faults = 1, j.has.faults+1
	case name == "skipped":
		j.tell(Skip, "")
		j.has.skipped = 1
	case slices.Contains(rerunning, name):
		j.test.reran = true
	case !slices.Contains(harmless, name):
		j.tell(Error, "a test that ended in a way that is not understood")
	}
}

// end reads the end of an element.
func (j *junit) end(line int) error {
	name := j.path[len(j.path)-1]
	j.path = j.path[:len(j.path)-1]
	switch {
	case name == "testcase" && j.test != nil && strings.HasPrefix(j.path[len(j.path)-1], "testsuite"):
		if !j.told {
			j.test.status = Pass
		}
		s := j.suites[len(j.suites)-1]
		s.own.add(j.has)
		s.total.add(j.has)
		one := *j.test
		j.test = nil
		return j.add(one)
	case (name == "testsuite" || name == "testsuites") && j.test == nil:
		return j.close(line)
	}
	return nil
}

// close ends a suite and holds what it counts against what it has.
func (j *junit) close(line int) error {
	last := len(j.suites) - 1
	s := j.suites[last]
	if err := s.check(); err != "" {
		return j.fault(s.line, "the suite %q %s", clip(attribute(s.StartElement, "name")), err)
	}
	if len(s.settings) > 0 {
		j.settings = append(j.settings, s.settings)
	}
	if last == 0 {
		return j.trailing(line)
	}
	j.suites = j.suites[:last]
	j.suites[last-1].total.add(s.total)
	return nil
}

// check holds what a suite counts against what it has, and says where they differ. Some count
// their own tests alone, and some a test once that has several failures.
func (s *suite) check() string {
	count := func(names ...string) (n int, told bool, fault string) {
		text := strings.TrimSpace(attribute(s.StartElement, names...))
		n, err := strconv.Atoi(text)
		if err != nil && text != "" {
			fault = fmt.Sprintf("counts %q %s", clip(text), names[0])
		}
		return n, text != "", fault
	}
	tests, isTests, err1 := count("tests")
	skipped, isSkipped, err2 := count("skipped", "skips")
	failures, isFailures, err3 := count("failures")
	errored, isErrors, err4 := count("errors")
	faults := failures + errored
	switch err := err1 + err2 + err3 + err4; {
	case err != "":
		return err
	case isTests && tests != s.own.tests && tests != s.total.tests:
		return fmt.Sprintf("counts %d tests and has %d", tests, s.total.tests)
	case isSkipped && skipped != s.own.skipped && skipped != s.total.skipped:
		return fmt.Sprintf("counts %d tests as skipped and has %d", skipped, s.total.skipped)
	case faults > s.total.faults || isFailures && isErrors && faults < s.own.bad:
		return fmt.Sprintf("counts %d failures and errors and has %d", faults, s.total.faults)
	}
	return ""
}

// trailing refuses what follows the report.
func (j *junit) trailing(line int) error {
	for {
		switch token, err := j.d.Token(); of := token.(type) {
		case nil:
			return err // io.EOF, or what is wrong
		case xml.StartElement:
			return j.fault(line, "another document follows the report")
		case xml.CharData:
			if len(bytes.TrimSpace(of)) > 0 {
				return j.fault(line, "text follows the report")
			}
		}
	}
}
