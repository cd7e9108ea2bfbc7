package detect

import (
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// crashOS is what hs_err_pid.log prints before what names the system.
const crashOS = "OS:"

// upstream is what stands before the name of another system, in /etc/centos-release-upstream.
const upstream = "Derived from "

// systemName reads a line that is the full name of a system and its version:
// /etc/redhat-release, /etc/SuSE-release, /etc/release of Solaris, /etc/issue,
// the caption of Windows. A line of prose that begins so is none of it.
func systemName(p *page, i int) int {
	line, _, _ := strings.Cut(p.lines[i], `\`) // /etc/issue ends with \n \l
	line, _, _ = strings.Cut(strings.TrimSuffix(strings.TrimPrefix(line, "Welcome to "), " - Kernel "), " (GNU/Linux ")
	rest, marked := p.m.MarkedPrefix(fact.InOSName, cell(strings.TrimPrefix(strings.TrimPrefix(line, crashOS), upstream)))
	rest, apart := strings.CutPrefix(rest, " ")
	if marked == nil || !apart || rest == "" {
		return 0
	}
	if strings.HasPrefix(line, upstream) {
		return 1
	}
	rest = strings.TrimSpace(rest)
	for _, machine := range []string{" X86", " SPARC"} {
		rest = strings.TrimSuffix(rest, machine)
	}
	for _, t := range marked {
		if _, _, err := p.shortest(t, rest); err != nil {
			return 0
		}
	}
	from, n := "os-name", 1
	if strings.HasPrefix(rest, "release ") {
		from = "redhat-release"
	} else if level, ok := strings.CutPrefix(p.at(i+2), "PATCHLEVEL = "); ok && strings.HasPrefix(p.at(i+1), "VERSION = ") {
		rest, n = strings.TrimPrefix(p.at(i+1), "VERSION = "), 3
		if level != "0" {
			rest += " SP" + level
		}
		for strings.HasPrefix(p.at(i+n), "#") { // that it is deprecated
			n++
		}
	}
	p.system(from, marked, rest, p.lines[i])
	return n
}

// appleBuild is the build of a macOS: "23G93".
var appleBuild = str.Regexp(`^\d+[A-Z]\d+[a-z]?$`)

// system records a system by what follows its name, if the bracket behind its version
// holds no more than its name, a machine or a build. Rebuilds of a system keep its
// /etc/redhat-release beside a file of their own.
func (p *page) system(from string, marked []*compat.Technology, rest, line string) {
	_, bracket, _ := strings.Cut(rest, "(")
	bracket, _, _ = strings.Cut(bracket, ")")
	known := marked == nil || appleBuild().MatchString(bracket) || p.m.Marked(fact.InMachine, bracket) != nil
	if !known && p.strange(marked[0], bracket, line) {
		return
	}
	got := reading{from, marked, rest, line, named}
	if from == "redhat-release" && len(marked) > 0 && marked[0].Head() == marked[0] {
		got.strength = family
	}
	p.add(got)
}

// uname reads `uname -a`: the architecture, and which system it is where its name
// tells. The version it prints is that of a kernel.
func uname(p *page, i int) int {
	name, _, _ := strings.Cut(p.lines[i], " ")
	if fits(name, "dddd-dd-dd-dddd") == len(p.lines[i]) { // `oslevel -s` of AIX: 7300-02-01-2346 is 7.3
		p.found("oslevel", p.m.Marked(fact.InUname, "AIX"), name[:1]+"."+name[1:2], name)
		return 1
	}
	system := p.m.Marked(fact.InUname, name)
	if system == nil && name != "Linux" {
		return 0
	}
	words := strings.Fields(p.lines[i])
	if len(words) < 3 {
		return 0
	}
	if name == "Linux" && words[1] == "version" { // /proc/version, which tells the compiler of the kernel too
		p.named(printable(p.lines[i]), "", false)
		return 1
	}
	if !str.IsDigit(words[1][0]) && !str.IsDigit(words[2][0]) {
		return 0
	}
	if system != nil {
		p.found("uname", system, "", p.lines[i])
	}
	for j := len(words) - 1; j > 1; j-- { // the name of the host may be anything
		if marked := p.m.Marked(fact.InMachine, words[j]); marked != nil {
			p.found("uname", marked, "", p.lines[i])
			return 1
		}
	}
	if system == nil && !strings.Contains(p.lines[i], " #") {
		return 0 // "Linux Ubuntu 20.04 LTS"
	} else if system == nil {
		p.miss(p.lines[i], noMachine)
	}
	return 1
}

// machineLine reads a line that is the name of an architecture, as `uname -m`
// prints it.
func machineLine(p *page, i int) int {
	marked := p.m.Marked(fact.InMachine, cell(p.lines[i]))
	if marked == nil {
		return 0
	}
	p.found("uname", marked, "", p.lines[i])
	return 1
}
