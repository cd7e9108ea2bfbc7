package compat

import (
	"cmp"
	"slices"
	"strings"
)

// Shipment is an Image ready to be told.
type Shipment struct {
	*Image
	Source     *Source
	Repository string // "wso2/docker-apim"
	URL        string // of the Dockerfile at the tag; empty where the repository has no address
	components []ran
	names      []string // "Alpine Linux 3.23.3", in the order of Components
}

// Names are its components, as answers write them: "Alpine Linux 3.23.3".
func (s *Shipment) Names() []string { return s.names }

// images puts the images to their releases, the newest first, and states that their
// components were shipped.
func (b *builder) images() {
	unique(b, "image", b.m.ds.Images, func(i *Image) string { return i.ID })
	for i := range b.m.ds.Images {
		image := &b.m.ds.Images[i]
		where := "image " + image.ID
		source, r := b.cite(where, image.Citation), b.release(where, image.Product, image.Release)
		day := b.day(where, "date", image.Date)
		if image.Date == "" {
			b.fault(where, "has no date; give the day of its tag")
		}
		if source == nil || r == nil || day == 0 {
			continue
		}
		s := &Shipment{Image: image, Source: source, components: b.environment(where, image.Components)}
		s.Repository, _, _ = strings.Cut(source.Document, " ")
		if source.URL != "" {
			s.URL = strings.TrimSuffix(source.URL, "/") + "/blob/" + image.Tag + "/" + image.Path
		}
		for _, c := range s.components {
			if c.tech.scheme != nil {
				name, _ := c.tech.display(c.versions)
				s.names = append(s.names, name)
			}
		}
		r.images = append(r.images, s)
		b.state(r, image.Components, Claim{ID: "shipped", Status: StatusShipped, Since: image.Date, Citation: image.Citation}, Listing{Image: s})
	}
	b.eachRelease(func(r *release) {
		slices.SortStableFunc(r.images, func(a, b *Shipment) int { return cmp.Compare(b.Date, a.Date) })
	})
}

// holds reports whether everything in the image is asked for, at the versions shipped.
func (s *Shipment) holds(asked []ComponentAnswer) bool {
	for _, c := range s.components {
		if !c.asked(asked) {
			return false
		}
	}
	return len(s.components) > 1
}
