package detect

import (
	"cmp"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// maxOracleLines is more than v$version and the greeting of sqlplus have.
const maxOracleLines = 12

// oracleParts begin the lines that follow the banner: the full version, the
// options, and the components of v$version.
var oracleParts = []string{"Version ", "With the ", "and ", "Real Application", "OLAP", "Data Mining", "PL/SQL Release", "CORE", "TNS for ", "NLSRTL ", "ORACLE_HOME"}

// alertParts begin those that follow ORACLE_HOME in the alert log, of the machine of the server.
var alertParts = []string{"ORACLE_BASE", "System name:", "Node name:", "Release:", "Version:", "Machine:"}

// oracleBanner reads the banner of v$version, which sqlplus prints too: "Oracle Database 19c
// Enterprise Edition Release 19.0.0.0.0 - Production". Since 18c the release in it is the same
// for every update, and the full version stands in the next line, as do options.
func oracleBanner(p *page, i int) int {
	line := strings.TrimPrefix(strings.TrimPrefix(cell(p.lines[i]), "Disconnected from "), "Connected to: ")
	rest, marked := p.m.MarkedPrefix(fact.InBanner, line)
	name, after, ok := strings.Cut(rest, " Release ")
	release, beside, number := numberAt(after)
	if marked == nil || !ok || !number {
		return 0
	}
	n, full, options := p.oracleRest(i + 1)
	if cluster := p.m.MarkedWithin(fact.InBanner, options); cluster != nil {
		marked = cluster
	}
	version, edition, _ := strings.Cut(strings.TrimSpace(name), " ") // "19c", of a release that tells no more
	if full != "" || !strings.HasSuffix(release, ".0.0.0.0") || version == "" || !str.IsDigit(version[0]) {
		version = cmp.Or(full, release)
	}
	if !p.strange(marked[0], edition+" "+beside, p.lines[i]) {
		p.add(reading{"oracle-version", marked, version, p.lines[i], family})
	}
	return 1 + n
}

// oracleRest reads the lines after the banner: how many they are, the full
// version, and the options.
func (p *page) oracleRest(i int) (n int, full, options string) {
	parts := oracleParts
	for ; n < maxOracleLines; n++ {
		line := cell(p.at(i + n))
		if line == "" && n == 0 {
			continue
		}
		if !slices.ContainsFunc(parts, func(begin string) bool { return strings.HasPrefix(line, begin) }) {
			break
		}
		if strings.HasPrefix(line, "ORACLE_HOME") {
			parts = alertParts
		}
		if version, ok := strings.CutPrefix(line, "Version "); ok {
			full, _, _ = numberAt(strings.TrimSuffix(version, "."))
		}
		options += " " + line
	}
	return n, full, options
}
