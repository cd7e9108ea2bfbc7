package api

import (
	"slices"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// Technology is something a release runs on or with.
type Technology struct {
	ID      string   `json:"id" example:"rhel"`
	Name    string   `json:"name" example:"Red Hat Enterprise Linux"`
	Kind    string   `json:"kind" example:"os"`
	Aliases []string `json:"aliases" example:"RHEL" validate:"max=1000"`
	// PURLs are the package URLs (ECMA-427) that name it, without a version; missing where none is on record.
	PURLs []string `json:"purls,omitempty" example:"pkg:generic/postgresql" validate:"max=1000"`
	// Scheme names the notation of its versions.
	Scheme string `json:"scheme" example:"dotted"`
	// Family is the id of the technology that this one descends from or is a build of.
	Family string `json:"family,omitempty" example:"rhel"`
	// Derived is the technology that this one is another product made from, as the one who makes it says: what is stated of that one says nothing of this.
	Derived *Relative `json:"derived,omitempty"`
	// Managed is the technology whose own releases a provider runs or packs under this name, as the provider says: what is tested there is compatible here.
	Managed *Relative `json:"managed,omitempty"`
	// Generic says that the name stands for any member of its family.
	Generic bool `json:"generic" example:"false"`
	// Cycles are the release series.
	Cycles []Cycle `json:"cycles" validate:"max=10000"`
	// Complete says that no version can be between two series or below all of them; missing where one may be.
	Complete bool `json:"complete,omitempty" example:"true"`
	// Ended says that no version can be above the last series; missing where one may be.
	Ended bool `json:"ended,omitempty" example:"false"`
	// Successors are the technologies under whose names it lives on.
	Successors []Successor `json:"successors" validate:"max=100"`
	// Policies are written promises of upward compatibility.
	Policies []Policy `json:"policies" validate:"max=100"`
	// Lifecycles are how long its series are maintained, the newest first; missing in the list of technologies.
	Lifecycles []answers.Lifecycle `json:"lifecycles,omitempty" validate:"max=10000"`
} // @name Technology

// Technologies is a page of technologies.
type Technologies struct {
	wire.Page
	Items []Technology `json:"items" validate:"max=1000"`
} // @name Technologies

// Cycle is one release series of a technology.
type Cycle struct {
	Version string `json:"version" example:"24.04"`
	// Label is how people write it, where that differs.
	Label string `json:"label,omitempty" example:"2022"`
	// Names are words that mean the series.
	Names []string `json:"names" example:"noble" validate:"max=100"`
	// First is the first release, where what has numbers below it was a pre-release.
	First string `json:"first,omitempty" example:"16.0.1000"`
} // @name Cycle

// Relative leads to a technology that another one is made from or run as.
type Relative struct {
	Technology string `json:"technology" example:"postgresql"`
	// Within is the range of versions that a provider says it runs; missing where it is whichever there are.
	Within string           `json:"within,omitempty" example:"5.7 || 8.0"`
	Note   string           `json:"note" example:"Amazon RDS for PostgreSQL runs the releases of PostgreSQL."`
	Source answers.Citation `json:"source"`
} // @name Relative

// Successor is an edge from an older name to the technology it became.
type Successor struct {
	Technology string `json:"technology" example:"temurin"`
	// Same is the range of versions in which both names mean one thing.
	Same   string           `json:"same" example:">=16"`
	Note   string           `json:"note" example:"AdoptOpenJDK moved to Eclipse Adoptium and was renamed to Temurin."`
	Source answers.Citation `json:"source"`
} // @name Successor

// Policy is a written promise that later versions of a series keep working
// where an earlier one does.
type Policy struct {
	// Within is the range it speaks of; missing where it is every version.
	Within string `json:"within,omitempty" example:">=10"`
	// By is who promises it; missing where it is the technology's own vendor.
	By     string           `json:"by,omitempty" example:"the specification of Java SE"`
	Note   string           `json:"note" example:"PostgreSQL promises that minor releases of one major version stay compatible."`
	Source answers.Citation `json:"source"`
} // @name Policy

// technologyList is the list of technologies.
var technologyList = &collection[*compat.Technology]{
	All:   func(v *view) []*compat.Technology { return v.Technologies("", "") },
	Key:   func(t *compat.Technology) string { return t.ID },
	Usual: "id", Limit: wire.UsualPage,
	Orders: []order[*compat.Technology]{
		wire.ByKey[*view, *compat.Technology]("id"),
		wire.By("name", func(_ *view, t *compat.Technology) string { return wire.Folded(t.Name) }),
		wire.By("kind", func(v *view, t *compat.Technology) string { return wire.Among(v.KindIDs, t.Kind) }),
	},
	Filters: []filter[*compat.Technology]{
		ofKind("Only those of this kind: id or another name of it.", func(_ *view, t *compat.Technology) string { return t.Kind }).Shown("os"),
		wire.AnyOf("family", "Only this technology and those that descend from it or are builds of it: id, name or alias.", (*view).TechnologyNamed, func(_ *view, t *compat.Technology, meant []string) bool {
			return slices.Contains(meant, t.Head().ID) || slices.Contains(meant, t.ID)
		}),
		question.Like("Only those of which the id, the name or an alias is like this; typing slips are forgiven.", func(_ *view, t *compat.Technology) []string {
			return append([]string{t.ID, t.Name}, t.Aliases...)
		}).Shown("red hat"),
		wire.Choose(wire.Param{Name: "search", About: "Only those whose id, name or alias contains just this."}, containing),
	},
}

// containing is the filter by a part of a name, to the letter.
func containing(v *view, in wire.Input) (func(*compat.Technology) bool, error) {
	found := map[*compat.Technology]bool{}
	for _, t := range v.Technologies("", in.One("search")) {
		found[t] = true
	}
	return func(t *compat.Technology) bool { return found[t] }, nil
}

// @Summary		List or search the technologies
// @Description	The operating systems, JDKs, databases and whatever else releases name.
// @Tags			catalogue
// @ID				listTechnologies
// @Success		200		{object}	Technologies	"A page of the technologies"
// @Router			/v1/technologies [get]
func listTechnologies(v *view, page wire.Page, items []*compat.Technology) any {
	return Technologies{page, wire.Each(items, v.technology)}
}

// @Summary		Get a technology
// @Description	The technology with its aliases, the notation of its versions, its release series, its relatives and the written policies of upward compatibility.
// @Tags			catalogue
// @ID				getTechnology
// @Success		200			{object}	Technology	"The technology"
// @Router			/v1/technologies/{technology} [get]
func getTechnology(v *view, _ wire.Input, p technologyPath) (*wire.File, error) {
	technology, err := v.Technology(p.Technology)
	if err != nil {
		return nil, err
	}
	one := v.technology(technology)
	one.Lifecycles = v.Lifecycles(technology)
	return wire.JSON(one), nil
}

// technologyPath names a technology.
type technologyPath struct {
	// The technology: id, name or alias.
	Technology string `path:"technology" example:"rhel"`
}

func (v *view) technology(t *compat.Technology) Technology {
	family := ""
	if head := t.Head(); head != t {
		family = head.ID
	}
	return Technology{
		ID: t.ID, Name: t.Name, Kind: t.Kind, Aliases: wire.List(t.Aliases), PURLs: t.PURLs(), Scheme: t.Scheme, Family: family, Generic: t.Generic,
		Derived: v.relative(t.Derived), Managed: v.relative(t.Managed), Complete: t.Complete, Ended: t.Ended,
		Cycles: wire.Each(t.Cycles, func(c fact.Cycle) Cycle {
			return Cycle{Version: c.Version, Label: c.Label, Names: wire.List(c.Names), First: c.First}
		}),
		Successors: wire.Each(t.Successors, func(s fact.Successor) Successor {
			return Successor{Technology: s.Technology, Same: s.Same, Note: s.Note, Source: v.Cite(s.Citation)}
		}),
		Policies: wire.Each(t.Policies, func(p fact.Policy) Policy {
			return Policy{Within: p.Within, By: p.By, Note: p.Note, Source: v.Cite(p.Citation)}
		}),
	}
}

// relative is what a technology is made from or run as; nil for none.
func (v *view) relative(r *fact.Relative) *Relative {
	if r == nil {
		return nil
	}
	return &Relative{Technology: r.Technology, Within: r.Within, Note: r.Note, Source: v.Cite(r.Citation)}
}

// Kinds is a page of kinds.
type Kinds struct {
	wire.Page
	Items []Kind `json:"items" validate:"max=1000"`
} // @name Kinds

// kindList is the list of kinds.
var kindList = &collection[*fact.Kind]{
	All:   func(v *view) []*fact.Kind { return wire.Pointers(v.Dataset().Kinds) },
	Key:   func(k *fact.Kind) string { return k.ID },
	Usual: "order", Limit: wire.UsualPage,
	Orders: []order[*fact.Kind]{
		wire.By("order", func(_ *view, k *fact.Kind) string { return wire.Ranked(k.Order) }),
		wire.ByKey[*view, *fact.Kind]("id"),
		wire.By("name", func(_ *view, k *fact.Kind) string { return wire.Folded(k.Name) }),
	},
	Filters: []filter[*fact.Kind]{
		question.Like("Only those of which a name is like this; typing slips are forgiven.", func(_ *view, k *fact.Kind) []string { return append([]string{k.ID, k.Name, k.Plural}, k.Aliases...) }),
	},
}

// @Summary		List the kinds of components
// @Description	The dimensions of an environment, each of which is a parameter of `/v1/check`.
// @Tags			catalogue
// @ID				listKinds
// @Success		200	{object}	Kinds	"A page of the kinds"
// @Router			/v1/kinds [get]
func listKinds(v *view, page wire.Page, items []*fact.Kind) any {
	return Kinds{page, wire.Each(items, func(k *fact.Kind) Kind { return v.kind(k.ID) })}
}
