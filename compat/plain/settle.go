package plain

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/wording"
)

// settle decides what only the whole text tells: the product, its release, and
// what is open then.
func (r *reader) settle() {
	mentions := r.subject(r.mentions())
	if p := r.oneProduct(mentions); p != nil {
		r.u.Product = p
		r.oneRelease(p, mentions)
	}
	r.belong()
	for i := range r.said {
		switch s := &r.said[i]; {
		case s.reason != "":
			r.u.Ambiguous = append(r.u.Ambiguous, r.ambiguity(s))
		case s.isComponent():
			r.component(s)
		}
	}
	r.u.Unread = r.u.list(RoleIgnored)
	if len(mentions) == 0 {
		r.u.Missing = append(r.u.Missing, "product")
	}
	if len(r.u.Components)+len(r.u.Ambiguous) == 0 {
		r.u.Missing = append(r.u.Missing, "environment")
	}
}

// mentions gives what names a product. What may also be the name of a series is
// the product where it is the only one that may be; where another name is surely a
// product's, it is the technology.
func (r *reader) mentions() []*said {
	var sure, perhaps []*said
	for i := range r.said {
		s := &r.said[i]
		products := len(slices.DeleteFunc(slices.Clone(s.senses), sense.isComponent))
		switch {
		case s.stray || products == 0:
		case products == len(s.senses):
			sure = append(sure, s)
		case s.reason != "": // open for another reason
		default:
			perhaps = append(perhaps, s)
		}
	}
	switch {
	case len(sure) > 0:
		for _, s := range perhaps {
			s.keep(r, sense.isProduct)
		}
	case len(perhaps) == 1:
		perhaps[0].keep(r, sense.isComponent)
		return perhaps
	default:
		for _, s := range perhaps {
			s.reason = "it may be the product asked about, or a technology beside it"
		}
		return perhaps
	}
	return sure
}

func (s sense) isProduct() bool   { return s.product != nil }
func (s sense) isComponent() bool { return s.product == nil }

func (s *said) isComponent() bool { return len(s.senses) > 0 && s.senses[0].isComponent() }

// keep drops the senses that are not meant, and calls the tokens by what is left.
func (s *said) keep(r *reader, drop func(sense) bool) {
	s.senses = slices.DeleteFunc(s.senses, drop)
	s.reason = cmp.Or(s.reason, several(s.senses))
	name, version := RoleTechnology, RoleVersion
	if s.senses[0].isProduct() {
		name, version = RoleProduct, RoleRelease
	}
	for i := s.first; i < s.past; i++ {
		switch t := &r.u.Tokens[i]; t.As {
		case RoleTechnology, RoleProduct:
			t.As = name
		case RoleVersion, RoleRelease:
			t.As = version
		}
	}
}

// oneProduct gives the product that all mentions name; nil where there is none,
// or where they name several.
func (r *reader) oneProduct(mentions []*said) *compat.Product {
	if len(mentions) == 0 || mentions[0].isComponent() {
		return nil
	}
	one := mentions[0].senses[0].product
	for _, s := range mentions {
		if s.isComponent() {
			return nil
		}
		if s.senses[0].product != one {
			s.reason = "it is a second product; ask about one at a time"
			s.senses = append(slices.Clone(mentions[0].senses), s.senses...)
			return nil
		}
	}
	return one
}

// oneRelease finds the release that the mentions of a product mean: the one they
// name, else the one a version that stands alone names, else the latest.
func (r *reader) oneRelease(p *compat.Product, mentions []*said) {
	var named *said
	for _, s := range mentions {
		switch {
		case s.reason != "":
			return
		case s.senses[0].release == nil:
		case named == nil:
			named = s
		case named.senses[0].release != s.senses[0].release:
			s.reason = "it is a second release; ask about one at a time"
			s.senses = append(slices.Clone(named.senses), s.senses...)
			return
		}
	}
	if named == nil {
		named = r.strayRelease(p)
	}
	switch {
	case named != nil:
		r.u.Release = named.senses[0].release
		if text := named.version.of(r.text); text != "" {
			r.u.Assumed = p.Taken(text, named.senses[0].release)
		}
	case len(p.Releases()) == 0:
		mentions[0].reason = "no release of it is recorded"
	default:
		r.u.Release = p.Latest()
		r.u.Assumed = fmt.Sprintf("No release is named, so the latest of %s is assumed: %s.", p.Name, r.u.Release.Version)
	}
}

// strayRelease finds the one version without a name that is just a release of
// the product.
func (r *reader) strayRelease(p *compat.Product) *said {
	var found *said
	for i := range r.said {
		s := &r.said[i]
		release := p.Exact(r.text[s.from:s.to])
		if !s.stray || release == nil {
			continue
		}
		if found != nil {
			return nil
		}
		found = s
	}
	if found != nil {
		found.version = span{found.from, found.to}
		found.reason, found.senses = "", []sense{{product: p, release: p.Exact(r.text[found.from:found.to])}}
		found.keep(r, sense.isComponent)
	}
	return found
}

