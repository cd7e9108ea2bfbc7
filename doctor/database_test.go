package doctor_test

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/testedon/testedon/doctor"
	"github.com/testedon/testedon/internal/dbserver"
	"github.com/testedon/testedon/internal/sample"
	"github.com/testedon/testedon/internal/secret"
)

const password = "open sesame/?:@"

// keyed is this machine with a password in the environment.
type keyed struct {
	doctor.Machine
	password string
}

func (k keyed) Getenv(name string) string {
	if name == secret.Variable {
		return k.password
	}
	return k.Machine.Getenv(name)
}

// visit is a database that is asked: by which URL, with which password, and what
// is told, or a part of the error.
type visit struct {
	name, url, password string
	says                string
}

// ask asks databases. In a URL, HOST stands for host and port of the server, PORT
// for its port, and DIR for its folder.
func ask(t *testing.T, s *dbserver.Server, technology string, visits []visit) {
	t.Helper()
	m := sample.Catalogue(t)
	fill := strings.NewReplacer("HOST", "127.0.0.1:"+s.Port, "PORT", s.Port, "DIR", s.Dir)
	for _, v := range visits {
		t.Run(v.name, func(t *testing.T) {
			o := doctor.Options{Database: fill.Replace(v.url), Without: []string{"os", "jdk", "arch"}, Limit: 20 * time.Second}
			r, err := doctor.Examine(t.Context(), keyed{doctor.Here(), cmp.Or(v.password, password)}, m, o)
			if err != nil {
				if v.says == "" || !strings.Contains(err.Error(), v.says) {
					t.Errorf("got the error %q, want %q in it", err, v.says)
				}
				if strings.Contains(err.Error(), password) {
					t.Errorf("%q tells the password", err)
				}
				return
			}
			if v.says != "" || len(r.Facts) != 1 || len(r.Missing) != 0 {
				t.Fatalf("got %+v, want the error %q", r, v.says)
			}
			fact := r.Facts[0]
			if fact.Kind != "dbms" || fact.Technology != technology || fact.Version == "" || !strings.Contains(fact.From, s.Port) && !strings.Contains(fact.From, s.Dir) {
				t.Errorf("got %+v", fact)
			}
		})
	}
}

// protected are the ways to ask a server with TLS, by the parameters they have in
// common; the host is that of the certificate, and then another name of it.
func protected(scheme string) []visit {
	to := scheme + "://ada@localhost:PORT?"
	other := scheme + "://ada@HOST?"
	return []visit{
		{name: "prefer", url: to + "sslmode=prefer"},
		{name: "require", url: to + "sslmode=require"},
		{name: "verify-ca", url: other + "sslmode=verify-ca&sslrootcert=DIR/authority.pem"},
		{name: "verify-ca of another authority", url: to + "sslmode=verify-ca&sslrootcert=DIR/other.pem", says: "unknown authority"},
		{name: "verify-ca of the system's authorities", url: to + "sslmode=verify-ca", says: "unknown authority"},
		{name: "require, with an authority", url: to + "sslmode=require&sslrootcert=DIR/other.pem", says: "unknown authority"},
		{name: "verify-full", url: to + "sslmode=verify-full&sslrootcert=DIR/authority.pem"},
		{name: "verify-full of another host", url: other + "sslmode=verify-full&sslrootcert=DIR/authority.pem", says: "127.0.0.1"},
		{name: "the client's certificate", url: to + "sslmode=require&sslcert=DIR/server.pem&sslkey=DIR/server.key"},
		{name: "no such authority", url: to + "sslmode=verify-ca&sslrootcert=DIR/none.pem", says: "certificate authority of --db cannot be used: not there"},
		{name: "an authority that is none", url: to + "sslmode=verify-ca&sslrootcert=DIR/server.key", says: "no certificate in PEM"},
		{name: "a certificate without a key", url: to + "sslmode=require&sslcert=DIR/server.pem", says: "client's key of --db cannot be used"},
		{name: "a key of another certificate", url: to + "sslcert=DIR/server.pem&sslkey=DIR/other.key", says: "client's certificate and key"},
	}
}

// unprotected are the ways to ask a server that does not know TLS.
func unprotected(scheme, refusal string) []visit {
	to := scheme + "://ada@HOST?sslmode="
	return []visit{
		{name: "no TLS: prefer", url: to + "prefer"},
		{name: "no TLS: unsaid", url: scheme + "://ada@HOST"},
		{name: "no TLS: disable", url: to + "disable"},
		{name: "no TLS: require", url: to + "require", says: refusal},
		{name: "no TLS: verify-ca", url: to + "verify-ca", says: refusal},
		{name: "no TLS: verify-full", url: to + "verify-full", says: refusal},
	}
}

