package client

import "net/url"

// Question asks about an environment. Every field may be empty, but for product and release.
type Question struct {
	Product string `json:"product,omitempty"` // id, name or alias
	Release string `json:"release,omitempty"` // version or alias
	// Environment has texts by the kind of component, such as "os": {"RHEL 9"}. /v1/kinds lists
	// the kinds; another product is "other-product".
	Environment map[string][]string `json:"environment,omitempty"`
	Texts       []string            `json:"texts,omitempty"`   // what machines printed, added to the environment
	Require     string              `json:"require,omitempty"` // what passes: "tested", "compatible" …
	Cores       string              `json:"cores,omitempty"`   // "2"
	Memory      string              `json:"memory,omitempty"`  // "4GB"
	Disk        string              `json:"disk,omitempty"`    // "20 GB"
	Deployment  string              `json:"deployment,omitempty"`
}

// query is the question as the parameters of an address.
func (q Question) query() string {
	query := url.Values{}
	for name, value := range map[string]string{"product": q.Product, "release": q.Release, "require": q.Require, "cores": q.Cores, "memory": q.Memory, "disk": q.Disk, "deployment": q.Deployment} {
		if value != "" {
			query.Set(name, value)
		}
	}
	for kind, texts := range q.Environment {
		query[kind] = append(query[kind], texts...)
	}
	return query.Encode()
}

// Verdict grades an environment or a component. A server may know others than these.
type Verdict string

// The verdicts, from best to worst.
const (
	Tested       Verdict = "tested"
	Compatible   Verdict = "compatible"
	Conditional  Verdict = "conditional"
	NotListed    Verdict = "not_listed" // no statement covers it, which does not mean that it does not work
	Unresolved   Verdict = "unresolved" // it could not be read; Candidates may have been meant
	Incompatible Verdict = "incompatible"
)

// Catalogue says which facts an answer is from.
type Catalogue struct {
	Revision int64  `json:"revision"`
	Digest   string `json:"digest"` // "sha256:…"
}

// Answer is the answer to a question.
type Answer struct {
	Verdict     Verdict     `json:"verdict"` // the worst of the components
	Pass        bool        `json:"pass"`    // whether it reaches what was required
	Require     string      `json:"require"`
	Summary     string      `json:"summary"` // a sentence or two for people
	Product     string      `json:"product"`
	ProductName string      `json:"product_name"`
	Release     string      `json:"release"`
	Components  []Component `json:"components"`
	Unchecked   []string    `json:"unchecked"` // kinds that the release lists and the question leaves out
	Unread      []string    `json:"unread"`    // what was not understood; with any, the answer does not pass
	Moves       []Move      `json:"moves"`     // to an environment that passes, the best first
	Catalogue   Catalogue   `json:"catalogue"`
}

// Component is the answer for one component.
type Component struct {
	Kind       string    `json:"kind"`
	Asked      string    `json:"asked"`
	Technology string    `json:"technology"` // its id; empty where it could not be read
	Name       string    `json:"name"`
	Version    string    `json:"version"`
	Verdict    Verdict   `json:"verdict"`
	Match      string    `json:"match"` // how the versions relate to those listed: "exact", "series" …
	Why        string    `json:"why"`
	Listed     []Listing `json:"listed"` // the statements that cover it
	Candidates []string  `json:"candidates"`
}

// Listing is a statement.
type Listing struct {
	ID         string   `json:"id"`
	Label      string   `json:"label"` // as printed
	Technology string   `json:"technology"`
	Version    string   `json:"version"`
	Status     string   `json:"status"` // "tested", "supported" …
	Source     Citation `json:"source"`
}

// Citation is where something is stated.
type Citation struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Section string `json:"section"`
	Quote   string `json:"quote"`
	URL     string `json:"url"`
}

// Move is a change that leads to an environment that passes.
type Move struct {
	Summary string  `json:"summary"`
	Verdict Verdict `json:"verdict"` // after it
}

// Result is an answer, or why there is none.
type Result struct {
	Answer  *Answer  // nil where there is a problem
	Problem *Problem // nil where there is an answer
}

// Asked is the answer to a question in plain words.
type Asked struct {
	Type      string    `json:"type"` // what was asked: "check", "find" …; "ambiguous" or "unknown" where that is not clear
	Summary   string    `json:"summary"`
	Answer    *Answer   `json:"answer"` // of a check
	Catalogue Catalogue `json:"catalogue"`
}

// Findings are the releases that an environment is tested for.
type Findings struct {
	Summary   string    `json:"summary"`
	Passing   int       `json:"passing"`
	Total     int       `json:"total"`
	Items     []Found   `json:"items"` // the best first
	Catalogue Catalogue `json:"catalogue"`
}

// Found is what an environment is to one release.
type Found struct {
	Product    string      `json:"product"`
	Name       string      `json:"name"`
	Release    string      `json:"release"`
	Verdict    Verdict     `json:"verdict"`
	Pass       bool        `json:"pass"`
	Summary    string      `json:"summary"`
	Components []Component `json:"components"`
}

// Comparison is what changes from one release to another.
type Comparison struct {
	Product   string      `json:"product"`
	From      string      `json:"from"`
	To        string      `json:"to"`
	Summary   string      `json:"summary"`
	Before    *Answer     `json:"before"` // nil where no environment was asked about
	After     *Answer     `json:"after"`
	Breaks    []Component `json:"breaks"` // what passed and no longer does
	Catalogue Catalogue   `json:"catalogue"`
}

// Detected is what machines told of an environment.
type Detected struct {
	// Environment is what was recognised, by the kind of component.
	Environment map[string][]struct {
		Technology string `json:"technology"`
		Version    string `json:"version"`
		Text       string `json:"text"`  // where it stands
		Asked      string `json:"asked"` // as a component is asked for
	} `json:"environment"`
	Unrecognised []string  `json:"unrecognised"`
	Catalogue    Catalogue `json:"catalogue"`
}

// Release is what is listed for a release.
type Release struct {
	Product string   `json:"product"`
	Name    string   `json:"name"`
	Version string   `json:"version"`
	Aliases []string `json:"aliases"`
	Kinds   []struct {
		Kind   string    `json:"kind"`
		Name   string    `json:"name"`
		Listed []Listing `json:"listed"`
	} `json:"kinds"`
	Catalogue Catalogue `json:"catalogue"`
}

// Changes are what vendors changed.
type Changes struct {
	Items     []Change  `json:"items"` // the newest first
	Total     int       `json:"total"` // on all pages
	Catalogue Catalogue `json:"catalogue"`
}

// Change is what a vendor changed on a day.
type Change struct {
	ID         string   `json:"id"`
	Day        string   `json:"day"`    // "2026-09-04"
	Change     string   `json:"change"` // "added", "withdrawn", "narrowed", "widened"
	Summary    string   `json:"summary"`
	Product    string   `json:"product"`
	Release    string   `json:"release"`
	Kind       string   `json:"kind"`
	Technology string   `json:"technology"`
	Source     Citation `json:"source"`
}
