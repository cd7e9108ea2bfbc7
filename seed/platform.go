package seed

import (
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed/sheet"
)

// platformFile is the shape of a platform: what it is, and what is stated about
// every product built on it.
type platformFile struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Vendor  string   `json:"vendor"`
	Aliases []string `json:"aliases,omitempty"`
	statements
}

func (l *loader) platform(f sheet.File) {
	p, at, ok := decodeFact[platformFile](l, f)
	if !ok {
		return
	}
	l.identify(f, at["id"], PlainID, p.ID, "platforms/"+p.ID+".yaml")
	if !l.apart("platform "+p.ID, f, at["id"]) {
		return
	}
	l.ds.Platforms = append(l.ds.Platforms, fact.Platform{
		ID: p.ID, Name: p.Name, Vendor: p.Vendor, Aliases: p.Aliases, Deployments: p.Deployments,
	})
	statementReader{l, f, at, fact.Scope{Platform: p.ID}, new(int)}.all(p.statements)
}
