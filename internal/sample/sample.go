// Package sample has what the tests of the domain's rooms share: data sets, and readers of
// files of cases. Nothing of it is part of the program.
package sample

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed"
)

// Catalogue is the matrix of the embedded catalogue, read once. Its data set is not to be
// changed; [seed.Load] reads another one.
func Catalogue(t testing.TB) *compat.Matrix {
	t.Helper()
	m, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

var embedded = sync.OnceValues(func() (*compat.Matrix, error) {
	ds, err := seed.Load(seed.Embedded())
	if err != nil {
		return nil, err
	}
	return compat.Build(ds)
})

// Build is the matrix of a data set that has no faults.
func Build(t testing.TB, ds *fact.Dataset) *compat.Matrix {
	t.Helper()
	m, err := compat.Build(ds)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Lines calls use with each line of a case file that says something.
func Lines(t *testing.T, name string, use func(n int, line string)) {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	for n := 1; in.Scan(); n++ {
		if line := strings.TrimSpace(in.Text()); line != "" && line[0] != '#' {
			use(n, line)
		}
	}
	if err := in.Err(); err != nil {
		t.Fatal(err)
	}
}
