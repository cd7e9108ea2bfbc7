//go:build torture

package torture

import (
	"bytes"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// damage is something that happens to the file of a record.
type damage struct {
	name string
	do   func(file string) error
}

// bytewise is damage that changes the content of the file.
func bytewise(name string, change func([]byte) []byte) damage {
	return damage{name, func(file string) error {
		b, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		return os.WriteFile(file, change(b), 0o600)
	}}
}

// byHand is damage by a statement.
func byHand(statement string) damage {
	return damage{"by hand: " + statement, func(file string) error {
		db, err := sql.Open("sqlite3", file)
		if err != nil {
			return err
		}
		defer db.Close()
		db.SetMaxOpenConns(1)
		_, err = db.Exec(statement)
		return err
	}}
}

const page = 4096

// damages are five hundred, the same in every run.
func damages(whole []byte) (all []damage) {
	random := rand.New(rand.NewPCG(5, 16))
	flip := func(sort string, at int) {
		bit := random.IntN(8)
		all = append(all, bytewise(fmt.Sprintf("%s: bit %d of byte %d", sort, bit, at), func(b []byte) []byte {
			b[at] ^= 1 << bit
			return b
		}))
	}
	for range 150 {
		flip("anywhere", random.IntN(len(whole)))
	}
	for range 30 {
		flip("header", random.IntN(100))
	}
	for _, word := range []string{"17.2", "PostgreSQL", "tested", "mi/4.4.0/", "RHEL", "sha256:", `"since"`, "seed"} {
		places := bytes.Count(whole, []byte(word))
		for range 15 {
			at := 0
			for range 1 + random.IntN(places) {
				at += 1 + bytes.Index(whole[at:], []byte(word))
			}
			flip("a word of a fact", at-1+random.IntN(len(word)))
		}
	}
	for i := range 50 {
		keep := random.IntN(len(whole))
		if i%2 == 0 {
			keep -= keep % page
		}
		all = append(all, bytewise(fmt.Sprintf("cut to %d bytes", keep), func(b []byte) []byte { return b[:keep] }))
	}
	pages := len(whole) / page
	for range 50 {
		x, y := page*random.IntN(pages), page*random.IntN(pages)
		all = append(all, bytewise(fmt.Sprintf("pages at %d and %d swapped", x, y), func(b []byte) []byte {
			kept := bytes.Clone(b[x : x+page])
			copy(b[x:x+page], b[y:y+page])
			copy(b[y:y+page], kept)
			return b
		}))
	}
	for i := range 60 {
		size := []int{sector, page, 16 * page}[i%3]
		at := random.IntN(len(whole)-size) / sector * sector
		fill := byte(0xff * (i % 2))
		all = append(all, bytewise(fmt.Sprintf("%d bytes at %d are %#x", size, at, fill), func(b []byte) []byte {
			copy(b[at:at+size], bytes.Repeat([]byte{fill}, size))
			return b
		}))
	}
	for _, s := range statements {
		all = append(all, byHand(s))
	}
	for len(all) < 500 { // a few bits at once
		at, n := random.IntN(len(whole)), 2+random.IntN(6)
		all = append(all, bytewise(fmt.Sprintf("%d bits after byte %d", n, at), func(b []byte) []byte {
			for i := range n {
				b[(at+i*7919)%len(b)] ^= 1 << (i % 8)
			}
			return b
		}))
	}
	return all
}

var statements = []string{
	"UPDATE facts SET body = replace(body, '17.2', '17.3')",
	"UPDATE facts SET body = replace(body, 'tested', 'stated')",
	"UPDATE facts SET body = replace(body, 'RHEL', 'SLES') WHERE noun = 'claim'",
	"UPDATE facts SET body = '{}' WHERE noun = 'technology'",
	"UPDATE facts SET body = ''",
	"UPDATE facts SET withdrawn = added + 1 WHERE noun = 'claim' AND withdrawn > 1000",
	"UPDATE facts SET withdrawn = 9 WHERE id = (SELECT id FROM facts WHERE noun = 'claim' LIMIT 1)",
	"PRAGMA foreign_keys = 0; UPDATE facts SET added = added + 1 WHERE noun = 'release' AND withdrawn > 1000",
	"UPDATE facts SET noun = 'note' WHERE noun = 'claim'",
	"UPDATE facts SET id = id || '/x' WHERE noun = 'claim'",
	"DELETE FROM facts",
	"DELETE FROM facts WHERE noun = 'claim'",
	"DELETE FROM facts WHERE noun = 'lifecycle'",
	"DELETE FROM facts WHERE id = (SELECT id FROM facts WHERE noun = 'claim' ORDER BY id LIMIT 1)",
	"PRAGMA foreign_keys = 0; DELETE FROM revisions",
	"PRAGMA foreign_keys = 0; DELETE FROM owners",
	"UPDATE revisions SET digest = 'sha256:0'",
	"UPDATE revisions SET digest = ''",
	"UPDATE revisions SET time = 'noon'",
	"PRAGMA foreign_keys = 0; UPDATE revisions SET number = number + 7",
	"PRAGMA foreign_keys = 0; UPDATE revisions SET owner = 'eve'",
	"UPDATE owners SET digest = ''",
	"UPDATE owners SET digest = 'sha256:0'",
	"PRAGMA foreign_keys = 0; UPDATE owners SET name = 'eve'",
	"PRAGMA foreign_keys = 0; UPDATE facts SET owner = 'eve' WHERE noun = 'claim'",
	"INSERT INTO owners VALUES ('eve', '')",
	"INSERT INTO revisions SELECT number + 1, time, owner, note, 0, 0, digest FROM revisions ORDER BY number DESC LIMIT 1",
	"INSERT INTO revisions SELECT number + 1, time, owner, note, 0, 0, 'sha256:0' FROM revisions ORDER BY number DESC LIMIT 1",
	"INSERT INTO facts SELECT noun, id || '/2', owner, added, withdrawn, body FROM facts WHERE noun = 'claim'",
	"DROP TABLE facts",
	"PRAGMA foreign_keys = 0; DROP TABLE revisions",
	"PRAGMA foreign_keys = 0; DROP TABLE owners",
	"ALTER TABLE facts RENAME COLUMN body TO text",
	"ALTER TABLE facts RENAME TO statements",
	"PRAGMA user_version = 0",
	"PRAGMA user_version = -1",
	"PRAGMA user_version = 1000",
	"PRAGMA application_id = 7",
	"CREATE TRIGGER no BEFORE INSERT ON facts BEGIN SELECT raise(ABORT, 'no'); END",
	"CREATE VIEW strange AS SELECT * FROM facts; PRAGMA journal_mode = DELETE",
}

// TestDamage damages records, of one revision and of two, in five hundred ways. The server
// answers rightly, having made the record anew where it must, or refuses to start and says
// why. It never gives an answer that is not the right one.
func TestDamage(t *testing.T) {
	first, second := truths(t)
	one, two := seed(t, first), t.TempDir()
	must(t, copyRecord(two, one))
	must(t, sound(t, two, second, first))
	bases := []struct {
		data  string
		truth *truth
	}{{one, first}, {two, second}}
	var whole [2][]damage
	for i, base := range bases {
		b, err := os.ReadFile(filepath.Join(base.data, databaseFile))
		must(t, err)
		whole[i] = damages(b)
	}
	var became tally
	o := each(t, number("DAMAGES", len(whole[0])), func(i int) error {
		base, d := bases[i%2], whole[i%2][i]
		data := filepath.Join(t.TempDir(), "data")
		defer os.RemoveAll(data)
		if err := copyRecord(data, base.data); err != nil {
			return err
		}
		if err := d.do(filepath.Join(data, databaseFile)); err != nil {
			return fmt.Errorf("%s: %w", d.name, err)
		}
		s := serve(t, "--catalogue", base.truth.folder, "--data", data)
		defer s.kill()
		how, err := s.honest(base.truth, first)
		became.add(how)
		if err != nil {
			return fmt.Errorf("%s: %w", d.name, err)
		}
		return nil
	})
	figure(t, "damage", "%s; %s", o, &became)
}
