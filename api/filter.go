package api

import (
	"slices"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// The lists are those of a view.
type (
	collection[T any] = wire.Collection[*view, T]
	order[T any]      = wire.Order[*view, T]
	filter[T any]     = wire.Filter[*view, T]
)

// like is a filter by a text that may have typing slips, which a name of the item has
// to answer to.
func like[T any](about string, names func(*view, T) []string) filter[T] {
	return wire.Choose(wire.Param{Name: "q", About: about}, func(v *view, in wire.Input) (func(T) bool, error) {
		text := compat.NewPattern(in.One("q"))
		return func(item T) bool { return text.Best(names(v, item)...).Score > 0 }, nil
	})
}

// The filters by what statements are about or made of. Values are ids, names or aliases.

func ofProduct[T any](about string, is func(*view, T, []string) bool) filter[T] {
	return wire.AnyOf("product", about, (*view).ProductNamed, is)
}

func ofTechnology[T any](about string, is func(*view, T, []string) bool) filter[T] {
	return wire.AnyOf("technology", about, (*view).TechnologyNamed, is)
}

func ofKind[T any](about string, of func(*view, T) string) filter[T] {
	return wire.AnyOf("kind", about, (*view).KindNamed, func(v *view, item T, meant []string) bool { return slices.Contains(meant, of(v, item)) })
}

func ofAuthority[T any](about string, of func(*view, T) string) filter[T] {
	return wire.Word("authority", about+": `official`, `site`, `unconfirmed` or `fork`.", wire.Fixed[*view](authorities), of)
}

// authorities and severities are in the order of compat.
var (
	authorities = []fact.Authority{fact.Official, fact.Site, fact.Unconfirmed, fact.Fork}
	severities  = []fact.Severity{fact.SeverityInfo, fact.SeverityWarning, fact.SeverityError}
)
