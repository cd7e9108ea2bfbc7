package page_test

import (
	"bytes"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/testedon/testedon/page"
)

// TestOdd reads texts that are no proper pages.
func TestOdd(t *testing.T) {
	const list = "# Tested operating systems\n\n- Ubuntu 24.04\n"
	for _, x := range []struct{ name, text, want string }{
		{"empty", "", ""},
		{"blank", " \n\n\t\n", ""},
		{"no tables", "# Welcome\n\nNothing to see.\n", ""},
		{"windows line ends", strings.ReplaceAll(list, "\n", "\r\n"), "3 Ubuntu 24.04"},
		{"old line ends", strings.ReplaceAll(list, "\n", "\r"), "3 Ubuntu 24.04"},
		{"byte order mark", "\ufeff" + list, "3 Ubuntu 24.04"},
		{"not UTF-8", list + "- Debian 12\xa0\n- Fedora 41\n", "3 Ubuntu 24.04; 4 Debian 12\uFFFD; 5 Fedora 41; 4? the line is not UTF-8"},
		{"UTF-16", "\xff\xfe" + wide(list+"- Debian 12 “Bookworm”\n"), "3 Ubuntu 24.04; 4 Debian 12 “Bookworm”"},
		{"no text", "\x89PNG\r\n\x1a\n" + strings.Repeat("\x00\x01\xff\xd8", 50), "1? it is no text but a file of some other sort"},
		{"a wide table", "## Tested JDKs\n|JDK" + strings.Repeat("|Versions", 60) + "|\n|---" + strings.Repeat("|---", 60) + "|\n|OpenJDK|17" + strings.Repeat("|", 58) + "21|\n",
			"4 OpenJDK 17; 2? the table has more than 40 columns"},
		{"code never closed", list + "\n```\n- Debian 12\n", "3 Ubuntu 24.04; 5? the code that begins here is never ended"},
		{"deep HTML", strings.Repeat("<div>", 300) + "\n<ul><li>Debian 12</li></ul>", "1? lists, tables and quotations are nested too deep here; what follows in them was not read: give them fewer levels; 2? nothing was made of it: state it by hand, if it states anything"},
		{"no-break space", list + "- Debian\u00a012\n", "3 Ubuntu 24.04; 4 Debian 12"},
		{"control characters", list + "- Deb\x1bian\x00 12\n", "3 Ubuntu 24.04; 4 Debian 12"},
		{"comment", list + "<!-- - Debian 11\n- Debian 12 -->\n- Debian 13\n", "3 Ubuntu 24.04; 6 Debian 13"},
		{"comment never closed", list + "\n<!-- remark\n- Debian 12\n", "3 Ubuntu 24.04; 5? the comment is never closed"},
		{"code", list + "\n```\n- Debian 12\n```\n- Debian 13\n", "3 Ubuntu 24.04; 8 Debian 13"},
		{"cut in a table", "# Tested JDKs\n|JDK|Versions|\n|---|---|\n|OpenJDK | 17, 2", "4 OpenJDK 17; 4 OpenJDK 2"},
		{"cut in a tag", "# Tested JDKs\n<table><tr><th>JDK</th><th>Version</th></tr><tr><td>OpenJDK</td><td>17</td></tr><tr><td cla", "2 OpenJDK 17"},
		{"cut in a list of HTML", "# Tested JDKs\n<ul>\n<li>OpenJDK 17\n<li>OpenJDK 21", "3 OpenJDK 17; 4 OpenJDK 21"},
		{"heading in a list that is not closed", "# Tested JDKs\n<ul>\n<li>OpenJDK 17\n\n## Tested browsers\n- Firefox 130\n", "3 OpenJDK 17; 6 Firefox 130"},
		{"underlined headings", "Heron\n=====\n\nTested JDKs\n-----------\n* OpenJDK 17\n", "6 OpenJDK 17"},
		{"quotation", "## Tested JDKs\n> - OpenJDK 17\n", "2 OpenJDK 17"},
		{"table without pipes at its ends", "## Tested JDKs\nJDK | Versions\n--- | ---\nOpenJDK | 17\n", "4 OpenJDK 17"},
		{"table without a rule", "## Tested JDKs\n\n| JDK | Versions |\n| OpenJDK | 17 |\n", "4 OpenJDK 17"},
		{"pipe in code", "## Tested JDKs\n| JDK | Versions |\n|---|---|\n| `Open|JDK` | 17 \\| 21 |\n", "4 Open|JDK 17 | 21"},
		{"unsupported systems", "## Unsupported operating systems\n| OS | Versions |\n|---|---|\n| Ubuntu | 16.04 |\n", "4 Ubuntu 16.04"},
		{"pairs in a list", "## Known incompatibilities\n- Ubuntu 16.04 with JDK1.8.0_151\n- AIX 6.1\n", "2 Ubuntu 16.04 × JDK1.8.0_151; 3 AIX 6.1"},
		{"no status", "# Operating systems\n\n- Ubuntu 24.04\n", "3? the page does not say whether it is tested"},
		{"placeholder", "# Tested JDKs\n\n- {{jdk_name}}\n", "3? a placeholder stands for it"},
	} {
		t.Run(x.name, func(t *testing.T) {
			p := page.Read([]byte(x.text), names(t))
			check(t, []byte(x.text), p)
			if got := brief(p, x.want); got != x.want {
				t.Errorf("got  %s\nwant %s", got, x.want)
			}
		})
	}
}

