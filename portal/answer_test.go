package portal_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/testedon/testedon/internal/browser"
)

// verdicts are questions with answers that look differently: how each headline begins, and at
// most how many words the answer has.
var verdicts = []struct {
	query, headline string
	words           int
}{
	{question, "✓ Tested: WSO2 Micro Integrator 4.4.0", 110},
	{"product=mi&release=4.4.0&os=RHEL+9&jdk=Corretto+21&dbms=Postgres+16", "– Not listed: PostgreSQL 16 · WSO2 Micro Integrator 4.4.0", 140},
	{"product=mi&release=4.4.0&os=RHEL+9&dbms=Postgres+17", "? Conditional: PostgreSQL 17 · WSO2 Micro Integrator 4.4.0", 140},
	{"product=mi&release=4.4.0&os=RHLE+9", "… Unresolved: RHLE 9 · WSO2 Micro Integrator 4.4.0", 140},
	{"product=mi&release=4.4.0&os=RHEL+9&dbms=Postgres+17.4", "▲ Compatible, does not pass: PostgreSQL 17.4 · WSO2 Micro Integrator 4.4.0", 140},
	{"product=mi&release=4.7.0&os=Debian+12&jdk=Zulu+21&dbms=Postgres+9&directory=Fubar", "… Unresolved, provisional: Fubar · WSO2 Micro Integrator 4.7.0", 220},
	{"product=mi&release=4.4.0&os=Debian+12&jdk=Zulu+21&dbms=Postgres+9&directory=Tomcat+3&arch=arm64", "… Unresolved: Tomcat 3 · WSO2 Micro Integrator 4.4.0", 260},
}

// TestAnswerFits: the heading names the verdict, the guilty part and the release, what fails
// begins in the first 400 pixels of the page, wide and narrow, and nothing is said at length.
func TestAnswerFits(t *testing.T) {
	s := newSite(t)
	for _, v := range verdicts {
		s.Do(t, chromedp.Navigate(s.server+"/?"+v.query))
		heading := browser.Eval[string](t, s.Tab, `document.querySelector("h1").innerText.replace(/\s+/g, " ")`)
		if heading != v.headline {
			t.Errorf("%s: the heading is %q, and not %q", v.query, heading, v.headline)
		}
		_, text, _ := strings.Cut(heading, " ")
		if title := browser.Eval[string](t, s.Tab, `document.title`); title != text+" · TestedOn" {
			t.Errorf("%s: the title is %q", v.query, title)
		}
		if words := browser.Eval[int](t, s.Tab, `document.querySelector(".answer").innerText.trim().split(/\s+/).length`); words > v.words {
			t.Errorf("%s: %d words", v.query, words)
		}
		for _, width := range []int64{1280, 390} {
			s.Do(t, chromedp.EmulateViewport(width, 844))
			if top := browser.Eval[int](t, s.Tab, `Math.round(document.querySelector(".part").getBoundingClientRect().top)`); top > 400 {
				t.Errorf("%s: %d pixels wide: the first part is at %d", v.query, width, top)
			}
		}
	}
	s.flawless(t)
}

// TestAnswerIsTaken copies what an answer can be taken elsewhere as, by a button each, with
// what browsers allow and without.
func TestAnswerIsTaken(t *testing.T) {
	s := newSite(t)
	s.Do(t, chromedp.Navigate(s.server+"/?"+question))
	browser.Eval[bool](t, s.Tab, `navigator.clipboard.writeText = async (text) => { window.copied = text; }, true`)
	escaped := strings.ReplaceAll(question, "&", "&amp;")
	for name, want := range map[string]string{
		"Link": s.server + "/?" + question, "Permanent link": s.server + "/?" + question + "&asOf=2025-06-30&known=",
		"curl": "curl '" + s.server + "/v1/check?" + question + "'", "Markdown": "**✓ Tested**: ", "Embed code": "<tested-on ", "Badge": "[![",
	} {
		button := fmt.Sprintf(`[...document.querySelectorAll("[data-copy]")].find((b) => b.textContent === %q)`, name)
		browser.Eval[bool](t, s.Tab, button+`.click(), true`)
		s.Wait(t, button+`.dataset.said === "Copied"`)
		got := browser.Eval[string](t, s.Tab, `window.copied`)
		if !strings.HasPrefix(strings.ReplaceAll(got, escaped, question), want) && !strings.Contains(got, want) {
			t.Errorf("%s copies %q", name, got)
		}
		if said := browser.Eval[string](t, s.Tab, `document.getElementById("said").textContent`); said != name+": copied" {
			t.Errorf("%s: it is said %q", name, said)
		}
	}
	browser.Eval[bool](t, s.Tab, `navigator.clipboard.writeText = () => Promise.reject(new Error("forbidden")), document.execCommand = () => false, true`)
	browser.Eval[bool](t, s.Tab, `document.querySelector("[data-copy]").click(), true`)
	s.Wait(t, `document.activeElement.tagName === "TEXTAREA"`)
	if picked := browser.Eval[string](t, s.Tab, `getSelection().toString()`); picked != s.server+"/?"+question {
		t.Errorf("to be copied by hand is %q", picked)
	}
	s.CheckAccess(t)
	s.flawless(t)
}

