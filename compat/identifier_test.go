package compat_test

import (
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/internal/sample"
)

// TestIdentifiers reads package URLs and CPEs in fields. A driver or a client is not its
// database, what comes before a release is not it, and what is not known has no candidates.
func TestIdentifiers(t *testing.T) {
	m := sample.Catalogue(t)
	for _, test := range []struct{ kind, text, want string }{
		{"dbms", "pkg:generic/postgresql@17.2", "postgresql 17.2"},
		{"dbms", "pkg:deb/debian/postgresql-16@16.4-1.pgdg120%2B1?arch=amd64&distro=debian-12", "postgresql 16.4"},
		{"dbms", "PKG:Docker/library/postgres@17.2", "postgresql 17.2"},
		{"dbms", "pkg:docker/library/postgres", "postgresql"},
		{"dbms", "pkg:deb/debian/mariadb-server@1%3A10.11.6-0%2Bdeb12u1", "mariadb 10.11.6"},
		{"dbms", "cpe:2.3:a:postgresql:postgresql:17.2:*:*:*:*:*:*:*", "postgresql 17.2"},
		{"dbms", "cpe:/a:postgresql:postgresql:17.2", "postgresql 17.2"},
		{"dbms", "cpe:2.3:a:microsoft:sql_server:2022:*:*:*:*:*:*:*", "mssql 2022"},
		{"jdk", "pkg:github/corretto/corretto-21@21.0.5.11.1", "corretto 21.0.5.11.1"},
		{"jdk", "cpe:2.3:a:oracle:jdk:1.8.0:update391:*:*:*:*:*:*", "oracle-jdk 8.0.391"},
		{"jdk", "pkg:rpm/redhat/java-17-openjdk@17.0.11.0.9-2.el9?arch=x86_64", "redhat-openjdk 17.0.11.0.9"},
		{"os", "cpe:/o:redhat:enterprise_linux:9::baseos", "rhel 9"},
		{"os", "cpe:/o:oracle:linux:9:4:server", "oracle-linux 9.4"},
		{"os", "cpe:2.3:o:suse:sles:15:sp6:*:*:*:*:*:*", "sles 15.6"},
		{"os", "cpe:2.3:o:microsoft:windows_server_2022:-:*:*:*:*:*:x64:*", "windows-server 2022"},
		{"os", `cpe:2.3:o:canonical:ubuntu_linux:24\.04:*:*:*:lts:*:*:*`, "ubuntu 24.04"},
		{"dbms", "pkg:maven/org.postgresql/postgresql@42.7.4", `? no technology is known by the identifier "pkg:maven/org.postgresql/postgresql"`},
		{"dbms", "pkg:deb/debian/postgresql-client-16@16.4", "? no technology is known"},
		{"dbms", "pkg:docker/bitnami/postgresql@17.2", "? no technology is known"},
		{"dbms", "cpe:2.3:a:postgresql:postgresql_jdbc_driver:42.7:*:*:*:*:*:*:*", "? no technology is known"},
		{"dbms", "cpe:2.3:a:oracle:mysql:8.4.3:*:*:*:*:node.js:*:*", "? no technology is known"},
		{"dbms", "pkg:deb/debian/postgresql-18@18~beta1-1", `? "18~beta1-1" is no version of PostgreSQL`},
		{"dbms", "cpe:2.3:a:postgresql:postgresql:17.2:rc1:*:*:*:*:*:*", `? "17.2 rc1" is no version of PostgreSQL`},
		{"os", "pkg:generic/postgresql@17.2", "? PostgreSQL is of kind dbms; ask for it as dbms"},
		{"os", "pkg:", "? no technology of this kind"},
		{"os", "cpe:2.3:o", "? no technology of this kind"},
		{"os", "pkg:deb/%zz/x@1", "? no technology of this kind"},
	} {
		c := m.Resolve(compat.Asked{Kind: test.kind, Text: test.text})
		got := "? " + c.Reason
		if c.Technology != nil && c.Reason == "" {
			got = strings.TrimSpace(c.Technology.ID + " " + c.VersionText())
		}
		if got != test.want && (!strings.HasPrefix(test.want, "?") || !strings.HasPrefix(strings.ToLower(got), strings.ToLower(test.want))) {
			t.Errorf("%s: %s, want %s", test.text, got, test.want)
		}
		if strings.HasPrefix(test.want, "? no technology is known") && len(c.Candidates) > 0 {
			t.Errorf("%s has the candidates %v", test.text, c.Candidates)
		}
	}
}

// FuzzParseIdentifier reads arbitrary texts.
func FuzzParseIdentifier(f *testing.F) {
	m := sample.Catalogue(f)
	for _, text := range []string{"pkg:deb/a/b@1?distro=c#d", "cpe:/a:b:c:d", `cpe:2.3:a:b\:c:d:e`, "pkg:///@", "cpe:2", "pkg:a/%ff@%", strings.Repeat("cpe:2.3:", 100)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if id, ok := compat.ParseIdentifier(text); ok {
			_, number := m.Identified(&id)
			if id.Name == "" || len(id.Versions(number)) == 0 {
				t.Errorf("%q is %+v", text, id)
			}
		}
	})
}
