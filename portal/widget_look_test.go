package portal_test

import (
	"fmt"
	"regexp"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/testedon/testedon/internal/browser"
)

// TestWidgetLooks: every verdict can be read in both colour schemes, wide and
// narrow, and from right to left. TESTEDON_SCREENSHOTS names a folder for pictures.
func TestWidgetLooks(t *testing.T) {
	s := newSite(t)
	for name, body := range map[string]string{
		"compact":     `<tested-on product="mi" release="4.4.0" os="RHEL 9" jdk="Corretto 21" dbms="Postgres 17.2"></tested-on>`,
		"open":        main,
		"not-listed":  `<tested-on product="mi" release="4.4.0" os="RHEL 10; Ubuntu" dbms="Postgres 16; MySQL 5.7; Foobar 3" open></tested-on>`,
		"conditional": `<tested-on product="mi" release="4.7.0" os="RHEL 9" open></tested-on>`,
		"advisories":  `<tested-on product="ei" release="6.3.0" directory="ApacheDS" open></tested-on>`,
		"problem":     `<tested-on product="mx" release="4.4.0" os="RHEL 9">` + fallback + `</tested-on>`,
		"rtl":         `<div dir="rtl">` + main + `</div>`,
	} {
		t.Run(name, func(t *testing.T) {
			s.shown(t, body)
			grounds := []string{}
			for _, scheme := range []string{"light", "dark"} {
				for _, width := range []int64{1000, 216} { // 200 within the margins of the page
					s.Picture(t, fmt.Sprintf("widget-%s-%d-%s", name, width, scheme), width, scheme)
					s.Do(t, chromedp.EmulateViewport(width, 900), browser.Prefer(scheme))
					if over := browser.Eval[int](t, s.Tab, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
						t.Errorf("%d pixels wide: %d stick out", width, over)
					}
				}
				s.CheckAccess(t)
				grounds = append(grounds, browser.Eval[string](t, s.Tab, `getComputedStyle(`+box+`).backgroundColor`))
			}
			if grounds[0] == grounds[1] {
				t.Errorf("light and dark are both %s", grounds[0])
			}
		})
	}
}

// documented are the variables that docs/embedding.md names.
var documented = []string{"accent", "on-accent", "ground", "ink", "quiet", "line", "edge", "font", "radius",
	"tested", "compatible", "conditional", "not-listed", "unresolved", "incompatible"}

// TestWidgetTheme: each documented variable is used, and no other; they change what
// is drawn, and parts can be reached.
func TestWidgetTheme(t *testing.T) {
	used := map[string]bool{}
	for _, v := range regexp.MustCompile(`var\(--testedon-([a-z-]+)`).FindAllStringSubmatch(script(t), -1) {
		used[v[1]] = true
		if !slices.Contains(documented, v[1]) {
			t.Errorf("--testedon-%s is not documented", v[1])
		}
	}
	if len(used) != len(documented) {
		t.Errorf("documented are %q, used %v", documented, used)
	}
	s := newSite(t)
	s.shown(t, main)
	colours := browser.Eval[[]string](t, s.Tab, `(() => {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync("tested-on { --testedon-ground: rgb(1, 2, 3); --testedon-tested: rgb(4, 5, 6); } tested-on::part(footer) { color: rgb(7, 8, 9); }");
		document.adoptedStyleSheets = [sheet];
		const of = (part) => getComputedStyle(`+box+`.querySelector(part));
		return [getComputedStyle(`+box+`).backgroundColor, of("[part~=verdict]").color, of("[part=footer]").color];
	})()`)
	if want := []string{"rgb(1, 2, 3)", "rgb(4, 5, 6)", "rgb(7, 8, 9)"}; !slices.Equal(colours, want) {
		t.Errorf("colours %q", colours)
	}
	s.flawless(t)
}

// TestWidgetOpens: the attribute opens and closes the evidence, and a change of another
// one leaves it as the reader has it.
func TestWidgetOpens(t *testing.T) {
	s := newSite(t)
	const details = box + `.querySelector("details")`
	s.shown(t, `<tested-on product="mi" release="4.4.0" os="RHEL 9"></tested-on>`)
	for _, step := range []struct {
		act  string
		open bool
	}{
		{details + `.open`, false},
		{details + `.querySelector("summary").click()`, true},
		{element + `.className = "changed"`, true},
		{element + `.setAttribute("open", "")`, true},
		{element + `.removeAttribute("open")`, false},
	} {
		got := browser.Eval[bool](t, s.Tab, `(async () => { `+step.act+`; await new Promise(setTimeout); return `+details+`.open; })()`)
		if got != step.open {
			t.Errorf("after %s the evidence is open: %t", step.act, got)
		}
	}
	if asked := s.questions(); len(asked) != 1 {
		t.Errorf("asked %q", asked)
	}
	s.flawless(t)
}
