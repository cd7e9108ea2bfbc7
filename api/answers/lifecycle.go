package answers

import (
	"slices"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/lifecycle"
)

// Lifecycle is how long the vendor maintains a series of a technology. Of several
// series that a component may mean, it is the one maintained longest.
type Lifecycle struct {
	// State is that on the day of the answer, in UTC: maintained; ending_soon, within six months; ended, past the vendor's end of life; or unknown, where nothing is on record. It has no part in the verdict.
	State string `json:"state" example:"ended" enums:"maintained,ending_soon,ended,unknown"`
	// Text says it in a sentence.
	Text string `json:"text" example:"PostgreSQL 13 passed its vendor's end of life on 2025-11-13."`
	// Cycle is the series as one says it. It and what follows are missing where nothing is on record.
	Cycle string `json:"cycle,omitempty" example:"13"`
	// Version is the series in the technology's notation; in the list of a technology only.
	Version string `json:"version,omitempty" example:"13"`
	// Label is the series as the source prints it, where that says more; in the list of a technology only.
	Label string `json:"label,omitempty" example:"11 24H2 (W)"`
	// Codename is its code name; in the list of a technology only.
	Codename string `json:"codename,omitempty" example:"Noble Numbat"`
	Released string `json:"released,omitempty" example:"2020-09-24" format:"date"`
	// Support is the last day of active support; only faults are mended after it.
	Support string `json:"support,omitempty" example:"2024-09-30" format:"date"`
	// Ends is the last day of maintenance, the vendor's end of life; missing where none is announced, or the day is not known.
	Ends string `json:"ends,omitempty" example:"2025-11-13" format:"date"`
	// Extended is the last day of support that is bought or asked for after the end.
	Extended string `json:"extended,omitempty" example:"2032-04-09" format:"date"`
	// LTS says that the vendor calls it a long-term release; in the list of a technology only.
	LTS bool `json:"lts,omitempty" example:"false"`
	// Latest is the newest version of the series, as the source prints it.
	Latest         string `json:"latest,omitempty" example:"13.23"`
	LatestReleased string `json:"latest_released,omitempty" example:"2025-11-10" format:"date"`
	// Policy is the address at which the vendor tells how long it maintains.
	Policy string    `json:"policy,omitempty" example:"https://www.postgresql.org/support/versioning/"`
	Source *Citation `json:"source,omitempty"`
} // @name Lifecycle

// renderLifecycles writes the series as they stand in answers, unless they are too
// many: but for the state and the sentence, no day changes them.
func (v *View) renderLifecycles() {
	n := len(v.Dataset().Lifecycles)
	if n > maxRendered {
		return
	}
	v.periods = make(map[*lifecycle.Period][]byte, n)
	var text []byte
	for _, t := range v.Technologies("", "") {
		for _, p := range t.Lifecycles() {
			text = appendPeriod(text[:0], p)
			v.periods[p] = slices.Clone(text)
		}
	}
}

// appendLifecycle appends what is known of how long a component is maintained.
func (v *View) appendLifecycle(dst []byte, c *compat.ComponentAnswer) []byte {
	dst = wire.AppendField(dst, `{"state":`, string(c.Lifecycle.State))
	dst = append(dst, `,"text":"`...)
	dst = append(wire.EscapeTail(c.AppendLifecycle(dst), len(dst)), '"')
	if p := c.Lifecycle.Best; p != nil {
		if ready, ok := v.periods[p]; ok {
			dst = append(dst, ready...)
		} else {
			dst = appendPeriod(dst, p)
		}
	}
	return append(dst, '}')
}

// appendPeriod appends what is so of a series on any day.
func appendPeriod(dst []byte, p *lifecycle.Period) []byte {
	dst = wire.AppendField(dst, `,"cycle":`, p.Cycle())
	dst = wire.AppendField(dst, `,"released":`, p.Released)
	dst = wire.AppendOptional(dst, `,"support":`, p.Support)
	dst = wire.AppendOptional(dst, `,"ends":`, p.Ends)
	dst = wire.AppendOptional(dst, `,"extended":`, p.Extended)
	dst = wire.AppendOptional(dst, `,"latest":`, p.Latest)
	dst = wire.AppendOptional(dst, `,"latest_released":`, p.LatestReleased)
	dst = wire.AppendOptional(dst, `,"policy":`, p.Policy)
	return appendCitation(append(dst, `,"source":`...), &p.Citation, p.Source)
}

// Lifecycles lists the series of a technology as they stand on the day of the view.
func (v *View) Lifecycles(t *compat.Technology) []Lifecycle {
	return wire.Each(t.Lifecycles(), v.Period)
}

// Period is a series with all that is known of it.
func (v *View) Period(p *lifecycle.Period) Lifecycle {
	source := Cite(p.Citation, p.Source)
	return Lifecycle{
		State: string(p.State(v.Today)), Text: p.Text(v.Today), Cycle: p.Cycle(), Version: p.VersionText(), Label: p.Label, Codename: p.Codename,
		Released: p.Released, Support: p.Support, Ends: p.Ends, Extended: p.Extended, LTS: p.LTS,
		Latest: p.Latest, LatestReleased: p.LatestReleased, Policy: p.Policy, Source: &source,
	}
}
