package page

import (
	"cmp"
	"strings"
	"unicode/utf8"
)

// value is what a cell, or a part of it, says of what its row and column are about.
type value struct {
	says  level  // whether it holds
	named words  // versions, or whole items
	when  string // what else has to be true
	odd   bool   // it has words that are not understood
}

var (
	// crossMark is a letter that says yes in one table and no in another.
	crossMark = compiled(`^[xX×](?:$|[\s(])`)
	// restricts is a remark that takes something from what it stands beside.
	restricts = compiled(`(?i)\b(?:only|except|exclud\w+|requires?|must|without|limited|not|since|as of|until|up to|experimental|preview|beta|\w+-bit)\b|^(?:with|on|for|from|if|when|in)\b`)
	// harmlessRemark says nothing of whether something holds.
	harmlessRemark = compiled(`(?i)^(?:lts|ga|latest|current|default|stable|esr)$`)
)

// values reads a cell: what its parts say, each of its own or what stands for all of them.
func (t *tableReader) values(w words) []value {
	lines := w.split()
	if len(lines) > 1 {
		if sign, rest := t.signIn(lines[0].text); sign != "" && strings.TrimSpace(rest) == "" {
			w.text = oneLine(w.text)
			lines = []words{w}
		}
	}
	var all []value
	for _, l := range lines {
		all = append(all, t.valuesIn(l)...)
	}
	return all
}

// legendEntry explains a letter that stands in cells: "S = supported".
var legendEntry = compiled("(?:^|[\\s(,;|>*])[*_`\"']*([A-Z]{1,2})[*_`\"']*\\s*(?:[=:–—]|\\s-\\s|\\bmeans\\b)\\s*[*_]*(\\w[^,;.|()]{2,60})")

// explained gives what a letter says by a line of the page that explains it.
func (r *reader) explained(text string) string {
	if len(text) == 0 || len(text) > 2 || text[0] < 'A' || text[0] > 'Z' {
		return ""
	}
	if r.legend == nil {
		r.legend = map[string]string{}
		for _, l := range r.lines {
			for _, m := range legendEntry().FindAllStringSubmatch(l.text, -1) {
				status := statusOf(m[2])
				if was := r.legend[m[1]]; status != "" && was != "" && was != status {
					status = unclear
				}
				r.legend[m[1]] = cmp.Or(status, r.legend[m[1]])
			}
		}
	}
	return r.legend[text]
}

// valuesIn reads a line of a cell.
func (t *tableReader) valuesIn(w words) []value {
	all := t.said(bracketed().ReplaceAllString(w.text, ""))
	split := []words{w}
	if t.names.namesOrNumbers(w.text) {
		split = parts(w)
	} else if strings.Contains(w.text, yesSign) && strings.Contains(w.text, noSign) {
		return []value{{odd: true}}
	}
	var values []value
	before := all
	for i, p := range split {
		v := t.valueOf(p)
		sign, _ := t.signIn(p.text)
		if last := len(values) - 1; i > 0 && v.named.text == "" && values[last].named.text != "" || i > 0 && v.odd && v.says.status == "" && all.status != "" {
			values[last].when = conditions(values[last].when, p.text)
			continue
		}
		if own := t.said(bracketed().ReplaceAllString(p.text, "")); own.status != "" {
			before = own
		}
		if v.says.status == "" || sign == "" && all.status != "" && says(all.status) <= 0 {
			v.says = before
		}
		v.odd = v.odd && v.says.status == ""
		values = append(values, v)
	}
	return values
}

// namesOrNumbers reports whether a text may name versions or technologies.
func (names Names) namesOrNumbers(text string) bool {
	if strings.ContainsAny(bracketed().ReplaceAllString(text, ""), digits) {
		return true
	}
	kind, _ := names.kindOf(text)
	return kind != ""
}

// signIn gives the status that a sign or letter at either end of a text stands for, and the words beside it.
func (t *tableReader) signIn(text string) (status, rest string) {
	text = strings.TrimSpace(text)
	if status = t.explained(text); status != "" {
		return status, ""
	}
	if crossMark().MatchString(text) {
		_, n := utf8.DecodeRuneInString(text)
		return t.shape.cross, text[n:]
	}
	if status, rest = markIn(text); status != "" {
		return status, rest
	}
	r, n := utf8.DecodeLastRuneInString(text)
	if status = markStatuses[string(r)]; status != "" && r > '~' {
		return status, text[:len(text)-n]
	}
	return "", text
}

