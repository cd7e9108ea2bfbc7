package api_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/api/answers"
)

// TestResources holds the answers against lines of resource, deployment and
// status.
func TestResources(t *testing.T) {
	c := newServer(t)
	for query, want := range map[string]struct {
		verdict   string
		pass, met bool
		items     string
		unchecked []string
	}{
		"os=RHEL+9&memory=2GB&cores=2&deployment=ESB":    {"tested", true, true, "cores centralized met, memory centralized met", nil},
		"os=RHEL+9&memory=2048MiB&deployment=ESB":        {"tested", true, true, "memory centralized met", []string{"cores"}},
		"os=RHEL+9&memory=1+GB&cores=2&deployment=ESB":   {"tested", false, false, "cores centralized met, memory centralized not_met", nil},
		"os=RHEL+9&deployment=ESB":                       {"tested", true, true, "", []string{"cores", "memory"}},
		"os=RHEL+8&memory=2GB&deployment=ESB":            {"not_listed", false, true, "memory centralized met", []string{"cores"}},
		"cores=500m&deployment=decentralized":            {"compatible", true, true, "cores decentralized below_recommended", nil},
		"cores=0.4&deployment=decentralized":             {"incompatible", false, false, "cores decentralized not_met", nil},
		"cores=1":                                        {"conditional", false, false, "cores centralized not_met, cores decentralized below_recommended", []string{"memory"}},
		"os=RHEL+9&cores=1&require=conditional":          {"conditional", false, false, "cores centralized not_met, cores decentralized below_recommended", []string{"memory"}},
		"memory=1GB":                                     {"conditional", false, false, "memory centralized not_met, memory decentralized not_stated", []string{"cores"}},
		"disk=10GB":                                      {"not_listed", false, true, "disk centralized not_stated, disk decentralized not_stated", []string{"cores", "memory"}},
		"disk=10GB&memory=3+GB&cores=4&deployment=ESB":   {"compatible", true, true, "cores centralized met, memory centralized met, disk centralized not_stated", nil},
		"os=RHEL+9&memory=4GB&require=tested,exact":      {"tested", true, true, "memory centralized met, memory decentralized not_stated", []string{"cores"}},
		"cores=2&deployment=Centralized+%28ESB+style%29": {"compatible", true, true, "cores centralized met", []string{"memory"}},
	} {
		got := ok[answers.Answer](t, c.get("/v1/check?product=mi&release=4.4.0&"+query))
		if got.Verdict != want.verdict || got.Pass != want.pass {
			t.Errorf("%s: %s, pass %t: %s", query, got.Verdict, got.Pass, got.Summary)
		}
		items := []string{}
		for _, item := range got.Resources.Items {
			items = append(items, item.Resource+" "+item.Deployment+" "+item.Status)
		}
		if text := strings.Join(items, ", "); text != want.items || got.Resources.Met != want.met || !slices.Equal(got.Resources.Unchecked, want.unchecked) || got.Resources.Unchecked == nil {
			t.Errorf("%s: met %t, %s, unchecked %q", query, got.Resources.Met, text, got.Resources.Unchecked)
		}
		if byName := strings.Contains(query, "deployment="); byName != (got.Resources.Deployment != "") {
			t.Errorf("%s: deployment %q", query, got.Resources.Deployment)
		}
	}
}

// TestResource looks at every field of the answer for one resource.
func TestResource(t *testing.T) {
	c := newServer(t)
	got := ok[answers.Answer](t, c.get("/v1/check?product=ei&release=6.3.0&memory=2048+MiB&deployment=bare+metal"))
	memory := got.Resources.Items[0]
	if memory.Asked != "2048 MiB" || memory.Amount != (answers.Quantity{Value: 2048, Unit: "MiB", Text: "2048 MiB"}) || memory.Deployment != "physical" {
		t.Errorf("%+v", memory)
	}
	if memory.Status != "not_met" || !strings.Contains(memory.Why, "2048 MiB") || !strings.Contains(memory.Why, "required 4 GB") || !strings.Contains(got.Summary, memory.Why) {
		t.Errorf("%+v in %s", memory, got.Summary)
	}
	if len(memory.Needs) != 1 || memory.Needs[0].ID != "carbon/physical/memory/required" || memory.Needs[0].Inherited != "carbon" || len(memory.Needs[0].Shares) != 2 {
		t.Errorf("needs %+v", memory.Needs)
	}
	none := ok[answers.Answer](t, c.get("/v1/check?product=mi&release=4.3.0&memory=2GB")).Resources
	if item := none.Items[0]; item.Status != "not_stated" || item.Deployment != "" || item.Needs == nil || !strings.Contains(item.Why, "say nothing about the memory") {
		t.Errorf("%+v", none)
	}
}

// TestResourcesInBody asks the same in a body and at the address it names.
func TestResourcesInBody(t *testing.T) {
	c := newServer(t)
	for body, location := range map[string]string{
		`{"product":"mi","release":"4.4.0","cores":0.5,"memory":"2 GB"}`:                                             "/v1/check?product=mi&release=4.4.0&cores=0.5&memory=2+GB",
		`{"product":"mi","release":"4.4.0","cores":"500m","disk":"1TB","environment":{}}`:                            "/v1/check?product=mi&release=4.4.0&cores=500m&disk=1TB",
		`{"product":"mi","release":"4.4.0","cores":2,"environment":{"os":[]}}`:                                       "/v1/check?product=mi&release=4.4.0&cores=2",
		`{"deployment":"ESB","release":"4.4.0","environment":{"os":"RHEL 9"},"require":"compatible","product":"mi"}`: "/v1/check?product=mi&release=4.4.0&os=RHEL+9&deployment=ESB&require=compatible",
	} {
		got := c.post("/v1/check", body)
		if got.status != 200 || got.header.Get("Content-Location") != location {
			t.Fatalf("%s: %d at %s: %s", body, got.status, got.header.Get("Content-Location"), got.body)
		}
		same := c.get(location)
		if !bytes.Equal(got.body, same.body) || got.header.Get("ETag") != same.header.Get("ETag") {
			t.Errorf("POST answers\n%s\nand GET %s\n%s", got.body, location, same.body)
		}
	}
}

// TestResourcesAreForgotten: memory of a question is used again, and nothing of
// the last one may show in the next.
func TestResourcesAreForgotten(t *testing.T) {
	c := newServer(t)
	plain := c.get(the).body
	for range 20 {
		c.get(the + "&memory=1GB&deployment=ESB")
		if got := c.get(the).body; !bytes.Equal(got, plain) {
			t.Fatalf("the answer becomes %s", got)
		}
	}
}
