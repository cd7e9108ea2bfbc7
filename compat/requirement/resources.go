package requirement

import (
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/message"
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
		err = message.Of("amount.range", strconv.Quote(text))
	}
	if err != nil {
		return ResourceAmount{}, fact.Refuse(string(r), "amount.unread", string(r), err)
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
		status, text := n.compare(amount, r.from.Words)
		if a.Status == NotStated || status.worse(a.Status) {
			a.Status = status
		}
		a.Needs, texts = append(a.Needs, n), append(texts, text)
	}
	l := r.from.Words
	if a.Why = amount.words(l) + ": " + strings.Join(texts, ", ") + "."; len(texts) == 0 {
		a.Why = l.Text("resource.unknown", l.Text("word", string(amount.Resource)), r.name())
	}
	return a
}

// words is the amount with its resource: "2048 MiB of memory", "2 cores".
func (a ResourceAmount) words(l *message.Language) string {
	what := ""
	switch {
	case a.Amount.Unit == "m":
		what = "part"
	case a.Resource.Dimension() == fact.DimensionCores:
		what = "cores"
	}
	return l.Text("resource", a.Amount.String(), what, l.Text("word", string(a.Resource)))
}

func (s Sufficiency) worse(o Sufficiency) bool {
	order := []Sufficiency{Met, BelowRecommended, NotMet}
	return slices.Index(order, s) > slices.Index(order, o)
}

// compare compares an amount with one requirement, and says so.
func (n *Need) compare(amount ResourceAmount, l *message.Language) (Sufficiency, string) {
	status := NotMet
	switch {
	case amount.Amount.Compare(n.Needed) >= 0:
		status = Met
	case n.Level == fact.LevelRecommended || n.Level == fact.LevelSufficient:
		status = BelowRecommended
	}
	return status, l.Text("resource.compared", string(status), l.Text("word", string(n.Level)), strconv.FormatBool(n.Approximate), n.Needed.String(), n.When)
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
