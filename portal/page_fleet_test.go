package portal_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/chromedp/chromedp"

	"github.com/testedon/testedon/internal/browser"
)

// hosts is a fleet with every sort of row: of two that pass, one is written twice.
const hosts = "name,product,release,os,dbms\n" +
	"web-1,mi,4.4.0,RHEL 9,\nweb-2,mi,4.4.0,RHEL 9,\nweb-3,mi,4.4.0,RHEL 9,Postgres 16\nweb-4,mi,4.4.0,Debian 12,Postgres 16\n" +
	"=cmd|' /C calc'!A0,mi,4.4.0,Debian 12,\n\"<b>\u202e\x1b[2J\",mx,4.4.0,Debian 12,\nshort,mi\n"

// sent posts fields and files, NAME=TEXT and NAME@FILE=TEXT, and gives what comes.
func sent(t *testing.T, server string, parts ...string) (*http.Response, string) {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for _, part := range parts {
		name, text, _ := strings.Cut(part, "=")
		name, file, isFile := strings.Cut(name, "@")
		to, err := form.CreateFormField(name)
		if isFile {
			to, err = form.CreateFormFile(name, file)
		}
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(to, text)
	}
	form.Close()
	got, err := http.Post(server+"/fleet", form.FormDataContentType(), &body)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	text, err := io.ReadAll(got.Body)
	if err != nil {
		t.Fatal(err)
	}
	return got, string(text)
}

// TestFleetAnswers: a fleet is answered whole, however it is sent, and what is no fleet is told with
// the place.
func TestFleetAnswers(t *testing.T) {
	server := start(t, browser.Answering(t))
	var units bytes.Buffer
	for _, unit := range utf16.Encode([]rune("\ufeff" + hosts)) {
		units.Write([]byte{byte(unit), byte(unit >> 8)})
	}
	wide := strings.Repeat("os,", 10_000) + "os\n" + strings.Repeat("RHEL 9,", 10_000) + "RHEL 9\n"
	for _, c := range []struct {
		name  string
		parts []string
		want  []string
	}{
		{"pasted", []string{"text=" + hosts}, []string{
			"7 environments: 2 pass, 3 do not, 2 could not be asked about", `2 ×</b> <span><bdi>Debian 12 is not listed for WSO2 Micro Integrator 4.4.0`, "What to change: PostgreSQL 16 → 17.2",
			"=cmd|&#39; /C calc&#39;!A0", "≠<b>\u202e", "several faults"}},
		{"file", []string{"file@hosts.csv=" + hosts}, []string{"7 environments: 2 pass", "Read from <bdi>hosts.csv", "≠\x1b", "≠\u202e"}},
		{"utf-16", []string{"file@hosts.csv=" + units.String()}, []string{"7 environments: 2 pass"}},
		{"defaults", []string{"product=mi", "release=4.4.0", "text=os;dbms\nRHEL 9;\nDebian 12;\n"}, []string{"2 environments: 1 passes, 1 does not", "line 3"}},
		{"machines", []string{"product=MI", "release=4.4.0", "file@a.txt=ID=rhel\nVERSION_ID=9.4\n", "file@b.txt=ID=debian\nVERSION_ID=12\n"},
			[]string{"2 environments: 1 passes, 1 does not", "<bdi>b.txt</bdi>"}},
		{"several", []string{"product=mi", "release=4.4.0", "file@a.csv=os\nDebian 12\n", "file@b.csv=os\nDebian 12\n"}, []string{"a.csv:2", "b.csv:2"}},
		{"nobody's", []string{"text=ID=rhel\nVERSION_ID=9.4\n"}, []string{"The parameter product is missing", "Name it beside the table"}},
		{"nothing", nil, []string{"There is nothing to check"}},
		{"empty", []string{"file@e.csv= \n"}, []string{"There is nothing to check"}},
		{"no header", []string{"text=web-1,mi,4.4.0,RHEL 9\nweb-2,mi,4.4.0,RHEL 9\n"}, []string{"the pasted text:1: there is no column", "Known are: "}},
		{"header alone", []string{"file@h.csv=product,release,os\n"}, []string{"h.csv: there is no environment in it"}},
		{"quotes", []string{"file@q.csv=product,release,os\nmi,4.4.0,RHEL 9\nmi,4.4.0,RHEL \"9\"\n"}, []string{"q.csv:3: that is not CSV"}},
		{"binary", []string{"file@x.csv=os\n\x00\x01\xff"}, []string{"x.csv:2: that is not text in UTF-8"}},
		{"binary text", []string{"file@x.png=\x89PNG\r\n\x1a\n\x00"}, []string{"x.png:1: that is not text in UTF-8"}},
		{"wide", []string{"file@w.csv=" + wide}, []string{"w.csv:1: it has 10001 columns, and may have 1000"}},
		{"long line", []string{"product=mi", "release=4.4.0", "text=" + strings.Repeat("x", 2<<20)}, []string{"1 environment: 0 pass, 0 do not, 1 could not be asked about"}},
		{"long name", []string{"file@" + strings.Repeat("é", 5000) + ".csv=ox\nRHEL 9\n"}, []string{"there is no column", "Did you mean os?"}},
		{"format", []string{"text=" + hosts, "format=exe"}, []string{"There is no format"}},
		{"catalogue", []string{"text=product,release,jkd\nmi,4.4.0,21\n"}, []string{"Did you mean jdk?"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, text := sent(t, server, c.parts...)
			has(t, text, append(c.want, "≠Internal")...)
			if got.Header.Get("Content-Security-Policy") == "" || got.Header.Get("Set-Cookie") != "" || !strings.Contains(got.Header.Get("Cache-Control"), "no-store") {
				t.Errorf("headers are %v", got.Header)
			}
		})
	}
	if got, _ := sent(t, server, "text="+strings.Repeat("x", 17<<20)); got.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("17 MiB are %s", got.Status)
	}
	var many strings.Builder
	for i := range 10_001 {
		many.WriteString(strings.Repeat("9", 1+i%100) + strings.Repeat("8", 1+i/100) + "\n")
	}
	_, text := sent(t, server, "product=mi", "release=4.4.0", "file@many.csv=os\n"+many.String())
	has(t, text, "There are more than 10,000 different environments", "testedon check --file")
}

