package api

import (
	"strconv"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// The answer of the check endpoint is written straight from compat.Answer: it
// is asked most, and reflection would cost more than the answer itself. Each
// function below appends what encoding/json would write of the type of the same
// name in answer.go, which a test holds against it. What is said of resources is
// asked seldom and written by reflection.

// appendAnswer appends an answer and a line break.
func appendAnswer(dst []byte, v *view, a *compat.Answer) []byte {
	dst = appendField(dst, `{"verdict":`, string(a.Verdict))
	dst = strconv.AppendBool(append(dst, `,"pass":`...), a.Pass)
	dst = appendField(dst, `,"require":`, a.Require.String())
	dst = appendTrue(dst, `,"provisional":`, a.Provisional())
	dst = appendTrue(dst, `,"no_page":`, a.Unpaged())
	dst = appendStale(append(dst, `,"stale":`...), a.Stale)
	dst = append(dst, `,"summary":"`...)
	dst = escapeTail(a.AppendSummary(dst), len(dst))
	dst = appendField(dst, `","product":`, a.Product.ID)
	dst = appendField(dst, `,"release":`, a.Release.Version)
	dst = appendOptional(dst, `,"release_asked":`, a.AskedRelease)
	dst = appendCombination(append(dst, `,"combination":`...), v, &a.Combination)
	dst = append(dst, `,"components":[`...)
	for i := range a.Components {
		dst = appendComponent(comma(dst, i), v, &a.Components[i])
	}
	dst = appendAssumed(append(dst, `],"assumed":`...), a.Assumed)
	dst = appendStrings(append(dst, `,"unchecked":`...), a.Unchecked)
	dst = appendStrings(append(dst, `,"unread":`...), a.Unread)
	dst = appendAdvisories(append(dst, `,"advisories":`...), v, a.Advisories)
	dst = appendMoves(append(dst, `,"moves":`...), a.Moves)
	dst = appendOffers(append(dst, `,"offers":`...), a.Offers)
	if a.Resources != nil {
		dst = appendValue(append(dst, `,"resources":`...), v.resources(a.Resources))
	}
	dst = strconv.AppendInt(append(dst, `,"catalogue":{"revision":`...), a.Revision, 10)
	dst = appendField(dst, `,"digest":`, a.Digest)
	return append(dst, "}}\n"...)
}

func appendCombination(dst []byte, v *view, c *compat.Combination) []byte {
	dst = strconv.AppendBool(append(dst, `{"recorded":`...), c.Recorded)
	dst = appendOptional(dst, `,"result":`, string(c.Result))
	dst = appendConfigurations(append(dst, `,"configurations":[`...), v, c.Configurations)
	dst = appendConfigurations(append(dst, `],"failed_parts":[`...), v, c.FailedParts)
	dst = append(dst, `],"pairs":[`...)
	for i, pair := range c.Pairs {
		dst = appendTargets(append(comma(dst, i), `{"components":`...), pair.Components)
		dst = append(appendImage(append(dst, `,"image":`...), pair), '}')
	}
	return append(dst, "]}"...)
}

func appendImage(dst []byte, s *compat.Shipment) []byte {
	dst = appendField(dst, `{"repository":`, s.Repository)
	dst = appendField(dst, `,"tag":`, s.Tag)
	dst = appendField(dst, `,"path":`, s.Path)
	dst = appendField(dst, `,"date":`, s.Date)
	return append(appendOptional(dst, `,"url":`, s.URL()), '}')
}

func appendStale(dst []byte, stale []compat.Stale) []byte {
	dst = append(dst, '[')
	for i, s := range stale {
		dst = appendField(comma(dst, i), `{"id":`, s.Source.ID)
		dst = appendField(dst, `,"title":`, s.Source.Title)
		dst = appendOptional(dst, `,"url":`, s.Source.Address())
		dst = append(appendField(dst, `,"confirmed":`, s.Last.String()), '}')
	}
	return append(dst, ']')
}

func appendConfigurations(dst []byte, v *view, all []*compat.Run) []byte {
	for i, configuration := range all {
		dst = appendConfiguration(comma(dst, i), v, configuration.Configuration)
	}
	return dst
}

func appendConfiguration(dst []byte, v *view, c *fact.Configuration) []byte {
	dst = appendField(dst, `{"id":`, c.ID)
	dst = appendTargets(append(dst, `,"components":`...), c.Components)
	dst = appendOptional(dst, `,"build":`, c.Build)
	dst = appendOptional(dst, `,"update":`, c.Update)
	dst = appendField(dst, `,"result":`, string(c.Result))
	dst = appendOptional(dst, `,"culprit":`, c.Culprit)
	dst = appendField(dst, `,"date":`, c.Date)
	dst = appendOptional(dst, `,"note":`, c.Note)
	dst = appendCitation(append(dst, `,"source":`...), &c.Citation, v.Source(c.Citation.Source))
	return append(dst, '}')
}

func appendComponent(dst []byte, v *view, c *compat.ComponentAnswer) []byte {
	dst = appendField(dst, `{"kind":`, c.Kind)
	dst = appendField(dst, `,"asked":`, c.Text)
	if c.Technology != nil {
		dst = appendField(dst, `,"technology":`, c.Technology.ID)
		dst = appendField(dst, `,"name":`, c.Technology.Name)
		dst = appendOptional(dst, `,"version":`, c.VersionText())
	}
	dst = appendField(dst, `,"verdict":`, string(c.Verdict))
	dst = appendField(dst, `,"match":`, string(c.Match))
	dst = appendTrue(dst, `,"provisional":`, c.Provisional())
	dst = append(dst, `,"why":"`...)
	dst = escapeTail(c.AppendWhy(dst), len(dst))
	dst = appendListings(append(dst, `","listed":`...), v, c.Listed)
	dst = appendListings(append(dst, `,"nearest":`...), v, c.Nearest)
	dst = appendConditions(append(dst, `,"conditions":`...), c.Conditions)
	dst = appendAdvisories(append(dst, `,"advisories":`...), v, c.Advisories)
	dst = appendStrings(append(dst, `,"candidates":`...), c.Candidates)
	dst = appendOptional(dst, `,"remark":`, c.Remark())
	if c.Via != nil {
		dst = appendVia(append(dst, `,"via":`...), c.Via)
	}
	if c.Lifecycle.State != "" {
		dst = appendLifecycle(append(dst, `,"lifecycle":`...), v, c)
	}
	return append(dst, '}')
}

func appendAssumed(dst []byte, assumed []*compat.Component) []byte {
	dst = append(dst, '[')
	for i, c := range assumed {
		dst = appendField(comma(dst, i), `{"kind":`, c.Kind)
		dst = appendField(dst, `,"asked":`, c.Text)
		dst = appendField(dst, `,"technology":`, c.Technology.ID)
		dst = appendField(dst, `,"name":`, c.Technology.Name)
		dst = append(appendOptional(dst, `,"version":`, c.VersionText()), '}')
	}
	return append(dst, ']')
}

func appendListings(dst []byte, v *view, listings []*compat.Listing) []byte {
	dst = append(dst, '[')
	for i, l := range listings {
		dst = comma(dst, i)
		if ready, ok := v.listings[l.Claim]; ok {
			dst = append(dst, ready...)
			continue
		}
		dst = appendListing(dst, l)
	}
	return append(dst, ']')
}

func appendListing(dst []byte, l *compat.Listing) []byte {
	dst = appendField(dst, `{"label":`, l.Label)
	dst = appendField(dst, `,"technology":`, l.Tech.ID)
	dst = appendOptional(dst, `,"version":`, l.VersionText())
	dst = appendField(dst, `,"status":`, string(l.Status))
	dst = appendOptional(dst, `,"when":`, l.When)
	if len(l.With) > 0 {
		dst = appendTargets(append(dst, `,"with":`...), l.With)
	}
	dst = appendOptional(dst, `,"inherited":`, l.Platform)
	if l.Image != nil {
		dst = appendImage(append(dst, `,"image":`...), l.Image)
	}
	dst = appendOptional(dst, `,"run":`, runID(l.Run))
	dst = appendOptional(dst, `,"remark":`, l.Remark())
	dst = appendCitation(append(dst, `,"source":`...), &l.Citation, l.Source)
	return append(dst, '}')
}

func appendCitation(dst []byte, c *fact.Citation, source *fact.Source) []byte {
	if source == nil {
		source = &fact.Source{ID: c.Source}
	}
	dst = appendField(dst, `{"id":`, source.ID)
	dst = appendField(dst, `,"title":`, source.Title)
	dst = appendOptional(dst, `,"section":`, c.Section)
	dst = appendOptional(dst, `,"quote":`, c.Quote)
	dst = appendField(dst, `,"authority":`, string(source.Authority))
	dst = appendOptional(dst, `,"url":`, source.URL)
	return append(dst, '}')
}

func appendConditions(dst []byte, conditions []compat.Condition) []byte {
	dst = append(dst, '[')
	for i, c := range conditions {
		dst = append(comma(dst, i), '{')
		if c.Technology != nil {
			dst = append(appendField(dst, `"technology":`, c.Technology.ID), ',')
		}
		dst = appendField(dst, `"range":`, c.Range)
		dst = appendOptional(dst, `,"when":`, c.When)
		dst = append(appendField(dst, `,"verdict":`, string(c.Verdict)), '}')
	}
	return append(dst, ']')
}

func appendAdvisories(dst []byte, v *view, advisories []*fact.Advisory) []byte {
	dst = append(dst, '[')
	for i, a := range advisories {
		dst = append(comma(dst, i), v.advisories[a]...)
	}
	return append(dst, ']')
}

func appendAdvisory(dst []byte, v *view, a *fact.Advisory) []byte {
	dst = appendField(dst, `{"id":`, a.ID)
	dst = appendField(dst, `,"severity":`, string(a.Severity))
	dst = appendField(dst, `,"title":`, a.Title)
	dst = appendField(dst, `,"text":`, a.Text)
	dst = appendOptional(dst, `,"workaround":`, a.Workaround)
	dst = appendSettings(append(dst, `,"settings":`...), a.Settings)
	dst = appendTargets(append(dst, `,"applies":`...), a.Applies)
	dst = appendTargets(append(dst, `,"with":`...), a.With)
	dst = strconv.AppendBool(append(dst, `,"incompatible":`...), a.Incompatible)
	dst = appendOptional(dst, `,"profile":`, a.Profile)
	dst = appendOptional(dst, `,"inherited":`, a.Platform)
	dst = appendCitation(append(dst, `,"source":`...), &a.Citation, v.Source(a.Citation.Source))
	return append(dst, '}')
}

func appendSettings(dst []byte, settings []fact.Setting) []byte {
	dst = append(dst, '[')
	for i, s := range settings {
		dst = appendField(comma(dst, i), `{"file":`, s.File)
		dst = appendOptional(dst, `,"name":`, s.Name)
		dst = append(appendField(dst, `,"value":`, s.Value), '}')
	}
	return append(dst, ']')
}

func appendTargets(dst []byte, targets []fact.Target) []byte {
	dst = append(dst, '[')
	for i, t := range targets {
		dst = appendField(comma(dst, i), `{"technology":`, t.Technology)
		dst = append(appendOptional(dst, `,"version":`, t.Version), '}')
	}
	return append(dst, ']')
}

func appendVia(dst []byte, via *compat.Via) []byte {
	dst = appendField(dst, `{"kind":`, via.Kind)
	if via.Technology != nil {
		dst = appendField(dst, `,"technology":`, via.Technology.ID)
	}
	dst = appendField(dst, `,"note":`, via.Note)
	if via.Source != nil {
		dst = appendCitation(append(dst, `,"source":`...), &via.Citation, via.Source)
	}
	return append(dst, '}')
}

func appendMoves(dst []byte, moves []compat.Move) []byte {
	dst = append(dst, '[')
	for i, m := range moves {
		dst = append(comma(dst, i), `{"summary":"`...)
		dst = escapeTail(m.AppendSummary(dst), len(dst))
		dst = append(dst, `","changes":[`...)
		for j, c := range m.Changes {
			dst = appendField(comma(dst, j), `{"kind":`, c.Kind)
			dst = appendField(dst, `,"from":`, c.From)
			dst = appendField(dst, `,"to":`, c.To)
			dst = appendField(dst, `,"step":`, string(c.Step))
			dst = strconv.AppendBool(append(dst, `,"downgrade":`...), c.Downgrade)
			if c.Ends != 0 {
				dst = appendField(dst, `,"ends":`, c.Ends.String())
			}
			dst = append(dst, '}')
		}
		dst = append(dst, ']')
		if m.Release != nil {
			dst = appendField(dst, `,"release":`, m.Release.Version)
		}
		dst = append(appendField(dst, `,"verdict":`, string(m.Verdict)), '}')
	}
	return append(dst, ']')
}

func appendOffers(dst []byte, offers []compat.Offer) []byte {
	dst = append(dst, '[')
	for i, o := range offers {
		dst = appendField(comma(dst, i), `{"kind":`, o.Kind.ID)
		dst = appendStrings(append(dst, `,"names":`...), o.Names)
		dst = strconv.AppendInt(append(dst, `,"more":`...), int64(o.More), 10)
		dst = append(strconv.AppendBool(append(dst, `,"ended":`...), o.Ended), '}')
	}
	return append(dst, ']')
}

func appendStrings(dst []byte, items []string) []byte {
	dst = append(dst, '[')
	for i, item := range items {
		dst = appendString(comma(dst, i), item)
	}
	return append(dst, ']')
}

// comma parts the items of a list.
func comma(dst []byte, index int) []byte {
	if index > 0 {
		return append(dst, ',')
	}
	return dst
}

// appendField appends a string; key is all that stands between it and what is
// before.
func appendField(dst []byte, key, value string) []byte {
	return appendString(append(dst, key...), value)
}

// appendTrue appends a boolean unless it is false.
func appendTrue(dst []byte, key string, value bool) []byte {
	if !value {
		return dst
	}
	return append(append(dst, key...), "true"...)
}

// appendOptional appends a string unless it is empty.
func appendOptional(dst []byte, key, value string) []byte {
	if value == "" {
		return dst
	}
	return appendField(dst, key, value)
}
