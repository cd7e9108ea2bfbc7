package api

import (
	"bufio"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"
)

// file is an answer that is written when it is known that the client needs it.
type file struct {
	media  []string // its type, ready to be set as a header
	append func(dst []byte) ([]byte, error)
	// stream writes it in place of append, where it may be too long to be kept in
	// memory. It can fail only where the client has gone.
	stream func(io.Writer) error
	// asked is the question that it answers, where other queries ask the same; empty
	// where it is the query itself.
	asked string
}

// fileOf gives an answer as one that is written: as JSON, unless it writes itself.
func fileOf(value any) file {
	switch value := value.(type) {
	case file:
		return value
	case written:
		return file{media: value.media, append: func(dst []byte) ([]byte, error) { return value.append(dst), nil }}
	}
	return file{media: typeJSON, append: func(dst []byte) ([]byte, error) { return appendJSON(dst, value), nil }}
}

// send sends the file. The error is that of writing it; then nothing is sent.
func (f file) send(c echo.Context) error {
	if f.stream != nil {
		f.flow(c)
		return nil
	}
	b := getBuffer()
	defer keep(b)
	text, err := f.append((*b)[:0])
	if *b = text; err != nil {
		return err
	}
	send(c, http.StatusOK, f.media, text)
	return nil
}

// flow sends the file while it is written.
func (f file) flow(c echo.Context) {
	response := c.Response()
	response.Header()["Content-Type"] = f.media
	response.WriteHeader(http.StatusOK)
	if c.Request().Method == http.MethodHead {
		return
	}
	const size = 32 << 10
	out := bufio.NewWriterSize(response, size)
	if f.stream(out) == nil {
		_ = out.Flush()
	}
}
