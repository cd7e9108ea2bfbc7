package fact

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Source is a document that facts are taken from.
type Source struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	URL      string `json:"url,omitempty"`      // of the text that was read
	Page     string `json:"page,omitempty"`     // address at which the vendor publishes it; what stands there may be newer
	Document string `json:"document,omitempty"` // repository and path, or file name
	Branch   string `json:"branch,omitempty"`   // of the repository; empty for its default one
	Revision string `json:"revision,omitempty"` // commit or other name of the text read
	Date     string `json:"date,omitempty"`     // day of that revision, 2026-01-31, where it is known
	Checked  string `json:"checked,omitempty"`  // last day on which the document is known to have said the same; never before Date
	// Cadence is how long the document may be relied on without another look at
	// it: "90 days", or "none" for what changes no more. Empty means
	// [DefaultCadence].
	Cadence string `json:"cadence,omitempty"`
	Undated string `json:"undated,omitempty"` // why no day can be established, where there is no Date
	// SinceUnknown is why it cannot be established since when the document says what it is
	// cited for, where that is so.
	SinceUnknown string    `json:"since_unknown,omitempty"`
	Authority    Authority `json:"authority"`
}

// DefaultCadence is for how many days a document may be relied on without another look
// at it, where its source says nothing of it.
const DefaultCadence = 180

// settled is the cadence of what changes no more.
const settled = "none"

// Last is the last day on which the document is known to have said what was read: that of
// the text, or of the last look at it. It is 0 where neither is known.
func (s *Source) Last() Day {
	date, _ := ParseDay(s.Date)
	checked, _ := ParseDay(s.Checked)
	return max(date, checked)
}

// Stated is the first day on which the document is known to have said what was read; 0 where
// none is.
func (s *Source) Stated() Day { return cmp.Or(dayOf(s.Date), s.Last()) }

// Due is the last day on which the document may be relied on without another look at it;
// 0 for one that changes no more, and where no day is known.
func (s *Source) Due() Day {
	last, days := s.Last(), s.CadenceDays()
	if last == 0 || days <= 0 {
		return 0
	}
	return last.After(0, 0, days)
}

// Address is where the vendor publishes the document, else where the text that was read
// stands.
func (s *Source) Address() string { return cmp.Or(s.Page, s.URL) }

// CadenceDays is for how many days the document may be relied on: 0 for one that changes no
// more, -1 where it is written in no such way.
func (s *Source) CadenceDays() int {
	switch s.Cadence {
	case "":
		return DefaultCadence
	case settled:
		return 0
	}
	days, err := strconv.Atoi(strings.TrimSuffix(s.Cadence, " days"))
	const longest = 3650
	if err != nil || days < 1 || days > longest || !strings.HasSuffix(s.Cadence, " days") {
		return -1
	}
	return days
}

// Citation is the place in a source that a fact stands on.
type Citation struct {
	Source  string `json:"source"`            // a Source's ID
	Section string `json:"section,omitempty"` // the heading it stands under
	Quote   string `json:"quote,omitempty"`   // the words as printed
}

// Authority grades who published a source.
type Authority string

// The authorities, strongest first.
const (
	Official    Authority = "official"    // the vendor's own repository or document
	Site        Authority = "site"        // the vendor's site; nothing to check it against
	Unconfirmed Authority = "unconfirmed" // the same page by content, its place not established
	Fork        Authority = "fork"        // another account's copy; provisional
)

// Rank orders authorities, 0 being the strongest; -1 for an unknown one.
func (a Authority) Rank() int {
	return slices.Index([]Authority{Official, Site, Unconfirmed, Fork}, a)
}
