package runs

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/testedon/testedon/internal/str"
)

// document is a report in JSON: CTRF, an in-toto statement, or an envelope (DSSE) around one.
type document struct {
	Results *ctrf `json:"results"` // of CTRF

	Predicate     *result `json:"predicate"` // of in-toto
	PredicateType string  `json:"predicateType"`

	PayloadType string `json:"payloadType"` // of the envelope
	Payload     string `json:"payload"`
}

// ctrf is what a report in CTRF has under "results".
type ctrf struct {
	Summary *struct {
		Tests, Passed, Failed, Skipped, Pending, Other int
		Start, Stop                                    float64 // milliseconds since 1970
	} `json:"summary"`
	Tests       []ctrfTest                `json:"tests"`
	Environment map[string]jsontext.Value `json:"environment"`
}

type ctrfTest struct {
	Name     string         `json:"name"`
	Suite    jsontext.Value `json:"suite"` // a text or a list of them
	FilePath string         `json:"filePath"`
	Status   string         `json:"status"`
	Message  string         `json:"message"`
	Flaky    bool           `json:"flaky"`
	Retries  float64        `json:"retries"`
}

// result is the predicate test-result of in-toto, version 0.1.
type result struct {
	Result        string           `json:"result"`
	Configuration []map[string]any `json:"configuration"` // resource descriptors
	URL           string           `json:"url"`
	PassedTests   []string         `json:"passedTests"`
	WarnedTests   []string         `json:"warnedTests"`
	FailedTests   []string         `json:"failedTests"`
}

const (
	testResult  = "https://in-toto.io/attestation/test-result/v0.1"
	inTotoMedia = "application/vnd.in-toto+json"
)

// json reads a report in JSON.
func (r *Report) json(data []byte) error {
	of, err := r.document(data)
	if err == nil && of.PayloadType == inTotoMedia {
		if data, err = base64.StdEncoding.DecodeString(of.Payload); err != nil {
			return r.fault(1, "its payload is not in base64")
		}
		of, err = r.document(data)
	}
	if err != nil {
		return err
	}
	whole := jsontext.Value(bytes.Clone(data))
	if err := whole.Canonicalize(); err != nil {
		return r.fault(1, "it is no JSON: %v", err)
	}
	r.digest = sha256.Sum256(whole)
	switch {
	case of.Predicate != nil && of.PredicateType == testResult:
		r.Format = "in-toto"
		return r.attested(of.Predicate)
	case of.Results != nil && of.Results.Summary != nil && of.Results.Tests != nil:
		r.Format = "CTRF"
		return r.ctrf(data, of.Results)
	}
	return &Other{r.File, "JSON of another format"}
}

// document decodes JSON, in which no member may stand twice.
func (r *Report) document(data []byte) (*document, error) {
	of := &document{}
	err := json.Unmarshal(data, of, json.MatchCaseInsensitiveNames(true))
	if err == nil {
		return of, nil
	}
	line := 1
	var syntax *jsontext.SyntacticError
	var meaning *json.SemanticError
	switch {
	case errors.As(err, &syntax):
		line += bytes.Count(data[:syntax.ByteOffset], []byte("\n"))
		if strings.Contains(err.Error(), "unexpected EOF") {
			return nil, r.fault(line, "it is cut short")
		}
		return nil, r.fault(line, "it is no JSON: %v", syntax.Err)
	case errors.As(err, &meaning):
		line += bytes.Count(data[:meaning.ByteOffset], []byte("\n"))
		return nil, r.fault(line, "%s is no %v", meaning.JSONPointer, meaning.GoType)
	}
	return nil, r.fault(line, "it cannot be read: %v", err)
}

// ctrf takes what a report in CTRF tells.
func (r *Report) ctrf(data []byte, of *ctrf) error {
	lines := func(member string) int {
		return 1 + bytes.Count(data[:max(0, bytes.Index(data, []byte(`"`+member+`"`)))], []byte("\n"))
	}
	s, found := of.Summary, map[string]int{}
	for _, t := range of.Tests {
		one := test{name: str.Join(" > ", t.FilePath, string(t.Suite), t.Name), line: lines("tests"), reran: t.Flaky || t.Retries > 0}
		switch t.Status {
		case "passed":
			one.status = Pass
		case "failed":
			one.status, one.cause = failed("", t.Message)
		case "skipped", "pending":
			one.status = Skip
		case "other":
			one.status, one.cause = Error, "a test with the status other"
		default:
			return r.fault(one.line, "the test %q has the status %q, which is none of CTRF", clip(t.Name), clip(t.Status))
		}
		found[t.Status]++
		if err := r.add(one); err != nil {
			return err
		}
	}
	told := map[string]int{"passed": s.Passed, "failed": s.Failed, "skipped": s.Skipped, "pending": s.Pending, "other": s.Other}
	for _, status := range slices.Sorted(maps.Keys(told)) {
		if told[status] != found[status] {
			return r.fault(lines("summary"), "the summary counts %d %s and the report has %d", told[status], status, found[status])
		}
	}
	switch {
	case s.Tests != len(of.Tests):
		return r.fault(lines("summary"), "the summary counts %d tests and the report has %d", s.Tests, len(of.Tests))
	case s.Stop > 0 && s.Stop < s.Start:
		return r.fault(lines("summary"), "the run ends before it begins")
	}
	for _, at := range []float64{s.Start, s.Stop} {
		r.day(time.UnixMilli(int64(at)).UTC().Format(time.DateOnly))
	}
	r.environment(of.Environment, lines)
	return nil
}

