package compat

import (
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/message"
	"github.com/testedon/testedon/version"
)

// Understood names the component as it was read: "PostgreSQL 16"; as it was
// asked where it could not be read.
func (c *ComponentAnswer) Understood() string {
	if c.Technology == nil {
		return c.Text
	}
	return c.display
}

// VersionText prints the asked versions in the technology's own notation; empty
// for every version.
func (c *Component) VersionText() string { return c.printed }

// Why is one sentence or two that explain the component's verdict.
func (c *ComponentAnswer) Why() string { return string(c.AppendWhy(nil)) }

// AppendWhy appends the explanation to dst.
func (c *ComponentAnswer) AppendWhy(dst []byte) []byte {
	p := c.release.prose(dst)
	c.sayWhy(p)
	return p.text
}

// Brief is the same beside a headline that names the component and the release, and beside what
// else is told of the component: where to go in place of what is near, and the turn.
func (c *ComponentAnswer) Brief(toGo bool) string {
	p := c.release.prose(nil)
	p.brief, p.toGo = true, toGo
	c.sayWhy(p)
	return str.Capital(string(p.text))
}

func (c *ComponentAnswer) sayWhy(p *prose) {
	switch {
	case c.Reason != "" && c.Technology != nil:
		c.sayAbsent(p)
	case c.Reason != "":
		p.say("why.unread", c.Text, c.Reason)
	default:
		c.sayBasis(p)
		c.sayBroken(p)
		c.sayUncounted(p)
	}
}

// sayAbsent says that there are no such versions, and what the vendor prints nevertheless.
func (c *ComponentAnswer) sayAbsent(p *prose) {
	p.add(c.Reason, ".")
	if len(c.Listed) > 0 {
		l := c.Listed[0]
		p.sentence("why.printed", l.Label, word(p.words, l.Status))
	}
}

// prose is text that is being written in a language, behind what stands there.
type prose struct {
	text  []byte
	start int
	words *message.Language
	brief bool // the release is named beside it
	toGo  bool // so is where to go
}

func (r *Release) prose(dst []byte) *prose {
	return &prose{text: dst, start: len(dst), words: r.Words()}
}

// Words is the language that the matrix speaks.
func (m *Matrix) Words() *message.Language { return m.words }

// Words is the language that is spoken of the product.
func (p *Product) Words() *message.Language { return p.m.words }

// Words is the language that is spoken of the technology.
func (t *Technology) Words() *message.Language { return t.m.words }

// Words is the language that is spoken of the release.
func (r *Release) Words() *message.Language { return r.product.m.words }

// add appends texts as they are.
func (p *prose) add(texts ...string) {
	for _, text := range texts {
		p.text = append(p.text, text...)
	}
}

// say appends a message.
func (p *prose) say(id string, v ...string) { p.text = p.words.Append(p.text, message.Find(id), v...) }

// release is what it is said of; empty where that is named beside it.
func (p *prose) release(r *Release) string {
	if p.brief {
		return ""
	}
	return r.Title()
}

// sentence appends a message with a blank before it, but for the first.
func (p *prose) sentence(id string, values ...string) {
	p.blank()
	p.say(id, values...)
}

func (p *prose) blank() {
	if len(p.text) > p.start {
		p.add(" ")
	}
}

// word is a value of a closed set, such as a status, as people read it.
func word[T ~string](l *message.Language, value T) string { return l.Text("word", string(value)) }

// sayBasis explains what the verdict rests on.
func (c *ComponentAnswer) sayBasis(p *prose) {
	switch {
	case c.inParts():
		c.sayParts(p)
		c.sayVia(p)
	case c.Match == fact.MatchPolicy:
		c.sayLed(p, false)
		c.sayVia(p)
	case len(c.Listed) > 0:
		c.sayDirect(p)
	default:
		if !p.brief {
			p.say("why.not_listed", c.display, c.release.Title())
		}
		c.sayNearest(p)
	}
}

