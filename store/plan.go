package store

import (
	"context"
	"math"
	"reflect"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
)

// plan is what an owner's change does to one noun, worked out before anything
// is written.
type plan struct {
	added     int
	withdrawn []int64 // keys of rows
	write     func(*scribe)
}

// plan compares the facts of an owner on record with those wanted. It puts the
// facts that stand after the change into after.
func (n *noun[F]) plan(ctx context.Context, s *snapshot, owner int64, want, after *fact.Dataset) (*plan, error) {
	facts, marks, err := n.rows(ctx, s)
	if err != nil {
		return nil, err
	}
	mine, err := n.changed(n.own(facts, marks, owner), *n.facts(want))
	if err != nil {
		return nil, err
	}
	p := &plan{added: len(mine.add)}
	for i := range mine.withdraw {
		p.withdrawn = append(p.withdrawn, marks[i].key)
	}
	slices.Sort(p.withdrawn)
	p.write = func(w *scribe) { n.write(w, mine.add, p.withdrawn) }
	*n.facts(after) = n.after(facts, marks, mine, owner)
	return p, nil
}

// own indexes the facts of one owner by identifier.
type own[F any] struct {
	facts []F
	at    map[string]int
}

func (n *noun[F]) own(facts []F, marks []mark, owner int64) own[F] {
	o := own[F]{facts: facts, at: map[string]int{}}
	for i, m := range marks {
		if m.owner == owner {
			o.at[n.id(&facts[i])] = i
		}
	}
	return o
}

// delta is the difference between the facts on record and those wanted.
type delta[F any] struct {
	add      []F
	withdraw map[int]bool // positions among the facts on record
}

// changed finds the facts to add and to withdraw. A fact that differs is both.
func (n *noun[F]) changed(have own[F], want []F) (delta[F], error) {
	d := delta[F]{withdraw: map[int]bool{}}
	seen := make(map[string]bool, len(want))
	for i := range want {
		id := n.id(&want[i])
		if seen[id] {
			return d, fact.Invalid("", "Give every fact an identifier of its own",
				"the %s %q is given twice", n.word, id)
		}
		seen[id] = true
		at, known := have.at[id]
		if known && reflect.DeepEqual(have.facts[at], want[i]) {
			continue
		}
		if err := checkText(reflect.ValueOf(&want[i]).Elem()); err != nil {
			return d, fact.Invalid("", "Mend the text; the record was not changed", "the %s %q: %v", n.word, id, err)
		}
		if known {
			d.withdraw[at] = true
		}
		d.add = append(d.add, want[i])
	}
	for id, at := range have.at {
		if !seen[id] {
			d.withdraw[at] = true
		}
	}
	// In the order of identifiers on disk, reading has little left to sort.
	slices.SortFunc(d.add, func(a, b F) int { return strings.Compare(n.id(&a), n.id(&b)) })
	return d, nil
}

// after is the facts that stand once the change is made.
func (n *noun[F]) after(facts []F, marks []mark, d delta[F], owner int64) []F {
	size := len(facts) - len(d.withdraw) + len(d.add)
	left, whose := make([]F, 0, size), make([]mark, 0, size)
	for i := range facts {
		if !d.withdraw[i] {
			left, whose = append(left, facts[i]), append(whose, marks[i])
		}
	}
	for i := range d.add {
		left, whose = append(left, d.add[i]), append(whose, mark{key: math.MaxInt64, owner: owner})
	}
	return n.standing(left, whose)
}

// write withdraws and adds rows.
func (n *noun[F]) write(w *scribe, add []F, withdraw []int64) {
	for _, key := range withdraw {
		w.withdraw(n.table, key)
	}
	columns := append([]string{"owner", "added"}, n.columns...)
	for i := range add {
		w.insert(n.table, columns, append([]any{w.owner, w.revision}, n.encode(&add[i], w)...))
	}
}
