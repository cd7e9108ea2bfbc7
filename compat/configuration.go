package compat

import (
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
)

// Run is a Configuration ready to be told.
type Run struct {
	*fact.Configuration
	Source     *fact.Source
	components []ran
}

// ran is a component of a recorded run, or of an image.
type ran struct {
	tech *Technology
	*reading
}

// Runs are the recorded runs of a release, the newest first.
func (r *Release) Runs() []*Run { return r.configurations }

// Exercised reports whether a recorded run that counts passed with a version of a claim, and
// with what the claim holds with.
func (r *Release) Exercised(l *Listing) bool {
	return slices.ContainsFunc(r.configurations, func(run *Run) bool {
		var all []Component
		within := false
		for _, o := range run.components {
			all = append(all, component(o.tech, o.Range))
			within = within || o.tech == l.Tech && o.Range.Within(l.Range)
		}
		return within && run.Result == fact.Passed && run.Counts() && (len(l.with) == 0 || l.state(r, all) == met)
	})
}

// configurations puts the recorded runs to their releases, and states that the components
// of those that passed were tested.
func (b *builder) configurations() {
	for i := range b.m.ds.Configurations {
		c := &b.m.ds.Configurations[i]
		where := "configuration " + c.ID
		source := b.cite(where, c.Citation)
		b.outcome(where, c)
		day, r := b.day(where, "date", c.Date), b.release(where, c.Product, c.Release)
		if r == nil || day == 0 {
			continue
		}
		run := &Run{c, source, b.environment(where, c.Components)}
		b.contradicts(where, r, run)
		r.configurations = append(r.configurations, run)
		if c.Result == fact.Passed && c.Counts() {
			b.state(r, c.Components, fact.Claim{ID: "run", Status: fact.StatusTested, Term: fact.Term{Since: c.Date}, Citation: c.Citation}, maker{Run: c})
		}
	}
	b.eachRelease(func(_ *builder, r *Release) {
		order.Stable(r.configurations, func(x, y *Run) int { return strings.Compare(y.Date, x.Date) })
	})
}

// maxRuns is how many runs an answer tells of the whole, and of each component: the newest.
const maxRuns = 20

// outcome checks how a run is said to have ended, and when.
func (b *builder) outcome(where string, c *fact.Configuration) {
	switch {
	case c.Result != fact.Passed && c.Result != fact.Failed:
		b.fault(where, "result %q is neither passed nor failed", c.Result)
	case c.Result == fact.Passed && c.Culprit != "":
		b.fault(where, "passed, and yet names what failed; a culprit is for a run that failed")
	}
	if c.Date == "" {
		b.fault(where, "has no date; give the day of the run, or of the report")
	}
}

// contradicts reports a run that says the opposite of another one: of the same
// environment, in the same source and on the same day.
func (b *builder) contradicts(where string, r *Release, run *Run) {
	for _, o := range r.configurations {
		same := o.Date == run.Date && o.Citation.Source == run.Citation.Source && o.Build == run.Build &&
			slices.EqualFunc(o.components, run.components, func(a, b ran) bool { return a.tech == b.tech && a.Range.Equal(b.Range) })
		if same && o.Result != run.Result {
			b.fault(where, "says %s of the environment of which configuration %s says %s, in the same source and on the same day", run.Result, o.ID, o.Result)
		}
	}
}

// environment reads what ran together.
func (b *builder) environment(where string, components []fact.Target) []ran {
	if len(components) == 0 {
		b.fault(where, "has no components")
	}
	var all []ran
	for _, target := range components {
		t := b.technology(where, target.Technology)
		if t == nil {
			continue
		}
		if slices.ContainsFunc(all, func(o ran) bool { return o.tech == t }) {
			b.fault(where, "names %s twice; one environment has it once", t.ID)
		}
		all = append(all, ran{t, b.reading(where, t, target.Version)})
	}
	return all
}

