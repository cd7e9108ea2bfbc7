package page

import (
	"slices"
	"strings"

	"github.com/testedon/testedon/internal/str"
)

// list reads a list. In a section about environments its items are statements;
// elsewhere they are sentences like any other.
func (r *reader) list(b *block, s scope) {
	quiet := !s.marked || s.status == "" && s.why == "" && (len(s.kinds) == 0 || s.kind() == kindProduct) || r.tellsSteps(b, s)
	if s.has(kindRequirement) && isTitle(r.intro) {
		s.deployment = r.intro
	}
	defer r.withoutBare(len(r.page.Statements), s)
	for i := range b.subs {
		before := len(r.page.Statements) + len(r.page.Unread)
		it := &b.subs[i]
		if it.kind != item {
			it = &block{kind: item, subs: b.subs[i : i+1]}
		}
		r.within(it.subs, func(w words) {
			if strings.HasSuffix(strings.TrimSpace(w.text), ":") && len(it.subs) > 1 && !strings.ContainsAny(w.text, digits) {
				return // it introduces the list in it
			}
			if len(it.subs) > 1 && it.subs[1].kind == list && r.names.nameOf(strings.TrimSuffix(w.text, ":")) != "" {
				return // it stands above its versions, or above what is of it
			}
			r.entry(w, s, quiet, r.intro)
		}, func(b *block) { r.nested(b, s) })
		if text := plainText(it.subs); !quiet && len(r.page.Statements)+len(r.page.Unread) == before && r.names.mayState(text) {
			r.unread(text, firstLine(it.subs), s, "no technology with its status could be read from it: state it by hand, if it states anything")
		}
	}
}

// mayState reports whether what stands in an item may state something.
func (names Names) mayState(text string) bool {
	return !isSentence(text) || names.mayBeStated(text) || mayState(text) && strings.ContainsAny(text, digits)
}

// withoutBare tells the operating systems that stand without a version in a list, from a
// statement on, in which others have one: which of them are meant is not said.
func (r *reader) withoutBare(from int, s scope) {
	if slices.ContainsFunc(r.page.Statements[from:], func(st Statement) bool { return st.Kind == kindOS && strings.ContainsAny(st.Version, digits) }) {
		r.page.Statements = append(r.page.Statements[:from], slices.DeleteFunc(r.page.Statements[from:], func(st Statement) bool {
			bare := st.Kind == kindOS && st.Version+st.When == ""
			if bare {
				r.unread(st.Label(), st.Line, s, "it stands without a version beside others that have one: state it by hand")
			}
			return bare
		})...)
	}
}

// tellsSteps reports whether a list says what to do, not what there is.
func (r *reader) tellsSteps(b *block, s scope) bool {
	for i := range b.subs {
		t := plainText(b.subs[i].subs)
		if _, sure := r.names.kindOf(t); b.steps && sure == unknownName || s.status == "" && isSentence(t) {
			return true
		}
	}
	return false
}

// within reads what stands in an item or a cell: paragraphs, each of which introduces what
// comes after it there, and lists; whatever else as it would be outside.
func (r *reader) within(subs []block, paragraphs func(words), lists func(*block)) {
	intro := r.intro
	for i := range subs {
		switch b := &subs[i]; b.kind {
		case paragraph:
			r.intro = introOf(b.text)
			paragraphs(b.text)
		case list:
			lists(b)
		default:
			r.read(subs[i : i+1])
		}
	}
	r.intro = intro
}

// nested reads a list inside an item, which the words of the item introduce.
func (r *reader) nested(b *block, s scope) {
	intro := strings.TrimSpace(r.intro)
	last := lastSentence(intro)
	l := said(inHeading, last)
	kinds := kindsOf(last)
	s.of = nil
	if !isSentence(intro) {
		s.of = r.names.known(intro)
	}
	s.nearer(level{inGroup, last, l.status})
	s.ofOther(last, r.names)
	switch {
	case len(kinds) == 1 && strings.HasSuffix(intro, ":"):
		s.kinds, s.marked = kinds, true
	case len(s.of) > 0 || l.status != "" && len(kinds) == 0:
		s.kinds = nil
	case strings.HasSuffix(intro, ":") || len(kinds) > 1:
		s.marked = false
	}
	r.list(b, s)
}

// known gives the items of a text that are technologies, if all of them are.
func (names Names) known(text string) []printedItem {
	label, value, found := strings.Cut(strings.TrimSuffix(text, ":"), ":")
	if _, sure := names.kindOf(label); found && sure == exactly && !strings.ContainsAny(value, digits) {
		text = label
	}
	all := names.items(words{text: membersOf().ReplaceAllString(text, "")})
	for _, th := range all {
		if _, sure := names.kindOf(th.name); sure != exactly && sure != vaguely {
			return nil
		}
	}
	return all
}

// membersOf is the end of an item that says what the list in it names.
var membersOf = compiled(`(?i),?\s+(?:including|such as|like|in(?: any of)? the following)\b.*$`)

