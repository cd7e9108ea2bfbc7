package detect

import (
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
)

// labelled reads a block of "Label: value" lines: of lsb_release, sw_vers,
// systeminfo, hostnamectl, lscpu, kubectl describe node, the mysql client.
func labelled(p *page, i int) int {
	return p.block(i, label, false, lsbRelease, swVers, systemInfo, javaTool, systemImage, architecture, kubeVersion, mysqlStatus)
}

// needless are labels of systeminfo that ask for a component, beside others that tell of it.
var needless = []string{"osversion", "osmanufacturer", "processor(s)"}

// releaseParts begin the names in $JAVA_HOME/release.
var releaseParts = []string{"OS_", "JAVA_", "JVM_"}

// maxTold bounds the lines that are compared with those of a block.
const maxTold = 64

// leave gives back those lines of a block that was read whose labels ask for a component,
// "Database: Oracle 19c", or which name one that is no part of a machine, and of which nothing
// was told.
func (p *page) leave(i, n int) {
	told := p.texts[:min(len(p.texts), maxTold)]
	for ; n > 0; i, n = i+1, n-1 {
		line := p.lines[i]
		key := line[:max(0, strings.IndexAny(line, ":="))]
		pair, _ := label(line)
		other := strings.ContainsAny(pair.value, `\/`) || !p.m.Mentions(pair.value)
		if slices.Contains(needless, pair.key) || strings.EqualFold(pair.value, "linux") || slices.Contains(releaseParts, key[:strings.IndexByte(key, '_')+1]) || other && !p.m.IsLabel(key) {
			continue
		}
		named, _ := p.m.Holds(key)
		if named = named || !strings.Contains(key, ".") && !strings.ContainsAny(pair.value, `\/`) && p.m.MentionsBeyond(pair.value, "os", "arch"); named && !slices.ContainsFunc(told, func(text string) bool { return strings.Contains(text, line) }) {
			p.left = append(p.left, i)
		}
	}
}

// maxLabel bounds a label in bytes.
const maxLabel = 64

// osArch is the label of docker, with a stroke in it.
const osArch = "os/arch"

// label reads "OS Name:   Microsoft Windows 11 Pro" as the key "osname"; "Nom du système
// d'exploitation" has an apostrophe, which is no quotation mark.
func label(line string) (pair, bool) {
	i := strings.IndexByte(line, ':')
	if i <= 0 || i > maxLabel || i+1 < len(line) && line[i+1] != ' ' && line[i+1] != '\t' || strings.Contains(line, "jdbc:") {
		return pair{}, false
	}
	if !isWordRune(rune(line[0])) && line[0] != '-' && line[0] != '[' || strings.ContainsAny(line[:i], `/"|=`) && !strings.EqualFold(line[:i], osArch) || line[i-1] == '\'' {
		return pair{}, false
	}
	key := strings.ToLower(noBlanks.Replace(line[:i]))
	return pair{strings.TrimLeft(key, "-"), strings.Trim(strings.TrimSpace(line[i+1:]), `"'`), line}, true
}

var noBlanks = strings.NewReplacer(" ", "", "\t", "")

// lsbRelease reads `lsb_release -a`.
func lsbRelease(p *page, b block) bool {
	id, release, description := b.get("distributorid"), b.get("release"), b.get("description")
	text := b.lines("distributorid", "release")
	rest, named := p.m.MarkedPrefix(fact.InOSName, description)
	switch {
	case id == "" && named == nil:
		return false
	case id == "":
		p.system("lsb_release", named, rest, b.lines("description"))
	case release == "n/a":
		p.found("lsb_release", p.m.Marked(fact.InOSRelease, id), "", text)
		p.unread(text, noRelease)
	default:
		p.described("lsb_release", p.m.Marked(fact.InOSRelease, id), release, description, text)
	}
	return true
}

// swVers reads sw_vers of macOS.
func swVers(p *page, b block) bool {
	name := b.get("productname")
	if name == "" || b.get("productversion") == "" {
		return false
	}
	p.found("sw_vers", p.m.Marked(fact.InOSName, name), b.get("productversion"), b.lines("productname", "productversion"))
	return true
}

// systemImages are the labels under which a system's full name is printed, and
// what prints them.
var systemImages = []struct{ key, from string }{
	{"operatingsystem", "hostnamectl"},
	{"osimage", "node-info"},
	{"systemversion", "system_profiler"},
}

// systemImage reads the full name of a system: "OS Image: Ubuntu 22.04.4 LTS".
func systemImage(p *page, b block) bool {
	known := false
	for _, image := range systemImages {
		value := b.get(image.key)
		if value == "" || strings.EqualFold(value, "linux") {
			continue
		}
		known = true
		if i := strings.LastIndex(value, ", "); i > 0 {
			if name, version, _ := p.systemWords(value[:i]); version != "" {
				p.javaSystem("carbon-log", name, version, classless(value[i+2:]), b.lines(image.key))
				continue
			}
		}
		rest, marked := p.m.MarkedPrefix(fact.InOSName, value)
		if cpe := strings.Split(b.get("cpeosname"), ":"); rest == "" && len(cpe) > 4 {
			rest = cpe[4]
		}
		p.system(image.from, marked, rest, b.lines(image.key))
	}
	return known
}

// architecture reads "Architecture: x86_64", "x64-based PC" whatever the language of its
// label, and "OS/Arch: linux/amd64" of docker.
func architecture(p *page, b block) bool {
	known := false
	for _, pair := range b {
		machine, pc := strings.CutSuffix(pair.value, "-based PC")
		if pair.key == osArch {
			_, machine, pc = strings.Cut(pair.value, "/")
		}
		if pc || pair.key == "architecture" {
			p.found("machine", p.m.Marked(fact.InMachine, machine), "", pair.line)
			known = true
		}
	}
	return known
}

// mysqlStatus reads the server's version from what the mysql client prints when it connects,
// and for `status`; "Server Version" is of kubectl and docker.
func mysqlStatus(p *page, b block) bool {
	line := b.lines("serverversion")
	known := strings.HasPrefix(line, "Server version")
	if known {
		p.status(b.get("serverversion"), line)
	}
	return known
}

// status records the version of a server. Others than MySQL have a server too, so the line
// names it, or one beside it tells of the connection or the dump.
func (p *page) status(value, line string) {
	if !p.connected() && p.m.MarkedWithin(fact.InBanner, value) == nil && p.m.MarkedWithin(fact.InServer, value) == nil {
		p.unread(line, "detect.server")
		return
	}
	p.bare(p.m.Marked(fact.InProgram, "mysqld"), value, line)
}

// connections are signs of what the mysql client, mysqladmin and the heads of dumps print beside the
// version of a server.
var connections = []string{"connection id", "protocol version", "mysql dump ", "mariadb dump ", "phpmyadmin sql dump", "dumped from database version"}

// connected reports whether the text tells of a connection to a server, and of its version.
func (p *page) connected() bool {
	if p.connection == 0 {
		text := strings.ToLower(strings.Join(p.lines, "\n"))
		p.connection = -1
		told := strings.Contains(text, "server version") || strings.Contains(text, "dumped from ")
		if told && slices.ContainsFunc(connections, func(sign string) bool { return strings.Contains(text, sign) }) {
			p.connection = 1
		}
	}
	return p.connection > 0
}
