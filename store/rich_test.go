package store_test

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/testedon/testedon/compat"
)

// rich is a small valid dataset in which every field of every type of fact is
// set in some fact, and texts are of the awkward sort. See TestRichIsComplete.
func rich() *compat.Dataset {
	cite := func(quote string) compat.Citation {
		return compat.Citation{Source: "install", Section: "Tested \"systems\"\nand others", Quote: quote}
	}
	return &compat.Dataset{
		Kinds: []compat.Kind{
			{ID: "dbms", Name: "database", Plural: "databases", Order: 3, Aliases: []string{"db", "database"}, Example: "PG 17"},
			{ID: "os", Name: "operating system", Plural: "operating systems", Order: 1},
		},
		Technologies: []compat.Technology{
			{ID: "alma", Name: "AlmaLinux", Kind: "os", Scheme: "dotted", Family: "rhel"},
			{ID: "postgresql", Name: "PostgreSQL", Kind: "dbms", Scheme: "dotted", Aliases: []string{"pg", "Постгрес"},
				Policies: []compat.Policy{{Within: ">=10", Note: "Minor releases keep working.", Citation: cite("only fix bugs")}}},
			{ID: "redhat", Name: "Red Hat Linux", Kind: "os", Scheme: "dotted",
				Successors: []compat.Successor{{Technology: "rhel", Same: ">=7", Note: "Renamed.", Citation: cite("was renamed")}}},
			{ID: "rhel", Name: "Red Hat Enterprise Linux", Kind: "os", Scheme: "dotted", Generic: true,
				Cycles: []compat.Cycle{{Version: "8", Label: "Ootpa", Names: []string{"otpa", "eight"}}, {Version: "9"}}},
		},
		Products: []compat.Product{{ID: "mi", Name: "Micro Integrator", Vendor: "Example", Aliases: []string{"micro"}}},
		Releases: []compat.Release{
			{Product: "mi", Version: "4.4.0", Aliases: []string{"4.4"}},
			{Product: "mi", Version: "4.5.0"},
		},
		Sources: []compat.Source{
			{ID: "install", Title: "Installation", URL: "https://example.com/a?b=c&d=\"e\"", Document: "docs/install.md",
				Revision: "0f3c", Authority: compat.Official},
			{ID: "mail", Title: "A mail", Authority: compat.Unconfirmed},
		},
		Claims: []compat.Claim{
			{ID: "mi/4.4.0/postgresql/17.2", Product: "mi", Release: "4.4.0", Technology: "postgresql",
				Label: "Postgre\\SQL 17.2", Version: "17.2", Status: compat.StatusTested, Citation: cite("PostgreSQL\t17.2 \u2028 \x01")},
			{ID: "mi/4.4.0/rhel/9", Product: "mi", Release: "4.4.0", Technology: "rhel",
				Label: "RHEL \"9\"", Version: "9", Status: compat.StatusTested, Citation: cite("[1, 2], null")},
			{ID: "mi/4.5.0/rhel", Product: "mi", Release: "4.5.0", Technology: "rhel",
				Label: "RHEL", Status: compat.StatusIncompatible, Citation: compat.Citation{Source: "mail"}},
		},
		Advisories: []compat.Advisory{
			{ID: "a-1", Severity: compat.SeverityWarning, Title: "Careful", Text: "It leaks.", Workaround: "Restart.",
				Product: "mi", Release: "4.4.0", Applies: []compat.Target{{Technology: "rhel", Version: "8"}}, Citation: cite("leaks")},
			{ID: "a-2", Severity: compat.SeverityInfo, Title: "Note", Text: "Fine.",
				Applies: []compat.Target{{Technology: "postgresql"}}, Citation: cite("")},
		},
		Configurations: []compat.Configuration{
			{ID: "run-1", Product: "mi", Release: "4.4.0", Result: compat.Passed, Date: "2026-01-31", Note: "nightly",
				Components: []compat.Target{{Technology: "rhel", Version: "9"}, {Technology: "postgresql", Version: "17.2"}},
				Citation:   cite("green")},
		},
	}
}

// TestRichIsComplete fails when a field is added to a fact and not to rich, so
// that no field can be forgotten by the record.
func TestRichIsComplete(t *testing.T) {
	set := map[string]bool{}
	note(set, "Dataset", reflect.ValueOf(*rich()))
	for field, isSet := range set {
		if !isSet && field != "Dataset.Revision" && field != "Dataset.Digest" {
			t.Errorf("rich sets no %s", field)
		}
	}
}

// note writes down which fields of a value, and of those within it, are set.
func note(set map[string]bool, name string, v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			note(set, fmt.Sprintf("%s.%s", v.Type().Name(), v.Type().Field(i).Name), v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			note(set, name+"[]", v.Index(i))
		}
	default: // has no fields
	}
	set[name] = set[name] || !v.IsZero()
}
