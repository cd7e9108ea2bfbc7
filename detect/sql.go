package detect

import (
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// serverBanner reads how a server names itself: `SELECT version()` of PostgreSQL,
// `SHOW server_version` with its name, product and version from a driver, psql when it
// connects, `slapd -V`. The version stands right behind the name; a line of prose is none.
func serverBanner(p *page, i int) int {
	line := cell(p.lines[i])
	if key, value, ok := strings.Cut(line, " | "); ok && (p.m.IsLabel(key) || p.m.Marked(fact.InColumn, strings.TrimSpace(key)) != nil) { // expanded display of psql
		line = cell(value)
	} else if _, started, ok := strings.Cut(line, "tarting "); ok { // the first line of a log
		line = started
	} else if _, server, ok := strings.Cut(line, ", server "); ok && strings.HasPrefix(line, "psql (") {
		line = "PostgreSQL " + strings.TrimSuffix(server, ")")
	} else if name, program, ok := strings.Cut(strings.TrimPrefix(line, "@(#) $"), ": slapd "); ok {
		number, _, _ := strings.Cut(program, " ") // its time follows
		line = name + " " + number
	}
	rest, marked := p.m.MarkedPrefix(fact.InBanner, line)
	version, tail, ok := numberAt(rest)
	if _, process, built := strings.Cut(tail, " as process "); built && strings.HasPrefix(tail, "source revision ") {
		tail = strings.TrimLeft(process, "0123456789.")
	}
	if marked == nil || !ok || tail != "" && !strings.ContainsAny(tail[:1], `(,-|"'`) && !strings.HasPrefix(tail, "on ") || strings.HasPrefix(tail, ",") && p.m.Mentions(tail) {
		return 0 // prose, and "MySQL 8, H2", which lists two
	}
	p.server(marked, version, tail, p.lines[i])
	return 1
}

// built is what a banner tells of the machine that the server was built on, whose
// processor has a number, and of the compiler, which names itself and who packs it.
var built = str.Regexp(`((^| )on [a-z]\w*\d\w*-[\w.-]+)?` +
	`(,? compiled by (GCC |Apple |FreeBSD |Homebrew |Debian |Ubuntu |Alpine )*([\w.-]+-)?(gcc|cc|LLVM|clang|icc|icx|xlc|msvc|Visual C\+\+)(\.exe)?(-[\d.]+)?` +
	`( (version|build) )?( ?\((GCC|clang|Debian|Ubuntu|Red Hat|Alpine|SUSE|Homebrew|Gentoo|Rev\d|based on LLVM|git@|https?:)[^)]*\)|[ \d._]|git\d+|build \d+)*` +
	`(\[revision \w+\])?(, \d+-bit)?)?`)

// server records a server, by the names that its banner may mean, its version and what
// stands beside that:
//
//  1. A word that a relative puts beside the name names the relative. Its version is
//     the one printed only where it is run as just that.
//  2. Any other word has to be one that says nothing, as who packs it; else it may be
//     another server, which only gives itself out as this one.
//
// What names no other may still be run by a provider, whose host tells it.
func (p *page) server(marked []*compat.Technology, version, beside, line string) {
	if own := p.sameFamily(p.m.MarkedWithin(fact.InServer, version+" "+beside), marked); own != nil {
		marked = own
	}
	if marked == nil {
		p.unread(line, unknown)
		return
	}
	t := marked[0]
	if t.Derived != nil {
		p.found(t.ID+"-version", marked, "", line)
		return
	}
	if p.m.MarkedWithin(fact.InStranger, beside) != nil {
		p.unread(line, anotherThing, t.Name)
		return
	}
	number, build := version, ""
	if i := strings.IndexAny(version, "-+~"); i > 0 {
		number, build = version[:i], version[i:]
	}
	if p.strange(t, build+" "+built().ReplaceAllString(beside, ""), line) {
		return
	}
	p.add(reading{t.ID + "-version", marked, number, line, family})
}

// buildNumber is a number alone where a build is named: "-28", "(1650426)".
var buildNumber = str.Regexp(`^ ?[-(][\s]*([\d.]+)(\)|-|\s|$)`)

// strange names a line as unread where a word beside the name of a technology is not
// understood.
func (p *page) strange(t *compat.Technology, beside, line string) bool {
	word := t.Strange(beside)
	if m := buildNumber().FindStringSubmatch(beside); m != nil {
		word = m[1]
	}
	if word != "" {
		p.unread(line, strangeName, strconv.Quote(word), t.Name)
	}
	return word != ""
}

// programVersion reads `mysqld --version`, `postgres --version`. A client prints a version of
// its own.
func programVersion(p *page, i int) int {
	line := p.lines[i]
	program, rest, _ := strings.Cut(line, " ")
	program = strings.TrimSuffix(program[strings.LastIndexAny(program, `/\`)+1:], ".exe")
	_, version, ok := strings.Cut(rest, "Distrib ")
	for _, word := range []string{"Ver ", "from ", "(PostgreSQL) "} {
		if number, found := strings.CutPrefix(strings.TrimSpace(rest), word); found && !ok {
			version, ok = number, true
		}
	}
	if _, _, number := numberAt(version); !ok || !number {
		return 0
	}
	switch marked := p.m.Marked(fact.InProgram, program); {
	case marked != nil:
		p.bare(marked, machine().ReplaceAllString(version, "$1"), line)
	case p.m.Marked(fact.InClient, program) == nil:
		return 0
	case !p.connected():
		p.miss(line, "detect.database.client")
	}
	return 1
}

// machine is what a program tells of the machine it was built for, behind its version.
var machine = str.Regexp(`^(\S+?),? +for [\w.-]+( on \w+)?`)

// started reads the lines in which a server of MySQL or MariaDB begins its log: "mysqld (mysqld
// 8.0.36) starting as process 1", and "mysqld: ready for connections. Version: '8.0.36'
// socket: '…'  port: 3306  MySQL Community Server - GPL.", in one line or in two.
func started(p *page, i int) int {
	line := p.lines[i]
	program, version, ok := "mysqld", "", false
	if before, _, starting := strings.Cut(line, ") starting as process "); starting {
		program, version, ok = strings.Cut(before[strings.LastIndexByte(before, '(')+1:], " ")
	} else if _, told, ready := strings.Cut(line, "Version: '"); ready {
		number, rest, _ := strings.Cut(told, "'")
		_, port, listens := strings.Cut(rest, "port: ")
		version, ok = number+" "+strings.TrimLeft(port, "0123456789"), listens
	}
	marked := p.m.Marked(fact.InProgram, program)
	if !ok || marked == nil {
		return 0
	}
	p.bare(marked, version, line)
	return 1
}

// dumped reads the version of the server in the head of a dump, and what mysqladmin prints.
func dumped(p *page, i int) int {
	line := p.lines[i]
	if version, ok := strings.CutPrefix(line, "Dumped from database version "); ok {
		p.bare(p.m.Marked(fact.InBanner, "PostgreSQL"), version, line)
		return 1
	}
	if version, ok := strings.CutPrefix(line, "Server version\t"); ok {
		p.status(strings.TrimSpace(version), line)
		return 1
	}
	if slices.ContainsFunc(dumpLines, func(begin string) bool { return strings.HasPrefix(line, begin) }) && p.connected() {
		return 1
	}
	return 0
}

// dumpLines begin the lines around the version of the server in the head of a dump.
var dumpLines = []string{"Dumped by ", "MySQL dump ", "MariaDB dump ", "PostgreSQL database dump", "phpMyAdmin SQL Dump", "Host: "}

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
		if value := cell(p.at(i + n)); value != "" && str.IsDigit(value[0]) {
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
	if line[0] != '|' {
		return 0
	}
	_, rest, ok := numberAt(cell(line))
	if !ok || p.m.MarkedWithin(fact.InBanner, rest) == nil {
		return 0
	}
	p.bare(p.m.Marked(fact.InProgram, "mysqld"), cell(line), line)
	return 1
}

// bare reads a version that stands for itself, of the server that the words behind it
// name where they do: "10.11.6-MariaDB-0+deb12u1". Old clients see a "5.5.5-" before the
// version of MariaDB.
func (p *page) bare(marked []*compat.Technology, value, text string) {
	version, beside, _ := numberAt(value)
	if better := p.m.MarkedWithin(fact.InBanner, value); better != nil {
		marked = better
		version = strings.TrimPrefix(version, "5.5.5-")
	}
	p.server(marked, version, beside, text)
}
