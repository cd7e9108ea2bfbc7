// Package places keeps what was found for keys that come again, without a lock: a key has one
// of a fixed number of places, and what falls on a taken one takes it. So memory is bounded by
// the number of places, and keys that never come again only make others be found anew.
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

// Hash is a number for a key, the same for as long as the places are there.
func (p *Of[K, V]) Hash(key K) uint64 { return maphash.Comparable(p.seed, key) }

// Find gives what is kept for a key of that hash; false where nothing is.
func (p *Of[K, V]) Find(key K, hash uint64) (value V, found bool) {
	if e := p.at[hash%uint64(len(p.at))].Load(); e != nil && e.key == key {
		return e.value, true
	}
	return value, false
}

// Keep keeps a value for a key of that hash.
func (p *Of[K, V]) Keep(key K, hash uint64, value V) {
	p.at[hash%uint64(len(p.at))].Store(&entry[K, V]{key, value})
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
