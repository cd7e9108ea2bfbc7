package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/store"
)

// read gives the dataset of a record. One that is damaged is made anew first, as
// at the start of a server; aside names the file it was set aside as.
func read(ctx context.Context, dir string) (ds *fact.Dataset, aside string, err error) {
	look := func() (*fact.Dataset, error) {
		s, err := store.Open(ctx, store.Options{Dir: dir})
		if err != nil {
			return nil, err
		}
		defer func() { _ = s.Close() }()
		if _, err := s.SeedDigest(ctx); err != nil {
			return nil, err
		}
		return s.Dataset(ctx)
	}
	if ds, err = look(); !errors.Is(err, store.ErrDamaged) {
		return ds, "", err
	}
	aside, err = store.Renew(ctx, store.Options{Dir: dir, Now: noon}, rich(), store.Change{Owner: store.SeedOwner, SeedDigest: "files"})
	if err != nil {
		return nil, aside, err
	}
	ds, err = look()
	return ds, aside, err
}

func noon() time.Time { return time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC) }

// tally is what became of damaged records.
type tally struct{ sound, renewed, refused int }

// try holds a record in a folder, damaged in some way, to the law: what is read is
// what was written, or nothing is.
func (n *tally) try(t *testing.T, damage, dir string) {
	t.Helper()
	before := files(t, dir)
	ds, aside, err := read(t.Context(), dir)
	var known *fact.Error
	switch {
	case errors.As(err, &known):
		n.refused++
		if known.Code != fact.CodeUnavailable || known.Hint == "" || known.Cause == nil {
			t.Errorf("%s: refused with %#v", damage, known)
		}
		wantFiles(t, dir, before)
	case err != nil:
		t.Errorf("%s: %v", damage, err)
	case ds.Digest != rich().ContentDigest() || ds.ContentDigest() != ds.Digest:
		t.Errorf("%s: revision %d is read with other facts", damage, ds.Revision)
	case aside == "":
		n.sound++
		if ds.Revision != 1 {
			t.Errorf("%s: the revision reads as %d", damage, ds.Revision)
		}
	default:
		n.renewed++
		after := files(t, dir)
		if after[aside] != before[store.FileName] || len(after) != 2 {
			t.Errorf("%s: the damaged file is not aside as it was, among %d", damage, len(after))
		}
	}
}

// TestBitsFlipped flips single bits, everywhere and in words of facts.
func TestBitsFlipped(t *testing.T) {
	dir := t.TempDir()
	seeded(t, dir)
	whole := []byte(files(t, dir)[store.FileName])
	random := rand.New(rand.NewPCG(1, 2))
	var bits []int
	for range 100 {
		bits = append(bits, random.IntN(len(whole)*8))
	}
	for _, word := range []string{"17.2", "Postgre\\SQL", "tested", "mi/4.4.0/rhel/9", "RHEL ", "sha256:", "only fix bugs", "seed"} {
		for from := 0; ; {
			at := bytes.Index(whole[from:], []byte(word))
			if at < 0 {
				break
			}
			from += at + 1
			bits = append(bits, (from-1)*8+random.IntN(len(word)*8))
		}
	}
	for range 30 { // in the header
		bits = append(bits, random.IntN(100*8))
	}
	var n tally
	for i, bit := range bits {
		if testing.Short() && i%5 > 0 {
			continue
		}
		dir := t.TempDir()
		flipped := bytes.Clone(whole)
		flipped[bit/8] ^= 1 << (bit % 8)
		write(t, filepath.Join(dir, store.FileName), string(flipped))
		n.try(t, fmt.Sprintf("bit %d of byte %d", bit%8, bit/8), dir)
	}
	t.Logf("%+v", n)
	if n.sound == 0 || n.renewed == 0 || n.refused == 0 {
		t.Errorf("the bits do not try everything: %+v", n)
	}
}

