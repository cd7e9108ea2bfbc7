package proposal

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed"
)

// recognition is the source that a page is taken for, and why.
type recognition struct{ id, because string }

// sourceOf finds the source that a page is, in this order:
//
//  1. The one that was named.
//  2. Of those the release rests on, the only one whose document has the name of
//     the page, else whose title is that of the page.
//  3. The only one the release rests on; a new one, where it rests on none, and where the
//     page is read for all releases.
//  4. The one that states most of what the page does.
//
// Else there is none.
func (p *draft) sourceOf(d Document) recognition {
	if p.asked.Source != "" {
		return recognition{id: p.asked.Source}
	}
	title, base := p.Pages[0].Title, path.Base(strings.ReplaceAll(d.Name, `\`, "/"))
	if id := p.onlySource(func(s *fact.Source) bool { return isCalled(s, base) }); id != "" {
		return recognition{id, "its document is called " + base}
	}
	if id := p.onlySource(func(s *fact.Source) bool { return title != "" && fold(s.Title) == fold(title) }); id != "" {
		return recognition{id, "it has that title"}
	}
	switch {
	case p.asked.named:
		return recognition{p.newSource(base), "no document of its name or title speaks of the release yet"}
	case len(p.sources) == 0:
		return recognition{p.newSource(base), "the catalogue has nothing of the release yet"}
	case len(p.sources) == 1:
		return recognition{p.sources[0], "the release rests on no other document"}
	}
	return p.alike()
}

// alike finds the source that states most of what the page does: more than half of
// all that either of them states of the kinds the page speaks of, more than any
// other, and more than all of them together, as a page does that sums them up.
func (p *draft) alike() recognition {
	p.take(recognition{})
	most, best := max(0.5, p.share()), recognition{}
	for _, id := range p.sources {
		p.take(recognition{id: id})
		switch share := p.share(); {
		case share > most:
			most, best = share, recognition{id, fmt.Sprintf("it states most of the same, %.0f %%", 100*share)}
		case share == most:
			best = recognition{}
		}
	}
	return best
}

// share is how much of what the page and its source state both of them state.
func (p *draft) share() float64 {
	all, both := map[string]bool{}, 0
	spoken := p.spoken()
	for _, f := range p.Found {
		if f.isClaim() {
			all[f.one.meaning+" "+string(f.Status)] = true
		}
	}
	for _, c := range p.existing() {
		if what := c.meaning + " " + string(c.Status); all[what] {
			both++
		} else if spoken[stanceOf(c.technology.Kind, c.Status)] {
			all[what] = true
		}
	}
	return float64(both) / float64(max(1, len(all)))
}

// isCalled reports whether the document of a source has the name of a page.
func isCalled(s *fact.Source, base string) bool {
	return path.Base(s.Document) == base || strings.HasSuffix(s.Document, " "+base)
}

// onlySource gives the source of the release that fits; empty where there are
// several, or none.
func (r *reader) onlySource(fits func(*fact.Source) bool) string {
	found := ""
	for _, id := range r.sources {
		if fits(r.m.Source(id)) {
			if found != "" {
				return ""
			}
			found = id
		}
	}
	return found
}

// newSource makes an ID out of the release and the name of a page.
func (r *reader) newSource(base string) string {
	name := dotted(strings.TrimSuffix(base, path.Ext(base)))
	id := dotted(r.product + "-" + r.release)
	if r.asked.named { // one document for all of them
		id = dotted(r.product)
	}
	switch {
	case strings.Contains(name, id):
		id = name
	case name != "":
		id += "-" + name
	}
	const longest = 100
	if len(id) > longest {
		id = strings.TrimRight(id[:longest], "-.")
	}
	return id
}

// dotted writes words in the characters of a [seed.DottedID].
func dotted(text string) string {
	parts := strings.FieldsFunc(seed.Slug(text), func(c rune) bool { return c == '.' })
	for i, part := range parts {
		parts[i] = strings.Trim(part, "-")
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ".")
}
