package store_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/testedon/testedon/compat/fact"
)

// rich is a small valid dataset in which every field of every type of fact is
// set in some fact, and texts are of the awkward sort. See TestRichIsComplete.
func rich() *fact.Dataset {
	cite := func(quote string) fact.Citation {
		return fact.Citation{Source: "install", Section: "Tested \"systems\"\nand others", Quote: quote}
	}
	return &fact.Dataset{
		Kinds: []fact.Kind{
			{ID: "dbms", Name: "database", Plural: "databases", Order: 3, Aliases: []string{"db", "database"}, Example: "PG 17", Baseline: "postgresql"},
			{ID: "os", Name: "operating system", Plural: "operating systems", Order: 1},
		},
		Technologies: []fact.Technology{
			{ID: "alma", Name: "AlmaLinux", Kind: "os", Scheme: "dotted", Family: "rhel",
				Marks: []fact.Mark{{In: fact.InOSRelease, Text: "alma\"linux"}, {In: fact.InImage, Text: "alma#"}}},
			{ID: "elephant", Name: "Elephant \"as a service\"", Kind: "dbms", Scheme: "dotted",
				Managed: &fact.Relative{Technology: "postgresql", Within: ">=16", Note: "It \"runs\" PostgreSQL.", Citation: cite("runs \"it\"")}},
			{ID: "mammoth", Name: "Mammoth", Kind: "dbms", Scheme: "dotted",
				Derived: &fact.Relative{Technology: "postgresql", Note: "Made from PostgreSQL.", Citation: cite("is made from it")}},
			{ID: "postgresql", Name: "PostgreSQL", Kind: "dbms", Scheme: "dotted", Aliases: []string{"pg", "Постгрес"},
				Policies: []fact.Policy{{Within: ">=10", By: "the \"community\"", Note: "Minor releases keep working.", Citation: cite("only fix bugs")}}},
			{ID: "redhat", Name: "Red Hat Linux", Kind: "os", Scheme: "dotted",
				Successors: []fact.Successor{{Technology: "rhel", Same: ">=7", Note: "Renamed.", Citation: cite("was renamed")}}},
			{ID: "rhel", Name: "Red Hat Enterprise Linux", Kind: "os", Scheme: "dotted", Generic: true, Complete: true, Parts: 1, Ended: true,
				Cycles: []fact.Cycle{{Version: "8", Label: "Ootpa", Names: []string{"otpa", "eight"}, First: "8.0.1"}, {Version: "9"}}},
		},
		Platforms: []fact.Platform{
			{ID: "bare", Name: "Bare", Vendor: "Example"},
			{ID: "stack", Name: "The \"Stack\"", Vendor: "Example", Aliases: []string{"stacked"},
				Deployments: []fact.Deployment{{ID: "vm", Name: "Virtual machine", Aliases: []string{"guest"}}, {ID: "ec2", Name: "EC2"}}},
		},
		Products: []fact.Product{
			{ID: "ei", Name: "Enterprise Integrator", Vendor: "Example"},
			{ID: "mi", Name: "Micro Integrator", Vendor: "Example", Aliases: []string{"micro"}, Platform: "stack",
				Published: []string{"4.4.0", "4.5.0"}, PublishedBy: "mail", Require: fact.Compatible, Word: fact.StatusSupported,
				Support: "https://support.example.com/new?subject={title}&body={body}"},
		},
		Releases: []fact.Release{
			{Product: "mi", Version: "4.4.0", Aliases: []string{"4.4"},
				Deployments: []fact.Deployment{{ID: "central", Name: "Centralized", Aliases: []string{"esb style"}}},
				Profiles:    []fact.Profile{{ID: "edge", Name: "Edge", Aliases: []string{"rim"}, Offset: 10, Citation: cite("moved by 10")}}},
			{Product: "mi", Version: "4.5.0"},
		},
		Sources: []fact.Source{
			{ID: "install", Title: "Installation", URL: "https://example.com/a?b=c&d=\"e\"", Document: "docs/install.md",
				Page: "https://example.com/page", Branch: "4.4.0", Revision: "0f3c", Date: "2026-01-31", Checked: "2026-02-28",
				Cadence: "90 days", Authority: fact.Official},
			{ID: "mail", Title: "A mail", Undated: "it has \"none\"", SinceUnknown: "nobody kept it", Authority: fact.Unconfirmed},
		},
		Claims: []fact.Claim{
			{ID: "mi/4.4.0/postgresql/17.2", Product: "mi", Release: "4.4.0", Technology: "postgresql",
				Label: "Postgre\\SQL 17.2", Version: "17.2", Status: fact.StatusTested, Citation: cite("PostgreSQL\t17.2 \u2028 \x01")},
			{ID: "mi/4.4.0/rhel/9", Product: "mi", Release: "4.4.0", Technology: "rhel",
				Label: "RHEL \"9\"", Version: "9", Status: fact.StatusTested, Exclusive: true, Position: 2,
				Term:    fact.Term{Since: "2026-01-30", BroughtBy: "mail", Until: "2026-03-31", EndedBy: "mail"},
				Earlier: []fact.Term{{Since: "2025-01-30", BroughtBy: "mail", Until: "2025-03-31", EndedBy: "mail"}}, Citation: cite("[1, 2], null")},
			{ID: "mi/4.5.0/rhel", Product: "mi", Release: "4.5.0", Technology: "rhel",
				Label: "RHEL", When: "with \"PG\"", With: []fact.Target{{Technology: "postgresql", Version: "17"}}, Status: fact.StatusIncompatible, Citation: fact.Citation{Source: "mail"}},
			{ID: "stack/rhel", Platform: "stack", Technology: "rhel",
				Label: "RHEL", When: "latest \"stable\" releases", Status: fact.StatusRecommended, Citation: cite("RHEL")},
		},
		Requirements: richRequirements(cite),
		Ports: []fact.Port{
			{ID: "mi/4.4.0/edge/https", Scope: edge, Name: "https", Number: 9453, Offset: 10, Purpose: "The console", Citation: cite("")},
			{ID: "stack/https", Scope: stack, Name: "https", Number: 9443, Protocol: "https", Purpose: "The \\console",
				File: "<HOME>/conf/\"carbon\".xml", Citation: cite("9443")},
		},
		Notes: []fact.Note{
			{ID: "mi/4.4.0/edge/start", Scope: edge, Topic: "operation", Title: "Start", Text: "Run it.", Citation: cite("run")},
			{ID: "stack/user", Scope: stack, Topic: "security", Title: "User", Text: "Not as\nroot.", Path: "<HOME>/bin",
				Settings: []fact.Setting{{File: "<HOME>/bin/run.sh", Name: "user", Value: "\"nobody\""}}, Citation: cite("user")},
		},
		Advisories: []fact.Advisory{
			{ID: "a-1", Severity: fact.SeverityWarning, Title: "Careful", Text: "It leaks.", Workaround: "Restart.",
				Settings: []fact.Setting{{File: "/etc/hosts", Value: "127.0.0.1\tlocalhost"}, {File: "x.xml", Name: "a.b", Value: "<c/>"}},
				Scope:    edge, Applies: []fact.Target{{Technology: "rhel", Version: "8"}}, Citation: cite("leaks")},
			{ID: "a-2", Severity: fact.SeverityInfo, Title: "Note", Text: "Fine.",
				Applies: []fact.Target{{Technology: "postgresql"}}, Citation: cite("")},
			{ID: "a-3", Severity: fact.SeverityInfo, Title: "Stacked", Text: "Inherited.", Scope: stack,
				Applies: []fact.Target{{Technology: "rhel"}}, Citation: cite("")},
			{ID: "a-4", Severity: fact.SeverityError, Title: "Not together", Text: "One or the other.", Incompatible: true,
				Applies: []fact.Target{{Technology: "rhel"}}, With: []fact.Target{{Technology: "postgresql", Version: "17"}}, Citation: cite("")},
		},
		Lifecycles: []fact.Lifecycle{
			{ID: "rhel/8", Technology: "rhel", Version: "8", Label: "8 \"Ootpa\"", Name: "eight", Codename: "Ootpa", Released: "2019-05-07",
				Support: "2024-05-31", Ends: "2029-05-31", Extended: "2032-05-31", LTS: true, Latest: "8.10", LatestReleased: "2024-05-22",
				URL: "https://example.com/rhel", Policy: "https://example.com/errata?a=b&c=d", Citation: cite("8")},
			{ID: "rhel/9", Technology: "rhel", Version: "9", Released: "2022-05-17", Ended: true, Citation: cite("")},
		},
		Configurations: []fact.Configuration{
			{ID: "run-1", Product: "mi", Release: "4.4.0", Result: fact.Passed, Date: "2026-01-31", Note: "nightly",
				Components: []fact.Target{{Technology: "rhel", Version: "9"}, {Technology: "postgresql", Version: "17.2"}},
				Citation:   cite("green")},
			{ID: "run-2", Product: "mi", Release: "4.4.0", Build: "4.4.0-m8", Update: "4.4.0.9", Result: fact.Failed, Culprit: "the \"network\"", Date: "2026-01-31",
				Components: []fact.Target{{Technology: "rhel", Version: "9"}}, Citation: cite("red")},
		},
		Files: []fact.File{
			{ID: "b.yaml https://example.com/{path}#{line}", Path: "b.yaml", EditURL: "https://example.com/{path}#{line}",
				IssueURL: "https://example.com/new?a={title}&b={body}", Lines: []fact.Line{{Fact: "claim mi/4.4.0/rhel/9", Line: 12}, {Fact: "source mail", Line: 13}}},
		},
		Images: []fact.Image{
			{ID: "mi/4.4.0/image/rhel/9", Product: "mi", Release: "4.4.0", Components: []fact.Target{{Technology: "rhel", Version: "9"}},
				Path: "docker/\"mi\"/Dockerfile", Tag: "v4.4.0.1", Date: "2026-01-31", Citation: cite("rhel:9")},
		},
	}
}

