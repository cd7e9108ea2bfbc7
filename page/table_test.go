package page_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/page"
)

// tableCase is a page with a table, and what must come of it: a case of
// testdata/tables.list.
type tableCase struct {
	name, page, want string
	ordered          bool // rows belong to those above them
}

// tableCases reads them. A case begins with "== name", and its page ends with "=>".
func tableCases(t *testing.T) []tableCase {
	t.Helper()
	text, err := os.ReadFile("testdata/tables.list")
	if err != nil {
		t.Fatal(err)
	}
	var all []tableCase
	for part := range strings.SplitSeq("\n"+string(text), "\n== ") {
		name, rest, _ := strings.Cut(part, "\n")
		source, want, found := strings.Cut(rest, "=>\n")
		name, ordered := strings.CutSuffix(name, " (ordered)")
		if found {
			all = append(all, tableCase{name, source, strings.TrimSpace(want), ordered})
		}
	}
	if len(all) < 30 {
		t.Fatalf("only %d cases in testdata/tables.list", len(all))
	}
	return all
}

// TestTables reads each case.
func TestTables(t *testing.T) {
	var updated strings.Builder
	for _, c := range tableCases(t) {
		got := strings.TrimSpace(showTable(page.Read([]byte(c.page), names(t))))
		if got != c.want && !*update {
			t.Errorf("%s (-update writes it anew):\n%s", c.name, differ(c.want, got))
		}
		if c.ordered {
			c.name += " (ordered)"
		}
		fmt.Fprintf(&updated, "== %s\n%s=>\n%s\n\n", c.name, c.page, got)
	}
	if *update {
		head := "# Tables, and what must come of each: the page from \"== name\" to \"=>\", then a line for each\n# statement and for what is told as unread. Where rows belong to those above them, the name ends\n# with \"(ordered)\".\n\n"
		if err := os.WriteFile("testdata/tables.list", []byte(head+strings.TrimSpace(updated.String())+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// showTable prints what a page states, without lines and sections, and what is told.
func showTable(p *page.Page) string {
	all := statementsOf(p)
	for _, u := range p.Unread {
		all = append(all, "unread: "+u.Text+" ("+u.Reason+")")
	}
	return strings.Join(all, "\n")
}

// statementsOf prints statements, without lines and sections.
func statementsOf(p *page.Page) []string {
	var all []string
	for _, s := range p.Statements {
		line := s.Kind + " " + s.Status + ": " + s.Label()
		for _, x := range []struct{ name, value string }{{"with", s.With}, {"when", s.When}, {"of", strings.TrimSpace(s.Product + " " + s.Release)}} {
			if x.value != "" {
				line += "; " + x.name + " " + x.value
			}
		}
		all = append(all, line)
	}
	return all
}

// yeses gives what is stated as something that holds, in an order of its own: what several
// rows say together stands in the order of the rows.
func yeses(p *page.Page) []string {
	var all []string
	for i, s := range statementsOf(p) {
		switch p.Statements[i].Status {
		case "not_recommended", "not_tested", "out_of_support", "incompatible", "planned":
			continue
		}
		parts := strings.Split(strings.Replace(s, "; when ", "; ", 1), "; ")
		slices.Sort(parts[1:])
		all = append(all, strings.Join(parts, "; "))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// tableLines gives the cells of the table in a page of Markdown, and where it begins.
func tableLines(source string) (before []string, cells [][]string) {
	for l := range strings.SplitSeq(source, "\n") {
		switch l = strings.TrimSpace(l); {
		case strings.HasPrefix(l, "|"):
			row := strings.Split(strings.Trim(l, "|"), "|")
			for i := range row {
				row[i] = strings.TrimSpace(row[i])
			}
			cells = append(cells, row)
		case len(cells) == 0:
			before = append(before, l)
		}
	}
	return before, cells
}

// pageOf puts a table below the lines that stood before it.
func pageOf(before []string, cells [][]string) []byte {
	var b strings.Builder
	b.WriteString(strings.Join(before, "\n") + "\n")
	for _, row := range cells {
		b.WriteString("| " + strings.Join(row, " | ") + " |\n")
	}
	return []byte(b.String())
}

// TestTablesInAnyOrder holds that the order of the rows and of all columns but the first
// says nothing.
func TestTablesInAnyOrder(t *testing.T) {
	for _, c := range tableCases(t) {
		before, cells := tableLines(c.page)
		if len(cells) < 3 || c.ordered {
			continue
		}
		want := yeses(page.Read([]byte(c.page), names(t)))
		slices.Reverse(cells[2:])
		if got := yeses(page.Read(pageOf(before, cells), names(t))); !slices.Equal(got, want) {
			t.Errorf("%s, rows turned round:\n%s", c.name, differ(strings.Join(want, "\n"), strings.Join(got, "\n")))
		}
		for _, row := range cells {
			slices.Reverse(row[1:])
		}
		if got := yeses(page.Read(pageOf(before, cells), names(t))); !slices.Equal(got, want) {
			t.Errorf("%s, columns turned round:\n%s", c.name, differ(strings.Join(want, "\n"), strings.Join(got, "\n")))
		}
	}
}

// TestUnknownColumn holds that a column whose head says nothing known adds nothing that
// holds.
func TestUnknownColumn(t *testing.T) {
	for _, c := range tableCases(t) {
		before, cells := tableLines(c.page)
		if len(cells) < 3 || len(cells[0]) < 3 {
			continue
		}
		want := yeses(page.Read([]byte(c.page), names(t)))
		for _, word := range []string{"✅", "Yes", "17", "frobnicated", "x"} {
			wider := slices.Clone(cells)
			for i, row := range cells {
				cell := []string{"Frobnication", "---", word}[min(i, 2)]
				wider[i] = append(slices.Clone(row), cell)
			}
			for _, s := range yeses(page.Read(pageOf(before, wider), names(t))) {
				if !slices.Contains(want, s) {
					t.Errorf("%s: a column of %q adds %s", c.name, word, s)
				}
			}
		}
	}
}

// noYes are cells that say nothing, or no.
var noYes = []string{"❌", "No", "?", "", "–", "TBD", "\ufffc", "⚠", "✅ not supported", "see below", "Not tested", "NT", "n/a", "planned", "Partial", "❓", "no longer supported"}

// yesMarks are cells that say yes.
var yesMarks = []string{"✅", "✓", "✔️", "Yes", "Y", "Supported", "✅ (since 2.0.1)", "✅ Supported", ":white_check_mark:"}

// TestNoFalseYes holds that a cell that says no or nothing leaves no yes for what it
// speaks of, wherever releases and technologies stand.
func TestNoFalseYes(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	rows, heads := []string{"Corretto 11", "Temurin 17", "Zulu 21"}, []string{"3.1", "3.0", "2.9"}
	for range 400 {
		mark := yesMarks[random.IntN(len(yesMarks))]
		no := noYes[random.IntN(len(noYes))]
		at, below := random.IntN(len(rows)), random.IntN(len(heads))
		cells := [][]string{append([]string{"JDK"}, heads...), {"---", "---", "---", "---"}}
		turned := [][]string{append([]string{"Acme version"}, rows...), {"---", "---", "---", "---"}}
		for i, row := range rows {
			line := []string{row}
			for k := range heads {
				line = append(line, []string{mark, no}[btoi(i == at && k == below)])
			}
			cells = append(cells, line)
		}
		for k, head := range heads {
			turned = append(turned, []string{head, cells[2][k+1], cells[3][k+1], cells[4][k+1]})
		}
		for _, form := range [][][]string{cells, turned} {
			p := page.Read(pageOf([]string{"# Supported JDKs", ""}, form), names(t))
			stated := 0
			for i, s := range p.Statements {
				isYes := slices.Contains([]string{"tested", "supported", "compatible", "recommended", "required", "deprecated"}, s.Status)
				stated += btoi(isYes)
				if isYes && s.Label() == rows[at] && s.Release == heads[below] {
					t.Fatalf("%q among %q:\n%s\nis read as %s", no, mark, pageOf(nil, form), statementsOf(p)[i])
				}
			}
			if stated != len(rows)*len(heads)-1 {
				t.Fatalf("%d statements of %q, for one %q:\n%s\n%s", stated, mark, no, pageOf(nil, form), showTable(p))
			}
		}
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
