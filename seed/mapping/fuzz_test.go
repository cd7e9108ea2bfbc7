package mapping_test

import (
	"testing"

	"github.com/testedon/testedon/seed/mapping"
	"github.com/testedon/testedon/seed/sheet"
)

// FuzzRead reads any document by any mapping: whatever they are, each statement and each fault
// has a line of the document.
func FuzzRead(f *testing.F) {
	const rule = "id: m\ntitle: $.title\nrules:\n  - within: $.a[*]\n    each: $.b.*\n    name: $~\n    versions: $.v[*]\n    status: ^$.s\n    release: ^$~\n    labels: [{printed: \"*-x\", version: \"*\"}]\n"
	f.Add([]byte(`{"title": "t", "a": [{"s": "tested", "b": {"x": {"v": ["1", 2, [3], null, "4-x"]}}}]}`), []byte(rule))
	f.Add([]byte("a:\n  - s: tested\n    b: {x: {v: [1.10]}}\n"), []byte(rule))
	f.Add([]byte("a: &a [*a, *a]\n"), []byte("id: m\ntitle: t\nrules: [{each: \"$..[?@..x == $..y]\", name: $, status: $}]\n"))
	f.Fuzz(func(t *testing.T, document, text []byte) {
		m, problems := mapping.Decode(sheet.File{Name: "m.yaml", Data: text})
		if len(problems) > 0 {
			return
		}
		lines := 1
		for _, c := range document {
			if c == '\n' {
				lines++
			}
		}
		got := mapping.Read(sheet.File{Name: "d.json", Data: document}, m, nil)
		for _, r := range got.Records {
			if r.Line < 1 || r.Line > lines || r.Status == "" || r.Name == "" && r.Line == 0 {
				t.Errorf("%+v of %d lines", r, lines)
			}
		}
		for _, u := range got.Unread {
			if u.Line < 1 || u.Line > lines || u.Reason == "" {
				t.Errorf("%+v of %d lines", u, lines)
			}
		}
	})
}
