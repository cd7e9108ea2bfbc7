package wire

import (
	"io"
	"net"
	"net/http"
)

// littleBody is the largest body that net/http writes at once with what is before it: its
// buffer has 4 KB, of which the headers take some 700 bytes.
const littleBody = 3 << 10

// sendWhole writes a body, the length of which the headers tell, in one system call together
// with the headers. net/http takes two for what its buffer does not hold: at 4.7 KB the
// second is a sixth of what an answer costs.
//
// It hands the body to net/http as a file: that writes the headers and the first 512 bytes,
// which the connection holds back, and leaves the rest to the connection. It gives the number
// of bytes that were written.
func sendWhole(w http.ResponseWriter, r *http.Request, body []byte) int64 {
	on, connected := r.Context().Value(connectionKey{}).(*connection)
	to, takesFiles := w.(io.ReaderFrom)
	if !connected || !takesFiles || len(body) <= littleBody {
		n, _ := w.Write(body)
		return int64(n)
	}
	on.rest, on.holds = body, true
	n, _ := to.ReadFrom((*held)(on))
	on.release()
	return n
}

// SendAgain sends an answer whose headers are set, to a request that no [Limits] count.
func SendAgain(w http.ResponseWriter, r *http.Request, body []byte) {
	if on, connected := r.Context().Value(connectionKey{}).(*connection); connected {
		defer on.state.Store(answered)
	}
	w.WriteHeader(http.StatusOK)
	sendWhole(w, r, body)
}

// held reads what of a body is not written yet.
type held connection

func (h *held) Read(p []byte) (int, error) {
	if len(h.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(p, h.rest)
	h.rest = h.rest[n:]
	return n, nil
}

// Write writes, or holds back what the rest of a body follows.
func (c *connection) Write(p []byte) (int, error) {
	if c.holds {
		c.before = append(c.before, p...)
		return len(p), nil
	}
	return c.Conn.Write(p)
}

// ReadFrom writes what was held back and the rest of a body at once, and anything else as
// the connection does.
func (c *connection) ReadFrom(from io.Reader) (int64, error) {
	if from != (*held)(c) {
		return io.Copy(c.Conn, from)
	}
	c.holds = false
	parts := net.Buffers{c.before, c.rest}
	before := int64(len(c.before))
	written, err := parts.WriteTo(c.Conn)
	c.before, c.rest = c.before[:0], nil
	return max(0, written-before), err
}

// release writes what was held back where no rest followed: net/http had nothing to hand on,
// as the client has gone or the request is of HEAD.
func (c *connection) release() {
	c.holds, c.rest = false, nil
	if len(c.before) > 0 {
		_, _ = c.Conn.Write(c.before)
		c.before = c.before[:0]
	}
}
