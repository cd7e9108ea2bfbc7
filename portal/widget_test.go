package portal_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/testedon/testedon/internal/browser"
	"github.com/testedon/testedon/portal"
)

// The main question, and what stands in place of its answer.
const (
	fallback = `See the list of tested environments.`
	main     = `<tested-on product="mi" release="4.4.0" os="RHEL 9" jdk="Corretto 21" dbms="Postgres 17.2" open>` + fallback + `</tested-on>`
	mainPage = "/?product=mi&release=4.4.0&os=RHEL+9&jdk=Corretto+21&dbms=Postgres+17.2"
)

// TestWidgetScript: the script is small, and makes no markup of a text anywhere.
func TestWidgetScript(t *testing.T) {
	const most = 12 << 10 // bytes
	var compressed bytes.Buffer
	w, _ := gzip.NewWriterLevel(&compressed, gzip.BestCompression)
	fmt.Fprint(w, script(t))
	w.Close()
	if compressed.Len() > most {
		t.Errorf("%d bytes compressed, more than %d", compressed.Len(), most)
	}
	t.Logf("%d bytes compressed", compressed.Len())
	for _, unsafe := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "<style", ".cssText", "DOMParser"} {
		if strings.Contains(script(t), unsafe) {
			t.Errorf("the script has %s", unsafe)
		}
	}
}

// TestWidget asks the main question from a page of another origin, in each way to
// load the script.
func TestWidget(t *testing.T) {
	s := newSite(t)
	pinned := portal.New().Widget()
	for name, tags := range map[string]string{
		"async":     tag,
		"pinned":    `<script src="SERVER` + pinned.Path + `" integrity="` + pinned.Integrity + `" crossorigin="anonymous" async></script>`,
		"module":    `<script src="SERVER/embed/testedon.js" type="module"></script>`,
		"twice":     tag + tag + `<script src="SERVER/embed/testedon.js?again"></script>`,
		"versioned": `<script src="SERVER/embed/testedon.js?v=1#x" defer></script>`,
	} {
		t.Run(name, func(t *testing.T) {
			s.open(t, tags, main)
			s.Wait(t, settled)
			has(t, s.seen(t), "≠"+fallback, "✓ Tested WSO2 Micro Integrator 4.4.0", "✓ Red Hat Enterprise Linux 9, ✓ Amazon Corretto 21, ✓ PostgreSQL 17.2", "No test of the parts together is on record.",
				"Red Hat Enterprise Linux 9", "Amazon Corretto 21", "PostgreSQL 17.2", "CorrettoJDK | 11, 17, 21",
				"WSO2 Micro Integrator Installation Prerequisites, Tested JDKs", "is maintained until",
				"Not asked: arch.", "TestedOn, catalogue revision")
			if page := s.links(t, "[part=footer] a"); !slices.Equal(page, []string{s.server + mainPage}) {
				t.Errorf("the answer has its page at %q", page)
			}
			s.flawless(t)
		})
	}
}

// links gives the addresses of links in the element.
func (s *site) links(t *testing.T, selector string) []string {
	t.Helper()
	return browser.Eval[[]string](t, s.Tab, fmt.Sprintf(`[...%s.querySelectorAll(%q)].map((a) => a.href)`, box, selector))
}

// TestWidgetAnswers asks in other ways and looks at the answers.
func TestWidgetAnswers(t *testing.T) {
	s := newSite(t)
	for _, c := range []struct {
		name, body string
		want       []string
	}{
		{"several of a kind", `<tested-on product="mi" release="4.4.0" os="RHEL 10" dbms="Postgres 16; ; MySQL 5.7" open></tested-on>`,
			[]string{"– Not listed Red Hat Enterprise Linux 10, PostgreSQL 16, MySQL 5.7 · WSO2 Micro Integrator 4.4.0", "does not mean that it will not work", "⚠ MySQL 5.7 passed its vendor's end of life",
				"Nearest: PostgreSQL | 17.2", "Change: Red Hat Enterprise Linux 10 → 9 (older), PostgreSQL 16 → 17.2, MySQL 5.7 → 9 ✓ Tested"}},
		{"compact", `<tested-on product="mi" release="4.4.0" os="RHEL 9"></tested-on>`, []string{"✓ Tested", "Evidence", "≠Tested operating systems"}},
		{"provisional", `<tested-on product="mi" release="4.7.0" os="RHEL 9.7" open></tested-on>`, []string{"✓ Tested WSO2 Micro Integrator 4.7.0 provisional", "another account's copy)"}},
		{"advisories", `<tested-on product="ei" release="6.3.0" jdk="OpenJDK 1.8" directory="ApacheDS" open></tested-on>`, []string{"Warning: Apache DS"}},
		{"unresolved", `<tested-on product="mi" release="4.4.0" os="Foobar 3" open></tested-on>`, []string{"… Unresolved", `"Foobar 3" could not be read`}},
		{"amounts", `<tested-on product="mi" release="4.4.0" memory="1GB" open></tested-on>`, []string{"1 GB of memory: below the required 2 GB.", "2 GB RAM."}},
		{"what does not pass", `<tested-on product="mi" release="4.4.0" os="RHEL 9" memory="1GB" deployment="ESB"></tested-on>`, []string{"▲ Tested, does not pass"}},
		{"the bar", `<tested-on product="mi" release="4.4.0" os="RHEL 10" require="conditional" open></tested-on>`, []string{"– Not listed"}},
		{"in words", `<tested-on q="is RHEL 9 tested for MI 4.4" open></tested-on>`, []string{"✓ Tested", "4.4 is taken for 4.4.0"}},
		{"attributes of HTML and of frameworks", `<tested-on product="mi" release="4.4.0" os="RHEL 9" id="a" class="b" title="c" data-x="d" aria-label="e"
			onclick="f()" part="g" tabindex="0" dir="rtl" lang="ar" slot="h" jdk="" _ngcontent-abc="" @click="i" :x="j" v:y="k"></tested-on>`, []string{"✓ Tested"}},
		{"a server of its own", `<tested-on server="SERVER/?a#b" product="mi" release="4.4.0" os="RHEL 9"></tested-on>`, []string{"✓ Tested"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			has(t, s.shown(t, c.body), c.want...)
			if strings.Contains(c.body, "onclick") {
				s.Forget() // the policy of the page refuses it, and says so
			}
			s.flawless(t)
		})
	}
}

