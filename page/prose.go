package page

import (
	"slices"
	"strings"

	"github.com/testedon/testedon/internal/str"
)

// A sentence is read for so many words and technologies; one that has more is no
// sentence.
const (
	maxWords    = 500
	maxMentions = 30
)

// wordsBefore gives the words before a place, as many as can matter.
func wordsBefore(t string, at int) string { return t[max(0, at-120):at] }

// prose reads sentences: a technology is stated with what the words nearest before
// it say, or else after it.
func (r *reader) prose(w words, s scope) {
	for _, sentence := range sentences(w) {
		before := len(r.page.Statements) + len(r.page.Unread)
		if !r.needs(sentence, s) {
			r.sentence(sentence, s)
		}
		if len(r.page.Statements)+len(r.page.Unread) == before && !pointer().MatchString(sentence.text) && (r.names.mayBeStated(sentence.text) || s.has(kindRequirement) && hasAmount(sentence.text)) {
			r.unread(sentence.text, sentence.line(0), s, nothingMade)
		}
	}
}

// besides says of an amount that it is no whole one.
var besides = compiled(`(?i)\b(?:swap|cache|logs?|per|each|every|additional|extra|more)\b`)

// needs reads a sentence that says how much of a resource is needed: "You need at least 8 GB
// of memory".
func (r *reader) needs(w words, s scope) bool {
	asked := func(status string) bool { return status == required || status == minimum || status == recommended }
	of := ""
	if resourceIn(w.text) == "" {
		of = resourceIn(s.section)
	}
	about := s.has(kindRequirement) || asked(s.status) && resourceOf(s.section) != ""
	if !about || !hasAmount(w.text) || !asked(said(inSentence, w.text).status) || of+resourceIn(w.text) == "" || besides().MatchString(w.text) {
		return false
	}
	s.kinds = []string{kindRequirement}
	r.amountsOf("", of, w, s, w.text)
	return true
}

// sentence reads one sentence.
func (r *reader) sentence(w words, s scope) {
	t := w.text
	cues := cuesIn(t, false)
	if len(cues) == 0 && !setsHome().MatchString(t) {
		return
	}
	if r.bothFail(w, s) || doubtful(t) {
		return
	}
	start := 0
	if m := condition().FindStringIndex(t); m != nil {
		start = m[1]
		if _, release := r.names.askedIn(t[:start]); release == "" { // else it says of which release
			s.when = strings.TrimSuffix(strings.TrimSpace(t[:start]), ",")
		}
	}
	s.take(t, r.names)
	all := r.names.mentions(w)
	for i, c := range cues { // "Jetty 12 requires Java 17"
		cues[i].others = c.others || active().MatchString(t[c.from:c.to]) && slices.ContainsFunc(all, func(m mention) bool { return m.after()+1 == c.from })
	}
	if m := setsHome().FindStringIndex(t); m != nil {
		cues = append(cues, cue{status: required, from: m[0], to: m[1]})
	}
	if title := r.open().title; cues[0].from == len(title)+1 && strings.HasPrefix(t, title+" ") && r.names.ofNoKind(title) {
		s.subject = subject{product: title}
	}
	before, end := len(r.page.Statements), -1
	for _, m := range all {
		switch {
		case m.from < start || !means(m, t):
		case end > 0 && m.from == end+1 && t[end] == ' ' && len(m.versions) > 0: // "Oracle JDK 8 JVM 8u171"
			r.unread(t, w.line(m.from), s, "a second name and version stand right behind others: state it by hand")
		default:
			r.mentioned(m, w, cues, s)
		}
		if end = -1; len(m.versions) > 0 {
			end = m.end
		}
	}
	r.page.Statements = spanned(r.page.Statements, before)
}

// ofNoKind reports whether words name no technology and no kind of them.
func (names Names) ofNoKind(text string) bool {
	kind, _ := names.kindOf(text)
	return kind == "" && productName().MatchString(text) && len(kindsOf(text)) == 0
}

// spanned makes one of two statements of a sentence that give the ends of one span: "at
// least Java 17, and compatible up to and including Java 23".
func spanned(all []Statement, from int) []Statement {
	if len(all)-from != 2 {
		return all
	}
	low, high := &all[from], &all[from+1]
	first, isLow := strings.CutPrefix(low.Version, ">=")
	last, isHigh := strings.CutPrefix(high.Version, "up to ")
	if !isLow || !isHigh || low.Kind != high.Kind || !strings.EqualFold(low.Name, high.Name) || says(low.Status) < 0 || says(high.Status) < 0 {
		return all
	}
	low.Status, low.Version = high.Status, ">="+first+" <="+plainNumber(last)
	return all[:from+1]
}

// active is a cue whose subject stands before it, and is no product where that is a technology.
var active = compiled(`(?i)^(?:requires?|supports?)$`)

