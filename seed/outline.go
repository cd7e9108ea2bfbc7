package seed

import (
	"path"
	"strings"

	"github.com/testedon/testedon/compat/fact"
)

// Outline reads the names of catalogues: their kinds, their products, product and version of
// their releases, and the technologies of a kind, or of all for "*". Nothing is held against
// anything, and what is at fault is left out, so that it takes a fraction of the time of [LoadAll].
func Outline(folders []Folder, kind string) *fact.Dataset {
	l := newLoader()
	wanted := []string{"kinds.yaml", "products/*.yaml", "technologies/" + kind + "/*.yaml"}
	for _, files := range l.open(folders) {
		for _, f := range files {
			for _, pattern := range wanted {
				if match, _ := path.Match(pattern, f.Name); match { // what is no pattern matches nothing
					l.read(f)
				}
			}
			if parts := strings.Split(strings.TrimSuffix(f.Name, ".yaml"), "/"); parts[0] == "releases" && len(parts) == 3 {
				l.ds.Releases = append(l.ds.Releases, fact.Release{Product: parts[1], Version: parts[2]})
			}
		}
	}
	return &l.ds
}
