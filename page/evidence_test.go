package page_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/testedon/testedon/page"
)

// TestEvidence reads the pages of a folder and compares what was found with what
// people read there. TESTEDON_EVIDENCE names the folder; it holds facts*.csv and
// pages/. Every difference must be explained in testdata/evidence_notes.txt.
func TestEvidence(t *testing.T) {
	root := os.Getenv("TESTEDON_EVIDENCE")
	if root == "" {
		t.Skip("TESTEDON_EVIDENCE is not set, so nothing was compared with real pages")
	}
	e := &evidence{t: t, notes: readNotes(t), tally: map[string]*tally{}}
	facts := readFacts(t, root)
	for _, p := range pagesOf(t, root) {
		e.page(p, facts)
	}
	e.report()
}

// tally counts for one kind.
type tally struct{ facts, matched, found, hit, elsewhere, explained, extraExplained int }

type evidence struct {
	t     *testing.T
	notes []note
	tally map[string]*tally
}

func (e *evidence) of(kind string) *tally {
	if e.tally[kind] == nil {
		e.tally[kind] = &tally{}
	}
	return e.tally[kind]
}

// explain gives the reason why something differs, if one is written.
func (e *evidence) explain(page, item string) string {
	for i := range e.notes {
		n := &e.notes[i]
		if glob(n.page, page) && glob(n.item, item) {
			n.used = true
			return n.reason
		}
	}
	return ""
}

// page compares one page.
func (e *evidence) page(file string, facts map[string][]fact) {
	text, err := os.ReadFile(file)
	if err != nil {
		e.t.Fatal(err)
	}
	key := keyOf(file)
	p := page.Read(text, names(e.t))
	hit := make([]bool, len(p.Statements))
	missed, matched := []string{}, 0
	for _, f := range facts[key] {
		c := e.of(f.kind)
		c.facts++
		ok := false
		for i, s := range p.Statements {
			if same(f, s) {
				hit[i], ok = true, true
			}
		}
		if ok {
			c.matched++
			matched++
			continue
		}
		item := "missed " + f.kind + " " + f.label + " " + f.status
		if why := e.explain(filepath.Base(file), item); why != "" {
			c.explained++
			continue
		}
		missed = append(missed, item)
	}
	var extra []string
	extras := 0
	for i, s := range p.Statements {
		c := e.of(s.Kind)
		c.found++
		if hit[i] {
			c.hit++
			continue
		}
		if slices.ContainsFunc(facts[pathOf(key)], func(f fact) bool { return same(f, s) }) {
			c.elsewhere++
			continue
		}
		extras++
		item := "extra " + s.Kind + " " + s.Label() + " " + s.Status
		if why := e.explain(filepath.Base(file), item); why != "" {
			c.extraExplained++
			continue
		}
		extra = append(extra, fmt.Sprintf("%s (line %d: %s)", item, s.Line, s.Quote))
	}
	e.t.Logf("%s: facts %d, found %d, matched %d, unread %d, extra %d", filepath.Base(file), len(facts[key]), len(p.Statements), matched, len(p.Unread), extras)
	for _, m := range append(missed, extra...) {
		e.t.Errorf("    %s: %s", filepath.Base(file), m)
	}
	for _, u := range p.Unread {
		e.t.Logf("    unread line %d: %s (%s)", u.Line, u.Text, u.Reason)
	}
}

// report prints the table of all kinds.
func (e *evidence) report() {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "kind\tfacts\tmatched\texplained\trecall\tfound\tright\telsewhere\texplained\tprecision\t")
	for _, k := range slices.Sorted(maps.Keys(e.tally)) {
		c := e.tally[k]
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%.3f\t%d\t%d\t%d\t%d\t%.3f\t\n", k, c.facts, c.matched, c.explained, ratio(c.matched, c.facts), c.found, c.hit, c.elsewhere, c.extraExplained, ratio(c.hit+c.elsewhere+c.extraExplained, c.found))
	}
	w.Flush()
	e.t.Log("\n" + b.String())
	for _, n := range e.notes {
		if !n.used {
			e.t.Errorf("evidence_notes.txt explains %s: %s, which does not differ (any more)", n.page, n.item)
		}
	}
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}
