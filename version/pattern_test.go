package version

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

// TestPattern: the pattern of a range takes just the texts of versions that lie in it as a whole.
func TestPattern(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	number := func() uint64 {
		return []uint64{0, 1, 2, 9, 10, 11, 17, 99, 100, 199, random.Uint64N(30), random.Uint64N(3000)}[random.IntN(12)]
	}
	yes := 0
	for range 2000 {
		var r Range
		for range 1 + random.IntN(2) {
			low, high := bound{number(), number(), number()}, bound{number(), number(), number()}
			if random.IntN(4) == 0 {
				high = forever
			}
			if random.IntN(3) == 0 {
				r = r.Union(prefix(number(), number()))
			}
			r = r.Union(between(low, high))
		}
		for _, separators := range [][]string{{"", `\.`}, {`1\.`, `\.`, "_"}} {
			text := r.Pattern("dotted", 4, separators...)
			is, err := regexp.Compile("^(?:" + text + ")$")
			if err != nil {
				t.Fatal(err)
			}
			for range 40 {
				parts := []uint64{number(), number(), number(), number()}[:1+random.IntN(4)]
				if len(r.spans) > 0 && random.IntN(2) == 0 {
					copy(parts, r.spans[0].low[:])
				}
				printed := ""
				for i, n := range parts {
					printed += strings.ReplaceAll(separators[min(i, len(separators)-1)], `\`, "") + fmt.Sprint(n)
				}
				want := prefix(parts...).Within(r)
				if want {
					yes++
				}
				if got := text != "" && is.MatchString(printed); got != want {
					t.Fatalf("%s in %v is %v by %s", printed, r, got, text)
				}
			}
		}
	}
	if yes < 1000 {
		t.Error("too few are within:", yes)
	}
}
