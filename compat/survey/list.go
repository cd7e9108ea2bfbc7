package survey

import (
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
)

// Listed is what a release lists of some kinds.
type Listed struct {
	Release *compat.Release
	Kinds   []KindListed // in the order of kinds
}

// KindListed is what a release lists of one kind, which may be nothing.
type KindListed struct {
	*fact.Kind
	Only     []*compat.Technology // nothing else of the kind is asked for; nil for all
	Listings []*compat.Listing
}

// List gives what a release lists of some kinds, or of all that it lists of for none; of the
// kinds of some technologies, those alone.
func List(m *compat.Matrix, r *compat.Release, kinds []string, only []*compat.Technology) *Listed {
	all := &Listed{Release: r}
	ordered := slices.Clone(m.Dataset().Kinds)
	order.Stable(ordered, func(a, b fact.Kind) int { return a.Order - b.Order })
	for _, k := range ordered {
		one := KindListed{Kind: m.Kind(k.ID)}
		for _, t := range only {
			if t.Kind == k.ID {
				one.Only = append(one.Only, t)
			}
		}
		for _, l := range r.Listings() {
			if l.Tech.Kind == k.ID && (one.Only == nil || slices.Contains(one.Only, l.Tech)) {
				one.Listings = append(one.Listings, l)
			}
		}
		if slices.Contains(kinds, k.ID) || len(kinds) == 0 && len(one.Listings) > 0 {
			all.Kinds = append(all.Kinds, one)
		}
	}
	return all
}

// Summary says in a sentence for each kind what is listed, and what is advised against.
func (l *Listed) Summary() string {
	var all []string
	for _, k := range l.Kinds {
		all = append(all, k.summary(l.Release))
	}
	if len(all) == 0 {
		all = append(all, l.Release.Words().Text("listed.nothing", l.Release.Title()))
	}
	return strings.Join(all, " ") + l.Release.Caution()
}

func (k *KindListed) summary(r *compat.Release) string {
	words := r.Words()
	of, which := k.Plural, "kind"
	if k.Only != nil {
		of, which = words.And(namesOf(k.Only)), "only"
	}
	var named, against []string
	for _, l := range k.Listings {
		if l.SaysNo() {
			against = fact.AppendNew(against, l.Display())
		} else {
			named = fact.AppendNew(named, l.Display())
		}
	}
	switch {
	case len(named)+len(against) == 0:
		which = "silent"
	case len(named) == 0:
		which = "against"
	}
	return words.Text("listed.kind", which, r.Title(), of, words.And(named), words.And(against))
}

func namesOf(all []*compat.Technology) (names []string) {
	for _, t := range all {
		names = append(names, t.Name)
	}
	return names
}
