package wire

import "sync"

// The bounds of what is kept of the choices from one list: a million items are 8 MB.
const (
	maxKeptItems   = 1 << 20
	maxKeptChoices = 1000
)

// Memory keeps what is the same for all requests to a matrix, by name.
type Memory struct{ found sync.Map }

// Kept is the memory itself: whatever has it embedded is a [Keeper].
func (m *Memory) Kept() *Memory { return m }

// Keeper has a memory.
type Keeper interface{ Kept() *Memory }

// KeptOf gives what find gives, which is the same for all requests to a keeper.
func KeptOf[K Keeper, T any](k K, name any, find func(K) T) T {
	if found, ok := k.Kept().found.Load(name); ok {
		return found.(T)
	}
	found, _ := k.Kept().found.LoadOrStore(name, find(k))
	return found.(T)
}

// kept is a list that is the same for every request, in its orders and as it was
// chosen from lately. It lives as long as the matrix that it is made of.
type kept[V Keeper, T any] struct {
	orders map[string]func() []T // by name; each is made when it is first asked for

	mu      sync.Mutex
	choices map[string][]T // by order and filters
	size    int            // of the choices together, in items
}

// kept gives what is kept of the list.
func (c *Collection[V, T]) kept(v V) *kept[V, T] {
	return KeptOf(v, c, func(v V) *kept[V, T] {
		k := &kept[V, T]{orders: map[string]func() []T{}, choices: map[string][]T{}}
		all := sync.OnceValue(func() []T { return c.All(v) })
		for _, by := range c.Orders {
			k.orders[by.name] = sync.OnceValue(func() []T { return c.sorted(v, by, all()) })
		}
		return k
	})
}

// chosen gives the items that are what is wanted, in ascending order. It looks through
// the whole list for the first page of them only.
func (k *kept[V, T]) chosen(w *wanted[V, T]) []T {
	all := k.orders[w.by.name]()
	if len(w.match) == 0 {
		return all
	}
	name := w.by.name + "?" + w.filters
	k.mu.Lock()
	found, ok := k.choices[name]
	k.mu.Unlock()
	if !ok {
		found = w.chosen(all)
		k.keep(name, found)
	}
	return found
}

// keep keeps a choice. Where there is no room for it, those before are dropped.
func (k *kept[V, T]) keep(name string, found []T) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if _, ok := k.choices[name]; ok || len(found) > maxKeptItems {
		return
	}
	if k.size+len(found) > maxKeptItems || len(k.choices) == maxKeptChoices {
		clear(k.choices)
		k.size = 0
	}
	k.choices[name] = found
	k.size += len(found)
}
