package compat_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/sample"
)

// badInput are versions that mean nothing, very much, or that are long.
func badInput() []string {
	interleaved := make([]string, 32)
	for i := range interleaved {
		interleaved[i] = fmt.Sprint(2 * i)
	}
	return []string{
		"", ":", "@", "||", "-", ">", ">=17 <17", ">18 <17", "18 - 17", "<0", "<=0", ">=0", "*", "!17", "17 ||", "|| 17", ">=", "^", "~", "17.*.2", "1e3", "１７.2", "17\u200b.2", "\x00", "\xff",
		strings.Join(interleaved, "||"), strings.Join(interleaved, " || >="), ">=" + strings.Join(interleaved, " || <"), ">" + strings.Join(interleaved, " >"),
		strings.TrimSuffix(strings.Repeat("1.", 20), "."), strings.TrimSuffix(strings.Repeat("0.", 90), "."), ">=" + strings.TrimSuffix(strings.Repeat("1.", 20), "."),
		strings.Repeat("9", 150), "17." + strings.Repeat("9", 150), strings.Repeat("(", 150), strings.Repeat("1-", 70), strings.Repeat("|", 150), strings.Repeat("x ", 90), strings.Repeat("17 ", 60),
		strings.Repeat("9", 300), "17.2 OR 1=1", "17.2; drop table", "<script>17</script>", "17.2 to to 18", "from 17 to", "or later", "17 or later or earlier", "17+ - 18+", "^17 - ~18", ">=17 || <18", "<17 || >17",
	}
}

// TestBadInput: whatever is written for a version is answered, or refused in a
// sentence.
func TestBadInput(t *testing.T) {
	m := sample.Catalogue(t)
	answered, refused := 0, 0
	random := rand.New(rand.NewPCG(14, 5))
	for _, text := range badInput() {
		for range 12 {
			x := oneFrom(random, m.Dataset().Technologies...)
			for _, form := range []string{x.ID + ":" + text, x.Name + " " + text} {
				if holdInput(t, m, compat.Asked{Kind: x.Kind, Text: form}) {
					answered++
				} else {
					refused++
				}
			}
		}
	}
	if answered < 100 || refused < 500 {
		t.Errorf("%d answered, %d refused", answered, refused)
	}
}

// holdInput asks about one component and reports whether it could be read.
func holdInput(t *testing.T, m *compat.Matrix, asked compat.Asked) bool {
	t.Helper()
	var c compat.Component
	var a compat.Answer
	c = m.Resolve(asked)
	err := m.Check(compat.Question{Product: "mi", Release: "4.4.0", Components: []compat.Component{c}}, &a)
	switch {
	case err != nil && err.Error() == "":
		t.Errorf("%.200q is refused without a word", asked.Text)
	case err == nil && len(a.Components[0].Why()) < 20:
		t.Errorf("%.200q is answered %q", asked.Text, a.Components[0].Why())
	case c.Reason != "" && (a.Pass || !strings.Contains(a.Components[0].Why(), c.Reason)):
		t.Errorf("%.200q is unresolved, and answered %s %q", asked.Text, a.Verdict, a.Components[0].Why())
	}
	return c.Reason == ""
}

// TestBadInputCosts bounds the work that a text may make, counted in what is allocated: a
// usual question allocates some 20 times.
func TestBadInputCosts(t *testing.T) {
	m := sample.Catalogue(t)
	for _, text := range append(badInput(), strings.Repeat("postgress ", 18), strings.Repeat("noble ", 30), strings.Repeat("2022 cu1 ", 18)) {
		for _, id := range []string{"postgresql", "rds-sqlserver", "java", "ubuntu", "windows-server"} {
			x, err := m.Technology(id)
			if err != nil {
				t.Fatal(err)
			}
			for _, form := range []string{text, x.ID + ":" + text, x.Name + " " + text} {
				asked := compat.Asked{Kind: x.Kind, Text: form[:min(len(form), fact.MaxName)]}
				if n := testing.AllocsPerRun(1, func() { m.Resolve(asked) }); n > 1500 {
					t.Errorf("%v allocations to read %q", n, asked.Text)
				}
			}
		}
	}
}

func BenchmarkBadInput(b *testing.B) {
	m := sample.Catalogue(b)
	for _, text := range []string{"PostgreSQL " + strings.Repeat("17 ", 60), "RDS " + strings.Repeat("cu1 ", 45), strings.Repeat("postgress ", 18), "Fubar 3"} {
		b.Run(text[:4], func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				m.Resolve(compat.Asked{Kind: "dbms", Text: text})
			}
		})
	}
}

// TestContradictions: a catalogue that says anything at once is answered.
func TestContradictions(t *testing.T) {
	random := rand.New(rand.NewPCG(14, 4))
	for range questions(t, 100) {
		ds := randomCatalogue(random)
		for range 5 { // the same at other strengths, with no and yes
			for _, c := range randomCatalogue(random).Claims {
				c.ID = fmt.Sprintf("%s/%d", c.ID, len(ds.Claims))
				ds.Claims = append(ds.Claims, c)
			}
		}
		w := newWorld(build(t, ds), ds)
		for range 4 {
			var asked []compat.Component
			for range 3 {
				_, text := w.ask(random, w.techs[oneFrom(random, "old", "new", "any", "run", "made", "x86")])
				asked = append(asked, w.m.Resolve(text))
			}
			var a compat.Answer
			if err := w.m.Check(compat.Question{Product: "p", Release: "1", Components: asked}, &a); err == nil && a.Summary() == "" {
				t.Errorf("%v is answered without a word", asked)
			}
		}
	}
}

// FuzzInput looks for versions that are not answered, or not soon.
func FuzzInput(f *testing.F) {
	for _, text := range badInput() {
		f.Add("postgresql:" + text)
	}
	m := sample.Catalogue(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, kind := range []string{"os", "jdk", "dbms"} {
			holdInput(t, m, compat.Asked{Kind: kind, Text: text})
		}
	})
}
