package dbserver

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"
)

// PostgreSQL is a server on which the user ada may do everything, by the loopback
// address and by the socket in its folder, and needs no password.
type PostgreSQL struct {
	*Server
	program, data string
	args          []string
	stop          func()
	schemas       atomic.Int32
}

// crowd lets the servers of many tests in; a standby needs as much as its primary.
const crowd = "max_connections=300"

// NewPostgreSQL makes a server and starts it, with these settings.
func NewPostgreSQL(t testing.TB, settings ...string) *PostgreSQL {
	t.Helper()
	const folders = "/usr/lib/postgresql/*/bin"
	initdb := Program(t, "initdb", folders)
	p := &PostgreSQL{program: Program(t, "postgres", folders), Server: New(t)}
	p.data = filepath.Join(p.Dir, "data")
	p.Run(t, initdb, "-D", p.data, "-U", "ada", "-A", "trust", "-N", "-E", "UTF8", "--locale", "C")
	p.args = []string{"-D", p.data, "-p", p.Port, "-k", p.Dir}
	for _, setting := range append([]string{"listen_addresses=127.0.0.1", "fsync=off", crowd, "ssl_cert_file=" + filepath.Join(p.Dir, "server.pem"),
		"ssl_key_file=" + filepath.Join(p.Dir, "server.key")}, settings...) {
		p.args = append(p.args, "-c", setting)
	}
	p.Begin(t)
	return p
}

// Begin starts the server, which was ended, again.
func (p *PostgreSQL) Begin(t testing.TB) {
	t.Helper()
	p.stop = p.Start(t, syscall.SIGQUIT, "ready to accept", p.program, p.args...)
}

// End ends the server at once, as a crash does.
func (p *PostgreSQL) End() { p.stop() }

// Standby makes a second server, which follows this one and cannot be written.
func (p *PostgreSQL) Standby(t testing.TB) *PostgreSQL {
	t.Helper()
	s := &PostgreSQL{program: p.program, Server: New(t)}
	s.data = filepath.Join(s.Dir, "data")
	s.Run(t, Program(t, "pg_basebackup", filepath.Dir(p.program)), "-D", s.data, "-h", p.Dir, "-p", p.Port, "-U", "ada", "-R", "-X", "stream", "-c", "fast", "-N")
	s.args = []string{"-D", s.data, "-p", s.Port, "-k", s.Dir, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", crowd}
	s.Begin(t)
	return s
}

// URL is the address of a database of the server for a user, with the parameters of a query.
func (p *PostgreSQL) URL(user, database, query string) string {
	return strings.TrimSuffix(fmt.Sprintf("postgresql://%s@127.0.0.1:%s/%s?%s", user, p.Port, database, query), "?")
}

// Schema makes a schema and gives the address by which a record is in it.
func (p *PostgreSQL) Schema(t testing.TB) (url, name string) {
	t.Helper()
	name = fmt.Sprintf("schema_%d", p.schemas.Add(1))
	p.Execute(t, "CREATE SCHEMA "+name)
	return p.URL("ada", "postgres", "search_path="+name), name
}

// Execute runs statements as the user ada.
func (p *PostgreSQL) Execute(t testing.TB, statements ...string) {
	t.Helper()
	conn := p.Connect(t)
	for _, statement := range statements {
		if _, err := conn.Exec(context.Background(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

// Connect gives a connection of the user ada, which the test closes at its end.
func (p *PostgreSQL) Connect(t testing.TB) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), p.URL("ada", "postgres", "sslmode=disable"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

// Configure writes a file of its data folder, and has it read again.
func (p *PostgreSQL) Configure(t testing.TB, file string, text string) {
	t.Helper()
	p.File(t, filepath.Join("data", file), text)
	p.Execute(t, "SELECT pg_reload_conf()")
}
