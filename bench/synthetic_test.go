package bench

import (
	"fmt"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// perRelease is the number of claims of a synthetic release, about that of a
// real one with every dimension filled.
const perRelease = 100

// Synthetic adds releases to a dataset until it has the given number of claims.
// Each synthetic release of the product "synthetic" lists perRelease versions,
// spread over the technologies of the dataset that take plain numbers.
func Synthetic(ds *fact.Dataset, claims int) {
	var technologies []*fact.Technology
	for i := range ds.Technologies {
		if t := &ds.Technologies[i]; t.Scheme == "dotted" || t.Scheme == "java" {
			technologies = append(technologies, t)
		}
	}
	ds.Sources = append(ds.Sources, fact.Source{ID: "synthetic", Title: "Synthetic releases", Authority: fact.Unconfirmed})
	ds.Products = append(ds.Products, fact.Product{ID: "synthetic", Name: "Synthetic Product", Vendor: "Nobody"})
	for n := 0; len(ds.Claims) < claims; n++ {
		release := fmt.Sprintf("%d.%d.%d", 1+n/10000, n/100%100, n%100)
		ds.Releases = append(ds.Releases, fact.Release{Product: "synthetic", Version: release})
		for i := 0; i < perRelease && len(ds.Claims) < claims; i++ {
			ds.Claims = append(ds.Claims, claim(release, technologies[i%len(technologies)], (n+i)%60))
		}
	}
}

// claim says that a synthetic release was tested with a version of t.
func claim(release string, t *fact.Technology, n int) fact.Claim {
	v := fmt.Sprintf("%d.%d", 8+n%20, n/20)
	return fact.Claim{
		ID:      "synthetic/" + release + "/" + t.ID + "/" + v + fmt.Sprintf("#%d", n),
		Product: "synthetic", Release: release, Technology: t.ID,
		Label: t.Name + " " + v, Version: v, Status: fact.StatusTested,
		Citation: fact.Citation{Source: "synthetic", Section: "Tested " + t.Kind, Quote: t.Name + " | " + v},
	}
}

// copies leaves nothing but one product of a dataset, its releases and claims, and copies
// one release of it until there are n products.
func copies(ds *fact.Dataset, product, release string, n int) {
	other := func(p string) bool { return p != "" && p != product }
	ds.Products = slices.DeleteFunc(ds.Products, func(p fact.Product) bool { return other(p.ID) })
	ds.Releases = slices.DeleteFunc(ds.Releases, func(r fact.Release) bool { return other(r.Product) })
	ds.Claims = slices.DeleteFunc(ds.Claims, func(c fact.Claim) bool { return other(c.Product) })
	ds.Advisories = slices.DeleteFunc(ds.Advisories, func(a fact.Advisory) bool { return other(a.Product) })
	ds.Requirements, ds.Ports, ds.Notes, ds.Configurations, ds.Images = nil, nil, nil, nil, nil
	claims := slices.Clone(ds.Claims)
	for i := 1; i < n; i++ {
		id := fmt.Sprint("copy", i)
		ds.Products = append(ds.Products, fact.Product{ID: id, Name: fmt.Sprint("Copied Product ", i), Vendor: "Nobody"})
		ds.Releases = append(ds.Releases, fact.Release{Product: id, Version: release})
		for _, c := range claims {
			if c.Product != "" && c.Release == release {
				c.ID, c.Product = strings.Replace(c.ID, product, id, 1), id
				ds.Claims = append(ds.Claims, c)
			}
		}
	}
}

// Questions gives n different environments to ask about, each a text per kind:
// listed ones, members of listed series, neighbours and strangers.
func Questions(n int) [][]compat.Asked {
	var all [][]compat.Asked
	for i := range n {
		all = append(all, []compat.Asked{
			{Kind: "os", Text: fmt.Sprintf("%s %d.%d", systems[i%len(systems)], 7+i/7%4, i/31%11)},
			{Kind: "jdk", Text: fmt.Sprintf("%s %d.0.%d", jdks[i%len(jdks)], []int{8, 11, 17, 21, 25}[i/3%5], i/17%40)},
			{Kind: "dbms", Text: fmt.Sprintf("%s %d.%d", databases[i%len(databases)], 8+i/13%12, i/101%200)},
		})
	}
	return all
}

var (
	systems   = []string{"RHEL", "Rocky", "AlmaLinux", "macOS", "SLES", "Red Hat Enterprise Linux", "Rocky Linux"}
	jdks      = []string{"Corretto", "Temurin", "OpenJDK", "Oracle JDK", "Zulu"}
	databases = []string{"Postgres", "MySQL", "MariaDB", "DB2", "PostgreSQL", "Oracle"}
)
