package api_test

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
)

// clock is a clock that a test sets.
type clock struct{ now atomic.Int64 }

func newClock(t testing.TB, text string) *clock {
	t.Helper()
	c := &clock{}
	c.set(t, text)
	return c
}

// set moves the clock to a time such as 2026-01-31T09:30:00Z.
func (c *clock) set(t testing.TB, text string) {
	t.Helper()
	now, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	c.now.Store(now.Unix())
}

func (c *clock) Now() time.Time { return time.Unix(c.now.Load(), 0) }

// at runs a server whose clock stands.
func at(t testing.TB, text string) *client {
	t.Helper()
	return serve(t, api.Options{Catalogue: newCatalogue(t), Version: "test", Now: newClock(t, text).Now})
}

// TestLifecycleOfAComponent around the end of one series: the day before it, the
// day itself, which is still maintained, and the day after.
func TestLifecycleOfAComponent(t *testing.T) {
	facts, now := newCatalogue(t), newClock(t, "2026-08-30T23:59:59Z")
	c := serve(t, api.Options{Catalogue: facts, Now: now.Now})
	for _, test := range []struct{ now, state, text string }{
		{"2026-02-28T23:59:59Z", "maintained", "Amazon Corretto 11 is maintained until 2026-08-31."},
		{"2026-03-01T00:00:00Z", "ending_soon", "Amazon Corretto 11 reaches its vendor's end of life on 2026-08-31."},
		{"2026-08-30T23:59:59Z", "ending_soon", "Amazon Corretto 11 reaches its vendor's end of life on 2026-08-31."},
		{"2026-08-31T23:59:59Z", "ending_soon", "Amazon Corretto 11 reaches its vendor's end of life on 2026-08-31."},
		{"2026-09-01T00:00:00Z", "ended", "Amazon Corretto 11 passed its vendor's end of life on 2026-08-31."},
	} {
		now.set(t, test.now)
		answer := ok[answers.Answer](t, c.get("/v1/check?product=mi&release=4.4.0&os=RHEL+9&jdk=Corretto+11"))
		l := answer.Components[1].Lifecycle
		if l == nil || l.State != test.state || l.Text != test.text {
			t.Fatalf("%s: %+v", test.now, l)
		}
		if l.Cycle != "11" || l.Released != "2019-03-15" || l.Ends != "2026-08-31" || l.Latest != "11.9" || l.LatestReleased != "2026-02-26" ||
			l.Policy != "https://example.com/policy?a=1&b=2" || l.Source == nil || l.Source.ID != "page" || l.Source.Authority != "official" {
			t.Errorf("%s: %+v", test.now, l)
		}
		if answer.Verdict != "tested" || !answer.Pass {
			t.Errorf("%s: the verdict is %s", test.now, answer.Verdict)
		}
		if said := strings.Contains(answer.Summary, "Note: "+test.text); said != (test.state != "maintained") || strings.Contains(answer.Summary, "Linux 9 is maintained") {
			t.Errorf("%s: the summary is %q", test.now, answer.Summary)
		}
	}
}

// TestLifecycleUnknown is told as that; of what could not be read nothing is.
func TestLifecycleUnknown(t *testing.T) {
	c := at(t, "2026-11-21T12:00:00Z")
	answer := ok[answers.Answer](t, c.get("/v1/check?product=mi&release=4.4.0&os=RHEL+7&jdk=AdoptOpenJDK+21&arch=ARM64&dbms=Fubar+3"))
	for i, text := range map[int]string{0: "Red Hat Enterprise Linux 7", 1: "AdoptOpenJDK 21", 3: "ARM64"} {
		l := answer.Components[i].Lifecycle
		if l == nil || l.State != "unknown" || l.Text != "Nothing is on record of how long "+text+" is maintained." || l.Source != nil || l.Cycle != "" {
			t.Errorf("%s: %+v", text, l)
		}
	}
	if l := answer.Components[2].Lifecycle; l != nil {
		t.Errorf("of what could not be read: %+v", l)
	}
	if strings.Contains(answer.Summary, "maintained") {
		t.Errorf("the summary is %q", answer.Summary)
	}
}

