// Package runs reads the reports of a test run and makes one recorded configuration of them.
//
// [Read] tells JUnit, CTRF and in-toto test results by their content, and refuses what is cut
// short or contradicts itself. [Claim.Record] joins the reports of a run: what they tell of the
// environment is held against what is claimed, and the run gets one status.
//
// Statuses are those of KCIDB, the database of kernel tests: the first of FAIL, ERROR, MISS,
// PASS, DONE, SKIP that any test has is that of the run. What failed for want of a network, a
// disk or a server is a MISS; infrastructure.txt lists that. A run that is ERROR or MISS names a
// culprit, and so counts neither as failed nor as passed; DONE and SKIP are no evidence.
package runs

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// The bounds of what is read.
const (
	MaxFiles = 10_000    // of one run
	MaxFile  = 64 << 20  // bytes of a report
	MaxBytes = 512 << 20 // of all reports of a run
	maxJSON  = 16 << 20  // bytes of a report in JSON
	maxDepth = 64        // of elements
	maxParts = 1_000_000 // elements and their ends
	maxText  = 300       // bytes of a property that are looked at
)

// Status is how a test or a run ended. Of several the highest decides.
type Status int

// The statuses of KCIDB.
const (
	Skip  Status = iota // it was not to be run
	Done                // it ran, which says nothing of what is tested
	Pass                // what is tested passed
	Miss                // it could not be run
	Error               // how it ended is not understood
	Fail                // what is tested failed
)

// String is the word of KCIDB.
func (s Status) String() string { return []string{"SKIP", "DONE", "PASS", "MISS", "ERROR", "FAIL"}[s] }

// test is one test of a report.
type test struct {
	name   string // with its suites and class
	status Status
	cause  string // what failed in place of what is tested, in words of our own
	reran  bool   // the report marks that it was run several times
	line   int
}

// setting is a property, as a report has it.
type setting struct {
	name, value string
	line        int
}

// Report is what one file tells of a run.
type Report struct {
	file, format, url string
	tests             []test
	settings          [][]setting // of each suite that has some
	days              []fact.Day  // on which it began or ended
	product           setting     // the name of the application, and as value its version
	sick              bool        // the environment was not healthy
	digest            [sha256.Size]byte
}

// ErrOther is in the error for a file that is whole and no report.
var ErrOther = errors.New("no report in JUnit, CTRF or in-toto test-result")

// Read reads a report. The error wraps [ErrOther], or is an [*fact.Error] of code invalid that
// names the file and the line.
func Read(file string, data []byte) (*Report, error) {
	r := &Report{file: file}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	start := bytes.TrimSpace(data)
	var err error
	switch {
	case len(start) == 0:
		err = r.fault(1, "it is empty")
	case len(data) > MaxFile || len(data) > maxJSON && start[0] == '{':
		err = r.fault(1, "it is too large")
	case start[0] == '<':
		err = r.junit(data)
	case start[0] == '{':
		err = r.json(data)
	default:
		err = fmt.Errorf("%s is %w", file, ErrOther)
	}
	return r, err
}

// fault says what is wrong with a report, and where.
func (r *Report) fault(line int, format string, args ...any) error {
	return invalid("Give the whole report, as it was written.", "%s:%d: "+format, append([]any{r.file, line}, args...)...)
}

func invalid(hint, format string, args ...any) error {
	return fact.Invalid("reports", hint, "%s", str.Visible(strings.ReplaceAll(fmt.Sprintf(format, args...), "\n", " ")))
}

// clip gives the beginning of a text for a message.
func clip(text string) string { return strings.ToValidUTF8(text[:min(len(text), 80)], "") }

// day notes the day that a text begins with. That of a clock which was never set is none.
func (r *Report) day(text string) {
	if day, ok := fact.ParseDay(text[:min(len(text), len("2026-01-31"))]); ok {
		r.days = append(r.days, day)
	}
}

//go:embed infrastructure.txt
var infrastructure string

// faults are the lines of infrastructure.txt that are messages: each finds itself as the own
// message of an exception, behind paths, calls and names at most, and with more of a sentence
// behind it only where that is another sentence.
var faults = sync.OnceValue(func() map[string]*regexp.Regexp {
	all := map[string]*regexp.Regexp{}
	for line := range strings.Lines(infrastructure) {
		if line = strings.TrimSpace(line); strings.Contains(line, " ") && line[0] != '#' {
			all[line] = regexp.MustCompile(`(?i)^(\S+: |\[Errno \d+\] )*` + strings.ReplaceAll(regexp.QuoteMeta(line), "HOST", `\S+`) + `\s*([:.,;(\n]|$)`)
		}
	}
	return all
})

// raised finds the names of exceptions; checked those of assertions, whose messages are words
// of the test.
var raised, checked = regexp.MustCompile(`(Exception|Error)$`), regexp.MustCompile(`(?i)assert|expect|comparison|fail`)

// failed tells a failure of what is tested from one of what it runs on, by the type of the
// exception, or else the first word of the message: "java.net.ConnectException: refused"; and
// by the message of an exception that is no assertion.
func failed(kind, message string) (Status, string) {
	message = strings.TrimSpace(message)
	if kind == "" {
		kind, message, _ = strings.Cut(message, " ")
	}
	kind = strings.TrimRight(kind, ":")
	name := kind[strings.LastIndexAny(kind, ".:$")+1:]
	if lines := strings.Split(infrastructure, "\n"); name != "" && (slices.Contains(lines, name) || slices.Contains(lines, kind)) {
		return Miss, name
	}
	for _, line := range slices.Sorted(maps.Keys(faults())) {
		if raised.MatchString(name) && !checked.MatchString(kind) && faults()[line].MatchString(message) {
			return Miss, line
		}
	}
	return Fail, ""
}
