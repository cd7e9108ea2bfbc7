package wire_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/testedon/testedon/api/wire"
)

// plainly is what encoding/json writes of a value when it does not escape HTML.
func plainly(t *testing.T, value any) string {
	t.Helper()
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// FuzzString: a text is written as encoding/json writes it, and one that is appended in
// place is escaped alike, whatever stands before it.
func FuzzString(f *testing.F) {
	for _, text := range []string{
		"", "RHEL 9", "eight chars and more of them", `"quoted" \ and </script> & <!--`, "tab\tline\nreturn\rbell\afeed\f\b",
		"\x00\x1f\x7f", "é → 𝄞", "\u2028 and \u2029", "\ufffd is one, and \xff is broken", "broken at the end \xe2\x82", "12345678\"", "1234567\\",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		want := plainly(t, text)
		if got := string(wire.AppendString([]byte("before"), text)); got != "before"+want {
			t.Errorf("%q is written %s, not %s", text, got, want)
		}
		before := `"before \`
		if got := string(wire.EscapeTail([]byte(before+text), len(before))); got != before+want[1:len(want)-1] {
			t.Errorf("%q is escaped %s, not %s", text, got, want)
		}
	})
}

// TestFields writes an object piece by piece.
func TestFields(t *testing.T) {
	dst := wire.AppendField([]byte("{"), `"text":`, "a \"b\"")
	dst = wire.AppendOptional(dst, `,"none":`, "")
	dst = wire.AppendOptional(dst, `,"some":`, "c")
	dst = wire.AppendTrue(dst, `,"no":`, false)
	dst = wire.AppendTrue(dst, `,"yes":`, true)
	dst = wire.AppendNumber(dst, `,"number":`, -12)
	dst = wire.AppendStrings(append(dst, `,"list":`...), []jsontext.Pointer{"x", "y"})
	dst = wire.AppendStrings(append(dst, `,"empty":`...), []string(nil))
	dst = wire.AppendValue(append(dst, `,"value":`...), map[string]string{"<": "&"})
	const want = `{"text":"a \"b\"","some":"c","yes":true,"number":-12,"list":["x","y"],"empty":[],"value":{"<":"&"}}`
	if got := string(dst) + "}"; got != want {
		t.Errorf("%s is not %s", got, want)
	}
	if got := string(wire.AppendJSON([]byte("x"), 1)); got != "x1\n" {
		t.Errorf("a value and a line break are %q", got)
	}
}

func TestParts(t *testing.T) {
	for _, c := range []struct {
		text  string
		kind  jsontext.Kind
		parts string // name, value and offset of each
	}{
		{text: `{}`, kind: '{'},
		{text: ` [ ] `, kind: '['},
		{text: `"x"`, kind: '"'},
		{text: `null`, kind: 'n'},
		{text: `{"a": 1, "b" : {"c": [2]}, "a":"\u0041"}`, kind: '{', parts: `a=1@6 b={"c": [2]}@15 a="\u0041"@31 `},
		{text: "[\n {\"x\":1,\"x\":2},\nnull, 1e3]", kind: '[', parts: `={"x":1,"x":2}@3 =null@18 =1e3@24 `},
	} {
		kind, parts, err := wire.Parts([]byte(c.text))
		var got strings.Builder
		for _, p := range parts {
			got.WriteString(p.Name + "=" + string(p.Value) + "@" + string(wire.AppendNumber(nil, "", p.Offset)) + " ")
		}
		if err != nil || kind != c.kind || got.String() != c.parts {
			t.Errorf("%s: %v, kind %v, %s", c.text, err, kind, got.String())
		}
	}
}

func TestBrokenParts(t *testing.T) {
	for _, c := range []struct {
		text string
		at   int64
		more bool
	}{
		{text: `{"a":1,}`, at: 6},
		{text: `{"a"}`, at: 4},
		{text: `{1:2}`, at: 1},
		{text: `[1 2]`, at: 3},
		{text: `[1}`, at: 2},
		{text: `{"a":[1,{"b":tru`, at: 16},
		{text: `product=mi`, at: 0},
		{text: "\"\xff\"", at: 1},
		{text: `{} {}`, at: 3, more: true},
		{text: `[] x`, at: 3, more: true},
		{text: strings.Repeat("[", 20_000), at: 10_000},
	} {
		_, _, err := wire.Parts([]byte(c.text))
		syntax, ok := errors.AsType[*jsontext.SyntacticError](err)
		if !ok || syntax.ByteOffset != c.at || errors.Is(err, wire.ErrMore) != c.more {
			t.Errorf("%.20s: %v", c.text, err)
		}
	}
	for _, text := range []string{"", " \n"} {
		if _, _, err := wire.Parts([]byte(text)); !errors.Is(err, io.EOF) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestTextOf(t *testing.T) {
	if got := wire.TextOf(jsontext.Value(`"\u0041\n\"é"`)); got != "A\n\"é" {
		t.Errorf("%q", got)
	}
}
