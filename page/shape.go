package page

import (
	"slices"
	"strings"
)

// shape is how the rows of a table are to be read, found once from its heads and a sample of its cells.
type shape struct {
	form  form
	name  int    // the column that names what a row is about, or none
	named bool   // it names known technologies
	kind  string // of what it names, where that is known
	cross string // what an X in a cell says
}

// form says what a row is.
type form int

const (
	facts   form = iota // what holds of a technology, in a release, or of the technologies at the heads
	lists               // each column lists things of one kind
	tied                // each column names things of one kind, which go together
	pairs               // what does not work together
	related             // versions of two technologies, which may say which of one has which of the other
	turned              // the names stand at the heads, their versions below them, and rows are labels
)

// none is no column.
const none = -1

// arrange finds out how the table is to be read.
func (t *tableReader) arrange(g *grid) {
	p := t.sample(g)
	t.refine(p)
	t.shape = t.shapeOf(g, p)
	t.shape.cross = crossOf(p)
	t.shape.named = t.shape.name >= 0 && t.shape.name < len(p) && p[t.shape.name].most(p[t.shape.name].names)
	t.shape.kind = t.kindNamed(g)
	kinds, values := t.count(kindRole), t.count(versionRole, answerRole, releaseRole, releasesRole, archRole, thingRole)
	if t.shape.name >= 0 && t.shape.name < len(p) && p[t.shape.name].most(p[t.shape.name].kinds) {
		kinds += p[t.shape.name].kinds
	}
	t.scope.marked = t.scope.marked || t.tells() || (values > 0 || kinds > 0 || t.shape.form == turned) && len(t.scope.levels) > 0
	if t.besideName(func(c column) bool { return c.role == versionRole && c.says.status == "" && !t.isAnothers(c) }) > 1 {
		for i := range t.cols {
			if c := &t.cols[i]; c.says.status == "" {
				c.when = c.title
			}
		}
	}
}

// kindNamed gives the kind of what rows name; empty where they name none that is known.
func (t *tableReader) kindNamed(g *grid) string {
	if kinds := t.column(t.shape.name).kinds; len(kinds) == 1 && kinds[0] != kindProduct {
		return kinds[0]
	}
	for _, cells := range g.body[:min(len(g.body), maxSample)] {
		if t.shape.name >= 0 && t.shape.name < len(cells) {
			if kind, sure := t.names.kindOf(firstItem(t.names, cells[t.shape.name].words())); sure > partly {
				return kind
			}
		}
	}
	return ""
}

// headless reports whether no column has a head.
func (t *tableReader) headless() bool {
	return !slices.ContainsFunc(t.cols, func(c column) bool { return c.title != "" })
}

// crossOf gives what an X says: no where another mark says yes, and yes where it is the only one.
func crossOf(p []sample) string {
	var all sample
	for _, s := range p {
		all.yes, all.no, all.cross = all.yes+s.yes, all.no+s.no, all.cross+s.cross
		if s.cross > 0 && s.cross < s.marks {
			all.marks++
		}
	}
	switch {
	case all.yes > 0 && all.no == 0:
		return incompatible
	case all.yes == 0 && all.marks == 0:
		return yes
	}
	return unclear
}

