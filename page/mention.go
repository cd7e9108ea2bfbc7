package page

import "strings"

// mention is a technology that a sentence names.
type mention struct {
	name     string
	of       Name // what the name means
	versions []printedItem
	from, to int // of the name
	end      int // of its versions
}

var (
	// partOfName stands between an operating system and a processor that belongs to its name: "Windows XP x64".
	partOfName = compiled(`^(?: [A-Z\d][\w./]*){0,2} $`)
	// leadVersion is a version, or the bound of one, that stands before a name.
	leadVersion = compiled(`(?i)(?:\b(latest (?:releases?|versions?)) of(?: the)?|\b(up to(?: and including)?|at least|(?:a )?minimum(?: of)?|from|since))\s+$`)
	// condition is a clause at the beginning of a sentence under which the rest holds.
	condition = compiled(`(?i)^(?:if|when|on|for|in|from)\b[^,]{3,160},\s`)
	// conditional comes before what a sentence only supposes.
	conditional = compiled(`(?i)\b(?:if|when|while|whether)\b[^,;.]*$`)
	// openEnded is a list that names examples: what it names is one choice of many.
	openEnded = compiled(`(?i)\betc\b|\band so on\b`)
	// ofOthers comes before a name that tells which of some other things are meant.
	ofOthers = compiled(`(?i)\b(?:that|which) (?:is|are) (?:an? )?$`)
	// forOthers comes after a cue whose subject stands before it.
	forOthers = compiled(`(?i)^\s+(?:for|to|by|when|if|as|in|on|with|at|under|from|before|after|unless)\b`)
	// bothFail is a sentence that says what does not work with what.
	bothFail = compiled(`(?i)\b(?:does not|doesn['’]t|do not|don['’]t) (?:support|work with)\s+(.{3,100}?)\s+(?:on|with)\s+([\w/-]+(?:[ .][\w/-]+){0,4})[.;,]?$`)
)

// mentions finds the technologies that a sentence names.
func (names Names) mentions(w words) []mention {
	var all []mention
	end := 0
	for _, at := range wordsIn(w.text, maxWords) {
		if at[0] < end {
			continue
		}
		name, of, to := names.at(w.text, at[0])
		if name == "" || of.Kind == kindArch && len(all) > 0 && all[len(all)-1].of.Kind == kindOS && partOfName().MatchString(w.text[end:at[0]]) {
			continue
		}
		m := mention{name: name, of: of, from: at[0], to: to}
		if m.end = m.takeVersions(w); len(m.versions) > 0 || !of.Generic {
			end = m.end // what any of a family is called may name one of it: "LDAP such as OpenLDAP"
		}
		if all = append(all, m); len(all) == maxMentions {
			break
		}
	}
	return spread(all, w)
}

// isPart reports whether the words around a mention make it a part of something else: of
// a longer name, of what is made for it, or of what lies beyond its version.
func (m *mention) isPart(t string) bool {
	before, after := wordsBefore(t, m.from), t[m.to:]
	switch {
	case madeFor().MatchString(before), len(m.versions) > 0 && beyond().MatchString(before):
		return true
	case len(m.versions) == 0 && (partBehind().MatchString(after) || m.of.Kind == kindArch && archVersions().MatchString(after)):
		return true
	case m.of.Kind == kindArch && strings.EqualFold(m.name, "x86"):
		return bitsBefore().MatchString(before)
	}
	return strings.EqualFold(m.name, "linux") && longerName().MatchString(before) && !notInName().MatchString(before)
}

var (
	madeFor      = compiled(`(?i)\b(?:drivers?|clients?|connectors?|packages?|toolbox|librar(?:y|ies)|plug-?ins?)\s+(?:of|for|from)\s+(?:the\s+)?$`)
	beyond       = compiled(`(?i)\b(?:beyond|after|above|below|(?:newer|later|older|earlier) than|before|prior to)\s+(?:the\s+)?$`)
	partBehind   = compiled(`(?i)^\s+(?:and \w+ )?(?:\w+ )?(?:editions?|toolbox|emulators?|packages?)\b|^\s+versions? used\b`)
	archVersions = compiled(`^ (?:and \w+ )?versions (?:is|are) required`)
	bitsBefore   = compiled(`(?i)\b64-bit\s+$`)
	// longerName is a capital before a name that may belong to it: "Scientific Linux".
	longerName = compiled(`(?:^|[\s(])[A-Z][a-z]+ $`)
	notInName  = compiled(`(?i)\b(?:on|for|the|all|any|in|with|use|and|or|most|only|some|supported|supports|via|other|recent|modern|under|red hat) $`)
)

// takeVersions takes the versions that stand beside a mention and tells where they end.
func (m *mention) takeVersions(w words) int {
	t, at := w.text, m.to
	for skip := 0; len(m.versions) < maxItems; {
		version, from, end := versionAt(t[at+skip:])
		if end == 0 {
			break
		}
		m.versions = append(m.versions, printedItem{version: version, when: w.notes(at+skip+from, at+skip+end), line: w.line(at + skip + from)})
		at += skip + end
		next := moreVersions().FindString(t[at:])
		if skip = len(next); skip == 0 {
			break
		}
	}
	b := leadVersion().FindStringSubmatch(wordsBefore(t, m.from))
	switch {
	case b == nil:
	case b[1] != "" && len(m.versions) == 0: // "latest releases of X"
		m.versions = []printedItem{{version: b[1], line: w.line(m.from)}}
	case strings.EqualFold(b[2], "up to") && len(m.versions) == 1: // "up to X 11"
		m.versions[0].version = b[2] + " " + t[m.from:m.to] + " " + m.versions[0].version
	case b[2] != "" && len(m.versions) == 1: // "at least X 11"
		bound := b[2] + " " + m.versions[0].version
		if version, _, end := versionAt(bound); end == len(bound) {
			m.versions[0].version = version
		}
	}
	return at
}

// spread gives "the latest releases of X or Y" to Y as well.
func spread(all []mention, w words) []mention {
	for i := 1; i < len(all); i++ {
		before := &all[i-1]
		if len(all[i].versions) == 0 && len(before.versions) == 1 && strings.HasPrefix(before.versions[0].version, "latest") {
			if between := strings.TrimSpace(w.text[before.to:all[i].from]); between == "or" || between == "and" || between == "," {
				all[i].versions = before.versions
			}
		}
	}
	return all
}
