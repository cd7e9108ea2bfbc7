package detect

import (
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// maxBannerLines is more than @@VERSION and db2level print.
const maxBannerLines = 7

// sqlServerBanner reads @@VERSION: "Microsoft SQL Server 2022 (RTM-CU14)
// (KB5038325) - 16.0.4135.4 (X64)", of Azure "Microsoft SQL Azure (RTM) - 12.0.2000.8", and
// what follows: the time of the build, the copyright, the edition and the machine of the server.
func sqlServerBanner(p *page, i int) int {
	if !strings.Contains(p.lines[i], "Microsoft SQL ") {
		return 0
	}
	line, n := cell(serverProcess().ReplaceAllString(p.lines[i], "")), 1
	for n < 3 && (strings.HasSuffix(line, " -") || strings.HasSuffix(line, ")") && strings.HasPrefix(p.at(i+n), "- ")) {
		line += " " + p.at(i+n)
		n++
	}
	rest, marked := p.m.MarkedPrefix(fact.InBanner, line)
	update, after, ok := strings.Cut(rest, " - ")
	version, beside, number := numberAt(after)
	if marked == nil || !ok || !number {
		return 0
	}
	for n < maxBannerLines && isSQLServerLine(p.at(i+n)) {
		beside += " " + p.at(i+n)
		n++
	}
	p.server(marked, version, sqlServerEdition().ReplaceAllString(update, "")+" "+sqlServerBuild().ReplaceAllString(beside, ""), line)
	return n
}

// serverProcess is what stands before a message in the log of SQL Server.
var serverProcess = str.Regexp(`^(Server|spid\d+s?) +`)

// edition is what tells the edition of SQL Server, which may also stand before its version.
const edition = `((Enterprise|Standard|Developer|Express|Web|Evaluation|Business Intelligence|Workgroup|Data ?[cC]enter) )+Edition( with Advanced Services)?(: Core-based Licensing)?`

var sqlServerEdition = str.Regexp(edition + `( \(\d+-bit\))?`)

// sqlServerBuild is what follows the version of SQL Server, whatever its edition.
var sqlServerBuild = str.Regexp(`[A-Z][a-z]{2} +\d+ \d{4} +[\d:]+( [AP]M)?|Copyright \([cC]\)[\d -]*Microsoft Corporation\.?( All rights reserved\.)?` +
	`|` + edition + ` \(\d+-bit\)( on (Windows|Linux)[^<]*(<X\d+>)?( \([^)]*\))*)?`)

// isSQLServerLine reports whether a line goes on with what @@VERSION prints: the
// time of the build, the copyright, the edition.
func isSQLServerLine(line string) bool {
	return strings.Contains(line, "Microsoft Corporation") || strings.Contains(line, "Edition") || strings.HasPrefix(line, "on Windows ") || strings.HasPrefix(line, "on Linux ") ||
		fits(line, "Aaa ?d dddd") > 0 && len(line) <= len("Sep 27 2023 12:05:43 PM")
}

// db2Parts stand in the lines of db2level.
var db2Parts = []string{`level`, `identifier `, "tokens are", `"DYN`, "Fix Pack", "Product is installed"}

// db2Level reads db2level, whose lines are broken anywhere, db2pd, which prints the same
// without quotes, and one of these lines alone; the version is one of the "informational
// tokens": "DB2 v11.5.9.0". A connection tells it behind the system of the server.
func db2Level(p *page, i int) int {
	line := p.lines[i]
	if _, server, ok := strings.Cut(line, "= DB2/"); ok && strings.HasPrefix(line, "Database server ") {
		system, number, _ := strings.Cut(server, " ")
		version, _, _ := numberAt(number)
		if version == "" || !db2System().MatchString(system) {
			p.unread(line, unknown)
			return 1
		}
		p.found("db2-connection", p.m.Marked(fact.InBanner, "DB2"), version, line)
		if strings.HasPrefix(p.at(i+2), "Local database alias ") {
			return 3
		}
		return 1
	}
	if !strings.HasPrefix(line, "DB21085I") && !strings.Contains(line, "DB2 code release") && !strings.Contains(line, "nformational tokens are") &&
		!strings.HasPrefix(line, "DB2 Level Information") {
		return 0
	}
	n := 1
	for n < maxBannerLines && slices.ContainsFunc(db2Parts, func(part string) bool { return strings.Contains(p.at(i+n), part) }) {
		n++
	}
	_, tokens, _ := strings.Cut(strings.Join(p.lines[i:i+n], " "), "okens are ")
	version, _, ok := numberAt(strings.TrimPrefix(strings.TrimLeft(tokens, `" `), "DB2 "))
	if !ok {
		return 0
	}
	p.found("db2level", p.m.Marked(fact.InBanner, "DB2"), version, `DB2 v`+version)
	return n
}

// db2System are the systems of Db2 for Linux, UNIX and Windows, as it names them.
var db2System = str.Regexp(`^(LINUX|NT|AIX|HPUX|SUN|DARWIN)\w*$`)
