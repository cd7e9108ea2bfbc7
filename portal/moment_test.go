package portal_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"

	"github.com/testedon/testedon/internal/browser"
)

// narrowed is a day after the vendor narrowed "RHEL 9" to "RHEL 9.6", and asks about that.
var narrowed = time.Date(2026, time.November, 30, 12, 0, 0, 0, time.UTC)

const narrowedQuestion = "product=apim&release=4.6.0&os=RHEL+9.4"

// TestHistory walks through the history of a statement without a script and with the
// keyboard: from the answer of today over what was withdrawn to the day before, and back.
func TestHistory(t *testing.T) {
	server := start(t, browser.AnsweringOn(t, narrowed))
	s := &site{server: server, Tab: browser.New(t, server)}
	scripts(t, s.Tab, false)
	shows := func(step string, wanted ...string) {
		t.Helper()
		seen := s.Text(t, "main")
		for _, want := range wanted {
			text, absent := strings.CutPrefix(want, "no ")
			if strings.Contains(seen, text) == absent {
				t.Errorf("%s: %q: %s", step, want, seen)
			}
		}
	}
	s.Do(t, chromedp.Navigate(server+"/?"+narrowedQuestion))
	shows("today", "Not listed", "Fails", "tested until 2026-09-04, since then 9.6 only", "no As of 2")
	if change := browser.Eval[string](t, s.Tab, `document.querySelector(".withdrawn a[href$=\"11856\"]").href`); change != "https://github.com/wso2/docs-apim/pull/11856" {
		t.Errorf("the change is %s", change)
	}
	s.Do(t, chromedp.Focus(chromedp.CSS(".more summary")), chromedp.SendKeys(chromedp.CSS(".more summary"), "\r"),
		chromedp.WaitVisible(chromedp.CSS("#asOf")), chromedp.SendKeys(chromedp.CSS("#asOf"), "09032026\r"), chromedp.WaitVisible(chromedp.CSS(".moment")))
	shows("before", "As of 2026-09-03", "Tested", "Passes", "no withdrawn")
	s.Do(t, chromedp.SendKeys(chromedp.CSS(".moment a"), "\r"), chromedp.WaitReady(chromedp.CSS(".withdrawn")))
	shows("back", "Not listed", "no As of 2")
	for day, verdict := range map[string]string{"2026-01-01": "Not listed", "2026-03-01": "Passes", "2026-09-03": "Passes", "2026-09-05": "Not listed"} {
		s.Do(t, chromedp.Navigate(server+"/?"+narrowedQuestion+"&asOf="+day))
		shows(day, verdict, "As of "+day)
	}
	s.Do(t, chromedp.Navigate(server+"/embed/check?"+narrowedQuestion))
	shows("frame", "Not listed", "tested until 2026-09-04, since then 9.6 only (wso2/docs-apim pull request 11856")
	scripts(t, s.Tab, true)
	for step, path := range map[string]string{"today": "/?", "before": "/?asOf=2026-09-03&", "first": "/?asOf=2026-01-01&", "embed": "/embed?asOf=2026-09-03&", "frame": "/embed/check?"} {
		s.Do(t, chromedp.Navigate(server+path+narrowedQuestion))
		for _, scheme := range []string{"light", "dark"} {
			for _, width := range []int64{1280, 390} {
				s.Picture(t, fmt.Sprintf("history-%s-%d-%s", step, width, scheme), width, scheme)
			}
			s.CheckAccess(t)
		}
	}
	s.flawless(t)
}

// scripts lets the scripts of pages run, or not.
func scripts(t *testing.T, tab *browser.Tab, run bool) {
	t.Helper()
	tab.Do(t, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !run})
		return err
	}))
}

// TestElementTurns: the element tells of the change, and as of the day before it passes.
func TestElementTurns(t *testing.T) {
	s := newSite(t)
	s.server = start(t, s.noting(browser.AnsweringOn(t, narrowed)))
	s.allowed = s.server
	s.Tab = browser.New(t, s.server, s.pages)
	s.open(t, tag, `<tested-on product="apim" release="4.6.0" os="RHEL 9.4"></tested-on>`)
	s.Wait(t, settled)
	shown := browser.Eval[string](t, s.Tab, box+`.querySelector("[part=changed]").textContent + `+box+`.querySelector("[part=changed] a").href`)
	if !strings.Contains(shown, "tested until 2026-09-04, since then 9.6 only") || !strings.HasSuffix(shown, "https://github.com/wso2/docs-apim/pull/11856") {
		t.Errorf("the element tells %q", shown)
	}
	s.Picture(t, "history-element", 640, "light")
	s.questions()
	browser.Eval[bool](t, s.Tab, element+`.setAttribute("as-of", "2026-09-03"), true`)
	s.Wait(t, element+`.answer?.pass`)
	if asked := s.questions(); len(asked) != 1 || !strings.Contains(asked[0], "asOf=2026-09-03") || browser.Eval[bool](t, s.Tab, box+`.querySelector("[part=changed]") !== null`) {
		t.Errorf("asked %q", asked)
	}
	s.flawless(t)
}

// TestMomentStays: whatever of a page about the past leads to this server asks about the same
// moment, but for the way back.
func TestMomentStays(t *testing.T) {
	server := start(t, browser.Answering(t))
	for name, path := range everyPage {
		if name == "past" {
			continue // a moment already
		}
		sign := "?"
		if strings.Contains(path, "?") {
			sign = "&"
		}
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server+path+sign+"asOf=2025-05-01", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Accept", "text/html")
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		tree, err := html.Parse(answer.Body)
		answer.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		for n := range tree.Descendants() {
			if fault := forgets(server, n); fault != "" && name != "lost" {
				t.Errorf("%s: %s", name, fault)
			}
		}
	}
}

// forgets tells of an element that leads to this server at another time.
func forgets(server string, n *html.Node) string {
	attributes := map[string]string{}
	for _, a := range n.Attr {
		attributes[a.Key] = a.Val
	}
	if _, back := attributes["data-now"]; back {
		return ""
	}
	if n.Data == "form" && attributes["method"] == "get" {
		fields := 0
		for o := range n.Descendants() {
			if o.Data == "input" && slices.Contains(o.Attr, html.Attribute{Key: "name", Val: "asOf"}) {
				fields++
			}
		}
		if fields != 1 {
			return fmt.Sprintf("a form for %s has %d fields of the day", attributes["action"], fields)
		}
		return ""
	}
	for _, name := range []string{"href", "src", "action"} {
		to := strings.TrimPrefix(attributes[name], server)
		if strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "/assets/") && !strings.HasPrefix(to, "/docs") && to != "/embed/testedon.js" && !strings.Contains(to, "asOf") {
			return n.Data + " leads to " + to
		}
	}
	return ""
}
