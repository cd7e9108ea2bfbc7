//go:build torture

package torture

import (
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	_ "github.com/mattn/go-sqlite3" // the driver "sqlite3"
)

const databaseFile = "testedon.db"

// record is what a data folder holds, read by SQLite alone and not by the program.
type record struct {
	state   string // "no file", "no schema", "no facts", or "facts"
	newest  int
	digests map[int]string // of each revision, as it is on record
	rows    map[int]string // of each revision: a hash of the facts that stand at it
}

// inspect reads a copy of a record. What is there has to be whole.
func inspect(data string) (*record, error) {
	dir, err := os.MkdirTemp("", "inspect")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := copyRecord(dir, data); err != nil {
		return nil, err
	}
	file := filepath.Join(dir, databaseFile)
	info, err := os.Stat(file)
	if errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0 {
		return &record{state: "no file"}, nil
	}
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite3", file)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	return read(db)
}

func read(db *sql.DB) (*record, error) {
	var verdict string
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&verdict); err != nil {
		return nil, err
	}
	if verdict != "ok" {
		return nil, errors.New("integrity_check: " + verdict)
	}
	broken, err := db.Query("PRAGMA foreign_key_check")
	if err != nil {
		return nil, err
	}
	defer broken.Close()
	if broken.Next() {
		return nil, errors.New("foreign_key_check finds rows")
	}
	if err := broken.Err(); err != nil {
		return nil, err
	}
	var tables int
	if err := db.QueryRow("SELECT count(*) FROM sqlite_schema WHERE name = 'facts'").Scan(&tables); err != nil {
		return nil, err
	}
	if tables == 0 {
		return &record{state: "no schema"}, nil
	}
	r := &record{state: "facts", digests: map[int]string{}, rows: map[int]string{}}
	if err := readRevisions(db, r); err != nil {
		return nil, err
	}
	if r.newest == 0 {
		r.state = "no facts"
	}
	for number := range r.digests {
		if r.rows[number], err = readFacts(db, number); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func readRevisions(db *sql.DB, r *record) error {
	rows, err := db.Query("SELECT number, digest FROM revisions ORDER BY number")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var digest string
		if err := rows.Scan(&r.newest, &digest); err != nil {
			return err
		}
		r.digests[r.newest] = digest
	}
	return rows.Err()
}

// readFacts hashes the facts that stand at a revision.
func readFacts(db *sql.DB, revision int) (string, error) {
	rows, err := db.Query("SELECT noun, id, owner, body FROM facts WHERE added <= ?1 AND withdrawn > ?1 ORDER BY noun, id, owner", revision)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	hash := sha256.New()
	for rows.Next() {
		var noun, id, owner, body string
		if err := rows.Scan(&noun, &id, &owner, &body); err != nil {
			return "", err
		}
		fmt.Fprintf(hash, "%q %q %q %q\n", noun, id, owner, body)
	}
	return fmt.Sprintf("%x", hash.Sum(nil)), rows.Err()
}

// copyRecord copies the files of a record, but for the shared memory beside it, which
// SQLite makes anew.
func copyRecord(to, from string) error {
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	for _, name := range []string{databaseFile, databaseFile + "-wal", databaseFile + "-journal"} {
		b, err := os.ReadFile(filepath.Join(from, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(to, name), b, 0o600)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// wholly holds a record to one of the truths: each revision is one of them, fact by fact. It
// gives the state in a word or two.
func (r *record) wholly(truths ...*truth) (string, error) {
	for number, digest := range r.digests {
		known := false
		for _, u := range truths {
			known = known || u.digest == digest && u.rows == r.rows[number]
		}
		if !known {
			return "", fmt.Errorf("revision %d has digest %s and other facts than that", number, digest)
		}
	}
	if r.newest > 0 {
		return fmt.Sprintf("revision %d", r.newest), nil
	}
	return r.state, nil
}
