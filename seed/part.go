package seed

import (
	"slices"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed/sheet"
)

// Part is a folder of the facts of one owner, which add to those of others on a record. It
// has the layout of a catalogue, of which nothing has to be there. A release file that gives
// the product and the version alone, and statements, is about a release on the record, and
// leaves what others say of that as it is.
type Part struct {
	Dataset *fact.Dataset
	places  map[string]sheet.Problem
}

// LoadPart reads the facts that an owner adds to a record, and finds what is wrong with them
// by themselves: [Part.Place] tells where those are that are wrong beside the others. The
// error is of type [sheet.Problems].
func LoadPart(folder Folder, record *fact.Dataset, today fact.Day) (*Part, error) {
	l := newLoader()
	l.record = record
	l.readFolders([]Folder{folder}, nil)
	if len(l.problems) == 0 {
		l.files()
		l.undocumented()
		l.future(today)
	}
	if len(l.problems) > 0 {
		return nil, l.problems.Sorted()
	}
	return &Part{&l.ds, l.places}, nil
}

// Place tells where the facts stand that have been found wrong.
func (p *Part) Place(faults []compat.Problem) sheet.Problems {
	var all sheet.Problems
	for _, fault := range faults {
		all = append(all, locate(p.places, fault))
	}
	return all.Sorted()
}

// adds reports whether a release file is about a release on the record, of which it says
// nothing but statements.
func (l *loader) adds(r *ReleaseFile) bool {
	return len(r.Aliases)+len(r.Profiles)+len(r.Deployments) == 0 && l.record != nil &&
		slices.ContainsFunc(l.record.Releases, func(known fact.Release) bool { return known.Product == r.Product && known.Version == r.Version })
}
