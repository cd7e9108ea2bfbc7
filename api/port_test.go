package api_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/api"
)

// TestPorts holds the ports of each question against lines of id, number,
// offset and profile, and the collisions against lines of number and ids.
func TestPorts(t *testing.T) {
	c := newServer(t)
	for query, want := range map[string]struct{ ports, collisions string }{
		"":           {"ei/proxy 8280 0, ei/mi/proxy 8290 10 micro-integrator, carbon/https 9443 0, ei/http 9763 0", ""},
		"?offset=10": {"ei/proxy 8290 10, carbon/https 9453 10, ei/http 9773 10", ""},
		"?profile=MI+profile": {
			"ei/mi/proxy 8290 10 micro-integrator, carbon/https 9453 10 micro-integrator, ei/http 9773 10 micro-integrator", ""},
		"?profile=micro-integrator&offset=-20": {
			"ei/mi/proxy 8260 -20 micro-integrator, carbon/https 9423 -20 micro-integrator, ei/http 9743 -20 micro-integrator", ""},
		"?profile=micro-integrator&offset=0&offset=320": {
			"ei/mi/proxy 8280 0 micro-integrator, carbon/https 9443 0 micro-integrator, ei/http 9763 0 micro-integrator, " +
				"ei/mi/proxy 8600 320 micro-integrator, carbon/https 9763 320 micro-integrator, ei/http 10083 320 micro-integrator",
			"9763: ei/http 0, carbon/https 320"},
		"?profile=micro-integrator&offset=55772": {
			"ei/mi/proxy 64052 55772 micro-integrator, carbon/https 65215 55772 micro-integrator, ei/http 65535 55772 micro-integrator", ""},
		"?profile=micro-integrator&offset=-8279": {
			"ei/mi/proxy 1 -8279 micro-integrator, carbon/https 1164 -8279 micro-integrator, ei/http 1484 -8279 micro-integrator", ""},
		"?profile=micro-integrator&offset=1&offset=1": {
			"ei/mi/proxy 8281 1 micro-integrator, carbon/https 9444 1 micro-integrator, ei/http 9764 1 micro-integrator, " +
				"ei/mi/proxy 8281 1 micro-integrator, carbon/https 9444 1 micro-integrator, ei/http 9764 1 micro-integrator",
			"8281: ei/mi/proxy 1, ei/mi/proxy 1; 9444: carbon/https 1, carbon/https 1; 9764: ei/http 1, ei/http 1"},
	} {
		got := ok[api.Ports](t, c.get(ei+"ports"+query))
		ports, collisions := []string{}, []string{}
		for _, p := range got.Items {
			ports = append(ports, strings.TrimSpace(fmt.Sprint(p.ID, " ", p.Port, " ", p.Offset, " ", p.Profile)))
		}
		for _, collision := range got.Collisions {
			texts := []string{}
			for _, p := range collision.Ports {
				texts = append(texts, fmt.Sprint(p.ID, " ", p.Offset))
			}
			collisions = append(collisions, fmt.Sprint(collision.Port, ": ", strings.Join(texts, ", ")))
		}
		if strings.Join(ports, ", ") != want.ports || strings.Join(collisions, "; ") != want.collisions || got.Collisions == nil {
			t.Errorf("%s: %q, collisions %q", query, ports, collisions)
		}
	}
}

// TestPort looks at every field of the answer.
func TestPort(t *testing.T) {
	c := newServer(t)
	got := ok[api.Ports](t, c.get(ei+"ports?profile=MI+profile&offset=0&offset=320"))
	if got.Product != "ei" || got.Release != "6.3.0" || got.Profile != "micro-integrator" || got.Catalogue.Revision != 1 {
		t.Errorf("%+v", got)
	}
	if !strings.Contains(got.Summary, "listens on 8280, 9443 (https)") || !strings.Contains(got.Summary, "Port 9763 is taken 2 times") {
		t.Error(got.Summary)
	}
	if p := got.Profiles; len(p) != 1 || p[0].Name != "Micro Integrator" || !slices.Equal(p[0].Aliases, []string{"MI profile"}) || p[0].Offset != 10 || p[0].Source.ID != "page" {
		t.Errorf("profiles %+v", p)
	}
	https := got.Items[1]
	if https.Name != "https" || https.Printed != 9443 || https.Protocol != "https" || https.Purpose != "Console" || https.File != "catalina-server.xml" {
		t.Errorf("%+v", https)
	}
	if proxy := got.Items[0]; proxy.Printed != 8290 || proxy.Inherited != "" || https.Inherited != "carbon" || https.Source.ID != "page" {
		t.Errorf("%+v, %+v", proxy, https)
	}
	if taken := got.Collisions[0].Ports[0]; taken.Name != "http" || taken.Profile != "micro-integrator" {
		t.Errorf("collision %+v", taken)
	}
	if every := ok[api.Ports](t, c.get(ei+"ports")); every.Profile != "" {
		t.Errorf("%+v", every)
	}
	odd := ok[api.Ports](t, c.get("/v1/products/odd/releases/1%20%26%202/ports")).Items[0]
	if odd.Name != hostile || odd.Port != 1 || odd.Protocol != hostile || odd.File != hostile || odd.Source.Title != hostile {
		t.Errorf("%+v", odd)
	}
	none := ok[api.Ports](t, c.get("/v1/products/mi/releases/4.3.0/ports?offset=10"))
	if none.Summary != "The documents say nothing about the ports of WSO2 Micro Integrator 4.3.0." || none.Items == nil || none.Profiles == nil {
		t.Errorf("%+v", none)
	}
}
