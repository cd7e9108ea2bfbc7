package cli_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/testedon/testedon/cli"
)

// encode HOW FROM TO writes a file anew: as a spreadsheet does, with a mark and
// the line ends of another system; in UTF-16; or in Latin 1.
func encode(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[1])
	var out []byte
	switch args[0] {
	case "sheet":
		out = []byte("\ufeff" + strings.ReplaceAll(text, "\n", "\r\n"))
	case "utf16":
		for _, unit := range utf16.Encode([]rune("\ufeff" + text)) {
			out = append(out, byte(unit), byte(unit>>8))
		}
	case "latin1":
		for _, r := range text {
			out = append(out, byte(r))
		}
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), out, 0o600))
}

// repeat NUMBER LINE FILE HEADER writes a file with that many lines below a header.
func repeat(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(args[3]+"\n"+strings.Repeat(args[1]+"\n", n)), 0o600))
}

// fleetOf is a file with every kind of result; control characters and signs of XML
// are in what is repeated of it.
const fleetOf = `[
 {"product": "mi", "release": "4.4.0", "environment": {"os": "RHEL 9"}},
 {"name": "<a & \"b\">\u0007", "product": "mi", "release": "4.4.0", "environment": {"dbms": ["Postgres 17", "Fubar <3>", "Postgres 17.2"]}},
 {"product": "mi", "release": "4.4.0", "environment": {"os": "RHEL 9.4"}, "require": "exact"},
 {"product": "mi", "release": "4.4.0", "environment": {"os": "RHEL 9"}, "require": "combination"},
 {"product": "mi", "release": "4.4.0", "environment": {"os": "RHEL 9"}, "memory": "1kB"},
 {"product": "micro", "release": "4.4.0", "environment": {"os": "RHEL 9"}},
 {"product": "mi", "release": "4.4.0", "environment": {"dbms": "Postgres 17.4"}},
 null
]`

// reportOn runs check over a file and gives what it prints.
func reportOn(t *testing.T, name, text, format string, wanted int) string {
	t.Helper()
	t.Chdir(t.TempDir())
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, complaints bytes.Buffer
	clock := time.Date(2026, 1, 31, 12, 0, 0, 0, time.FixedZone("CET", 3600))
	p := cli.Program{
		Args: []string{"check", "--file", name, "-o", format}, Stdout: &out, Stderr: &complaints, Version: "v1.2.3",
		Now: func() time.Time { clock = clock.Add(1500 * time.Millisecond); return clock },
	}
	if code := p.Run(t.Context()); code != wanted || complaints.Len() > 0 {
		t.Fatalf("code %d: %s", code, &complaints)
	}
	return out.String()
}

