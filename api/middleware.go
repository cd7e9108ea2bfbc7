package api

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

// maxLogged is how many bytes of a path the log repeats.
const maxLogged = 256

// observe gives every request an id, renders its error, and tells the log and
// the metrics how it went. The query is not logged: it tells what someone runs.
func (s *Server) observe(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		began := time.Now()
		c.Response().Header()["X-Request-Id"] = []string{chooseID(c.Request().Header.Get("X-Request-Id"))}
		if err := next(c); err != nil {
			c.Error(err)
		}
		took := time.Since(began)
		s.metrics.observe(c, took)
		s.log(c, took)
		return nil
	}
}

// log writes the line of a request. Probes come all the time and are logged
// for debugging only.
func (s *Server) log(c echo.Context, took time.Duration) {
	request, response := c.Request(), c.Response()
	level := slog.LevelInfo
	if probes[c.Path()] {
		level = slog.LevelDebug
	}
	if !s.options.Logger.Enabled(request.Context(), level) {
		return
	}
	path := request.URL.Path
	s.options.Logger.LogAttrs(request.Context(), level, "request",
		slog.String("id", requestID(c)),
		slog.String("method", request.Method),
		slog.String("route", c.Path()),
		slog.String("path", path[:min(len(path), maxLogged)]),
		slog.Int("status", response.Status),
		slog.Int64("bytes", response.Size),
		slog.Duration("duration", took),
		slog.String("remote", c.RealIP()),
	)
}

// requestID is the id of the request, set before anything else is done.
func requestID(c echo.Context) string { return c.Response().Header().Get("X-Request-Id") }

// chooseID keeps the id that a caller sends, to follow a request through several
// systems, when it is short and fit for a log; otherwise it makes one.
func chooseID(sent string) string {
	const most = 64
	if sent != "" && len(sent) <= most && strings.IndexFunc(sent, unfit) < 0 {
		return sent
	}
	var id [16]byte
	binary.BigEndian.PutUint64(id[:8], rand.Uint64()) //nolint:gosec // an id is told to everybody
	binary.BigEndian.PutUint64(id[8:], rand.Uint64()) //nolint:gosec // an id is told to everybody
	return hex.EncodeToString(id[:])
}

func unfit(r rune) bool {
	letter := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	return !letter && !strings.ContainsRune("-_.:", r)
}

// panicError is a panic of a handler.
type panicError struct {
	value any
	stack []byte
}

func (e *panicError) Error() string { return fmt.Sprintf("panic: %v", e.value) }

// recovered makes an error of a panic, so that it ends one request and not the
// server.
func recovered(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			switch value := recover(); value {
			case nil:
			case http.ErrAbortHandler: // asks net/http to cut the connection
				panic(value)
			default:
				err = asError(&panicError{value, debug.Stack()})
			}
		}()
		return next(c)
	}
}

// The headers that every answer has. A route of pages, which need more, has a policy of
// its own: see under.
var (
	noSniff        = []string{"nosniff"}
	noReferrer     = []string{"no-referrer"}
	contentPolicy  = []string{"default-src 'none'; frame-ancestors 'none'"}
	anyoneMayEmbed = []string{"cross-origin"} // as CORS is open: the facts are public
)

// harden sets what keeps a browser from reading more into an answer than is
// there.
func harden(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		header := c.Response().Header()
		header["X-Content-Type-Options"] = noSniff
		header["Referrer-Policy"] = noReferrer
		header["Content-Security-Policy"] = contentPolicy
		header["Cross-Origin-Resource-Policy"] = anyoneMayEmbed
		return next(c)
	}
}

// under sets the policy of a route before anything is answered: a browser gives a page
// that it keeps the policy that comes with the 304.
func under(policy []string) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			c.Response().Header()["Content-Security-Policy"] = policy
			return next(c)
		}
	}
}
