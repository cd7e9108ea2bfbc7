package detect

import (
	"strconv"
	"strings"
	"testing"
	"time"
)

// nested writes what an outline holds: KEY=VALUE, what is nested in braces.
func nested(e *entry, depth int) (text string, deepest int) {
	var b strings.Builder
	b.WriteString(e.key)
	if e.value != "" {
		b.WriteString("=" + e.value)
	}
	if !e.literal && e.value != "" {
		b.WriteString("?")
	}
	if deepest = depth; e.first != nil {
		b.WriteString("{")
		for one := e.first; one != nil; one = one.next {
			inner, deep := nested(one, depth+1)
			b.WriteString(inner)
			if deepest = max(deepest, deep); one.next != nil {
				b.WriteString(" ")
			}
		}
		b.WriteString("}")
	}
	return b.String(), deepest
}

func TestOutline(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"JSON", "{\n  \"a\": {\"b\": [1, \"c, }\"], \"d\": null},\n  \"e\": \"f\"\n}", `{{a{b{=1 =c, }} d=null} e=f}}`},
		{"JSON in a line", `[{"a":{"b":[1,{"c":"d"}]},"e":"\"x\""}]`, `{{{a{b{=1 {c=d}}} e=\"x\"}}}`},
		{"a fragment of JSON", "    \"a\": \"b\",\n    \"c\": \"d\",", `{a=b c=d}`},
		{"a head before JSON", "host | SUCCESS => {\n  \"a\": 1\n}", `{=host | SUCCESS =>{a=1}}`},
		{"YAML", "a:\n  b: c # d\n  e:\n  - f: g\n    h: 'i'\n  - j\n  k: &x\n    l: *x\nm: [n, o]", `{a{b=c e{{f=g h=i} =j} k{l=*x}} m{=n =o}}`},
		{"a list below its key", "a:\n-\n  b: c\n- d: e\nf: g", `{a{{b=c} {d=e}} f=g}`},
		{"a block of text", "a: |\n  b: c\n\n  d: e\nf: g", `{a f=g}`},
		{"more of a value", "a: b\n  c d\ne: f", `{a=b e=f}`},
		{"HCL", "resource \"a\" \"b\" {\n  c = \"d\"\n  e = var.f\n  g = merge(x, {\n    h = 1\n  })\n  i = <<-EOF\n    j = 1\n  EOF\n  k {\n    l = true\n  }\n}\nm = 2", `{resource=a b{c=d e=var.f? g=merge(x,?{h=1} i k{l=true?}} m=2}`},
		{"TOML", "[a.b]\nc = \"d\"\n# e = 1\nf.g = [1, 2]\n[[h]]\ni = 'j' # k", `{a{b{c=d f.g{=1 =2}}} h{i=j}}`},
		{"what stands below TOML", "[a]\nb = 1\n\nOS: RHEL 9\nJDK = Corretto 21", `{a{b=1} OS=RHEL 9 JDK=Corretto 21?}`},
		{"XML", "<?xml?>\n<x:a b=\"c\"><d>e &amp; f</d>\n  <!-- <g>h</g> -->\n  <i/>\n  <j>k</j>\n</x:a>\nl: m", `{a{b=c d=e & f i j=k} l=m}`},
		{"comments", "# a: b\n// c: d\n/* e: f\ng: h */\ni: j\n; k=l", `{i=j}`},
		{"prose around", "We use this: yes\na:\n  b: c\nThat is it.\n  d: e", `{a{b=c} d=e}`},
		{"a bracket that nothing closes", "a \"b\" {\n  c = 1\n\nd: e", `{a=b{c=1} d=e}`},
		{"addresses", "a: http://b:1/c\nhttp://d:2", `{a=http://b:1/c}`},
	} {
		lines := strings.Split(test.text, "\n")
		if got, _ := nested(outline(lines, 0, len(lines)), 0); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// endless are texts to be repeated without end.
var endless = []string{
	"{", "[", "a: [", "\"a\":{", "a {\n", "a \"b\" {", "- ", "- - \n", "<a>", "<a b=\"c\">\n", "</a>", "}", "/*\n", "<!--", "<!--\n", "x = <<E\n", "a: |\n b\n", "\"", "\"a\" ", "'a: ",
	"[a.b]\nc = 1\n", "  a: b\n", "a:\n", "a=b\n", "&a ", "a: &a *a\n", "!!x ", "{\"a\":1,\"b\":[1,{\"c\":\"d\"}]},", "<", "=", ":", ",", " ", "\t", "#a=b\n", "{{", "${a:-", "---\n", "```\n",
}

// BenchmarkOutline doubles texts and reports how much longer the longer one takes ("growth", at
// most some 2): what looks for an end at every line would take four times as long.
func BenchmarkOutline(b *testing.B) {
	for _, text := range endless {
		b.Run(strconv.Quote(text), func(b *testing.B) {
			cost := func(n int) time.Duration {
				lines := strings.Split(strings.Repeat(text, n/len(text)), "\n")
				begin := time.Now()
				outline(lines, 0, len(lines))
				return time.Since(begin)
			}
			const n = 1 << 17
			once, twice := time.Duration(0), time.Duration(0)
			for b.Loop() {
				once, twice = once+cost(n), twice+cost(2*n)
			}
			b.ReportMetric(float64(twice)/float64(once), "growth")
		})
	}
}

// FuzzOutline reads arbitrary texts: what is nested stands within what it is nested in, and is
// never deeper than the limit.
func FuzzOutline(f *testing.F) {
	for _, text := range endless {
		f.Add(strings.Repeat(text, 200))
	}
	f.Add("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]")
	f.Fuzz(func(t *testing.T, text string) {
		lines := strings.Split(text, "\n")
		root := outline(lines, 0, len(lines))
		if _, deepest := nested(root, 0); deepest > maxNested {
			t.Errorf("%d deep", deepest)
		}
		within(t, root, len(lines))
	})
}

func within(t *testing.T, e *entry, lines int) {
	for one := e.first; one != nil; one = one.next {
		if one.in != e || one.line < e.line || one.end > max(e.end, one.line+1) || one.end > lines || one.end <= one.line {
			t.Fatalf("%q of lines %d to %d in %q of %d to %d", one.key, one.line, one.end, e.key, e.line, e.end)
		}
		within(t, one, lines)
	}
}