// TestAnswerByKeyboard asks, reads the evidence and leads back, without a mouse.
func TestAnswerByKeyboard(t *testing.T) {
	s := newSite(t)
	s.Do(t, chromedp.Navigate(s.server+"/products"), chromedp.KeyEvent("/"))
	s.Wait(t, `document.activeElement?.id === "words"`) // the filter of a list
	s.Do(t, chromedp.Navigate(s.server+"/products/mi/4.4.0"), chromedp.KeyEvent("/"), chromedp.WaitVisible(chromedp.CSS("#q")))
	s.Wait(t, `document.activeElement?.id === "q"`)
	s.Do(t, chromedp.KeyEvent("SQL Server 2019 + IS 7.0, what instead?\r"))
	s.Wait(t, `document.querySelector(".moves")?.innerText.includes("WSO2 Identity Server 7.0.0 → 7.1.0")`)
	if said := browser.Eval[string](t, s.Tab, `document.getElementById("said").textContent`); said != "Not listed: Microsoft SQL Server 2019 · WSO2 Identity Server 7.0.0 · TestedOn" {
		t.Errorf("it is said %q", said)
	}
	s.Do(t, chromedp.KeyEvent("\x1b"))
	s.Wait(t, `document.activeElement === document.body`)
	s.Do(t, chromedp.KeyEvent("/"))
	s.Wait(t, `document.activeElement.id === "q"`)
	s.Do(t, chromedp.KeyEvent("which APIM releases run on RHEL 9 + JDK 17 + Oracle 19c\r"))
	s.Wait(t, `document.querySelectorAll(".parts a[href*=\"product=apim\"]").length > 10`)
	s.Do(t, chromedp.Navigate(s.server+"/?"+question), chromedp.Focus(chromedp.CSS(".part summary")), chromedp.KeyEvent("\r"))
	s.Wait(t, `document.querySelector(".part blockquote").offsetHeight > 0 && document.querySelectorAll(".part details[open]").length === 1`)
	s.flawless(t)
}

// TestAnswerAsItIs: without scripts no button stands there that does nothing, a form leads to a
// short address, and paper shows the evidence.
func TestAnswerAsItIs(t *testing.T) {
	s := newSite(t)
	scripts(t, s.Tab, false)
	s.Do(t, chromedp.Navigate(s.server+"/?product=mi&release=4.4.0"), chromedp.SendKeys(chromedp.CSS("#os-0"), "RHEL 9\r"), chromedp.WaitVisible(chromedp.CSS("#verdict")))
	if at := browser.Eval[string](t, s.Tab, `location.search`); at != "?product=WSO2+Micro+Integrator&release=4.4.0&os=RHEL+9" {
		t.Errorf("the answer is at %s", at)
	}
	if shown := browser.Eval[bool](t, s.Tab, `document.querySelector(".copies").checkVisibility()`); shown {
		t.Error("buttons stand there that do nothing")
	}
	s.Do(t, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
		return err
	}))
	s.Wait(t, `document.querySelector(".part blockquote").offsetHeight > 0 && !document.querySelector(".ask").checkVisibility()`)
	s.flawless(t)
}
