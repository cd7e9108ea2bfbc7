package store

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"path/filepath"
	"time"
)

// FileName is the name of the database in the data folder.
const FileName = "testedon.db"

// readerCount bounds the connections that read. Reading is work for the
// processor, so more would not be quicker.
const readerCount = 4

// Options say where the record is.
type Options struct {
	// Dir is the data folder. It is made, for this user alone, if missing.
	Dir string
	// Busy is how long a change waits for another process that is writing; 0
	// means 5 seconds.
	Busy time.Duration
	// Now dates revisions; nil means time.Now.
	Now func() time.Time
	// Logger is told when the file is made or its schema brought up to date;
	// nil means nobody.
	Logger *slog.Logger
}

// withDefaults fills in what is left out.
func (o Options) withDefaults() Options {
	if o.Busy == 0 {
		o.Busy = 5 * time.Second
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}

// Store is an open record. It is safe for concurrent use.
type Store struct {
	path    string
	writer  *sql.DB // one connection
	readers *sql.DB // a pool that cannot write
	now     func() time.Time
}

// Open opens the record in a data folder, which it makes if missing. A file
// that is damaged, of another program, of a newer schema or not writable is
// refused and left as it is. The error is an *compat.Error of code unavailable
// that says what to do.
func Open(ctx context.Context, o Options) (*Store, error) {
	o = o.withDefaults()
	dir, err := prepareFolder(o.Dir)
	if err != nil {
		return nil, err
	}
	path := filepath.Join(dir, FileName)
	if err := peek(ctx, path, o.Busy); err != nil {
		return nil, fault(path, err)
	}
	s := &Store{path: path, now: o.Now}
	if err := s.connect(ctx, o); err != nil {
		return nil, s.fault(errors.Join(err, s.Close()))
	}
	return s, nil
}

// connect opens the writer, which must come first since it sets the journal
// up, and the readers.
func (s *Store) connect(ctx context.Context, o Options) (err error) {
	if s.writer, err = connect(ctx, s.path, writing, o.Busy, 1); err != nil {
		return err
	}
	if err := requireLog(ctx, s.writer); err != nil {
		return err
	}
	if err := upgrade(ctx, s.writer, o.Logger.With("file", s.path)); err != nil {
		return err
	}
	s.readers, err = connect(ctx, s.path, reading, o.Busy, readerCount)
	return err
}

// Close closes the record. A change that is running is rolled back.
func (s *Store) Close() error {
	var errs []error
	for _, db := range []*sql.DB{s.readers, s.writer} { // the writer last: it tidies the journal up
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

// fault puts an error of SQLite into words, see [fault].
func (s *Store) fault(err error) error { return fault(s.path, err) }
