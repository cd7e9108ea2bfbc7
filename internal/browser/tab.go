package browser

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Tab is a page in a browser of its own.
type Tab struct {
	ctx  context.Context
	mu   sync.Mutex
	seen []string // what went wrong
}

// New starts a browser that notes every error and every request to another place
// than the origins. Whoever goes back in it loads the page as the browser has it on disk. The
// test is skipped with -short and, except in continuous integration, where there is no browser.
func New(t *testing.T, origins ...string) *Tab {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: starts a browser")
	}
	path := chromium(t)
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-back-forward-cache", true), chromedp.Flag("disable-component-update", true))...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	tab := &Tab{ctx: ctx}
	if err := chromedp.Listen(ctx, func(event any) { tab.note(origins, event) }); err != nil {
		t.Fatal(err)
	}
	return tab
}

// chromium finds the browser.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	absent(t, "no chromium here", "install it, the page is not tested without")
	return ""
}

// absent skips a test for which something is missing, and fails it in continuous
// integration.
func absent(t *testing.T, missing, mend string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s: %s", missing, mend)
	}
	t.Skipf("SKIPPED: %s: %s", missing, mend)
}

// note keeps what an event says went wrong. A breach of the content security
// policy comes as an entry of the log.
func (tab *Tab) note(origins []string, event any) {
	fault := ""
	switch event := event.(type) {
	case *log.EventEntryAdded:
		fault = fmt.Sprintf("log: %s: %s %s", event.Entry.Level, event.Entry.Text, event.Entry.URL)
	case *runtime.EventExceptionThrown:
		fault = fmt.Sprintf("exception: %+v", event.ExceptionDetails)
	case *runtime.EventConsoleAPICalled:
		fault = fmt.Sprintf("console: %s", event.Type)
		for _, arg := range event.Args {
			fault += fmt.Sprintf(" %s%s", arg.Value, arg.Description)
		}
	case *network.EventRequestWillBeSent:
		if to := event.Request.URL; !strings.HasPrefix(to, "data:") && !slices.ContainsFunc(origins, func(origin string) bool {
			return strings.HasPrefix(to, origin+"/")
		}) {
			fault = "request to another host: " + to
		}
	}
	if fault != "" {
		tab.mu.Lock()
		defer tab.mu.Unlock()
		tab.seen = append(tab.seen, fault)
	}
}

// Faults lists what went wrong until now: errors of scripts, whatever the console
// says, breaches of a content security policy, and requests to other hosts.
func (tab *Tab) Faults() []string {
	tab.mu.Lock()
	defer tab.mu.Unlock()
	return slices.Clone(tab.seen)
}

// Forget empties the list of faults and gives what was in it.
func (tab *Tab) Forget() []string {
	tab.mu.Lock()
	defer tab.mu.Unlock()
	seen := tab.seen
	tab.seen = nil
	return seen
}

// step bounds one step, not a whole test: how many there are is no fault of a slow machine.
func (tab *Tab) step() (context.Context, context.CancelFunc) {
	return context.WithTimeout(tab.ctx, time.Minute)
}

// Do acts in the tab; an action that fails ends the test.
func (tab *Tab) Do(t *testing.T, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	ctx, cancel := tab.step()
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatalf("%v; faults until then: %q", err, tab.Faults())
	}
}

// Text gives the visible text of an element, once there is one.
func (tab *Tab) Text(t *testing.T, selector string) string {
	t.Helper()
	ctx, cancel := tab.step()
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Text(chromedp.CSS(selector)))
	for moved(err) {
		text, err = chromedp.Run(ctx, chromedp.Text(chromedp.CSS(selector)))
	}
	if err != nil {
		t.Fatalf("%s: %v; faults until then: %q", selector, err, tab.Faults())
	}
	return text
}

// moved reports whether another page came while one was looked at. The time of the step ends
// what is tried again.
func moved(err error) bool { return err != nil && strings.Contains(err.Error(), "(-32000)") }

// Eval gives the value of a JavaScript expression in the page; it waits for a
// promise. No policy of the page holds for the expression.
func Eval[T any](t *testing.T, tab *Tab, expression string) T {
	t.Helper()
	ctx, cancel := tab.step()
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%.200s: %v; faults until then: %q", expression, err, tab.Faults())
	}
	return value
}

// Wait waits until a JavaScript expression is true in the page, for ten seconds at
// most.
func (tab *Tab) Wait(t *testing.T, expression string) {
	t.Helper()
	Eval[bool](t, tab, fmt.Sprintf(`new Promise((done, fail) => {
		const end = performance.now() + 10_000;
		const look = () => {
			if (%s) return done(true);
			if (performance.now() > end) return fail(new Error("it never became true"));
			requestAnimationFrame(look);
		};
		look();
	})`, expression))
}

// Pictures takes pictures of the page, wide and narrow, light and dark, into the
// folder that TESTEDON_SCREENSHOTS names.
func (tab *Tab) Pictures(t *testing.T, name string) {
	t.Helper()
	for label, width := range map[string]int64{"wide": 1280, "narrow": 390} {
		for _, scheme := range []string{"light", "dark"} {
			tab.Picture(t, strings.Join([]string{name, label, scheme}, "-"), width, scheme)
		}
	}
}

// Picture takes a picture of the page at a width in pixels, into the folder that
// TESTEDON_SCREENSHOTS names.
func (tab *Tab) Picture(t *testing.T, name string, width int64, scheme string) {
	t.Helper()
	dir := os.Getenv("TESTEDON_SCREENSHOTS")
	if dir == "" {
		return
	}
	tab.Do(t, chromedp.EmulateViewport(width, 900), Prefer(scheme))
	Eval[bool](t, tab, `new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn(true))))`)
	ctx, cancel := tab.step()
	defer cancel()
	picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), picture, 0o644); err != nil {
		t.Fatal(err)
	}
	tab.Do(t, chromedp.EmulateViewport(1280, 900), Prefer("light"))
}

// Prefer makes the browser prefer a colour scheme, and no motion that a picture
// would catch halfway.
func Prefer(scheme string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{
				{Name: "prefers-color-scheme", Value: scheme},
				{Name: "prefers-reduced-motion", Value: "reduce"},
			},
		})
		return err
	})
}
