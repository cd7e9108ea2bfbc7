package cli

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/mattn/go-isatty"
)

// progress is a bar on a terminal: how much of something is done. On anything else
// it shows nothing.
type progress struct {
	to          io.Writer // nil where nothing is shown
	total, done int
	shown       int // the percentage
}

func newProgress(to io.Writer, total int) *progress {
	file, ok := to.(*os.File)
	if !ok || !isatty.IsTerminal(file.Fd()) || os.Getenv("TERM") == "dumb" {
		to = nil
	}
	return &progress{to: to, total: total, shown: -1}
}

// step tells that one more is done.
func (b *progress) step() {
	b.done++
	percent := 100 * b.done / b.total
	if b.to == nil || percent == b.shown {
		return
	}
	b.shown = percent
	const width = 30
	full := width * percent / 100
	fmt.Fprintf(b.to, "\r[%s%s] %d of %d", strings.Repeat("#", full), strings.Repeat(".", width-full), b.done, b.total)
}

// clear takes the bar away, to leave the line to what comes next.
func (b *progress) clear() {
	if b.to != nil && b.shown >= 0 {
		fmt.Fprint(b.to, "\r\x1b[K")
	}
}
