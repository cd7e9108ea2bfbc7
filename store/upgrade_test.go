package store_test

import (
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/store"
)

// ofSchema4 makes a record as the last version wrote it that had a table for each noun: by
// the seed rich, then less of it, by Anna one claim of rich in other words, and by the
// seed rich again.
func ofSchema4(t *testing.T, statements ...string) (dir string) {
	t.Helper()
	packed, err := os.Open("testdata/schema4.db.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = packed.Close() }()
	in, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	write(t, filepath.Join(dir, store.FileName), string(content))
	execute(t, filepath.Join(dir, store.FileName), statements...)
	return dir
}

// TestUpgrade opens a record of the schema before, which is brought up to date and reads
// as it did.
func TestUpgrade(t *testing.T) {
	dir := ofSchema4(t)
	s := openAt(t, dir, store.Options{})
	all, err := s.Revisions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	at := func(hour int) time.Time { return time.Date(2026, 1, 31, hour, 30, 0, 0, time.UTC) }
	want := []store.Revision{
		{Number: 1, Time: at(10), Owner: "seed", Note: "by seed", Added: 38, Digest: "sha256:a613dafd32077e6ecf68571aead0b3b314f496050d442aa0bf9b7898471f18ad"},
		{Number: 2, Time: at(11), Owner: "seed", Note: "by seed", Added: 2, Withdrawn: 5, Digest: "sha256:2e118fe5ab180d89dd408c20eb83b5ad817df87fb3f46d133290bae57fc8cb95"},
		{Number: 3, Time: at(12), Owner: "anna", Note: "by anna", Added: 1, Digest: "sha256:bb7e9cd5bad11ed1ef8de9dc504ff06be3b00779a6c8d4655ff9585c1674fc10"},
		{Number: 4, Time: at(13), Owner: "seed", Note: "by seed", Added: 5, Withdrawn: 2, Digest: "sha256:1ce5d20ccb10a9741bbda0c15f9adba410ea307b4f776d1128aa776200617d10"},
	}
	if !reflect.DeepEqual(all, want) {
		t.Errorf("the revisions read\n%+v, want\n%+v", all, want)
	}
	for _, r := range all {
		ds, err := s.DatasetAt(t.Context(), r.Number)
		if err != nil || ds.ContentDigest() != r.Digest {
			t.Errorf("revision %d reads %+v, %v", r.Number, ds, err)
		}
	}
	if digest, err := s.SeedDigest(t.Context()); digest != "files of seed" || err != nil {
		t.Errorf("the digest of the seed is %q, %v", digest, err)
	}
	first, err := s.DatasetAt(t.Context(), 1) // as the seed stated it again last
	if err != nil || len(first.Claims) != 4 || len(first.Images) != 1 {
		t.Fatalf("the first revision reads %+v, %v", first, err)
	}
	if _, changed, err := s.Apply(t.Context(), first, store.Change{Owner: "seed", SeedDigest: "files of seed"}); changed || err != nil {
		t.Errorf("the same again: %t, %v", changed, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	wantSound(t, filepath.Join(dir, store.FileName))
	before := files(t, dir)
	if err := openAt(t, dir, store.Options{}).Close(); err != nil {
		t.Fatal(err)
	}
	wantFiles(t, dir, before)
	fresh := t.TempDir()
	seeded(t, fresh)
	if got, want := schemaOf(t, dir), schemaOf(t, fresh); got != want {
		t.Errorf("brought up to date, its schema is\n%s, that of a new one\n%s", got, want)
	}
}

// schemaOf gives the statements that make the tables of a record.
func schemaOf(t *testing.T, dir string) (text string) {
	t.Helper()
	db := openFile(t, filepath.Join(dir, store.FileName))
	err := db.QueryRow("SELECT group_concat(sql, char(10)) FROM (SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name)").Scan(&text)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestUpgradeDamaged opens damaged records of the schema before: nothing of them is written.
func TestUpgradeDamaged(t *testing.T) {
	const alone = `PRAGMA foreign_keys = 0; DELETE FROM claims WHERE owner = 2; DELETE FROM owners WHERE key = 2; UPDATE revisions SET owner = 1`
	for name, test := range map[string]struct {
		damage  string
		renewed bool
	}{
		"a claim says otherwise":   {"UPDATE claims SET version = '17.3' WHERE version = '17.2'", false},
		"a list that is none":      {"UPDATE technologies SET aliases = '{}'", false},
		"a table is missing":       {"DROP TABLE images", false},
		"a citation leads nowhere": {"PRAGMA foreign_keys = 0; DELETE FROM citations", false},
		"of the seed alone":        {alone, true},
	} {
		t.Run(name, func(t *testing.T) {
			dir := ofSchema4(t, test.damage)
			before := files(t, dir)
			_, err := store.Open(t.Context(), store.Options{Dir: dir})
			wantCode(t, err, fact.CodeUnavailable, "is damaged", "not changed")
			if !errors.Is(err, store.ErrDamaged) {
				t.Errorf("the error does not tell of damage: %v", err)
			}
			if got := files(t, dir); got[store.FileName] != before[store.FileName] {
				t.Error("the file was changed")
			}
			ds, aside, err := read(t.Context(), dir)
			if test.renewed != (err == nil) {
				t.Fatalf("it reads %+v, %v", ds, err)
			}
			if test.renewed && (ds.Revision != 5 || files(t, dir)[aside] != before[store.FileName]) {
				t.Errorf("revision %d, set aside as %q", ds.Revision, aside)
			}
		})
	}
}

// TestTooOld opens a record that is older than those which can be brought up to date.
func TestTooOld(t *testing.T) {
	dir := ofSchema4(t, "PRAGMA user_version = 3")
	before := files(t, dir)
	_, err := store.Open(t.Context(), store.Options{Dir: dir})
	wantCode(t, err, fact.CodeUnavailable, "before the first one", "Move the file away")
	wantFiles(t, dir, before)
}

// TestNewerFacts opens a record with facts that only a later version can read: it is taken
// for neither damaged nor empty of them.
func TestNewerFacts(t *testing.T) {
	for name, change := range map[string]string{
		"a member that is new": `UPDATE facts SET body = '{"new":1,' || substr(body, 2) WHERE id = 'mi/4.4.0/rhel/9'`,
		"a noun that is new":   `INSERT INTO facts VALUES ('run', 'x', 'seed', 1, 9223372036854775807, '{"id":"x"}')`,
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			seeded(t, dir)
			file := filepath.Join(dir, store.FileName)
			execute(t, file, change)
			db := openFile(t, file)
			execute(t, file, "UPDATE revisions SET digest = '"+digestOf(t, db)+"'")
			before := files(t, dir)
			_, _, err := read(t.Context(), dir)
			wantCode(t, err, fact.CodeUnavailable, "was written by a newer testedon", "Use that version")
			wantFiles(t, dir, before)
		})
	}
}
