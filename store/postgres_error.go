package store

import (
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/testedon/testedon/internal/secret"
)

// What opening a schema of a server can find, besides what the server says.
var (
	errOldServer = errors.New("the server is older than PostgreSQL 15")
	errEncoding  = errors.New("the encoding is not UTF8")
	errNoSchema  = errors.New("there is no current schema")
)

const (
	tryAgain    = "The record is as it was, unless the connection broke as a change ended; the same change again does nothing twice"
	ownSchema   = "CREATE SCHEMA testedon, and name it in the address: ?search_path=testedon"
	lookAddress = "Look whether the address is right, the server runs and its certificate is the one that sslmode asks for"
)

var (
	away        = wording{"cannot be reached", lookAddress}
	lost        = wording{"ended the work", tryAgain}
	denied      = wording{"lets nobody in by this user and password", "Name the user in the address; the password is taken from " + secret.Variable + ". The server's pg_hba.conf says who may connect from where"}
	noDatabase  = wording{"does not exist", "CREATE DATABASE, or name another one in the address"}
	noSchema    = wording{"has no such schema", ownSchema}
	forbidden   = wording{"does not let this user do it", "GRANT USAGE, CREATE ON SCHEMA to the user, or use a schema of its own: " + ownSchema}
	standby     = wording{"cannot be written: it is a standby, or read-only", "Name the primary server in the address; target_session_attrs=read-write chooses it among several"}
	oldServer   = wording{"is on a server older than PostgreSQL 15", "Use PostgreSQL 15 or later"}
	encoding    = wording{"is not in UTF-8", "CREATE DATABASE with ENCODING 'UTF8'"}
	otherTables = wording{"has the tables of another program, and none of TestedOn", "Name another schema; nothing was changed: " + ownSchema}
	spoilt      = wording{"is damaged", "Restore a backup into an empty schema; it was not changed"}
	crowded     = wording{"takes no more connections", "Raise max_connections, or let a pooler stand before it"}
	serverFull  = wording{"cannot grow: the disk of the server is full", "Make room and try again; nothing was changed"}
)

// errorsOfPostgres says what the errors mean that are not the server's own.
var errorsOfPostgres = []struct {
	err error
	wording
}{
	{errOldServer, oldServer}, {errEncoding, encoding}, {errNoSchema, noSchema}, {errForeign, otherTables}, {errNotEmpty, notEmpty}, {ErrDamaged, spoilt},
}

// sqlstates says what the server's codes, or their classes, mean to a person; the longer goes
// first. As to SQLite's, see [sqlites].
var sqlstates = map[string]wording{
	"28": denied, "3D": noDatabase, "3F": noSchema, "42501": forbidden, "25006": standby, "55P03": locked,
	"53100": serverFull, "53": crowded, "08": away, "57P03": away, "57": lost, "40": lost, "25": lost, "58": broken,
	"22": spoilt, "23": spoilt, "42": spoilt, "XX001": spoilt, "XX002": spoilt,
}

// wordedByPostgres finds the words for an error of ours, of the server or of the network.
func wordedByPostgres(err error) (wording, bool) {
	for _, e := range errorsOfPostgres {
		if errors.Is(err, e.err) {
			return e.wording, true
		}
	}
	var said *pgconn.PgError
	if errors.As(err, &said) {
		w, ok := sqlstates[said.Code]
		for end := 2; !ok && end > 0 && len(said.Code) == 5; end -= 2 {
			w, ok = sqlstates[said.Code[:end]]
		}
		w.message += fmt.Sprintf(": %s (%s)", said.Message, said.Code)
		return w, ok
	}
	var connect *pgconn.ConnectError
	var network net.Error
	switch {
	case errors.As(err, &connect):
		err = connect.Unwrap()
	case errors.As(err, &network), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, pgconn.ErrConnClosed):
	default:
		return wording{}, false
	}
	w := away
	w.message += ": " + strings.Join(strings.Fields(err.Error()), " ")
	return w, true
}
