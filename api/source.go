package api

import (
	"slices"

	"github.com/testedon/testedon/compat"
)

// Source is a document that facts are taken from.
type Source struct {
	ID    string `json:"id" example:"mi-4.4.0-installation-prerequisites"`
	Title string `json:"title" example:"Installation Prerequisites"`
	URL   string `json:"url,omitempty" example:"https://mi.docs.wso2.com/en/4.4.0/install-and-setup/install/installation-prerequisites/"`
	// Document is the repository and path, or the file name.
	Document string `json:"document,omitempty" example:"wso2/docs-mi"`
	// Revision is the commit or the date of the text.
	Revision  string `json:"revision,omitempty" example:"2024-12-10"`
	Authority string `json:"authority" example:"official" enums:"official,site,unconfirmed,fork"`
} // @name Source

// Sources is every source.
type Sources struct {
	Items []Source `json:"items" validate:"max=100000"`
} // @name Sources

// SourceDetail is a source and what rests on it.
type SourceDetail struct {
	Source
	States States `json:"states"`
	// About is what it speaks of, each once.
	About []Subject `json:"about" validate:"max=100000"`
} // @name SourceDetail

// States counts the facts that are taken from a source.
type States struct {
	Claims         int `json:"claims" example:"22" minimum:"0"`
	Requirements   int `json:"requirements" example:"9" minimum:"0"`
	Ports          int `json:"ports" example:"0" minimum:"0"`
	Notes          int `json:"notes" example:"2" minimum:"0"`
	Advisories     int `json:"advisories" example:"1" minimum:"0"`
	Profiles       int `json:"profiles" example:"0" minimum:"0"`
	Configurations int `json:"configurations" example:"0" minimum:"0"`
	// Successors are the technologies it says live on under another name.
	Successors int `json:"successors" example:"0" minimum:"0"`
	// Policies are the promises of upward compatibility it makes.
	Policies int `json:"policies" example:"0" minimum:"0"`
} // @name States

// Subject is what a source speaks of: a platform, a product or one release of
// it, or a technology by itself.
type Subject struct {
	Platform   string `json:"platform,omitempty" example:"carbon"`
	Product    string `json:"product,omitempty" example:"mi"`
	Release    string `json:"release,omitempty" example:"4.4.0"`
	Technology string `json:"technology,omitempty" example:"postgresql"`
} // @name Subject

// listSources lists the documents that the facts are taken from.
//
//	@Summary		List the sources
//	@Description	The documents that the facts are taken from, and who published them.
//	@Tags			catalogue
//	@ID				listSources
//	@Produce		json
//	@Success		200	{object}	Sources	"Every source, in the order of ids"
//	@Header			200	{string}	ETag	"Changes with the catalogue and the build"
//	@Success		304	"The client has this answer already"
//	@Failure		400	{object}	Problem	"There is an unknown parameter"
//	@Failure		500	{object}	Problem	"A fault of the server"
//	@Failure		503	{object}	Problem	"Not available"
//	@Router			/v1/sources [get]
func listSources(v *view, _ input) (any, error) {
	return Sources{each(v.Dataset().Sources, source)}, nil
}

// getSource gives one source and what rests on it.
//
//	@Summary		Get a source
//	@Description	The document, how many facts of each sort are taken from it, and what it speaks of. Every fact that the API shows names its source by this id.
//	@Tags			catalogue
//	@ID				getSource
//	@Produce		json
//	@Param			source	path		string	true	"The id of the source."	example(wso2-mi-4.4.0-installation-prerequisites) minlength(1) maxlength(200)
//	@Success		200		{object}	SourceDetail	"The source"
//	@Header			200		{string}	ETag	"Changes with the catalogue and the build"
//	@Success		304		"The client has this answer already"
//	@Failure		400		{object}	Problem	"The id cannot be read, or there is an unknown parameter"
//	@Failure		404		{object}	Problem	"No such source; the problem offers the nearest ones"
//	@Failure		500		{object}	Problem	"A fault of the server"
//	@Failure		503		{object}	Problem	"Not available"
//	@Router			/v1/sources/{source} [get]
func getSource(v *view, in input) (any, error) {
	id, err := in.path("source")
	if err != nil {
		return nil, err
	}
	found := v.Source(id)
	if found == nil {
		return nil, unknownSource(v, id)
	}
	rest := &resting{SourceDetail{Source: source(*found), About: []Subject{}}}
	rest.statements(v.Dataset())
	rest.parts(v.Dataset())
	return rest.SourceDetail, nil
}

