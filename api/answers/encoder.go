package answers

import (
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/lifecycle"
	"github.com/testedon/testedon/compat/requirement"
)

// encoder says what each documented type is made of: what [View] does by methods that
// generate makes. Those of the first kind append a thing as the JSON of a type, those of the
// second give it as the type.
type encoder interface {
	AppendAnswer(dst []byte, a *compat.Answer) []byte
	AppendCombination(dst []byte, c *compat.Combination) []byte
	AppendPair(dst []byte, s *compat.Shipment) []byte
	AppendImage(dst []byte, s *compat.Shipment) []byte
	AppendStale(dst []byte, s *compat.Stale) []byte
	AppendAssumed(dst []byte, c *compat.Component) []byte
	AppendComponent(dst []byte, c *compat.ComponentAnswer) []byte
	AppendListing(dst []byte, l *compat.Listing) []byte
	AppendCitation(dst []byte, c Cited) []byte
	AppendCondition(dst []byte, c *compat.Condition) []byte
	AppendTurn(dst []byte, t *compat.Turn) []byte
	AppendVia(dst []byte, via *compat.Via) []byte
	AppendMove(dst []byte, m *compat.Move) []byte
	AppendOffer(dst []byte, o *compat.Offer) []byte
	AppendChange(dst []byte, c *compat.Change) []byte
	AppendConfiguration(dst []byte, r *compat.Run) []byte
	AppendTarget(dst []byte, t *fact.Target) []byte
	AppendCatalogueRef(dst []byte, a *compat.Answer) []byte
	AppendSetting(dst []byte, s *fact.Setting) []byte
	AppendAdvisory(dst []byte, a *fact.Advisory) []byte
	AppendLifecycle(dst []byte, c *compat.ComponentAnswer) []byte
	AppendSeries(dst []byte, p *lifecycle.Period) []byte
	AppendRequirement(dst []byte, n *requirement.Need) []byte
	AppendExample(dst []byte, q *fact.Requirement) []byte
	AppendShare(dst []byte, s *fact.Share) []byte
	AppendQuantity(dst []byte, q *fact.Quantity) []byte
	AppendResources(dst []byte, a *requirement.ResourcesAnswer) []byte
	AppendResource(dst []byte, a *requirement.ResourceAnswer) []byte

	PairOf(s *compat.Shipment) Pair
	ImageOf(s *compat.Shipment) Image
	ListingOf(l *compat.Listing) Listing
	CitationOf(c Cited) Citation
	ConfigurationOf(r *compat.Run) Configuration
	TargetOf(t *fact.Target) Target
	SettingOf(s *fact.Setting) Setting
	AdvisoryOf(a *fact.Advisory) Advisory
	SeriesOf(p *lifecycle.Period) Series
	RequirementOf(n *requirement.Need) Requirement
	ExampleOf(q *fact.Requirement) Example
	ShareOf(s *fact.Share) Share
	QuantityOf(q *fact.Quantity) Quantity
}

var _ encoder = (*View)(nil)

func (v *View) keptAdvisory(a *fact.Advisory) []byte  { return v.advisories[a] }
func (v *View) keptSeries(p *lifecycle.Period) []byte { return v.periods[p] }
