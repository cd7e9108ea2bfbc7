package version_test

import (
	"strings"
	"testing"

	"github.com/testedon/testedon/version"
)

// TestHostile reads texts that nobody means: as some range, or not, with a reason. However
// many words they have, no more versions are looked for in them than a handful for each part
// of a union, and one for each bracket.
func TestHostile(t *testing.T) {
	unions := make([]string, 32)
	for i := range unions {
		unions[(i*13)%32] = strings.Repeat("9", i%3) + string(rune('0'+i%10))
	}
	texts := []string{
		"", " ", ">", "^", "~", "^^17", "~~17", ">=17 <", "<0", ">=0 <0", "9 - 8", ">9 <8", ">=9 <9", "17^", "^17 ~18", "^ - ~", "^*", "~any",
		strings.Join(unions, " || "), strings.Repeat("||", 100), strings.Repeat("1 || ", 39) + "1",
		strings.Repeat("1.", 19) + "1", strings.Repeat("1.", 99) + "1", "^" + strings.Repeat("1.", 19) + "1", strings.Repeat("9", 200),
		strings.Repeat("noble ", 16) + "x" + strings.Repeat(" noble", 16), strings.Repeat("(", 100) + strings.Repeat(")", 100),
		strings.Repeat("2022 ", 20) + "cu1" + strings.Repeat(" 2022", 18), strings.Repeat("cu1 ", 49), "2022" + strings.Repeat(" (cu1)", 32),
		strings.Repeat("1-", 99), strings.Repeat("a ", 99), strings.Repeat("5.5.5-", 33) + "1", strings.Repeat("12c ", 49), strings.Repeat("r1 ", 60),
	}
	for _, s := range fuzzSchemes(t) {
		reads := 0
		counted := version.CountReads(s, &reads)
		for _, text := range texts {
			reads = 0
			r, err := counted.ParseAsked(text)
			if err == nil && r.IsEmpty() || err != nil && !strings.HasPrefix(err.(*version.Error).Reason.ID, "version.") {
				t.Errorf("%s reads %q as %s, %v", s.Name(), text, r, err)
			}
			if most := 8*(1+strings.Count(text, "||")) + 2*strings.Count(text, "("); reads > most {
				t.Errorf("%s looks for %d versions in %q", s.Name(), reads, text)
			}
		}
	}
}
