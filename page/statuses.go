package page

import (
	"cmp"
	"fmt"
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
	deprecated     = "deprecated"
	notRecommended = "not_recommended"
	notTested      = "not_tested"
	outOfSupport   = "out_of_support"
	incompatible   = "incompatible"
	planned        = "planned"
)

// What words say besides; no statement has these.
const (
	yes     = "yes"     // a mark: whatever the words around it ask
	assumed = "assumed" // compatible at best
	unclear = "unclear" // neither yes nor no
)

// Words that the table below is made of.
const (
	// checked are what is said of things, and ends what a negation holds for.
	checked = `(?:tested|supported|certified|compatible|recommended|verified|validated|qualified|maintained)`
	// adverbs stand between a negation and what it denies.
	adverbs = `(?:\s+(?:\w+ly|an?|any|be|been|being|considered|guaranteed(?: to be)?|known(?: to be)?|being|yet|also|or|nor)){0,3}\s+`
	// further is what a negation denies besides.
	further = `(?:(?:,|\s*/|,?\s+(?:or|nor|and))\s*(?:\w+ly\s+)?` + checked + `)*`
	deny    = `(?:not|never|neither|nor|cannot|(?:is|are|was|were|has|have|ca|wo)n['’]t)`
	will    = `(?:will|shall|(?:is|are) going|meant|intend(?:s|ed)?|aims?|plans?)(?: \w+ly| also| then| soon| to| only){0,2}`
)

