package api_test

import "github.com/testedon/testedon/compat"

// hostile holds what JSON must escape, what it need not, and what HTML would
// read: quotes, backslash, angle brackets, separators, controls, two planes.
const hostile = "\"\\</script>& \u2028\u2029 \x01\b\f\n\r\t\x7f é → 𝄞 \uFFFD"

// dataset is a small catalogue: the question's release, and a product whose
// every text is hostile.
func dataset(revision int64) *compat.Dataset {
	page := compat.Citation{Source: "page", Section: "Tested operating systems", Quote: "as printed"}
	bad := compat.Citation{Source: "hostile", Section: hostile, Quote: hostile}
	return &compat.Dataset{
		Revision: revision,
		Kinds: []compat.Kind{
			{ID: "os", Name: "operating system", Plural: "operating systems", Order: 1, Aliases: []string{"operating-system"}},
			{ID: "jdk", Name: "JDK", Plural: "JDKs", Order: 2, Aliases: []string{"java"}},
			{ID: "dbms", Name: "database", Plural: "databases", Order: 3, Aliases: []string{"database", "db"}},
			{ID: "arch", Name: "architecture", Plural: "architectures", Order: 4},
			{ID: "product", Name: "product", Plural: "products", Order: 5},
		},
		Sources: []compat.Source{
			{ID: "page", Title: "Installation Prerequisites", URL: "https://example.com/prerequisites?a=1&b=2", Document: "docs", Revision: "1", Authority: compat.Official},
			{ID: "hostile", Title: hostile, Document: hostile, Authority: compat.Fork},
		},
		Technologies: technologies(page, bad),
		Products: []compat.Product{
			{ID: "mi", Name: "WSO2 Micro Integrator", Vendor: "WSO2", Aliases: []string{"Micro Integrator", "wso2mi"}},
			{ID: "odd", Name: "Odd " + hostile, Vendor: hostile},
		},
		Releases: []compat.Release{
			{Product: "mi", Version: "4.4.0", Aliases: []string{"4.4"}}, {Product: "mi", Version: "4.3.0"}, {Product: "odd", Version: "1 & 2"},
		},
		Claims: claims(page, bad),
		Advisories: []compat.Advisory{
			{ID: "everyone", Severity: compat.SeverityInfo, Title: "For all " + hostile, Text: hostile, Citation: bad,
				Applies: []compat.Target{{Technology: "postgresql"}}},
			{ID: "for-mi", Severity: compat.SeverityWarning, Title: "Of MI", Text: "Only of MI.", Workaround: "None.", Product: "mi", Citation: page,
				Applies: []compat.Target{{Technology: "corretto", Version: "21"}}},
		},
		Configurations: []compat.Configuration{
			{ID: "run-1", Product: "odd", Release: "1 & 2", Result: compat.Passed, Date: "2026-01-31", Note: hostile, Citation: bad,
				Components: []compat.Target{{Technology: "rhel", Version: "9"}, {Technology: "arm64"}}},
		},
	}
}

func technologies(page, bad compat.Citation) []compat.Technology {
	return []compat.Technology{
		{ID: "rhel", Name: "Red Hat Enterprise Linux", Kind: "os", Aliases: []string{"RHEL"}, Scheme: "dotted",
			Cycles: []compat.Cycle{{Version: "9", Names: []string{"Plow"}}, {Version: "8"}}},
		{ID: "almalinux", Name: "AlmaLinux", Kind: "os", Scheme: "dotted", Family: "rhel"},
		{ID: "corretto", Name: "Amazon Corretto", Kind: "jdk", Aliases: []string{"Corretto"}, Scheme: "java",
			Cycles: []compat.Cycle{{Version: "11"}, {Version: "21"}}},
		{ID: "adoptopenjdk", Name: "AdoptOpenJDK", Kind: "jdk", Scheme: "java",
			Successors: []compat.Successor{{Technology: "temurin", Same: ">=16", Note: "It was renamed " + hostile, Citation: bad}}},
		{ID: "temurin", Name: "Eclipse Temurin", Kind: "jdk", Aliases: []string{"Temurin"}, Scheme: "java"},
		{ID: "postgresql", Name: "PostgreSQL", Kind: "dbms", Aliases: []string{"Postgres"}, Scheme: "dotted",
			Cycles:   []compat.Cycle{{Version: "16"}, {Version: "17"}},
			Policies: []compat.Policy{{Within: ">=10", Note: "Minor releases are compatible.", Citation: page}}},
		{ID: "arm64", Name: "ARM64", Kind: "arch", Scheme: "none"},
		{ID: "odd-db", Name: hostile, Kind: "dbms", Aliases: []string{"odd"}, Scheme: "dotted"},
	}
}

func claims(page, bad compat.Citation) []compat.Claim {
	claim := func(product, release, technology, label, version string, status compat.Status, c compat.Citation) compat.Claim {
		return compat.Claim{ID: product + "/" + release + "/" + technology + "/" + version, Product: product, Release: release,
			Technology: technology, Label: label, Version: version, Status: status, Citation: c}
	}
	tested := compat.StatusTested
	return []compat.Claim{
		claim("mi", "4.4.0", "rhel", "Red Hat Enterprise Linux 9", "9", tested, page),
		claim("mi", "4.4.0", "corretto", "Corretto 11", "11", tested, page),
		claim("mi", "4.4.0", "corretto", "Corretto 21", "21", tested, page),
		claim("mi", "4.4.0", "adoptopenjdk", "AdoptOpenJDK 21", "21", tested, page),
		claim("mi", "4.4.0", "postgresql", "PostgreSQL 17.2", "17.2", tested, page),
		claim("mi", "4.4.0", "arm64", "ARM64 compatible processors", "", compat.StatusCompatible, page),
		claim("odd", "1 & 2", "rhel", hostile, "9", tested, bad),
		claim("odd", "1 & 2", "odd-db", hostile, "3.1", tested, bad),
		claim("odd", "1 & 2", "arm64", hostile, "", compat.StatusIncompatible, bad),
	}
}
