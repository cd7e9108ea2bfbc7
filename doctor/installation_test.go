package doctor_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/testedon/testedon/doctor"
	"github.com/testedon/testedon/internal/sample"
)

// installed makes the files of an installation, by their names, in a folder.
func installed(t *testing.T, home string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(home, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// pack are the files of a pack of WSO2 Micro Integrator.
var pack = map[string]string{
	"bin/version.txt":           "WSO2 Micro Integrator v4.4.0\n",
	"conf/deployment.toml":      "[[datasource]]\nurl = \"jdbc:mysql://db.example/mi?user=mi&password=hunter2\"\n",
	"lib/mysql-connector-j.jar": "", "lib/guava-33.jar": "", "lib/mssql-jdbc-12.2.0.jre11.jar": "",
}

// TestInstallation stands in, above and beside installations.
func TestInstallation(t *testing.T) {
	m := sample.Catalogue(t)
	look := func(folder string, o doctor.Options) (*doctor.Report, error) {
		t.Helper()
		t.Chdir(folder)
		o.Installed, o.Limit, o.Without = true, time.Minute, []string{"os", "jdk", "arch"}
		return doctor.Examine(t.Context(), doctor.Here(), m, o)
	}
	t.Setenv("CARBON_HOME", "")
	top := t.TempDir()
	home := filepath.Join(top, "wso2mi-4.4.0")
	installed(t, home, pack)
	for _, folder := range []string{home, filepath.Join(home, "bin"), top} {
		r, err := look(folder, doctor.Options{})
		if err != nil || r.Product != "mi" || r.Release != "4.4.0" || r.Installation.Contradiction != "" {
			t.Fatalf("in %s: %+v, %v", folder, r, err)
		}
		if drivers := r.Installation.Drivers; !slices.Equal(drivers, []string{"lib/mssql-jdbc-12.2.0.jre11.jar", "lib/mysql-connector-j.jar"}) {
			t.Errorf("drivers %q", drivers)
		}
		if len(r.Facts) != 1 || r.Facts[0].Technology != "mysql" || r.Facts[0].Version != "" || strings.Contains(r.Facts[0].Text, "hunter2") {
			t.Errorf("%+v", r.Facts)
		}
	}
	r, err := look(home, doctor.Options{Product: "mi", Release: "4.6.0"})
	if err != nil || r.Release != "4.6.0" || !strings.Contains(r.Installation.Contradiction, "4.6.0 is asked about") {
		t.Errorf("%+v, %v", r, err)
	}
	installed(t, filepath.Join(top, "second"), pack)
	if _, err := look(top, doctor.Options{}); err == nil || !strings.Contains(err.Error(), "several installations: "+filepath.Join(top, "second")) {
		t.Errorf("two installations: %v", err)
	}
	t.Setenv("CARBON_HOME", home)
	if r, err := look(top, doctor.Options{}); err != nil || r.Installation.Home != home {
		t.Errorf("%+v, %v", r, err)
	}
	t.Setenv("CARBON_HOME", top)
	if _, err := look(home, doctor.Options{}); err == nil || !strings.Contains(err.Error(), "does not tell a release") {
		t.Errorf("no installation in CARBON_HOME: %v", err)
	}
}