// statusWords are the words by which pages say what holds; where several fit at
// the same place, the first here counts. The nouns say it in headings, heads and
// labels; a sentence that names the "compatibility" or the "requirements" states
// nothing by that. Words of no status are there so that no part of them says any.
var statusWords = []struct{ status, words, nouns string }{
	{"", `not (?:only|just|limited to)|battle-tested|end[- ]of[- ](?:life|support)[- ](?:dates?|polic(?:y|ies)|schedules?)|` +
		`(?:technical|customer|paid|contact(?:ing)?|our|your|email|phone) support|support(?:ed)? (?:teams?|tickets?|cases?|portals?|contracts?|plans?|subscriptions?|polic(?:y|ies)|engineers?)|` +
		`(?:supports?|supported for|required for|recommended for) (?:(?:up to|about|around|at (?:most|least)|more than|over) )?[\d.,]+[km]?\+? (?:\w+ ){0,2}(?:users?|requests?|connections?|clients?|sessions?|nodes?|seats?|agents?|tps|rps)`,
		`(?:backwards?|forwards?) compatibility`},
	{unclear, will + `(?: not| no longer)(?: be)? \w+|will (?:be (?:removed|dropped|deprecated|discontinued|withdrawn)|end|cease|drop)|` +
		`support(?:ed)?(?:\s+[\w.]+){0,5}?\s+(?:until|ends?|ending|expires?|expir(?:y|ation))|(?:tested|compatible|certified)(?: only)? until|until v?\d|(?:may|might|could) (?:\w+ )?(?:work|run|be (?:tested|compatible))|should be tested|partial(?:ly)?(?:\s+` + checked + `)?`,
		`^(?:adding|requesting|proposing|choosing)`},
	{planned, `(?:(?:not|n['’]t|never)\s+yet|yet to)(?:\s+\w+ly|\s+be|\s+been)*\s+` + checked + further + `|(?:is|are|has|have|not)\s+(?:not\s+)?been\s+planned|` +
		`to be (?:\w+ly )?(?:tested|supported|certified|verified|validated|added|confirmed|determined|announced)|` + will + `(?: be)? (?:` + checked + `|supports?|test|certify|verify|work|available|added)|` +
		`(?:planned|upcoming|future|forthcoming|coming)(?: \w+)? support|support(?: \w+){0,3} (?:is|are) (?:planned|coming)|planned|coming soon|tb[ad]`,
		`upcoming|future|roadmap|not yet`},
	{outOfSupport, `no longer` + adverbs + `(?:` + checked + further + `|support\w*|tests?|works?|available)|(?:formerly|previously|originally|once|used to be|(?:was|were) (?:once|earlier|formerly|previously))` + adverbs + checked + further +
		`|(?:was|were|had been)(?:\s+\w+ly)? (?:supported|compatible|recommended)|out of (?:\w+ )?support|end[- ]of[- ](?:life|support|maintenance)|end-of-lifed?|eol|` +
		`support(?:\s+[\w.]+){0,5}?\s+(?:ended|expired|ceased|stopped|(?:was|were|is|are|has been|have been) (?:dropped|removed|discontinued|withdrawn|ended))|` +
		`(?:drop(?:s|ped)?|remov(?:es?|ed)|ended|discontinued|withdr[ae]wn?) (?:the )?support|discontinued|unmaintained`,
		`removed|retired|obsolete|dropped|withdrawn|former|^(?:was|were)\s+` + checked},
	{notRecommended, `(?:` + deny + `|(?:no|any) longer|do(?:es)?n['’]t|do(?:es)? not)\s+(?:\w+ly )?(?:be\s+)?recommend(?:ed|s|ing)?|discouraged|(?:should|must) not be used|advise against`, ``},
	{notTested, deny + adverbs + `(?:tested|certified|verified|validated|qualified)` + further + `|do(?:es)?(?: not|n['’]t) (?:\w+ly )?test|untested|unverified|uncertified|without (?:being )?(?:test(?:s|ed|ing)?)|no (?:tests?|testing)`,
		``},
	{incompatible, deny + adverbs + `(?:supported|compatible|support|work|maintained|run|allowed|available)` + further + `|do(?:es)?(?:n['’]t| not) (?:\w+ly )?(?:support|work|run)|` +
		`incompatib(?:le|ility|ilities)|unsupported|(?:without|no|lacks?)(?: \w+ly)? support|(?:cannot|can['’]t|can not) (?:be used|work|run)|prevents?\b[^.]{0,20}\b(?:use|using|working)`, ``},
	{deprecated, `(?:is |are )?deprecated`, `deprecations?`},
	{assumed, `assum(?:es?|ed|ing)\b[^.;]*?\b(?:compatib(?:le|ility)|supported|tested|work)|(?:expected|believed|likely|presumed|presumably|supposed|thought|should)(?: to| also| still|,)*(?: be| run| \w+ly)*(?: ` + checked + `|(?: to)? (?:work|run|support))`, `assum(?:ptions?|ed|es)|expected`},
	{tested, `tested|certified|verified (?:with|on|against)|validated (?:with|on|against)|we (?:\w+ly )?test (?:with|on|against)`, `verified|validated|qualified|certifications?`},
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
			groups[i] = "(" + strings.TrimPrefix(s.words+"|"+s.nouns, "|") + ")"
		}
	}
	return compiled(`(?i)(?:\b|^)(?:` + strings.Join(groups, "|") + `)(?:\b|$)`)
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
	"recommend", "discourag", "deprecat", "support", "compatib", "work", "test", "certif", "verif", "validat", "qualif", "maintain", "prefer",
	"instead", "minimum", "at least", "requir", "mandatory", "must", "prerequisit", "necessary", "run", "top of", "combination", "will", "until",
	"planned", "upcoming", "coming", "future", "roadmap", "not yet", "tba", "tbd", "be used", "prevent", "eol", "end of", "end-of", "remove",
	"retired", "obsolete", "dropped", "withdr", "former", "discontinu", "available", "assum", "expect", "partial", "adding", "proposing",
	"choosing", "advise",
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
		if status := statusWords[group].status; status != "" {
			cues = append(cues, cue{status: status, from: m[0], to: m[1], others: aboutOthers().MatchString(wordsBefore(text, m[0]))})
		}
	}
	return cues
}

// statusTogether gives what the cues of one text say: tested before all other yeses,
// because a page that says both "tested" and "supported" means what it tested; then
// what is said first. A text that says yes and no says neither.
func statusTogether(cues []cue) string {
	status := ""
	for _, c := range cues {
		switch {
		case status == "":
			status = c.status
		case c.status == unclear || says(status)*says(c.status) < 0 && !lessens(status, c.status) && !lessens(c.status, status):
			return unclear
		case c.status == tested && says(status) > 0 && status != assumed && status != deprecated, lessens(c.status, status):
			status = c.status
		}
	}
	return status
}

// lessens reports whether a status takes something from a yes and leaves the rest.
func lessens(status, from string) bool {
	return says(from) > 0 && (status == notRecommended || from != notRecommended && (status == deprecated || status == assumed && from != deprecated))
}

// says tells a yes (1) from a no (-1) and from what is neither (0). What is planned is
// no yes now.
func says(status string) int {
	switch status {
	case "", unclear:
		return 0
	case notRecommended, notTested, outOfSupport, incompatible, planned:
		return -1
	}
	return 1
}

// Where words may stand, from the nearest outwards.
const (
	inCell     = "cell"
	inHead     = "head of the column"
	inGroup    = "row above"
	inHeading  = "heading"
	inSentence = "sentence before it"
	inTitle    = "title"
)

