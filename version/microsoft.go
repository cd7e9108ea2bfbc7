package version

import (
	"strconv"
	"strings"

	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/message"
)

// readWindows reads Windows by its kernel's version: "10.0.26100.1742",
// "build 26100", "10.0 build 26100". The names of releases (2025, 11) are
// labels of the technologies; a year that is no label is no release.
func readWindows(text string) (Range, error) {
	before, build, found := strings.Cut(strings.Replace(text, "os build", "build", 1), "build ")
	if !found {
		build, before = before, ""
	}
	p, err := scanVersion(build)
	if err != nil {
		return Range{}, err
	}
	if p.all[0] >= firstBuild10 && p.n <= 2 {
		p = numbersOf(append([]uint64{10, 0}, p.slice()...)...)
	}
	if p.n < 2 || p.all[0] != 5 && p.all[0] != 6 && p.all[0] != 10 {
		return Range{}, message.Of("version.windows.unknown")
	}
	return checkBuild(prefix(p.slice()...), strings.TrimRight(before, " ,"))
}

// firstBuild10 is the first public build of Windows 10; later ones are 10.0.x.
const firstBuild10 = 10240

// checkBuild makes sure that a build belongs to the version before it.
func checkBuild(r Range, before string) (Range, error) {
	if before == "" {
		return r, nil
	}
	version, err := readDotted(before)
	if err != nil || !r.Within(version) {
		return Range{}, message.Of("version.windows.build", strconv.Quote(before))
	}
	return r, nil
}

// sqlServerUpdate is an update of SQL Server, which has a name and a build.
var sqlServerUpdate = str.Regexp(`[ (+-]*\b(?:(?:rtm[ -]?)?(?:gdr|qfe|azure connect pack|(?:cu|sp|kb) ?\d+[a-z]?|(?:cumulative update|service pack) \d+|on linux))\b[ )+]*`)

// cumulative is the number of a cumulative update.
var cumulative = str.Regexp(`(?i)\b(?:cu|cumulative update) ?0*(\d{1,9})`)

// IsLaterUpdate reports whether a version names a cumulative update that counts more than that
// of another one.
func (s *Scheme) IsLaterUpdate(text, than string) bool {
	a, b := cumulative().FindStringSubmatch(text), cumulative().FindStringSubmatch(than)
	return a != nil && b != nil && (len(a[1]) > len(b[1]) || len(a[1]) == len(b[1]) && a[1] > b[1])
}

// noUpdate are updates that never were: they count from 1.
var noUpdate = str.Regexp(`\b(?:cu|sp|cumulative update|service pack) ?0+\b`)

// servicePack is an update that SQL Server had up to 2016: "Starting with SQL Server 2017
// [...] SPs will no longer be made available. Only CUs, and GDRs when needed" (Microsoft's
// "Announcing the Modern Servicing Model for SQL Server").
var servicePack = str.Regexp(`\b(?:sp ?\d|service pack)`)

// checkSQLServer tells why a series has no such update.
func checkSQLServer(update string, series Range) error {
	switch {
	case noUpdate().MatchString(update):
		return message.Of("version.sql_server.first")
	case servicePack().MatchString(update) && series.spans[0].low[0] >= 14:
		return message.Of("version.sql_server.service_pack")
	}
	return nil
}

// readSQLServer reads SQL Server by the version of its engine: "16.0.4175.1",
// "16.0.4265.3 CU26", "15.00.4365.2.v1" of Amazon RDS. All of a year have one
// first number since 7.0, so 14.0 is 2017; apart from 2008 and its R2. The years
// are labels of the technology.
func readSQLServer(text string) (Range, error) {
	p, rest, err := scan(text)
	if err != nil {
		return Range{}, err
	}
	if p.all[0] >= 1900 {
		return Range{}, sqlServerYear(rest)
	}
	if p.n > 2 {
		rest = sqlServerUpdate().ReplaceAllString(rest, "")
	}
	if v, rds := strings.CutPrefix(rest, ".v"); rds && v != "" && countDigits(v) == len(v) {
		rest = ""
	}
	if err := checkTail(&p, rest); err != nil {
		return Range{}, err
	}
	if p.n == 2 && p.all[1] == 0 && p.all[0] >= 7 && p.all[0] != 10 {
		p.n = 1
	}
	return prefix(p.slice()...), nil
}

// sqlServerYear tells why a year was not read: an unknown one, or a known one
// with an update that only the engine's version makes comparable.
func sqlServerYear(rest string) error {
	if update := sqlServerUpdate().FindString(rest); update != "" {
		return message.Of("version.sql_server.update", strconv.Quote(strings.Trim(rest, " -")))
	}
	return message.Of("version.sql_server.unknown")
}
