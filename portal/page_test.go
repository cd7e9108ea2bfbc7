package portal_test

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"

	"github.com/testedon/testedon/internal/browser"
)

// question is the main one as the parameters of an address.
const question = "product=mi&release=4.4.0&os=RHEL+9&jdk=Corretto+21&dbms=Postgres+17.2"

// everyPage is one of each kind, and one of each state that looks otherwise.
var everyPage = map[string]string{
	"home":         "/",
	"chosen":       "/?product=mi&release=4.4.0",
	"answer":       "/?" + question,
	"moves":        "/?product=mi&release=4.4.0&os=RHEL+9&jdk=Corretto+21&dbms=Postgres+16",
	"conditions":   "/?product=apim&release=4.2.0&dbms=MySQL+8.0&jdk=JDK+17&memory=1GB",
	"words":        "/?q=is+RHEL+9+tested+for+the+latest+MI",
	"choices":      "/?q=is+oracle+21+tested+for+mi",
	"problem":      "/?product=mx&release=4.4.0&os=RHEL+9",
	"products":     "/products",
	"product":      "/products/apim",
	"filtered":     "/products/mi?kind=dbms&release=4.4.0&release=4.5.0",
	"release":      "/products/mi/4.4.0",
	"platform":     "/products/ei/6.3.0",
	"provisional":  "/products/mi/4.7.0",
	"technologies": "/technologies",
	"technology":   "/technologies/postgresql",
	"compare":      "/compare?product=mi&from=4.3.0&to=4.4.0",
	"upgrade":      "/compare?product=mi&from=4.4.0&to=4.1.0&os=RHEL+9&dbms=Postgres+17.2",
	"sources":      "/sources?product=mi",
	"coverage":     "/coverage?product=mi",
	"embed":        "/embed?" + question,
	"frame":        "/embed/check?" + question,
	"missing":      "/products/mi/4.4.1",
	"lost":         "/product/mi/4.4.0",
	"stray":        "/?product=mi&release=4.4.0&os=RHEL+9&dbmss=Postgres+16",
	"notice":       "/products/mi?knd=dbms",
	"kind":         "/problems/unknown_release",
	"paste":        "/paste",
	"find":         "/find?product=apim&os=RHEL+9&jdk=JDK+17&dbms=Oracle+19c",
	"findall":      "/find?os=Debian+12&dbms=Postgres+17.2",
	"findempty":    "/find",
	"retest":       "/retest?product=is",
	"plan":         "/products/mi/4.4.0/test-plan",
	"seek":         "/?q=what+should+I+retest+in+the+next+6+months",
	"fleet":        "/fleet?product=mi&release=4.4.0",
	"past":         "/?" + question + "&asOf=2025-05-01",
}

// TestPagesLook: every page is free of errors and of violations of the rules of
// accessibility, in both colour schemes, wide and narrow. TESTEDON_SCREENSHOTS names a
// folder for pictures.
func TestPagesLook(t *testing.T) {
	s := newSite(t)
	for name, path := range everyPage {
		t.Run(name, func(t *testing.T) {
			s.Do(t, chromedp.Navigate(s.server+path))
			for _, scheme := range []string{"light", "dark"} {
				for _, width := range []int64{1280, 360} {
					s.Picture(t, fmt.Sprintf("page-%s-%d-%s", name, width, scheme), width, scheme)
					s.Do(t, chromedp.EmulateViewport(width, 900), browser.Prefer(scheme))
					if over := browser.Eval[int](t, s.Tab, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
						t.Errorf("%d pixels wide: %d stick out", width, over)
					}
				}
				s.CheckAccess(t)
			}
			for _, fault := range s.Forget() {
				if !strings.Contains(fault, "status of 40") {
					t.Error(fault)
				}
			}
		})
	}
}

// TestPaste pastes a form on the first page: what was read and what was not is told, line by
// line, and a link asks about the former. No part of the text stands in an address.
func TestPaste(t *testing.T) {
	s := newSite(t)
	s.Do(t, chromedp.Navigate(s.server+"/"))
	s.Do(t, chromedp.SendKeys(chromedp.CSS("#text"), "Product Version: MI 4.4.0.12\nOS: RHEL 9\nPostgreSQL 9.4.26 (Greenplum Database 6.25.3)\npassword=hunter2 <b>"),
		chromedp.Click(chromedp.CSS(".paste button")), chromedp.WaitVisible(chromedp.CSS("#read")))
	s.CheckAccess(t)
	text := browser.Eval[string](t, s.Tab, `document.querySelector("main").textContent`)
	for _, want := range []string{"WSO2 Micro Integrator 4.4.0", "Red Hat Enterprise Linux 9", "OS: RHEL 9", "Not read, and it may matter", "Greenplum Database", "password=***"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q does not stand on the page: %s", want, text)
		}
	}
	if at := browser.Eval[string](t, s.Tab, `location.href + document.cookie`); at != s.server+"/paste" || strings.Contains(text, "hunter2") {
		t.Errorf("the page is at %s: %s", at, text)
	}
	s.Do(t, chromedp.Click(chromedp.CSS("a.go")), chromedp.WaitVisible(chromedp.CSS("#verdict")))
	s.Wait(t, `document.querySelector("#verdict")?.textContent.includes("Tested")`)
	if at := browser.Eval[string](t, s.Tab, `location.search`); at != "?product=mi&release=4.4.0&os=rhel%3A9" {
		t.Errorf("the answer is at %s", at)
	}
	s.flawless(t)
}

