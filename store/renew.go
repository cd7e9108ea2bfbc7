package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/testedon/testedon/compat/fact"
)

// Renew puts a sound record in the place of one that is damaged and has no facts
// but the seed's. The damaged file is set aside, with SQLite's files beside it,
// under a name with the time; the new one has the facts of ds by the change c,
// and its revisions go on where those of the old one end. Renew gives the name of
// the file that was set aside, or "" where the record is sound, since another
// process was quicker. It works in these steps, of which the last alone changes
// the record:
//
//  1. Keep other processes from doing the same.
//  2. Read every byte: what the disk does not give is no damage of the record.
//  3. Look at the record again.
//  4. Make sure that its facts are the seed's alone.
//  5. Make the new record, in a folder beside it.
//  6. Exchange the files.
//
// The error is an *fact.Error of code unavailable. Where the facts of others
// are in the record, or may be, it has [ErrDamaged] in its chain; so it has where the
// record is in PostgreSQL, of which nothing is set aside.
func Renew(ctx context.Context, o Options, ds *fact.Dataset, c Change) (aside string, err error) {
	o = o.withDefaults()
	if o.Database != "" {
		return "", unavailable("in PostgreSQL", ErrDamaged, spoilt)
	}
	dir, err := prepareFolder(o.Dir)
	if err != nil {
		return "", err
	}
	if err := writable(dir); err != nil {
		return "", folderError(dir, err)
	}
	unlock, err := lock(dir)
	if err != nil {
		return "", folderError(dir, err)
	}
	defer unlock()
	aside, err = renew(ctx, filepath.Join(dir, FileName), o, ds, c)
	return aside, fault(filepath.Join(dir, FileName), err)
}

// renew does the steps of [Renew] from the second on.
func renew(ctx context.Context, path string, o Options, ds *fact.Dataset, c Change) (string, error) {
	if err := readWhole(path, path+"-wal"); err != nil {
		return "", err
	}
	damage := inspect(ctx, path, o)
	if damage == nil || !isDamage(damage) {
		return "", damage
	}
	last, err := seedAlone(ctx, path, o.Busy)
	if err != nil {
		return "", fmt.Errorf("%w (%w)", err, damage)
	}
	beside, err := os.MkdirTemp(filepath.Dir(path), FileName+".new-*")
	if err != nil {
		return "", folderError(filepath.Dir(path), err)
	}
	defer func() { _ = os.RemoveAll(beside) }()
	o.Dir = beside
	if err := begin(ctx, o, last, ds, c); err != nil {
		return "", err
	}
	return exchange(path, filepath.Join(beside, FileName), o.Now())
}

// readWhole reads files, for what the system says. One that is missing is well.
func readWhole(paths ...string) error {
	for _, path := range paths {
		file, err := os.Open(filepath.Clean(path))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err == nil {
			_, err = io.Copy(io.Discard, file)
			err = errors.Join(err, file.Close())
		}
		if err != nil {
			return fmt.Errorf("%w: %w", errDisk, err)
		}
	}
	return nil
}

// isDamage reports whether an error, perhaps of SQLite, is one of damage.
func isDamage(err error) bool { return errors.Is(fault("", err), ErrDamaged) }

// inspect finds out whether a record is sound, whole file and facts. One of an older schema
// is, where it can be brought up to date: that is done.
func inspect(ctx context.Context, path string, o Options) error {
	found, err := peek(ctx, path, looking(path), o.Busy)
	if err != nil {
		return err
	}
	if found.number < newestSchema {
		s := &sqlite{path: path, options: o}
		return errors.Join(s.openWriter(ctx), s.Close())
	}
	db, err := connect(ctx, path, looking(path), o.Busy, readerCount)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	if err := integrity(ctx, db); err != nil {
		return err
	}
	_, err = newestDataset(ctx, db)
	return err
}

// integrity lets SQLite check a whole file.
func integrity(ctx context.Context, db *sql.DB) error {
	var verdict string
	if err := db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return fmt.Errorf("%w: %s", ErrDamaged, verdict)
	}
	return nil
}

