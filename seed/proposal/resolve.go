package proposal

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/page"
)

// Kinds of statements that are about no technology of that kind.
const (
	kindRequirement     = "requirement"
	kindIncompatibility = "incompatibility"
)

// target is a technology with versions as printed, and what they mean.
type target struct {
	technology *compat.Technology
	printed    string // the name
	version    string // empty for every version
	meaning    string // one for what means the same
}

// resolve adds a statement to what is found, or to what is not resolved.
func (p *draft) resolve(name string, s *page.Statement) {
	f := Finding{
		Kind: s.Kind, Label: s.Label(), Version: s.Version, Status: fact.Status(s.Status), Section: s.Section,
		Line: s.Line, Page: name, When: s.When, With: s.With, Product: s.Product, Quote: s.Quote,
	}
	var failed *compat.Component
	switch {
	case s.Technology != "":
		failed = p.identify(&f, s)
	case s.Kind == kindRequirement:
		failed = p.resolveRequirement(&f, s)
	case s.Kind == kindIncompatibility:
		failed = p.resolvePair(&f, s)
	default:
		if failed = p.resolveTechnology(&f, s); failed == nil {
			f.When = p.besides(&f)
			f.Together = p.together(f.Kind, f.When)
		}
	}
	if failed == nil {
		p.Found = append(p.Found, f)
		return
	}
	text := s.Label()
	if s.With != "" {
		text += " with " + s.With
	}
	u := Unresolved{
		Text: text, Section: s.Section, Line: s.Line, Reason: failed.Reason, Page: name, Kind: s.Kind,
		Candidates: failed.Candidates, version: s.Version,
	}
	if failed.Reason == compat.ReasonUnknown && len(failed.Candidates) == 0 {
		if u.Name = s.Name; s.Kind == "product" {
			u.Kind = cmp.Or(p.headed(s.Section), s.Kind)
		}
	}
	p.Unresolved = append(p.Unresolved, u)
}

// headed gives the kind that a heading names, which pages may have no word for: "Supported
// application servers". Empty where it names none.
func (p *draft) headed(section string) string {
	for _, k := range p.m.Dataset().Kinds {
		if isNamed(append([]string{k.Name, k.Plural}, k.Aliases...), section) {
			return k.ID
		}
	}
	return ""
}

// identify takes a statement as it stands: it names its technology, and what has to be there
// besides, by identifiers. It gives why that cannot be done.
func (p *draft) identify(f *Finding, s *page.Statement) *compat.Component {
	c, err := p.byID(s.Technology, s.Version)
	if err == nil && !slices.Contains(fact.Statuses, f.Status) {
		err = fmt.Errorf("%q is no status of a claim", s.Status)
	}
	for part := range strings.SplitSeq(s.Together, "; ") {
		if id, version, _ := strings.Cut(part, ":"); err == nil && part != "" {
			_, err = p.byID(id, version)
			f.Together = append(f.Together, fact.Target{Technology: id, Version: version})
		}
	}
	if err != nil {
		return &compat.Component{Reason: err.Error()}
	}
	f.Kind, f.Technology = c.Kind, c.Technology.ID
	f.one = target{technology: c.Technology, printed: s.Name, version: s.Version, meaning: meaningOf(&c)}
	return nil
}

// byID finds versions of the technology that has an identifier.
func (p *draft) byID(id, version string) (c compat.Component, err error) {
	t, _ := p.m.Technology(id)
	if t == nil || t.ID != id {
		return c, fmt.Errorf("no technology of the catalogue has the id %q", id)
	}
	versions, err := t.ParsePrinted(version)
	return t.Component(versions), err
}