// environment takes the environment of CTRF, whose three members for a system hold a kernel
// or a system, as Node tells them.
func (r *Report) environment(of map[string]jsontext.Value, lines func(string) int) {
	values := map[string]any{}
	for name, raw := range of {
		var value any
		if json.Unmarshal(raw, &value) == nil {
			values[name] = value
		}
	}
	text := func(name string) string { return scalar(values[name]) }
	r.URL = text("buildUrl")
	r.product = setting{text("appName"), text("appVersion"), lines("appVersion")}
	if values["healthy"] == false {
		r.sick = lines("healthy")
	}
	at := lines("osVersion")
	platform, version := text("osPlatform"), text("osVersion")
	kernel := map[string]string{"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}[strings.ToLower(platform)]
	var all []setting
	switch {
	case version == "" || version[0] == '#' || strings.HasPrefix(version, "Darwin Kernel"): // of a kernel
	case kernel == "" && version[0] >= '0' && version[0] <= '9':
		all = append(all, setting{"os", platform + " " + version, at})
	case version[0] < '0' || version[0] > '9':
		all = append(all, setting{"os", version, at})
	}
	if kernel != "" {
		all = append(all, setting{kernelName, kernel, lines("osPlatform")})
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if name == "extra" {
			all = flatten(all, "", values[name], lines, 0)
		}
	}
	if len(all) > 0 {
		r.settings = append(r.settings, all)
	}
}

// flatten gives the texts and numbers in a value, each with the names that lead to it.
func flatten(all []setting, name string, value any, lines func(string) int, depth int) []setting {
	switch of := value.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(of)) {
			if depth < 4 {
				all = flatten(all, strings.TrimSpace(name+" "+key), of[key], lines, depth+1)
			}
		}
	case []any:
		for _, one := range of {
			if depth < 4 {
				all = flatten(all, name, one, lines, depth+1)
			}
		}
	default:
		if text := scalar(of); text != "" {
			all = append(all, setting{name, text, lines(name[strings.LastIndexByte(name, ' ')+1:])})
		}
	}
	return all
}

// scalar writes a text or a number.
func scalar(value any) string {
	switch of := value.(type) {
	case string:
		return of
	case float64:
		return fmt.Sprint(of)
	}
	return ""
}

// attested takes what an attestation of in-toto tells. What stands in its lists has to agree
// with its result.
func (r *Report) attested(of *result) error {
	r.URL = of.URL
	type list struct {
		names  []string
		status Status
		result string
	}
	lists := []list{{of.FailedTests, Fail, "FAILED"}, {of.WarnedTests, Done, "WARNED"}, {of.PassedTests, Pass, "PASSED"}}
	at := slices.IndexFunc(lists, func(l list) bool { return l.result == of.Result })
	if at < 0 {
		return r.fault(1, "its result %q is none of PASSED, WARNED and FAILED", clip(of.Result))
	}
	for i, l := range lists {
		if i < at && len(l.names) > 0 {
			return r.fault(1, "its result is %s, and %q is among its tests that are %s", of.Result, clip(l.names[0]), l.result)
		}
		for _, name := range l.names {
			if err := r.add(test{name: name, status: l.status, line: 1}); err != nil {
				return err
			}
		}
	}
	if len(lists[at].names) == 0 { // a result for the whole alone
		if err := r.add(test{name: "the whole", status: lists[at].status, line: 1}); err != nil {
			return err
		}
	}
	var all []setting
	for _, resource := range of.Configuration {
		for _, name := range []string{"uri", "name"} {
			if text := scalar(resource[name]); strings.HasPrefix(text, "pkg:") {
				all = append(all, setting{name, text, 1})
			}
		}
		all = flatten(all, "", resource["annotations"], func(string) int { return 1 }, 0)
	}
	if len(all) > 0 {
		r.settings = append(r.settings, all)
	}
	return nil
}
