package detect

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/internal/str"
)

// bomFormats are bills of materials, which list the packages of a system or an image.
var bomFormats = []format{
	{"cyclonedx", "bomFormat|bom", "", bill},
	{"spdx", "spdxVersion|@graph", "", bill},
	{"spdx", "PackageName", "Package* SPDX* External* File* Document* Creat* License* Primary* Relationship* Data*", bill},
	{partAlone, "type|primaryPackagePurpose name", "", bill},
	{partAlone, "purl", "", bill},
}

// partAlone is the format of a part without its bill.
const partAlone = "sbom"

// part is what a bill of materials lists.
type part struct {
	Kind    string `json:"type,omitempty"` // "operating-system", "library"
	Name    string `json:"name,omitempty"`
	Version string `json:"version,omitempty"`
	PURL    string `json:"purl,omitempty"`
	CPE     string `json:"cpe,omitempty"`
}

// isServer reports whether a part may be what runs, and is no library or file.
func (p *part) isServer() bool {
	return slices.Contains([]string{system, "container", "application", "platform"}, p.Kind)
}

// system is the kind of an operating system.
const system = "operating-system"

// parts calls a function with each part that is listed in an entry. What a tool tells of itself
// is none.
func (e *entry) parts(take func(part)) {
	var one part
	for in := e.first; in != nil; in = in.next {
		if in.key == "PackageName" && one.Name != "" { // lines of a tag and a value
			one.take(take)
			one = part{}
		}
		one.learn(in, 4)
		if in.first != nil && in.key != "tools" && in.key != "relationships" && in.key != "dependencies" {
			in.parts(take)
		}
	}
	one.take(take)
}

// learn takes what an entry tells of a part. Identifiers may stand in lists.
func (p *part) learn(e *entry, depth int) {
	switch {
	case strings.HasPrefix(e.value, "pkg:"):
		p.PURL = strings.ReplaceAll(e.value, `\u0026`, "&") // as Go writes it in JSON
	case strings.HasPrefix(e.value, "cpe:"):
		p.CPE = e.value
	case e.key == "ExternalRef":
		p.learn(&entry{value: e.value[strings.LastIndexByte(e.value, ' ')+1:]}, 0)
	case depth == 4 && e.value != "":
		switch e.key {
		case "type", "primaryPackagePurpose", "PrimaryPackagePurpose", "software_primaryPurpose":
			p.Kind = e.value
		case "name", "PackageName":
			p.Name = e.value
		case "version", "versionInfo", "PackageVersion", "software_packageVersion":
			p.Version = e.value
		}
	case depth > 0 && slices.Contains([]string{"", "externalRefs", "externalIdentifier"}, e.key):
		for in := e.first; in != nil; in = in.next {
			p.learn(in, depth-1)
		}
	}
}

// take calls a function with the part if it is one.
func (p *part) take(take func(part)) {
	p.Kind = strings.ReplaceAll(strings.ToLower(p.Kind[strings.LastIndexByte(p.Kind, '/')+1:]), "_", "-")
	if p.Name != "" && (p.PURL+p.CPE != "" || p.isServer()) {
		take(*p)
	}
}

// bill reads a bill of materials, or a part that stands alone. Libraries are not told one by one.
func bill(d *document, e *entry) bool {
	n, known, had := 0, 0, len(d.evidence)
	distros := map[string]bool{}
	e.parts(func(p part) {
		if n++; !d.full() && d.part(&p, distros) {
			known++
		}
	})
	if d.from == partAlone {
		return len(d.evidence) > had
	}
	for i := d.root.line; i < e.end && (d.lines[i] == "" || strings.HasPrefix(d.lines[i], "#####")); i++ { // "##### Package: ubuntu"
		d.own(i, i+1)
	}
	left, _ := strconv.Atoi(e.at(leftOut).value)
	text := d.say("detect.bill", strconv.Itoa(n+left), strconv.Itoa(known))
	d.named(text, text, false)
	return n+left > 0
}

