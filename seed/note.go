package seed

import "github.com/testedon/testedon/compat/fact"

// noteGroup is what a page says besides, under one heading.
type noteGroup struct {
	Origin
	Rows []noteRow `json:"rows"`
}

// noteRow is one note.
type noteRow struct {
	ID       string         `json:"id"` // unique among the notes about one subject
	Topic    string         `json:"topic"`
	Title    string         `json:"title"`
	Text     string         `json:"text"`
	Path     string         `json:"path,omitempty"`
	Settings []fact.Setting `json:"settings,omitempty"`
	Quote    string         `json:"quote"`
}

// notes adds one note for each row.
func (s statementReader) notes(path string, group noteGroup) {
	scope := group.Within(s.scope)
	for i, row := range group.Rows {
		at := item(path+".rows", i)
		s.form(at+".id", PlainID, row.ID)
		s.form(at+".topic", PlainID, row.Topic)
		n := fact.Note{
			ID: factID(scope, row.ID), Scope: scope, Topic: row.Topic, Title: row.Title, Text: row.Text,
			Path: row.Path, Settings: row.Settings, Citation: group.cite(row.Quote),
		}
		if s.new("note "+n.ID, at, row.ID, "give this one another id") {
			s.ds.Notes = append(s.ds.Notes, n)
		}
	}
}
