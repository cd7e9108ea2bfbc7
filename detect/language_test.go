package detect_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/detect"
	shared "github.com/testedon/testedon/internal/sample"
)

// said is a message, or the part of one that was not cut off.
var said = regexp.MustCompile(`⟦[^⟦⟧]*(⟧|…|$)`)

// marks are those of [shared.Marked].
var marks = strings.NewReplacer("⟦", "", "⟧", "")

// TestLanguage: in another language the same is found and the same left out, and whatever
// is told of it is a message or stands in the text.
func TestLanguage(t *testing.T) {
	english := shared.Catalogue(t)
	m, err := english.In(shared.Marked(t, "../message/en"))
	if err != nil {
		t.Fatal(err)
	}
	texts := [][]string{
		{strings.Repeat("PostgreSQL 17.2\n", detect.MaxText/8)}, {strings.Repeat("\x01", 100)}, make([]string, detect.MaxTexts+1),
		{"password: |\n  PostgreSQL 17.2"}, {"Corretto 21 = {}"}, {"on: push\njobs:\n  a:\n    runs-on: frobnix-3\n"}, {"pkg:deb/debian/postgresql@17?distro=frobnix-9"},
	}
	var several strings.Builder
	for n := range detect.MaxFound * 8 {
		fmt.Fprintf(&several, "postgres (PostgreSQL) 17.%d\n", n)
		if n == detect.MaxFound+1 || n == detect.MaxFound*8-1 {
			texts = append(texts, []string{several.String()})
		}
	}
	for _, s := range samples(t) {
		texts = append(texts, s.texts)
	}
	for _, row := range relatives(t) {
		texts = append(texts, []string{row.text})
	}
	reasons := 0
	for _, text := range texts {
		want, got := detect.Read(english, text), detect.Read(m, text)
		if !slices.Equal(got.Found, want.Found) || len(got.Products) != len(want.Products) || marks.Replace(strings.Join(got.Unread, "\n")) != strings.Join(want.Unread, "\n") || len(got.Unrecognised) != len(want.Unrecognised) {
			t.Errorf("%.200q is read as %+v, and in English as %+v", text, got, want)
			continue
		}
		for i, told := range got.Unrecognised {
			printed := strings.Join(text, "\n")
			for said.MatchString(told) {
				told = said.ReplaceAllString(told, "")
				reasons++
			}
			for word := range strings.FieldsSeq(told) {
				if word = strings.Trim(word, "…()"); !strings.Contains(word, "***") && !strings.Contains(printed, word) {
					t.Errorf("%q of %q is no message", word, got.Unrecognised[i])
				}
			}
		}
	}
	if reasons < 100 {
		t.Errorf("only %d messages are told", reasons)
	}
}
