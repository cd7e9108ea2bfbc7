package fleet

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/message"
	"github.com/testedon/testedon/seed/sheet"
)

// Waiver is a component that falls short of the bar and that somebody accepts for a while. It
// accepts what it names and nothing else: "PostgreSQL 16" is accepted where just that is asked
// about, and not 16.3. What it names is read as a question is.
type Waiver struct {
	Product   string `json:"product"` // id, name or alias; or all
	Release   string `json:"release"` // its version; or all
	Kind      string `json:"kind"`
	Component string `json:"component"` // "PostgreSQL 16"
	Reason    string `json:"reason"`
	Owner     string `json:"owner"`
	Expires   string `json:"expires"` // the last day on which it counts, "2027-01-31"
	Link      string `json:"link,omitempty"`

	file                string // that it stands in
	line                int
	ends                fact.Day
	technology, version string // as answers name what is asked about
	name                string // of these
	asked, used         bool   // about its release, and for a component that falls short
}

// everything stands for all products or releases.
const everything = "all"

// Limits of a file of waivers: its bytes, and waivers, which one request has to hold.
const (
	maxWaiverFile = 1 << 20
	maxWaivers    = maxBatch
)

// Waivers are those of a file, and the answers that they were held against.
type Waivers struct {
	all   []*Waiver
	today fact.Day // on which they have to count
}

// WaiverFault is why a waiver does not hold.
type WaiverFault struct {
	*Waiver
	State string // expired or unused
	Why   string // a sentence
}

// File is the name of the file that the waiver stands in.
func (w *Waiver) File() string { return w.file }

// Line is where the waiver begins in its file, from 1.
func (w *Waiver) Line() int { return w.line }

// Where is the place of the waiver: "testedon-waivers.yaml:3".
func (w *Waiver) Where() string { return fmt.Sprintf("%s:%d", w.file, w.line) }

// Told tells in a language who accepts a component, until when and why.
func (w *Waiver) Told(words *message.Language) string {
	return words.Text("fleet.waiver", w.Owner, w.Expires, str.Join(" ", w.Reason, w.Link), w.Where())
}

