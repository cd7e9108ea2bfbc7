package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/store"
)

// databases groups the commands for the record.
type databases struct {
	Apply   application `cmd:""`
	Copy    duplication `cmd:""`
	Backup  backup      `cmd:""`
	Restore restoration `cmd:""`
}

// record is where a record is.
type record struct {
	Data     string `default:"./data"`
	Database string `placeholder:"URL"`
}

// options are those to open the record with.
func (r *record) options(p Program) store.Options {
	return store.Options{Dir: r.Data, Database: r.Database, Now: p.Now, Logger: slog.New(slog.NewTextHandler(p.Stderr, nil))}
}

// existing opens a record that is there.
func (r *record) existing(ctx context.Context, p Program) (*store.Store, error) {
	if path := filepath.Join(r.Data, store.FileName); r.Database == "" && !exists(path) {
		return nil, exit.With(exit.Data, fact.Unavailable("data", nil, "cli.database.none", path))
	}
	s, err := store.Open(ctx, r.options(p))
	return s, exit.With(exit.Data, err)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// application writes the facts of an owner. It is the command database apply.
type application struct {
	Dir string `arg:"" optional:""`
	record
	Owner    string `required:"" placeholder:"NAME"`
	Note     string `placeholder:"TEXT"`
	Withdraw bool
	DryRun   bool
	Output   string `short:"o" enum:"${outputs}" default:"text"`
}

// applied is what became of the facts of an owner.
type applied struct {
	Owner       string       `json:"owner"`
	Revision    int64        `json:"revision"` // the newest
	DryRun      bool         `json:"dry_run"`
	Differences []difference `json:"differences"`
}

// difference is a fact that is added, replaced or withdrawn.
type difference struct {
	Noun   string          `json:"noun"`
	ID     string          `json:"id"`
	Before json.RawMessage `json:"before,omitempty"`
	After  json.RawMessage `json:"after,omitempty"`
}

// document is JSON; nil for none.
func document(text string) json.RawMessage {
	if text == "" {
		return nil
	}
	return json.RawMessage(text)
}

// Run shows the differences and writes them.
func (a *application) Run(ctx context.Context, p Program) error {
	if err := a.check(); err != nil {
		return err
	}
	record, err := a.existing(ctx, p)
	if err != nil {
		return err
	}
	defer record.Close() //nolint:errcheck // what was written is committed
	done, err := a.apply(ctx, p, record)
	if err != nil {
		return exit.With(exit.Data, err)
	}
	return p.tell(a.Output, done, done.text(p))
}

// check refuses what contradicts itself.
func (a *application) check() error {
	switch {
	case a.Owner == store.SeedOwner:
		return fact.Refuse("owner", "cli.database.owner", store.SeedOwner)
	case a.Withdraw && a.Dir != "":
		return fact.Refuse("withdraw", "cli.database.withdraw")
	case !a.Withdraw && a.Dir == "":
		return fact.Refuse("dir", "cli.database.folder")
	}
	return nil
}

func (a *application) apply(ctx context.Context, p Program, record *store.Store) (*applied, error) {
	now, err := record.Dataset(ctx)
	if err != nil {
		return nil, err
	}
	if now.Revision == 0 {
		return nil, fact.Unavailable("", nil, "cli.database.empty")
	}
	part := &seed.Part{Dataset: &fact.Dataset{}}
	if !a.Withdraw {
		if part, err = seed.LoadPart(files(a.Dir)[0], now, fact.DayOf(p.Now())); err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(fact.Nouns, func(n fact.Noun) bool { return n.Len(part.Dataset) > 0 }) {
			return nil, fact.Refuse("dir", "cli.database.facts", a.Dir)
		}
	}
	done, err := change(ctx, record, now, part.Dataset, store.Change{Owner: a.Owner, Note: a.Note}, a.DryRun)
	var faults store.Faults
	if errors.As(err, &faults) && !a.Withdraw {
		return nil, part.Place(faults)
	}
	return done, err
}

// change writes facts of an owner beside those that are there now, or tells what that would
// change.
func change(ctx context.Context, record *store.Store, now, facts *fact.Dataset, c store.Change, dryRun bool) (*applied, error) {
	done := &applied{Owner: c.Owner, Revision: now.Revision, DryRun: dryRun, Differences: []difference{}}
	differences, err := record.Preview(ctx, facts, c)
	if err == nil && !dryRun {
		done.Revision, _, err = record.Apply(ctx, facts, c)
	}
	if err != nil {
		return nil, err
	}
	for _, d := range differences {
		done.Differences = append(done.Differences, difference{d.Noun, d.ID, document(d.Before), document(d.After)})
	}
	return done, nil
}

// text lists the differences, each with the members that differ, and counts them.
func (a *applied) text(p Program) string {
	var b strings.Builder
	added, replaced, withdrawn := 0, 0, 0
	for _, d := range a.Differences {
		sign := "~"
		switch {
		case d.Before == nil:
			sign = "+"
			added++
		case d.After == nil:
			sign = "-"
			withdrawn++
		default:
			replaced++
		}
		fmt.Fprintf(&b, "%s %s %s\n", sign, d.Noun, d.ID)
		if sign == "~" {
			members(&b, d.Before, d.After)
		}
	}
	return b.String() + p.say("cli.database.applied", a.Owner, added, replaced, withdrawn, a.DryRun, a.Revision) + "\n"
}

// members writes the members that differ between two documents.
func members(b *strings.Builder, before, after json.RawMessage) {
	var was, is map[string]json.RawMessage
	_ = json.Unmarshal(before, &was) // documents of the record are objects
	_ = json.Unmarshal(after, &is)
	for _, name := range slices.Sorted(maps.Keys(is)) {
		if string(was[name]) != string(is[name]) {
			fmt.Fprintf(b, "    %s: %s → %s\n", name, orNone(was[name]), is[name])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(was)) {
		if _, there := is[name]; !there {
			fmt.Fprintf(b, "    %s: %s → none\n", name, was[name])
		}
	}
}

func orNone(value json.RawMessage) string {
	if value == nil {
		return "none"
	}
	return string(value)
}
