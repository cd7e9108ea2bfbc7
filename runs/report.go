package runs

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// The bounds of what is read.
const (
	MaxFiles = 10_000    // of one run
	MaxFile  = 64 << 20  // bytes of one report
	MaxBytes = 512 << 20 // of all reports of a run
	maxDepth = 64        // of elements in a report
	maxTests = 500_000   // of a report
	maxText  = 300       // bytes of a value that is looked at
)

// Status is how a test or a run ended, in the words of KCIDB. A higher one decides.
type Status int

// The statuses, from the one that says least.
const (
	Skip  Status = iota // it was not to be run
	Done                // it ran, which says nothing of what is tested
	Pass                // what is tested passed
	Miss                // it could not be run: the machine, the network or the harness failed
	Error               // the test is broken, or how it ended is not understood
	Fail                // what is tested failed
)

// String is the word of KCIDB.
func (s Status) String() string {
	return []string{"SKIP", "DONE", "PASS", "MISS", "ERROR", "FAIL"}[s]
}

// test is one test of a report.
type test struct {
	name   string // with the suites and the class that it is of
	status Status
	cause  string // what failed in place of what is tested; one of our own words
	reran  bool   // it says itself that it was run several times
	line   int
}

// setting is a property of the environment, as a report has it.
type setting struct {
	name, value string
	line        int
}

// Report is what one file tells of a run.
type Report struct {
	File     string // as it was named, for messages
	Format   string // "JUnit", "CTRF" or "in-toto"
	URL      string // of the run, where one is told
	tests    []test
	settings [][]setting // of each suite that has some
	days     []fact.Day  // on which suites began or ended
	product  setting     // the application under test: its name and, as value, its version
	sick     int         // the line that says that the environment was not healthy
	digest   [sha256.Size]byte
}

// Other is the error for a file that can be read, and is no report of a known format.
type Other struct{ File, Is string }

func (o *Other) Error() string {
	return fmt.Sprintf("%s is %s, and no report in JUnit, CTRF or in-toto test-result", o.File, o.Is)
}

// Read reads a report: XML is JUnit, JSON is CTRF or in-toto. The error is an [*Other] or an
// [*fact.Error] of code invalid, which names the file and the line.
func Read(file string, data []byte) (*Report, error) {
	r := &Report{File: file}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	start := bytes.TrimLeft(data, " \t\r\n")
	var err error
	switch {
	case len(data) > MaxFile:
		err = r.fault(1, "it is larger than %d MiB", MaxFile>>20)
	case len(start) == 0:
		err = r.fault(1, "it is empty")
	case start[0] == '<':
		err = r.junit(data)
	case start[0] == '{':
		err = r.json(data)
	default:
		err = &Other{file, "neither XML nor a JSON object"}
	}
	if err != nil {
		return nil, err
	}
	return r, nil
}

// fault says what is wrong with a report, and where.
func (r *Report) fault(line int, format string, args ...any) error {
	return invalid("Give the whole report, as it was written.", "%s:%d: %s", r.File, line, fmt.Sprintf(format, args...))
}

// invalid is the error about reports.
func invalid(hint, format string, args ...any) error {
	return fact.Invalid("reports", hint, "%s", str.Visible(strings.ReplaceAll(fmt.Sprintf(format, args...), "\n", " ")))
}

// add adds a test.
func (r *Report) add(t test) error {
	if len(r.tests) == maxTests {
		return r.fault(t.line, "it has more than %d tests", maxTests)
	}
	r.tests = append(r.tests, t)
	return nil
}

// day notes a day, written as 2026-01-31 with or without a time behind it. What cannot be
// the day of a run, as of a clock that was never set, is none.
func (r *Report) day(text string) {
	if day, ok := fact.ParseDay(text[:min(len(text), len("2026-01-31"))]); ok && !slices.Contains(r.days, day) {
		r.days = append(r.days, day)
	}
}

//go:embed infrastructure.txt
var infrastructureText string

// infrastructure are the names of what fails in place of what is tested.
var infrastructure = slices.DeleteFunc(strings.Split(infrastructureText, "\n"), func(line string) bool {
	return line == "" || line[0] == '#'
})

// failed tells a failure of what is tested from one of what it runs on, by the type of the
// exception or the first word of the message, "java.net.ConnectException: Connection refused".
func failed(kind, message string) (Status, string) {
	if kind == "" {
		kind, _, _ = strings.Cut(strings.TrimSpace(message), " ")
	}
	if name := infrastructural(kind); name != "" {
		return Miss, name
	}
	return Fail, ""
}

// infrastructural gives the name in the list that an exception has; empty for none.
func infrastructural(kind string) string {
	kind = strings.TrimRight(kind, ":")
	name := kind[strings.LastIndexAny(kind, ".:$")+1:]
	if slices.Contains(infrastructure, name) {
		return name
	}
	return ""
}

// clip gives the beginning of a text for a message, on one line.
func clip(text string) string {
	const long = 80
	if len(text) > long {
		text = strings.ToValidUTF8(text[:long], "") + "…"
	}
	return text
}
