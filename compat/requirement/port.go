package requirement

import (
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/message"
)

// MaxOffsets is how many offsets one question may give.
const MaxOffsets = 32

// Ports is which ports a release listens on.
type Ports struct {
	Product    *fact.Product
	Release    *fact.Release
	Profile    *fact.Profile   // the one asked about; nil for the default runtime
	Profiles   []*fact.Profile // all that the release has
	Listening  []Listening     // by offset and number
	Collisions []Collision
	Summary    string // for a person; says so where the documents say nothing
}

// Listening is a port of one instance.
type Listening struct {
	*fact.Port
	Actual    int           // the number it listens on
	Moved     int           // the offset of the instance
	Of        *fact.Profile // the runtime; nil for the default one
	Source    *fact.Source
	Inherited *fact.Platform // the platform it is about; nil where it is about the release itself
}

// Collision is a number that several ports would listen on.
type Collision struct {
	Number int
	Ports  []Listening
}

// Ports tells which ports the release listens on, of a profile or, where none is named,
// of the default runtime. Offsets are those of the instances on one machine: each moves
// every port. Without any, there is one instance with the offset it has by default;
// without a profile either, the answer tells besides what is stated of each profile. The
// error is a *[fact.Error] of code invalid: an unknown profile, or an offset that leads
// beyond the ports there are.
func (r *Release) Ports(profile string, offsets ...int) (*Ports, error) {
	if len(offsets) > MaxOffsets {
		return nil, fact.Refuse("offset", "ports.offsets", len(offsets), MaxOffsets)
	}
	found := &Ports{Product: r.product, Release: r.Release}
	for i := range r.Profiles {
		found.Profiles = append(found.Profiles, &r.Profiles[i])
	}
	var err error
	if found.Profile, err = r.Profile(profile); err != nil {
		return nil, err
	}
	listening := r.listening(found.Profile, len(offsets) == 0)
	if found.Listening, err = r.move(listening, offsets); err != nil {
		return nil, err
	}
	found.Collisions = collisions(found.Listening)
	found.Summary = found.summarize(r)
	return found, nil
}

// Profile finds a profile by ID, name or alias; nil for none. The error is a
// *[fact.Error] of code invalid.
func (r *Release) Profile(name string) (*fact.Profile, error) {
	if name == "" {
		return nil, nil
	}
	for i := range r.Profiles {
		p := &r.Profiles[i]
		if slices.ContainsFunc(p.Names(), func(n string) bool { return fact.Key(n) == fact.Key(name) }) {
			return p, nil
		}
	}
	var known []string
	for i := range r.Profiles {
		known = append(known, r.Profiles[i].ID)
	}
	return nil, fact.Refuse("profile", "ports.profile", r.name(), strconv.Quote(name)).Offer(known)
}

// listening gives the ports of a profile or of the default runtime, those of the
// release and its platform among them. An overview without a profile tells
// besides what is stated of each profile itself.
func (r *Release) listening(asked *fact.Profile, overview bool) []Listening {
	var all []Listening
	for _, p := range r.ports {
		switch {
		case asked == nil && p.Profile != "":
			if overview {
				all = append(all, Listening{Port: p, Of: r.profileOf(p)})
			}
		case asked != nil && p.Profile != "" && p.Profile != asked.ID:
		case !r.overridden(p, asked):
			all = append(all, Listening{Port: p, Of: asked})
		}
	}
	return all
}

// profileOf gives the profile that a port is stated of.
func (r *Release) profileOf(p *fact.Port) *fact.Profile {
	for i := range r.Profiles {
		if r.Profiles[i].ID == p.Profile {
			return &r.Profiles[i]
		}
	}
	return nil
}

// overridden reports whether the same port is stated of something more specific.
func (r *Release) overridden(p *fact.Port, asked *fact.Profile) bool {
	return slices.ContainsFunc(r.ports, func(o *fact.Port) bool {
		counts := o.Profile == "" || asked != nil && o.Profile == asked.ID
		return counts && o.Name == p.Name && o.Rank() < p.Rank()
	})
}

// move applies the offsets.
func (r *Release) move(ports []Listening, offsets []int) ([]Listening, error) {
	var all []Listening
	for i := range max(1, len(offsets)) {
		first := len(all)
		for _, l := range ports {
			if l.Moved = 0; len(offsets) > 0 {
				l.Moved = offsets[i]
			} else if l.Of != nil {
				l.Moved = l.Of.Offset
			}
			l.Actual = l.Number - l.Offset + l.Moved
			l.Source, l.Inherited = r.from.Sources[l.Citation.Source], r.from.Platforms[l.Platform]
			if l.Actual < 1 || l.Actual > MaxPort {
				return nil, l.beyond(ports)
			}
			all = append(all, l)
		}
		order.Stable(all[first:], func(a, b Listening) int { return a.Actual - b.Actual })
	}
	return all, nil
}

// beyond is the error for an offset that leads to no port. It tells those that do
// not.
func (l *Listening) beyond(ports []Listening) error {
	lowest, highest := MaxPort, 1
	for _, p := range ports {
		lowest, highest = min(lowest, p.Number-p.Offset), max(highest, p.Number-p.Offset)
	}
	return fact.Refuse("offset", "ports.beyond", l.Moved, l.Number, l.Name, l.Actual, MaxPort, 1-lowest, MaxPort-highest)
}

// collisions finds the numbers that several ports would listen on, lowest first.
func collisions(all []Listening) []Collision {
	byNumber := map[int][]Listening{}
	for _, l := range all {
		byNumber[l.Actual] = append(byNumber[l.Actual], l)
	}
	var found []Collision
	for number, ports := range byNumber {
		if len(ports) > 1 {
			found = append(found, Collision{number, ports})
		}
	}
	order.Stable(found, func(a, b Collision) int { return a.Number - b.Number })
	return found
}

// summarize words what was found.
func (p *Ports) summarize(r *Release) string {
	l, of := r.from.Words, ""
	if p.Profile != nil {
		of = p.Profile.Name
	}
	if len(p.Listening) == 0 {
		return l.Text("ports.none", r.name(), of)
	}
	texts := make([]string, len(p.Listening))
	for i, o := range p.Listening {
		texts[i] = l.Text("ports.port", strconv.Itoa(o.Actual), o.Protocol)
	}
	text := l.Text("ports.summary", r.name(), of, strings.Join(texts, ", "))
	for _, c := range p.Collisions {
		text += " " + l.Text("ports.collision", strconv.Itoa(c.Number), strconv.Itoa(len(c.Ports)), c.words(l))
	}
	return text
}

// words names the ports that collide.
func (c Collision) words(l *message.Language) string {
	texts := make([]string, len(c.Ports))
	for i, o := range c.Ports {
		of := ""
		if o.Of != nil {
			of = o.Of.Name
		}
		texts[i] = l.Text("ports.colliding", o.Name, of, strconv.Itoa(o.Moved))
	}
	return strings.Join(texts, ", ")
}
