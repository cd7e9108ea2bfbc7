package page

import "strings"

// Record is what a document of data has as one statement; its texts are read as those
// of a table are.
type Record struct {
	Kind                      string // empty where its name tells it
	Technology, Together      string // see [Statement]
	Name, Version             string // Version may name several
	Status, When              string
	Product, Release, Section string
	Line                      int
	Quote                     string
}

// Records is what a document of data states.
type Records struct {
	Title   string
	Records []Record
	Unread  []Unread
}

// FromRecords makes a page of what a document of data states.
func FromRecords(all Records, names Names) *Page {
	r := &reader{page: &Page{Title: all.Title, Unread: all.Unread}, names: names.ofPage}
	for _, c := range all.Records {
		s := scope{status: c.Status, when: c.When, subject: subject{c.Product, c.Release}, section: c.Section, marked: true}
		if s.kinds = []string{c.Kind}; c.Kind == "" {
			s.kinds = nil
		}
		if c.Technology != "" {
			r.keep(Statement{Technology: c.Technology, Together: c.Together, Name: c.Name, Version: c.Version, Status: c.Status, When: c.When, Line: c.Line, Quote: c.Quote}, s)
			continue
		}
		if c.Kind == kindRequirement {
			r.state(Statement{Kind: c.Kind, Name: c.Name, Version: c.Version, Status: c.Status, When: c.When, Line: c.Line, Quote: clip(c.Quote)}, s)
			continue
		}
		if !strings.HasPrefix(c.Version, c.Name) { // "up to JDK 11" of "JDK"
			c.Version = strings.Replace(c.Version, " "+c.Name+" ", " ", 1)
		}
		t := &tableReader{reader: r, scope: s}
		mark := []mark{{0, c.Line}}
		t.versions(words{text: c.Name, marks: mark}, words{text: c.Version, marks: mark}, s, clip(c.Quote))
	}
	return r.finish()
}
