package page

import (
	"cmp"
	"strings"
)

// role says what a column of a table holds.
type role int

const (
	unknownRole  role = iota
	nameRole          // what the row is about
	versionRole       // versions or amounts of it
	kindRole          // whole items of one kind
	answerRole        // yes, no, supported
	archRole          // processors it holds for
	releasesRole      // releases of the product that the row holds for
	releaseRole       // its head is a release: what holds in that
	thingRole         // its head is a technology, with a version or without: what holds of that
	noteRole          // remarks, which state nothing
)

// column is what the head of a column says.
type column struct {
	role    role
	kinds   []string
	says    level
	subject             // the release in the head, and its product
	thing   printedItem // the technology in the head
	bound   string      // how the releases or versions of the row are made of the one in the cell
	title   string
	when    string // what it holds for, where its head says so or several columns have versions
}

// The words that stand at the head of columns.
var (
	noteHeads      = compiled(`(?i)^(?:titles?|tags?|ids?|purposes?|descriptions?|downloads?(?: links?)?|links?|details|quotes?|use cases?|plugin.*|action(?: required)?|protocol|port|plugin/extension|more information|reason|approximate size)$`)
	conditionHeads = compiled(`(?i)^(?:conditions?|restrictions?)$`)
	remarkHeads    = compiled(`(?i)^(?:(?:foot)?notes?|remarks?|comments?|limitations?|restrictions?|conditions?|exceptions?|caveats?)$`)
	versionHeads   = compiled(`(?i)\bversions?\b|\breleases?\b|^(?:minimum|recommended|required|minimum requirements?|requirements?|specifications?|values?|size|amount|limit|maximum|optimal|updates?)(?: \([^)]*\))?$`)
	nameHeads      = compiled(`(?i)^(?:(?:software )?applications?|software|components?|names?|technolog(?:y|ies)|items?|resources?|requirements?|types?|dependenc(?:y|ies)|package managers?|base products?|products?|distributions?|platforms?|editors?|area|tools?|vendors?|db types?|libraries|librar(?:y|ies)|implementations?|(?:jdk |java )?distributions?|providers?|environments?|category|feature|deployment(?: type)?|image)$`)
	answerHeads    = compiled(`(?i)^(?:(?:un|not )?supported|compatible|(?:un|not )?tested|certified|verified|validated|deprecated|status|(?:support|test|compatibility|certification) status|supported\?|tested\?|development|dev|runtime|production|server|client|desktop|mobile|agent|(?:support )?(?:level|tier)|support|availability|compatibility|(?:test )?results?|outcome|verdict|planned|end of (?:life|support)|eol)$`)
	// othersVersions are versions of something beside the technology of the row: its driver, or a part of the product.
	othersVersions = compiled(`(?i)\b(?:drivers?|clients?|connectors?|gateway|plug-?ins?|extensions?|agents?|adapters?|operator|charts?|images?|modules?|sdk|apis?|protocol|bundled?|jdbc|odbc|latest|current|file|schema)\b`)
	archHeads      = compiled(`(?i)^(?:cpu )?(?:arch|cpus?|processors?|hardware|chips?|instruction set)$`)
	// releasesHead names the releases of a product: "Acme Version", "Release line".
	releasesHead = compiled(`(?i)^(?:(.*?)\s*\b)?(?:versions?|releases?)(?:\s+(?:lines?|series|branch(?:es)?|numbers?))?$`)
	// anyProduct are words at the head of releases that name no product.
	anyProduct = compiled(`(?i)^(?:[\w-]+ )?(?:driver|library|framework)$|^(?:long[- ]term|extended|standard|regular|innovation) (?:support|life)(?: \(\w+\))?$|^(?:weekly|nightly|daily|stable|lts|current|feature|maintenance|mainline|rolling|the|our|driver|platform|products?|release|version|software|applications?|library|framework|tool|project|series|line|minor|major|patch)$`)
)

// denies reports whether the head says no of what stands below it, or doubts it.
func (c column) denies() bool { return c.says.status != "" && says(c.says.status) <= 0 }

// headOf reads the head of a column.
func (names Names) headOf(title string) column {
	c := column{title: title, kinds: kindsOf(title), says: said(inHead, title)}
	_, isKind := isKindLabel(title)
	release, isRelease := names.releaseIn(headVerb().ReplaceAllString(title, ""))
	thing, isThing := names.thingIn(title)
	ofProduct := strings.TrimSpace(besideProduct().ReplaceAllString(title, ""))
	switch {
	case isThing && (!isKind || thing.version != "" || names.isProcessor(thing.name)):
		c.role, c.thing = thingRole, thing
	case isRelease:
		c.role, c.subject = releaseRole, release
	case names.isProduct(ofProduct):
		c.role, c.product = releaseRole, ofProduct
	case noteHeads().MatchString(title), remarkHeads().MatchString(title):
		c.role = noteRole
	case len(c.kinds) == 1 && c.kinds[0] == kindArch, archHeads().MatchString(title):
		c.role = archRole
	case answerHeads().MatchString(title):
		c.role = answerRole
	case boundOf(title, false) != "":
		c.role, c.bound = releasesRole, boundOf(title, false)
	case isKind && !versionHeads().MatchString(title):
		c.role = kindRole
	case nameHeads().MatchString(title):
		c.role = nameRole
	case versionHeads().MatchString(title) && !isKind && othersVersions().MatchString(title):
		c.role = noteRole
	case versionHeads().MatchString(title):
		c.role = versionRole
	case isKind:
		c.role = kindRole
	}
	if c.role == kindRole || c.role == versionRole {
		c.thing, c.bound = thing, boundOf(title, true)
	}
	if found := refusals.in(spokenIn(title), false, 1); len(found) > 0 && c.says.status == "" {
		c.says.status = found[0].meaning
	}
	return c
}

