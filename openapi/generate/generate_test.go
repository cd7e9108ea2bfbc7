package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// TestCommitted proves that the committed contract is what the generator makes
// of the annotations now.
func TestCommitted(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: generates the contract")
	}
	files, err := generate(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	for name, fresh := range files {
		committed, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(committed, fresh) {
			t.Errorf("openapi/%s is not what the annotations in api and portal say now; run go generate ./openapi and commit it%s",
				name, difference(committed, fresh))
		}
	}
}

// difference shows the first line that differs.
func difference(committed, fresh []byte) string {
	old, now := bytes.Split(committed, []byte("\n")), bytes.Split(fresh, []byte("\n"))
	for i := range min(len(old), len(now)) {
		if !bytes.Equal(old[i], now[i]) {
			return "\n- " + string(old[i]) + "\n+ " + string(now[i])
		}
	}
	return " (one ends before the other)"
}
