package detect

import (
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// cloudFormats are those in which providers and their tools tell of databases that they
// run.
var cloudFormats = []format{
	{"terraform", []string{"resource"}, hclBlocks, terraform},
	{"terraform", []string{"module"}, hclBlocks, terraform},
	{"terraform", []string{"engine", "engine_version"}, []string{"instance_class", "identifier", "allocated_storage"}, engineKeys("engine", "engine_version")},
	{"cloud", []string{"Engine", "EngineVersion"}, nil, engineKeys("Engine", "EngineVersion")},
	{"cloud", []string{"databaseVersion"}, nil, engineKeys("databaseVersion", "databaseInstalledVersion")},
	{"cloud", []string{"type", "version"}, nil, engineKeys("type", "version")},
	{"cloud", []string{"type", "properties"}, nil, func(d *document, e *entry) bool { return d.engine(e.at("type"), e.at("properties", "version")) }},
}

var hclBlocks = []string{"resource", "module", "data", "variable", "output", "provider", "terraform", "locals", "moved", "import"}

// engineKeys is a format of databases that names what runs under one key and its version
// under another.
func engineKeys(engine, version string) func(*document, *entry) bool {
	return func(d *document, e *entry) bool { return d.engine(e.at(engine), e.at(version)) }
}

// terraform reads the databases among the resources and modules of Terraform.
func terraform(d *document, e *entry) bool {
	known := false
	for one := e.first; one != nil; one = one.next {
		if !one.bracketed || one.key != "resource" && one.key != "module" || one.value == "" {
			continue
		}
		known = true
		resource, _, _ := strings.Cut(one.value, " ")
		version := one.at("version")
		switch engine := one.at("engine"); {
		case d.m.Marked(fact.InEngine, resource) != nil:
			d.engine(&entry{value: resource, line: one.line, literal: true}, version)
		case engine.key != "":
			d.engine(engine, one.at("engine_version"))
		default:
			d.engine(one.at("database_version"), &entry{})
		}
	}
	return known
}

// engine records what a provider runs, by the name it calls it, which may hold the
// version: "postgres", "POSTGRES_15", "Microsoft.DBforMySQL/flexibleServers". What it
// makes itself has versions of its own, and is told without one.
func (d *document) engine(name, version *entry) bool {
	marked, number := d.m.Marked(fact.InEngine, name.value), ""
	if marked == nil {
		var pattern string
		pattern, number = str.Numbered(name.value)
		if marked = d.m.Marked(fact.InEngine, pattern); marked == nil { // "MYSQL_8_0_36"
			number, marked = d.m.MarkedPrefix(fact.InEngine, name.value)
		}
	}
	switch {
	case name.value == "":
		return false
	case name.isVariable():
		d.unread(d.text(name), "the value of %s is a variable", name.key)
		return true
	case marked == nil || strings.Trim(number, "_.0123456789") != "":
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
