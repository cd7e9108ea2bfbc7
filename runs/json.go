package runs

import (
	"bytes"
	"cmp"
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

// document is a report in JSON: CTRF; a statement of in-toto; or an envelope (DSSE) of one,
// whose signature is not checked.
type document struct {
	Results struct {
		Summary *struct {
			Tests, Passed, Failed, Skipped, Pending, Other int
			Start, Stop                                    float64 // milliseconds since 1970
		}
		Tests []struct {
			Name, FilePath, Status, Message string
			Suite                           jsontext.Value // a text or a list of them
			Flaky                           bool
			Retries                         float64
		}
		Environment map[string]any
	}
	PredicateType string
	Predicate     struct { // test-result v0.1
		Result, URL                           string
		Configuration                         []map[string]any // resource descriptors
		PassedTests, WarnedTests, FailedTests []string
	}
	PayloadType, Payload string
}

// json reads a report in JSON.
func (r *Report) json(data []byte) error {
	of := &document{}
	err := json.Unmarshal(data, of, json.MatchCaseInsensitiveNames(true))
	if err == nil && of.PayloadType == "application/vnd.in-toto+json" {
		if data, err = base64.StdEncoding.DecodeString(of.Payload); err == nil {
			*of = document{}
			err = json.Unmarshal(data, of, json.MatchCaseInsensitiveNames(true))
		}
	}
	whole := jsontext.Value(bytes.Clone(data))
	if err = cmp.Or(err, whole.Canonicalize()); err != nil {
		var syntax jsontext.SyntacticError
		at := &syntax
		_ = errors.As(err, &at)
		return r.fault(line(data, at.ByteOffset), "it cannot be read: %v", err)
	}
	r.digest = sha256.Sum256(whole)
	switch {
	case of.PredicateType == "https://in-toto.io/attestation/test-result/v0.1":
		return r.attested(of)
	case of.Results.Summary != nil && of.Results.Tests != nil:
		return r.ctrf(data, of)
	}
	return fmt.Errorf("%s is JSON of another format, and %w", r.file, ErrOther)
}

// line gives the line of a place in a report.
func line(data []byte, offset int64) int {
	return 1 + bytes.Count(data[:max(0, offset)], []byte("\n"))
}

// ctrf takes what a report in CTRF tells.
func (r *Report) ctrf(data []byte, of *document) error {
	r.format = "CTRF"
	line := func(member string) int { return line(data, int64(bytes.Index(data, []byte(`"`+member+`"`)))) }
	s, found := of.Results.Summary, map[string]int{}
	for _, t := range of.Results.Tests {
		one := test{name: str.Join(" > ", t.FilePath, string(t.Suite), t.Name), line: line("tests"), reran: t.Flaky || t.Retries > 0}
		switch t.Status {
		case "passed":
			one.status = Pass
		case "failed":
			one.status, one.cause = failed("", t.Message)
		case "other":
			one.status, one.cause = Error, unclear
		}
		found[t.Status]++
		r.tests = append(r.tests, one)
	}
	told := map[string]int{"passed": s.Passed, "failed": s.Failed, "skipped": s.Skipped, "pending": s.Pending, "other": s.Other}
	maps.DeleteFunc(told, func(_ string, n int) bool { return n == 0 })
	switch {
	case !maps.Equal(told, found) || s.Tests != len(r.tests):
		return r.fault(line("summary"), "the summary counts %d tests, %v, and the report has %d, %v", s.Tests, told, len(r.tests), found)
	case s.Stop > 0 && s.Stop < s.Start:
		return r.fault(line("summary"), "the run ends before it begins")
	}
	for _, at := range []float64{s.Start, s.Stop} {
		r.day(time.UnixMilli(int64(at)).UTC().Format(time.DateOnly))
	}
	r.environment(of.Results.Environment, line)
	return nil
}

// environment takes the environment of CTRF, whose members for the system hold that of a
// kernel, or of a system, as whoever wrote it had them at hand.
func (r *Report) environment(of map[string]any, line func(string) int) {
	text := func(name string) string { value, _ := of[name].(string); return value }
	r.url, r.sick = text("buildUrl"), of["healthy"] == false
	r.product = setting{text("appName"), text("appVersion"), line("appVersion")}
	platform, version := text("osPlatform"), text("osVersion")
	kernel := map[string]string{"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}[strings.ToLower(platform)]
	all := []setting{{kernelName, kernel, line("osPlatform")}}
	switch isNumber := version != "" && str.IsDigit(version[0]); {
	case version == "" || version[0] == '#' || strings.HasPrefix(version, "Darwin Kernel") || isNumber && kernel != "":
	case isNumber:
		all = append(all, setting{"os", platform + " " + version, line("osVersion")})
	default:
		all = append(all, setting{"os", version, line("osVersion")})
	}
	r.settings = append(r.settings, flatten(all, "", of["extra"], line))
}

// flatten adds the texts and numbers in a value, each with the names that lead to it.
func flatten(all []setting, name string, value any, line func(string) int) []setting {
	switch of := value.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(of)) {
			if len(name) < maxText {
				all = flatten(all, str.Join(" ", name, key), of[key], line)
			}
		}
	case string, float64:
		all = append(all, setting{name, fmt.Sprint(of), line(name[strings.LastIndexByte(name, ' ')+1:])})
	}
	return all
}

// attested takes what an attestation of in-toto tells. No test may have ended worse than its
// result says, and a result for which there is no test is one for the whole.
func (r *Report) attested(of *document) error {
	r.format, r.url = "in-toto", of.Predicate.URL
	whole, ok := map[string]Status{"FAILED": Fail, "WARNED": Done, "PASSED": Pass}[of.Predicate.Result]
	failed, warned, passed := of.Predicate.FailedTests, of.Predicate.WarnedTests, of.Predicate.PassedTests
	if !ok || len(failed) > 0 && whole != Fail || len(warned) > 0 && whole == Pass {
		return r.fault(1, "its result %q is none of PASSED, WARNED and FAILED, or not that of its tests", clip(of.Predicate.Result))
	}
	for status, names := range map[Status][]string{Fail: failed, Done: warned, Pass: passed} {
		if len(names) == 0 && status == whole {
			names = []string{"the whole"}
		}
		for _, name := range names {
			r.tests = append(r.tests, test{name: name, status: status, line: 1})
		}
	}
	var all []setting
	for _, resource := range of.Predicate.Configuration {
		all = append(all, setting{"uri", fmt.Sprint(resource["uri"]), 1})
		all = flatten(all, "", resource["annotations"], func(string) int { return 1 })
	}
	r.settings = append(r.settings, all)
	return nil
}
