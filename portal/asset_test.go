package portal

import (
	"strings"
	"testing"
	"testing/fstest"
)

// TestReadWidgets: what an earlier release served stays, at the address of its hash and
// once, and the newest comes first.
func TestReadWidgets(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	all := readWidgets(fstest.MapFS{
		"widget/testedon.js": file("new"), "widget/0.1.0/testedon.js": file("old"), "widget/0.2.0/testedon.js": file("new"),
	})
	if len(all) != 2 || string(all[0].Body) != "new" || string(all[1].Body) != "old" {
		t.Fatal(all)
	}
	for _, a := range all {
		if !strings.HasPrefix(a.Path, "/embed/") || !strings.HasSuffix(a.Path, "/testedon.js") || !strings.HasPrefix(a.Integrity, "sha384-") {
			t.Errorf("%+v", a)
		}
	}
	defer func() { _ = recover() }()
	readWidgets(fstest.MapFS{})
	t.Error("there is no script, and that is no fault")
}

// TestAssets: files are of kinds that are served.
func TestAssets(t *testing.T) {
	for name, asset := range readAssets() {
		if asset.Media == "" || len(asset.Body) == 0 {
			t.Errorf("%s has no type, or nothing in it", name)
		}
	}
}

// TestWidgetMarkup: a kind that is called like no attribute has none.
func TestWidgetMarkup(t *testing.T) {
	w := Widget{Attributes: []Attribute{{"product", `"><script>`}, {`os" onload="alert(1)`, "RHEL 9"}, {"9", "a"}, {"jdk", "Corretto 21; OpenJDK 21"}, {"form", ""}}}
	if got, want := string(w.Markup()), `product="&#34;&gt;&lt;script&gt;" jdk="Corretto 21; OpenJDK 21" form`; got != want {
		t.Errorf("%s, and not %s", got, want)
	}
}
