package requirement

import (
	"cmp"
	"slices"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/message"
)

// Release is a release as far as documents state what it needs and where it listens.
type Release struct {
	*fact.Release
	product      *fact.Product
	from         *Origins
	deployments  []*fact.Deployment // its own, then its platform's
	requirements []*fact.Requirement
	ports        []*fact.Port // lowest number first
}

// Origins are what statements come from and are about, by ID.
type Origins struct {
	Sources   map[string]*fact.Source
	Platforms map[string]*fact.Platform
	Words     *message.Language
}

// New makes a release of which nothing is stated yet.
func New(product *fact.Product, release *fact.Release, from *Origins) *Release {
	r := &Release{Release: release, product: product, from: from}
	for i := range release.Deployments {
		r.deployments = append(r.deployments, &release.Deployments[i])
	}
	if p := from.Platforms[product.Platform]; p != nil {
		for i := range p.Deployments {
			r.deployments = append(r.deployments, &p.Deployments[i])
		}
	}
	return r
}

// name is "WSO2 Micro Integrator 4.4.0".
func (r *Release) name() string { return r.product.Name + " " + r.Version }

// Add adds a requirement that is stated of the release, or of its platform, and
// reports what is wrong with it there.
func (r *Release) Add(q *fact.Requirement, fault fact.Fault) {
	if q.Platform == "" && !slices.ContainsFunc(r.deployments, func(d *fact.Deployment) bool { return d.ID == q.Deployment }) {
		fault("requirement "+q.ID, "names deployment %q, which %s does not have%s", q.Deployment, r.ID(),
			fact.ItHas(r.deployments, func(d *fact.Deployment) string { return d.ID }))
	}
	r.requirements = append(r.requirements, q)
}

// AddPort adds a port that is stated of the release or of its platform, in the order of
// numbers, and reports one whose name is taken.
func (r *Release) AddPort(p *fact.Port, fault fact.Fault) {
	for _, other := range r.ports {
		if other.Name == p.Name && other.Scope == p.Scope {
			fault("port "+p.ID, "the name %q is taken by port %s; one port has one name", p.Name, other.ID)
			return
		}
	}
	r.ports = append(r.ports, p)
	order.Stable(r.ports, func(a, b *fact.Port) int { return a.Number - b.Number })
}

// Settle brings the requirements into the order of answers, and holds what a document
// says of several instances against its rule.
func (r *Release) Settle(fault fact.Fault) {
	place := map[string]int{}
	for i, d := range r.deployments {
		place[d.ID] = i
	}
	order.Stable(r.requirements, func(a, b *fact.Requirement) int {
		return cmp.Or(
			cmp.Compare(place[a.Deployment], place[b.Deployment]),
			cmp.Compare(slices.Index(fact.Resources, a.Resource), slices.Index(fact.Resources, b.Resource)),
			cmp.Compare(slices.Index(fact.Levels, a.Level), slices.Index(fact.Levels, b.Level)),
			a.Amount.Compare(b.Amount),
		)
	})
	for _, example := range r.requirements {
		rule := r.ruleFor(example)
		if example.Instances == 0 || rule == nil {
			continue
		}
		if made, _, ok := forInstances(rule, example.Instances, nil); !ok || made.Compare(example.Amount) != 0 {
			fault("requirement "+example.ID, "says %s for %d instances, and the rule of %s makes it %s; one of them is wrong",
				example.Amount, example.Instances, rule.ID, made)
		}
	}
}

// AllDeployments are those that the documents tell apart.
func (r *Release) AllDeployments() []*fact.Deployment { return r.deployments }

// IsPaged reports whether some page states something of just this release.
func (r *Release) IsPaged() bool {
	return slices.ContainsFunc(r.requirements, func(q *fact.Requirement) bool { return q.Release != "" }) ||
		slices.ContainsFunc(r.ports, func(p *fact.Port) bool { return p.Release != "" })
}
