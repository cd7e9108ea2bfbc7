package generate

import (
	"bytes"
	"compress/gzip"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write the contract")

// TestCommitted proves that the committed contract is what is made of the annotations now.
func TestCommitted(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: generates the contract")
	}
	files, err := generate(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	for name, fresh := range files {
		if *update {
			if err := os.WriteFile(filepath.Join("..", name), fresh, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		committed, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(committed, fresh) {
			t.Errorf("openapi/%s is not what the annotations in api and portal say now; run go generate ./openapi and commit it%s",
				name, difference(committed, fresh))
		}
		compressed(t, filepath.Join("..", name+".gz"), fresh)
	}
}

// compressed proves that a committed file has a text, compressed.
func compressed(t *testing.T, file string, fresh []byte) {
	t.Helper()
	if content, err := gunzip(file); *update && (err != nil || !bytes.Equal(content, fresh)) {
		var b bytes.Buffer
		w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
		_, _ = w.Write(fresh) // a buffer takes everything
		_ = w.Close()
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if content, err := gunzip(file); err != nil || !bytes.Equal(content, fresh) {
		t.Errorf("%s is not the contract as it is made now (%v); run go generate ./openapi and commit it", file, err)
	}
}

func gunzip(file string) ([]byte, error) {
	stored, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer stored.Close()
	r, err := gzip.NewReader(stored)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// generate makes the files of the contract, by name, from the rooms of the module in the
// folder root that serve something.
func generate(root string) (map[string][]byte, error) {
	swagger, err := annotations(filepath.Join(root, "api"), filepath.Join(root, "portal"))
	if err != nil {
		return nil, err
	}
	doc, err := convert(swagger)
	if err != nil {
		return nil, err
	}
	catalogue, err := embedded()
	if err != nil {
		return nil, err
	}
	server, err := newServer(catalogue)
	if err != nil {
		return nil, err
	}
	shared, err := readShared()
	if err != nil {
		return nil, err
	}
	about, err := comments([]string{filepath.Join(root, "api"), filepath.Join(root, "api", "*"), filepath.Join(root, "portal")})
	if err != nil {
		return nil, err
	}
	if err := describe(doc, server.Operations(), about, shared.Examples); err != nil {
		return nil, err
	}
	if err := repair(doc, shared, about); err != nil {
		return nil, err
	}
	if doc, err = reload(doc); err != nil {
		return nil, err
	}
	if err := addProblems(doc, catalogue); err != nil {
		return nil, err
	}
	from, err := newExamples(catalogue, server)
	if err != nil {
		return nil, err
	}
	return publish(doc, from)
}

// difference shows the first line that differs.
func difference(committed, fresh []byte) string {
	old, now := bytes.Split(committed, []byte("\n")), bytes.Split(fresh, []byte("\n"))
	for i := range min(len(old), len(now)) {
		if !bytes.Equal(old[i], now[i]) {
			return fmt.Sprintf("\n- %.300s\n+ %.300s", old[i], now[i])
		}
	}
	return " (one ends before the other)"
}
