package page

import (
	"cmp"
	"strings"
)

// list reads a list. In a section about environments its items are statements;
// elsewhere they are sentences like any other.
func (r *reader) list(b *block, s scope) {
	quiet := !s.marked || s.status == "" && (len(s.kinds) == 0 || s.kind() == kindProduct) || r.tellsSteps(b, s)
	if s.has(kindRequirement) && isTitle(r.intro) {
		s.deployment = r.intro
	}
	for i := range b.subs {
		before := len(r.page.Statements) + len(r.page.Unread)
		it := &b.subs[i]
		if it.kind != item {
			it = &block{kind: item, subs: b.subs[i : i+1]}
		}
		r.item(it.subs, s, quiet)
		if text := flat(it.subs); !quiet && len(r.page.Statements)+len(r.page.Unread) == before && !r.names.saysNothing(text) {
			r.unread(text, firstLine(it.subs), s, "no technology with its status could be read from it: state it by hand, if it states anything")
		}
	}
}

// tellsSteps reports whether a list says what to do, not what there is.
func (r *reader) tellsSteps(b *block, s scope) bool {
	for i := range b.subs {
		t := flat(b.subs[i].subs)
		if _, sure := r.names.kindOf(t); b.steps && sure == unknownName || s.status == "" && isSentence(t) {
			return true
		}
	}
	return false
}

// item reads what stands in an item: its first words are the item, what follows
// belongs to it.
func (r *reader) item(subs []block, s scope, quiet bool) {
	intro := r.intro
	for i := range subs {
		b := &subs[i]
		switch b.kind {
		case paragraph:
			r.intro = introOf(b.text)
			r.entry(b.text, s, quiet, r.intro)
		case list:
			r.nested(b, s)
		default:
			r.read(subs[i : i+1])
		}
	}
	r.intro = intro
}

// nested reads a list inside an item, which the words of the item introduce.
func (r *reader) nested(b *block, s scope) {
	kinds, status := kindsOf(r.intro), statusOf(r.intro)
	if len(kinds) == 1 && strings.HasSuffix(strings.TrimSpace(r.intro), ":") {
		s.kinds, s.status, s.marked = kinds, cmp.Or(status, s.status), true
	} else if strings.HasSuffix(r.intro, ":") || len(kinds) > 1 {
		s.marked = false
	}
	r.list(b, s)
}

// content reads what stands in a cell of a table: items, one or many, in lists or
// not, and sentences between them.
func (r *reader) content(subs []block, s scope, quote string) {
	intro := r.intro
	for i := range subs {
		switch b := &subs[i]; b.kind {
		case paragraph:
			r.intro = introOf(b.text)
			r.entry(b.text, s, false, quote)
		case list:
			if len(s.kinds) > 0 || s.status != "" {
				s.marked = true
			}
			r.list(b, s)
		default:
			r.read(subs[i : i+1])
		}
	}
	r.intro = intro
}

var (
	// leads are words before the things that an item names.
	leads = compiled(`(?i)^(?:GA or (?:\w+ )?updated? for:?|any of:?|an?|the|latest versions? of|one of:?|either|or)(?:\s+|$)`)
	// labelledEntry is an item that says first what it speaks of.
	labelledEntry = compiled(`^([A-Z](?:[^:.\n]{1,60}?\s*:|[^:.\n\d]{1,60}?\s+[-–—]))\s+(\S[\s\S]*)$`)
	// sentenceWords are words that items have not and sentences have.
	sentenceWords = compiled(`\b(?:is|are|was|were|be|has|have|can|must|should|will|[Yy]ou|[Yy]our|[Ww]e|[Oo]ur|[Ss]ee|[Uu]se|[Uu]sing|[Mm]ake sure|that|which|[Tt]his|[Tt]hese|depends|[Cc]ontact)\b`)
)

// isSentence reports whether words are a sentence and no printed item.
func isSentence(t string) bool {
	t = bracketed().ReplaceAllString(t, "")
	n := len(strings.Fields(t))
	return n > 25 || sentenceWords().MatchString(t) && n > 3 || strings.HasSuffix(t, ".") && n > 7
}

// entry reads the words of an item.
func (r *reader) entry(w words, s scope, quiet bool, quote string) {
	t := strings.TrimSpace(w.text)
	switch {
	case t == "":
	case r.labelledItem(w, s, quiet, quote):
	case s.kind() == kindIncompatibility && !quiet:
		r.pairIn(w, s, quote)
	case !quiet && r.asksFor(t, s):
		r.amountsOf(s.deployment, "", w, s, quote)
	case quiet && r.again(w, s):
	case quiet || isSentence(t):
		r.prose(w, s)
	default:
		r.things(w, s, quote)
	}
}

// asksFor reports whether an item names amounts of what is needed.
func (r *reader) asksFor(t string, s scope) bool {
	if s.has(kindRequirement) {
		return hasAmount(t)
	}
	_, sure := r.names.kindOf(t)
	return sure == unknownName && (s.status == required || s.status == minimum || s.status == recommended) && hasAmount(t)
}

// pairing parts what does not work together.
var pairing = compiled(`^(.+?)\s+(?:together with|with|on|and|\+)\s+(.+?)[.;]?$`)

// pairIn reads an item that says what does not work, and with what.
func (r *reader) pairIn(w words, s scope, quote string) {
	s.status = incompatible
	m := pairing().FindStringSubmatch(oneLine(w.text))
	switch {
	case isSentence(w.text):
		s.kinds = nil
		r.prose(w, s)
	case m == nil:
		s.kinds = nil
		r.things(w, s, quote)
	default:
		name, version := r.names.split(m[1])
		r.state(Statement{Kind: kindIncompatibility, Name: name, Version: version, With: m[2], Status: incompatible, Line: w.line(0), Quote: quote}, s)
	}
}

// labelledItem reads an item such as "Operating System: Windows or Linux".
func (r *reader) labelledItem(w words, s scope, quiet bool, quote string) bool {
	m := labelledEntry().FindStringSubmatchIndex(w.text)
	if m == nil || quiet {
		return false
	}
	label, value := strings.TrimRight(w.text[m[2]:m[3]], " :-–—"), w.cut(m[4], m[5])
	if res := resourceOf(label); res != "" && hasAmount(value.text) {
		s.kinds = []string{kindRequirement}
		r.amountsOf("", label, value, s, quote)
		return true
	}
	kinds, isKind := isKindLabel(label)
	kind, sure := r.names.kindOf(label)
	switch {
	case sure > unknownName && justVersion().MatchString(parts(value)[0].text):
		s.kinds = []string{kind}
		for _, th := range r.names.versionsIn(value, label) {
			r.thing(th, s, quote)
		}
	case isKind:
		s.kinds = kinds
		if in := strings.IndexByte(value.text, '('); in > 0 && isSentence(strings.ReplaceAll(value.text, ",", " , ")) || strings.HasPrefix(value.text, "A ") && in > 0 {
			end := strings.LastIndexByte(value.text, ')')
			value = value.cut(in+1, max(end, in+1))
		}
		r.things(value, s, quote)
	default:
		return false
	}
	return true
}
