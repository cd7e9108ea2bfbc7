package api

import (
	"slices"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
)

// The lists are those of a view.
type (
	collection[T any] = wire.Collection[*view, T]
	order[T any]      = wire.Order[*view, T]
	filter[T any]     = wire.Filter[*view, T]
)

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

// severities are in the order of compat.
var severities = []fact.Severity{fact.SeverityInfo, fact.SeverityWarning, fact.SeverityError}
