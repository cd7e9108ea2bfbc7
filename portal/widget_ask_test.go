package portal_test

import (
	"fmt"
	"net/http"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/testedon/testedon/internal/browser"
)

// TestWidgetEvents: a page hears of answers and problems, and reads the answer.
func TestWidgetEvents(t *testing.T) {
	s := newSite(t)
	s.open(t, tag, `<p id="here"></p>`)
	s.Wait(t, `customElements.get("tested-on")`)
	heard := browser.Eval[[]string](t, s.Tab, `new Promise((done) => {
		const heard = [], note = (e) => {
			heard.push([e.type, e.detail.verdict ?? e.detail.code, e.target.answer?.product ?? null].join(" "));
			heard.length === 1 ? e.target.setAttribute("release", "9.9") : done(heard);
		};
		document.addEventListener("testedon-answer", note);
		document.addEventListener("testedon-problem", note);
		const made = document.createElement("tested-on");
		document.getElementById("here").append(made);
		for (const [name, value] of [["product", "mi"], ["release", "4.4.0"], ["os", "RHEL 9"]]) made.setAttribute(name, value);
	})`)
	if want := []string{"testedon-answer tested mi", "testedon-problem unknown_release "}; !slices.Equal(heard, want) {
		t.Errorf("the page heard %q", heard)
	}
	if asked := s.questions(); len(asked) != 2 {
		t.Errorf("attributes that are set together are one question: %q", asked)
	}
}

// TestWidgetAsksOnce: equal questions of a page are one request, and the element
// leaves nothing behind in the page but itself.
func TestWidgetAsksOnce(t *testing.T) {
	s := newSite(t)
	s.open(t, "", "")
	const names = `Object.getOwnPropertyNames(window).sort()`
	before := browser.Eval[[]string](t, s.Tab, names)
	s.open(t, tag, main+main+`<tested-on q="is RHEL 9 tested for MI 4.4.0"></tested-on>`)
	s.Wait(t, `[...document.querySelectorAll("tested-on")].every((e) => e.answer)`)
	if after := browser.Eval[[]string](t, s.Tab, names); !slices.Equal(before, after) {
		t.Errorf("globals were %q, are %q", before, after)
	}
	want := []string{"/v1/ask?q=is+RHEL+9+tested+for+MI+4.4.0", "/v1/check" + mainPage[1:]}
	if asked := s.questions(); !slices.Equal(slices.Sorted(slices.Values(asked)), want) {
		t.Errorf("asked %q", asked)
	}
	if whole := browser.Eval[bool](t, s.Tab, `(() => {
		const [a, b] = document.querySelectorAll("tested-on");
		a.answer.verdict = "spoilt";
		document.body.append(a);
		return b.answer.verdict === "tested";
	})()`); !whole {
		t.Error("elements share an answer that a page may change")
	}
	if asked := s.questions(); len(asked) != 0 {
		t.Errorf("an element that was moved asked %q", asked)
	}
	s.flawless(t)
}

// TestWidgetPatience: a server that does not answer is given up after ten seconds, and
// asked again when someone wants to. The clock of the page is put forward.
func TestWidgetPatience(t *testing.T) {
	var down atomic.Bool
	down.Store(true)
	next := browser.Answering(t)
	slow := start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if down.Load() {
			<-r.Context().Done()
			return
		}
		next.ServeHTTP(w, r)
	}))
	s := newSite(t, slow)
	s.open(t, tag, "")
	s.Wait(t, `customElements.get("tested-on")`)
	browser.Eval[bool](t, s.Tab, `(() => {
		const real = AbortSignal.timeout;
		AbortSignal.timeout = (ms) => (AbortSignal.timeout = real, real.call(AbortSignal, ms === 10_000 ? 100 : 60_000));
		const made = document.createElement("tested-on");
		for (const [name, value] of Object.entries({ server: "`+slow+`", product: "mi", release: "4.4.0", os: "RHEL 9" })) made.setAttribute(name, value);
		document.body.append(made);
		return true;
	})()`)
	s.Wait(t, settled)
	has(t, s.seen(t), "did not answer within 10 seconds.")
	down.Store(false)
	browser.Eval[bool](t, s.Tab, box+`.querySelector("button").click() ?? true`)
	s.Wait(t, element+`.answer`)
	s.flawless(t)
}

// TestWidgetGivesUp: what nobody waits for any more is not asked to its end, after a
// change of attributes and when the element leaves the page. What another element
// waits for is, and the first never shows that late answer to an older question.
func TestWidgetGivesUp(t *testing.T) {
	heard, release, next := make(chan string, 10), make(chan bool, 1), browser.Answering(t)
	slow := start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		os, released := r.URL.Query().Get("os"), release
		if os != "RHEL 9" {
			released = nil
		}
		heard <- "asked " + os
		select {
		case <-released:
			next.ServeHTTP(w, r)
		case <-r.Context().Done():
			heard <- "gave up " + os
		}
	}))
	hears := func(want ...string) { // in any order
		t.Helper()
		for range want {
			select {
			case got := <-heard:
				if !slices.Contains(want, got) {
					t.Errorf("the server heard %q, want %q", got, want)
				}
			case <-time.After(5 * time.Second): // before the element loses its patience
				t.Fatalf("the server never heard %q", want)
			}
		}
	}
	s := newSite(t, slow)
	do := func(act string) {
		browser.Eval[any](t, s.Tab, `(() => { const all = document.querySelectorAll("tested-on"); `+act+`; })() ?? true`)
	}
	one := fmt.Sprintf(`<tested-on server="%s" product="mi" release="4.4.0" os="RHEL 9">`+fallback+`</tested-on>`, slow)
	s.open(t, tag, one+one+one)
	hears("asked RHEL 9")
	has(t, s.seen(t), fallback, "Asking TestedOn")

	do(`all[0].setAttribute("os", "RHEL 8")`)
	hears("asked RHEL 8")
	do(`all[2].remove()`)
	release <- true
	s.Wait(t, `document.querySelectorAll("tested-on")[1].answer`)
	if late := browser.Eval[bool](t, s.Tab, element+`.answer !== null`); late {
		t.Error("an answer to an older question is shown")
	}
	do(`all[0].setAttribute("os", "RHEL 7")`)
	hears("gave up RHEL 8", "asked RHEL 7")
	do(`all[0].remove()`)
	hears("gave up RHEL 7")
	s.flawless(t)
}
