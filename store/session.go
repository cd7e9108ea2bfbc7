package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// connector opens sessions with a PostgreSQL server, for database/sql. They speak text, which
// database/sql converts, and have nothing prepared, which a pooler would have to keep. The
// driver of pgx brings types for all that PostgreSQL knows, and is a tenth of the program.
type connector struct{ config *pgconn.Config }

func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := pgconn.ConnectConfig(ctx, c.config)
	if err != nil {
		return nil, err
	}
	return &session{conn}, nil
}

func (c connector) Driver() driver.Driver { return nil } // database/sql only hands it on

// session is one connection. Each of its methods holds it until it is done.
type session struct{ conn *pgconn.PgConn }

// closing is how long a server may take to say goodbye.
const closing = time.Second

func (s *session) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), closing)
	defer cancel()
	return s.conn.Close(ctx)
}

func (s *session) Prepare(string) (driver.Stmt, error) { return nil, errors.ErrUnsupported }

func (s *session) Begin() (driver.Tx, error) { return nil, errors.ErrUnsupported }

// ResetSession tries a connection before it is used again: its server may have gone since.
func (s *session) ResetSession(ctx context.Context) error {
	if s.conn.TxStatus() != 'I' || s.conn.Ping(ctx) != nil {
		return driver.ErrBadConn
	}
	return nil
}

func (s *session) IsValid() bool { return !s.conn.IsClosed() }

func (s *session) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	begin := "BEGIN ISOLATION LEVEL "
	switch sql.IsolationLevel(o.Isolation) {
	case sql.LevelReadCommitted:
		begin += "READ COMMITTED"
	case sql.LevelRepeatableRead:
		begin += "REPEATABLE READ"
	default:
		return nil, fmt.Errorf("%w: isolation level %d", errors.ErrUnsupported, o.Isolation)
	}
	if o.ReadOnly {
		begin += " READ ONLY"
	}
	if err := s.run(ctx, begin); err != nil {
		return nil, err
	}
	return transaction{ctx, s}, nil
}

// run runs statements without parameters.
func (s *session) run(ctx context.Context, statements string) error {
	return s.conn.Exec(ctx, statements).Close()
}

// transaction ends with its session's transaction.
type transaction struct {
	context.Context
	*session
}

func (t transaction) Commit() error {
	if t.conn.TxStatus() == 'E' { // the server would roll back and say that all is well
		return errors.Join(errors.New("the transaction has failed"), t.Rollback())
	}
	return t.run(t.Context, "COMMIT")
}

// Rollback closes a connection on which it cannot be done: what closes it undoes the transaction.
func (t transaction) Rollback() error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context), closing)
	defer cancel()
	return t.run(ctx, "ROLLBACK")
}

func (s *session) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if len(args) == 0 { // there may be several
		return driver.ResultNoRows, s.run(ctx, query)
	}
	tag, err := s.ask(ctx, query, args).Close()
	return driver.RowsAffected(tag.RowsAffected()), err
}

func (s *session) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	r := &rows{s.ask(ctx, query, args)}
	if len(r.FieldDescriptions()) == 0 { // it was refused
		_, err := r.ResultReader.Close()
		return nil, err
	}
	return r, nil
}

// ask sends a query with its parameters, as text whose types the server works out.
func (s *session) ask(ctx context.Context, query string, args []driver.NamedValue) *pgconn.ResultReader {
	texts := make([][]byte, len(args))
	for i, arg := range args {
		switch value := arg.Value.(type) {
		case string:
			texts[i] = []byte(value)
		case []byte:
			texts[i] = value
		case int64:
			texts[i] = strconv.AppendInt(nil, value, 10)
		case nil:
		default:
			texts[i] = fmt.Append(nil, value)
		}
	}
	return s.conn.ExecParams(ctx, query, texts, nil, nil, nil)
}

// rows are what a query gives, row by row.
type rows struct{ *pgconn.ResultReader }

func (r *rows) Columns() []string { return make([]string, len(r.FieldDescriptions())) }

func (r *rows) Close() error {
	_, err := r.ResultReader.Close()
	return err
}

// The types of PostgreSQL whose values are numbers.
const (
	int8OID = 20
	int4OID = 23
)

func (r *rows) Next(to []driver.Value) error {
	if !r.NextRow() {
		if err := r.Close(); err != nil {
			return err
		}
		return io.EOF
	}
	for i, text := range r.Values() {
		switch r.FieldDescriptions()[i].DataTypeOID {
		case int8OID, int4OID:
			number, err := strconv.ParseInt(string(text), 10, 64)
			if to[i] = number; err != nil && text != nil {
				return err
			}
		default:
			to[i] = string(text)
		}
		if text == nil {
			to[i] = nil
		}
	}
	return nil
}
