package detect

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/testedon/testedon/compat/fact"
)

// windowsVer reads what `ver` prints: "Microsoft Windows [Version 10.0.26100.1742]", in any
// language. The client and the server print the same; systeminfo decides.
func windowsVer(p *page, i int) int {
	rest, marked := p.m.MarkedPrefix(fact.InWindowsVer, p.lines[i])
	inner, ok := strings.CutPrefix(strings.TrimSpace(rest), "[")
	if marked == nil || !ok {
		return 0
	}
	inner, _, _ = strings.Cut(inner, "]")
	_, version, _ := strings.Cut(inner, " ")
	p.found("windows-ver", marked, version, p.lines[i])
	return 1
}

// maxToBuild is how many lines after the system's name its build may stand.
const maxToBuild = 4

// systemInfo reads systeminfo and Get-ComputerInfo: the name of the system, and the build after
// it. Their labels are in the language of the system, so the values decide.
func systemInfo(p *page, b block) bool {
	for i, pair := range b {
		if strings.Index(pair.value, "Windows") <= 0 { // who makes it stands before it
			continue
		}
		name := registered.Replace(pair.value)
		_, marked := p.m.MarkedPrefix(fact.InOSName, name)
		if len(marked) == 0 || !slices.Contains(p.m.Marked(fact.InWindowsVer, "Microsoft Windows"), marked[0]) {
			continue
		}
		version, text := "", pair.line
		for _, next := range b[i+1 : min(i+1+maxToBuild, len(b))] {
			if build, _, ok := numberAt(next.value); ok && strings.Count(build, ".") >= 2 {
				version, text = build, text+" "+next.line
				break
			}
		}
		p.windows("systeminfo", name, version, text)
		return true
	}
	return false
}

// registered are the marks of the names that Windows had up to 2008, and what is left of them
// where the code page has none.
var registered = strings.NewReplacer("(R)", "", "®", "", "(TM)", "", "™", "", "Microsoftr ", "Microsoft ", "Serverr ", "Server ", "VistaT ", "Vista ")

// windows records a Windows by its name, which has to be understood, and its build where
// that is known: the name of a client may be older. Beside a build, words in other letters
// than those of English are those of an edition, in the language of the system.
func (p *page) windows(from, name, build, text string) {
	rest, marked := p.m.MarkedPrefix(fact.InOSName, name)
	edition := strings.TrimSpace(rest)
	if build != "" {
		words := slices.DeleteFunc(strings.Fields(rest), func(word string) bool {
			return strings.ContainsFunc(word, func(c rune) bool { return c >= 0x80 && unicode.IsLetter(c) })
		})
		edition = strings.Join(words, " ")
	}
	if len(marked) > 0 {
		if _, _, err := p.shortest(marked[0], edition); err != nil && p.strange(marked[0], edition, text) {
			return
		}
	}
	p.found(from, marked, cmp.Or(build, edition), text)
}

// registry reads what `reg query` prints of the key CurrentVersion, where Windows tells
// what it is in every language alike.
func registry(p *page, i int) int {
	return p.block(i, registryValue, false, currentVersion)
}

// registryValue reads a line of `reg query`: a name, a type and a value.
func registryValue(line string) (pair, bool) {
	if !strings.Contains(line, "REG_") {
		return pair{}, false
	}
	words := strings.Fields(line)
	if len(words) < 2 || !strings.HasPrefix(words[1], "REG_") {
		return pair{}, false
	}
	return pair{words[0], strings.Join(words[2:], " "), strings.Join(words, " ")}, true
}

// currentVersion reads the system's name, the way it is installed, and its build. Since Windows
// 10 the text of its first numbers stays the same, and numbers beside it count.
func currentVersion(p *page, b block) bool {
	name, build := b.get("ProductName"), cmp.Or(b.get("CurrentBuild"), b.get("CurrentBuildNumber"))
	if name == "" {
		return false
	}
	text := b.lines("ProductName", "CurrentBuild", "UBR")
	if build == "" {
		p.unread(text, "detect.windows.build")
		return true
	}
	version := b.get("CurrentVersion")
	if major, err := strconv.ParseUint(b.get("CurrentMajorVersionNumber"), 0, 32); err == nil {
		version = fmt.Sprintf("%d.0", major)
	}
	version += "." + build
	if revision, err := strconv.ParseUint(b.get("UBR"), 0, 32); err == nil {
		version += fmt.Sprintf(".%d", revision)
	}
	if kind := b.get("InstallationType"); !slices.Contains([]string{"", "Client", "Server", "Server Core"}, kind) {
		p.unread(text, strangeName, strconv.Quote(kind), name)
		return true
	}
	p.windows("registry", "Microsoft "+name, version, text)
	return true
}
