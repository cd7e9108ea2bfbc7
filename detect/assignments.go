package detect

import (
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// maxBlock bounds the lines that are looked through as one block.
const maxBlock = 400

// pair is a line that gives a name a value.
type pair struct {
	key, value string
	line       string
}

// block is neighbouring pairs.
type block []pair

// get gives the value of a key, empty where there is none.
func (b block) get(key string) string {
	for _, p := range b {
		if p.key == key {
			return p.value
		}
	}
	return ""
}

// values joins the values of some keys.
func (b block) values(keys ...string) string {
	var all []string
	for _, key := range keys {
		all = append(all, b.get(key))
	}
	return strings.Join(all, " ")
}

// lines joins the lines of some keys, as the text of what was read from them.
func (b block) lines(keys ...string) string {
	var all []string
	for _, p := range b {
		if slices.Contains(keys, p.key) {
			all = append(all, p.line)
		}
	}
	return strings.Join(all, " ")
}

// assignments reads a block of NAME=value lines: /etc/os-release,
// /etc/lsb-release, $JAVA_HOME/release, `wmic os get /value`.
func assignments(p *page, i int) int {
	return p.block(i, assignment, true, osRelease, lsbReleaseFile, javaRelease, systemInfo)
}

// assignment reads NAME=value and NAME="value".
func assignment(line string) (pair, bool) {
	key, value, ok := strings.Cut(strings.TrimPrefix(line, crashOS), "=")
	if !ok || key == "" || key[0] < 'A' || key[0] > 'Z' || strings.ContainsAny(key, " \t") {
		return pair{}, false
	}
	return pair{key, strings.Trim(value, `"'`), line}, true
}

// listed is how far systeminfo indents what goes on with a list, at least.
const listed = "                    "

// block hands the pairs from a line on to readers, which report whether they know them, and
// gives the number of lines that one knows. Where keys are unique, one that comes again begins
// another block, as it does where two files are printed one after the other. Comments, and a
// blank line before a further pair, belong to the block. One that was looked through in vain
// is not looked through again.
func (p *page) block(i int, read func(string) (pair, bool), unique bool, readers ...func(*page, block) bool) (n int) {
	if i < p.blockEnd {
		return 0
	}
	var b block
	seen := map[string]bool{}
	for ; n < maxBlock && i+n < len(p.lines); n++ {
		line := p.lines[i+n]
		if len(b) > 0 && p.goesOn(i+n, read) {
			continue
		}
		pair, ok := read(line)
		if !ok && len(b) > 0 && strings.HasPrefix(p.raw[i+n], listed) {
			continue
		}
		if !ok || unique && seen[pair.key] {
			break
		}
		seen[pair.key] = true
		b = append(b, pair)
	}
	return p.readBlock(i, n, b, readers)
}

// maxComment is how many lines of a comment may stand between pairs.
const maxComment = 4

// goesOn reports whether a line is blank or a comment, and a further pair follows it.
func (p *page) goesOn(i int, read func(string) (pair, bool)) bool {
	for n := 0; n < maxComment; n++ {
		if line := p.at(i + n); line != "" && line[0] != '#' {
			_, more := read(line)
			return n > 0 && more
		} else if line == "" && n > 0 {
			return false
		}
	}
	return false
}

// readBlock asks readers for a block, and remembers one that none of them knows.
func (p *page) readBlock(i, n int, b block, readers []func(*page, block) bool) int {
	if len(b) == 0 {
		return 0
	}
	known := false
	p.texts = p.texts[:0]
	for _, read := range readers {
		known = read(p, b) || known
	}
	if !known {
		p.blockEnd = i + n
		return 0
	}
	p.leave(i, n)
	return n
}

// osRelease reads /etc/os-release; see its manual page, os-release(5). CentOS and
// CentOS Stream share an ID, and only their names tell them apart; what is not understood
// in a name, a version or a variant is of another system, which kept the ID, or of a
// release to come.
func osRelease(p *page, b block) bool {
	id := b.get("ID")
	if id == "" {
		return false
	}
	marked := p.m.Marked(fact.InOSRelease, id)
	if name := b.get("NAME"); name != "" {
		_, named := p.m.MarkedPrefix(fact.InOSName, name)
		marked = common(marked, named)
	}
	if b.get("VERSION_ID") == "" {
		p.described("os-release", marked, "", b.values("NAME", "VARIANT", "VARIANT_ID"), b.lines("ID"))
		p.unread(b.lines("ID"), noRelease)
		return true
	}
	described := b.values("NAME", "VERSION", "PRETTY_NAME", "VARIANT", "VARIANT_ID", "REDHAT_SUPPORT_PRODUCT_VERSION")
	if stage := b.get("RELEASE_TYPE"); stage != "stable" && stage != "lts" {
		described += " " + stage
	}
	p.described("os-release", marked, b.get("VERSION_ID"), described, b.lines("ID", "VERSION_ID"))
	return true
}

// noRelease is why a system without a version is not all that is told.
const noRelease = "detect.system.release"

// described records a system by its version, if what it says of itself is understood.
func (p *page) described(from string, marked []*compat.Technology, version, described, text string) {
	if len(marked) == 0 || !p.strange(marked[0], strings.ReplaceAll(described, " release ", " "), text) {
		p.found(from, marked, version, text)
	}
}

// lsbReleaseFile reads /etc/lsb-release.
func lsbReleaseFile(p *page, b block) bool {
	id := b.get("DISTRIB_ID")
	if id == "" {
		return false
	}
	text := b.lines("DISTRIB_ID", "DISTRIB_RELEASE")
	p.described("lsb-release", p.m.Marked(fact.InOSRelease, id), b.get("DISTRIB_RELEASE"), b.values("DISTRIB_DESCRIPTION"), text)
	return true
}