// TestJUnit holds the report against the schema that Ant's task has: what it
// requires, in its order, and counts that are true.
func TestJUnit(t *testing.T) {
	text := reportOn(t, "fleet.json", fleetOf, "junit", 1)
	type reason struct {
		Message *string `xml:"message,attr"`
		Type    *string `xml:"type,attr"`
		Text    string  `xml:",chardata"`
	}
	var got struct {
		XMLName xml.Name `xml:"testsuites"`
		Suites  []struct {
			Attrs []xml.Attr `xml:",any,attr"`
			Cases []struct {
				Attrs   []xml.Attr `xml:",any,attr"`
				Failure []reason   `xml:"failure"`
				Error   []reason   `xml:"error"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal([]byte(text), &got); err != nil || !strings.HasPrefix(text, xml.Header) || len(got.Suites) != 1 {
		t.Fatalf("%v in %s", err, text)
	}
	suite := got.Suites[0]
	for name, want := range map[string]string{
		"id": "0", "name": "fleet.json", "package": ".+", "hostname": "localhost", "timestamp": "2026-01-31T11:00:01",
		"tests": "8", "failures": "5", "errors": "2", "time": `3\.000`,
	} {
		if value := attr(suite.Attrs, name); !regexp.MustCompile("^" + want + "$").MatchString(value) {
			t.Errorf("%s is %q", name, value)
		}
	}
	failures, faults := 0, 0
	for _, c := range suite.Cases {
		if attr(c.Attrs, "name") == "" || attr(c.Attrs, "classname") == "" || attr(c.Attrs, "time") != "0" {
			t.Errorf("%+v", c)
		}
		for _, r := range slices.Concat(c.Failure, c.Error) {
			if r.Message == nil || *r.Message == "" || r.Type == nil || *r.Type == "" || r.Text == "" {
				t.Errorf("%+v", r)
			}
		}
		failures, faults = failures+len(c.Failure), faults+len(c.Error)
	}
	if len(suite.Cases) != 8 || failures != 5 || faults != 2 {
		t.Errorf("%d cases, %d failures, %d errors", len(suite.Cases), failures, faults)
	}
	second := suite.Cases[1]
	if attr(second.Attrs, "name") != "<a & \"b\">\uFFFD" || *second.Failure[0].Type != "unresolved" || !strings.Contains(second.Failure[0].Text, "Fubar <3>: ") {
		t.Errorf("%+v", second)
	}
	if problem := suite.Cases[5].Error[0]; *problem.Type != "unknown_product" || !strings.Contains(*problem.Message, `"micro"`) || problem.Text != "Did you mean microgateway or mi?" {
		t.Errorf("%+v", problem)
	}
	if order := elements(t, text); !regexp.MustCompile(`^testsuites testsuite properties (testcase (failure |error )?)+system-out system-err $`).MatchString(order) {
		t.Errorf("elements are %s", order)
	}
}

func attr(all []xml.Attr, name string) string {
	for _, a := range all {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// elements gives the names of all elements, in order.
func elements(t *testing.T, text string) string {
	t.Helper()
	var b strings.Builder
	for in := xml.NewDecoder(strings.NewReader(text)); ; {
		token, err := in.Token()
		if errors.Is(err, io.EOF) {
			return b.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		if start, ok := token.(xml.StartElement); ok {
			b.WriteString(start.Name.Local + " ")
		}
	}
}

// sarif is as much of the format as the report uses; nothing else may be in it.
type sarif struct {
	Schema  string `json:"$schema"`
	Version string
	Runs    []struct {
		Tool struct {
			Driver struct {
				Name, Version, InformationURI string
				Rules                         []struct {
					ID                   string
					ShortDescription     struct{ Text string }
					DefaultConfiguration struct{ Level string }
				}
			}
		}
		Results []struct {
			RuleID    string
			RuleIndex int
			Level     string
			Message   struct{ Text string }
			Locations []struct {
				PhysicalLocation struct {
					ArtifactLocation struct{ URI string }
					Region           struct{ StartLine int }
				}
			}
		}
		ColumnKind string
	}
}

// TestSARIF holds the report against what SARIF 2.1.0 requires, and each finding
// against what was asked.
func TestSARIF(t *testing.T) {
	const name = "folder of é/fleet 1.json"
	text := reportOn(t, name, fleetOf, "sarif", 1)
	var got sarif
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&got); err != nil || got.Version != "2.1.0" || !strings.Contains(got.Schema, "sarif-2.1.0") || len(got.Runs) != 1 {
		t.Fatalf("%v in %s", err, text)
	}
	run := got.Runs[0]
	if d := run.Tool.Driver; d.Name != "testedon" || d.Version != "v1.2.3" || !strings.HasPrefix(d.InformationURI, "https://") || run.ColumnKind != "unicodeCodePoints" {
		t.Errorf("%+v", d)
	}
	found := []string{}
	for _, r := range run.Results {
		rule := run.Tool.Driver.Rules[r.RuleIndex]
		if rule.ID != r.RuleID || rule.ShortDescription.Text == "" || r.Level != rule.DefaultConfiguration.Level || r.Message.Text == "" || len(r.Locations) != 1 {
			t.Errorf("%+v", r)
		}
		if !slices.Contains([]string{"error", "warning", "note"}, r.Level) {
			t.Errorf("level %q", r.Level)
		}
		place := r.Locations[0].PhysicalLocation
		if place.ArtifactLocation.URI != "folder%20of%20%C3%A9/fleet%201.json" {
			t.Errorf("URI %q", place.ArtifactLocation.URI)
		}
		found = append(found, strconv.Itoa(place.Region.StartLine)+" "+r.RuleID)
	}
	want := []string{"3 conditional", "3 unresolved", "4 inexact", "5 combination", "6 resources", "6 resources", "7 problem", "8 compatible", "9 problem"}
	if !slices.Equal(found, want) {
		t.Errorf("found %q", found)
	}
	if first := run.Results[0].Message.Text; !strings.HasPrefix(first, "<a & \"b\">\a: Postgres 17: ") {
		t.Errorf("message %q", first)
	}
	clean := reportOn(t, "fleet.json", `[{"product": "mi", "release": "4.4.0", "environment": {"os": "RHEL 9"}}]`, "sarif", 0)
	if !strings.Contains(clean, `"results": []`) {
		t.Errorf("nothing found is %s", clean)
	}
}

// TestFleetOfStranger: lines that answer less or more than was asked are none of a
// server of ours.
func TestFleetOfStranger(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: asks many questions of a server")
	}
	const good = `{"index":0,"status":200,"answer":{"verdict":"tested","pass":true,"require":"tested","summary":"Good."}}` + "\n"
	for body, code := range map[string]int{
		good + `{"summary":{"total":1}}`: 0,
		good + `{"summary":{"total":2}}`: 3,
		good + `{}`:                      3,
		good + good:                      3,
		good:                             3,
		strings.Replace(good, ":0", ":1", 1) + `{"summary":{"total":1}}`: 3,
		`{"summary":{"total":0}}`: 3,
		`{"index":0,"status":500,"problem":{"code":"internal"}}` + "\n" + `{"summary":{"total":1}}`: 3,
		`{"index":0,"status":200,"answer":[]}`:                                                      3,
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, body) }))
		t.Chdir(t.TempDir())
		if err := os.WriteFile("one.json", []byte(`[{"product": "mi", "release": "4.4.0", "environment": {"os": "RHEL 9"}}]`), 0o600); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		p := cli.Program{Args: []string{"check", "--file", "one.json", "--server", server.URL}, Stdout: &out, Stderr: &out}
		if got := p.Run(t.Context()); got != code {
			t.Errorf("%s: code %d, not %d: %s", body, got, code, &out)
		}
		server.Close()
	}
}
