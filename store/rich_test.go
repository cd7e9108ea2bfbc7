package store_test

import (
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
			{ID: "dbms", Name: "database", Plural: "databases", Order: 3, Aliases: []string{"db", "database"}, Example: "PG 17", Baseline: "postgresql"},
			{ID: "os", Name: "operating system", Plural: "operating systems", Order: 1},
		},
		Technologies: []compat.Technology{
			{ID: "alma", Name: "AlmaLinux", Kind: "os", Scheme: "dotted", Family: "rhel",
				Marks: []compat.Mark{{In: compat.InOSRelease, Text: "alma\"linux"}, {In: compat.InImage, Text: "alma#"}}},
			{ID: "elephant", Name: "Elephant \"as a service\"", Kind: "dbms", Scheme: "dotted",
				Managed: &compat.Relative{Technology: "postgresql", Within: ">=16", Note: "It \"runs\" PostgreSQL.", Citation: cite("runs \"it\"")}},
			{ID: "mammoth", Name: "Mammoth", Kind: "dbms", Scheme: "dotted",
				Derived: &compat.Relative{Technology: "postgresql", Note: "Made from PostgreSQL.", Citation: cite("is made from it")}},
			{ID: "postgresql", Name: "PostgreSQL", Kind: "dbms", Scheme: "dotted", Aliases: []string{"pg", "Постгрес"},
				Policies: []compat.Policy{{Within: ">=10", By: "the \"community\"", Note: "Minor releases keep working.", Citation: cite("only fix bugs")}}},
			{ID: "redhat", Name: "Red Hat Linux", Kind: "os", Scheme: "dotted",
				Successors: []compat.Successor{{Technology: "rhel", Same: ">=7", Note: "Renamed.", Citation: cite("was renamed")}}},
			{ID: "rhel", Name: "Red Hat Enterprise Linux", Kind: "os", Scheme: "dotted", Generic: true, Complete: true, Ended: true,
				Cycles: []compat.Cycle{{Version: "8", Label: "Ootpa", Names: []string{"otpa", "eight"}}, {Version: "9"}}},
		},
		Platforms: []compat.Platform{
			{ID: "bare", Name: "Bare", Vendor: "Example"},
			{ID: "stack", Name: "The \"Stack\"", Vendor: "Example", Aliases: []string{"stacked"},
				Deployments: []compat.Deployment{{ID: "vm", Name: "Virtual machine", Aliases: []string{"guest"}}, {ID: "ec2", Name: "EC2"}}},
		},
		Products: []compat.Product{
			{ID: "ei", Name: "Enterprise Integrator", Vendor: "Example"},
			{ID: "mi", Name: "Micro Integrator", Vendor: "Example", Aliases: []string{"micro"}, Platform: "stack",
				Published: []string{"4.4.0", "4.5.0"}, PublishedBy: "mail"},
		},
		Releases: []compat.Release{
			{Product: "mi", Version: "4.4.0", Aliases: []string{"4.4"},
				Deployments: []compat.Deployment{{ID: "central", Name: "Centralized", Aliases: []string{"esb style"}}},
				Profiles:    []compat.Profile{{ID: "edge", Name: "Edge", Aliases: []string{"rim"}, Offset: 10, Citation: cite("moved by 10")}}},
			{Product: "mi", Version: "4.5.0"},
		},
		Sources: []compat.Source{
			{ID: "install", Title: "Installation", URL: "https://example.com/a?b=c&d=\"e\"", Document: "docs/install.md",
				Page: "https://example.com/page", Branch: "4.4.0", Revision: "0f3c", Date: "2026-01-31", Checked: "2026-02-28",
				Cadence: "90 days", Authority: compat.Official},
			{ID: "mail", Title: "A mail", Undated: "it has \"none\"", Authority: compat.Unconfirmed},
		},
		Claims: []compat.Claim{
			{ID: "mi/4.4.0/postgresql/17.2", Product: "mi", Release: "4.4.0", Technology: "postgresql",
				Label: "Postgre\\SQL 17.2", Version: "17.2", Status: compat.StatusTested, Citation: cite("PostgreSQL\t17.2 \u2028 \x01")},
			{ID: "mi/4.4.0/rhel/9", Product: "mi", Release: "4.4.0", Technology: "rhel",
				Label: "RHEL \"9\"", Version: "9", Status: compat.StatusTested, Exclusive: true, Position: 2,
				Since: "2026-01-30", Until: "2026-03-31", EndedBy: "mail", Citation: cite("[1, 2], null")},
			{ID: "mi/4.5.0/rhel", Product: "mi", Release: "4.5.0", Technology: "rhel",
				Label: "RHEL", When: "with \"PG\"", With: []compat.Target{{Technology: "postgresql", Version: "17"}}, Status: compat.StatusIncompatible, Citation: compat.Citation{Source: "mail"}},
			{ID: "stack/rhel", Platform: "stack", Technology: "rhel",
				Label: "RHEL", When: "latest \"stable\" releases", Status: compat.StatusRecommended, Citation: cite("RHEL")},
		},
		Requirements: richRequirements(cite),
		Ports: []compat.Port{
			{ID: "mi/4.4.0/edge/https", Scope: edge, Name: "https", Number: 9453, Offset: 10, Purpose: "The console", Citation: cite("")},
			{ID: "stack/https", Scope: stack, Name: "https", Number: 9443, Protocol: "https", Purpose: "The \\console",
				File: "<HOME>/conf/\"carbon\".xml", Citation: cite("9443")},
		},
		Notes: []compat.Note{
			{ID: "mi/4.4.0/edge/start", Scope: edge, Topic: "operation", Title: "Start", Text: "Run it.", Citation: cite("run")},
			{ID: "stack/user", Scope: stack, Topic: "security", Title: "User", Text: "Not as\nroot.", Path: "<HOME>/bin",
				Settings: []compat.Setting{{File: "<HOME>/bin/run.sh", Name: "user", Value: "\"nobody\""}}, Citation: cite("user")},
		},
		Advisories: []compat.Advisory{
			{ID: "a-1", Severity: compat.SeverityWarning, Title: "Careful", Text: "It leaks.", Workaround: "Restart.",
				Settings: []compat.Setting{{File: "/etc/hosts", Value: "127.0.0.1\tlocalhost"}, {File: "x.xml", Name: "a.b", Value: "<c/>"}},
				Scope:    edge, Applies: []compat.Target{{Technology: "rhel", Version: "8"}}, Citation: cite("leaks")},
			{ID: "a-2", Severity: compat.SeverityInfo, Title: "Note", Text: "Fine.",
				Applies: []compat.Target{{Technology: "postgresql"}}, Citation: cite("")},
			{ID: "a-3", Severity: compat.SeverityInfo, Title: "Stacked", Text: "Inherited.", Scope: stack,
				Applies: []compat.Target{{Technology: "rhel"}}, Citation: cite("")},
			{ID: "a-4", Severity: compat.SeverityError, Title: "Not together", Text: "One or the other.", Incompatible: true,
				Applies: []compat.Target{{Technology: "rhel"}}, With: []compat.Target{{Technology: "postgresql", Version: "17"}}, Citation: cite("")},
		},
		Lifecycles: []compat.Lifecycle{
			{ID: "rhel/8", Technology: "rhel", Version: "8", Label: "8 \"Ootpa\"", Name: "eight", Codename: "Ootpa", Released: "2019-05-07",
				Support: "2024-05-31", Ends: "2029-05-31", Extended: "2032-05-31", LTS: true, Latest: "8.10", LatestReleased: "2024-05-22",
				URL: "https://example.com/rhel", Policy: "https://example.com/errata?a=b&c=d", Citation: cite("8")},
			{ID: "rhel/9", Technology: "rhel", Version: "9", Released: "2022-05-17", Ended: true, Citation: cite("")},
		},
		Configurations: []compat.Configuration{
			{ID: "run-1", Product: "mi", Release: "4.4.0", Result: compat.Passed, Date: "2026-01-31", Note: "nightly",
				Components: []compat.Target{{Technology: "rhel", Version: "9"}, {Technology: "postgresql", Version: "17.2"}},
				Citation:   cite("green")},
			{ID: "run-2", Product: "mi", Release: "4.4.0", Build: "4.4.0-m8", Update: "4.4.0.9", Result: compat.Failed, Culprit: "the \"network\"", Date: "2026-01-31",
				Components: []compat.Target{{Technology: "rhel", Version: "9"}}, Citation: cite("red")},
		},
		Images: []compat.Image{
			{ID: "mi/4.4.0/image/rhel/9", Product: "mi", Release: "4.4.0", Components: []compat.Target{{Technology: "rhel", Version: "9"}},
				Path: "docker/\"mi\"/Dockerfile", Tag: "v4.4.0.1", Date: "2026-01-31", Citation: cite("rhel:9")},
		},
	}
}

