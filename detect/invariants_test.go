package detect_test

import (
	"testing"
	"unicode/utf8"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/detect"
	shared "github.com/testedon/testedon/internal/sample"
)

// check holds a result to what is true of every one: what is asked resolves to
// the technology and version found, and all of it is bounded and valid text.
func check(t testing.TB, m *compat.Matrix, r *detect.Result) {
	t.Helper()
	if r.Found == nil || len(r.Found) > detect.MaxFound || len(r.Unrecognised) > 51 {
		t.Errorf("%d found, %d unrecognised", len(r.Found), len(r.Unrecognised))
	}
	for _, f := range r.Found {
		c := m.Resolve(f.Asked)
		if c.Technology == nil || c.Technology.ID != f.Technology || c.Technology.Kind != f.Kind {
			t.Errorf("%q resolves to %+v, and %s was found", f.Asked.Text, c.Technology, f.Technology)
			continue
		}
		want, err := m.Name(c.Technology, f.Version)
		if err != nil { // as only a question writes it: "2022 CU14"
			want, err = m.Resolve(compat.Asked{Kind: f.Kind, Text: f.Technology + ":" + f.Version}), nil
		}
		if err != nil || !want.Range.Equal(c.Range) {
			t.Errorf("%q resolves to %v, and %q was found", f.Asked.Text, c.Range, f.Version)
		}
		if f.From == "" || f.Text == "" || len(f.Text) > 170 || !utf8.ValidString(f.Text) {
			t.Errorf("%s is from %q, text %q", f.Technology, f.From, f.Text)
		}
	}
	for _, text := range r.Unrecognised {
		if len(text) > 600 || !utf8.ValidString(text) {
			t.Errorf("unrecognised: %q", text)
		}
	}
}

// FuzzRead reads arbitrary texts.
func FuzzRead(f *testing.F) {
	m := shared.Catalogue(f)
	for _, s := range samples(f) {
		second := ""
		if len(s.texts) > 1 {
			second = s.texts[1]
		}
		f.Add(s.texts[0], second)
	}
	f.Fuzz(func(t *testing.T, first, second string) {
		check(t, m, detect.Read(m, []string{first, second}))
	})
}
