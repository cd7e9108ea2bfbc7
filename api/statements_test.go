package api_test

import "github.com/testedon/testedon/compat/fact"

// quantity reads an amount that is sound.
func quantity(text string) fact.Quantity {
	q, err := fact.ParseQuantity(text, "")
	if err != nil {
		panic(err)
	}
	return q
}

// The scopes of the statements below.
var (
	onCarbon  = fact.Scope{Platform: "carbon"}
	ofEI      = fact.Scope{Product: "ei"}
	ofRelease = fact.Scope{Product: "ei", Release: "6.3.0"}
	ofProfile = fact.Scope{Product: "ei", Release: "6.3.0", Profile: "micro-integrator"}
	ofMI      = fact.Scope{Product: "mi", Release: "4.4.0"}
	onOdd     = fact.Scope{Platform: "odd"}
)

// requirements has every resource and level, a range, a rule by shares with the
// document's example, one for each instance, and one without any.
func requirements(page, bad fact.Citation) []fact.Requirement {
	shares := []fact.Share{{Amount: quantity("2 GB"), For: "the operating system"}, {Amount: quantity("2 GB"), For: "each JVM", Each: true}}
	return []fact.Requirement{
		{ID: "carbon/physical/memory/required", Scope: onCarbon, Deployment: "physical", Resource: fact.ResourceMemory, Level: fact.LevelRequired,
			Amount: quantity("4 GB"), Printed: "4 GB RAM", Shares: shares, Citation: page},
		{ID: "carbon/physical/memory/3", Scope: onCarbon, Deployment: "physical", Resource: fact.ResourceMemory, Level: fact.LevelRequired,
			Amount: quantity("8 GB"), Printed: "three instances require 8 GB RAM", Instances: 3, Citation: page},
		{ID: "carbon/physical/clock/minimum", Scope: onCarbon, Deployment: "physical", Resource: fact.ResourceClock, Level: fact.LevelMinimum,
			Amount: quantity("1.0-1.2 GHz"), Printed: "1.0-1.2 GHz", Citation: page},
		{ID: "carbon/physical/clock/3", Scope: onCarbon, Deployment: "physical", Resource: fact.ResourceClock, Level: fact.LevelMinimum,
			Amount: quantity("4 GHz"), Printed: "4 GHz CPU", Instances: 3, Citation: page},
		{ID: "carbon/physical/cores/recommended", Scope: onCarbon, Deployment: "physical", Resource: fact.ResourceCores, Level: fact.LevelRecommended,
			Amount: quantity("4 cores"), Printed: "4 Cores", When: "high concurrencies", Citation: page},
		{ID: "carbon/ec2/machine/required", Scope: onCarbon, Deployment: "ec2", Resource: fact.ResourceMachine, Level: fact.LevelRequired,
			Amount: quantity("1 machine"), Printed: "One c5.large instance", Type: "c5.large", Each: true, Citation: page},
		{ID: "ei/container/heap/sufficient", Scope: ofRelease, Deployment: "container", Resource: fact.ResourceHeap, Level: fact.LevelSufficient,
			Amount: quantity("512 MB"), Printed: "~512 MB", Approximate: true, Of: "the container or pod", Note: "It varies.", Citation: page},
		{ID: "mi/centralized/cores/minimum", Scope: ofMI, Deployment: "centralized", Resource: fact.ResourceCores, Level: fact.LevelMinimum,
			Amount: quantity("2 cores"), Printed: "Minimum 2 core", Citation: page},
		{ID: "mi/centralized/memory/required", Scope: ofMI, Deployment: "centralized", Resource: fact.ResourceMemory, Level: fact.LevelRequired,
			Amount: quantity("2 GB"), Printed: "2 GB RAM", Citation: page},
		{ID: "mi/decentralized/cores/minimum", Scope: ofMI, Deployment: "decentralized", Resource: fact.ResourceCores, Level: fact.LevelMinimum,
			Amount: quantity("0.5 cores"), Printed: "0.5 cores per instance", Each: true, Citation: page},
		{ID: "mi/decentralized/cores/recommended", Scope: ofMI, Deployment: "decentralized", Resource: fact.ResourceCores, Level: fact.LevelRecommended,
			Amount: quantity("2 cores"), Printed: "2 cores per instance", Each: true, Citation: page},
		{ID: "odd/disk/required", Scope: onOdd, Deployment: "odd", Resource: fact.ResourceDisk, Level: fact.LevelRequired, Amount: quantity("10 GB"),
			Printed: hostile, Shares: []fact.Share{{Amount: quantity("10 GB"), For: hostile, Each: true}}, Type: hostile, Of: hostile, When: hostile, Note: hostile, Citation: bad},
	}
}

