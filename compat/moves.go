package compat

// moves looks for the shortest list of changes after which the environment
// passes: each component that does not reach the bar is replaced by the nearest
// listed one that does. There is none where a component has no such neighbour.
func (r *release) moves(a *Answer) []Move {
	move := Move{Verdict: Tested, Changes: a.changes[:0]}
	for i := range a.Components {
		c := &a.Components[i]
		v := c.Verdict
		if v.Worse(a.Require.Worst) || a.Require.Exact && c.Match != MatchExact {
			to := c.target(a.Require)
			if to == nil {
				return nil
			}
			move.Changes = append(move.Changes, c.change(to))
			v = verdictOf(to.Status)
		}
		if v.Worse(move.Verdict) {
			move.Verdict = v
		}
	}
	a.changes = move.Changes
	if len(move.Changes) == 0 {
		return nil // the bar is one that no change of version reaches
	}
	return append(a.Moves, move)
}

// target is the claim to move a component to.
func (c *ComponentAnswer) target(bar Require) *Listing {
	for _, list := range [][]*Listing{c.Listed, c.Nearest} {
		for _, l := range list {
			if !verdictOf(l.Status).Worse(bar.Worst) && l.Status != StatusIncompatible {
				return l
			}
		}
	}
	return nil
}

// change replaces a component by what a claim lists.
func (c *ComponentAnswer) change(to *Listing) Change {
	change := Change{Kind: c.Kind, From: c.Understood(), To: to.Display()}
	change.short = change.To
	if c.tech == to.tech {
		change.short = to.VersionText()
	}
	return change
}

// Summary is the move in words: "PostgreSQL 16 → 17.2".
func (m Move) Summary() string { return string(m.AppendSummary(nil)) }

// AppendSummary appends the summary to dst.
func (m Move) AppendSummary(dst []byte) []byte {
	for i, c := range m.Changes {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		dst = append(append(append(dst, c.From...), " → "...), c.short...)
	}
	return dst
}
