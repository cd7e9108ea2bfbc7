package compat_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/requirement"
)

func TestRequirements(t *testing.T) {
	m := build(t, built())
	for _, c := range []struct {
		product, release, deployment string
		instances                    int
		want                         []string // each need; or one error
	}{
		{product: "web", release: "1.0", deployment: "Bare Metal", instances: 1, want: []string{
			"box cores minimum 1 core stated", "box cores recommended 4 cores stated", "box clock required 1–2 GHz stated", "box clock required 3 GHz stated",
			"box memory required 4 GB stated", "box memory recommended 8 GB stated"}},
		{product: "web", release: "1.0", deployment: "box", instances: 2, want: []string{
			"box cores minimum 1 core single", "box cores recommended 4 cores single", "box clock required 1–2 GHz single", "box clock required 3 GHz single",
			"box memory required 7 GB computed (1 GB for the system + 2 × 3 GB for each runtime = 7 GB)", "box memory recommended 8 GB single"}},
		{product: "web", release: "1.0", deployment: "box", instances: 3, want: []string{
			"box cores minimum 1 core single", "box cores recommended 4 cores single", "box clock required 3 GHz single", "box clock required 4 GHz stated",
			"box memory required 10 GB computed (1 GB for the system + 3 × 3 GB for each runtime = 10 GB) as base/box/memory/3", "box memory recommended 8 GB single"}},
		{product: "job", release: "1", instances: 1000, want: []string{
			"box cores minimum 1 core single", "box cores recommended 4 cores single", "box clock required 1–2 GHz single", "box clock required 3 GHz single",
			"box memory required 3001 GB computed (1 GB for the system + 1000 × 3 GB for each runtime = 3001 GB)", "box memory recommended 8 GB single",
			"cloud machine required 1000 machines computed (1000 × 1 machine = 1000 machines)"}},
		{product: "web", release: "1.0", deployment: "edge", instances: 3, want: []string{
			"edge cores minimum 1.5 cores computed (3 × 0.5 cores = 1.5 cores)", "edge heap sufficient 512 MB single"}},
		{product: "solo", release: "1", instances: 1},
		{product: "web", release: "2.0", deployment: "edge", instances: 1, want: []string{"error deployment box,cloud"}},
		{product: "solo", release: "1", deployment: "box", instances: 1, want: []string{"error deployment "}},
		{product: "web", release: "1.0", want: []string{"error instances "}},
		{product: "web", release: "1.0", instances: 1001, want: []string{"error instances "}},
		{product: "web", release: "3", instances: 1, want: []string{"error release 2.0,1.0"}},
	} {
		found, err := needsOf(m, c.product, c.release, c.deployment, c.instances)
		got := errorWords(err)
		if err == nil {
			got = needs(found.Needs)
		}
		if want := strings.Join(c.want, "\n"); got != want {
			t.Errorf("%s %s, %q, %d instances:\n%s\nwant\n%s", c.product, c.release, c.deployment, c.instances, got, want)
		}
	}
}

func needsOf(m *compat.Matrix, product, release, deployment string, instances int) (*requirement.Requirements, error) {
	r, err := m.Release(product, release)
	if err != nil {
		return nil, err
	}
	return r.Stated().Requirements(deployment, instances)
}

