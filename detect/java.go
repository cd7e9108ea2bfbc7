package detect

import (
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// common gives the technologies in both lists.
func common(first, second []*compat.Technology) []*compat.Technology {
	var both []*compat.Technology
	for _, t := range first {
		if slices.Contains(second, t) {
			both = append(both, t)
		}
	}
	return both
}

// runtime is what a format tells of a Java runtime.
type runtime struct {
	from, version, text string
	vendor              string               // who made it, where a field of its own tells that
	heads               []string             // the names of the runtime and of the virtual machine, and what stands beside them
	build               string               // what names the build, in words of the vendor
	keyed               []*compat.Technology // those that write such fields
}

// noVendor are what a build writes whose vendor left the field open.
var noVendor = []string{"N/A", "Unknown", "unknown"}

// java records a Java runtime:
//
//  1. A word of its names or its build tells the vendor, and the field of the vendor has to
//     agree with it. Of several whom that field may mean, the name of the runtime decides.
//  2. Without such a field, and without such a word, the name of the runtime counts alone.
//  3. What names nobody is some Java; who is named and not known, and a word that is not
//     understood, make it another one.
func (p *page) java(j runtime) {
	names := strings.Join(j.heads, " ")
	beside, kind := p.m.MarkedPrefix(fact.InJavaRuntime, names)
	beside += " " + j.build
	some := p.m.Marked(fact.InJavaRelease, "JAVA_VERSION")
	got := reading{j.from, p.m.MarkedWithin(fact.InJavaVendor, names+" "+j.build), j.version, j.text, named}
	if got.marked == nil {
		got.marked = j.keyed
	}
	switch {
	case j.vendor != "" && !slices.Contains(noVendor, j.vendor):
		makers := p.m.Marked(fact.InJavaImplementor, j.vendor)
		if makers == nil {
			makers = p.m.Marked(fact.InJavaVendor, j.vendor)
		}
		if got.marked != nil {
			makers = common(makers, got.marked)
		}
		got.marked = makers
		if closer := common(got.marked, kind); len(closer) > 0 && len(got.marked) > 1 {
			got.marked, got.strength = closer, family
		}
	case got.marked == nil && names != "":
		got.marked, got.strength = kind, family
	case got.marked == nil && j.build == "":
		got.marked, got.strength = some, unnamed
	}
	known := slices.DeleteFunc(slices.Clone(got.marked), func(t *compat.Technology) bool { return t.Strange(beside) != "" })
	switch {
	case len(some) > 0 && got.marked == nil:
		p.stranger(some[0], j.text, "detect.java.vendor", strconv.Quote(strings.TrimSpace(j.vendor+" "+names+" "+j.build)))
	case len(known) == 0 && len(got.marked) > 0:
		p.strangers = append(p.strangers, got.marked[0].Head())
		p.strange(got.marked[0], beside, j.text)
	case len(got.marked) == 0 || !p.strange(known[0], beside, j.text):
		got.marked = known
		p.add(got)
	}
}

// releaseKeys are those of which a release file has some, and an environment of a shell none.
var releaseKeys = []string{"IMPLEMENTOR", "IMPLEMENTOR_VERSION", "OS_NAME", "OS_ARCH", "SOURCE", "JAVA_VERSION_DATE", "JAVA_RUNTIME_VERSION", "JVM_VARIANT"}

// javaRelease reads $JAVA_HOME/release. Where IMPLEMENTOR is shared, or missing as it is
// before Java 9, keys that only some vendors write tell more, and what it was made from.
func javaRelease(p *page, b block) bool {
	version := b.get("JAVA_VERSION")
	if version == "" || len(b) > 1 && b.values(releaseKeys...) == strings.Repeat(" ", len(releaseKeys)-1) {
		return false
	}
	j := runtime{from: "java-release", version: version, vendor: b.get("IMPLEMENTOR"), build: b.get("IMPLEMENTOR_VERSION")}
	j.text = b.lines("IMPLEMENTOR", "IMPLEMENTOR_VERSION", "JAVA_VERSION")
	for _, pair := range b {
		if pair.key != "JAVA_VERSION" && j.keyed == nil {
			j.keyed = p.m.Marked(fact.InJavaRelease, pair.key)
		}
	}
	if made := common(j.keyed, p.m.MarkedWithin(fact.InJavaRelease, b.get("SOURCE"))); len(made) > 0 {
		j.keyed = made
	}
	p.java(j)
	return true
}

// maxJavaLines is more than `java -version` prints.
const maxJavaLines = 10

// javaVersion reads what `java -version` and `java --version` print: a line with the version,
// one of the runtime, one of the virtual machine, and with OpenJ9 some more.
func javaVersion(p *page, i int) int {
	version, ok := javaVersionLine(p.lines[i])
	if !ok {
		return 0
	}
	j := runtime{from: "java-version", version: version}
	n := 1
	for ; n < maxJavaLines; n++ {
		if _, more := cutBuild(p.at(i + n)); !more && !openJ9().MatchString(p.at(i+n)) {
			break
		}
		j.head(p.at(i + n))
	}
	if len(j.heads) == 0 && !strings.Contains(p.lines[i], ` version "`) && !strings.HasPrefix(p.lines[i], "javac ") {
		return 0 // "java 8 tutorial"
	}
	j.text = strings.Join(p.lines[i:i+min(n, 2)], " ")
	p.java(j)
	return n
}

// openJ9 begins the lines in which OpenJ9 goes on with what it is built from.
var openJ9 = str.Regexp(`^(OpenJ9|OMR|JCL|IBM |J9VM|JIT) `)

// build is where a line of `java -version` names its build: "(build 17.0.9+9-Debian-1, …)".
var build = str.Regexp(`(?i)\((?:product )?build ([^,)]*)`)

// head takes from a line the name of the runtime or of the virtual machine, and from the
// first such line the build.
func (j *runtime) head(line string) {
	head, ok := cutBuild(line)
	if !ok {
		return
	}
	if found := build().FindStringSubmatch(line); found != nil && len(j.heads) == 0 {
		j.build = found[1]
	}
	j.heads = append(j.heads, head)
}

// javaVersionLine reads `openjdk version "21.0.5" 2024-10-15 LTS`, the same
// without quotes and the word version, `java -fullversion`, and "javac 21.0.5".
func javaVersionLine(line string) (version string, ok bool) {
	name, rest, _ := strings.Cut(line, " ")
	if name == "javac" {
		version, rest, ok = numberAt(rest)
		return version, ok && rest == ""
	}
	if name != "openjdk" && name != "java" {
		return "", false
	}
	if quoted, found := strings.CutPrefix(strings.TrimPrefix(rest, "full "), `version "`); found {
		version, _, ok = strings.Cut(quoted, `"`)
		return version, ok
	}
	version, _, ok = numberAt(rest)
	return version, ok
}

// cutBuild gives "OpenJDK Runtime Environment Temurin-21.0.5+11" of the line that
// goes on with "(build …)", and the whole of one that names a runtime without.
func cutBuild(line string) (head string, ok bool) {
	if at := build().FindStringIndex(line); at != nil {
		line, ok = line[:at[0]], at[0] > 0
	}
	return strings.TrimSpace(line), ok || strings.Contains(line, "Runtime Environment") || strings.Contains(line, " VM")
}
