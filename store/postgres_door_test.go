package store_test

import (
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/dbserver"
	"github.com/testedon/testedon/internal/secret"
	"github.com/testedon/testedon/store"
)

const password = "open sesame/?:@"

// TestPostgreSQLDoors opens records on a server that lets in whoever has the password of
// carol, by TLS alone, and finds out what else is told. Not in parallel: the password is in
// the environment.
func TestPostgreSQLDoors(t *testing.T) {
	server := dbserver.NewPostgreSQL(t, "ssl=on")
	server.Execute(t, "CREATE ROLE carol LOGIN PASSWORD '"+password+"'", "CREATE ROLE dan LOGIN CONNECTION LIMIT 0",
		"CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0", "CREATE SCHEMA carols AUTHORIZATION carol", "CREATE SCHEMA adas",
		"CREATE SCHEMA foreign_one", "CREATE VIEW foreign_one.v AS SELECT 1 AS one", "CREATE SCHEMA newer", "CREATE SCHEMA older",
		"CREATE SCHEMA past", // whose server says that it is an older one
		"CREATE FUNCTION past.current_setting(name text) RETURNS text LANGUAGE sql AS "+
			"$$ SELECT CASE name WHEN 'server_version_num' THEN '140012' ELSE pg_catalog.current_setting(name) END $$")
	seedURL(t, server.URL("ada", "postgres", "search_path=newer"))
	seedURL(t, server.URL("ada", "postgres", "search_path=older"))
	server.Execute(t, "UPDATE newer.testedon_record SET schema = 99", "UPDATE older.testedon_record SET schema = 0", "GRANT USAGE ON SCHEMA newer TO carol")
	server.Configure(t, "pg_hba.conf", "local all ada trust\nhost all ada 127.0.0.1/32 trust\nhost all dan 127.0.0.1/32 trust\nhostssl all carol 127.0.0.1/32 scram-sha-256\n")
	closed := freePort(t)
	t.Setenv(secret.Variable, password)
	at := func(user, database, query string) string {
		return strings.Replace(server.URL(user, database, query), "127.0.0.1", "localhost", 1)
	}
	authority := "sslrootcert=" + server.Dir + "/authority.pem"
	for name, test := range map[string]struct {
		url, password string
		words         []string // of the error; none for a record that opens
	}{
		"verified":                {at("carol", "postgres", "search_path=carols&sslmode=verify-full&"+authority), password, nil},
		"encrypted":               {at("carol", "postgres", "search_path=carols&sslmode=require"), password, nil},
		"as it comes":             {server.URL("carol", "postgres", "search_path=carols"), password, nil},
		"by the socket":           {"postgresql:///postgres?user=ada&search_path=adas&host=" + server.Dir + "&port=" + server.Port, "", nil},
		"the second host":         {fmt.Sprintf("postgresql://ada@127.0.0.1:%s,127.0.0.1:%s/postgres?search_path=adas&target_session_attrs=read-write", closed, server.Port), "", nil},
		"a wrong password":        {at("carol", "postgres", ""), "wrong", []string{"lets nobody in by this user and password", "28P01", secret.Variable}},
		"no password":             {at("carol", "postgres", ""), "", []string{"lets nobody in"}},
		"nobody known":            {at("eve", "postgres", ""), password, []string{"lets nobody in", "pg_hba.conf"}},
		"without TLS":             {at("carol", "postgres", "sslmode=disable"), password, []string{"lets nobody in", "no encryption"}},
		"another authority":       {at("carol", "postgres", "sslmode=verify-ca&sslrootcert="+server.Dir+"/other.pem"), password, []string{"cannot be reached", "unknown authority"}},
		"another host":            {server.URL("carol", "postgres", "sslmode=verify-full&"+authority), password, []string{"cannot be reached", "127.0.0.1"}},
		"an authority of nobody":  {at("carol", "postgres", "sslmode=verify-full"), password, []string{"cannot be reached", "unknown authority"}},
		"no such database":        {at("ada", "none", ""), password, []string{"does not exist", "3D000", "CREATE DATABASE"}},
		"no such schema":          {at("ada", "postgres", "search_path=none"), password, []string{"has no such schema", "CREATE SCHEMA"}},
		"another encoding":        {at("ada", "latin", ""), password, []string{"is not in UTF-8", "ENCODING"}},
		"nobody there":            {"postgresql://ada@127.0.0.1:" + closed + "/postgres", password, []string{"cannot be reached", "refused"}},
		"no such host":            {"postgresql://ada@nowhere.invalid/postgres", password, []string{"cannot be reached", "nowhere.invalid"}},
		"tables not to be made":   {at("carol", "postgres", ""), password, []string{"does not let this user do it", "permission denied for schema public", "GRANT"}},
		"tables not to be read":   {at("carol", "postgres", "search_path=newer"), password, []string{"does not let this user do it", "testedon_record"}},
		"of another program":      {at("ada", "postgres", "search_path=foreign_one"), password, []string{"has the tables of another program", "nothing was changed"}},
		"a newer schema":          {at("ada", "postgres", "search_path=newer"), password, []string{"was written by a newer testedon (schema 99", "not changed"}},
		"a schema that cannot be": {at("ada", "postgres", "search_path=older"), password, []string{"is damaged", "Restore a backup"}},
		"an older server":         {at("ada", "postgres", "search_path=past,pg_catalog"), password, []string{"is on a server older than PostgreSQL 15"}},
		"too many":                {at("dan", "postgres", ""), password, []string{"takes no more connections", "53300"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(secret.Variable, test.password)
			s, err := store.Open(t.Context(), store.Options{Database: test.url})
			if err == nil {
				err = s.Close()
			}
			if test.words == nil {
				if err != nil {
					t.Error(err)
				}
				return
			}
			wantCode(t, err, fact.CodeUnavailable, test.words...)
			var known *fact.Error
			if errors.As(err, &known); known.Hint == "" || known.Cause == nil || strings.Contains(fmt.Sprintf("%+v %v", err, known.Cause), password) {
				t.Errorf("no hint, no cause, or the password: %+v, %v", err, known.Cause)
			}
		})
	}
	server.Execute(t, "SELECT FROM foreign_one.v")
}

