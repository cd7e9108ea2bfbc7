package cli

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/testedon/testedon/cli/curation"
	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/compat/fact"
)

// refresh holds the sources of a catalogue against local clones. It is the command
// refresh.
type refresh struct {
	Dir string `arg:"" name:"catalogue" optional:""`

	Mirror  string `required:"" placeholder:"DIR"`
	Fetched string `placeholder:"DAY"`
	Write   bool
	Output  string `short:"o" enum:"${outputs}" default:"text"`
}

// Run looks at every source, writes where it is told to, and prints what was found.
func (r *refresh) Run(ctx context.Context, p Program) error {
	in, err := r.mirror(p)
	if err != nil {
		return err
	}
	m, err := loadMatrix(r.Dir)
	if err != nil {
		return err
	}
	done, err := curation.Held(ctx, m, in)
	if err != nil {
		return exit.With(exit.Fail, fmt.Errorf("ended before every source was looked at, and nothing was written: %w", err))
	}
	if r.Write {
		proposals, news := done.News()
		if done.Written, err = writeInto(r.Dir, proposals, news...); err != nil {
			return err
		}
	}
	if err := p.tell(r.Output, done, done.Text(r.Dir, r.Write)); err != nil {
		return err
	}
	return exit.Unless(done.Settled(), exit.Fail)
}

// mirror reads what was asked for.
func (r *refresh) mirror(p Program) (in curation.Mirror, err error) {
	in = curation.Mirror{Dir: r.Mirror, Today: fact.DayOf(p.Now())}
	if r.Fetched != "" {
		t, err := time.Parse(time.DateOnly, r.Fetched)
		if in.Fetched = fact.DayOf(t); err != nil || in.Fetched > in.Today {
			return in, fact.Refuse("fetched", "cli.refresh.fetched", strconv.Quote(r.Fetched))
		}
	}
	if info, err := os.Stat(r.Mirror); err != nil || !info.IsDir() {
		return in, fact.Refuse("mirror", "cli.refresh.mirror", r.Mirror)
	}
	if r.Write && r.Dir == "" {
		return in, fact.Refuse("write", "cli.refresh.write")
	}
	return in, nil
}
