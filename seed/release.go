package seed

import (
	"fmt"
	"strings"

	"github.com/testedon/testedon/compat"
)

// releaseFile is the shape of a release: what is stated about it, section by
// section of the pages that state it.
type releaseFile struct {
	Product  string    `json:"product"`
	Version  string    `json:"version"`
	Aliases  []string  `json:"aliases,omitempty"`
	Sections []section `json:"sections"`
}

// section is one table or paragraph of a page. What it says once holds for all
// its rows.
type section struct {
	// ID tells apart the claims of two sections that state the same of one
	// technology; it ends their IDs.
	ID      string        `json:"id,omitempty"`
	Section string        `json:"section"` // the heading, as on the page
	Source  string        `json:"source"`
	Status  compat.Status `json:"status"`
	Rows    []row         `json:"rows"`
}

// row is one technology with the versions that stand beside it.
type row struct {
	Technology string   `json:"technology"`
	Printed    string   `json:"printed"`            // its name as on the page, "CorrettoJDK"
	Versions   []string `json:"versions,omitempty"` // as on the page; none means every version
	Quote      string   `json:"quote"`
}

func (l *loader) release(f file) {
	r, at, ok := fact[releaseFile](l, f)
	if !ok {
		return
	}
	l.identify(f, at["product"], plainID, r.Product, "releases/"+r.Product+"/"+r.Version+".yaml")
	l.identify(f, at["version"], releaseID, r.Version, f.name)
	l.stands("release "+r.Product+"/"+r.Version, f, at["version"])
	l.ds.Releases = append(l.ds.Releases, compat.Release{Product: r.Product, Version: r.Version, Aliases: r.Aliases})
	for i, s := range r.Sections {
		if s.ID != "" {
			l.identify(f, at[item("sections", i)], plainID, s.ID, f.name)
		}
		for j, row := range s.Rows {
			l.claims(f, at[item(item("sections", i)+".rows", j)], r, s, row)
		}
	}
}

// claims adds one claim for each version of a row.
func (l *loader) claims(f file, at place, r releaseFile, s section, row row) {
	for _, c := range row.expand(r, s) {
		where := "claim " + c.ID
		if first, taken := l.places[where]; taken {
			l.fault(f, at, "%q is stated already at %s:%d; if both are meant, give this section an id of its own", c.Label, first.File, first.Line)
			continue
		}
		l.stands(where, f, at)
		l.ds.Claims = append(l.ds.Claims, c)
	}
}

// expand gives the claims of a row.
func (row row) expand(r releaseFile, s section) []compat.Claim {
	versions := row.Versions
	if len(versions) == 0 {
		versions = []string{""}
	}
	all := make([]compat.Claim, len(versions))
	for i, version := range versions {
		all[i] = compat.Claim{
			ID:         claimID(r.Product, r.Version, row.Technology, slug(version), s.ID),
			Product:    r.Product,
			Release:    r.Version,
			Technology: row.Technology,
			Label:      strings.TrimSpace(row.Printed + " " + version),
			Version:    version,
			Status:     s.Status,
			Citation:   compat.Citation{Source: s.Source, Section: s.Section, Quote: row.Quote},
		}
	}
	return all
}

// claimID joins the parts that are there: "mi/4.4.0/rhel/9", "mi/4.4.0/arm64".
func claimID(parts ...string) string {
	id := parts[0]
	for _, part := range parts[1:] {
		if part != "" {
			id += "/" + part
		}
	}
	return id
}

// slug writes a printed version in the characters of an identifier: "12c
// release 2" as 12c-release-2, "8+" as 8-plus.
func slug(version string) string {
	text := strings.ToLower(strings.ReplaceAll(version, "+", " plus "))
	words := strings.FieldsFunc(text, func(c rune) bool {
		return c != '.' && (c < '0' || c > '9') && (c < 'a' || c > 'z')
	})
	return strings.Join(words, "-")
}

// item is the path of an entry of a list.
func item(list string, i int) string { return fmt.Sprintf("%s[%d]", list, i) }
