package seed

import (
	"slices"
)

// changePairs takes out the pairs that are withdrawn, then adds those that are
// new. A row that is touched is parted into one for each version.
func (e *editing) changePairs() error {
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

// dropPair takes out a pair wherever it stands.
func (e *editing) dropPair(p *pair) error {
	r, err := e.stated()
	if err != nil {
		return err
	}
	for i, group := range r.Incompatibilities {
		if group.Source != e.Source {
			continue
		}
		for j, row := range group.Rows {
			if rest, held := row.without(p); held {
				return e.exchangeRow(i, j, len(group.Rows), rest)
			}
		}
	}
	return nil
}

// exchangeRow puts rows in the place of one; where none is left, the group may go
// with it.
func (e *editing) exchangeRow(i, j, rows int, rest []incompatibilityRow) error {
	switch {
	case len(rest) > 0:
		return e.exchange(j, linesOf(e.worded(rest)), "incompatibilities", i, "rows")
	case rows == 1:
		return e.remove(i, "incompatibilities")
	}
	return e.remove(j, "incompatibilities", i, "rows")
}

// worded gives rows the words that the page has for them by now.
func (e *editing) worded(rows []incompatibilityRow) []incompatibilityRow {
	all := make([]incompatibilityRow, 0, len(rows))
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

// without gives the rows that say what a row does, but for a pair; false where
// the row does not hold it.
func (row incompatibilityRow) without(p *pair) ([]incompatibilityRow, bool) {
	var rest []incompatibilityRow
	held := false
	for _, one := range row.each() {
		if one.Technology == p.one.technology.ID && same(one.Versions, p.one.version) {
			with := one.With
			one.With = nil
			for _, other := range with {
				left := other.except(p.other)
				held = held || left != other.label()
				if kept, any := other.keep(p.other); any {
					one.With = append(one.With, kept)
				}
			}
		}
		if len(one.With) > 0 {
			rest = append(rest, one)
		}
	}
	return rest, held
}

// each parts a row into one for each version.
func (row incompatibilityRow) each() []incompatibilityRow {
	var all []incompatibilityRow
	for _, version := range row.Versions {
		one := row
		one.Versions = []string{version}
		all = append(all, one)
	}
	if all == nil {
		all = append(all, row)
	}
	return all
}

// same reports whether a list of versions is just this one.
func same(versions []string, version string) bool {
	return len(versions) == 1 && versions[0] == version || len(versions) == 0 && version == ""
}

// keep takes a target out of a side; false where nothing of it is left.
func (n named) keep(out target) (named, bool) {
	if n.Technology != out.technology.ID {
		return n, true
	}
	if len(n.Versions) == 0 {
		return n, out.version != ""
	}
	n.Versions = slices.DeleteFunc(slices.Clone(n.Versions), func(v string) bool { return v == out.version })
	return n, len(n.Versions) > 0
}

// except is the label of what is left.
func (n named) except(out target) string {
	left, any := n.keep(out)
	if !any {
		return ""
	}
	return left.label()
}

// addPair adds a pair: to the row of the same technology and version, else as a row
// under the same heading, else with a group of its own.
func (e *editing) addPair(f *Finding) error {
	r, err := e.stated()
	if err != nil {
		return err
	}
	from := origin{Source: e.Source, Section: clean(f.Section)}
	next := incompatibilityRow{namedOf(f.one), []named{namedOf(f.other)}, quoteOf(f)}
	for i, group := range r.Incompatibilities {
		for j, row := range group.Rows {
			if group.Source == e.Source && row.Technology == next.Technology && slices.Equal(row.Versions, next.Versions) {
				return e.exchange(j, linesOf(e.worded([]incompatibilityRow{row.and(next)})), "incompatibilities", i, "rows")
			}
		}
	}
	for i, group := range r.Incompatibilities {
		if group.origin == from {
			return e.add(next.lines(), false, "incompatibilities", i, "rows")
		}
	}
	return e.append("incompatibilities", [][]string{entry(scalar("source", from.Source, 4), optional("section", from.Section, 4),
		nested("rows", linesOf([]incompatibilityRow{next}), false))}, true)
}

// and adds what another row of the same technology and version says.
func (row incompatibilityRow) and(next incompatibilityRow) incompatibilityRow {
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
func namedOf(t target) named {
	n := named{Technology: t.technology.ID, Printed: clean(t.printed)}
	if t.version != "" {
		n.Versions = []string{clean(t.version)}
	}
	return n
}

func linesOf(rows []incompatibilityRow) [][]string {
	all := make([][]string, len(rows))
	for i, r := range rows {
		all[i] = r.lines()
	}
	return all
}

// lines writes a row as an entry of a list.
func (row incompatibilityRow) lines() []string {
	return entry(row.keys(rowIndent), nested("with", withLines(row.With), false), scalar("quote", row.Quote, rowIndent))
}

func withLines(all []named) [][]string {
	lines := make([][]string, len(all))
	for i, n := range all {
		lines[i] = entry(n.keys(rowIndent + 4))
	}
	return lines
}

// keys writes the keys of one side.
func (n named) keys(indent int) []string {
	return slices.Concat(scalar("technology", n.Technology, indent), scalar("printed", n.Printed, indent), listed("versions", n.Versions))
}
