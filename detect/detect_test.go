package detect_test

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/detect"
	shared "github.com/testedon/testedon/internal/sample"
)

const rhel = "ID=\"rhel\"\nVERSION_ID=\"9.4\"\n"

// TestFound looks at everything a finding tells.
func TestFound(t *testing.T) {
	m := shared.Catalogue(t)
	r := detect.Read(m, []string{"NAME=\"Red Hat Enterprise Linux\"\n" + rhel, "jdbc:postgresql://a:b@c/d"})
	want := []detect.Found{
		{"os", "rhel", "9.4", compat.Asked{Kind: "os", Text: "rhel@9.4"}, "os-release", `ID="rhel" VERSION_ID="9.4"`},
		{"dbms", "postgresql", "", compat.Asked{Kind: "dbms", Text: "postgresql"}, "jdbc-url", "jdbc:postgresql:***"},
	}
	if len(r.Found) != 2 || r.Found[0] != want[0] || r.Found[1] != want[1] || len(r.Unrecognised) != 0 {
		t.Errorf("%+v", r)
	}
	// A name that two technologies share is worded so that it is clear.
	windows := detect.Read(m, []string{"Microsoft Windows [Version 10.0.22631.4317]"})
	if c := m.Resolve(windows.Found[0].Asked); c.Technology == nil || c.Technology.ID != "windows" {
		t.Errorf("%q resolves to %+v", windows.Found[0].Asked.Text, c)
	}
	if r := detect.Read(m, nil); r.Found == nil || len(r.Found)+len(r.Unrecognised) != 0 {
		t.Errorf("nothing gives %+v", r)
	}
}

// TestEncodings reads one thing in every way a terminal or an editor leaves it.
func TestEncodings(t *testing.T) {
	m := shared.Catalogue(t)
	for name, text := range map[string]string{
		"CRLF":             strings.ReplaceAll(rhel, "\n", "\r\n"),
		"CR":               strings.ReplaceAll(rhel, "\n", "\r"),
		"byte order mark":  "\ufeff" + rhel,
		"UTF-16":           utf16Text(rhel),
		"colours":          "\x1b[01;32m" + strings.ReplaceAll(rhel, "\n", "\x1b[0m\n\x1b[1m"),
		"title":            "\x1b]0;root@host:~\a" + rhel,
		"invalid UTF-8":    "caf\xe9\n" + rhel,
		"no-break spaces":  "Operating System:\u00a0Red\u00a0Hat Enterprise Linux 9.4\u00a0",
		"bells and NULs":   "\a\x00" + rhel + "\x00",
		"no end of line":   strings.TrimSpace(rhel),
		"blanks around it": "\n\n   " + strings.ReplaceAll(rhel, "\n", "  \n\t"),
	} {
		t.Run(name, func(t *testing.T) {
			r := detect.Read(m, []string{text})
			check(t, m, r)
			if len(r.Found) != 1 || r.Found[0].Technology != "rhel" || r.Found[0].Version != "9.4" {
				t.Errorf("%+v", r)
			}
		})
	}
}

func utf16Text(text string) string {
	b := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(text)) {
		b = append(b, byte(unit), byte(unit>>8))
	}
	return string(b)
}

