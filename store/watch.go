package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// eye sees whether a record changes.
type eye interface {
	// look reports whether the record may differ from what was seen last.
	look(ctx context.Context) (differs bool, err error)
	// wait waits for a while, or until it learns of a change.
	wait(ctx context.Context, while time.Duration)
	// name is that of the database, for a person.
	name() string
	close()
}

// Watch calls changed whenever the record may have changed, and once at the
// beginning, since it may have changed after it was read. It looks every so often, and
// returns when the context ends. While the record is away it goes on looking; the
// logger is told of its loss and of its return. The name of an Options.Database that
// cannot be used is for [Open] to refuse.
func Watch(ctx context.Context, o Options, every time.Duration, changed func()) {
	o = o.withDefaults()
	var e eye = &fileEye{path: filepath.Join(o.Dir, FileName)}
	if o.Database != "" {
		config, err := parseAddress(o.Database)
		if err != nil {
			o.Logger.ErrorContext(ctx, "record is not watched", "problem", err)
			return
		}
		e = &serverEye{config: config}
	}
	defer e.close()
	away := false
	for ; ctx.Err() == nil; e.wait(ctx, every) {
		differs, err := e.look(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil && !away:
			o.Logger.WarnContext(ctx, "record is away, so its changes are not seen until it is back", "database", e.name(), "problem", err)
		case err == nil && away:
			o.Logger.InfoContext(ctx, "record is back", "database", e.name())
		}
		away = err != nil
		if differs && err == nil {
			changed()
		}
	}
}

// pass waits for a while, or until the context ends.
func pass(ctx context.Context, while time.Duration) {
	timer := time.NewTimer(while)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// fileEye looks at a file and the log beside it, and opens neither.
type fileEye struct {
	path    string
	file    fs.FileInfo
	log     fs.FileInfo // nil for none, or an empty one
	blurred bool        // the last change is so young that another one need not show
}

// blur is how long the times of files may stand still.
const blur = 20 * time.Millisecond

func (e *fileEye) look(context.Context) (bool, error) {
	file, err := os.Stat(e.path)
	if err != nil {
		return false, err
	}
	log, err := os.Stat(e.path + "-wal")
	if err != nil || log.Size() == 0 {
		log = nil
	}
	differs := !alike(file, e.file) || !alike(log, e.log)
	again := e.blurred
	e.file, e.log = file, log
	e.blurred = differs && (time.Since(file.ModTime()) < blur || log != nil && time.Since(log.ModTime()) < blur)
	return differs || again, nil
}

// alike reports whether a file is as it was.
func alike(a, b fs.FileInfo) bool {
	if a == nil || b == nil {
		return a == b
	}
	return os.SameFile(a, b) && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
}

func (e *fileEye) wait(ctx context.Context, while time.Duration) { pass(ctx, while) }

func (e *fileEye) name() string { return e.path }

func (e *fileEye) close() {}

// serverEye asks a server for the newest revision, by a connection of its own on which
// the server may also say that there is a new one.
type serverEye struct {
	config *pgx.ConnConfig
	conn   *pgx.Conn // nil while there is none
	seen   string
}

// glance is how long a server may take to tell of the newest revision.
const glance = 5 * time.Second

func (e *serverEye) look(ctx context.Context) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, glance)
	defer cancel()
	newest, err := e.newest(ctx)
	if err != nil {
		e.close()
		return false, faultIn(e.name(), err, wordedByPostgres)
	}
	differs := newest != e.seen
	e.seen = newest
	return differs, nil
}

// newest gives the number and the digest of the newest revision.
func (e *serverEye) newest(ctx context.Context) (string, error) {
	if e.conn == nil {
		conn, err := pgx.ConnectConfig(ctx, e.config)
		if err != nil {
			return "", err
		}
		e.conn = conn
		var said *pgconn.PgError // on a standby; looking is enough
		if _, err := conn.Exec(ctx, "LISTEN "+channel); err != nil && !errors.As(err, &said) {
			return "", err
		}
	}
	var number int64
	var digest string
	err := e.conn.QueryRow(ctx, "SELECT number, digest FROM revisions ORDER BY number DESC LIMIT 1").Scan(&number, &digest)
	if errors.Is(err, pgx.ErrNoRows) {
		err = nil
	}
	return fmt.Sprint(number, digest), err
}

func (e *serverEye) wait(ctx context.Context, while time.Duration) {
	if e.conn == nil {
		pass(ctx, while)
		return
	}
	limited, cancel := context.WithTimeout(ctx, while)
	defer cancel()
	if _, err := e.conn.WaitForNotification(limited); err != nil && limited.Err() == nil { // the connection broke
		e.close()
		pass(limited, while)
	}
}

func (e *serverEye) name() string { return display(e.config) }

func (e *serverEye) close() {
	if e.conn != nil {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = e.conn.Close(ctx) // nothing is lost with it
		e.conn = nil
	}
}