// unknownSource offers the sources whose id or title comes close.
func unknownSource(v *view, id string) error {
	e := &compat.Error{Code: compat.CodeNotFound, Field: "source", Message: "no source has the id " + quotable(id), Hint: "/v1/sources lists the sources."}
	names, ids := []string{}, map[string]string{}
	for _, s := range v.Dataset().Sources {
		names = append(names, s.ID, s.Title)
		ids[s.ID], ids[s.Title] = s.ID, s.ID
	}
	for _, name := range compat.Closest(id, names) {
		if !slices.Contains(e.Candidates, ids[name]) {
			e.Candidates = append(e.Candidates, ids[name])
		}
	}
	if len(e.Candidates) > 0 {
		e.Hint = "Did you mean " + e.Candidates[0] + "?"
	}
	return e
}

func source(s compat.Source) Source {
	return Source{ID: s.ID, Title: s.Title, URL: s.URL, Document: s.Document, Revision: s.Revision, Authority: string(s.Authority)}
}

// resting gathers what rests on a source.
type resting struct{ SourceDetail }

// count counts the facts that are taken from the source, and notes what they are
// about; of tells both of a fact.
func count[T any](r *resting, n *int, facts []T, of func(*T) (compat.Citation, []Subject)) {
	for i := range facts {
		citation, about := of(&facts[i])
		if citation.Source != r.ID {
			continue
		}
		*n++
		for _, subject := range about {
			if !slices.Contains(r.About, subject) {
				r.About = append(r.About, subject)
			}
		}
	}
}

// statements counts what is said of platforms, products and releases.
func (r *resting) statements(ds *compat.Dataset) {
	count(r, &r.States.Claims, ds.Claims, func(c *compat.Claim) (compat.Citation, []Subject) {
		return c.Citation, []Subject{{Platform: c.Platform, Product: c.Product, Release: c.Release}}
	})
	count(r, &r.States.Requirements, ds.Requirements, func(q *compat.Requirement) (compat.Citation, []Subject) { return q.Citation, scope(&q.Scope, nil) })
	count(r, &r.States.Ports, ds.Ports, func(p *compat.Port) (compat.Citation, []Subject) { return p.Citation, scope(&p.Scope, nil) })
	count(r, &r.States.Notes, ds.Notes, func(n *compat.Note) (compat.Citation, []Subject) { return n.Citation, scope(&n.Scope, nil) })
	count(r, &r.States.Advisories, ds.Advisories, func(a *compat.Advisory) (compat.Citation, []Subject) { return a.Citation, scope(&a.Scope, a.Applies) })
	count(r, &r.States.Configurations, ds.Configurations, func(c *compat.Configuration) (compat.Citation, []Subject) {
		return c.Citation, []Subject{{Product: c.Product, Release: c.Release}}
	})
}

// parts counts what is said of profiles and of technologies by themselves.
func (r *resting) parts(ds *compat.Dataset) {
	for i := range ds.Releases {
		about := []Subject{{Product: ds.Releases[i].Product, Release: ds.Releases[i].Version}}
		count(r, &r.States.Profiles, ds.Releases[i].Profiles, func(p *compat.Profile) (compat.Citation, []Subject) { return p.Citation, about })
	}
	for i := range ds.Technologies {
		about := []Subject{{Technology: ds.Technologies[i].ID}}
		count(r, &r.States.Successors, ds.Technologies[i].Successors, func(s *compat.Successor) (compat.Citation, []Subject) { return s.Citation, about })
		count(r, &r.States.Policies, ds.Technologies[i].Policies, func(p *compat.Policy) (compat.Citation, []Subject) { return p.Citation, about })
	}
}

// scope gives what a statement is about: where it is about everything, the
// technologies it touches.
func scope(s *compat.Scope, touched []compat.Target) []Subject {
	if *s == (compat.Scope{}) {
		return each(touched, func(t compat.Target) Subject { return Subject{Technology: t.Technology} })
	}
	return []Subject{{Platform: s.Platform, Product: s.Product, Release: s.Release}}
}
