package api_test

import (
	"slices"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
)

func TestNotes(t *testing.T) {
	c := newServer(t)
	for path, want := range map[string]struct {
		ids     []string
		summary string
	}{
		ei + "notes": {[]string{"carbon/user", "carbon/verify", "ei/registry"},
			"The documents have 3 notes on WSO2 Enterprise Integrator 6.3.0: registry (1), security (2)."},
		ei + "notes?topic=Security": {[]string{"carbon/user", "carbon/verify"},
			"The documents have 2 notes on WSO2 Enterprise Integrator 6.3.0: security (2)."},
		ei + "notes?topic=registry&profile=MI+profile": {[]string{"ei/registry"},
			"The documents have 1 note on WSO2 Enterprise Integrator 6.3.0 (MI profile): registry (1)."},
		"/v1/products/mi/releases/4.3.0/notes": {[]string{},
			"The documents say nothing about how WSO2 Micro Integrator 4.3.0 is installed, run and operated."},
		"/v1/products/mi/releases/4.3.0/notes?topic=security": {[]string{},
			"The documents say nothing on security of WSO2 Micro Integrator 4.3.0."},
	} {
		got := ok[api.Notes](t, c.get(path))
		ids := []string{}
		for _, n := range got.Items {
			ids = append(ids, n.ID)
		}
		if got.Items == nil || !slices.Equal(ids, want.ids) || got.Summary != want.summary || got.Catalogue.Revision != 1 {
			t.Errorf("%s: %q, %s", path, ids, got.Summary)
		}
	}
}

// TestNote looks at every field of a note.
func TestNote(t *testing.T) {
	c := newServer(t)
	got := ok[api.Notes](t, c.get(ei+"notes"))
	if got.Product != "ei" || got.Release != "6.3.0" {
		t.Errorf("%+v", got)
	}
	if n := got.Items[0]; n.Title != "Run it unprivileged" || n.Text != "As a user of its own." || n.Settings == nil || n.Profile != "" || n.Source.ID != "page" {
		t.Errorf("%+v", n)
	}
	verify := got.Items[1]
	if verify.Path != "bin/server.sh" || !slices.Equal(verify.Settings, []answers.Setting{{File: "bin/server.sh", Name: "ignore", Value: "false"}}) || verify.Inherited != "carbon" {
		t.Errorf("%+v", verify)
	}
	if n := got.Items[2]; n.Profile != "micro-integrator" || n.Inherited != "" || n.Path != "<EI_HOME>/registry" || n.Topic != "registry" {
		t.Errorf("%+v", n)
	}
	odd := ok[api.Notes](t, c.get("/v1/products/odd/releases/1%20%26%202/notes")).Items[0]
	if odd.Topic != hostile || odd.Text != hostile || odd.Settings[0].Value != hostile {
		t.Errorf("%+v", odd)
	}
}