// part reads a part of a bill of materials, and reports whether it is known. Where it has a
// package URL that decides: whoever guesses a CPE takes drivers for databases.
func (d *document) part(p *part, distros map[string]bool) bool {
	text := strings.TrimSpace(p.Name + " " + p.Version + " " + p.PURL)
	if p.Kind == system {
		d.found(d.from, d.osNamed(p.Name), p.Version, text)
		return true
	}
	if ref, _ := parseImage(p.Name); p.Kind == "container" && d.imageProduct(ref) != nil {
		name := strings.TrimSuffix(ref.path+":"+cmp.Or(ref.tag, p.Version), ":")
		d.image(d.from, strings.Replace(name, ":sha256:", "@sha256:", 1), text)
		return true
	}
	id, ok := compat.ParseIdentifier(p.PURL)
	if !ok && p.PURL == "" {
		id, ok = compat.ParseIdentifier(p.CPE)
	}
	switch found, _ := d.m.Identified(&id); {
	case found == nil && (!ok && p.isServer() || id.Type == "generic") && d.matters(p.Name):
		d.unread(text, unknown)
		return false
	case !ok:
		return false
	}
	if id.Distro != "" && !distros[id.Distro] {
		distros[id.Distro] = true
		d.distro(d.from, &id, text)
	}
	return d.identified(d.from, &id, text)
}

// distro records the system that a package is of: "debian-12", "opensuse-leap-15.6", "noble",
// "13" of Debian.
func (p *page) distro(from string, id *compat.Identifier, line string) {
	text := id.Distro
	name, version := text, ""
	if space, _, ok := strings.Cut(strings.TrimPrefix(id.Name, "pkg:"+id.Type+"/"), "/"); ok && str.IsDigit(text[0]) {
		name, version = space, text
	} else if i := strings.LastIndexAny(text, "- "); i > 0 {
		name, version = text[:i], text[i+1:]
	}
	marked := p.osNamed(name)
	if marked == nil {
		marked, version = p.cycleNamed(text)
	}
	if marked != nil {
		p.found(from, marked, version, line)
	} else {
		p.unread(line, "detect.bill.system", strconv.Quote(text))
	}
}

// identified records what an identifier names, and reports whether it names something.
func (p *page) identified(from string, id *compat.Identifier, line string) bool {
	marked, number := p.m.Identified(id)
	if marked == nil {
		image, ok := strings.CutPrefix(id.Name, "pkg:docker/")
		ref := imageRef{path: image, tag: id.Version}
		if by, _, _ := p.imageMark(ref); !ok || by == nil && p.imageProduct(ref) == nil {
			return false
		}
		p.image(from, strings.TrimSuffix(image+":"+id.Version, ":"), line)
		return true
	}
	for _, version := range id.Versions(number) {
		if _, _, err := p.shortest(marked[0], version); err == nil {
			p.found(from, marked, version, line)
			return true
		}
	}
	p.found(from, marked, id.Version, line) // which tells why it is no version
	return true
}

// identifier reads a package URL or a CPE in a line, alone or behind a label.
func identifier(p *page, i int) int {
	line := cell(p.lines[i])
	at := max(strings.Index(line, "pkg:"), strings.Index(line, "cpe:"))
	if at < 0 || at > maxLabel || at > 0 && strings.IndexByte(" =:\"'", line[at-1]) < 0 {
		return 0
	}
	word, _, _ := strings.Cut(line[at:], " ")
	id, ok := compat.ParseIdentifier(strings.Trim(word, `",;'`))
	if !ok {
		return 0
	}
	if id.Distro != "" {
		p.distro("identifier", &id, line)
	}
	switch known := p.identified("identifier", &id, line); {
	case known || id.Distro != "":
	case id.IsLibrary():
		text := printable(line)
		p.named(text+" ("+p.say("detect.bill.library")+")", text, false)
	default:
		p.miss(line, unknown)
	}
	return 1
}

// leftOut is the key under which [Excerpt] tells how many parts it left out.
const leftOut = "leftOut"

// Excerpt gives what a bill of materials of any size lists as a small one that [Read] takes,
// without libraries, which it only counts; false where it is none.
func Excerpt(text string) (bill string, ok bool) {
	lines := strings.Split(text, "\n")
	n, libraries := 0, 0
	var b strings.Builder
	b.WriteString("{\"bomFormat\": \"CycloneDX\", \"components\": [\n")
	outline(lines, 0, len(lines)).parts(func(p part) {
		n++
		if id, ok := compat.ParseIdentifier(p.PURL); ok && id.IsLibrary() && p.Kind != system {
			libraries++
			return
		}
		row, _ := json.Marshal(p) // of texts alone
		b.Write(append(row, ",\n"...))
	})
	fmt.Fprintf(&b, "], %q: %d}\n", leftOut, libraries)
	return b.String(), n > 0
}
