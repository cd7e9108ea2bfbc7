package wire_test

import (
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/api/wire"
)

// scope is what the cursors of these tests are bound to.
const scope wire.Fingerprint = 0x0102030405060708

// TestCursorText: what is written is read again.
func TestCursorText(t *testing.T) {
	for _, c := range []wire.Cursor{
		{},
		{Spot: wire.Spot{Key: "k"}},
		{Spot: wire.Spot{Value: "v"}, Before: true},
		{Spot: wire.Spot{Value: strings.Repeat("ü", 100), Key: "a\x00b"}},
		{Spot: wire.Spot{Value: strings.Repeat("v", 128), Key: strings.Repeat("k", 1000)}, Before: true},
	} {
		if got, bound, ok := wire.ParseCursor(c.Text(scope)); !ok || got != c || bound != scope {
			t.Errorf("%+v is read as %+v, bound to %x, %t", c, got, bound, ok)
		}
	}
}

// forged is the text of a cursor with a right sum: what stands before the scope, and the
// scope.
func forged(head ...byte) string {
	return summed(binary.BigEndian.AppendUint64(slices.Clone(head), uint64(scope)))
}

// summed is the text of bytes and their sum.
func summed(b []byte) string {
	return base64.RawURLEncoding.EncodeToString(binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b)))
}

// TestForgedCursors: a right sum makes no cursor.
func TestForgedCursors(t *testing.T) {
	value := func(n int) []byte { return slices.Repeat([]byte{'v'}, n) }
	for _, c := range []struct {
		name string
		text string
		ok   bool
	}{
		{name: "nothing but a mark and a length", text: forged('a', 0), ok: true},
		{name: "a value and a key", text: forged('b', 1, 'v', 'k'), ok: true},
		{name: "the longest value", text: forged(append([]byte{'a', 0xc8, 0x01}, value(200)...)...), ok: true},
		{name: "no length", text: forged('a')},
		{name: "no mark", text: forged()},
		{name: "another mark", text: forged('c', 1, 'v', 'k')},
		{name: "a length that does not end", text: forged('a', 0x80)},
		{name: "a length of more than 64 bits", text: forged(append([]byte{'a'}, slices.Repeat([]byte{0xff}, 11)...)...)},
		{name: "the largest length", text: forged('a', 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01)},
		{name: "a length in more bytes than it needs", text: forged('a', 0x81, 0x00, 'v', 'k')},
		{name: "a value that is too long", text: forged(append([]byte{'a', 0xc9, 0x01}, value(201)...)...)},
		{name: "a length beyond the end", text: forged('a', 2, 'v')},
		{name: "a length far beyond the end", text: forged('a', 100, 'v')},
		{name: "no text", text: ""},
		{name: "a line break within", text: forged('a', 0)[:4] + "\n" + forged('a', 0)[4:]},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, _, ok := wire.ParseCursor(c.text); ok != c.ok {
				t.Errorf("%q is %+v, %t", c.text, got, ok)
			}
		})
	}
	for n := range 10 { // with the sum, 13 bytes at most
		if got, _, ok := wire.ParseCursor(summed(append([]byte{'a'}, make([]byte, n)...)[:n])); ok {
			t.Errorf("%d bytes are %+v", n, got)
		}
	}
}
