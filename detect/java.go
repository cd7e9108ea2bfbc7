package detect

import (
	"regexp"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
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

// javaRelease reads $JAVA_HOME/release. IMPLEMENTOR names the vendor; where it is
// shared, or missing as it is before Java 9, IMPLEMENTOR_VERSION and keys that
// only some vendors write tell more. A word of IMPLEMENTOR_VERSION that is not
// understood is of another product of the vendor. What names no vendor is some Java.
func javaRelease(p *page, b block) bool {
	version := b.get("JAVA_VERSION")
	if version == "" {
		return false
	}
	text := b.lines("IMPLEMENTOR", "IMPLEMENTOR_VERSION", "JAVA_VERSION")
	build := b.get("IMPLEMENTOR_VERSION")
	vendor := p.m.MarkedWithin(fact.InJavaVendor, build)
	for _, pair := range b {
		if pair.key != "JAVA_VERSION" && len(vendor) == 0 {
			vendor = p.m.Marked(fact.InJavaRelease, pair.key)
		}
	}
	some := p.m.Marked(fact.InJavaRelease, "JAVA_VERSION")
	implementor := b.get("IMPLEMENTOR")
	if implementor == "N/A" {
		implementor = ""
	}
	marked := vendor
	if implementor != "" {
		marked = p.m.Marked(fact.InJavaImplementor, implementor)
		if vendor != nil && marked != nil {
			marked = common(marked, vendor)
		}
	}
	marked = slices.DeleteFunc(slices.Clone(marked), func(t *compat.Technology) bool { return t.Strange(build) != "" })
	switch {
	case len(marked) > 0:
		p.found("java-release", marked, version, text)
	case some != nil && implementor+build != "":
		p.stranger(some[0], text, "%q is no vendor that is known, or not of this build", strings.TrimSpace(implementor+" "+build))
	default:
		p.add(reading{"java-release", some, version, text, unnamed})
	}
	return true
}

// maxJavaLines is more than `java -version` prints.
const maxJavaLines = 10

// javaVersion reads what `java -version` and `java --version` print: a line with
// the version, one of the runtime, one of the virtual machine, and with OpenJ9
// some more.
func javaVersion(p *page, i int) int {
	version, ok := javaVersionLine(p.lines[i])
	if !ok {
		return 0
	}
	n := 1
	var heads []string
	for n < maxJavaLines && isJavaLine(p.at(i+n)) {
		if head, ok := cutBuild(p.at(i + n)); ok {
			heads = append(heads, head)
		}
		n++
	}
	if len(heads) == 0 && !strings.Contains(p.lines[i], ` version "`) {
		return 0 // "java 8 tutorial"
	}
	p.java(version, heads, p.lines[i:i+n])
	return n
}

// java records the vendor and version that the lines name: in the words after
// the name of the runtime or of the virtual machine, or in its build, else by the
// runtime alone, if its build names nobody else. Without these lines it is some Java.
func (p *page) java(version string, heads, lines []string) {
	text := strings.Join(lines[:min(len(lines), 2)], " ")
	if marked := p.m.MarkedWithin(fact.InJavaVendor, strings.Join(lines[1:], " ")); marked != nil && len(heads) > 0 {
		rest, _ := p.m.MarkedPrefix(fact.InJavaRuntime, heads[0])
		if !p.strange(marked[0], rest+" "+beside(heads, lines[1]), text) {
			p.found("java-version", marked, version, text)
		}
		return
	}
	got := reading{"java-version", p.m.Marked(fact.InJavaRelease, "JAVA_VERSION"), version, text, unnamed}
	if len(heads) > 0 {
		got.marked, got.strength = p.m.Marked(fact.InJavaRuntime, strings.TrimRight(heads[0], " .0123456789")), named
	}
	if len(heads) > 0 && len(got.marked) > 0 && p.strange(got.marked[0], beside(heads, lines[1]), text) {
		return
	}
	if len(heads) > 0 && len(got.marked) == 1 && got.marked[0].Head() == got.marked[0] {
		got.strength = family
	}
	p.add(got)
}

// build is where a line of `java -version` names its build: "(build 17.0.9+9-Debian-1, …)".
var build = regexp.MustCompile(`(?i)\((?:product )?build ([^,)]*)`)

// beside gives what may name somebody else: the name of the virtual machine, and the
// build of the runtime.
func beside(heads []string, runtime string) string {
	if found := build.FindStringSubmatch(runtime); found != nil {
		return strings.Join(heads[1:], " ") + " " + found[1]
	}
	return strings.Join(heads[1:], " ")
}

// javaVersionLine reads `openjdk version "21.0.5" 2024-10-15 LTS`, and the same
// without quotes and the word version.
func javaVersionLine(line string) (version string, ok bool) {
	name, rest, _ := strings.Cut(line, " ")
	if name != "openjdk" && name != "java" {
		return "", false
	}
	if quoted, found := strings.CutPrefix(rest, `version "`); found {
		version, _, ok = strings.Cut(quoted, `"`)
		return version, ok
	}
	version, _, ok = numberAt(rest)
	return version, ok
}

// isJavaLine reports whether a line goes on with what `java -version` prints.
func isJavaLine(line string) bool {
	_, build := cutBuild(line)
	return build || slices.ContainsFunc([]string{"OpenJ9 ", "OMR ", "JCL ", "IBM  ", "J9VM ", "JIT "}, func(begin string) bool {
		return strings.HasPrefix(line, begin)
	})
}

// cutBuild gives "OpenJDK Runtime Environment Temurin-21.0.5+11" of the line that
// goes on with "(build …)", and the whole of one that names a runtime without.
func cutBuild(line string) (head string, ok bool) {
	if at := build.FindStringIndex(line); at != nil {
		line, ok = line[:at[0]], at[0] > 0
	}
	return strings.TrimSpace(line), ok || strings.Contains(line, "Runtime Environment") || strings.Contains(line, " VM")
}
