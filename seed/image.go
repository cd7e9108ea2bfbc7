package seed

import (
	"strings"

	"github.com/testedon/testedon/compat/fact"
)

// imageGroup is the container images of a release whose Dockerfiles stand in one
// repository, which is its source.
type imageGroup struct {
	Source string     `json:"source"`
	Rows   []imageRow `json:"rows"`
}

// imageRow is one image: what runs together in it, and where that is written.
type imageRow struct {
	Components []fact.Target `json:"components"`
	Path       string        `json:"path"`  // of the Dockerfile
	Tag        string        `json:"tag"`   // of the repository, the first that has these components
	Date       string        `json:"date"`  // day of the tag
	Quote      string        `json:"quote"` // what the Dockerfile builds on
}

// images adds one image for each row.
func (s statementReader) images(path string, group imageGroup) {
	for i, row := range group.Rows {
		var parts []string
		for _, c := range row.Components {
			parts = append(parts, c.Technology, Slug(c.Version))
		}
		one := fact.Image{
			ID: factID(s.scope, append([]string{"image"}, parts...)...), Product: s.scope.Product, Release: s.scope.Release,
			Components: row.Components, Path: row.Path, Tag: row.Tag, Date: row.Date,
			Citation: fact.Citation{Source: group.Source, Section: row.Path, Quote: row.Quote},
		}
		if s.new("image "+one.ID, item(path+".rows", i), strings.Join(parts, " "), "keep the row whose tag is the first") {
			s.ds.Images = append(s.ds.Images, one)
		}
	}
}
