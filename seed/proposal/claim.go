package proposal

import (
	"fmt"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
)

// stance is what is said of a kind: that something runs, or advice about it. A
// page that lists what was tested says nothing of what is recommended.
type stance struct {
	kind   string
	advice bool
}

func stanceOf(kind string, s fact.Status) stance {
	advice := s == fact.StatusRecommended || s == fact.StatusIncompatible || s == fact.StatusPlanned || s.Dissuades()
	return stance{kind, advice}
}

// existingClaim is a claim of the catalogue, held against what a page states.
type existingClaim struct {
	*fact.Claim
	technology *compat.Technology
	meaning    string
	met        bool // some statement is about it
}

// dated reports whether it is known when the claim stood. Another status did not stand then.
func (c *existingClaim) dated() bool { return c.Term != fact.Term{} || len(c.Earlier) > 0 }

// claims compares the statements about technologies with the claims of the
// source.
func (p *draft) claims() {
	existing := p.existing()
	p.Claims = len(existing)
	var left []*Finding
	for i := range p.Found {
		if f := &p.Found[i]; f.isClaim() && !p.same(existing, f, false) {
			left = append(left, f)
		}
	}
	seen := map[string]bool{}
	for _, f := range left {
		once := f.one.meaning + "\n" + string(f.Status) + "\n" + f.When
		if !seen[once] && !p.same(existing, f, true) {
			p.Changes = append(p.Changes, p.different(existing, f))
		}
		seen[once] = true
	}
	if p.Source != "" { // else it may be another that states it
		p.withdraw(existing, p.spoken())
	}
}

// isClaim reports whether a finding is one that a claim can say.
func (f *Finding) isClaim() bool { return f.one.technology != nil && f.Kind != kindIncompatibility }

// spoken gives what the page speaks of.
func (p *draft) spoken() map[stance]bool {
	all := map[stance]bool{}
	for _, f := range p.Found {
		if f.isClaim() {
			all[stanceOf(f.Kind, f.Status)] = true
		}
	}
	return all
}

// existing lists the claims about the release from the source; from every one
// where there is none. What its vendor has withdrawn is not among them.
func (p *draft) existing() []*existingClaim {
	var all []*existingClaim
	claims := p.m.Dataset().Claims
	for i := range claims {
		c := &claims[i]
		if c.Product != p.Product || c.Release != p.Release || c.Until != "" || p.Source != "" && c.Citation.Source != p.Source {
			continue
		}
		means := p.m.Target(fact.Target{Technology: c.Technology, Version: c.Version})
		all = append(all, &existingClaim{Claim: c, technology: means.Technology, meaning: meaningOf(&means)})
	}
	order.Stable(all, func(a, b *existingClaim) int { return a.Position - b.Position })
	return all
}

// same marks the claims that a statement says again, with the same condition; in other words, the
// first that no other statement says.
func (p *draft) same(all []*existingClaim, f *Finding, inOtherWords bool) bool {
	found := false
	for _, c := range all {
		if c.meaning == f.one.meaning && c.Status == f.Status && (c.When == clean(f.When) || inOtherWords && !c.met && !found) {
			c.met, found = true, true
		}
	}
	if found {
		p.Unchanged++
	}
	return found
}

// added is the change that a statement makes that the catalogue does not have.
func (f *Finding) added() Change {
	return Change{
		Change: Added, Kind: f.Kind, Technology: f.Technology, Label: f.Label, Status: f.Status,
		Section: f.Section, Page: f.Page, Line: f.Line, now: f,
	}
}

// different is that change, or the one of a claim of the same versions with another status.
func (p *draft) different(all []*existingClaim, f *Finding) Change {
	change := f.added()
	for _, c := range all {
		if !c.met && c.meaning == f.one.meaning && stanceOf(c.technology.Kind, c.Status) == stanceOf(f.Kind, f.Status) {
			c.met = true
			change.Change, change.Was, change.was = Changed, string(c.Status), c.Claim
			if c.dated() {
				p.Withdrawn++
			}
			break
		}
	}
	return change
}

// withdraw adds the claims that no statement is about any longer.
func (p *draft) withdraw(all []*existingClaim, spoken map[stance]bool) {
	for _, c := range all {
		if c.met || !spoken[stanceOf(c.technology.Kind, c.Status)] {
			continue
		}
		if because := p.holds(c); because != "" {
			p.Held = append(p.Held, Held{c.Label, because})
			continue
		}
		p.Withdrawn++
		p.Changes = append(p.Changes, Change{
			Change: Withdrawn, Kind: c.technology.Kind, Technology: c.Technology, Label: c.Label, Status: c.Status,
			Section: c.Citation.Section, was: c.Claim,
		})
	}
}

// holds says what keeps a claim from being withdrawn: something on the page that
// may be it, but was not resolved.
func (p *draft) holds(c *existingClaim) string {
	if p.cut {
		return "the page is not whole"
	}
	for _, u := range p.Unresolved {
		if u.maybe(c) {
			return fmt.Sprintf("%q (%s:%d) was not resolved", u.Text, u.Page, u.Line)
		}
	}
	return ""
}

// maybe reports whether something unresolved may be a claim: it stands in the
// section of the claim and could not be read, or it is of its kind and comes
// close to its technology; where it comes close to none, has its version.
func (u *Unresolved) maybe(c *existingClaim) bool {
	if u.Kind == "" {
		return u.Section == c.Citation.Section
	}
	if u.Kind != c.technology.Kind {
		return false
	}
	if len(u.Candidates) == 0 {
		return u.version != "" && u.version == c.Version
	}
	return slices.ContainsFunc(u.Candidates, func(name string) bool { return strings.HasPrefix(name, c.technology.Name) })
}
