// Package curation has what commands tell of the files of a catalogue: what pages propose
// to change in it, and what became of its sources.
package curation

import (
	"bytes"
	"fmt"
	"io"

	"github.com/testedon/testedon/page"
	"github.com/testedon/testedon/seed/proposal"
)

// maxPage is how many bytes of a page are read; the largest real ones have
// a hundredth of it.
const maxPage = 4 << 20

// ReadPage reads a page as far as it goes. What stands behind the limit, and where
// the page breaks off, is told with its line. The name of standard input is "-".
func ReadPage(name string, in io.Reader) (proposal.Document, error) {
	if name == "-" {
		name = "stdin"
	}
	text, err := io.ReadAll(io.LimitReader(in, maxPage+1))
	if err != nil {
		return proposal.Document{}, err
	}
	d := proposal.Document{Name: name}
	if len(text) > maxPage {
		text = text[:bytes.LastIndexByte(text[:maxPage], '\n')+1]
		d.Cut = &page.Unread{Line: lineAt(text, len(text)), Reason: fmt.Sprintf("the page is longer than %d MiB, and was read up to here: import its parts by themselves", maxPage>>20)}
	} else if at := breaksOff(text); at >= 0 {
		d.Cut = &page.Unread{Line: lineAt(text, at), Reason: "the table here is not closed before the page ends: look whether the page is whole"}
	}
	d.Text = text
	return d, nil
}

// lineAt is the number of the line that a byte stands in.
func lineAt(text []byte, at int) int { return bytes.Count(text[:at], []byte("\n")) + 1 }

var pipe = []byte("|")

// breaksOff finds where a page ends in the middle of a table: in its last line a row
// that is not closed as the one above it is, or has fewer cells; or a table of HTML
// that is not closed. It is -1 where it does not.
func breaksOff(text []byte) int {
	last := bytes.LastIndexByte(text, '\n') + 1
	row, before := bytes.TrimSpace(text[last:]), bytes.TrimSpace(text[:last])
	above := before[bytes.LastIndexByte(before, '\n')+1:]
	open := !bytes.HasSuffix(row, pipe) && bytes.HasSuffix(above, pipe)
	if bytes.HasPrefix(row, pipe) && bytes.HasPrefix(above, pipe) && (open || bytes.Count(row, pipe) < bytes.Count(above, pipe)) {
		return last
	}
	lower := bytes.ToLower(text)
	if open := []byte("<table"); bytes.Count(lower, open) > bytes.Count(lower, []byte("</table")) {
		return bytes.LastIndex(lower, open)
	}
	return -1
}
