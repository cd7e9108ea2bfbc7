package api_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
)

// TestRequirements holds the requirements of each question against lines of
// deployment, resource, level, amount and basis.
func TestRequirements(t *testing.T) {
	c := newServer(t)
	for path, want := range map[string][]string{
		"ei/releases/6.3.0/requirements": {
			"container heap sufficient 512 MB stated", "physical cores recommended 4 cores stated", "physical clock minimum 1–1.2 GHz stated",
			"physical memory required 4 GB stated", "ec2 machine required 1 machine stated"},
		"ei/releases/6.3.0/requirements?instances=3": {
			"container heap sufficient 512 MB single", "physical cores recommended 4 cores single", "physical clock minimum 4 GHz stated",
			"physical memory required 8 GB computed", "ec2 machine required 3 machines computed"},
		"ei/releases/6.3.0/requirements?instances=1000&deployment=Bare+Metal": {
			"physical cores recommended 4 cores single", "physical clock minimum 1–1.2 GHz single", "physical memory required 2002 GB computed"},
		"ei/releases/6.3.0/requirements?deployment=pod":               {"container heap sufficient 512 MB stated"},
		"mi/releases/4.4/requirements?deployment=ESB":                 {"centralized cores minimum 2 cores stated", "centralized memory required 2 GB stated"},
		"mi/releases/4.4/requirements?instances=3&deployment=ESB":     {"centralized cores minimum 2 cores single", "centralized memory required 2 GB single"},
		"Micro%20Integrator/releases/4.4.0/requirements?instances=01": {"centralized cores minimum 2 cores stated", "centralized memory required 2 GB stated", "decentralized cores minimum 0.5 cores stated", "decentralized cores recommended 2 cores stated"},
		"mi/releases/4.3.0/requirements":                              {},
	} {
		got := ok[api.Requirements](t, c.get("/v1/products/"+path))
		lines := []string{}
		for _, r := range got.Items {
			lines = append(lines, strings.Join([]string{r.Deployment, r.Resource, r.Level, r.Amount.Text, r.Basis}, " "))
		}
		if got.Items == nil || got.Deployments == nil || !slices.Equal(lines, want) {
			t.Errorf("%s: %q", path, lines)
		}
		if got.Summary == "" || got.Catalogue.Revision != 1 {
			t.Errorf("%s: %+v", path, got)
		}
	}
}

// TestRequirement looks at every field of a requirement, by rule and example.
func TestRequirement(t *testing.T) {
	got := ok[api.Requirements](t, newServer(t).get(ei+"requirements?instances=3&deployment=physical"))
	if got.Product != "ei" || got.Release != "6.3.0" || got.Instances != 3 || len(got.Deployments) != 3 || got.Deployments[1].Name != "Physical machine" {
		t.Errorf("%+v", got)
	}
	memory := got.Items[2]
	if memory.ID != "carbon/physical/memory/required" || memory.Arithmetic != "2 GB for the operating system + 3 × 2 GB for each JVM = 8 GB" {
		t.Errorf("%+v", memory)
	}
	if memory.Amount != (answers.Quantity{Value: 8, Unit: "GB", Text: "8 GB"}) || memory.Stated.Value != 4 || memory.Instances != 1 || memory.Printed != "4 GB RAM" {
		t.Errorf("amount %+v of %+v for %d: %s", memory.Amount, memory.Stated, memory.Instances, memory.Printed)
	}
	if e := memory.Example; e == nil || e.Instances != 3 || e.Amount.Text != "8 GB" || e.Printed != "three instances require 8 GB RAM" || e.Source.ID != "page" {
		t.Errorf("example %+v", e)
	}
	if s := memory.Shares; len(s) != 2 || s[0].Each || !s[1].Each || s[1].For != "each JVM" || s[1].Amount.Value != 2 {
		t.Errorf("shares %+v", s)
	}
	if memory.Inherited != "carbon" || memory.Source.Quote != "as printed" || memory.Approximate || memory.Each {
		t.Errorf("%+v", memory)
	}
	if clock := got.Items[1]; clock.Instances != 3 || clock.Stated.Value != 4 || clock.Example != nil || clock.Shares == nil {
		t.Errorf("%+v", clock)
	}
	if cores := got.Items[0]; cores.When != "high concurrencies" {
		t.Errorf("%+v", cores)
	}
}

func TestRequirementOfEverySort(t *testing.T) {
	c := newServer(t)
	all := ok[api.Requirements](t, c.get(ei+"requirements")).Items
	if heap := all[0]; !heap.Approximate || heap.Of != "the container or pod" || heap.Note != "It varies." || heap.Inherited != "" {
		t.Errorf("%+v", heap)
	}
	if clock := all[2].Amount; clock != (answers.Quantity{Value: 1, To: 1.2, Unit: "GHz", Text: "1–1.2 GHz"}) {
		t.Errorf("%+v", clock)
	}
	if machine := all[4]; machine.Type != "c5.large" || !machine.Each {
		t.Errorf("%+v", machine)
	}
	odd := ok[api.Requirements](t, c.get("/v1/products/odd/releases/1%20%26%202/requirements?instances=2")).Items[0]
	if odd.Printed != hostile || odd.Note != hostile || odd.When != hostile || odd.Shares[0].For != hostile || odd.Inherited != "odd" {
		t.Errorf("%+v", odd)
	}
	none := ok[api.Requirements](t, c.get("/v1/products/mi/releases/4.3.0/requirements"))
	if none.Summary != "The documents say nothing about what WSO2 Micro Integrator 4.3.0 needs." {
		t.Error(none.Summary)
	}
}
