package doctor

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/detect"
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/message"
)

// Options say what is known of the machine already, and how it is examined.
type Options struct {
	Installed bool           // an installation is looked for
	Product   string         // that is asked about; empty where the installation is to tell
	Release   string         // its release
	Given     []compat.Asked // what is told; its kinds are not looked for
	Without   []string       // kinds that are left out; IDs or aliases
	Database  string         // the URL of a database; empty for none
	Limit     time.Duration  // for each command, and for the database
}

// Fact is one component of the machine's environment.
type Fact struct {
	Kind       string       `json:"kind"`       // a Kind's ID
	From       string       `json:"from"`       // the file, command, variable, server or flag that tells it
	Text       string       `json:"text"`       // the line it was read from
	Technology string       `json:"technology"` // a Technology's ID; empty where what was told cannot be read
	Version    string       `json:"version"`    // empty where none is told
	Asked      compat.Asked `json:"-"`          // how to ask for it
}

// Missing is what was looked for in vain, or could only be read in part.
type Missing struct {
	Kind   string `json:"kind"`   // a Kind's ID
	Reason string `json:"reason"` // for a person
}

// Report is what the examination found, in the order of the catalogue's kinds.
type Report struct {
	// Installation is the one that the examination stands in; nil for none.
	Installation *Installation `json:"installation,omitempty"`
	Facts        []Fact        `json:"facts"`
	Missing      []Missing     `json:"missing"`
	// Unknown are the lines that tell of something that is not known, which the answer
	// may not pass over; Missing says why.
	Unknown []compat.Asked `json:"-"`
	// Product and Release are what is asked about.
	Product, Release string `json:"-"`
}

// Examine finds out what a machine runs. It fails where the options are wrong,
// with an error of the code invalid, and where a database that is named does not
// tell its version, with one of the code unavailable.
func Examine(ctx context.Context, on Machine, m *compat.Matrix, o Options) (*Report, error) {
	e := &examiner{on, m, o, &Report{Facts: []Fact{}, Missing: []Missing{}}}
	if err := e.installation(); err != nil {
		return nil, err
	}
	for _, name := range o.Without {
		if m.Kind(name) == nil {
			return nil, fact.Refuse("without", "doctor.without", strconv.Quote(name))
		}
	}
	for _, a := range o.Given {
		e.given(a)
	}
	for _, p := range probesOf(on) {
		if e.wants(p.kind) {
			e.probe(ctx, p)
		}
	}
	if err := e.database(ctx); err != nil {
		return nil, err
	}
	order.Stable(e.report.Facts, func(a, b Fact) int { return e.order(a.Kind) - e.order(b.Kind) })
	order.Stable(e.report.Missing, func(a, b Missing) int { return e.order(a.Kind) - e.order(b.Kind) })
	return e.report, nil
}

// examiner is one examination.
type examiner struct {
	on     Machine
	m      *compat.Matrix
	o      Options
	report *Report
}

// wants reports whether facts of a kind are looked for.
func (e *examiner) wants(kind string) bool {
	told := func(a compat.Asked) bool { return e.kind(a.Kind) == kind }
	out := func(name string) bool { return e.kind(name) == kind }
	return e.m.Kind(kind) != nil && !slices.ContainsFunc(e.o.Given, told) && !slices.ContainsFunc(e.o.Without, out)
}

// kind is the ID of a kind that is known by any name.
func (e *examiner) kind(name string) string {
	if k := e.m.Kind(name); k != nil {
		return k.ID
	}
	return name
}

func (e *examiner) order(kind string) int {
	if k := e.m.Kind(kind); k != nil {
		return k.Order
	}
	return 0
}

// given takes as a fact what was told.
func (e *examiner) given(a compat.Asked) {
	c := e.m.Resolve(a)
	fact := Fact{Kind: e.kind(a.Kind), From: "--" + a.Kind, Text: a.Text, Asked: a}
	if c.Technology != nil {
		fact.Technology, fact.Version = c.Technology.ID, c.VersionText()
	}
	e.report.Facts = append(e.report.Facts, fact)
}

// told is what a source tells.
type told struct{ from, text string }

// probe looks for facts of one kind.
func (e *examiner) probe(ctx context.Context, p probe) {
	var texts []told
	var absent, faults []string
	for _, s := range p.sources {
		text, err := s.read(ctx, e.on, e.o.Limit)
		switch {
		case isAbsent(err):
			absent = append(absent, e.say("doctor.source", s.from(), err))
		case err != nil:
			faults = append(faults, e.say("doctor.source", s.from(), err))
		default:
			texts = append(texts, told{s.from(), text})
		}
		if err == nil && p.first {
			break
		}
	}
	unknown, found := e.read(p.kind, texts)
	if !found {
		faults = slices.Concat(absent, faults, unknown)
	}
	if len(faults) > 0 {
		e.miss(p.kind, strings.Join(faults, "; "))
	}
}

// say is the text of a message.
func (e *examiner) say(id string, values ...any) string {
	return e.m.Words().Say(message.Of(id, values...))
}

func (e *examiner) miss(kind, reason string) {
	e.report.Missing = append(e.report.Missing, Missing{kind, reason})
}

func (e *examiner) detect(all []told) *detect.Result {
	var texts []string
	for _, t := range all {
		texts = append(texts, t.text)
	}
	return detect.Read(e.m, texts)
}

// read takes the facts of a kind that the texts tell together, and gives what is unrecognised.
func (e *examiner) read(kind string, all []told) (unknown []string, found bool) {
	result := e.detect(all)
	for _, f := range result.Found {
		if f.Kind != kind {
			continue
		}
		found = true
		e.report.Facts = append(e.report.Facts, Fact{
			Kind: f.Kind, From: e.origin(f, all), Text: f.Text, Technology: f.Technology, Version: f.Version, Asked: f.Asked,
		})
	}
	if len(result.Unread) > 0 && (!found || kind == kindDBMS) { // one database does not hide another
		e.unknown(compat.Asked{Kind: kind, Text: result.Unread[0]})
	}
	return result.Unrecognised, found
}

// unknown takes what is there and not known, which an answer may not pass over.
func (e *examiner) unknown(a compat.Asked) {
	if e.m.Resolve(a).Technology != nil { // which, as a line by itself, says less
		a.Text = e.say("doctor.unread", a.Text)
	}
	e.report.Unknown = append(e.report.Unknown, a)
}

// origin names the source of a finding: the one that tells it alone, too.
func (e *examiner) origin(f detect.Found, all []told) string {
	for _, t := range all {
		if slices.Contains(e.detect([]told{t}).Found, f) {
			return t.from
		}
	}
	return f.From
}
