package api_test

import "github.com/testedon/testedon/compat/fact"

// hostile holds what JSON must escape, what it need not, and what HTML would
// read: quotes, backslash, angle brackets, separators, controls, two planes.
const hostile = "\"\\</script>& \u2028\u2029 \x01\b\f\n\r\t\x7f é → 𝄞 \uFFFD"

// dataset is a small catalogue: the question's release, a product on a platform,
// and a product and platform whose every text is hostile.
func dataset(revision int64) *fact.Dataset {
	page := fact.Citation{Source: "page", Section: "Tested operating systems", Quote: "as printed"}
	bad := fact.Citation{Source: "hostile", Section: hostile, Quote: hostile}
	return &fact.Dataset{
		Revision: revision,
		Kinds: []fact.Kind{
			{ID: "os", Name: "operating system", Plural: "operating systems", Order: 1, Aliases: []string{"operating-system"}},
			{ID: "jdk", Name: "JDK", Plural: "JDKs", Order: 2, Aliases: []string{"java"}},
			{ID: "dbms", Name: "database", Plural: "databases", Order: 3, Aliases: []string{"database", "db"}},
			{ID: "arch", Name: "architecture", Plural: "architectures", Order: 4},
			{ID: "product", Name: "product", Plural: "products", Order: 5},
		},
		Sources: []fact.Source{
			{ID: "page", Title: "Installation Prerequisites", URL: "https://example.com/prerequisites?a=1&b=2", Document: "docs", Revision: "1", Authority: fact.Official},
			{ID: "hostile", Title: hostile, Document: hostile, URL: "javascript://example.com/%0aalert(1)", Authority: fact.Fork},
		},
		Technologies: technologies(page, bad),
		Platforms: []fact.Platform{
			{ID: "carbon", Name: "WSO2 Carbon", Vendor: "WSO2", Aliases: []string{"Carbon platform"}, Deployments: []fact.Deployment{
				{ID: "physical", Name: "Physical machine", Aliases: []string{"bare metal"}}, {ID: "ec2", Name: "Amazon EC2"}}},
			{ID: "odd", Name: hostile, Vendor: hostile, Deployments: []fact.Deployment{{ID: "odd", Name: "Odd " + hostile}}},
		},
		Products: []fact.Product{
			{ID: "mi", Name: "WSO2 Micro Integrator", Vendor: "WSO2", Aliases: []string{"Micro Integrator", "wso2mi"}},
			{ID: "ei", Name: "WSO2 Enterprise Integrator", Vendor: "WSO2", Platform: "carbon"},
			{ID: "odd", Name: "Odd " + hostile, Vendor: hostile, Platform: "odd"},
		},
		Releases: []fact.Release{
			{Product: "ei", Version: "6.3.0", Deployments: []fact.Deployment{{ID: "container", Name: "Container", Aliases: []string{"pod"}}},
				Profiles: []fact.Profile{{ID: "micro-integrator", Name: "Micro Integrator", Aliases: []string{"MI profile"}, Offset: 10, Citation: page}}},
			{Product: "mi", Version: "4.4.0", Aliases: []string{"4.4"}, Deployments: []fact.Deployment{
				{ID: "centralized", Name: "Centralized (ESB style)", Aliases: []string{"ESB"}}, {ID: "decentralized", Name: "Decentralized"}}},
			{Product: "mi", Version: "4.3.0"}, {Product: "odd", Version: "1 & 2"},
		},
		Claims:       claims(page, bad),
		Requirements: requirements(page, bad),
		Ports:        ports(page, bad),
		Notes:        notes(page, bad),
		Advisories:   advisories(page, bad),
		Lifecycles:   lifecycles(page, bad),
		Configurations: []fact.Configuration{
			{ID: "run-1", Product: "odd", Release: "1 & 2", Result: fact.Passed, Date: "2026-01-31", Note: hostile, Citation: bad,
				Components: []fact.Target{{Technology: "rhel", Version: "9"}, {Technology: "arm64"}}},
		},
	}
}

