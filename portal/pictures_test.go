package portal_test

import (
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/testedon/testedon/internal/browser"
)

// TestPictures shows what the papers show: the explorer, and the page of somebody else
// at another origin, on which the element, the frame and the badge answer the main
// question, by the lines that /embed gives for it. TESTEDON_SCREENSHOTS names the folder
// for the pictures.
func TestPictures(t *testing.T) {
	s := newSite(t)
	s.policy = "; frame-src " + s.server + "; img-src " + s.server
	s.Do(t, chromedp.Navigate(s.server+"/?"+question))
	has(t, s.Text(t, "main"), "Tested", "PostgreSQL 17.2")
	s.Picture(t, "explorer", 1280, "light")
	s.Do(t, chromedp.Navigate(s.server+"/embed?"+question))
	lines := func(id string) string {
		return browser.Eval[string](t, s.Tab, `document.querySelector("[aria-labelledby=about-`+id+`]").textContent`)
	}
	s.Do(t, chromedp.EmulateViewport(760, 900)) // as wide as the picture, for which the frame is high enough then
	s.open(t, "", `<p>Before you open a case: is your environment tested?</p>`+
		`<h2>Element</h2>`+lines("element-html")+`<h2>Frame</h2>`+lines("frame-html")+`<h2>Badge</h2><p>`+lines("badge-html")+`</p>`)
	s.Wait(t, settled)
	has(t, s.seen(t), "✓ Tested", "PostgreSQL 17.2", "≠Shown until there is an answer")
	s.Wait(t, `document.querySelector("img").naturalWidth > 100 && document.querySelector("iframe").style.height`)
	s.Picture(t, "support", 760, "light")
	s.flawless(t)
}
