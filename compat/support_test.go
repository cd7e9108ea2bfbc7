package compat_test

import (
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/sample"
)

// supported asks a question of a product with a support.
func supported(t testing.TB, support string, asked ...compat.Asked) *compat.Answer {
	t.Helper()
	ds := sample.Small()
	ds.Products[0].Support = support
	m := sample.Build(t, ds)
	q := compat.Question{Product: "shop", Release: "2.0"}
	for _, a := range asked {
		q.Components = append(q.Components, m.Resolve(a))
	}
	a := &compat.Answer{}
	if err := m.Check(q, a); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestSupportURL(t *testing.T) {
	const support = "https://support.example.com/new?kind=question&subject={title}&text={body}"
	a := supported(t, support, compat.Asked{Kind: "os", Text: "Alpha Linux 1"}, compat.Asked{Kind: "cache", Text: "New KV 8.5"})
	u, err := url.Parse(a.SupportURL())
	if err != nil {
		t.Fatal(err)
	}
	if u.Host != "support.example.com" || u.Query().Get("subject") != "Shop 2.0 with New KV 8.5: incompatible" ||
		u.Query().Get("text") != "Shop 2.0 with Alpha Linux 1, New KV 8.5. "+a.Summary()+" (TestedOn, catalogue sha256:small)" {
		t.Errorf("it is asked %q", u.Query())
	}
	for name, a := range map[string]*compat.Answer{
		"an answer that passes":     supported(t, support, compat.Asked{Kind: "os", Text: "Alpha Linux 1.2"}),
		"a product without support": supported(t, "", compat.Asked{Kind: "os", Text: "Alpha Linux 9"}),
	} {
		if got := a.SupportURL(); got != "" {
			t.Errorf("%s leads to %s", name, got)
		}
	}
	if a = supported(t, "mailto:help@example.com", compat.Asked{Kind: "os", Text: "Alpha Linux 9"}); a.SupportURL() != "mailto:help@example.com" {
		t.Errorf("without a place for the question it is %s", a.SupportURL())
	}
}

// FuzzSupportURL asks with any text: it stands in the parameters alone, in plain ASCII, and not
// without end.
func FuzzSupportURL(f *testing.F) {
	for _, text := range []string{"Alpha 9", `"><script>`, "a&body=b#c\r\nd {title}{body}", "\xff\u202e", strings.Repeat("ß", 5000), "%", "+ ?"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := supported(t, "mailto:help@example.com?cc=b&subject={title}&body={body}", compat.Asked{Kind: "os", Text: text}).SupportURL()
		u, err := url.Parse(got)
		if got == "" { // it passes
			return
		}
		if err != nil || u.Opaque != "help@example.com" || u.Fragment != "" || len(u.Query()) != 3 || strings.Contains(got, "+") {
			t.Fatalf("%q leads to %s, %v", text, got, err)
		}
		if n := utf8.RuneCountInString(u.Query().Get("body")); n > 1000 || len(got) > fact.MaxSupport+8000 {
			t.Errorf("it is asked with %d characters in %d bytes", n, len(got))
		}
		for _, c := range got {
			if c <= ' ' || c > '~' || strings.ContainsRune(`"'<>\{}`, c) {
				t.Fatalf("%q stands in %s", c, got)
			}
		}
	})
}
