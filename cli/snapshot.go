package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/testedon/testedon/cli/current"
	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// publication writes a folder from which others follow. It is the command snapshot.
type publication struct {
	Dir       string   `arg:""`
	Catalogue []string `placeholder:"DIR"`
	Data      string   `placeholder:"DIR"`
	Database  string   `placeholder:"URL"`
}

// Run writes the folder: what never changes first.
func (s *publication) Run(ctx context.Context, p Program) error {
	if given := slices.DeleteFunc([]string{s.Data, strings.Join(s.Catalogue, ""), s.Database}, func(v string) bool { return v == "" }); len(given) > 1 {
		return fact.Refuse("data", "cli.snapshot.of")
	}
	m, err := s.matrix(ctx, p)
	if err != nil {
		return exit.With(exit.Data, err)
	}
	snapshot := m.Snapshot()
	digest := filepath.Join(s.Dir, current.SnapshotsOf, strings.TrimPrefix(snapshot.Digest, "sha256:"))
	err = os.MkdirAll(filepath.Dir(digest), 0o755) //nolint:gosec // it is for everybody to read
	if err == nil && !exists(digest) {
		err = current.ReplaceFile(digest, snapshot.Data)
	}
	if err == nil {
		err = current.ReplaceFile(filepath.Join(s.Dir, current.NewestSnapshot), snapshot.Data)
	}
	if err != nil {
		return s.unusable(err)
	}
	return p.print(p.say("cli.snapshot.done", s.Dir, snapshot.Revision, snapshot.Digest, len(m.Dataset().Claims)) + "\n")
}

func (s *publication) unusable(err error) error {
	return exit.With(exit.Data, fact.Unavailable("dir", err, "cli.snapshot.unwritable", s.Dir, exit.Reason(err)))
}

// matrix gives the facts. Those of files are at the revision of the folder, or at the next one
// where they are others.
func (s *publication) matrix(ctx context.Context, p Program) (*compat.Matrix, error) {
	published := &fact.Snapshot{}
	data, err := os.ReadFile(filepath.Join(s.Dir, current.NewestSnapshot))
	if err == nil {
		if published, err = fact.OpenSnapshot(data); err != nil {
			return nil, err
		}
	} else if !errors.Is(err, os.ErrNotExist) {
		return nil, s.unusable(err)
	}
	if s.Data+s.Database != "" {
		return s.recorded(ctx, p, published)
	}
	ds, err := loadFiles(s.Catalogue...)
	if err != nil {
		return nil, err
	}
	if ds.Revision = published.Revision; ds.Digest != published.Digest {
		ds.Revision++
	}
	return compat.Build(ds)
}

// recorded reads a record that is there and has facts, no older ones than are published.
func (s *publication) recorded(ctx context.Context, p Program, published *fact.Snapshot) (*compat.Matrix, error) {
	record, err := (&record{s.Data, s.Database}).existing(ctx, p)
	if err != nil {
		return nil, err
	}
	defer record.Close() //nolint:errcheck // it was only read
	ds, err := record.Dataset(ctx)
	if err == nil && ds.Revision == 0 {
		err = fact.Unavailable("data", nil, "cli.snapshot.empty")
	}
	if err == nil && ds.Revision < published.Revision {
		err = fact.Unavailable("dir", nil, "cli.snapshot.older", s.Dir, published.Revision, ds.Revision, current.NewestSnapshot)
	}
	if err != nil {
		return nil, err
	}
	return compat.Build(ds)
}
