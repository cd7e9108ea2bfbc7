package page

import (
	"sort"
	"strings"
)

// technologyNames are the names by which pages print technologies, in lower case,
// with the kind of each. They tell what an item is where its surroundings do not,
// and what a sentence speaks of.
var technologyNames = map[string][]string{
	kindOS: {
		"windows", "windows server", "microsoft windows", "ubuntu", "ubunto", "ubuntu server", "ubuntu server lts", "red hat enterprise linux",
		"redhat enterprise linux", "redhat", "rhel", "red hat", "centos", "centos stream", "rocky linux", "almalinux", "oracle linux", "amazon linux",
		"fedora", "debian", "suse linux", "suse", "suse linux enterprise server", "sles", "opensuse", "opensuse tumbleweed", "macos", "mac os", "mac os x",
		"os x", "aix", "ibm aix", "solaris", "alpine linux", "alpine", "hp-ux", "freebsd", "linux",
	},
	kindJDK: {
		"jdk", "jre", "java", "openjdk", "open jdk", "oracle jdk", "oracle java", "correttojdk", "corretto", "amazon corretto", "adoptopenjdk", "temurin",
		"temurin openjdk", "eclipse temurin", "azul zulu", "zulu", "graalvm", "graalvm jdk", "ibm jdk", "ibm java", "liberica", "semeru", "red hat openjdk",
		"microsoft build of openjdk", "java se development kit (jdk)", "oracle java se development kit (jdk)", "java runtime environment (jre)", "java se",
		"java se development kit", "java runtime environment",
	},
	kindDBMS: {
		"mysql", "mariadb", "maria db", "postgresql", "postgres", "oracle", "oracle database", "oracle rac", "microsoft sql server", "ms sql server",
		"sql server", "sqlserver", "ms sql", "mssql", "db2", "ibm db2", "h2", "embedded h2", "cassandra", "mongodb", "sybase", "informix", "derby", "hsqldb", "aurora",
		"amazon aurora", "redis", "rdbms",
	},
	kindBrowser: {
		"chrome", "google chrome", "chromium", "firefox", "mozilla firefox", "edge", "ms edge", "microsoft edge", "safari", "opera", "internet explorer", "brave",
	},
	kindDirectory: {
		"openldap", "open ldap", "apache ds", "apacheds", "active directory", "microsoft active directory", "microsoft active directory windows", "ldap",
		"custom user stores", "custom userstores", "opendj", "389 directory server", "novell edirectory",
	},
	kindBroker: {
		"activemq", "activemq classic", "apache activemq", "apache activemq jms provider", "activemq artemis", "rabbitmq", "kafka", "apache kafka", "apache qpid", "ibm mq", "solace", "nats", "hornetq",
	},
	kindArch: {
		"arm", "arm64", "aarch64", "armv8", "armv9", "apple silicon", "arm processors", "arm-based linux distributions", "x86_64", "x86-64", "x64", "amd64", "s390x", "ppc64le", "m1", "m2", "m3", "m4",
	},
	kindKubernetes: {
		"kubernetes", "openshift", "eks", "gke", "aks", "minikube", "rancher", "rancher enterprise", "kind", "k3s", "helm", "kubectl",
	},
}

// vague are names that are of another kind when the surroundings say so.
var vague = map[string]bool{"oracle": true, "kind": true, "edge": true, "redis": true, "aurora": true, "derby": true, "rdbms": true, "red hat": true, "ldap": true, "linux": true}

// technologies finds the kind of a name, and names longest first by their first
// word.
var technologies, byFirstWord = func() (map[string]string, map[string][]string) {
	kinds, first := map[string]string{}, map[string][]string{}
	for kind, names := range technologyNames {
		for _, n := range names {
			kinds[n] = kind
			w, _, _ := strings.Cut(n, " ")
			first[w] = append(first[w], n)
		}
	}
	for _, names := range first {
		sort.Slice(names, func(i, j int) bool { return len(names[i]) > len(names[j]) })
	}
	return kinds, first
}()

// word finds where a name may begin.
var word = compiled(`[\p{L}\d][\p{L}\d_.+-]*`)

// nameAt gives the name that a text has at an offset, its kind and where it ends.
func nameAt(lower string, at int) (name, kind string, end int) {
	w := word.FindString(lower[at:])
	for _, first := range []string{w, strings.TrimRight(w, ".")} {
		for _, n := range byFirstWord[first] {
			end := at + len(n)
			if strings.HasPrefix(lower[at:], n) && (end == len(lower) || !isLetter(lower[end])) {
				return n, technologies[n], end
			}
		}
	}
	return "", "", at
}

func isLetter(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c >= 0x80
}

// surety says how sure the kind of a name is.
type surety int

const (
	unknownName surety = iota
	partly             // a technology is part of the name
	vaguely            // the name may be of another kind
	exactly            // the name is that of a technology
)

// technologyKind gives the kind of a printed name, and how sure it is.
func technologyKind(name string) (kind string, sure surety) {
	lower := strings.ToLower(strings.Trim(name, " *"))
	if k, ok := technologies[lower]; ok {
		if vague[lower] {
			return k, vaguely
		}
		return k, exactly
	}
	best := ""
	for _, at := range word.FindAllStringIndex(lower, 20) {
		if n, k, _ := nameAt(lower, at[0]); k != "" && (best == "" || vague[best] == vague[n] && len(n) > len(best) || vague[best] && !vague[n]) {
			kind, sure, best = k, partly, n
		}
	}
	return kind, sure
}

// named reports whether a label is the name of a technology, or begins with one.
func named(label string) bool {
	_, kind, _ := nameAt(strings.ToLower(label), 0)
	return kind != ""
}

// processors are the names of processors, which stand where a version would.
var processors = compiled(`(?i)^(?:x86_64|x86-64|amd64|x64|arm|arm64|aarch64(?: \(arm\))?|armv\d+|m[1-9]|s390x|ppc64le|intel|apple silicon)$`)
