package seed

import (
	"cmp"
	"strings"
)

// Look is what is known anew of a source: that its document still says what was read, or
// which text of it was read now.
type Look struct {
	Source   string
	Revision string // of the text that was read now, and Date its day; empty where it is the one before
	Date     string
	Checked  string // the last day on which the document is known to say so; empty where that is Date
}

// look composes the file of a source that was looked at. An address that names the
// revision names the new one; a source that has a day needs no reason for having none.
func (c *composing) look(l Look) error {
	f, _, err := c.read("sources/" + l.Source + ".yaml")
	if err != nil {
		return err
	}
	s, err := newSheet(f)
	if err != nil {
		return err
	}
	if l.Revision != "" {
		if was, url := s.text("revision"), s.text("url"); was != "" && strings.Contains(url, was) {
			err = s.put("url", strings.ReplaceAll(url, was, l.Revision))
		}
		err = cmp.Or(err, s.put("revision", l.Revision, "document"), s.put("date", l.Date, "revision"), s.drop("undated"), s.drop("checked"))
	}
	if err == nil && l.Checked != "" {
		err = s.put("checked", l.Checked, "date", "revision", "document")
	}
	c.changed[f.name] = s.file.data
	return err
}

// text is that of a key at the top of the file; empty where it has none.
func (s *sheet) text(key string) string {
	text, _ := textOf(s.at(key))
	return text
}

// put gives a key at the top of the file a text, and leaves what else stands on its line.
// One that is not there comes behind the first of some others that is.
func (s *sheet) put(key, text string, behind ...string) error {
	if s.at(key) == nil {
		for _, other := range behind {
			if p, err := s.key(s.root, other); err == nil {
				return s.replace(p.to, p.to, scalar(key, text, 0))
			}
		}
		return s.set(key, scalar(key, text, 0))
	}
	p, err := s.key(s.root, key)
	if err != nil {
		return err
	}
	was, line := s.text(key), strings.TrimRight(s.lines[p.from], "\r\n")
	if was == "" || !strings.Contains(line, was) {
		return s.set(key, scalar(key, text, 0))
	}
	return s.replace(p.from, p.to, []string{strings.Replace(line, was, text, 1)})
}

// drop takes a key at the top of the file away, where it is there.
func (s *sheet) drop(key string) error {
	if s.at(key) == nil {
		return nil
	}
	p, err := s.key(s.root, key)
	if err != nil {
		return err
	}
	return s.replace(p.from, p.to, nil)
}