func needs(all []requirement.Need) string {
	var lines []string
	for _, n := range all {
		line := fmt.Sprintf("%s %s %s %s %s", n.Of.ID, n.Resource, n.Level, n.Needed, n.Basis)
		if n.Arithmetic != "" {
			line += " (" + n.Arithmetic + ")"
		}
		if n.Example != nil {
			line += " as " + n.Example.ID
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func TestRequirementsInWords(t *testing.T) {
	m := build(t, built())
	for asked, want := range map[struct {
		product, release, deployment string
		instances                    int
	}]string{
		{"web", "1.0", "edge", 2}:  "Web 1.0 needs for 2 instances: Edge: 1 core (minimum), 512 MB of heap (sufficient, about, stated for one instance only).",
		{"job", "1", "cloud", 1}:   "Job 1 needs: Cloud: 1 machine of type x.large (required).",
		{"web", "1.0", "cloud", 1}: "Web 1.0 needs: Cloud: 1 machine of type x.large (required).",
		{"solo", "1", "", 1}:       "The documents say nothing about what Solo 1 needs.",
	} {
		found, err := needsOf(m, asked.product, asked.release, asked.deployment, asked.instances)
		if err != nil {
			t.Fatal(err)
		}
		if found.Summary != want {
			t.Errorf("%+v: %q, want %q", asked, found.Summary, want)
		}
	}
}

func TestResources(t *testing.T) {
	m := build(t, built())
	for asked, want := range map[string]string{
		"web 1.0 box | cores=1 memory=8GB | os=Alpha Linux 2":   "tested pass; box cores below_recommended, box memory met",
		"web 1.0 box | cores=0.5 memory=4GB | os=Alpha Linux 2": "tested fail; box cores not_met, box memory below_recommended",
		"web 1.0 box | cores=8 | os=Alpha Linux 2":              "tested pass; box cores met; unchecked memory",
		"web 1.0 box | disk=1TB | os=Alpha Linux 2":             "tested pass; box disk not_stated; unchecked cores,memory",
		"web 1.0 | cores=500m | os=Alpha Linux 2":               "conditional fail; edge cores met, box cores not_met, cloud cores not_stated; unchecked memory",
		"web 1.0 | cores=499m | os=Alpha Linux 2":               "conditional fail; edge cores not_met, box cores not_met, cloud cores not_stated; unchecked memory",
		"web 1.0 cloud | cores=1m | os=Alpha Linux 2":           "tested pass; cloud cores not_stated",
		"web 1.0 edge | | os=Alpha Linux 2":                     "tested pass; ; unchecked cores",
		"web 1.0 box | cores=4 memory=4000MB |":                 "compatible pass; box cores met, box memory below_recommended",
		"web 1.0 box | memory=3.9GB |":                          "incompatible fail; box memory not_met; unchecked cores",
		"solo 1 | memory=1B |":                                  "not_listed fail; memory not_stated",
		"solo 1 | memory=1B | cache=KV 3":                       "not_listed fail; memory not_stated",
		"solo 1 box | memory=1B |":                              "error deployment ",
		"web 1.0 attic | |":                                     "error deployment edge,box,cloud",
	} {
		if got := askResources(t, m, asked); got != want {
			t.Errorf("%s: %s, want %s", asked, got, want)
		}
	}
}

// askResources asks "product release deployment | resource=amount … | component".
func askResources(t *testing.T, m *compat.Matrix, line string) string {
	t.Helper()
	fields := strings.Split(line, "|")
	name := append(strings.Fields(fields[0]), "")
	asked := &requirement.ResourcesAsked{Deployment: name[2]}
	for _, pair := range strings.Fields(fields[1]) {
		resource, text, _ := strings.Cut(pair, "=")
		amount, err := requirement.ReadAmount(fact.Resource(resource), text)
		if err != nil {
			t.Fatal(err)
		}
		asked.Amounts = append(asked.Amounts, amount)
	}
	q := compat.Question{Product: name[0], Release: name[1], Resources: asked}
	if kind, text, ok := strings.Cut(strings.TrimSpace(fields[2]), "="); ok {
		q.Components = append(q.Components, m.Resolve(compat.Asked{Kind: kind, Text: text}))
	}
	a := new(compat.Answer)
	if err := m.Check(q, a); err != nil {
		return errorWords(err)
	}
	return resourceWords(a)
}

func resourceWords(a *compat.Answer) string {
	var items, unchecked []string
	for _, item := range a.Resources.Items {
		text := string(item.Resource) + " " + string(item.Status)
		if item.Of != nil {
			text = item.Of.ID + " " + text
		}
		items = append(items, text)
	}
	for _, r := range a.Resources.Unchecked {
		unchecked = append(unchecked, string(r))
	}
	text := string(a.Verdict) + map[bool]string{true: " pass; ", false: " fail; "}[a.Pass] + strings.Join(items, ", ")
	if len(unchecked) > 0 {
		text += "; unchecked " + strings.Join(unchecked, ",")
	}
	return text
}

// An answer says of the resources what it says of components: what, and why.
func TestResourcesInWords(t *testing.T) {
	m := build(t, built())
	memory, err := requirement.ReadAmount(fact.ResourceMemory, "2048 MiB")
	if err != nil {
		t.Fatal(err)
	}
	cores, err := requirement.ReadAmount(fact.ResourceCores, "2")
	if err != nil {
		t.Fatal(err)
	}
	a := new(compat.Answer)
	q := compat.Question{Product: "web", Release: "1.0", Resources: &requirement.ResourcesAsked{Deployment: "box", Amounts: []requirement.ResourceAmount{cores, memory}}}
	if err := m.Check(q, a); err != nil {
		t.Fatal(err)
	}
	want := "The resources do not meet the requirements. 2 cores: enough for the minimum 1 core, below the recommended 4 cores for more load. " +
		"2048 MiB of memory: below the required 4 GB, below the recommended 8 GB."
	if got := a.Summary(); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestReadAmount(t *testing.T) {
	for text, r := range map[string]fact.Resource{"2": "memory", "-1": "cores", "1-2": "cores", "": "disk", "4 GB": "cores"} {
		_, err := requirement.ReadAmount(r, text)
		if got := errorWords(err); got != "error "+string(r)+" " {
			t.Errorf("%s %q: %v", r, text, err)
		}
	}
}
