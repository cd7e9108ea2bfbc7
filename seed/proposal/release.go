package proposal

import (
	"fmt"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/page"
	"github.com/testedon/testedon/version"
)

// isProduct reports whether a printed name is that of the product. A page repeats
// the few names it has.
func (r *reader) isProduct(printed string) bool {
	ours, known := r.isOurs[printed]
	if !known {
		ours = r.means(printed)
		r.isOurs[printed] = ours
	}
	return ours
}

// means reports whether a printed name means the product. Where the catalogue
// knows neither, it may.
func (r *reader) means(printed string) bool {
	for _, name := range spellings(printed) {
		if p, err := r.m.Product(name); err == nil {
			return p.ID == r.product
		}
	}
	return r.newProduct || slices.ContainsFunc(spellings(printed), func(spelling string) bool {
		return slices.ContainsFunc(r.productNames(), func(name string) bool { return fold(name) == fold(spelling) || shortFor(name, spelling) })
	})
}

// shortFor reports whether a printed name is the last word of a name, or its initials: "PE"
// for "Puppet Enterprise".
func shortFor(name, printed string) bool {
	words, initials := strings.Fields(name), ""
	for _, w := range words {
		initials += w[:1]
	}
	return len(words) > 1 && (printed == initials || printed == words[len(words)-1])
}

// spellings are the names in a printed one: as it stands, without what is in
// brackets, and that alone: "WSO2 API Manager (WSO2 API-M)".
func spellings(printed string) []string {
	before, after, found := strings.Cut(printed, "(")
	if !found {
		return []string{printed}
	}
	inside, _, _ := strings.Cut(after, ")")
	return []string{printed, strings.TrimSpace(before), strings.TrimSpace(inside)}
}

// productNames are the names of the product, the longest first; of one that is not there,
// what it was asked by.
func (r *reader) productNames() []string {
	p, err := r.m.Product(r.asked.Product)
	if err != nil {
		return []string{r.asked.Product}
	}
	return slices.SortedFunc(slices.Values(p.Names()), func(a, b string) int { return len(b) - len(a) })
}

// isRelease reports whether what is printed as a release is, or includes, the one asked
// for: "4.3.x", "v4.3 LTS", "4.2 – 4.4", "4.1+" and "Acme 4.3" include 4.3.1, and 4.3.0 is
// 4.3. What is understood as no release includes none.
func (r *reader) isRelease(printed string) bool {
	if printed == "" || r.isNamed(printed) {
		return true
	}
	printed = r.withoutName(printed)
	return r.isNamed(printed) || r.includes(printed) || slices.ContainsFunc(version.Split(printed), r.includes)
}

// isNamed reports whether a text is a name of the release.
func (r *reader) isNamed(text string) bool {
	key := func(s string) string { return string(fact.AppendReleaseKey(nil, strings.Trim(s, " ()"))) }
	return slices.ContainsFunc(r.names, func(name string) bool { return key(name) == key(text) })
}

// withoutName takes the name of the product off the beginning of a release.
func (r *reader) withoutName(printed string) string {
	for _, name := range r.productNames() {
		if n := len(name); len(printed) > n && strings.EqualFold(printed[:n], name) {
			return strings.TrimLeft(printed[n:], " -")
		}
	}
	return printed
}

// releases reads releases, which are written with dots; labels of theirs are none.
var releases = func() *version.Scheme {
	s, err := version.NewScheme("dotted")
	if err != nil {
		panic(err)
	}
	return s
}()

// ofRelease are words beside the number of a release that change nothing, and a letter that
// stands for any number.
var ofRelease = str.Regexp(`(?i)[ .-](?:final|ga|release|stable|lts|esr)\b|^releases? |\.z\b`)

// includes reports whether one printed release, or a range of them, includes that asked
// for, which is one version: of what has fewer numbers the first.
func (r *reader) includes(printed string) bool {
	first, err := version.Parse(padded(r.release))
	if err != nil {
		return false
	}
	stated, err := releases.Parse(strings.TrimSpace(ofRelease().ReplaceAllString(printed, "")))
	return err == nil && first.Within(stated)
}

// padded is a release with as many numbers as one may have, by which 2.1.0 is 2.1.
func padded(release string) string {
	const numbers = 8
	return release + strings.Repeat(".0", max(0, numbers-1-strings.Count(release, ".")))
}

// leave leaves out a statement about another product or release. One of a sentence is
// told among the unresolved as well: it may say more than that.
func (p *draft) leave(name string, s *page.Statement) {
	p.LeftOut = append(p.LeftOut, LeftOut{Text: s.Label(), Product: s.Product, Release: s.Release, Line: s.Line, Page: name})
	if s.Sentence {
		reason := "the sentence is about " + Other{Product: s.Product, Release: s.Release}.String() + ": state it by hand, if it holds here as well"
		p.Unresolved = append(p.Unresolved, Unresolved{Text: s.Label(), Section: s.Section, Line: s.Line, Reason: reason, Page: name, Kind: s.Kind, version: s.Version})
	}
}

// counted adds one to the count of what a statement is about.
func counted(others []Other, s *page.Statement) []Other {
	for i := range others {
		if others[i].Product == s.Product && others[i].Release == s.Release {
			others[i].Statements++
			return others
		}
	}
	return append(others, Other{s.Product, s.Release, 1})
}

// String names what the statements are about.
func (o Other) String() string {
	return strings.TrimSpace(fmt.Sprintf("%s %s", o.Product, o.Release))
}
