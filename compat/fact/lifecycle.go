package fact

// Lifecycle is how long the vendor of a technology maintains one series of it.
// Every day is written as 2026-01-31 and empty where it is not known.
type Lifecycle struct {
	ID         string `json:"id"`         // unique; "postgresql/13"
	Technology string `json:"technology"` // a Technology's ID
	// Version is the series in the technology's scheme, "13"; several may share
	// one, as the editions of Windows do.
	Version  string `json:"version"`
	Label    string `json:"label,omitempty"`    // as the source prints it, where that says more: "11 24H2 (W)"
	Name     string `json:"name,omitempty"`     // as one says it, where neither does: "11 24H2 Home and Pro"
	Codename string `json:"codename,omitempty"` // "Noble Numbat"
	Released string `json:"released"`
	Support  string `json:"support,omitempty"` // last day of active support; only faults are mended after it
	Ends     string `json:"ends,omitempty"`    // last day of maintenance, the vendor's end of life
	// Ended says that maintenance has ended on a day that is not known. Where it
	// is false and Ends empty, no end is announced.
	Ended          bool   `json:"ended,omitempty"`
	Extended       string `json:"extended,omitempty"` // last day of support that is bought or asked for after the end
	LTS            bool   `json:"lts,omitempty"`      // the vendor calls it a long-term release
	Latest         string `json:"latest,omitempty"`   // the newest version of the series, as the source prints it
	LatestReleased string `json:"latest_released,omitempty"`
	URL            string `json:"url,omitempty"` // the technology's own page at the source
	// Policy is the address at which the vendor tells how long it maintains.
	Policy   string   `json:"policy,omitempty"`
	Citation Citation `json:"citation"`
}

// LifecycleState says whether a vendor maintains a version on some day.
type LifecycleState string

// The states. All but the last are in order, best first.
const (
	Maintained LifecycleState = "maintained"
	EndingSoon LifecycleState = "ending_soon" // within the next SoonMonths; the day of the end is still maintained
	Ended      LifecycleState = "ended"       // past the vendor's end of life
	Unknown    LifecycleState = "unknown"     // nothing is on record
)

// LifecycleStates lists every state.
var LifecycleStates = []LifecycleState{Maintained, EndingSoon, Ended, Unknown}
