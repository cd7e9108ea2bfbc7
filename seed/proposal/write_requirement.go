package proposal

import (
	"cmp"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/seed/sheet"
)

// changeNeeds gives requirements their new amounts.
func (e *releaseEdition) changeNeeds() error {
	r, err := e.stated()
	if err != nil {
		return err
	}
	for _, c := range e.Changes {
		if c.need == nil {
			continue
		}
		for i, group := range r.Requirements {
			for j, row := range group.Rows {
				if row.RequirementID(group.Within(r.Scope()), group.Deployment) != c.need.ID {
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
func (e *releaseEdition) setNeed(f *Finding, path ...any) error {
	row := needRow(f)
	var approximate error
	if row.Approximate || e.Has(append(slices.Clip(path), "approximate")...) {
		approximate = e.Set("approximate", row.Approximate, path...)
	}
	return cmp.Or(
		approximate,
		e.Set("amount", row.Amount, path...),
		e.Set("printed", row.Printed, path...),
		e.Set("quote", row.Quote, path...),
	)
}

// addNeeds adds the requirements that are new, and the deployments they name.
func (e *releaseEdition) addNeeds() error {
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
func (e *releaseEdition) addDeployment(r *seed.ReleaseFile, f *Finding) error {
	has := func(d fact.Deployment) bool { return d.ID == f.need.Deployment }
	if slices.ContainsFunc(r.Deployments, has) || slices.ContainsFunc(e.inherited, has) {
		return nil
	}
	return sheet.Append(e.Sheet, "deployments", false, fact.Deployment{ID: f.need.Deployment, Name: clean(f.in)})
}

// addNeed adds a requirement to the group it belongs to.
func (e *releaseEdition) addNeed(r *seed.ReleaseFile, f *Finding) error {
	row := needRow(f)
	group := seed.RequirementGroup{Deployment: f.need.Deployment, Origin: seed.Origin{Source: e.Source, Section: clean(f.Section)}}
	taken := func() bool {
		for _, g := range r.Requirements {
			for _, other := range g.Rows {
				if other.RequirementID(g.Within(r.Scope()), g.Deployment) == row.RequirementID(r.Scope(), group.Deployment) {
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
		if g.Deployment == group.Deployment && g.Origin == group.Origin {
			return e.Add(row, "requirements", i, "rows")
		}
	}
	group.Rows = []seed.RequirementRow{row}
	return sheet.Append(e.Sheet, "requirements", true, group)
}

// needRow is the row of a finding.
func needRow(f *Finding) seed.RequirementRow {
	return seed.RequirementRow{
		Resource: f.need.Resource, Level: f.need.Level, Amount: f.need.Amount, Approximate: f.need.Approximate,
		Printed: cmp.Or(clean(f.need.Printed), clean(f.Label)), When: clean(f.When), Quote: quoteOf(f),
	}
}
