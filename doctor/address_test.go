package doctor_test

import (
	"context"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/doctor"
	"github.com/testedon/testedon/internal/sample"
)

// line is a machine whose network goes nowhere, and remembers where to.
type line struct {
	doctor.Machine
	dialed string
}

func (l *line) Dial(_ context.Context, network, address string) (net.Conn, error) {
	l.dialed = network + " " + address
	return nil, errors.New("nobody there")
}

// dial examines a machine's database, and tells where it was looked for.
func dial(t *testing.T, m *compat.Matrix, url string) (dialed string, err error) {
	t.Helper()
	l := &line{Machine: doctor.Here()}
	o := doctor.Options{Database: url, Without: []string{"os", "jdk", "arch"}, Limit: time.Minute}
	_, err = doctor.Examine(t.Context(), l, m, o)
	return l.dialed, err
}

// TestAddress looks where the database of a URL is looked for.
func TestAddress(t *testing.T) {
	m := sample.Catalogue(t)
	for url, want := range map[string]string{
		"postgres://ada@db.example":                              "tcp db.example:5432",
		"postgresql://ada@db.example:6543/books":                 "tcp db.example:6543",
		"POSTGRESQL://ada@[2001:db8::1]:6543/books":              "tcp [2001:db8::1]:6543",
		"postgres://ada@":                                        "tcp localhost:5432",
		"postgres:///books?host=db.example&port=99&user=ada":     "tcp db.example:99",
		"postgres:///books?host=/var/run/pg&user=ada":            "unix /var/run/pg/.s.PGSQL.5432",
		"jdbc:postgresql://db.example/books?user=ada&ssl=true":   "tcp db.example:5432",
		"mysql://ada@db.example":                                 "tcp db.example:3306",
		"mariadb://ada@[::1]/books":                              "tcp [::1]:3306",
		"jdbc:mariadb:///books?localSocket=/run/s&user=ada":      "unix /run/s",
		"jdbc:mysql://db.example:3307/?user=ada&connectTimeout=": "tcp db.example:3307",
		" mysql://ada@db.example?ssl-mode=VERIFY_IDENTITY ":      "tcp db.example:3306",
	} {
		dialed, err := dial(t, m, url)
		var known *fact.Error
		if dialed != want || !errors.As(err, &known) || known.Code != fact.CodeUnavailable || !strings.Contains(known.Message, "nobody there") {
			t.Errorf("%s is looked for at %q, want %q: %v", url, dialed, want, err)
		}
	}
}

// TestBadAddress tries URLs that cannot be used. No error tells a secret, nothing
// is dialed, and each says what to write.
func TestBadAddress(t *testing.T) {
	m := sample.Catalogue(t)
	const noURL = "cannot be read as the URL of a database"
	for url, want := range map[string]string{
		"hunter2":                                 noURL,
		"postgres:":                               noURL,
		"postgres:hunter2":                        noURL,
		"jdbc:mysql:loadbalance://a,b/?user=ada":  noURL,
		"postgres://ada:hunter2@db:port/books":    noURL,
		"postgres://ada:hun%ter2@db/books":        noURL,
		"postgres://ada@db:70000":                 noURL,
		"postgres://ada@db:0":                     noURL,
		"postgres://ada@a:1,b:2/books":            noURL,
		"jdbc:mysql://(host=db,password=hunter2)": noURL,
		"hunter2 hunter2://db":                    noURL,
		"postgres://db.example/books":             "names no user",
		"postgres://ada:hunter2@db":               "must not hold a secret, and has a password",
		"postgres://ada:@db":                      "must not hold a secret, and has a password",
		"postgres://ada@db?password=hunter2":      "must not hold a secret, and has a password",
		"mysql://ada@db?Pass-Word=hunter2":        "must not hold a secret, and has a Pass-Word",
		"postgres://ada@db?sslpassword=hunter2":   "must not hold a secret, and has a sslpassword",
		"postgres://ada@db?passfile=/hunter2":     "must not hold a secret, and has a passfile",
		"jdbc:oracle:thin:scott/hunter2@//db/x":   `a database of the scheme "oracle"`,
		"sqlserver://sa:hunter2@db":               `a database of the scheme "sqlserver"`,
		"jdbc:db2://db:50000/x:user=hunter2;":     `a database of the scheme "db2"`,
		"postgres://ada@db?sslmode=hunter2":       "sslmode in --db cannot have this value. Use one of disable, allow, prefer, require, verify-ca, verify-full.",
		"mysql://ada@db?ssl-mode=hunter2":         "ssl-mode in --db cannot have this value. Use one of DISABLED, PREFERRED, REQUIRED, VERIFY_CA, VERIFY_IDENTITY.",
		"mysql://ada@db?useSSL=hunter2":           "useSSL in --db cannot have this value. Use one of false, true",
		"mysql://ada@db?trustStore=hunter2":       "trustStore in --db is not known",
		"postgres://ada@db?sslcrl=hunter2":        "sslcrl in --db is not known",
		"postgres://ada@db?sslrootcert=/hunter2x": "the certificate authority of --db cannot be used: not there",
	} {
		dialed, err := dial(t, m, url)
		var known *fact.Error
		if !errors.As(err, &known) || known.Code != fact.CodeInvalid || known.Field != "db" || known.Hint == "" || !strings.Contains(known.Error(), want) {
			t.Errorf("%s: got %v, want %q", url, err, want)
		}
		if dialed != "" || err != nil && strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: dialed %q, and told %v", url, dialed, err)
		}
	}
}
