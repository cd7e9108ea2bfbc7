package fact

// Configuration is a recorded test run of one whole environment. One that passed
// states besides that each of its components was tested; one that failed says nothing
// of its parts.
type Configuration struct {
	ID      string `json:"id"`
	Product string `json:"product"`
	Release string `json:"release"`
	// Build is what ran, where that was not the release itself but a pre-release of
	// it: "7.1.0-m8". Then the run is told, and states nothing about the release.
	Build string `json:"build,omitempty"`
	// Update is the update of the release that ran, where it was not the release as it
	// came out: "4.1.0.90". Then a run that passed is told, and states nothing.
	Update     string   `json:"update,omitempty"`
	Components []Target `json:"components"`
	Result     Result   `json:"result"` // as reported
	// Culprit is what failed in place of the release: "the network of the runner".
	// Then the run is no failure of the environment.
	Culprit  string   `json:"culprit,omitempty"`
	Date     string   `json:"date"` // day of the run, 2026-01-31
	Note     string   `json:"note,omitempty"`
	Citation Citation `json:"citation"`
}

func (c *Configuration) statements(visit func(Statement)) {
	visit(Statement{List: "Configurations", Citation: c.Citation, Scope: Scope{Product: c.Product, Release: c.Release}})
}

// Result is how a recorded test run ended.
type Result string

// The results of a test run.
const (
	Passed Result = "passed"
	Failed Result = "failed"
)

// Counts reports whether the run says something of the environment: it ran the release
// itself as it came out, and nothing else failed in its place.
func (c *Configuration) Counts() bool { return c.Build == "" && c.Update == "" && c.Culprit == "" }

// Fails reports whether the release failed, be it with an update.
func (c *Configuration) Fails() bool { return c.Result == Failed && c.Build == "" && c.Culprit == "" }