// ReadWaivers reads a file of waivers that have to count on a day. The error tells all that is
// wrong, and where.
func ReadWaivers(name string, in io.Reader, today fact.Day) (*Waivers, error) {
	text, err := io.ReadAll(io.LimitReader(in, maxWaiverFile+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxWaiverFile {
		return nil, fact.Refuse("waivers", "fleet.waivers.large", name, maxWaiverFile>>20)
	}
	file, at, problems := sheet.Decode[struct {
		Version int      `json:"version"`
		Waivers []Waiver `json:"waivers"`
	}](sheet.File{Name: name, Data: text})
	switch {
	case len(problems) > 0:
		return nil, fact.Refuse("waivers", "fleet.waivers.file", problems.Sorted().Error())
	case file.Version != 1:
		return nil, fact.Refuse("waivers", "fleet.waivers.version", fmt.Sprintf("%s:%d", name, at["version"].Line), file.Version)
	case len(file.Waivers) > maxWaivers:
		return nil, fact.Refuse("waivers", "fleet.waivers.many", name, maxWaivers)
	}
	all := &Waivers{today: today}
	for i := range file.Waivers {
		w := &file.Waivers[i]
		path := fmt.Sprintf("waivers[%d]", i)
		w.file, w.line = name, at[path].Line
		if w.ends, _ = fact.ParseDay(w.Expires); w.ends == 0 {
			return nil, fact.Refuse("waivers", "fleet.waivers.day", fmt.Sprintf("%s:%d", name, at[path+".expires"].Line), strconv.Quote(w.Expires))
		}
		if w.Product == everything && w.Release != everything {
			return nil, fact.Refuse("waivers", "fleet.waivers.release", w.Where())
		}
		all.all = append(all.all, w)
	}
	return all, nil
}

// Resolve has what each waiver names read as a question about it is, of some product where it names
// all of them. What is not understood is refused, and so is what two accept.
func (ws *Waivers) Resolve(words *message.Language, some string, ask func(questions [][]byte) ([]*Reply, error)) error {
	var questions [][]byte
	for _, w := range ws.all {
		product, release := w.Product, w.Release
		if product == everything {
			product = some
		}
		if release == everything {
			release = "latest"
		}
		environment, _ := json.Marshal(map[string]string{w.Kind: w.Component}) // which can always be written
		questions = append(questions, members{textMember("product", product), textMember("release", release), {Name: "environment", Value: environment}}.text())
	}
	replies, err := ask(questions)
	if err != nil {
		return err
	}
	for i, w := range ws.all {
		if err := w.resolve(words, replies[i]); err != nil {
			return err
		}
		same := func(o *Waiver) bool {
			return o.Product == w.Product && o.Release == w.Release && o.technology == w.technology && o.version == w.version
		}
		if at := slices.IndexFunc(ws.all[:i], same); at >= 0 {
			return fact.Refuse("waivers", "fleet.waivers.twice", w.Where(), ws.all[at].line)
		}
	}
	return nil
}

// resolve takes from the answer to a question about the waiver what it names.
func (w *Waiver) resolve(words *message.Language, r *Reply) error {
	if r.Problem != nil {
		return fact.Refuse("waivers", "fleet.waivers.refused", w.Where(), strings.TrimSuffix(r.Problem.Detail, "."), r.Hint)
	}
	a := r.Answer
	if len(a.Components) != 1 {
		return fact.Refuse("waivers", "fleet.waivers.several", w.Where(), strconv.Quote(w.Component))
	}
	c := &a.Components[0]
	if c.Technology == "" || fact.Verdict(c.Verdict) == fact.Unresolved {
		return fact.Refuse("waivers", "fleet.waivers.unread", w.Where(), strings.TrimSuffix(c.Why, "."), words.Or(c.Candidates))
	}
	if w.Release != everything {
		if a.ReleaseAsked != "" {
			return fact.Refuse("waivers", "fleet.waivers.moving", w.Where(), w.Release, a.Release)
		}
		w.Release = a.Release
	}
	if w.Product != everything {
		w.Product = a.Product
	}
	w.technology, w.version, w.name = c.Technology, c.Version, str.Join(" ", c.Name, c.Version)
	return nil
}

// Judge lets an answer pass where all that keeps it from that is accepted, see
// [compat.Answer.Waivable]. Without waivers it does nothing.
func (ws *Waivers) Judge(r *Reply) {
	if ws == nil || r.Answer == nil || r.judged {
		return
	}
	r.judged = true
	a := r.Answer
	bar, _ := compat.ParseRequire(a.Require) // which the API has written
	open := !a.Waivable
	for i := range a.Components {
		if c := &a.Components[i]; bar.Fails(fact.Verdict(c.Verdict), fact.Match(c.Match)) {
			w := ws.of(a, c)
			open = open || w == nil
			if w != nil {
				r.accepted = append(r.accepted, accepted{c, w})
			}
		}
	}
	for _, w := range ws.all {
		w.asked = w.asked || w.isAbout(a)
	}
	if !a.Pass && !open {
		a.Pass, a.Waivable = true, false
		r.Waived = r.accepted
		r.Raw = ws.raw(r)
	}
}

// accepted is a component with the waiver that accepts it.
type accepted struct {
	*answers.Component
	*Waiver
}

// Waivers tell of each component that is accepted, by whom, until when and why; none where the
// environment passes without, or does not. They are told in a language.
func (r *Reply) Waivers(words *message.Language) []string {
	return wire.Each(r.Waived, func(w accepted) string { return w.Asked + ": " + w.Told(words) })
}

func (w *Waiver) isAbout(a *answers.Answer) bool {
	return (w.Product == everything || w.Product == a.Product) && (w.Release == everything || w.Release == a.Release)
}

// of gives the waiver that accepts a component, and notes each that names it. Nil is none that
// still counts.
func (ws *Waivers) of(a *answers.Answer, c *answers.Component) (found *Waiver) {
	for _, w := range ws.all {
		if fact.Verdict(c.Verdict) == fact.Unresolved || !w.isAbout(a) || w.technology != c.Technology || w.version != c.Version {
			continue
		}
		w.used = true
		if w.ends >= ws.today {
			found = cmp.Or(found, w)
		}
	}
	return found
}

// waivedRef is a waiver in JSON.
type waivedRef struct {
	Kind      string `json:"kind,omitempty"`
	Component string `json:"component"`
	Reason    string `json:"reason"`
	Owner     string `json:"owner"`
	Expires   string `json:"expires"`
	Link      string `json:"link,omitempty"`
	Where     string `json:"where"`
	State     string `json:"state,omitempty"`
	Why       string `json:"why,omitempty"`
}

func (w *Waiver) ref(kind, component string) waivedRef {
	return waivedRef{Kind: kind, Component: component, Reason: w.Reason, Owner: w.Owner, Expires: w.Expires, Link: w.Link, Where: w.Where()}
}

// raw is the answer with what passes by waivers.
func (ws *Waivers) raw(r *Reply) json.RawMessage {
	_, parts, _ := wire.Parts(r.Raw) // which was read before
	waived, _ := json.Marshal(wire.Each(r.Waived, func(w accepted) waivedRef { return w.ref(w.Component.Kind, w.Asked) }))
	all := members(parts).without("waivable")
	for i := range all {
		if all[i].Name == "pass" {
			all[i].Value = []byte("true")
		}
	}
	return append(all, wire.Part{Name: "waived", Value: waived}).text()
}

// Faults tells in a language which waivers do not hold: of those whose product and release were asked about the
// ones that are past their day, and those by which nothing fell short in the whole run.
func (ws *Waivers) Faults(words *message.Language) (all []WaiverFault) {
	if ws == nil {
		return nil
	}
	for _, w := range ws.all {
		switch {
		case !w.asked:
		case w.ends < ws.today:
			all = append(all, WaiverFault{w, "expired", words.Text("fleet.waiver.expired", w.name, w.Expires)})
		case !w.used:
			all = append(all, WaiverFault{w, "unused", words.Text("fleet.waiver.unused", w.name)})
		}
	}
	return all
}

// WaiverFaults writes waivers that do not hold as a member of JSON, with a comma before; nothing
// where all do.
func WaiverFaults(all []WaiverFault) string {
	if len(all) == 0 {
		return ""
	}
	text, _ := json.Marshal(wire.Each(all, func(f WaiverFault) waivedRef {
		told := f.ref(f.Kind, f.Component)
		told.State, told.Why = f.State, f.Why
		return told
	}))
	return `,"waivers":` + string(text)
}
