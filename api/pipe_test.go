package api_test

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"testing"

	"github.com/testedon/testedon/api"
)

// pipes is a listener whose connections keep nothing: what one side writes waits
// until the other has read it.
type pipes struct {
	dialled chan net.Conn
	closed  context.Context
	close   context.CancelFunc
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.dialled:
		return c, nil
	case <-p.closed.Done():
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error { p.close(); return nil }

func (p *pipes) Addr() net.Addr { return &net.TCPAddr{} }

func (p *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	here, there := net.Pipe()
	select {
	case p.dialled <- there:
		return here, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// servePipe runs a server over [pipes] until the test ends.
func servePipe(t *testing.T, o api.Options) *client {
	t.Helper()
	server, err := api.New(o)
	if err != nil {
		t.Fatal(err)
	}
	listener := &pipes{dialled: make(chan net.Conn)}
	listener.closed, listener.close = context.WithCancel(context.Background())
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- server.Serve(ctx, listener) }()
	transport := &http.Transport{DialContext: listener.dial, DisableCompression: true}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		stop()
		if err := <-done; err != nil {
			t.Errorf("serve: %v", err)
		}
	})
	return &client{t: t, base: "http://pipe", http: &http.Client{Transport: transport}, free: true}
}

// signalling is a log that says when its first line is written, which is when a
// request is over.
func signalling(to io.Writer, written chan struct{}) *slog.Logger {
	return slog.New(slog.NewJSONHandler(&signal{to: to, written: written}, nil))
}

type signal struct {
	to      io.Writer
	written chan struct{}
}

func (s *signal) Write(p []byte) (int, error) {
	n, err := s.to.Write(p)
	close(s.written)
	return n, err
}
