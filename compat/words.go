package compat

import (
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/version"
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
	return c.appendUncounted(c.appendBroken(c.appendBasis(dst)))
}

// prose is text that is being written.
type prose []byte

func (p prose) add(texts ...string) prose {
	for _, text := range texts {
		p = append(p, text...)
	}
	return p
}

// appendBasis explains what the verdict rests on.
func (c *ComponentAnswer) appendBasis(p prose) prose {
	switch {
	case c.inParts():
		return c.appendParts(p)
	case c.Match == fact.MatchPolicy:
		return c.appendVia(c.appendLed(p, false))
	case len(c.Listed) > 0:
		return c.appendDirect(p)
	}
	return c.appendNearest(c.appendAsked(p).add(" is not listed for ", c.release.Title(), "."))
}

// inParts reports whether what is said of the versions asked about differs.
func (c *ComponentAnswer) inParts() bool {
	return len(c.Conditions) > 1 || c.Match == fact.MatchBroader
}

func (c *ComponentAnswer) appendUnresolved(p prose) prose {
	if c.Technology != nil {
		return p.add(c.Reason, ".")
	}
	return p.add("\"", c.Text, "\" could not be read: ", c.Reason, ".")
}

// appendDirect explains exact and series matches, by what the claim says.
func (c *ComponentAnswer) appendDirect(p prose) prose {
	l := c.Listed[0]
	p = c.appendClaim(p, l)
	switch named := l.Tech == c.Technology || !l.Tech.Generic; {
	case !named:
		p = p.add(" It names no vendor, and so not ", c.Technology.Name, " itself.")
	case c.Match == fact.MatchSeries && l.Version != "" && l.surely(c.Range):
		p = c.appendAsked(p.add(" ")).add(" is one of that series")
		if l.Status == fact.StatusTested {
			p = p.add("; the page does not say which of them was tested")
		}
		p = p.add(".")
	}
	switch {
	case l.Image != nil:
		p = p.add(" The image is that of ", l.Image.Repository, " at ", l.Image.Tag, ", of ", l.Image.Date, ".")
	case l.Run != nil:
		p = p.add(" It ran in the test recorded on ", l.Run.Date, ".")
	}
	return c.appendVia(l.appendProvisional(c.appendDisagreement(p)))
}

// appendClaim says what a claim states, and of what it does not.
func (c *ComponentAnswer) appendClaim(p prose, l *Listing) prose {
	p = c.appendStated(p, l)
	switch yes := !l.SaysNo(); {
	case yes && l.Version == "" && !l.surely(c.Range) && c.state(l) != open:
		p = p.add("; no version is named, so it says nothing about ", c.versions(), " in particular")
	case l.shipped() && !l.surely(c.Range):
		p = p.add("; which version of that series runs in the image is not told")
	case l.Status == fact.StatusDeprecated:
		p = p.add("; it still works, and is to be dropped")
	case yes && !l.shipped() && l.Status != fact.StatusTested && l.Status != c.release.product.Word:
		p = p.add("; the page does not say that it was tested")
	}
	return p.add(".")
}

// appendStated says what a claim states of the release.
func (c *ComponentAnswer) appendStated(p prose, l *Listing) prose {
	release, built, on, comma := c.release.Title(), "", "", ""
	if l.Inherited != nil {
		release, built, on, comma = l.Inherited.Name, ", on which ", c.release.Title()+" is built", ","
	}
	switch l.Status {
	case fact.StatusTested:
		p = p.add(l.Label, " is listed as tested for ", release, built, on)
	case fact.StatusSupported:
		p = p.add(l.Label, " is listed as supported for ", release, built, on)
	case fact.StatusRequired:
		p = p.add(release, built, on, comma, " requires ", l.Label)
	case fact.StatusCompatible:
		p = p.add(l.Label, ": stated as compatible with ", release, built, on)
	case fact.StatusRecommended:
		p = p.add(release, built, on, comma, " recommends ", l.Label)
	case fact.StatusShipped:
		p = p.add("The vendor ships ", l.Label, " in an image of ", release)
	case fact.StatusIncompatible:
		p = p.add(l.Label, " is stated as incompatible with ", release, built, on)
	case fact.StatusDeprecated:
		p = p.add(l.Label, " is deprecated for ", release, built, on)
	case fact.StatusNotTested:
		p = p.add(l.Label, " is stated as not tested with ", release, built, on)
	case fact.StatusOutOfSupport:
		p = p.add(l.Label, " is stated as out of support for ", release, built, on)
	default:
		p = p.add(l.Label, " is not recommended for ", release, built, on)
	}
	return l.appendCondition(p)
}

