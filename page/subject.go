package page

import (
	"cmp"
	"strings"
)

// take takes the product that a sentence is about, and its release.
func (s *subject) take(t string, names Names) {
	if product, release := names.askedIn(t); release != "" { // "In Acme 2.1, …" as well
		s.product, s.release = product, release
		return
	}
	t = condition().ReplaceAllString(t, "")
	if asked, _ := names.askedIn(t); asked != "" && strings.HasPrefix(strings.TrimPrefix(t, "The "), asked) {
		s.product = asked // whatever else the sentence names has other versions
		return
	}
	product, release := names.productIn(t)
	for i := 0; i < len(subjects) && product == ""; i++ {
		if m := subjects[i]().FindStringSubmatch(t); m != nil {
			if kind, _ := names.kindOf(m[1]); kind == "" && (len(kindsOf(m[1])) == 0 || strings.Count(m[1], " ") > 1) && !leadIn().MatchString(m[1]) {
				product = m[1]
			}
		}
	}
	if product != "" {
		if ours, _ := names.askedIn(product); ours != "" && s.product != "" && !names(s.product).Asked {
			s.release = "" // it was another product's
		}
		s.product, s.release = product, cmp.Or(release, s.release)
	}
}

var (
	// dottedVersion is a release as pages print it: 4.2.0, 4.3.x, 2.0.0-M4.
	dottedVersion = compiled(`\d+\.\d+(?:\.[\dx]+)*(?:[-.][A-Z]\w*)?`)
	// properName are the capitals before a release.
	properName = compiled(`(?:^|[\s"'(])((?:[A-Z][\w&:-]*|\([A-Z][^()]*\))(?:\s+(?:[A-Z][\w&:-]*|of|for|and|\([A-Z][^()]*\)))*)\s+v?$`)
	// furtherVersion follows a release where several are named: "4.2.0 to 4.3.x".
	furtherVersion = compiled(`^,?\s+(?:to|and|or)\s+v?\d`)
	// needsHead asks what a part of a page is needed for: "Acme Gateway requirements".
	needsHead = compiled(`^([A-Z][\w&:() -]*?)\s+(?:compatibility|runtime|requirements|installation prerequisites)$`)
	// partWords say nothing of whose requirements, platforms or versions they are.
	partWords = compiled(`(?i)\b(?:products?|environments?|systems?|hardware|software|installation|runtime|arm|operating|jdk|database|storage|network|memory|additional|versions?|kubernetes|docker|ide|resource|minimum|other|general|java|browser|os|platforms?|supported|technical|weekly|stable|lts|long[- ]term support|releases?|compatibility|requirements)\b[\w-]*`)
	// roleWords are parts that one product has: "Acme Agent requirements".
	roleWords = compiled(`(?i)\b(?:servers?|agents?|clients?|nodes?|controllers?|console)\b`)
	// pastHead is the head of what holds for releases that are not named.
	pastHead = compiled(`(?i)^(?:previous|older|earlier|legacy|past|prior|archived|future|upcoming|next) (?:[\w-]+ )?(?:releases?|versions?)\b`)
)

// maxName is how long the name of a product may be, in bytes.
const maxName = 100

// afterProduct is the release, or the releases, that stand after the name of a product.
// What comes before it says on which side of it the others lie.
var (
	afterProduct  = compiled(`(?i)^(?:['’]s)?,?\s*\(?(?:versions?|releases?|ver\.?)?\s*` + releaseWords + `(?:(?:\s*,\s*(?:and\s+|or\s+)?|\s*/\s*|\s+(?:and|or|&)\s+)` + releaseWords + `)*`)
	beforeProduct = compiled(`(?i)\b(?:(since|as of|starting (?:with|from)|from)|(up to|until)|(before|prior to|older than|earlier than|below)|(after|newer than|later than))\s+(?:the\s+)?$`)
)

// releaseWords is one release, or several from one to another.
const releaseWords = `[v≥≤<>=]*\d+(?:\.(?:\d+|[xz*]))*(?:[-.](?:final|ga|m\d+|alpha|beta|rc)[\w.-]*)?(?:\s+(?:lts|esr))?(?:\s*(?:[–—-]|\bto\b|\bthrough\b)\s*v?\d+(?:\.(?:\d+|[xz*]))*|\+|\s+(?:or|and)\s+(?:later|newer|higher|above|up|greater|earlier|older|lower|below)\b)?`

