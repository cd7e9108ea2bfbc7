package api_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/internal/sample"
)

// rhel94 asks about what the vendor narrowed on 2026-09-04: RHEL 9 became 9.6.
const rhel94 = "/v1/check?product=apim&release=4.6.0&os=RHEL+9.4"

// TestAsOf asks one question on days around a change, and by every door that answers it.
func TestAsOf(t *testing.T) {
	c := newSeeded(t)
	for day, want := range map[string]string{"2026-09-03": "tested", "2026-09-04": "not_listed", "2026-09-05": "not_listed", "2018-08-17": "not_listed"} {
		got := ok[answers.Answer](t, c.get(rhel94+"&asOf="+day))
		if got.Verdict != want && (day != "2018-08-17" || got.Pass) || got.AsOf != day || !strings.HasPrefix(got.Summary, "On "+day+": ") {
			t.Errorf("%s: %s, as of %q: %s", day, got.Verdict, got.AsOf, got.Summary)
		}
		posted := ok[answers.Answer](t, c.post("/v1/check?asOf="+day, `{"product":"apim","release":"4.6.0","environment":{"os":"RHEL 9.4"}}`))
		asked := ok[api.Asked](t, c.get("/v1/ask?q=is+RHEL+9.4+tested+for+apim+4.6.0&asOf="+day))
		if posted.Summary != got.Summary || asked.Answer == nil || asked.Answer.Summary != got.Summary || !strings.Contains(asked.Check, "asOf="+day) {
			t.Errorf("%s: posted %q, in words %+v", day, posted.Summary, asked)
		}
	}
	if other := ok[api.Asked](t, c.get("/v1/ask?q=was+RHEL+9.6+tested+for+apim+4.6.0+on+2025-12-31")); other.Answer.Pass || !slices.Equal(other.Understood.Ignored, []string{"2025-12-31"}) || !strings.Contains(other.Summary, "asOf") {
		t.Errorf("a day in words: %+v", other)
	}
	now := ok[answers.Answer](t, c.get(rhel94))
	if now.AsOf != "" || len(now.Components[0].Withdrawn) != 1 || now.Components[0].Withdrawn[0].EndedBy != "wso2-docs-apim-11856" {
		t.Errorf("today: %q, withdrawn %+v", now.AsOf, now.Components[0].Withdrawn)
	}
}

// TestMomentOfEveryRead asks what every operation of the contract answers of a day and of the
// revision that it has: neither is an unknown parameter anywhere.
func TestMomentOfEveryRead(t *testing.T) {
	c := newSeeded(t)
	for _, path := range []string{
		"/v1/find?os=RHEL+9.4", "/v1/compare?product=apim&from=4.5.0&to=4.6.0", "/v1/retest?", "/v1/coverage?", "/v1/products?", "/v1/products/apim?",
		"/v1/products/apim/releases/4.6.0?", "/v1/products/apim/releases/4.6.0/export?", "/v1/products/apim/releases/4.6.0/test-plan?", "/v1/products/apim/export?", "/v1/claims?limit=1", "/v1/sources?",
		"/v1/technologies/rhel?", "/v1/search?q=rhel", "/v1/catalogue?", "/v1/export?", "/v1/kinds?",
	} {
		now, then := c.get(strings.TrimSuffix(path, "?")), c.get(path+"&asOf=2026-09-03&known=1")
		if then.status != http.StatusOK || then.header.Get("ETag") == now.header.Get("ETag") {
			t.Errorf("%s: %d, ETag %s and of today %s", path, then.status, then.header.Get("ETag"), now.header.Get("ETag"))
		}
	}
	for path, says := range map[string]string{
		"/v1/find?os=RHEL+9.4": `"as_of":"2026-09-03"`, "/v1/ask?q=what+databases+does+apim+4.6.0+support": `"summary":"On 2026-09-03: `, "/v1/ask?q=which+releases+support+RHEL+9.4": `"as_of":"2026-09-03"`,
		"/v1/products/apim/releases/4.6.0/export?": `"as_of":"2026-09-03"`, "/v1/products/apim/releases/4.6.0/export?format=csv": "", "/v1/export?": `"as_of": "2026-09-03"`,
		"/v1/products/apim/releases/4.6.0/export?format=html": "As of 2026-09-03. Exported", "/v1/products/apim/releases/4.6.0/export?format=markdown": "As of 2026-09-03. Exported",
	} {
		got, file := c.get(path+"&asOf=2026-09-03"), "Content-Disposition"
		if name := got.header.Get(file); !strings.Contains(string(got.body), says) || strings.Contains(path, "export") != strings.Contains(name, "-2026-09-03.") || strings.Contains(c.get(path).header.Get(file), "-2026") {
			t.Errorf("%s does not say the day: %q %.200s", path, name, got.body)
		}
	}
	for _, name := range []string{"asof", "as-of", "as_of", "AsOf", "Known", "knwon"} {
		if got := c.beyond().get("/products/apim/4.6.0?" + name + "=2026-09-03"); !strings.Contains(string(got.body), "Did you mean ") {
			t.Errorf("a page passes over %s", name)
		}
	}
	if link := c.get("/v1/claims?limit=1&asOf=2026-09-03").header.Get("Link"); !strings.Contains(link, "&asOf=2026-09-03>; rel=\"next\"") {
		t.Errorf("the next page of a list forgets the day: %s", link)
	}
}

