package page

import (
	"slices"
	"strings"
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
		r.sentence(sentence, s)
	}
}

// sentence reads one sentence.
func (r *reader) sentence(w words, s scope) {
	t := w.text
	cues := cuesIn(t, false)
	if len(cues) == 0 && !setsHome().MatchString(t) {
		return
	}
	if r.bothFail(w, s) {
		return
	}
	start := 0
	if m := condition().FindStringIndex(t); m != nil {
		start, s.when = m[1], strings.TrimSuffix(strings.TrimSpace(t[:m[1]]), ",")
	}
	s.take(t[start:], r.names)
	if m := setsHome().FindStringIndex(t); m != nil {
		cues = append(cues, cue{status: required, from: m[0], to: m[1]})
	}
	for _, m := range r.names.mentions(w) {
		if m.from >= start && means(m, t) {
			r.mentioned(m, w, cues, s)
		}
	}
}

// setsHome is a sentence that says by a setting what is needed.
var setsHome = compiled(`(?i)\bJAVA_HOME\b.{0,40}\bpoint to your\b|^install\b`)

// means reports whether a mention is one that a status can be stated of.
func means(m mention, t string) bool {
	if len(m.versions) == 0 && m.of.Generic {
		return false
	}
	before := wordsBefore(t, m.from)
	return !conditional().MatchString(before) && !ofOthers().MatchString(before)
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
	if status == "" {
		return
	}
	if len(m.versions) == 0 && m.of.Kind != kindArch && status != recommended && status != notRecommended {
		r.unread(w.text, w.line(m.from), s, "it names "+w.text[m.from:m.to]+" without a version: state it by hand, if it states anything")
		return
	}
	if status == recommended && openEnded().MatchString(w.text[m.to:]) {
		return
	}
	s.status = status
	if own := ownRelease().FindStringSubmatch(wordsBefore(w.text, c.from)); own != nil {
		s.release = own[1]
	}
	name := w.text[m.from:m.to]
	st := Statement{Kind: m.of.Kind, Name: name, Status: status, Line: w.line(m.from), Quote: w.text}
	if len(m.versions) == 0 {
		r.state(st, s)
	}
	for _, v := range m.versions {
		st.Version, st.Line = v.version, v.line
		r.state(st, s)
	}
}

// ownRelease is a release that stands right before a cue: "4.2.0 supported".
var ownRelease = compiled(`(?:^|[\s(])v?(\d+\.\d+[\w.]*)\s+$`)

// cueFor gives the cue that a mention stands under: the nearest before it, or else
// the first after it.
func cueFor(m mention, t string, cues []cue) cue {
	found := cue{}
	for _, c := range cues {
		switch {
		case c.from >= m.to && isSaid().MatchString(t[m.to:c.from]):
			return c
		case c.others && c.to <= m.from:
			found = cue{}
		case c.others:
		case c.to <= m.from && (c.status != required || !forOthers().MatchString(t[c.to:])):
			found = c
		case c.from >= m.to && found.status == "" && passive().MatchString(t[m.to:c.from]):
			return c
		}
	}
	return found
}

// isSaid stands between a mention and a cue that speaks of it alone: "X is supported".
var isSaid = compiled(`(?i)^\s+(?:is|are|has been|have been)\s+(?:\w+ly\s+)?$`)

// passive stands between a mention and a cue that speaks of it: "X is supported".
var passive = compiled(`(?i)^[\w\s.,*()–-]*\b(?:is|are|be|been|was|were)\s+(?:\w+ly\s+)?$`)

// pointing is a sentence that sends the reader elsewhere.
var pointing = compiled(`(?i)(?:^|, )(?:please )?(?:see|refer to|contact|read)\b`)

// saysNothing reports whether words are sentences that state nothing of an
// environment: they name no technology but whole kinds of them, no number, and
// whatever they say holds is not said here, but where they point to.
func (names Names) saysNothing(text string) bool {
	for _, w := range sentences(words{text: text}) {
		if !isSentence(w.text) || names.mayStateSomething(w) {
			return false
		}
	}
	return true
}

// mayStateSomething reports whether a sentence may state something of an environment.
func (names Names) mayStateSomething(w words) bool {
	rest := []byte(w.text)
	for _, m := range names.mentions(w) {
		if means(m, w.text) || len(m.versions) == 0 && !m.of.Generic {
			return true
		}
		for i := m.from; i < m.end; i++ {
			rest[i] = ' '
		}
	}
	if strings.ContainsAny(string(rest), "0123456789") {
		return true
	}
	own := slices.ContainsFunc(cuesIn(w.text, false), func(c cue) bool {
		return !c.others
	})
	return own && !pointing().MatchString(w.text)
}