// isProduct reports whether words are the name of a product, ours or another.
func (names Names) isProduct(text string) bool {
	n := names(text)
	return n.Asked || n.Other
}

// besideProduct are words beside the name of a product at a head: "Supported by Acme", "Acme status".
var besideProduct = compiled(`(?i)^(?:supported|tested|certified) (?:by|with|for|in|on) |^(?:for|in|with) |\s+(?:status|support)$`)

var (
	// headVerb is a verb behind the release in a head: "Acme 2.1 requires".
	headVerb = compiled(`(?i)\s+(?:requires|needs|supports|requirements?|versions?|releases?)$`)
	// editionHeads name what is sold, where its columns have marks.
	editionHeads = compiled(`(?i)\b(?:editions?|community|enterprise|standard|professional|premium|commercial|ultimate|free|cloud|saas|on-?prem\w*|self-(?:hosted|managed))\b`)
	// apartHeads are of columns that name things made for others, which have the names of those.
	apartHeads = compiled(`(?i)^(?:(?:client|driver|sdk|package|connector)s?|client (?:librar(?:y|ies)|languages?)|programming languages?)$`)
	// scaleHeads are of columns that say for how many an amount is enough.
	scaleHeads = compiled(`(?i)^(?:(?:max(?:imum|\.)? )?(?:number|no\.|count) of )?(?:(?:concurrent|active|registered) )?(?:users?|agents|nodes|clients|tenants|projects|requests|sessions|devices)(?: \([^)]*\)| count)?$|^(?:scale|(?:deployment|team|cluster) size)$`)
)

// boundWords stand above one end of a span of versions or releases, and say how it is made of a cell.
var boundWords = lexiconOf([]entry{
	{">=%s", "min|minimum|minimal", ""},
	{"<=%s", "max|maximum|maximal", ""},
	{"%s+", "since|from|introduced|added|starting", ""},
	{"up to %s", "until|through|last|ends|ended\nup to\nend of", ""},
	{"before %s", "removed|dropped|before", ""},
})

// boundOf gives how versions or releases are made of the one in a cell; empty where they are it.
func boundOf(title string, ofVersions bool) string {
	if strings.EqualFold(title, "to") {
		title = "up to"
	}
	for _, f := range boundWords.in(spokenIn(title), false, maxMentions) {
		if (f.meaning[0] == '>' || f.meaning[0] == '<') == ofVersions {
			return f.meaning
		}
	}
	return ""
}

// thingIn gives the technology that a head names and says nothing else.
func (names Names) thingIn(title string) (printedItem, bool) {
	if first, rest, found := strings.Cut(title, "/"); names.isProcessor(first) && (!found || names.isProcessor(rest)) {
		return printedItem{name: strings.TrimSpace(first)}, true
	}
	name, version := names.split(strings.Replace(title, " family", "", 1))
	if _, sure := names.kindOf(name); sure == exactly || sure == vaguely {
		return printedItem{name: name, version: version}, true
	}
	name = strings.TrimSpace(labelFillers().ReplaceAllString(name, ""))
	for _, one := range []string{name, strings.TrimSuffix(name, "s")} {
		if _, sure := names.kindOf(one); sure == exactly {
			return printedItem{name: one}, false
		}
	}
	return printedItem{}, false
}

var (
	// releaseText is a release of the product, or several: "2.1", "v2.1.x LTS", "2.1+", "1.3 – 2.1".
	releaseText = compiled(`(?i)^(?:(?:versions?|releases?|since|from|up to|until|before|[<>≥≤]=?)\s*)*v?\d+(?:\.(?:\d+|x|\*))*(?:[.-](?:[a-z]\w*|\d\w*))*\+?` +
		`(?:\s*(?:-|–|—|to|through)\s*v?\d+(?:\.(?:\d+|x|\*))*(?:[.-][a-z]\w*)*|,? (?:and|or) (?:later|newer|higher|above|up|onwards?|earlier|older|below))?(?:,?\s*(?:lts|ga|esr|stable|latest|current|release))*$`)
	// lineHead names a line of releases: "Stable version (3.0.6)", "Main version (dev)".
	lineHead = compiled(`(?i)^(?:(?:stable|current|latest|lts|previous|old(?:stable)?) (?:version|release) \(v?(\d+(?:\.\d+)+)\)|((?:main|master|trunk|dev(?:elopment)?|unreleased|snapshot|nightly) (?:version|release|branch)(?: \(\w+\))?))$`)
	// releaseStart is where the release begins after the name of its product.
	releaseStart = compiled(`(?i)\s(?:(?:versions?|releases?)\s+)?v?\d`)
	// bareNumber is a release that may be a number of anything.
	bareNumber = compiled(`^\d+$`)
)

