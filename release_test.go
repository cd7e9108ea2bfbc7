//go:build release

package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	modversion "golang.org/x/mod/module"
	modzip "golang.org/x/mod/zip"
)

// What `make release` has put into ./dist is looked at here: what a user gets is unpacked by
// the programs that users have, and run as far as this machine can. CI=true fails where one is missing.
const dist = "dist"

// unpacked runs a command in a shell, and gives what it prints; missing tools skip the test.
func unpacked(t *testing.T, dir, script string, tools ...string) string {
	t.Helper()
	for _, tool := range tools {
		if _, err := exec.LookPath(tool); err != nil {
			if os.Getenv("CI") == "true" {
				t.Fatalf("there is no %s", tool)
			}
			t.Skipf("there is no %s", tool)
		}
	}
	here, _ := os.Getwd()
	cmd := exec.Command("sh", "-ec", script)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "DIST="+filepath.Join(here, dist))
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", script, err, out)
	}
	return string(out)
}

// released is the version that was released.
func released(t *testing.T) string {
	t.Helper()
	return regexp.MustCompile(`version "(.*)"`).FindStringSubmatch(read(t, dist+"/testedon.rb"))[1]
}

// runner starts the programs of a processor.
var runner = map[string]string{"amd64": "", "arm64": "qemu-aarch64-static "}

// tries asks a program for its version and a verdict, and has it serve the data in a folder of dir.
func tries(t *testing.T, dir, program, version, data string) {
	t.Helper()
	out := unpacked(t, dir, program+` version; `+program+` check mi 4.4.0 --os "RHEL 9"; `+program+` serve --listen 127.0.0.1:0 --data `+data+` --drain 0 >log 2>&1 & server=$!
		for i in $(seq 300); do grep -q Explorer log && break; sleep 0.1; done; kill $server; cat log`)
	for _, want := range []string{"testedon v" + version, "✓ Tested", "Explorer"} {
		if !strings.Contains(out, want) {
			t.Errorf("%s does not print %q:\n%s", program, want, out)
		}
	}
}

// TestReleaseArchives unpacks each archive.
func TestReleaseArchives(t *testing.T) {
	for platform, kind := range map[string]string{
		"linux-amd64": "ELF 64-bit LSB pie executable, x86-64", "linux-arm64": "ELF 64-bit LSB pie executable, ARM aarch64", "darwin-amd64": "Mach-O 64-bit x86_64 executable",
		"darwin-arm64": "Mach-O 64-bit arm64 executable", "windows-amd64": "PE32+ executable (console) x86-64", "windows-arm64": "PE32+ executable (console) Aarch64",
	} {
		t.Run(platform, func(t *testing.T) {
			dir, program := t.TempDir(), "testedon"
			system, processor, _ := strings.Cut(platform, "-")
			if system == "windows" {
				program = "testedon.exe"
				unpacked(t, dir, "unzip -q $DIST/testedon-"+platform+".zip", "unzip")
			} else {
				unpacked(t, dir, "tar -xzf $DIST/testedon-"+platform+".tar.gz")
			}
			want := strings.Fields("LICENSE README.md completion/_testedon completion/testedon.bash completion/testedon.fish completion/testedon.ps1 testedon.1")
			got := strings.Fields(unpacked(t, dir+"/testedon", "find . -type f | sed 's,^./,,' | LC_ALL=C sort"))
			if want = append(want, program); !slices.Equal(slices.Sorted(slices.Values(want)), got) {
				t.Errorf("it has %q, not %q", got, want)
			}
			if out := unpacked(t, dir, "file testedon/"+program, "file"); !strings.Contains(out, kind) {
				t.Errorf("%s: not %s", out, kind)
			}
			if system == "linux" {
				unpacked(t, dir, "true", strings.Fields(runner[processor])...)
				tries(t, dir, runner[processor]+"testedon/testedon", released(t), "data")
			}
			var bill struct {
				BomFormat  string
				Components []struct{ Name string }
			}
			if err := json.Unmarshal([]byte(read(t, dist+"/testedon-"+platform+".cdx.json")), &bill); err != nil || len(bill.Components) < 10 {
				t.Errorf("its bill of materials: %v, %d components", err, len(bill.Components))
			}
			cgo := slices.ContainsFunc(bill.Components, func(c struct{ Name string }) bool { return c.Name == "github.com/mattn/go-sqlite3" })
			if cgo != (system == "linux") {
				t.Errorf("SQLite is in its bill of materials: %t", cgo)
			}
		})
	}
}

