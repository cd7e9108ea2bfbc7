package plain

import (
	"cmp"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/wording"
)

// settle decides what only the whole text tells: the product, its release, and
// what is open then.
func (r *reader) settle() {
	r.cues = r.asked()
	named := r.products()
	if !r.alternatives(named) {
		if named = r.subject(named); len(named) > 0 {
			if p := r.oneProduct(named); p != nil {
				r.u.Product = p
				r.oneRelease(p, named)
			}
		}
	}
	for i := range r.mentions {
		r.part(i)
	}
	r.belong()
	if named = slices.DeleteFunc(named, func(s *mention) bool { return len(s.meanings) == 0 }); len(named) == 0 { // they belong to other names
		r.u.Product, r.u.Release, r.u.From, r.u.Releases, r.u.Products, r.u.Assumed = nil, nil, nil, nil, nil, ""
	}
	r.continued()
	for i := range r.mentions {
		switch s := &r.mentions[i]; {
		case s.reason != "":
			a := Ambiguity{Text: r.written(s), Reason: s.reason}
			for _, one := range s.meanings {
				a.Readings = append(a.Readings, one.reading())
			}
			r.u.Ambiguous = append(r.u.Ambiguous, a)
		case s.isComponent():
			r.component(s)
		}
	}
	r.once()
	r.typed(named)
	r.timed()
	if r.u.Unread = r.u.list(RoleIgnored); len(r.u.Unread) > 0 {
		r.withhold()
	}
}

// withhold gives no content where a word that is not understood may turn it into its opposite:
// "not supported", "removed".
func (r *reader) withhold() {
	switch u := r.u; {
	case u.Type == TypeList && len(u.Components) > 0:
		u.Type = TypeCheck
	case u.Type == TypeList, len(u.Components) == 0 && u.Type != TypeFind && u.Type != TypeAmbiguous && slices.ContainsFunc(u.Unread, denies):
		u.Type = TypeUnknown
	}
}

// denies reports whether one of the words of a text denies something.
func denies(text string) bool {
	return slices.ContainsFunc(strings.Fields(text), func(word string) bool {
		return wording.ClassOf(word)&wording.Denies|wording.Is(word, wording.Nots) != 0
	})
}

// timed tells the times that the words say. Where changes are asked for they are read, with the
// word before them: "since June".
func (r *reader) timed() {
	for _, at := range r.times {
		t := &r.u.Tokens[at]
		text := t.Text
		if t.As = RoleIgnored; r.u.Type == TypeChanges {
			t.As = RoleWord
			if at > 0 && wording.Is(r.u.Tokens[at-1].Text, wording.Dates) != 0 {
				text = r.text[r.u.Tokens[at-1].Start:t.End]
			}
		}
		r.u.Times = append(r.u.Times, text)
	}
}

// products gives the mentions of products. What may also be the name of a series is
// the product where it is the only one that may be; where another name is surely a
// product's, it is the technology.
func (r *reader) products() []*mention {
	var sure, perhaps []*mention
	for i := range r.mentions {
		s := &r.mentions[i]
		switch products := len(slices.DeleteFunc(slices.Clone(s.meanings), meaning.isComponent)); {
		case s.orphan || products == 0:
		case products == len(s.meanings):
			sure = append(sure, s)
		case s.reason == "": // else it is open for another reason
			perhaps = append(perhaps, s)
		}
	}
	switch {
	case len(sure) > 0:
		for _, s := range perhaps {
			r.keep(s, meaning.isComponent)
		}
		return sure
	case len(perhaps) == 1:
		r.keep(perhaps[0], meaning.isProduct)
	default:
		for _, s := range perhaps {
			s.reason = r.m.Words().Text("ask.product_or_technology")
		}
	}
	return perhaps
}

func (s *mention) isComponent() bool { return len(s.meanings) > 0 && s.meanings[0].isComponent() }

// keep drops the meanings that are not meant, and calls the tokens by what is left.
func (r *reader) keep(s *mention, meant func(meaning) bool) {
	s.meanings = slices.DeleteFunc(s.meanings, func(one meaning) bool { return !meant(one) })
	s.reason = cmp.Or(s.reason, r.several(s.meanings))
	name, version := rolesOf(s.meanings[0].isProduct())
	for i := s.first; i < s.past; i++ {
		switch t := &r.u.Tokens[i]; t.As {
		case RoleTechnology, RoleProduct:
			t.As = name
		case RoleVersion, RoleRelease:
			t.As = version
		}
	}
}

