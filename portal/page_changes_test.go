package portal_test

import (
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/testedon/testedon/internal/browser"
)

// TestHistoryOfRelease walks from a release to what its vendor changed, and from there to the two days
// before and after one change.
func TestHistoryOfRelease(t *testing.T) {
	s := newSite(t)
	s.Do(t, chromedp.Navigate(s.server+"/products/apim/4.6.0"))
	has(t, s.Text(t, "main"), "History", "2026-09-04", "Narrowed", "RHEL 9", "RHEL 9.6")
	if to := browser.Eval[string](t, s.Tab, `document.querySelector("#history + div a[href*=github]").href`); to != "https://github.com/wso2/docs-apim/pull/11856" {
		t.Errorf("the change leads to %s", to)
	}
	s.Do(t, chromedp.Click(chromedp.CSS(`a[href="/changes?product=apim&release=4.6.0"]`)))
	s.Do(t, chromedp.WaitVisible(chromedp.CSS(`a[href="/changes?product=apim"]`)))
	has(t, s.Text(t, "main"), "product: apim", "release: 4.6.0", "2026-09-04", "≠2026-04-23")
	s.CheckAccess(t)
	s.Pictures(t, "changes")
	if feed := browser.Eval[string](t, s.Tab, `document.querySelector("link[type='application/atom+xml']").getAttribute("href")`); feed != "/v1/changes?format=atom&product=apim&release=4.6.0" {
		t.Errorf("the feed is %s", feed)
	}
	s.Do(t, chromedp.Click(chromedp.CSS(`a[href="/changes?product=apim"]`)))
	s.Do(t, chromedp.WaitNotPresent(chromedp.CSS(`a[href="/changes?product=apim"]`)))
	has(t, browser.Eval[string](t, s.Tab, `[...document.querySelectorAll(".day")].map((day) => day.textContent).join()`), "2026-09-04", "2026-04-23", "≠Micro Integrator")
	s.flawless(t)
}