// TestReleasePackages unpacks the packages by the programs of the distributions.
func TestReleasePackages(t *testing.T) {
	for format, unpack := range map[string]string{
		"deb": "dpkg-deb --info $FILE; dpkg-deb -x $FILE .", "rpm": "rpm -qip --nosignature $FILE; rpm2cpio $FILE | cpio -id --quiet --no-absolute-filenames",
	} {
		for processor, runner := range runner {
			dir, file := t.TempDir(), "$DIST/testedon-linux-"+processor+"."+format
			info := unpacked(t, dir, "FILE="+file+"; "+unpack, strings.Fields(strings.ReplaceAll(unpack, "$FILE", "sh"))[0])
			if !strings.Contains(info, released(t)) {
				t.Errorf("%s: it does not tell its version: %s", file, info)
			}
			tries(t, dir, runner+"usr/bin/testedon", released(t), "data")
			unpacked(t, dir, "gzip -t usr/share/man/man1/testedon.1.gz; bash -n usr/share/bash-completion/completions/testedon; test -s usr/share/fish/vendor_completions.d/testedon.fish")
		}
	}
}

// TestReleaseChecksums holds checksums, formula and manifest against the files.
func TestReleaseChecksums(t *testing.T) {
	unpacked(t, dist, "sha256sum --check --strict --quiet SHA256SUMS; ruby -c testedon.rb", "ruby")
	files, _ := filepath.Glob(dist + "/testedon-*")
	sums := map[string]string{}
	for _, file := range files {
		text := read(t, file)
		sums[filepath.Base(file)] = fmt.Sprintf("%x", sha256.Sum256([]byte(text)))
	}
	if want := len(strings.Split(strings.TrimSpace(read(t, dist+"/SHA256SUMS")), "\n")); len(sums) != want || want != 16 {
		t.Errorf("%d files and %d checksums, not 16", len(sums), want)
	}
	named := map[string]string{}
	for _, manifest := range []string{"testedon.rb", "testedon.json"} {
		for _, found := range regexp.MustCompile(`download/v(.*)/(testedon-[a-z0-9.-]+)",?\s+"?(?:sha256|hash)"?:? "([0-9a-f]*)"`).FindAllStringSubmatch(read(t, dist+"/"+manifest), -1) {
			if named[found[2]] = found[3]; found[3] != sums[found[2]] || found[1] != released(t) {
				t.Errorf("%s has %s", manifest, found[0])
			}
		}
	}
	if len(named) != 6 {
		t.Errorf("the manifests name %v", slices.Sorted(maps.Keys(named)))
	}
	var manifest map[string]any
	if err := json.Unmarshal([]byte(read(t, dist+"/testedon.json")), &manifest); err != nil {
		t.Error(err)
	}
	for _, member := range []string{"version", "homepage", "license", "architecture", "extract_dir", "bin"} {
		if manifest[member] == nil {
			t.Errorf("the manifest for Scoop has no %s", member)
		}
	}
}

// TestReleaseIsReproducible packs the same programs again, and builds one of them anew in another folder.
func TestReleaseIsReproducible(t *testing.T) {
	dir := t.TempDir()
	version := "v" + released(t)
	commit := regexp.MustCompile(`commit ([0-9a-f]+)`).FindStringSubmatch(unpacked(t, ".", "$DIST/linux-amd64/testedon version"))[1]
	unpacked(t, ".", `git ls-files -z | xargs -0 cp --parents -t "`+dir+`"; cp -r .git "`+dir+`/"`)
	unpacked(t, dir, `unset GOFLAGS CGO_CFLAGS CGO_LDFLAGS; mkdir again; cp -r $DIST/*-*/ $DIST/*.cdx.json again; rm -r again/darwin-arm64
		make again/darwin-arm64 again/linux-amd64 DIST=again VERSION=`+version+` COMMIT=`+commit+`
		cmp again/darwin-arm64/testedon $DIST/darwin-arm64/testedon; cmp again/linux-amd64/testedon $DIST/linux-amd64/testedon
		NFPM="env GOFLAGS= go run $(sed -n 's/^NFPM *= //p' Makefile)" SOURCE_DATE_EPOCH=$(git log -1 --format=%ct) packaging/pack again `+version+`
		cmp again/SHA256SUMS $DIST/SHA256SUMS; cmp again/testedon.rb $DIST/testedon.rb; cmp again/testedon.json $DIST/testedon.json`)
	for _, version := range []string{"1.0.0", "main", "", "v1;x"} {
		if err := exec.Command("packaging/pack", t.TempDir(), version).Run(); err == nil {
			t.Errorf("%q is packed", version)
		}
	}
}

