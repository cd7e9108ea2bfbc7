package compat

import (
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
)

// maxPort is the highest number of a port.
const maxPort = 65_535

func (b *builder) requirements() {
	unique(b, "requirement", b.m.ds.Requirements, func(r *fact.Requirement) string { return r.ID })
	for i := range b.m.ds.Requirements {
		q := &b.m.ds.Requirements[i]
		where := "requirement " + q.ID
		b.cite(where, q.Citation)
		b.checkRequirement(where, q)
		for _, r := range b.reach(where, q.Scope, true) {
			if q.Platform == "" && r.deployment(q.Deployment) == nil {
				b.fault(where, "names deployment %q, which %s does not have%s", q.Deployment, r.ID(),
					has(r.deployments, func(d *deployment) string { return d.ID }))
			}
			r.requirements = append(r.requirements, q)
		}
		if p := b.m.platforms[q.Platform]; p != nil && !slices.ContainsFunc(p.Deployments, func(d fact.Deployment) bool { return d.ID == q.Deployment }) {
			b.fault(where, "names deployment %q, which platform %s does not have%s", q.Deployment, p.ID,
				has(p.Deployments, func(d fact.Deployment) string { return d.ID }))
		}
	}
	b.eachRelease(func(r *release) {
		r.sortRequirements()
		b.examples(r)
	})
}

// checkRequirement checks the vocabulary and the amounts of a requirement.
func (b *builder) checkRequirement(where string, q *fact.Requirement) {
	if q.Resource.Dimension() == "" {
		b.fault(where, "resource %q is none of %s", q.Resource, words(fact.Resources))
	}
	if !slices.Contains(fact.Levels, q.Level) {
		b.fault(where, "level %q is none of %s", q.Level, words(fact.Levels))
	}
	b.checkAmount(where, q, q.Amount)
	for _, s := range q.Shares {
		b.checkAmount(where, q, s.Amount)
	}
	if q.Instances < 0 || q.Instances == 1 || q.Instances > MaxInstances {
		b.fault(where, "instances is %d; an example is for 2 to %d instances, and a statement for one leaves it out", q.Instances, MaxInstances)
	}
	if q.Instances != 0 && (q.Each || len(q.Shares) > 0) {
		b.fault(where, "is an example for several instances and a rule at once; keep one")
	}
	if len(q.Shares) == 0 {
		return
	}
	if one, ok := sum(q.Shares, 1); !ok || one != q.Amount {
		b.fault(where, "the shares make %s for one instance, not %s; write both in one unit", one, q.Amount)
	}
}

func (b *builder) checkAmount(where string, q *fact.Requirement, amount fact.Quantity) {
	if d := q.Resource.Dimension(); d != "" && amount.Dimension() != d {
		b.fault(where, "%q is no amount of %s, which is measured in %s", amount, q.Resource, d)
	}
	if _, ok := amount.Times(MaxInstances); !ok || amount.Low == 0 {
		b.fault(where, "%q is no amount that can be needed", amount)
	}
}

// examples holds what a document says of several instances against its rule.
func (b *builder) examples(r *release) {
	for _, example := range r.requirements {
		rule := r.ruleFor(example)
		if example.Instances == 0 || rule == nil {
			continue
		}
		if made, _, ok := forInstances(rule, example.Instances); !ok || made.Compare(example.Amount) != 0 {
			b.fault("requirement "+example.ID, "says %s for %d instances, and the rule of %s makes it %s; one of them is wrong",
				example.Amount, example.Instances, rule.ID, made)
		}
	}
}

// words lists the members of a vocabulary.
func words[T ~string](all []T) string {
	texts := make([]string, len(all))
	for i, word := range all {
		texts[i] = string(word)
	}
	return strings.Join(texts, ", ")
}

func (b *builder) ports() {
	unique(b, "port", b.m.ds.Ports, func(p *fact.Port) string { return p.ID })
	for i := range b.m.ds.Ports {
		p := &b.m.ds.Ports[i]
		where := "port " + p.ID
		b.cite(where, p.Citation)
		if p.Number < 1 || p.Number > maxPort {
			b.fault(where, "number %d is no port; ports are 1 to %d", p.Number, maxPort)
		} else if p.Offset < 0 || p.Offset >= p.Number {
			b.fault(where, "number %d cannot include an offset of %d", p.Number, p.Offset)
		}
		for _, r := range b.reach(where, p.Scope, true) {
			b.listen(where, r, p)
		}
	}
}

// listen adds a port to a release, in the order of numbers.
func (b *builder) listen(where string, r *release, p *fact.Port) {
	for _, other := range r.ports {
		if other.Name == p.Name && other.Scope == p.Scope {
			b.fault(where, "the name %q is taken by port %s; one port has one name", p.Name, other.ID)
			return
		}
	}
	r.ports = append(r.ports, p)
	slices.SortStableFunc(r.ports, func(a, b *fact.Port) int { return a.Number - b.Number })
}

func (b *builder) notes() {
	unique(b, "note", b.m.ds.Notes, func(n *fact.Note) string { return n.ID })
	for i := range b.m.ds.Notes {
		n := &b.m.ds.Notes[i]
		where := "note " + n.ID
		b.cite(where, n.Citation)
		for _, r := range b.reach(where, n.Scope, true) {
			r.notes = append(r.notes, n)
		}
	}
}
