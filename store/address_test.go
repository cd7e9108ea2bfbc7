package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/secret"
	"github.com/testedon/testedon/store"
)

// TestAddress reads addresses, with variables and files of libpq beside them that say
// otherwise and are not asked.
func TestAddress(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	write(t, filepath.Join(home, ".pgpass"), "*:*:*:*:of-the-file\n")
	write(t, filepath.Join(home, ".postgresql", "root.crt"), "no certificate")
	for _, name := range []string{"HOST", "PORT", "USER", "DATABASE", "PASSWORD", "APPNAME", "SSLMODE", "SSLROOTCERT", "SSLCERT", "SSLKEY", "SSLNEGOTIATION",
		"CONNECT_TIMEOUT", "TARGETSESSIONATTRS", "OPTIONS", "TZ", "CHANNELBINDING", "REQUIREAUTH", "MINPROTOCOLVERSION", "SSLCERTMODE"} {
		t.Setenv("PG"+name, "of-the-variable")
	}
	t.Setenv(secret.Variable, "open")
	for address, want := range map[string]string{
		"postgresql://ada@db.example/books":                                                                  "ada db.example:5432 books 10s or db.example:5432 plainly tls=db.example true false application_name=testedon open",
		" postgres://ada@db.example:6543/books ":                                                             "ada db.example:6543 books 10s or db.example:6543 plainly tls=db.example true false application_name=testedon open",
		"postgresql://ada@[2001:db8::1]/books?sslmode=disable":                                               "ada 2001:db8::1:5432 books 10s application_name=testedon open",
		"postgresql://a%40b@db/b%20c?sslmode=require":                                                        "a@b db:5432 b c 10s tls=db true false application_name=testedon open",
		"postgresql://ada@db/books?sslmode=verify-ca":                                                        "ada db:5432 books 10s tls=db true true application_name=testedon open",
		"postgresql://ada@db/books?sslmode=verify-full":                                                      "ada db:5432 books 10s tls=db false false application_name=testedon open",
		"postgresql://ada@db/books?sslrootcert=system":                                                       "ada db:5432 books 10s tls=db false false application_name=testedon open",
		"postgresql://ada@a,b:2/books?sslmode=disable":                                                       "ada a:5432 books 10s or b:2 plainly application_name=testedon open",
		"postgresql://ada@a:1,b:2/books?sslmode=verify-full":                                                 "ada a:1 books 10s or b:2 tls=a false false application_name=testedon open",
		"postgresql:///books?host=/run/pg&user=ada":                                                          "ada /run/pg:5432 books 10s application_name=testedon open",
		"postgresql://?host=db&port=99&user=ada&dbname=books":                                                "ada db:99 books 10s or db:99 plainly tls=db true false application_name=testedon open",
		"postgresql://ada@db/books?search_path=b+c&connect_timeout=3&application_name=a%40b&sslmode=disable": "ada db:5432 books 3s application_name=a@b search_path=b+c open",
		"postgresql://ada@db/books?application_name=a@b&sslmode=disable":                                     "ada db:5432 books 10s application_name=a@b open",
	} {
		_, got, err := store.Address(address)
		if got != want || err != nil {
			t.Errorf("%s reads\n%s, want\n%s; %v", address, got, want, err)
		}
	}
	for address, want := range map[string]string{
		"postgresql://ada@db.example/books":            "postgresql://db.example:5432/books",
		"postgresql://ada@a:1,b,[::1]/books":           "postgresql://a:1,b:5432,[::1]:5432/books",
		"postgresql:///books?host=/run/pg&user=hunter": "postgresql:///books?host=/run/pg",
	} {
		if got, _, err := store.Address(address); got != want || err != nil {
			t.Errorf("%s is shown as %q, want %q; %v", address, got, want, err)
		}
	}
}

// TestBadAddress tries addresses that cannot be used. No error tells a secret, and each says
// what to write.
func TestBadAddress(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	junk := filepath.Join(t.TempDir(), "hunter2")
	if err := os.WriteFile(junk, []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	const noAddress = "cannot be read as the address"
	for address, want := range map[string]string{
		"hunter2":                                                       noAddress,
		"mysql://ada@db/books":                                          noAddress,
		"host=db user=ada password=hunter2":                             noAddress,
		"postgresql://ada@db":                                           noAddress,
		"postgresql://db/books":                                         noAddress,
		"postgresql:///books?user=ada":                                  noAddress,
		"postgresql://ada@db:hunter2/books":                             noAddress,
		"postgresql://ada@db%zz/books":                                  noAddress,
		"postgresql://ada@db:70000/books":                               "port in --database cannot have this value",
		"postgresql://ada@a:1,b:2/books?port=1,2,3":                     "in --database cannot have this value",
		"postgresql://ada:hunter2@db/books":                             "must not hold a secret, and has a password",
		"postgresql://ada:@db/books":                                    "must not hold a secret, and has a password",
		"postgresql://ada:hun?ter2=1@db/books":                          noAddress,
		"postgresql://ada:12?hunter2=1@db/books":                        noAddress,
		"postgresql://ada:hun/ter2@db/books":                            noAddress,
		"postgresql://ada@db/books?password=hunter2":                    "must not hold a secret, and has a password",
		"postgresql://ada@db/books?p%61ssword=hunter2":                  "must not hold a secret, and has a password",
		"postgresql://ada@db/books?sslpassword=hunter2":                 "must not hold a secret, and has a sslpassword",
		"postgresql://ada@db/books?passfile=/hunter2":                   "must not hold a secret, and has a passfile",
		"postgresql://ada@db/books?service=hunter2":                     `"service" in --database is not known`,
		"postgresql://ada@db/books?options=hunter2":                     `"options" in --database is not known`,
		"postgresql://ada@db/books?ssl=true":                            `"ssl" in --database is not known`,
		"postgresql://ada@db/books?sslmode=hunter2":                     "sslmode in --database cannot have this value",
		"postgresql://ada@db/books?connect_timeout=hunter2":             "connect_timeout in --database cannot have this value",
		"postgresql://ada@db/books?target_session_attrs=hunter2":        "target_session_attrs in --database cannot have this value",
		"postgresql://ada@db/books?channel_binding=hunter2":             "channel_binding in --database cannot have this value",
		"postgresql://ada@db/books?sslrootcert=/hunter2x":               "the file of sslrootcert in --database cannot be used",
		"postgresql://ada@db/books?sslrootcert=" + junk:                 "the file of sslrootcert in --database cannot be used",
		"postgresql://ada@db/books?sslcert=" + junk:                     "in --database cannot have this value",
		"postgresql://ada@db/books?sslkey=" + junk + "&sslcert=" + junk: "in --database cannot be used",
	} {
		_, err := store.Open(t.Context(), store.Options{Database: address})
		var known *fact.Error
		if !errors.As(err, &known) || known.Code != fact.CodeInvalid || known.Field != "database" || known.Hint == "" || !strings.Contains(known.Error(), want) {
			t.Errorf("%s: got %v, want %q", address, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: told %v", address, err)
		}
	}
}