// TestExplorer asks by the fields, as somebody with a keyboard does: the lists follow
// the product, and neither they nor the answer load a page.
func TestExplorer(t *testing.T) {
	s := newSite(t)
	s.Do(t, chromedp.Navigate(s.server+"/"))
	browser.Eval[bool](t, s.Tab, `window.here = true`)
	s.Do(t, chromedp.SendKeys(chromedp.CSS("#product"), "mi\t"))
	s.Wait(t, `document.querySelector("#release option[value], #release option")?.parentElement.options.length > 5`)
	s.choose(t, "#release", "4.4.0")
	s.Wait(t, `[...document.querySelectorAll("#choices-dbms option")].some((o) => o.value === "PostgreSQL 17.2")`)
	s.Do(t, chromedp.SendKeys(chromedp.CSS("input[name=os]"), "RHEL 9"), chromedp.SendKeys(chromedp.CSS("input[name=dbms]"), "Postgres 16\r"))
	s.Wait(t, `document.querySelector("#verdict")?.textContent.includes("Not listed")`)
	if !browser.Eval[bool](t, s.Tab, `window.here === true`) {
		t.Error("the page was loaded again")
	}
	if at := browser.Eval[string](t, s.Tab, `location.search`); at != "?product=WSO2+Micro+Integrator&release=4.4.0&os=RHEL+9&dbms=Postgres+16" {
		t.Errorf("the address of the answer is %s", at)
	}
	browser.Eval[bool](t, s.Tab, `document.querySelector("input[name=dbms]").value = "", true`)
	s.Do(t, chromedp.SendKeys(chromedp.CSS("input[name=dbms]"), "Postgres 17.2\r"))
	s.Wait(t, `document.querySelector("#verdict")?.textContent.includes("Tested")`)
	browser.Eval[bool](t, s.Tab, `history.back(), true`)
	s.Wait(t, `document.querySelector("#verdict")?.textContent.includes("Not listed")`)
	if !browser.Eval[bool](t, s.Tab, `window.here === true`) {
		t.Error("going back loaded the page")
	}
	s.Do(t, chromedp.Navigate(browser.Eval[string](t, s.Tab, `document.querySelector(".moves a").href`)))
	s.Wait(t, `document.querySelector("#verdict")?.textContent.includes("Tested")`)
	s.Do(t, chromedp.SendKeys(chromedp.CSS("#q"), "is RHEL 9 tested for MI 4.4.0\r"))
	s.Wait(t, `document.querySelector(".tokens") && document.querySelector("#verdict")?.textContent.includes("Tested")`)
	s.flawless(t)
}

// TestExplorerKeepsPlace: whoever asks without seeing is told the answer and stays where
// they were, and what one choice makes pointless is not asked.
func TestExplorerKeepsPlace(t *testing.T) {
	s := newSite(t)
	s.Do(t, chromedp.Navigate(s.server+"/?"+question))
	s.choose(t, "#product", "ei")
	s.Wait(t, `document.querySelector("#product").value === "WSO2 Enterprise Integrator" && document.querySelector("#release").value === ""`)
	if at := browser.Eval[string](t, s.Tab, `location.search`); strings.Contains(at, "release") || !strings.Contains(at, "os=RHEL+9") {
		t.Errorf("the question is %s", at)
	}
	if problem := browser.Eval[bool](t, s.Tab, `document.querySelector(".problem") !== null`); problem {
		t.Error("a choice that is not complete is a problem")
	}
	browser.Eval[bool](t, s.Tab, `(() => { // who writes on while the lists change goes on where they were
		const list = document.querySelector("#release"), field = document.querySelector("#dbms-0");
		list.value = "6.3.0";
		list.dispatchEvent(new Event("change", { bubbles: true }));
		field.focus();
		field.value = "MySQL 8";
		field.setSelectionRange(5, 5);
		return true;
	})()`)
	s.Wait(t, `document.querySelector("#verdict")`)
	if at := browser.Eval[string](t, s.Tab, `document.activeElement.value + document.activeElement.selectionStart`); at != "MySQL 85" {
		t.Errorf("what was written meanwhile is %s", at)
	}
	s.Do(t, chromedp.SendKeys(chromedp.CSS("input[name=dbms]"), " \r"))
	s.Wait(t, `document.activeElement.id === "dbms-0" && document.getElementById("said").textContent.includes("WSO2 Enterprise Integrator 6.3.0")`)
	s.Do(t, chromedp.Navigate(s.server+"/products/mi"), chromedp.Focus(chromedp.CSS(`[id="release-4.4.0"]`)), chromedp.SendKeys(chromedp.CSS(`[id="release-4.4.0"]`), " "))
	s.Wait(t, `document.querySelectorAll(".matrix thead th").length === 8 && document.querySelectorAll("[name=release]:checked").length === 7`)
	if at := browser.Eval[string](t, s.Tab, `document.activeElement.id`); at != "release-4.4.0" {
		t.Errorf("whoever filters is at %s", at)
	}
	s.flawless(t)
}

