package detect

import (
	"regexp"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// packageForms are how lists of what is installed print a package, with the groups of its
// name, its version without an epoch, and its machine.
var packageForms = []struct {
	pattern                func() *regexp.Regexp
	name, version, machine int
}{
	{str.Regexp(`^(\S+)-(?:\d+:)?(\d[^-\s]*-[^-\s]+)\.(\w+?)(?:\.rpm)?$`), 1, 2, 3},      // rpm -qa
	{str.Regexp(`^(\S+)\.(\w+)\s+(?:\d+:)?(\S+)\s+(?:@\S*|installed)$`), 1, 3, 2},        // dnf list
	{str.Regexp(`^([^/\s]+)/\S+,now (?:\d+:)?(\S+) (\w+) \[installed[^\s]*$`), 1, 2, 3},  // apt list --installed
	{str.Regexp(`^[uihrp]i +([^\s:]+)(?::\w+)? +(?:\d+:)?(\S+) +(\w+)(?: |$)`), 1, 2, 3}, // dpkg -l
	{str.Regexp(`^[uihrp][^i\s]()  +\S+ +(\S+) +(\w+)(?: |$)`), 1, 2, 3},                 // what it has removed
}

// otherParts are parts of the names of packages that hold no server: the others of its source.
var otherParts = []string{"client", "common", "lib", "libs", "contrib", "devel", "dev", "doc", "docs", "plpython3", "jdbc", "odbc", "connector", "tools", "fonts"}

// packageLine reads a line of a list of what is installed. A package of no technology that is
// known says nothing; one that has the name of a technology is another part of it, or is told.
func packageLine(p *page, i int) int {
	line := p.lines[i]
	name, version, ok := p.packed(line)
	if !ok {
		return 0
	}
	pattern, _ := str.Numbered(name)
	marked := p.m.Marked(fact.InPackage, pattern)
	if marked == nil {
		p.otherPackage(name, line)
		return 1
	}
	number, build := version, ""
	if at := strings.IndexAny(number, "-+~"); at > 0 {
		number, build = number[:at], number[at:]
	}
	if marked[0].Kind == kindJDK {
		number = packedJava(number)
	}
	if p.m.MarkedWithin(fact.InStranger, build) != nil {
		p.unread(line, anotherThing, marked[0].Name)
		return 1
	}
	if own := slices.DeleteFunc(slices.Clone(marked), func(t *compat.Technology) bool { return t.Strange(build) != "" }); len(own) > 0 && len(marked) > 1 {
		marked = own
	}
	got := reading{"package", marked, number, line, named}
	if marked[0].Head() == marked[0] {
		got.strength = family
	}
	p.add(got)
	return 1
}

// otherPackage tells of a package that has no mark, if its name holds one that is known.
func (p *page) otherPackage(name, line string) {
	if !p.matters(name) {
		return
	}
	client := strings.HasPrefix(name, "lib") || p.m.Marked(fact.InBanner, strings.TrimRight(name, "0123456789")) != nil
	for part := range strings.SplitSeq(name, "-") {
		client = client || slices.Contains(otherParts, strings.TrimRight(part, "0123456789"))
	}
	if client {
		p.named(printable(line)+" ("+p.say("detect.package.client")+")", "", false)
		return
	}
	p.name(line)
}

// packedJava gives the version of Java of that of its package, which may have every part that
// a version can have, and the build: "17.0.9.0.9" is 17.0.9+9, "1.8.0.392.b08" is 8u392.
func packedJava(number string) string {
	if update, ok := strings.CutPrefix(number, "1.8.0."); ok {
		number, _, _ = strings.Cut("1.8.0_"+update, ".b")
	}
	if strings.Count(number, ".") == 4 {
		number = number[:strings.LastIndexByte(number, '.')]
	}
	if strings.Count(number, ".") == 3 {
		number = strings.TrimSuffix(number, ".0")
	}
	return number
}

// maxPackage bounds a line of a list of packages in bytes.
const maxPackage = 400

// packed gives the name and the version of the package in a line; no name where it is none
// that is installed.
func (p *page) packed(line string) (name, version string, ok bool) {
	word := strings.IndexByte(line, ' ') < 0
	if len(line) > maxPackage || word && strings.Count(line, "-") < 2 || !word && !strings.HasSuffix(line, "]") && !strings.Contains(line, " @") &&
		!strings.HasSuffix(line, " installed") && (len(line) < 4 || line[2:4] != "  ") {
		return "", "", false
	}
	for _, form := range packageForms {
		found := form.pattern().FindStringSubmatch(line)
		if found == nil {
			continue
		}
		if machine := found[form.machine]; machine == "noarch" || machine == "all" || p.m.Marked(fact.InMachine, machine) != nil {
			return found[form.name], found[form.version], true
		}
	}
	return "", "", false
}
