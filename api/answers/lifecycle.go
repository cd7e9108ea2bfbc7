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
	State string `json:"state" from:"Lifecycle.State" example:"ended" enums:"maintained,ending_soon,ended,unknown"`
	// Text says it in a sentence.
	Text string `json:"text" from:"LifecycleText" example:"PostgreSQL 13 passed its vendor's end of life on 2025-11-13."`
	// Nothing of the series is there where nothing is on record.
	Series `from:"Lifecycle.Best"`
} // @name Lifecycle

// Series is a series of a technology, with what is so of it on any day.
type Series struct {
	// Cycle is the series as one says it. It and what follows are missing where nothing is on record.
	Cycle string `json:"cycle,omitempty" example:"13"`
	// Version is the series in the technology's notation; in the list of a technology only.
	Version string `json:"version,omitempty" from:"-" example:"13"`
	// Label is the series as the source prints it, where that says more; in the list of a technology only.
	Label string `json:"label,omitempty" from:"-" example:"11 24H2 (W)"`
	// Codename is its code name; in the list of a technology only.
	Codename string `json:"codename,omitempty" from:"-" example:"Noble Numbat"`
	Released string `json:"released,omitempty" example:"2020-09-24" format:"date"`
	// Support is the last day of active support; only faults are mended after it.
	Support string `json:"support,omitempty" example:"2024-09-30" format:"date"`
	// Ends is the last day of maintenance, the vendor's end of life; missing where none is announced, or the day is not known.
	Ends string `json:"ends,omitempty" example:"2025-11-13" format:"date"`
	// Extended is the last day of support that is bought or asked for after the end.
	Extended string `json:"extended,omitempty" example:"2032-04-09" format:"date"`
	// LTS says that the vendor calls it a long-term release; in the list of a technology only.
	LTS bool `json:"lts,omitempty" from:"-" example:"false"`
	// Latest is the newest version of the series, as the source prints it.
	Latest         string `json:"latest,omitempty" example:"13.23"`
	LatestReleased string `json:"latest_released,omitempty" example:"2025-11-10" format:"date"`
	// Policy is the address at which the vendor tells how long it maintains.
	Policy string    `json:"policy,omitempty" example:"https://www.postgresql.org/support/versioning/"`
	Source *Citation `json:"source,omitempty" from:"CitedIn(Citation, Source)"`
}

// renderLifecycles writes the series as they stand in answers, unless they are too
// many: but for the state and the sentence, no day changes them.
func (v *View) renderLifecycles() {
	const most = 20_000 // with some 400 bytes each
	n := len(v.Dataset().Lifecycles)
	if n > most {
		return
	}
	v.periods = make(map[*lifecycle.Period][]byte, n)
	var text []byte
	for _, t := range v.Technologies("", "") {
		for _, p := range t.Lifecycles() {
			text = v.AppendSeries(text[:0], p)
			v.periods[p] = slices.Clone(text)
		}
	}
}

// Lifecycles lists the series of a technology as they stand on the day of the view.
func (v *View) Lifecycles(t *compat.Technology) []Lifecycle {
	return wire.Each(t.Lifecycles(), v.Period)
}

// Period is a series with all that is known of it, as it stands on the day of the view.
func (v *View) Period(p *lifecycle.Period) Lifecycle {
	made := Lifecycle{State: string(p.State(v.Today)), Text: p.Text(v.Today), Series: v.SeriesOf(p)}
	made.Version, made.Label, made.Codename, made.LTS = p.VersionText(), p.Label, p.Codename, p.LTS
	return made
}
