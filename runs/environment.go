package runs

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/detect"
	"github.com/testedon/testedon/internal/str"
)

// environment is what a run ran on, as far as it is known.
type environment struct {
	m       *compat.Matrix
	claim   *Claim
	parts   []part
	remarks []string
}

// part is one component, and who tells of it.
type part struct {
	compat.Component
	claimed bool
	found   bool   // by a report
	file    string // the report, with the line
	report  *Report
}

// where says who tells of a component.
func (p *part) where() string {
	if p.claimed {
		return p.Display() + " is claimed"
	}
	return p.file + " tells of " + p.Display()
}

// The properties that name a kernel: that of Java names the system as well, where it is not
// Linux; the other is ours.
const (
	javaSystem = "os.name"
	kernelName = "kernel"
)

// javaNames are the properties of Java that tell of it, and of the system.
var javaNames = []string{"java.version", "java.vendor", "java.vm.vendor", "java.vendor.version", "java.runtime.name", "java.vm.name", javaSystem, "os.version", "os.arch"}

// javaRoots begin the names of further properties of Java, which tell of paths and the like.
var javaRoots = []string{"java", "jdk", "os", "sun", "user"}

// read puts together what is claimed and what the reports tell:
//
//  1. Each component that is claimed has to be one, in a version that ran.
//  2. What a report tells has to agree with what is claimed of its kind, and with what other
//     reports tell of it. Where one is more precise, that is taken.
//  3. What is told of nothing that is claimed is taken as well, if its version is told.
func (e *environment) read(reports []*Report) error {
	for _, asked := range e.claim.Components {
		c := e.m.Resolve(asked)
		if c.Technology == nil || c.Reason != "" {
			return invalid(str.With("Did you mean ", strings.Join(c.Candidates, " or ")), "the %s %q that is claimed is not understood: %s", asked.Kind, clip(asked.Text), c.Reason)
		}
		if err := e.put(part{Component: c, claimed: true}); err != nil {
			return err
		}
	}
	done := map[string]bool{} // what suites tell is mostly the same
	for _, r := range reports {
		if err := e.application(r); err != nil {
			return err
		}
		for _, settings := range r.settings {
			texts := e.texts(r, settings)
			if key := strings.Join(texts, "\n"); done[key] {
				continue
			} else {
				done[key] = true
			}
			if err := e.suite(r, settings, texts); err != nil {
				return err
			}
		}
	}
	slices.SortFunc(e.parts, func(a, b part) int { return strings.Compare(a.Technology.ID, b.Technology.ID) })
	return e.complete()
}

// maxRemarks bounds what is told of what was not read.
const maxRemarks = 10

// remark tells something that the record does not stand on.
func (e *environment) remark(format string, args ...any) {
	text := str.Visible(fmt.Sprintf(format, args...))
	if len(e.remarks) < maxRemarks && !slices.Contains(e.remarks, text) {
		e.remarks = append(e.remarks, text)
	}
}

// suite takes what the properties of one suite tell.
func (e *environment) suite(r *Report, settings []setting, texts []string) error {
	found := detect.Read(e.m, texts)
	if len(found.Unread) > 0 {
		return invalid("Have the catalogue know it, or the report tell it in another way.", "%s tells of what is not understood: %s", at(r, settings, found.Unread[0]), clip(found.Unread[0]))
	}
	for _, f := range found.Found {
		if err := e.put(part{Component: e.m.Resolve(f.Asked), found: true, file: at(r, settings, f.Text), report: r}); err != nil {
			return err
		}
	}
	for _, p := range found.Products {
		if p.Product != e.claim.Product || p.Release != nil && p.Release != e.claim.Release {
			return invalid("Name the release that ran.", "%s tells of another product or release: %s", at(r, settings, p.Text), clip(p.Text))
		}
	}
	for _, text := range found.Unrecognised {
		e.remark("%s tells of what is not known: %s.", at(r, settings, text), clip(text))
	}
	return e.kernel(r, settings)
}