// seedURL makes a record on a server, with the seed rich.
func seedURL(t *testing.T, url string) {
	t.Helper()
	s := openURL(t, url, store.Options{})
	if _, _, err := s.Apply(t.Context(), rich(), store.Change{Owner: "seed", SeedDigest: "files"}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// freePort gives a port of the loopback address at which nobody listens.
func freePort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	return port
}

// testStandby reads from a server that follows another one, and cannot be written.
func testStandby(t *testing.T, server *dbserver.PostgreSQL) {
	url, _ := server.Schema(t)
	seedURL(t, url)
	standby := server.Standby(t)
	follower := strings.Replace(url, server.Port, standby.Port, 1)
	s := openURL(t, follower, store.Options{})
	wantCode(t, s.ReadOnly(), fact.CodeUnavailable, "cannot be written: it is a standby")
	g := watch(t, store.Options{Database: follower}, quick)
	ds, err := s.Dataset(t.Context())
	if err != nil || ds.Digest != rich().ContentDigest() {
		t.Fatalf("it reads %+v, %v", ds, err)
	}
	_, _, err = s.Apply(t.Context(), claimsOnly("anna/1", "Anna's"), store.Change{Owner: "anna"})
	wantCode(t, err, fact.CodeUnavailable, "cannot be written: it is a standby", "Name the primary")
	alter(t, openURL(t, url, store.Options{}), "Anna's")
	for end := time.Now().Add(limit); ; {
		g.called(t, "a change of the primary")
		if r, err := s.Newest(t.Context()); err == nil && r.Number == 2 {
			return
		}
		if time.Now().After(end) {
			t.Fatal("the change does not arrive")
		}
	}
}
