package page_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/testedon/testedon/page"
)

// BenchmarkRead reads a page of the usual size, and one a hundred times as long.
func BenchmarkRead(b *testing.B) {
	text, err := os.ReadFile("testdata/runtimes.md")
	if err != nil {
		b.Fatal(err)
	}
	known := names(b)
	for name, n := range map[string]int{"page": 1, "hundred": 100} {
		b.Run(name, func(b *testing.B) {
			long := bytes.Repeat(text, n)
			b.SetBytes(int64(len(long)))
			for b.Loop() {
				page.Read(long, known)
			}
		})
	}
}
