package portal

import (
	"html/template"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/testedon/testedon/message"
)

// FuzzSay: whatever a value is, nothing of a sentence is markup but its pieces, and each of them
// stands there once.
func FuzzSay(f *testing.F) {
	for _, text := range []string{"RHEL 9", "<b>", "&lt;", "\x01", "\x02\x03", "a\x00b", `"onclick="`, "{0}", "javascript:alert(1)", "\xff"} {
		f.Add(text, text)
	}
	all, err := New().in(nil)
	if err != nil {
		f.Fatal(err)
	}
	s := &speech{message.English, all}
	f.Fuzz(func(t *testing.T, section, title string) {
		piece, err := s.piece("outside", link{"https://example.com/?a=1&b=2", title})
		if err != nil {
			t.Fatal(err)
		}
		said, ok := s.say("portal.cited", section, piece).(template.HTML)
		if !ok {
			t.Fatalf("a sentence with a piece is %T", said)
		}
		if !strings.HasSuffix(string(said), string(piece)) || strings.Count(string(said), "</a>") != 1 {
			t.Errorf("%q in %q", piece, said)
		}
		tree, err := html.ParseFragment(strings.NewReader(string(said)), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, root := range tree {
			for n := range root.Descendants() {
				if n.Type == html.ElementNode && n.Data != "a" && n.Data != "head" && n.Data != "body" || n.Type == html.CommentNode {
					t.Errorf("%q makes the element %s", said, n.Data)
				}
			}
		}
		if text := s.say("portal.cited", section, title); text != message.English.Text("portal.cited", section, title) {
			t.Errorf("a sentence without a piece is %v", text)
		}
	})
}