// releaseIn gives the release that a head or a cell names, and whether it says nothing else.
func (names Names) releaseIn(text string) (subject, bool) {
	if m := lineHead().FindStringSubmatch(text); m != nil && len(text) < maxName {
		return subject{release: cmp.Or(m[1], m[2])}, true
	}
	text = needing().ReplaceAllString(strings.TrimSpace(bracketed().ReplaceAllString(strings.ReplaceAll(text, "--", "–"), "")), "")
	if len(text) > maxName || aDate().MatchString(text) {
		return subject{}, false
	}
	if releaseText().MatchString(text) {
		return subject{release: text}, true
	}
	at := releaseStart().FindStringIndex(text)
	if at == nil || !releaseText().MatchString(text[at[0]+1:]) {
		return subject{}, false
	}
	product := strings.TrimSpace(text[:at[0]])
	if names(product).Asked {
		return subject{product, text[at[0]+1:]}, true
	}
	if _, sure := names.kindOf(product); counted().MatchString(text) || sure == exactly || sure == vaguely || !productName().MatchString(product) || len(kindsOf(product)) > 0 {
		return subject{}, false
	}
	return subject{productOf(product), text[at[0]+1:]}, true
}

// needing comes after the release at the head of what it asks for: "Acme 2.1 requires".
var needing = compiled(`(?i)\s+(?:requires?|needs?|supports?|runs on|works with)$`)

// counted are things that a page numbers itself.
var counted = compiled(`(?i)\s0\d*$|^(?:combination|option|tier|level|phase|step|node|profile|case|scenario|set|group|type|class|part|stage|example|config(?:uration)?|environment|column|table|note|day|year|rack|zone|generation|gen)\s+\d+$`)

// productOf gives the product that words before a release name; empty where they may be any.
func productOf(words string) string {
	if anyProduct().MatchString(words) {
		return ""
	}
	return words
}

// aDate is a day, a month or a quarter.
var aDate = compiled(`(?i)^(?:\d{4}[-/.]\d\d?[-/.]\d\d?|\d{4}-(?:0\d|1[0-2])|\d\d?[-/.]\d\d?[-/.](?:19|20)\d\d|(?:\d\d?(?:st|nd|rd|th)?[ -])?(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\.?[ -](?:\d\d?(?:st|nd|rd|th)?,? )?(?:19|20)\d\d|q[1-4][ /-]?(?:19|20)\d\d|(?:19|20)\d\d[ /-]?q[1-4])$`)

// columnUnder reads the words above a column, outermost first, which hold for what is below them.
func (names Names) columnUnder(titles []string) column {
	if len(titles) == 0 {
		return column{}
	}
	c := names.headOf(titles[0])
	for _, t := range titles[1:] {
		c = names.beneath(c, t)
	}
	return c
}

// beneath reads a head that stands under another.
func (names Names) beneath(c column, title string) column {
	below := names.headOf(title)
	if c.thing.name != "" && c.thing.version == "" && below.role == releaseRole && below.product == "" {
		c.role, c.thing.version, c.title = thingRole, below.release, title // "Java", then "17"
		return c
	}
	switch {
	case c.role == releaseRole && below.role == answerRole && below.says.status == "" && !statusHead().MatchString(title):
		c.when = title // "Server"
	case below.role == unknownRole && (c.role == releaseRole || c.role == thingRole):
		c.when = title
	case c.role == unknownRole, below.role == thingRole, below.role == releaseRole, below.role == versionRole, c.role == releaseRole:
		if c.role == unknownRole && below.role > versionRole {
			below.when = c.title
		}
		c.role, c.thing, c.bound = below.role, below.thing, below.bound
		c.when = cmp.Or(below.when, c.when)
	}
	if m := releasesHead().FindStringSubmatch(c.title); below.release != "" {
		if c.release = below.release; m != nil {
			below.product = cmp.Or(below.product, productOf(m[1]))
		}
		c.product = cmp.Or(below.product, c.product)
	}
	if below.says.status != "" {
		c.says = below.says
	}
	if len(below.kinds) > 0 {
		c.kinds = below.kinds
	}
	c.title = title
	return c
}

func oneLine(t string) string { return strings.ReplaceAll(t, "\n", " ") }

// nothing reports whether a cell says nothing.
func nothing(text string) bool {
	return strings.Trim(text, " \t\n-–—") == "" || strings.EqualFold(text, "n/a") || strings.EqualFold(text, "none") || text[0] == '(' && onlyNotes().MatchString(text)
}

// onlyNotes points to notes and says nothing else.
var onlyNotes = compiled(`(?i)^\((?:see )?notes? [\d, &]+\)$`)
