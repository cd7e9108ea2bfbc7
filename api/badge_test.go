package api_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"encoding/xml"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/testedon/testedon/api"
)

// TestBadge tells the verdict in the look of Shields, and stays a picture whatever is
// asked.
func TestBadge(t *testing.T) {
	c := newServer(t)
	const mi, nothing = "mi 4.4.0: ", "tested on: unknown ("
	for _, badge := range []struct{ path, says, colour, problem string }{
		{"mi/4.4.0.svg?os=RHEL+9", mi + "tested (WSO2 Micro Integrator 4.4.0 with Red Hat Enterprise Linux 9)", "tested", ""},
		{"mi/4.4.0.svg?os=RHEL+9&label=my+machine", "my machine: tested (", "tested", ""},
		{"mi/4.4.0.svg?os=RHEL+9&memory=1GB&deployment=ESB", mi + "tested, does not pass (", "conditional", ""},
		{"mi/4.4.0.svg?os=RHEL+9.4&require=tested,exact", mi + "tested, does not pass (", "conditional", ""},
		{"mi/4.4.0.svg?dbms=Postgres+16", mi + "not listed (WSO2 Micro Integrator 4.4.0 with PostgreSQL 16)", "not-listed", ""},
		{"mi/4.4.0.svg?dbms=Postgres+17", mi + "conditional (", "conditional", ""},
		{"mi/4.4.0.svg?dbms=Postgres+17.4&require=compatible", mi + "compatible (", "compatible", ""},
		{"mi/4.4.0.svg?dbms=Foobar+3", mi + "unresolved (", "unresolved", ""},
		{"odd/1%20&%202.svg?os=RHEL+9", "odd 1 &amp; 2: tested, provisional (Odd &#34;", "tested", ""},
		{"mi/4.4.0.svg", mi + "6 versions listed (WSO2 Micro Integrator 4.4.0; no environment is asked about)", "", ""},
		{"mi/4.4.0.svg?require=compatible&label=MI", "MI: 6 versions listed (", "", ""},
		{"mi/9.svg?os=RHEL+9", nothing + "unknown_release: ", "", "unknown_release"},
		{"mi/9.svg", nothing + "unknown_release: ", "", "unknown_release"},
		{"nix/9.svg?os=RHEL+9&label=mine", "mine: unknown (unknown_product: ", "", "unknown_product"},
		{"mi/4.4.0.svg?require=most", nothing + "invalid: ", "", "invalid"},
		{"mi/4.4.0.svg?mystery=1", nothing + "invalid: ", "", "invalid"},
		{"mi/4.4.0.png?os=RHEL+9", nothing + "invalid: ", "", "invalid"},
		{"mi/4.4.0.svg?os=", nothing + "invalid: ", "", "invalid"},
		{"mi/4.4.0.svg?os=RHEL+9&dbms=", nothing + "invalid: ", "", "invalid"},
		{"mi/4.4.0.svg?os=%zz", nothing + "invalid: ", "", "invalid"},
	} {
		ask := c
		if badge.problem != "" { // which the contract does not allow, and the server answers
			ask = c.beyond()
		}
		got := ask.get("/badge/" + badge.path)
		if got.status != 200 || !strings.HasPrefix(got.header.Get("Content-Type"), "image/svg+xml") || !strings.Contains(string(got.body), "<title>"+badge.says) {
			t.Errorf("%s: %d %s", badge.path, got.status, got.body)
		}
		if colour := badgeColour(t, badge.colour); !strings.Contains(string(got.body), `height="20" fill="`+colour+`"/></g>`) {
			t.Errorf("%s is not %s", badge.path, colour)
		}
		if err := xml.Unmarshal(got.body, new(any)); err != nil {
			t.Errorf("%s: %v", badge.path, err)
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
	if err := json.Unmarshal(c.get("/badge/mi/4.4.0.json?os=RHEL+9").body, &shields); err != nil || shields.SchemaVersion != 1 || shields.Message != "tested" || shields.Label != "mi 4.4.0" || shields.IsError {
		t.Errorf("%v: %+v", err, shields)
	}
}

// badgeColour is the colour of a verdict in the style of pages, in light; grey for none.
func badgeColour(t *testing.T, verdict string) string {
	t.Helper()
	style, err := os.ReadFile("../portal/style/1_base.css")
	if err != nil {
		t.Fatal(err)
	}
	name := cmp.Or(verdict, "quiet")
	found := regexp.MustCompile(`--` + name + `: light-dark\((#[0-9a-f]{6})`).FindSubmatch(style)
	if found == nil {
		t.Fatalf("pages have no colour of %s", name)
	}
	return string(found[1])
}

// TestBadgeWidth: whatever is asked and written, a badge has a width, and that has a bound.
func TestBadgeWidth(t *testing.T) {
	c := newServer(t)
	measures := regexp.MustCompile(`^<svg [^>]*width="([0-9]+)" height="20" viewBox="0 0 ([0-9]+) 20"`)
	for _, label := range []string{"", "x", strings.Repeat("W", 200), strings.Repeat("i", 200), strings.Repeat("ß", 200), strings.Repeat("\U0001F600", 200),
		strings.Repeat("a ", 99), "\u202e" + strings.Repeat("\u0301", 150), "<svg onload=alert(1)>\"'&", "تم الاختبار"} {
		for _, question := range []string{"", "os=RHEL+9", "os=RHEL+9&memory=1GB&deployment=ESB", "os=RHEL+9%22%3E%3Cscript%3E"} {
			got := c.beyond().get("/badge/mi/4.4.0.svg?" + question + "&label=" + url.QueryEscape(label))
			found := measures.FindSubmatch(got.body)
			if found == nil || !bytes.Equal(found[1], found[2]) {
				t.Fatalf("%q: %s", label, got.body)
			}
			if n, _ := strconv.Atoi(string(found[1])); n > 260 || n < 60 {
				t.Errorf("%q, %s: %d pixels", label, question, n)
			}
			if err := xml.Unmarshal(got.body, new(any)); err != nil || bytes.Contains(got.body, []byte("<script")) {
				t.Errorf("%q, %s: %v %s", label, question, err, got.body)
			}
		}
	}
}
