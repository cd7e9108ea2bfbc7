package fleet

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/message"
)

// Group is what several environments of a fleet have in common.
type Group struct {
	Title   string
	Count   int      // environments
	Finding Finding  // of the first of them
	Move    string   // that of most of them
	Names   []string // of the first of them, up to the limit; "line 7" for one without a name

	words *message.Language
	last  int // the environment counted last
	moves map[string]int
}

// More is how many environments there are beside those that are named.
func (g *Group) More() int { return g.Count - len(g.Names) }

// Few names the first environments and tells how many there are besides.
func (g *Group) Few() string { return few(g.words, g.Names, g.More()) }

// GroupBys are what findings can be grouped by.
const GroupBys = "finding,component,release,product,verdict"

// Groups gathers the findings of a fleet. An environment stands in a group for each of its
// findings, and in no group twice.
type Groups struct {
	Words *message.Language // that they are told in; nil is English
	By    string            // one of GroupBys; empty for finding
	Names map[string]string // what products are called, by their IDs; may be nil
	Limit int               // of names in each group

	all  map[string]*Group
	seen int
}

// Add adds the findings of an environment.
func (g *Groups) Add(r *Result) {
	if g.all == nil {
		g.all = map[string]*Group{}
	}
	g.seen++
	for _, f := range r.Findings(g.Words) {
		key, title := g.sort(&f)
		if f.Waiver != nil {
			key, title = key+"\x00"+f.Waiver.Where(), title+", "+f.Waiver.Told(g.Words)
		}
		group := g.all[key]
		if group == nil {
			group = &Group{Title: title, Finding: f, words: g.Words, moves: map[string]int{}}
			g.all[key] = group
		}
		if group.last == g.seen {
			continue
		}
		group.last = g.seen
		group.Count++
		if f.Move != "" && f.Waiver == nil && (g.By == "" || g.By == "finding") {
			group.moves[f.Move]++
		}
		if len(group.Names) < g.Limit {
			group.Names = append(group.Names, strings.Join(strings.Fields(str.Visible(cmp.Or(r.Name, place(g.Words, r.Item)))), " "))
		}
	}
}

// sort gives what is the same for all findings of a group, and what the group is called. A
// problem groups by itself alone.
func (g *Groups) sort(f *Finding) (key, title string) {
	name := cmp.Or(g.Names[f.Product], f.Product)
	switch {
	case f.Rule == ruleProblem:
		return "\x00" + f.Why, f.Why
	case g.By == "component":
		return f.what, cmp.Or(f.Component, g.Words.Text("fleet.whole"))
	case g.By == "release":
		return f.Product + "\x00" + f.Release, str.Join(" ", name, f.Release)
	case g.By == "product":
		return f.Product, name
	case g.By == "verdict":
		return f.Rule, g.Words.Text("report.word", f.Rule, str.Words(f.Rule))
	}
	return strings.Join([]string{f.Rule, f.Product, f.Release, cmp.Or(f.what, f.Why)}, "\x00"), f.text(g.Words, str.Join(" ", name, f.Release))
}

// Sorted gives the groups of environments that do not pass, those of what could not be asked
// about, and those of what waivers accept, the largest first.
func (g *Groups) Sorted() (failing, problems, waived []*Group) {
	all := slices.SortedFunc(maps.Values(g.all), func(a, b *Group) int {
		return cmp.Or(b.Count-a.Count, strings.Compare(a.Title, b.Title), strings.Compare(a.Finding.what, b.Finding.what))
	})
	for _, group := range all {
		for _, move := range slices.Backward(slices.Sorted(maps.Keys(group.moves))) { // a change before a list
			if group.moves[move] > group.moves[group.Move] {
				group.Move = move
			}
		}
		switch {
		case group.Finding.Rule == ruleProblem:
			problems = append(problems, group)
		case group.Finding.Waiver != nil:
			waived = append(waived, group)
		default:
			failing = append(failing, group)
		}
	}
	return failing, problems, waived
}

// place is where in a file an environment stands; empty where it is in none.
func place(words *message.Language, r *Item) string {
	if r.Line == 0 {
		return ""
	}
	return words.Text("fleet.line", strconv.Itoa(r.Line))
}