// texts writes properties as machines print them: those of Java as they are; of others what
// its name, or the form of the value, says to be a component. What else names something that
// is known is told.
func (e *environment) texts(r *Report, settings []setting) []string {
	var java, others []string
	for _, s := range settings {
		value := strings.Map(func(r rune) rune {
			if unicode.IsControl(r) {
				return ' '
			}
			return r
		}, strings.ToValidUTF8(s.value[:min(len(s.value), maxText)], ""))
		words := spaced(s.name)
		named, _ := e.m.Holds(words)
		root, _, dotted := strings.Cut(s.name, ".")
		switch {
		case value == "":
		case slices.Contains(javaNames, s.name):
			java = append(java, s.name+"="+value)
		case strings.HasPrefix(value, "jdbc:") || strings.HasPrefix(value, "pkg:"):
			others = append(others, value)
		case dotted && slices.Contains(javaRoots, root):
		case named && e.m.IsLabel(words):
			others = append(others, words+": "+value)
		case strings.HasSuffix(strings.ToLower(words), "image"):
			others = append(others, "image: "+value)
		case !strings.ContainsAny(value, `/\`) && (e.m.Mentions(words) || e.m.Mentions(value)):
			e.remark("%s:%d is not read, as its name does not say that it is a component: %s=%s.", r.File, s.line, clip(s.name), clip(value))
		}
	}
	return []string{strings.Join(java, "\n"), strings.Join(others, "\n")}
}

// spaced parts a name into words: "db.version", "jdkVersion".
func spaced(name string) string {
	var b strings.Builder
	var last rune
	for _, r := range name[:min(len(name), maxText)] {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			r = ' '
		case unicode.IsUpper(r) && unicode.IsLower(last):
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		last = r
	}
	return strings.TrimSpace(b.String())
}

// at gives the place of the property that a line was made of.
func at(r *Report, settings []setting, line string) string {
	const start = len("jdbc:mysql:") // of an address, whose rest may be masked
	for _, s := range settings {
		value := s.value[:min(len(s.value), maxText)]
		if len(value) > 1 && strings.Contains(line, value) || len(line) > start && strings.HasPrefix(value, line[:start]) {
			return fmt.Sprintf("%s:%d", r.File, s.line)
		}
	}
	return r.File
}

// put adds a component, or holds it against that of its kind.
func (e *environment) put(p part) error {
	own := false
	for i := range e.parts {
		o := &e.parts[i]
		if o.Kind != p.Kind {
			continue
		}
		if closer, ok := e.agree(o, &p); ok {
			o.Component, o.found = closer, o.found || !p.claimed && !p.Range.IsAll()
			return nil
		}
		own = own || o.claimed == p.claimed && o.report == p.report && o.Technology != p.Technology
	}
	at := slices.IndexFunc(e.parts, func(o part) bool {
		return o.Kind == p.Kind && (!own || o.claimed != p.claimed || o.report != p.report)
	})
	if at >= 0 {
		return invalid("Record the run with what it ran on; two environments are two runs.", "%s, and %s", p.where(), e.parts[at].where())
	}
	e.parts = append(e.parts, p)
	return nil
}

// agree gives the more precise of two components, if they can be one: a name that stands for
// any of its family is one with each of them.
func (e *environment) agree(a, b *part) (compat.Component, bool) {
	if a.Technology != b.Technology {
		switch {
		case a.Technology.Head() != b.Technology.Head():
			return a.Component, false
		case a.Technology.Generic:
			a, b = b, a
		case !b.Technology.Generic:
			return a.Component, false
		}
	}
	switch {
	case a.Range.Within(b.Range):
		return a.Component, true
	case !b.Range.Within(a.Range):
		return a.Component, false
	}
	c, err := e.m.Name(a.Technology, b.VersionText())
	return c, err == nil && c.Range.Equal(b.Range)
}

// kernel holds the name of a kernel against the systems that have another one.
func (e *environment) kernel(r *Report, settings []setting) error {
	for _, s := range settings {
		if s.name != kernelName && s.name != javaSystem {
			continue
		}
		for i := range e.parts {
			p := &e.parts[i]
			if slices.Contains(e.systems(), p.Technology.Kind) && !e.runs(strings.ToLower(s.value), p.Technology) {
				return invalid("Record the run with what it ran on.", "%s:%d tells of the system %s, and %s", r.File, s.line, clip(s.value), p.where())
			}
		}
	}
	return nil
}

// runs reports whether a technology may run on a kernel of this name.
func (e *environment) runs(kernel string, t *compat.Technology) bool {
	windows, others := slices.Contains(e.m.MarkedIn(fact.InWindowsVer), t), slices.Contains(e.m.MarkedIn(fact.InUname), t)
	switch own := e.m.Marked(fact.InUname, kernel); {
	case kernel == "linux":
		return !windows && !others
	case strings.HasPrefix(kernel, "windows"):
		return windows
	default: // "Mac OS X" is no kernel, but a system that is told
		return len(own) == 0 || slices.Contains(own, t)
	}
}

// systems are the kinds of what has a kernel.
func (e *environment) systems() (kinds []string) {
	for _, t := range e.m.MarkedIn(fact.InOSRelease) {
		kinds = append(kinds, t.Kind)
	}
	return kinds
}

// application holds the product that a report names against the one that is claimed.
func (e *environment) application(r *Report) error {
	name, version := r.product.name, r.product.value
	named, err := e.m.Product(name)
	switch {
	case name != "" && err != nil:
		e.remark("%s:%d names the application %q, which is not known.", r.File, r.product.line, clip(name))
		return nil
	case name != "" && named != e.claim.Product:
		return invalid("Name the product that ran.", "%s:%d tells of %s, and %s is claimed", r.File, r.product.line, named.Name, e.claim.Product.Name)
	case version == "" || version == e.claim.Build || version == e.claim.Update:
		return nil
	case e.claim.Build+e.claim.Update != "" || version != e.claim.Release.Version && !slices.Contains(e.claim.Release.Aliases, version):
		return invalid("Name the release that ran, with --build or --update where it was not the release as it came out.",
			"%s:%d tells of the version %q, and %s is claimed", r.File, r.product.line, clip(version), e.claim.Release.Version)
	}
	return nil
}

// complete refuses an environment of nothing, and a component that names no single series.
func (e *environment) complete() error {
	if len(e.parts) == 0 {
		return invalid("Name the components, as with --os and --jdk.", "no report tells what it ran on, and nothing is claimed")
	}
	for i := range e.parts {
		p := &e.parts[i]
		if p.Technology.Scheme != "none" && !p.Range.SameMajor(p.Range) {
			return invalid("Name the version that ran.", "%s, and not which version of it ran", p.where())
		}
	}
	return nil
}

// targets are the components as a configuration has them.
func (e *environment) targets() (all []fact.Target) {
	for i := range e.parts {
		all = append(all, fact.Target{Technology: e.parts[i].Technology.ID, Version: e.parts[i].VersionText()})
	}
	return all
}

// told says which components the reports tell of, and which are claimed alone.
func (e *environment) told() string {
	var found, claimed []string
	for i := range e.parts {
		if p := &e.parts[i]; p.found {
			found = append(found, p.Display())
		} else {
			claimed = append(claimed, p.Display())
		}
	}
	return strings.TrimSpace(list("Told by the reports: ", found) + list("Claimed, and not told by them: ", claimed))
}

// list writes a list as a sentence, an empty one as nothing.
func list(words string, all []string) string {
	if len(all) == 0 {
		return ""
	}
	return words + strings.Join(all, ", ") + ". "
}