// subject decides which of several products is the one asked about, and gives
// the mentions of it. The others are then part of its environment, as the
// technologies they are besides (see [compat.Product.Twins]). It is
//
//  1. the one that is no technology;
//  2. the one after "for": "is IS 7.1.0 tested for API-M 4.5.0";
//  3. the one of which something is stated about the others, as only one of the
//     two has a page that lists the other.
//
// Where that leaves none, or several, all mentions come back and are asked back.
func (r *reader) subject(named []*mention) []*mention {
	var products []*compat.Product
	for _, s := range named {
		if p := s.meanings[0].product; p != nil && !slices.Contains(products, p) {
			products = append(products, p)
		}
	}
	for _, rule := range []func(*compat.Product) bool{
		func(p *compat.Product) bool { return len(p.Twins()) == 0 },
		func(p *compat.Product) bool {
			return slices.ContainsFunc(named, func(s *mention) bool { return s.meanings[0].product == p && strings.EqualFold(r.wordBefore(s), "for") })
		},
		func(p *compat.Product) bool {
			return !slices.ContainsFunc(products, func(o *compat.Product) bool { return o != p && !slices.ContainsFunc(o.Twins(), p.States) })
		},
	} {
		meant := slices.DeleteFunc(slices.Clone(products), func(p *compat.Product) bool { return !rule(p) })
		if len(products) < 2 || len(meant) > 1 {
			break
		}
		if len(meant) == 1 && r.joined(named, meant[0]) {
			break
		}
		if len(meant) == 1 {
			others := slices.DeleteFunc(slices.Clone(named), func(s *mention) bool { return s.meanings[0].product == meant[0] })
			own := slices.DeleteFunc(slices.Clone(named), func(s *mention) bool { return s.meanings[0].product != meant[0] })
			for _, s := range others {
				r.demote(s)
			}
			return own
		}
	}
	return named
}

// wordBefore gives the word before what names something, without those that say
// nothing: "for the WSO2 IS".
func (r *reader) wordBefore(s *mention) string {
	for _, t := range slices.Backward(r.u.Tokens) {
		if t.Start < s.from && t.As != RoleKind && wording.ClassOf(t.Text)&wording.Fills == 0 {
			return t.Text
		}
	}
	return ""
}

// demote makes a technology of the mention of a product, in the versions that
// stand beside it. What a word such as "without" keeps out stays open.
func (r *reader) demote(s *mention) {
	text, twins := s.version.of(r.text), s.meanings[0].product.Twins()
	if release := s.meanings[0].release; release != nil && (text == "" || wording.ClassOf(text)&wording.Newest != 0) {
		text = release.Version
	}
	if s.meanings, s.reason = versionsOf(text, twins...), ""; len(s.meanings) == 0 {
		_, err := twins[0].Versions(text)
		s.reason = twins[0].Misread(err)
		return
	}
	r.keep(s, meaning.isComponent)
	if word := cmp.Or(s.denied, r.wordBefore(s)); wording.ClassOf(word)&wording.Denies != 0 {
		s.reason = cmp.Or(s.reason, r.leftOut(word))
	}
}

// part reads a version that stands within a name. Where another name ends it, it is that name's:
// "PostgreSQL 17 on RDS"; else it is asked back which is meant: "IS 7.1.0 as key manager".
func (r *reader) part(i int) {
	s := &r.mentions[i]
	if !s.isNamed() || s.version.from <= s.from {
		return
	}
	end := s.version.to
	for range maxFillers {
		end = wording.WordEnd(r.text, wording.SkipBlanks(r.text, end))
	}
	name := strings.TrimSpace(r.text[s.from:s.version.from])
	whole := name + r.text[s.version.to:end]
	to, what := r.m.NameAt(whole, 0, len(whole)+1)
	if _, other := r.nameAt(wording.SkipBlanks(r.text, s.version.to)); what == nil || to <= len(name) || other != nil {
		return
	}
	all := versionsOf(s.version.of(r.text), what.Technologies...)
	s.to = s.version.to + to - len(name)
	if next := i + 1; next < len(r.mentions) && r.mentions[next].from < s.to {
		r.mentions[next].meanings, r.mentions[next].reason = nil, ""
	} else {
		all = append(slices.Clone(s.meanings), all...)
	}
	s.meanings = all
	s.reason = r.several(s.meanings)
	for i := range r.u.Tokens {
		if t := &r.u.Tokens[i]; t.As == RoleIgnored && t.Start >= s.from && t.End <= s.to {
			t.As = RoleTechnology
		}
	}
}

