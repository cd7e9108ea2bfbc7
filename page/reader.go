package page

import (
	"cmp"
	"strings"

	"github.com/testedon/testedon/internal/str"
)

// maxStatements is how many statements of a page are kept.
const maxStatements = 20000

// reader goes through the blocks of a page and keeps what they state.
type reader struct {
	page      *Page
	heads     map[int]bool // the lines of heads of tables that were read with the rows
	names     Names
	lines     []line
	sections  []section         // the open headings, widest first
	intro     string            // the words before what comes next
	announced string            // a sentence that stands above the labels of several lists
	legend    map[string]string // what letters of cells say, by a line that explains them
	inNote    bool              // words set apart are being read
	dropped   bool              // that the page states too much was reported
}

// read goes through blocks.
func (r *reader) read(blocks []block) {
	for i := range blocks {
		switch b := &blocks[i]; b.kind {
		case heading:
			r.enter(b)
		case paragraph:
			r.announce(b.text, i > 0 && blocks[i-1].kind == paragraph)
			r.paragraph(b.text)
		case note:
			r.note(b)
		case list:
			r.list(b, r.here())
		case item:
			r.read(b.subs)
		case table:
			r.page.Tables++
			r.table(b, r.here())
		case include:
			if s := r.here(); s.marked || strings.Contains(strings.ToLower(b.text.text), "compat") {
				r.unread(b.text.text, b.text.line(0), s, cmp.Or(b.why, "it stands for another file: read that file as well"))
			}
		case lost:
			r.unread(b.text.text, b.text.line(0), r.here(), b.why)
		}
	}
}

// paragraph reads sentences, which introduce what comes after them.
func (r *reader) paragraph(w words) {
	r.intro = introOf(w)
	if r.announced != "" {
		r.intro = r.announced + "\n" + r.intro
	}
	if !r.inNote {
		r.open().hears(lastSentence(r.intro), r.names)
	}
	states := mayState(w.text) || setsHome().MatchString(w.text)
	short := len(w.text) < maxLabel && strings.ContainsAny(w.text, digits)
	if !states && !short && !hasAmount(w.text) {
		return
	}
	if s := r.around(); !r.repeatsLast(w, s) && (!short || !r.labelledLine(w, s)) && (states || s.has(kindRequirement)) {
		r.prose(w, s)
	}
}

// hears takes what a sentence is about for its section, where the heading has not said it.
func (s *section) hears(last string, names Names) {
	product, release := names.productIn(condition().ReplaceAllString(last, ""))
	if release != "" && !introducing().MatchString(last) {
		product, release = "", ""
	}
	switch {
	case s.lent && product != s.product && (product != "" || isSentence(last) && strings.HasSuffix(last, ":")):
		s.subject = subject{product, release} // it begins anew
	case s.product == "" || s.product == product || !names(product).Other:
		s.lent = s.lent || s.subject == subject{}
		s.product, s.release = cmp.Or(s.product, product), cmp.Or(s.release, release)
	}
}

// announce keeps the sentence that stands above a label, "We recommend the following:" above
// "Databases:", for that label and those that follow it.
func (r *reader) announce(w words, below bool) {
	switch before := strings.TrimSpace(r.intro); {
	case len(w.text) >= maxLabel || !strings.HasSuffix(w.text, ":") || isSentence(w.text):
		r.announced = ""
	case below && r.announced == "" && isSentence(before) && strings.HasSuffix(before, ":"):
		r.announced = lastSentence(before)
	}
}

// maxLabel is how long a line may be, in bytes, that names a version and says
// nothing else.
const maxLabel = 80

// introOf gives the end of a paragraph, which introduces what comes after it.
func introOf(w words) string {
	t := w.text[max(0, len(w.text)-maxIntro):]
	return oneLine(strings.ToValidUTF8(t, ""))
}

// maxIntro is how much of a paragraph introduces what comes after it, in bytes.
const maxIntro = 1000

