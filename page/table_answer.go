package page

import (
	"cmp"
	"strconv"
	"strings"
)

// answered gives what the columns of marks say of a row. Where they are headed by
// statuses, it is the best yes, unless one says no; where by surroundings, it is one for
// each answer, with the heads as the condition unless all say the same.
func (t *tableReader) answered(cells []*cell, s scope) []scope {
	var all []scope
	seen := map[subject]bool{}
	for _, c := range t.cols {
		if c.role == answerRole && !seen[c.subject] {
			seen[c.subject] = true
			all = append(all, t.answeredFor(c.subject, cells, s)...)
		}
	}
	if len(seen) == 0 {
		return []scope{s}
	}
	return all
}

// answeredFor does so for the columns below the head of one release or product.
func (t *tableReader) answeredFor(of subject, cells []*cell, s scope) []scope {
	var all []scope
	var heads []string
	s.holdsFor(of, t)
	columns, silent := 0, false
	for i, c := range cells {
		col, w := t.column(i), c.words()
		if i == t.shape.name || col.role != answerRole || col.subject != of {
			continue
		}
		if columns++; nothing(w.text) || t.mostlyVersions(w) {
			silent = silent || nothing(w.text) && !asksMore(col.says.status)
		} else if one := t.answer(col, c, s); one.status != "" || one.why != "" {
			if col.says.status != "" || statusHead().MatchString(col.title) {
				col.title = ""
			}
			all, heads = withAnswer(all, heads, one, col.title)
		}
	}
	switch {
	case len(all) == 0 && (silent || of != subject{}):
		return nil
	case len(all) == 0:
		return []scope{s}
	}
	return headed(all, heads, columns)
}

// headed gives answers the heads of their columns as conditions, where not all columns say the same.
func headed(all []scope, heads []string, columns int) []scope {
	for i := range all {
		if strings.Count(heads[i], ", ")+1 < columns {
			all[i].when = conditions(all[i].when, heads[i])
		}
	}
	return all
}

// withAnswer adds what one column says to the answers of a row and the surroundings that they are for.
func withAnswer(all []scope, heads []string, one scope, head string) ([]scope, []string) {
	for i := range all {
		switch {
		case head == "" && heads[i] == "":
			if weight(one.status) > weight(all[i].status) {
				all[i] = one
			}
			return all, heads
		case head != "" && heads[i] != "" && all[i].status == one.status && all[i].when == one.when:
			heads[i] += ", " + head
			return all, heads
		}
	}
	return append(all, one), append(heads, head)
}

// holdsFrom adds a remark of a cell: the release that something holds from, or a condition.
func (s *scope) holdsFrom(names Names, remark string) {
	if m := heldFrom().FindStringSubmatch(remark); m != nil && s.release == "" {
		if one, isRelease := names.releaseIn(m[1]); isRelease && strings.Contains(one.release, ".") {
			s.product, s.release = cmp.Or(one.product, s.product), strings.TrimSuffix(one.release, "+")+"+"
			return
		}
	}
	s.when = conditions(s.when, remark)
}

// heldFrom is a remark that may name the release from which on something holds.
var heldFrom = compiled(`(?i)^(?:since|from) (.+)`)

// asksMore reports whether a head asks for more than whether it works: a no below it says nothing of that.
func asksMore(status string) bool {
	return status != "" && status != supported && status != tested && status != compatible
}

// statusHead stands above marks that say by themselves what holds.
var statusHead = compiled(`(?i)\b(?:status|support|availability)\b`)

// weights order what several columns say of a row; another yes has 1, another no 3.
var weights = map[string]int{"": 4, tested: 2, notTested: 0}

func weight(status string) int {
	if w, known := weights[status]; known {
		return w
	}
	return 2 - says(status)
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
	case isMark && sign == incompatible && asksMore(col.says.status) && len(refusals.in(spokenIn(w.text), false, 1)) == 0:
		s.status, s.why = "", ""
	default:
		s.nearer(col.says)
		s.nearer(v.says)
	}
	return s
}

// pairsOf reads the cells below technologies, in a row of another: whether both go together.
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
		if col.role != thingRole || t.isAnothers(col, c.words()) {
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
			one.when = conditions(t.conditionOf([]string{own}, label), one.when)
			t.versions(head, words{}, one, quote)
		}
	}
	t.statePairs(label, append(order, s), with, columns, quote)
}

// statePairs states what a row goes together with: of each status, the heads that have it; the last holds by itself.
func (t *tableReader) statePairs(label words, order []scope, with map[string][]string, columns int, quote string) {
	if columns > 0 { // else versions stand below the heads
		order = order[:len(order)-1]
	}
	for _, one := range order {
		if heads := with[one.status+"\n"+one.when]; len(heads) < columns || len(heads) == 1 {
			one.when = conditions(strings.Join(heads, "; "), one.when)
		}
		t.versions(label, words{}, one, quote)
	}
}

// pairOf gives what a cell says of its head and its row, and whether that is a status and nothing else.
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
