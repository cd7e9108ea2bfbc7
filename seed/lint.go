package seed

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed/sheet"
)

// Lint reads a catalogue and gives every problem: the errors that keep it from
// being loaded; where there is none, the warnings about what is legal but looks
// forgotten, is printed but hardly so, or is lacking on a day; where there is no day
// nothing is overdue. A catalogue that is well has none of the former, and of the latter
// what its pages print.
func Lint(folder Folder, today fact.Day) []sheet.Problem {
	l := load([]Folder{folder})
	if len(l.problems) > 0 {
		return l.problems
	}
	l.undocumented()
	l.future(today)
	l.unusedSources()
	l.idlePlatforms()
	l.idleProducts()
	l.silentReleases()
	l.ds.Statements(func(s fact.Statement) {
		if s.Citation.Quote == "" { // it cannot be found again in its source
			l.warn(s.Noun+" "+s.ID, "the citation has no quote; give the words it stands on")
		}
	})
	l.doubted(today)
	return l.problems.Sorted()
}

// warn adds a warning about a fact, at the place where it is written. What is inherited, others
// look through.
func (l *loader) warn(where, message string) {
	if l.homes[where].inherited {
		return
	}
	p := l.places[where]
	p.Severity, p.Message = sheet.SeverityWarning, message
	l.problems = append(l.problems, p)
}

// refuse adds an error about a fact, at the place where it is written.
func (l *loader) refuse(where, message string) {
	if l.homes[where].inherited {
		return
	}
	p := l.places[where]
	p.Message = message
	l.problems = append(l.problems, p)
}

// undocumented refuses sources that nobody can look up, or of which nobody can tell how old
// they are.
func (l *loader) undocumented() {
	for _, s := range l.ds.Sources {
		if s.URL == "" {
			l.refuse("source "+s.ID, "has no address; give as url where the text that was read stands")
		}
		for _, at := range []string{s.URL, s.Page} {
			if at != "" && !isAddress(at) {
				l.refuse("source "+s.ID, fmt.Sprintf("%q is no address of the web; write it as https://example.com/page", at))
			}
		}
		if s.Date == "" && s.Undated == "" {
			l.refuse("source "+s.ID, "has no day; give as date that of the text that was read, or as undated why none can be established")
		}
	}
}

// isAddress reports whether a text is an address that anybody may be led to.
func isAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil && !strings.ContainsAny(text, " \t\n")
}

// future refuses days that are still to come; day 0 is none to compare with.
func (l *loader) future(today fact.Day) {
	day := today.String()
	check := func(where, name, text string) {
		if today != 0 && text > day {
			l.refuse(where, name+" is "+text+", a day to come; give one on which it was so")
		}
	}
	for _, s := range l.ds.Sources {
		check("source "+s.ID, "date", s.Date)
		check("source "+s.ID, "checked", s.Checked)
	}
	for _, c := range l.ds.Claims {
		for _, t := range c.Terms() {
			check("claim "+c.ID, "since", t.Since)
			check("claim "+c.ID, "until", t.Until)
		}
	}
	for _, c := range l.ds.Configurations {
		check("configuration "+c.ID, "date", c.Date)
	}
	for _, i := range l.ds.Images {
		check("image "+i.ID, "date", i.Date)
	}
}

// cited gives the sources that something cites.
func (l *loader) cited() map[string]bool {
	cited := map[string]bool{}
	l.ds.Statements(func(s fact.Statement) { cited[s.Citation.Source] = true })
	for _, one := range l.ds.Lifecycles { // whole tables are taken over, so no quote is asked for
		cited[one.Citation.Source] = true
	}
	for _, p := range l.ds.Products {
		cited[p.PublishedBy] = true
	}
	for _, c := range l.ds.Claims {
		for _, t := range c.Terms() {
			cited[t.BroughtBy], cited[t.EndedBy] = true, true
		}
	}
	return cited
}

// unusedSources warns about sources that nothing cites.
func (l *loader) unusedSources() {
	cited := l.cited()
	for _, s := range l.ds.Sources {
		if !cited[s.ID] {
			l.warn("source "+s.ID, "nothing cites this source; cite it or delete it")
		}
	}
}

// idlePlatforms warns about platforms that no product is built on.
func (l *loader) idlePlatforms() {
	named := map[string]bool{}
	for _, p := range l.ds.Products {
		named[p.Platform] = true
	}
	for _, p := range l.ds.Platforms {
		if !named[p.ID] {
			l.warn("platform "+p.ID, "no product names this platform, so what it states reaches nothing")
		}
	}
}

// idleProducts warns about products that have no release.
func (l *loader) idleProducts() {
	released := map[string]bool{}
	for _, r := range l.ds.Releases {
		released[r.Product] = true
	}
	for _, p := range l.ds.Products {
		if !released[p.ID] {
			l.warn("product "+p.ID, "no release of this product is there, so nothing can be asked about it")
		}
	}
}

// silentReleases warns about releases of which nothing is stated, neither by
// themselves nor through their product or its platform.
func (l *loader) silentReleases() {
	stated := map[fact.Scope]bool{} // that a release has a profile is a statement, too
	l.ds.Statements(func(s fact.Statement) { stated[s.Scope] = s.Scope != fact.Scope{} })
	platform := map[string]string{}
	for _, p := range l.ds.Products {
		platform[p.ID] = p.Platform
	}
	for _, r := range l.ds.Releases {
		all := []fact.Scope{{Product: r.Product, Release: r.Version}, {Product: r.Product}, {Platform: platform[r.Product]}}
		if !slices.ContainsFunc(all, func(s fact.Scope) bool { return stated[s] }) {
			l.warn("release "+r.Product+"/"+r.Version, "nothing is stated about this release; state something or delete it")
		}
	}
}
