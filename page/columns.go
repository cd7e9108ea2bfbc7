package page

import "strings"

// role says what a column of a table holds.
type role int

const (
	unknownRole role = iota
	nameRole         // what the row is about
	versionRole      // versions or amounts of it
	kindRole         // whole items of one kind
	answerRole       // yes, no, supported
	archRole         // processors it holds for
	releaseRole      // what holds in one release of the product
	noteRole         // remarks, which state nothing
)

// column is what the head of a column says.
type column struct {
	role    role
	kinds   []string
	status  string
	release string
	title   string
	when    string // what its versions hold for, where several columns have some
}

// The words that stand at the head of columns.
var (
	noteHeads    = compiled(`(?i)^(?:notes?|purposes?|remarks?|comments?|descriptions?|downloads?(?: links?)?|links?|details|use cases?|plugin.*|action(?: required)?|protocol|port|plugin/extension|more information|reason|approximate size)$`)
	versionHeads = compiled(`(?i)\bversions?\b|\breleases?\b|^(?:minimum|recommended|required|minimum requirements?|requirements?|specifications?|values?|size|amount|limit|maximum|optimal|updates?)(?: \([^)]*\))?$`)
	nameHeads    = compiled(`(?i)^(?:(?:software )?applications?|software|components?|names?|technolog(?:y|ies)|items?|resources?|requirements?|types?|dependenc(?:y|ies)|package managers?|base products?|products?|distributions?|platforms?|editors?|area|tools?|vendors?|db types?|libraries|librar(?:y|ies)|implementations?|(?:jdk |java )?distributions?|providers?|environments?|category|feature|deployment(?: type)?|image)$`)
	answerHeads  = compiled(`(?i)^(?:supported|compatible|tested|certified|status|supported\?|development|runtime|production|support(?: level)?|availability|compatibility|required)$`)
	releaseHeads = compiled(`^[vV]?\d+(?:\.(?:\d+|x))+(?:[.-]?\w+)?$`)
	answers      = compiled(`(?i)^(?:yes|no|y|n|supported|not supported|unsupported|tested|not tested|compatible|not compatible|certified|✓|✔|✗|✘|✅|❌|x|full|partial|none|n/?a|[-–—])$`)
)

// columnOf reads the head of a column.
func columnOf(title string) column {
	c := column{title: title, kinds: kindsOf(title), status: statusOf(title)}
	_, isKind := isKindLabel(title)
	switch {
	case releaseHeads().MatchString(title):
		c.role, c.release = releaseRole, title
	case noteHeads().MatchString(title):
		c.role = noteRole
	case len(c.kinds) == 1 && c.kinds[0] == kindArch:
		c.role = archRole
	case answerHeads().MatchString(title):
		c.role = answerRole
	case isKind && !versionHeads().MatchString(title):
		c.role = kindRole
	case nameHeads().MatchString(title):
		c.role = nameRole
	case versionHeads().MatchString(title):
		c.role = versionRole
	case isKind:
		c.role = kindRole
	}
	return c
}

// nothing reports whether a cell says nothing.
func nothing(text string) bool {
	return strings.Trim(text, " \t\n-–—") == "" || strings.EqualFold(text, "n/a") || strings.EqualFold(text, "none")
}
