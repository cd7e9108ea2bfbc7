package detect

import (
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// installed is a package in a list of what is installed.
type installed struct {
	name    string
	version string // without an epoch
}

// otherParts are parts of the names of packages that hold no server: the others of its source.
var otherParts = []string{"client", "common", "lib", "libs", "contrib", "devel", "dev", "doc", "docs", "plpython3", "jdbc", "odbc", "connector", "tools", "fonts"}

// packageLine reads a line of `rpm -qa`, `dnf list`, `dpkg -l`, `apt list --installed` or
// `apk list --installed`. A package of no technology that is known says nothing; one that has
// the name of a technology is another part of it, or is told.
func packageLine(p *page, i int) int {
	line := p.lines[i]
	word := strings.IndexByte(line, ' ') < 0 && strings.Count(line, "-") > 1
	if !word && !strings.HasSuffix(line, "]") && !strings.Contains(line, " @") && !strings.HasSuffix(line, " installed") && (len(line) < 4 || line[2:4] != "  ") {
		return 0
	}
	pack, ok := p.packed(line)
	if !ok {
		return 0
	}
	pattern, _ := str.Numbered(pack.name)
	marked := p.m.Marked(fact.InPackage, pattern)
	if marked == nil {
		p.otherPackage(pack.name, line)
		return 1
	}
	number, build := pack.version, ""
	if at := strings.IndexAny(number, "-+~"); at > 0 {
		number, build = number[:at], number[at:]
	}
	if marked[0].Kind == kindJDK {
		number = packedJava(number)
	}
	if p.m.MarkedWithin(fact.InStranger, build) != nil {
		p.unread(line, "it names another thing than %s", marked[0].Name)
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
		p.named(printable(line)+" (it is a client, a library or another part, and no server)", "", false)
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
		number, _, _ = cutLast(number, ".")
	}
	if strings.Count(number, ".") == 3 {
		number = strings.TrimSuffix(number, ".0")
	}
	return number
}

// packed parts a line of a list of packages; one that is not installed has no name.
func (p *page) packed(line string) (installed, bool) {
	words := strings.Fields(line)
	switch {
	case len(words) == 1 || len(words) > 2 && p.isMachine(words[1]) && strings.HasSuffix(line, "[installed]"):
		return p.rpm(words[0], len(words) > 1)
	case len(words) == 3 && (words[2][0] == '@' || words[2] == "installed"): // dnf
		name, machine, _ := cutLast(words[0], ".")
		return pack(name, words[1]), p.isMachine(machine)
	case len(words) > 3 && strings.Contains(words[len(words)-1], "]") && strings.Contains(line, " [installed"): // apt
		name, _, ok := strings.Cut(words[0], "/")
		for i := 1; i+1 < len(words); i++ {
			if p.isMachine(words[i+1]) {
				return pack(name, words[i]), ok
			}
		}
	case len(words) > 3 && len(words[0]) == 2 && p.isMachine(words[3]): // dpkg
		name, _, _ := strings.Cut(words[1], ":")
		if words[0][1] != 'i' {
			name = ""
		}
		return pack(name, words[2]), strings.Contains("uihrp", words[0][:1])
	}
	return installed{}, false
}

// rpm parts "postgresql16-server-16.4-1PGDG.rhel9.x86_64", and what apk names in the same way
// without the machine.
func (p *page) rpm(text string, apk bool) (installed, bool) {
	rest, machine, ok := cutLast(strings.TrimSuffix(text, ".rpm"), ".")
	if apk {
		rest = text
	}
	rest, release, ok2 := cutLast(rest, "-")
	name, version, ok3 := cutLast(rest, "-")
	return pack(name, version+"-"+release), ok2 && ok3 && version != "" && str.IsDigit(version[0]) && (apk || ok && p.isMachine(machine))
}

// pack makes a package of a name and a version with an epoch.
func pack(name, version string) installed {
	if _, after, epoch := strings.Cut(version, ":"); epoch {
		version = after
	}
	return installed{name, version}
}

// isMachine reports whether a word is the architecture of a package.
func (p *page) isMachine(word string) bool {
	return word == "noarch" || word == "all" || p.m.Marked(fact.InMachine, word) != nil
}

// cutLast parts a text around the last of a separator.
func cutLast(text, separator string) (before, after string, found bool) {
	if i := strings.LastIndex(text, separator); i >= 0 {
		return text[:i], text[i+len(separator):], true
	}
	return text, "", false
}