// TestLifecycleEverywhere: whichever way one asks, the answer says it.
func TestLifecycleEverywhere(t *testing.T) {
	c := at(t, "2026-11-21T12:00:00Z")
	const text = "Amazon Corretto 11 passed its vendor's end of life on 2026-08-31."
	asked := ok[api.Asked](t, c.get("/v1/ask?q=mi+4.4.0+Corretto+11"))
	found := ok[api.Findings](t, c.get("/v1/find?product=mi&jdk=Corretto+11"))
	compared := ok[api.Comparison](t, c.get("/v1/compare?product=mi&from=4.3.0&to=4.4.0&jdk=Corretto+11"))
	posted := ok[answers.Answer](t, c.post("/v1/check", `{"product":"mi","release":"4.4.0","environment":{"jdk":"Corretto 11"}}`))
	many := ok[api.Checks](t, c.post("/v1/checks", `{"items":[{"product":"mi","release":"4.4.0","environment":{"jdk":"Corretto 11"}}]}`))
	for way, l := range map[string]*answers.Lifecycle{
		"ask": asked.Answer.Components[0].Lifecycle, "find": found.Items[0].Components[0].Lifecycle, "checks": many.Items[0].Answer.Components[0].Lifecycle,
		"compare": compared.After.Components[0].Lifecycle, "compare before": compared.Before.Components[0].Lifecycle, "post": posted.Components[0].Lifecycle,
	} {
		if l == nil || l.Text != text {
			t.Errorf("%s: %+v", way, l)
		}
	}
}

func TestLifecyclesOfATechnology(t *testing.T) {
	c := at(t, "2026-11-21T12:00:00Z")
	all := ok[api.Technology](t, c.get("/v1/technologies/corretto")).Lifecycles
	want := []string{"25 maintained", "21 maintained", "11 ended"}
	if len(all) != len(want) {
		t.Fatalf("%+v", all)
	}
	for i, l := range all {
		if l.Cycle+" "+l.State != want[i] || l.Version != l.Cycle || l.Text == "" || l.Source == nil {
			t.Errorf("%+v, want %s", l, want[i])
		}
	}
	nine := ok[api.Technology](t, c.get("/v1/technologies/rhel")).Lifecycles[0]
	if nine.Support != "2027-05-31" || nine.Extended != "2035-05-31" || !nine.LTS || nine.State != "maintained" {
		t.Errorf("%+v", nine)
	}
	odd := ok[api.Technology](t, c.get("/v1/technologies/odd-db")).Lifecycles[0]
	if odd.Label != hostile || odd.Codename != hostile || odd.Cycle != "3 "+hostile || odd.State != "ended" || odd.Ends != "" {
		t.Errorf("%+v", odd)
	}
	if l := ok[api.Technology](t, c.get("/v1/technologies/arm64")).Lifecycles; l != nil {
		t.Errorf("of an architecture: %+v", l)
	}
}

// TestLifecycleHostile: what is on record reaches the answer as it is; TestAnswers
// holds the bytes.
func TestLifecycleHostile(t *testing.T) {
	l := ok[answers.Answer](t, newServer(t).get("/v1/check?product=odd&release=1+%26+2&dbms=odd+3.1")).Components[0].Lifecycle
	if l == nil || l.Cycle != "3 "+hostile || l.Latest != hostile || l.Policy != hostile || l.Source.Quote != hostile ||
		!strings.HasSuffix(l.Text, "3 "+hostile+" is past its vendor's end of life, on a day that is not known.") {
		t.Errorf("%+v", l)
	}
}

// dated are the answers that say what is so on one day, facts those that do not.
var (
	dated = []string{the, "/v1/ask?q=RHEL+9+mi", "/v1/find?os=RHEL+9", "/v1/compare?product=mi&from=4.3.0&to=4.4.0&os=RHEL+9",
		"/v1/technologies/rhel", "/v1/retest", "/v1/coverage"}
	undated = []string{"/v1/products", "/v1/products/mi/releases/4.4.0", "/v1/technologies", "/v1/sources", "/v1/catalogue", ei + "notes"}
)

// TestLifecycleETags change at midnight for the answers that say what is so today,
// and not within the day; those of plain facts stay.
func TestLifecycleETags(t *testing.T) {
	facts, now := newCatalogue(t), newClock(t, "2026-08-31T00:00:00Z")
	c := serve(t, api.Options{Catalogue: facts, Now: now.Now})
	tags := map[string]string{}
	for _, path := range append(dated, undated...) {
		tags[path] = c.get(path).header.Get("ETag")
	}
	expect := func(paths []string, status int) {
		t.Helper()
		for _, path := range paths {
			if got := c.get(path, "If-None-Match", tags[path]); got.status != status {
				t.Errorf("%s: %d, want %d", path, got.status, status)
			}
		}
	}
	now.set(t, "2026-08-31T23:59:59Z")
	expect(dated, http.StatusNotModified)
	now.set(t, "2026-09-01T00:00:00Z")
	expect(dated, http.StatusOK)
	expect(undated, http.StatusNotModified)
	now.set(t, "2026-08-31T12:00:00Z")
	expect(dated, http.StatusNotModified)
	facts.matrix.Store(build(t, dataset(2)))
	expect(dated, http.StatusOK)
}