// TestMomentsThatCannotBe gives days and revisions that cannot be asked about.
func TestMomentsThatCannotBe(t *testing.T) {
	c := newSeeded(t)
	for query, field := range map[string]string{
		"asOf=2999-01-01": "asOf", "asOf=1971-01-01": "asOf", "asOf=2026-02-30": "asOf", "asOf=yesterday": "asOf", "asOf=%00": "asOf", "asOf=2026-09-03&asOf=2026-09-03": "asOf",
		"known=0": "known", "known=-1": "known", "known=x": "known", "known=99999999999999999999": "known", "known=1&known=1": "known", "asof=2026-09-03": "asof",
	} {
		got := into[wire.Problem](t, c.get(rhel94+"&"+query))
		if got.Status != http.StatusBadRequest || got.Field != field || got.Hint == "" {
			t.Errorf("%s: %+v", query, got)
		}
	}
	if got := into[wire.Problem](t, c.get(rhel94+"&known=7")); got.Status != http.StatusNotFound || got.Field != "known" || got.Hint == "" {
		t.Errorf("%+v", got)
	}
}

// TestKnown asks an earlier revision of the record.
func TestKnown(t *testing.T) {
	held := newCatalogue(t)
	earlier := dataset(1)
	held.known = map[int64]*compat.Matrix{1: build(t, earlier)}
	later := dataset(2)
	later.Claims = later.Claims[:1]
	held.matrix.Store(build(t, later))
	c := serve(t, api.Options{Catalogue: held})
	now, then := ok[answers.Answer](t, c.get(the)), ok[answers.Answer](t, c.get(the+"&known=1"))
	if now.Verdict == "tested" || then.Verdict != "tested" || then.Catalogue.Revision != 1 || then.Catalogue.Digest != earlier.Digest {
		t.Errorf("now %s, by revision 1 %s of %+v", now.Verdict, then.Verdict, then.Catalogue)
	}
}

// TestPastIsBounded asks about thousands of different days at once: each is answered, or told
// to come again, and today is answered meanwhile.
func TestPastIsBounded(t *testing.T) {
	c := newSeeded(t)
	turns := sample.Catalogue(t).Turns()
	var asking sync.WaitGroup
	codes := make(chan int, 1024)
	for client := range 32 {
		asking.Go(func() {
			for i := range 8 {
				got := c.beyond().get(fmt.Sprintf("%s&asOf=%s", rhel94, turns[(client*8+i)%len(turns)]))
				if got.status == http.StatusServiceUnavailable && got.header.Get("Retry-After") == "" {
					t.Errorf("refused without Retry-After: %s", got.body)
				}
				codes <- got.status
			}
		})
	}
	if got := c.get(rhel94); got.status != http.StatusOK {
		t.Errorf("today: %d", got.status)
	}
	asking.Wait()
	close(codes)
	answered := 0
	for code := range codes {
		switch code {
		case http.StatusOK:
			answered++
		case http.StatusServiceUnavailable:
		default:
			t.Errorf("status %d", code)
		}
	}
	if answered == 0 {
		t.Error("nobody was answered")
	}
}

// TestClockJumps turns the clock back: a day that was past is to come, and is refused.
func TestClockJumps(t *testing.T) {
	var today atomic.Pointer[time.Time]
	turn := func(day int) { now := time.Date(2026, 9, day, 0, 0, 0, 0, time.UTC); today.Store(&now) }
	turn(10)
	c := serve(t, api.Options{Catalogue: api.Still{M: sample.Catalogue(t)}, Now: func() time.Time { return *today.Load() }})
	if got := c.get(rhel94 + "&asOf=2026-09-09"); got.status != http.StatusOK {
		t.Errorf("%d %s", got.status, got.body)
	}
	turn(5)
	if got := c.get(rhel94 + "&asOf=2026-09-09"); got.status != http.StatusBadRequest {
		t.Errorf("a day to come: %d %s", got.status, got.body)
	}
}
