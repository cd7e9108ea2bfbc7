package seed

import (
	"regexp"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
)

// named asks for a claim as it is printed, and warns where that means something
// else than the row says.
func (r *reality) named(c *compat.Listing) {
	asked := r.m.Resolve(compat.Asked{Kind: c.Tech.Kind, Text: c.Label})
	switch {
	case asked.Technology == nil && (asked.Shared && begins(c) || strings.EqualFold(c.Label, "any")): // it may mean several things, this one among them
	case asked.Technology == nil && begins(c):
		r.doubt(c, "%q cannot be asked about as it is printed: %s; write what is no version under \"when\"", c.Label, asked.Reason)
	case asked.Technology == nil:
		r.doubt(c, "%q cannot be asked about as it is printed: %s; if it is a name of %s, add it to the aliases of technologies/%s/%s.yaml",
			c.Label, asked.Reason, c.Tech.Name, c.Tech.Kind, c.Tech.ID)
	case asked.Technology.ID != c.Technology:
		r.doubt(c, "%q reads as %s, and the row says %s; if both go by that name, add it to the aliases of technologies/%s/%s.yaml",
			c.Label, meaning(asked), c.Display(), c.Tech.Kind, c.Tech.ID)
	case !asked.Range.Equal(c.Range):
		r.doubt(c, "%q reads as %s, and the row says %s; write what is of the version under versions",
			c.Label, meaning(asked), c.Display())
	}
}

// meaning names the technology and versions of a component: "RHEL 9".
func meaning(c compat.Component) string {
	return strings.TrimSpace(c.Technology.Name + " " + c.VersionText())
}

// begins reports whether the label of a claim begins with a name of its technology.
func begins(c *compat.Listing) bool {
	names := append([]string{c.Tech.ID, c.Tech.Name}, c.Tech.Aliases...)
	return slices.ContainsFunc(names, func(name string) bool { return strings.HasPrefix(Slug(c.Label), Slug(name)) })
}

// number is one with dots between its digits.
var number = regexp.MustCompile(`\d+(?:\.\d+)*`)

// quoted warns where the quote of a claim has its version only as a part of
// another one: "8.1" beside the words "MySQL 8.10".
func (r *reality) quoted(c *compat.Listing) {
	part := ""
	for at, text := 0, c.Citation.Quote; c.Version != ""; {
		i := strings.Index(text[at:], c.Version)
		if i < 0 {
			break
		}
		from, to := at+i, at+i+len(c.Version)
		for _, n := range number.FindAllStringIndex(text, -1) {
			if n[0] < to && n[1] > from {
				from, to = min(from, n[0]), max(to, n[1])
			}
		}
		if text[from:to] == c.Version {
			return
		}
		part, at = text[from:to], to
	}
	if part != "" {
		r.doubt(c, "the row says %s, but its quote says %s; was the number cut, or written without quotes?", c.Version, part)
	}
}

// joined warns about a version that two series may have grown together to, as
// "8.0, 8.4" to "8.0.4". Where others of the technology are as precise, it is
// hardly one.
func (r *reality) joined(c *compat.Listing, page []*compat.Listing) {
	parts := strings.Split(c.Version, ".")
	if len(parts) != 3 || parts[1] == parts[2] {
		return
	}
	first, second := parts[0]+"."+parts[1], parts[0]+"."+parts[2]
	if !r.isSeries(c.Tech, first) || !r.isSeries(c.Tech, second) {
		return
	}
	others := 0
	for _, other := range page {
		if other.Tech != c.Tech || other.Version == c.Version {
			continue
		}
		if strings.Count(other.Version, ".") > 1 {
			return
		}
		others++
	}
	if others > 0 {
		r.doubt(c, "%q may be a slip for %s and %s, which are series of %s, as the others of this release are; look it up, and keep what is printed",
			c.Version, first, second, c.Tech.Name)
	}
}

// isSeries reports whether a technology has a series of that label.
func (r *reality) isSeries(t *compat.Technology, label string) bool {
	return slices.ContainsFunc(r.seriesOf(t), func(s series) bool { return s.label == label })
}