// TestFleetReports: each report is a file to keep, in which no cell is a formula.
func TestFleetReports(t *testing.T) {
	server := start(t, browser.Answering(t))
	for format, begin := range map[string]string{"xlsx": "PK", "html": "<!doctype html>", "csv": "line,name,", "json": `{"items":[{"index":0,"line":2,"name":"web-1"`} {
		got, text := sent(t, server, "file@hosts.csv="+hosts, "format="+format)
		if !strings.HasPrefix(text, begin) || got.Header.Get("Content-Disposition") != `attachment; filename="testedon-fleet.`+format+`"` {
			t.Errorf("%s: %v %.100s", format, got.Header, text)
		}
		if format == "csv" {
			has(t, text, "\n6,'=cmd|", "≠,=cmd")
		}
	}
	_, text := sent(t, server, "file@many.csv=os\n"+strings.Repeat("RHEL 9\n", 10_001), "format=json")
	has(t, text, "The JSON of more than 10,000 environments is too large")
	if _, text := sent(t, server, "product=mi", "release=4.4.0", "file@many.csv=os\n"+strings.Repeat("RHEL 9\n", 100_000)); !strings.Contains(text, "100,000 environments: 100,000 pass") {
		t.Errorf("many are %.300s", text)
	}
}

// TestFleetByHand pastes a table and takes an answer in two actions, and chooses a file and takes a
// report in three, with the script and without it.
func TestFleetByHand(t *testing.T) {
	s := newSite(t)
	file := filepath.Join(t.TempDir(), "hosts.csv")
	if err := os.WriteFile(file, []byte(hosts), 0o600); err != nil {
		t.Fatal(err)
	}
	s.Do(t, chromedp.Navigate(s.server+"/fleet"))
	browser.Eval[bool](t, s.Tab, `window.here = true`)
	s.Do(t, chromedp.SendKeys(chromedp.CSS("#file"), file), chromedp.Click(chromedp.CSS("#fleet .go button")), chromedp.WaitVisible(chromedp.CSS("#sum")))
	has(t, s.Text(t, "#result"), "7 environments: 2 pass, 3 do not, 2 could not be asked about", "2 ×", "Debian 12 is not listed")
	if !browser.Eval[bool](t, s.Tab, `window.here && document.querySelector("#file").files.length === 1 && document.title.startsWith("7 environments")`) {
		t.Error("the file has to be chosen again")
	}
	s.Do(t, chromedp.Click(chromedp.CSS(".groups summary")))
	has(t, s.Text(t, ".groups li"), "web-4")
	s.CheckAccess(t)
	s.Pictures(t, "fleet")
	taken := browser.Eval[string](t, s.Tab, `(async () => {
		const button = document.querySelector("#result button[value=csv]"), form = new FormData(button.form, button);
		return (await fetch(button.form.action, { method: "POST", body: form })).headers.get("Content-Disposition");
	})()`)
	has(t, taken, "testedon-fleet.csv")
	s.flawless(t)

	s.Do(t, chromedp.Navigate(s.server+"/fleet"), chromedp.SendKeys(chromedp.CSS("#text"), "os\nRHEL 9\n"))
	browser.Eval[bool](t, s.Tab, `(() => { document.querySelector("#fleet").removeAttribute("data-send"); return true; })()`)
	s.Do(t, chromedp.Click(chromedp.CSS("#fleet .go button")), chromedp.WaitVisible(chromedp.CSS("#result section")))
	s.CheckAccess(t)
	s.Pictures(t, "fleet-plain")
}
