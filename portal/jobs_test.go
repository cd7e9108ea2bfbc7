package portal_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/testedon/testedon/internal/browser"
)

// jobs are what people come for: what they do from the first page on, each line, stroke and
// click an action, how many of these it may take, and what they have then.
var jobs = []struct {
	name   string
	do     []string // "type TEXT", "enter", "click SELECTOR"
	most   int
	at     string   // a part of the page that they come to
	shown  []string // in the page
	copied string   // in the clipboard
}{
	{"what instead", []string{"type SQL Server 2019 + IS 7.0, what instead?", "enter"}, 2, "#verdict",
		[]string{"Not listed", "SQL Server 2019", "7.0.0 → 7.1.0"}, ""},
	{"which releases", []string{"type which APIM releases run on RHEL 9 + JDK 17 + Oracle 19c", "enter"}, 2, ".content",
		[]string{"of 14 releases", "WSO2 API Manager 4.5.0"}, ""},
	{"an upgrade", []string{"type from MI 4.1 to 4.4 with RHEL 8 and Postgres 13", "enter", `click .content a[href^="/compare"]`}, 3, ".result.answer",
		[]string{"4.1.0", "4.4.0", "What breaks", "What to change"}, ""},
	{"a paste", []string{"type-into #text openjdk version \"21.0.5\" 2024-10-15 LTS\nOpenJDK Runtime Environment Corretto-21.0.5.11.1 (build 21.0.5+11-LTS)\n", "click .paste button"}, 2, "#read",
		[]string{"Amazon Corretto", "21.0.5"}, ""},
	{"a badge", []string{`click .examples a`, `click [data-copy^="[![Is it tested"]`}, 2, "#verdict",
		nil, "[![Is it tested? WSO2 Micro Integrator 4.4.0]("},
}

// TestJobs does what people come for, in no more actions than it may take.
func TestJobs(t *testing.T) {
	s := newSite(t)
	for _, job := range jobs {
		t.Run(job.name, func(t *testing.T) {
			if len(job.do) > job.most {
				t.Fatalf("takes %d actions, and may take %d", len(job.do), job.most)
			}
			s.Do(t, chromedp.Navigate(s.server+"/"), chromedp.WaitVisible(chromedp.CSS("#q")))
			s.Wait(t, `document.activeElement?.id === "q"`) // without an action
			for _, action := range job.do {
				verb, what, _ := strings.Cut(action, " ")
				switch verb {
				case "type":
					s.Do(t, chromedp.KeyEvent(what))
				case "enter":
					s.Do(t, chromedp.KeyEvent("\r"))
				case "click":
					s.Do(t, chromedp.WaitVisible(chromedp.CSS(what)))
					browser.Eval[bool](t, s.Tab, `navigator.clipboard.writeText = async (text) => { window.copied = text; }, true`)
					s.Do(t, chromedp.Click(chromedp.CSS(what)))
				case "type-into":
					field, text, _ := strings.Cut(what, " ")
					s.Do(t, chromedp.SetValue(chromedp.CSS(field), text)) // pasted at once
				}
			}
			s.Do(t, chromedp.WaitVisible(chromedp.CSS(job.at)))
			for _, text := range job.shown {
				s.Wait(t, `document.querySelector("#main")?.innerText.includes(`+strconv.Quote(text)+`)`)
			}
			if job.copied != "" {
				s.Wait(t, `window.copied?.startsWith(`+strconv.Quote(job.copied)+`)`)
			}
			s.flawless(t)
		})
	}
}
