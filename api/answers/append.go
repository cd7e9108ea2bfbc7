package answers

import (
	"strconv"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// The answer of the check endpoint is written straight from compat.Answer: it
// is asked most, and reflection would cost more than the answer itself. Each
// function below appends what encoding/json would write of the type of the same
// name in answer.go, which a test holds against it. What is said of resources is
// asked seldom and written by reflection.

// AppendAnswer appends an answer and a line break.
func (v *View) AppendAnswer(dst []byte, a *compat.Answer) []byte {
	dst = wire.AppendField(dst, `{"verdict":`, string(a.Verdict))
	dst = strconv.AppendBool(append(dst, `,"pass":`...), a.Pass)
	dst = wire.AppendField(dst, `,"require":`, a.Require.String())
	dst = wire.AppendTrue(dst, `,"provisional":`, a.Provisional())
	dst = wire.AppendTrue(dst, `,"no_page":`, a.Unpaged())
	dst = AppendStale(append(dst, `,"stale":`...), a.Stale)
	dst = append(dst, `,"summary":"`...)
	dst = wire.EscapeTail(a.AppendSummary(dst), len(dst))
	dst = wire.AppendField(dst, `","product":`, a.Product.ID)
	dst = wire.AppendField(dst, `,"release":`, a.Release.Version)
	dst = wire.AppendOptional(dst, `,"release_asked":`, a.AskedRelease)
	dst = v.appendCombination(append(dst, `,"combination":`...), &a.Combination)
	dst = append(dst, `,"components":[`...)
	for i := range a.Components {
		dst = v.AppendComponent(wire.Comma(dst, i), &a.Components[i])
	}
	dst = AppendAssumed(append(dst, `],"assumed":`...), a.Assumed)
	dst = wire.AppendStrings(append(dst, `,"unchecked":`...), a.Unchecked)
	dst = wire.AppendStrings(append(dst, `,"unread":`...), a.Unread)
	dst = v.appendAdvisories(append(dst, `,"advisories":`...), a.Advisories)
	dst = appendMoves(append(dst, `,"moves":`...), a.Moves)
	dst = appendOffers(append(dst, `,"offers":`...), a.Offers)
	if a.Resources != nil {
		dst = wire.AppendValue(append(dst, `,"resources":`...), v.resources(a.Resources))
	}
	dst = strconv.AppendInt(append(dst, `,"catalogue":{"revision":`...), a.Revision, 10)
	dst = wire.AppendField(dst, `,"digest":`, a.Digest)
	return append(dst, "}}\n"...)
}

func (v *View) appendCombination(dst []byte, c *compat.Combination) []byte {
	dst = strconv.AppendBool(append(dst, `{"recorded":`...), c.Recorded)
	dst = wire.AppendOptional(dst, `,"result":`, string(c.Result))
	dst = v.appendConfigurations(append(dst, `,"configurations":[`...), c.Configurations)
	dst = v.appendConfigurations(append(dst, `],"failed_parts":[`...), c.FailedParts)
	dst = append(dst, `],"pairs":[`...)
	for i, pair := range c.Pairs {
		dst = appendTargets(append(wire.Comma(dst, i), `{"components":`...), pair.Components)
		dst = append(appendImage(append(dst, `,"image":`...), pair), '}')
	}
	return append(dst, "]}"...)
}

func appendImage(dst []byte, s *compat.Shipment) []byte {
	dst = wire.AppendField(dst, `{"repository":`, s.Repository)
	dst = wire.AppendField(dst, `,"tag":`, s.Tag)
	dst = wire.AppendField(dst, `,"path":`, s.Path)
	dst = wire.AppendField(dst, `,"date":`, s.Date)
	return append(wire.AppendOptional(dst, `,"url":`, s.URL()), '}')
}

// AppendStale appends documents that nobody has looked at for long.
func AppendStale(dst []byte, stale []compat.Stale) []byte {
	dst = append(dst, '[')
	for i, s := range stale {
		dst = wire.AppendField(wire.Comma(dst, i), `{"id":`, s.Source.ID)
		dst = wire.AppendField(dst, `,"title":`, s.Source.Title)
		dst = wire.AppendOptional(dst, `,"url":`, s.Source.Address())
		dst = append(wire.AppendField(dst, `,"confirmed":`, s.Last.String()), '}')
	}
	return append(dst, ']')
}

func (v *View) appendConfigurations(dst []byte, all []*compat.Run) []byte {
	for i, configuration := range all {
		dst = v.appendConfiguration(wire.Comma(dst, i), configuration.Configuration)
	}
	return dst
}

func (v *View) appendConfiguration(dst []byte, c *fact.Configuration) []byte {
	dst = wire.AppendField(dst, `{"id":`, c.ID)
	dst = appendTargets(append(dst, `,"components":`...), c.Components)
	dst = wire.AppendOptional(dst, `,"build":`, c.Build)
	dst = wire.AppendOptional(dst, `,"update":`, c.Update)
	dst = wire.AppendField(dst, `,"result":`, string(c.Result))
	dst = wire.AppendOptional(dst, `,"culprit":`, c.Culprit)
	dst = wire.AppendField(dst, `,"date":`, c.Date)
	dst = wire.AppendOptional(dst, `,"note":`, c.Note)
	dst = appendCitation(append(dst, `,"source":`...), &c.Citation, v.Source(c.Citation.Source))
	return append(dst, '}')
}

// AppendComponent appends the answer for one component.
func (v *View) AppendComponent(dst []byte, c *compat.ComponentAnswer) []byte {
	dst = wire.AppendField(dst, `{"kind":`, c.Kind)
	dst = wire.AppendField(dst, `,"asked":`, c.Text)
	if c.Technology != nil {
		dst = wire.AppendField(dst, `,"technology":`, c.Technology.ID)
		dst = wire.AppendField(dst, `,"name":`, c.Technology.Name)
		dst = wire.AppendOptional(dst, `,"version":`, c.VersionText())
	}
	dst = wire.AppendField(dst, `,"verdict":`, string(c.Verdict))
	dst = wire.AppendField(dst, `,"match":`, string(c.Match))
	dst = wire.AppendTrue(dst, `,"provisional":`, c.Provisional())
	dst = append(dst, `,"why":"`...)
	dst = wire.EscapeTail(c.AppendWhy(dst), len(dst))
	dst = v.appendListings(append(dst, `","listed":`...), c.Listed)
	dst = v.appendListings(append(dst, `,"nearest":`...), c.Nearest)
	dst = appendConditions(append(dst, `,"conditions":`...), c.Conditions)
	dst = v.appendAdvisories(append(dst, `,"advisories":`...), c.Advisories)
	dst = wire.AppendStrings(append(dst, `,"candidates":`...), c.Candidates)
	dst = wire.AppendOptional(dst, `,"remark":`, c.Remark())
	if c.Via != nil {
		dst = appendVia(append(dst, `,"via":`...), c.Via)
	}
	if c.Lifecycle.State != "" {
		dst = v.appendLifecycle(append(dst, `,"lifecycle":`...), c)
	}
	return append(dst, '}')
}

// AppendAssumed appends the components that are taken for granted.
func AppendAssumed(dst []byte, assumed []*compat.Component) []byte {
	dst = append(dst, '[')
	for i, c := range assumed {
		dst = wire.AppendField(wire.Comma(dst, i), `{"kind":`, c.Kind)
		dst = wire.AppendField(dst, `,"asked":`, c.Text)
		dst = wire.AppendField(dst, `,"technology":`, c.Technology.ID)
		dst = wire.AppendField(dst, `,"name":`, c.Technology.Name)
		dst = append(wire.AppendOptional(dst, `,"version":`, c.VersionText()), '}')
	}
	return append(dst, ']')
}

func (v *View) appendListings(dst []byte, listings []*compat.Listing) []byte {
	dst = append(dst, '[')
	for i, l := range listings {
		dst = wire.Comma(dst, i)
		if ready, ok := v.listings[l.Claim]; ok {
			dst = append(dst, ready...)
			continue
		}
		dst = appendListing(dst, l)
	}
	return append(dst, ']')
}

func appendListing(dst []byte, l *compat.Listing) []byte {
	dst = wire.AppendField(dst, `{"label":`, l.Label)
	dst = wire.AppendField(dst, `,"technology":`, l.Tech.ID)
	dst = wire.AppendOptional(dst, `,"version":`, l.VersionText())
	dst = wire.AppendField(dst, `,"status":`, string(l.Status))
	dst = wire.AppendOptional(dst, `,"when":`, l.When)
	if len(l.With) > 0 {
		dst = appendTargets(append(dst, `,"with":`...), l.With)
	}
	dst = wire.AppendOptional(dst, `,"inherited":`, l.Platform)
	if l.Image != nil {
		dst = appendImage(append(dst, `,"image":`...), l.Image)
	}
	dst = wire.AppendOptional(dst, `,"run":`, runID(l.Run))
	dst = wire.AppendOptional(dst, `,"remark":`, l.Remark())
	dst = appendCitation(append(dst, `,"source":`...), &l.Citation, l.Source)
	return append(dst, '}')
}

func appendCitation(dst []byte, c *fact.Citation, source *fact.Source) []byte {
	if source == nil {
		source = &fact.Source{ID: c.Source}
	}
	dst = wire.AppendField(dst, `{"id":`, source.ID)
	dst = wire.AppendField(dst, `,"title":`, source.Title)
	dst = wire.AppendOptional(dst, `,"section":`, c.Section)
	dst = wire.AppendOptional(dst, `,"quote":`, c.Quote)
	dst = wire.AppendField(dst, `,"authority":`, string(source.Authority))
	dst = wire.AppendOptional(dst, `,"url":`, source.URL)
	return append(dst, '}')
}

func appendConditions(dst []byte, conditions []compat.Condition) []byte {
	dst = append(dst, '[')
	for i, c := range conditions {
		dst = append(wire.Comma(dst, i), '{')
		if c.Technology != nil {
			dst = append(wire.AppendField(dst, `"technology":`, c.Technology.ID), ',')
		}
		dst = wire.AppendField(dst, `"range":`, c.Range)
		dst = wire.AppendOptional(dst, `,"when":`, c.When)
		dst = append(wire.AppendField(dst, `,"verdict":`, string(c.Verdict)), '}')
	}
	return append(dst, ']')
}

func (v *View) appendAdvisories(dst []byte, advisories []*fact.Advisory) []byte {
	dst = append(dst, '[')
	for i, a := range advisories {
		dst = append(wire.Comma(dst, i), v.advisories[a]...)
	}
	return append(dst, ']')
}

func (v *View) appendAdvisory(dst []byte, a *fact.Advisory) []byte {
	dst = wire.AppendField(dst, `{"id":`, a.ID)
	dst = wire.AppendField(dst, `,"severity":`, string(a.Severity))
	dst = wire.AppendField(dst, `,"title":`, a.Title)
	dst = wire.AppendField(dst, `,"text":`, a.Text)
	dst = wire.AppendOptional(dst, `,"workaround":`, a.Workaround)
	dst = appendSettings(append(dst, `,"settings":`...), a.Settings)
	dst = appendTargets(append(dst, `,"applies":`...), a.Applies)
	dst = appendTargets(append(dst, `,"with":`...), a.With)
	dst = strconv.AppendBool(append(dst, `,"incompatible":`...), a.Incompatible)
	dst = wire.AppendOptional(dst, `,"profile":`, a.Profile)
	dst = wire.AppendOptional(dst, `,"inherited":`, a.Platform)
	dst = appendCitation(append(dst, `,"source":`...), &a.Citation, v.Source(a.Citation.Source))
	return append(dst, '}')
}

func appendSettings(dst []byte, settings []fact.Setting) []byte {
	dst = append(dst, '[')
	for i, s := range settings {
		dst = wire.AppendField(wire.Comma(dst, i), `{"file":`, s.File)
		dst = wire.AppendOptional(dst, `,"name":`, s.Name)
		dst = append(wire.AppendField(dst, `,"value":`, s.Value), '}')
	}
	return append(dst, ']')
}

func appendTargets(dst []byte, targets []fact.Target) []byte {
	dst = append(dst, '[')
	for i, t := range targets {
		dst = wire.AppendField(wire.Comma(dst, i), `{"technology":`, t.Technology)
		dst = append(wire.AppendOptional(dst, `,"version":`, t.Version), '}')
	}
	return append(dst, ']')
}

func appendVia(dst []byte, via *compat.Via) []byte {
	dst = wire.AppendField(dst, `{"kind":`, via.Kind)
	if via.Technology != nil {
		dst = wire.AppendField(dst, `,"technology":`, via.Technology.ID)
	}
	dst = wire.AppendField(dst, `,"note":`, via.Note)
	if via.Source != nil {
		dst = appendCitation(append(dst, `,"source":`...), &via.Citation, via.Source)
	}
	return append(dst, '}')
}

func appendMoves(dst []byte, moves []compat.Move) []byte {
	dst = append(dst, '[')
	for i, m := range moves {
		dst = append(wire.Comma(dst, i), `{"summary":"`...)
		dst = wire.EscapeTail(m.AppendSummary(dst), len(dst))
		dst = append(dst, `","changes":[`...)
		for j, c := range m.Changes {
			dst = wire.AppendField(wire.Comma(dst, j), `{"kind":`, c.Kind)
			dst = wire.AppendField(dst, `,"from":`, c.From)
			dst = wire.AppendField(dst, `,"to":`, c.To)
			dst = wire.AppendField(dst, `,"step":`, string(c.Step))
			dst = strconv.AppendBool(append(dst, `,"downgrade":`...), c.Downgrade)
			if c.Ends != 0 {
				dst = wire.AppendField(dst, `,"ends":`, c.Ends.String())
			}
			dst = append(dst, '}')
		}
		dst = append(dst, ']')
		if m.Release != nil {
			dst = wire.AppendField(dst, `,"release":`, m.Release.Version)
		}
		dst = append(wire.AppendField(dst, `,"verdict":`, string(m.Verdict)), '}')
	}
	return append(dst, ']')
}

func appendOffers(dst []byte, offers []compat.Offer) []byte {
	dst = append(dst, '[')
	for i, o := range offers {
		dst = wire.AppendField(wire.Comma(dst, i), `{"kind":`, o.Kind.ID)
		dst = wire.AppendStrings(append(dst, `,"names":`...), o.Names)
		dst = strconv.AppendInt(append(dst, `,"more":`...), int64(o.More), 10)
		dst = append(strconv.AppendBool(append(dst, `,"ended":`...), o.Ended), '}')
	}
	return append(dst, ']')
}
