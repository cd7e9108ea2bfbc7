package proposal

import (
	"fmt"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/seed/sheet"
)

// Origin is what whoever imports pages knows of where they are from, and no page tells.
type Origin struct {
	URL       string
	Date      string
	Authority fact.Authority
}

// Missing are the flags of what is not known.
func (o Origin) Missing() (all []string) {
	for _, known := range [][2]string{{"--url", o.URL}, {"--date", o.Date}, {"--authority", string(o.Authority)}} {
		if known[1] == "" {
			all = append(all, known[0])
		}
	}
	return all
}

// check says what cannot be.
func (o Origin) check() error {
	_, isDay := fact.ParseDay(o.Date)
	switch {
	case o.URL != "" && str.WebAddress(o.URL) == "":
		return fact.Invalid("url", "It is the address of the text that was read: https://….", "--url cannot be %q", o.URL)
	case o.Date != "" && !isDay:
		return fact.Invalid("date", "It is the day of the text that was read, such as 2026-01-31.", "--date cannot be %q", o.Date)
	case o.Authority != "" && o.Authority.Rank() < 0:
		return fact.Invalid("authority", fmt.Sprintf("It is one of %s, %s, %s and %s.", fact.Official, fact.Site, fact.Unconfirmed, fact.Fork), "--authority cannot be %q", o.Authority)
	}
	return nil
}

// permalink is the address of a file in a repository at a commit.
var permalink = str.Regexp(`^https://[\w.-]+/([\w.-]+/[\w.-]+)/(?:(?:-/)?(?:blob|raw)/)?([0-9a-f]{40})/([^?#]+)`)

// into tells a source what is known of its origin. Where the text stands at a commit, its
// address tells repository, path and commit.
func (o Origin) into(s *fact.Source) {
	if s.URL = o.URL; o.URL != "" && o.Authority == "" {
		s.Authority = fact.Site // it can be looked at
	}
	if m := permalink().FindStringSubmatch(o.URL); m != nil {
		s.Document, s.Revision = m[1]+" "+m[3], m[2]
	}
	if s.Date = o.Date; o.Authority != "" {
		s.Authority = o.Authority
	}
}

// origin writes what is known of the origin into the file of a source that is there.
func (e *edition) origin(p *Proposal) error {
	f, _, err := e.read("sources/" + p.Source + ".yaml")
	if err != nil {
		return err
	}
	s, err := sheet.Open(f)
	if err != nil {
		return err
	}
	var now fact.Source
	p.Origin.into(&now)
	for _, field := range []struct{ key, value string }{
		{"url", now.URL}, {"document", now.Document}, {"revision", now.Revision}, {"date", now.Date}, {"authority", string(p.Origin.Authority)},
	} {
		if field.value == "" || s.Text(field.key) == field.value {
			continue
		}
		if err := s.Put(field.key, field.value, "title"); err != nil {
			return err
		}
	}
	if now.Date != "" {
		if err := s.Drop("undated"); err != nil {
			return err
		}
	}
	e.changed[f.Name] = s.Data
	return nil
}
