package page

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// answered gives what the columns of marks say of a row. Where they are headed by
// statuses, it is the best yes, unless one says no; where by surroundings, it is one for
// each answer, with the heads as the condition unless all say the same.
func (t *tableReader) answered(cells []*cell, s scope) []scope {
	var all []scope
	var heads []string
	columns, silent := 0, false
	for i, c := range cells {
		col := t.column(i)
		if i == t.shape.name || col.role != answerRole {
			continue
		}
		conditional := col.says.status == "" && !statusHead().MatchString(col.title)
		if columns++; nothing(c.words().text) || t.mostlyVersions(c.words()) {
			silent = silent || nothing(c.words().text) && !asksMore(col.says.status)
			continue
		}
		one := t.answer(col, c, s)
		if one.status == "" && one.why == "" {
			continue
		}
		all, heads = withAnswer(all, heads, one, col.title, conditional)
	}
	switch {
	case len(all) == 0 && silent:
		return nil
	case len(all) == 0:
		return []scope{s}
	}
	for i := range all {
		if strings.Count(heads[i], ", ")+1 < columns && heads[i] != "" {
			all[i].when = conditions(all[i].when, heads[i])
		}
	}
	return all
}

// withAnswer adds what one column says to the answers of a row and their heads.
func withAnswer(all []scope, heads []string, one scope, title string, conditional bool) ([]scope, []string) {
	same := slices.IndexFunc(all, func(a scope) bool {
		return a.status == one.status && (conditional || heads[0] == "") && a.when == one.when
	})
	switch {
	case !conditional && len(all) > 0 && heads[0] == "":
		all[0] = lesser(all[0], one)
	case same >= 0:
		heads[same] += ", " + title
	case conditional:
		all, heads = append(all, one), append(heads, title)
	default:
		all, heads = append(all, one), append(heads, "")
	}
	return all, heads
}

// holdsFrom adds a remark of a cell: the release that something holds from, where none is
// named beside it, or a condition.
func (s *scope) holdsFrom(names Names, remark string) {
	text, found := remark, false
	for _, word := range []string{"since ", "from "} {
		if !found {
			text, found = strings.CutPrefix(strings.ToLower(remark), word)
		}
	}
	one, isRelease := names.releaseIn(remark[len(remark)-len(text):])
	if !found || !isRelease || s.release != "" || !strings.Contains(one.release, ".") {
		s.when = conditions(s.when, remark)
		return
	}
	s.product, s.release = cmp.Or(one.product, s.product), strings.TrimSuffix(one.release, "+")+"+"
}

// asksMore reports whether a head asks for something else than whether it works: a no
// below it says nothing of that, nor does an empty cell.
func asksMore(status string) bool {
	return status != "" && status != supported && status != tested && status != compatible
}

// statusHead stands above marks that say by themselves what holds.
var statusHead = compiled(`(?i)\b(?:status|support|availability)\b`)

// lesser gives of two answers a no, or else tested, or else the first.
func lesser(a, b scope) scope {
	switch {
	case a.status == "" || b.status == "": // one of them is not understood
		if a.status == "" {
			return a
		}
		return b
	case says(a.status) < 0 && a.status != notTested, says(b.status) < 0 && says(a.status) < 0, says(a.status) > 0 && b.status == notTested, a.status == tested:
		return a
	case says(b.status) < 0, b.status == tested, a.status == notTested:
		return b
	}
	return a
}

// answer gives what a cell of marks says. A yes below a head that denies is what the head
// says, and a no below it says nothing; nor does one below a head that asks for more than
// support.
func (t *tableReader) answer(col column, c *cell, s scope) scope {
	w := c.words()
	v := value{}
	if all := t.values(w); len(all) > 0 {
		v = all[0]
		for _, one := range all[1:] {
			v.when = conditions(v.when, one.named.text, one.when)
		}
	}
	sign, _ := t.signIn(w.text)
	isMark := sign != "" && v.says.status == sign
	s.holdsFrom(t.names, v.when)
	switch no := says(col.says.status) < 0; {
	case v.says.status == "": // words that are no status
		s.status, s.why = "", "the "+inCell+" "+strconv.Quote(w.text)+" says neither yes nor no of it: state it by hand"
	case isMark && sign == yes && no:
		s.nearer(col.says)
	case isMark && sign == incompatible && asksMore(col.says.status):
		s.status, s.why = "", ""
	default:
		s.nearer(col.says)
		s.nearer(v.says)
	}
	return s
}

// pairsOf reads the cells below technologies, in a row of another: whether both go
// together. What goes with all of them is stated by itself.
func (t *tableReader) pairsOf(label words, cells []*cell, s scope, quote string) {
	own, _ := t.names.kindOf(firstItem(t.names, label))
	if one, isRelease := t.names.releaseIn(oneLine(label.text)); own == "" && isRelease && one.product != "" {
		s.subject, label = one, words{}
	}
	with := map[string][]string{} // by status: the heads
	var order []scope
	columns := 0
	for i, c := range cells {
		col := t.column(i)
		if col.role != thingRole {
			continue
		}
		columns++
		kind, _ := t.names.kindOf(col.thing.name)
		one, ok := t.pairOf(col, c, s)
		switch {
		case nothing(c.words().text):
			continue
		case !ok || kind == "" || kind == own || own == "" && says(one.status) <= 0:
			t.unread(quote, c.words().line(0), s, "what "+strconv.Quote(c.words().text)+" says of "+col.title+" beside "+oneLine(label.text)+" could not be told: state it by hand")
			continue
		}
		head := words{text: strings.TrimSpace(col.thing.name + " " + col.thing.version), marks: []mark{{0, c.words().line(0)}}}
		if key := one.status + "\n" + one.when; own != "" && (kind == kindArch || says(one.status) > 0) {
			if with[key] == nil {
				order = append(order, one)
			}
			with[key] = append(with[key], conditionWord(kind)+head.text)
		}
		if kind != kindArch && !t.names.isProcessor(col.thing.version) {
			one.kinds = []string{kind}
			one.when = conditions(t.besideLabel(own, label), one.when)
			t.versions(head, words{}, one, quote)
		}
	}
	t.statePairs(label, order, with, columns, quote)
}

// statePairs states what a row goes together with: of each status, the heads that have it.
func (t *tableReader) statePairs(label words, order []scope, with map[string][]string, columns int, quote string) {
	for _, one := range order {
		if heads := with[one.status+"\n"+one.when]; len(heads) < columns {
			one.when = conditions(strings.Join(heads, "; "), one.when)
		}
		t.versions(label, words{}, one, quote)
	}
}

// besideLabel gives what a row is about as a condition.
func (t *tableReader) besideLabel(kind string, label words) string {
	if kind == "" {
		return oneLine(label.text)
	}
	return t.conditionOf([]string{kind}, label)
}

// pairOf gives what a cell says of its head and its row, and reports whether that is a
// status and nothing else.
func (t *tableReader) pairOf(col column, c *cell, s scope) (scope, bool) {
	w := c.words()
	values := t.values(w)
	if len(values) != 1 || values[0].odd || values[0].named.text != "" || values[0].says.status == "" {
		return s, false
	}
	s.nearer(col.says)
	s.nearer(values[0].says)
	if values[0].says.status == notTested {
		return s, false
	}
	s.when = conditions(s.when, col.when, values[0].when)
	return s, s.status != ""
}
