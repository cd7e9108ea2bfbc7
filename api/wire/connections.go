package wire

import (
	"container/list"
	"context"
	"net"
	"sync"
	"sync/atomic"
)

// Connections are those of a listener, never more than so many. For one more, that which
// has waited longest is closed. Of those on which a request is answered that [Limits] count
// none is, so the listener always takes new ones, as long as fewer requests are let in.
type Connections struct {
	net.Listener
	Closed atomic.Uint64 // for others
	most   int

	mu   sync.Mutex
	open list.List // of *connection; who waits longest is in front, or was passed over once
}

// NewConnections makes those of a listener that is not there yet.
func NewConnections(most int) *Connections { return &Connections{most: most} }

// Of are the connections of a listener.
func (b *Connections) Of(l net.Listener) *Connections {
	b.Listener = l
	return b
}

// Open is how many there are.
func (b *Connections) Open() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.open.Len()
}

// Accept takes a connection.
func (b *Connections) Accept() (net.Conn, error) {
	accepted, err := b.Listener.Accept()
	if err != nil {
		return nil, err
	}
	c := &connection{Conn: accepted, of: b}
	var idle *connection
	b.mu.Lock()
	if b.open.Len() >= b.most {
		idle = b.idle()
	}
	c.place = b.open.PushBack(c)
	b.mu.Unlock()
	if idle != nil {
		b.Closed.Add(1)
		_ = idle.Close() // it may be closed already
	}
	return c, nil
}

// idle finds the connection that has waited longest: one on which nothing was answered
// since it came or was passed over. There is none where all are being answered.
func (b *Connections) idle() *connection {
	for range 2 * b.open.Len() {
		first := b.open.Front()
		c := first.Value.(*connection)
		if c.state.Load() == waiting {
			return c
		}
		c.state.CompareAndSwap(answered, waiting)
		b.open.MoveToBack(first)
	}
	return nil
}

// connection is one of a listener.
type connection struct {
	net.Conn
	of    *Connections
	place *list.Element
	state atomic.Int32

	// What [sendWhole] writes: whether writes are held back, those that were, and what of the
	// body is to follow.
	holds        bool
	before, rest []byte
}

// The states of a connection.
const (
	waiting   int32 = iota // since it came or was passed over
	answering              // a request that is counted
	answered               // one since it was passed over
)

// Close closes the connection.
func (c *connection) Close() error {
	c.of.mu.Lock()
	c.of.open.Remove(c.place)
	c.of.mu.Unlock()
	return c.Conn.Close()
}

// CloseWrite lets the server read on when it has answered.
func (c *connection) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

type connectionKey struct{}

// WithConnection tells the requests of a connection which it is: the ConnContext of an
// [net/http.Server].
func WithConnection(ctx context.Context, c net.Conn) context.Context {
	return context.WithValue(ctx, connectionKey{}, c)
}
