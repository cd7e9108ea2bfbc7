package api_test

import (
	"bytes"
	"strings"
	"testing"
)

// TestNull: a member that is null is one that is left out, wherever it stands.
func TestNull(t *testing.T) {
	c := newServer(t)
	members := []string{`"product":"mi"`, `"release":"4.4.0"`, `"environment":{"os":"RHEL 9"}`}
	plain := "{" + strings.Join(members, ",") + "}"
	want := c.post("/v1/check", plain)
	for _, body := range []string{
		`{"memory":null,` + plain[1:],
		`{"cores":null,"disk":null,"deployment":null,"require":null,"texts":null,` + plain[1:],
		strings.Replace(plain, `{"os"`, `{"jdk":null,"os"`, 1),
		strings.Replace(plain, `"RHEL 9"}`, `["RHEL 9"],"dbms":null,"arch":null}`, 1),
	} {
		got := c.post("/v1/check", body)
		if got.status != 200 || !bytes.Equal(got.body, want.body) || got.header.Get("Etag") != want.header.Get("Etag") || got.header.Get("Content-Location") != want.header.Get("Content-Location") {
			t.Errorf("%s: %d %s", body, got.status, got.body)
		}
		for _, lines := range []bool{true, false} {
			all, _ := results(t, c.many(lines, []string{body}))
			if all[0].Status != 200 || !bytes.Equal(all[0].Answer, bytes.TrimSpace(want.body)) {
				t.Errorf("among many, %s: %s", body, all[0].Problem)
			}
		}
	}
	texts := textsBody(t, printed, `"product":"mi","release":"4.4.0",`)
	if one, two := c.post("/v1/check", texts), c.post("/v1/check", `{"environment":null,`+texts[1:]); !bytes.Equal(one.body, two.body) {
		t.Errorf("no environment: %s", two.body)
	}
	if one, two := c.post("/v1/checks", `{"items":[`+plain+`]}`), c.post("/v1/checks", `{"require":null,"items":[`+plain+`]}`); !bytes.Equal(one.body, two.body) {
		t.Errorf("no bar of all: %s", two.body)
	}
	c.post("/v1/checks", `{"items":null}`).is(t, 400, "items")
}

// is reports a problem of another status or field.
func (r response) is(t *testing.T, status int, field string) {
	t.Helper()
	if r.status != status || !strings.Contains(string(r.body), `"field":"`+field+`"`) {
		t.Errorf("status %d, not %d with the field %s: %s", r.status, status, field, r.body)
	}
}
