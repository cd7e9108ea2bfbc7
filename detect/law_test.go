package detect_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/detect"
	shared "github.com/testedon/testedon/internal/sample"
)

// pasted are texts that tell of an environment that passes for MI 4.4.0, a %s after each
// name and number. What stands before the first %s is the name.
var pasted = []string{
	"PostgreSQL 17.2%s",
	"PostgreSQL%s 17.2",
	"%s PostgreSQL 17.2",
	"DB: PostgreSQL 17.2%s",
	"DB%s: PostgreSQL 17.2",
	"- Database - %s Postgres 17.2",
	"> JDK: Amazon Corretto 21.0.5%s",
	"JDK: %s Corretto 21",
	"* OS: RHEL 9%s",
	"OS: %s Red Hat Enterprise Linux 9",
	"version%s: PostgreSQL 17.2 on x86_64-pc-linux-gnu, compiled by gcc 12.2.0, 64-bit",
	"OS: RHEL 9, JDK: Corretto 21, DB: Postgres 17.2%s",
	"Environment: RHEL 9 / Corretto 21%s / Postgres 17.2",
	"| OS | %s RHEL 9 |",
	"2024-05-02T10:11:12Z INFO PostgreSQL 17.2%s on x86_64-pc-linux-gnu",
	"db-1  | PostgreSQL 17.2 (%s) on x86_64-pc-linux-gnu, compiled by gcc 12.2.0, 64-bit",
	"\"version\": \"PostgreSQL 17.2 (%s)\",",
	"openjdk version \"21.0.5\" 2024-10-15 LTS\nOpenJDK Runtime Environment Corretto-21.0.5.11.1 (build 21.0.5+11-LTS)\nOpenJDK 64-Bit Server VM %s Corretto-21.0.5.11.1 (build 21.0.5+11-LTS, mixed mode)",
	"NAME=\"Red Hat Enterprise Linux %s\"\nID=rhel\nVERSION_ID=\"9\"",
	"Red Hat Enterprise Linux%s release 9 (Plow)",
	"services:\n  db:\n    image: \"postgres:17.2%s\"",
	"services:\n  db:\n    image: \"library/postgres%s:17.2\"",
	"apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: db\n    image: postgres:17.2%s",
	"FROM amazoncorretto:21%s",
	"pkg:generic/postgresql%s@17.2",
	"cpe:2.3:a:postgresql:postgresql%s:17.2:*:*:*:*:*:*:*",
	"{\"ansible_distribution\": \"RedHat%s\", \"ansible_distribution_version\": \"9.4\"}",
	"Apache Maven 3.9.6\nJava version: 21.0.5, vendor: Amazon.com Inc.%s, runtime: /opt/jdk",
	"java.vendor = Amazon.com Inc.%s\njava.version = 21.0.5\njava.vm.name = OpenJDK 64-Bit Server VM",
	"[2024-05-02 10:11:12,123]  INFO {org.wso2.carbon.core.internal.CarbonCoreActivator} - Java Version     : 21.0.5\n" +
		"[2024-05-02 10:11:12,123]  INFO {org.wso2.carbon.core.internal.CarbonCoreActivator} - Java VM          : OpenJDK 64-Bit Server VM 21.0.5+11-LTS,Amazon.com Inc.%s",
	"jobs:\n  a:\n    services:\n      db:\n        image: postgres:17.2%s\non: push",
	"PostgreSQL JDBC URL: jdbc:postgresql%s://db:5432/x 17.2",
	"postgresql-server-17.2-1.el9%s.x86_64",
	"Operating System: Red Hat Enterprise Linux 9.4%s (Plow)",
	"/etc/redhat-release:Red Hat Enterprise Linux%s release 9.4 (Plow)",
	"Distributor ID: RedHatEnterprise\nDescription: Red Hat Enterprise Linux%s release 9.4 (Plow)\nRelease: 9.4",
}

// intruders make another thing of what they stand beside.
var intruders = strings.Fields("Aurora EDB Percona Citus Frobnix connector driver client managed compatible Galera clone fork like-thing Neon")