// stack and edge are what facts of rich are about.
var (
	stack = fact.Scope{Platform: "stack"}
	edge  = fact.Scope{Product: "mi", Release: "4.4.0", Profile: "edge"}
)

// richRequirements have a rule for several instances, its example, a range, and
// the largest amount that can be written.
func richRequirements(cite func(quote string) fact.Citation) []fact.Requirement {
	gb := func(milli int64) fact.Quantity { return fact.Quantity{Low: milli, High: milli, Unit: "GB"} }
	return []fact.Requirement{
		{ID: "mi/4.4.0/disk", Scope: fact.Scope{Product: "mi", Release: "4.4.0"}, Deployment: "central",
			Resource: fact.ResourceDisk, Level: fact.LevelRequired, Printed: "A lot.", Citation: cite("a lot"),
			Amount: fact.Quantity{Low: 999_999_999_999_999, High: 999_999_999_999_999, Unit: "B"}},
		{ID: "mi/4.4.0/edge/machine", Scope: edge, Deployment: "ec2", Resource: fact.ResourceMachine, Level: fact.LevelSufficient,
			Amount: fact.Quantity{Low: 1000, High: 1000, Unit: "machines"}, Printed: "One \"c5.large\"", Type: "c5.large", Citation: cite("")},
		{ID: "mi/clock", Scope: fact.Scope{Product: "mi"}, Deployment: "vm", Resource: fact.ResourceClock, Level: fact.LevelMinimum,
			Amount: fact.Quantity{Low: 1000, High: 1200, Unit: "GHz"}, Approximate: true, Printed: "~1.0–1.2 GHz", Each: true,
			Of: "the container", When: "under load", Note: "More is better.", Citation: cite("1.0–1.2")},
		{ID: "stack/memory", Scope: stack, Deployment: "vm", Resource: fact.ResourceMemory, Level: fact.LevelMinimum,
			Amount: gb(2625), Printed: "2.625 GB", Citation: cite("2.625"),
			Shares: []fact.Share{{Amount: gb(2125), For: "each \"instance\"", Each: true}, {Amount: gb(500), For: "the operating system"}}},
		{ID: "stack/memory/3", Scope: stack, Deployment: "vm", Resource: fact.ResourceMemory, Level: fact.LevelMinimum,
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
		none := []string{"Dataset.Revision", "Dataset.Digest", "Dataset.Recorded", "Dataset.Technologies[].Derived.Within"} // of the record itself, and what no fact may have
		if !isSet && !slices.Contains(none, field) {
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
