package api_test

import "github.com/testedon/testedon/compat"

// quantity reads an amount that is sound.
func quantity(text string) compat.Quantity {
	q, err := compat.ParseQuantity(text, "")
	if err != nil {
		panic(err)
	}
	return q
}

// The scopes of the statements below.
var (
	onCarbon  = compat.Scope{Platform: "carbon"}
	ofEI      = compat.Scope{Product: "ei"}
	ofRelease = compat.Scope{Product: "ei", Release: "6.3.0"}
	ofProfile = compat.Scope{Product: "ei", Release: "6.3.0", Profile: "micro-integrator"}
	ofMI      = compat.Scope{Product: "mi", Release: "4.4.0"}
	onOdd     = compat.Scope{Platform: "odd"}
)

// requirements has every resource and level, a range, a rule by shares with the
// document's example, one for each instance, and one without any.
func requirements(page, bad compat.Citation) []compat.Requirement {
	shares := []compat.Share{{Amount: quantity("2 GB"), For: "the operating system"}, {Amount: quantity("2 GB"), For: "each JVM", Each: true}}
	return []compat.Requirement{
		{ID: "carbon/physical/memory/required", Scope: onCarbon, Deployment: "physical", Resource: compat.ResourceMemory, Level: compat.LevelRequired,
			Amount: quantity("4 GB"), Printed: "4 GB RAM", Shares: shares, Citation: page},
		{ID: "carbon/physical/memory/3", Scope: onCarbon, Deployment: "physical", Resource: compat.ResourceMemory, Level: compat.LevelRequired,
			Amount: quantity("8 GB"), Printed: "three instances require 8 GB RAM", Instances: 3, Citation: page},
		{ID: "carbon/physical/clock/minimum", Scope: onCarbon, Deployment: "physical", Resource: compat.ResourceClock, Level: compat.LevelMinimum,
			Amount: quantity("1.0-1.2 GHz"), Printed: "1.0-1.2 GHz", Citation: page},
		{ID: "carbon/physical/clock/3", Scope: onCarbon, Deployment: "physical", Resource: compat.ResourceClock, Level: compat.LevelMinimum,
			Amount: quantity("4 GHz"), Printed: "4 GHz CPU", Instances: 3, Citation: page},
		{ID: "carbon/physical/cores/recommended", Scope: onCarbon, Deployment: "physical", Resource: compat.ResourceCores, Level: compat.LevelRecommended,
			Amount: quantity("4 cores"), Printed: "4 Cores", When: "high concurrencies", Citation: page},
		{ID: "carbon/ec2/machine/required", Scope: onCarbon, Deployment: "ec2", Resource: compat.ResourceMachine, Level: compat.LevelRequired,
			Amount: quantity("1 machine"), Printed: "One c5.large instance", Type: "c5.large", Each: true, Citation: page},
		{ID: "ei/container/heap/sufficient", Scope: ofRelease, Deployment: "container", Resource: compat.ResourceHeap, Level: compat.LevelSufficient,
			Amount: quantity("512 MB"), Printed: "~512 MB", Approximate: true, Of: "the container or pod", Note: "It varies.", Citation: page},
		{ID: "mi/centralized/cores/minimum", Scope: ofMI, Deployment: "centralized", Resource: compat.ResourceCores, Level: compat.LevelMinimum,
			Amount: quantity("2 cores"), Printed: "Minimum 2 core", Citation: page},
		{ID: "mi/centralized/memory/required", Scope: ofMI, Deployment: "centralized", Resource: compat.ResourceMemory, Level: compat.LevelRequired,
			Amount: quantity("2 GB"), Printed: "2 GB RAM", Citation: page},
		{ID: "mi/decentralized/cores/minimum", Scope: ofMI, Deployment: "decentralized", Resource: compat.ResourceCores, Level: compat.LevelMinimum,
			Amount: quantity("0.5 cores"), Printed: "0.5 cores per instance", Each: true, Citation: page},
		{ID: "mi/decentralized/cores/recommended", Scope: ofMI, Deployment: "decentralized", Resource: compat.ResourceCores, Level: compat.LevelRecommended,
			Amount: quantity("2 cores"), Printed: "2 cores per instance", Each: true, Citation: page},
		{ID: "odd/disk/required", Scope: onOdd, Deployment: "odd", Resource: compat.ResourceDisk, Level: compat.LevelRequired, Amount: quantity("10 GB"),
			Printed: hostile, Shares: []compat.Share{{Amount: quantity("10 GB"), For: hostile, Each: true}}, Type: hostile, Of: hostile, When: hostile, Note: hostile, Citation: bad},
	}
}

