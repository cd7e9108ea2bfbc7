package bench

import (
	"fmt"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/seed"
)

// catalogue is the embedded catalogue with synthetic releases beside it until it
// has the given number of claims.
func catalogue(b testing.TB, claims int) *compat.Matrix {
	b.Helper()
	ds, err := seed.Load(seed.Embedded())
	if err != nil {
		b.Fatal(err)
	}
	if claims > 0 {
		Synthetic(ds, claims)
	}
	m, err := compat.Build(ds)
	if err != nil {
		b.Fatal(err)
	}
	return m
}

// asked is the main question: is RHEL 9 + Corretto 21 + Postgres 17.2 tested for
// MI 4.4.0?
var asked = []compat.Asked{{Kind: "os", Text: "RHEL 9"}, {Kind: "jdk", Text: "Corretto 21"}, {Kind: "dbms", Text: "Postgres 17.2"}}

func question(m *compat.Matrix) compat.Question {
	q := compat.Question{Product: "mi", Release: "4.4.0"}
	for _, a := range asked {
		q.Components = append(q.Components, m.Resolve(a))
	}
	return q
}

// BenchmarkCheck answers the main question from the catalogue alone and with a
// million synthetic claims beside it. The API uses the memory of an answer again;
// "fresh" does not.
func BenchmarkCheck(b *testing.B) {
	for _, claims := range []int{0, 1_000_000} {
		m := catalogue(b, claims)
		q := question(m)
		b.Run(fmt.Sprintf("claims=%d", claims), func(b *testing.B) {
			var a compat.Answer
			b.ReportAllocs()
			for b.Loop() {
				check(b, m, q, &a)
			}
		})
		b.Run(fmt.Sprintf("claims=%d/fresh", claims), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				check(b, m, q, new(compat.Answer))
			}
		})
	}
}

func check(b *testing.B, m *compat.Matrix, q compat.Question, a *compat.Answer) {
	if err := m.Check(q, a); err != nil || !a.Pass {
		b.Fatal(a.Verdict, err)
	}
}

// BenchmarkResolve reads the three texts of the main question.
func BenchmarkResolve(b *testing.B) {
	m := catalogue(b, 0)
	b.ReportAllocs()
	for b.Loop() {
		for _, a := range asked {
			if c := m.Resolve(a); c.Technology == nil {
				b.Fatal(c.Reason)
			}
		}
	}
}

// BenchmarkQuestions reads and answers 20,000 different questions in turn.
func BenchmarkQuestions(b *testing.B) {
	m := catalogue(b, 0)
	questions := Questions(20_000)
	var a compat.Answer
	i := 0
	b.ReportAllocs()
	for b.Loop() {
		q := compat.Question{Product: "mi", Release: "4.4.0", Components: make([]compat.Component, 0, 3)}
		for _, asked := range questions[i%len(questions)] {
			q.Components = append(q.Components, m.Resolve(asked))
		}
		if err := m.Check(q, &a); err != nil {
			b.Fatal(err)
		}
		i++
	}
}

// BenchmarkBuild indexes a million claims.
func BenchmarkBuild(b *testing.B) {
	ds, err := seed.Load(seed.Embedded())
	if err != nil {
		b.Fatal(err)
	}
	Synthetic(ds, 1_000_000)
	for b.Loop() {
		if _, err := compat.Build(ds); err != nil {
			b.Fatal(err)
		}
	}
}