// inParts reports whether what is said of the versions asked about differs.
func (c *ComponentAnswer) inParts() bool {
	return len(c.Conditions) > 1 || c.Match == fact.MatchBroader
}

// sayDirect explains exact and series matches, by what the claim says.
func (c *ComponentAnswer) sayDirect(p *prose) {
	l := c.Listed[0]
	c.sayClaim(p, l)
	switch named := l.Tech == c.Technology || !l.Tech.Generic; {
	case !named:
		p.sentence("why.unnamed", c.Technology.Name)
	case c.Match == fact.MatchSeries && l.Version != "" && l.surely(c.Range):
		p.blank()
		p.text = p.words.Append(p.text, whySeries, c.display, string(l.Status))
	}
	switch {
	case l.Image != nil:
		p.sentence("why.image", l.Image.Repository, l.Image.Tag, l.Image.Date)
	case l.Run != nil:
		p.sentence("why.run", l.Run.Date)
	}
	c.sayDisagreement(p)
	switch {
	case l.Provisional():
		p.sentence("why.provisional")
	case l.Source.Authority == fact.Unconfirmed:
		p.sentence("why.unconfirmed")
	}
	c.sayVia(p)
}

// sayClaim says what a claim states, and of what it does not.
func (c *ComponentAnswer) sayClaim(p *prose, l *Listing) {
	rest, versions := "end", ""
	switch yes := !l.SaysNo(); {
	case yes && l.Version == "" && !l.surely(c.Range) && c.state(l) != open:
		rest, versions = "unversioned", c.versions()
	case l.shipped() && !l.surely(c.Range):
		rest = "image"
	case l.Status == fact.StatusDeprecated:
		rest = "deprecated"
	case yes && !l.shipped() && l.Status != fact.StatusTested && l.Status != c.release.product.Word:
		rest = "untested"
	}
	c.sayStated(p, l, rest, versions)
}

// sayStated says what a claim states of the release, with what else it holds, and that it may
// not have stood yet; with an end that rest names.
func (c *ComponentAnswer) sayStated(p *prose, l *Listing, rest, versions string) {
	release, built := c.release.Title(), ""
	if l.Inherited != nil {
		release, built = l.Inherited.Name, release
	}
	when, form, since := l.When, "", ""
	if l.doubted {
		if form, since = "doubted", "unknown"; l.day != 0 {
			since = l.day.String()
		}
		when = strings.TrimSuffix(strings.TrimSuffix(when, fact.Doubt(l.day)), "; ")
	}
	if when = strings.TrimPrefix(strings.TrimPrefix(strings.TrimSuffix(when, " only"), "only "), "Only "); when != "" {
		form = "apart"
		if before, _, _ := strings.Cut(when, " "); slices.Contains(prepositions, before) {
			form = "joined"
		}
	}
	say, basis := whyStated, l.basis()
	if p.brief && built == "" && slices.Contains(statedFor, basis) {
		say = whyBrief
	}
	p.text = p.words.Append(p.text, say, basis, l.Label, release, built, form, when, since, rest, versions)
}

// What most answers have, and the same where the release is named beside it: of what is stated for
// one.
var (
	whyStated, whySeries, whyBrief = message.Find("why.stated"), message.Find("why.series"), message.Find("why.brief")

	statedFor = []string{string(fact.StatusTested), string(fact.StatusSupported), string(fact.StatusDeprecated), string(fact.StatusOutOfSupport), string(fact.StatusNotRecommended)}
)

// prepositions begin a condition that goes on with the sentence before it.
var prepositions = []string{"as", "for", "in", "on", "with"}

// sayUncounted tells what the vendor plans for the asked versions, or stated of them and
// withdrew.
func (c *ComponentAnswer) sayUncounted(p *prose) {
	if c.Verdict != fact.NotListed && c.Verdict != fact.Conditional {
		return
	}
	if gone := c.Withdrawn(); len(gone) > 0 {
		if l := gone[0]; !p.brief || c.Turn == nil {
			p.sentence("why.withdrawn", l.Label, word(p.words, l.Status), l.Until, c.release.product.m.sources[l.EndedBy].Title)
		}
		return
	}
	for _, l := range c.release.uncounted {
		if l.Until == "" && l.Tech == c.Technology && l.Range.Overlaps(c.Range) {
			p.sentence("why.planned", l.Label)
			return
		}
	}
}

