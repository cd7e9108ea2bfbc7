package wire

import (
	"bufio"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"
)

// File is an answer that is written when it is known that the client needs it.
type File struct {
	Media  []string // its type, ready to be set as a header
	Append func(dst []byte) ([]byte, error)
	// Stream writes it in place of append, where it may be too long to be kept in
	// memory. It can fail only where the client has gone.
	Stream func(io.Writer) error
	// Asked is the question that it answers, where other queries ask the same; empty
	// where it is the query itself.
	Asked string
}

// Written is an answer that cannot fail.
func Written(media []string, append func(dst []byte) []byte) *File {
	return &File{Media: media, Append: func(dst []byte) ([]byte, error) { return append(dst), nil }}
}

// JSON is a value as an answer.
func JSON(value any) *File {
	return Written(TypeJSON, func(dst []byte) []byte { return AppendJSON(dst, value) })
}

// Send sends the file. The error is that of writing it; then nothing is sent.
func (f *File) Send(c echo.Context) error {
	if f.Stream != nil {
		f.flow(c)
		return nil
	}
	b := Buffer()
	defer Keep(b)
	text, err := f.Append((*b)[:0])
	if *b = text; err != nil {
		return err
	}
	Send(c, http.StatusOK, f.Media, text)
	return nil
}

// flow sends the file while it is written.
func (f *File) flow(c echo.Context) {
	response := c.Response()
	SetType(response.Header(), f.Media)
	response.WriteHeader(http.StatusOK)
	if c.Request().Method == http.MethodHead {
		return
	}
	const size = 32 << 10
	out := bufio.NewWriterSize(response, size)
	if f.Stream(out) == nil {
		_ = out.Flush()
	}
}