// setsHome is a sentence that says by a setting what is needed.
var setsHome = compiled(`(?i)\bJAVA_HOME\b.{0,40}\bpoint to your\b|^install\b`)

// means reports whether a mention is one that a status can be stated of.
func means(m mention, t string) bool {
	if len(m.versions) == 0 && m.of.Generic {
		return false
	}
	before := wordsBefore(t, m.from)
	return !conditional().MatchString(before) && !ofOthers().MatchString(before) && !m.isPart(t)
}

// bothFail reads a sentence that says what does not work with what.
func (r *reader) bothFail(w words, s scope) bool {
	m := bothFail().FindStringSubmatchIndex(w.text)
	if m == nil || len(kindsOf(w.text[m[4]:m[5]])) == 0 && w.text[m[4]:m[5]] == "" {
		return false
	}
	name, with := w.text[m[2]:m[3]], w.text[m[4]:m[5]]
	kind, _ := r.names.kindOf(with)
	if kind == "" && len(kindsOf(with)) == 0 {
		return false
	}
	r.state(Statement{Kind: kindIncompatibility, Name: name, With: with, Status: incompatible, Line: w.line(m[2]), Quote: w.text}, s)
	return true
}

// mentioned states a mention with the status that its sentence gives it.
func (r *reader) mentioned(m mention, w words, cues []cue, s scope) {
	c := cueFor(m, w.text, cues)
	status := c.status
	switch {
	case status == "":
		return
	case c.to <= m.from && ofPart().MatchString(wordsBefore(w.text, c.from)):
		r.unread(w.text, w.line(m.from), s, "it speaks of a part of the product: state it by hand, if it states anything")
		return
	case m.unreadable(w.text):
		r.unread(w.text, w.line(m.from), s, "a version of "+w.text[m.from:m.to]+" stands there that could not be read: state it by hand")
		return
	case (len(m.versions) == 0 || status == recommended) && movesFrom().MatchString(w.text):
		r.unread(w.text, w.line(m.from), s, "it speaks of a move: state it by hand, if it states anything")
		return
	case len(m.versions) == 0 && m.of.Kind != kindArch && (status != recommended && status != notRecommended || editionOf().MatchString(wordsBefore(w.text, m.from))):
		r.unread(w.text, w.line(m.from), s, "it names "+w.text[m.from:m.to]+" without a version: state it by hand, if it states anything")
		return
	case status == recommended && openEnded().MatchString(w.text[m.to:]):
		return
	case status == assumed:
		status = compatible
	}
	if behind := onlyBehind().FindStringSubmatch(w.text[c.to:]); behind != nil && c.from >= m.end && passive().MatchString(wordsBefore(w.text, c.from)) && !ofAll().MatchString(behind[1]) {
		if product, _ := r.names.askedIn(behind[1]); product == "" {
			s.when = str.Join("; ", s.when, behind[1])
		}
	}
	s.status = status
	if own := ownRelease().FindStringSubmatch(wordsBefore(w.text, c.from)); own != nil {
		s.release = own[1]
	}
	name := w.text[m.from:m.to]
	st := Statement{Kind: m.of.Kind, Name: name, Status: status, Line: w.line(m.from), Quote: w.text, Sentence: true}
	if len(m.versions) == 0 {
		r.state(st, s)
	}
	for _, v := range m.versions {
		one := s
		one.when = str.Join("; ", s.when, v.when)
		st.Version, st.Line = v.version, v.line
		r.state(st, one)
	}
}

// unreadable reports whether something stands behind a mention and its versions that is
// a version of it, and none that was read.
func (m *mention) unreadable(t string) bool {
	if len(m.versions) == 0 {
		return strayVersion().MatchString(t[m.to:])
	}
	next := moreVersions().FindString(t[m.end:])
	return bracketedVersion().MatchString(t[m.end:]) || next != "" && m.end+len(next) < len(t) && str.IsDigit(t[m.end+len(next)]) && !measured().MatchString(strings.TrimLeft(t[m.end+len(next):], digits+".,"))
}

var (
	// ofPart comes before a cue that speaks of a part of a product.
	ofPart           = compiled(`(?i)\b(?:features?|functions?|emulators?|collations?|options?|plug-?ins?|connectors?|extensions?|modules?|packages?|integrations?|drivers?|commands?|scripts?)\s+(?:(?:is|are|has|have|was|were|be|been|being|does|do|can|\w+ly)\s+)*$`)
	bracketedVersion = compiled(`^\s*\(\s*v?\d[\w.]*\+?(?:\s+(?:or|and)\s+\w+)?\)`)
	strayVersion     = compiled(`(?i)^(?:[\s(,]+(?:versions?|releases?))?\s*[(,]?\s*[~≥≤><=]*\s*\d+(?:\.\d+)+|^[\s(,]+(?:versions?|releases?)\s+\S*\d`)
	// movesFrom is a sentence about a move from one thing to another.
	movesFrom = compiled(`(?i)\b(?:migrat(?:e|ing)|switching|moving)\b`)
	// editionOf comes before a name of which only a part is meant.
	editionOf = compiled(`(?i)\b(?:editions?|versions?|releases?|builds?|variants?|flavou?rs?|derivatives?|images?|installations?)\s+of(?:\s+the)?\s+$`)
)

