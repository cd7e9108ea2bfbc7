package answers

import (
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/requirement"
)

// Deployment is a way to run a release.
type Deployment struct {
	ID   string `json:"id" example:"physical"`
	Name string `json:"name" example:"Physical machine"`
	// Aliases are further names it goes by.
	Aliases []string `json:"aliases" example:"bare metal" validate:"max=1000"`
} // @name Deployment

// Requirement is what a release needs of one resource in one way to run it.
type Requirement struct {
	ID string `json:"id" example:"carbon/physical/memory/required"`
	// Deployment is the id of the way to run it.
	Deployment string `json:"deployment" example:"physical"`
	Resource   string `json:"resource" example:"memory" enums:"cores,clock,memory,heap,disk,machine"`
	// Level is how the document states it: no less will do (minimum), listed without that word (required), advised (recommended), or said to be enough (sufficient).
	Level string `json:"level" example:"required" enums:"minimum,required,recommended,sufficient"`
	// Amount is for the instances asked about.
	Amount Quantity `json:"amount" from:"Needed"`
	// Basis says where the amount comes from: the document states it for that many instances (stated), its rule for several makes it (computed), or it is stated for one instance and no rule for several is (single).
	Basis string `json:"basis" example:"computed" enums:"stated,computed,single"`
	// Arithmetic shows how a computed amount comes about.
	Arithmetic string `json:"arithmetic,omitempty" example:"2 GB for the operating system + 3 × 2 GB for each JVM = 8 GB"`
	// Printed is the item as printed.
	Printed string `json:"printed" example:"4 GB RAM (2 GB for JVM and 2 GB for the operating system)"`
	// Stated is the amount as the document states it.
	Stated Quantity `json:"stated" from:"Amount"`
	// Instances is how many instances the document states it for.
	Instances int      `json:"instances" from:"instances(.)" example:"1" minimum:"1" maximum:"1000"`
	Example   *Example `json:"example,omitempty"`
	// Approximate says that the document gives the amount as a rough one.
	Approximate bool `json:"approximate" example:"false"`
	// Each says that every instance needs the amount.
	Each bool `json:"each" example:"false"`
	// Shares are the parts of the stated amount that the document tells apart, which are its rule for several instances.
	Shares []Share `json:"shares" validate:"max=100"`
	// Type is that of a machine.
	Type string `json:"type,omitempty" example:"c5.large"`
	// Of is whose it is, where the document says.
	Of string `json:"of,omitempty" from:"Requirement.Of" example:"the container or pod"`
	// When is the use that it is stated for; missing where it is every one.
	When string `json:"when,omitempty" example:"complex integrations"`
	// Note is what the document adds.
	Note string `json:"note,omitempty" example:"The requirements vary with larger message sizes and the number of messages processed concurrently."`
	// Inherited is the id of the platform that it is stated about; missing where it is stated about the release itself.
	Inherited string   `json:"inherited,omitempty" from:"Platform" example:"carbon"`
	Source    Citation `json:"source" from:"CitedIn(Citation, Source)"`
} // @name Requirement

// Example is what the document states for just as many instances as are asked
// about, where its rule makes the amount too.
type Example struct {
	Amount    Quantity `json:"amount"`
	Instances int      `json:"instances" example:"3" minimum:"2" maximum:"1000"`
	Printed   string   `json:"printed" example:"8 GB RAM (2 GB for the operating system and 6 GB (2 GB for each WSO2 product instance))"`
	Source    Citation `json:"source" from:"cite(Citation)"`
} // @name Example

// Share is a part of a required amount.
type Share struct {
	Amount Quantity `json:"amount"`
	// For says what needs it.
	For string `json:"for" example:"the operating system"`
	// Each says that it is needed once for each instance, not once for the machine.
	Each bool `json:"each" example:"false"`
} // @name Share

// Quantity is an amount with its unit, or a range of amounts.
type Quantity struct {
	// Value is the amount; the lower end of a range.
	Value float64 `json:"value" from:"lower(.)" example:"8" minimum:"0"`
	// To is the upper end of a range; missing where it is none.
	To float64 `json:"to,omitempty" from:"upper(.)" example:"1.2" minimum:"0"`
	// Unit measures both. A GB is 10^9 bytes and a GiB 2^30; m are thousandths of a core.
	Unit string `json:"unit" example:"GB" enums:"cores,m,B,kB,MB,GB,TB,KiB,MiB,GiB,TiB,MHz,GHz,machines"`
	// Text is all of it in one.
	Text string `json:"text" from:"String" example:"8 GB"`
} // @name Quantity

// instances is how many a requirement is stated for.
func instances(n *requirement.Need) int { return max(1, n.Instances) }

// lower is the amount, or the lower end of a range.
func lower(q *fact.Quantity) float64 { return fact.Number(q.Low) }

// upper is the upper end of a range; 0 where it is none.
func upper(q *fact.Quantity) float64 {
	if q.High == q.Low {
		return 0
	}
	return fact.Number(q.High)
}

// DeploymentOf gives a way to run a release as callers see it.
func DeploymentOf(d *fact.Deployment) Deployment {
	return Deployment{ID: d.ID, Name: d.Name, Aliases: wire.List(d.Aliases)}
}
