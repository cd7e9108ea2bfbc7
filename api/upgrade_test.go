package api_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/compat/fact"
)

// upgraded is the catalogue of these tests with a further release of mi.
func upgraded() *fact.Dataset {
	ds := dataset(1)
	ds.Releases = append(ds.Releases, fact.Release{Product: "mi", Version: "4.5.0", Aliases: []string{"next"}})
	for _, c := range [][3]string{
		{"rhel", "Red Hat Enterprise Linux 9", "9"}, {"almalinux", "AlmaLinux 9", "9"},
		{"corretto", "Corretto 21", "21"},
		{"postgresql", "PostgreSQL 16.3", "16.3"}, {"postgresql", "PostgreSQL 17.4", "17.4"},
	} {
		ds.Claims = append(ds.Claims, fact.Claim{ID: "mi/4.5.0/" + c[0] + "/" + c[2], Product: "mi", Release: "4.5.0", Technology: c[0], Label: c[1], Version: c[2],
			Status: fact.StatusTested, Citation: fact.Citation{Source: "page", Section: "Tested", Quote: c[1]}})
	}
	return ds
}

// serveFacts runs a server over a dataset.
func serveFacts(t testing.TB, ds *fact.Dataset) *client {
	t.Helper()
	facts := &catalogue{}
	facts.matrix.Store(build(t, ds))
	return serve(t, api.Options{Catalogue: facts, Version: "test"})
}

// same reads an answer strictly into the type that is the contract, and fails
// unless encoding/json writes of it what was sent.
func same[T any](t *testing.T, got response) T {
	t.Helper()
	value := ok[T](t, got)
	var want bytes.Buffer
	encoder := json.NewEncoder(&want)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.body, want.Bytes()) {
		t.Errorf("sent\n%s\nis not\n%s", got.body, want.Bytes())
	}
	if bytes.Contains(got.body, []byte(":null")) {
		t.Errorf("an empty list is null in %s", got.body)
	}
	return value
}
