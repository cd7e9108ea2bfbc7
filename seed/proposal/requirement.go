package proposal

import (
	"fmt"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/page"
	"github.com/testedon/testedon/seed"
)

// resourceWords are the words by which pages speak of a resource, the narrower
// first: heap is memory as well.
var resourceWords = []struct {
	resource fact.Resource
	words    []string
}{
	{fact.ResourceHeap, []string{"heap"}},
	{fact.ResourceDisk, []string{"disk", "storage", "space", "disc", "ssd", "database"}},
	{fact.ResourceMemory, []string{"memory", "ram"}},
	{fact.ResourceCores, []string{"core", "cpu", "processor", "compute unit"}},
	{fact.ResourceClock, []string{"ghz", "mhz", "clock"}},
}

// resourcesIn finds the resources that words speak of, the narrower first.
func resourcesIn(words string) []fact.Resource {
	var all []fact.Resource
	words = strings.ToLower(words)
	for _, r := range resourceWords {
		if slices.ContainsFunc(r.words, func(w string) bool { return strings.Contains(words, w) }) {
			all = append(all, r.resource)
		}
	}
	return all
}

// amounts are the places in a text where an amount may be: a number, or a range
// of numbers, and the words after it.
var amounts = str.Regexp(`(~\s*)?(\d+(?:\.\d+)?(?:\s*[-–]\s*\d+(?:\.\d+)?)?)[\s-]*([A-Za-z]*)(?:[\s-]*([A-Za-z]*))`)

// amountOf finds the first amount of a resource in a text.
func amountOf(text string, r fact.Resource) (amount fact.Quantity, approximate, ok bool) {
	for _, found := range amounts().FindAllStringSubmatch(text, -1) {
		for _, unit := range []string{found[3], found[3] + " " + found[4]} {
			if q, err := fact.ParseQuantity(found[2]+" "+unit, r.Dimension()); err == nil && q.Low > 0 && unit != "" {
				return q, found[1] != "", true
			}
		}
	}
	return fact.Quantity{}, false, false
}

// resolveRequirement resolves a statement about a resource; it gives why that
// cannot be done.
func (p *draft) resolveRequirement(f *Finding, s *page.Statement) *compat.Component {
	name := s.Name
	if i := strings.LastIndex(name, " / "); i >= 0 {
		f.in, name = name[:i], name[i+len(" / "):]
	}
	level := fact.Level(s.Status)
	if !slices.Contains(fact.Levels, level) {
		return &compat.Component{Reason: fmt.Sprintf("the page says %q, which is no level of a requirement", s.Status)}
	}
	if words := resourcesIn(name); len(words) == 0 && len(resourcesIn(s.Section)) > 0 {
		f.in = s.Name // the heading says what is needed: each row, whose it is
	}
	resources := slices.Concat(resourcesIn(name), resourcesIn(s.Version), resourcesIn(s.Section))
	for _, resource := range resources {
		amount, approximate, ok := amountOf(s.Version, resource)
		if !ok {
			continue
		}
		f.Technology = string(resource)
		f.need = &fact.Requirement{
			Resource: resource, Level: level, Amount: amount, Approximate: approximate, Printed: s.Version, When: s.When,
			Scope:    fact.Scope{Product: p.Product, Release: p.Release},
			Citation: fact.Citation{Source: p.Source, Section: s.Section, Quote: s.Quote},
		}
		return nil
	}
	if len(resources) == 0 {
		return &compat.Component{Reason: "it names no resource that is measured; those are " + fact.Members(fact.Resources)}
	}
	return &compat.Component{Reason: fmt.Sprintf("%q holds no amount of %s with its unit", s.Version, resources[0])}
}

