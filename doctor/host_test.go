package doctor_test

import (
	"context"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"

	"github.com/testedon/testedon/doctor"
	shared "github.com/testedon/testedon/internal/sample"
)

// provided is this machine, to which every host is a PostgreSQL that tells its version.
type provided struct {
	doctor.Machine
	version string
}

func (p provided) Dial(context.Context, string, string) (net.Conn, error) {
	client, server := net.Pipe()
	go p.serve(server)
	return client, nil
}

// serve answers one question for the version.
func (p provided) serve(conn net.Conn) {
	defer conn.Close()
	b := pgproto3.NewBackend(conn, conn)
	if _, err := b.ReceiveStartupMessage(); err != nil {
		return
	}
	b.Send(&pgproto3.AuthenticationOk{})
	b.Send(&pgproto3.ReadyForQuery{TxStatus: 'I'})
	if b.Flush() != nil {
		return
	}
	if _, err := b.Receive(); err != nil {
		return
	}
	b.Send(&pgproto3.RowDescription{Fields: []pgproto3.FieldDescription{{Name: []byte("version"), DataTypeOID: 25, DataTypeSize: -1, TypeModifier: -1}}})
	b.Send(&pgproto3.DataRow{Values: [][]byte{[]byte(p.version)}})
	b.Send(&pgproto3.CommandComplete{CommandTag: []byte("SELECT 1")})
	b.Send(&pgproto3.ReadyForQuery{TxStatus: 'I'})
	if b.Flush() == nil {
		b.Receive() //nolint:errcheck // the end
	}
}

// TestHost asks databases that all tell the same, at hosts that tell more: what a
// provider runs is not taken for what it gives itself out as.
func TestHost(t *testing.T) {
	m := shared.Catalogue(t)
	plain := "PostgreSQL 16.4 on x86_64-pc-linux-gnu, compiled by gcc (GCC) 9.5.0, 64-bit"
	for _, test := range []struct{ host, version, want string }{
		{"db.example.com", plain, "postgresql 16.4"},
		{"db.postgres.database.azure.com", plain, "azure-database-postgresql 16.4"},
		{"db.abcdef.eu-west-1.rds.amazonaws.com", plain, "? it may mean Amazon Aurora PostgreSQL or Amazon RDS for PostgreSQL"},
		{"db.abcdef.rds.cn-north-1.amazonaws.com.cn", plain, "? it may mean Amazon Aurora PostgreSQL or Amazon RDS for PostgreSQL"},
		{"ep-cool-1.eu-central-1.aws.neon.tech", plain, "? its host is a provider's"},
		{"db.example.com", "PostgreSQL 16.4 (Foo 3) on x86_64-pc-linux-gnu", `? "Foo" is not understood`},
	} {
		o := doctor.Options{Database: "postgres://ada@" + test.host + "/books?sslmode=disable", Without: []string{"os", "jdk", "arch"}, Limit: time.Minute}
		r, err := doctor.Examine(t.Context(), provided{doctor.Here(), test.version}, m, o)
		if err != nil {
			t.Errorf("%s: %v", test.host, err)
			continue
		}
		got := ""
		for _, f := range r.Facts {
			got += f.Technology + " " + f.Version
		}
		for i, u := range r.Unknown {
			got += "? " + r.Missing[i].Reason
			if c := m.Resolve(u); c.Technology != nil || u.Kind != "dbms" {
				t.Errorf("%s: %q is asked as %s", test.host, u.Text, c.Technology.ID)
			}
		}
		if want, missing := strings.CutPrefix(test.want, "? "); got != test.want && !(missing && strings.HasPrefix(got, "? ") && strings.Contains(got, want)) {
			t.Errorf("%s, %s: %s, want %s", test.host, test.version, got, test.want)
		}
	}
}