// TestReleaseIsInstalledByGo installs the module as `go install` does from a proxy, with C and without.
func TestReleaseIsInstalledByGo(t *testing.T) {
	proxy, bin := t.TempDir(), t.TempDir()
	m := modversion.Version{Path: "github.com/testedon/testedon", Version: "v" + released(t)}
	dir := filepath.Join(proxy, m.Path, "@v")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	archive, err := os.Create(filepath.Join(dir, m.Version+".zip"))
	if err != nil {
		t.Fatal(err)
	}
	sources := t.TempDir()
	unpacked(t, ".", "git archive HEAD | tar -x -C "+sources)
	if err := modzip.CreateFromDir(archive, m, sources); err != nil {
		t.Fatal(err)
	}
	archive.Close()
	for name, text := range map[string]string{"list": m.Version + "\n", m.Version + ".info": `{"Version":"` + m.Version + `"}`, m.Version + ".mod": read(t, "go.mod")} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, cgo := range []string{"1", "0"} {
		out := unpacked(t, proxy, `unset GOFLAGS CGO_CFLAGS CGO_LDFLAGS; export GOFLAGS=-modcacherw GOBIN=`+bin+` CGO_ENABLED=`+cgo+` GONOSUMDB=`+m.Path+` GOPROXY=file://`+proxy+`,$(go env GOPROXY)
			go install `+m.Path+`@`+m.Version+`; `+bin+`/testedon version; `+bin+`/testedon check mi 4.4.0 --os "RHEL 9"; timeout 10 `+bin+`/testedon serve --data x --listen 127.0.0.1:0 --drain 0 2>&1 || echo exit $?`)
		if !strings.Contains(out, "testedon "+m.Version) || !strings.Contains(out, "✓ Tested") || strings.Contains(out, "keeps no record in a file") != (cgo == "0") {
			t.Errorf("with CGO_ENABLED=%s it says\n%s", cgo, out)
		}
	}
	worksWithoutC(t, filepath.Join(bin, "testedon")) // the last that was installed
}

// worksWithoutC tries a program that is built without C: all works that needs no record in a
// file, and what does is refused, with what to use in its place.
func worksWithoutC(t *testing.T, program string) {
	t.Helper()
	dir := t.TempDir()
	tries(t, dir, program, released(t), "none")
	if err := os.WriteFile(filepath.Join(dir, "fleet.csv"), []byte("product,release,os\nmi,4.4.0,RHEL 9\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "testedon.db"), make([]byte, 4096), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ command, want string }{
		{"check mi 4.4.0 --os RHEL", "1 ? Conditional"},
		{"check -f fleet.csv", "0 1 environment: it passes"},
		{"ask is RHEL 9 tested for MI 4.4.0?", "0 ✓ Tested"},
		{"find --jdk temurin", "1 "},
		{"compare mi 4.3.0 4.4.0", "0 Compared with"},
		{"detect fleet.csv", "0 "},
		{"ports mi 4.4.0", "0 "},
		{"requirements mi 4.4.0", "0 "},
		{"changes mi 4.4.0", "0 "},
		{"export mi 4.4.0 -o csv", "0 product,"},
		{"test-plan mi 4.4.0 -o csv", "0 "},
		{"retest", "0 "},
		{"coverage", "0 "},
		{"init --product acme acme", "0 "},
		{"seed lint acme", "0 "},
		{"import acme/page.md --product acme --release 1.0 --catalogue acme", "0 "},
		{"snapshot public", "0 "},
		{"man", "0 .TH"},
		{"completion fish", "0 "},
		{"version", "0 testedon"},
		{"serve --listen 127.0.0.1:0 --data .", "4 testedon: the database testedon.db cannot be opened: this build of testedon keeps no record in a file\n  Use the build for Linux"},
		{"database backup b.db --data .", "4 testedon: the database testedon.db cannot be opened: this build"},
		{"record x.xml --product mi --release 4.4.0 --os RHEL --data .", "4 testedon: the database testedon.db cannot be opened: this build"},
	} {
		cmd := exec.Command(program, strings.Fields(test.command)...)
		cmd.Dir, cmd.Env = dir, []string{"HOME=" + dir, "PATH=" + os.Getenv("PATH")}
		out, err := cmd.CombinedOutput()
		if err != nil && cmd.ProcessState == nil {
			t.Fatal(err)
		}
		out = regexp.MustCompile(`(?m)^time=.*\n`).ReplaceAll(out, nil) // the log
		if got := fmt.Sprintf("%d %s", cmd.ProcessState.ExitCode(), out); !strings.HasPrefix(got, test.want) {
			t.Errorf("%s gave %.300q, not %q", test.command, got, test.want)
		}
	}
}
