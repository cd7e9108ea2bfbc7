package seed

import (
	"bytes"
	"flag"
	"os"
	"reflect"
	"testing"
)

// TestEmbeddedWasRead holds the facts that are decoded at start against the files.
func TestEmbeddedWasRead(t *testing.T) {
	want, err := read([]Folder{{Files: Embedded()}})
	if err != nil {
		t.Fatal(err)
	}
	digest, err := Digest(Embedded())
	if err != nil {
		t.Fatal(err)
	}
	if flag.Lookup("update").Value.String() == "true" {
		embeddedRead = append([]byte(digest), want.Snapshot().Data...)
		if err := os.WriteFile("embedded.snapshot", embeddedRead, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.HasPrefix(embeddedRead, []byte(digest)) {
		t.Fatal("the catalogue has changed since it was read: go test ./seed -update")
	}
	if got := readBefore(); got == nil || !reflect.DeepEqual(got, want) {
		t.Error("what was read is not what the files say now: go test ./seed -update")
	}
}

// TestLifecyclePages: the page of a technology at a source is told of what that source tells, and
// of nothing that another does.
func TestLifecyclePages(t *testing.T) {
	ds, err := Load(Embedded())
	if err != nil {
		t.Fatal(err)
	}
	sources := map[string]string{}
	for _, l := range ds.Lifecycles {
		if l.URL == "" {
			continue
		}
		if first, there := sources[l.Technology]; there && first != l.Citation.Source {
			t.Errorf("%s is told by %s, and not by %s at %s", l.ID, l.Citation.Source, first, l.URL)
		}
		sources[l.Technology] = l.Citation.Source
	}
}