// choose chooses a value of a list, as a person does.
func (s *site) choose(t *testing.T, list, value string) {
	t.Helper()
	browser.Eval[bool](t, s.Tab, fmt.Sprintf(`(() => {
		const list = document.querySelector(%q);
		list.value = %q;
		return list.dispatchEvent(new Event("change", { bubbles: true }));
	})()`, list, value))
}

// TestExplorerWithoutScript: the pages are complete where no script runs.
func TestExplorerWithoutScript(t *testing.T) {
	s := newSite(t)
	scripts(t, s.Tab, false)
	for path, text := range map[string]string{
		"/?product=mi&release=4.4.0&os=RHEL+9&jdk=&dbms=&require=tested": "Tested: WSO2 Micro Integrator 4.4.0",
		"/?product=mi&release=": "4.4.0",
		"/products/mi":          "PostgreSQL",
		"/embed?" + question:    "The answer stands here where scripts run",
		"/compare":              "WSO2 Micro Integrator 4.4.0 → 4.5.0 with RHEL 9",
		"/compare?product=mi":   "4.5.0 → 4.6.0",
	} {
		s.Do(t, chromedp.Navigate(s.server+path))
		if seen := s.Text(t, "main"); !strings.Contains(seen, text) {
			t.Errorf("%s shows no %q: %s", path, text, seen)
		}
	}
}

// TestFrame: an answer stands in a frame on a page of another origin. With the script of
// the element there, the frame is as high as the answer, however wide it is; a frame tells
// its height when it is asked, and nobody else can.
func TestFrame(t *testing.T) {
	s := newSite(t)
	s.policy = "; frame-src " + s.server
	s.open(t, tag, `<iframe src="SERVER/embed/check?`+question+`" title="The answer" width="640" height="20"></iframe>
		<iframe src="SERVER/embed/check?product=mi&amp;release=4.4.0&amp;os=RHEL+9" title="A short one" width="640" height="900" loading="lazy"></iframe>`)
	const first, second = `document.querySelectorAll("iframe")[0]`, `document.querySelectorAll("iframe")[1]`
	s.Wait(t, first+`.offsetHeight > 20 && `+second+`.offsetHeight < 900`)
	wide := browser.Eval[int](t, s.Tab, first+`.offsetHeight`)
	browser.Eval[bool](t, s.Tab, first+`.width = 240, true`)
	s.Wait(t, fmt.Sprintf(`%s.offsetHeight > %d`, first, wide+100))
	told := browser.Eval[any](t, s.Tab, `new Promise((told) => {
		addEventListener("message", ({ origin, data }) => { if (origin !== location.origin) told(data.height); });
		dispatchEvent(new MessageEvent("message", { origin: location.origin, source: `+first+`.contentWindow, data: { type: "testedon-height", height: 3000 } }));
		if (`+first+`.clientHeight > 2000) told("a stranger's");
		`+first+`.contentWindow.postMessage({ type: "testedon-height" }, "*");
	})`)
	if high := browser.Eval[float64](t, s.Tab, first+`.clientHeight`); high != told {
		t.Errorf("the frame is %v high, and tells %v", high, told)
	}
	s.Do(t, chromedp.Navigate(s.server+"/embed/check?"+question))
	if target := browser.Eval[string](t, s.Tab, `document.querySelector("base").target`); target != "_blank" {
		t.Errorf("links of the frame lead to %s", target)
	}
	s.flawless(t)
}

// TestBudget: the first page is at most 60 KB, compressed, in five requests.
func TestBudget(t *testing.T) {
	server := start(t, browser.Answering(t))
	most := struct{ bytes, requests int }{60 << 10, 5}
	for _, path := range []string{"/", "/?" + question} {
		page, size := fetch(t, server+path)
		tree, err := html.Parse(strings.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		loaded := []string{}
		for n := range tree.Descendants() {
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Val, "/assets/") && !slices.Contains(loaded, a.Val) {
					loaded = append(loaded, a.Val)
				}
			}
		}
		for _, file := range loaded {
			_, more := fetch(t, server+file)
			size += more
		}
		if len(loaded)+1 > most.requests || size > most.bytes || len(loaded) == 0 {
			t.Errorf("%s: %d bytes in %d requests", path, size, len(loaded)+1)
		}
	}
}

// fetch gives a text and how many bytes it is on its way.
func fetch(t *testing.T, address string) (text string, size int) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept-Encoding", "gzip")
	answer, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	sent, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d %v", address, answer.StatusCode, err)
	}
	if answer.Header.Get("Content-Encoding") != "gzip" {
		return string(sent), len(sent)
	}
	reader, err := gzip.NewReader(strings.NewReader(string(sent)))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain), len(sent)
}
