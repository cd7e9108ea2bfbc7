package page

import (
	"cmp"
	"slices"
	"strings"
)

// scope is what the surroundings of a list or table say of what stands in it.
type scope struct {
	kinds      []string // of the nearest words that name any
	status     string   // what the levels say together
	why        string   // they say nothing together, though some say something
	levels     []level  // those that say anything, the nearest first
	when       string
	deployment string // the way to deploy that requirements are of
	subject
	of      []printedItem // of the item that a nested list belongs to
	under   string        // the head of the column, where it names what stands below it
	section string
	marked  bool // the nearest heading or sentence speaks of environments
}

// subject is the product that something is stated of, and its release, as printed.
type subject struct{ product, release string }

// kind gives the kind of the surroundings when there is one alone.
func (s scope) kind() string {
	if len(s.kinds) == 1 {
		return s.kinds[0]
	}
	return ""
}

// has reports whether the surroundings speak of a kind.
func (s scope) has(kind string) bool {
	return slices.Contains(s.kinds, kind)
}

// nearer puts words between the surroundings and what stands in them.
func (s *scope) nearer(l level) {
	if l.status == "" {
		return
	}
	s.levels = append([]level{l}, s.levels...)
	s.status, s.why = decide(s.levels)
}

// section is an open heading and what it says.
type section struct {
	level  int
	title  string
	kinds  []string
	status string
	subject
	lent   bool // a sentence has said what it is about, and the next may say otherwise
	marked bool
	lists  bool              // it says that what stands in it was tested, is or is not supported
	said   map[string]string // what was said of a technology, by the first word of its name
}

// aboutEnvironments are words of headings that promise environments without
// naming a kind or status.
var aboutEnvironments = compiled(`(?i)\b(?:environments?|prerequisites?|requirements?|compatibility|matrix|platforms?|software)\b`)

// enter opens a section.
func (r *reader) enter(b *block) {
	for k := len(r.sections); k > 0 && r.sections[k-1].level >= b.level; k-- {
		r.sections = r.sections[:k-1]
	}
	t := b.text.text
	if t == "" {
		return // what a tab held has ended
	}
	s := section{level: b.level, title: t, kinds: kindsOf(t), status: statusOf(t)}
	wider := r.open() // what it is about holds for a part of it whose heading says nothing: "System requirements", then "Gateway"
	s.lists = wider.lists && s.status == ""
	for _, c := range cuesIn(t, false) { // "Recommended and supported options"
		s.lists = s.lists || slices.Contains([]string{tested, supported, incompatible, notTested, outOfSupport}, c.status)
	}
	s.marked = len(s.kinds) > 0 || aboutEnvironments().MatchString(t) || marks(s.status, wider) || s.lists && s.status != "" ||
		s.status == "" && (wider.lists || wider.marked && len(wider.kinds) > 0 && wider.level > 1)
	s.subject = r.names.sectionOf(t, wider.title)
	r.sections = append(r.sections, s)
	r.intro, r.announced = "", ""
	if r.page.Title == "" {
		r.page.Title = clip(t)
	}
}

// marks reports whether a heading speaks of environments by its status alone:
// recommendations may be about anything, so they do under a heading that does.
func marks(status string, wider *section) bool {
	switch status {
	case "":
		return false
	case recommended, minimum, required, notRecommended:
		return wider.marked
	}
	return true
}

// open is the nearest open section; one that says nothing where none is.
func (r *reader) open() *section {
	if k := len(r.sections); k > 0 {
		return &r.sections[k-1]
	}
	return &section{}
}

// here gives what the open headings and the words before a list or table say.
func (r *reader) here() scope {
	s := r.around()
	if name := r.names.nameOf(s.section); name != "" { // "PostgreSQL", then "15" and "16"
		s.of = []printedItem{{name: name}}
	}
	r.introduced(&s)
	return s
}

// around gives what the open headings and the title say.
func (r *reader) around() scope {
	s := scope{}
	for i := len(r.sections) - 1; i >= 0; i-- {
		h := &r.sections[i]
		if s.section == "" {
			s.section, s.marked = clip(h.title), h.marked
		}
		if len(s.kinds) == 0 {
			s.kinds = h.kinds
		}
		if s.product == "" {
			s.product, s.release = h.product, cmp.Or(s.release, h.release)
		}
		if h.status != "" {
			s.levels = append(s.levels, level{inHeading, h.title, h.status})
		}
	}
	if title := said(inTitle, r.page.Title); title.status != "" && (len(r.sections) == 0 || r.sections[0].title != r.page.Title) {
		s.levels = append(s.levels, title)
	}
	if m := onlyFor().FindStringSubmatch(s.section); m != nil {
		s.when = m[1]
	}
	s.status, s.why = decide(s.levels)
	return s
}