// resolveTechnology resolves a statement about a technology; it gives why that
// cannot be done.
func (p *draft) resolveTechnology(f *Finding, s *page.Statement) *compat.Component {
	k := p.m.Kind(s.Kind)
	if s.Status == statusMinimum && k != nil {
		p.boundBelow(f, s)
	}
	switch {
	case s.Kind == "":
		return &compat.Component{Reason: "the page does not say what kind of thing it is, and no technology is called that: state it by hand, if it states anything"}
	case len(f.Label) > fact.MaxName:
		return &compat.Component{Reason: "it is longer than any name: state it by hand, if it states anything"}
	case k == nil:
		return &compat.Component{Reason: fmt.Sprintf("the catalogue has no kind %q; name it in kinds.yaml", s.Kind)}
	case !slices.Contains(fact.Statuses, f.Status):
		return &compat.Component{Reason: fmt.Sprintf("the page says %q, which is no status of a claim", s.Status)}
	}
	f.Kind = k.ID
	c := p.m.Resolve(compat.Asked{Kind: k.ID, Text: f.Label})
	if c.Technology == nil {
		if p.conditional(f, s) {
			return nil
		}
		return p.elsewhere(k, &c, f.Label)
	}
	if c.Range.IsMember() {
		return &compat.Component{Reason: fmt.Sprintf("%q has no number to compare; state the series, and the rest as a condition", c.VersionText())}
	}
	name := s.Name
	if under := p.under(&c, s); under != nil {
		c, name, f.Label = *under, s.Under, strings.TrimSpace(s.Under+" "+s.Version)
	}
	one, ok := split(&c, name, s.Version)
	if !ok {
		return &compat.Component{Reason: fmt.Sprintf("%q holds no words that mean %s %s by themselves; add them to the names of %s",
			f.Label, c.Technology.Name, c.VersionText(), c.Technology.ID)}
	}
	f.Technology, f.Version, f.one = c.Technology.ID, one.version, one
	return nil
}

// statusMinimum is what a page says of the least version that is needed.
const statusMinimum = "minimum"

// boundBelow makes a statement about the least version one about it and all later ones.
func (p *draft) boundBelow(f *Finding, s *page.Statement) {
	f.Status = fact.StatusRequired
	label := s.Name + " >=" + s.Version
	if c := p.m.Resolve(compat.Asked{Kind: s.Kind, Text: label}); c.Technology != nil && s.Version != "" {
		s.Version = ">=" + s.Version
		f.Label, f.Version = label, s.Version
	}
}

// under resolves an item by the head of its column, where that names a member of
// the family that the item itself names: a server that is listed below "Server as
// Key Manager" is listed as that. It is nil where the head says nothing more.
func (p *draft) under(c *compat.Component, s *page.Statement) *compat.Component {
	if s.Under == "" {
		return nil
	}
	u := p.m.Resolve(compat.Asked{Kind: c.Kind, Text: strings.TrimSpace(s.Under + " " + s.Version)})
	if u.Technology == nil || u.Technology == c.Technology || u.Technology.Head() != c.Technology {
		return nil
	}
	return &u
}

// noVersion is what pages print in place of a version to say which one is meant.
var noVersion = str.Regexp(`(?i)^(the\s+)?(latest|current|recent|most recent|supported)\b[^0-9]*$`)

// conditional resolves a statement whose version is none, but says when it holds:
// "latest releases"; or that names a second technology in its place: "macOS M1",
// which is about the processor where processors are listed.
func (p *draft) conditional(f *Finding, s *page.Statement) bool {
	name, version := p.whole(f.Kind, s.Name), p.whole(f.Kind, s.Version)
	switch {
	case name != nil && noVersion().MatchString(s.Version):
		p.holdsWhen(f, name, s.Name, s.Version)
	case name != nil && p.isProcessor(s.Version):
		p.holdsWhen(f, name, f.Label, "on "+s.Version)
	case version != nil && p.otherKind(f.Kind, s.Name):
		f.Label = s.Version
		p.holdsWhen(f, version, s.Version, "on "+s.Name)
	default:
		return false
	}
	return true
}

// whole finds the technology of a kind that a text by itself names, without a
// version; nil where it does not.
func (p *draft) whole(kind, text string) *compat.Component {
	c := p.m.Resolve(compat.Asked{Kind: kind, Text: text})
	if text == "" || c.Technology == nil || !c.Range.IsAll() {
		return nil
	}
	return &c
}

// otherKind reports whether a text names a technology of another kind.
func (p *draft) otherKind(kind, text string) bool {
	if text == "" {
		return false
	}
	c := p.anyKind(text)
	return c.Technology != nil && c.Kind != kind
}

