package store

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"sync"
)

// FileName is the name of the database in the data folder.
const FileName = "testedon.db"

// sqlite is a record in a file.
type sqlite struct {
	path    string
	options Options
	barrier error   // why the file cannot be written; nil where it can
	readers *sql.DB // a pool that cannot write

	opening sync.Mutex // of the writer
	writer  *sql.DB    // one connection; nil until there is something to write
}

func openSQLite(ctx context.Context, o Options) (*Store, error) {
	if _, err := sqliteDriver(); err != nil {
		return nil, fault(filepath.Join(o.Dir, FileName), err)
	}
	dir, err := prepareFolder(o.Dir)
	if err != nil {
		return nil, err
	}
	s := &sqlite{path: filepath.Join(dir, FileName), options: o}
	denied := writable(dir)
	if denied != nil && !exists(s.path) {
		return nil, folderError(dir, denied)
	}
	if denied == nil && exists(s.path) {
		denied = writable(s.path)
	}
	if denied != nil {
		s.barrier = unavailable(s.path, denied, readOnly.because(denied))
	}
	err = s.connect(ctx)
	if w, _ := worded(err); w == full && s.barrier == nil {
		_ = s.Close() // nothing was written
		s = &sqlite{path: s.path, options: o, barrier: s.fault(err)}
		err = s.connect(ctx)
	}
	if err != nil {
		return nil, s.fault(errors.Join(err, s.Close()))
	}
	return &Store{engine: s, db: s.readers, readOnly: s.barrier, now: o.Now}, nil
}

// settings gives those to read the file by, which leave it as it is.
func (s *sqlite) settings() string {
	switch {
	case s.barrier == nil:
		return looking(s.path)
	case hasLog(s.path):
		return frozenLog
	}
	return frozen
}

func (s *sqlite) String() string { return s.path }

// connect opens the readers, and before them the writer where the file has to be
// filled. A log that a crash has left is taken over once what it says is known to
// be sound: the writer copies it into the file.
func (s *sqlite) connect(ctx context.Context) error {
	found, err := peek(ctx, s.path, s.settings(), s.options.Busy)
	if err != nil {
		return err
	}
	if found.number < newestSchema {
		if err := s.openWriter(ctx); err != nil {
			return err
		}
	}
	settings := s.settings()
	if s.readers, err = connect(ctx, s.path, settings, s.options.Busy, readerCount); err != nil || settings != readingLog {
		return err
	}
	if _, err := newestDataset(ctx, s.readers); err != nil {
		return err
	}
	return s.openWriter(ctx)
}

// openWriter opens the connection that writes, if it is not open yet, sets the
// log up and brings the schema up to date.
func (s *sqlite) openWriter(ctx context.Context) error {
	s.opening.Lock()
	defer s.opening.Unlock()
	if s.writer != nil || s.barrier != nil {
		return s.barrier
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

func (s *sqlite) begin(ctx context.Context) (*sql.Tx, error) {
	if err := s.openWriter(ctx); err != nil {
		return nil, err
	}
	return s.writer.BeginTx(ctx, nil) // immediate, by the DSN
}

func (s *sqlite) Close() error {
	var errs []error
	for _, db := range []*sql.DB{s.readers, s.writer} { // the writer last: it tidies the journal up
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

func (s *sqlite) fault(err error) error { return fault(s.path, err) }
