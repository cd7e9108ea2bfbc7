package runs

import (
	"bytes"
	"crypto/sha256"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"github.com/testedon/testedon/internal/str"
)

// element is an element of a report, without its text.
type element struct {
	name  string
	attrs map[string]string
	in    []*element
	line  int
}

// parse reads XML, within bounds. No entity but those of XML itself is known.
func (r *Report) parse(data []byte) (*element, error) {
	d, sum := xml.NewDecoder(bytes.NewReader(data)), sha256.New()
	d.CharsetReader = westernReader
	root := &element{}
	for open, n := []*element{root}, 0; ; n++ {
		token, err := d.Token()
		line, _ := d.InputPos()
		top := open[len(open)-1]
		switch of := token.(type) {
		case xml.StartElement:
			e := &element{of.Name.Local, map[string]string{}, nil, line}
			for _, a := range of.Attr {
				e.attrs[a.Name.Local] = a.Value
			}
			fmt.Fprintf(sum, "%q %q\n", e.name, e.attrs)
			top.in, open = append(top.in, e), append(open, e)
		case xml.EndElement:
			fmt.Fprintln(sum)
			open = open[:len(open)-1]
		case xml.CharData:
			if top == root && len(bytes.TrimSpace(of)) > 0 {
				return nil, r.fault(line, "there is text outside of the report")
			}
		}
		switch {
		case errors.Is(err, io.EOF) && len(root.in) == 1:
			r.digest = [sha256.Size]byte(sum.Sum(nil))
			return root.in[0], nil
		case err != nil && strings.Contains(err.Error(), "EOF"):
			return nil, r.fault(line, "it is cut short")
		case err != nil:
			return nil, r.fault(line, "it cannot be read: %v", err)
		case len(root.in) > 1:
			return nil, r.fault(line, "another document follows")
		case len(open) > maxDepth || n > maxParts:
			return nil, r.fault(line, "it has too many elements, or nests them too deep")
		}
	}
}

// westernReader reads a report of an encoding of western Europe, in which old tools write. Tables
// of all encodings there are would be larger than everything else here; who has a report in
// another one is told its name.
func westernReader(label string, in io.Reader) (io.Reader, error) {
	switch strings.ToLower(label) {
	case "us-ascii", "ascii", "iso-8859-1", "latin1", "windows-1252", "cp1252":
		return charmap.Windows1252.NewDecoder().Reader(in), nil
	case "iso-8859-15", "latin9":
		return charmap.ISO8859_15.NewDecoder().Reader(in), nil
	}
	return nil, fmt.Errorf("the encoding %s is not read; write it in UTF-8", clip(label))
}

// junit reads a report in JUnit, whose dialects agree on suites, cases, failures, errors and
// properties alone.
func (r *Report) junit(data []byte) error {
	root, err := r.parse(data)
	if err == nil && !isSuite(root) {
		return fmt.Errorf("%s is XML of the element <%s>, and %w", r.file, clip(root.name), ErrOther)
	}
	if err == nil {
		r.format = "JUnit"
		_, _, err = r.suite(root, "")
	}
	return err
}

func isSuite(e *element) bool { return e.name == "testsuite" || e.name == "testsuites" }

// suite reads a suite and those in it, and holds what it counts against the tests, and the
// failures and errors, that it has. Some count their own tests alone, and a test that has several
// failures once.
func (r *Report) suite(s *element, in string) (tests, faults int, err error) {
	in = str.Join(" > ", in, s.attrs["name"])
	r.day(s.attrs["timestamp"])
	own := 0
	var settings []setting
	for _, e := range s.in {
		switch {
		case isSuite(e):
			nested, failed, err := r.suite(e, in)
			if err != nil {
				return 0, 0, err
			}
			tests, faults = tests+nested, faults+failed
		case e.name == "testcase":
			own, tests, faults = own+1, tests+1, faults+r.testcase(e, in)
		case words[e.name] == Fail:
			faults += r.testcase(&element{attrs: map[string]string{}, in: []*element{e}, line: e.line}, in)
		case e.name == "properties":
			for _, p := range e.in {
				settings = append(settings, setting{p.attrs["name"], p.attrs["value"], p.line})
			}
		}
	}
	r.settings = append(r.settings, settings)
	counted := [3]int{tests}
	for i, name := range []string{"tests", "failures", "errors"} {
		if n, err := strconv.Atoi(strings.TrimSpace(s.attrs[name])); err == nil && n >= 0 {
			counted[i] = n
		} else if s.attrs[name] != "" {
			counted[i] = -len(s.in) - 1
		}
	}
	failed, all := counted[1]+counted[2], s.attrs["failures"] != "" && s.attrs["errors"] != ""
	if counted[0] != own && counted[0] != tests || failed < 0 || failed > faults || all && failed == 0 && faults > 0 {
		return 0, 0, r.fault(s.line, "the suite %q counts %d tests, %d failures and %d errors, and has %d tests, and %d failures and errors",
			clip(s.attrs["name"]), counted[0], counted[1], counted[2], tests, faults)
	}
	return tests, faults, nil
}

// words are the values of the attributes status and result, and the elements of a test, by what
// they say of it; Pass is nothing. Any other is not understood.
var words = map[string]Status{
	"": Pass, "run": Pass, "pass": Pass, "passed": Pass, "success": Pass, "successful": Pass, "succeeded": Pass, "completed": Pass, "executed": Pass,
	"ok": Pass, "system-out": Pass, "system-err": Pass, "properties": Pass, "attachments": Pass, "output": Pass, "traits": Pass, "tags": Pass,
	"fail": Fail, "failed": Fail, "failure": Fail, "error": Fail, "errored": Fail, "broken": Fail,
	"notrun": Skip, "disabled": Skip, "skipped": Skip, "ignored": Skip, "suppressed": Skip, "pending": Skip,
}

const unclear = "a test that ended in a way that is not understood"

// testcase reads a test, and gives the number of its failures and errors. Of all that it says
// of itself the worst counts.
func (r *Report) testcase(of *element, in string) (faults int) {
	t := test{name: str.Join(" > ", in, of.attrs["classname"], of.attrs["name"]), line: of.line, status: -1}
	told := []*element{{name: strings.ToLower(of.attrs["status"])}, {name: strings.ToLower(of.attrs["result"])}}
	for _, e := range append(told, of.in...) {
		status, known := words[e.name]
		cause := ""
		switch {
		case strings.HasPrefix(e.name, "flaky"): // it passed in the end
			t.reran = true
			continue
		case strings.HasPrefix(e.name, "rerun"): // it failed again
			t.reran, status = true, Fail
		case !known:
			status, cause = Error, unclear
		case status == Pass:
			continue
		case status == Fail && e.attrs != nil:
			status, cause = failed(e.attrs["type"], e.attrs["message"])
			faults++
		}
		if status > t.status {
			t.status, t.cause = status, cause
		}
	}
	if t.status < 0 {
		t.status = Pass
	}
	r.tests = append(r.tests, t)
	return faults
}
