package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
)

// LimitPages makes SQLite find the disk full when the file would grow beyond
// so many pages of 4096 bytes; 0 takes the limit away.
func (s *Store) LimitPages(ctx context.Context, pages int) error {
	if pages == 0 {
		pages = 1 << 30
	}
	_, err := s.engine.(*sqlite).writer.ExecContext(ctx, fmt.Sprintf("PRAGMA max_page_count = %d", pages))
	return err
}

// WriteByReader tries to write with a connection that reads.
func (s *Store) WriteByReader(ctx context.Context) error {
	_, err := s.db.ExecContext(ctx, "UPDATE owners SET digest = 'x'")
	return s.fault(err)
}

// Fault puts an error into words, for the database x.db.
func Fault(err error) error { return fault("x.db", err) }

// Known is the newest schema.
func Known() int { return newestSchema }

// Address tells what is read from the address of a database.
func Address(text string) (shown, told string, err error) {
	c, err := parseAddress(text)
	if err != nil {
		return "", "", err
	}
	told = fmt.Sprintf("%s %s:%d %s %s", c.User, c.Host, c.Port, c.Database, c.ConnectTimeout)
	for _, f := range c.Fallbacks {
		told += fmt.Sprintf(" or %s:%d", f.Host, f.Port)
		if f.TLSConfig == nil {
			told += " plainly"
		}
	}
	if t := c.TLSConfig; t != nil {
		told += fmt.Sprintf(" tls=%s %t %t", t.ServerName, t.InsecureSkipVerify, t.VerifyPeerCertificate != nil)
	}
	for _, name := range slices.Sorted(maps.Keys(c.RuntimeParams)) {
		told += " " + name + "=" + c.RuntimeParams[name]
	}
	return display(c), told + " " + c.Password, nil
}

// Ask gives the answer of each connection of a file to a query.
func (s *Store) Ask(ctx context.Context, query string) (answers []string, err error) {
	for _, db := range []*sql.DB{s.db, s.engine.(*sqlite).writer} {
		var answer string
		if err := db.QueryRowContext(ctx, query).Scan(&answer); err != nil {
			return nil, err
		}
		answers = append(answers, answer)
	}
	return answers, nil
}