// stack and edge are what facts of rich are about.
var (
	stack = compat.Scope{Platform: "stack"}
	edge  = compat.Scope{Product: "mi", Release: "4.4.0", Profile: "edge"}
)

// richRequirements have a rule for several instances, its example, a range, and
// an amount that no floating-point number holds.
func richRequirements(cite func(quote string) compat.Citation) []compat.Requirement {
	gb := func(milli int64) compat.Quantity { return compat.Quantity{Low: milli, High: milli, Unit: "GB"} }
	return []compat.Requirement{
		{ID: "mi/4.4.0/disk", Scope: compat.Scope{Product: "mi", Release: "4.4.0"}, Deployment: "central",
			Resource: compat.ResourceDisk, Level: compat.LevelRequired, Printed: "A lot.", Citation: cite("a lot"),
			Amount: compat.Quantity{Low: 1<<53 + 1, High: 1<<53 + 1, Unit: "B"}},
		{ID: "mi/4.4.0/edge/machine", Scope: edge, Deployment: "ec2", Resource: compat.ResourceMachine, Level: compat.LevelSufficient,
			Amount: compat.Quantity{Low: 1000, High: 1000, Unit: "machines"}, Printed: "One \"c5.large\"", Type: "c5.large", Citation: cite("")},
		{ID: "mi/clock", Scope: compat.Scope{Product: "mi"}, Deployment: "vm", Resource: compat.ResourceClock, Level: compat.LevelMinimum,
			Amount: compat.Quantity{Low: 1000, High: 1200, Unit: "GHz"}, Approximate: true, Printed: "~1.0–1.2 GHz", Each: true,
			Of: "the container", When: "under load", Note: "More is better.", Citation: cite("1.0–1.2")},
		{ID: "stack/memory", Scope: stack, Deployment: "vm", Resource: compat.ResourceMemory, Level: compat.LevelMinimum,
			Amount: gb(2625), Printed: "2.625 GB", Citation: cite("2.625"),
			Shares: []compat.Share{{Amount: gb(2125), For: "each \"instance\"", Each: true}, {Amount: gb(500), For: "the operating system"}}},
		{ID: "stack/memory/3", Scope: stack, Deployment: "vm", Resource: compat.ResourceMemory, Level: compat.LevelMinimum,
			Amount: gb(6875), Printed: "6.875 GB for three", Instances: 3, Citation: cite("three")},
	}
}

// TestRichIsComplete fails when a field is added to a fact and not to rich, so
// that no field can be forgotten by the record. A type that several nouns have
// in them, as the scope, must be set in each.
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
			if v.Type().Field(i).IsExported() {
				note(set, name+"."+v.Type().Field(i).Name, v.Field(i))
			}
		}
	case reflect.Pointer:
		if !v.IsNil() {
			note(set, name, v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			note(set, name+"[]", v.Index(i))
		}
	default: // has no fields
	}
	set[name] = set[name] || !v.IsZero()
}
