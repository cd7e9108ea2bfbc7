package compat

import (
	"cmp"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
)

// Shipment is an Image ready to be told.
type Shipment struct {
	*fact.Image
	Source     *fact.Source
	Repository string // "wso2/docker-apim"
	components []ran
}

// Names are its components, as answers write them: "Alpine Linux 3.23.3".
func (s *Shipment) Names() []string {
	names := make([]string, len(s.components))
	for i, c := range s.components {
		names[i] = c.display
	}
	return names
}

// URL leads to the Dockerfile at the tag; empty where the repository has no address.
func (s *Shipment) URL() string {
	if s.Source.URL == "" {
		return ""
	}
	return strings.TrimSuffix(s.Source.URL, "/") + "/blob/" + s.Tag + "/" + s.Path
}

// Shipments are the images that the vendor ships of a release, the newest first.
func (r *Release) Shipments() []*Shipment { return r.images }

// images puts the images to their releases, the newest first, and states that their
// components were shipped.
func (b *builder) images() {
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
		r.images = append(r.images, s)
		b.state(r, image.Components, fact.Claim{ID: "shipped", Status: fact.StatusShipped, Term: fact.Term{Since: image.Date}, Citation: image.Citation}, maker{Image: s})
	}
	b.eachRelease(func(_ *builder, r *Release) {
		order.Stable(r.images, func(a, b *Shipment) int { return cmp.Compare(b.Date, a.Date) })
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
