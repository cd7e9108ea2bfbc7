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
	browser.Eval[bool](t, s.Tab, `location.hash = "#/check/check", true`)
	s.Wait(t, `document.querySelector("#operations-check-check.is-open .btn.execute")`)
	s.Do(t, chromedp.Click(chromedp.CSS("#operations-check-check .btn.execute")))
	s.Wait(t, `document.querySelector(".live-responses-table .highlight-code")`)
	for _, scheme := range []string{"light", "dark"} {
		s.Do(t, browser.Prefer(scheme))
		s.CheckAccess(t)
	}
	s.flawless(t)
}
