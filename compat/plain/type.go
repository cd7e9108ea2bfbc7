package plain

import (
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/wording"
)

// cues are the classes of the words that tell what is asked for.
const cues = wording.Which | wording.Issues | wording.Listens | wording.Demands | wording.Differs | wording.Starts | wording.Moves |
	wording.Retests | wording.Plans | wording.Cites | wording.Covers | wording.Spans

// asked is what the words that are no names ask for.
func (r *reader) asked() (all wording.Class) {
	for _, t := range r.u.Tokens {
		if t.As == RoleWord || t.As == RoleIgnored || t.As == RoleSeparator || t.As == RoleKind {
			all |= wording.Is(t.Text, cues)
		}
	}
	return all
}

// typed decides what is asked for, what is missing for that, and which words belong to it.
// Where an environment is named, it is asked about, whatever else the words ask for; what a
// machine must have and where a release listens is told where nothing else is.
//
//  0. Where neither an environment nor two releases are named: what to test again or with, where
//     it is written, what the record lacks, and what changed in a time; see surveyed.
//  1. Two releases of a product are compared, where the words ask for a change or no environment
//     is named; else each is held against the environment.
//  2. An environment without a product is held against all of them, and so is one with a product
//     of which the words ask for releases.
//  3. Ports; then what a machine must have; then what changes since a release, or with it.
//  4. What a release lists of the kinds that are named, or of all where the words ask which.
func (r *reader) typed(named []*mention) {
	r.choices()
	u, bare := r.u, len(r.u.Components) == 0
	kind, reads := r.surveyed(named)
	switch {
	case len(u.Ambiguous) > 0:
		u.Type = TypeAmbiguous
	case kind != "":
		u.Type = kind
	case len(named) == 0 && bare:
		u.Type = TypeUnknown
	case len(named) == 0:
		u.Type, reads = TypeFind, wording.Which|wording.Issues
	case len(u.Releases) == 2 && u.Product != nil && (bare || r.cues&(wording.Differs|wording.Starts) != 0):
		u.Type, reads = TypeCompare, wording.Differs|wording.Starts
		u.From, u.Release, u.Releases = u.Releases[0], u.Releases[1], nil
	case len(u.Releases)+len(u.Products) > 0 && bare:
		u.Type = TypeUnknown
	case len(u.Releases)+len(u.Products) > 0 || !bare && r.wantsReleases(named):
		u.Type, reads = TypeFind, wording.Which|wording.Issues|wording.Starts
		u.Release, u.From, u.Assumed = nil, nil, ""
	case bare && r.cues&wording.Listens != 0:
		u.Type, reads = TypePorts, wording.Listens
	case bare && r.cues&wording.Demands != 0 && len(u.Kinds) == 0:
		u.Type, reads = TypeRequirements, wording.Demands
	case bare && r.cues&wording.Differs != 0 && len(u.Kinds) == 0 && r.since():
		u.Type, reads = TypeCompare, wording.Differs|wording.Starts
	case len(u.Kinds) > 0 || bare && r.cues&wording.Which != 0:
		u.Type, reads = TypeList, wording.Which|wording.Issues
	case bare:
		u.Type = TypeUnknown
	default:
		u.Type = TypeCheck
	}
	u.read(reads)
	if len(named) == 0 && kind == "" && (u.Type != TypeFind || r.cues&wording.Which == 0 || r.cues&wording.Issues == 0) {
		u.Missing = append(u.Missing, "product")
	}
	if u.Type == TypeUnknown && bare && r.cues&wording.Plans == 0 {
		u.Missing = append(u.Missing, "environment")
	}
}

// surveyed decides which look at the whole record is asked for, and which words belong to it;
// empty where none is. A release counts where one is named, and for a plan in any case.
func (r *reader) surveyed(named []*mention) (kind Type, reads wording.Class) {
	u := r.u
	if len(u.Ambiguous)+len(u.Components)+len(u.Releases)+len(u.Products) > 0 {
		return "", 0
	}
	u.Span = r.span()
	for i, t := range u.Tokens {
		if t.As == RoleIgnored && wording.Is(t.Text, wording.Months) != 0 {
			r.times = append(r.times, i)
		}
	}
	switch {
	case r.cues&wording.Retests != 0 && len(u.Kinds) < 2: // one kind can be looked at alone
		kind, reads = TypeRetest, wording.Retests|wording.Spans
	case r.cues&wording.Plans != 0 && u.Release != nil:
		return TypePlan, wording.Plans
	case r.cues&wording.Cites != 0 && u.Release != nil && !r.latest:
		return TypeList, wording.Cites // each with its source
	case r.cues&wording.Cites != 0:
		kind, reads = TypeSources, wording.Cites
	case r.cues&wording.Covers != 0:
		kind, reads = TypeCoverage, wording.Covers
	case r.cues&wording.Differs != 0 && len(u.Kinds) == 0 && (len(r.times) > 0 || u.Span != "" || len(named) == 0 && r.cues&(wording.Which|wording.Spans) != 0):
		kind, reads = TypeChanges, wording.Differs|wording.Starts|wording.Spans
	default:
		return "", 0
	}
	if u.From = nil; r.latest {
		u.Release, u.Assumed = nil, ""
	}
	return kind, reads | wording.Which
}