// level is what the words at a place say of what stands there or below.
type level struct{ place, text, status string }

// marks are cells that say it by a sign or a letter.
var markStatuses = map[string]string{
	"✅": yes, "✓": yes, "✔": yes, "☑": yes, "yes": yes, "y": yes, "full": yes,
	"❌": incompatible, "✗": incompatible, "✘": incompatible, "✖": incompatible, "no": incompatible, "n": incompatible,
	"⚠": unclear, "\ufffc": unclear, "nt": notTested,
}

// said reads what the words at a place say of what stands there or below.
func said(place, text string) level {
	l := level{place: place, text: text}
	sign, rest := "", text
	if place == inCell {
		sign, rest = markIn(text)
	}
	pattern := headWords
	if place == inSentence {
		pattern = verbs
	}
	cues := slices.DeleteFunc(cuesIn(rest, pattern), func(c cue) bool { return c.others && place == inSentence })
	words := statusTogether(cues)
	switch {
	case sign == "" || sign == words:
		l.status = words
	case words == "" || sign == incompatible && says(words) < 0:
		l.status = cmp.Or(words, sign)
	case sign == yes && says(words) > 0:
		l.status = words
	default:
		l.status = unclear
	}
	return l
}

// markIn gives what the mark says that a cell begins with, and the words behind it.
func markIn(text string) (status, rest string) {
	text = strings.TrimSpace(text)
	first, rest, _ := strings.Cut(text, " ")
	if status = markStatuses[strings.ToLower(strings.Trim(first, ".,;:*"))]; status != "" && (rest == "" || len([]rune(first)) == 1 || strings.ContainsAny(first, ".,;:*") || rest[0] == '(') {
		return status, rest
	}
	for sign, status := range markStatuses { // one that stands to the words without a blank
		if sign[0] > '~' && strings.HasPrefix(text, sign) {
			return status, text[len(sign):]
		}
	}
	return "", text
}

// decide gives what levels say together, the nearest first: what the nearest says,
// unless that is a yes and a wider one denies it. Then nothing is stated, and why
// says what stands where.
func decide(levels []level) (status, why string) {
	i := slices.IndexFunc(levels, func(l level) bool { return l.status != "" })
	if i < 0 {
		return "", ""
	}
	nearest := levels[i]
	if nearest.status == unclear {
		return "", fmt.Sprintf("the %s %q says neither yes nor no of it: state it by hand", nearest.place, clip(nearest.text))
	}
	if says(nearest.status) < 0 {
		return denied(nearest, levels[i+1:]), ""
	}
	status = nearest.status
	for _, wider := range levels[i+1:] {
		switch {
		case says(wider.status) < 0:
			return "", fmt.Sprintf("the %s %q says that it holds, and the %s %q that it does not: state it by hand", nearest.place, clip(nearest.text), wider.place, clip(wider.text))
		case status == yes && says(wider.status) > 0, wider.status == assumed, wider.status == deprecated, lifts(wider, nearest):
			status = wider.status
		}
	}
	switch status {
	case yes:
		status = supported
	case assumed:
		status = compatible
	}
	return status, ""
}

// denial says of a yes which of some levels denies it; empty where none does.
func denial(status string, levels []level) string {
	i := slices.IndexFunc(levels, func(l level) bool { return says(l.status) < 0 })
	if i < 0 || says(status) <= 0 {
		return ""
	}
	return fmt.Sprintf("it stands there as %s, and the %s %q says that it is not: state it by hand", strings.ReplaceAll(status, "_", " "), levels[i].place, clip(levels[i].text))
}

// denied gives what a no denies: where the head of a column asks what was tested, a no
// is that it was not.
func denied(nearest level, wider []level) string {
	if nearest.place == inCell && nearest.status == incompatible && len(wider) > 0 && wider[0].place == inHead {
		if mark, rest := markIn(nearest.text); mark != "" && rest == "" && wider[0].status == tested {
			return notTested
		}
	}
	return nearest.status
}

// lifts reports whether wider words say of all that is listed that it was tested:
// pages print "supported" at the head beside what they say they tested. Words that
// say both tell the two apart.
func lifts(wider, nearest level) bool {
	return wider.status == tested && nearest.place != inCell && (nearest.status == supported || nearest.status == compatible) &&
		!slices.ContainsFunc(cuesIn(wider.text, verbs), func(c cue) bool { return c.status == supported })
}

// statusOf gives what a heading or a label says of what follows.
func statusOf(text string) string { return said(inHeading, text).status }
