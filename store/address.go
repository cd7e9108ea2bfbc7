package store

import (
	"fmt"
	"net"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/secret"
)

// parameters are those of an address that are honoured, as libpq has them; search_path,
// which libpq has not, names the schema of the record.
var parameters = []string{
	"application_name", "channel_binding", "connect_timeout", "dbname", "host", "port", "require_auth", "search_path",
	"sslcert", "sslkey", "sslmode", "sslnegotiation", "sslrootcert", "target_session_attrs", "user",
}

// unsaid stands before the parameters of an address, so that neither variables of libpq
// nor files in the user's home say what the address does not.
const unsaid = "application_name=testedon&channel_binding=prefer&connect_timeout=10&passfile=&require_auth=&sslcert=&sslcertmode=allow&sslkey=" +
	"&sslmode=prefer&sslnegotiation=&sslpassword=&sslrootcert=&sslsni=1&target_session_attrs=any&min_protocol_version=&max_protocol_version=&"

// hostList is what the hosts and ports of an address look like, and bracketed an IPv6 address in it.
var (
	bracketed = regexp.MustCompile(`\[[^\]]*\]`)
	hostList  = regexp.MustCompile(`^(\[[^\]]*\]|[^][:,]*)(:[0-9]*)?(,(\[[^\]]*\]|[^][:,]*)(:[0-9]*)?)*$`)
)

// IsAddress reports whether a text is meant as the address of a database and not as a folder.
func IsAddress(text string) bool {
	scheme, _, found := strings.Cut(strings.TrimSpace(text), "://")
	return found && (scheme == "postgresql" || scheme == "postgres")
}

// parseAddress reads the address of a database as libpq does. Its errors say no more of it
// than names of parameters and files: a secret may stand anywhere in it.
func parseAddress(text string) (*pgconn.Config, error) {
	if !IsAddress(text) {
		return nil, noAddress()
	}
	_, rest, _ := strings.Cut(text, "://")
	rest, query, _ := strings.Cut(rest, "?")
	place, database, _ := strings.Cut(rest, "/")
	user, hosts, named := strings.Cut(place, "@")
	if !named {
		user, hosts = "", place
	}
	if strings.Contains(user, ":") {
		return nil, secret.Refused("database", "password")
	}
	if !hostList.MatchString(hosts) || strings.Contains(query, "@") && !named {
		return nil, noAddress()
	}
	said, err := names(query)
	if err != nil {
		return nil, err
	}
	for name, value := range map[string]string{"user": user, "host": hosts, "dbname": database} {
		if value == "" && !slices.Contains(said, name) {
			return nil, noAddress()
		}
	}
	defaults := unsaid
	if !slices.Contains(said, "port") && !strings.Contains(bracketed.ReplaceAllString(hosts, ""), ":") {
		defaults += "port=5432&"
	}
	c, err := pgconn.ParseConfig("postgresql://" + rest + "?" + defaults + strings.ReplaceAll(query, "@", "%40"))
	if err != nil {
		return nil, unreadable(err)
	}
	for name := range c.RuntimeParams {
		if !slices.Contains(parameters, name) {
			delete(c.RuntimeParams, name)
		}
	}
	c.Password = os.Getenv(secret.Variable)
	c.DialFunc = (&net.Dialer{KeepAliveConfig: alive, Control: impatient}).DialContext
	return c, nil
}

// alive finds out that a server has gone without a word.
var alive = net.KeepAliveConfig{Enable: true, Idle: 10 * time.Second, Interval: 5 * time.Second, Count: 3}

// names are those of the parameters of a query, each of which has to be known.
func names(query string) (all []string, err error) {
	for _, pair := range strings.Split(query, "&") {
		name, _, _ := strings.Cut(pair, "=")
		name, err := url.PathUnescape(name)
		switch {
		case err != nil:
			return nil, noAddress()
		case secret.Names(name):
			return nil, secret.Refused("database", name)
		case name != "" && !slices.Contains(parameters, name):
			return nil, fact.Invalid("database", "Take it out; there are "+fact.Enumerate(parameters)+".", "%q in --database is not known", name)
		}
		all = append(all, name)
	}
	return all, nil
}

func noAddress() error {
	return fact.Invalid("database", "Write it as postgresql://USER@HOST:PORT/DATABASE; ?search_path=NAME names a schema.",
		"--database cannot be read as the address of a PostgreSQL database")
}

// unreadable says which parameter of an address cannot be used.
func unreadable(err error) error {
	said := err.Error()
	said = said[strings.LastIndex(said, "`: "):] // before it stands the address
	for sign, name := range map[string]string{"CA": "sslrootcert", "load cert": "sslcert", "read cert": "sslcert", "read sslkey": "sslkey", "decode sslkey": "sslkey"} {
		if strings.Contains(said, sign) {
			return fact.Invalid("database", "Name a file in PEM that can be read.", "the file of %s in --database cannot be used", name)
		}
	}
	for _, name := range parameters {
		if strings.Contains(said, name) {
			return fact.Invalid("database", "Look up in the documentation of libpq what it may be.", "%s in --database cannot have this value", name)
		}
	}
	return noAddress()
}

// display is the address of a database for a person, without the user and parameters.
func display(c *pgconn.Config) string {
	if strings.HasPrefix(c.Host, "/") {
		return fmt.Sprintf("postgresql:///%s?host=%s", c.Database, c.Host)
	}
	places := []string{net.JoinHostPort(c.Host, strconv.Itoa(int(c.Port)))}
	for _, f := range c.Fallbacks { // a host is there twice where it may be spoken to with TLS and without
		if place := net.JoinHostPort(f.Host, strconv.Itoa(int(f.Port))); !slices.Contains(places, place) {
			places = append(places, place)
		}
	}
	return fmt.Sprintf("postgresql://%s/%s", strings.Join(places, ","), c.Database)
}