// ownRelease is a release that stands right before a cue: "4.2.0 supported".
var ownRelease = compiled(`(?:^|[\s(])v?(\d+\.\d+[\w.]*)\s+$`)

// cueFor gives the cue that a mention stands under: one behind it whose subject it is, or
// else the nearest before it that reaches it.
func cueFor(m mention, t string, cues []cue) cue {
	found := cue{}
	for _, c := range slices.Backward(cues) {
		if c.to <= m.from {
			if !c.others && c.reaches(m, t) {
				found = c
			}
			break
		}
	}
	for _, c := range cues {
		switch {
		case c.from < m.from && c.to >= m.end: // "support for Java 8 has ended"
			return c
		case c.from >= m.after() && isSaid().MatchString(t[m.after():c.from]) && !c.others:
			return c
		case c.others, c.to <= m.from:
		case c.from >= m.end && found.status == "" && c.speaksOf(m, t):
			return c
		}
	}
	return found
}

// after gives where a mention ends with its versions.
func (m *mention) after() int {
	if len(m.versions) > 0 {
		return m.end
	}
	return m.to
}

// reaches reports whether what a cue says before a mention is said of it.
func (c cue) reaches(m mention, t string) bool {
	between := t[c.to:m.from]
	end, open := strings.IndexByte(between, ')'), strings.IndexByte(between, '(')
	if end >= 0 && (open < 0 || end < open) || strings.Count(between, ")") > strings.Count(between, "(") || elsewhere().MatchString(between) {
		return false
	}
	switch c.status {
	case required, recommended, notRecommended, deprecated: // "is required on X" is not said of X
		return !forOthers().MatchString(t[c.to:]) || toUse().MatchString(t[c.to:]) || !passive().MatchString(wordsBefore(t, c.from)) && c.status != required
	}
	return true
}

// toUse comes after a cue that speaks of what is used.
var toUse = compiled(`(?i)^ to (?:use|run|install|have|upgrade)\b`)

// elsewhere stands between a cue and a mention that it does not speak of.
var elsewhere = compiled(`(?i)[;]|\b(?:but|however|while|whereas|unless|except|other than|instead of|rather than|excluding|ends? (?:with|in)|because|since|due to|which (?:is|are)|and (?:is|are|was|has|have))\b`)

// speaksOf reports whether a mention is the subject of a cue behind it.
func (c cue) speaksOf(m mention, t string) bool {
	between := t[m.end:c.from]
	if otherSubject().MatchString(between) {
		return false
	}
	return strings.HasPrefix(t[c.from:], "prevent") || passiveOf().MatchString(between) || between == " " && strings.HasPrefix(t[c.from:], "must be") || says(c.status) <= 0 && subjectOnly().MatchString(between)
}

var (
	// otherSubject begins another subject: "On RHEL 10 an additional package is required".
	otherSubject = compiled(`(?i)\b(?:an|another|additional)\s`)
	// isSaid stands between a mention and a cue that speaks of it alone: "X is supported".
	isSaid = compiled(`(?i)^\s+(?:is|are|has been|have been)\s+` + adverbial + `$`)
	// passive stands before a cue whose subject stands before it.
	passive = compiled(`(?i)\b(?:is|are|be|been|was|were)\s+` + adverbial + `$`)
	// further are words that stand between the things that a sentence lists.
	furtherOf   = `^(?:[\s,()*/&–-]|\b(?:and|or|nor|as well as|both|all|also|versions?|releases?|(?:or|and) ` + orMore + `|lts|(?-i:[A-Z][\w.]*)|[a-z]?\d[\w.]*\+?)\b)*`
	passiveOf   = compiled(`(?i)` + furtherOf + `\b(?:is|are|be|been|was|were|has been|have been)\s+` + adverbial + `$`)
	subjectOnly = compiled(`(?i)` + furtherOf + `(?:\b(?:is|are|be|been|was|were|has|have|does|do|did)\s+)*$`)
)

// adverbial may stand before a cue.
const adverbial = `(?:(?:\w+ly|now|also|still)\s+)?`

// onlyBehind is what a passive cue is said to hold for alone: "is supported for development".
// What ofAll begins holds everywhere, or on the page.
var ofAll = compiled(`(?i)^\w+ (?:all|any|every|each|this|these|our|both)\b`)
var onlyBehind = compiled(`(?i)^\s+((?:only )?(?:for|on|in|with|when|if|under|via|within|using|without)\s+[^.;]*?)[.;]?$`)
