package wire_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/message"
)

// TestETags: a client that has an answer is not sent it again, whether it was compressed
// or not, and is told the tag that it keeps.
func TestETags(t *testing.T) {
	const tag = `"of-cbf29ce484222325"`
	zipped := tag[:len(tag)-1] + `-gzip"`
	if got := wire.NewFingerprint.Tag("of"); got != tag {
		t.Fatalf("the tag is %s", got)
	}
	for _, c := range []struct {
		name, method, asked string
		status              int
		tag                 string
	}{
		{name: "a new client", method: http.MethodGet, status: 200, tag: tag},
		{name: "the answer", method: http.MethodGet, asked: tag, status: 304, tag: tag},
		{name: "the answer for HEAD", method: http.MethodHead, asked: tag, status: 304, tag: tag},
		{name: "the answer for POST", method: http.MethodPost, asked: tag, status: 200, tag: tag},
		{name: "a weak tag", method: http.MethodGet, asked: "W/" + tag, status: 304, tag: tag},
		{name: "whatever there is", method: http.MethodGet, asked: "*", status: 304, tag: tag},
		{name: "one of several", method: http.MethodGet, asked: `"x", ` + tag, status: 304, tag: tag},
		{name: "another answer", method: http.MethodGet, asked: `"of-0000000000000000"`, status: 200, tag: tag},
		{name: "the answer compressed", method: http.MethodGet, asked: zipped, status: 304, tag: zipped},
		{name: "another answer compressed", method: http.MethodGet, asked: `"x-gzip"`, status: 200, tag: tag},
		{name: "the answer, and another one compressed", method: http.MethodGet, asked: `"x-gzip", ` + tag, status: 304, tag: tag},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := echo.New()
			e.Use(wire.PlainTags)
			e.Any("/", func(c echo.Context) error {
				if wire.Fresh(c, tag, wire.TypeJSON) {
					return nil
				}
				return wire.JSON("new").Send(c)
			})
			request := httptest.NewRequest(c.method, "/", nil)
			if c.asked != "" {
				request.Header.Set("If-None-Match", c.asked)
			}
			got := httptest.NewRecorder()
			e.ServeHTTP(got, request)
			if got.Code != c.status || got.Header().Get("Etag") != c.tag || (got.Body.Len() > 0) != (c.status == 200) {
				t.Errorf("%d %q %q", got.Code, got.Header().Get("Etag"), got.Body)
			}
		})
	}
	if a, b := wire.NewFingerprint.Add("ab").Add("c"), wire.NewFingerprint.Add("a").Add("bc"); a == b {
		t.Error("parts run into each other")
	}
}

// TestFiles sends what is written, in each way, and what cannot be written is an error.
func TestFiles(t *testing.T) {
	fault := errors.New("broken")
	for _, c := range []struct {
		name, method string
		file         *wire.File
		body         string
		err          error
	}{
		{name: "a value", method: http.MethodGet, file: wire.JSON([]string{"<a>"}), body: "[\"<a>\"]\n"},
		{name: "a stream", method: http.MethodGet, file: streamed("text"), body: "text"},
		{name: "the head of a stream", method: http.MethodHead, file: streamed("text")},
		{name: "a fault", method: http.MethodGet, file: &wire.File{Media: wire.TypeText, Append: func(dst []byte) ([]byte, error) { return dst, fault }}, err: fault},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := httptest.NewRecorder()
			err := c.file.Send(echo.New().NewContext(httptest.NewRequest(c.method, "/", nil), got))
			if !errors.Is(err, c.err) || got.Body.String() != c.body {
				t.Errorf("%v %q", err, got.Body)
			}
			if c.err == nil && got.Header().Get("Content-Type") != c.file.Media[0] {
				t.Errorf("it is %s", got.Header().Get("Content-Type"))
			}
		})
	}
}

// streamed is a file that is sent while it is written.
func streamed(text string) *wire.File {
	return &wire.File{Media: wire.TypeText, Stream: func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}}
}

// TestProblems: a problem says what its error says, in sentences, and where to look.
func TestProblems(t *testing.T) {
	kind := wire.ProblemKind{Type: "/problems/x", Title: "X", Status: 418, Code: "x"}
	for _, c := range []struct {
		name              string
		err               error
		detail, hint, see string
	}{
		{name: "an error", err: &fact.Error{Message: "no box is called ü", Hint: "Ask for b"}, detail: "No box is called ü.", hint: "Ask for b."},
		{name: "a question", err: &fact.Error{Message: "is it", Hint: "did you mean b?"}, detail: "Is it.", hint: "Did you mean b?"},
		{name: "a list", err: &fact.Error{Message: "x", See: "boxes"}, detail: "X.", hint: "/v1/boxes lists them.", see: "/v1/boxes"},
		{name: "a body", err: &fact.Error{Message: "x", Hint: "y", See: wire.SeeBody}, detail: "X.", hint: "Y. See the request body in the contract, /docs.", see: "/docs"},
		{name: "not ready", err: &fact.Error{Message: "x", See: wire.SeeReadiness}, detail: "X.", hint: "/readyz tells when it is.", see: "/readyz"},
		{name: "a fault", err: io.ErrUnexpectedEOF, detail: "Something went wrong on the server.", hint: "Try again. If it stays, report the request id to whoever runs this server."},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := wire.NewProblem(wire.AsError(c.err), kind, "id", message.English)
			if p.Detail != c.detail || p.Hint != c.hint || p.See != c.see || p.Status != 418 || p.RequestID != "id" || p.Candidates == nil {
				t.Errorf("%+v", p)
			}
		})
	}
}

// TestPrefers weighs what a client accepts (RFC 9110, 12.5.1).
func TestPrefers(t *testing.T) {
	for accept, want := range map[string]bool{
		"": false, "text/plain": true, "application/json": false, "*/*": false, "text/*": true, "text/plain, application/json": false,
		"text/plain;q=0.5, application/json;q=0.4": true, "text/plain;q=0.4, application/json;q=0.5": false, "text/plain;q=0": false,
		"text/plain, */*": true, "*/*, application/json;q=0.1": true, "text/plain;q=0, */*": false, "text/plain;q=2": false, "text/plain;q=x, */*;q=0.1": false,
		"nonsense": false, "TEXT/PLAIN": true, "text/plain; charset=utf-8": true, "text/*;q=0.9, text/plain;q=0.1, application/json;q=0.5": false,
	} {
		if got := wire.Prefers(strings.SplitAfter(accept, ";;"), wire.MediaText); got != want {
			t.Errorf("%q: %t", accept, got)
		}
	}
}
