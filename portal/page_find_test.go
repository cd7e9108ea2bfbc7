package portal_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/testedon/testedon/internal/browser"
)

// TestFindInWords: from the first page a line of words, and the link beside its answer, lead to
// the releases that an environment is tested for, with the form filled in; a release there leads
// to the question about it, and the files have the same.
func TestFindInWords(t *testing.T) {
	s := newSite(t)
	lead := func(words, link string) {
		t.Helper()
		s.Do(t, chromedp.Navigate(s.server+"/"), chromedp.SendKeys(chromedp.CSS("#q"), words+"\r"), // one line and Enter
			chromedp.Click(chromedp.CSS(`.content a[href^="`+link+`"]`)))
	}
	lead("which APIM releases run on RHEL 9 + JDK 17 + Oracle 19c", "/find?product=apim&")
	s.Do(t, chromedp.WaitVisible(chromedp.CSS(".found")))
	has(t, s.Text(t, ".result"), "None of", "4.5.0", "conditional", "not listed, nearest", "CSV")
	if form := browser.Eval[string](t, s.Tab, `["os", "jdk", "dbms"].map((name) => document.querySelector("input[name=" + name + "]").value).join() + document.querySelector("#product-apim").checked`); form != "Red Hat Enterprise Linux 9,Java (vendor not named) 17,Oracle Database 19ctrue" {
		t.Errorf("the form is filled with %s", form)
	}
	table, _ := fetch(t, s.server+browser.Eval[string](t, s.Tab, `document.querySelector("a[href*=csv]").getAttribute("href")`))
	if !strings.HasPrefix(table, "outcome,") || strings.Count(table, "\n") != 1+browser.Eval[int](t, s.Tab, `document.querySelectorAll(".found tbody tr").length`) {
		t.Errorf("the file is %s", table)
	}
	s.Do(t, chromedp.Click(chromedp.CSS(".found a")), chromedp.WaitVisible(chromedp.CSS(".answer #verdict")))
	if at := browser.Eval[string](t, s.Tab, `location.search`); !strings.HasPrefix(at, "?product=apim&release=4.5.0&os=") {
		t.Errorf("the release leads to %s", at)
	}

	lead("what should I retest in the next 6 months", "/retest?within=6m")
	s.Do(t, chromedp.WaitVisible(chromedp.CSS(".endings")))
	s.choose(t, "#within", "2y")
	s.Wait(t, `location.search.includes("within=2y") && document.querySelector("#within").value === "2y"`)

	lead("test plan for MI 4.4.0", "/products/mi/4.4.0/test-plan")
	s.Do(t, chromedp.WaitVisible(chromedp.CSS("a[download]")))
	for format, begin := range map[string]string{"format=csv": "os,jdk,dbms", "format=json": `{"product":"mi"`, "/github?": `{"include":[`} {
		file, _ := fetch(t, s.server+browser.Eval[string](t, s.Tab, `document.querySelector("a[download][href*='`+format+`']").getAttribute("href")`))
		if !strings.HasPrefix(file, begin) {
			t.Errorf("%s begins %.40s", format, file)
		}
	}
	s.flawless(t)
}
