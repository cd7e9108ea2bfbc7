package seed

import (
	"fmt"

	"github.com/testedon/testedon/compat/fact"
)

// RequirementGroup is what a page says one deployment needs.
type RequirementGroup struct {
	Deployment string `json:"deployment"`
	Origin
	Rows []RequirementRow `json:"rows"`
}

// RequirementRow is one amount of one resource.
type RequirementRow struct {
	// ID tells apart two rows that would else have one ID; it ends it.
	ID          string        `json:"id,omitempty"`
	Resource    fact.Resource `json:"resource"`
	Level       fact.Level    `json:"level"`
	Amount      fact.Quantity `json:"amount"`
	Approximate bool          `json:"approximate,omitempty"`
	Printed     string        `json:"printed"`
	Instances   int           `json:"instances,omitempty"`
	Each        bool          `json:"each,omitempty"`
	Shares      []fact.Share  `json:"shares,omitempty"`
	Type        string        `json:"type,omitempty"`
	Of          string        `json:"of,omitempty"`
	When        string        `json:"when,omitempty"`
	Note        string        `json:"note,omitempty"`
	Quote       string        `json:"quote"`
}

// requirements adds one requirement for each row.
func (s statementReader) requirements(path string, group RequirementGroup) {
	scope := group.Within(s.scope)
	for i, row := range group.Rows {
		at := item(path+".rows", i)
		s.form(at+".id", PlainID, row.ID)
		r := row.requirement(group)
		r.Scope, r.ID = scope, row.RequirementID(scope, group.Deployment)
		if s.new("requirement "+r.ID, at, r.Printed, "give this row an id of its own") {
			s.ds.Requirements = append(s.ds.Requirements, r)
		}
	}
}

// RequirementID is the ID of the requirement that a row makes.
func (row RequirementRow) RequirementID(scope fact.Scope, deployment string) string {
	instances := ""
	if row.Instances > 0 {
		instances = fmt.Sprintf("%d-instances", row.Instances)
	}
	return factID(scope, deployment, string(row.Resource), string(row.Level), Slug(row.When), instances, row.ID)
}

// requirement is the requirement that a row makes, but for its scope and ID.
func (row RequirementRow) requirement(group RequirementGroup) fact.Requirement {
	return fact.Requirement{
		Deployment:  group.Deployment,
		Resource:    row.Resource,
		Level:       row.Level,
		Amount:      row.Amount,
		Approximate: row.Approximate,
		Printed:     row.Printed,
		Instances:   row.Instances,
		Each:        row.Each,
		Shares:      row.Shares,
		Type:        row.Type,
		Of:          row.Of,
		When:        row.When,
		Note:        row.Note,
		Citation:    group.cite(row.Quote),
	}
}
