package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/message"
	"github.com/testedon/testedon/store"
)

// duplication copies a record. It is the command database copy.
type duplication struct {
	From string `arg:""`
	To   string `arg:""`
}

// Run copies.
func (d *duplication) Run(ctx context.Context, p Program) error {
	from, to := recordAt(d.From), recordAt(d.To)
	made, err := p.copied(ctx, from, to.options(p))
	if err != nil {
		return err
	}
	return p.print(made.text(p))
}

// copied is what is in a record that was made.
type copied struct {
	name   string
	newest store.Revision
}

func (c copied) text(p Program) string {
	return p.say("cli.copy.done", c.name, c.newest.Number, c.newest.Digest) + "\n"
}

// recordAt is the record that a text names: by an address, or else by its folder.
func recordAt(text string) *record {
	if store.IsAddress(text) {
		return &record{Database: text}
	}
	return &record{Data: text}
}

// copied copies a record that is there to a new one, and tells what is in that.
func (p Program) copied(ctx context.Context, from *record, to store.Options) (made copied, err error) {
	source, err := from.existing(ctx, p)
	if err != nil {
		return made, err
	}
	defer source.Close()           //nolint:errcheck // it was only read
	ds, err := source.Dataset(ctx) // before anything is made
	if err == nil && ds.Revision == 0 {
		err = fact.Unavailable("", nil, "cli.copy.empty", source)
	}
	if err != nil {
		return made, exit.With(exit.Data, err)
	}
	target, err := store.Open(ctx, to)
	if err != nil {
		return made, exit.With(exit.Data, err)
	}
	made.name = target.String()
	if err = store.Copy(ctx, source, target); err == nil {
		made.newest, err = target.Newest(ctx)
	}
	return made, exit.With(exit.Data, errors.Join(err, target.Close()))
}

// backup copies a record into one file. It is the command database backup.
type backup struct {
	File string `arg:""`
	record
}

// Run makes the file in a folder beside it, and gives it its name when it is whole.
func (b *backup) Run(ctx context.Context, p Program) error {
	if exists(b.File) {
		return exit.With(exit.Data, fact.Unavailable("file", nil, "cli.copy.exists", b.File))
	}
	return beside(b.File, func(dir string) error {
		to := b.options(p)
		to.Dir, to.Database, to.Logger = dir, "", nil // nobody has to know of a file in the making
		made, err := p.copied(ctx, &b.record, to)
		if err != nil {
			return err
		}
		if err := os.Rename(filepath.Join(dir, store.FileName), b.File); err != nil {
			return unwritable(b.File, err)
		}
		made.name = b.File
		return p.print(made.text(p))
	})
}

// restoration copies a backup into a record. It is the command database restore.
type restoration struct {
	File string `arg:""`
	record
}

// Run opens a copy of the backup, which stays as it is.
func (r *restoration) Run(ctx context.Context, p Program) error {
	return beside(filepath.Join(os.TempDir(), "backup"), func(dir string) error {
		path := filepath.Join(dir, store.FileName)
		info, err := os.Stat(r.File)
		if err == nil && !info.Mode().IsRegular() {
			err = message.Of("cli.copy.irregular")
		}
		if err == nil {
			err = copyFile(path, r.File)
		}
		if err != nil {
			return exit.With(exit.Data, fact.Unavailable("file", err, "cli.restore.unread", r.File, exit.Reason(err)))
		}
		made, err := p.copied(ctx, &record{Data: dir}, r.options(p))
		if err == nil {
			return p.print(made.text(p))
		}
		var known *fact.Error
		if errors.As(err, &known) && strings.Contains(known.Message, path) {
			told := fact.Unavailable(known.Field, known.Cause, "cli.restore.backup", strings.ReplaceAll(known.Message, path, r.File))
			told.Code, *known = known.Code, *told
		}
		return err
	})
}

// beside does a work in a new folder beside a file, which is removed afterwards.
func beside(file string, work func(dir string) error) error {
	dir, err := os.MkdirTemp(filepath.Dir(file), ".testedon-*")
	if err != nil {
		return unwritable(file, err)
	}
	return errors.Join(work(dir), os.RemoveAll(dir))
}

func unwritable(file string, err error) error {
	return exit.With(exit.Data, fact.Unavailable("", nil, "cli.copy.unwritable", file, exit.Reason(err)))
}

func copyFile(to, from string) error {
	source, err := os.Open(filepath.Clean(from))
	if err != nil {
		return err
	}
	defer source.Close() //nolint:errcheck // it was only read
	target, err := os.Create(filepath.Clean(to))
	if err != nil {
		return err
	}
	_, err = io.Copy(target, source)
	return errors.Join(err, target.Close())
}
