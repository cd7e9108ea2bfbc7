package doctor

import (
	"cmp"
	"context"
	"errors"
	"net"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/secret"
	"github.com/testedon/testedon/message"
)

// engine is a database server that can be asked.
type engine struct {
	name     string
	schemes  []string // of its URLs, in lower case; the first is told to people
	port     uint16
	database string // that is connected to where the URL names none
	modes    string // of sslmode, as it spells them
	query    string // what is asked, for a person
	version  func(ctx context.Context, on Machine, a *address) (string, error)
}

// engines are all that can be asked.
var engines = []engine{postgres, mysql, mariadb}

// Databases tells in a few words which databases can be asked, and by which URLs.
func Databases() (names, urls string) {
	var all, others []string
	for _, e := range engines {
		all, others = append(all, e.name), append(others, e.schemes[0]+"://")
	}
	others[0] += "USER@HOST:PORT/DATABASE"
	return fact.Enumerate(all), strings.Join(others, ", ")
}

// database asks the database for its version, beside what the configuration tells of it.
func (e *examiner) database(ctx context.Context) error {
	configured := e.configured()
	if !e.wants(kindDBMS) {
		return nil
	}
	if e.o.Database == "" {
		e.read(kindDBMS, configured)
		e.miss(kindDBMS, e.say("doctor.db.none"))
		return nil
	}
	a, err := parseAddress(e.o.Database)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, e.o.Limit)
	defer cancel()
	text, err := a.engine.version(ctx, e.on, a)
	if err != nil {
		return a.unreachable(ctx, err, e.o)
	}
	unknown, found := e.read(kindDBMS, append(append(configured, e.host(a)...), told{a.String() + ", " + a.engine.query, text}))
	if !found {
		e.miss(kindDBMS, a.String()+": "+cmp.Or(strings.Join(unknown, "; "), e.say("doctor.db.silent")))
	}
	return nil
}

// host gives what the host of a database tells of it: that it is a provider's.
func (e *examiner) host(a *address) []told {
	if e.m.MarkedWithin(fact.InJDBCHost, a.host) == nil && e.m.MarkedWithin(fact.InStranger, a.host) == nil {
		return nil
	}
	return []told{{a.String(), "jdbc:" + a.scheme + "://" + a.host}}
}

// unreachable is the error for a database that did not tell its version.
func (a *address) unreachable(ctx context.Context, err error, o Options) error {
	var wrong *fact.Error
	if errors.As(err, &wrong) {
		return wrong
	}
	var network *net.OpError
	said, ok := err.(message.Said) //nolint:errorlint // what is wrapped says less
	switch {
	case ctx.Err() != nil:
		said = message.Of("doctor.db.late", o.Limit)
	case errors.As(err, &network):
		said = message.Of("doctor.db.said", oneLine(network))
	case !ok:
		said = message.Of("doctor.db.said", oneLine(err))
	}
	return fact.Unavailable("", err, "doctor.db.unreachable", a, said, secret.Variable)
}

// oneLine is what an error says, on one line.
func oneLine(err error) string { return strings.Join(strings.Fields(err.Error()), " ") }
