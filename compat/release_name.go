package compat

import (
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/wording"
	"github.com/testedon/testedon/internal/str"
)

// Named finds the releases that a text names, in these steps:
//
//  1. The release or alias of just that name: "2.0.0-M4".
//  2. The same without what people write before it: "v4.4.0", "wso2am-4.2.0".
//  3. "latest": the highest that is neither provisional nor a pre-release.
//  4. The release it begins with, where an update or a pre-release of it follows:
//     "4.4.0.95", "4.2.0 update level 95", "4.6.0-alpha".
//  5. The releases that begin with it: "4.4", "4.4.x". Where there are several,
//     none of them is meant for sure.
//
// [Product.Taken] says which step it was, where that is not the first.
func (p *Product) Named(text string) []*Release {
	var buf [fact.UsualName]byte
	if r := p.releases[string(fact.AppendReleaseKey(buf[:0], text))]; r != nil {
		return []*Release{r}
	}
	plain := p.plain(text)
	switch r := p.releases[plain]; {
	case r != nil:
		return []*Release{r}
	case wording.ClassOf(plain)&wording.Newest != 0 && len(p.ordered) > 0:
		return []*Release{p.Latest()}
	}
	if r := p.updated(plain); r != nil {
		return []*Release{r}
	}
	return p.Beginning(plain)
}

// Taken says in a sentence which release a text was taken for; empty where it
// names the release.
func (p *Product) Taken(text string, r *Release) string {
	if text == r.Version {
		return ""
	}
	var buf [fact.UsualName]byte
	how := "only"
	plain := p.plain(p.short(text))
	switch {
	case p.releases[string(fact.AppendReleaseKey(buf[:0], text))] == r:
		return ""
	case p.releases[plain] == r:
		how = "same"
	case wording.ClassOf(plain)&wording.Newest != 0 && (r.provisional || isPreRelease(r.Version)):
		how = "newest_known"
	case wording.ClassOf(plain)&wording.Newest != 0:
		how = "newest"
	case p.updated(plain) == r:
		how = "begins"
	}
	return p.m.words.Text("taken", how, text, r.Version, p.Name, plain)
}

// plain is a text in the spelling of releases without what people write around
// the number: the name of the product or of its pack, "version", "v".
func (p *Product) plain(text string) string {
	if vendor, rest, ok := strings.Cut(text, "/"); ok && fact.Key(vendor) == fact.Key(p.Vendor) { // of an image
		text = rest
	}
	text = strings.TrimSpace(strings.NewReplacer("(", " ", ")", " ").Replace(text))
	for i := len(text) - 1; i > 0; i-- {
		if isReleaseSign(text[i]) && slices.ContainsFunc(p.Names(), func(name string) bool { return fact.Key(name) == fact.Key(text[:i]) }) {
			text = text[i+1:]
			break
		}
	}
	for word, rest, ok := strings.Cut(text, " "); ok && wording.ClassOf(word)&wording.Fills != 0; word, rest, ok = strings.Cut(text, " ") {
		text = strings.TrimSpace(rest)
	}
	return p.dotted(releaseKey(text))
}

// dotted is a text that begins with a release without its dots, "620" or "620-m1", with them.
func (p *Product) dotted(text string) string {
	const least = 3
	rest := strings.TrimLeft(text, "0123456789")
	number := text[:len(text)-len(rest)]
	if len(number) < least || strings.HasPrefix(rest, ".") {
		return text
	}
	versions := slices.Clone(p.Published)
	for _, r := range p.ordered {
		versions = append(versions, releaseKey(r.Version))
	}
	for _, version := range versions {
		if strings.ReplaceAll(version, ".", "") == number {
			return version + rest
		}
	}
	return text
}

// IsPublished gives the release that a text names and the vendor has published; "" where
// none is, as far as a source lists them.
func (p *Product) IsPublished(text string) string {
	plain := p.plain(text)
	for _, version := range p.Published {
		if rest, ok := strings.CutPrefix(plain, releaseKey(version)); ok && (rest == "" || isUpdate(rest)) || strings.HasPrefix(releaseKey(version), plain+".") {
			return version
		}
	}
	return ""
}