// refine holds the heads of the columns against what stands below them.
func (t *tableReader) refine(p []sample) {
	for i := range t.cols {
		switch c := &t.cols[i]; {
		case p[i].all == 0:
		case p[i].most(p[i].dates):
			c.role = noteRole
		case len(c.kinds) > 0 && c.kinds[0] == kindProduct && p[i].most(p[i].products):
			c.role = releasesRole // "Supported products"
			if m := releasesHead().FindStringSubmatch(t.column(i + 1).title); i == 0 && m != nil && m[1] == "" {
				t.cols[i+1].role = releasesRole // of each
			}
		case t.recast(c, i, p):
		case t.holdsReleases(i, p):
			c.role = releasesRole
			c.product = productOf(c.title)
			if m := releasesHead().FindStringSubmatch(c.title); m != nil {
				c.product = productOf(m[1])
			}
		case (c.role == versionRole || c.role == unknownRole) && p[i].most(p[i].names) && !slices.ContainsFunc(t.cols[:i], func(c column) bool { return c.role == nameRole || c.role == kindRole }):
			t.holdsNames(i, p)
		case c.role == versionRole && p[i].most(p[i].marks) && !p[i].most(p[i].versions) && c.says.status == "":
			c.role = unknownRole
		case c.role == unknownRole && says(c.says.status) > 0 && p[i].most(p[i].releases) && t.areVersions(0, p):
			c.role, c.bound, c.when = releasesRole, "%s+", c.title // "Support for running Acme"
		case c.title == "" && i > 0 && p[i].most(p[i].marks+p[i].versions) && t.cols[i-1].role == kindRole && t.count(versionRole) == 0:
			c.role = versionRole
		case i > 0 && p[i].most(p[i].marks) && !p[i].most(p[i].versions) && (t.headless() || c.role == unknownRole && p[i].most(p[i].yes+p[i].no) && editionHeads().MatchString(c.title)):
			c.role = answerRole
		}
	}
	t.numbered()
}

// recast gives a column whose cells say otherwise than its head another role, and tells whether it has.
func (t *tableReader) recast(c *column, i int, p []sample) bool {
	switch {
	case c.role == answerRole && c.says.status == "" && t.holdsReleases(i, p):
		c.role = releasesRole // "Agent"
	case c.role == answerRole && !p[i].most(p[i].marks) && p[i].most(p[i].versions+p[i].names):
		c.role = versionRole
	case c.role == versionRole && c.says.status != "" && p[i].most(p[i].marks):
		c.role = answerRole
	case c.role == thingRole && c.subject != (subject{}) && p[i].most(p[i].marks): // "ARM64" below "Acme 2.1"
		kind, _ := t.names.kindOf(c.thing.name)
		c.role, c.when, c.thing = releaseRole, strings.TrimSpace(conditionWord(kind)+c.thing.name+" "+c.thing.version), printedItem{}
	case c.role == thingRole && !p[i].most(p[i].marks+p[i].versions):
		c.role, c.thing = unknownRole, printedItem{}
	case c.role == releasesRole && c.says.status == tested && !slices.ContainsFunc(t.cols, func(c column) bool { return c.bound == "%s+" }) && t.count(versionRole) > 0:
		c.role, c.bound = versionRole, "" // "Minimum version", then "Tested up to"
	case c.bound == "before %s" && p[i].most(p[i].versions) && slices.ContainsFunc(t.cols, func(c column) bool { return says(c.says.status) > 0 && (c.role == answerRole || c.role == versionRole) }):
		c.role, c.bound = versionRole, "" // "Supported", then "Dropped"
	case c.role == releasesRole && !p[i].most(p[i].releases):
		c.role = noteRole
	case c.role == unknownRole && c.denies() && p[i].most(p[i].marks):
		c.role = answerRole
	case (c.role == unknownRole || c.role == answerRole) && p[i].most(p[i].versions) && (c.denies() || i > 0 && t.onlyDenies()):
		c.role = versionRole // "Good" beside "Bad"
	case c.role == nameRole && i > 0 && (p[0].most(p[0].kinds) || c.says.status == required && t.cols[0].role == kindRole):
		c.role = versionRole // "Component", then "Requirement"
	default:
		return false
	}
	return true
}

// onlyDenies reports whether of the columns known to have versions or answers there are some, and all say no.
func (t *tableReader) onlyDenies() bool {
	return slices.ContainsFunc(t.cols, column.denies) && !slices.ContainsFunc(t.cols, func(c column) bool { return (c.role == versionRole || c.role == answerRole) && !c.denies() })
}

// holdsNames makes a column one that names things, in full if an earlier one has their versions.
func (t *tableReader) holdsNames(i int, p []sample) {
	c := &t.cols[i]
	for k := range t.cols[:i] {
		if b := &t.cols[k]; b.role == versionRole && b.thing.name != "" && p[k].most(p[k].versions) {
			b.role, t.given = noteRole, true
			for n := i; n < len(t.cols); n++ {
				if t.cols[n].role == unknownRole && p[n].most(p[n].names) {
					t.cols[n].role, t.cols[n].kinds = kindRole, b.kinds
				}
			}
			return
		}
	}
	if i == 0 || t.count(releaseRole, thingRole, versionRole, answerRole) > 0 && p[0].names == 0 && i < 2 {
		c.role = nameRole
	}
}

