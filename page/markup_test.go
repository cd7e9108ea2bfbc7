package page_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/testedon/testedon/page"
)

// said prints what a page states, without lines and quotes.
func said(text string, t *testing.T) string {
	t.Helper()
	p := page.Read([]byte(text), names(t))
	check(t, []byte(text), p)
	var all []string
	for _, s := range p.Statements {
		all = append(all, strings.Join(strings.Fields(fmt.Sprint(s.Status, " ", s.Name, " ", s.Version, " ", s.When, " ", s.Release)), " "))
	}
	return strings.Join(all, "; ")
}

// TestOneTable writes one table in every syntax: it states the same in each.
func TestOneTable(t *testing.T) {
	for name, text := range map[string]string{
		"Markdown": "# Supported JDKs\n\n| JDK | 2.1 | 2.0 |\n|---|---|---|\n| Temurin 17 | ✅ | ❌[^a] |\n| Corretto 21 | ✅ | ✅ |\n\n[^a]: Only for tests.\n",
		"HTML":     "<h1>Supported JDKs</h1>\n<table><thead><tr><th>JDK</th><th>2.1</th><th>2.0</th></tr></thead>\n<tr><th scope=row>Temurin 17</th><td><i class=\"fa fa-check\"></i></td><td>&#10060;<sup><a href=\"#n\">1</a></sup></td></tr>\n<tr><td>Corretto 21</td><td colspan=2><img alt=yes src=a.png></td></tr></table>\n<ol><li id=n>Only for tests.</li></ol>\n",
		"AsciiDoc": "= Supported JDKs\n\n[%header,cols=3]\n|===\n|JDK\n|2.1\n|2.0\n\n|Temurin 17\n|icon:check[role=green]\n|icon:times[]footnote:[Only for tests.]\n\n|Corretto 21\n2+|:white_check_mark:\n|===\n",
		"rows":     "= Supported JDKs\n\n|===\n|JDK |2.1 |2.0\n\n|Temurin 17 |✓ |✗^1^\n|Corretto 21 2+|✔️\n|===\n\n^1^ Only for tests.\n",
		"list":     "Supported JDKs\n==============\n\n.. |yes| image:: /y.png\n   :alt: Supported\n\n.. list-table::\n   :header-rows: 1\n\n   * - JDK\n     - 2.1\n     - 2.0\n   * - Temurin 17\n     - |yes|\n     - |no| [1]_\n   * - Corretto 21\n     - |yes|\n     - |yes|\n\n.. |no| image:: /cross.svg\n.. [1] Only for tests.\n",
		"grid":     "Supported JDKs\n==============\n\n+-------------+-------+-----------+\n| JDK         | 2.1   | 2.0       |\n+=============+=======+===========+\n| Temurin 17  | |yes| | |no| [1]_ |\n+-------------+-------+-----------+\n| Corretto 21 | |yes|             |\n+-------------+-------------------+\n\n.. |yes| unicode:: U+2714\n.. |no| replace:: ✘\n.. [1] Only for tests.\n",
		"simple":   "Supported JDKs\n==============\n\n===========  ===  =======\nJDK          2.1  2.0\n===========  ===  =======\nTemurin 17   🟢   ❌ [1]_\nCorretto 21  🟢   🟢\n===========  ===  =======\n\n.. [1] Only for tests.\n",
		"CSV":      "Supported JDKs\n==============\n\n.. csv-table::\n   :header: JDK, 2.1, 2.0\n\n   Temurin 17, ●, \"❌\n   [1]_\"\n   Corretto 21, ●, ●\n\n.. [1] Only for tests.\n",
		"MyST":     "# Supported JDKs\n\n```{list-table}\n:header-rows: 1\n\n* - JDK\n  - 2.1\n  - 2.0\n* - Temurin 17\n  - {octicon}`check`\n  - ❌<sup>†</sup>\n* - Corretto 21\n  - ✅\n  - ✅\n```\n\n† Only for tests.\n",
	} {
		t.Run(name, func(t *testing.T) {
			want := "supported Temurin 17 2.1; incompatible Temurin 17 Only for tests 2.0; supported Corretto 21 2.1; supported Corretto 21 2.0"
			if got := said(text, t); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}

// TestNotes refers to a note in every way behind a version: it becomes a condition, and
// never part of the version.
func TestNotes(t *testing.T) {
	for _, x := range []struct{ sign, note string }{
		{"<sup>1</sup>", "<sup>1</sup> Not in Asia."},
		{"<sup>[1](#n)</sup>", "1. <a name=\"n\"></a>Not in Asia."},
		{"[^x]", "[^x]: Not in Asia."},
		{"¹", "¹ Not in Asia."},
		{"*", "\\* Not in Asia."},
		{"†", "† Not in Asia."},
		{" [1]", "[1] Not in Asia."},
		{" [1](#n1)", "<p id=\"n1\">Not in Asia.</p>"},
		{"<sup>(1)</sup>", "Notes:\n\n1. Not in Asia."},
		{"<sup><a href=\"#a\">a</a></sup>", "<ul><li id=\"a\">Not in Asia.</li></ul>"},
	} {
		for _, version := range []string{"12", "22.04", "2023", "19c"} {
			table := "# Supported systems\n\n| OS | Version |\n|---|---|\n| Ubuntu | " + version + x.sign + " |\n| Debian | 11 |\n\n" + x.note + "\n"
			if got, want := said(table, t), "supported Ubuntu "+version+" Not in Asia; supported Debian 11"; got != want {
				t.Errorf("%s: got %s, want %s", x.sign, got, want)
			}
		}
		alone := "# Supported systems\n\n| OS | Version |\n|---|---|\n| Ubuntu | 12" + x.sign + " |\n"
		if got := said(alone, t); !strings.HasPrefix(got, "supported Ubuntu 12 note ") || !strings.HasSuffix(got, ", which the page does not explain") {
			t.Errorf("%s without its note: %s", x.sign, got)
		}
	}
}

// TestSigns writes yes, no and what cannot be known in every way.
func TestSigns(t *testing.T) {
	for status, signs := range map[string]string{
		"supported": "✅ ✔️ ✓ ☑ ● 🟢 &#x2705; &check; :white_check_mark: :heavy_check_mark: :material-check:{.ok} ![yes](a.png) ![](/img/check-16.svg) ![](i/green_tick.gif) " +
			"<img/src=ok.png> <i/class=\"fa-check\"></i> {{<badge/\"Supported\">}} <CheckIcon/> ![Supported](x.png)",
		"incompatible": "❌ ✗ ✘ ✖️ 🔴 🚫 &#10060; :x: :no_entry: ![no](a.png) ![](/img/cross.svg) ![](i/red-circle.png) <span/class=\"glyphicon-remove\"></span> ![Not/supported](x.png) <XIcon/>",
		"":             "![](weird.png) ⚠️ :warning: ![](i/yes-no.png) <i/class=\"fa-rocket\"></i> ![partially/supported](y.png)",
	} {
		for sign := range strings.FieldsSeq(signs) {
			sign = strings.ReplaceAll(sign, "/class", " class")
			sign = strings.NewReplacer("img/src", "img src", "t/s", "t s", "y/s", "y s", "badge/", "badge ").Replace(sign)
			text := "# Supported JDKs\n\n| JDK | 2.1 | 2.0 |\n|---|---|---|\n| Temurin 17 | " + sign + " | ✅ |\n| Temurin 21 | ✅ | ✅ |\n"
			want := strings.TrimSpace(status + " Temurin 17 2.1")
			got := said(text, t)
			if has := strings.Contains(got, "Temurin 17 2.1"); has != (status != "") || has && !strings.HasPrefix(got, want) {
				t.Errorf("%s: got %s, want %s", sign, got, want)
			}
			if p := page.Read([]byte(text), names(t)); status == "" && len(p.Unread) == 0 {
				t.Errorf("%s is not told", sign)
			}
		}
	}
}

// TestBounds reads pages that are made to be read slowly, or never.
func TestBounds(t *testing.T) {
	const most = 1 << 15
	many := func(part string) string { return strings.Repeat(part, most/len(part)) }
	for name, text := range map[string]string{
		"a row of cells":       "# Supported\n\n" + many("|a"),
		"rows of cells":        "# Supported\n\n|a|b|\n|---|---|\n" + many("|1|✅|\n"),
		"cells of AsciiDoc":    "= Supported\n\n|===\n" + many("|a") + "\n|===\n",
		"cells of HTML":        "<table><tr>" + many("<td>1") + "</table>",
		"tables in tables":     strings.Repeat("<table><tr><td>", 3000),
		"nested tables":        many("<table><tr><td>1</td><td>2</td></tr></table>"),
		"names of names":       many(":a: {a}{a}\n") + "= Supported\n" + many("{a} "),
		"substitutions":        ".. |a| replace:: " + strings.Repeat("b", 290) + "\n\n" + many("|a| "),
		"openings":             many(":::note\n"),
		"other openings":       many("{{% note %}}\n"),
		"fences":               "= A\n" + many("----\n-----\n"),
		"notes":                many("a<sup>1</sup> ") + "\n\n" + many("<sup>1</sup> b\n\n"),
		"marks":                many("![](a.png) "),
		"brackets":             many("[a][b] ") + "\n\n[b]: c\n",
		"a grid":               "+-+-+\n" + many("| | |\n"),
		"rules of a grid":      "+-+-+\n" + many("+-+-+\n"),
		"terms":                "= A\n" + many("a:: b\n"),
		"quotations":           strings.Repeat(">", most),
		"items of AsciiDoc":    "= A\n" + many("* a\n** b\n*** c\n- d\n"),
		"a line":               "# Supported\n\n" + strings.Repeat("a", most),
		"directions":           "# Supported\n\n- " + many("\u202eUbuntu 24.04\u202c "),
		"front matter":         "---\n" + many("a: b\n"),
		"shortcodes in a line": many("{{< a >}} "),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			check(t, []byte(text), page.Read([]byte(text), names(t)))
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("32 KiB took %s", took)
			} else if took > 2*time.Second {
				t.Logf("32 KiB took %s", took)
			}
		})
	}
}
