package seed

import "github.com/testedon/testedon/compat/fact"

// portGroup is a list of ports on a page.
type portGroup struct {
	Origin
	Rows []portRow `json:"rows"`
}

// portRow is one port.
type portRow struct {
	Name     string `json:"name"`
	Number   int    `json:"number"`           // as printed
	Offset   int    `json:"offset,omitempty"` // that the number includes
	Protocol string `json:"protocol,omitempty"`
	Purpose  string `json:"purpose"`
	File     string `json:"file,omitempty"`
	Quote    string `json:"quote"`
}

// ports adds one port for each row.
func (s statementReader) ports(path string, group portGroup) {
	scope := group.Within(s.scope)
	for i, row := range group.Rows {
		at := item(path+".rows", i)
		s.form(at+".name", PlainID, row.Name)
		p := fact.Port{
			ID: factID(scope, row.Name), Scope: scope, Name: row.Name, Number: row.Number, Offset: row.Offset,
			Protocol: row.Protocol, Purpose: row.Purpose, File: row.File, Citation: group.cite(row.Quote),
		}
		if s.new("port "+p.ID, at, row.Name, "give this one another name") {
			s.ds.Ports = append(s.ds.Ports, p)
		}
	}
}