// appendCondition says with what else a statement holds, and that it may not have stood yet.
func (l *Listing) appendCondition(p prose) prose {
	when := l.When
	if l.doubted {
		when = strings.TrimSuffix(strings.TrimSuffix(when, fact.Doubt(l.day)), "; ")
	}
	when = strings.TrimPrefix(strings.TrimPrefix(strings.TrimSuffix(when, " only"), "only "), "Only ")
	before, _, _ := strings.Cut(when, " ")
	switch {
	case when == "":
	case slices.Contains(prepositions, before):
		p = p.add(" ", when, " only")
	default:
		p = p.add(" (", when, " only)")
	}
	switch {
	case !l.doubted:
		return p
	case l.day == 0:
		return p.add("; since when is not known, and so not whether it was on that day")
	}
	return p.add("; it is known to be since ", l.day.String(), ", and not whether it was on that day")
}

// prepositions begin a condition that goes on with the sentence before it.
var prepositions = []string{"as", "for", "in", "on", "with"}

// appendUncounted tells what the vendor plans for the asked versions, or stated of them and
// withdrew.
func (c *ComponentAnswer) appendUncounted(p prose) prose {
	if c.Verdict != fact.NotListed && c.Verdict != fact.Conditional {
		return p
	}
	for _, l := range c.Withdrawn() {
		return p.add(" ", l.Label, " was stated as ", str.Words(l.Status), " until ", l.Until, ", when the vendor withdrew that (",
			c.release.product.m.sources[l.EndedBy].Title, ").")
	}
	for _, l := range c.release.uncounted {
		if l.Until == "" && l.Tech == c.Technology && l.Range.Overlaps(c.Range) {
			return p.add(" ", l.Label, " is planned, which counts for nothing yet.")
		}
	}
	return p
}

// Withdrawn are the statements on versions asked for that no longer count, the one that was
// withdrawn last first, where nothing as good has come in their place.
func (c *ComponentAnswer) Withdrawn() (all []*Listing) {
	if c.Technology == nil || c.Verdict != fact.NotListed && c.Verdict != fact.Conditional {
		return nil
	}
	for _, l := range c.release.uncounted {
		if l.Until != "" && l.Tech == c.Technology && l.Range.Overlaps(c.Range) {
			all = append(all, l)
		}
	}
	slices.SortStableFunc(all, func(a, b *Listing) int { return strings.Compare(b.Until, a.Until) })
	return all
}

// appendDisagreement tells of the first claim on the same versions that does not
// say the same, and why it does not count.
func (c *ComponentAnswer) appendDisagreement(p prose) prose {
	first := c.Listed[0]
	for _, l := range c.Listed[1:] {
		if c.worth(l) == c.worth(first) || l.shipped() && !first.no() {
			continue
		}
		switch {
		case l.Source == first.Source:
			p = p.add(" The same document states besides: ")
		case l.environment() == first.environment():
			p = p.add(" ", l.Source.Title, " states besides: ")
		default:
			p = p.add(" The sources disagree; ", l.Source.Title, " states: ")
		}
		return c.appendStated(p, l).add("; ", first.outweighs(l), ".")
	}
	return p
}

