package runs

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/detect"
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/internal/str"
)

// environment is what a run ran on, as far as it is known.
type environment struct {
	m       *compat.Matrix
	claim   *Claim
	parts   []part
	remarks []string
	done    map[string]bool   // what was told already
	kernels map[string]string // the names of those that are told, in lower case, and where
}

// part is one component, and who tells of it.
type part struct {
	compat.Component
	report *Report // nil for one that is claimed
	words  string  // for a message: "a.xml:3 tells of"
	found  bool    // by a report
}

// differing is what to do about two environments.
const differing = "Record the run with what it ran on; two environments are two runs."

func (p *part) says() string { return p.words + " " + p.Display() }

// read puts together what is claimed and what the reports tell:
//
//  1. What a report tells has to agree with what is claimed of its kind, and with what others
//     tell. Where one is more precise, that is taken.
//  2. What is told of nothing that is claimed is taken as well.
//  3. Each component has to be one of a single series.
func (e *environment) read(reports []*Report) error {
	for _, asked := range e.claim.Components {
		c := e.m.Resolve(asked)
		if c.Technology == nil || c.Reason != "" {
			return invalid(str.With("Did you mean ", strings.Join(c.Candidates, " or ")), "the %s %q that is claimed is not understood: %s", asked.Kind, clip(asked.Text), c.Reason)
		}
		if err := e.put(part{Component: c, words: "what is claimed is"}); err != nil {
			return err
		}
	}
	for _, r := range reports {
		if err := e.application(r, r.product); err != nil {
			return err
		}
		for _, settings := range r.settings {
			if err := e.suite(r, settings); err != nil {
				return err
			}
		}
	}
	if len(e.parts) == 0 {
		return invalid("Name the components, as with --os and --jdk.", "no report tells what it ran on, and nothing is claimed")
	}
	if err := e.system(); err != nil {
		return err
	}
	for i := range e.parts {
		if p := &e.parts[i]; p.Technology.Scheme != "none" && !p.Range.SameMajor(p.Range) {
			return invalid("Name the version that ran.", "%s, and not which version of it ran", p.says())
		}
	}
	order.Stable(e.parts, func(a, b part) int { return strings.Compare(a.Technology.ID, b.Technology.ID) })
	return nil
}

// system holds the kernels that are told against each other, and against the components.
func (e *environment) system() error {
	last := ""
	for _, kernel := range slices.Sorted(maps.Keys(e.kernels)) {
		where := e.kernels[kernel]
		for i := range e.parts {
			if p := &e.parts[i]; !e.runs(kernel, p.Technology) {
				return invalid(differing, "%s, and %s", where, p.says())
			}
		}
		if last != "" {
			return invalid(differing, "%s, and %s", last, where)
		}
		last = where
	}
	return nil
}

// suite takes what the properties of one suite tell. What is not understood may be what
// is claimed, or may not.
func (e *environment) suite(r *Report, settings []setting) error {
	for _, s := range settings {
		if kernel, _, _ := strings.Cut(strings.ToLower(s.value), " "); kernel != "" && (s.name == kernelName || s.name == javaNames[0]) {
			e.kernels[strings.Replace(kernel, "mac", "darwin", 1)] = fmt.Sprintf("%s:%d tells of the system %s", r.file, s.line, clip(s.value))
		}
		if e.ownVersion(s.name) {
			if err := e.application(r, setting{"", s.value, s.line}); err != nil {
				return err
			}
		}
	}
	texts := e.texts(r, settings)
	key := fmt.Sprintf("%q", texts)
	if e.done[key] { // most suites of a run tell the same
		return nil
	}
	e.done[key] = true
	found := detect.Read(e.m, texts)
	if len(found.Unread) > 0 {
		return invalid("Have the catalogue know it, or the report tell it in another way.", "%s tells of what is not understood: %s", at(r, settings, found.Unread[0]), clip(found.Unread[0]))
	}
	for _, f := range found.Found {
		if err := e.put(part{e.m.Resolve(f.Asked), r, at(r, settings, f.Text) + " tells of", true}); err != nil {
			return err
		}
	}
	for _, p := range found.Products {
		if p.Product != e.claim.Product || p.Release != nil && p.Release != e.claim.Release {
			return invalid("Name the release that ran.", "%s tells of another product or release: %s", at(r, settings, p.Text), clip(p.Text))
		}
	}
	return nil
}

// kernelName is the property for the kernel, which no report has under this name.
const kernelName = "kernel"

// javaNames are the properties of Java that tell of the system, which is named as its kernel
// where that is Linux, and of Java; javaRoots begin the names of more, which tell of paths.
var (
	javaNames = []string{"os.name", "os.version", "os.arch", "java.version", "java.vendor", "java.vm.vendor", "java.vendor.version", "java.runtime.name", "java.vm.name"}
	javaRoots = []string{"java", "jdk", "os", "sun", "user"}
)

// texts writes properties as machines print them: those of Java as they are; of others what
// the name, or the form of the value, says to be a component. What else names something that
// is known is told.
func (e *environment) texts(r *Report, settings []setting) []string {
	var java, others []string
	for _, s := range settings {
		value := str.Visible(strings.ReplaceAll(strings.ToValidUTF8(s.value[:min(len(s.value), maxText)], ""), "\n", " "))
		words := spaced(s.name)
		named, _ := e.m.Holds(words)
		root, _, dotted := strings.Cut(s.name, ".")
		switch {
		case value == "" || s.name == kernelName || e.ownVersion(s.name):
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
			e.remark("%s:%d is not read, as its name does not say that it is a component: %s=%s.", r.file, s.line, clip(s.name), clip(value))
		}
	}
	return []string{strings.Join(java, "\n"), strings.Join(others, "\n")}
}

