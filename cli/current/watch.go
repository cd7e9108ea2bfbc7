package current

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/testedon/testedon/store"
)

// Watch tells why there may be new facts, each time, until ctx ends.
type Watch func(ctx context.Context, changed func(why string))

// Hangup tells of the signal SIGHUP, from now on: it does not end the program.
func Hangup() Watch {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGHUP)
	return func(ctx context.Context, changed func(string)) {
		defer signal.Stop(signals)
		for {
			select {
			case <-ctx.Done():
				return
			case <-signals:
				changed("SIGHUP")
			}
		}
	}
}

// Tick tells each time that an interval is over, give or take a tenth, so that servers
// which were started together do not ask together.
func Tick(every time.Duration, why string) Watch {
	return func(ctx context.Context, changed func(string)) {
		for {
			select {
			case <-ctx.Done():
				return
			case <-time.After(time.Duration((0.9 + 0.2*rand.Float64()) * float64(every))): //nolint:gosec // no secret
				changed(why)
			}
		}
	}
}

// Folders tells when files of folders are others than now, and have stood still for an
// interval.
func Folders(every time.Duration, dirs ...string) Watch {
	known := listing(dirs)
	return func(ctx context.Context, changed func(string)) {
		moving := false
		Tick(every, "folder")(ctx, func(why string) {
			now := listing(dirs)
			if moving && now == known {
				changed(why)
			}
			moving, known = now != known, now
		})
	}
}

// listing tells names, sizes and times of all that is in folders.
func listing(dirs []string) string {
	var b strings.Builder
	for _, dir := range dirs {
		list(&b, dir)
	}
	return b.String()
}

func list(b *strings.Builder, dir string) {
	_ = fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil {
			var info fs.FileInfo
			if info, err = e.Info(); err == nil {
				fmt.Fprintln(b, name, info.Size(), info.ModTime().UnixNano())
			}
		}
		if err != nil {
			fmt.Fprintln(b, name, err)
		}
		return nil
	})
}

const recordChanged = "record"

// Changes tells when a record may have changed.
func Changes(o store.Options, every time.Duration) Watch {
	return func(ctx context.Context, changed func(string)) {
		store.Watch(ctx, o, every, func() { changed(recordChanged) })
	}
}
