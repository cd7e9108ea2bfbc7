package portal

import (
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	unsafe "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"
)

// FuzzEscapeMarkdown: whatever a text is, Markdown shows it as it is, where HTML is let
// through and addresses become links by themselves.
func FuzzEscapeMarkdown(f *testing.F) {
	for _, text := range []string{"RHEL 9", "4.4.0", "# a", "1. a", "1) a", "- a", "+ a", "= a", "===", "---", "a\n# b", "    code", "`a`", "~~~", "~~a~~",
		"[a](b)", "![a](b)", "[a]: b", "<b>", "<!-- a", "&lt;", "&#35;", "https://example.com/a", "www.example.com", "www.1a.example", "a@example.com",
		"*a*", "_a_", "a|b", "\\", "\\#", "- [ ] a", "> a", "\u2028", "𝄞", "<https://a.example>", "ftp://a.b.example"} {
		f.Add(text)
	}
	markdown := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(unsafe.WithUnsafe()))
	f.Fuzz(func(t *testing.T, text string) {
		line := strings.Join(strings.Fields(strings.ToValidUTF8(text, "?")), " ")
		if strings.ContainsRune(line, 0) {
			t.Skip("Markdown has another character for it")
		}
		var page strings.Builder
		if err := markdown.Convert([]byte(EscapeMarkdown(line)), &page); err != nil {
			t.Fatal(err)
		}
		tree, err := html.Parse(strings.NewReader(page.String()))
		if err != nil {
			t.Fatal(err)
		}
		shown := ""
		for n := range tree.Descendants() {
			switch {
			case n.Type == html.TextNode:
				shown += n.Data
			case n.Type != html.ElementNode || !strings.Contains("html head body p", n.Data):
				t.Errorf("%q becomes %s", text, page.String())
			}
		}
		if strings.TrimSpace(shown) != line {
			t.Errorf("%q is shown as %q", line, shown)
		}
	})
}

// TestEscapeMarkdown: versions stay as people read them.
func TestEscapeMarkdown(t *testing.T) {
	if got, want := EscapeMarkdown("Java 21: MI 4.4.0. *"), `Java 21: MI 4.4.0. \*`; got != want {
		t.Errorf("%s, and not %s", got, want)
	}
}

// TestWidgetMarkup: a kind that is called like no attribute has none.
func TestWidgetMarkup(t *testing.T) {
	w := Widget{Attributes: []Attribute{{"product", `"><script>`}, {`os" onload="alert(1)`, "RHEL 9"}, {"9", "a"}, {"jdk", "Corretto 21; OpenJDK 21"}, {"form", ""}}}
	if got, want := string(w.Markup()), `product="&#34;&gt;&lt;script&gt;" jdk="Corretto 21; OpenJDK 21" form`; got != want {
		t.Errorf("%s, and not %s", got, want)
	}
}
