package compat_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/sample"
)

// harmlessBeside reads which words the data of versions list, by section.
func harmlessBeside(t *testing.T) map[string][]string {
	text, err := os.ReadFile("../version/harmless.txt")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{}
	var sections []string
	for line := range strings.Lines(string(text)) {
		if inner, ok := strings.CutPrefix(strings.TrimSpace(line), "["); ok {
			sections = strings.Fields(strings.TrimSuffix(inner, "]"))
		} else if !strings.HasPrefix(line, "#") {
			for i, part := range strings.Split(line, `"`) {
				words := []string{strings.TrimSpace(part)}
				if i%2 == 0 {
					words = strings.Fields(part)
				}
				for _, section := range sections {
					all[section] = append(all[section], words...)
				}
			}
		}
	}
	return all
}

// TestHarmlessWhereTheDataSaySo asks for a series of every technology with each word that may
// stand beside some version. Where the data do not say so of this technology, it is unresolved:
// the word may make it another thing.
func TestHarmlessWhereTheDataSaySo(t *testing.T) {
	m := build(t, sample.Catalogue(t).Dataset())
	sections, words := harmlessBeside(t), map[string]bool{"frobnix": true}
	for section, all := range sections {
		for _, word := range all {
			if section != "compare" && section != "package" && !strings.Contains(section, "/") {
				words[word] = true
			}
		}
	}
	for _, one := range m.Technologies("", "") {
		for _, mark := range one.Marks {
			if mark.In == fact.InPlain || mark.In == fact.InPrinted {
				words[strings.ToLower(mark.Text)] = true
			}
		}
	}
	pairs := 0
	for _, one := range m.Technologies("", "") {
		allowed := wordsOf(sections, one)
		if len(one.Cycles) == 0 {
			continue
		}
		text := one.ID + ":" + one.Cycles[0].Version
		bare := m.Resolve(compat.Asked{Kind: one.Kind, Text: text})
		for word := range words {
			if !slices.ContainsFunc(apart(word), func(w string) bool { return len(w) > 1 && !slices.Contains(allowed, w) }) {
				continue
			}
			pairs++
			if c := m.Resolve(compat.Asked{Kind: one.Kind, Text: text + " " + word}); c.Technology == one && c.Reason == "" && c.Range.Equal(bare.Range) {
				t.Errorf("%s %s is read as %s", text, word, c.Display())
			}
		}
	}
	if t.Logf("%d pairs", pairs); pairs < 10000 {
		t.Errorf("only %d pairs", pairs)
	}
}

// wordsOf gives the words that the data let stand beside versions of a technology, and those
// that are of its names.
func wordsOf(sections map[string][]string, t *compat.Technology) []string {
	texts := slices.Concat(sections["any"], sections[t.Scheme], sections[t.Scheme+"/notation"], sections["compare"], t.Names())
	for _, name := range t.Names() {
		texts = append(texts, fact.Key(name))
	}
	for _, c := range t.Cycles {
		texts = append(texts, c.Names...)
	}
	for section, words := range sections {
		if strings.HasPrefix(section, t.Scheme+"@") {
			texts = append(texts, words...)
		}
	}
	for _, mark := range slices.Concat(t.Marks, t.Head().Marks) {
		if mark.In == fact.InPlain {
			texts = append(texts, mark.Text)
		}
	}
	return apart(strings.Join(texts, " "))
}

// apart gives the words of a text in lower case.
func apart(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(c rune) bool { return strings.ContainsRune(" -_(),:", c) })
}
