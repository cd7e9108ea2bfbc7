package detect

import (
	"regexp"
	"strings"

	"github.com/testedon/testedon/compat/fact"
)

// maxBannerLines is more than @@VERSION and db2level print.
const maxBannerLines = 7

// sqlServerBanner reads @@VERSION: "Microsoft SQL Server 2022 (RTM-CU14)
// (KB5038325) - 16.0.4135.4 (X64)", of Azure "Microsoft SQL Azure (RTM) - 12.0.2000.8",
// and what follows, in lines of its own or in
// this one: the time of the build, the copyright, the edition and the machine of the server.
func sqlServerBanner(p *page, i int) int {
	line := cell(p.lines[i])
	rest, marked := p.m.MarkedPrefix(fact.InBanner, line)
	update, after, ok := strings.Cut(rest, " - ")
	version, beside, number := numberAt(after)
	if marked == nil || !ok || !number || !strings.HasPrefix(line, "Microsoft ") {
		return 0
	}
	n := 1
	for n < maxBannerLines && isSQLServerLine(p.at(i+n)) {
		beside += " " + p.at(i+n)
		n++
	}
	p.server(marked, version, update+" "+sqlServerBuild.ReplaceAllString(beside, ""), p.lines[i])
	return n
}

// sqlServerBuild is what follows the version of SQL Server, whatever its edition.
var sqlServerBuild = regexp.MustCompile(`[A-Z][a-z]{2} +\d+ \d{4} +[\d:]+( [AP]M)?|Copyright \([cC]\)[\d -]*Microsoft Corporation\.?( All rights reserved\.)?` +
	`|((Enterprise|Standard|Developer|Express|Web|Evaluation|Business Intelligence|Workgroup|Data ?[cC]enter) )+Edition( with Advanced Services)?` +
	`(: Core-based Licensing)? \(\d+-bit\)( on (Windows|Linux)[^<]*(<X\d+>)?( \([^)]*\))*)?`)

// isSQLServerLine reports whether a line goes on with what @@VERSION prints: the
// time of the build, the copyright, the edition.
func isSQLServerLine(line string) bool {
	return strings.Contains(line, "Microsoft Corporation") || strings.Contains(line, "Edition") ||
		strings.Count(line, ":") == 2 && len(line) <= len("Sep 27 2023 12:05:43 PM")
}

// db2Level reads db2level, whose lines are broken anywhere; the version is one of
// its "informational tokens": "DB2 v11.5.9.0".
func db2Level(p *page, i int) int {
	if !strings.HasPrefix(p.lines[i], "DB21085I") {
		return 0
	}
	n := 1
	for n < maxBannerLines && p.at(i+n) != "" {
		n++
	}
	whole := strings.Join(p.lines[i:i+n], " ")
	_, tokens, _ := strings.Cut(whole, `"DB2 `)
	version, _, ok := numberAt(tokens)
	if !ok {
		return 0
	}
	p.found("db2level", p.m.Marked(fact.InBanner, "DB2"), version, `DB2 v`+version)
	return n
}
