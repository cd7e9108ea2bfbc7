package browser

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// CheckAccess reports every rule of accessibility (axe-core: WCAG 2.2 AA and good
// practice) that the page as it stands breaks, as a test within the test. It is skipped
// where there is no npm to install the rules with, except in continuous integration.
func (tab *Tab) CheckAccess(t *testing.T) {
	t.Helper()
	t.Run("accessibility", func(t *testing.T) {
		if _, err := exec.LookPath("npm"); err != nil {
			absent(t, "no npm here", "install Node.js, the page is not held against the rules of accessibility without")
		}
		source, err := rules()
		if err != nil {
			t.Fatal(err)
		}
		Eval[bool](t, tab, source+"\n;true")
		for _, broken := range Eval[[]string](t, tab, breaches) {
			t.Error(broken)
		}
	})
}

// breaches tells of each place that breaks a rule.
const breaches = `axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations.flatMap(
	(v) => v.nodes.map((n) => v.id + ": " + v.help + ": " + n.target.flat().join(" ") + ": " + n.failureSummary)))`

// rules gives the script of axe-core, which it installs first where it is missing.
// Its version is pinned in axe/package-lock.json.
var rules = sync.OnceValues(func() (string, error) {
	mod, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("the sources are not found: %w", err)
	}
	dir := filepath.Join(filepath.Dir(strings.TrimSpace(string(mod))), "internal", "browser", "axe")
	if err := install(dir); err != nil {
		return "", err
	}
	source, err := os.ReadFile(filepath.Join(dir, "node_modules", "axe-core", "axe.min.js"))
	return string(source), err
})

// install brings node_modules to what the lock file says. Tests of several packages
// run at once: one installs while the others wait.
func install(dir string) error {
	unlock, err := lockFolder(dir)
	if err != nil {
		return err
	}
	defer unlock()
	lock, err := os.ReadFile(filepath.Join(dir, "package-lock.json"))
	if err != nil {
		return fmt.Errorf("nothing says which rules to install: %w", err)
	}
	stamp := filepath.Join(dir, "node_modules", ".installed")
	if installed, err := os.ReadFile(stamp); err == nil && bytes.Equal(installed, lock) {
		return nil
	}
	npm := exec.Command("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
	npm.Dir = dir
	if out, err := npm.CombinedOutput(); err != nil {
		return fmt.Errorf("npm cannot install the rules of accessibility: %w: %s", err, out)
	}
	return os.WriteFile(stamp, lock, 0o644)
}

// lockFolder waits until no other process holds the folder.
func lockFolder(dir string) (unlock func(), err error) {
	folder, err := syscall.Open(dir, syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("there is no folder %s: %w", dir, err)
	}
	unlock = func() { _ = syscall.Close(folder) }
	if err := syscall.Flock(folder, syscall.LOCK_EX); err != nil {
		unlock()
		return nil, fmt.Errorf("%s cannot be locked: %w", dir, err)
	}
	return unlock, nil
}
