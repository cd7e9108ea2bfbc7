package api_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
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
	for _, fields := range append(slices.DeleteFunc(slices.Clone(known), ofSources), "pass,verdict", "verdict,components.verdict,components.asked", "detected,summary") {
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
}

// TestBadFields: what a batch refuses, one question does, by either method.
func TestBadFields(t *testing.T) {
	c := newServer(t).beyond()
	for _, b := range badFields {
		b.verify(t, c.post(b.path, b.body))
		b.path = strings.Replace(b.path, "/v1/checks", "/v1/check", 1)
		b.verify(t, c.post(b.path, one))
		b.verify(t, c.get(the+"&"+strings.TrimPrefix(b.path, "/v1/check?")))
	}
	(&bad{name: "slip", status: 400, code: "invalid", field: "feilds", hint: "Did you mean fields?"}).verify(t, c.get(the+"&feilds=pass"))
	if r := c.get("/v1/find?os=RHEL+9&fields=pass"); r.status != http.StatusBadRequest {
		t.Errorf("find: %s", r.body)
	}
}

// one is a question as a body, and small what a gate wants of an answer.
const (
	one   = `{"product":"mi","release":"4.4.0","environment":{"os":"RHEL 9","dbms":"Postgres 16"}}`
	small = "verdict,pass,summary,components.asked,components.verdict,components.why,components.listed.source.id,sources"
)

func ofSources(name string) bool { return strings.HasPrefix(name, "sources") }

// TestFieldsOfOne asks many questions: each member that is wanted has the bytes that it has in
// the whole answer, what that cites stands in sources, and a batch and a body are answered the same.
func TestFieldsOfOne(t *testing.T) {
	c := everyDay(t)
	known := slices.DeleteFunc(wire.FieldNames(reflect.TypeFor[answers.Answer]()), ofSources)
	random := rand.New(rand.NewPCG(3, 4))
	pick := func(of ...string) string { return of[random.IntN(len(of))] }
	for range 60 {
		asked := map[string]string{"os": pick("RHEL 9", "Ubuntu 24.04", "Windows Server 2019", "Alma 9", "CentOS 7"), "jdk": pick("Corretto 21", "JDK 8", "Temurin 17"),
			"dbms": pick("Postgres 17.2", "Oracle 19c", "MySQL 8", `"source":{"id":"x","title":`)}
		q := url.Values{"product": {pick("mi", "apim", "is", "ei")}, "release": {"latest"}}
		for kind, text := range asked {
			q.Set(kind, text)
		}
		body, _ := json.Marshal(map[string]any{"product": q.Get("product"), "release": "latest", "environment": asked})
		names := []string{"sources", pick(known...), pick(known...), pick(known...), pick(known...)}
		fields := strings.Join(names, ",")
		path := "/v1/check?" + q.Encode()
		whole := c.get(path).body
		got := c.get(path + "&fields=" + fields).body
		posted := c.post("/v1/check?fields="+fields, string(body))
		if at := posted.header.Get("Content-Location"); !bytes.Equal(posted.body, got) || !bytes.Equal(c.get(at).body, got) {
			t.Errorf("%s: %s at %s, and %s", path, posted.body, at, got)
		}
		if batch := c.post("/v1/checks?fields="+fields, `{"items":[`+string(body)+`]}`).body; !bytes.Contains(batch, slices.Concat([]byte(`"fields":`), bytes.TrimSuffix(got, []byte("\n")), []byte("}"))) {
			t.Errorf("%s: %s of many, and %s", path, batch, got)
		}
		holdFields(t, c, names[1:], whole, got)
	}
}