// outweighs says in words why a claim counts more than another one on the same
// versions: the steps of strongestFirst.
func (l *Listing) outweighs(o *Listing) string {
	switch {
	case o.shipped():
		return "an image does not outweigh that"
	case l.shipped():
		return "the image supports more"
	case o.vague() && !l.vague():
		return "a statement that names the version counts more"
	case l.Inherited != o.Inherited:
		return "what is stated about the release itself counts more"
	case l.Source.Authority != o.Source.Authority:
		return "the stronger source counts more"
	case l.SaysNo() != o.SaysNo() && l.day > o.day && o.day != 0:
		return "the newer source counts more"
	case l.no():
		return "neither outweighs the other, so the no counts"
	case o.SaysNo():
		return "it is not known to be newer, so it does not count"
	}
	return "of two that allow it, the better one counts"
}

// appendProvisional says so where a claim stands on another account's copy.
func (l *Listing) appendProvisional(p prose) prose {
	if l.Provisional() {
		return p.add(" That is ", provisionally, ".")
	}
	if l.Source.Authority == fact.Unconfirmed {
		return p.add(" Where that page comes from is not confirmed.")
	}
	return p
}

// appendLed says what is listed that leads to what is asked and, where the note of that
// does not follow, whose promise it is that does.
func (c *ComponentAnswer) appendLed(p prose, promise bool) prose {
	l := c.Listed[0]
	p = c.appendAsked(p).add(" is not listed for ", c.release.Title())
	switch {
	case c.Via == nil:
		p = p.add("; ", l.Label, " is ")
	case c.Via.Kind == "policy" && promise:
		p = p.add("; ", c.Via.By, " promises that ", c.versions(), " stays compatible with ", l.display, ", which is ")
	case c.Via.Kind == "policy":
		p = p.add("; ", l.Label, " is ")
	case c.Via.Kind == "managed":
		p = p.add("; ", l.Label, ", on which it is based, is ")
	default:
		p = p.add("; ", l.Label, ", by its other name, is ")
	}
	if l.Status == fact.StatusTested {
		p = p.add("listed as ")
	}
	return p.add(str.Words(l.Status), ".")
}

// versions are those asked about as people write them, without the name before.
func (c *Component) versions() string { return strings.TrimPrefix(c.display, c.Technology.Name+" ") }

func (c *ComponentAnswer) appendVia(p prose) prose {
	if c.Via == nil || c.Technology.Generic && c.Via.Kind == "successor" {
		return p
	}
	return p.add(" ", c.Via.Note)
}

// appendParts tells the parts of the versions asked about, those of one verdict together.
func (c *ComponentAnswer) appendParts(p prose) prose {
	p = p.add("For ", c.release.Title())
	name, _, _ := strings.Cut(c.Technology.Name, " (")
	switch {
	case !slices.ContainsFunc(c.Conditions, func(o Condition) bool { return o.Verdict != c.Conditions[0].Verdict || o.When != "" }):
		return c.appendVia(c.appendAsked(p.add(" each part of ")).add(" is ", str.Words(c.Verdict), "."))
	case c.Technology.Generic:
		p = p.add(" it depends on the build of ", name, ": ")
	case c.Verdict == fact.Conditional:
		p = p.add(" it depends on the version of ", name, ": ")
	default:
		p = p.add(" the versions of ", name, " differ: ")
	}
	for rest := c.Conditions; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].Verdict == rest[0].Verdict && rest[n].When == rest[0].When {
			n++
		}
		p = c.appendAlike(p, rest[:n])
		if rest = rest[n:]; len(rest) > 0 {
			p = p.add("; ")
		}
	}
	return c.appendVia(p.add("."))
}

