package places_test

import (
	"strconv"
	"sync"
	"testing"

	"github.com/testedon/testedon/internal/places"
)

// TestOf: what is given for a key is always its own, whatever takes its place meanwhile.
func TestOf(t *testing.T) {
	p, found := places.New[string, int](8), 0
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for i := range 2000 {
				n := i * i % 31
				if got := p.Get(strconv.Itoa(n), func() int { return n }); got != n {
					t.Errorf("%d is kept for %d", got, n)
				}
			}
		})
	}
	wait.Wait()
	for n := range 31 {
		if got := p.Get(strconv.Itoa(n), func() int { return -1 }); got == n {
			found++
		} else if got != -1 {
			t.Errorf("%d is kept for %d", got, n)
		}
	}
	if found > 8 {
		t.Errorf("8 places keep %d values", found)
	}
}

// TestAgain: a value is found once while its place is its own.
func TestAgain(t *testing.T) {
	p, found := places.New[int, int](4), 0
	for range 3 {
		p.Get(1, func() int { found++; return 1 })
	}
	if found != 1 {
		t.Errorf("found %d times", found)
	}
}