// holdFields holds an answer with some members and sources against the whole one.
func holdFields(t *testing.T, c *client, names []string, whole, got []byte) {
	t.Helper()
	var all, some map[string]json.RawMessage
	if err := json.Unmarshal(whole, &all); err != nil || json.Unmarshal(got, &some) != nil {
		t.Fatalf("%v: %s of %s", err, got, whole)
	}
	var sources []answers.Citation
	if err := json.Unmarshal(some["sources"], &sources); err != nil || !slices.Equal(wire.Each(sources, func(s answers.Citation) string { return s.ID }), cited(t, whole)) {
		t.Errorf("%v: sources are %s of %s", err, some["sources"], whole)
	}
	for _, s := range sources {
		if is := ok[api.SourceDetail](t, c.get("/v1/sources/"+url.PathEscape(s.ID))); s != (answers.Citation{ID: is.ID, Title: is.Title, Authority: is.Authority, URL: is.URL}) {
			t.Errorf("%+v is %+v", s, is)
		}
	}
	delete(some, "sources")
	for name, value := range some {
		within := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n != name && !strings.HasPrefix(n, name+".") })
		if len(within) == 0 || slices.Contains(within, name) && !bytes.Equal(value, all[name]) {
			t.Errorf("%q: %s is %s, not %s", names, name, value, all[name])
		}
	}
	for _, name := range names {
		top, _, _ := strings.Cut(name, ".")
		if _, there := some[top]; there != (all[top] != nil) {
			t.Errorf("%q: %s has no %s as %s", names, got, top, whole)
		}
	}
}

// cited are the sources that an answer cites, each once, in the order in which it does.
func cited(t *testing.T, answer []byte) (ids []string) {
	t.Helper()
	var below func(in *json.Decoder, name string)
	below = func(in *json.Decoder, name string) {
		token, err := in.Token()
		if err != nil {
			t.Fatal(err)
		}
		switch token {
		case json.Delim('{'):
			for in.More() {
				member, _ := in.Token()
				if id := member.(string); name == "source" && id == "id" {
					value, _ := in.Token()
					if id = value.(string); !slices.Contains(ids, id) {
						ids = append(ids, id)
					}
					continue
				}
				below(in, member.(string))
			}
			_, _ = in.Token()
		case json.Delim('['):
			for in.More() {
				below(in, "")
			}
			_, _ = in.Token()
		}
	}
	below(json.NewDecoder(bytes.NewReader(answer)), "")
	return ids
}

// TestFieldsByAllDoors: what is wanted has a tag of its own, is the same kept and compressed, and
// is JSON, which has no other form, for whoever would rather read text. It is small.
func TestFieldsByAllDoors(t *testing.T) {
	c := everyDay(t)
	whole, wanted := c.get(the), c.get(the+"&fields="+small)
	tag := wanted.header.Get("Etag")
	if n := len(wanted.body); n > 1400 || tag == "" || tag == whole.header.Get("Etag") || tag == c.get(the+"&fields=pass").header.Get("Etag") {
		t.Errorf("%d bytes, %s: %s", n, tag, wanted.body)
	}
	for _, headers := range [][]string{nil, nil, nil, {"Accept", "text/plain"}, {"Accept", "text/plain"}, {"Accept", "text/plain"}, plainly} {
		if got := anonymous(c.get(the+"&fields="+small, headers...)); !reflect.DeepEqual(got, anonymous(wanted)) {
			t.Errorf("%q: %v %s", headers, got.header, got.body)
		}
	}
	if got := c.get(the+"&fields="+small, "If-None-Match", tag); got.status != http.StatusNotModified || got.header.Get("Etag") != tag {
		t.Errorf("%d %v for who has it", got.status, got.header)
	}
	head := c.do(http.MethodHead, the+"&fields="+small, "")
	if head.header.Get("Content-Length") != strconv.Itoa(len(wanted.body)) || head.header.Get("Etag") != tag || head.header.Get("X-TestedOn-Verdict") != "tested; pass" {
		t.Errorf("HEAD: %v", head.header)
	}
	zipped := c.get(the+"&fields="+small, "Accept-Encoding", "gzip")
	read, err := gzip.NewReader(bytes.NewReader(zipped.body))
	if err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(read); err != nil || !bytes.Equal(text, wanted.body) || zipped.header.Get("Etag") == tag {
		t.Errorf("compressed: %v %v %s", err, zipped.header, text)
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