// wide gives text as UTF-16 with the lesser byte first.
func wide(text string) string {
	var b []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		b = append(b, byte(unit), byte(unit>>8))
	}
	return string(b)
}

// brief prints lines and labels, and of reasons as much as is wanted.
func brief(p *page.Page, want string) string {
	var all []string
	for _, s := range p.Statements {
		label := s.Label()
		if s.With != "" {
			label += " × " + s.With
		}
		all = append(all, strconv.Itoa(s.Line)+" "+label)
	}
	for _, u := range p.Unread {
		reason := u.Reason
		if _, end, ok := strings.Cut(want, "? "); ok && strings.HasPrefix(reason, end) {
			reason = end
		}
		all = append(all, strconv.Itoa(u.Line)+"? "+reason)
	}
	return strings.Join(all, "; ")
}

// TestLong reads what is longer than a page may be.
func TestLong(t *testing.T) {
	const first = "# Tested operating systems\n\n- Ubuntu 24.04\n\n## Words\n\n"
	text := append([]byte(first+"```\n"), bytes.Repeat([]byte(strings.Repeat("nothing to see here ", 4)+"\n"), 50<<20/81)...)
	p := page.Read(text, names(t))
	check(t, text, p)
	if len(p.Statements) != 1 || len(p.Unread) != 2 {
		t.Fatalf("%d statements and %d unread of a long page, not 1 and 2", len(p.Statements), len(p.Unread))
	}
	if u := p.Unread[1]; u.Line < 50_000 || !strings.Contains(u.Reason, "longer than 4 MiB") {
		t.Errorf("the rest of a long page is reported as %+v", u)
	}
}

// TestMany reads more than is kept.
func TestMany(t *testing.T) {
	row := "|Ubuntu|" + strings.Repeat("24.04,", 100) + "|\n"
	text := []byte("# Tested operating systems\n\n|OS|Versions|\n|---|---|\n" + strings.Repeat(row, 250) + "\n# Operating systems\n\n" + strings.Repeat("- Ubuntu 24.04\n", 2_000))
	p := page.Read(text, names(t))
	check(t, text, p)
	if len(p.Statements) != 20_000 || len(p.Unread) != 1_001 {
		t.Errorf("%d statements and %d unread, not 20000 and 1001", len(p.Statements), len(p.Unread))
	}
}
