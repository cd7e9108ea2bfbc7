package portal_test

import (
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/testedon/testedon/internal/browser"
)

// TestWidgetForm fills the form in with the keyboard and asks.
func TestWidgetForm(t *testing.T) {
	s := newSite(t)
	const form = box + `.querySelector("form:not([hidden])")`
	s.open(t, tag, `<tested-on form product="mi" release="4.4.0" os="RHEL 9" open>`+fallback+`</tested-on>`)
	s.Wait(t, form)
	has(t, s.seen(t), "≠"+fallback, "Release", "Operating system", "JDK", "Check")
	offered := browser.Eval[[]string](t, s.Tab, `[...`+form+`.dbms.list.options].map((o) => o.value)`)
	if !slices.Contains(offered, "PostgreSQL 17.2") {
		t.Errorf("the form offers %q", offered)
	}
	s.CheckAccess(t)
	s.Picture(t, "widget-form", 700, "light")
	s.Picture(t, "widget-form-narrow", 200, "dark")
	browser.Eval[bool](t, s.Tab, form+`.jdk.focus() ?? true`)
	s.Do(t, chromedp.KeyEvent("Corretto 21\tPostgres 17.2; MySQL 9\r"))
	s.Wait(t, element+`.answer`)
	has(t, s.seen(t), "✓ Tested", "PostgreSQL 17.2", "MySQL 9", "Check")
	s.CheckAccess(t)
	s.Picture(t, "widget-form-answer", 700, "dark")
	asked := s.questions()
	if last := asked[len(asked)-1]; last != "/v1/check?product=mi&release=4.4.0&os=RHEL+9&jdk=Corretto+21&dbms=Postgres+17.2&dbms=MySQL+9" {
		t.Errorf("asked %q", last)
	}

	// Another release lists other kinds; what was typed stays.
	browser.Eval[bool](t, s.Tab, `(() => { const { release } = `+form+`; release.value = "4.3.0"; release.dispatchEvent(new Event("change")); return true; })()`)
	s.Wait(t, `!`+form+`.arch`)
	if typed := browser.Eval[string](t, s.Tab, form+`.jdk.value`); typed != "Corretto 21" {
		t.Errorf("of what was typed, %q stayed", typed)
	}
	s.flawless(t)

	// A problem marks its field.
	browser.Eval[bool](t, s.Tab, `(() => { const f = `+form+`; f.jdk.value = "x".repeat(201); f.requestSubmit(); return true; })()`)
	s.Wait(t, form+`.jdk.ariaInvalid === "true"`)
	has(t, s.seen(t), "more than 200 characters", "Check")
	s.CheckAccess(t)
}

// TestWidgetFormNames: a kind that is called as another parameter is asked by its
// alias, and without a product the form asks in plain words.
func TestWidgetFormNames(t *testing.T) {
	s := newSite(t)
	const form = box + `.querySelector("form:not([hidden])")`
	s.open(t, tag, `<tested-on form product="apim" release="4.2.0" broker="ActiveMQ 5"></tested-on>`)
	s.Wait(t, form)
	names := browser.Eval[[]string](t, s.Tab, `[...`+form+`.elements].map((e) => e.name)`)
	if broker := browser.Eval[string](t, s.Tab, form+`.broker.value`); broker != "ActiveMQ 5" {
		t.Errorf("what no release lists is filled in as %q", broker)
	}
	if want := []string{"release", "os", "jdk", "dbms", "other-product", "broker", ""}; !slices.Equal(names, want) {
		t.Errorf("the form has %q", names)
	}
	s.open(t, tag, `<tested-on form product="mi"></tested-on>`)
	s.Wait(t, form)
	if release := browser.Eval[string](t, s.Tab, form+`.release.value`); release != "4.6.0" {
		t.Errorf("the form begins with %s, not with the newest that is not provisional", release)
	}
	s.open(t, tag, `<tested-on form></tested-on>`)
	s.Wait(t, form)
	browser.Eval[bool](t, s.Tab, form+`.q.focus() ?? true`)
	s.Do(t, chromedp.KeyEvent("is RHEL 9 tested for MI 4.4.0\r"))
	s.Wait(t, element+`.answer`)
	has(t, s.seen(t), "✓ Tested")
	s.flawless(t)
}
