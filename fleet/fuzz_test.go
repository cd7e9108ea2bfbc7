package fleet

import (
	"bytes"
	"encoding/json"
	"testing"
)

// FuzzFleet reads any text as a file of environments. What is read stands on one
// line, in order, at a line that the file has; a row of a CSV is a question that
// JSON can hold.
func FuzzFleet(f *testing.F) {
	for _, seed := range []string{
		"product,release,os\nmi,4.4.0,RHEL 9;Rocky 9\n", "\ufeffname;db\r\nweb;\"Postgres\r\n17\"\r\n;;\r\n", "os\n\"\"\"\n", "os\tjdk\na\tb\n",
		`[{"product": "mi"}, null, {"id": 7}]`, `{"items": [{"name": "a"}], "require": "exact"}`, "{\"product\":\n{}\n\n[\n", `[[[[`, `{"items": [{}`,
	} {
		for which := range byte(3) {
			f.Add(seed, which)
		}
	}
	names := map[string]string{"os": "os", "jdk": "jdk", "dbms": "dbms", "db": "dbms"}
	f.Fuzz(func(t *testing.T, text string, which byte) {
		format := []string{"csv", "json", "ndjson"}[which%3]
		s := &Source{Name: "file", format: format, text: []byte(text)}
		if s.check() != nil {
			return
		}
		s.kinds = func() ([]string, map[string]string, error) { return []string{"os", "jdk", "dbms"}, names, nil }
		items, err := s.items(members{textMember("product", "mi")})
		if (err == nil) != (len(items) > 0) {
			t.Fatalf("%d items, %v", len(items), err)
		}
		line := 1
		for _, it := range items {
			if it.Line < line || it.Line > s.lineAt(len(s.text)) {
				t.Errorf("line %d after %d", it.Line, line)
			}
			line = it.Line
			if (it.Refused == nil) != (len(it.Body) > 0) || bytes.ContainsAny(it.Body, "\r\n") {
				t.Errorf("%+v: %q", it, it.Body)
			}
			if format == "csv" && it.Refused == nil && !json.Valid(it.Body) {
				t.Errorf("no JSON: %s", it.Body)
			}
		}
	})
}
