package api

import (
	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/question"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/requirement"
)

// Ports is which ports a release listens on.
type Ports struct {
	ReleaseName
	// Summary says it in a sentence or two, whatever the page; also that the documents say nothing, where they do not.
	Summary string `json:"summary" example:"WSO2 Enterprise Integrator 6.3.0 (Micro Integrator) listens on 8253 (https), 8290 (http)."`
	// Profile is the id of the one asked about; missing where none was.
	Profile string `json:"profile,omitempty" example:"micro-integrator"`
	// Profiles are all that the release has.
	Profiles []Profile `json:"profiles" validate:"max=1000"`
	wire.Page
	// Items are the ports of each instance, in the order of instances and numbers, unless another is asked for.
	Items []Port `json:"items" validate:"max=100000"`
	// Collisions are the numbers that several of them would listen on.
	Collisions []Collision          `json:"collisions" validate:"max=100000"`
	Catalogue  answers.CatalogueRef `json:"catalogue"`
} // @name Ports

// Profile is a runtime that a release has besides its default one.
type Profile struct {
	ID   string `json:"id" example:"micro-integrator"`
	Name string `json:"name" example:"Micro Integrator"`
	// Aliases are further names it goes by.
	Aliases []string `json:"aliases" example:"MI" validate:"max=1000"`
	// Offset moves every port of it unless told otherwise.
	Offset int              `json:"offset" example:"10" minimum:"0" maximum:"65535"`
	Source answers.Citation `json:"source"`
} // @name Profile

// Port is a network port that one instance listens on.
type Port struct {
	ID string `json:"id" example:"carbon/servlet-https"`
	// Name is the same for one port wherever it is stated: the port of a profile stands for that of its release, and a release's for that of its platform.
	Name string `json:"name" example:"servlet-https"`
	// Port is the number that the instance listens on.
	Port int `json:"port" example:"9453" minimum:"1" maximum:"65535"`
	// Printed is the number as printed.
	Printed int `json:"printed" example:"9443" minimum:"1" maximum:"65535"`
	// Offset is that of the instance.
	Offset   int    `json:"offset" example:"10" minimum:"-65534" maximum:"65534"`
	Protocol string `json:"protocol,omitempty" example:"https"`
	Purpose  string `json:"purpose" example:"Management console and services that use the servlet transport"`
	// File is the configuration file that defines it.
	File string `json:"file,omitempty" example:"<PRODUCT_HOME>/repository/conf/tomcat/catalina-server.xml"`
	// Profile is the id of the runtime; missing where it is the default one.
	Profile string `json:"profile,omitempty" example:"micro-integrator"`
	// Inherited is the id of the platform that it is stated about; missing where it is stated about the release itself.
	Inherited string           `json:"inherited,omitempty" example:"carbon"`
	Source    answers.Citation `json:"source"`
} // @name Port

// Collision is a number that several ports would listen on.
type Collision struct {
	Port  int             `json:"port" example:"9453" minimum:"1" maximum:"65535"`
	Ports []CollidingPort `json:"ports" validate:"max=100000"`
} // @name Collision

// CollidingPort is one of several ports of the same number.
type CollidingPort struct {
	ID   string `json:"id" example:"carbon/servlet-https"`
	Name string `json:"name" example:"servlet-https"`
	// Profile is the id of the runtime; missing where it is the default one.
	Profile string `json:"profile,omitempty" example:"micro-integrator"`
	// Offset is that of the instance.
	Offset int `json:"offset" example:"10" minimum:"-65534" maximum:"65534"`
} // @name CollidingPort

// portParams say of which instances the ports are.
type portParams struct {
	// The port offset of an instance, once for each instance on one machine. Without it there is one instance, with the offset it has by default. No port may end up below 1 or above 65535.
	Offset []int `query:"offset" min:"-65534" max:"65534" example:"10"`
	// A runtime of the release: id, name or alias. Without it, the default one; and without an offset either, besides what is stated of each other one.
	Profile string `query:"profile" example:"micro-integrator"`
}

// portOf is a port of one of several instances, by its number in the question.
type portOf struct {
	requirement.Listening
	instance int
}

// portList is the list of the ports of a release.
var portList = &collection[portOf]{
	Key:   func(p portOf) string { return wire.Ranked(p.instance) + "/" + p.ID },
	Usual: "instance",
	Orders: []order[portOf]{
		wire.By("instance", func(_ *view, p portOf) string { return wire.Ranked(p.instance) + wire.Ranked(p.Actual) }),
		wire.By("port", func(_ *view, p portOf) string { return wire.Ranked(p.Actual) }),
		wire.By("name", func(_ *view, p portOf) string { return wire.Folded(p.Name) }),
	},
	Filters: []filter[portOf]{
		question.Like("Only those of which the name or the purpose is like this; typing slips are forgiven.", func(_ *view, p portOf) []string { return []string{p.Name, p.ID, p.Purpose} }),
	},
}

// @Summary		Get the ports of a release
// @Description	The network ports that the release listens on unless told otherwise, and the configuration file that defines each. A port offset moves all of them; several offsets stand for as many instances on one machine, and the ports that they would both take are told as collisions.
// @Tags			release
// @ID				listReleasePorts
// @Success		200		{object}	Ports	"A page of the ports"
// @Router			/v1/products/{product}/releases/{release}/ports [get]
func listReleasePorts(v *view, in wire.Input, r *compat.Release, p portParams) (*wire.File, error) {
	stated := r.Stated()
	found, err := stated.Ports(p.Profile, p.Offset...)
	if err != nil {
		return nil, err
	}
	page, err := portList.Page(v, in, instances(found.Listening, max(1, len(p.Offset))))
	if err != nil {
		return nil, err
	}
	return wire.JSON(Ports{
		ReleaseName: ReleaseName{r.Product, r.Version}, Summary: found.Summary, Profile: profileID(found.Profile), Catalogue: v.Catalogue,
		Profiles: wire.Each(r.Profiles, v.profile),
		Page:     page.Page,
		Items:    wire.Each(page.Items, func(p portOf) Port { return v.port(p.Listening) }),
		Collisions: wire.Each(found.Collisions, func(c requirement.Collision) Collision {
			return Collision{c.Number, wire.Each(c.Ports, func(l requirement.Listening) CollidingPort {
				return CollidingPort{ID: l.ID, Name: l.Name, Profile: profileID(l.Of), Offset: l.Moved}
			})}
		}),
	}), nil
}

// instances tells the ports of n instances apart, which have the same number each.
func instances(ports []requirement.Listening, n int) []portOf {
	all := make([]portOf, len(ports))
	for i, l := range ports {
		all[i] = portOf{l, i / (len(ports) / n)}
	}
	return all
}

func (v *view) port(l requirement.Listening) Port {
	return Port{
		ID: l.ID, Name: l.Name, Port: l.Actual, Printed: l.Number, Offset: l.Moved, Protocol: l.Protocol, Purpose: l.Purpose, File: l.File,
		Profile: profileID(l.Of), Inherited: l.Platform, Source: v.CitationOf(answers.CitedIn(l.Citation, l.Source)),
	}
}

func (v *view) profile(p fact.Profile) Profile {
	return Profile{ID: p.ID, Name: p.Name, Aliases: wire.List(p.Aliases), Offset: p.Offset, Source: v.Cite(p.Citation)}
}

// profileID is that of a runtime; empty for the default one.
func profileID(p *fact.Profile) string {
	if p == nil {
		return ""
	}
	return p.ID
}