// TestHostile reads what no machine prints. What it finds is in the invariants;
// here it is that the result stays small and says what was left out.
func TestHostile(t *testing.T) {
	m := shared.Catalogue(t)
	for _, test := range []struct {
		name  string
		texts []string
		found int
		says  string
	}{
		{name: "huge", texts: []string{strings.Repeat("x", detect.MaxText) + "\n" + rhel}, says: "the end of a text of 1048"},
		{name: "one endless line", texts: []string{strings.Repeat("PostgreSQL 17.2 ", detect.MaxText/16)}, says: "PostgreSQL 17.2 PostgreSQL 17.2"},
		{name: "binary", texts: []string{strings.Repeat("\x7fELF\x02\x01\x01\x00\x00\xff", 300)}, says: "bytes that are no text"},
		{name: "10,000 lines", texts: []string{strings.Repeat("some words\n", 5000)}, says: "some words"},
		{name: "10,000 different lines", texts: []string{numberedLines("words %", 5000)}, says: "more"},
		{name: "10,000 stages", texts: []string{strings.Repeat("FROM ubuntu:22.04\n", 10_000)}, found: 1},
		{name: "brackets without end", texts: []string{strings.Repeat(`{"a":[`, detect.MaxText/6)}, says: `{"a"`},
		{name: "lists within lists", texts: []string{strings.Repeat("- ", detect.MaxText/2) + "x"}, says: "x"},
		{name: "aliases of aliases", texts: []string{"a: &a [x, x]\n" + numberedLines("a%: &a% [*a, *a, *a, *a]", 5000)}},
		{name: "tags within tags", texts: []string{strings.Repeat("<a>", detect.MaxText/3)}, says: "<a>"},
		{name: "marks from right to left", texts: []string{"\u202eDB: \u2066PostgreSQL\u2069 17.2"}, found: 1},
		{name: "a NUL in a name", texts: []string{"Postgre\x00SQL 17.2"}, found: 1},
		{name: "two encodings", texts: []string{"DB: PostgreSQL 17.2\nna\xefve caf\xe9\nOS: RHEL 9"}, found: 2},
		{name: "marks of a mail without end", texts: []string{strings.Repeat(">", detect.MaxText)}, says: ">"},
		{name: "comments without end", texts: []string{strings.Repeat("<!-- ", detect.MaxText/5)}, says: "<!--"},
		{name: "10,000 named stages", texts: []string{numberedLines("FROM ubuntu:22.04 AS s%", 2000) + "FROM s1999"}, found: 1},
		{name: "stages that name themselves", texts: []string{"FROM a AS a\nFROM a AS a\nFROM a"}, says: "FROM a"},
		{name: "arguments that fill in themselves", texts: []string{"ARG A=$A$A$A$A\nARG B=${B\nFROM $A$B"}, says: "FROM $A$B"},
		{name: "10,000 banners", texts: []string{numberedLines("PostgreSQL 17.%", 3000)}, found: 32, says: "there are more than 32 components"},
		{name: "10,000 versions of nothing", texts: []string{numberedLines("PostgreSQL 17beta%", 3000)}, says: "more"},
		{name: "10,000 assignments", texts: []string{numberedLines("A%=1", 5000)}, says: "more"},
		{name: "10,000 labels", texts: []string{numberedLines("a%: 1", 5000)}, says: "more"},
		{name: "many texts", texts: manyTexts(200), found: 32, says: "the texts after the first 64"},
		{name: "scripts", texts: []string{"<script>alert(1)</script>"}, says: "<script>"},
		{name: "an escape without an end", texts: []string{"\x1b[", "\x1b]", "\x1b", "\x1b[31"}},
		{name: "half a UTF-16", texts: []string{"\xff\xfea"}},
		{name: "a version as long as a line", texts: []string{"PostgreSQL " + strings.Repeat("1.", 1000) + "1"}, says: "PostgreSQL 1.1"},
		{name: "a huge number", texts: []string{"ID=rhel\nVERSION_ID=99999999999999999999999999"}, says: "too long"},
		{name: "half of a box", texts: []string{"| VERSION() |"}, says: "VERSION()"},
		{name: "an empty image", texts: []string{"image: \nimage: :\nFROM --platform= --platform=/ x"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := detect.Read(m, test.texts)
			check(t, m, r)
			if len(r.Found) != test.found {
				t.Errorf("%d found, want %d: %+v", len(r.Found), test.found, r)
			}
			if said := strings.Join(r.Unrecognised, "\n"); !strings.Contains(said, test.says) {
				t.Errorf("unrecognised is %q, want %q in it", said, test.says)
			}
		})
	}
}

func numberedLines(line string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(line, "%", strconv.Itoa(i)) + "\n")
	}
	return b.String()
}

func manyTexts(n int) []string {
	var all []string
	for i := range n {
		all = append(all, "PostgreSQL 17."+strconv.Itoa(i))
	}
	return all
}

// BenchmarkRead reads a session of a usual size, and megabytes of several kinds.
func BenchmarkRead(b *testing.B) {
	m := shared.Catalogue(b)
	repeat := func(line string) []string {
		text := strings.Repeat(line, detect.MaxText/len(line))
		return slices.Repeat([]string{text}, 1<<20/detect.MaxText)
	}
	all := map[string][]string{
		"prose": repeat("Nobody has looked at this part of the report since the last of them went home.\n"),
		"names": repeat("We moved from Oracle 19c to PostgreSQL 17.2 on RHEL 9 and then to Aurora.\n"),
		"log":   repeat("2024-05-02 10:11:12,123 [main] INFO  org.example.Server - accepted a connection from 192.0.2.7:5432\n"),
		"pairs": repeat("some.key.of.a.file = a value of it\n"),
		"line":  repeat("word "),
		"signs": repeat("[{(<>*-#|"),
		"json":  repeat(`{"a":{"b":["c",1],"name":"d"}},`),
		"open":  repeat(`{"a":[`),
		"yaml":  repeat("  - name: a\n    image: example.org/b:1.0\n    env:\n      - C=d\n"),
		"rpm":   repeat("glibc-common-2.34-83.el9_3.7.x86_64\n"),
		"run":   repeat("RUN apt-get install -y curl \\\n  && rm -rf /var/lib/apt/lists\n"),
		"java":  repeat("openjdk version \"21.0.5\" 2024-10-15 LTS\n"),
		"xml":   repeat("<dependency><groupId>a.b</groupId><artifactId>c</artifactId></dependency>\n"),
	}
	for _, s := range samples(b) {
		if s.name == "session/a session" {
			all["session"] = s.texts
		}
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		b.Run(name, func(b *testing.B) {
			size := 0
			for _, text := range all[name] {
				size += len(text)
			}
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				detect.Read(m, all[name])
			}
		})
	}
}