// askedIn gives the name of the product that the page is read for, and the release that
// a text names with it; only the name where it names none. Other products are told by
// [Names.productIn].
func (names Names) askedIn(t string) (product, release string) {
	end := 0
	all := wordsIn(t, maxWords)
	for i, at := range all {
		if at[0] < end {
			continue
		}
		name, to := names.askedAt(t, all[i:])
		if end = max(end, to); name == "" {
			continue
		}
		product = cmp.Or(product, name)
		if m := afterProduct().FindString(t[to:]); m != "" && !measured().MatchString(t[to+len(m):]) {
			release = strings.TrimLeft(m, " ,('’s")
			before := beforeProduct().FindStringSubmatch(wordsBefore(t, at[0]))
			for i, sign := range []string{">=", "<=", "<", ">"} {
				if before != nil && before[i+1] != "" {
					release = sign + release // "since Acme 2.1" is of 2.1 and later
				}
			}
			return name, release
		}
	}
	return product, ""
}

// askedAt gives the name of the product that is asked for where a text has it at the first
// of some words, and where the longest name of a product there ends.
func (names Names) askedAt(t string, all [][2]int) (name string, to int) {
	from := all[0][0]
	to = from
	for k := 0; k < min(longestName, len(all)) && (k == 0 || isJoint(t[all[k-1][1]:all[k][0]])); k++ {
		next := all[k][1]
		m := names(t[from:next])
		if m.Asked || m.Other {
			if name, to = "", next; m.Asked {
				name = t[from:next]
			}
		}
		if !m.Begins {
			break
		}
	}
	return name, to
}

// ofOther takes the other product that a label names.
func (s *subject) ofOther(label string, names Names) {
	if asked, _ := names.askedIn(label); asked != "" || isSentence(label) {
		return
	}
	if other := names.otherIn(label); other != "" && other != s.product {
		s.product, s.release = other, ""
	}
}

// otherIn gives the first name of another product that a label or a heading has, unless it
// is of those that work with ours: "Compatible with Acme Gateway". A word for a part of any
// product names none.
func (names Names) otherIn(t string) string {
	end := 0
	all := wordsIn(t, maxWords)
	for i, at := range all {
		if at[0] < end {
			continue
		}
		_, to := names.askedAt(t, all[i:])
		name := t[at[0]:max(at[0], to)]
		if n := names(name); n.Other && !n.Asked && n.Kind == "" && !ofAny(roleWords().ReplaceAllString(name, "")) && !worksWith().MatchString(t[:at[0]]) {
			return name
		}
		end = max(end, to)
	}
	return ""
}

// worksWith comes before the name of what ours works with.
var worksWith = compiled(`(?i)\b(?:with|to|from|via)\s+(?:the\s+)?$`)

// productIn gives the product and its release that a heading or sentence names,
// as printed.
func (names Names) productIn(t string) (product, release string) {
	asked, release := names.askedIn(t)
	if release != "" {
		return asked, release
	}
	if product, release = names.anyProductIn(t); product == "" {
		return asked, ""
	}
	return product, release
}

// anyProductIn finds any product by the look of its name.
func (names Names) anyProductIn(t string) (product, release string) {
	for _, at := range dottedVersion().FindAllStringIndex(t, 5) {
		before := t[max(0, at[0]-maxName):at[0]]
		m := properName().FindStringSubmatch(before)
		if m == nil {
			continue
		}
		name := strings.TrimSpace(leadIn().ReplaceAllString(m[1], ""))
		if kind, _ := names.kindOf(name); kind == "" && !ofAny(name) {
			if furtherVersion().MatchString(t[at[1]:]) {
				return name, ""
			}
			release := t[at[0]:at[1]]
			if asOf().MatchString(strings.TrimSuffix(strings.TrimRight(before, "v "), m[1])) {
				release += "+"
			}
			return name, release
		}
	}
	return names.neededBy(t), ""
}

// ofAny reports whether words before a release or requirements name no product.
func ofAny(words string) bool {
	return strings.Trim(partWords().ReplaceAllString(words, ""), " -:()/&") == ""
}