// TestWidgetDecides: words that may mean several things are asked back, and what is
// chosen is asked.
func TestWidgetDecides(t *testing.T) {
	s := newSite(t)
	const buttons = box + `.querySelectorAll("button")`
	has(t, s.shown(t, `<tested-on q="MI 4.4.0 with Oracle  21 and oracle 19" open>`+fallback+`</tested-on>`),
		"it may mean more than one technology", "Oracle Database 21c", "Oracle JDK 21", "Oracle JDK 19", fallback)
	s.CheckAccess(t)
	s.Picture(t, "widget-choices", 500, "light")
	s.Do(t, chromedp.KeyEvent("\t\t\r")) // to the second one
	s.Wait(t, buttons+`[0]?.textContent === "Oracle Database 19c"`)
	s.Do(t, chromedp.KeyEvent("\t\r"))
	s.Wait(t, element+`.answer`)
	if focused := browser.Eval[string](t, s.Tab, element+`.shadowRoot.activeElement.part.value`); focused != "status" {
		t.Errorf("the keyboard is at %q", focused)
	}
	has(t, s.seen(t), "Oracle JDK 21", "Oracle Database 19c", "≠"+fallback)
	s.flawless(t)
}

// TestWidgetProblems: what is wrong with a question is said in words, beside what
// stands within the element.
func TestWidgetProblems(t *testing.T) {
	s := newSite(t)
	for _, c := range []struct {
		name, body, code string // the code that the page is told
		want             []string
	}{
		{name: "unknown product", body: `<tested-on product="mx" release="4.4.0" os="RHEL 9">`, code: "unknown_product", want: []string{`No product is called "mx".`, "Did you mean mi?"}},
		{name: "unknown release", body: `<tested-on product="mi" release="9.9" os="RHEL 9">`, code: "unknown_release", want: []string{`has no release "9.9"`}},
		{name: "unknown kind", body: `<tested-on product="mi" release="4.4.0" oss="RHEL 9">`, code: "invalid", want: []string{`There is no parameter "oss" here.`, "Did you mean os?"}},
		{name: "nothing asked", body: `<tested-on product="mi" release="4.4.0">`, code: "invalid", want: []string{"names no component"}},
		{name: "nothing at all", body: `<tested-on>`, code: "invalid", want: []string{"product is missing"}},
		{name: "markup", body: `<tested-on product="<img src=x onerror=alert(1)>" release="1" os="2">`, code: "unknown_product", want: []string{`"<img src=x onerror=alert(1)>"`}},
		{name: "no address", body: `<tested-on server="javascript:alert(1)" product="mi">`, code: "no_server", want: []string{"The attribute server is no address of a web server."}},
		{name: "form of an unknown release", body: `<tested-on form product="mi" release="9.9">`, code: "unknown_release", want: []string{`has no release "9.9"`}},
		{name: "form of nothing", body: `<tested-on form product="mx">`, code: "unknown_product", want: []string{`No product is called "mx".`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			has(t, s.shown(t, c.body+fallback+`</tested-on>`), append(c.want, fallback, "! ", "≠✓")...)
			code := browser.Eval[string](t, s.Tab, `new Promise((done) => {
				document.addEventListener("testedon-problem", (e) => done(e.detail.code));
				`+element+`.setAttribute("require", "conditional");
			})`)
			if code != c.code {
				t.Errorf("the page is told of %q", code)
			}
			s.CheckAccess(t)
			for _, fault := range s.Forget() {
				has(t, fault, "Failed to load resource: the server responded with a status of 4")
			}
		})
	}
}