// state adds to a release what an image or a run states of each of its components. Of
// what several state in the same words the newest is kept.
func (b *builder) state(r *Release, components []fact.Target, c fact.Claim, by maker) {
	for i, target := range components {
		t := b.m.technologies[target.Technology]
		if t == nil || t.baseline { // that it ran there denies no page what it takes for granted
			continue
		}
		at := slices.IndexFunc(r.listings, func(l *Listing) bool {
			return l.Tech == t && l.Version == target.Version && l.Status == c.Status && !l.Paged()
		})
		if at >= 0 && r.listings[at].Since >= c.Since {
			continue
		}
		made := c
		made.Product, made.Release, made.Technology, made.Version = r.Product, r.Version, target.Technology, target.Version
		about := strings.TrimSpace(t.ID + " " + target.Version)
		made.ID = r.Product + "/" + r.Version + "/" + strings.ToLower(strings.ReplaceAll(strings.Replace(about, " ", "/", 1), " ", "-")) + "/" + c.ID
		made.Label = strings.TrimSpace(t.Name + " " + target.Version)
		if i > 0 && by.Image != nil { // what an image builds on is its first component
			made.Citation.Quote = ""
		}
		l := &Listing{Claim: &made}
		if !b.listing("claim "+made.ID, l, by) {
			continue
		}
		if at >= 0 {
			*r.listings[at].Claim = made
			l.Claim = r.listings[at].Claim
			b.m.makers[l.Claim] = by
			r.listings[at] = l
			continue
		}
		b.m.made = append(b.m.made, &made)
		b.m.makers[&made] = by
		r.listings = append(r.listings, l)
	}
}

// combination looks for recorded runs of just this environment: each component
// of the run is asked for, at the versions that ran, and nothing else is. What
// is taken for granted counts on neither side. The newest run that counts decides;
// the others are told. So is one in which the release failed with what is a part of this
// environment: that leaves it in doubt, unless the whole has passed since.
func (r *Release) combination(asked []ComponentAnswer) Combination {
	var c Combination
	newest, failed := "", ""
	for _, run := range r.configurations {
		whole := r.ran(run, asked)
		switch {
		case whole && len(c.Configurations) < maxRuns:
			c.Configurations = append(c.Configurations, run)
		case whole:
		case !run.Fails() || !run.within(asked):
			continue
		case len(c.FailedParts) < maxRuns:
			c.FailedParts = append(c.FailedParts, run)
		}
		if !whole || !run.Counts() {
			if run.Fails() {
				failed = max(failed, run.Date)
			}
			continue
		}
		c.Recorded = true
		if c.Result == "" || run.Date > newest || run.Date == newest && run.Result == fact.Failed {
			c.Result, newest = run.Result, run.Date
		}
	}
	c.doubted = failed != "" && (c.Result != fact.Passed || newest < failed)
	for _, image := range r.images {
		if image.holds(asked) {
			c.Pairs = append(c.Pairs, image)
		}
	}
	return c
}

// with gives the recorded runs in which some of the versions of a component took part, under a
// name of its own or of any of its family, the newest first.
func (r *Release) with(c *Component) (all []*Run) {
	for _, run := range r.configurations {
		if len(all) < maxRuns && c.Technology != nil && slices.ContainsFunc(run.components, func(o ran) bool {
			return slices.Contains(c.Technology.meant, o.tech) && o.Range.Overlaps(c.Range)
		}) {
			all = append(all, run)
		}
	}
	return all
}

// ran reports whether a recorded run is of just the components asked for.
func (r *Release) ran(run *Run, asked []ComponentAnswer) bool {
	matched := 0
	for _, ran := range run.components {
		switch {
		case ran.asked(asked):
			matched++
		case !r.Grants(ran.tech) || slices.ContainsFunc(asked, func(c ComponentAnswer) bool { return c.Kind == ran.tech.Kind }):
			return false
		}
	}
	return matched > 0 && matched == len(asked)
}

// within reports whether all that ran is asked for, with or without more: each under a name
// of its own or of any of its family, within the versions that ran.
func (o *Run) within(asked []ComponentAnswer) bool {
	for _, ran := range o.components {
		if !slices.ContainsFunc(asked, func(c ComponentAnswer) bool {
			return c.Technology != nil && slices.Contains(c.Technology.meant, ran.tech) && c.Range.Within(ran.Range)
		}) {
			return false
		}
	}
	return len(o.components) > 0
}

// asked reports whether some component is asked for at just the versions that ran.
func (o ran) asked(asked []ComponentAnswer) bool {
	for i := range asked {
		if asked[i].Technology == o.tech && asked[i].Range.Equal(o.Range) {
			return true
		}
	}
	return false
}
