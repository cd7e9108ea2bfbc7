package api_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/export"
	"github.com/testedon/testedon/internal/sample"
	"github.com/testedon/testedon/seed"
)

const exported = "/v1/products/mi/releases/4.4.0/export"

// TestExportOfRelease holds the JSON of a release against the facts.
func TestExportOfRelease(t *testing.T) {
	c := newServer(t)
	got := ok[api.ReleaseExport](t, c.get(exported))
	if got.Product != "mi" || got.Name != "WSO2 Micro Integrator" || got.Version != "4.4.0" || got.Catalogue.Revision != 1 || got.Platform != "" {
		t.Errorf("%+v", got)
	}
	kinds, printed := []string{}, []string{}
	for _, s := range got.Sections {
		kinds = append(kinds, s.Kind+" "+s.Status)
		for _, r := range s.Rows {
			printed = append(printed, r.Printed+": "+strings.Join(r.Versions, ", "))
		}
	}
	if want := []string{"os tested", "jdk tested", "dbms tested", "arch compatible"}; !slices.Equal(kinds, want) {
		t.Errorf("sections %q", kinds)
	}
	if want := []string{"Red Hat Enterprise Linux: 9", "AdoptOpenJDK: 21", "Corretto: 11, 21", "PostgreSQL: 17.2", "ARM64 compatible processors: "}; !slices.Equal(printed, want) {
		t.Errorf("rows %q", printed)
	}
	if len(got.Sources) == 0 || got.Sources[0].ID != "page" || len(got.Requirements) == 0 || got.Requirements[0].Basis != "stated" || len(got.Advisories) != 2 {
		t.Errorf("%+v", got)
	}
	for _, path := range []string{"/v1/products/odd/releases/1%20%26%202/export", "/v1/products/ei/releases/6.3.0/export", "/v1/products/mi/releases/4.3.0/export"} {
		if whole := c.get(path); strings.Contains(string(whole.body), "null") || same[api.ReleaseExport](t, whole).Sections == nil {
			t.Errorf("nothing is %s", whole.body)
		}
	}
	if ei := ok[api.ReleaseExport](t, c.get("/v1/products/ei/releases/6.3.0/export")); ei.Sections[0].Inherited != "carbon" || ei.Sections[0].Rows[0].When != "latest releases" || ei.Platform != "carbon" {
		t.Errorf("%+v", ei.Sections)
	}
}

// smallest is the size from which on an answer is compressed.
const smallest = 1024

// TestExportFormats: each format is what the room export writes, with its type and
// the name of a file, and an ETag of its own.
func TestExportFormats(t *testing.T) {
	facts := newCatalogue(t)
	c := serve(t, api.Options{Catalogue: facts, Version: "test"})
	released, err := facts.Matrix().Release("mi", "4.4.0")
	if err != nil {
		t.Fatal(err)
	}
	release, err := export.Of(facts.Matrix(), released, "")
	if err != nil {
		t.Fatal(err)
	}
	tags := map[string]bool{}
	for _, f := range export.Formats {
		var want bytes.Buffer
		if err := f.Write(&want, release); err != nil {
			t.Fatal(err)
		}
		path := exported + "?format=" + f.Name
		got := c.get(path)
		how := "inline"
		if f.Download {
			how = "attachment"
		}
		if name := how + `; filename="testedon-mi-4.4.0.` + f.Extension + `"`; got.header.Get("Content-Disposition") != name || got.header.Get("Content-Type") != f.Media {
			t.Errorf("%s: %v", f.Name, got.header)
		}
		if got.status != 200 || !bytes.Equal(got.body, want.Bytes()) {
			t.Errorf("%s: status %d, %d bytes and not %d", f.Name, got.status, len(got.body), want.Len())
		}
		tag := got.header.Get("ETag")
		if again := c.get(path, "If-None-Match", tag); again.status != 304 || len(again.body) > 0 || tags[tag] {
			t.Errorf("%s: %d for the tag %s", f.Name, again.status, tag)
		}
		tags[tag] = true
		if head := c.do(http.MethodHead, path, ""); head.status != 200 || len(head.body) > 0 || head.header.Get("Content-Length") != got.header.Get("Content-Length") {
			t.Errorf("%s: HEAD %d %v", f.Name, head.status, head.header)
		}
		if zipped := c.get(path, "Accept-Encoding", "gzip"); len(got.body) > smallest && f.Packed == (zipped.header.Get("Content-Encoding") == "gzip") {
			t.Errorf("%s: packed %t, %q", f.Name, f.Packed, zipped.header.Get("Content-Encoding"))
		}
	}
}

