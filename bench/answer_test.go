package bench

import (
	"testing"

	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// BenchmarkAnswer writes the answer to the main question as JSON, and in turn those to
// 500 different ones, which mostly do not pass.
func BenchmarkAnswer(b *testing.B) {
	m := catalogue(b, 0)
	today, ok := fact.ParseDay("2026-01-31")
	if !ok {
		b.Fatal("no day")
	}
	v := answers.New(m, "bench").On(today)
	for name, questions := range map[string][][]compat.Asked{"main": {asked}, "different": Questions(500)} {
		all := make([]compat.Answer, len(questions))
		for i, asked := range questions {
			q := compat.Question{Product: "mi", Release: "4.4.0", Today: today}
			for _, a := range asked {
				q.Components = append(q.Components, m.Resolve(a))
			}
			if err := m.Check(q, &all[i]); err != nil {
				b.Fatal(err)
			}
		}
		b.Run(name, func(b *testing.B) {
			var dst []byte
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				dst = v.AppendAnswer(dst[:0], &all[i%len(all)])
			}
		})
	}
}
