package seed

import (
	"fmt"
	"strings"

	"github.com/testedon/testedon/compat/fact"
)

// IncompatibilityGroup is what a page lists as not working together, under one
// heading.
type IncompatibilityGroup struct {
	Origin
	Rows []IncompatibilityRow `json:"rows"`
}

// IncompatibilityRow is one technology and what it does not work together with.
type IncompatibilityRow struct {
	Named
	With  []Named `json:"with"`
	Quote string  `json:"quote"`
}

// Named is a technology with versions, as on the page.
type Named struct {
	Technology string   `json:"technology"`
	Printed    string   `json:"printed"`            // its name, "JDK"
	Versions   []string `json:"versions,omitempty"` // none means every version
}

// incompatibilities adds one advisory for each row.
func (s statementReader) incompatibilities(path string, group IncompatibilityGroup) {
	scope := group.Within(s.scope)
	for i, row := range group.Rows {
		a := row.advisory(group)
		a.Scope, a.ID = scope, factID(scope, row.name())
		if s.new("advisory "+a.ID, item(path+".rows", i), row.title(), "join the rows") {
			s.ds.Advisories = append(s.ds.Advisories, a)
		}
	}
}

// name ends the ID of the advisory that a row makes: "ubuntu/14.04/with/java".
func (row IncompatibilityRow) name() string {
	parts := []string{row.Technology}
	for _, version := range row.Versions {
		parts = append(parts, Slug(version))
	}
	parts = append(parts, "with")
	for _, other := range row.With {
		parts = append(parts, other.Technology)
	}
	return strings.Join(parts, "/")
}

// advisory is the advisory that a row makes, but for its scope and ID.
func (row IncompatibilityRow) advisory(group IncompatibilityGroup) fact.Advisory {
	a := fact.Advisory{
		Severity: fact.SeverityError, Title: row.title(),
		Text:    "The page lists them as known not to work together.",
		Applies: row.targets(), Incompatible: true, Citation: group.cite(row.Quote),
	}
	for _, other := range row.With {
		a.With = append(a.With, other.targets()...)
	}
	return a
}

// title names both sides: "Ubuntu 14.04 does not work with JDK 1.8.0_151 or 1.8.0_152".
func (row IncompatibilityRow) title() string {
	others := make([]string, len(row.With))
	for i, other := range row.With {
		others[i] = other.Label()
	}
	return fmt.Sprintf("%s does not work with %s", row.Label(), strings.Join(others, " or "))
}

// Label is the name with the versions: "JDK 1.8.0_151, 1.8.0_152 or 1.8.0_161".
func (n Named) Label() string {
	last := len(n.Versions) - 1
	switch last {
	case -1:
		return n.Printed
	case 0:
		return n.Printed + " " + n.Versions[0]
	}
	return n.Printed + " " + strings.Join(n.Versions[:last], ", ") + " or " + n.Versions[last]
}

// targets are the technology and each of its versions.
func (n Named) targets() []fact.Target {
	if len(n.Versions) == 0 {
		return []fact.Target{{Technology: n.Technology}}
	}
	all := make([]fact.Target, len(n.Versions))
	for i, version := range n.Versions {
		all[i] = fact.Target{Technology: n.Technology, Version: version}
	}
	return all
}
