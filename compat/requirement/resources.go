package requirement

import (
	"fmt"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
)

// ResourcesAsked is what an environment offers, and how the release is to run in
// it.
type ResourcesAsked struct {
	Deployment string // ID, name or alias; empty for whichever
	Amounts    []ResourceAmount
}

// ResourceAmount is how much of a resource an environment offers.
type ResourceAmount struct {
	Resource fact.Resource
	Text     string // as asked, "2GB"
	Amount   fact.Quantity
}

// Askable are the resources of an environment that a question may give.
var Askable = []fact.Resource{fact.ResourceCores, fact.ResourceMemory, fact.ResourceDisk}

// ReadAmount reads how much of a resource an environment offers. The error is an
// *Error of code invalid whose field is the resource.
func ReadAmount(r fact.Resource, text string) (ResourceAmount, error) {
	q, err := fact.ParseQuantity(text, r.Dimension())
	if err == nil && q.Low != q.High {
		err = fmt.Errorf("%q is a range", text)
	}
	if err != nil {
		example := "a number and a unit, such as 2GB, 2048 MiB or 512 MB; the units are B, kB, MB, GB, TB, KiB, MiB, GiB, TiB"
		if r == fact.ResourceCores {
			example = "a number of cores, such as 2 or 0.5, or of thousandths of one, such as 500m"
		}
		return ResourceAmount{}, fact.Invalid(string(r), "Write "+example, "%s cannot be read: %v", r, err)
	}
	return ResourceAmount{r, text, q}, nil
}

// ResourcesAnswer says whether an environment offers what the release needs.
type ResourcesAnswer struct {
	Deployment *fact.Deployment // the one asked about; nil where none was
	// Met says whether nothing is below what is required: in the deployment asked about or,
	// where none was, in all of them.
	Met   bool
	Items []ResourceAnswer // by deployment, in the order asked
	// Unchecked are the askable resources that are needed and were not asked about.
	Unchecked []fact.Resource
}

// Sufficiency says how an amount compares with what is needed.
type Sufficiency string

// The sufficiencies, best first.
const (
	Met              Sufficiency = "met"               // all that is stated of it
	BelowRecommended Sufficiency = "below_recommended" // what is required, not what is recommended
	NotMet           Sufficiency = "not_met"           // less than required
	NotStated        Sufficiency = "not_stated"        // the documents say nothing about it
)

// ResourceAnswer is how the amount of one resource compares with what one
// deployment needs.
type ResourceAnswer struct {
	ResourceAmount
	Of     *fact.Deployment // nil where the release has none
	Status Sufficiency
	Why    string
	Needs  []Need // what it was held against
}

// Resources holds what an environment offers against the requirements of one instance,
// deployment by deployment: what is minimum or required decides whether they are met,
// what is recommended or said to be sufficient is told. The error is a *[fact.Error] of
// code invalid.
func (r *Release) Resources(asked *ResourcesAsked) (*ResourcesAnswer, error) {
	deployments, err := r.askedDeployments(asked.Deployment)
	if err != nil {
		return nil, err
	}
	a := &ResourcesAnswer{}
	if asked.Deployment != "" {
		a.Deployment = deployments[0]
	}
	for _, d := range deployments {
		items, unchecked := r.compareAmounts(d, asked.Amounts)
		a.Items = append(a.Items, items...)
		for _, resource := range unchecked {
			if !slices.Contains(a.Unchecked, resource) {
				a.Unchecked = append(a.Unchecked, resource)
			}
		}
	}
	if len(deployments) == 0 {
		for _, amount := range asked.Amounts {
			a.Items = append(a.Items, r.compareAmount(nil, nil, amount))
		}
	}
	a.Met = !a.has(NotMet)
	return a, nil
}

// compareAmounts compares every amount, and gives the resources needed besides.
func (r *Release) compareAmounts(d *fact.Deployment, amounts []ResourceAmount) (items []ResourceAnswer, unchecked []fact.Resource) {
	needs := r.needs(d, 1)
	for _, amount := range amounts {
		items = append(items, r.compareAmount(d, needs, amount))
	}
	for _, n := range needs {
		asked := slices.ContainsFunc(amounts, func(a ResourceAmount) bool { return a.Resource == n.Resource })
		if !asked && slices.Contains(Askable, n.Resource) && !slices.Contains(unchecked, n.Resource) {
			unchecked = append(unchecked, n.Resource)
		}
	}
	return items, unchecked
}

// compareAmount compares one amount with what is needed of the resource.
func (r *Release) compareAmount(d *fact.Deployment, needs []Need, amount ResourceAmount) ResourceAnswer {
	a := ResourceAnswer{ResourceAmount: amount, Of: d, Status: NotStated}
	var texts []string
	for _, n := range needs {
		if n.Resource != amount.Resource {
			continue
		}
		status, text := n.compare(amount)
		if a.Status == NotStated || status.worse(a.Status) {
			a.Status = status
		}
		a.Needs, texts = append(a.Needs, n), append(texts, text)
	}
	a.Why = fmt.Sprintf("%s: %s.", amount.words(), strings.Join(texts, ", "))
	if len(texts) == 0 {
		a.Why = fmt.Sprintf("The documents say nothing about the %s that %s needs.", amount.Resource, r.name())
	}
	return a
}

// words is the amount with its resource: "2048 MiB of memory", "2 cores".
func (a ResourceAmount) words() string {
	switch {
	case a.Amount.Unit == "m":
		return a.Amount.String() + " of a core"
	case a.Resource.Dimension() == fact.DimensionCores:
		return a.Amount.String()
	}
	return a.Amount.String() + " of " + string(a.Resource)
}

func (s Sufficiency) worse(o Sufficiency) bool {
	order := []Sufficiency{Met, BelowRecommended, NotMet}
	return slices.Index(order, s) > slices.Index(order, o)
}

// compare compares an amount with one requirement, and says so.
func (n *Need) compare(amount ResourceAmount) (Sufficiency, string) {
	text := "the " + string(n.Level) + " "
	if n.Approximate {
		text += "about "
	}
	text += n.Needed.String()
	if n.When != "" {
		text += " for " + n.When
	}
	if amount.Amount.Compare(n.Needed) >= 0 {
		return Met, "enough for " + text
	}
	text = "below " + text
	if n.Level == fact.LevelRecommended || n.Level == fact.LevelSufficient {
		return BelowRecommended, text
	}
	return NotMet, text
}

// Verdict is that of a question about resources alone. Documents state what is needed and
// test no amounts, so none is better than compatible.
func (a *ResourcesAnswer) Verdict() fact.Verdict {
	switch {
	case a.Open():
		return fact.Conditional
	case !a.Met:
		return fact.Incompatible
	case a.has(Met) || a.has(BelowRecommended):
		return fact.Compatible
	}
	return fact.NotListed
}

// Open reports whether it depends on the deployment, which was not told, whether anything
// is below what is required.
func (a *ResourcesAnswer) Open() bool {
	enough := func(item ResourceAnswer) bool {
		return !slices.ContainsFunc(a.Items, func(o ResourceAnswer) bool { return o.Of == item.Of && o.Status == NotMet })
	}
	return !a.Met && slices.ContainsFunc(a.Items, enough)
}

// has reports whether an amount compares so with what some deployment needs.
func (a *ResourcesAnswer) has(status Sufficiency) bool {
	return slices.ContainsFunc(a.Items, func(item ResourceAnswer) bool { return item.Status == status })
}