// span finds the one amount of time that the words name: "6 months" and "next month" are "6m"
// and "1m"; empty where there is none, or several.
func (r *reader) span() (span string) {
	for i, t := range r.u.Tokens {
		number, unit, _ := strings.Cut(strings.ToLower(t.Text), " ")
		if wording.Is(number, wording.Spans) != 0 {
			number = "1"
		}
		if unit = strings.TrimSuffix(unit, "s"); strings.Trim(number, "0123456789") != "" || !slices.Contains([]string{"day", "week", "month", "year"}, unit) {
			continue
		}
		if span != "" {
			return ""
		}
		span = number + unit[:1]
		r.times = slices.DeleteFunc(r.times, func(at int) bool { return at == i })
	}
	return span
}

// read takes words of some classes for words of the question.
func (u *Understanding) read(of wording.Class) {
	for i := range u.Tokens {
		if t := &u.Tokens[i]; t.As == RoleIgnored && wording.Is(t.Text, of) != 0 {
			t.As = RoleWord
		}
	}
}

// choices finds the kinds and technologies that a list is asked of.
func (r *reader) choices() {
	u := r.u
	for _, n := range r.kinds {
		kind := n.what.Kind()
		isLabel := slices.ContainsFunc(r.mentions, func(s mention) bool { return s.from == wording.SkipSoft(r.text, n.name.to) })
		name := n.name.of(r.text)
		isMany := len(u.Components) == 0 && strings.HasSuffix(name, "s") && !wording.IsCapitals(name)
		if (isMany || !isLabel && r.cues&wording.Which != 0) && !slices.Contains(u.Kinds, kind.ID) &&
			!slices.ContainsFunc(u.Components, func(c compat.Component) bool { return c.Kind == kind.ID }) {
			u.Kinds = append(u.Kinds, kind.ID)
		}
	}
	for i := range r.mentions {
		s := &r.mentions[i]
		if !s.isNamed() || !s.version.isEmpty() || s.strange || !r.isIssued(s) {
			continue
		}
		t := s.meanings[0].component.Technology
		at := slices.IndexFunc(u.Components, func(c compat.Component) bool { return c.Technology == t && c.Range.IsAll() })
		switch {
		case at < 0:
			continue
		case t.Generic:
			u.Components = slices.Delete(u.Components, at, at+1)
		case r.cues&wording.Which == 0:
			continue
		default:
			u.Only = append(u.Only, t)
		}
		if !slices.Contains(u.Kinds, t.Kind) {
			u.Kinds = append(u.Kinds, t.Kind)
		}
	}
}

// isIssued reports whether "versions" or "releases" stands right behind a name, or before it
// with no more than "of" between.
func (r *reader) isIssued(s *mention) bool {
	at := wording.SkipSoft(r.text, s.to)
	if wording.Is(r.text[at:wording.WordEnd(r.text, at)], wording.Issues) != 0 {
		return true
	}
	tokens := r.u.Tokens[:s.first]
	for i := range slices.Backward(tokens) {
		switch t := &tokens[i]; {
		case wording.Is(t.Text, wording.Issues) != 0:
			return true
		case wording.ClassOf(t.Text)&(wording.Fills|wording.Asks) == 0 || s.first-i > maxFillers:
			return false
		}
	}
	return false
}

// wantsReleases reports whether the words ask which releases of the product there are, and
// name none.
func (r *reader) wantsReleases(named []*mention) bool {
	return r.cues&wording.Which != 0 && !slices.ContainsFunc(named, func(s *mention) bool { return s.meanings[0].release != nil }) &&
		r.u.Product != nil && slices.ContainsFunc(named, r.isIssued)
}

