package wire

import (
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"strconv"
	"strings"

	"github.com/testedon/testedon/compat/fact"
)

// Cursor is the end of a page: the place that the next page follows or the previous
// one comes before. It is told by value and not by number, so it holds whatever was
// added or withdrawn since.
type Cursor struct {
	Spot
	Before bool
}

// cursorText writes bytes that a URL need not escape. There is one text for the bytes
// of a cursor, but for the ends of lines in it, which are read over.
var cursorText = base64.RawURLEncoding.Strict()

// The marks at the beginning of a cursor. A cursor of another make begins otherwise.
const (
	cursorBehind byte = 'a'
	cursorBefore byte = 'b'
)

// The lengths of what a cursor ends with, in bytes: what it is bound to, and a sum over
// all before that tells one cut off or mistyped. The sum keeps nobody from making a
// cursor; one made up leads to another page of the same list and no further.
const (
	scopeSize = 8
	sumSize   = 4
)

// Text writes a cursor that is bound to scope: a mark, the length of the value, value,
// key, scope and sum.
func (c Cursor) Text(scope Fingerprint) string {
	mark := cursorBehind
	if c.Before {
		mark = cursorBefore
	}
	b := binary.AppendUvarint([]byte{mark}, uint64(len(c.Value)))
	b = append(append(b, c.Value...), c.Key...)
	b = binary.BigEndian.AppendUint64(b, uint64(scope))
	return cursorText.EncodeToString(binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b)))
}

// readCursor reads what a request brings as its cursor; nil without one. The error is
// that of a cursor which is damaged, or bound to something else than scope.
func readCursor(given []string, scope Fingerprint) (*Cursor, error) {
	if len(given) == 0 {
		return nil, nil
	}
	text := given[0]
	c, bound, ok := ParseCursor(text)
	if !ok {
		return nil, fact.Refuse("cursor", "cursor.unread", strconv.Quote(Quotable(text)))
	}
	if bound != scope {
		return nil, fact.Refuse("cursor", "cursor.other")
	}
	return &c, nil
}

// ParseCursor undoes [Cursor.Text].
func ParseCursor(text string) (c Cursor, scope Fingerprint, ok bool) {
	b, err := cursorText.DecodeString(text)
	if err != nil || strings.ContainsAny(text, "\r\n") || len(b) < 1+1+scopeSize+sumSize {
		return c, 0, false
	}
	b, sum := b[:len(b)-sumSize], binary.BigEndian.Uint32(b[len(b)-sumSize:])
	if sum != crc32.ChecksumIEEE(b) || b[0] != cursorBehind && b[0] != cursorBefore {
		return c, 0, false
	}
	c.Before = b[0] == cursorBefore
	b, scope = b[1:len(b)-scopeSize], Fingerprint(binary.BigEndian.Uint64(b[len(b)-scopeSize:]))
	length, n := binary.Uvarint(b)
	if n != len(binary.AppendUvarint(nil, length)) || length > maxSorted || int(length) > len(b)-n {
		return c, 0, false
	}
	end := n + int(length)
	c.Value, c.Key = string(b[n:end]), string(b[end:])
	return c, scope, true
}
