package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/message"
	"github.com/testedon/testedon/runs"
	"github.com/testedon/testedon/store"
)

// recording is the command record.
type recording struct {
	Reports []string `arg:"" optional:"" name:"path"`
	JUnit   []string `name:"junit" aliases:"ctrf,in-toto" placeholder:"PATH"`

	release
	components
	record
	Build   string `placeholder:"TEXT"`
	Update  string `placeholder:"TEXT"`
	Culprit string `placeholder:"TEXT"`
	Date    string `placeholder:"DAY"`
	URL     string `name:"url" placeholder:"URL"`
	Owner   string `default:"ci" placeholder:"NAME"`
	Replace bool
	DryRun  bool
	Output  string `short:"o" enum:"${outputs}" default:"text"`
}

// recorded is what became of a run.
type recorded struct {
	Run     *fact.Configuration `json:"run"`
	Status  string              `json:"status"` // in the words of KCIDB
	Remarks []string            `json:"remarks"`
	*applied
}

// Run reads the reports and writes the run.
func (r *recording) Run(ctx context.Context, p Program) error {
	switch {
	case r.Owner == store.SeedOwner:
		return fact.Refuse("owner", "cli.record.owner", store.SeedOwner)
	case r.URL != "" && str.WebAddress(r.URL) == "":
		return fact.Refuse("url", "cli.record.url", strconv.Quote(r.URL))
	}
	record, err := r.existing(ctx, p)
	if err != nil {
		return err
	}
	defer record.Close() //nolint:errcheck // what was written is committed
	now, err := record.Dataset(ctx)
	if err != nil {
		return exit.With(exit.Data, err)
	}
	m, err := compat.Build(now)
	if err != nil {
		return exit.With(exit.Data, err)
	}
	claim, err := r.claim(m, fact.DayOf(p.Now()))
	if err != nil {
		return err
	}
	reports, passed, err := r.read()
	if err != nil {
		return err
	}
	found, err := claim.Record(m, reports)
	if err != nil {
		return exit.With(exit.Data, err)
	}
	owner, err := record.Owner(ctx, "configuration", found.Configuration.ID)
	if err == nil {
		err = r.onRecord(now, found, owner)
	}
	if err != nil {
		return exit.With(exit.Data, err)
	}
	facts := &fact.Dataset{Configurations: []fact.Configuration{found.Configuration}, Sources: []fact.Source{found.Source}}
	done, err := change(ctx, record, now, facts, store.Change{Owner: r.Owner, Note: "a test run", Keep: true}, r.DryRun)
	if err != nil {
		return exit.With(exit.Data, err)
	}
	told := recorded{&found.Configuration, found.Status.String(), append(append([]string{}, found.Remarks...), passed...), done}
	return p.tell(r.Output, told, told.text(p))
}

// claim reads what the flags say of the run.
func (r *recording) claim(m *compat.Matrix, today fact.Day) (*runs.Claim, error) {
	if err := which("", "product", r.Product, "release", r.Release); err != nil {
		return nil, err
	}
	release, err := m.Release(r.Product, r.Release)
	if err != nil {
		return nil, exit.With(exit.Unknown, err)
	}
	of, err := m.Product(r.Product)
	if err != nil {
		return nil, err
	}
	if r.Release != release.Version && !slices.Contains(release.Aliases, r.Release) {
		return nil, fact.Refuse("release", "cli.record.release", strconv.Quote(r.Release), release.Version)
	}
	env, err := r.asked()
	if err != nil {
		return nil, err
	}
	claim := &runs.Claim{Product: of, Release: release, Build: r.Build, Update: r.Update, Culprit: r.Culprit, Date: r.Date, URL: r.URL, Owner: r.Owner, Today: today}
	for _, kind := range env {
		for _, text := range kind.Texts {
			claim.Components = append(claim.Components, compat.Asked{Kind: kind.Kind, Text: text})
		}
	}
	return claim, nil
}

// onRecord refuses a run that an owner has on record in another way, unless that is the same
// owner and it is to be replaced. A run has the same identifier whoever records it.
func (r *recording) onRecord(now *fact.Dataset, found *runs.Record, owner string) error {
	i := slices.IndexFunc(now.Configurations, func(c fact.Configuration) bool { return c.ID == found.Configuration.ID })
	j := slices.IndexFunc(now.Sources, func(s fact.Source) bool { return s.ID == found.Source.ID })
	if i < 0 || j < 0 || reflect.DeepEqual(now.Configurations[i], found.Configuration) && reflect.DeepEqual(now.Sources[j], found.Source) {
		return nil
	}
	c := now.Configurations[i]
	if owner == r.Owner && r.Replace {
		return nil
	}
	parts := wire.Each(c.Components, func(t fact.Target) string { return strings.TrimSpace(t.Technology + " " + t.Version) })
	return fact.Refuse("reports", "cli.record.differs", c.ID, strings.Join(parts, ", "), c.Product, cmp.Or(c.Build, c.Update, c.Release), owner)
}

// read reads the reports, of folders those that are some, and tells what is passed over.
func (r *recording) read() (reports []*runs.Report, passed []string, err error) {
	left := int64(runs.MaxBytes)
	for _, root := range append(r.Reports, r.JUnit...) {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			ext := strings.ToLower(filepath.Ext(path))
			if err != nil || entry.IsDir() || path != root && (!entry.Type().IsRegular() || ext != ".xml" && ext != ".json") {
				return err
			}
			data, err := head(path, min(left, runs.MaxFile)+1)
			if left -= int64(len(data)); err != nil || left < 0 || len(reports) == runs.MaxFiles {
				return cmp.Or(err, error(message.Of("cli.record.many", runs.MaxFiles, runs.MaxBytes>>20)))
			}
			report, err := runs.Read(path, data)
			if errors.Is(err, runs.ErrOther) && path != root {
				passed = append(passed, err.Error()+".")
				return nil
			}
			reports = append(reports, report)
			return err
		})
		if file := new(fs.PathError); errors.As(err, &file) {
			return nil, nil, unreadable("path", file.Path, err)
		}
		if err != nil {
			return nil, nil, exit.With(exit.Data, err)
		}
	}
	return reports, passed, nil
}

// head gives the first bytes of a file.
func head(path string, n int64) ([]byte, error) {
	in, err := os.Open(path) //nolint:gosec // it is the caller who names it
	if err != nil {
		return nil, err
	}
	defer in.Close() //nolint:errcheck // it is read only
	return io.ReadAll(io.LimitReader(in, n))
}

// text tells what was recorded.
func (r recorded) text(p Program) string {
	var b strings.Builder
	b.WriteString(p.say("cli.record.run", r.Run.ID, r.Run.Product, r.Run.Release, r.Run.Result, r.Status, r.Run.Date) + "\n")
	for _, c := range r.Run.Components {
		fmt.Fprintf(&b, "  %s\n", strings.TrimSpace(c.Technology+" "+c.Version))
	}
	for _, line := range append([]string{r.Run.Note, p.say("cli.record.culprit", r.Run.Culprit)}, r.Remarks...) {
		if line != "" {
			fmt.Fprintln(&b, line)
		}
	}
	return b.String() + r.applied.text(p)
}
