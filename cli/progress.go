package cli

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/mattn/go-isatty"

	"github.com/testedon/testedon/fleet"
	"github.com/testedon/testedon/message"
)

// progress is a bar on a terminal: how much of something is done. On anything else
// it shows nothing.
type progress struct {
	to          io.Writer // nil where nothing is shown
	words       *message.Language
	total, done int
	shown       int // the percentage
	now         func() time.Time
	began       time.Time
}

func newProgress(p Program, total int) *progress {
	to := p.Stderr
	file, ok := to.(*os.File)
	if !ok || !isatty.IsTerminal(file.Fd()) || os.Getenv("TERM") == "dumb" {
		to = nil
	}
	b := &progress{to: to, words: p.Words, total: total, shown: -1, now: p.Now}
	if to != nil {
		b.began = p.Now()
	}
	return b
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
	rate, left := "", time.Duration(0)
	if took := b.now().Sub(b.began); took >= time.Second {
		rate = fleet.Thousands(int(float64(b.done) / took.Seconds()))
		left = time.Duration(float64(took) * float64(b.total-b.done) / float64(b.done))
	}
	text := b.words.Say(message.Of("cli.progress", fmt.Sprintf("%3d", percent), fleet.Thousands(b.done), fleet.Thousands(b.total), rate, left.Round(time.Second)))
	fmt.Fprint(b.to, "\r["+strings.Repeat("#", full)+strings.Repeat(".", width-full)+"] "+text+"\x1b[K")
}

// clear takes the bar away, to leave the line to what comes next.
func (b *progress) clear() {
	if b.to != nil && b.shown >= 0 {
		fmt.Fprint(b.to, "\r\x1b[K")
	}
}