// component keeps what a part of the text asks about, unless it is said twice.
func (r *reader) component(s *said) {
	c := s.senses[0].component
	if s.strange {
		c = r.m.Resolve(compat.Asked{Kind: c.Kind, Text: r.written(s)})
	}
	c.Text = r.written(s)
	for i := range r.u.Components {
		if r.u.Components[i].AsksAs(&c) {
			return
		}
	}
	if c.Technology != nil && c.Reason == "" {
		for _, one := range c.Refuse() {
			c.Candidates = fact.AppendNew(c.Candidates, one.Display())
		}
	}
	r.u.Components = append(r.u.Components, c)
}

// written is the part of the text, with the bracket closed that it opens.
func (r *reader) written(s *said) string {
	text := r.text[s.from:s.to]
	if strings.Count(text, "(") > strings.Count(text, ")") && wording.First(r.text, s.to) == ')' {
		return r.text[s.from : s.to+1]
	}
	return text
}

// ambiguity tells what a part of the text may mean.
func (r *reader) ambiguity(s *said) Ambiguity {
	a := Ambiguity{Text: r.written(s), Reason: s.reason}
	for i := range s.senses {
		a.Readings = append(a.Readings, readingOf(&s.senses[i]))
	}
	return a
}

func readingOf(s *sense) Reading {
	if s.isComponent() {
		c := &s.component
		return Reading{Kind: c.Kind, Technology: c.Technology.ID, Version: c.VersionText(), Display: c.Display(), Text: c.Query()}
	}
	x := Reading{Product: s.product.ID, Display: s.product.Name, Text: s.product.ID}
	if s.release != nil {
		x.Release = s.release.Version
		x.Display += " " + x.Release
		x.Text += " " + x.Release
	}
	return x
}

// subject decides which of several products is the one asked about, and gives
// the mentions of it. The others are then part of its environment, as the
// technologies they are besides (see twins). It is
//
//  1. the one that is no technology;
//  2. the one after "for": "is IS 7.1.0 tested for API-M 4.5.0";
//  3. the one of which something is stated about the others, as only one of the
//     two has a page that lists the other.
//
// Where that leaves none, or several, all mentions come back and are asked back.
func (r *reader) subject(mentions []*said) []*said {
	products := productsOf(mentions)
	if len(products) < 2 {
		return mentions
	}
	for _, rule := range []func(*compat.Product, []*said) bool{r.isNoPart, r.isFor, r.lists} {
		meant := slices.DeleteFunc(slices.Clone(products), func(p *compat.Product) bool { return !rule(p, mentions) })
		if len(meant) > 1 {
			break
		}
		if len(meant) == 1 {
			return r.partOthers(meant[0], mentions)
		}
	}
	return mentions
}

// productsOf gives the products that are mentioned, each once.
func productsOf(mentions []*said) []*compat.Product {
	var all []*compat.Product
	for _, s := range mentions {
		if p := s.senses[0].product; p != nil && !slices.Contains(all, p) {
			all = append(all, p)
		}
	}
	return all
}

// isNoPart is rule 1.
func (r *reader) isNoPart(p *compat.Product, _ []*said) bool {
	return len(p.Twins()) == 0
}

// isFor is rule 2.
func (r *reader) isFor(p *compat.Product, mentions []*said) bool {
	return slices.ContainsFunc(mentions, func(s *said) bool {
		return s.senses[0].product == p && strings.EqualFold(r.wordBefore(s), "for")
	})
}

// wordBefore gives the word before what names something, without those that say
// nothing: "for the WSO2 IS".
func (r *reader) wordBefore(s *said) string {
	for i := len(r.u.Tokens) - 1; i >= 0; i-- {
		t := &r.u.Tokens[i]
		if t.Start < s.from && t.As != RoleKind && wording.ClassOf(t.Text)&wording.Fills == 0 {
			return t.Text
		}
	}
	return ""
}

// lists is rule 3: some release of p states something about every other product.
func (r *reader) lists(p *compat.Product, mentions []*said) bool {
	for _, other := range productsOf(mentions) {
		if other != p && !slices.ContainsFunc(other.Twins(), p.States) {
			return false
		}
	}
	return true
}

// partOthers makes technologies of the mentions of all products but p.
func (r *reader) partOthers(p *compat.Product, mentions []*said) []*said {
	var own []*said
	for _, s := range mentions {
		if s.senses[0].product == p {
			own = append(own, s)
			continue
		}
		r.part(s)
	}
	return own
}

// part makes a technology of the mention of a product, in the versions that
// stand beside it. What a word such as "without" keeps out stays open.
func (r *reader) part(s *said) {
	text := s.version.of(r.text)
	if release := s.senses[0].release; release != nil && (text == "" || wording.ClassOf(text)&wording.Newest != 0) {
		text = release.Version
	}
	var senses []sense
	failed := ""
	for _, t := range s.senses[0].product.Twins() {
		versions, err := t.Versions(text)
		if err != nil {
			failed = cmp.Or(failed, t.Misread(err))
			continue
		}
		senses = append(senses, sense{component: t.Component(versions)})
	}
	if s.senses, s.reason = senses, ""; len(senses) == 0 {
		s.reason = failed
		return
	}
	s.keep(r, sense.isProduct)
	if word := cmp.Or(s.denied, r.wordBefore(s)); wording.ClassOf(word)&wording.Denies != 0 {
		s.reason = cmp.Or(s.reason, leftOut(word))
	}
}