func technologies(page, bad fact.Citation) []fact.Technology {
	return []fact.Technology{
		{ID: "rhel", Name: "Red Hat Enterprise Linux", Kind: "os", Aliases: []string{"RHEL"}, Scheme: "dotted",
			Cycles: []fact.Cycle{{Version: "9", Names: []string{"Plow"}}, {Version: "8"}},
			Marks:  []fact.Mark{{In: fact.InOSRelease, Text: "rhel"}}},
		{ID: "almalinux", Name: "AlmaLinux", Kind: "os", Scheme: "dotted", Family: "rhel"},
		{ID: "corretto", Name: "Amazon Corretto", Kind: "jdk", Aliases: []string{"Corretto"}, Scheme: "java",
			Cycles: []fact.Cycle{{Version: "11"}, {Version: "21"}},
			Marks: []fact.Mark{
				{In: fact.InJavaVendor, Text: "Corretto"},
				{In: fact.InPlain, Text: "OpenJDK"},
				{In: fact.InPlain, Text: "Runtime Environment"},
				{In: fact.InPlain, Text: "Bit Server VM"},
				{In: fact.InPlain, Text: "LTS"},
			}},
		{ID: "adoptopenjdk", Name: "AdoptOpenJDK", Kind: "jdk", Scheme: "java",
			Successors: []fact.Successor{{Technology: "temurin", Same: ">=16", Note: "It was renamed " + hostile, Citation: bad}}},
		{ID: "temurin", Name: "Eclipse Temurin", Kind: "jdk", Aliases: []string{"Temurin"}, Scheme: "java"},
		{ID: "postgresql", Name: "PostgreSQL", Kind: "dbms", Aliases: []string{"Postgres"}, Scheme: "dotted",
			Cycles:   []fact.Cycle{{Version: "16"}, {Version: "17"}},
			Policies: []fact.Policy{{Within: ">=10", Note: "Minor releases are compatible.", Citation: page}},
			Marks:    []fact.Mark{{In: fact.InJDBC, Text: "postgresql"}, {In: fact.InBanner, Text: "PostgreSQL"}}},
		{ID: "arm64", Name: "ARM64", Kind: "arch", Scheme: "none"},
		{ID: "odd-db", Name: hostile, Kind: "dbms", Aliases: []string{"odd"}, Scheme: "dotted"},
	}
}

// lifecycles are those of series that are maintained, end, have ended, and of one
// whose every text is hostile.
func lifecycles(page, bad fact.Citation) []fact.Lifecycle {
	cycle := func(technology, version, released, ends string) fact.Lifecycle {
		return fact.Lifecycle{ID: technology + "/" + version, Technology: technology, Version: version, Released: released, Ends: ends,
			Latest: version + ".9", LatestReleased: "2026-02-26", Policy: "https://example.com/policy?a=1&b=2", Citation: page}
	}
	odd := cycle("odd-db", "3", "2020-01-31", "")
	odd.Label, odd.Name, odd.Codename, odd.Latest, odd.Policy, odd.Ended, odd.Citation = hostile, "3 "+hostile, hostile, hostile, hostile, true, bad
	nine := cycle("rhel", "9", "2022-05-17", "2032-05-31")
	nine.Support, nine.Extended, nine.LTS = "2027-05-31", "2035-05-31", true
	return []fact.Lifecycle{
		nine, cycle("rhel", "8", "2019-05-07", "2026-05-31"), odd,
		cycle("corretto", "11", "2019-03-15", "2026-08-31"), cycle("corretto", "21", "2023-09-19", "2030-10-31"), cycle("corretto", "25", "2025-09-16", ""),
		cycle("postgresql", "16", "2023-09-14", "2028-11-09"), cycle("postgresql", "17", "2024-09-26", "2029-11-08"),
	}
}

func claims(page, bad fact.Citation) []fact.Claim {
	claim := func(product, release, technology, label, version string, status fact.Status, c fact.Citation) fact.Claim {
		return fact.Claim{ID: product + "/" + release + "/" + technology + "/" + version, Product: product, Release: release,
			Technology: technology, Label: label, Version: version, Status: status, Citation: c}
	}
	tested := fact.StatusTested
	return []fact.Claim{
		claim("mi", "4.4.0", "rhel", "Red Hat Enterprise Linux 9", "9", tested, page),
		claim("mi", "4.4.0", "corretto", "Corretto 11", "11", tested, page),
		claim("mi", "4.4.0", "corretto", "Corretto 21", "21", tested, page),
		claim("mi", "4.4.0", "adoptopenjdk", "AdoptOpenJDK 21", "21", tested, page),
		claim("mi", "4.4.0", "postgresql", "PostgreSQL 17.2", "17.2", tested, page),
		claim("mi", "4.4.0", "arm64", "ARM64 compatible processors", "", fact.StatusCompatible, page),
		{ID: "carbon/rhel", Platform: "carbon", Technology: "rhel", Label: "RedHat Enterprise Linux", When: "latest releases", Status: fact.StatusRecommended, Citation: page},
		{ID: "carbon/postgresql", Platform: "carbon", Technology: "postgresql", Label: "PostgreSQL", Status: fact.StatusRecommended, Citation: page},
		{ID: "odd/almalinux", Platform: "odd", Technology: "almalinux", Label: hostile, When: hostile, Status: tested, Citation: bad},
		claim("odd", "1 & 2", "rhel", hostile, "9", tested, bad),
		claim("odd", "1 & 2", "odd-db", hostile, "3.1", tested, bad),
		claim("odd", "1 & 2", "arm64", hostile, "", fact.StatusIncompatible, bad),
	}
}
