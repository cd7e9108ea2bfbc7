package export

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/detect"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/version"
)

// Gate is what of a release a tool can hold a machine against that knows no matrix: of each kind
// the patterns of what passes, asked about alone and in every combination. What cannot be said so
// is left out, and told; it never passes.
type Gate struct {
	*Release
	Probes []Probe
	Told   []string // what is left out, in sentences
}

// Probe is how a machine tells of one kind, and what of that passes.
type Probe struct {
	Kind    *fact.Kind
	ID      string   // "os"
	Command string   // for sh; it prints one line
	Pattern string   // of the whole line, as RE2 and Python read it
	Names   []string // of what passes

	probe
	accepted []*accepted
}

// accepted are versions of a technology that pass.
type accepted struct {
	t        *compat.Technology
	versions version.Range // without any where the kind has none
	out      bool          // it does not pass in every combination
}

// name is what a person calls it.
func (a *accepted) name() string {
	if a.versions.IsEmpty() {
		return a.t.Name
	}
	c := a.t.Component(a.versions)
	return c.Display()
}

// nothing is a pattern of nothing that a probe prints.
const nothing = "nothing passes here"

// probe is a way to ask a machine.
type probe struct {
	id, command string
	marked      fact.Place                               // what has to mark one of the technologies of the kind
	lines       func(*compat.Matrix, *accepted) []string // patterns of the lines that tell of versions of a technology
	optional    string                                   // the line for what is not named, which is not asked about
}

var probes = []probe{
	{"os", `. /etc/os-release && printf '%s|%s|%s\n' "$ID" "$NAME" "$VERSION_ID"`, fact.InOSRelease, systemLines, ""},
	{"arch", `uname -m`, fact.InMachine, machineLines, ""},
	{"jdk", `java -XshowSettings:properties -version 2>&1 | awk -F ' = ' '/^ *java\.(runtime\.name|vendor|vendor\.version|version) = / { sub(/^ */, "", $1); told[$1] = $2 } END { print told["java.vendor"] "|" told["java.runtime.name"] "|" told["java.vendor.version"] "|" told["java.version"] }'`, fact.InJavaImplementor, javaLines, ""},
	{"dbms", `case "$TESTEDON_DBMS" in '') echo none ;; postgresql) psql -XAtqc 'SELECT version()' ;; mysql | mariadb) "$TESTEDON_DBMS" -NBe 'SELECT VERSION(), @@version_comment' ;; *) echo "unknown: $TESTEDON_DBMS" ;; esac`, fact.InJDBC, databaseLines, "none"},
}

// GateOf finds what of a release can be held against a machine.
func GateOf(r *Release) *Gate {
	g := &Gate{Release: r}
	for _, k := range r.Release.Kinds() {
		g.probe(k)
	}
	g.combine()
	for i := range g.Probes {
		g.Probes[i].write(r.m)
		if g.Probes[i].optional != "" {
			g.leaveOut("export.gate.named", str.Capital(g.Probes[i].Kind.Name))
			g.leaveOut("export.gate.built", str.Capital(g.Probes[i].Kind.Name))
		}
	}
	g.conditions()
	return g
}

// probe adds what passes of a kind, as far as a command tells of it.
func (g *Gate) probe(k *fact.Kind) {
	of := slices.IndexFunc(probes, func(p probe) bool {
		return slices.ContainsFunc(g.m.MarkedIn(p.marked), func(t *compat.Technology) bool { return t.Kind == k.ID })
	})
	if of < 0 {
		g.leaveOut("export.gate.silent", str.Capital(k.Name))
		return
	}
	p := Probe{probe: probes[of], Kind: k, ID: probes[of].id, Command: probes[of].command}
	for _, t := range g.m.Technologies(k.ID, "") {
		for _, a := range g.passing(t) {
			if len(p.lines(g.m, a)) > 0 {
				p.accepted = append(p.accepted, a)
			} else {
				g.leaveOut("export.gate.untold", a.name())
			}
		}
	}
	g.Probes = append(g.Probes, p)
}

// write writes the pattern of all that is accepted.
func (p *Probe) write(m *compat.Matrix) {
	lines := []string{nothing}
	if p.optional != "" {
		lines = append(lines, p.optional)
	}
	for _, a := range p.accepted {
		p.Names = append(p.Names, a.name())
	}
	for _, a := range merged(p.accepted) {
		lines = append(lines, p.lines(m, a)...)
	}
	p.Pattern = "^(?:" + strings.Join(lines, "|") + ")$"
}

func (g *Gate) leaveOut(id string, values ...any) {
	g.Told = fact.AppendNew(g.Told, g.say(id, values...))
}

