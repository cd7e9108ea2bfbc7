package portal_test

import (
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/testedon/testedon/internal/browser"
)

// TestDocs: Swagger UI breaks no rule of accessibility either, as it comes, and with an
// operation open that was executed. An address leads to an operation.
func TestDocs(t *testing.T) {
	s := newSite(t)
	s.Do(t, chromedp.Navigate(s.server+"/docs"))
	s.Wait(t, `document.querySelector(".opblock")`)
	s.CheckAccess(t)
	if first := browser.Eval[string](t, s.Tab, `document.querySelector(".opblock").id`); first != "operations-check-check" {
		t.Errorf("the first operation is %s", first)
	}
	const sections = `[...document.querySelectorAll("nav[aria-label=Site] a")].map((a) => a.href + a.text).join(" ")`
	docs := browser.Eval[string](t, s.Tab, sections)
	browser.Eval[bool](t, s.Tab, `location.hash = "#/check/check", true`)
	s.Wait(t, `document.querySelector("#operations-check-check.is-open .btn.execute")`)
	s.Do(t, chromedp.Click(chromedp.CSS("#operations-check-check .btn.execute")))
	s.Wait(t, `document.querySelector(".live-responses-table .highlight-code")`)
	for _, scheme := range []string{"light", "dark"} {
		s.Do(t, browser.Prefer(scheme))
		s.CheckAccess(t)
	}
	s.Do(t, chromedp.Navigate(s.server+"/products"))
	if site := browser.Eval[string](t, s.Tab, sections); docs != site || docs == "" {
		t.Errorf("the page leads to %s, and the others to %s", docs, site)
	}
	s.flawless(t)
}