// ports has one of a platform, two of a product and one of a profile that stands
// for another. Two of them are 320 apart.
func ports(page, bad compat.Citation) []compat.Port {
	return []compat.Port{
		{ID: "carbon/https", Scope: onCarbon, Name: "https", Number: 9443, Protocol: "https", Purpose: "Console", File: "catalina-server.xml", Citation: page},
		{ID: "ei/http", Scope: ofEI, Name: "http", Number: 9763, Protocol: "http", Purpose: "Services", Citation: page},
		{ID: "ei/proxy", Scope: ofEI, Name: "proxy", Number: 8280, Purpose: "Proxy services", Citation: page},
		{ID: "ei/mi/proxy", Scope: ofProfile, Name: "proxy", Number: 8290, Offset: 10, Purpose: "Listener", Citation: page},
		{ID: "odd/port", Scope: onOdd, Name: hostile, Number: 1, Protocol: hostile, Purpose: hostile, File: hostile, Citation: bad},
	}
}

func notes(page, bad compat.Citation) []compat.Note {
	return []compat.Note{
		{ID: "carbon/user", Scope: onCarbon, Topic: "security", Title: "Run it unprivileged", Text: "As a user of its own.", Citation: page},
		{ID: "carbon/verify", Scope: onCarbon, Topic: "security", Title: "Verify host names", Text: "Set it.", Path: "bin/server.sh",
			Settings: []compat.Setting{{File: "bin/server.sh", Name: "ignore", Value: "false"}}, Citation: page},
		{ID: "ei/registry", Scope: ofProfile, Topic: "registry", Title: "The registry is a folder", Text: "Not a database.", Path: "<EI_HOME>/registry", Citation: page},
		{ID: "odd/note", Scope: onOdd, Topic: hostile, Title: hostile, Text: hostile, Path: hostile,
			Settings: []compat.Setting{{File: hostile, Name: hostile, Value: hostile}}, Citation: bad},
	}
}

// advisories has one of each scope. The first is the one that touches the main
// question with hostile texts.
func advisories(page, bad compat.Citation) []compat.Advisory {
	on := func(technology, version string) []compat.Target {
		return []compat.Target{{Technology: technology, Version: version}}
	}
	return []compat.Advisory{
		{ID: "everyone", Severity: compat.SeverityInfo, Title: "For all " + hostile, Text: hostile, Citation: bad, Applies: on("postgresql", "")},
		{ID: "for-mi", Severity: compat.SeverityWarning, Title: "Of MI", Text: "Only of MI.", Workaround: "None.", Scope: compat.Scope{Product: "mi"},
			Citation: page, Applies: on("corretto", "21")},
		{ID: "of-carbon", Severity: compat.SeverityWarning, Title: "Of Carbon", Text: "GZIP fails.", Workaround: "Turn it off.", Scope: onCarbon, Citation: page,
			Settings: []compat.Setting{{File: "catalina-server.xml", Name: "compression", Value: "false"}}, Applies: on("temurin", "8")},
		{ID: "of-profile", Severity: compat.SeverityError, Title: "Of the profile", Text: "None.", Scope: ofProfile, Citation: page, Applies: on("postgresql", "")},
		{ID: "of-release", Severity: compat.SeverityInfo, Title: "Of the release", Text: "Some.", Scope: ofRelease, Citation: page, Applies: on("almalinux", "")},
		{ID: "on-odd", Severity: compat.SeverityInfo, Title: hostile, Text: hostile, Workaround: hostile, Scope: onOdd, Citation: bad,
			Settings: []compat.Setting{{File: hostile, Value: hostile}, {File: hostile, Name: hostile, Value: hostile}}, Applies: on("almalinux", ">=9")},
	}
}
