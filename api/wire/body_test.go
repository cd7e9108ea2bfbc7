package wire_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
)

// readTyped reads a body of JSON or lines, of at most ten bytes.
func readTyped(body io.Reader, length int64, headers ...string) (string, []byte, error) {
	request := httptest.NewRequest(http.MethodPost, "/", body)
	request.ContentLength = length
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	return wire.ReadTyped(echo.New().NewContext(request, httptest.NewRecorder()), 10, wire.MediaJSON, wire.MediaLines)
}

func TestReadTyped(t *testing.T) {
	for _, c := range []struct {
		kind, coding, body string
		media              string // empty where it cannot be read
		code               fact.Code
		field              string
	}{
		{kind: "application/json", body: "{}", media: wire.MediaJSON},
		{kind: "Application/JSON; charset=UTF-8", coding: "identity", body: "0123456789", media: wire.MediaJSON},
		{kind: "application/x-ndjson", body: "", media: wire.MediaLines},
		{kind: "", body: "{}", code: wire.CodeUnsupportedMedia, field: "Content-Type"},
		{kind: "text/plain", body: "{}", code: wire.CodeUnsupportedMedia, field: "Content-Type"},
		{kind: "application/json; charset=latin1", body: "{}", code: wire.CodeUnsupportedMedia, field: "Content-Type"},
		{kind: "application/json", coding: "gzip", body: "{}", code: wire.CodeUnsupportedMedia, field: "Content-Encoding"},
		{kind: "application/json", body: "0123456789x", code: fact.CodeTooLarge, field: "body"},
	} {
		for _, length := range []int64{int64(len(c.body)), -1} {
			media, body, err := readTyped(strings.NewReader(c.body), length, "Content-Type", c.kind, "Content-Encoding", c.coding)
			e, _ := errors.AsType[*fact.Error](err)
			switch {
			case c.media != "" && (err != nil || media != c.media || string(body) != c.body):
				t.Errorf("%+v: %v, %s, %q", c, err, media, body)
			case c.media == "" && (e == nil || e.Code != c.code || e.Field != c.field || e.Hint == ""):
				t.Errorf("%+v: %+v", c, e)
			case e != nil && c.code == fact.CodeTooLarge && e.Limit != 10:
				t.Errorf("%+v: limit %d", c, e.Limit)
			}
		}
	}
	_, _, err := readTyped(io.MultiReader(strings.NewReader("{"), errReader{}), -1, "Content-Type", "application/json")
	if e, ok := errors.AsType[*fact.Error](err); !ok || e.Code != fact.CodeInvalid || e.Field != "body" || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a body that breaks off: %v", err)
	}
}

type errReader struct{}

func (errReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// TestLinger: a body that no handler reads is read to its end, so that its sender gets to
// the answer, and the connection is closed after it.
func TestLinger(t *testing.T) {
	e := echo.New()
	e.Use(wire.Linger(time.Minute))
	e.POST("/", func(c echo.Context) error { return c.String(http.StatusTeapot, "no") })
	server := httptest.NewServer(e)
	defer server.Close()
	response, err := http.Post(server.URL, "text/plain", strings.NewReader(strings.Repeat(" ", 5<<20)))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusTeapot || !response.Close {
		t.Errorf("status %d, closed %v", response.StatusCode, response.Close)
	}
}