// TestDamaged damages records in other ways: each is made anew, refused, or as
// sound as before.
func TestDamaged(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: damages a record in many ways")
	}
	const (
		sound = iota
		renewed
		refused
	)
	const page = 4096
	statement := func(text string) func(*testing.T, string) {
		return func(t *testing.T, file string) { t.Helper(); execute(t, file, text) }
	}
	content := func(change func([]byte) []byte) func(*testing.T, string) {
		return func(t *testing.T, file string) {
			t.Helper()
			whole, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			write(t, file, string(change(whole)))
		}
	}
	for name, test := range map[string]struct {
		damage func(t *testing.T, file string)
		want   int
	}{
		"nothing":             {func(*testing.T, string) {}, sound},
		"an index is missing": {statement("DROP INDEX covers"), sound},

		"cut by two pages":           {content(func(b []byte) []byte { return b[:len(b)-2*page] }), refused},
		"claims of other facts":      {statement("UPDATE facts SET body = replace(body, '17.2', '17.3')"), renewed},
		"no claims":                  {statement("DELETE FROM facts WHERE noun = 'claim'"), renewed},
		"a claim is missing":         {statement("DELETE FROM facts WHERE id = 'mi/4.4.0/rhel/9'"), renewed},
		"a claim withdrawn":          {statement("UPDATE facts SET withdrawn = 2 WHERE id = 'mi/4.4.0/rhel/9'"), renewed},
		"a fact of a later revision": {statement("UPDATE facts SET added = 65 WHERE id = 'mi/4.4.0/rhel/9'"), renewed},
		"a noun that is none":        {statement("UPDATE facts SET noun = 'klaim' WHERE id = 'mi/4.4.0/rhel/9'"), renewed},
		"no revisions":               {statement("DELETE FROM revisions"), renewed},
		"a revision of another name": {statement("UPDATE revisions SET number = 65"), renewed},
		"a revision of no time":      {statement("UPDATE revisions SET time = 'noon'"), renewed},
		"another digest":             {statement("UPDATE revisions SET digest = 'sha256:0'"), renewed},
		"lists that are none":        {statement("UPDATE facts SET body = '{}' WHERE noun = 'technology'"), renewed},
		"a negative schema":          {statement("PRAGMA user_version = -1"), renewed},
		"no schema":                  {statement("PRAGMA user_version = 0"), renewed},
		"no table of facts":          {statement("DROP TABLE facts"), renewed},
		"no table of revisions":      {statement("DROP TABLE revisions"), renewed},
		"no table of owners":         {statement("PRAGMA foreign_keys = 0; DROP TABLE owners"), renewed},
		"a column of another name":   {statement("ALTER TABLE facts RENAME COLUMN body TO text"), renewed},
		"a revision of nobody":       {statement("PRAGMA foreign_keys = 0; UPDATE revisions SET owner = 'anna'"), refused},
		"a fact of nobody":           {statement("PRAGMA foreign_keys = 0; UPDATE facts SET owner = 'anna' WHERE noun = 'claim'"), renewed},
		"a fact of no reviser":       {statement("INSERT INTO owners VALUES ('anna', ''); UPDATE facts SET owner = 'anna' WHERE noun = 'claim'"), refused},
		"the seed by another name":   {statement("PRAGMA foreign_keys = 0; UPDATE owners SET name = 'anna'"), refused},
		"no owners":                  {statement("PRAGMA foreign_keys = 0; DELETE FROM owners"), renewed},
		"another owner":              {statement("INSERT INTO owners VALUES ('anna', ''); DELETE FROM facts WHERE noun = 'claim'"), refused},
		"neither owners nor revisions": {statement("PRAGMA foreign_keys = 0; DROP TABLE owners; DROP TABLE revisions"),
			refused},
		"pages overwritten": {content(func(b []byte) []byte {
			copy(b[page:], bytes.Repeat([]byte{0xaa}, len(b)-page))
			return b
		}), refused},
		"cut in half": {content(func(b []byte) []byte { return b[:len(b)/2/page*page] }), refused},
		"one byte":    {content(func(b []byte) []byte { return b[:1] }), refused},
		"without tables": {func(t *testing.T, file string) {
			write(t, file, "")
			execute(t, file, "PRAGMA application_id = 0x54654f6e")
		}, refused},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			seeded(t, dir)
			test.damage(t, filepath.Join(dir, store.FileName))
			var n tally
			n.try(t, name, dir)
			if got := n; got != [...]tally{{sound: 1}, {renewed: 1}, {refused: 1}}[test.want] {
				t.Errorf("%+v", got)
			}
		})
	}
}

// TestStrangeLog reads a record that the log of another one lies beside. What comes
// of the two is set aside as it is; and where it cannot be, it stays as it is.
func TestStrangeLog(t *testing.T) {
	for name, statement := range map[string]string{
		"of the seed alone": "UPDATE owners SET digest = 'files'",
		"of others":         "INSERT INTO owners VALUES ('anna', '')",
	} {
		t.Run(name, func(t *testing.T) {
			dir, other := t.TempDir(), filepath.Join(t.TempDir(), store.FileName)
			seeded(t, dir)
			file := filepath.Join(dir, store.FileName)
			execute(t, file, statement)
			seeded(t, filepath.Dir(other))
			leaveLog(t, other, "UPDATE facts SET body = replace(body, 'RHEL', 'of another record')")
			log := files(t, filepath.Dir(other))[store.FileName+"-wal"]
			write(t, file+"-wal", log)
			before := files(t, dir)
			ds, aside, err := read(t.Context(), dir)
			if name == "of others" {
				wantCode(t, err, fact.CodeUnavailable, "is damaged, and facts that are not the catalogue's", "move the file away")
				wantFiles(t, dir, before)
				return
			}
			if err != nil || ds.Revision != 2 || ds.Digest != rich().ContentDigest() {
				t.Fatalf("it reads %+v, %v", ds, err)
			}
			after := files(t, dir)
			if after[aside] != before[store.FileName] || after[aside+"-wal"] != log || len(after) != 3 {
				t.Errorf("the damaged files are not aside as they were, among %d", len(after))
			}
		})
	}
}

