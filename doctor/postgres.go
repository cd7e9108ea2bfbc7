package doctor

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/testedon/testedon/internal/secret"
	"github.com/testedon/testedon/message"
)

var postgres = engine{
	name: "PostgreSQL", schemes: []string{"postgresql", "postgres"}, port: 5432, database: "postgres", query: "SELECT version()", version: postgresVersion,
	modes: "disable, allow, prefer, require, verify-ca, verify-full",
}

// postgresVersion asks a server that speaks the protocol of PostgreSQL. It is a
// transaction by itself, since poolers refuse a connection that asks for settings.
func postgresVersion(ctx context.Context, on Machine, a *address) (string, error) {
	config, err := postgresConfig(on, a)
	if err != nil {
		return "", err
	}
	conn, err := pgconn.ConnectConfig(ctx, config)
	if err != nil {
		return "", denied(err)
	}
	defer conn.Close(ctx) //nolint:errcheck // all is said
	results, err := conn.Exec(ctx, "BEGIN READ ONLY; SELECT version(); ROLLBACK").ReadAll()
	if err != nil {
		return "", denied(err)
	}
	for _, result := range results {
		if len(result.Rows) == 1 && len(result.Rows[0]) == 1 {
			return string(result.Rows[0][0]), nil
		}
	}
	return "", message.Of("doctor.db.unanswered")
}

// denied gives the words of the server alone where it has said something.
func denied(err error) error {
	var said *pgconn.PgError
	if errors.As(err, &said) {
		return fmt.Errorf("%s (%s)", said.Message, said.Code)
	}
	return err
}

// postgresConfig takes nothing from the files and variables of libpq.
func postgresConfig(on Machine, a *address) (*pgconn.Config, error) {
	c, err := pgconn.ParseConfig("host=localhost user=nobody sslmode=disable target_session_attrs=any")
	if err != nil {
		return nil, err
	}
	c.Host, c.Port, c.User, c.Database, c.Password = a.host, a.port, a.user, a.database, on.Getenv(secret.Variable)
	c.RuntimeParams = map[string]string{}
	c.ConnectTimeout = 0
	c.DialFunc = on.Dial
	c.LookupFunc = func(_ context.Context, host string) ([]string, error) { return []string{host}, nil }
	if a.local() {
		return c, nil
	}
	c.TLSConfig, err = a.security.config(on, a.host)
	if c.TLSConfig != nil && a.security.fallback() {
		c.Fallbacks = []*pgconn.FallbackConfig{{Host: a.host, Port: a.port}}
	}
	return c, err
}