// remark tells something that the record does not stand on.
func (e *environment) remark(format string, args ...any) {
	const most = 10
	if text := str.Visible(fmt.Sprintf(format, args...)); len(e.remarks) < most && !slices.Contains(e.remarks, text) {
		e.remarks = append(e.remarks, text)
	}
}

// spaced parts a name into words: "db.version", "jdkVersion".
func spaced(name string) string {
	return strings.NewReplacer(".", " ", "_", " ", "-", " ").Replace(camel.ReplaceAllString(name[:min(len(name), maxText)], "$1 $2"))
}

var camel = regexp.MustCompile(`([a-z])([A-Z])`)

// at gives the place of the property that a line was made of. Of an address the end may be
// masked.
func at(r *Report, settings []setting, line string) string {
	for _, s := range settings {
		start := s.value[:min(len(s.value), len("jdbc:mysql:"))]
		if start != "" && strings.Contains(line, start) {
			return fmt.Sprintf("%s:%d", r.file, s.line)
		}
	}
	return r.file
}

// put adds a component, or holds it against those of its kind: only who tells of several
// of one kind may, as of two databases, and of none that an environment has one of.
func (e *environment) put(p part) error {
	for i := range e.parts {
		o := &e.parts[i]
		if o.Kind != p.Kind {
			continue
		}
		if closer, ok := e.agree(&o.Component, &p.Component); ok {
			o.Component, o.found = closer, o.found || p.found && !p.Range.IsAll() && closer.Technology == p.Technology
			return nil
		}
	}
	for i := range e.parts {
		if o := &e.parts[i]; o.Kind == p.Kind && (o.report != p.report || o.Technology == p.Technology || e.single(p.Kind)) {
			return invalid(differing, "%s, and %s", p.says(), o.says())
		}
	}
	e.parts = append(e.parts, p)
	return nil
}

// agree gives the more precise of two components, if they can be one: a name that stands for
// any of its family is one with each of them.
func (e *environment) agree(a, b *compat.Component) (compat.Component, bool) {
	if a.Technology != b.Technology && a.Technology.Generic {
		a, b = b, a
	}
	switch {
	case a.Technology != b.Technology && (a.Technology.Head() != b.Technology.Head() || !b.Technology.Generic):
		return *a, false
	case a.Range.Within(b.Range):
		return *a, true
	case !b.Range.Within(a.Range):
		return *a, false
	}
	c, err := e.m.Name(a.Technology, b.VersionText())
	return c, err == nil && c.Range.Equal(b.Range)
}

// single reports whether an environment has one of a kind: one that a machine, or its Java,
// tells of itself, as of its system and its processor. It may use several databases.
func (e *environment) single(kind string) bool {
	own := []fact.Place{fact.InOSRelease, fact.InWindowsVer, fact.InUname, fact.InMachine, fact.InJavaImplementor, fact.InJavaRelease}
	return slices.ContainsFunc(own, func(in fact.Place) bool {
		return slices.ContainsFunc(e.m.MarkedIn(in), func(t *compat.Technology) bool { return t.Kind == kind })
	})
}

// ownVersion reports whether a property is named as the version of the product that is
// claimed: "mi.version".
func (e *environment) ownVersion(name string) bool {
	name, ok := strings.CutSuffix(strings.ToLower(spaced(name)), " version")
	of, err := e.m.Product(name)
	return ok && err == nil && of == e.claim.Product
}

// runs reports whether a technology may run on a kernel of this name: what is marked as a
// system does on its own alone.
func (e *environment) runs(kernel string, t *compat.Technology) bool {
	linux, windows := e.m.MarkedIn(fact.InOSRelease), e.m.MarkedIn(fact.InWindowsVer)
	own, known := map[string][]*compat.Technology{"linux": linux, "windows": windows, "darwin": e.m.Marked(fact.InUname, "darwin")}[kernel]
	return !known || slices.Contains(own, t) || !slices.Contains(slices.Concat(linux, windows, e.m.MarkedIn(fact.InUname)), t)
}

// application holds the product that a report names against the one that is claimed.
func (e *environment) application(r *Report, told setting) error {
	name, version, of := told.name, told.value, e.claim
	named, err := e.m.Product(name)
	switch {
	case name != "" && err != nil:
		e.remark("%s:%d names the application %q, which is not known.", r.file, told.line, clip(name))
	case name != "" && named != of.Product:
		return invalid("Name the product that ran.", "%s:%d tells of %s, and %s is claimed", r.file, told.line, named.Name, of.Product.Name)
	case version == "" || version == of.Build || version == of.Update:
	case of.Build+of.Update != "" || version != of.Release.Version && !slices.Contains(of.Release.Aliases, version):
		return invalid("Name the release that ran, with --build or --update where it was not the release as it came out.",
			"%s:%d tells of the version %q, and %s is claimed", r.file, told.line, clip(version), of.Release.Version)
	}
	return nil
}

// told says which components the reports tell of, and which are claimed alone.
func (e *environment) told() string {
	all := map[bool][]string{}
	for i := range e.parts {
		p := &e.parts[i]
		all[p.found] = append(all[p.found], p.Display())
	}
	return str.Join(". ", str.With("Told by the reports: ", strings.Join(all[true], ", ")), str.With("Claimed, and not told by them: ", strings.Join(all[false], ", "))) + "."
}