// requirements compares the statements about resources with the requirements of
// the source. One that the page no longer states is not withdrawn: what is
// written of resources is prose, and curators part it in ways of their own.
func (p *draft) requirements() {
	existing := p.needs()
	met := map[string]bool{}
	for i := range p.Found {
		f := &p.Found[i]
		if f.need == nil {
			continue
		}
		p.place(f)
		if p.needed(existing, met, f) {
			p.Unchanged++
			continue
		}
		once := strings.Join([]string{f.need.Deployment, f.Technology, string(f.need.Level), f.need.Amount.String(), f.When}, "\n")
		if !met[once] {
			met[once] = true
			p.Changes = append(p.Changes, p.needsOther(existing, met, f))
		}
	}
}

// needs lists the requirements of the release from the source.
func (p *draft) needs() []*fact.Requirement {
	var all []*fact.Requirement
	requirements := p.m.Dataset().Requirements
	for i := range requirements {
		q := &requirements[i]
		if q.Product == p.Product && q.Release == p.Release && (p.Source == "" || q.Citation.Source == p.Source) {
			all = append(all, q)
		}
	}
	return all
}

// place finds the deployment that a requirement is about: the one of the release
// whose name is printed; where none is, the only one.
func (p *draft) place(f *Finding) {
	own := p.deployments()
	for _, d := range slices.Concat(own, p.Proposal.inherited) {
		if isNamed(append([]string{d.ID, d.Name}, d.Aliases...), f.in) {
			f.need.Deployment = d.ID
			return
		}
	}
	switch {
	case identifier(f.in) != "":
		f.need.Deployment = identifier(f.in)
	case len(own) == 1:
		f.need.Deployment = own[0].ID
	default:
		f.in, f.need.Deployment = "Standalone deployment", unnamed
	}
}

// unnamed is the ID of the deployment of a page that tells none apart.
const unnamed = "standalone"

// isNamed reports whether one of the names is, or is part of, printed words.
func isNamed(names []string, printed string) bool {
	padded := "-" + identifier(printed) + "-"
	return slices.ContainsFunc(names, func(name string) bool {
		return strings.Contains(padded, "-"+identifier(name)+"-")
	})
}

// deployments are those of the release.
func (r *reader) deployments() []fact.Deployment {
	if release, err := r.m.Release(r.product, r.release); err == nil && release.Version == r.release {
		return release.Deployments
	}
	return nil // it is new
}

// inherited are the deployments of the platform that the product is built on.
func (r *reader) inherited() []fact.Deployment {
	if p, err := r.m.Product(r.product); err == nil && p.Base() != nil {
		return p.Base().Deployments
	}
	return nil
}

// needed reports whether requirements say the same, and marks them: as much of
// the same resource for the same deployment. Pages and curators part minimum from
// required in ways of their own, so that the level does not count here.
func (p *draft) needed(all []*fact.Requirement, met map[string]bool, f *Finding) bool {
	found := false
	for _, q := range all {
		here := q.Deployment == f.need.Deployment || f.need.Deployment == unnamed
		if here && q.Resource == f.need.Resource && q.Amount.Compare(f.need.Amount) == 0 {
			met[q.ID], found = true, true
		}
	}
	return found
}

// needsOther is the change that a requirement makes that the catalogue does not
// have: another amount of the same resource, rather of the same level, else a new
// requirement.
func (p *draft) needsOther(all []*fact.Requirement, met map[string]bool, f *Finding) Change {
	change := f.added()
	var before *fact.Requirement
	for _, q := range all {
		plain := q.Deployment == f.need.Deployment && q.Resource == f.need.Resource && q.When == f.need.When && q.Instances == 0 && len(q.Shares) == 0
		if plain && !met[q.ID] && (before == nil || q.Level == f.need.Level && before.Level != q.Level) {
			before = q
		}
	}
	if before != nil {
		met[before.ID] = true
		change.Change, change.Was, change.need = Changed, before.Amount.String(), before
	}
	return change
}

// identifier writes words in the characters of a [seed.PlainID].
func identifier(text string) string {
	return strings.Trim(strings.ReplaceAll(seed.Slug(text), ".", "-"), "-")
}
