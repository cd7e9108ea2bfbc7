package seed

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
)

// changeNeeds gives requirements their new amounts.
func (e *editing) changeNeeds() error {
	r, err := e.stated()
	if err != nil {
		return err
	}
	scope := fact.Scope{Product: r.Product, Release: r.Version}
	for _, c := range e.Changes {
		if c.need == nil {
			continue
		}
		for i, group := range r.Requirements {
			for j, row := range group.Rows {
				if row.name(group.within(scope), group.Deployment) != c.need.ID {
					continue
				}
				if err := e.setNeed(c.now, "requirements", i, "rows", j); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// setNeed gives a requirement the amount and the words of a finding.
func (e *editing) setNeed(f *Finding, path ...any) error {
	row := needRow(f)
	var approximate error
	if row.Approximate || valueOf(e.at(path...), "approximate") != nil {
		approximate = e.set("approximate", []string{fmt.Sprintf("approximate: %t", row.Approximate)}, path...)
	}
	return cmp.Or(
		approximate,
		e.set("amount", row.amount(), path...),
		e.setText("printed", row.Printed, path...),
		e.setText("quote", row.Quote, path...),
	)
}

// addNeeds adds the requirements that are new, and the deployments they name.
func (e *editing) addNeeds() error {
	for _, c := range e.Changes {
		if c.Kind != kindRequirement || c.Change != Added {
			continue
		}
		r, err := e.stated()
		if err == nil {
			err = e.addDeployment(&r, c.now)
		}
		if err == nil {
			err = e.addNeed(&r, c.now)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// addDeployment adds the deployment of a finding, unless the release or its
// platform has it.
func (e *editing) addDeployment(r *releaseFile, f *Finding) error {
	has := func(d fact.Deployment) bool { return d.ID == f.need.Deployment }
	if slices.ContainsFunc(r.Deployments, has) || slices.ContainsFunc(e.inherited, has) {
		return nil
	}
	return e.append("deployments", [][]string{entry(scalar("id", f.need.Deployment, 4), scalar("name", clean(f.in), 4))}, false)
}

// addNeed adds a requirement to the group it belongs to.
func (e *editing) addNeed(r *releaseFile, f *Finding) error {
	row := needRow(f)
	group := requirementGroup{Deployment: f.need.Deployment, origin: origin{Source: e.Source, Section: clean(f.Section)}}
	scope := fact.Scope{Product: r.Product, Release: r.Version}
	taken := func() bool {
		for _, g := range r.Requirements {
			for _, other := range g.Rows {
				if other.name(g.within(scope), g.Deployment) == row.name(scope, group.Deployment) {
					return true
				}
			}
		}
		return false
	}
	for n := 2; taken(); n++ {
		row.ID = identifier(row.Amount.String()) + strings.Repeat("-more", n-2)
	}
	for i, g := range r.Requirements {
		if g.Deployment == group.Deployment && g.origin == group.origin {
			return e.add(row.lines(), false, "requirements", i, "rows")
		}
	}
	return e.append("requirements", [][]string{entry(scalar("deployment", group.Deployment, 4), scalar("source", group.Source, 4),
		optional("section", group.Section, 4), nested("rows", [][]string{row.lines()}, false))}, true)
}

// needRow is the row of a finding.
func needRow(f *Finding) requirementRow {
	return requirementRow{
		Resource: f.need.Resource, Level: f.need.Level, Amount: f.need.Amount, Approximate: f.need.Approximate,
		Printed: cmp.Or(clean(f.need.Printed), clean(f.Label)), When: clean(f.When), Quote: quoteOf(f),
	}
}

// amount writes the amount, with the dash of keyboards.
func (r requirementRow) amount() []string {
	return []string{"amount: " + strings.ReplaceAll(r.Amount.String(), "–", "-")}
}

// lines writes a requirement as an entry of a list.
func (r requirementRow) lines() []string {
	approximate := []string(nil)
	if r.Approximate {
		approximate = []string{"approximate: true"}
	}
	return entry(optional("id", r.ID, rowIndent), []string{"resource: " + string(r.Resource)}, []string{"level: " + string(r.Level)},
		r.amount(), approximate, scalar("printed", r.Printed, rowIndent), optional("when", r.When, rowIndent), scalar("quote", r.Quote, rowIndent))
}