// said gives what a cell says, whatever side its mark stands on.
func (t *tableReader) said(text string) level {
	sign, rest := t.signIn(text)
	l := level{inCell, text, statusTogether(cuesIn(rest, false))}
	switch words := l.status; {
	case sign == "" || sign == yes && says(words) > 0:
	case words == "" || sign == incompatible && says(words) < 0:
		l.status = cmp.Or(words, sign)
	case sign != words:
		l.status = unclear
	}
	return l
}

// valueOf reads a part of a cell.
func (t *tableReader) valueOf(w words) value {
	v := value{says: t.said(w.text), when: w.notes(0, len(w.text))}
	sign, rest := t.signIn(w.text)
	at := strings.Index(w.text, rest)
	r := w.cut(max(at, 0), max(at, 0)+len(rest))
	if m := trailingRemark().FindStringSubmatchIndex(r.text); m != nil {
		if remark := r.text[m[2]:m[3]]; (statusOf(remark) == recommended || statusOf(remark) == tested) && strings.ContainsAny(remark, digits) { // of another version: "8.0.34 (8.0.36 recommended)"
			v.says, v.when = t.said(w.text[:max(at, 0)+m[0]]), conditions(remark, v.when)
		} else if !harmlessRemark().MatchString(remark) && statusOnly(remark) == "" {
			v.when = conditions(remark, v.when)
		}
		r = r.cut(0, m[0])
	}
	left := withoutStatus(r.text)
	switch {
	case left == "":
	case isSentence(r.text) && sign == "":
		v.odd = true
	case justVersion().MatchString(left), newestOnly().MatchString(left), t.names.isItem(left):
		v.named = r
		if at := strings.Index(r.text, left); at >= 0 {
			v.named = r.cut(at, at+len(left))
		}
	case v.says.status != "" && sign == "" && left[0] >= '0' && left[0] <= '9' && !measured().MatchString(strings.TrimLeft(left, digits)):
		v.odd, v.named = true, r
	case v.says.status != "" && (sign == "" || remarkWords().MatchString(left) || restricts().MatchString(left)):
		v.when = conditions(left, v.when)
	case v.says.status != "":
		v.says, v.named = level{inCell, w.text, unclear}, words{} // an edition, a variant
	default:
		v.odd, v.named = true, r
	}
	return v
}

// trailingRemark are brackets at the end of a text.
var trailingRemark = compiled(`\s*\(([^()]*)\)$`)

// isItem reports whether a text names a technology with a version.
func (names Names) isItem(text string) bool {
	name, version := names.split(text)
	_, sure := names.kindOf(name)
	return sure > partly && (version != "" || name == text)
}

// statusOnly gives the status of words that say nothing else.
func statusOnly(text string) string {
	if withoutStatus(text) != "" {
		return ""
	}
	return statusOf(text)
}

// withoutStatus gives what a text says besides its status.
func withoutStatus(text string) string {
	text = statusWords.without(text)
	text = emphasis().ReplaceAllString(text, " ")
	text = strings.Trim(strings.Join(strings.Fields(text), " "), " ,;:.–—-")
	if to := leadingTo().FindString(text); to != "" && justVersion().MatchString(text[len(to):]) {
		text = text[len(to):]
	}
	return text
}

// emphasis are words beside a status that say nothing more.
var emphasis = compiled(`(?i)\b(?:full|fully|yes|officially|is|are|currently|generally)\b`)

// leadingTo stands between a status and its version: "certified on 8.0".
var leadingTo = compiled(`(?i)^(?:on|with|against|for)\s+`)

// conditions joins conditions, each once.
func conditions(all ...string) string {
	var some []string
	for _, one := range all {
		if one != "" && !strings.Contains(strings.Join(some, "; "), one) {
			some = append(some, one)
		}
	}
	return strings.Join(some, "; ")
}
