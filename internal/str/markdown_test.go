package str

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	unsafe "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"
)

// referring is what forges make a mention, a reference, a link or a picture of, in the
// texts of a page that are no code: names of people and teams, numbers of issues, merge
// requests, snippets and epics, keys of trackers, sums of commits, addresses.
var referring = regexp.MustCompile(`(?i)[@#!$%&~^/\\]|\pL\pN*-\pN|\pL\.[\pL\pN]|\pN\.\pL|[0-9a-f]{7}|:\S`)

// FuzzMarkdown: whatever a text is, Markdown shows it as it is, where HTML is let
// through and addresses become links by themselves, and leaves nothing for a forge to
// make something of.
func FuzzMarkdown(f *testing.F) {
	for _, text := range []string{"RHEL 9", "4.4.0", "# a", "1. a", "1) a", "- a", "+ a", "= a", "===", "---", "a\n# b", "    code", "`a`", "~~~", "~~a~~",
		"[a](b)", "![a](b)", "[a]: b", "<b>", "<!-- a", "&lt;", "&#35;", "https://example.com/a", "www.example.com", "www.1a.example", "a@example.com",
		"*a*", "_a_", "a|b", "\\", "\\#", "- [ ] a", "> a", "\u2028", "𝄞", "<https://a.example>", "ftp://a.b.example",
		"@octocat", "\\@octocat", "a @org/team b", "#1", "GH-1", "owner/repo#1", "owner/repo@0123456", "0123456789abcdef0123456789abcdef01234567", "deadbeef", "cafe123-x", "JIRA-12",
		"!1", "$1", "&1", "~bug", "%milestone", "^alert#1", ":tada:", "``` a `` b", "`", "` `", "`@a` @b", "1.", "1.2.", "(1)", "[vulnerability:1]", "d::", "1:;", "fixes #1, closes a/b#2"} {
		f.Add(text)
	}
	markdown := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(unsafe.WithUnsafe()))
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "?")
		if strings.ContainsAny(text, "\x00\r") {
			t.Skip("Markdown and pages have other characters for them")
		}
		for before, after := range map[string]string{"": "", "| a |\n| --- |\n| ": " |"} {
			hold(t, markdown, text, before, after)
		}
	})
}

// hold makes sure that a text, between other ones, becomes itself and nothing else.
func hold(t *testing.T, markdown goldmark.Markdown, text, before, after string) {
	t.Helper()
	var page strings.Builder
	if err := markdown.Convert([]byte(before+Markdown(text)+after), &page); err != nil {
		t.Fatal(err)
	}
	tree, err := html.Parse(strings.NewReader(page.String()))
	if err != nil {
		t.Fatal(err)
	}
	shown, elements := "", "html head body p code"
	if before != "" {
		elements = "html head body table thead tbody tr th td code"
	}
	for n := range tree.Descendants() {
		switch {
		case n.Type == html.TextNode && n.Parent.Data != "th":
			shown += n.Data
			if n.Parent.Data != "code" && referring.MatchString(n.Data) {
				t.Errorf("%q leaves %q for a forge", text, referring.FindString(n.Data))
			}
		case n.Type == html.ElementNode && !slices.Contains(strings.Fields(elements), n.Data):
			t.Errorf("%q becomes %s", text, page.String())
		}
	}
	if strings.Trim(shown, "\n") != strings.Trim(text, "\n") {
		t.Errorf("%q is shown as %q", text, shown)
	}
}

// TestMarkdown: what people read stays as they read it.
func TestMarkdown(t *testing.T) {
	for text, want := range map[string]string{
		"Java 21: MI 4.4.0. *": "Java 21: MI 4.4.0. `*`",
		"Red Hat Enterprise Linux 9 is listed as tested for WSO2 Micro Integrator 4.4.0.": "Red Hat Enterprise Linux 9 is listed as tested for WSO2 Micro Integrator 4.4.0.",
		`"RHLE 9" could not be read; Oracle 19c's is (perhaps) up-to-date.`:               `"RHLE 9" could not be read; Oracle ` + "`19c's`" + ` is (perhaps) up-to-date.`,
		"@octocat, see #1 and 0123456":                                                    "`@octocat`, see `#1` and `0123456`",
		"a ` b`` c":                                                                       "a ``` ` b`` ``` c",
		"PostgreSQL 16 → 17.2":                                                            "PostgreSQL 16 → 17.2",
	} {
		if got := Markdown(text); got != want {
			t.Errorf("%s, and not %s", got, want)
		}
	}
}
