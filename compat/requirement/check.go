package requirement

import (
	"slices"

	"github.com/testedon/testedon/compat/fact"
)

// MaxPort is the highest number of a port.
const MaxPort = 65_535

// Check reports faults in the vocabulary and the amounts of a requirement, and a
// deployment that its platform, which may be nil, does not have.
func Check(q *fact.Requirement, platform *fact.Platform, fault fact.Fault) {
	where := "requirement " + q.ID
	if q.Resource.Dimension() == "" {
		fault(where, "resource %q is none of %s", q.Resource, fact.Members(fact.Resources))
	}
	if !slices.Contains(fact.Levels, q.Level) {
		fault(where, "level %q is none of %s", q.Level, fact.Members(fact.Levels))
	}
	checkAmount(q, q.Amount, fault)
	for _, s := range q.Shares {
		checkAmount(q, s.Amount, fault)
	}
	if q.Instances < 0 || q.Instances == 1 || q.Instances > MaxInstances {
		fault(where, "instances is %d; an example is for 2 to %d instances, and a statement for one leaves it out", q.Instances, MaxInstances)
	}
	if q.Instances != 0 && (q.Each || len(q.Shares) > 0) {
		fault(where, "is an example for several instances and a rule at once; keep one")
	}
	if len(q.Shares) > 0 {
		if one, ok := sum(q.Shares, 1); !ok || one != q.Amount {
			fault(where, "the shares make %s for one instance, not %s; write both in one unit", one, q.Amount)
		}
	}
	if platform != nil && !slices.ContainsFunc(platform.Deployments, func(d fact.Deployment) bool { return d.ID == q.Deployment }) {
		fault(where, "names deployment %q, which platform %s does not have%s", q.Deployment, platform.ID,
			fact.ItHas(platform.Deployments, func(d fact.Deployment) string { return d.ID }))
	}
}

func checkAmount(q *fact.Requirement, amount fact.Quantity, fault fact.Fault) {
	where := "requirement " + q.ID
	if d := q.Resource.Dimension(); d != "" && amount.Dimension() != d {
		fault(where, "%q is no amount of %s, which is measured in %s", amount, q.Resource, d)
	}
	if _, ok := amount.Times(MaxInstances); !ok || amount.Low == 0 {
		fault(where, "%q is no amount that can be needed", amount)
	}
}

// CheckPort reports faults in the numbers of a port.
func CheckPort(p *fact.Port, fault fact.Fault) {
	if p.Number < 1 || p.Number > MaxPort {
		fault("port "+p.ID, "number %d is no port; ports are 1 to %d", p.Number, MaxPort)
	} else if p.Offset < 0 || p.Offset >= p.Number {
		fault("port "+p.ID, "number %d cannot include an offset of %d", p.Number, p.Offset)
	}
}
