package proposal

import (
	"slices"

	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/seed/sheet"
)

// changePairs takes out the pairs that are withdrawn, then adds those that are
// new. A row that is touched is parted into one for each version.
func (e *releaseEdition) changePairs() error {
	for _, c := range e.Changes {
		if c.pair != nil {
			if err := e.dropPair(c.pair); err != nil {
				return err
			}
		}
	}
	for _, c := range e.Changes {
		if c.pair == nil && c.Kind == kindIncompatibility {
			if err := e.addPair(c.now); err != nil {
				return err
			}
		}
	}
	return nil
}

// dropPair takes out a pair wherever it stands; where nothing of a group is left, the
// group goes with it.
func (e *releaseEdition) dropPair(p *pair) error {
	r, err := e.stated()
	if err != nil {
		return err
	}
	for i, group := range r.Incompatibilities {
		if group.Source != e.Source {
			continue
		}
		for j, row := range group.Rows {
			rest, held := without(row, p)
			switch {
			case !held:
			case len(rest) > 0:
				return sheet.Exchange(e.Sheet, j, e.worded(rest), "incompatibilities", i, "rows")
			case len(group.Rows) == 1:
				return e.Remove(i, "incompatibilities")
			default:
				return e.Remove(j, "incompatibilities", i, "rows")
			}
		}
	}
	return nil
}

// worded gives rows the words that the page has for them by now.
func (e *releaseEdition) worded(rows []seed.IncompatibilityRow) []seed.IncompatibilityRow {
	all := make([]seed.IncompatibilityRow, 0, len(rows))
	for _, row := range rows {
		for k := range e.Found {
			f := &e.Found[k]
			if f.Kind == kindIncompatibility && f.Technology == row.Technology && same(row.Versions, clean(f.one.version)) {
				row.Quote = quoteOf(f)
				break
			}
		}
		all = append(all, row)
	}
	return all
}

// without gives the rows that say what a row does, one for each version, but for a pair;
// false where the row does not hold it.
func without(row seed.IncompatibilityRow, p *pair) ([]seed.IncompatibilityRow, bool) {
	var rest []seed.IncompatibilityRow
	held := false
	for k := range max(1, len(row.Versions)) {
		one := row
		if len(row.Versions) > 0 {
			one.Versions = row.Versions[k : k+1]
		}
		if one.Technology == p.one.technology.ID && same(one.Versions, p.one.version) {
			one.With = nil
			for _, other := range row.With {
				left, any := keep(other, p.other)
				held = held || !any || len(left.Versions) < len(other.Versions)
				if any {
					one.With = append(one.With, left)
				}
			}
		}
		if len(one.With) > 0 {
			rest = append(rest, one)
		}
	}
	return rest, held
}

// same reports whether a list of versions is just this one.
func same(versions []string, version string) bool {
	return len(versions) == 1 && versions[0] == version || len(versions) == 0 && version == ""
}

// keep takes a target out of a side; false where nothing of it is left.
func keep(n seed.Named, out target) (seed.Named, bool) {
	if n.Technology != out.technology.ID {
		return n, true
	}
	if len(n.Versions) == 0 {
		return n, out.version != ""
	}
	n.Versions = slices.DeleteFunc(slices.Clone(n.Versions), func(v string) bool { return v == out.version })
	return n, len(n.Versions) > 0
}

// addPair adds a pair: to the row of the same technology and version, else as a row
// under the same heading, else with a group of its own.
func (e *releaseEdition) addPair(f *Finding) error {
	r, err := e.stated()
	if err != nil {
		return err
	}
	from := seed.Origin{Source: e.Source, Section: clean(f.Section)}
	next := seed.IncompatibilityRow{Named: namedOf(f.one), With: []seed.Named{namedOf(f.other)}, Quote: quoteOf(f)}
	for i, group := range r.Incompatibilities {
		for j, row := range group.Rows {
			if group.Source == e.Source && row.Technology == next.Technology && slices.Equal(row.Versions, next.Versions) {
				return sheet.Exchange(e.Sheet, j, e.worded([]seed.IncompatibilityRow{joinedPair(row, next)}), "incompatibilities", i, "rows")
			}
		}
	}
	for i, group := range r.Incompatibilities {
		if group.Origin == from {
			return e.Add(next, "incompatibilities", i, "rows")
		}
	}
	return sheet.Append(e.Sheet, "incompatibilities", true, seed.IncompatibilityGroup{Origin: from, Rows: []seed.IncompatibilityRow{next}})
}

// joinedPair adds to a row what another of the same technology and version says.
func joinedPair(row, next seed.IncompatibilityRow) seed.IncompatibilityRow {
	other := next.With[0]
	for i, with := range row.With {
		if with.Technology == other.Technology && len(with.Versions) > 0 && len(other.Versions) > 0 {
			row.With = slices.Clone(row.With)
			row.With[i].Versions = append(slices.Clone(with.Versions), other.Versions...)
			return row
		}
	}
	row.With = append(slices.Clone(row.With), other)
	return row
}

// namedOf is a target as it is written.
func namedOf(t target) seed.Named {
	n := seed.Named{Technology: t.technology.ID, Printed: clean(t.printed)}
	if t.version != "" {
		n.Versions = []string{clean(t.version)}
	}
	return n
}