// TestExportStyle: a browser may use the style of the page and load nothing, also
// when it has the page already.
func TestExportStyle(t *testing.T) {
	c := newServer(t)
	page := c.get(exported + "?format=html")
	_, style, _ := strings.Cut(string(page.body), "<style>")
	style, _, _ = strings.Cut(style, "</style>")
	hash := sha256.Sum256([]byte(style))
	want := "default-src 'none'; frame-ancestors 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'"
	again := c.get(exported+"?format=html", "If-None-Match", page.header.Get("ETag"))
	if again.status != http.StatusNotModified || style == "" {
		t.Fatalf("%d, style %q", again.status, style)
	}
	for _, got := range []response{page, again} {
		if policy := got.header.Get("Content-Security-Policy"); policy != want {
			t.Errorf("%d: %s, want %s", got.status, policy, want)
		}
	}
	if policy := c.get(exported + "?format=csv").header.Get("Content-Security-Policy"); strings.Contains(policy, "style-src") {
		t.Errorf("csv: %s", policy)
	}
}

// TestExportAccept: the header decides where the format is not named.
func TestExportAccept(t *testing.T) {
	c := newServer(t)
	for accept, media := range map[string]string{
		"": "application/json", "*/*": "application/json", "image/png": "application/json", "text/csv": "text/csv; charset=utf-8",
		"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8":              "text/html; charset=utf-8",
		"text/markdown, text/html;q=0.9":                                               "text/markdown; charset=utf-8",
		"text/html;q=0.2, text/csv;q=0.5, application/json;q=0.4":                      "text/csv; charset=utf-8",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, */*;q=0.1": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		"text/html, application/json":                                                  "application/json", "text/csv;q=0": "application/json",
	} {
		got := c.get(exported, "Accept", accept)
		if kind := got.header.Get("Content-Type"); got.status != 200 || kind != media || !slices.Contains(got.header.Values("Vary"), "Accept") {
			t.Errorf("%q: %d %s, Vary %q", accept, got.status, kind, got.header.Values("Vary"))
		}
	}
	if got := c.get(exported+"?format=json", "Accept", "text/html"); got.header.Get("Content-Type") != "application/json" {
		t.Error("the header decides though the format is named")
	}
}

var badExports = []bad{
	{"export in no format", exported + "?format=pdf", "", 400, "invalid", "format", "Use one of json, csv, markdown, html, xlsx", "json"},
	{"export in an empty format", exported + "?format=", "", 400, "invalid", "format", "leave it out", ""},
	{"export in two formats", exported + "?format=csv&format=html", "", 400, "invalid", "format", "once", ""},
	{"export with a misspelt parameter", exported + "?fromat=csv", "", 400, "invalid", "fromat", "Did you mean format?", "format"},
	{"export of an unknown product", "/v1/products/micro/releases/4.4.0/export", "", 404, "unknown_product", "product", "Did you mean", "mi"},
	{"export of an unknown release", "/v1/products/mi/releases/4.4.1/export?format=xlsx", "", 404, "unknown_release", "release", "4.4.0", "4.4.0"},
	{"export of all with a parameter", "/v1/export?format=csv", "", 400, "invalid", "format", "Leave it out", ""},
	{"schema of an unknown name", "/v1/schema/technologie", "", 404, "not_found", "name", "Did you mean technology.schema.json?", "technology.schema.json"},
	{"schema outside of the folder", "/v1/schema/..%2f..%2fschema.go", "", 404, "not_found", "name", "/v1/schema lists", ""},
	{"schemas with a parameter", "/v1/schema?x=1", "", 400, "invalid", "x", "Known are: q, sort, limit, cursor", ""},
}

func TestBadExports(t *testing.T) {
	c := serve(t, api.Options{Catalogue: newCatalogue(t), Version: "test", Schemas: seed.Schemas()})
	for _, b := range badExports {
		t.Run(b.name, func(t *testing.T) {
			got := c.get(b.path)
			b.verify(t, got)
			if name := got.header.Get("Content-Disposition"); name != "" {
				t.Errorf("the problem is a file: %s", name)
			}
		})
	}
}

// TestExportOfCatalogue reads the whole catalogue back.
func TestExportOfCatalogue(t *testing.T) {
	ds := sample.Catalogue(t).Dataset()
	c := newSeeded(t)
	got := c.get("/v1/export")
	documented := ok[api.CatalogueExport](t, got)
	if documented.Digest != ds.Digest || len(documented.Claims) != len(ds.Claims) || documented.Schema != "/v1/schema/export.schema.json" {
		t.Errorf("%s, %d claims, %s", documented.Digest, len(documented.Claims), documented.Schema)
	}
	var read struct {
		Schema string `json:"$schema"`
		fact.Dataset
	}
	if err := json.Unmarshal(got.body, &read); err != nil || read.ContentDigest() != ds.Digest {
		t.Errorf("%v, digest %s and not %s", err, read.ContentDigest(), ds.Digest)
	}
	tag := got.header.Get("ETag")
	if again := c.get("/v1/export", "If-None-Match", tag); again.status != 304 || strings.HasPrefix(tag, "W/") {
		t.Errorf("%d for the tag %s", again.status, tag)
	}
	if head := c.do(http.MethodHead, "/v1/export", ""); head.status != 200 || head.header.Get("ETag") != tag || len(head.body) > 0 {
		t.Errorf("HEAD %d %v", head.status, head.header)
	}
	zipped := c.get("/v1/export", "Accept-Encoding", "gzip")
	in, err := gzip.NewReader(bytes.NewReader(zipped.body))
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := io.ReadAll(in); err != nil || !bytes.Equal(plain, got.body) {
		t.Errorf("%v: compressed it is another", err)
	}
}

// TestSchemas: every schema is listed and served, and refers only to such that are.
func TestSchemas(t *testing.T) {
	c := serve(t, api.Options{Catalogue: newCatalogue(t), Version: "test", Schemas: seed.Schemas()})
	listed := ok[api.Schemas](t, c.get("/v1/schema"))
	files, err := fs.Glob(seed.Schemas(), "*.schema.json")
	if err != nil || len(listed.Items) != len(files)+1 {
		t.Fatalf("%v: %d listed, %d files", err, len(listed.Items), len(files))
	}
	names := []string{}
	for _, s := range listed.Items {
		names = append(names, s.Name)
	}
	if paged := walk(t, c, "/v1/schema?sort=-title", 3); listed.Total != len(names) || len(paged) != len(names) {
		t.Errorf("%d schemas in all, and %d on pages", listed.Total, len(paged))
	}
	if like := ok[api.Schemas](t, c.get("/v1/schema?q=lifecylce")); len(like.Items) != 1 || like.Items[0].Name != "lifecycle.schema.json" {
		t.Errorf("like lifecylce are %+v", like.Items)
	}
	for _, s := range listed.Items {
		got := c.get(s.URL)
		var schema struct {
			ID string `json:"$id"`
		}
		if err := json.Unmarshal(got.body, &schema); err != nil || schema.ID != s.Name || s.Title == "" || got.header.Get("Content-Type") != "application/schema+json" {
			t.Errorf("%s: %v, $id %q, title %q, type %s", s.Name, err, schema.ID, s.Title, got.header.Get("Content-Type"))
		}
		for ref := range refs(t, got.body) {
			if file, _, _ := strings.Cut(ref, "#"); file != "" && !slices.Contains(names, file) {
				t.Errorf("%s refers to %s, which is not served", s.Name, ref)
			}
		}
		if short := c.get(strings.TrimSuffix(s.URL, ".schema.json")); !bytes.Equal(short.body, got.body) {
			t.Errorf("%s is another without its ending", s.Name)
		}
	}
	if alone := ok[api.Schemas](t, newServer(t).get("/v1/schema")); len(alone.Items) != 1 || alone.Items[0].Name != export.SchemaName {
		t.Errorf("without schemas of files there are %+v", alone.Items)
	}
}

// refs gives every reference of a schema.
func refs(t *testing.T, schema []byte) map[string]bool {
	t.Helper()
	var value any
	if err := json.Unmarshal(schema, &value); err != nil {
		t.Fatal(err)
	}
	all := map[string]bool{}
	var walk func(any)
	walk = func(node any) {
		switch node := node.(type) {
		case map[string]any:
			if ref, is := node["$ref"].(string); is {
				all[ref] = true
			}
			for _, child := range node {
				walk(child)
			}
		case []any:
			for _, child := range node {
				walk(child)
			}
		}
	}
	walk(value)
	return all
}

// BenchmarkExport asks for every format of a release, and for the whole catalogue.
func BenchmarkExport(b *testing.B) {
	c := newSeeded(b)
	paths := map[string]string{"catalogue": "/v1/export", "json": exported + "?format=json"}
	for _, f := range export.Formats {
		paths[f.Name] = exported + "?format=" + f.Name
	}
	for name, path := range paths {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if got := c.beyond().get(path); got.status != 200 {
					b.Fatal(got.status)
				}
			}
		})
	}
}
