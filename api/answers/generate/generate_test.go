package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// TestCommitted proves that the committed file is what the generator makes of the types now.
func TestCommitted(t *testing.T) {
	fresh, err := generate("..")
	if err != nil {
		t.Fatal(err)
	}
	committed, err := os.ReadFile(filepath.Join("..", output))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(committed, fresh) {
		t.Error("api/answers/encode.go is not what the documented types say now; run go generate ./api/answers and commit it")
	}
}
