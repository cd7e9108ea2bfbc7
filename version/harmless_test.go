package version_test

import (
	"testing"

	"github.com/testedon/testedon/version"
)

// TestParseAsked holds what a caller writes against what a page prints: a word
// that is not listed as harmless makes it another thing.
func TestParseAsked(t *testing.T) {
	for _, c := range []struct{ scheme, text, want string }{
		{"dotted", "17.2", "17.2"},
		{"dotted", "17.2-1.pgdg120+1", "17.2"},
		{"dotted", "17.2 LTS", "!"},
		{"dotted", "17.2 community", "!"},
		{"dotted", "9 community edition", "!"},
		{"dotted", "9 innovation", "!"},
		{"dotted", "9 edition", "!"},
		{"dotted", "17.2 alpine", "!"},
		{"dotted", "17.2 bookworm", "!"},
		{"mysql", "8.4.3 Community Server", "8.4.3"},
		{"mysql", "9.1 Innovation", "9.1"},
		{"ubuntu", "24.04 LTS", "24.4"},
		{"oracle-database", "19c Free", "!"},
		{"oracle-database", "19c XE", "!"},
		{"oracle-database", "19c Express Edition", "!"},
		{"oracle-database", "23ai Free", ">=23 <23.26"},
		{"oracle-database", "21c XE", "21"},
		{"oracle-database", "18c Express Edition", "18"},
		{"oracle-database", "11.2.0.2 XE", "11.2.0.2"},
		{"dotted", "11 or later", ">=11"},
		{"dotted", "17.2-aurora", "!"},
		{"mysql", "8.0.36-0ubuntu0.22.04.1", "8.0.36"},
		{"mysql", "8.0.13-3", "!"},
		{"mysql", "8.0.36-28-log", "!"},
		{"mariadb", "10.6.14-9", "!"},
		{"mariadb", "10.11.6-MariaDB-0+deb12u1", "10.11.6"},
		{"dotted", "17.2 (Aurora)", "!"},
		{"dotted", "17.2+rds", "!"},
		{"dotted", "17.2_Œuvre", "!"},
		{"dotted", "9 arm64", "!"},
		{"dotted", "9 x86_64", "9"},
		{"java", "21.0.5+11-LTS", "21.0.5"},
		{"java", "21.0.5+11-graal", "!"},
		{"oracle-database", "19c Enterprise Edition", "19"},
		{"oracle-database", "19c Aurora Edition", "!"},
		{"windows-server", "10.0.26100 Datacenter", "10.0.26100"},
		{"windows", "10.0.26100 Server", "!"},
		// A single letter with a number is a word of some notations and else anything.
		{"dotted", "17.2 (H2 2.2.224)", "!"},
		{"dotted", "17.2-h2", "!"},
		{"dotted", "17.2 (m1)", "!"},
		{"dotted", "17.2-b1", "!"},
		{"dotted", "17.2+b1", "!"},
		{"dotted", "17.2~b1", "!"},
		{"dotted", "17.2 (b)", "!"},
		{"dotted", "17.2-i7", "!"},
		{"dotted", "17.2-v8", "!"},
		{"dotted", "17.2 (v8)", "!"},
		{"dotted", "17.2 (r8)", "!"},
		{"dotted", "17.2-sp1", "!"},
		{"dotted", "17.2-x 23", "!"},
		{"dotted", "17.2 (Java 21)", "!"},
		{"dotted", "v17.2", "17.2"},
		{"dotted", ">=v17.2 <v18.1", ">=17.2 <18.1"},
		{"dotted", "17.2-r0", "17.2"},
		{"dotted", "17.2-2.el9_4", "17.2"},
		{"dotted", "17.2-1.fc40", "17.2"},
		{"dotted", "17.2_1", "17.2"},
		{"dotted", "17.2-1+deb12u1", "17.2"},
		{"dotted", "17.2 (Debian 17.2-1.pgdg120+1)", "17.2"},
		{"dotted", "9.5 (Blue Onyx)", "9.5"},
		{"dotted", "9 minimal", "9"},
		{"dotted", "9-minimal", "9"},
		{"mariadb", "10.5 (X 23)", "!"},
		{"sql-server", "16.0.4175.1 (H2)", "!"},
		{"db2", "11.5 (i 7.4)", "!"},
		{"db2", "11.5-i7", "!"},
		{"db2", "11.1 M4 FP5", "11.1.4.5"},
		{"ubuntu", "24.04-b2", "!"},
		{"java", "8u392-b08", "8.0.392"},
		{"java", "17 JDK", "17"},
		{"java", "17.5", "!"},
		{"java", "11.7.3", "!"},
		{"java", "8.2", "!"},
		{"java", "1.4.2", "4.2"},
		{"java", "<17.1", "<17.1"},
		{"java", "17 JRE", "17"},
		{"oracle-database", "12cR2", "12.2"},
		{"macos", "14.6.1 (23G93)", "14.6.1"},
		{"macos", "14.6 Sonoma", "14.6"},
		{"macos", "14.6 (Sonoma)", "14.6"},
		{"macos", "14.6 (Hackintosh)", "!"},
	} {
		var labels []version.Label
		if c.scheme == "macos" {
			labels = []version.Label{{Text: "Sonoma", Version: "14"}}
		}
		s, err := version.NewScheme(c.scheme, labels...)
		if err != nil {
			t.Fatal(err)
		}
		got := "!"
		if r, err := s.Beside("", "blue onyx", "minimal", "debian", "b").ParseAsked(c.text); err == nil {
			got = r.String()
		}
		if got != c.want {
			t.Errorf("%s %q: %s, want %s", c.scheme, c.text, got, c.want)
		}
	}
	s, err := version.NewScheme("dotted")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Beside("Frobnix Server").ParseAsked("10.5.27-frobnix"); err != nil {
		t.Errorf("a technology's own name: %v", err)
	}
}

// TestIsLaterUpdate compares cumulative updates by what they count.
func TestIsLaterUpdate(t *testing.T) {
	s, err := version.NewScheme("sql-server")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text, than string
		want       bool
	}{
		{"2022 CU99", "16.0.4265.3 CU26", true},
		{"2022 CU100", "16.0.4265.3 CU26", true},
		{"2022 cumulative update 27", "16.0.4265.3 CU26", true},
		{"2022 CU26", "16.0.4265.3 CU26", false},
		{"2022 CU9", "16.0.4265.3 CU26", false},
		{"2016 CU99", "13.0.6500.1 GDR", false},
		{"2022 GDR", "16.0.4265.3 CU26", false},
	} {
		if got := s.IsLaterUpdate(c.text, c.than); got != c.want {
			t.Errorf("%s is later than %s: %v", c.text, c.than, got)
		}
	}
}