// repeatsLast reads a line that names nothing but a version of a technology whose status
// the section has stated before.
func (r *reader) repeatsLast(w words, s scope) bool {
	if r.open().said == nil || len(w.text) >= maxLabel || !strings.ContainsAny(w.text, digits) {
		return false
	}
	name, version := r.names.split(w.text)
	kind, sure := r.names.kindOf(name)
	if sure != exactly || version == "" || isSentence(w.text) {
		return false
	}
	first, _, _ := strings.Cut(strings.ToLower(name), " ")
	if s.status, s.kinds = r.open().said[first], []string{kind}; s.status == "" {
		return false
	}
	r.stateItems(w, s, w.text)
	return true
}

// note reads words set apart. They do not introduce what comes after them.
func (r *reader) note(b *block) {
	intro, within := r.intro, r.inNote
	r.intro, r.inNote = "", true
	open := r.sections
	if statusOf(b.text.text) != "" {
		r.enter(&block{kind: heading, level: tabLevel, text: b.text})
	}
	r.read(b.subs)
	r.sections = open
	r.intro, r.inNote = intro, within
}

// state keeps a statement, unless the words around it say no to its yes.
func (r *reader) state(st Statement, s scope) {
	why := denial(st.Status, s.levels)
	if st.Status == unclear {
		_, why = decide([]level{{inSentence, st.Quote, unclear}})
	}
	if why == "" {
		why = r.takenAway(&st, str.Join("; ", st.When, s.when))
	}
	if why != "" {
		r.unread(st.Label(), st.Line, s, why)
		return
	}
	st.When = clip(cmp.Or(st.When, s.when))
	st.Name, st.Version, st.With = clip(st.Name), clip(st.Version), clip(st.With)
	if r.keep(st, s) {
		here := r.open()
		if here.said == nil {
			here.said = map[string]string{}
		}
		first, _, _ := strings.Cut(strings.ToLower(st.Name), " ")
		here.said[first] = st.Status
	}
}

// keep keeps a statement as it is, unless there are too many.
func (r *reader) keep(st Statement, s scope) bool {
	if len(r.page.Statements) >= maxStatements {
		if !r.dropped {
			r.unread(st.Label(), st.Line, s, "the page states more than could be kept: split it")
		}
		r.dropped = true
		return false
	}
	st.Section, st.Product, st.Release, st.Under = s.section, clip(s.product), s.release, clip(s.under)
	st.Quote = clip(st.Quote)
	r.page.Statements = append(r.page.Statements, st)
	return true
}

// takenAway says why a statement is none: its condition leaves nothing of a yes, "not supported
// any more", or nobody can tell what; or words beside it deny, or allow, one version of several.
// Empty where neither does.
func (r *reader) takenAway(st *Statement, when string) string {
	for part := range strings.SplitSeq(when, "; ") {
		c, _ := firstCue(part, true)
		_, release := r.names.askedIn(part) // "only in Acme 2.0"
		mark, rest := markIn(part)
		denied := says(c.status) < 0 && c.status != notRecommended || release != "" || says(mark) < 0 && rest == ""
		if says(st.Status) > 0 && (denied || len(ending.in(spokenIn(part), false, 1)) > 0) {
			return "it stands there as " + st.Status + ", and the remark says " + str.Quoted(part) + ": state it by hand"
		}
	}
	for _, m := range ofOneVersion().FindAllStringSubmatch(st.Quote, maxItems) {
		denies := m[1] + m[2]
		if st.Version != "" && (st.Version == denies) == (says(st.Status) > 0) {
			return "words beside it speak of " + denies + " alone: state it by hand"
		}
	}
	return ""
}

// ofOneVersion are words that deny one version of several.
var ofOneVersion = compiled(`(?i)\b(?:not supported|unsupported|not tested|untested|deprecated|not recommended|except|excluding|without|but not):?\s+(?:versions?\s+|for\s+)?(\d[\w.]*)|\b(\d[\w.]*)\s+(?:is\s+|are\s+)?(?:not supported|unsupported|not tested|untested|deprecated|not recommended)\b`)

// unread reports something that stands where a statement would.
func (r *reader) unread(text string, no int, s scope, reason string) {
	if len(r.page.Unread) > maxUnread {
		return
	}
	u := Unread{Text: clip(text), Section: s.section, Line: max(no, 1), Reason: reason}
	if k := len(r.page.Unread); k == 0 || r.page.Unread[k-1] != u {
		r.page.Unread = append(r.page.Unread, u)
	}
}
