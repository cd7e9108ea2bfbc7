package store

import (
	"context"
	"database/sql"
	"fmt"
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

// visible is the condition for a fact to be part of the dataset at a revision.
const visible = "added <= ?3 AND (withdrawn IS NULL OR withdrawn > ?3)"

// pages reads the named columns of the rows of a table that meet a condition,
// in which ?3 is the revision.
func (s *snapshot) pages(ctx context.Context, table string, columns []string, where string) ([]page, error) {
	var last int64
	newest := "SELECT coalesce(max(key), 0) FROM " + table
	if err := s.db.QueryRowContext(ctx, newest).Scan(&last); err != nil {
		return nil, err
	}
	query := fmt.Sprintf("SELECT count(*), json_group_array(json_array(%s)) FROM %s WHERE key > ?1 AND key <= ?2 AND %s",
		strings.Join(columns, ", "), table, where)
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
	group, ctx := errgroup.WithContext(ctx)
	for range min(s.workers, n) {
		group.Go(func() error {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				if err := do(ctx, i); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}

// count is the number of rows in pages.
func count(pages []page) (n int) {
	for _, p := range pages {
		n += p.rows
	}
	return n
}
