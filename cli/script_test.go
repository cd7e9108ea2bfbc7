package cli_test

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/testedon/testedon/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"testedon": func() {
			program := cli.Program{Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Version: "v1.2.3", Commit: "c0ffee", Machine: machine(), Now: today}
			os.Exit(program.Run(context.Background()))
		},
	})
}

// today is noon of the day in $TODAY, so that no answer depends on when the tests run.
func today() time.Time {
	day, err := time.Parse(time.DateOnly, os.Getenv("TODAY"))
	if err != nil {
		panic(err)
	}
	return day.Add(12 * time.Hour)
}

// TestScript runs the transcripts. Each has the folder acme, the catalogue of
// another vendor, the folder machines, of which $MACHINE is the one that doctor
// examines, and the commands below beside those of testscript. With
// UPDATE_SCRIPTS=1 they take over what is printed now.
func TestScript(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: starts the program for each command")
	}
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "",
		Setup: func(env *testscript.Env) error {
			env.Values[serverKey] = &servers{all: map[string]*server{}}
			env.Setenv("LONG", strings.Repeat("9", 201))
			env.Setenv("TODAY", "2026-08-22")
			for _, folder := range []string{"acme", "machines"} {
				if err := os.CopyFS(filepath.Join(env.WorkDir, folder), os.DirFS(filepath.Join("testdata", folder))); err != nil {
					return err
				}
			}
			return nil
		},
		Condition: func(name string) (bool, error) { return name == "root" && os.Getuid() == 0, nil },
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "start": start, "terminate": terminate, "drain": drain, "get": get, "as": as, "signal": send, "crash": crash, "eventually": eventually,
			"pretend": pretend, "sql": sqlRun, "lock": lock, "same-answer": sameAnswer,
			"encode": encode, "repeat": repeat, "holds": holds, "cut": cut,
		},
	})
}

// serverKey finds the servers of a script.
const serverKey = "server"

// servers are those that a script has started, of which it speaks to one at a time.
type servers struct {
	name string
	all  map[string]*server
}

// server is a testedon serve that a script has started.
type server struct {
	cmd            *exec.Cmd
	stdout, stderr bytes.Buffer
	read           chan struct{} // closed when stdout has been read to its end
	url            string
}

func current(ts *testscript.TestScript) *server {
	s := ts.Value(serverKey).(*servers)
	if s.all[s.name] == nil {
		s.all[s.name] = new(server)
	}
	return s.all[s.name]
}

// as NAME speaks to the server of that name from now on; start gives it one.
func as(ts *testscript.TestScript, _ bool, args []string) {
	ts.Value(serverKey).(*servers).name = args[0]
	if url := current(ts).url; url != "" {
		ts.Setenv("SERVER", url)
		ts.Setenv("HOSTPORT", strings.TrimPrefix(url, "http://"))
	}
}

// exits CODE COMMAND runs a command and holds its exit code against CODE.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var ended *exec.ExitError
		if !errors.As(err, &ended) {
			ts.Fatalf("%v", err)
		}
		got = ended.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// start FLAGS serves on a free port, or on that of --listen, without a drain unless they say so, and sets $SERVER and $HOSTPORT once it answers.
func start(ts *testscript.TestScript, _ bool, args []string) {
	s := current(ts)
	*s = server{read: make(chan struct{})}
	s.cmd = exec.Command("testedon", append([]string{"serve", "--drain", "0"}, args...)...)
	if !slices.Contains(args, "--listen") {
		s.cmd.Args = append(s.cmd.Args, "--listen", "127.0.0.1:0")
	}
	s.cmd.Dir = ts.MkAbs(".")
	s.cmd.Env = append(os.Environ(), "TODAY="+ts.Getenv("TODAY"))
	s.cmd.Stderr = &s.stderr
	out, err := s.cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(s.cmd.Start())
	cmd := s.cmd
	ts.Defer(func() { cmd.Process.Kill(); cmd.Wait() })
	lines := bufio.NewReader(out)
	first, err := lines.ReadString('\n')
	if err != nil {
		s.cmd.Wait()
		ts.Fatalf("the server did not start: %s", s.stderr.String())
	}
	s.stdout.WriteString(first)
	s.url = strings.Fields(first)[3] // after "TestedOn answers at"
	ts.Setenv("SERVER", s.url)
	ts.Setenv("HOSTPORT", strings.TrimPrefix(s.url, "http://"))
	go func() { io.Copy(&s.stdout, lines); close(s.read) }()
}

// terminate sends SIGTERM to the server, which must end with code 0. Its streams
// are those of the command.
func terminate(ts *testscript.TestScript, _ bool, _ []string) {
	s := current(ts)
	ts.Check(s.cmd.Process.Signal(syscall.SIGTERM))
	s.finish(ts)
}

// send HUP sends that signal to the server.
func send(ts *testscript.TestScript, _ bool, args []string) {
	signals := map[string]os.Signal{"HUP": syscall.SIGHUP}
	ts.Check(current(ts).cmd.Process.Signal(signals[args[0]]))
}

// crash ends the server at once, as a power cut does.
func crash(ts *testscript.TestScript, _ bool, _ []string) {
	s := current(ts)
	ts.Check(s.cmd.Process.Kill())
	<-s.read
	s.cmd.Wait()
	fmt.Fprint(ts.Stderr(), s.stderr.String())
}

