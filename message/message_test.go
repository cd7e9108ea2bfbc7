package message_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/testedon/testedon/message"
)

// read reads messages of a language, which are English in identity.
func read(t *testing.T, tag, text string) *message.Language {
	t.Helper()
	l, err := message.Read(language.MustParse(tag), text)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestEnglish: every message of English can be read, and is there once.
func TestEnglish(t *testing.T) {
	var all strings.Builder
	paths, err := filepath.Glob("en/*")
	if err != nil || len(paths) == 0 {
		t.Fatal("no files", err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	read(t, "en", all.String())
}

// TestPlurals: each language has its own forms, and what it lacks is said in English.
func TestPlurals(t *testing.T) {
	polish := read(t, "pl", "offer.more = {0, plural, one {{0} jeden} few {{0} inne} many {{0} innych} other {{0} innego}}\nlist.and = {0} i {1}")
	for n, want := range map[string]string{"1": "1 jeden", "2": "2 inne", "5": "5 innych", "22": "22 inne", "112": "112 innych", "1.5": "1.5 innego", "": " innego"} {
		if got := polish.Text("offer.more", n); got != want {
			t.Errorf("%s: %q, and not %q", n, got, want)
		}
	}
	if got := polish.And([]string{"a", "b", "c"}) + polish.Or([]string{"d", "e"}) + polish.Text("move.any"); got != "a, b i cd, eany version" {
		t.Error(got)
	}
	names := []string{"RHEL 9", "Corretto 21"}
	for n, want := range []string{"RHEL 9 is listed as tested for MI.", "RHEL 9 and Corretto 21 are listed as tested for MI."} {
		if got := string((*message.Language)(nil).AppendList(nil, message.Find("summary.tested"), names[:n+1], "MI")); got != want {
			t.Errorf("%q, and not %q", got, want)
		}
	}
}

// TestRead refuses what is no message.
func TestRead(t *testing.T) {
	for text, want := range map[string]string{
		"nothing.of.that = a":                          "not in English",
		"move.any = a\nmove.any = b":                   "twice",
		"move.any = {":                                 "a brace is open",
		"move.any =":                                   "it says nothing",
		"move.any = {a}":                               "a value has no number",
		"move.any = a}":                                `before "}"`,
		"move.any = {0, plural, other {#}}":            "not as #",
		"move.any = {0, select, a {b}}":                "the last choice is not other",
		"move.any = {0, select, other {b}":             "a choice is not closed",
		"move.any = {0, select, other b}":              "a choice is not closed",
		"move.any = {0, select, other {a} b {c}}":      "the last choice is not other",
		"move.any = {0, plural, one {b} other {c} {d}": "a choice is not closed",
	} {
		if _, err := message.Read(language.German, text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, and not %s", text, err, want)
		}
	}
	l := read(t, "de", "# a comment\\\n\nmove.any = it is \\\n  '{0}' o'clock\nhint.one_of=a = {0}\n")
	if got := l.Text("move.any") + l.Text("hint.one_of", "b"); got != "it is {0} o'clocka = b" {
		t.Error(got)
	}
}

// FuzzRead: whatever stands in a file, reading and saying it ends.
func FuzzRead(f *testing.F) {
	for _, text := range []string{"{0}", "{0, select, a {b} other {{1}}}", "{1, plural, =0 {} one {'{'} other {{0}}}", "{", "}", "{0,", "'{'{'"} {
		f.Add(text)
	}
	f.Fuzz(func(_ *testing.T, text string) {
		l, err := message.Read(language.German, "move.any = "+text)
		if err == nil {
			_ = l.Text("move.any", make([]string, 20)...)
		}
	})
}

// TestSaid: a message that is an error speaks English, and any language to who asks.
func TestSaid(t *testing.T) {
	said := message.Of("amount.unread", `"2x"`, message.Of("quantity.number", 2))
	l := read(t, "de", "amount.unread = {0} ist unlesbar: {1}\nquantity.number = {0} ist keine Zahl")
	if said.Error() != `"2x" cannot be read: 2 is not a valid amount` || l.Say(said) != `"2x" ist unlesbar: 2 ist keine Zahl` || l.Say(message.Said{}) != "" {
		t.Error(said.Error(), l.Say(said))
	}
}
