package detect

import (
	"strings"

	"github.com/testedon/testedon/compat/fact"
)

// windowsVer reads what `ver` prints: "Microsoft Windows [Version
// 10.0.26100.1742]", whose word Version may be of another language. The client
// and the server print the same; where both are built from one kernel, the OS
// Name of systeminfo decides.
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

// systemInfo reads systeminfo and Get-ComputerInfo: the line with the system's
// name tells the server from the client, the build after it tells the version.
// Their labels are in the language of the system, so the values decide.
func systemInfo(p *page, b block) bool {
	for i, pair := range b {
		if _, windows := p.m.MarkedPrefix(fact.InWindowsVer, pair.value); windows == nil {
			continue
		}
		rest, marked := p.m.MarkedPrefix(fact.InOSName, pair.value)
		version, text := strings.TrimSpace(rest), pair.line
		for _, next := range b[i+1 : min(i+1+maxToBuild, len(b))] {
			if build, _, ok := numberAt(next.value); ok && strings.Count(build, ".") >= 2 {
				version, text = build, text+" "+next.line
				break
			}
		}
		p.found("systeminfo", marked, version, text)
		return true
	}
	return false
}