// Withdrawn are the statements on versions asked for that no longer count, the one that was
// withdrawn last first, where nothing as good has come in their place.
func (c *ComponentAnswer) Withdrawn() (all []*Listing) {
	if c.Technology == nil || c.Verdict != fact.NotListed && c.Verdict != fact.Conditional {
		return nil
	}
	for _, l := range c.release.uncounted {
		if l.Until != "" && l.Tech == c.Technology && l.Range.Overlaps(c.Range) {
			all = append(all, l)
		}
	}
	order.Stable(all, func(a, b *Listing) int { return strings.Compare(b.Until, a.Until) })
	return all
}

// sayDisagreement tells of the first claim on the same versions that does not
// say the same, and why it does not count.
func (c *ComponentAnswer) sayDisagreement(p *prose) {
	first := c.Listed[0]
	for _, l := range c.Listed[1:] {
		if c.worth(l) == c.worth(first) || l.shipped() && !first.no() {
			continue
		}
		which := "other"
		switch {
		case l.Source == first.Source:
			which = "same"
		case l.environment() == first.environment():
			which = "besides"
		}
		p.sentence("why.disagreement", which, l.Source.Title)
		p.add(" ")
		c.sayStated(p, l, "", "")
		p.say("why.outweighed", first.outweighs(l))
		return
	}
}

// outweighs says why a claim counts more than another one on the same versions: the steps
// of strongestFirst.
func (l *Listing) outweighs(o *Listing) string {
	switch {
	case o.shipped():
		return "by_image"
	case l.shipped():
		return "image"
	case o.vague() && !l.vague():
		return "version"
	case l.Inherited != o.Inherited:
		return "release"
	case l.Source.Authority != o.Source.Authority:
		return "source"
	case l.SaysNo() != o.SaysNo() && l.day > o.day && o.day != 0:
		return "newer"
	case l.no():
		return "no"
	case o.SaysNo():
		return "undated"
	}
	return "better"
}

// sayLed says what is listed that leads to what is asked and, where the note of that
// does not follow, whose promise it is that does.
func (c *ComponentAnswer) sayLed(p *prose, promise bool) {
	l, by, how, versions := c.Listed[0], "", "", ""
	switch {
	case c.Via == nil || c.Via.Kind == "policy" && !promise:
	case c.Via.Kind == "policy":
		by, how, versions = c.Via.By, "promise", c.versions()
	default:
		how = c.Via.Kind
	}
	p.say("why.led", c.display, p.release(c.release), how, l.Label, by, versions, l.display, l.basis(), word(p.words, l.Status))
}

// versions are those asked about as people write them, without the name before.
func (c *Component) versions() string { return strings.TrimPrefix(c.display, c.Technology.Name+" ") }

func (c *ComponentAnswer) sayVia(p *prose) {
	if c.Via != nil && (!c.Technology.Generic || c.Via.Kind != "successor") {
		p.blank()
		p.add(c.Via.Note)
	}
}

// sayParts tells the parts of the versions asked about, those of one verdict together.
func (c *ComponentAnswer) sayParts(p *prose) {
	name, _, _ := strings.Cut(c.Technology.Name, " (")
	by := ""
	switch {
	case !slices.ContainsFunc(c.Conditions, func(o Condition) bool { return o.Verdict != c.Conditions[0].Verdict || o.When != "" }):
		p.say("why.alike", p.release(c.release), c.display, word(p.words, c.Verdict))
		return
	case c.Technology.Generic:
		by = "build"
	case c.Verdict == fact.Conditional:
		by = "version"
	}
	p.say("why.parts", p.release(c.release), by, name)
	for rest := c.Conditions; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].Verdict == rest[0].Verdict && rest[n].When == rest[0].When {
			n++
		}
		p.add(" ")
		c.sayAlike(p, rest[:n])
		if rest = rest[n:]; len(rest) > 0 {
			p.add(";")
		}
	}
	p.add(".")
}

