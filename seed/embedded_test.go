package seed

import (
	"bytes"
	"flag"
	"os"
	"reflect"
	"testing"
	"testing/fstest"
)

// TestEmbeddedWasRead holds the facts that are decoded at start against the files.
func TestEmbeddedWasRead(t *testing.T) {
	want, err := read([]Folder{{Files: Embedded()}})
	if err != nil {
		t.Fatal(err)
	}
	sum, err := sumOf(Embedded())
	if err != nil {
		t.Fatal(err)
	}
	if flag.Lookup("update").Value.String() == "true" {
		embeddedRead = append(sum, want.Snapshot().Data...)
		if err := os.WriteFile("embedded.snapshot", embeddedRead, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.HasPrefix(embeddedRead, sum) {
		t.Fatal("the catalogue has changed since it was read: go test ./seed -update")
	}
	if got := readBefore(); got == nil || !reflect.DeepEqual(got, want) {
		t.Error("what was read is not what the files say now: go test ./seed -update")
	}
}

// TestEmbeddedIsOfItsFiles makes sure that a change of a name or a text is another sum.
func TestEmbeddedIsOfItsFiles(t *testing.T) {
	seen := map[string]string{}
	for name, files := range map[string]fstest.MapFS{
		"none":         {},
		"one":          {"a.yaml": {Data: []byte("x")}},
		"another name": {"b.yaml": {Data: []byte("x")}},
		"another text": {"a.yaml": {Data: []byte("y")}},
		"two":          {"a.yaml": {Data: []byte("x")}, "b.yaml": {Data: []byte("x")}},
		"moved":        {"a.yamlx": {Data: []byte("")}},
	} {
		sum, err := sumOf(files)
		if err != nil {
			t.Fatal(err)
		}
		if other, known := seen[string(sum)]; known {
			t.Errorf("%s and %s have one sum", name, other)
		}
		seen[string(sum)] = name
	}
}
