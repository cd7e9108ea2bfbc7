package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
)

// plan is what an owner's change does to one noun, worked out before anything is
// written.
type plan struct {
	word     string
	add      []document
	withdraw []document // as they are on record; a fact that differs is added as well
}

// document is a fact as it is kept.
type document struct{ id, body string }

// planFor compares the facts of an owner on record with those wanted.
func planFor(ctx context.Context, tx *sql.Tx, n fact.Noun, want *fact.Dataset, c Change) (plan, error) {
	p := plan{word: n.Word()}
	have, err := stated(ctx, tx, p.word, c.Owner)
	if err != nil {
		return p, err
	}
	last := ""
	for i, d := range documentsOf(n, want) {
		if i > 0 && d.id == last {
			return p, fact.Invalid("", "Give every fact an identifier of its own", "the %s %q is given twice", p.word, d.id)
		}
		last = d.id
		body, known := have[d.id]
		if delete(have, d.id); known && body == d.body {
			continue
		}
		if err := d.check(); err != nil {
			return p, fact.Invalid("", mend, "the %s %q: %v", p.word, d.id, err)
		}
		if p.add = append(p.add, d); known {
			p.withdraw = append(p.withdraw, document{d.id, body})
		}
	}
	if c.Keep {
		return p, nil
	}
	for _, id := range slices.Sorted(maps.Keys(have)) {
		p.withdraw = append(p.withdraw, document{id, have[id]})
	}
	return p, nil
}

// Difference is a fact that a change adds, replaces or withdraws.
type Difference struct {
	Noun   string // "claim"
	ID     string
	Before string // JSON; "" where the fact is new
	After  string // JSON; "" where the fact is withdrawn
}

// differences gives what the plan does, in the order of identifiers.
func (p *plan) differences() []Difference {
	after := map[string]string{}
	for _, d := range p.add {
		after[d.id] = d.body
	}
	var all []Difference
	for _, d := range p.withdraw {
		all = append(all, Difference{p.word, d.id, d.body, after[d.id]})
		delete(after, d.id)
	}
	for id, body := range after {
		all = append(all, Difference{Noun: p.word, ID: id, After: body})
	}
	order.Stable(all, func(a, b Difference) int { return strings.Compare(a.ID, b.ID) })
	return all
}

// chunk is how many facts one statement writes: to a server each takes a round trip.
const chunk = 40

// write withdraws and adds facts in a revision.
func (p *plan) write(ctx context.Context, tx *sql.Tx, r *Revision) error {
	for some := range slices.Chunk(p.withdraw, chunk) {
		args := []any{r.Number, p.word, r.Owner, stands}
		places := ""
		for _, d := range some {
			args = append(args, d.id)
			places += fmt.Sprintf(", $%d", len(args))
		}
		const withdraw = "UPDATE facts SET withdrawn = $1 WHERE noun = $2 AND owner = $3 AND withdrawn = $4 AND id IN (%s)"
		if _, err := tx.ExecContext(ctx, fmt.Sprintf(withdraw, places[2:]), args...); err != nil {
			return err
		}
	}
	rows := make([][]any, 0, len(p.add))
	for _, d := range p.add {
		rows = append(rows, []any{p.word, d.id, r.Owner, r.Number, stands, d.body})
	}
	return insert(ctx, tx, "facts (noun, id, owner, added, withdrawn, body)", rows)
}

// insert adds rows to a table, some in a statement.
func insert(ctx context.Context, tx *sql.Tx, table string, rows [][]any) error {
	for some := range slices.Chunk(rows, chunk) {
		var args []any
		var text strings.Builder
		for _, row := range some {
			mark := ", ("
			for _, value := range row {
				args = append(args, value)
				fmt.Fprintf(&text, "%s$%d", mark, len(args))
				mark = ", "
			}
			text.WriteString(")")
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO "+table+" VALUES "+text.String()[2:], args...); err != nil { //nolint:gosec // names and marks of this package
			return err
		}
	}
	return nil
}

// stated gives the facts of a noun that an owner states, by identifier.
func stated(ctx context.Context, tx *sql.Tx, word, owner string) (map[string]string, error) {
	rows, err := tx.QueryContext(ctx, "SELECT id, body FROM facts WHERE noun = $1 AND owner = $2 AND withdrawn = $3", word, owner, stands)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // rows.Err tells
	all := map[string]string{}
	for rows.Next() {
		var d document
		if err := rows.Scan(&d.id, &d.body); err != nil {
			return nil, err
		}
		all[d.id] = d.body
	}
	return all, rows.Err()
}

// documentsOf writes the facts of a noun as they are kept, in the order of their identifiers.
func documentsOf(n fact.Noun, ds *fact.Dataset) []document {
	all := make([]document, 0, n.Len(ds))
	for text := range n.Documents(ds) {
		for line := range strings.Lines(text) {
			all = append(all, document{n.ID(ds, len(all)), strings.TrimSuffix(line, "\n")})
		}
	}
	order.Stable(all, func(a, b document) int { return strings.Compare(a.id, b.id) })
	return all
}

// bodyLimit bounds the size of a fact, in bytes. The largest that the catalogues bring is
// far below it.
const bodyLimit = 256 << 10

// check finds what the record cannot keep as it is.
func (d document) check() error {
	if d.id == "" || strings.ContainsRune(d.id, 0) { // PostgreSQL keeps no NUL; a body has it escaped
		return errors.New("it has no identifier that can be kept")
	}
	if len(d.body) > bodyLimit {
		return fmt.Errorf("its %d bytes are over the limit of %d", len(d.body), bodyLimit)
	}
	// Of bytes that are no UTF-8 the encoder makes an escape that it writes for nothing else.
	if strings.Contains(strings.ReplaceAll(d.body, `\\`, ""), `\ufffd`) {
		return errors.New("a text of it is not UTF-8")
	}
	return nil
}
