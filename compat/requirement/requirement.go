package requirement

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/message"
)

// MaxInstances is how many instances on one machine can be asked about.
const MaxInstances = 1000

// Requirements is what a release needs.
type Requirements struct {
	Product     *fact.Product
	Release     *fact.Release
	Instances   int
	Deployments []*fact.Deployment // all that the documents tell apart
	Needs       []Need             // in the order of deployments, resources and levels
	Summary     string             // for a person; says so where the documents say nothing
}

// Basis says where a needed amount comes from.
type Basis string

// The bases.
const (
	BasisStated   Basis = "stated"   // the document states it for that many instances
	BasisComputed Basis = "computed" // by the document's own rule for several instances
	BasisSingle   Basis = "single"   // it is stated for one instance, and no rule for several is
)

// Need is a requirement and the amount it makes for the instances asked about.
type Need struct {
	*fact.Requirement
	Of         *fact.Deployment
	Needed     fact.Quantity
	Basis      Basis
	Arithmetic string            // how a computed amount comes about, "2 GB for the operating system + 3 × 2 GB for each JVM = 8 GB"
	Example    *fact.Requirement // what the document states for just that many instances, where the rule makes it too
	Source     *fact.Source
	Inherited  *fact.Platform // the platform it is about; nil where it is about the release itself
}

// Requirements tells what the release needs in a deployment, in all of them where none
// is named: for so many instances on one machine, 1 to [MaxInstances], by the document's
// own rule. The error is a *[fact.Error] of code invalid.
func (r *Release) Requirements(deployment string, instances int) (*Requirements, error) {
	if instances < 1 || instances > MaxInstances {
		return nil, fact.Refuse("instances", "needs.instances", instances, MaxInstances)
	}
	asked, err := r.askedDeployments(deployment)
	if err != nil {
		return nil, err
	}
	found := &Requirements{Product: r.product, Release: r.Release, Instances: instances, Deployments: r.deployments}
	for _, d := range asked {
		found.Needs = append(found.Needs, r.needs(d, instances)...)
	}
	found.Summary = r.summarize(asked, found)
	return found, nil
}

// askedDeployments finds a deployment by name, or gives all of them.
func (r *Release) askedDeployments(name string) ([]*fact.Deployment, error) {
	if name == "" {
		return r.deployments, nil
	}
	for _, d := range r.deployments {
		if slices.ContainsFunc(d.Names(), func(n string) bool { return fact.Key(n) == fact.Key(name) }) {
			return []*fact.Deployment{d}, nil
		}
	}
	var known []string
	for _, d := range r.deployments {
		known = append(known, d.ID)
	}
	return nil, fact.Refuse("deployment", "needs.deployment", r.name(), strconv.Quote(name)).Offer(known)
}

// needs gives what one deployment needs. What the document states for just that
// many instances stands in place of what it states for one.
func (r *Release) needs(d *fact.Deployment, instances int) []Need {
	var all []Need
	for _, q := range r.requirements {
		example := r.exampleOf(q, instances)
		isRule := q.Each || len(q.Shares) > 0
		wanted := q.Instances == 0 && (example == nil || isRule) || q.Instances == instances && r.ruleFor(q) == nil
		if q.Deployment != d.ID || !wanted {
			continue
		}
		n := Need{Requirement: q, Of: d, Needed: q.Amount, Basis: BasisStated,
			Source: r.from.Sources[q.Citation.Source], Inherited: r.from.Platforms[q.Platform]}
		if instances > 1 && q.Instances == 0 {
			n.Example = example
			n.multiply(instances, r.from.Words)
		}
		all = append(all, n)
	}
	return all
}

// multiply applies the rule of a requirement that is stated for one instance.
func (n *Need) multiply(instances int, l *message.Language) {
	n.Basis = BasisSingle
	if made, arithmetic, ok := forInstances(n.Requirement, instances, l); ok {
		n.Needed, n.Arithmetic, n.Basis = made, arithmetic, BasisComputed
	}
}