// ports has one of a platform, two of a product and one of a profile that stands
// for another. Two of them are 320 apart.
func ports(page, bad fact.Citation) []fact.Port {
	return []fact.Port{
		{ID: "carbon/https", Scope: onCarbon, Name: "https", Number: 9443, Protocol: "https", Purpose: "Console", File: "catalina-server.xml", Citation: page},
		{ID: "ei/http", Scope: ofEI, Name: "http", Number: 9763, Protocol: "http", Purpose: "Services", Citation: page},
		{ID: "ei/proxy", Scope: ofEI, Name: "proxy", Number: 8280, Purpose: "Proxy services", Citation: page},
		{ID: "ei/mi/proxy", Scope: ofProfile, Name: "proxy", Number: 8290, Offset: 10, Purpose: "Listener", Citation: page},
		{ID: "odd/port", Scope: onOdd, Name: hostile, Number: 1, Protocol: hostile, Purpose: hostile, File: hostile, Citation: bad},
	}
}

func notes(page, bad fact.Citation) []fact.Note {
	return []fact.Note{
		{ID: "carbon/user", Scope: onCarbon, Topic: "security", Title: "Run it unprivileged", Text: "As a user of its own.", Citation: page},
		{ID: "carbon/verify", Scope: onCarbon, Topic: "security", Title: "Verify host names", Text: "Set it.", Path: "bin/server.sh",
			Settings: []fact.Setting{{File: "bin/server.sh", Name: "ignore", Value: "false"}}, Citation: page},
		{ID: "ei/registry", Scope: ofProfile, Topic: "registry", Title: "The registry is a folder", Text: "Not a database.", Path: "<EI_HOME>/registry", Citation: page},
		{ID: "odd/note", Scope: onOdd, Topic: hostile, Title: hostile, Text: hostile, Path: hostile,
			Settings: []fact.Setting{{File: hostile, Name: hostile, Value: hostile}}, Citation: bad},
	}
}

// advisories has one of each scope. The first is the one that touches the main
// question with hostile texts.
func advisories(page, bad fact.Citation) []fact.Advisory {
	on := func(technology, version string) []fact.Target {
		return []fact.Target{{Technology: technology, Version: version}}
	}
	return []fact.Advisory{
		{ID: "everyone", Severity: fact.SeverityInfo, Title: "For all " + hostile, Text: hostile, Citation: bad, Applies: on("postgresql", "")},
		{ID: "for-mi", Severity: fact.SeverityWarning, Title: "Of MI", Text: "Only of MI.", Workaround: "None.", Scope: fact.Scope{Product: "mi"},
			Citation: page, Applies: on("corretto", "21")},
		{ID: "of-carbon", Severity: fact.SeverityWarning, Title: "Of Carbon", Text: "GZIP fails.", Workaround: "Turn it off.", Scope: onCarbon, Citation: page,
			Settings: []fact.Setting{{File: "catalina-server.xml", Name: "compression", Value: "false"}}, Applies: on("temurin", "8")},
		{ID: "of-profile", Severity: fact.SeverityError, Title: "Of the profile", Text: "None.", Scope: ofProfile, Citation: page, Applies: on("postgresql", "")},
		{ID: "of-release", Severity: fact.SeverityInfo, Title: "Of the release", Text: "Some.", Scope: ofRelease, Citation: page, Applies: on("almalinux", "")},
		{ID: "on-odd", Severity: fact.SeverityInfo, Title: hostile, Text: hostile, Workaround: hostile, Scope: onOdd, Citation: bad,
			Settings: []fact.Setting{{File: hostile, Value: hostile}, {File: hostile, Name: hostile, Value: hostile}}, Applies: on("almalinux", ">=9")},
	}
}