// passing are the versions of a technology that pass, span by span, or the technology where it has
// none.
func (g *Gate) passing(t *compat.Technology) (all []*accepted) {
	for _, span := range g.Release.Release.Passing(t).Spans() {
		all = append(all, &accepted{t: t, versions: span})
	}
	if c := t.Component(version.All()); len(all) == 0 && len(t.Cycles) == 0 && g.Release.Release.Grant(&c) {
		all = append(all, &accepted{t: t})
	}
	return all
}

// component is what is asked about where a machine has it.
func (a *accepted) component() compat.Component {
	if a.versions.IsEmpty() {
		return a.t.Component(version.All())
	}
	return a.t.Component(a.versions)
}

// combine leaves out what does not pass beside what passes of other kinds: of each such set first
// what is in most of them.
func (g *Gate) combine() {
	if !g.Release.Release.Interacts() {
		return
	}
	failing := g.failing(nil, 0)
	for len(failing) > 0 {
		count, most := map[*accepted]int{}, failing[0][0]
		for _, set := range failing {
			for _, a := range set {
				if count[a]++; count[a] > count[most] {
					most = a
				}
			}
		}
		g.leaveOut("export.gate.apart", most.name())
		most.out = true
		failing = slices.DeleteFunc(failing, func(set []*accepted) bool { return slices.Contains(set, most) })
	}
	for i := range g.Probes {
		g.Probes[i].accepted = slices.DeleteFunc(g.Probes[i].accepted, func(a *accepted) bool { return a.out })
	}
}

// failing are the least sets of what is accepted, at most one of each kind, that do not pass
// together.
func (g *Gate) failing(set []*accepted, at int) (all [][]*accepted) {
	if at == len(g.Probes) {
		return nil
	}
	all = g.failing(set, at+1)
	for _, a := range g.Probes[at].accepted {
		more := append(slices.Clone(set), a)
		if len(set) > 0 && !g.Release.Release.Passes(compat.Question{Components: each(more, (*accepted).component)}) {
			all = append(all, more)
		} else {
			all = append(all, g.failing(more, at+1)...)
		}
	}
	return all
}

// merged brings the versions of each technology together.
func merged(all []*accepted) (of []*accepted) {
	for _, a := range all {
		if n := len(of); n > 0 && of[n-1].t == a.t {
			of[n-1].versions = of[n-1].versions.Union(a.versions)
		} else {
			of = append(of, &accepted{t: a.t, versions: a.versions})
		}
	}
	return of
}

// conditions tells what is stated under a condition, which no pattern can tell.
func (g *Gate) conditions() {
	for _, l := range g.Release.Release.Listings() {
		if (l.When != "" || len(l.With) > 0) && !l.SaysNo() {
			g.leaveOut("export.gate.condition", l.Display(), str.Words(l.Status))
		}
	}
	if g.Release.Release.Provisional() {
		g.leaveOut("export.gate.provisional")
	}
}

// printed gives the pattern of the numbers of versions, as a machine prints them.
func (a *accepted) printed() string {
	return a.versions.Pattern(a.t.Scheme, a.t.MostNumbers(a.versions), "", `\.`)
}

// reads reports whether the house reads a text of a machine as the technology alone, and nothing else in it.
func (a *accepted) reads(m *compat.Matrix, text string) bool {
	found := detect.Read(m, []string{text})
	return len(found.Found) == 1 && found.Found[0].Technology == a.t.ID && len(found.Unread) == 0
}

// example is a version that passes, as a machine prints it.
func (a *accepted) example() string {
	text := a.t.Component(a.versions)
	return firstNumbers.FindString(text.Display()[len(a.t.Name):])
}

var firstNumbers = regexp.MustCompile(`[0-9]+(\.[0-9]+)*`)

// marks are the words of a technology in a place.
func (a *accepted) marks(in fact.Place) (all []string) {
	for _, m := range a.t.Marks {
		if m.In == in {
			all = append(all, m.Text)
		}
	}
	return all
}

func systemLines(m *compat.Matrix, a *accepted) (all []string) {
	for _, id := range a.marks(fact.InOSRelease) {
		for _, name := range a.marks(fact.InOSName) {
			if a.reads(m, fmt.Sprintf("NAME=%q\nID=%q\nVERSION_ID=%q\n", name, id, a.example())) {
				all = append(all, fields(regexp.QuoteMeta(id), regexp.QuoteMeta(name)))
			}
		}
	}
	return withVersion(all, a.printed())
}

