package compat

import (
	"strings"

	"github.com/testedon/testedon/compat/fact"
)

// Understood names the component as it was read: "PostgreSQL 16"; as it was
// asked where it could not be read.
func (c *ComponentAnswer) Understood() string {
	if c.Technology == nil {
		return c.Text
	}
	return c.display
}

// VersionText prints the asked versions in the technology's own notation; empty
// for every version.
func (c *Component) VersionText() string { return c.printed }

// Why is one sentence or two that explain the component's verdict.
func (c *ComponentAnswer) Why() string { return string(c.AppendWhy(nil)) }

// AppendWhy appends the explanation to dst.
func (c *ComponentAnswer) AppendWhy(dst []byte) []byte {
	if c.Reason != "" {
		return c.appendUnresolved(dst)
	}
	return c.appendWithdrawn(c.appendBroken(c.appendBasis(dst)))
}

// appendBasis explains what the verdict rests on.
func (c *ComponentAnswer) appendBasis(dst []byte) []byte {
	switch c.Match {
	case fact.MatchExact, fact.MatchSeries:
		return c.appendDirect(dst)
	case fact.MatchPolicy:
		return c.appendPolicy(dst)
	case fact.MatchBroader:
		return c.appendBroader(dst)
	case fact.MatchNewer, fact.MatchOlder:
		return c.appendSameSeries(dst)
	case fact.MatchFamily:
		return c.appendFamily(dst)
	}
	return c.appendNone(dst)
}

func (c *ComponentAnswer) appendUnresolved(dst []byte) []byte {
	if c.Technology != nil {
		return append(append(dst, c.Reason...), '.')
	}
	dst = append(append(append(dst, '"'), c.Text...), "\" could not be read: "...)
	return append(append(dst, c.Reason...), '.')
}

// appendDirect explains exact and series matches, by what the claim says.
func (c *ComponentAnswer) appendDirect(dst []byte) []byte {
	l := c.Listed[0]
	dst = append(append(dst, l.Label...), statusWords(l.Status)...)
	dst = append(c.appendRelease(dst), '.')
	if l.When != "" {
		dst = append(append(dst, " That holds for: "...), l.When...)
		if c.state(l) == met {
			dst = append(dst, ", which is asked"...)
		}
		dst = append(dst, '.')
	}
	switch {
	case c.state(l) == open:
	case c.Match == fact.MatchSeries && l.Version != "":
		dst = append(c.appendAsked(append(dst, ' ')), " lies in that series; which member was "...)
		dst = append(append(dst, map[bool]string{true: "exercised", false: "meant"}[l.Status == fact.StatusTested]...), " is not stated."...)
	case !l.surely(c.Range) && l.Version != "":
		dst = append(c.appendAsked(append(dst, ' ')), " lies in that series; which member runs in the image is not told."...)
	case !l.surely(c.Range):
		dst = append(dst, " No version is named, and this one is not known to have been meant."...)
	case c.Match == fact.MatchSeries:
		dst = append(append(dst, " No version is named, so "...), "it is said of every one."...)
	}
	dst = l.appendMade(dst)
	if l.Inherited != nil {
		dst = append(append(append(dst, " It is stated about "...), l.Inherited.Name...), ", which the product is built on."...)
	}
	if l.Tech != c.Technology && l.Tech.Generic {
		dst = append(append(append(dst, " It names no vendor, and so not "...), c.Technology.Name...), " itself."...)
	}
	dst = c.appendDisagreement(dst)
	dst = l.appendProvisional(dst)
	return c.appendVia(dst)
}

// appendMade tells which image or test run a claim stands for.
func (l *Listing) appendMade(dst []byte) []byte {
	switch {
	case l.Image != nil:
		dst = append(append(append(append(dst, " The image is that of "...), l.Image.Repository...), " at "...), l.Image.Tag...)
		return append(append(append(dst, ", of "...), l.Image.Date...), '.')
	case l.Run != nil:
		return append(append(append(dst, " It ran in the test recorded on "...), l.Run.Date...), '.')
	}
	return dst
}

// appendWithdrawn tells what the vendor stated of the asked versions and withdrew.
func (c *ComponentAnswer) appendWithdrawn(dst []byte) []byte {
	if c.Verdict != fact.NotListed && c.Verdict != fact.Conditional {
		return dst
	}
	for _, l := range c.release.withdrawn {
		if l.Tech == c.Technology && l.Range.Overlaps(c.Range) {
			dst = append(append(append(append(dst, ' '), l.Label...), " was stated as "...), strings.ReplaceAll(string(l.Status), "_", " ")...)
			return append(append(append(dst, " until "...), l.Until...), ", when the vendor withdrew that."...)
		}
	}
	return dst
}

// appendDisagreement tells of the first claim on the same versions that does not
// say the same, and why it does not count.
func (c *ComponentAnswer) appendDisagreement(dst []byte) []byte {
	first := c.Listed[0]
	for _, l := range c.Listed[1:] {
		if c.worth(l) == c.worth(first) || l.shipped() && !first.no() {
			continue
		}
		switch {
		case l.Source == first.Source:
			dst = append(dst, " The same document states besides: "...)
		case l.environment() == first.environment():
			dst = append(append(append(dst, " "...), l.Source.Title...), " states besides: "...)
		default:
			dst = append(append(append(dst, " The sources disagree; "...), l.Source.Title...), " states: "...)
		}
		dst = c.appendRelease(append(append(dst, l.Label...), statusWords(l.Status)...))
		return append(append(append(dst, "; "...), first.outweighs(l)...), '.')
	}
	return dst
}