// neededBy gives the product whose requirements a head is about, where that is another:
// one that the catalogue has, or a name of several words, none of which says what they are
// requirements of.
func (names Names) neededBy(t string) string {
	if len(t) > maxName {
		return ""
	}
	m := needsHead().FindStringSubmatch(t)
	switch {
	case m == nil || names(m[1]).Asked || len(kindsOf(m[1])) > 0:
		return ""
	case names(m[1]).Other:
		return m[1]
	}
	asked, _ := names.askedIn(m[1])
	other := roleWords().ReplaceAllString(strings.Replace(m[1], asked, "", 1), "")
	if ofAny(other) || asked == "" && !severalNames().MatchString(partWords().ReplaceAllString(m[1], "")) {
		return ""
	}
	return m[1]
}

// severalNames are two words with capitals or more.
var severalNames = compiled(`[A-Z][\w&-]*:?\s+\(?[A-Z][\w&-]*`)

// properNames are words with capitals, and no others.
var properNames = compiled(`^[A-Z][\w&-]*(?: [A-Z][\w&-]*)+$`)

// sectionOf gives the product and the release that a heading names. A release may stand
// there alone; wider says what the section around it is about.
func (names Names) sectionOf(t string, wider string) subject {
	if upgradeFrom().MatchString(t) && !justVersion().MatchString(wider) { // notes of one release tell of that
		return subject{release: t}
	}
	product, release := names.productIn(t)
	if product != "" || release != "" {
		return subject{product, release}
	}
	asked, _ := names.askedIn(t)
	if other := names.otherIn(t); other != "" && asked == "" {
		return subject{product: other}
	}
	if pastHead().MatchString(t) {
		if inside := bracketed().FindString(t); inside != "" {
			if one, ok := names.releaseIn(strings.Trim(inside, " ()")); ok {
				return one
			}
		}
		return subject{release: t}
	}
	if first, rest, _ := strings.Cut(t, " "); names(first).Maker && asked == "" && properNames().MatchString(t) && !ofAny(roleWords().ReplaceAllString(rest, "")) && names.ofNoKind(t) {
		return subject{product: t}
	}
	if m := lineOf().FindStringSubmatch(t); m != nil {
		return subject{release: m[1]}
	}
	one, ok := names.releaseIn(t)
	if _, sure := names.kindOf(wider); !ok || one.product != "" || bareNumber().MatchString(t) || sure == exactly {
		return subject{}
	}
	return one
}

// upgradeFrom is a heading about leaving a release, and names none that it leads to.
var upgradeFrom = compiled(`(?i)^(?:(?:before|when) )?(?:upgrad|updat|migrat|mov)\w* from (?:versions? |releases? |(?-i:[A-Z])\S* )*v?\d+(?:\.\w+)*(?: or (?:earlier|older))?$`)

// lineOf is a word for a line of releases with their number: "Nautilus (14.2.z)".
var lineOf = compiled(`^[A-Z][a-z]+ \(v?(\d+(?:\.\d+)*)\.[xz]\)$`)

// asOf comes before a release from which on something holds.
var asOf = compiled(`(?i)\b(?:as of|since|from|starting (?:with|from|in)|beginning (?:with|in))\s+(?:version\s+)?$`)

// subjects find the product that a sentence states something of without a release.
var subjects = []expression{
	compiled(`^(?:The )?([A-Z][\w&:-]*(?: [A-Z][\w&:-]*)*)(?: runtime)? (?:is|are|has been|have been|was) (?:tested|supported|compatible|certified)\b`),
	compiled(`^(?:The )?([A-Z][\w&:-]*(?: [A-Z][\w&:-]*)+) (?:supports|requires|needs|runs on|works with|can be used with)\b`),
	compiled(`\btested ([A-Z][\w&:-]*(?: [A-Z][\w&:-]*)+) with\b`),
}

// leadIn are capitals at the beginning of a sentence that belong to no name.
var leadIn = compiled(`^(?:Given|It|They|We|Each|All|Both|Everything|Which|That|Those|Others?|The|This|These|Following|Listed|Upgrading|From|For|In|As|If|Step|Version|Install(?:ing)?|Below)\b(?: (?:of|for|and))?\s*`)