// appendAlike tells the parts of one verdict: "11 and 17 are tested".
func (c *ComponentAnswer) appendAlike(p prose, parts []Condition) prose {
	if parts[0].Technology == c.Technology {
		return p.add("nothing else is listed")
	}
	names := map[string][]string{} // by versions
	var order []string
	one := true
	for _, part := range parts {
		name, _, _ := strings.Cut(c.Technology.Name, " (")
		if part.Technology != nil {
			name = part.Technology.Name
		}
		if part.Technology != c.Technology {
			versions, single := c.phrase(parts, part.Technology)
			one = one && single
			order, names[versions] = fact.AppendNew(order, versions), fact.AppendNew(names[versions], name)
		}
	}
	for i, versions := range order {
		if i > 0 {
			p = p.add(", and ")
		}
		switch {
		case !c.Technology.Generic:
			p = p.add(versions)
		case strings.HasSuffix(versions, "versions"):
			p = p.add(versions, " of ", fact.Enumerate(names[versions]))
		default:
			p = p.add(fact.Enumerate(names[versions]), " ", versions)
		}
	}
	verdict, when := str.Words(parts[0].Verdict), parts[0].When
	switch {
	case when == oneOf:
		return p.add(" may be ", verdict, ", as no version is named")
	case len(order) == 1 && len(names[order[0]]) == 1 && one:
		p = p.add(" is ", verdict)
	default:
		p = p.add(" are ", verdict)
	}
	if when != "" {
		p = p.add(" (", when, " only)")
	}
	return p
}

// phrase tells the versions of one technology in some parts, lowest first, and whether they
// are one version or series.
func (c *ComponentAnswer) phrase(parts []Condition, t *Technology) (text string, one bool) {
	var versions version.Range
	for _, part := range parts {
		if part.Technology == t {
			versions = versions.Union(part.versions)
		}
	}
	if t == nil {
		t = c.Technology
	}
	all, one := c.Technology.scheme.PartPhrases(versions, c.Range, t.never)
	if last := len(all) - 1; last > 0 && strings.Contains(all[last], " ") {
		return strings.Join(all[:last], ", ") + ", and " + all[last], false
	}
	return fact.Enumerate(all), one
}

// appendNearest tells what is listed near to what is not.
func (c *ComponentAnswer) appendNearest(p prose) prose {
	if len(c.Nearest) == 0 {
		return p
	}
	label := c.Nearest[0].Label
	switch {
	case c.Match == fact.MatchNewer:
		return p.add(" ", label, ", an older version of the same series, is listed.")
	case c.Match == fact.MatchOlder:
		return p.add(" ", label, ", a newer version of the same series, is listed.")
	case c.Match == fact.MatchFamily && c.Technology.runs(c.Nearest[0].Tech):
		return c.appendRun(p.add(" ", label, " is listed; "), c.Nearest[0])
	case c.Match == fact.MatchFamily && c.Technology.derived != nil:
		return c.appendVia(p.add(" ", label, " is listed, but ", c.Technology.Name, " is another product: that says nothing about it."))
	case c.Match == fact.MatchFamily:
		return c.appendVia(p.add(" ", label, ", of the same family, is listed; that says nothing about ", c.Technology.Name, "."))
	}
	return p.add(" The nearest listed version is ", label, ".")
}

// appendRun says why what is listed of the technology that a service runs does not count for
// the versions asked about.
func (c *ComponentAnswer) appendRun(p prose, l *Listing) prose {
	t := c.Technology
	if runs := t.managed.same; !c.Range.Within(runs) || !l.Range.Overlaps(runs) {
		named, _ := t.scheme.PartPhrases(runs, runs, version.Range{})
		return p.add("of what ", t.Name, " runs, its provider names ", fact.Enumerate(named), ".")
	}
	p = p.add("that counts for ", t.Name, " ", l.printed, ", not for ", c.versions(), ".")
	if slices.ContainsFunc(l.reach, c.Range.Overlaps) {
		p = p.add(" What is promised of later versions of ", l.Tech.Name, " is not counted for a service that runs it.")
	}
	return p
}

func (c *ComponentAnswer) appendAsked(p prose) prose { return append(p, c.display...) }
