package wire

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/message"
)

// TooLarge reports a body of more than limit bytes.
func TooLarge(limit int64) error {
	e := fact.Refuse("body", "body.large", limit>>10).Coded(fact.CodeTooLarge)
	e.Limit = limit
	return e
}

// badBody reports a body that could not be read, which is never the fault of the
// server: it is too large, too slow, cut short or malformed.
func badBody(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return TooLarge(large.Limit)
	}
	e := fact.Refuse("body", "body.cut")
	if errors.Is(err, os.ErrDeadlineExceeded) {
		e = fact.Refuse("body", "body.slow").Coded(CodeTooSlow)
	}
	e.Cause = err
	return e
}

// How much of a body is dropped that no handler reads. The little, net/http drops by
// itself, before it answers.
const (
	littleDropped = 256 << 10
	mostDropped   = 32 << 20
)

// Linger answers a request whose body nobody reads to its end, such as one that is too
// large, and then reads and drops what still comes, within bounds, of which one is the
// time that a body may take to arrive. Most clients read no answer before they have sent
// everything, and would get a reset in place of it.
func Linger(within time.Duration) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
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
				drop(c, request.Body, within)
			}
			return err
		}
	}
}

// drop sends what is answered and drops the rest of a body.
func drop(c echo.Context, body io.Reader, within time.Duration) {
	connection := http.NewResponseController(c.Response().Writer)
	if connection.Flush() != nil || connection.SetReadDeadline(time.Now().Add(within)) != nil {
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

// ReadTyped reads a body of one of the given media types, within a limit of bytes,
// and tells which type it is.
func ReadTyped(c echo.Context, limit int64, types ...string) (media string, body []byte, err error) {
	request := c.Request()
	media, params, err := mime.ParseMediaType(request.Header.Get("Content-Type"))
	charset := params["charset"]
	if err != nil || !slices.Contains(types, media) || charset != "" && !strings.EqualFold(charset, "utf-8") {
		c.Response().Header()["Accept"] = []string{strings.Join(types, ", ")}
		return "", nil, fact.Refuse("Content-Type", "body.media", Quotable(request.Header.Get("Content-Type")), message.English.Or(types)).Coded(CodeUnsupportedMedia)
	}
	if coding := request.Header.Get("Content-Encoding"); coding != "" && coding != "identity" {
		c.Response().Header()["Accept-Encoding"] = []string{"identity"}
		return "", nil, fact.Refuse("Content-Encoding", "body.coding", Quotable(coding)).Coded(CodeUnsupportedMedia)
	}
	if request.ContentLength > limit { // which is answered before a client that asks first sends anything
		return "", nil, TooLarge(limit)
	}
	body, err = io.ReadAll(http.MaxBytesReader(c.Response(), request.Body, limit))
	if err != nil {
		return "", nil, badBody(err)
	}
	return media, body, nil
}
