package str

import "testing"

func TestTexts(t *testing.T) {
	for _, c := range []struct{ name, got, want string }{
		{name: "words", got: Words("not_yet_listed"), want: "not yet listed"},
		{name: "capital", got: Capital("équipement"), want: "Équipement"},
		{name: "capital of nothing", got: Capital(""), want: ""},
		{name: "capital of what is no text", got: Capital("\xff1"), want: "\xff1"},
		{name: "joined", got: Join(", ", "", "a", "", "b"), want: "a, b"},
		{name: "none", got: Count(0, "problem"), want: "0 problems"},
		{name: "one", got: Count(1, "problem"), want: "1 problem"},
		{name: "address", got: WebAddress("https://example.com/a?b"), want: "https://example.com/a?b"},
		{name: "address of no host", got: WebAddress("https:///a"), want: ""},
		{name: "address of a script", got: WebAddress("javascript:alert(1)//https://example.com"), want: ""},
		{name: "address of two lines", got: WebAddress("https://example.com/\na"), want: ""},
		{name: "link", got: MarkdownLink("[a]", `https://example.com/<b>|\`), want: "[`[a]`](<https://example.com/%3Cb%3E%7C%5C>)"},
		{name: "no link", got: MarkdownLink("a", "file:///a"), want: "a"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, not %q", c.name, c.got, c.want)
		}
	}
}