// fields is the pattern of a line of several fields.
func fields(all ...string) string { return strings.Join(all, `\|`) }

// withVersion is the pattern of lines that begin in one of several ways and end with a version.
func withVersion(all []string, number string) []string {
	if len(all) == 0 || number == "" {
		return nil
	}
	return []string{fields("(?:"+strings.Join(all, "|")+")", number)}
}

func machineLines(m *compat.Matrix, a *accepted) []string {
	return each(slices.DeleteFunc(a.marks(fact.InMachine), func(word string) bool {
		c := m.Resolve(compat.Asked{Kind: a.t.Kind, Text: word})
		return c.Technology != a.t || c.Reason != ""
	}), regexp.QuoteMeta)
}

// openRuntime is what builds of OpenJDK call themselves, in the property java.runtime.name.
const openRuntime = "OpenJDK Runtime Environment"

func javaLines(m *compat.Matrix, a *accepted) (all []string) {
	var numbers []string
	for _, p := range []string{
		a.versions.Minus(java8).Pattern(a.t.Scheme, a.t.MostNumbers(a.versions), "", `\.`),
		a.versions.Intersect(java8).Pattern(a.t.Scheme, 3, `1\.`, `\.`, "_"),
	} {
		if p != "" {
			numbers = append(numbers, p)
		}
	}
	for _, vendor := range a.marks(fact.InJavaImplementor) {
		for _, runtime := range append(a.marks(fact.InJavaRuntime), openRuntime) {
			for _, build := range append([]string{""}, a.marks(fact.InJavaVendor)...) {
				told, pattern := build, ""
				if build != "" {
					told, pattern = build+"-"+a.example(), regexp.QuoteMeta(build)+`-[0-9][0-9.+]*(?:-LTS)?`
				}
				if a.reads(m, fmt.Sprintf("java.runtime.name = %s\njava.vendor = %s\njava.vendor.version = %s\njava.version = %s\n", runtime, vendor, told, a.example())) {
					all = fact.AppendNew(all, fields(regexp.QuoteMeta(vendor), regexp.QuoteMeta(runtime), pattern))
				}
			}
		}
	}
	if len(numbers) > 1 {
		numbers = []string{"(?:" + strings.Join(numbers, "|") + ")"}
	}
	return withVersion(all, strings.Join(numbers, ""))
}

// java8 are the versions that Java prints as 1.8.0_392.
var java8 = func() (all version.Range) {
	scheme, _ := version.NewScheme("java") // which is there
	for _, major := range []string{"5", "6", "7", "8"} {
		read, _ := scheme.Parse(major) // which it reads
		all = all.Union(read)
	}
	return all
}()

// databases are the lines in which servers tell of themselves, by the word of their JDBC URL, with
// the version for %s and the numbers of builds for #: as they are built and packed, and nothing
// else, which may name a relative.
var databases = map[string]string{
	"postgresql": `PostgreSQL %s(?: \((?:Debian|Ubuntu) #-#(?:\.?pgdg#\+#|ubuntu#|\+deb#u#)?\))?` +
		` on (?:x86_64|aarch64|i[3-6]86|powerpc64le|s390x)-(?:pc|unknown|redhat|suse|ibm|alpine)-linux-(?:gnu|musl)` +
		`, compiled by (?:gcc \((?:GCC|SUSE Linux|(?:Debian|Ubuntu) #-#(?:ubuntu#(?:~#)?|\+deb#u#)?|Alpine #(?:_git[0-9]{8})?)\) #(?: [0-9]{8})?(?: \(Red Hat #-#\))?` +
		`|clang version #), (?:32|64)-bit`,
	"mysql": `%s(?:(?:-log)?\tMySQL Community Server(?: - GPL| \(GPL\))?|-#ubuntu#\t\(Ubuntu\))`,
	"mariadb": `%s-MariaDB(?:-#(?::#\+maria~(?:deb|ubu)[0-9]{1,4}|\+deb#u#|ubuntu#)|-ubu[0-9]{4})?(?:-log)?` +
		`\t(?:MariaDB Server|mariadb\.org binary distribution|(?:Debian|Ubuntu) #)`,
}

// ofBuild is the pattern of the numbers of a build.
const ofBuild = `[0-9]{1,3}(?:\.[0-9]{1,3}){0,4}`

func databaseLines(_ *compat.Matrix, a *accepted) (all []string) {
	for _, word := range a.marks(fact.InJDBC) {
		if line, number := databases[word], a.printed(); line != "" && number != "" {
			all = append(all, fmt.Sprintf(strings.ReplaceAll(line, "#", ofBuild), number))
		}
	}
	return all
}
