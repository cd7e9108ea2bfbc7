package page_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/testedon/testedon/page"
)

// hostile are pages that never end what they begin: what comes first, and what is repeated;
// %d is the number of the repetition.
var hostile = []struct{ name, first, again string }{
	{"notes of colons", "", ":::note\n"},
	{"notes of colons with text", "", ":::note\nJava 17\n\n"},
	{"conditions", "", "{% if x %}\n"},
	{"shortcodes", "", "{{< tabs >}}\n"},
	{"components", "", "<Tabs>\n"},
	{"admonitions", "", "!!! note\n"},
	{"admonitions with text", "", "!!! note\n    Java 17\n"},
	{"fences", "", "```a\n"},
	{"blocks of AsciiDoc", "= T\n\n", "====\n----\n"},
	{"blocks joined to items", "= T\n\n", "* a\n+\n----\n"},
	{"tables of AsciiDoc", "= T\n\n", "|===\n|a |b\n"},
	{"a table of AsciiDoc", "= T\n\n|===\n", "|Java 17 |yes\n"},
	{"attributes", "= T\n\n", ":a%[1]d: {a%[1]d}\n{a%[1]d}\n"},
	{"terms", "= T\n\n", "a::\n"},
	{"terms of Markdown", "", "a\n: b\n"},
	{"quotations", "", "> "},
	{"items", "", "- "},
	{"items of a list", "# Supported\n\n", "- Java 17\n"},
	{"cells", "", "|a"},
	{"rows", "# Supported\n\n|Java|2.1|2.2|\n|-|-|-|\n", "|17|✅|❌|\n"},
	{"versions in a cell", "|JDK|Version|\n|-|-|\n|Java|", "17, "},
	{"rows of HTML", "<table>", "<tr><td>Java<td>17"},
	{"spans", "<table>", "<tr><td colspan=50 rowspan=2000>Java 17<td>17"},
	{"tables in tables", "", "<table><tr><td>\n"},
	{"lists of HTML", "", "<ul><li>"},
	{"divisions", "", "<div>\n"},
	{"divisions in a line", "", "<div>"},
	{"bold paragraphs", "<!doctype html>\n", "<b><p>"},
	{"anchors", "<!doctype html>\n", "<p id=x>1 a<sup><a href=#x>1</a></sup>\n"},
	{"angles", "", "<a "},
	{"comments", "", "<!--"},
	{"letters", "", "a"},
	{"sentences in a line", "", "Java 17 is supported "},
	{"sentences", "# Supported\n\n", "It was tested with Java 17 and Ubuntu 22.04. "},
	{"digits", "Java ", "1."},
	{"blanks", "a", " "},
	{"links by name", "", "[x][y] "},
	{"names of links", "", "[x%[1]d][y%[1]d]\n[y%[1]d]: z\n"},
	{"footnotes", "", "[^1] "},
	{"notes of footnotes", "", "Java 17[^%[1]d]\n\n[^%[1]d]: a\n\n"},
	{"substitutions", ".. |x| replace:: y\n\n", "|x|\n"},
	{"substitutions in each other", "", ".. |x%[1]d| replace:: |x||x|\n\n|x%[1]d|\n\n"},
	{"tables of dashes", "", "+---+\n"},
	{"directives", ".. note::\n\n", ".. list-table::\n\n   * - a\n"},
	{"entities", "", "&nbsp;"},
	{"brackets", "", "["},
	{"brackets and parentheses", "", "[a]("},
	{"emphasis", "", "*a_"},
	{"backquotes in a row", "|", "`a|"},
	{"words from right to left", "", "عربي Java 17 مدعوم\n"},
	{"signs of direction", "a", "\u202e"},
	{"headings", "", "# Supported Java 17\n"},
	{"releases", "# Supported\n\n", "###### Acme 2.1\n\nJava 17\n\n"},
	{"settings", "---\n", "title: a\n"},
	{"commas", "# Supported\n\n- Java ", ","},
	{"products", "", "Acme 2.1.0 "},
}

// hostilePage repeats until a page has so many bytes.
func hostilePage(first, again string, size int) []byte {
	var b strings.Builder
	b.WriteString(first)
	for i := 0; b.Len() < size; i++ {
		if strings.Contains(again, "%[") {
			fmt.Fprintf(&b, again, i)
			continue
		}
		b.WriteString(again)
	}
	return []byte(b.String())
}

// TestHostile reads pages of which twice as much may take little more than twice as much.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("reads several MiB")
	}
	const size = 64 << 10
	known := names(t)
	for _, h := range hostile {
		t.Run(h.name, func(t *testing.T) {
			once, twice := allocated(hostilePage(h.first, h.again, size/2), known), allocated(hostilePage(h.first, h.again, size), known)
			if twice > once*5/2+1<<20 {
				t.Errorf("%d bytes were taken for half of the page, %d for all of it", once, twice)
			}
			check(t, hostilePage(h.first, h.again, size), page.Read(hostilePage(h.first, h.again, size), known))
		})
	}
}

// allocated tells how many bytes reading a page takes.
func allocated(text []byte, known page.Names) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	page.Read(text, known)
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// BenchmarkHostile reads pages of 1 MiB, none of which may take more than a few seconds.
func BenchmarkHostile(b *testing.B) {
	known := names(b)
	for _, h := range hostile {
		b.Run(h.name, func(b *testing.B) {
			text := hostilePage(h.first, h.again, 1<<20)
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				page.Read(text, known)
			}
		})
	}
}
