package store

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"path/filepath"
	"sync"
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
	options Options
	after   int64   // the first revision of an empty record comes after this one
	readers *sql.DB // a pool that cannot write

	opening sync.Mutex // of the writer
	writer  *sql.DB    // one connection; nil until there is something to write
}

// Open opens the record in a data folder, which it makes if missing. A file
// that is damaged, of another program, of a newer schema or not writable is
// refused and left as it is. The error is an *fact.Error of code unavailable
// that says what to do; see [Renew] for one with [ErrDamaged] in its chain.
func Open(ctx context.Context, o Options) (*Store, error) {
	o = o.withDefaults()
	dir, err := prepareFolder(o.Dir)
	if err != nil {
		return nil, err
	}
	s := &Store{path: filepath.Join(dir, FileName), options: o}
	if err := s.connect(ctx); err != nil {
		return nil, s.fault(errors.Join(err, s.Close()))
	}
	return s, nil
}

// connect opens the readers, and before them the writer where the file has to be
// filled. A log that a crash has left is taken over once what it says is known to
// be sound: the writer copies it into the file.
func (s *Store) connect(ctx context.Context) error {
	found, err := peek(ctx, s.path, s.options.Busy)
	if err != nil {
		return err
	}
	if found.number < newestSchema {
		if err := s.openWriter(ctx); err != nil {
			return err
		}
	}
	settings := looking(s.path)
	if s.readers, err = connect(ctx, s.path, settings, s.options.Busy, readerCount); err != nil || settings == reading {
		return err
	}
	if _, err := s.Dataset(ctx); err != nil {
		return err
	}
	return s.openWriter(ctx)
}

// openWriter opens the connection that writes, if it is not open yet, sets the
// log up and brings the schema up to date.
func (s *Store) openWriter(ctx context.Context) error {
	s.opening.Lock()
	defer s.opening.Unlock()
	if s.writer != nil {
		return nil
	}
	db, err := connect(ctx, s.path, writing, s.options.Busy, 1)
	if err != nil {
		return err
	}
	if err = requireLog(ctx, db); err == nil {
		err = upgrade(ctx, db, s.options.Logger.With("file", s.path))
	}
	if err != nil {
		return errors.Join(err, db.Close())
	}
	s.writer = db
	return nil
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
