// Package dbserver starts real database servers in tests. Nothing of it is part of the program.
package dbserver

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// nobody runs the servers where the tests run as root, which servers refuse.
const nobody = 65534

// Server is a database server of a test.
type Server struct {
	Dir  string // its own, with the files of certificates
	Port string
}

// Program finds a program of a database server. Where there is none the test is
// skipped, except in continuous integration; with -short it always is.
func Program(t testing.TB, name, folders string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: starts a database server")
	}
	if path, err := exec.LookPath(name); err == nil {
		return path
	}
	found, err := filepath.Glob(filepath.Join(folders, name))
	if err == nil && len(found) > 0 {
		return found[len(found)-1]
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("no %s here: install it, no database server is started without", name)
	}
	t.Skipf("SKIPPED: no %s here, so no such database is started", name)
	return ""
}

// New makes a folder that a server owns, and finds it a port.
func New(t testing.TB) *Server {
	t.Helper()
	s := &Server{Dir: t.TempDir()}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	s.Port = strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
	for name, text := range certificates(t) {
		s.File(t, name, text)
	}
	s.own(t, s.Dir)
	s.own(t, filepath.Dir(s.Dir)) // which nobody else may enter
	return s
}

// File writes a file of the server and gives its path.
func (s *Server) File(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(s.Dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s.own(t, path)
	return path
}

func (s *Server) own(t testing.TB, path string) {
	t.Helper()
	if os.Getuid() != 0 {
		return
	}
	if err := os.Chown(path, nobody, nobody); err != nil {
		t.Fatal(err)
	}
}

// command is a program that runs as the server's user.
func (s *Server) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = s.Dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "HOME=" + s.Dir}
	if os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	return cmd
}

// Run runs a program to its end.
func (s *Server) Run(t testing.TB, name string, args ...string) {
	t.Helper()
	if out, err := s.command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
}

// Start runs the server until the test ends or stop is called, which sends it a
// signal. It returns when the log says that the server is ready.
func (s *Server) Start(t testing.TB, signal syscall.Signal, ready, name string, args ...string) (stop func()) {
	t.Helper()
	log, err := os.OpenFile(s.log(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	before := len(s.Told())
	cmd := s.command(name, args...)
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { cmd.Wait(); close(ended) }()
	stop = sync.OnceFunc(func() { cmd.Process.Signal(signal); <-ended })
	t.Cleanup(stop)
	for !strings.Contains(s.Told()[before:], ready) {
		select {
		case <-ended:
			t.Fatalf("%s does not start:\n%s", name, s.Told())
		case <-time.After(2 * time.Millisecond):
		}
	}
	return stop
}

func (s *Server) log() string { return filepath.Join(s.Dir, "log") }

// Told is the log until now.
func (s *Server) Told() string {
	text, _ := os.ReadFile(s.log())
	return string(text)
}