// since finds the release that one release is compared with: the latest for "since 4.1", else
// the one before it; false where there is none.
func (r *reader) since() bool {
	u := r.u
	all := u.Product.Releases()
	at := slices.Index(all, u.Release)
	switch {
	case u.From != nil && u.From != u.Product.Latest():
		u.Release = u.Product.Latest()
		u.Assumed = strings.TrimSpace(u.Assumed + " " + r.m.Words().Text("ask.second_latest", u.Product.Name, u.Release.Version))
	case at >= 0 && at+1 < len(all):
		u.From = all[at+1]
		u.Assumed = strings.TrimSpace(u.Assumed + " " + r.m.Words().Text("ask.second_before", u.From.Version))
	default:
		return false
	}
	return true
}

// further finds versions without a name that are further releases of the product: behind "to"
// or "and", or where the words ask for a change.
func (r *reader) further(p *compat.Product, known []*mention) (all []*mention) {
	for i := range r.mentions {
		s := &r.mentions[i]
		text := s.of(r.text)
		if !s.orphan || !strings.Contains(text, ".") {
			continue
		}
		word := r.wordBefore(s)
		if r.cues&(wording.Differs|wording.Starts) == 0 && (len(known) == 0 || wording.Is(word, wording.Ands) == 0) {
			continue
		}
		if found := p.Named(text); len(found) == 1 {
			s.version, s.reason, s.orphan, s.meanings = s.span, "", false, releasesOf(p, found)
			r.keep(s, meaning.isProduct)
			if !slices.ContainsFunc(known, func(o *mention) bool { return o.meanings[0].release == found[0] }) {
				all = append(all, s)
			}
		}
	}
	return all
}

// pair puts the older of two releases first, unless the words say which is.
func (r *reader) pair(all []*mention) {
	if len(all) != 2 {
		return
	}
	order := all[0].meanings[0].product.Releases()
	first, second := slices.Index(order, r.u.Releases[0]), slices.Index(order, r.u.Releases[1])
	begins := wording.Is(r.wordBefore(all[0]), wording.Starts) != 0 || r.cues&wording.Moves != 0 && wording.Is(r.wordBefore(all[1]), wording.Ends) != 0
	if ends := wording.Is(r.wordBefore(all[1]), wording.Starts) != 0; ends && !begins || !begins && first < second {
		slices.Reverse(r.u.Releases)
	}
}

// alternatives reports whether the products that are named are things of one sort, each with its
// release, or of which releases are asked for: "MI 4.4.0 or APIM 4.6.0", "which releases of MI
// and APIM". Then each is held against the environment.
func (r *reader) alternatives(named []*mention) bool {
	const issues = wording.Which | wording.Issues
	bare := len(named) > 1 && named[0].meanings[0].release == nil
	if len(named) < 2 || bare && r.cues&issues != issues ||
		slices.ContainsFunc(named, func(s *mention) bool { return s.reason != "" || bare != (s.meanings[0].release == nil) }) {
		return false
	}
	for i, s := range named[1:] {
		if !r.areJoined(named[i], s) || s.meanings[0].product == named[0].meanings[0].product {
			return false
		}
	}
	for _, s := range named {
		if one := s.meanings[0]; bare {
			r.u.Products = append(r.u.Products, one.product)
		} else {
			r.u.Releases = append(r.u.Releases, one.release)
		}
	}
	return true
}

// areJoined reports whether nothing but a comma or an "and" stands between two things.
func (r *reader) areJoined(s, next *mention) bool {
	found := false
	for _, t := range r.u.Tokens[s.past:next.first] {
		if wording.Is(t.Text, wording.Ands) == 0 && !strings.Contains(",/", t.Text) {
			return false
		}
		found = true
	}
	return found
}

// joined reports whether a product that is named stands beside another as a thing of its sort.
func (r *reader) joined(named []*mention, p *compat.Product) bool {
	for i, s := range named[1:] {
		if last := named[i]; (s.meanings[0].product == p) != (last.meanings[0].product == p) && r.areJoined(last, s) {
			return true
		}
	}
	return false
}

// continued gives versions without a name to a technology that is named before them without
// one, with "versions" behind it: "JDK versions for MI: 11 and 17".
func (r *reader) continued() {
	var of *compat.Technology
	for i := range r.mentions {
		s := &r.mentions[i]
		switch {
		case s.isNamed():
			of = nil
			if s.version.isEmpty() && r.isIssued(s) {
				of = s.meanings[0].component.Technology
			}
		case s.orphan && s.reason != "" && of != nil:
			if versions, err := of.Versions(s.of(r.text)); err == nil && of.Knows(versions) {
				s.meanings, s.reason, s.orphan = []meaning{{component: of.Component(versions)}}, "", false
			}
		}
	}
}