// alike reports whether two requirements are about the same, but for the number
// of instances.
func alike(q, o *fact.Requirement) bool {
	return q.Deployment == o.Deployment && q.Resource == o.Resource && q.Level == o.Level && q.When == o.When
}

// ruleFor finds the requirement whose rule makes the amount that q gives as an
// example; nil when there is none.
func (r *Release) ruleFor(q *fact.Requirement) *fact.Requirement {
	for _, rule := range r.requirements {
		if alike(rule, q) && (rule.Each || len(rule.Shares) > 0) {
			return rule
		}
	}
	return nil
}

// exampleOf finds what is stated for that many instances of what q states for
// one; nil when nothing is.
func (r *Release) exampleOf(q *fact.Requirement, instances int) *fact.Requirement {
	for _, example := range r.requirements {
		if instances > 1 && example.Instances == instances && alike(example, q) {
			return example
		}
	}
	return nil
}

// forInstances makes the amount of a requirement for several instances, and tells how. ok is false where
// the document gives no rule.
func forInstances(q *fact.Requirement, instances int, l *message.Language) (made fact.Quantity, arithmetic string, ok bool) {
	switch {
	case len(q.Shares) > 0:
		made, ok = sum(q.Shares, instances)
		return made, explain(q.Shares, instances, l) + " = " + made.String(), ok
	case q.Each:
		made, ok = q.Amount.Times(instances)
		return made, fmt.Sprintf("%d × %s = %s", instances, q.Amount, made), ok
	}
	return fact.Quantity{}, "", false
}

// sum adds the shares of so many instances.
func sum(shares []fact.Share, instances int) (fact.Quantity, bool) {
	total := fact.Quantity{Unit: shares[0].Amount.Unit}
	for _, s := range shares {
		amount, fits := s.Amount.Times(times(s, instances))
		next, same := total.Plus(amount)
		if !fits || !same {
			return total, false
		}
		total = next
	}
	return total, true
}

func times(s fact.Share, instances int) int {
	if s.Each {
		return instances
	}
	return 1
}

// explain writes the sum of the shares.
func explain(shares []fact.Share, instances int, l *message.Language) string {
	parts := make([]string, len(shares))
	for i, s := range shares {
		several := ""
		if n := times(s, instances); n > 1 {
			several = strconv.Itoa(n)
		}
		parts[i] = l.Text("needs.share", s.Amount.String(), s.For, several)
	}
	return strings.Join(parts, " + ")
}

// summarize words what was found.
func (r *Release) summarize(asked []*fact.Deployment, found *Requirements) string {
	l, of, instances := r.from.Words, "", ""
	if len(found.Needs) == 0 {
		if len(asked) == 1 && len(r.deployments) > 1 {
			of = asked[0].Name
		}
		return l.Text("needs.none", r.name(), of)
	}
	if found.Instances > 1 {
		instances = strconv.Itoa(found.Instances)
	}
	text := ""
	for i, n := range found.Needs {
		switch {
		case i == 0:
			text = n.Of.Name + ": "
		case n.Of != found.Needs[i-1].Of:
			text += "; " + n.Of.Name + ": "
		default:
			text += ", "
		}
		text += n.brief(l, found.Instances)
	}
	return l.Text("needs.summary", r.name(), instances, text)
}

// brief is the need in a few words: "2 GB of memory (required)".
func (n *Need) brief(l *message.Language, instances int) string {
	what, of := "", l.Text("word", string(n.Resource))
	switch {
	case n.Type != "":
		what, of = "type", n.Type
	case n.Resource == fact.ResourceCores, n.Resource == fact.ResourceClock:
		what = string(n.Resource)
	}
	return l.Text("needs.brief", n.Needed.String(), what, of, l.Text("word", string(n.Level)), strconv.FormatBool(n.Approximate), n.When,
		strconv.FormatBool(instances > 1 && n.Basis == BasisSingle))
}
