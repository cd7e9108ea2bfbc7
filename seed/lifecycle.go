package seed

import (
	"cmp"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed/sheet"
)

// lifecycleFile is how long the series of one technology are maintained, as one
// source tells it.
type lifecycleFile struct {
	Technology string         `json:"technology"`
	URL        string         `json:"url,omitempty"`    // the technology's own page at the source
	Policy     string         `json:"policy,omitempty"` // the address at which the vendor tells it
	Source     string         `json:"source"`
	Section    string         `json:"section,omitempty"` // the heading above, where the source has one
	Cycles     []lifecycleRow `json:"cycles"`
}

// lifecycleRow is one series.
type lifecycleRow struct {
	Version        string `json:"version"`
	Label          string `json:"label,omitempty"`
	Name           string `json:"name,omitempty"`
	Codename       string `json:"codename,omitempty"`
	Released       string `json:"released"`
	Support        string `json:"support,omitempty"`
	Ends           string `json:"ends,omitempty"`
	Ended          bool   `json:"ended,omitempty"`
	Extended       string `json:"extended,omitempty"`
	LTS            bool   `json:"lts,omitempty"`
	Latest         string `json:"latest,omitempty"`
	LatestReleased string `json:"latest_released,omitempty"`
	Source         string `json:"source,omitempty"` // where another than that of the file tells this series
	Section        string `json:"section,omitempty"`
}

// lifecycle adds one lifecycle for each row.
func (l *loader) lifecycle(f sheet.File) {
	stated, at, ok := decodeFact[lifecycleFile](l, f)
	if !ok {
		return
	}
	l.identify(f, at["technology"], PlainID, stated.Technology, "lifecycles/"+stated.Technology+".yaml")
	s := statementReader{loader: l, file: f, at: at}
	for i, row := range stated.Cycles {
		page := "" // of another source it is not
		if row.Source == "" || row.Source == stated.Source {
			row.Source, row.Section, page = stated.Source, cmp.Or(row.Section, stated.Section), stated.URL
		}
		one := fact.Lifecycle{
			ID: stated.Technology + "/" + Slug(cmp.Or(row.Name, row.Label, row.Version)), Technology: stated.Technology,
			Version: row.Version, Label: row.Label, Name: row.Name, Codename: row.Codename,
			Released: row.Released, Support: row.Support, Ends: row.Ends, Ended: row.Ended, Extended: row.Extended,
			LTS: row.LTS, Latest: row.Latest, LatestReleased: row.LatestReleased, URL: page, Policy: stated.Policy,
			Citation: fact.Citation{Source: row.Source, Section: row.Section},
		}
		where, path := "lifecycle "+one.ID, item("cycles", i)
		if first, there := l.homes[where]; !there || first.from != l.from || s.new(where, path, cmp.Or(row.Name, row.Label, row.Version), "give this one a name of its own") {
			take(l, &l.ds.Lifecycles, where, f, at[path], one)
		}
	}
}
