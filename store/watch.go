package store

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// Watch calls changed whenever the record may have changed, once at the beginning, since it
// may have changed after it was read, and when its server is lost. It looks every so often, until
// the context ends, also while the record is away; the logger is told of its loss and of its
// return.
func Watch(ctx context.Context, o Options, every time.Duration, changed func()) {
	o = o.withDefaults()
	file := &fileEye{path: filepath.Join(o.Dir, FileName)}
	look, wait := file.look, pass
	if o.Database != "" {
		config, err := parseAddress(o.Database)
		if err != nil {
			o.Logger.ErrorContext(ctx, "record is not watched", "problem", err)
			return
		}
		server := &serverEye{config: config}
		defer server.close(ctx)
		look, wait = server.look, server.wait
	}
	for away := false; ; wait(ctx, every) {
		differs, err := look(ctx)
		lost := err != nil && !away && o.Database != "" // whoever loads now is told of it
		switch {
		case ctx.Err() != nil:
			return
		case err != nil && !away:
			o.Logger.WarnContext(ctx, "record is away, so its changes are not seen until it is back", "problem", err)
		case err == nil && away:
			o.Logger.InfoContext(ctx, "record is back")
		}
		if away = err != nil; differs || lost {
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

// look reports whether the file may differ from what was seen last.
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

// serverEye asks a server for the newest revision, by a connection of its own on which
// the server may also say that there is a new one.
type serverEye struct {
	config *pgconn.Config
	conn   *pgconn.PgConn // nil while there is none
	seen   string
}

// glance is how long a server may take to tell of the newest revision.
const glance = 5 * time.Second

// look reports whether there is another newest revision than was seen last.
func (e *serverEye) look(ctx context.Context) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, glance)
	defer cancel()
	newest, err := e.newest(ctx)
	if err != nil {
		e.close(ctx)
		return false, faultIn(display(e.config), err, wordedByPostgres)
	}
	differs := newest != e.seen
	e.seen = newest
	return differs, nil
}

// newest gives the number and the digest of the newest revision.
func (e *serverEye) newest(ctx context.Context) (string, error) {
	if e.conn == nil {
		conn, err := pgconn.ConnectConfig(ctx, e.config)
		if err != nil {
			return "", err
		}
		e.conn = conn
		_ = conn.Exec(ctx, "LISTEN "+channel).Close() // a standby refuses it; looking is enough
	}
	results, err := e.conn.Exec(ctx, "SELECT number, digest FROM revisions ORDER BY number DESC LIMIT 1").ReadAll()
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s", results[0].Rows), nil
}

// wait waits for a while, or until the server says that there is a change.
func (e *serverEye) wait(ctx context.Context, while time.Duration) {
	if e.conn == nil {
		pass(ctx, while)
		return
	}
	limited, cancel := context.WithTimeout(ctx, while)
	defer cancel()
	if err := e.conn.WaitForNotification(limited); err != nil && limited.Err() == nil { // the connection broke
		e.close(ctx)
		pass(limited, while)
	}
}

func (e *serverEye) close(ctx context.Context) {
	if e.conn != nil {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_ = e.conn.Close(ctx) // nothing is lost with it
		e.conn = nil
	}
}