// cut FILE TO SIZE copies that many bytes of a file.
func cut(ts *testscript.TestScript, _ bool, args []string) {
	size, err := strconv.Atoi(args[2])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(ts.ReadFile(args[0])[:size]), 0o600))
}

// eventually PATH PATTERN asks the server until its answer matches.
func eventually(ts *testscript.TestScript, _ bool, args []string) {
	wanted := regexp.MustCompile(args[1])
	for end := time.Now().Add(time.Minute); ; <-time.After(10 * time.Millisecond) {
		text := answered(ts, args[0])
		if wanted.MatchString(text) {
			return
		}
		if time.Now().After(end) {
			ts.Fatalf("%s goes on answering %s", args[0], text)
		}
	}
}

// finish waits until the server has ended.
func (s *server) finish(ts *testscript.TestScript) {
	<-s.read
	if err := s.cmd.Wait(); err != nil {
		ts.Fatalf("the server ended with %v: %s", err, s.stderr.String())
	}
	fmt.Fprint(ts.Stdout(), s.stdout.String())
	fmt.Fprint(ts.Stderr(), s.stderr.String())
}

// drain sends SIGTERM while a request runs: its head is with a handler, its body
// on the way. Nothing new is taken, the request is answered, the server ends.
func drain(ts *testscript.TestScript, _ bool, _ []string) {
	const body = `{"product": "mi", "release": "4.4.0", "environment": {"os": "RHEL 9"}}`
	s := current(ts)
	host := strings.TrimPrefix(ts.Getenv("SERVER"), "http://")
	c, err := net.Dial("tcp", host)
	ts.Check(err)
	defer c.Close()
	fmt.Fprintf(c, "POST /v1/check HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\n"+
		"Content-Length: %d\r\nExpect: 100-continue\r\n\r\n", host, len(body))
	in := bufio.NewReader(c)
	line, err := in.ReadString('\n') // comes when the handler begins to read
	ts.Check(err)
	if !strings.Contains(line, "100 Continue") {
		ts.Fatalf("unexpected %q", line)
	}
	in.ReadString('\n')
	ts.Check(s.cmd.Process.Signal(syscall.SIGTERM))
	for refused := false; !refused; { // until the server has taken note
		probe, err := net.Dial("tcp", host)
		if refused = err != nil; !refused {
			probe.Close()
		}
	}
	io.WriteString(c, body)
	response, err := http.ReadResponse(in, nil)
	ts.Check(err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	ts.Check(err)
	fmt.Fprintf(ts.Stdout(), "%s\n%s", response.Status, text)
	s.finish(ts)
}

// get PATH prints status and body of what the server has there.
func get(ts *testscript.TestScript, _ bool, args []string) {
	fmt.Fprint(ts.Stdout(), answered(ts, args[0]))
}

func answered(ts *testscript.TestScript, path string) string {
	response, err := http.Get(ts.Getenv("SERVER") + path)
	ts.Check(err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	ts.Check(err)
	return fmt.Sprintf("%s\n%s", response.Status, body)
}

// holds FILE PART makes sure that a text holds another one, byte by byte.
func holds(ts *testscript.TestScript, _ bool, args []string) {
	part := strings.TrimSpace(ts.ReadFile(args[1]))
	if part == "" || !strings.Contains(ts.ReadFile(args[0]), part) {
		ts.Fatalf("%s does not hold %s", args[0], args[1])
	}
}

// pretend STATUS BODY sets $SERVER and $HOSTPORT to one that always answers so; the status
// "silent" never answers.
func pretend(ts *testscript.TestScript, _ bool, args []string) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ctx, cancel := context.WithCancel(context.Background())
	fake := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if status, err := strconv.Atoi(args[0]); err == nil {
			w.Header().Set("Location", r.URL.Path) // where it is a redirect
			w.WriteHeader(status)
			io.WriteString(w, args[1])
			return
		}
		io.Copy(io.Discard, r.Body)
		<-ctx.Done()
	})}
	go fake.Serve(listener)
	ts.Defer(func() { cancel(); fake.Close() })
	ts.Setenv("HOSTPORT", listener.Addr().String())
	ts.Setenv("SERVER", "http://"+listener.Addr().String())
}

// sql FILE STATEMENT runs a statement on a database.
func sqlRun(ts *testscript.TestScript, _ bool, args []string) {
	db, err := sql.Open("sqlite3", ts.MkAbs(args[0]))
	ts.Check(err)
	defer db.Close()
	_, err = db.Exec(args[1])
	ts.Check(err)
}

// lock FILE keeps the database from being written until the script ends.
func lock(ts *testscript.TestScript, _ bool, args []string) {
	db, err := sql.Open("sqlite3", ts.MkAbs(args[0])+"?_txlock=exclusive")
	ts.Check(err)
	tx, err := db.Begin()
	ts.Check(err)
	ts.Defer(func() { tx.Rollback(); db.Close() })
}

// same-answer FILE FILE holds two answers against each other, byte by byte.
func sameAnswer(ts *testscript.TestScript, _ bool, args []string) {
	var texts [2]string
	for i, name := range args {
		texts[i] = ts.ReadFile(name)
		if !strings.Contains(texts[i], `"revision":`) {
			ts.Fatalf("%s is no answer", name)
		}
	}
	if texts[0] != texts[1] {
		ts.Fatalf("the answers differ:\n%s\n%s", texts[0], texts[1])
	}
}
