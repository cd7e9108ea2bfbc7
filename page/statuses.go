package page

import (
	"cmp"
	"slices"
	"strings"
)

// The statuses a statement may have.
const (
	tested         = "tested"
	supported      = "supported"
	compatible     = "compatible"
	recommended    = "recommended"
	required       = "required"
	minimum        = "minimum"
	notRecommended = "not_recommended"
	incompatible   = "incompatible"
)

// statusWords are the words by which pages say what holds; where several fit at
// the same place, the first here counts. The nouns say it in headings; a sentence
// that names the "compatibility" or the "requirements" states nothing by that.
var statusWords = []struct{ status, words, nouns string }{
	{notRecommended, `(?:not|never|no longer|do(?:es)?n['’]t|do(?:es)? not)\s+(?:be\s+)?recommend(?:ed|s)?|discouraged|deprecated`, ``},
	{incompatible, `(?:not|never|no longer)\s+(?:be\s+)?(?:supported|compatible|support|work)|does(?:n['’]t| not) (?:support|work)|do(?:n['’]t| not) (?:support|work)|incompatib(?:le|ility|ilities)|unsupported`, ``},
	{tested, `tested|certified|verified (?:with|on|against)|we (?:\w+ly )?test (?:with|on|against)`, ``},
	{minimum, `(?:recommended )?minimum(?: (?:is )?recommended)?|at least`, ``},
	{recommended, `recommended|recommends?|preferred|instead,? use`, `recommendations?`},
	{required, `requires?|required|version requirements?|mandatory|must (?:have|be)`, `requirements?|prerequisites?|necessary`},
	{compatible, `compatible|runs? on(?: top of)?|on top of|works? with`, `compatibility|compatibilities|following combinations`},
	{supported, `supported|supports?|supporting`, ``},
}

// verbs find what sentences say; headWords what headings say as well.
var verbs, headWords = statusPattern(false), statusPattern(true)

// statusPattern finds any of the words above; each status is a group.
func statusPattern(nouns bool) expression {
	groups := make([]string, len(statusWords))
	for i, s := range statusWords {
		groups[i] = "(" + s.words + ")"
		if nouns && s.nouns != "" {
			groups[i] = "(" + s.words + "|" + s.nouns + ")"
		}
	}
	return compiled(`(?i)\b(?:` + strings.Join(groups, "|") + `)\b`)
}

// cue is a place in a text that says what holds.
type cue struct {
	status   string
	from, to int
	others   bool // it speaks of some other thing
}

// stems are parts of the words above, one of which is in each: most sentences have
// none of them, and looking for the words takes a hundred times as long.
var stems = []string{
	"recommend", "discourag", "deprecat", "support", "compatib", "work", "test", "certif", "verif", "prefer", "instead",
	"minimum", "at least", "requir", "mandatory", "must", "prerequisit", "necessary", "run", "top of", "combination",
}

// mayState reports whether a text may say what holds.
func mayState(text string) bool {
	lower := strings.ToLower(text)
	return slices.ContainsFunc(stems, func(stem string) bool { return strings.Contains(lower, stem) })
}

// cuesIn gives the places of a text that say what holds.
func cuesIn(text string, pattern expression) []cue {
	if !mayState(text) {
		return nil
	}
	var cues []cue
	for _, m := range pattern().FindAllStringSubmatchIndex(text, 50) {
		group := slices.IndexFunc(m[2:], func(at int) bool { return at >= 0 }) / 2
		cues = append(cues, cue{status: statusWords[group].status, from: m[0], to: m[1]})
	}
	return cues
}

// statusOf gives what a heading or a label says of what follows.
func statusOf(text string) string { return firstStatus(cuesIn(text, headWords)) }

// statusSaid gives what the words before a list or table say of it: the last
// sentence, or else those before it.
func statusSaid(intro string) string {
	last := lastSentence(intro)
	for _, try := range []string{
		firstStatus(cuesIn(last, verbs)), firstStatus(cuesIn(intro, verbs)), statusOf(last),
	} {
		if try != "" {
			return try
		}
	}
	return statusOf(intro)
}

// firstStatus gives tested before all else, because a page that says both "tested"
// and "supported" means what it tested; then what is said first.
func firstStatus(cues []cue) string {
	status := ""
	for _, c := range cues {
		if c.status == tested {
			return tested
		}
		status = cmp.Or(status, c.status)
	}
	return status
}
