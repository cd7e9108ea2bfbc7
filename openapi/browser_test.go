package openapi_test

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

// tab is a page in a browser.
type tab struct {
	ctx  context.Context
	mu   sync.Mutex
	seen []string // what went wrong
}

// newTab starts a browser that notes every error and every request to another
// place than home.
func newTab(t *testing.T, home string) *tab {
	t.Helper()
	path := chromium(t)
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	tab := &tab{ctx: ctx}
	if err := chromedp.Listen(ctx, func(event any) { tab.note(home, event) }); err != nil {
		t.Fatal(err)
	}
	return tab
}

// chromium finds the browser. Where there is none the test is skipped, except
// in continuous integration.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("no chromium here: install it, the page is not tested without")
	}
	t.Skip("SKIPPED: no chromium here, so the page is not tested in a browser")
	return ""
}

// note keeps what an event says went wrong. A breach of the content security
// policy comes as an entry of the log.
func (tab *tab) note(home string, event any) {
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
		if to := event.Request.URL; !strings.HasPrefix(to, home+"/") && !strings.HasPrefix(to, "data:") {
			fault = "request to another host: " + to
		}
	}
	if fault != "" {
		tab.mu.Lock()
		defer tab.mu.Unlock()
		tab.seen = append(tab.seen, fault)
	}
}

// faults lists what went wrong until now.
func (tab *tab) faults() []string {
	tab.mu.Lock()
	defer tab.mu.Unlock()
	return slices.Clone(tab.seen)
}

// do acts in the tab.
func (tab *tab) do(t *testing.T, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(tab.ctx, actions...); err != nil {
		t.Fatalf("%v; faults until then: %q", err, tab.faults())
	}
}

// text gives the visible text of an element, once there is one.
func (tab *tab) text(t *testing.T, selector string) string {
	t.Helper()
	text, err := chromedp.Run(tab.ctx, chromedp.Text(chromedp.CSS(selector)))
	if err != nil {
		t.Fatalf("%s: %v; faults until then: %q", selector, err, tab.faults())
	}
	return text
}

// pictures takes pictures of the page, wide and narrow, light and dark, into
// the folder that TESTEDON_SCREENSHOTS names.
func (tab *tab) pictures(t *testing.T, name string) {
	dir := os.Getenv("TESTEDON_SCREENSHOTS")
	if dir == "" {
		return
	}
	for label, width := range map[string]int64{"wide": 1280, "narrow": 390} {
		for _, scheme := range []string{"light", "dark"} {
			tab.do(t, chromedp.EmulateViewport(width, 900), prefer(scheme))
			picture, err := chromedp.Run(tab.ctx, chromedp.FullScreenshot(100))
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(dir, strings.Join([]string{name, label, scheme}, "-")+".png")
			if err := os.WriteFile(file, picture, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	tab.do(t, chromedp.EmulateViewport(1280, 900), prefer("light"))
}

// prefer makes the browser prefer a colour scheme, and no motion that a picture
// would catch halfway.
func prefer(scheme string) chromedp.Action[chromedp.Void] {
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