// begin makes a record whose first revision comes after a number.
func begin(ctx context.Context, o Options, after int64, ds *fact.Dataset, c Change) error {
	s, err := Open(ctx, o)
	if err != nil {
		return err
	}
	s.after = after
	_, _, err = s.Apply(ctx, ds, c)
	return errors.Join(err, s.Close())
}

// asideTime is how the name of a file that was set aside has the time in it.
const asideTime = "20060102T150405Z"

// exchange sets a file aside and puts another in its place. At no moment is there
// none: whoever starts in the midst finds the damaged one and begins again.
func exchange(path, fresh string, at time.Time) (string, error) {
	aside := path + ".damaged-" + at.UTC().Format(asideTime)
	for i := 2; exists(aside); i++ {
		aside = fmt.Sprintf("%s.damaged-%s-%d", path, at.UTC().Format(asideTime), i)
	}
	if err := os.Link(path, aside); err != nil {
		if err := os.Rename(path, aside); err != nil { // not every file system has links
			return "", err
		}
	}
	for _, end := range []string{"-wal", "-shm"} {
		if err := os.Rename(path+end, aside+end); err != nil && !errors.Is(err, os.ErrNotExist) {
			return "", err
		}
	}
	return filepath.Base(aside), os.Rename(fresh, path)
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// errOthers is met where a damaged record has, or may have, the facts of others.
var errOthers = fmt.Errorf("%w, and facts that are not the catalogue's are in it, or may be", ErrDamaged)

// seedAlone makes sure that all facts of a damaged record are the seed's, and
// gives the number of its last revision, as far as it can be read. There are three
// witnesses: the owners, the revisions, and the facts themselves. Two of them have
// to be whole and speak of the seed alone, and neither owners nor revisions may
// name anybody else.
func seedAlone(ctx context.Context, path string, busy time.Duration) (last int64, err error) {
	db, err := connect(ctx, path, looking(path), busy, 1)
	if err != nil && isDamage(err) {
		return 0, errOthers
	}
	if err != nil {
		return 0, err
	}
	defer func() { _ = db.Close() }()
	owners := testify(ctx, db, "SELECT name <> 'seed', 0 FROM owners")
	// In schema 4 a revision has the key of its owner, which is 1 for the seed.
	revisions := testify(ctx, db, "SELECT CASE typeof(owner) WHEN 'integer' THEN owner <> 1 ELSE owner <> 'seed' END, number FROM revisions")
	facts := testify(ctx, db, "SELECT owner <> 'seed', max(added, iif(withdrawn < 9223372036854775807, withdrawn, 0)) FROM facts")
	agree := 0
	for _, t := range []testimony{owners, revisions, facts} {
		if t.whole && t.rows > 0 && !t.others {
			agree++
		}
	}
	if owners.others || revisions.others || agree < 2 {
		return 0, errOthers
	}
	if revisions.whole && revisions.rows > 0 {
		return revisions.last, nil
	}
	return facts.last, nil
}

// testimony is what a table says of whose the facts are.
type testimony struct {
	rows   int
	whole  bool  // every row could be read
	others bool  // a row is another's than the seed's
	last   int64 // the highest number of a revision
}

// lastLimit bounds the number of a revision that is believed: no record has been
// changed as often.
const lastLimit = 1 << 31

// testify reads rows of whether one is another's than the seed's and of the number of a
// revision, as far as it goes.
func testify(ctx context.Context, db *sql.DB, query string) (t testimony) {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return t
	}
	defer func() { _ = rows.Close() }() // rows.Err tells
	for rows.Next() {
		var number int64
		var other bool
		if rows.Scan(&other, &number) != nil {
			return t
		}
		t.rows++
		t.others = t.others || other
		if number < lastLimit {
			t.last = max(t.last, number)
		}
	}
	t.whole = rows.Err() == nil
	return t
}
