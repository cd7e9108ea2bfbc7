package portal_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha512"
	"encoding/base64"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/testedon/testedon/internal/browser"
)

// The main question, and what stands in place of its answer.
const (
	fallback = `See the list of tested environments.`
	main     = `<tested-on product="mi" release="4.4.0" os="RHEL 9" jdk="Corretto 21" dbms="Postgres 17.2" open>` + fallback + `</tested-on>`
	mainPage = "/?product=mi&release=4.4.0&os=RHEL+9&jdk=Corretto+21&dbms=Postgres+17.2"
)

// TestScript: the script is small, and makes no markup of a text anywhere.
func TestScript(t *testing.T) {
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
	sum := sha512.Sum384([]byte(script(t)))
	integrity := "sha384-" + base64.StdEncoding.EncodeToString(sum[:])
	for name, tags := range map[string]string{
		"async":     tag,
		"pinned":    `<script src="SERVER/embed/0123456789abcdef/testedon.js" integrity="` + integrity + `" crossorigin="anonymous" async></script>`,
		"module":    `<script src="SERVER/embed/testedon.js" type="module"></script>`,
		"twice":     tag + tag + `<script src="SERVER/embed/testedon.js?again"></script>`,
		"versioned": `<script src="SERVER/embed/testedon.js?v=1#x" defer></script>`,
	} {
		t.Run(name, func(t *testing.T) {
			s.open(t, tags, main)
			s.Wait(t, settled)
			has(t, s.seen(t), "≠"+fallback, "✓ Tested", "are each listed as tested for WSO2 Micro Integrator 4.4.0.",
				"Red Hat Enterprise Linux 9", "Amazon Corretto 21", "PostgreSQL 17.2", "CorrettoJDK | 11, 17, 21",
				"WSO2 Micro Integrator Installation Prerequisites, Tested JDKs", "is maintained until",
				"Not asked about: arch", "TestedOn, catalogue revision")
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
			[]string{"– Not listed", "does not mean that it does not work", "PostgreSQL 16", "MySQL 5.7", "⚠ MySQL 5.7 passed its vendor's end of life",
				"Nearest: PostgreSQL | 17.2", "Shortest way to what is required: Red Hat Enterprise Linux 10 → 9, PostgreSQL 16 → 17.2, MySQL 5.7 → 9 ✓ Tested"}},
		{"compact", `<tested-on product="mi" release="4.4.0" os="RHEL 9"></tested-on>`, []string{"✓ Tested", "Evidence", "≠Tested operating systems"}},
		{"provisional", `<tested-on product="mi" release="4.7.0" os="RHEL 9.7" open></tested-on>`, []string{"✓ Tested provisional", "another account's copy)"}},
		{"advisories", `<tested-on product="ei" release="6.3.0" jdk="OpenJDK 1.8" directory="ApacheDS" open></tested-on>`, []string{"Warning: ", "Apache DS"}},
		{"unresolved", `<tested-on product="mi" release="4.4.0" os="Foobar 3" open></tested-on>`, []string{"… Unresolved", `"Foobar 3" could not be read`}},
		{"amounts", `<tested-on product="mi" release="4.4.0" memory="1GB" open></tested-on>`, []string{"1 GB of memory: below the required 2 GB.", "2 GB RAM."}},
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
	has(t, s.shown(t, `<tested-on q="MI 4.4.0 with oracle 21" open>`+fallback+`</tested-on>`),
		"it may mean more than one technology", "Oracle Database 21c", "Oracle JDK 21", fallback)
	s.CheckAccess(t)
	s.Picture(t, "widget-choices", 500, "light")
	s.Do(t, chromedp.KeyEvent("\t\t\r")) // to the second one
	s.Wait(t, element+`.answer`)
	if focused := browser.Eval[string](t, s.Tab, element+`.shadowRoot.activeElement.part.value`); focused != "status" {
		t.Errorf("the keyboard is at %q", focused)
	}
	has(t, s.seen(t), "Oracle JDK 21", "≠"+fallback)
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
		{"unknown product", `<tested-on product="mx" release="4.4.0" os="RHEL 9">`, "unknown_product", []string{`No product is called "mx".`, "Did you mean mi?"}},
		{"unknown release", `<tested-on product="mi" release="9.9" os="RHEL 9">`, "unknown_release", []string{`has no release "9.9"`}},
		{"unknown kind", `<tested-on product="mi" release="4.4.0" oss="RHEL 9">`, "invalid", []string{`There is no parameter "oss" here.`, "Did you mean os?"}},
		{"nothing asked", `<tested-on product="mi" release="4.4.0">`, "invalid", []string{"names no component"}},
		{"nothing at all", `<tested-on>`, "invalid", []string{"product is missing"}},
		{"markup", `<tested-on product="<img src=x onerror=alert(1)>" release="1" os="2">`, "unknown_product", []string{`"<img src=x onerror=alert(1)>"`}},
		{"no address", `<tested-on server="javascript:alert(1)" product="mi">`, "no_server", []string{"The attribute server is no address of a web server."}},
		{"form of an unknown release", `<tested-on form product="mi" release="9.9">`, "unknown_release", []string{`has no release "9.9"`}},
		{"form of nothing", `<tested-on form product="mx">`, "unknown_product", []string{`No product is called "mx".`}},
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

// TestWidgetEvents: a page hears of answers and problems, and reads the answer.
func TestWidgetEvents(t *testing.T) {
	s := newSite(t)
	s.open(t, tag, `<p id="here"></p>`)
	s.Wait(t, `customElements.get("tested-on")`)
	heard := browser.Eval[[]string](t, s.Tab, `new Promise((done) => {
		const heard = [], note = (e) => {
			heard.push([e.type, e.detail.verdict ?? e.detail.code, e.target.answer?.product ?? null].join(" "));
			heard.length === 1 ? e.target.setAttribute("release", "9.9") : done(heard);
		};
		document.addEventListener("testedon-answer", note);
		document.addEventListener("testedon-problem", note);
		const made = document.createElement("tested-on");
		document.getElementById("here").append(made);
		for (const [name, value] of [["product", "mi"], ["release", "4.4.0"], ["os", "RHEL 9"]]) made.setAttribute(name, value);
	})`)
	if want := []string{"testedon-answer tested mi", "testedon-problem unknown_release "}; !slices.Equal(heard, want) {
		t.Errorf("the page heard %q", heard)
	}
	if asked := s.questions(); len(asked) != 2 {
		t.Errorf("attributes that are set together are one question: %q", asked)
	}
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

// TestWidgetAsksOnce: equal questions of a page are one request, and the element
// leaves nothing behind in the page but itself.
func TestWidgetAsksOnce(t *testing.T) {
	s := newSite(t)
	s.open(t, "", "")
	const names = `Object.getOwnPropertyNames(window).sort()`
	before := browser.Eval[[]string](t, s.Tab, names)
	s.open(t, tag, main+main+`<tested-on q="is RHEL 9 tested for MI 4.4.0"></tested-on>`)
	s.Wait(t, `[...document.querySelectorAll("tested-on")].every((e) => e.answer)`)
	if after := browser.Eval[[]string](t, s.Tab, names); !slices.Equal(before, after) {
		t.Errorf("globals were %q, are %q", before, after)
	}
	want := []string{"/v1/ask?q=is+RHEL+9+tested+for+MI+4.4.0", "/v1/check" + mainPage[1:]}
	if asked := s.questions(); !slices.Equal(slices.Sorted(slices.Values(asked)), want) {
		t.Errorf("asked %q", asked)
	}
	if whole := browser.Eval[bool](t, s.Tab, `(() => {
		const [a, b] = document.querySelectorAll("tested-on");
		a.answer.verdict = "spoilt";
		document.body.append(a);
		return b.answer.verdict === "tested";
	})()`); !whole {
		t.Error("elements share an answer that a page may change")
	}
	if asked := s.questions(); len(asked) != 0 {
		t.Errorf("an element that was moved asked %q", asked)
	}
	s.flawless(t)
}

// TestWidgetForm fills the form in with the keyboard and asks.
func TestWidgetForm(t *testing.T) {
	s := newSite(t)
	const form = box + `.querySelector("form:not([hidden])")`
	s.open(t, tag, `<tested-on form product="mi" release="4.4.0" os="RHEL 9" open>`+fallback+`</tested-on>`)
	s.Wait(t, form)
	has(t, s.seen(t), "≠"+fallback, "Release", "Operating system", "JDK", "Is it tested?")
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
	has(t, s.seen(t), "✓ Tested", "PostgreSQL 17.2", "MySQL 9", "Is it tested?")
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
	has(t, s.seen(t), "more than 200 characters", "Is it tested?")
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

// documented are the variables that the README names.
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
