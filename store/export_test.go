package store

import (
	"context"
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