// isProcessor reports whether a text names a processor.
func (p *draft) isProcessor(text string) bool {
	k := p.m.Kind("arch")
	return text != "" && k != nil && p.m.Resolve(compat.Asked{Kind: k.ID, Text: text}).Technology != nil
}

// holdsWhen makes a statement one about every version of a technology, where
// something else is true.
func (p *draft) holdsWhen(f *Finding, c *compat.Component, printed, when string) {
	f.Technology, f.one = c.Technology.ID, target{technology: c.Technology, printed: printed, meaning: meaningOf(c)}
	f.Version = ""
	f.When = strings.Trim(f.When+"; "+when, "; ")
}

// besides gives the condition of a finding without a part that names the finding's own
// technology and no version of it: a processor is not needed "on ARM64" to be that.
func (p *draft) besides(f *Finding) string {
	parts := strings.Split(f.When, "; ")
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool {
		text, on := strings.CutPrefix(part, "on ")
		if !on || f.one.technology == nil {
			return false
		}
		c := p.anyKind(text)
		return c.Technology == f.one.technology && c.Range.IsAll()
	}), "; ")
}

// together reads a condition in words, "on Ubuntu 24.04", as the technologies of other
// kinds that have to be there; nil where some part of it is none.
func (p *draft) together(kind, when string) []fact.Target {
	var all []fact.Target
	for part := range strings.SplitSeq(when, "; ") {
		text, _ := strings.CutPrefix(part, "on ")
		if text, _ = strings.CutPrefix(text, "with "); text == part || !p.otherKind(kind, text) {
			return nil
		}
		c := p.anyKind(text)
		if !says(&c, c.VersionText()) {
			return nil
		}
		all = append(all, fact.Target{Technology: c.Technology.ID, Version: c.VersionText()})
	}
	return all
}

// elsewhere says of a text that its kind does not know where it does belong.
func (p *draft) elsewhere(k *fact.Kind, c *compat.Component, label string) *compat.Component {
	other := p.anyKind(label)
	if other.Technology != nil && other.Kind != k.ID {
		c.Reason = fmt.Sprintf("stands where %s are listed, and is of kind %s", k.Plural, other.Kind)
		c.Candidates = []string{strings.TrimSpace(other.Technology.Name + " " + other.VersionText())}
	}
	return c
}

// anyKind resolves a text whatever kind it is of; one kind alone may know it.
func (p *draft) anyKind(label string) compat.Component {
	var found compat.Component
	for _, k := range p.m.Dataset().Kinds {
		c := p.m.Resolve(compat.Asked{Kind: k.ID, Text: label})
		switch {
		case c.Technology == nil:
			if found.Reason == "" || len(c.Candidates) > len(found.Candidates) && found.Technology == nil {
				found.Reason, found.Candidates = c.Reason, c.Candidates
			}
		case found.Technology != nil:
			return compat.Component{Reason: fmt.Sprintf("it may be of kind %s or %s", found.Kind, c.Kind)}
		default:
			found = c
		}
	}
	return found
}

// split parts a label into a name and a version that means the same without the
// name: "macOS High Sierra" is the version "High Sierra" of macOS. The words as
// the page parts them come first.
func split(c *compat.Component, name, version string) (target, bool) {
	one := target{technology: c.Technology, meaning: meaningOf(c)}
	if says(c, version) {
		one.printed, one.version = name, version
		return one, true
	}
	words := strings.Fields(strings.TrimSpace(name + " " + version))
	for i := len(words) - 1; i > 0; i-- {
		for end := len(words); end > i; end-- { // what stands behind it may change nothing: "2023 AMI"
			if version := strings.Join(words[i:end], " "); says(c, version) {
				one.printed, one.version = strings.Join(words[:i], " "), version
				return one, true
			}
		}
	}
	return target{}, false
}

// says reports whether a version by itself means what a component does.
func says(c *compat.Component, version string) bool {
	again, err := c.Technology.ParsePrinted(version)
	return err == nil && again.Equal(c.Range) && !c.Range.IsMember()
}

// meaningOf is one text for all that means the same.
func meaningOf(c *compat.Component) string { return c.Technology.ID + " " + c.Range.String() }