// lines are alone in a line, and each tells of something.
var lines = []string{
	"Aurora PostgreSQL 17.2", "Percona Server 8.4", "DB: EDB Postgres 17.2", "User store: OpenFrob with MySQL 9", "> and IBM DB2 on z/OS", "[INFO] Amazon RDS Custom",
	"jdbc:frob:mysql://db", "WSO2 Something", "- Database: CockroachDB 23", "MySQL connector 9", "Oracle Foo 19c", "Azure SQL Edge 15", "run it with Aurora PostgreSQL 17", "- image of Aurora PostgreSQL 17",
	"Database system is Aurora PostgreSQL 17", "(c) Aurora PostgreSQL 17", "version(s): Aurora PostgreSQL 17", "2 records of Aurora PostgreSQL 17", "Password:\nDB: EDB Postgres 17.2",
	"-----BEGIN\nDB: EDB Postgres 17.2", "copyright of Aurora PostgreSQL 17", "\xed\xe5 PostgreSQL 17.2", "aurora | PostgreSQL 17.2", "2024-05-02T10:11:12Z [Aurora] PostgreSQL 17.2",
}

// TestNothingIsPassedOver puts a word beside each name of a text that passes, and a line
// into it that tells of another thing. Then it does not pass: what is not understood and
// holds a name, or stands beside one, is never passed over.
func TestNothingIsPassedOver(t *testing.T) {
	m := shared.Catalogue(t)
	passed := func(text string) bool {
		r := detect.Read(m, []string{text})
		check(t, m, r)
		q := compat.Question{Product: "mi", Release: "4.4.0", Unread: r.Unread}
		for _, f := range r.Found {
			q.Components = append(q.Components, m.Resolve(f.Asked))
		}
		return len(q.Components) > 0 && passes(t, m, q)
	}
	for _, form := range pasted {
		plain := strings.ReplaceAll(strings.ReplaceAll(fmt.Sprintf(form, ""), "()", ""), "  ", " ")
		if !passed(plain) {
			t.Errorf("without a stranger, %q does not pass: %+v", plain, detect.Read(m, []string{plain}))
		}
		for _, word := range intruders {
			if word == "client" && strings.Contains(form, "release 9") {
				continue // a variant of the system
			}
			for _, beside := range []string{" " + word, " (" + word + ")", "-" + word, " " + strings.ToUpper(word)} {
				if text := fmt.Sprintf(form, beside); passed(text) {
					t.Errorf("%q passes", text)
				}
			}
		}
		for _, line := range lines {
			for _, text := range []string{line + "\n" + plain, plain + "\n" + line, plain + "\n\n> " + line} {
				if passed(text) {
					t.Errorf("%q passes", text)
				}
			}
		}
	}
}

// TestCarriers puts before each line of each sample what mailers and tools put there. What
// is found stays the same.
func TestCarriers(t *testing.T) {
	m := shared.Catalogue(t)
	for _, s := range samples(t) {
		for _, text := range s.texts {
			want := findings(detect.Read(m, []string{text}))
			for _, before := range []string{"> ", "> > ", "db-1  | ", "2024-05-02T10:11:12.123Z ", "[2024-05-02 10:11:12,123]  INFO {a.b.C} - ", "[INFO] "} {
				all := before + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n"+before)
				if got := findings(detect.Read(m, []string{all})); !slices.Equal(got, want) {
					t.Errorf("%s behind %q: %v, want %v", s.name, before, got, want)
				}
			}
		}
	}
}

// TestLinesAreTold puts texts between lines that say nothing. What they find stays the same,
// nothing keeps an answer from passing, and the lines are told.
func TestLinesAreTold(t *testing.T) {
	m := shared.Catalogue(t)
	for _, text := range pasted {
		text = strings.ReplaceAll(strings.ReplaceAll(fmt.Sprintf(text, ""), "()", ""), "  ", " ")
		want := findings(detect.Read(m, []string{text}))
		r := detect.Read(m, []string{"It fails.\n" + text + "\nWhat now?"})
		for _, line := range []string{"It fails.", "What now?"} {
			if !slices.Contains(r.Unrecognised, line) {
				t.Errorf("%q is not told: %q", line, r.Unrecognised)
			}
		}
		if got := findings(r); !slices.Equal(got, want) || len(r.Unread) > 0 {
			t.Errorf("%q between lines: %v, want %v, unread %q", text, got, want, r.Unread)
		}
	}
}

// findings are what was found, without its lines, sorted.
func findings(r *detect.Result) []string {
	var all []string
	for _, f := range r.Found {
		all = append(all, f.Technology+" "+f.Version)
	}
	slices.Sort(all)
	return all
}
