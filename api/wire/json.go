package wire

import (
	"encoding/json"
	"net/http"
	"strconv"
	"sync"
	"unicode/utf8"

	"github.com/labstack/echo/v4"
)

// The media types that are read as well as written.
const (
	MediaJSON  = "application/json"
	MediaLines = "application/x-ndjson" // a JSON value on each line
	MediaCSV   = "text/csv"
	MediaText  = "text/plain"
	MediaForm  = "multipart/form-data"

	mediaProblem = "application/problem+json" // which is written only
)

// The media types of the answers, ready to be set as header values.
var (
	TypeJSON    = []string{MediaJSON}
	TypeLines   = []string{MediaLines}
	TypeCSV     = []string{MediaCSV + "; charset=utf-8"}
	TypeText    = []string{MediaText + "; charset=utf-8"}
	TypeProblem = []string{mediaProblem}
)

// verbatim marks the bytes that stand for themselves within a JSON string.
var verbatim = func() (table [256]bool) {
	for b := byte(' '); b < utf8.RuneSelf; b++ {
		table[b] = b != '"' && b != '\\'
	}
	return table
}()

// plainRun gives the end of the plain bytes of s from i on. It looks at eight
// at a time: in a word, a byte has its highest bit set in one of the terms below
// if it is beyond ASCII, a control character, a quotation mark or a backslash.
// A byte may be taken for one of these after one that is; the table decides.
func plainRun[T string | []byte](s T, i int) int {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	for ; i+8 <= len(s); i += 8 {
		b := s[i : i+8]
		w := uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
			uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
		quote, slash := w^ones*'"', w^ones*'\\'
		if (w|(w-ones*' ')|(quote-ones)|(slash-ones))&tops != 0 {
			break
		}
	}
	for i < len(s) && verbatim[s[i]] {
		i++
	}
	return i
}

// AppendString appends s as a JSON string, byte for byte what encoding/json
// writes when it does not escape HTML: answers are never read as HTML, and a
// range such as ">17.2 <18" stays readable.
func AppendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	return append(EscapeTail(append(dst, s...), len(dst)), '"')
}

// mustEscape reports whether a rune that is not plain is escaped: the others
// are those beyond ASCII. The two separators end a line in JavaScript, and a
// replacement of one byte stands for broken UTF-8.
func mustEscape(r rune, size int) bool {
	return r < utf8.RuneSelf || r == '\u2028' || r == '\u2029' || r == utf8.RuneError && size == 1
}

// EscapeTail escapes what was appended to dst since start. It lets text be
// written in place, as nearly none needs an escape.
func EscapeTail(dst []byte, start int) []byte {
	for i := plainRun(dst, start); i < len(dst); i = plainRun(dst, i) {
		r, size := utf8.DecodeRune(dst[i:])
		if mustEscape(r, size) {
			quoted := AppendValue(nil, string(dst[i:]))
			return append(dst[:i], quoted[1:len(quoted)-1]...)
		}
		i += size
	}
	return dst
}

// buffers keeps the memory in which answers are rendered. A buffer that grew
// beyond maxKept bytes is left to the garbage collector.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

const maxKept = 64 << 10

// Buffer gives the memory for an answer; whoever has it gives it to [Keep] in the end.
func Buffer() *[]byte { return buffers.Get().(*[]byte) }

// Keep takes a buffer back.
func Keep(b *[]byte) {
	if cap(*b) <= maxKept {
		buffers.Put(b)
	}
}

// Writer appends what an encoder writes.
type Writer struct{ To *[]byte }

func (w Writer) Write(p []byte) (int, error) {
	*w.To = append(*w.To, p...)
	return len(p), nil
}

// AppendJSON appends value as JSON and a line break. It is for the types of
// this package, which can always be written.
func AppendJSON(dst []byte, value any) []byte {
	encoder := json.NewEncoder(Writer{&dst})
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(err)
	}
	return dst
}

// AppendValue appends value as JSON, without a line break.
func AppendValue(dst []byte, value any) []byte {
	dst = AppendJSON(dst, value)
	return dst[:len(dst)-1]
}

// AppendNumber appends a whole number; key is all that stands between it and what
// is before.
func AppendNumber(dst []byte, key string, n int) []byte {
	return strconv.AppendInt(append(dst, key...), int64(n), 10)
}

// Send sends a whole answer. A client that went away meanwhile is no fault of
// ours, so a failed write says nothing.
func Send(c echo.Context, status int, mediaType []string, body []byte) {
	header := c.Response().Header()
	SetType(header, mediaType)
	header["Content-Length"] = []string{strconv.Itoa(len(body))}
	c.Response().WriteHeader(status)
	if c.Request().Method != http.MethodHead {
		response := c.Response()
		response.Size += sendWhole(response.Writer, c.Request(), body)
	}
}

// AppendStrings appends a list of strings.
func AppendStrings[S ~string](dst []byte, items []S) []byte {
	dst = append(dst, '[')
	for i, item := range items {
		dst = AppendString(Comma(dst, i), string(item))
	}
	return append(dst, ']')
}

// Comma parts the items of a list.
func Comma(dst []byte, index int) []byte {
	if index > 0 {
		return append(dst, ',')
	}
	return dst
}

// AppendField appends a string; key is all that stands between it and what is
// before.
func AppendField(dst []byte, key, value string) []byte {
	return AppendString(append(dst, key...), value)
}

// AppendTrue appends a boolean unless it is false.
func AppendTrue(dst []byte, key string, value bool) []byte {
	if !value {
		return dst
	}
	return append(append(dst, key...), "true"...)
}

// AppendOptional appends a string unless it is empty.
func AppendOptional(dst []byte, key, value string) []byte {
	if value == "" {
		return dst
	}
	return AppendField(dst, key, value)
}