// numbered tells what heads are that are numbers alone: beside releases, versions, else releases.
func (t *tableReader) numbered() {
	if t.count(releasesRole) == 0 {
		return
	}
	for i := range t.cols {
		if c := &t.cols[i]; c.role == releaseRole && c.product == "" && t.namedAbove() != "" {
			c.role, c.thing = thingRole, printedItem{name: t.namedAbove(), version: c.release}
			c.subject = subject{}
		}
	}
}

// namedAbove gives the technology that the heading or the caption names.
func (t *tableReader) namedAbove() string {
	if t.above == nil {
		name := t.findAbove()
		t.above = &name
	}
	return *t.above
}

func (t *tableReader) findAbove() string {
	for _, text := range []string{t.caption, t.scope.section} {
		for _, m := range t.names.mentions(words{text: text}) {
			if len(m.versions) == 0 {
				return m.name
			}
		}
	}
	return ""
}

// shapeOf gives the form of the rows and their name column.
func (t *tableReader) shapeOf(g *grid, p []sample) shape {
	kinds, values := t.count(kindRole), t.count(versionRole, answerRole, releaseRole, archRole, thingRole)
	named := slices.IndexFunc(t.cols, func(c column) bool { return c.role == nameRole })
	kind := slices.IndexFunc(t.cols, func(c column) bool { return c.role == kindRole })
	switch {
	case t.areIncompatible(kinds):
		return shape{form: pairs, name: max(named, 0)}
	case t.count(releasesRole) > 0 && named < 0 && t.count(releaseRole) == 0 && (kind < 0 || !slices.ContainsFunc(t.cols, func(c column) bool { return c.role == versionRole && c.thing.name == "" })):
		return shape{form: facts, name: none}
	case named >= 0:
		return shape{form: facts, name: t.naming(named, p)}
	case t.isTurned(g):
		return shape{form: turned, name: none}
	case kinds == 0 && t.areVersions(0, p) && t.areVersions(1, p) && len(g.body) > 1:
		return shape{form: related, name: none}
	case kinds == 0 && (t.areVersions(0, p) && t.count(releaseRole, thingRole) == 0 || t.column(0).role == thingRole):
		return shape{form: facts, name: none}
	case kinds == 0:
		return shape{form: facts, name: 0}
	case values == 0 && !g.hasAmounts() && (kinds > 1 || t.given || !t.hasVersionsBeside(g)):
		if t.goTogether(g) {
			return shape{form: tied, name: none}
		}
		return shape{form: lists, name: none}
	case p[kind].all > 0 && p[kind].names == 0 && p[kind].versions > 0 && t.cols[kind].thing.name != "" && t.count(releaseRole, thingRole) == 0:
		return shape{form: facts, name: none}
	}
	return shape{form: facts, name: kind}
}

// naming gives the column that names technologies, where that called so names groups of them.
func (t *tableReader) naming(named int, p []sample) int {
	best := named
	for i, c := range t.cols {
		if (c.role == nameRole || c.role == kindRole || c.role == unknownRole) && p[i].names > p[best].names {
			best = i
		}
	}
	if p[named].most(p[named].kinds) && t.count(releaseRole) == 0 {
		return named // "Database", beside what is meant
	}
	if best != named {
		t.cols[named].role = noteRole
	}
	return best
}

// areVersions reports whether a column holds versions of the technology at its head.
func (t *tableReader) areVersions(i int, p []sample) bool {
	c := t.column(i)
	return c.role == versionRole && c.thing.name != "" && p[i].most(p[i].versions)
}

