package seed

import (
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed/sheet"
)

// ReleaseFile is the shape of a release: what it is and what is stated about it.
type ReleaseFile struct {
	Product  string         `json:"product"`
	Version  string         `json:"version"`
	Aliases  []string       `json:"aliases,omitempty"`
	Profiles []fact.Profile `json:"profiles,omitempty"`
	statements
	Images []imageGroup `json:"images,omitempty"`
}

// Scope is what the file is about.
func (r *ReleaseFile) Scope() fact.Scope { return fact.Scope{Product: r.Product, Release: r.Version} }

func (l *loader) release(f sheet.File) {
	r, at, ok := decodeFact[ReleaseFile](l, f)
	if !ok {
		return
	}
	l.identify(f, at["product"], PlainID, r.Product, "releases/"+r.Product+"/"+r.Version+".yaml")
	l.identify(f, at["version"], ReleaseID, r.Version, f.Name)
	if !l.apart("release "+r.Product+"/"+r.Version, f, at["version"]) {
		return
	}
	if !l.adds(&r) {
		l.ds.Releases = append(l.ds.Releases, fact.Release{
			Product: r.Product, Version: r.Version, Aliases: r.Aliases, Deployments: r.Deployments, Profiles: r.Profiles,
		})
	}
	s := statementReader{l, f, at, r.Scope(), new(int)}
	for i, p := range r.Profiles {
		s.form(item("profiles", i)+".id", PlainID, p.ID)
	}
	s.all(r.statements)
	for i, group := range r.Images {
		s.images(item("images", i), group)
	}
}
