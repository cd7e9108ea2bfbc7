package store

import (
	"context"
	"database/sql"
	"fmt"
	"runtime/debug"
	"strings"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// pageKeys is how many keys of a table one page spans. A call into SQLite
// costs more than reading a row, so rows come a page at a time: SQLite writes
// them as one JSON text. Pages of this size measured best.
const pageKeys = 1024

// page is the rows of a table within a span of keys, in the order of keys.
type page struct {
	rows int
	text string // [[value, …], …], see row
}

// querier is what a database and a transaction have in common.
type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// snapshot is the record as of one revision.
type snapshot struct {
	*registers
	db      querier
	workers int   // how many pages to read and decode at a time
	at      int64 // the revision
}

// selection is which rows of a table to read.
type selection struct {
	where string // the condition for a row, in which ?3 is the revision
	sound string // the condition for the whole table
}

var (
	all = selection{where: "true", sound: "true"}

	// standing are the facts that are part of the dataset at a revision. Every
	// fact was added, and perhaps withdrawn, by a revision that is on record, and is
	// stated by somebody who made one.
	standing = selection{
		where: "added <= ?3 AND (withdrawn IS NULL OR withdrawn > ?3)",
		sound: `coalesce(min(added) >= (SELECT min(number) FROM revisions)
			AND max(max(added), coalesce(max(withdrawn), 0)) <= (SELECT max(number) FROM revisions)
			AND count(*) = count(CASE WHEN owner IN (SELECT owner FROM revisions) THEN 1 END), count(*) = 0)`,
	}
)

// pages reads the named columns of the selected rows of a table. Rows are never
// deleted, so their keys have no gaps.
func (s *snapshot) pages(ctx context.Context, table string, columns []string, which selection) ([]page, error) {
	var last int64
	var sound bool
	size := fmt.Sprintf("SELECT coalesce(max(key), 0), count(*) = coalesce(max(key), 0) AND %s FROM %s", which.sound, table)
	if err := s.db.QueryRowContext(ctx, size).Scan(&last, &sound); err != nil {
		return nil, err
	}
	if !sound {
		return nil, fmt.Errorf("%w: rows or revisions of %s are missing", ErrDamaged, table)
	}
	query := fmt.Sprintf("SELECT count(*), json_group_array(json_array(%s)) FROM %s WHERE key > ?1 AND key <= ?2 AND %s",
		strings.Join(columns, ", "), table, which.where)
	pages := make([]page, (last+pageKeys-1)/pageKeys)
	err := s.each(ctx, len(pages), func(ctx context.Context, i int) error {
		from := int64(i) * pageKeys
		return s.db.QueryRowContext(ctx, query, from, from+pageKeys, s.at).Scan(&pages[i].rows, &pages[i].text)
	})
	return pages, err
}

// decode calls set for every row of the pages, with the row's position among
// all of them. Calls for rows of different pages run at the same time.
func (s *snapshot) decode(ctx context.Context, pages []page, set func(i int, r *row)) error {
	starts := make([]int, len(pages))
	for i := 1; i < len(pages); i++ {
		starts[i] = starts[i-1] + pages[i-1].rows
	}
	return s.each(ctx, len(pages), func(_ context.Context, i int) error {
		r := row{rest: pages[i].text}
		for j := range pages[i].rows {
			r.skip() // [[ or ,[
			r.skip()
			set(starts[i]+j, &r)
		}
		return r.err
	})
}

// each calls do for 0 to n-1, as many at a time as there are workers.
func (s *snapshot) each(ctx context.Context, n int, do func(ctx context.Context, i int) error) error {
	var next atomic.Int64
	var crash atomic.Pointer[string]
	group, ctx := errgroup.WithContext(ctx)
	for range min(s.workers, n) {
		group.Go(func() error {
			defer noteCrash(&crash)
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				if err := do(ctx, i); err != nil {
					return err
				}
			}
			return nil
		})
	}
	err := group.Wait()
	if text := crash.Load(); text != nil {
		panic(*text) // where the program can take it up
	}
	return err
}

// noteCrash keeps a panic of a goroutine, with its stack: there it would end the
// program at once.
func noteCrash(crash *atomic.Pointer[string]) {
	if value := recover(); value != nil {
		text := fmt.Sprintf("%v\n%s", value, debug.Stack())
		crash.Store(&text)
	}
}

// count is the number of rows in pages.
func count(pages []page) (n int) {
	for _, p := range pages {
		n += p.rows
	}
	return n
}
