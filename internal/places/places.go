// Package places keeps what was found for keys that come again, without a lock: a key has two
// of a fixed number of places, and where both are taken it takes one of them. So memory is
// bounded by the number of places, and keys that never come again only make others be found
// anew.
package places

import (
	"hash/maphash"
	"sync/atomic"
)

// Of are places of values by key. Make one with [New]. It is safe for concurrent use; the
// values are shared, and nobody may change them.
type Of[K comparable, V any] struct {
	seed maphash.Seed
	at   []atomic.Pointer[entry[K, V]]
}

type entry[K comparable, V any] struct {
	key   K
	value V
}

// New makes so many places, all of them free.
func New[K comparable, V any](n int) *Of[K, V] {
	return &Of[K, V]{maphash.MakeSeed(), make([]atomic.Pointer[entry[K, V]], n)}
}

// two are the places of a hash, of n.
func two(hash, n uint64) [2]uint64 { return [2]uint64{hash % n, (hash >> 32) % n} }

// Hash is a number for a key, the same for as long as the places are there.
func (p *Of[K, V]) Hash(key K) uint64 { return maphash.Comparable(p.seed, key) }

// Find gives what is kept for a key of that hash; false where nothing is.
func (p *Of[K, V]) Find(key K, hash uint64) (value V, found bool) {
	for _, i := range two(hash, uint64(len(p.at))) {
		if e := p.at[i].Load(); e != nil && e.key == key {
			return e.value, true
		}
	}
	return value, false
}

// Keep keeps a value for a key of that hash, and gives the one that it takes the place of, if
// any.
func (p *Of[K, V]) Keep(key K, hash uint64, value V) (replaced V) {
	kept, at := &entry[K, V]{key, value}, two(hash, uint64(len(p.at)))
	for _, i := range at {
		if p.at[i].CompareAndSwap(nil, kept) {
			return replaced
		}
	}
	if e := p.at[at[hash>>63]].Swap(kept); e != nil {
		return e.value
	}
	return replaced
}

// Get gives what is kept for a key, or finds and keeps it.
func (p *Of[K, V]) Get(key K, find func() V) V {
	hash := p.Hash(key)
	value, found := p.Find(key, hash)
	if !found {
		value = find()
		p.Keep(key, hash, value)
	}
	return value
}

// Seen are places of the hashes of keys that came. Make one with [NewSeen]. It is safe for
// concurrent use.
type Seen struct{ at []atomic.Uint64 }

// NewSeen makes so many places, all of them free.
func NewSeen(n int) *Seen { return &Seen{make([]atomic.Uint64, n)} }

// Again reports whether a key of that hash came before, and has not lost its place since.
func (s *Seen) Again(hash uint64) bool {
	at := two(hash, uint64(len(s.at)))
	for _, i := range at {
		if s.at[i].Load() == hash {
			return true
		}
	}
	for _, i := range at {
		if s.at[i].CompareAndSwap(0, hash) {
			return false
		}
	}
	s.at[at[hash>>63]].Store(hash)
	return false
}
