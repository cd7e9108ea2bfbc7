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

// TestFills: most of as many keys as three quarters of the places find room at once, and what
// one takes the place of is given back, so that nothing is counted twice.
func TestFills(t *testing.T) {
	const n = 1 << 12
	p, kept := places.New[int, int](n), 0
	for i := range n * 3 / 4 {
		kept++
		if replaced := p.Keep(i, p.Hash(i), i+1); replaced != 0 {
			kept--
		}
	}
	found := 0
	for i := range n * 3 / 4 {
		if _, ok := p.Find(i, p.Hash(i)); ok {
			found++
		}
	}
	if found != kept || found < n*5/8 {
		t.Errorf("%d of %d keys found, %d counted", found, n*3/4, kept)
	}
}

// TestSeen: a hash came before when it did, and not because another did.
func TestSeen(t *testing.T) {
	const n = 1 << 12
	s, p := places.NewSeen(n), places.New[int, int](1)
	again := 0
	for i := range n / 2 {
		if s.Again(p.Hash(i)) {
			t.Fatalf("%d came before", i)
		}
	}
	for i := range n / 2 {
		if s.Again(p.Hash(i)) {
			again++
		}
	}
	if again < n*3/8 {
		t.Errorf("%d of %d came before", again, n/2)
	}
}
