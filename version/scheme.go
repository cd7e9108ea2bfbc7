package version

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/testedon/testedon/message"
)

// maxText is the length in bytes beyond which a text is not read as a version.
const maxText = 200

// Scheme is how one technology writes its versions: a dialect, which is code,
// and the names of its series, which are data. It is immutable.
type Scheme struct {
	name    string
	dialect dialect
	names   map[string]Range // by key
	longest int              // how many bytes the longest key has
	labels  []Label          // those printed in place of numbers
	series  []Range          // those that have a label, or are named without one
	noise   []string         // words beside a version that say nothing about it
	words   map[string]bool  // of its names and beside its versions
	// notation are the words that its versions are written with.
	notation map[string]bool
	called   map[string]bool // the words of the technology's name; see Beside
	plainly  []string        // texts that leave it what it is; see Beside
}

// Label is a name of a range of versions: "noble" of 24.04, "2022" of 16.0.
type Label struct {
	Text    string // as people write it; "" for a series that has no name
	Version string // the range, in numbers of the scheme
	Printed bool   // whether the range is printed as Text
	rng     Range
}

// dialect is what sets one notation apart from another.
type dialect struct {
	// read turns one version, in lower case and without operators, into a range.
	// The error is a message.
	read func(text string) (Range, error)
	// member is the notation of a version that has no number to compare, where
	// there is one, and series what is left of it: "2022 CU15", one of 2022.
	member func() *regexp.Regexp
	series string
	// foreign marks a member as a number of the vendor's own, which is printed as its series
	// lest it be taken for a version of the notation.
	foreign bool
	// check, where there is one, tells why there can be no such version as was asked for.
	check func(r Range) error
	// checkMember does so of a member of a series.
	checkMember func(text string, series Range) error
	// width is the least number of digits of each part, 1 or 2; a bound is
	// printed with at least as many parts.
	width []int
	// interim says that the second number is 0, as it is of Java.
	interim bool
	// caret and tilde are how many numbers the versions share that these signs
	// stand for; 1 and 2 where they are 0.
	caret, tilde int
	// versionless marks a technology that has no versions at all.
	versionless bool
	// intdot says that versions are written as the numbers that are compared, with dots between
	// them: up to the first sign that is neither, every tool reads them alike. See VERS.
	intdot bool
}

// dialects are all notations, by the name of their scheme.
var dialects = map[string]dialect{
	"db2":             {read: readDB2, intdot: true},
	"dotted":          {read: readDotted, intdot: true},
	"graalvm":         {read: readGraal, member: graalMember, series: "$1$2", foreign: true, tilde: 1, interim: true},
	"java":            {read: readJava, check: checkJava, interim: true},
	"linux":           {read: readLinux, intdot: true},
	"macos":           {read: readDotted, intdot: true},
	"mariadb":         {read: readMariaDB},
	"mysql":           {read: readMySQL, intdot: true},
	"none":            {versionless: true},
	"oracle-database": {read: readOracle, member: oracleRDS},
	"sql-server":      {read: readSQLServer, member: sqlServerUpdate, series: " ", checkMember: checkSQLServer},
	"suse":            {read: readSUSE},
	"ubuntu":          {read: readUbuntu, width: []int{1, 2}, intdot: true},
	"windows":         {read: readWindows, width: []int{1, 1}, caret: 2},
	"windows-server":  {read: readWindows, width: []int{1, 1}, caret: 2},
	"zulu":            {read: readZulu, member: zuluNumber, series: "$1", foreign: true, tilde: 1, interim: true},
}

// dotted is the scheme of the normal form.
var dotted = &Scheme{name: "dotted", dialect: dialects["dotted"], noise: noiseOf("dotted")}

// Schemes lists the names of all schemes, sorted.
func Schemes() []string {
	names := make([]string, 0, len(dialects))
	for name := range dialects {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// NewScheme gives the scheme of that name with a technology's own labels. It
// fails on an unknown name, on a label whose version cannot be read, and on two
// labels of one spelling that mean different versions.
func NewScheme(name string, labels ...Label) (*Scheme, error) {
	d, ok := dialects[name]
	if !ok {
		return nil, fmt.Errorf("unknown version scheme %q; the schemes are %s", name, strings.Join(Schemes(), ", "))
	}
	noise := noiseOf(name)
	s := &Scheme{name: name, dialect: d, names: map[string]Range{}, noise: noise, words: wordSet(harmless[name]), notation: wordSet(harmless[name+"/notation"])}
	plain := &Scheme{name: name, dialect: d, noise: noise}
	for _, l := range labels {
		r, err := plain.Parse(l.Version)
		switch {
		case err != nil && l.Text == "":
			return nil, fmt.Errorf("series: %w", err)
		case err != nil:
			return nil, fmt.Errorf("label %q: %w", l.Text, err)
		}
		if err := s.add(l, r); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *Scheme) add(l Label, r Range) error {
	if s.series = append(s.series, r); l.Text == "" {
		return nil
	}
	k := key(l.Text)
	if k == "" {
		return fmt.Errorf("label %q of %s has neither letter nor digit", l.Text, l.Version)
	}
	if other, taken := s.names[k]; taken && !other.Equal(r) {
		return fmt.Errorf("label %q means both %s and %s", l.Text, other, r)
	}
	s.names[k], s.longest = r, max(s.longest, len(k))
	maps.Copy(s.words, wordSet([]string{l.Text}))
	if l.rng = r; l.Printed {
		s.labels = append(s.labels, l)
	}
	return nil
}

// Name is the name of the scheme.
func (s *Scheme) Name() string { return s.name }

// Print writes r in the notation of the scheme, by a label where one means just
// r. Parse reads it back, and ParseAsked a version without a number.
func (s *Scheme) Print(r Range) string {
	var buf [64]byte
	return string(s.AppendPrint(buf[:0], r))
}

// AppendPrint appends what Print gives.
func (s *Scheme) AppendPrint(dst []byte, r Range) []byte {
	if r.member != "" {
		return append(dst, r.member...)
	}
	for _, l := range s.labels {
		if l.rng.Equal(r) {
			return append(dst, l.Text...)
		}
	}
	if name := s.oracleName(r); name != "" {
		return append(dst, name...)
	}
	return r.appendText(dst, s.dialect.width)
}

// key is the spelling of a name without case, blanks and hyphens.
func key(name string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c >= 'A' && c <= 'Z':
			return c + 'a' - 'A'
		case c == ' ' || c == '-' || c == '_':
			return -1
		}
		return c
	}, name)
}

// Error is a text that a scheme cannot read. Nothing is guessed from it.
type Error struct {
	Text   string // as given
	Scheme string
	Reason message.Said // why, for a person: a message of version.properties
}

// error is that of a text; nil where nothing is wrong with it.
func (s *Scheme) error(text string, why error) error {
	if why == nil {
		return nil
	}
	e := &Error{Text: text, Scheme: s.name}
	errors.As(why, &e.Reason)
	return e
}

// Error tells the text, the scheme and the reason, in English.
func (e *Error) Error() string {
	return fmt.Sprintf("cannot read %q as a version (%s notation): %s", e.Text, e.Scheme, e.Reason.Error())
}
