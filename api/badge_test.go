package api_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/testedon/testedon/api"
)

// TestBadge tells the verdict in the look of Shields, and stays a picture whatever is
// asked.
func TestBadge(t *testing.T) {
	c := newServer(t)
	for _, badge := range []struct{ path, says, problem string }{
		{"mi/4.4.0.svg?os=RHEL+9", "Red Hat Enterprise Linux 9: tested", ""},
		{"mi/4.4.0.svg?os=RHEL+9&label=my+machine", "my machine: tested", ""},
		{"mi/4.4.0.svg?os=RHEL+9&memory=1GB&deployment=ESB", "Red Hat Enterprise Linux 9: tested, does not pass", ""},
		{"mi/4.4.0.svg?os=RHEL+9.4&require=tested,exact", "Red Hat Enterprise Linux 9.4: tested, does not pass", ""},
		{"mi/4.4.0.svg?dbms=Postgres+16", "PostgreSQL 16: not listed", ""},
		{"odd/1%20&%202.svg?os=RHEL+9", "Red Hat Enterprise Linux 9: tested, provisional", ""},
		{"mi/9.svg?os=RHEL+9", "tested on: unknown", "unknown_release"},
		{"nix/9.svg?os=RHEL+9", "tested on: unknown", "unknown_product"},
		{"mi/4.4.0.svg", "tested on: unknown", "invalid"},
		{"mi/4.4.0.png?os=RHEL+9", "tested on: unknown", "invalid"},
		{"mi/4.4.0.svg?os=", "tested on: unknown", "invalid"},
		{"mi/4.4.0.svg?os=RHEL+9&dbms=", "tested on: unknown", "invalid"},
		{"mi/4.4.0.svg?os=%zz", "tested on: unknown", "invalid"},
	} {
		ask := c
		if badge.problem != "" { // which the contract does not allow, and the server answers
			ask = c.beyond()
		}
		got := ask.get("/badge/" + badge.path)
		if got.status != 200 || !strings.HasPrefix(got.header.Get("Content-Type"), "image/svg+xml") || !strings.Contains(string(got.body), "<title>"+badge.says+"</title>") {
			t.Errorf("%s: %d %s", badge.path, got.status, got.body)
		}
		if grey := strings.Contains(string(got.body), "#5f6b68"); grey != (badge.problem != "" || strings.HasSuffix(badge.says, "not listed")) {
			t.Errorf("%s: grey is %t", badge.path, grey)
		}
		if problem := got.header.Get("X-TestedOn-Problem"); !strings.HasPrefix(problem, badge.problem) || (problem == "") != (badge.problem == "") {
			t.Errorf("%s: problem %q", badge.path, problem)
		}
	}
	empty := serve(t, api.Options{Catalogue: &catalogue{}}).beyond()
	if got := empty.get("/badge/mi/4.4.0.json?os=RHEL+9"); got.status != 200 || !strings.Contains(string(got.body), `"message":"unknown"`) || !strings.HasPrefix(got.header.Get("X-TestedOn-Problem"), "unavailable") ||
		got.header.Get("Cache-Control") != "no-store" {
		t.Errorf("without a catalogue: %d %v %s", got.status, got.header, got.body)
	}
	var shields struct {
		SchemaVersion         int
		Label, Message, Color string
		IsError               bool
	}
	if err := json.Unmarshal(c.get("/badge/mi/4.4.0.json?os=RHEL+9").body, &shields); err != nil || shields.SchemaVersion != 1 || shields.Message != "tested" || shields.IsError {
		t.Errorf("%v: %+v", err, shields)
	}
}
