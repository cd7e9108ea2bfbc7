package detect

import (
	"cmp"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// javaSystem records the system and the architecture as Java tells them: os.name,
// os.version, os.arch. The version of Linux is that of its kernel, the one of Windows tells
// less than its name, and 10.16 is what a Java of its time prints of every later macOS.
func (p *page) javaSystem(from, name, version, arch, line string) {
	if rest, marked := p.m.MarkedPrefix(fact.InOSName, name); marked != nil && rest != "" && version == "" {
		p.system(from, marked, strings.TrimSpace(rest), line)
		name = ""
	}
	switch system := p.m.Marked(fact.InOSName, name); {
	case strings.HasPrefix(strings.ToLower(name), "windows "):
		p.windows(from, "Microsoft "+name, "", line)
	case system != nil:
		p.found(from, system, strings.TrimPrefix(version, "10.16"), line)
	case name != "" && !strings.EqualFold(name, "linux"):
		if !strings.EqualFold(name, "aix") { // that of SunOS is not the one of Solaris
			version = ""
		}
		p.found(from, p.m.Marked(fact.InUname, name), version, line)
	}
	if arch == "" {
		return
	}
	if marked := p.m.Marked(fact.InMachine, arch); marked != nil {
		p.found(from, marked, "", line)
	} else {
		p.miss(line, noMachine)
	}
}

// systemWords parts "Windows Server 2019 10.0 amd64" into the three that Java tells.
func (p *page) systemWords(text string) (name, version, arch string) {
	words := strings.Fields(text)
	if n := len(words) - 1; n > 0 && p.m.Marked(fact.InMachine, words[n]) != nil {
		words, arch = words[:n], words[n]
	}
	if n := len(words) - 1; n > 0 && str.IsDigit(words[n][0]) && strings.Contains(words[n], ".") {
		words, version = words[:n], words[n]
	}
	return strings.Join(words, " "), version, arch
}

// property reads "java.vendor = Amazon.com Inc.", as `java -XshowSettings` prints it, with
// "=", ":" or a tab alone as other tools do, and with the escapes of jcmd.
func property(line string) (pair, bool) {
	if line == "" || line[0] < 'a' || line[0] > 'z' || strings.Contains(line, "jdbc:") {
		return pair{}, false
	}
	i := strings.IndexAny(line[:min(len(line), maxLabel)], " =:\t")
	if i < 0 || strings.IndexByte(line[:i], '.') < 0 {
		return pair{}, false
	}
	rest := strings.TrimLeft(line[i:], " ")
	if rest == "" || strings.IndexByte("=:\t", rest[0]) < 0 {
		return pair{}, false
	}
	return pair{line[:i], strings.ReplaceAll(strings.TrimSpace(rest[1:]), `\`, ""), line}, true
}

// properties reads the system properties of Java. The values of some are lists, whose
// further lines are paths.
func properties(p *page, i int) int {
	var first bool
	n := p.block(i, func(line string) (pair, bool) {
		read, ok := property(line)
		path := first && (strings.HasPrefix(line, "/") || strings.Contains(line, `:\`))
		first = first || ok
		return read, ok || path
	}, false, systemProperties)
	for j := i; j < i+n; j++ { // those of a program are not of Java
		root, _, _ := strings.Cut(p.lines[j], ".")
		if pair, ok := property(p.lines[j]); ok && !slices.Contains(javaRoots, root) && p.matters(pair.value) {
			p.left = append(p.left, j)
		}
	}
	return n
}

// javaRoots begin the names of the properties of Java itself.
var javaRoots = []string{"java", "jdk", "os", "sun", "user", "file", "awt", "path", "line", "native", "http", "https", "ftp", "socksNonProxyHosts"}

// systemProperties reads the properties that tell of Java and of the system.
func systemProperties(p *page, b block) bool {
	j := runtime{from: "system-properties", version: b.get("java.version"), vendor: cmp.Or(b.get("java.vendor"), b.get("java.vm.vendor")), build: b.get("java.vendor.version")}
	if names := strings.TrimSpace(b.values("java.runtime.name", "java.vm.name")); names != "" {
		j.heads = []string{names}
	}
	system, arch := b.get("os.name"), b.get("os.arch")
	if j.vendor == "" && j.heads == nil && system == "" {
		return false
	}
	if j.version != "" {
		j.text = b.lines("java.version", "java.vendor", "java.vendor.version")
		p.java(j)
	}
	if system+arch != "" {
		p.javaSystem(j.from, system, b.get("os.version"), arch, b.lines("os.name", "os.version", "os.arch"))
	}
	return j.version != "" || system+arch != ""
}

// gradleJVM is how Gradle tells its Java: "17.0.9 (Eclipse Adoptium 17.0.9+9)".
var gradleJVM = str.Regexp(`^(\d\S*) \((.+) \d\S*\)$`)

// javaTool reads of which Java `mvn -version`, `gradle -version`, the log of Carbon and the
// head of hs_err_pid.log tell.
func javaTool(p *page, b block) bool {
	j := runtime{version: b.get("javaversion"), text: b.lines("javaversion")}
	gradle := gradleJVM().FindStringSubmatch(cmp.Or(b.get("jvm"), b.get("launcherjvm")))
	switch vm := classless(b.get("javavm")); {
	case b.get("jreversion") != "":
		j = runtime{from: "hs-err", text: b.lines("jreversion", "javavm")}
		j.head(b.get("jreversion"))
		j.version = cmp.Or(j.build, b.get("jreversion"))
		if i := strings.LastIndex(vm, " ("); i > 0 {
			j.heads = append(j.heads, vm[:i])
		}
	case vm != "":
		vm, j.vendor, _ = strings.Cut(vm, ",")
		j.from, j.heads, j.text = "carbon-log", []string{vm}, b.lines("javaversion", "javavm")
		j.version = cmp.Or(j.version, hotSpot(vm[strings.LastIndexByte(vm, ' ')+1:]))
		home := strings.TrimSuffix(strings.ReplaceAll(classless(cmp.Or(b.get("carbonhome"), b.get("producthome"))), `\`, "/"), "/bin/..")
		p.pack(home[strings.LastIndexByte(home, '/')+1:], j.from, b.lines("carbonhome"))
	case b.get("mavenhome") != "" || strings.Contains(b.lines("osname"), `"`) || strings.Contains(j.version, ", vendor: "):
		j.from = "mvn-version"
		j.version, j.vendor, _ = strings.Cut(j.version, ", vendor: ")
		j.vendor, _, _ = strings.Cut(j.vendor, ", runtime: ")
		if words := strings.Split(b.lines("osname"), `"`); len(words) > 5 {
			p.javaSystem(j.from, words[1], words[3], words[5], b.lines("osname"))
		}
	case gradle != nil:
		j = runtime{from: "gradle-version", version: gradle[1], vendor: gradle[2], text: b.lines("jvm", "launcherjvm")}
		name, version, arch := p.systemWords(b.get("os"))
		p.javaSystem(j.from, name, version, arch, b.lines("os"))
	}
	crashed := p.crashHost(b)
	number, _, ok := numberAt(classless(j.version))
	switch {
	case ok && j.from != "":
		j.version = number
		p.java(j)
	case j.text != "" && j.from != "":
		p.unread(j.text, "detect.java.version")
	}
	return j.from != "" || crashed
}

// carbonWarning reads the warning that Carbon gives of systems it does not know.
func carbonWarning(p *page, i int) int {
	name, _, ok := strings.Cut(p.lines[i], " is not a tested Operating System")
	_, name, told := strings.Cut(name, "The running OS : ")
	if !ok || !told {
		return 0
	}
	p.javaSystem("carbon-log", name, "", "", p.lines[i])
	return 1
}

// crashHost reads the system in "Host: …, 8 cores, 15G, Ubuntu 20.04.3 LTS" of
// hs_err_pid.log, and in "OS: Windows 10 , 64 bit Build 19041 (10.0.19041.1566)".
func (p *page) crashHost(b block) bool {
	_, memory, host := strings.Cut(b.get("host"), " cores, ")
	_, system, _ := strings.Cut(memory, ", ")
	if kernel, name, ok := strings.Cut(system, ", "); ok && strings.HasPrefix(kernel, "Darwin ") {
		system = name
	}
	line := b.lines("host")
	if !host {
		system, line = b.get("os"), b.lines("os")
	}
	name, rest, windows := strings.Cut(strings.TrimSpace(system), " , ")
	_, build, ok := strings.Cut(rest, "(")
	rest, marked := p.m.MarkedPrefix(fact.InOSName, name)
	switch {
	case windows && ok:
		p.windows("hs-err", "Microsoft "+name, strings.TrimSuffix(build, ")"), line)
	case host && marked != nil:
		p.system("hs-err", marked, rest, line)
	}
	return host || windows && ok
}

// versionOf is where a virtual machine or a runtime prints its version.
var versionOf = str.Regexp(`(?:^| )(?:\((?:build )?|version |VM )(\d[^ ,()]*)(?:[,) ][^-]|[,)]?$)`)

// virtualMachine reads a line in which a virtual machine or a runtime names itself and its
// version: of `java -Xinternalversion`, of a thread dump, of `jcmd VM.version`.
func virtualMachine(p *page, i int) int {
	line := strings.TrimPrefix(p.lines[i], "Full thread dump ")
	if !strings.Contains(line, " VM ") && !strings.Contains(line, " Runtime Environment") {
		return 0
	}
	if _, marked := p.m.MarkedPrefix(fact.InJavaRuntime, line); marked == nil {
		return 0
	}
	told := line
	if _, jre, ok := strings.Cut(line, " JRE "); ok {
		told = jre
	}
	at, version := versionOf().FindStringIndex(line), versionOf().FindStringSubmatch(told)
	if at == nil || version == nil {
		return 0
	}
	name := line[:at[0]]
	if strings.HasPrefix(line[at[0]:], " VM ") { // the number stands right behind the name
		name += " VM"
	}
	p.java(runtime{from: "java-vm", version: hotSpot(version[1]), heads: []string{name}, text: p.lines[i]})
	if strings.HasPrefix(p.at(i+1), "JDK ") {
		return 2
	}
	return 1
}

// hotSpot gives the version of Java of that of its virtual machine, which is the same but for
// HotSpot of Java 8: its numbers are its own, with the update in them, "25.392-b08".
func hotSpot(version string) string {
	update, _, ok := strings.Cut(strings.TrimPrefix(version, "25."), "-b")
	if !ok || !strings.HasPrefix(version, "25.") || strings.Contains(version, "+") {
		return version
	}
	return "1.8.0_" + update
}

// maxHomes bounds what /usr/libexec/java_home lists.
const maxHomes = 40

// javaHomes reads `/usr/libexec/java_home -V`: a line of each Java, and the home of the one
// in use. Where that is not told, there are several.
func javaHomes(p *page, i int) int {
	if !strings.HasPrefix(p.lines[i], "Matching Java Virtual Machines") {
		return 0
	}
	n := 1
	for _, _, ok := numberAt(p.at(i + n)); ok && n < maxHomes; _, _, ok = numberAt(p.at(i + n)) {
		n++
	}
	all, home := p.lines[i+1:i+n], p.at(i+n)
	used := slices.IndexFunc(all, func(line string) bool { return home != "" && strings.HasSuffix(line, home) })
	if used >= 0 {
		all, n = all[used:used+1], n+1
	}
	for _, line := range all {
		version, rest, _ := numberAt(line)
		j := runtime{from: "java_home", version: version, text: line}
		switch words := strings.Split(rest, `"`); len(words) {
		case 5: // the vendor and the name
			j.vendor = words[1]
			if _, kind := p.m.MarkedPrefix(fact.InJavaRuntime, words[3]); kind != nil {
				j.heads = words[3:4]
			}
		case 3:
			j.heads = words[1:2]
		}
		p.java(j)
	}
	return n
}
