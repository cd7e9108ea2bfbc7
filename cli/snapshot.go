package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/store"
)

// publication writes a folder from which others follow. It is the command snapshot.
type publication struct {
	Dir       string `arg:"" help:"The folder to write."`
	Catalogue string `placeholder:"DIR" help:"Take the facts of the catalogue in this folder, in place of the one within this program."`
	Data      string `placeholder:"DIR" help:"Take the facts of the database in this folder."`
	Database  string `placeholder:"URL" help:"Take the facts of this PostgreSQL, as in serve."`
}

// Help is shown below the line about the command.
func (*publication) Help() string {
	return `Any static host or CDN can serve the folder: servers follow its address with
"testedon serve --follow". It gets v1/snapshot, which
clients have to ask for each time, and the same file as v1/snapshots/DIGEST,
which never changes. Those of earlier facts stay until you delete them. A file
is replaced whole, and stays as it is where nothing has changed. Without a
database, other facts than those in the folder are its next revision.`
}

// Run writes the folder: what never changes first.
func (s *publication) Run(ctx context.Context, p Program) error {
	if given := slices.DeleteFunc([]string{s.Data, s.Catalogue, s.Database}, func(v string) bool { return v == "" }); len(given) > 1 {
		return fact.Invalid("data", "Leave out all but one of them.", "the facts can be taken from one of --catalogue, --data and --database")
	}
	m, err := s.matrix(ctx, p)
	if err != nil {
		return exit.With(exit.Data, err)
	}
	snapshot := m.Snapshot()
	digest := filepath.Join(s.Dir, snapshotsOf, strings.TrimPrefix(snapshot.Digest, "sha256:"))
	err = os.MkdirAll(filepath.Dir(digest), 0o755) //nolint:gosec // it is for everybody to read
	if err == nil && !exists(digest) {
		err = replaceFile(digest, snapshot.Data)
	}
	if err == nil {
		err = replaceFile(filepath.Join(s.Dir, newestSnapshot), snapshot.Data)
	}
	if err != nil {
		return exit.With(exit.Data, &fact.Error{Code: fact.CodeUnavailable, Field: "dir", Cause: err,
			Message: fmt.Sprintf("cannot write to %s: %v", s.Dir, reason(err)), Hint: "Name a folder that can be written."})
	}
	return p.print(fmt.Sprintf("%s has revision %d, %s, %s.\n", s.Dir, snapshot.Revision, snapshot.Digest, str.Count(len(m.Dataset().Claims), "claim")))
}

// matrix gives the facts. Those of files are at the revision of the folder, or at the next one
// where they are others.
func (s *publication) matrix(ctx context.Context, p Program) (*compat.Matrix, error) {
	if s.Data+s.Database != "" {
		return s.recorded(ctx, p)
	}
	before := edition{}
	data, err := os.ReadFile(filepath.Join(s.Dir, newestSnapshot)) //nolint:gosec // it is the caller who names it
	if err == nil {
		published, err := fact.OpenSnapshot(data)
		if err != nil {
			return nil, err
		}
		before = edition{published.Revision, published.Digest}
	} else if !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	ds, err := loadFiles(s.Catalogue)
	if err != nil {
		return nil, err
	}
	if ds.Revision = before.revision; ds.Digest != before.digest {
		ds.Revision++
	}
	return compat.Build(ds)
}

// recorded reads a record that is there and has facts.
func (s *publication) recorded(ctx context.Context, p Program) (*compat.Matrix, error) {
	of := record{Data: s.Data}
	open := of.existing
	if s.Database != "" {
		open = func(ctx context.Context, p Program) (*store.Store, error) {
			o := of.options(p)
			o.Database = s.Database
			return store.Open(ctx, o)
		}
	}
	record, err := open(ctx, p)
	if err != nil {
		return nil, err
	}
	defer record.Close() //nolint:errcheck // it was only read
	ds, err := record.Dataset(ctx)
	if err != nil {
		return nil, err
	}
	if ds.Revision == 0 {
		return nil, &fact.Error{Code: fact.CodeUnavailable, Field: "data", Message: "the record has no facts yet", Hint: "Start a server on it first, or apply facts."}
	}
	return compat.Build(ds)
}
