package detect

import (
	"fmt"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// reader collects what all texts tell.
type reader struct {
	m            *compat.Matrix
	evidence     []evidence
	products     []Product
	strangers    []*compat.Technology // the heads of the families of what is not known
	unrecognised []string
	doubts       []string // of these, those that may matter
	unnamed      int      // what more there was to name as unrecognised
}

// page is one text on its way through the recognisers.
type page struct {
	*reader
	raw   []string // cleaned, with their indentation
	lines []string // the same, trimmed; those that a document owns are empty
	left  []int    // those that nothing could read
	// blockEnd is the line up to which a block was looked through in vain.
	blockEnd int
}

// documents are the formats that hold a whole file, which are asked before any line is
// read alone. Each reads what it knows and owns its lines.
var documents = []func(*page){outlines}

// own takes lines as part of a document that was read, up to before another: no
// recogniser sees them, and none of them is told as unread.
func (p *page) own(from, to int) {
	for i := from; i < to; i++ {
		p.lines[i] = ""
	}
}

// recognisers are asked in this order at each line. Each gives the number of
// lines it used, 0 where it does not know the format.
var recognisers = []func(*page, int) int{
	jdbcURL,
	javaVersion,
	oracleBanner,
	sqlServerBanner,
	db2Level,
	psqlBanner,
	programVersion,
	slapdBanner,
	serverBanner,
	columnValue,
	versionRow,
	windowsVer,
	uname,
	osLevel,
	dockerfile,
	registry,
	assignments,
	labelled,
	systemName,
	imageLine,
	machineLine,
}

// text reads one text.
func (r *reader) text(text string) {
	clean, fault := clean(text)
	if fault != "" {
		r.name(fault)
	}
	p := &page{reader: r}
	for line := range strings.SplitSeq(clean, "\n") {
		p.raw = append(p.raw, strings.TrimRight(line, " \t"))
		p.lines = append(p.lines, strings.TrimSpace(line))
	}
	first, named := len(r.evidence), len(r.unrecognised)+r.unnamed
	for _, read := range documents {
		read(p)
	}
	for i := 0; i < len(p.lines) && len(r.evidence) < maxEvidence; {
		i += p.line(i)
	}
	p.bareVersion(r.evidence[first:])
	for _, i := range p.left {
		r.name(printable(p.lines[i]))
	}
	if len(r.evidence) == first && len(r.unrecognised)+r.unnamed == named {
		r.name(printable(p.first()))
	}
}

// first gives the first line that is not blank.
func (p *page) first() string {
	for _, line := range p.lines {
		if line != "" {
			return line
		}
	}
	return ""
}

// line reads from one line on and gives the number of lines read.
func (p *page) line(i int) int {
	if p.lines[i] == "" {
		return 1
	}
	for _, recognise := range recognisers {
		if n := recognise(p, i); n > 0 {
			return n
		}
	}
	if !isFurniture(p.lines[i]) {
		p.left = append(p.left, i)
	}
	return 1
}

// at gives a line, empty beyond the last.
func (p *page) at(i int) string {
	if i < len(p.lines) {
		return p.lines[i]
	}
	return ""
}

// name names a text as unrecognised, once.
func (r *reader) name(text string) { r.named(text, text, r.matters(text)) }

// matters reports whether what could not be read may tell of a component.
func (r *reader) matters(text string) bool {
	return r.m.Mentions(text) || r.m.MarkedWithin(fact.InStranger, text) != nil
}

// named names a text as unrecognised, once; of it line is what was printed. Where it
// matters, an answer may not pass over it.
func (r *reader) named(text, line string, matters bool) {
	switch {
	case text == "":
		return
	case matters && len(r.doubts) < maxUnread && !slices.Contains(r.doubts, line):
		r.doubts = append(r.doubts, line)
	}
	switch {
	case slices.Contains(r.unrecognised, text):
	case len(r.unrecognised) < maxUnrecognised:
		r.unrecognised = append(r.unrecognised, text)
	default:
		r.unnamed++
	}
}

// miss names a line as unrecognised, with the reason.
func (r *reader) miss(line, reason string, args ...any) {
	line = printable(line)
	r.named(line+" ("+clip(fmt.Sprintf(reason, args...))+")", line, r.matters(line))
}

// unread names a line as unrecognised that surely tells of a component, and not of
// which.
func (r *reader) unread(line, reason string, args ...any) {
	line = printable(line)
	r.named(line+" ("+clip(fmt.Sprintf(reason, args...))+")", line, true)
}
