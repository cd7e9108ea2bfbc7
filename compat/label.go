package compat

import (
	"slices"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/lifecycle"
	"github.com/testedon/testedon/version"
)

// label is a version as printed for a technology.
type label struct {
	tech *Technology
	text string
}

// reading is what a label of a technology means. Those of one label are shared.
type reading struct {
	Range   version.Range
	cycle   version.Range   // the widest that holds them; see cycleOf
	reach   []version.Range // by policy of the technology: those above in the cycle that it covers
	printed string          // the versions in the technology's notation
	display string          // with its name before: "PostgreSQL 17.2"

	life *lifecycle.Period // of the series, of those that they are in, that is maintained longest; nil where none is known

	impossible bool // there are no such versions, whatever a page prints; see technology.never

	usual sense // of the claims that have none of their own
}

// read reads the versions of a technology; empty text means all of them.
func (b *builder) read(where string, t *Technology, text string) version.Range {
	return b.reading(where, t, text).Range
}

// reading is read, with what else follows from the label.
func (b *builder) reading(where string, t *Technology, text string) *reading {
	if t.scheme == nil {
		return &reading{} // that the scheme is unknown is reported already
	}
	if r, done := b.ranges[label{t, text}]; done {
		return r
	}
	versions, err := t.ParsePrinted(text)
	b.printing.Lock()
	if err != nil {
		b.fault(where, "%v", err)
	} else if _, err := t.parse(text); err != nil {
		t.asPrinted[fact.Key(text)] = versions
	}
	b.printing.Unlock()
	r := &reading{Range: versions, usual: sense{sure: versions}, cycle: t.cycleOf(versions), life: t.longest(versions), impossible: !t.possible(versions)}
	r.display, r.printed = t.display(versions)
	for _, p := range t.policies {
		r.reach = append(r.reach, p.reach(r))
	}
	b.ranges[label{t, text}] = r
	return r
}

// labels makes a technology found by the code names of its cycles.
func (b *builder) labels(t *Technology) {
	for _, c := range t.Cycles {
		for _, name := range c.Names {
			if k := fact.Key(name); hasLetter(k) && !slices.Contains(b.m.labels[k], t) {
				b.m.labels[k] = append(b.m.labels[k], t)
			}
		}
	}
}

// labelsOf gives the cycles, and the names of them, for the scheme.
func labelsOf(cycles []fact.Cycle) []version.Label {
	var all []version.Label
	for _, c := range cycles {
		all = append(all, version.Label{Text: c.Label, Version: c.Version, Printed: c.Label != ""})
		for _, name := range c.Names {
			all = append(all, version.Label{Text: name, Version: c.Version})
		}
	}
	return all
}

func hasLetter(text string) bool {
	for i := range len(text) {
		if text[i] >= 'a' && text[i] <= 'z' || text[i] >= 0x80 {
			return true
		}
	}
	return false
}
