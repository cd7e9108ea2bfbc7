package doctor

import (
	"context"
	"io"
	"net"
	"os"
	"runtime"

	"github.com/testedon/testedon/detect"
	"github.com/testedon/testedon/message"
)

// Machine is what is examined.
type Machine interface {
	// System names the operating system as runtime.GOOS does.
	System() string
	// Getenv gives a variable of the environment, empty where it is not set.
	Getenv(name string) string
	// ReadFile gives the beginning of a file, as much as is read of one text. The
	// error is an fs.ErrNotExist where there is no such file.
	ReadFile(name string) (string, error)
	// ReadDir gives the names of what is in a folder, sorted.
	ReadDir(name string) ([]string, error)
	// Folder is the working directory.
	Folder() (string, error)
	// Run gives what a program prints, to both of its streams, as much as is read
	// of one text. The error is an fs.ErrNotExist or an exec.ErrNotFound where
	// there is no such program, and that of ctx where it was ended by it.
	Run(ctx context.Context, name string, args ...string) (string, error)
	// Dial connects to a server.
	Dial(ctx context.Context, network, address string) (net.Conn, error)
}

// Here is the machine the program runs on.
func Here() Machine { return here{} }

type here struct{}

func (here) System() string { return runtime.GOOS }

func (here) Getenv(name string) string { return os.Getenv(name) }

func (here) Folder() (string, error) { return os.Getwd() }

func (here) ReadDir(name string) ([]string, error) {
	entries, err := os.ReadDir(name)
	names := make([]string, len(entries))
	for i, entry := range entries {
		names[i] = entry.Name()
	}
	return names, err
}

// ReadFile reads regular files only: others may never end, or never begin.
func (here) ReadFile(name string) (string, error) {
	info, err := os.Stat(name)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", message.Of("doctor.file.irregular")
	}
	file, err := os.Open(name) //nolint:gosec // the name is of this package, or the operator's own
	if err != nil {
		return "", err
	}
	defer file.Close() //nolint:errcheck // it was only read
	text, err := io.ReadAll(io.LimitReader(file, detect.MaxText))
	return string(text), err
}

func (here) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	var dialer net.Dialer
	return dialer.DialContext(ctx, network, address)
}