// onlyFor is what a heading says that something holds for alone.
var onlyFor = compiled(`(?i)\b((?:in|for) (?:development|tests?|testing|evaluation|demonstrations?)(?: (?:and|or|&) (?:development|tests?|testing|evaluation|demonstrations?))?)(?: only| purposes| environments?)*$`)

// introduced adds what the words before a list or table say. They are nearer than
// all headings but the nearest.
func (r *reader) introduced(s *scope) {
	if r.intro == "" {
		return
	}
	last := lastSentence(r.intro)
	if m := versionsOf().FindStringSubmatch(last); m != nil {
		if name := r.names.nameOf(m[1]); name != "" {
			s.of = []printedItem{{name: name}}
		}
	}
	says, announced := saidBefore(r.intro, s.kinds)
	if kinds := kindsOf(last); len(s.kinds) == 0 || len(kinds) == 1 && len(s.kinds) > 1 && s.has(kinds[0]) {
		s.kinds = kinds
	}
	head := r.open().status
	if says.status != "" {
		at := len(s.levels) // what does not announce says it where nothing else does
		if announced {
			at = min(at, map[bool]int{true: 1}[head != ""])
		}
		s.levels = slices.Insert(s.levels, at, says)
		s.status, s.why = decide(s.levels)
	}
	if announced || !strings.HasPrefix(last, "See ") { // "See also Acme 2.0." is not said of it
		s.take(last, r.names)
	}
	s.ofOther(last, r.names)
	ofEnvironments := len(kindsOf(last)) > 0 || aboutEnvironments().MatchString(last)
	// A sentence that speaks of other things than the heading begins something else.
	belongs := slices.Contains([]string{tested, supported, compatible, incompatible}, head) || s.has(kindRequirement) || statusOf(last) != "" || ofEnvironments
	s.marked = s.marked && belongs || says.status != "" && introducing().MatchString(last) && ofEnvironments
}

// saidBefore gives what the words before a list or table say of it: those that
// announce it, or speak of the kinds of the section, or else say what may hold of it.
func saidBefore(intro string, kinds []string) (l level, announced bool) {
	last := lastSentence(intro)
	announced = introducing().MatchString(last)
	if l = said(inSentence, last); l.status == "" {
		l = said(inSentence, intro)
	}
	if l.status == "" && announced {
		l.status = statusOf(last)
	}
	directly := announced && l.status == "" || !sentenceEnd().MatchString(last+" ")
	switch {
	case directly && says(l.status) < 0:
		return l, true
	case directly && setsApart(condition().ReplaceAllString(last, "")):
		return level{inSentence, last, unclear}, true
	}
	if announced {
		if (l.status == compatible || l.status == assumed) && announcing().MatchString(intro) { // "runs on Java, and supports the following"
			l.status = supported
		}
		return l, true
	}
	if says(l.status) <= 0 || l.status == recommended {
		return level{}, false
	}
	return l, slices.ContainsFunc(kindsOf(last), func(k string) bool { return slices.Contains(kinds, k) })
}

// announcing says right before what is listed that it is supported.
var announcing = compiled(`(?i)\bsupport(?:s|ed)(?:\s+(?:the|these|by|on|in|under|with))*\s*(?::|\bfollowing\b)`)

// versionsOf ends a sentence that announces versions of a technology.
var versionsOf = compiled(`(?i)\b(?:versions|releases) of ([^:.,]+?)(?: (?:are|is) [a-z]+)?:$`)

// introducing is a sentence that announces a list or table.
var introducing = compiled(`(?i):$|\b(?:following|given|listed|these|below|here|this (?:table|list|section|page))\b`)

var sentenceEnd = compiled(`[.!?]["')\]]*\s+(?:[a-z]*[A-Z("\[]|$)|\n`)

// lastSentence gives the last sentence of a text.
func lastSentence(t string) string {
	t = strings.TrimSpace(t)
	all := sentenceEnd().FindAllStringIndex(t, -1)
	for i := len(all) - 1; i >= 0; i-- {
		if end := all[i][0] + 1; end < len(t)-1 {
			return strings.TrimSpace(t[end:])
		}
	}
	return t
}
