package plain_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/plain"
	"github.com/testedon/testedon/compat/wording"
	"github.com/testedon/testedon/internal/sample"
)

// nameWords are the fillers that are words of names as well. Each does nothing in a
// name by itself: what sets the name apart is the other words of it.
var nameWords = strings.Fields("a as build de edition environment for from i in is kind of on server such version")

// remarks are the lines of a file of words that say nothing, the beginnings of the
// others, and what stands in quotes and belongs together.
var remarks = regexp.MustCompile(`(?m)^#.*|^[a-z+]+:|"[^"]*"`)

// fillers lists the words that a question may have besides names and versions and
// still pass, of all languages.
func fillers(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../wording/words/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no words: %v", err)
	}
	var all []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for word := range strings.FieldsSeq(remarks.ReplaceAllString(string(text), "")) {
			if wording.ClassOf(word)&(wording.Asks|wording.Parts|wording.Fills) != 0 && !slices.Contains(all, word) {
				all = append(all, word)
			}
		}
	}
	return all
}

// TestFillers holds the words that a question may pass over against the names of
// the catalogue: none is a name, or a word of one.
func TestFillers(t *testing.T) {
	names := map[string]string{}
	ds := sample.Catalogue(t).Dataset()
	add := func(texts ...string) {
		for _, text := range texts {
			for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '\'' }) {
				names[word] = text
			}
		}
	}
	for i := range ds.Technologies {
		add(append(ds.Technologies[i].Aliases, ds.Technologies[i].ID, ds.Technologies[i].Name)...)
	}
	for i := range ds.Products {
		add(append(ds.Products[i].Aliases, ds.Products[i].ID, ds.Products[i].Name, ds.Products[i].Vendor)...)
	}
	for i := range ds.Kinds {
		add(ds.Kinds[i].ID)
		add(ds.Kinds[i].Aliases...)
	}
	for _, word := range fillers(t) {
		if name := names[word]; name != "" && !slices.Contains(nameWords, word) {
			t.Errorf("the filler %q is a word of %q", word, name)
		}
	}
}

// strangers are words that no question may pass over, wherever they stand.
var strangers = strings.Fields("Aurora Heroku EDB Frobnix connector driver client managed compatible serverless Größe not without other lower")

// TestStrangersNeverPass puts a word that is not understood before, within and
// behind every name of every technology that a release lists. Without it the
// question passes by every door, and with it by none.
func TestStrangersNeverPass(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: asks thousands of questions")
	}
	m := sample.Catalogue(t)
	passing := 0
	done := map[string]bool{}
	for _, r := range m.Releases() {
		for _, l := range r.Listings() {
			for i, name := range append([]string{l.Tech.Name, l.Tech.ID}, l.Tech.Aliases...) {
				if done[l.Tech.ID+name] || !passes(m, r, l.Tech.Kind, "", name, l.VersionText(), "") {
					continue
				}
				done[l.Tech.ID+name] = true
				passing++
				words := strangers
				if i > 0 { // each name with some of them, and the first with all
					words = []string{strangers[passing%len(strangers)], "Aurora"}
				}
				strangersAround(t, m, r, l, name, words)
			}
		}
	}
	if passing < 200 {
		t.Errorf("only %d questions pass without a stranger", passing)
	}
}

func strangersAround(t *testing.T, m *compat.Matrix, r *compat.Release, l *compat.Listing, name string, words []string) {
	t.Helper()
	number := l.VersionText()
	for _, word := range words {
		if slices.ContainsFunc(l.Tech.Aliases, func(a string) bool { return strings.EqualFold(a, name+" "+word) }) {
			continue
		}
		for _, at := range [][2]string{{word + " ", ""}, {"", " " + word}, {word + "-", ""}, {"", " (" + word + ")"}} {
			if passes(m, r, l.Tech.Kind, at[0], name, number, at[1]) {
				t.Errorf("%s %s: %q passes", r.Product, r.Version, at[0]+name+" "+number+at[1])
			}
		}
		if number != "" && passes(m, r, l.Tech.Kind, "", name+" "+word, number, "") {
			t.Errorf("%s %s: %q passes", r.Product, r.Version, name+" "+word+" "+number)
		}
	}
}

// passes asks about one component in plain words and, as it stands, by itself, and
// reports whether either passes.
func passes(m *compat.Matrix, r *compat.Release, kind, before, name, number, behind string) bool {
	text := strings.TrimSpace(before + name + " " + number + behind)
	u := plain.Understand(m, "does "+r.Product+" "+r.Version+" run with "+text+"?")
	q, ok := u.Question()
	require := compat.Require{Worst: fact.Conditional}
	q.Require = require
	var a compat.Answer
	if ok && m.Check(q, &a) == nil && a.Pass {
		return true
	}
	c := m.Resolve(compat.Asked{Kind: kind, Text: text})
	q = compat.Question{Product: r.Product, Release: r.Version, Require: require, Components: []compat.Component{c}}
	return m.Check(q, &a) == nil && a.Pass
}

// TestPassedOver draws questions of names, fillers and strangers. One that passes
// has passed over nothing but words of the lists, and a filler more or less
// changes nothing.
func TestPassedOver(t *testing.T) {
	m := sample.Catalogue(t)
	random := rand.New(rand.NewPCG(1, 2))
	all := fillers(t)
	slices.Sort(all)
	known := map[string]bool{}
	for _, word := range all {
		known[word] = true
	}
	names := strings.Split("RHEL 9|Corretto 21|Postgres 17.2|MySQL 9|Ubuntu 24.04|SQL Server 2022", "|")
	draw := func(words []string) string { return words[random.IntN(len(words))] }
	passed := 0
	for range 4000 {
		parts := []string{"MI 4.4.0", ",", draw(names), ","}
		for range random.IntN(4) {
			word := draw(all)
			if random.IntN(6) == 0 {
				word = draw(strangers)
			}
			parts = slices.Insert(parts, random.IntN(len(parts)+1), word)
		}
		text := strings.Join(parts, " ")
		u := plain.Understand(m, text)
		var a compat.Answer
		q, ok := u.Question()
		if !ok || m.Check(q, &a) != nil || !a.Pass {
			continue
		}
		passed++
		for _, token := range u.Tokens {
			word := strings.ToLower(token.Text)
			if token.As == plain.RoleWord || token.As == plain.RoleSeparator || token.As == plain.RoleIgnored || token.As == plain.RoleUnknown {
				if strings.ContainsFunc(word, unicode.IsLetter) && !known[word] {
					t.Fatalf("%q passes over %q", text, word)
				}
			}
		}
	}
	if passed < 1000 {
		t.Errorf("only %d questions passed", passed)
	}
}

// TestFillersChangeNothing adds each filler to a question, where it stands by
// itself. With one that says another time, nothing passes.
func TestFillersChangeNothing(t *testing.T) {
	m := sample.Catalogue(t)
	for _, word := range append(fillers(t), "64-bit", "would like", "at all") {
		text := "MI 4.4.0; " + word + "; RHEL 9; Postgres 17.2"
		u := plain.Understand(m, text)
		var a compat.Answer
		q, ok := u.Question()
		if !ok || m.Check(q, &a) != nil || a.Pass != (wording.Is(word, wording.Times) == 0) || len(a.Components) != 2 {
			t.Errorf("%q: %s %v", text, u.Summary(nil), a.Verdict)
		}
	}
}