// TestLogTakenOver opens a record whose last change is in the log only, as a crash
// leaves it.
func TestLogTakenOver(t *testing.T) {
	dir := t.TempDir()
	seeded(t, dir)
	leaveLog(t, filepath.Join(dir, store.FileName), "CREATE TABLE later (x)")
	if ds, aside, err := read(t.Context(), dir); err != nil || aside != "" || ds.Revision != 1 {
		t.Errorf("it reads %+v, %v", ds, err)
	}
	if after := files(t, dir); len(after) != 1 || !strings.Contains(after[store.FileName], "CREATE TABLE later") {
		t.Errorf("the log is still there, among %d files", len(after))
	}
}

// TestRenewedTwice makes a record anew twice in a second: revisions go on, and both
// damaged files are there.
func TestRenewedTwice(t *testing.T) {
	dir := t.TempDir()
	seeded(t, dir)
	asides := map[string]bool{}
	for revision := int64(2); revision <= 3; revision++ {
		execute(t, filepath.Join(dir, store.FileName), "DELETE FROM revisions")
		ds, aside, err := read(t.Context(), dir)
		if err != nil || ds.Revision != revision {
			t.Fatalf("revision %d reads %+v, %v", revision, ds, err)
		}
		asides[aside] = true
	}
	if len(asides) != 2 || len(files(t, dir)) != 3 {
		t.Errorf("set aside: %v", asides)
	}
}

// TestNothingToRenew makes a record anew that is sound: it stays.
func TestNothingToRenew(t *testing.T) {
	dir := t.TempDir()
	seeded(t, dir)
	before := files(t, dir)
	aside, err := store.Renew(t.Context(), store.Options{Dir: dir}, rich(), store.Change{Owner: store.SeedOwner})
	if aside != "" || err != nil {
		t.Errorf("set aside as %q, %v", aside, err)
	}
	wantFiles(t, dir, before)
}

// TestDamageIsNotBuiltOn changes a record that was damaged since it was opened.
func TestDamageIsNotBuiltOn(t *testing.T) {
	dir := t.TempDir()
	seeded(t, dir)
	s := openAt(t, dir, store.Options{})
	execute(t, filepath.Join(dir, store.FileName), "UPDATE facts SET body = replace(body, '17.2', '17.3')")
	_, _, err := s.Apply(t.Context(), claimsOnly("anna/1", "Anna's"), store.Change{Owner: "anna"})
	wantCode(t, err, fact.CodeUnavailable, "is damaged", "Restore a backup")
	if !errors.Is(err, store.ErrDamaged) {
		t.Errorf("the error does not tell of damage: %v", err)
	}
}

// TestGoneWhileOpen asks a record of which a table has gone since it was opened.
func TestGoneWhileOpen(t *testing.T) {
	for name, test := range map[string]struct {
		damage string
		ask    func(context.Context, *store.Store) error
	}{
		"the newest facts": {"DROP TABLE facts", func(ctx context.Context, s *store.Store) error { _, err := s.Dataset(ctx); return err }},
		"older facts":      {"DROP TABLE facts", func(ctx context.Context, s *store.Store) error { _, err := s.DatasetAt(ctx, 1); return err }},
		"half of the facts": {"UPDATE facts SET noun = CAST(x'ff' AS TEXT) WHERE noun = 'claim'",
			func(ctx context.Context, s *store.Store) error { _, err := s.Dataset(ctx); return err }},
		"facts at no revision": {"DROP TABLE revisions", func(ctx context.Context, s *store.Store) error { _, err := s.DatasetAt(ctx, 1); return err }},
		"facts at another one": {"DELETE FROM owners", func(ctx context.Context, s *store.Store) error { _, err := s.DatasetAt(ctx, 2); return err }},
		"the revisions":        {"DROP TABLE revisions", func(ctx context.Context, s *store.Store) error { _, err := s.Revisions(ctx); return err }},
		"one of them":          {"UPDATE revisions SET time = 'noon'", func(ctx context.Context, s *store.Store) error { _, err := s.Revisions(ctx); return err }},
		"the one of a time":    {"DROP TABLE revisions", func(ctx context.Context, s *store.Store) error { _, err := s.RevisionAt(ctx, noon()); return err }},
		"the one before all":   {"UPDATE revisions SET time = 'noon'", func(ctx context.Context, s *store.Store) error { _, err := s.RevisionAt(ctx, noon()); return err }},
		"the digest of files":  {"DROP TABLE owners", func(ctx context.Context, s *store.Store) error { _, err := s.SeedDigest(ctx); return err }},
		"the seed":             {"DELETE FROM owners", func(ctx context.Context, s *store.Store) error { _, err := s.SeedDigest(ctx); return err }},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			seeded(t, dir)
			s := openAt(t, dir, store.Options{})
			execute(t, filepath.Join(dir, store.FileName), "PRAGMA foreign_keys = 0; "+test.damage)
			err := test.ask(t.Context(), s)
			wantCode(t, err, fact.CodeUnavailable, "is damaged", "Restore a backup")
			if !errors.Is(err, store.ErrDamaged) {
				t.Errorf("the error does not tell of damage: %v", err)
			}
		})
	}
}

