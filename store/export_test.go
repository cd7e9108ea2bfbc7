package store

import (
	"context"
	"fmt"
)

// LimitPages makes SQLite find the disk full when the file would grow beyond
// so many pages of 4096 bytes; 0 takes the limit away.
func (s *Store) LimitPages(ctx context.Context, pages int) error {
	if pages == 0 {
		pages = 1 << 30
	}
	_, err := s.engine.(*sqlite).writer.ExecContext(ctx, fmt.Sprintf("PRAGMA max_page_count = %d", pages))
	return err
}

// WriteByReader tries to write with a connection that reads.
func (s *Store) WriteByReader(ctx context.Context) error {
	_, err := s.engine.reader().ExecContext(ctx, "UPDATE owners SET digest = 'x'")
	return s.engine.fault(err)
}

// Fault puts an error into words, for the database x.db.
func Fault(err error) error { return fault("x.db", err) }

// Known is the newest schema.
func Known() int { return newestSchema }
