package page

import (
	"cmp"
	"strings"
)

// take takes the product that a sentence is about, and its release.
func (s *subject) take(t string, names Names) {
	t = condition().ReplaceAllString(t, "")
	product, release := names.productIn(t)
	if product == "" {
		product = names.subjectOf(t)
	}
	if product != "" {
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
	productHead    = compiled(`^([A-Z][\w&:() -]*?)\s+(?:runtime\s+)?(?:compatibility|runtime|requirements|installation prerequisites)$`)
	genericHead    = compiled(`(?i)^(?:product|environment|system|hardware|software|installation|runtime|arm|operating systems?|jdk|database|storage|network|memory|additional|version|kubernetes|docker.*|ide.*|resource|minimum|other|general|java|browser|os|platform|version)(?: storage)?$`)
)

// maxName is how long the name of a product may be, in bytes.
const maxName = 100

// productIn gives the product and its release that a heading or sentence names,
// as printed.
func (names Names) productIn(t string) (product, release string) {
	for _, at := range dottedVersion().FindAllStringIndex(t, 5) {
		before := t[max(0, at[0]-maxName):at[0]]
		m := properName().FindStringSubmatch(before)
		if m == nil {
			continue
		}
		name := strings.TrimSpace(leadIn().ReplaceAllString(m[1], ""))
		if kind, _ := names.kindOf(name); kind == "" && name != "" && !genericHead().MatchString(name) {
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
	if len(t) > maxName {
		return "", ""
	}
	if m := productHead().FindStringSubmatch(t); m != nil && !genericHead().MatchString(m[1]) && len(kindsOf(m[1])) == 0 {
		return m[1], ""
	}
	return "", ""
}

// asOf comes before a release from which on something holds.
var asOf = compiled(`(?i)\b(?:as of|since|from|starting (?:with|from|in)|beginning (?:with|in))\s+(?:version\s+)?$`)

// subjects find the product that a sentence states something of without a release.
var subjects = []expression{
	compiled(`^(?:The )?([A-Z][\w&:-]*(?: [A-Z][\w&:-]*)*)(?: runtime)? (?:is|are|has been|have been|was) (?:tested|supported|compatible|certified)\b`),
	compiled(`\btested ([A-Z][\w&:-]*(?: [A-Z][\w&:-]*)+) with\b`),
}

// subjectOf gives the product that a sentence states something of.
func (names Names) subjectOf(t string) string {
	for _, pattern := range subjects {
		if m := pattern().FindStringSubmatch(t); m != nil {
			if kind, _ := names.kindOf(m[1]); kind == "" && (len(kindsOf(m[1])) == 0 || strings.Count(m[1], " ") > 1) && !leadIn().MatchString(m[1]) {
				return m[1]
			}
		}
	}
	return ""
}

// leadIn are capitals at the beginning of a sentence that belong to no name.
var leadIn = compiled(`^(?:Given|It|They|We|Each|All|Both|Everything|Which|That|Those|Others?|The|This|These|Following|Listed|Upgrading|From|For|In|As|If|Step|Version|Install(?:ing)?|Below)\b(?: (?:of|for|and))?\s*`)
