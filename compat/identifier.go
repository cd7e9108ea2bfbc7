package compat

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// Identifier is a package URL or a CPE, taken apart.
type Identifier struct {
	In      fact.Place // of the marks that name it: [fact.InPURL] or [fact.InCPE]
	Name    string     // up to the version: "pkg:deb/debian/postgresql-16", "cpe:2.3:o:redhat:enterprise_linux"
	Type    string     // of a package URL: "deb"
	Version string     // as written, without an epoch
	Distro  string     // the system that a package is of: "debian-12"
	beside  string     // the words of a CPE behind its version
}

// ParseIdentifier reads a package URL ("pkg:deb/debian/postgresql-16@16.4-1?distro=debian-12") or a
// CPE, in either of its forms.
func ParseIdentifier(text string) (Identifier, bool) {
	if len(text) < len("pkg:a/b") || len(text) > maxIdentifier {
		return Identifier{}, false
	}
	switch begin := strings.ToLower(text[:5]); {
	case begin[:4] == "pkg:":
		return packageURL(text[4:])
	case begin == "cpe:/":
		return cpe(strings.Split(text[5:], ":"), func(part string) string {
			plain, _ := url.PathUnescape(part)
			return strings.ReplaceAll(plain, "~", " ")
		})
	case begin == "cpe:2":
		return cpe(cpePart.FindAllString(strings.TrimPrefix(text[5:], ".3:"), -1), func(part string) string { return strings.ReplaceAll(part, `\`, "") })
	}
	return Identifier{}, false
}

// cpePart is what stands between colons that no stroke escapes.
var cpePart = regexp.MustCompile(`(?:[^:\\]|\\.)*`)

// maxIdentifier bounds an identifier in bytes.
const maxIdentifier = 1024

// packageURL reads what follows "pkg:": type/namespace/name@version?qualifiers#subpath.
func packageURL(text string) (Identifier, bool) {
	u, err := url.Parse("pkg:" + strings.TrimLeft(text, "/"))
	if err != nil {
		return Identifier{}, false
	}
	text, id := u.Opaque, Identifier{In: fact.InPURL, Distro: u.Query().Get("distro")}
	if i := strings.LastIndexByte(text, '@'); i > 0 {
		id.Version, _ = url.PathUnescape(text[i+1:])
		text = text[:i]
	}
	name, err := url.PathUnescape(text)
	kind, _, ok := strings.Cut(name, "/")
	id.Type, id.Name = strings.ToLower(kind), "pkg:"+name
	if _, rest, epoch := strings.Cut(id.Version, ":"); epoch {
		id.Version = rest
	}
	return id, ok && err == nil && !strings.HasPrefix(id.Version, "sha256:")
}

// cpe makes an identifier of the parts of a CPE: part, vendor, product, version, update, and
// words that narrow it down.
func cpe(parts []string, plain func(string) string) (Identifier, bool) {
	for i, part := range parts {
		if parts[i] = plain(part); part == "*" || part == "-" {
			parts[i] = ""
		}
	}
	parts = append(parts, make([]string, 10)...)
	if parts[1] == "" || parts[2] == "" {
		return Identifier{}, false
	}
	parts[6], parts[9] = "", "" // the language and the processor
	id := Identifier{In: fact.InCPE, Name: "cpe:2.3:" + strings.Join(parts[:3], ":"), Version: parts[3], beside: strings.Join(parts[5:], " ")}
	switch update := strings.ToLower(parts[4]); {
	case update == "" || update == "ga" || id.Version == "":
	case strings.HasPrefix(update, "update"): // of Java
		id.Version += "_" + strings.TrimPrefix(update[len("update"):], "_")
	case str.IsDigit(update[0]) && parts[0] == "o":
		id.Version += "." + update
	default:
		id.Version += " " + update
	}
	return id, true
}

// systems are the types of package URLs that may name a component; all others name libraries.
var systems = []string{"generic", "deb", "rpm", "apk", "alpm", "brew", "docker", "oci", "github", "swid", "qpkg"}

// IsLibrary reports whether an identifier is of a kind of packages that are libraries, such as the
// driver of a database: it names no component.
func (id *Identifier) IsLibrary() bool {
	return id.In == fact.InPURL && !slices.Contains(systems, id.Type)
}

// Versions are what may be read as the version, the most precise first, with the number in the
// name at the end. What comes before a release is not cut to it.
func (id *Identifier) Versions(number string) []string {
	all := []string{cmp.Or(id.Version, number)}
	if id.Version == "" || unreleased.MatchString(id.Version) {
		return all
	}
	for _, i := range []int{strings.LastIndexByte(id.Version, '-'), strings.IndexAny(id.Version, "-+~_")} { // the revision of a package, and all of its own
		if i > 0 {
			all = append(all, id.Version[:i])
		}
	}
	if number != "" {
		all = append(all, number)
	}
	return all
}

// unreleased is what versions of what comes before a release hold.
var unreleased = regexp.MustCompile(`(?i)alpha|beta|rc|preview|[-~]ea`)

// Identified gives the technologies that an identifier names, and the number in its name:
// "16" of "postgresql-16".
func (m *Matrix) Identified(id *Identifier) (found []*Technology, number string) {
	if id.IsLibrary() {
		return nil, ""
	}
	head := min(len(id.Name), len("cpe:2.3:"))
	pattern, number := str.Numbered(id.Name[head:])
	if found = m.Marked(id.In, id.Name); found != nil {
		number = ""
	} else {
		found = m.Marked(id.In, id.Name[:head]+pattern)
	}
	if found == nil && slices.Contains([]string{"deb", "rpm", "apk"}, id.Type) {
		found = m.Marked(fact.InPackage, pattern[strings.LastIndexByte(pattern, '/')+1:])
	}
	return slices.DeleteFunc(slices.Clone(found), func(t *Technology) bool {
		return slices.ContainsFunc(strings.Fields(id.beside), func(word string) bool { return t.Strange(word) != "" && !t.IsHarmless(word) })
	}), number
}

// identifier reads a package URL or a CPE. What it does not name is nothing that resembles it.
func (r *resolver) identifier() (Component, bool) {
	id, ok := ParseIdentifier(r.text)
	if !ok {
		return Component{}, false
	}
	found, number := r.m.Identified(&id)
	if len(found) == 0 {
		return Component{Reason: r.m.words.Text("unread.identifier", strconv.Quote(id.Name))}, true
	}
	for _, version := range id.Versions(number) {
		if c, ok := r.choose(found, version); ok {
			return c, true
		}
	}
	return Component{Reason: r.reason()}, true
}