// goTogether reports whether columns of several kinds say what goes together, and are no lists side by side.
func (t *tableReader) goTogether(g *grid) bool {
	if len(g.body) < 2 || t.count(kindRole) < 2 {
		return false
	}
	for _, cells := range g.body {
		for i, c := range cells {
			if t.column(i).role == kindRole && (nothing(c.words().text) || i == 0 && len(t.names.items(c.words())) != 1) {
				return false
			}
		}
	}
	return true
}

// count counts the columns of some roles.
func (t *tableReader) count(roles ...role) int {
	n := 0
	for _, c := range t.cols {
		if slices.Contains(roles, c.role) {
			n++
		}
	}
	return n
}

// areIncompatible reports whether rows say what does not work together, in columns of more than one kind.
func (t *tableReader) areIncompatible(kindColumns int) bool {
	if t.scope.kind() != kindIncompatibility && t.scope.status != incompatible || t.count(releaseRole, thingRole, releasesRole) > 0 {
		return false
	}
	var kinds []string
	for _, c := range t.cols {
		for _, k := range c.kinds {
			kinds = addKind(kinds, k)
		}
	}
	named := kindColumns > 0 || len(kinds) > 0
	if t.scope.kind() == kindIncompatibility && named && len(kinds) < 2 {
		t.scope.kinds = nil
	}
	return len(kinds) > 1 || !named && len(t.cols) > 1 && t.scope.kind() == kindIncompatibility
}

// tells reports whether the table shows by its heads that it is about environments: any
// kind but products, which price lists have as well, versions with their status, or
// releases and processors beside known technologies.
func (t *tableReader) tells() bool {
	known := t.count(thingRole) > 0 || t.namedAbove() != "" && t.ofNamedAbove(t.shape.name) || t.shape.named
	return slices.ContainsFunc(t.cols, func(c column) bool {
		return c.role == kindRole && c.kinds[0] != kindProduct || c.role == versionRole && c.says.status != "" ||
			known && (c.role == releaseRole || c.role == thingRole || c.role == releasesRole || c.role == answerRole && c.says.status != "")
	})
}

// besideName counts columns beside the one of the name.
func (t *tableReader) besideName(fits func(column) bool) int {
	n := 0
	for i, c := range t.cols {
		if i != t.shape.name && fits(c) {
			n++
		}
	}
	return n
}

// hasAmounts reports whether the first row holds amounts.
func (g *grid) hasAmounts() bool {
	return len(g.body) > 0 && slices.ContainsFunc(g.body[0], func(c *cell) bool { return onlyAmount().MatchString(c.words().text) })
}

// hasVersionsBeside reports whether columns whose heads say nothing known hold versions.
func (t *tableReader) hasVersionsBeside(g *grid) bool {
	for _, cells := range g.body {
		for i, c := range cells {
			if t.cols[i].role != unknownRole {
				continue
			}
			if _, rest := markIn(c.words().text); justVersion().MatchString(strings.TrimSpace(rest)) || i > 0 && t.isOf(cells[0].words(), c.words()) {
				return true
			}
		}
	}
	return false
}

// isOf reports whether a cell has a version of what a label names without one: "macOS 14" beside "Mac".
func (t *tableReader) isOf(label, w words) bool {
	name, printed := t.names.split(oneLine(label.text))
	kind, _ := t.names.kindOf(name)
	for _, th := range t.names.items(w) {
		of, _ := t.names.kindOf(th.name)
		return printed == "" && th.version != "" && of != "" && of == kind
	}
	return false
}

// isTurned reports whether the names stand at the head, with nothing but versions below them.
func (t *tableReader) isTurned(g *grid) bool {
	untold := func(c column) bool { return c.role != unknownRole && c.role != thingRole || c.title == "" }
	if len(g.head) == 0 || len(t.cols) < 2 || t.cols[0].role == thingRole || t.cols[0].title != "" && t.count(thingRole) == 0 || slices.ContainsFunc(t.cols[1:], untold) {
		return false
	}
	other := func(c *cell) bool { w := c.words().text; return w != "" && !justVersion().MatchString(w) }
	return !slices.ContainsFunc(g.body, func(cells []*cell) bool { return slices.ContainsFunc(cells[min(1, len(cells)):], other) })
}
