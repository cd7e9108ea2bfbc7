package compat

import "github.com/testedon/testedon/compat/fact"

// verdictOf is what a claim of status s supports when the asked versions lie
// within the listed ones.
func verdictOf(s fact.Status) fact.Verdict {
	switch s {
	case fact.StatusTested:
		return fact.Tested
	case fact.StatusSupported, fact.StatusRequired, fact.StatusCompatible, fact.StatusRecommended, fact.StatusShipped:
		return fact.Compatible
	case fact.StatusIncompatible:
		return fact.Incompatible
	}
	return fact.NotListed // not_recommended: a statement, but none that it was tested
}