// versionsFor gives an item without a version those of the item above it, where both
// are of one kind: "OpenJDK 8 and 11, including builds of", then "Corretto".
func (s *scope) versionsFor(th printedItem, names Names) []printedItem {
	all := []printedItem{th}
	kind, sure := names.kindOf(th.name)
	for _, of := range s.of {
		if above, _ := names.kindOf(of.name); th.version == "" && of.version != "" && sure != unknownName && kind == above {
			if all[0].version == "" {
				all = nil
			}
			all = append(all, printedItem{name: th.name, version: of.version, when: th.when, line: th.line})
		}
	}
	return all
}

// content reads what stands in a cell of a table: items, one or many, in lists or
// not, and sentences between them.
func (r *reader) content(subs []block, s scope, quote string) {
	r.within(subs, func(w words) { r.entry(w, s, false, quote) }, func(b *block) {
		s.marked = s.marked || len(s.kinds) > 0 || s.status != ""
		r.list(b, s)
	})
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
	amount := !quiet && hasAmount(t) && (s.has(kindRequirement) || s.status == required || s.status == minimum || s.status == recommended)
	if amount && !s.has(kindRequirement) {
		_, sure := r.names.kindOf(t)
		amount = sure == unknownName
	}
	switch {
	case t == "":
	case r.labelledItem(w, s, quiet, quote):
	case s.kind() == kindIncompatibility && !quiet:
		r.pairIn(w, s, quote)
	case amount:
		r.amountsOf(s.deployment, "", w, s, quote)
	case quiet && r.repeatsLast(w, s):
	case quiet || isSentence(t):
		r.prose(w, s)
	default:
		r.stateItems(w, s, quote)
	}
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
		r.stateItems(w, s, quote)
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
	s.ofOther(label, r.names)
	switch {
	case sure > unknownName && justVersion().MatchString(parts(value)[0].text):
		s.kinds = []string{kind}
		for _, th := range r.names.versionsIn(value, label) {
			r.stateItem(th, s, quote)
		}
	case sure == exactly && !strings.ContainsAny(value.text, digits) && !isSentence(value.text) && r.names.firstOf(value) == "":
		only := printedItem{name: label, version: latest().FindString(value.text), line: value.line(0)}
		only.when = strings.TrimSpace(strings.TrimPrefix(value.text, only.version))
		r.stateItem(only, s, quote)
	case isKind:
		s.kinds = kinds
		if in := strings.IndexByte(value.text, '('); in > 0 && isSentence(strings.ReplaceAll(value.text, ",", " , ")) || strings.HasPrefix(value.text, "A ") && in > 0 {
			end := strings.LastIndexByte(value.text, ')')
			value = value.cut(in+1, max(end, in+1))
		}
		r.stateItems(value, s, quote)
	case r.names.firstOf(value) != "" && !isSentence(value.text):
		if l := said(inGroup, label); l.status != "" {
			s.nearer(l)
		} else if sure == unknownName && len(r.names.sharing(label)) == 1 {
			s.when = str.Join("; ", s.when, label)
		}
		r.stateItems(value, s, quote)
	default:
		return false
	}
	return true
}

// labelledLine reads a line that is a label with versions: "PostgreSQL: 9, 10.", or
// "Supported: 8, 9." below a heading that names a technology.
func (r *reader) labelledLine(w words, s scope) bool {
	m := labelledEntry().FindStringSubmatchIndex(strings.TrimRight(w.text, " ."))
	if m == nil || !s.marked {
		return false
	}
	label, value := strings.TrimRight(w.text[m[2]:m[3]], " :-–—"), w.cut(m[4], m[5])
	if slices.ContainsFunc(parts(value), func(p words) bool { return !justVersion().MatchString(p.text) }) {
		return false
	}
	if _, sure := r.names.kindOf(label); sure <= partly {
		l := said(inGroup, label)
		if label = r.names.nameOf(s.section); l.status == "" || label == "" {
			return false
		}
		s.nearer(l)
	}
	for _, th := range r.names.versionsIn(value, label) {
		r.stateItem(th, s, w.text)
	}
	return true
}

// nameOf gives the technology that a heading names, and nothing else.
func (names Names) nameOf(title string) string {
	title = strings.TrimSpace(labelFillers().ReplaceAllString(bracketed().ReplaceAllString(title, ""), ""))
	if _, sure := names.kindOf(title); sure <= partly || strings.ContainsAny(title, digits) {
		return ""
	}
	return title
}

// firstOf gives the technology that an item begins with, or in brackets after a word.
func (names Names) firstOf(w words) string {
	first := parts(names.withinBrackets(w))
	if len(first) == 0 {
		return ""
	}
	_, text := boundBefore(first[0].text)
	name, _ := names.split(text)
	for _, one := range names.sharing(name) {
		if _, sure := names.kindOf(one); sure != exactly {
			return ""
		}
	}
	return name
}

var latest = compiled(`(?i)^(?:the )?(?:latest|current|recent|most recent)\b.*`)
