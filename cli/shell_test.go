package cli

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/cli/current"
	"github.com/testedon/testedon/cli/exit"
)

// route is an address of the API, or the method to ask it with.
// address is that of a document elsewhere.
var address = regexp.MustCompile(`https?://\S+`)

var route = regexp.MustCompile(`/(v1|docs|readyz|problems|openapi)\b|\b(GET|POST) `)

// wrong are command lines that fail, each in a way of its own. The blanks of a text are
// written as underscores; FILE is a file of environments, each wrong in its way,
// and ELSEWHERE an address below that of a server.
var wrong = []string{
	"", "chekc", "check", "check --os RHEL_9", "check --product mi --release 4.4.0",
	"check --product zzz --release 1 --os RHEL_9", "check --product micro --release 1 --os RHEL_9",
	"check --product mi --release 9.9.9 --os RHEL_9", "check --product mi --release 4.4.0 --os Fubar_3",
	"check --product mi --release 4.4.0 --with colour=blue", "check --product mi --release 4.4.0 --with RHEL",
	"check --product mi --release 4.4.0 --os RHEL_9 --require best", "check --product mi --release 4.4.0 --memory lots",
	"check --product mi --release 4.4.0 --memory 4GB --deployment vm", "check --product mi --release 4.4.0 --dbms Postgres_16",
	"check --file FILE", "check --file FILE -o csv", "check --file FILE -o junit", "check --file FILE -o sarif", "check --file nowhere.csv",
	"ask", "ask zzz", "ask MI_4.4.0", "ask Oracle_21_for_MI_4.4.0", "ask Postgres_16_for_MI_4.4.0", "ask MI_9.9.9_on_RHEL_9",
	"detect", "detect nowhere.txt", "detect FILE",
	"find", "find --product zzz --os RHEL_9", "find --os Fubar_3", "find --os RHEL_9 --limit x",
	"compare --product mi --from 9.9.9 --to 4.4.0", "compare --product zzz --from 1 --to 2", "compare --product mi",
	"test-plan --product zzz --release 1", "test-plan --product mi --release 9.9.9", "test-plan --product mi --release 4.4.0 --kind colour",
	"retest --within x", "retest --product zzz", "retest --technology zzz", "retest --kind zzz", "retest --release 4.4.0",
	"coverage --product zzz", "coverage --product micro", "coverage --catalogue nowhere", "coverage --server ELSEWHERE",
	"requirements --product zzz --release 1", "requirements --product mi --release 9.9.9", "requirements --product mi --release 4.4.0 --deployment vm",
	"ports --product zzz --release 1", "ports --product mi --release 4.4.0 --profile zzz", "ports --product mi --release 4.4.0 --offset x",
	"export zzz 1", "export mi", "export mi 9.9.9", "export -o csv",
	"import nowhere.md", "refresh", "refresh --mirror nowhere", "refresh nowhere --mirror .", "refresh --mirror . --fetched x", "refresh --mirror . --write", "seed lint nowhere", "health --server http://127.0.0.1:1", "serve --listen nowhere", "serve --watch", "serve --follow nowhere --listen 127.0.0.1:0 --data FILE", "snapshot FILE",
	"check --product mi --release 4.4.0 --os RHEL_9 --server ELSEWHERE", "check --file FILE --server ELSEWHERE", "detect FILE --server ELSEWHERE",
}

// apiOver is the API over the catalogue within the program.
func apiOver(t *testing.T) http.Handler {
	t.Helper()
	facts := current.New(current.Files(files()), nil, time.Now, slog.New(slog.DiscardHandler))
	if err := facts.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	server, err := api.New(api.Options{Catalogue: facts, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	return server.Handler()
}

// TestShell: nothing that is told at a shell leads to an address of the API, neither what
// is wrong nor the help.
func TestShell(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: starts the program for each command")
	}
	file := filepath.Join(t.TempDir(), "fleet.ndjson")
	lines := []string{
		`{`, `[]`, `{}`, `{"product": "mi"}`, `{"product": "zzz", "release": "1", "environment": {"os": "RHEL 9"}}`,
		`{"product": "mi", "release": "9.9.9", "environment": {"os": "RHEL 9"}}`, `{"product": "mi", "release": "4.4.0"}`,
		`{"product": "mi", "release": "4.4.0", "environment": {"colour": "blue"}}`, `{"release": "1", "environment": {"os": "x"}}`,
	}
	if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(apiOver(t))
	defer server.Close()
	here := strings.NewReplacer("FILE", file, "ELSEWHERE", server.URL+"/elsewhere")
	for _, line := range wrong {
		args := strings.Fields(here.Replace(line))
		for i := range args {
			args[i] = strings.ReplaceAll(args[i], "_", " ")
		}
		var out bytes.Buffer
		if code := (Program{Args: args, Stdout: &out, Stderr: &out}).Run(t.Context()); code == exit.Pass {
			t.Errorf("%q does not fail", line)
		}
		if found := route.FindString(address.ReplaceAllString(out.String(), "")); found != "" || out.Len() == 0 {
			t.Errorf("%q says %q:\n%s", line, found, &out)
		}
	}
	for _, command := range commandLine(t, Program{}).Model.Leaves(false) {
		if found := route.FindString(helpOf(t, command.Path())); found != "" {
			t.Errorf("%s --help says %q", command.Path(), found)
		}
	}
}
