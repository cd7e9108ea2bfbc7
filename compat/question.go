package compat

import (
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/requirement"
	"github.com/testedon/testedon/version"
)

// Require is the bar a caller sets: what an answer must reach to pass.
type Require struct {
	Worst       fact.Verdict // the worst verdict that passes: Tested, Compatible or Conditional
	Exact       bool         // besides, every match must be exact
	Combination bool         // besides, the environment must be on record as passed
}

// Asked is one component of an environment as a caller wrote it.
type Asked struct {
	Kind string // a Kind's ID
	Text string // "RHEL 9.4", "rhel:9.4", "rhel@9.4"
}

// Component is an asked component after reading, see [Matrix.Resolve].
type Component struct {
	Kind       string        // the kind it was asked under
	Text       string        // as asked
	Technology *Technology   // nil where none was read
	Range      version.Range // the versions asked for
	Reason     string        // why it is unresolved, for a person
	Candidates []string      // what may have been meant, best first
	Shared     bool          // several technologies go by the name and read the version
	newer      bool          // all of the versions are newer than any that is known
	printed    string        // the versions in the technology's notation
	display    string        // with its name before
}

// Question asks whether a release is tested with an environment.
type Question struct {
	Product    string // ID, name or alias
	Release    string // version or alias
	Components []Component
	Require    Require
	Unread     []string                    // words of it that were not understood: with any, the answer does not pass
	Resources  *requirement.ResourcesAsked // nil when nothing is asked about them
	Today      fact.Day                    // on which it is asked, for what is maintained; zero where that is not asked
}
