package cli_test

import (
	"bytes"
	"cmp"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/cli"
	"github.com/testedon/testedon/internal/sample"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/seed"
)

var (
	innermost = regexp.MustCompile(`⟦[^⟦⟧]*⟧`)
	address   = regexp.MustCompile(`https?://\S+|testedon check .*`)
	sentence  = regexp.MustCompile(`[a-z]{2,} [a-z]{2,}`)
)

// evidence takes out of a text what the catalogue has.
func evidence(t *testing.T) *strings.Replacer {
	t.Helper()
	ds, err := seed.Load(seed.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	var gather func(v reflect.Value)
	gather = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			known[v.String()] = strings.Contains(v.String(), " ")
			known[str.Capital(v.String())] = known[v.String()]
		case reflect.Pointer, reflect.Interface:
			if !v.IsNil() {
				gather(v.Elem())
			}
		case reflect.Slice:
			for i := range v.Len() {
				gather(v.Index(i))
			}
		case reflect.Struct:
			for i := range v.NumField() {
				gather(v.Field(i))
			}
		}
	}
	gather(reflect.ValueOf(ds))
	maps.DeleteFunc(known, func(_ string, several bool) bool { return !several })
	longest := slices.SortedFunc(maps.Keys(known), func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	var pairs []string
	for _, text := range longest {
		pairs = append(pairs, text, "")
	}
	return strings.NewReplacer(pairs...)
}

// waived are three waivers, of which one has ended and one is not used.
const waived = `version: 1
waivers:
  - {product: mi, release: 4.4.0, kind: dbms, component: postgresql@16, reason: "-", owner: x, expires: 2999-12-31}
  - {product: mi, release: 4.4.0, kind: os, component: Debian 12, reason: "-", owner: x, expires: 2020-12-31}
  - {product: all, release: all, kind: jdk, component: Corretto 8, reason: "-", owner: x, expires: 2999-12-31}
`

// TestLanguage: what commands print in another language, on either stream, has no sentence that
// is none of its messages.
func TestLanguage(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: runs many commands")
	}
	fleet := filepath.Join(t.TempDir(), "fleet.csv")
	if err := os.WriteFile(fleet, []byte("name,product,release,os,memory\na,mi,4.4.0,RHEL 9,\nb,mi,4.4.0,Debian 12,1MB\nc,mi,4.4.0,Debian 12,,\n,mi,4.4.0,RHLE 9,\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	printed := filepath.Join(t.TempDir(), "printed")
	if err := os.WriteFile(printed, []byte("ID=rhel\nVERSION_ID=9.4\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	waivers := filepath.Join(t.TempDir(), "waivers.yaml")
	if err := os.WriteFile(waivers, []byte(waived), 0o600); err != nil {
		t.Fatal(err)
	}
	words, known := sample.Marked(t, "../message/en"), evidence(t)
	for _, line := range commandsOf(t, strings.NewReplacer("FLEET", fleet, "PRINTED", printed, "WAIVERS", waivers)) {
		var stdout, stderr bytes.Buffer
		cli.Program{Args: line, Words: words, Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr, Machine: machine()}.Run(t.Context())
		text := stdout.String() + stderr.String()
		if !strings.Contains(text, "⟦") {
			t.Errorf("%q says no message: %s", line, text)
		}
		for innermost.MatchString(text) {
			text = innermost.ReplaceAllString(text, "")
		}
		for rest := range strings.Lines(address.ReplaceAllString(known.Replace(text), "")) {
			if sentence.MatchString(rest) {
				t.Errorf("%q says %q, which is no message", line, rest)
			}
		}
	}
}

// commandsOf are the command lines of testdata/language.txt, a word between two bars.
func commandsOf(t *testing.T, files *strings.Replacer) (all [][]string) {
	t.Helper()
	text, err := os.ReadFile("testdata/language.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		all = append(all, strings.Split(strings.TrimSpace(files.Replace(line)), "|"))
	}
	return all
}
