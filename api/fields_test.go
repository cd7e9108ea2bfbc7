package api_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/wire"
)

// TestFieldsOfBatches: each answer has what was asked for, as it stands in the whole one, in
// both forms; problems, the tally and the catalogue are as ever.
func TestFieldsOfBatches(t *testing.T) {
	c := newServer(t)
	const items = `{"product":"mi","release":"4.4.0","environment":{"os":"RHEL 9","jdk":"Corretto 21"}}
{"product":"mi","release":"4.4.0","texts":["PostgreSQL 17.2"]}
{"product":"micro"}`
	ask := func(fields, accept string) string {
		return string(c.do("POST", "/v1/checks"+fields, items, "Content-Type", "application/x-ndjson", "Accept", accept).body)
	}
	whole := strings.Split(ask("", "application/x-ndjson"), "\n")
	known := wire.FieldNames(reflect.TypeFor[answers.Answer]())
	for _, fields := range append(known, "pass,verdict", "verdict,components.verdict,components.asked", "detected,summary") {
		kept, err := wire.ReadFields(wire.Input{Query: map[string][]string{"fields": {fields}}}, wire.Param{Name: "fields", Longest: 1000}, known)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(ask("?fields="+fields, "application/x-ndjson"), "\n")[:4] {
			var all, got map[string]json.RawMessage
			if json.Unmarshal([]byte(whole[i]), &all) != nil || json.Unmarshal([]byte(line), &got) != nil || len(all) != len(got) {
				t.Fatalf("%s: %s", fields, line)
			}
			if answer := all["answer"]; answer != nil && string(got["fields"]) != string(kept.Append(nil, answer)) {
				t.Errorf("%s: %s of %s", fields, got["fields"], answer)
			}
		}
	}
	var list api.Checks
	err := json.Unmarshal([]byte(ask("?fields=verdict,pass", "application/json")), &list)
	if err != nil || len(list.Items) != 3 || list.Items[0].Answer != nil || list.Items[0].Fields["verdict"] != "tested" || list.Items[0].Fields["pass"] != true || len(list.Items[0].Fields) != 2 ||
		list.Items[2].Problem == nil || list.Summary.Total != 3 || list.Catalogue.Digest == "" {
		t.Errorf("%v: %+v", err, list)
	}
}

var badFields = []bad{
	{name: "unknown field", path: "/v1/checks?fields=verdct", body: `{"items":[{}]}`, status: 400, code: "invalid", field: "fields", hint: "Did you mean verdict?", candidate: "verdict"},
	{name: "field of a wrong object", path: "/v1/checks?fields=verdict,components.summarry", body: `{"items":[{}]}`, status: 400, code: "invalid", field: "fields"},
	{name: "no field", path: "/v1/checks?fields=", body: `{"items":[{}]}`, status: 400, code: "invalid", field: "fields"},
	{name: "comma too many", path: "/v1/checks?fields=verdict,", body: `{"items":[{}]}`, status: 400, code: "invalid", field: "fields"},
	{name: "fields twice", path: "/v1/checks?fields=verdict&fields=pass", body: `{"items":[{}]}`, status: 400, code: "invalid", field: "fields", hint: "once"},
	{name: "too many fields", path: "/v1/checks?fields=" + strings.Repeat("pass,", 300) + "pass", body: `{"items":[{}]}`, status: 400, code: "invalid", field: "fields"},
	{name: "fields of one", path: "/v1/check?fields=pass", body: `{}`, status: 400, code: "invalid", field: "fields"},
}

func TestBadFields(t *testing.T) {
	c := newServer(t).beyond()
	for _, b := range badFields {
		b.verify(t, c.post(b.path, b.body))
	}
}

// BenchmarkFields measures a thousand answers, whole and two members of each.
func BenchmarkFields(b *testing.B) {
	c := newServer(b).beyond()
	body := strings.Repeat(`{"product":"mi","release":"4.4.0","environment":{"os":"RHEL 9","jdk":"Corretto 21","dbms":"Postgres 17.2"}}`+"\n", 1000)
	for _, query := range []string{"", "?fields=verdict,pass"} {
		b.Run(fmt.Sprintf("%q", query), func(b *testing.B) {
			size := 0
			for b.Loop() {
				got := c.do("POST", "/v1/checks"+query, body, "Content-Type", "application/x-ndjson")
				if size = len(got.body); got.status != 200 {
					b.Fatal(got.status)
				}
			}
			b.ReportMetric(float64(size)/1000, "bytes/answer")
		})
	}
}
