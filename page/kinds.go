package page

import (
	"slices"
	"strings"
)

// The kinds a statement may have.
const (
	kindOS              = "os"
	kindJDK             = "jdk"
	kindDBMS            = "dbms"
	kindBrowser         = "browser"
	kindDirectory       = "directory"
	kindBroker          = "broker"
	kindArch            = "arch"
	kindKubernetes      = "kubernetes"
	kindProduct         = "product"
	kindRequirement     = "requirement"
	kindIncompatibility = "incompatibility"
)

// Kinds are those that pages have words for. A name may be of others.
var Kinds = []string{
	kindIncompatibility, kindRequirement, kindOS, kindJDK, kindDBMS, kindBrowser, kindDirectory, kindBroker, kindKubernetes, kindArch, kindProduct,
}

// kindWords are the phrases by which headings, heads of tables and sentences say what they speak of.
var kindWords = lexiconOf([]entry{
	{kindIncompatibility, `known incompatibilit*`, ``},
	{kindRequirement, `
system|hardware|resource|memory|storage requirement*
hardware|sizing|capacity`, ``},
	{kindOS, `
operating system*
os|oses|oss
linux distributions`, ``},
	{kindJDK, `
jdk|jdks|java distribution*
java development kit
java virtual machine*
java se|runtime|version|versions|environment*
java|jdk|jdks|jre|jres|jvm|jvms`, ``},
	{kindDBMS, `
database management system*
dbms*|rdbms*|database|databases|datastore*
db type*
data store*`, ``},
	{kindBrowser, `
web? browser|browsers`, ``},
	{kindDirectory, `
directory server*|service*
ldap|ldaps|directory|directories|userstore*
user store*`, ``},
	{kindBroker, `
message|jms? broker|brokers
jms provider*
messaging system*
messaging
message queue*`, ``},
	{kindKubernetes, `
kubernetes distribution*|service*
kubernetes|k8s|helm
container platform*|orchestration`, ``},
	{kindArch, `
arm|cpu|processor? architecture|architectures
arm compatibility`, ``},
	{kindProduct, `
product version*
base? product|products
key manager*
required|software? application|applications
package manager*
component|components|distribution|distributions|dependenc*|tool|tools`, ``},
})

// kindsOf gives the kinds that a text speaks of, in the order of the words.
func kindsOf(text string) []string {
	var kinds []string
	for _, f := range kindWords.in(spokenIn(text), false, 50) {
		kinds = addKind(kinds, f.meaning)
	}
	return kinds
}

func addKind(kinds []string, kind string) []string {
	if slices.Contains(kinds, kind) {
		return kinds
	}
	return append(kinds, kind)
}

// isKindLabel reports whether a short text names a kind and little else: "JDK
// Version", "Supported Operating Systems", "User store". It gives the kinds.
func isKindLabel(text string) ([]string, bool) {
	kinds := kindsOf(text)
	if len(kinds) == 0 {
		return nil, false
	}
	rest := kindWords.without(text)
	rest = labelFillers().ReplaceAllString(rest, " ")
	return kinds, strings.Trim(rest, " \n\t/,&*:.()-+") == ""
}

// labelFillers are words that stand beside the name of a kind in a label.
var labelFillers = compiled(`(?i)\b(?:supported|tested|compatible|recommended|required|minimum|maximum|min|max|certified|versions?|releases?|types?|names?|and|or|the|base|vendors?|servers?|development kit|se|requirements?|software|applications?|mandatory|complianc[ey]|compatibility|range|support)\b`)