// outweighs says in words why a claim counts more than another one on the same
// versions: the steps of stronger.
func (l *Listing) outweighs(o *Listing) string {
	switch {
	case o.shipped():
		return "an image does not outweigh that"
	case l.shipped():
		return "the image supports more"
	case l.Inherited != o.Inherited:
		return "what is stated about the release itself counts more"
	case l.Source.Authority != o.Source.Authority:
		return "the stronger source counts more"
	case l.environment() != o.environment() && l.day > o.day && o.day != 0:
		return "the newer source counts more"
	case l.no():
		return "neither outweighs the other, so the no counts"
	}
	return "neither outweighs the other, so the better one counts"
}

// appendProvisional says so where a claim stands on another account's copy.
func (l *Listing) appendProvisional(dst []byte) []byte {
	if l.Provisional() {
		return append(append(append(dst, " That is "...), provisionally...), '.')
	}
	if l.Source.Authority == fact.Unconfirmed {
		return append(dst, " Where that page comes from is not confirmed."...)
	}
	return dst
}

// statusWords follow the label of a claim and stand before the release.
func statusWords(s fact.Status) string {
	switch s {
	case fact.StatusTested:
		return " is listed as tested for "
	case fact.StatusSupported:
		return " is listed as supported, not as tested, for "
	case fact.StatusRequired:
		return " is listed as required, not as tested, for "
	case fact.StatusCompatible:
		return ": stated as compatible, not as tested, with "
	case fact.StatusRecommended:
		return " is recommended, not listed as tested, for "
	case fact.StatusShipped:
		return " is shipped, not listed as tested, in the vendor's own image of "
	case fact.StatusIncompatible:
		return " is stated as incompatible with "
	}
	return " is not recommended for "
}

func (c *ComponentAnswer) appendPolicy(dst []byte) []byte {
	l := c.Listed[0]
	dst = append(c.appendRelease(append(append(dst, l.Label...), statusWords(l.Status)...)), "; "...)
	dst = append(c.appendAsked(dst), " itself is not."...)
	if c.Via.Kind == "successor" {
		dst = append(dst, " Both names exist for this version."...)
	}
	return c.appendVia(dst)
}

func (c *ComponentAnswer) appendVia(dst []byte) []byte {
	if c.Via == nil {
		return dst
	}
	return append(append(dst, ' '), c.Via.Note...)
}

func (c *ComponentAnswer) appendBroader(dst []byte) []byte {
	if len(c.Conditions) == 0 {
		dst = append(c.appendAsked(dst), " is listed in parts for "...)
		dst = append(append(c.appendRelease(dst), ", and each of them is "...), c.Verdict.Words()...)
		return c.appendVia(append(dst, '.'))
	}
	if c.Technology.Generic {
		dst = append(c.appendAsked(dst), " names no single technology, so the answer for "...)
		dst = append(c.appendRelease(dst), " depends on which it is: "...)
	} else {
		dst = append(c.appendAsked(dst), " is less precise than what is listed for "...)
		dst = append(c.appendRelease(dst), ", so the answer depends on the precise version: "...)
	}
	for i, cond := range c.Conditions {
		if i > 0 {
			dst = append(dst, "; "...)
		}
		dst = c.appendCondition(dst, cond)
	}
	return c.appendVia(append(dst, '.'))
}

func (c *ComponentAnswer) appendCondition(dst []byte, cond Condition) []byte {
	switch cond.Technology {
	case nil:
	case c.Technology:
		dst = append(dst, "any other"...)
	default:
		dst = append(dst, cond.Technology.Name...)
	}
	if cond.Technology == nil || cond.Technology != c.Technology && cond.Range != "" {
		if cond.Technology != nil {
			dst = append(dst, ' ')
		}
		dst = append(dst, cond.Range...)
	}
	if cond.When != "" {
		dst = append(append(append(dst, " ("...), cond.When...), ')')
	}
	return append(append(dst, " is "...), cond.Verdict.Words()...)
}

func (c *ComponentAnswer) appendSameSeries(dst []byte) []byte {
	dst = c.appendNotListed(dst)
	dst = append(append(append(dst, " Of the same series "...), c.Nearest[0].Label...), " is"...)
	if c.Match == fact.MatchNewer {
		return append(dst, ", which is older."...)
	}
	return append(dst, ", which is newer."...)
}

func (c *ComponentAnswer) appendFamily(dst []byte) []byte {
	dst = append(c.appendNotListed(dst), " Of the same family "...)
	dst = append(dst, c.Nearest[0].Label...)
	return c.appendVia(append(append(append(dst, " is, which says nothing about "...), c.Technology.Name...), '.'))
}

func (c *ComponentAnswer) appendNone(dst []byte) []byte {
	dst = c.appendNotListed(dst)
	if len(c.Nearest) > 0 {
		return append(append(append(dst, " The nearest that is: "...), c.Nearest[0].Label...), '.')
	}
	return dst
}

func (c *ComponentAnswer) appendNotListed(dst []byte) []byte {
	dst = c.appendRelease(append(c.appendAsked(dst), " is not listed for "...))
	return append(dst, ", which does not mean that it does not work."...)
}

func (c *ComponentAnswer) appendAsked(dst []byte) []byte { return append(dst, c.display...) }

func (c *ComponentAnswer) appendRelease(dst []byte) []byte { return c.release.appendName(dst) }

// appendName appends "WSO2 Micro Integrator 4.4.0".
func (r *Release) appendName(dst []byte) []byte {
	return append(append(append(dst, r.product.Name...), ' '), r.Version...)
}
