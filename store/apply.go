package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// SeedOwner owns the facts of the catalogue that the program carries or was
// pointed at.
const SeedOwner = "seed"

// seedKey is the key of [SeedOwner], set by the first migration.
const seedKey = 1

// The bounds of what a change says of itself, in bytes.
const (
	ownerLimit = 64
	noteLimit  = 1000
)

// Change says who changes the record and why.
type Change struct {
	Owner string // "seed", or a curator's name: letters, digits and . _ @ -
	Note  string // for the audit, at most 1000 bytes
	// SeedDigest identifies the files the facts were read from, for
	// [Store.SeedDigest] to give back. A curator may leave it empty.
	SeedDigest string
}

// Apply makes the facts of one owner equal to ds, in one transaction and one
// revision: what is new is added, what differs is withdrawn and added anew,
// what is missing is withdrawn. Facts of other owners stay; see the package
// comment for two owners of one fact. ds is left as it is.
//
// It gives the newest revision and whether that is a new one: when nothing
// differs, none is made. The record never takes a change after which its
// dataset would not be valid; the error, an *fact.Error of code invalid,
// then lists the problems. Other errors are of code unavailable or internal.
// After any error the record is as it was. Nothing is built on a record that is
// damaged: it is read first, as by [Store.Dataset].
func (s *Store) Apply(ctx context.Context, ds *fact.Dataset, c Change) (revision int64, changed bool, err error) {
	if err := c.validate(); err != nil {
		return 0, false, err
	}
	if _, err := s.Dataset(ctx); err != nil {
		return 0, false, err
	}
	if err := s.openWriter(ctx); err != nil {
		return 0, false, s.fault(err)
	}
	tx, err := s.writer.BeginTx(ctx, nil) // immediate, by the DSN
	if err != nil {
		return 0, false, s.fault(err)
	}
	defer func() { _ = tx.Rollback() }() // without effect after Commit
	revision, changed, err = s.apply(ctx, tx, ds, c)
	if err == nil && revision > 0 { // who has stated nothing is not remembered
		err = tx.Commit()
	}
	if err != nil {
		// A transaction that is called off says only that it is over.
		return 0, false, s.fault(cmp.Or(ctx.Err(), err))
	}
	return revision, changed, nil
}

var ownerPattern = regexp.MustCompile(`^[A-Za-z0-9._@-]+$`)

// validate checks what the change says of itself.
func (c Change) validate() error {
	if len(c.Owner) > ownerLimit || !ownerPattern.MatchString(c.Owner) {
		return fact.Invalid("owner", fmt.Sprintf("Use 1 to %d letters, digits and . _ @ -", ownerLimit),
			"the owner %q of a change cannot be recorded", c.Owner)
	}
	if len(c.Note) > noteLimit || !utf8.ValidString(c.Note) {
		return fact.Invalid("note", fmt.Sprintf("Use at most %d bytes of UTF-8", noteLimit),
			"the note of a change cannot be recorded")
	}
	return nil
}

// apply is [Store.Apply] within its transaction.
func (s *Store) apply(ctx context.Context, tx *sql.Tx, ds *fact.Dataset, c Change) (int64, bool, error) {
	last, err := newest(ctx, tx)
	if err != nil {
		return 0, false, err
	}
	sn := &snapshot{registers: newRegisters(), db: tx, workers: 1, at: last.Number}
	if err := sn.load(ctx); err != nil {
		return 0, false, err
	}
	owner, err := ownerKey(ctx, tx, c)
	if err != nil {
		return 0, false, err
	}
	plans, after, err := planAll(ctx, sn, owner, ds)
	if err != nil {
		return 0, false, err
	}
	next := Revision{Number: max(last.Number, s.after) + 1, Time: s.options.Now().UTC(), Owner: c.Owner, Note: c.Note}
	if next.count(plans); next.Added+next.Withdrawn == 0 {
		return last.Number, false, nil
	}
	if next.Time.Before(last.Time) { // a clock set back must not reorder the past
		next.Time = last.Time
	}
	if next.Digest, err = digest(after); err != nil {
		return 0, false, err
	}
	if err := onlySeed(ctx, tx, ds, next); err != nil {
		return 0, false, err
	}
	w := newScribe(ctx, tx, sn.registers)
	w.owner, w.revision = owner, next.Number
	next.write(w)
	for _, p := range plans {
		p.write(w)
	}
	return next.Number, true, w.err
}

// onlySeed makes sure that after a change by the only owner the record has just what
// was applied: else it has facts that nobody stated.
func onlySeed(ctx context.Context, tx *sql.Tx, applied *fact.Dataset, next Revision) error {
	var others int
	if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM revisions WHERE owner <> ?", seedKey).Scan(&others); err != nil {
		return err
	}
	if next.Owner == SeedOwner && others == 0 && applied.ContentDigest() != next.Digest {
		return fmt.Errorf("%w: it has facts that nobody stated", ErrDamaged)
	}
	return nil
}

// planAll plans the change of every noun and gives the dataset after it.
func planAll(ctx context.Context, s *snapshot, owner int64, want *fact.Dataset) ([]*plan, *fact.Dataset, error) {
	after := &fact.Dataset{}
	plans := make([]*plan, len(tables))
	for i, t := range tables {
		var err error
		if plans[i], err = t.plan(ctx, s, owner, want, after); err != nil {
			return nil, nil, err
		}
	}
	return plans, after, nil
}

// ownerKey finds or adds the owner of a change and writes down the digest of
// its files where that differs, so that the same change again writes nothing.
func ownerKey(ctx context.Context, tx *sql.Tx, c Change) (key int64, err error) {
	const put = `INSERT INTO owners (name, digest) VALUES (?1, ?2)
		ON CONFLICT (name) DO UPDATE SET digest = ?2 WHERE digest <> ?2`
	if _, err := tx.ExecContext(ctx, put, c.Owner, c.SeedDigest); err != nil {
		return 0, err
	}
	err = tx.QueryRowContext(ctx, "SELECT key FROM owners WHERE name = ?", c.Owner).Scan(&key)
	return key, err
}

// problemLimit is how many problems a message lists.
const problemLimit = 10

// digest checks a dataset and gives its digest.
func digest(ds *fact.Dataset) (string, error) {
	problems := compat.Validate(ds)
	if len(problems) == 0 {
		return ds.ContentDigest(), nil
	}
	var lines []string
	for _, p := range problems[:min(len(problems), problemLimit)] {
		lines = append(lines, p.Where+": "+p.Message)
	}
	return "", fact.Invalid("", "Mend the facts named and try again; the record was not changed",
		"the record would have %d problems: %s", len(problems), strings.Join(lines, "; "))
}

// count adds up what the plans write.
func (r *Revision) count(plans []*plan) {
	for _, p := range plans {
		r.Added += p.added
		r.Withdrawn += len(p.withdrawn)
	}
}

// write adds the revision to the audit.
func (r *Revision) write(w *scribe) {
	w.insert("revisions",
		[]string{"number", "time", "owner", "note", "added", "withdrawn", "digest"},
		[]any{r.Number, r.Time.Format(timeLayout), w.owner, r.Note, r.Added, r.Withdrawn, r.Digest})
}

// timeLayout writes times so that they sort as text.
const timeLayout = "2006-01-02T15:04:05.000000Z"

// parseTime reads what timeLayout wrote.
func parseTime(text string) (time.Time, error) { return time.Parse(timeLayout, text) }