// sayAlike tells the parts of one verdict: "11 and 17 are tested".
func (c *ComponentAnswer) sayAlike(p *prose, parts []Condition) {
	if parts[0].Technology == c.Technology {
		p.say("part.others")
		return
	}
	names := map[string][]string{} // by versions
	var order []string
	one := true
	for _, part := range parts {
		name, _, _ := strings.Cut(c.Technology.Name, " (")
		if part.Technology != nil {
			name = part.Technology.Name
		}
		if part.Technology != c.Technology {
			versions, single := c.phrase(parts, part.Technology)
			one = one && single
			order, names[versions] = fact.AppendNew(order, versions), fact.AppendNew(names[versions], name)
		}
	}
	for i, versions := range order {
		if i > 0 {
			p.say("part.and")
			p.add(" ")
		}
		form := ""
		switch {
		case !c.Technology.Generic:
		case strings.HasSuffix(versions, "versions"):
			form = "of"
		default:
			form = "before"
		}
		p.say("part.subject", form, versions, p.words.And(names[versions]))
	}
	count, when := "many", parts[0].When
	switch {
	case when == p.words.Text("when.meant"):
		count, when = "unsure", ""
	case len(order) == 1 && len(names[order[0]]) == 1 && one:
		count = "one"
	}
	p.add(" ")
	p.say("part.verdict", count, word(p.words, parts[0].Verdict), when)
}

// phrase tells the versions of one technology in some parts, lowest first, and whether they
// are one version or series.
func (c *ComponentAnswer) phrase(parts []Condition, t *Technology) (text string, one bool) {
	var versions version.Range
	for _, part := range parts {
		if part.Technology == t {
			versions = versions.Union(part.versions)
		}
	}
	if t == nil {
		t = c.Technology
	}
	all, one := c.Technology.scheme.PartPhrases(versions, c.Range, t.never)
	if last := len(all) - 1; last > 0 && strings.Contains(all[last], " ") {
		return strings.Join(all[:last], ", ") + ", and " + all[last], false
	}
	return c.release.Words().And(all), one
}

// sayNearest tells what is listed near to what is not.
func (c *ComponentAnswer) sayNearest(p *prose) {
	if len(c.Nearest) == 0 {
		return
	}
	near, how := c.Nearest[0], ""
	switch {
	case c.Match == fact.MatchNewer:
		how = "older"
	case c.Match == fact.MatchOlder:
		how = "newer"
	case c.Match == fact.MatchFamily && c.Technology.runs(near.Tech):
		c.sayRun(p, near)
		return
	case c.Match == fact.MatchFamily && c.Technology.derived != nil:
		how = "derived"
	case c.Match == fact.MatchFamily:
		how = "family"
	}
	if p.toGo && how == "" && near.from() == "" {
		return
	}
	p.sentence("why.nearest", how, near.Label, c.Technology.Name, near.stands(), near.from())
	if c.Match == fact.MatchFamily {
		c.sayVia(p)
	}
}

// sayRun says why what is listed of the technology that a service runs does not count for
// the versions asked about.
func (c *ComponentAnswer) sayRun(p *prose, l *Listing) {
	t := c.Technology
	if runs := t.managed.same; !c.Range.Within(runs) || !l.Range.Overlaps(runs) {
		named, _ := t.scheme.PartPhrases(runs, runs, version.Range{})
		p.sentence("why.run_others", l.Label, t.Name, p.words.And(named), l.stands())
		return
	}
	p.sentence("why.run_only", l.Label, t.Name, l.printed, c.versions(), l.stands())
	if slices.ContainsFunc(l.reach, c.Range.Overlaps) {
		p.sentence("why.run_promise", l.Tech.Name)
	}
}
