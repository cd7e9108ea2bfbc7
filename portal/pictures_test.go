package portal_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/testedon/testedon/internal/browser"
)

// support is the page of somebody else, at an origin of its own, with all that it can
// show: the element, the frame and the badge.
const support = `<p>Before you open a case: is your environment tested?</p>
<h2>Element</h2>` + `<tested-on product="mi" release="4.4.0" os="RHEL 9" jdk="Corretto 21" dbms="Postgres 17.2" open>` + fallback + `</tested-on>
<h2>Frame</h2>
<iframe src="SERVER/embed/check?` + question + `" title="The answer in a frame" width="640" height="280"></iframe>
<h2>Badge</h2>
<p><img src="SERVER/badge/mi/4.4.0.svg?os=RHEL+9&amp;jdk=Corretto+21&amp;dbms=Postgres+17.2" alt="Tested"></p>`

// TestPictures shows what the README shows: the explorer, and the page of somebody else
// at another origin, on which the element, the frame and the badge answer the main
// question. TESTEDON_SCREENSHOTS names the folder for the pictures.
func TestPictures(t *testing.T) {
	s := newSite(t)
	s.policy = "; frame-src " + s.server + "; img-src " + s.server
	s.Do(t, chromedp.Navigate(s.server+"/?"+question))
	has(t, s.Text(t, "main"), "Tested", "PostgreSQL 17.2")
	s.Picture(t, "explorer", 1280, "light")
	s.open(t, tag, support)
	s.Wait(t, settled)
	has(t, s.seen(t), "✓ Tested", "PostgreSQL 17.2")
	s.Wait(t, `document.querySelector("img").naturalWidth > 100`)
	if frames := browser.Eval[int](t, s.Tab, `frames.length`); frames != 1 {
		t.Errorf("%d frames", frames)
	}
	s.Picture(t, "support", 760, "light")
	s.flawless(t)
	answer, err := http.Get(s.server + "/embed/check?" + question)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if policy := answer.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "frame-ancestors *") {
		t.Errorf("the frame's policy is %s", policy)
	}
}
