package question

import (
	"slices"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/survey"
)

type changeFilter = wire.Filter[*View, *survey.Change]

// ChangeList is the list of what vendors changed, the newest first.
var ChangeList = &wire.Collection[*View, *survey.Change]{
	All:   (*View).changes,
	Key:   func(c *survey.Change) string { return c.ID },
	Usual: "-day", Limit: wire.UsualPage,
	Orders: []wire.Order[*View, *survey.Change]{
		wire.By("day", func(_ *View, c *survey.Change) string { return c.Day.String() }),
		wire.By("source", func(_ *View, c *survey.Change) string { return c.By.ID }),
		wire.By("technology", func(_ *View, c *survey.Change) string { return c.Listing().Technology }),
	},
	Filters: []changeFilter{
		wire.AnyOf("product", "Only those of what counts for this product: id, name or alias.", (*View).ProductNamed, func(v *View, c *survey.Change, meant []string) bool {
			return v.About(c.Product, c.Platform, meant)
		}).Shown("mi"),
		wire.AnyOf("release", "Only those of what counts for this release of the one product named beside it: version or alias.", (*View).ReleaseNamed, func(_ *View, c *survey.Change, meant []string) bool {
			return c.Release == "" || slices.Contains(meant, c.Release)
		}),
		wire.AnyOf("technology", "Only those about this technology: id, name or alias.", (*View).TechnologyNamed, func(_ *View, c *survey.Change, meant []string) bool {
			return slices.Contains(meant, c.Listing().Technology)
		}),
		wire.AnyOf("kind", "Only those about technologies of this kind: id or another name of it.", (*View).KindNamed, func(_ *View, c *survey.Change, meant []string) bool {
			return slices.Contains(meant, c.Listing().Tech.Kind)
		}),
		wire.AnyOf("source", "Only those that are the source of this id, or change what stands in it.", (*View).SourceNamed, func(_ *View, c *survey.Change, meant []string) bool {
			return slices.Contains(meant, c.By.ID) || slices.ContainsFunc(slices.Concat(c.Before, c.After), func(l *compat.Listing) bool { return slices.Contains(meant, l.Source.ID) })
		}),
		wire.OneOf("change", "Only those that did this.", survey.Effects, func(_ *View, c *survey.Change) string { return string(c.Effect) }),
		ofDays("since", "Only those of this day and after it.", func(c *survey.Change, day fact.Day) bool { return c.Day >= day }),
		ofDays("until", "Only those of this day and before it.", func(c *survey.Change, day fact.Day) bool { return c.Day <= day }),
	},
}

// ofDays is a filter by a day.
func ofDays(name, about string, is func(*survey.Change, fact.Day) bool) changeFilter {
	return wire.Choose(wire.Param{Name: name, About: about, Example: "2026-01-31"}, func(_ *View, in wire.Input) (func(*survey.Change) bool, error) {
		day, err := ReadDay(name, in.One(name))
		return func(c *survey.Change) bool { return is(c, day) }, err
	})
}

// changes are made once.
func (v *View) changes() []*survey.Change {
	return wire.KeptOf(v, "changes", func(v *View) []*survey.Change { return survey.ChangesOf(v.Matrix) })
}

// History are the changes of what counts for a product and a release of it, the newest first; of
// all where they are empty.
func (v *View) History(product, release string) []*survey.Change {
	all := slices.DeleteFunc(slices.Clone(v.changes()), func(c *survey.Change) bool {
		return product != "" && !v.About(c.Product, c.Platform, []string{product}) || release != "" && c.Release != "" && c.Release != release
	})
	slices.Reverse(all)
	return all
}
