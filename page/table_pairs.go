package page

import (
	"slices"
	"strconv"
	"strings"
)

// pairsOf reads the cells below technologies, in a row of another: whether both go
// together. What goes with all of them is stated by itself.
func (t *tableReader) pairsOf(label words, cells []*cell, s scope, quote string) {
	own, _ := t.names.kindOf(firstItem(t.names, label))
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
	s.when = conditions(s.when, col.when, values[0].when)
	return s, s.status != ""
}

// settled makes one statement of those that differ in what they go with alone, and leaves
// out what is said to be supported where the same is said to be tested.
func settled(all []Statement) []Statement {
	type key struct{ kind, name, version, status, product, release, when string }
	at := map[key]int{}
	var kept []Statement
	for _, s := range all {
		k := key{s.Kind, s.Name, s.Version, s.Status, s.Product, s.Release, ""}
		if s.With == "" && isCondition(s.When) {
			if i, again := at[k]; again {
				kept[i].When = clip(conditions(kept[i].When, s.When))
				continue
			}
			at[k] = len(kept)
		}
		kept = append(kept, s)
	}
	isTested := map[key]bool{}
	for _, s := range kept {
		if s.Status == tested {
			isTested[key{s.Kind, s.Name, series(s.Version), tested, s.Product, s.Release, s.When}] = true
		}
	}
	return slices.DeleteFunc(kept, func(s Statement) bool {
		return s.Status == supported && isTested[key{s.Kind, s.Name, series(s.Version), tested, s.Product, s.Release, s.When}]
	})
}

// series is a version without what changes nothing of it.
func series(version string) string {
	version, _, _ = strings.Cut(version, " (")
	return strings.TrimSuffix(version, ".x")
}

// isCondition reports whether words say what one thing has to be there.
func isCondition(when string) bool {
	for part := range strings.SplitSeq(when, "; ") {
		if !strings.HasPrefix(part, "on ") && !strings.HasPrefix(part, "with ") {
			return false
		}
	}
	return true
}