// TestRefusedInTheMidst changes a record that does not take them in the midst of the change: it
// stays as it is, and takes the next one.
func TestRefusedInTheMidst(t *testing.T) {
	for _, on := range []string{"INSERT ON owners", "INSERT ON revisions", "INSERT ON facts", "UPDATE ON facts", "UPDATE ON revisions"} {
		t.Run(on, func(t *testing.T) {
			dir := t.TempDir()
			seeded(t, dir)
			file := filepath.Join(dir, store.FileName)
			s := openAt(t, dir, store.Options{})
			execute(t, file, "CREATE TRIGGER refused BEFORE "+on+" BEGIN SELECT raise(ABORT, 'refused'); END")
			ds := rich()
			ds.Claims[1].Label = "changed"
			_, _, err := s.Apply(t.Context(), ds, store.Change{Owner: "seed"})
			wantCode(t, err, fact.CodeUnavailable, "is damaged")
			if got, err := s.Dataset(t.Context()); err != nil || got.Revision != 1 || got.Claims[1].Label != rich().Claims[1].Label {
				t.Errorf("it reads %+v, %v", got, err)
			}
			execute(t, file, "DROP TRIGGER refused")
			if revision, changed, err := s.Apply(t.Context(), ds, store.Change{Owner: "seed"}); revision != 2 || !changed || err != nil {
				t.Errorf("afterwards: revision %d, changed %t, %v", revision, changed, err)
			}
		})
	}
}

// TestFactsOfAnother gives facts of a record that two have changed to the one who did not
// state them, and a revision to nobody: they read the same, and are not the same.
func TestFactsOfAnother(t *testing.T) {
	for _, change := range []string{
		"facts SET owner = 'anna' WHERE owner = 'seed' AND noun = 'claim'", "facts SET owner = 'seed' WHERE owner = 'anna'",
		"revisions SET owner = 'nobody' WHERE number = 3",
	} {
		dir := t.TempDir()
		seeded(t, dir)
		s := openAt(t, dir, store.Options{})
		for _, id := range []string{"anna/1", "anna/2", "anna/1"} {
			if _, _, err := s.Apply(t.Context(), claimsOnly(id, "Anna's"), store.Change{Owner: "anna"}); err != nil {
				t.Fatal(err)
			}
		}
		execute(t, filepath.Join(dir, store.FileName), "PRAGMA foreign_keys = 0; UPDATE "+change)
		if _, err := s.Dataset(t.Context()); !errors.Is(err, store.ErrDamaged) {
			t.Errorf("%s: %v", change, err)
		}
	}
}

// crashing is a noun whose facts make the decoder crash.
type crashing struct{ fact.Noun }

func (crashing) Decode(*fact.Dataset, int, int, string) error { panic("in the midst") }

// TestDecoderCrashes reads a record that makes the decoder crash: it is refused as any other
// that cannot be read, and if it is damaged that is told.
func TestDecoderCrashes(t *testing.T) {
	dir := t.TempDir()
	seeded(t, dir)
	s := openAt(t, dir, store.Options{})
	claims := &fact.Nouns[6]
	defer func(n fact.Noun) { *claims = n }(*claims)
	*claims = crashing{*claims}
	_, err := s.Dataset(t.Context())
	wantCode(t, err, fact.CodeUnavailable, "a claim makes the decoder crash: in the midst")
	execute(t, filepath.Join(dir, store.FileName), "UPDATE facts SET body = 'x'")
	if _, err := s.Dataset(t.Context()); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("damaged, it reads %v", err)
	}
}
