package seed

import "github.com/testedon/testedon/compat/fact"

// releaseFile is the shape of a release: what it is and what is stated about it.
type releaseFile struct {
	Product  string         `json:"product"`
	Version  string         `json:"version"`
	Aliases  []string       `json:"aliases,omitempty"`
	Profiles []fact.Profile `json:"profiles,omitempty"`
	statements
	Images []imageGroup `json:"images,omitempty"`
}

func (l *loader) release(f file) {
	r, at, ok := decodeFact[releaseFile](l, f)
	if !ok {
		return
	}
	l.identify(f, at["product"], plainID, r.Product, "releases/"+r.Product+"/"+r.Version+".yaml")
	l.identify(f, at["version"], releaseID, r.Version, f.name)
	l.stands("release "+r.Product+"/"+r.Version, f, at["version"])
	l.ds.Releases = append(l.ds.Releases, fact.Release{
		Product: r.Product, Version: r.Version, Aliases: r.Aliases, Deployments: r.Deployments, Profiles: r.Profiles,
	})
	s := stating{l, f, at, fact.Scope{Product: r.Product, Release: r.Version}, new(int)}
	for i, p := range r.Profiles {
		s.form(item("profiles", i)+".id", plainID, p.ID)
	}
	s.all(r.statements)
	for i, group := range r.Images {
		s.images(item("images", i), group)
	}
}
