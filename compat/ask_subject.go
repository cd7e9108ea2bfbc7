package compat

import (
	"cmp"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/wording"
)

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
	for _, rule := range []func(*Product, []*said) bool{r.isNoPart, r.isFor, r.lists} {
		meant := slices.DeleteFunc(slices.Clone(products), func(p *Product) bool { return !rule(p, mentions) })
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
func productsOf(mentions []*said) []*Product {
	var all []*Product
	for _, s := range mentions {
		if p := s.senses[0].product; p != nil && !slices.Contains(all, p) {
			all = append(all, p)
		}
	}
	return all
}

// isNoPart is rule 1.
func (r *reader) isNoPart(p *Product, _ []*said) bool { return len(r.m.vocabulary.twins[p]) == 0 }

// isFor is rule 2.
func (r *reader) isFor(p *Product, mentions []*said) bool {
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
func (r *reader) lists(p *Product, mentions []*said) bool {
	for _, other := range productsOf(mentions) {
		if other != p && !slices.ContainsFunc(r.m.vocabulary.twins[other], p.states) {
			return false
		}
	}
	return true
}

// states reports whether some release of p states something about a technology.
func (p *Product) states(t *Technology) bool {
	return slices.ContainsFunc(p.ordered, func(r *Release) bool { return len(r.group(t)) > 0 })
}

// partOthers makes technologies of the mentions of all products but p.
func (r *reader) partOthers(p *Product, mentions []*said) []*said {
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
	var failed resolver
	for _, t := range r.m.vocabulary.twins[s.senses[0].product] {
		versions, err := t.parse(text)
		if err != nil {
			failed.note(t, err)
			continue
		}
		senses = append(senses, sense{component: component(t, versions)})
	}
	if s.senses, s.reason = senses, ""; len(senses) == 0 {
		failed.text = text
		s.reason = failed.reason()
		return
	}
	s.keep(r, sense.isProduct)
	if word := cmp.Or(s.denied, r.wordBefore(s)); wording.ClassOf(word)&wording.Denies != 0 {
		s.reason = cmp.Or(s.reason, leftOut(word))
	}
}