// short is a text without the words behind a release that say nothing new: the
// name of the product, or "release".
func (p *Product) short(text string) string {
	text = strings.TrimSpace(text)
	for i := strings.LastIndexByte(text, ' '); i > 0 && p.says(text[i+1:]); i = strings.LastIndexByte(text, ' ') {
		text = strings.TrimSpace(text[:i])
	}
	return text
}

// says reports whether a word behind a release says nothing new.
func (p *Product) says(word string) bool {
	return wording.ClassOf(word)&wording.Fills != 0 || slices.ContainsFunc(p.Names(), func(name string) bool { return fact.Key(name) == fact.Key(word) })
}

func isReleaseSign(c byte) bool { return c == ' ' || c == '-' || c == ':' || c == '_' || c == '@' }

// releaseKey is the spelling under which a release is found, without the letter
// that people write before its number.
func releaseKey(text string) string {
	k := string(fact.AppendReleaseKey(nil, text))
	if len(k) > 1 && k[0] == 'v' && str.IsDigit(k[1]) {
		return k[1:]
	}
	return k
}

// updated is the longest release that a text begins with and an update or a
// pre-release follows; nil where there is none. A further number is an update
// only where the product has no release numbered so.
func (p *Product) updated(text string) *Release {
	var longest *Release
	for _, r := range p.ordered {
		rest, ok := strings.CutPrefix(text, releaseKey(r.Version))
		if !ok || !isUpdate(rest) || longest != nil && len(longest.Version) >= len(r.Version) {
			continue
		}
		if rest[0] == '.' && slices.ContainsFunc(p.ordered, func(o *Release) bool {
			return o != r && strings.HasPrefix(releaseKey(o.Version), releaseKey(r.Version)+".")
		}) {
			continue
		}
		longest = r
	}
	return longest
}

// isUpdate reports whether what follows a release is a number after a sign, and
// words that mark an update or a pre-release, with a number each: ".95", "-m8",
// "-beta2", "updatelevel95". More numbers are another release: "4.4.0-4.6.0".
func isUpdate(rest string) bool {
	numbers := 0
	for whole := rest; rest != ""; whole = rest {
		rest = strings.TrimLeft(whole[:1], ".-_+~") + whole[1:]
		word := rest[:cutLevels(rest[:len(rest)-len(strings.TrimLeft(rest, "abcdefghijklmnopqrstuvwxyz"))])]
		number := strings.TrimLeft(rest[len(word):], "0123456789")
		digits := len(rest) - len(word) - len(number)
		switch {
		case word == "" && digits == 0, word == "" && len(rest) == len(whole): // nothing, or no sign before a number
			return false
		case digits > 0 && word != "u":
			numbers++
		}
		rest = number
	}
	return numbers < 2
}

// cutLevels is how much of a word are words that mark an update, glued or not.
func cutLevels(word string) int {
	for end := len(word); end > 0; end-- {
		if wording.Is(word[:end], wording.Levels) != 0 {
			return end
		}
	}
	return 0
}

// isPreRelease reports whether a version names what is not out yet: "2.0.0-M4".
func isPreRelease(version string) bool {
	rest := strings.TrimLeft(releaseKey(version), "0123456789.")
	return rest != "" && isUpdate(rest)
}

// Beginning gives the releases that begin with a text: 4.4.0 and 4.4.1 with
// "4.4" or "4.4.x".
func (p *Product) Beginning(text string) []*Release {
	text = strings.TrimRight(releaseKey(text), ".")
	for strings.HasSuffix(text, ".x") || strings.HasSuffix(text, ".*") {
		text = text[:len(text)-2]
	}
	if text == "" || !str.IsDigit(text[0]) {
		return nil
	}
	var all []*Release
	for _, r := range p.ordered {
		if rest, ok := strings.CutPrefix(releaseKey(r.Version), text); ok && (rest == "" || rest[0] == '.' || rest[0] == '-') {
			all = append(all, r)
		}
	}
	return all
}
