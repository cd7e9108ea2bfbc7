package detect

import (
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// carbonFormats are files that configure the databases of a product: deployment.toml, and
// the data sources of others.
var carbonFormats = []format{
	{"deployment.toml", []string{"database"}, []string{"[]"}, deployment},
	{"deployment.toml", []string{"datasource"}, []string{"[]"}, deployment},
	{"deployment.toml", []string{"user_store"}, []string{"[]"}, deployment},
	{"deployment.toml", []string{"super_admin"}, []string{"[]"}, deployment},
	{"datasource", []string{"url", "driver"}, sourceKeys, source},
	{"datasource", []string{"url", "driverClassName"}, sourceKeys, source},
	{"datasource", []string{"url", "username"}, sourceKeys, source},
	{"deployment.yaml", []string{"dataSources"}, []string{"wso2.*", "transports", "siddhi*", "state.*", "auth.*", "cluster.*"}, func(_ *document, e *entry) bool { return e.at("dataSources", "", "definition").first != nil }},
	{"datasource", []string{"jdbcUrl"}, append([]string{"jdbcUrl"}, sourceKeys...), func(_ *document, e *entry) bool { return strings.HasPrefix(e.at("jdbcUrl").value, "jdbc:") }},
}

var sourceKeys = []string{"driver", "driverClassName", "username", "password", "type", "validationQuery", "pool_options*", "defaultAutoCommit", "maxActive", "maxWait"}

// source reports whether an object is a data source; its URL is read as every one is.
func source(_ *document, e *entry) bool { return strings.HasPrefix(e.at("url").value, "jdbc:") }

// deployment reads deployment.toml: databases without a URL by their type. All of its
// sections are its own.
func deployment(d *document, e *entry) bool {
	known := false
	for one := e.first; one != nil; one = one.next {
		if !one.section {
			continue
		}
		known = true
		for source := one.first; source != nil && one.key == "database"; source = source.next {
			if kind := source.at("type"); kind.value != "" && !strings.Contains(source.at("url").value, "jdbc:") && !isLocal(kind) {
				d.typed(kind, source.at("hostname"))
			}
		}
	}
	return known && e == d.root
}

// typed records a database by its type, if its host is not one of a provider.
func (d *document) typed(kind, host *entry) {
	if d.full() {
		return
	}
	c := d.m.Resolve(compat.Asked{Kind: "dbms", Text: kind.value})
	if c.Technology == nil || c.Reason != "" {
		d.miss(d.text(kind), unknown)
		return
	}
	marked := []*compat.Technology{c.Technology}
	hosts := d.m.MarkedWithin(fact.InJDBCHost, host.value)
	if hosted := d.sameFamily(hosts, marked); hosted != nil {
		marked = hosted
	} else if hosts != nil || d.m.MarkedWithin(fact.InStranger, host.value) != nil {
		d.stranger(c.Technology, d.text(kind), "its host is a provider's, of which is not known what it runs, and may be another thing than %s", c.Technology.Name)
		return
	}
	d.found(d.from, marked, "", d.text(kind))
}

// isLocal reports whether an entry is of the embedded database in which every Carbon
// server keeps what is its alone, whatever database its data are in.
func isLocal(e *entry) bool {
	if strings.Contains(strings.ReplaceAll(strings.ToUpper(e.value), "_", ""), "JDBC:H2:") && strings.Contains(strings.ReplaceAll(strings.ToUpper(e.value), "_", ""), "WSO2CARBONDB") {
		return true
	}
	return e.in.key == "local" || e.in.key == "carbon_db"
}
