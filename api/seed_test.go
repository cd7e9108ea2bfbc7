package api_test

import (
	"net/url"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/seed"
)

// TestEmbeddedCatalogue asks the real catalogue, as its users will.
func TestEmbeddedCatalogue(t *testing.T) {
	ds, err := seed.Load(seed.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	m, err := compat.Build(ds)
	if err != nil {
		t.Fatal(err)
	}
	facts := &catalogue{}
	facts.matrix.Store(m)
	c := serve(t, api.Options{Catalogue: facts})
	for _, question := range []struct{ os, jdk, dbms, verdict string }{
		{"RHEL 9", "Corretto 21", "Postgres 17.2", "tested"},
		{"rhel:9", "corretto@21.0.5", "pg 17.2-1.pgdg120+1", "tested"},
		{"RHEL 9", "Corretto 21", "Postgres 17", "conditional"},
		{"RHEL 9", "Corretto 21", "Postgres 16", "not_listed"},
		{"Windows Server 2025", "Temurin 21", "SQL Server 2022", "tested"},
		{"Fubar 3", "Corretto 21", "Postgres 17.2", "unresolved"},
	} {
		query := url.Values{"product": {"mi"}, "release": {"4.4.0"}, "os": {question.os}, "jdk": {question.jdk}, "dbms": {question.dbms}}
		answer := ok[api.Answer](t, c.get("/v1/check?"+query.Encode()))
		if answer.Verdict != question.verdict || answer.Combination.Recorded {
			t.Errorf("%v: %s", question, answer.Summary)
		}
	}
	for _, path := range []string{"/v1/products", "/v1/products/mi/releases/4.4.0", "/v1/technologies", "/v1/catalogue"} {
		if got := c.get(path); got.status != 200 {
			t.Errorf("%s: %d", path, got.status)
		}
	}
}
