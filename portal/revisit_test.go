package portal_test

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/testedon/testedon/internal/browser"
)

// TestRevisit: a page is whole whenever somebody comes to it: at first, again by a link,
// on reloading, and on going back. The browser keeps what it loads, as those of people do,
// and asks whether it is still so.
func TestRevisit(t *testing.T) {
	var unchanged atomic.Int64
	server := start(t, counting(browser.Answering(t), http.StatusNotModified, &unchanged))
	tab := browser.New(t, server)
	visited := maps.Clone(everyPage)
	visited["docs"] = "/docs"
	for _, name := range slices.Sorted(maps.Keys(visited)) {
		address := server + visited[name]
		before, first := unchanged.Load(), ""
		for _, visit := range []struct {
			how string
			do  chromedp.Action[chromedp.Void]
		}{
			{"at first", chromedp.Navigate(address)},
			{"elsewhere", chromedp.Navigate(server + "/livez")},
			{"again", chromedp.Navigate(address)},
			{"reloaded", chromedp.Reload()},
			{"elsewhere again", chromedp.Navigate(server + "/livez")},
			{"back", chromedp.NavigateBack()},
		} {
			tab.Do(t, visit.do)
			if strings.HasPrefix(visit.how, "elsewhere") {
				continue
			}
			look := browser.Eval[string](t, tab, whole)
			if first == "" {
				first = look
			}
			if strings.Contains(look, "MISSING") || look != first {
				t.Errorf("%s, %s: %s, and at first %s", name, visit.how, look, first)
			}
		}
		if kept := unchanged.Load() - before; kept == 0 && !slices.Contains([]string{"problem", "missing", "lost", "stray"}, name) {
			t.Errorf("%s was not asked for again by what the browser had", name)
		}
		for _, fault := range tab.Forget() {
			if !strings.Contains(fault, "status of 40") {
				t.Errorf("%s: %s", name, fault)
			}
		}
	}
}

// whole tells how a page looks and which of its files are there, those that are not as
// MISSING: style sheets have rules, scripts have been loaded, and pictures, among them the
// icon, can be drawn under the policy of the page.
const whole = `(async () => {
	const loaded = (address) => performance.getEntriesByName(address).some((e) => e.responseStatus === 200 || e.responseStatus === 304);
	const drawn = (address) => new Promise((done) => {
		const picture = new Image();
		picture.onload = () => done(picture.naturalWidth > 0);
		picture.onerror = () => done(false);
		picture.src = address;
	});
	const parts = [];
	for (const sheet of document.querySelectorAll("link[rel=stylesheet]")) parts.push([sheet.href, sheet.sheet?.cssRules.length > 0]);
	for (const script of document.querySelectorAll("script[src]")) parts.push([script.src, loaded(script.src)]);
	for (const picture of document.querySelectorAll("link[rel=icon], img[src]")) parts.push([picture.href ?? picture.src, await drawn(picture.href ?? picture.src)]);
	const style = getComputedStyle(document.querySelector("main, #docs"));
	const look = [style.maxWidth, style.fontFamily, getComputedStyle(document.querySelector("h1, .house")).fontSize];
	if (!parts.length || style.fontFamily.includes("Times")) look.push("MISSING style");
	return look.concat(parts.map(([file, there]) => there ? file : "MISSING " + file)).join("; ");
})()`

// counting counts the answers of a status.
func counting(next http.Handler, status int, count *atomic.Int64) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(&statusCounter{w, status, count}, r)
	})
}

type statusCounter struct {
	http.ResponseWriter
	status int
	count  *atomic.Int64
}

func (c *statusCounter) WriteHeader(status int) {
	if status == c.status {
		c.count.Add(1)
	}
	c.ResponseWriter.WriteHeader(status)
}
