package wire

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"net/http"
	"runtime/debug"
	"strings"

	"github.com/labstack/echo/v4"
)

// What handlers are made of, for whoever does not know echo.
type (
	// Context is a request and what answers it.
	Context = echo.Context
	// Handler answers a request.
	Handler = echo.HandlerFunc
	// Middleware makes a handler of another one.
	Middleware = echo.MiddlewareFunc
)

// RequestIDKey is the header of the id of a request.
const RequestIDKey = "X-Request-Id"

// RequestID is the id of the request, set before anything else is done.
func RequestID(c echo.Context) string { return c.Response().Header().Get(RequestIDKey) }

// ChooseID keeps the id that a caller sends, to follow a request through several
// systems, when it is short and fit for a log; otherwise it makes one.
func ChooseID(sent string) string {
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

// PanicError is a panic of a handler.
type PanicError struct {
	value any
	Stack []byte
}

func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v", e.value) }

// Recovered makes an error of a panic, so that it ends one request and not the
// server.
func Recovered(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			switch value := recover(); value {
			case nil:
			case http.ErrAbortHandler: // asks net/http to cut the connection
				panic(value)
			default:
				err = AsError(&PanicError{value, debug.Stack()})
			}
		}()
		return next(c)
	}
}

// The headers that answers have: those of JSON but the last two, which do nothing for it. A route
// of pages, which need more, has a policy of its own: see [Under].
var (
	noSniff        = []string{"nosniff"}
	ContentPolicy  = []string{"default-src 'none'; frame-ancestors 'none'"}
	noReferrer     = []string{"no-referrer"}
	anyoneMayEmbed = []string{"cross-origin"} // as CORS is open: the facts are public
)

// Harden sets what keeps a browser from reading more into an answer than is
// there.
func Harden(header http.Header) {
	header["X-Content-Type-Options"] = noSniff
	header["Content-Security-Policy"] = ContentPolicy
	header["Referrer-Policy"] = noReferrer
	header["Cross-Origin-Resource-Policy"] = anyoneMayEmbed
}

// SetType sets the type of an answer. Of JSON it takes away what [Harden] set for nothing: no
// link leads from it, as it is shown as text, and a page of another origin can load it only by
// the rules of CORS.
func SetType(header http.Header, media []string) {
	header["Content-Type"] = media
	switch media[0] {
	case MediaJSON, MediaLines, mediaProblem:
		delete(header, "Referrer-Policy")
		delete(header, "Cross-Origin-Resource-Policy")
	}
}

// Under sets the policy of a route before anything is answered: a browser gives a page
// that it keeps the policy that comes with the 304.
func Under(policy []string) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			c.Response().Header()["Content-Security-Policy"] = policy
			return next(c)
		}
	}
}
