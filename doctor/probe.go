package doctor

// probe is where a fact of one kind is looked for.
type probe struct {
	kind    string
	sources []source
	// first ends the search at the first source that can be read; else all are
	// read, and what they tell is weighed together.
	first bool
}

// The kinds that a machine can tell of.
const (
	kindOS   = "os"
	kindArch = "arch"
	kindJDK  = "jdk"
	kindDBMS = "dbms"
)

// currentVersion is where the registry of Windows tells what it is, the same in every language.
const currentVersion = `HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion`

// systems says where an operating system tells what it is, by its name in Go.
var systems = map[string][]probe{
	"linux": {
		{kind: kindOS, first: true, sources: []source{{file: "/etc/os-release"}, {file: "/usr/lib/os-release"}, {file: "/etc/redhat-release"}}},
		{kind: kindArch, sources: []source{{command: []string{"uname", "-m"}}}},
	},
	"darwin": {
		{kind: kindOS, sources: []source{{command: []string{"sw_vers"}}}},
		{kind: kindArch, sources: []source{{command: []string{"uname", "-m"}}}},
	},
	"windows": {
		{kind: kindOS, sources: []source{{command: []string{"reg", "query", currentVersion}}}},
		// The first is set where a 32-bit program runs on a 64-bit system.
		{kind: kindArch, first: true, sources: []source{{variable: "PROCESSOR_ARCHITEW6432"}, {variable: "PROCESSOR_ARCHITECTURE"}}},
	},
}

// anySystem is for those that are not in the table: the host is not named.
var anySystem = []probe{
	{kind: kindOS, sources: []source{{command: []string{"uname", "-srm"}}}},
	{kind: kindArch, sources: []source{{command: []string{"uname", "-srm"}}}},
}

// probesOf gives the probes for a machine.
func probesOf(on Machine) []probe {
	probes, ok := systems[on.System()]
	if !ok {
		probes = anySystem
	}
	return append([]probe{{kind: kindJDK, sources: java(on.Getenv("JAVA_HOME"))}}, probes...)
}

// java says where Java tells what it is: the one of $JAVA_HOME, with which products start, else of $PATH.
func java(home string) []source {
	if home == "" {
		return []source{{command: []string{"java", "-version"}}}
	}
	return []source{{file: home + "/release"}, {command: []string{home + "/bin/java", "-version"}}}
}
