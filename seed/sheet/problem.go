package sheet

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/testedon/testedon/internal/order"
)

// Severity tells whether a problem keeps a catalogue from being loaded.
type Severity string

// The severities.
const (
	SeverityError   Severity = "error"   // nothing is loaded
	SeverityWarning Severity = "warning" // loaded, but worth a look
)

// Problem is one fault of a catalogue.
type Problem struct {
	File     string   `json:"file"`             // path in the catalogue, "." for the folder as a whole
	Line     int      `json:"line,omitempty"`   // from 1; 0 where the file as a whole is at fault
	Column   int      `json:"column,omitempty"` // from 1, in characters; 0 where there is no line
	Severity Severity `json:"severity"`
	Message  string   `json:"message"` // what is wrong, and how to mend it
}

// String gives "file:line:column: message", with the word warning before the
// message of one.
func (p Problem) String() string {
	place := p.File
	if p.Line > 0 {
		place = fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
	}
	if p.Severity == SeverityWarning {
		return place + ": warning: " + p.Message
	}
	return place + ": " + p.Message
}

// Problems is an error that lists every fault found, in the order of files and
// lines.
type Problems []Problem

// Error lists the problems, one per line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Sorted brings problems into the order of files and lines, each once: a row
// that is wrong for three versions is one fault.
func (ps Problems) Sorted() Problems {
	order.Stable(ps, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column), strings.Compare(a.Message, b.Message))
	})
	return slices.Compact(ps)
}
