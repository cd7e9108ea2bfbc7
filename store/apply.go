package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"math"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// SeedOwner owns the facts of the catalogue that the program carries or was
// pointed at.
const SeedOwner = "seed"

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
	Keep       bool // what the owner has stated and is missing now stays
}

// Apply makes the facts of one owner equal to ds, in one transaction and one
// revision: what is new is added, what differs is withdrawn and added anew,
// what is missing is withdrawn, unless c says to keep it. Facts of other owners stay; see the package
// comment for two owners of one fact. ds is left as it is.
//
// It gives the newest revision and whether that is a new one: when nothing
// differs, none is made. The record never takes a change after which its
// dataset would not be valid; the error, an *fact.Error of code invalid,
// then has [Faults] in its chain. Other errors are of code unavailable or internal.
// After any error the record is as it was. Nothing is built on a record that is
// damaged: it is read first, as by [Store.Dataset].
func (s *Store) Apply(ctx context.Context, ds *fact.Dataset, c Change) (revision int64, changed bool, err error) {
	err = s.change(ctx, c, func(tx *sql.Tx) error {
		plans, number, err := s.apply(ctx, tx, ds, c)
		revision, changed = number, len(plans) > 0
		return err
	})
	if err != nil {
		return 0, false, err
	}
	return revision, changed, nil
}

// Preview tells what [Store.Apply] would do, and finds the same errors, but leaves the
// record as it is.
func (s *Store) Preview(ctx context.Context, ds *fact.Dataset, c Change) ([]Difference, error) {
	all := []Difference{}
	err := s.change(ctx, c, func(tx *sql.Tx) error {
		plans, _, err := s.apply(ctx, tx, ds, c)
		for _, p := range plans {
			all = append(all, p.differences()...)
		}
		return cmp.Or(err, errUndo)
	})
	return all, err
}

// change does a work on a sound record in one transaction.
func (s *Store) change(ctx context.Context, c Change, work func(*sql.Tx) error) error {
	if err := c.validate(); err != nil {
		return err
	}
	if _, err := s.Dataset(ctx); err != nil {
		return err
	}
	return s.write(ctx, work)
}

var ownerPattern = regexp.MustCompile(`^[A-Za-z0-9._@-]+$`)

// validate checks what the change says of itself.
func (c Change) validate() error {
	if len(c.Owner) > ownerLimit || !ownerPattern.MatchString(c.Owner) {
		return fact.Invalid("owner", fmt.Sprintf("Use 1 to %d letters, digits and . _ @ -", ownerLimit),
			"the owner %q of a change cannot be recorded", c.Owner)
	}
	if len(c.Note) > noteLimit || !utf8.ValidString(c.Note) || strings.ContainsRune(c.Note, 0) {
		return fact.Invalid("note", fmt.Sprintf("Use at most %d bytes of UTF-8, none of them 0", noteLimit),
			"the note of a change cannot be recorded")
	}
	return nil
}

// apply is [Store.Apply] within its transaction. Where nothing differs there are no plans.
func (s *Store) apply(ctx context.Context, tx *sql.Tx, ds *fact.Dataset, c Change) (plans []plan, revision int64, err error) {
	last, err := newest(ctx, tx)
	if err != nil {
		return nil, 0, err
	}
	next := Revision{Number: max(last.Number, s.after) + 1, Time: s.now().UTC(), Owner: c.Owner, Note: c.Note}
	if next.Time.Before(last.Time) { // a clock set back must not reorder the past
		next.Time = last.Time
	}
	for _, n := range fact.Nouns {
		p, err := planFor(ctx, tx, n, ds, c)
		if err != nil {
			return nil, 0, err
		}
		plans = append(plans, p)
		next.Added += len(p.add)
		next.Withdrawn += len(p.withdraw)
	}
	same := next.Added+next.Withdrawn == 0
	if same && last.Number == 0 { // who has stated nothing is not remembered
		return nil, 0, nil
	}
	if _, err := tx.ExecContext(ctx, putOwner, c.Owner, c.SeedDigest); err != nil || same {
		return nil, last.Number, err
	}
	if err := next.write(ctx, tx, plans); err != nil {
		return nil, 0, err
	}
	return plans, next.Number, next.seal(ctx, tx)
}

// putOwner adds the owner of a change, or writes down the digest of its files.
const putOwner = "INSERT INTO owners (name, digest) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET digest = excluded.digest"

// write adds the revision to the audit, and withdraws and adds its facts.
func (r *Revision) write(ctx context.Context, tx *sql.Tx, plans []plan) error {
	const audit = `INSERT INTO revisions (number, time, owner, note, added, withdrawn, digest) VALUES ($1, $2, $3, $4, $5, $6, '')`
	if _, err := tx.ExecContext(ctx, audit, r.Number, r.Time.Format(timeLayout), r.Owner, r.Note, r.Added, r.Withdrawn); err != nil {
		return err
	}
	for _, p := range plans {
		if err := p.write(ctx, tx, r); err != nil {
			return err
		}
	}
	return nil
}

// stands is the revision that withdraws a fact which stands.
const stands int64 = math.MaxInt64

// seal reads the facts that stand after the revision, as whoever comes later will. If
// they are valid it writes down their digest.
func (r *Revision) seal(ctx context.Context, tx *sql.Tx) error {
	all, digest, unread, err := standing(ctx, tx, r.Number)
	if err != nil {
		return err
	}
	if unread != nil {
		return fact.Invalid("", mend, "the record could not be read again: %v", unread)
	}
	if err := validate(all); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE revisions SET digest = $1 WHERE number = $2", digest, r.Number)
	return err
}

// mend is what to do about facts that the record does not take.
const mend = "Mend the facts named and try again; the record was not changed"

// problemLimit is how many problems a message lists.
const problemLimit = 10

// validate refuses a dataset that nothing can be answered from.
func validate(ds *fact.Dataset) error {
	problems := compat.Validate(ds)
	if len(problems) == 0 {
		return nil
	}
	err := fact.Invalid("", mend, "the record would have %d problems: %s", len(problems), Faults(problems[:min(len(problems), problemLimit)]))
	err.Cause = Faults(problems)
	return err
}

// Faults are what would be wrong with the facts of a record.
type Faults []compat.Problem

func (f Faults) Error() string {
	var lines []string
	for _, p := range f {
		lines = append(lines, p.Error())
	}
	return strings.Join(lines, "; ")
}
