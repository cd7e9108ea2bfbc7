package detect

import (
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// databaseFormats are those of files that configure databases, and those in which providers and
// their tools tell of databases that they run.
var databaseFormats = []format{
	{"terraform", "resource|module", "resource module data variable output provider terraform locals moved import", terraform},
	{"terraform", "engine engine_version instance_class|identifier", "instance_class identifier allocated_storage storage_type multi_az db_name username password port", engineKeys("engine", "engine_version", "")},
	{"aws", "Engine EngineVersion", "", engineKeys("Engine", "EngineVersion", "")},
	{"gcloud", "databaseVersion", "", engineKeys("databaseVersion", "databaseInstalledVersion", "_")},
	{"az", "type version", "", engineKeys("type", "version", "Microsoft.")},
	{"az", "type properties", "", engineKeys("type", "properties version", "Microsoft.")},
	{"deployment.toml", "database|datasource|user_store|super_admin", "[]", deployment},
	{"deployment.yaml", "dataSources", "wso2.* transports siddhi* state.* auth.* cluster.*", func(_ *document, e *entry) bool { return e.at("dataSources", "", "definition").first != nil }},
	{"datasource", "url|jdbcUrl driver|driverClassName|username", "driver driverClassName username password type validationQuery pool_options* defaultAutoCommit maxActive maxWait", source},
}

// engineKeys is a format of databases that names what runs under one key and its version
// under a path of keys. The name has to hold a sign of the provider.
func engineKeys(engine, version, sign string) func(*document, *entry) bool {
	path := strings.Fields(version)
	return func(d *document, e *entry) bool {
		name := e.at(engine)
		return strings.Contains(name.value, sign) && d.engine(name, e.at(path...))
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
			d.miss(d.text(engine), "detect.database.service")
		case !d.engine(engine, one.at("engine_version")):
			d.miss(d.text(engine), unknown)
		}
	}
	return known
}

// engineNumber is the version of the database in what a provider calls its build: "19.0.0.0" of
// "19.0.0.0.ru-2023-10.rur-2023-10.r1", "16_4" of "POSTGRES_16_4".
var engineNumber = str.Regexp(`(?:^|[._])(\d[^._]*(?:[._]\d[^._]*)*)`)

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
		d.unread(d.text(name), variableValue, name.key)
		return true
	case marked == nil || name.value != strings.ToLower(name.value) && !strings.ContainsAny(name.value, "_/"): // "MySQL" is of others
		return false
	}
	text := d.text(name)
	if version.key != "" {
		text += " " + d.text(version)
		number = d.version(version)
	}
	if found := engineNumber().FindStringSubmatch(number); found == nil || marked[0].Derived != nil {
		number = ""
	} else {
		number = strings.ReplaceAll(found[1], "_", ".")
	}
	d.found(d.from, marked, number, text)
	return true
}

// source reports whether an object is a data source; its URL is read as every one is.
func source(_ *document, e *entry) bool {
	return strings.HasPrefix(e.at("url").value+e.at("jdbcUrl").value, "jdbc:")
}

// deployment reads deployment.toml, all of whose sections are its own: databases without a URL
// by their type, if their host is not one of a provider.
func deployment(d *document, e *entry) bool {
	known := false
	for one := e.first; one != nil && e == d.root; one = one.next {
		known = known || one.section
		for source := one.first; source != nil && one.section && one.key == "database" && !d.full(); source = source.next {
			kind := source.at("type")
			if kind.value == "" || strings.Contains(source.at("url").value, "jdbc:") || isLocal(kind) {
				continue
			}
			text, c := d.text(kind), d.m.Resolve(compat.Asked{Kind: "dbms", Text: kind.value})
			if c.Technology == nil || c.Reason != "" {
				d.miss(text, unknown)
			} else if marked, ok := d.hosted([]*compat.Technology{c.Technology}, source.at("hostname").value, text); ok {
				d.found(d.from, marked, "", text)
			}
		}
	}
	return known
}

// isLocal reports whether an entry is of the embedded database in which every Carbon
// server keeps what is its alone, whatever database its data are in.
func isLocal(e *entry) bool {
	name := strings.ReplaceAll(strings.ToUpper(e.value), "_", "")
	return strings.Contains(name, "JDBC:H2:") && strings.Contains(name, "WSO2CARBONDB") || e.in.key == "local" || e.in.key == "carbon_db"
}
