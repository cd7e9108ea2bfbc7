package compat

import (
	"strings"

	"github.com/testedon/testedon/compat/fact"
)

// ParseRequire reads a requirement: words of tested, compatible, conditional,
// exact and combination, apart by commas. Empty means tested.
func ParseRequire(text string) (Require, error) {
	if text == "" {
		return Require{Worst: fact.Tested}, nil
	}
	req := Require{}
	for word := range strings.SplitSeq(text, ",") {
		if !req.add(strings.ToLower(strings.TrimSpace(word))) {
			return Require{}, fact.Invalid("require",
				"Use one of tested, compatible, conditional; add exact or combination after a comma",
				"require cannot be %q", text)
		}
	}
	if req.Worst == "" {
		req.Worst = fact.Tested
	}
	return req, nil
}

func (r *Require) add(word string) bool {
	switch v := fact.Verdict(word); {
	case word == "exact":
		r.Exact = true
	case word == "combination":
		r.Combination = true
	case v == fact.Tested || v == fact.Compatible || v == fact.Conditional:
		if r.Worst != "" && r.Worst != v {
			return false
		}
		r.Worst = v
	default:
		return word == ""
	}
	return true
}

// String is the requirement as a caller writes it: "tested", "compatible,exact".
func (r Require) String() string {
	text := string(r.Worst)
	if r.Exact {
		text += ",exact"
	}
	if r.Combination {
		text += ",combination"
	}
	return text
}
