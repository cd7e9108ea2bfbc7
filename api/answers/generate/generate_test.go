package generate

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

// output is the file that is written, in the folder of the package.
const output = "encode.go"

var update = flag.Bool("update", false, "write the file")

// TestCommitted proves that the committed file is what is made of the types now.
func TestCommitted(t *testing.T) {
	fresh, err := generate("..")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(filepath.Join("..", output), fresh, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	committed, err := os.ReadFile(filepath.Join("..", output))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(committed, fresh) {
		t.Error("api/answers/encode.go is not what the documented types say now; run go generate ./api/answers and commit it")
	}
}
