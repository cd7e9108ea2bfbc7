package detect

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// strength says how well a piece of evidence names its technology.
type strength int

const (
	unnamed strength = iota // it names none: a Java version alone
	family                  // it names what its relatives print too: "OpenJDK Runtime Environment", "PostgreSQL 17.2"
	named                   // it names it
)

// evidence is one reading: the technologies it may mean and a version of them.
type evidence struct {
	may      []compat.Component // one of each technology that reads the version
	version  string
	from     string
	text     string
	strength strength
}

// reading is what a recogniser read.
type reading struct {
	from     string
	marked   []*compat.Technology // those that the mark may mean
	version  string               // as printed; empty where none is
	text     string               // the line
	strength strength
}

// stranger records that something of the family of a technology is there, of which no
// more is known.
func (r *reader) stranger(t *compat.Technology, line, reason string, values ...string) {
	r.strangers = append(r.strangers, t.Head())
	r.unread(line, reason, values...)
}

// found records evidence that names a technology.
func (r *reader) found(from string, marked []*compat.Technology, version, text string) {
	r.add(reading{from, marked, version, text, named})
}

// The reasons that several formats give.
const (
	unknown      = "detect.unknown"      // nothing is made of what has the form of a name
	noMachine    = "detect.machine"      // nor of that of a processor
	strangeWord  = "detect.word"         // a word is not understood
	strangeName  = "detect.word.name"    // it stands beside a name, which may be another's with it
	anotherThing = "detect.word.another" // it surely is
)

// full reports whether there is enough evidence, after which no more is looked for.
func (r *reader) full() bool { return len(r.evidence) >= maxEvidence }

// add records a reading as evidence, or names its line as unrecognised.
func (r *reader) add(got reading) {
	if r.full() {
		return
	}
	r.texts = append(r.texts, got.text)
	e := evidence{from: got.from, text: printable(got.text), strength: got.strength}
	reason := ""
	for _, t := range got.marked {
		c, version, err := r.shortest(t, got.version)
		if err != nil {
			reason = t.Misread(err)
			continue
		}
		e.may, e.version = append(e.may, c), version
	}
	if len(e.may) == 0 {
		r.because(got.text, cmp.Or(reason, r.say(unknown)))
		return
	}
	if known := slices.DeleteFunc(slices.Clone(e.may), func(c compat.Component) bool { return !c.Known() }); len(known) > 0 {
		e.may = known
	}
	r.evidence = append(r.evidence, e)
}

// shortest reads a version as printed, and gives it up to where the rest says
// nothing: "17.2" of "17.2-1.pgdg120+1".
func (r *reader) shortest(t *compat.Technology, printed string) (compat.Component, string, error) {
	printed = tidyVersion(printed)
	whole, err := r.m.Name(t, printed)
	if err != nil {
		return whole, "", err
	}
	if word := t.Strange(printed); word != "" && r.m.Marked(fact.InMachine, word) == nil {
		if c := r.m.Resolve(compat.Asked{Kind: t.Kind, Text: t.ID + "@" + printed}); c.Technology == nil || c.Reason != "" {
			return whole, "", errors.New(r.say(strangeWord, strconv.Quote(word)))
		}
	}
	for i := range printed {
		if !strings.ContainsRune(" -+~_", rune(printed[i])) {
			continue
		}
		if c, err := r.m.Name(t, printed[:i]); err == nil && c.Range.Equal(whole.Range) {
			return c, printed[:i], nil
		}
	}
	return whole, printed, nil
}

// tidyVersion drops what stands around a printed version: quotes, and words that
// say that it is one.
func tidyVersion(text string) string {
	text = strings.Trim(text, " \t\"',;")
	for _, word := range []string{"release ", "Release ", "version ", "Version "} {
		text = strings.TrimPrefix(text, word)
	}
	return strings.Trim(text, " \t\"',;")
}

// numberAt gives the word that text begins with where it begins as a version
// does, and the rest.
func numberAt(text string) (number, rest string, ok bool) {
	text = strings.TrimLeft(text, " \t")
	if len(text) > 1 && text[0] == 'v' {
		text = text[1:]
	}
	if text == "" || !str.IsDigit(text[0]) {
		return "", text, false
	}
	end := strings.IndexAny(text, " \t,;()\"'|")
	if end < 0 {
		end = len(text)
	}
	return text[:end], strings.TrimSpace(text[end:]), true
}
