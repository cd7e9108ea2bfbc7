package detect

import (
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// imitators are what databases that speak the protocol of another one, and give
// themselves out as it, print beside its name and version. Those that are known have
// marks.
var imitators = []string{"AlloyDB", "Redshift", "Greenplum", "Vitess", "OceanBase", "openGauss", "Cloudberry", "Materialize"}

// imitator gives the name of the database that a banner is really of.
func imitator(text string) string {
	for _, name := range imitators {
		if strings.Contains(strings.ToLower(text), strings.ToLower(name)) {
			return name
		}
	}
	return ""
}

// serverBanner reads how a server names itself: `SELECT version()` of PostgreSQL,
// `SHOW server_version` with its name, product and version from a driver. The
// version stands right behind the name; a line of prose is none.
func serverBanner(p *page, i int) int {
	line := cell(p.lines[i])
	if _, value, ok := strings.Cut(line, " | "); ok { // expanded display of psql
		line = cell(value)
	}
	rest, marked := p.m.MarkedPrefix(fact.InBanner, line)
	version, tail, ok := numberAt(rest)
	if marked == nil || !ok || !isBannerTail(tail) {
		return 0
	}
	if p.imitates(marked, version, line, p.lines[i]) {
		return 1
	}
	p.found(marked[0].ID+"-version", marked, version, p.lines[i])
	return 1
}

// imitates records what is not what it gives itself out as. Its version is that of
// the other one only where it is run as just that.
func (p *page) imitates(marked []*compat.Technology, version, banner, line string) bool {
	if other := imitator(banner); other != "" {
		p.miss(line, "it is %s, which only speaks its protocol", other)
		return true
	}
	own := p.sameFamily(p.m.MarkedWithin(fact.InServer, banner), marked)
	if own == nil {
		return false
	}
	if own[0].Managed == nil {
		version = ""
	}
	p.found(own[0].ID+"-version", own, version, line)
	return true
}

// isBannerTail reports whether what follows a version is no prose.
func isBannerTail(tail string) bool {
	for _, begin := range []string{"(", "on ", ",", "-", "|", "\"", "'"} {
		if strings.HasPrefix(tail, begin) {
			return true
		}
	}
	return tail == ""
}

// psqlBanner reads what psql prints when it connects: "psql (17.2, server 16.4)".
// Where it names no server, the version is its own.
func psqlBanner(p *page, i int) int {
	line := p.lines[i]
	if !strings.HasPrefix(line, "psql (") {
		return 0
	}
	_, server, ok := strings.Cut(line, "server ")
	if !ok {
		p.miss(line, "it is the version of psql, not of the server; SELECT version() tells that")
		return 1
	}
	version, _, _ := numberAt(server)
	p.found("psql", p.m.Marked(fact.InBanner, "PostgreSQL"), version, line)
	return 1
}

// programVersion reads `mysql --version`, `mysqld --version`, `postgres
// --version`: the name of the program, and a version after "Distrib" or "Ver",
// after "from", or after its product's name in brackets.
func programVersion(p *page, i int) int {
	line := p.lines[i]
	program, rest, _ := strings.Cut(line, " ")
	program = program[strings.LastIndexAny(program, `/\`)+1:]
	marked := p.m.Marked(fact.InProgram, strings.TrimSuffix(program, ".exe"))
	rest = strings.TrimSpace(rest)
	if marked == nil || rest == "" {
		return 0
	}
	if _, version, ok := strings.Cut(rest, "Distrib "); ok {
		return p.program(marked, version, line)
	}
	for _, word := range []string{"Ver ", "from ", "(PostgreSQL) "} {
		if version, ok := strings.CutPrefix(rest, word); ok {
			return p.program(marked, version, line)
		}
	}
	return 0
}

func (p *page) program(marked []*compat.Technology, text, line string) int {
	if _, _, ok := numberAt(text); !ok {
		return 0
	}
	p.bare(marked, text, line)
	return 1
}

// maxToValue is how many lines below its heading a value may stand.
const maxToValue = 3

// columnValue reads a bare version below a heading that tells whose it is:
// MySQL's `SELECT version()`.
func columnValue(p *page, i int) int {
	marked := p.m.Marked(fact.InColumn, cell(p.lines[i]))
	if marked == nil {
		return 0
	}
	for n := 1; n <= maxToValue; n++ {
		if value := cell(p.at(i + n)); value != "" && isDigit(value[0]) {
			p.bare(marked, value, p.lines[i+n])
			return n + 1
		} else if strings.ContainsFunc(value, isWordRune) {
			return 0
		}
	}
	return 0
}

// versionRow reads a row of a table with a version and the product's name beside
// it: `SELECT @@version, @@version_comment`.
func versionRow(p *page, i int) int {
	line := p.lines[i]
	_, rest, ok := numberAt(cell(line))
	if !ok || line[0] != '|' || p.m.MarkedWithin(fact.InBanner, rest) == nil {
		return 0
	}
	p.mysql(cell(line), line)
	return 1
}

// mysql reads the version of a server that speaks the protocol of MySQL.
func (p *page) mysql(value, text string) {
	p.bare(p.m.Marked(fact.InProgram, "mysqld"), value, text)
}

// bare reads a version that stands for itself, unless the words behind it name
// another server: "10.11.6-MariaDB-0+deb12u1". Old clients see a "5.5.5-" before
// the version of MariaDB.
func (p *page) bare(marked []*compat.Technology, value, text string) {
	version, _, _ := numberAt(value)
	number, tail, _ := strings.Cut(version, "-")
	if p.imitates(marked, number, value, text) {
		return
	}
	if better := p.m.MarkedWithin(fact.InBanner, value); better != nil {
		marked = better
		version = strings.TrimPrefix(version, "5.5.5-")
	} else if !isPackaging(tail) {
		p.miss(text, "%q is no release of %s", version, marked[0].Name)
		return
	} else {
		version = number
	}
	p.found(marked[0].ID+"-version", marked, version, text)
}

// packagings begin what the packages of distributions, and builds of a server's
// own, append to its version.
var packagings = []string{"0ubuntu", "1ubuntu", "1debian", "1.el", "log", "debug", "commercial", "cluster"}

func isPackaging(tail string) bool {
	for _, begin := range packagings {
		if strings.HasPrefix(tail, begin) {
			return true
		}
	}
	return tail == ""
}

// slapdBanner reads `slapd -V` of OpenLDAP: "@(#) $OpenLDAP: slapd 2.6.7 (…) $".
func slapdBanner(p *page, i int) int {
	line, ok := strings.CutPrefix(p.lines[i], "@(#) $")
	rest, marked := p.m.MarkedPrefix(fact.InBanner, line)
	program, ok2 := strings.CutPrefix(rest, ": ")
	if !ok || marked == nil || !ok2 {
		return 0
	}
	_, number, _ := strings.Cut(program, " ")
	version, _, _ := numberAt(number)
	p.found(marked[0].ID+"-version", marked, version, p.lines[i])
	return 1
}