// oneProduct gives the product that all mentions name; nil where there is none,
// or where they name several.
func (r *reader) oneProduct(named []*mention) *compat.Product {
	var one *compat.Product
	for _, s := range named {
		switch p := s.meanings[0].product; {
		case p == nil:
			return nil
		case one == nil:
			one = p
		case p != one:
			s.reason = r.m.Words().Text("ask.second")
			s.meanings = append(slices.Clone(named[0].meanings), s.meanings...)
			return nil
		}
	}
	return one
}

// oneRelease finds the release that the mentions of a product mean: the one they
// name, else the one a version that stands alone names, else the latest. Of several, all are
// looked at, or two compared.
func (r *reader) oneRelease(p *compat.Product, named []*mention) {
	var all []*mention
	for _, s := range named {
		switch {
		case s.reason != "":
			return
		case s.meanings[0].release != nil && !slices.ContainsFunc(all, func(o *mention) bool { return o.meanings[0].release == s.meanings[0].release }):
			all = append(all, s)
		}
	}
	if all = append(all, r.further(p, all)...); len(all) > 1 {
		for _, s := range all {
			r.u.Releases = append(r.u.Releases, s.meanings[0].release)
		}
		r.pair(all)
		return
	}
	var one *mention
	if len(all) > 0 {
		one = all[0]
	}
	if one == nil {
		one = r.orphanRelease(p)
	}
	switch {
	case one != nil:
		r.u.Release = one.meanings[0].release
		if text := one.version.of(r.text); text != "" {
			r.u.Assumed = p.Taken(text, r.u.Release)
		}
		if wording.Is(r.wordBefore(one), wording.Starts) != 0 {
			r.u.From = r.u.Release
		}
	case len(p.Releases()) == 0:
		named[0].reason = r.m.Words().Text("ask.unreleased")
	default:
		r.u.Release, r.latest = p.Latest(), true
		r.u.Assumed = r.m.Words().Text("ask.latest", p.Name, r.u.Release.Version)
	}
}

// orphanRelease finds the one version without a name that is just a release of
// the product.
func (r *reader) orphanRelease(p *compat.Product) *mention {
	var found *mention
	for i := range r.mentions {
		if s := &r.mentions[i]; s.orphan && p.Exact(s.of(r.text)) != nil {
			if found != nil {
				return nil
			}
			found = s
		}
	}
	if found != nil {
		found.version, found.reason = found.span, ""
		found.meanings = []meaning{{product: p, release: p.Exact(found.of(r.text))}}
		r.keep(found, meaning.isProduct)
	}
	return found
}

// component keeps what a part of the text asks about, unless it is said twice.
func (r *reader) component(s *mention) {
	c := s.meanings[0].component
	if s.strange {
		c = r.m.Resolve(compat.Asked{Kind: c.Kind, Text: r.written(s)})
	}
	c.Text = r.written(s)
	if slices.ContainsFunc(r.u.Components, func(o compat.Component) bool { return o.AsksAs(&c) }) {
		return
	}
	if c.Technology != nil && c.Reason == "" {
		for _, one := range c.Refuse() {
			c.Candidates = fact.AppendNew(c.Candidates, one.Display())
		}
	}
	r.u.Components = append(r.u.Components, c)
}

// once drops a technology that is named without a version, where it, or for a name that stands
// for any of a kind, one of that kind, is named with one.
func (r *reader) once() {
	all := r.u.Components
	r.u.Components = slices.DeleteFunc(slices.Clone(all), func(c compat.Component) bool {
		return c.Technology != nil && c.Range.IsAll() && slices.ContainsFunc(all, func(o compat.Component) bool {
			return o.Technology == c.Technology && !o.Range.IsAll() || c.Technology.Generic && o.Kind == c.Kind && o.Technology != c.Technology
		})
	})
}

// written is the part of the text, with the bracket closed that it opens.
func (r *reader) written(s *mention) string {
	text := s.of(r.text)
	if strings.Count(text, "(") > strings.Count(text, ")") && strings.HasPrefix(r.text[s.to:], ")") {
		return text + ")"
	}
	return text
}

// reading tells a meaning to a person.
func (m meaning) reading() Reading {
	if m.isComponent() {
		c := &m.component
		return Reading{Kind: c.Kind, Technology: c.Technology.ID, Version: c.VersionText(), Display: c.Display(), Text: c.Query()}
	}
	x := Reading{Product: m.product.ID, Display: m.product.Name, Text: m.product.ID}
	if m.release != nil {
		x.Release = m.release.Version
		x.Display += " " + x.Release
		x.Text += " " + x.Release
	}
	return x
}