// TestPostgreSQL asks a real server, which knows one user, at first without TLS.
func TestPostgreSQL(t *testing.T) {
	t.Parallel()
	const folders = "/usr/lib/postgresql/*/bin"
	initdb, postgres := dbserver.Program(t, "initdb", folders), dbserver.Program(t, "postgres", folders)
	s := dbserver.New(t)
	data := filepath.Join(s.Dir, "data")
	s.Run(t, initdb, "-D", data, "-U", "ada", "-A", "scram-sha-256", "--pwfile", s.File(t, "password", password+"\n"), "-N", "--locale", "C")
	const ready = "ready to accept connections"
	args := []string{"-D", data, "-p", s.Port, "-k", s.Dir, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "log_statement=all"}
	stop := s.Start(t, syscall.SIGQUIT, ready, postgres, args...)
	ask(t, s, "postgresql", unprotected("postgres", "server refused TLS connection"))
	stop()

	s.File(t, "data/pg_hba.conf", "hostssl all ada 127.0.0.1/32 scram-sha-256\nlocal all ada scram-sha-256\n")
	s.Start(t, syscall.SIGQUIT, ready, postgres, append(args, "-c", "ssl=on",
		"-c", "ssl_cert_file="+filepath.Join(s.Dir, "server.pem"), "-c", "ssl_key_file="+filepath.Join(s.Dir, "server.key"))...)
	ask(t, s, "postgresql", append(protected("postgres"), []visit{
		{name: "as programs write it", url: "postgresql://ada@HOST/postgres"},
		{name: "as Java writes it", url: "jdbc:postgresql://HOST/postgres?user=ada&ApplicationName=books"},
		{name: "with parameters in place of parts", url: "postgres:///postgres?host=localhost&port=PORT&user=ada"},
		{name: "by a socket", url: "postgres:///postgres?host=DIR&port=PORT&user=ada"},
		{name: "without TLS", url: "postgres://ada@HOST/postgres?sslmode=disable", says: "no pg_hba.conf entry"},
		{name: "Java's ssl is verified", url: "jdbc:postgresql://HOST/postgres?user=ada&ssl=true", says: "certificate"},
		{name: "a wrong password", url: "postgres://ada@HOST/postgres", password: "wrong", says: `password authentication failed for user "ada" (28P01)`},
		{name: "no such database", url: "postgres://ada@HOST/none", says: `database "none" does not exist`},
	}...))
	for line := range strings.Lines(s.Told()) {
		_, statement, logged := strings.Cut(line, "statement: ")
		if logged && strings.TrimSpace(statement) != "BEGIN READ ONLY; SELECT version(); ROLLBACK" {
			t.Errorf("the server was told: %s", statement)
		}
	}
	if !strings.Contains(s.Told(), "BEGIN READ ONLY") {
		t.Error("the server has logged nothing")
	}
}

// TestMariaDB asks a real server, at first without TLS. One of its users must show
// a certificate.
func TestMariaDB(t *testing.T) {
	t.Parallel()
	install, mariadbd := dbserver.Program(t, "mariadb-install-db", "/usr/sbin"), dbserver.Program(t, "mariadbd", "/usr/sbin")
	s := dbserver.New(t)
	data, log := filepath.Join(s.Dir, "data"), filepath.Join(s.Dir, "statements")
	s.Run(t, install, "--no-defaults", "--datadir="+data, "--skip-test-db", "--auth-root-authentication-method=normal")
	users := s.File(t, "users.sql", "CREATE USER IF NOT EXISTS ada@'%' IDENTIFIED BY '"+password+"';\n"+
		"CREATE USER IF NOT EXISTS eve@'%' IDENTIFIED BY '"+password+"' REQUIRE X509;\nCREATE DATABASE IF NOT EXISTS books;\n")
	const ready = "ready for connections"
	args := []string{
		"--no-defaults", "--datadir=" + data, "--port=" + s.Port, "--bind-address=127.0.0.1", "--socket=" + filepath.Join(s.Dir, "socket"),
		"--init-file=" + users, "--general-log", "--general-log-file=" + log, "--skip-name-resolve",
	}
	stop := s.Start(t, syscall.SIGKILL, ready, mariadbd, append(args, "--skip-ssl")...)
	ask(t, s, "mariadb", unprotected("mysql", "TLS requested but server does not support TLS"))
	stop()

	s.Start(t, syscall.SIGKILL, ready, mariadbd, append(args, "--ssl-ca="+filepath.Join(s.Dir, "authority.pem"),
		"--ssl-cert="+filepath.Join(s.Dir, "server.pem"), "--ssl-key="+filepath.Join(s.Dir, "server.key"))...)
	ask(t, s, "mariadb", append(protected("mysql"), []visit{
		{name: "as programs write it", url: "mysql://ada@HOST"},
		{name: "with MariaDB's scheme", url: "mariadb://ada@HOST"},
		{name: "as Java writes it", url: "jdbc:mysql://HOST/?user=ada&useSSL=true&requireSSL=false&serverTimezone=UTC"},
		{name: "as Java writes it for MariaDB", url: "jdbc:mariadb://localhost:PORT/?user=ada&sslMode=verify-full&serverSslCert=DIR/authority.pem"},
		{name: "by a socket", url: "mysql:///?socket=DIR/socket&user=ada"},
		{name: "without TLS", url: "mysql://ada@HOST?useSSL=false"},
		{name: "Java verifies when told so", url: "jdbc:mysql://HOST/?user=ada&useSSL=true&verifyServerCertificate=true", says: "certificate"},
		{name: "the strictest parameter counts", url: "jdbc:mysql://HOST/?user=ada&sslMode=VERIFY_CA&useSSL=true", says: "certificate"},
		{name: "a certificate that is asked for", url: "mysql://eve@HOST?sslcert=DIR/server.pem&sslkey=DIR/server.key"},
		{name: "no certificate, and one is asked for", url: "mysql://eve@HOST?sslmode=require", says: "Access denied for user 'eve'"},
		{name: "a wrong password", url: "mysql://ada@HOST", password: "wrong", says: "Access denied for user 'ada'"},
		{name: "a database that is another's", url: "mysql://ada@HOST/books", says: "Access denied for user 'ada'"},
	}...))
	statements, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(statements), "START TRANSACTION READ ONLY") {
		t.Errorf("no transaction is read-only:\n%s", statements)
	}
	for line := range strings.Lines(string(statements)) {
		_, statement, _ := strings.Cut(line, "Query\t")
		if strings.Contains(strings.ToLower(statement), "select") && strings.TrimSpace(statement) != "SELECT @@version, @@version_comment" {
			t.Errorf("the server was told: %s", statement)
		}
	}
}
