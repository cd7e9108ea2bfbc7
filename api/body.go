package api

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/testedon/testedon/compat/fact"
)

// tooLarge reports a body of more than limit bytes.
func tooLarge(limit int64) error {
	return &fact.Error{Code: fact.CodeTooLarge, Field: "body", Message: "The body is too large", Limit: limit,
		Hint: fmt.Sprintf("Send at most %d KiB in one request.", limit>>10)}
}

// badBody reports a body that could not be read, which is never the fault of the
// server: it is too large, too slow, cut short or malformed.
func badBody(err error) error {
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return tooLarge(large.Limit)
	case errors.Is(err, os.ErrDeadlineExceeded):
		return &fact.Error{Code: codeTooSlow, Field: "body", Message: "The body did not arrive in time", Cause: err,
			Hint: "Send the request again on a new connection."}
	}
	return &fact.Error{Code: fact.CodeInvalid, Field: "body", Message: "The body is cut short or malformed", Cause: err,
		Hint: "Send all of it, with Content-Length or in chunks as HTTP/1.1 has them."}
}

// How much of a body is dropped that no handler reads. The little, net/http drops by
// itself, before it answers.
const (
	littleDropped = 256 << 10
	mostDropped   = 32 << 20
)

// linger answers a request whose body nobody reads to its end, such as one that is too
// large, and then reads and drops what still comes, within bounds. Most clients read no
// answer before they have sent everything, and would get a reset in place of it.
func (s *Server) linger(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		request := c.Request()
		if size := request.ContentLength; size >= 0 && size <= littleDropped {
			return next(c)
		}
		body := &watched{ReadCloser: request.Body}
		c.SetRequest(request.WithContext(request.Context()))
		c.Request().Body = body
		c.Response().Before(func() {
			if !body.ended {
				c.Response().Header().Set("Connection", "close") // as there is no telling where the next request begins
			}
		})
		err := next(c)
		if waits := !body.begun && strings.EqualFold(request.Header.Get("Expect"), "100-continue"); !body.ended && !waits {
			s.drop(c, request.Body)
		}
		return err
	}
}

// drop sends what is answered and drops the rest of a body, for as long as a body may
// take to arrive.
func (s *Server) drop(c echo.Context, body io.Reader) {
	connection := http.NewResponseController(c.Response().Writer)
	if connection.Flush() != nil || connection.SetReadDeadline(time.Now().Add(s.options.ReadTimeout)) != nil {
		return // there is no connection
	}
	_, _ = io.CopyN(io.Discard, body, mostDropped)
}

// watched is a body that knows how far it was read.
type watched struct {
	io.ReadCloser
	begun, ended bool
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.ReadCloser.Read(p)
	w.begun, w.ended = true, w.ended || err != nil
	return n, err
}
