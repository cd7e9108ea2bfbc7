package detect

import (
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// cloudFormats are those in which providers and their tools tell of databases that they
// run.
var cloudFormats = []format{
	{"terraform", []string{"resource"}, hclBlocks, terraform},
	{"terraform", []string{"module"}, hclBlocks, terraform},
	{"terraform", []string{"engine", "engine_version", "instance_class"}, awsKeys, engineKeys("engine", "engine_version", "")},
	{"terraform", []string{"engine", "engine_version", "identifier"}, awsKeys, engineKeys("engine", "engine_version", "")},
	{"aws", []string{"Engine", "EngineVersion"}, nil, engineKeys("Engine", "EngineVersion", "")},
	{"cloudformation", []string{"Resources"}, []string{"AWSTemplateFormatVersion", "Description", "Parameters", "Outputs", "Mappings", "Conditions", "Metadata", "Transform"}, cloudFormation},
	{"gcloud", []string{"databaseVersion"}, nil, engineKeys("databaseVersion", "databaseInstalledVersion", "_")},
	{"az", []string{"type", "version"}, nil, engineKeys("type", "version", "Microsoft.")},
	{"az", []string{"type", "properties"}, nil, func(d *document, e *entry) bool {
		return strings.HasPrefix(e.at("type").value, "Microsoft.") && d.engine(e.at("type"), e.at("properties", "version"))
	}},
}

var (
	hclBlocks = []string{"resource", "module", "data", "variable", "output", "provider", "terraform", "locals", "moved", "import"}
	awsKeys   = []string{"instance_class", "identifier", "allocated_storage", "storage_type", "multi_az", "db_name", "username", "password", "port"}
)

// engineKeys is a format of databases that names what runs under one key and its version
// under another. The name has to hold a sign of the provider.
func engineKeys(engine, version, sign string) func(*document, *entry) bool {
	return func(d *document, e *entry) bool {
		name := e.at(engine)
		return strings.Contains(name.value, sign) && d.engine(name, e.at(version))
	}
}

// terraform reads the databases among the resources and modules of Terraform.
func terraform(d *document, e *entry) bool {
	known := false
	for one := e.first; one != nil; one = one.next {
		if !one.bracketed || one.key != "resource" && one.key != "module" || one.value == "" {
			continue
		}
		known = true
		of, _, _ := strings.Cut(one.value, " ")
		if one.key == "module" {
			of = one.at("source").value
		}
		switch engine := one.at("engine"); {
		case one.key == "resource" && d.m.Marked(fact.InEngine, of) != nil:
			d.engine(&entry{value: of, line: one.line, literal: true}, one.at("version"))
		case engine.value == "":
			d.engine(one.at("database_version"), &entry{})
		case !slices.ContainsFunc([]string{"aws", "rds", "aurora"}, func(sign string) bool { return strings.Contains(of, sign) }):
			d.miss(d.text(engine), "whose service it is is not known")
		case !d.engine(engine, one.at("engine_version")):
			d.miss(d.text(engine), unknown)
		}
	}
	return known
}

// cloudFormation reads the databases among the resources of CloudFormation.
func cloudFormation(d *document, e *entry) bool {
	known := false
	for one := e.at("Resources").first; one != nil; one = one.next {
		known = known || strings.HasPrefix(one.at("Type").value, "AWS::")
		d.engine(one.at("Properties", "Engine"), one.at("Properties", "EngineVersion"))
	}
	return known
}

// engine records what a provider runs, by the name it calls it, which may hold the
// version: "postgres", "POSTGRES_15", "Microsoft.DBforMySQL/flexibleServers". What it
// makes itself has versions of its own, and is told without one.
func (d *document) engine(name, version *entry) bool {
	if name.value == "" || d.full() {
		return false
	}
	marked, number := d.m.Marked(fact.InEngine, name.value), ""
	if pattern, n := str.Numbered(name.value); marked == nil && n != "" {
		marked, number = d.m.Marked(fact.InEngine, pattern), name.value
	}
	switch {
	case name.isVariable():
		d.unread(d.text(name), "the value of %s is a variable", name.key)
		return true
	case marked == nil || name.value != strings.ToLower(name.value) && !strings.ContainsAny(name.value, "_/"): // "MySQL" is of others
		return false
	}
	text := d.text(name)
	if version.key != "" {
		text += " " + d.text(version)
		number = d.version(version)
	}
	if marked[0].Derived != nil {
		number = ""
	}
	d.found(d.from, marked, engineVersion(number), text)
	return true
}

// engineVersion gives the version of the database in what a provider calls its build:
// "19.0.0.0" of "19.0.0.0.ru-2023-10.rur-2023-10.r1", "16.4" of "POSTGRES_16_4".
func engineVersion(text string) string {
	var numbers []string
	for _, part := range strings.FieldsFunc(text, func(c rune) bool { return c == '.' || c == '_' }) {
		if !str.IsDigit(part[0]) && len(numbers) > 0 {
			break
		} else if str.IsDigit(part[0]) {
			numbers = append(numbers, part)
		}
	}
	return strings.Join(numbers, ".")
}
