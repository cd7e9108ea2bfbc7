package export

import (
	"slices"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/requirement"
	"github.com/testedon/testedon/message"
)

// Release is what is stated of one release, as every format writes it.
type Release struct {
	Product  *compat.Product
	Release  *compat.Release
	Platform *fact.Platform // that it is built on; nil where it stands on its own
	// Sections are in the order of the pages; those of the platform come last.
	Sections       []Section
	Deployments    []*fact.Deployment
	Requirements   []Requirement           // in the order of deployments, resources and levels
	Ports          []requirement.Listening // of the default runtime, and what is stated of each profile; by number
	Advisories     []Advisory              // in the order of IDs
	Notes          []Note                  // in the order of IDs
	Configurations []Configuration         // in the order of IDs
	Images         []*compat.Shipment      // newest first
	Sources        []*fact.Source          // that all of this cites, in that order, each once

	Revision int64  // of the catalogue
	Digest   string // of the catalogue
	AsOf     string // the past day that all of this is of, "2026-09-01"; empty for today

	m     *compat.Matrix
	words *message.Language
}

// say is the text of a message, in the language of the matrix.
func (r *Release) say(id string, values ...any) string { return r.words.Say(message.Of(id, values...)) }

// Requirement is what a release needs, with what it names.
type Requirement struct {
	*fact.Requirement
	Deployment *fact.Deployment
	Source     *fact.Source
	Inherited  *fact.Platform // the platform it is about; nil where it is about the release itself
}

// Advisory is a caveat with what it names.
type Advisory struct {
	*fact.Advisory
	Source  *fact.Source
	Applies []Target
	With    []Target
}

// Note is a statement on running the release, with its source.
type Note struct {
	*fact.Note
	Source *fact.Source
}

// Configuration is a recorded test run with what it names.
type Configuration struct {
	*fact.Configuration
	Source     *fact.Source
	Components []Target
}

// Target is a technology and versions of it.
type Target struct {
	Technology *compat.Technology
	Version    string // as stated; empty for every version
}

// String names both: "PostgreSQL 17.2".
func (t Target) String() string {
	if t.Version == "" {
		return t.Technology.Name
	}
	return t.Technology.Name + " " + t.Version
}

// Of gathers what is stated of a release of a matrix, which is that of a past day, as
// AsOf writes it; empty for today.
func Of(m *compat.Matrix, r *compat.Release, asOf string) (*Release, error) {
	g := collector{m, &Release{m: m, words: m.Words(), AsOf: asOf, Product: r.Of(), Release: r, Revision: m.Dataset().Revision, Digest: m.Dataset().Digest}}
	if err := g.statements(); err != nil {
		return nil, err
	}
	g.configurations()
	g.sources()
	return g.Release, nil
}

// collector collects what is stated of a release.
type collector struct {
	m *compat.Matrix
	*Release
}

func (g *collector) statements() error {
	r := g.Release.Release
	stated := r.Stated()
	needs, err := stated.Requirements("", 1)
	if err != nil {
		return err
	}
	ports, err := stated.Ports("")
	if err != nil {
		return err
	}
	advisories, err := r.Advisories("")
	if err != nil {
		return err
	}
	notes, err := r.Notes("", "")
	if err != nil {
		return err
	}
	g.Platform = g.Product.Base()
	listed := r.Listings()
	g.Sections = sections(g.m, slices.DeleteFunc(listed, func(l *compat.Listing) bool { return !l.Paged() }))
	g.Images = r.Shipments()
	g.Deployments, g.Ports = needs.Deployments, ports.Listening
	g.requirements()
	for _, a := range advisories {
		g.Advisories = append(g.Advisories, Advisory{a, g.m.Source(a.Citation.Source), g.targets(a.Applies), g.targets(a.With)})
	}
	for _, n := range notes {
		g.Notes = append(g.Notes, Note{n, g.m.Source(n.Citation.Source)})
	}
	return nil
}

// targets finds the technologies of targets.
func (g *collector) targets(all []fact.Target) []Target {
	found := make([]Target, 0, len(all))
	for _, t := range all {
		found = append(found, Target{g.m.Target(t).Technology, t.Version})
	}
	return found
}

func (g *collector) configurations() {
	all := g.m.Dataset().Configurations
	for i := range all {
		if c := &all[i]; c.Product == g.Product.ID && c.Release == g.Release.Release.Version {
			g.Configurations = append(g.Configurations, Configuration{c, g.m.Source(c.Citation.Source), g.targets(c.Components)})
		}
	}
}

// sources notes each source where it is cited first.
func (g *collector) sources() {
	for _, s := range g.Sections {
		g.cites(s.Source)
	}
	for _, n := range g.Requirements {
		g.cites(n.Source)
	}
	for _, p := range g.Ports {
		g.cites(p.Source)
	}
	for _, a := range g.Advisories {
		g.cites(a.Source)
	}
	for _, n := range g.Notes {
		g.cites(n.Source)
	}
	for _, c := range g.Configurations {
		g.cites(c.Source)
	}
	for _, i := range g.Images {
		g.cites(i.Source)
	}
	for _, p := range g.Release.Release.Profiles {
		g.cites(g.m.Source(p.Citation.Source))
	}
}

func (g *collector) cites(s *fact.Source) {
	if s != nil && !slices.Contains(g.Sources, s) {
		g.Sources = append(g.Sources, s)
	}
}
