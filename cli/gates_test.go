package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/detect"
	"github.com/testedon/testedon/export"
	"github.com/testedon/testedon/seed"
)

// host is a machine that the gates are tried on: what its commands print.
type host struct {
	id, name, version string // of /etc/os-release
	ansible           string // what Ansible calls it
	arch              string
	vendor, runtime   string // of Java
	build, java       string
	dbms, banner      string
	dir               string // of its commands
}

var (
	systems = [][3]string{
		{"rhel", "Red Hat Enterprise Linux", "RedHat"}, {"rocky", "Rocky Linux", "Rocky"}, {"almalinux", "AlmaLinux", "AlmaLinux"}, {"ol", "Oracle Linux Server", "OracleLinux"},
		{"ubuntu", "Ubuntu", "Ubuntu"}, {"debian", "Debian GNU/Linux", "Debian"}, {"sles", "SLES", "SLES"}, {"amzn", "Amazon Linux", "Amazon"}, {"fedora", "Fedora Linux", "Fedora"},
		{"alpine", "Alpine Linux", "Alpine"}, {"centos", "CentOS Linux", "CentOS"}, {"centos", "CentOS Stream", "CentOS"}, {"gentoo", "Gentoo", "Gentoo"}, {"rhel", "CentOS Linux", "CentOS"},
	}
	systemVersions = []string{"7", "7.9", "8", "8.10", "8.6", "9", "9.4", "9.5", "9.6", "10", "12", "12.5", "15", "15.3", "15.6", "18.04", "20.04", "22.04", "24.04", "24.4", "24.10", "2023", "2", "41", "3.20.3", "9.4.1", ""}
	runtimes       = [][3]string{ // vendor, name and what its build begins with
		{"Amazon.com Inc.", "OpenJDK Runtime Environment", "Corretto-"}, {"Eclipse Adoptium", "OpenJDK Runtime Environment", "Temurin-"}, {"AdoptOpenJDK", "OpenJDK Runtime Environment", ""},
		{"Oracle Corporation", "OpenJDK Runtime Environment", ""}, {"Oracle Corporation", "Java(TM) SE Runtime Environment", ""}, {"Debian", "OpenJDK Runtime Environment", ""},
		{"Ubuntu", "OpenJDK Runtime Environment", ""}, {"Azul Systems, Inc.", "OpenJDK Runtime Environment", "Zulu"}, {"Oracle Corporation", "Java(TM) SE Runtime Environment", "Oracle GraalVM "},
		{"GraalVM Community", "OpenJDK Runtime Environment", "GraalVM CE "}, {"IBM Corporation", "IBM Semeru Runtime Open Edition", ""}, {"Nobody", "OpenJDK Runtime Environment", "Frobnix-"},
	}
	javaVersions  = []string{"1.7.0_80", "1.8.0_392", "1.8.0_202", "1.8.0", "10.0.2", "11", "11.0.25", "1.8.0_05", "21.1", "17", "17.0.9", "17.0.13", "21", "21.0.5", "22.0.1", "25.0.1", "99"}
	databaseLines = [][2]string{ // what names it, and what it prints of its version
		{"", "none"}, {"postgresql", "PostgreSQL %s on x86_64-pc-linux-gnu, compiled by gcc (Debian 12.2.0-14) 12.2.0, 64-bit"},
		{"postgresql", "PostgreSQL %[1]s (Debian %[1]s-1.pgdg120+1) on x86_64-pc-linux-gnu, compiled by gcc (Debian 12.2.0-14) 12.2.0, 64-bit"},
		{"postgresql", "PostgreSQL %s (EnterpriseDB Advanced Server) on x86_64-pc-linux-gnu, compiled by gcc"}, {"mysql", "%s\tMySQL Community Server - GPL"},
		{"mysql", "%s\tPercona Server (GPL), Release 28"}, {"mariadb", "%s-MariaDB\tMariaDB Server"}, {"mariadb", "%s-MariaDB-0+deb12u1\tDebian 12"}, {"oracle", "19c"},
		{"mysql", "%s\tMySQL Community Server (GPL)"}, {"mysql", "%s-0ubuntu0.22.04.1\t(Ubuntu)"}, {"mariadb", "%[1]s-MariaDB-1:%[1]s+maria~deb12-log\tmariadb.org binary distribution"},
		{"mariadb", "%s-MariaDB-ubu2404\tmariadb.org binary distribution"}, {"mariadb", "%s-MariaDB-ColumnStore\tMariaDB Server"}, {"mariadb", "%s-MariaDB-YugabyteDB\tMariaDB Server"},
		{"postgresql", "PostgreSQL %s on x86_64-pc-linux-gnu, compiled by gcc (Debian 12.2.0-14) 12.2.0, 64-bit; MySQL 5.7"},
		{"postgresql", "PostgreSQL %s on i686-pc-linux-gnu, compiled by GCC gcc (GCC) 3.4.2, Redshift 1.0.12103"},
		{"postgresql", "PostgreSQL %s (Ubuntu 16.6-0ubuntu0.24.04.1) on aarch64-unknown-linux-gnu, compiled by gcc (Ubuntu 13.2.0-23ubuntu4) 13.2.0, 64-bit"},
		{"postgresql", "PostgreSQL %s on x86_64-pc-linux-musl, compiled by gcc (Alpine 13.2.1_git20240309) 13.2.1 20240309, 64-bit"},
		{"postgresql", "PostgreSQL %s on x86_64-redhat-linux-gnu, compiled by gcc (GCC) 11.5.0 20240719 (Red Hat 11.5.0-2), 64-bit"},
	}
	databaseVersions = []string{"9.6.24", "12.4", "13.11", "14", "15.6", "16.4", "17", "17.0", "17.2", "17.4", "17.2.1", "5.7.44", "8.0.36", "8.4.2", "9.1.0", "9", "10.5", "10.5.20", "10.6.16", "11.4.2"}
)

func embeddedMatrix(t *testing.T) *compat.Matrix {
	t.Helper()
	ds, err := seed.Load(seed.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	m, err := compat.Build(ds)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func pick[T any](random *rand.Rand, all []T) T { return all[random.IntN(len(all))] }

func anyHost(random *rand.Rand) *host {
	s, j, d := pick(random, systems), pick(random, runtimes), pick(random, databaseLines)
	h := &host{id: s[0], name: s[1], ansible: s[2], version: pick(random, systemVersions), vendor: j[0], runtime: j[1], java: pick(random, javaVersions), dbms: d[0], banner: d[1]}
	h.arch = []string{"x86_64", "x86_64", "x86_64", "x86_64", "aarch64", "s390x"}[random.IntN(6)]
	if j[2] != "" {
		h.build = j[2] + strings.Replace(h.java, "_", ".", 1) + "+9"
	}
	if strings.Contains(h.banner, "%") {
		h.banner = fmt.Sprintf(h.banner, pick(random, databaseVersions))
	}
	return h
}

// passes asks the matrix, of what the house reads in what the machine prints of the kinds that a gate probes.
// Of kinds that are given, only of these.
func (h *host) passes(m *compat.Matrix, g *export.Gate, kinds ...string) bool {
	texts := map[string]string{
		"os":   fmt.Sprintf("NAME=%q\nID=%q\nVERSION_ID=%q\n", h.name, h.id, h.version),
		"jdk":  fmt.Sprintf("java.runtime.name = %s\njava.vendor = %s\njava.vendor.version = %s\njava.version = %s\n", h.runtime, h.vendor, h.build, h.java),
		"arch": h.arch, "dbms": h.banner,
	}
	if number, comment, ok := strings.Cut(h.banner, "\t"); ok {
		texts["dbms"] = "VERSION()\n" + number
		if system := strings.TrimLeft(comment, "("); !strings.HasPrefix(system, "Ubuntu") && !strings.HasPrefix(system, "Debian") {
			texts["dbms"] = "| " + number + " | " + comment + " |"
		}
	}
	q := compat.Question{}
	for _, p := range g.Probes {
		text := texts[p.ID]
		switch {
		case p.ID == "dbms" && h.dbms == "", len(kinds) > 0 && !slices.Contains(kinds, p.ID):
			continue
		case p.ID == "arch":
			q.Components = append(q.Components, m.Resolve(compat.Asked{Kind: p.ID, Text: text}))
			continue
		}
		read := detect.Read(m, []string{text})
		if len(read.Found) != 1 || read.Found[0].Kind != p.ID || len(read.Unread) > 0 {
			return false // what is not understood
		}
		q.Components = append(q.Components, m.Resolve(read.Found[0].Asked))
	}
	var a compat.Answer
	if err := g.Release.Release.Check(q, &a); err != nil {
		return len(a.Assumed) == 0 // all that is asked about is taken for granted
	}
	return a.Pass
}

// anyText gives a text that a pattern takes.
func anyText(random *rand.Rand, r *syntax.Regexp) string {
	var b strings.Builder
	switch r.Op {
	case syntax.OpLiteral:
		return string(r.Rune)
	case syntax.OpCharClass:
		at := 2 * random.IntN(len(r.Rune)/2)
		return string(r.Rune[at] + random.Int32N(r.Rune[at+1]-r.Rune[at]+1))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return string(rune(' ' + random.IntN(95)))
	case syntax.OpAlternate:
		return anyText(random, pick(random, r.Sub))
	case syntax.OpStar, syntax.OpPlus, syntax.OpQuest, syntax.OpRepeat:
		bounds := map[syntax.Op][2]int{syntax.OpStar: {0, 30}, syntax.OpPlus: {1, 30}, syntax.OpQuest: {0, 1}, syntax.OpRepeat: {r.Min, r.Max}}[r.Op]
		if bounds[1] < 0 {
			bounds[1] = r.Min + 30
		}
		for range bounds[0] + random.IntN(bounds[1]-bounds[0]+1) {
			b.WriteString(anyText(random, r.Sub[0]))
		}
	}
	if r.Op == syntax.OpConcat || r.Op == syntax.OpCapture {
		for _, sub := range r.Sub {
			b.WriteString(anyText(random, sub))
		}
	}
	return b.String()
}

// texts gives texts that a pattern takes.
func texts(t *testing.T, random *rand.Rand, pattern string, n int) (all []string) {
	t.Helper()
	r, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		t.Fatal(err)
	}
	for range n {
		if text := anyText(random, r); text != "nothing passes here" && text != "none" {
			all = append(all, text)
		}
	}
	return all
}

// printing is a host of which one command printed a line.
func printing(id, line string) *host {
	h := &host{}
	fields := append(strings.Split(line, "|"), "", "", "", "")
	switch id {
	case "os":
		h.id, h.name, h.version = fields[0], fields[1], fields[2]
	case "jdk":
		h.vendor, h.runtime, h.build, h.java = fields[0], fields[1], fields[2], fields[3]
	case "dbms":
		h.dbms, h.banner = "named", line
	default:
		h.arch = line
	}
	return h
}

// TestGatePatterns: each text that the pattern of a gate takes is one that check reads and lets pass.
func TestGatePatterns(t *testing.T) {
	m, random, tried := embeddedMatrix(t), rand.New(rand.NewPCG(3, 3)), 0
	seen := map[string]bool{}
	for _, g := range gates(t, m) {
		for _, p := range g.Probes {
			if seen[g.Product.ID+p.Pattern] {
				continue
			}
			seen[g.Product.ID+p.Pattern] = true
			for _, line := range texts(t, random, p.Pattern, 10*samples()) {
				if tried++; !printing(p.ID, line).passes(m, g, p.ID) {
					t.Errorf("%s %s: %q passes the gate, and not check", g.Product.ID, g.Release.Release.Version, line)
				}
			}
		}
	}
	t.Logf("%d texts of %d patterns", tried, len(seen))
}

// TestRenovatePatterns: each tag that a rule allows is one that check lets pass.
func TestRenovatePatterns(t *testing.T) {
	m, random, tried := embeddedMatrix(t), rand.New(rand.NewPCG(4, 4)), 0
	for _, g := range gates(t, m) {
		var b bytes.Buffer
		var written struct {
			Rules []struct {
				Names   []string `json:"matchPackageNames"`
				Allowed string   `json:"allowedVersions"`
			} `json:"packageRules"`
		}
		if err := export.Find("renovate").Write(&b, g.Release); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(b.Bytes(), &written); err != nil {
			t.Fatal(err)
		}
		for _, rule := range written.Rules {
			for _, tag := range texts(t, random, strings.Trim(rule.Allowed, "/"), samples()) {
				tried++
				image := strings.NewReplacer(`/(?:^|\/)`, "", "$/", "", `\`, "").Replace(pick(random, rule.Names)) + ":" + tag
				if !slices.ContainsFunc(g.Release.Release.Kinds(), func(k *fact.Kind) bool {
					c := m.Resolve(compat.Asked{Kind: k.ID, Text: image})
					return c.Technology != nil && c.Reason == "" && g.Release.Release.Passes(compat.Question{Components: []compat.Component{c}})
				}) {
					t.Errorf("%s %s: %s passes the rule, and not check", g.Product.ID, g.Release.Release.Version, image)
				}
			}
		}
	}
	t.Logf("%d tags", tried)
}

// commands writes what the machine has into a folder: its /etc/os-release and its commands.
func (h *host) commands(t *testing.T, dir string) {
	t.Helper()
	h.dir = dir
	quote := func(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }
	java := fmt.Sprintf("Property settings:\n    java.home = /opt/java\n    java.runtime.name = %s\n    java.vendor = %s\n    java.vendor.version = %s\n    java.version = %s\n", h.runtime, h.vendor, h.build, h.java)
	for name, text := range map[string]string{"java": java, "psql": h.banner + "\n", "mysql": h.banner + "\n", "mariadb": h.banner + "\n", "uname": h.arch + "\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\nprintf %s "+quote(text)+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "os-release"), fmt.Appendf(nil, "NAME=%q\nID=%q\nVERSION_ID=%q\n", h.name, h.id, h.version), 0o644); err != nil {
		t.Fatal(err)
	}
}

// trial is a machine and a release, and whether the matrix lets it pass.
type trial struct {
	*host
	gate *export.Gate
	want bool
}

// gates are those of all releases that have something to probe.
func gates(t *testing.T, m *compat.Matrix) (all []*export.Gate) {
	t.Helper()
	for _, p := range m.Products() {
		for _, r := range p.Releases() {
			stated, err := export.Of(m, r, "")
			if err != nil {
				t.Fatal(err)
			}
			if g := export.GateOf(stated); len(g.Probes) > 0 {
				all = append(all, g)
			}
		}
	}
	return all
}

// trials samples machines for random releases of the embedded catalogue; half of them pass, where any do.
func trials(t *testing.T, n int) []trial {
	t.Helper()
	m := embeddedMatrix(t)
	random, gates := rand.New(rand.NewPCG(7, 7)), gates(t, m)
	var all []trial
	for len(all) < n {
		g, wanted := pick(random, gates), random.IntN(2) == 0
		h := anyHost(random)
		for range 500 { // part by part
			if !wanted || h.passes(m, g) {
				break
			}
			other := anyHost(random)
			if !h.passes(m, g, "os", "arch") {
				h.id, h.name, h.version, h.ansible, h.arch = other.id, other.name, other.version, other.ansible, other.arch
			}
			if !h.passes(m, g, "jdk") {
				h.vendor, h.runtime, h.build, h.java = other.vendor, other.runtime, other.build, other.java
			}
			if !h.passes(m, g, "dbms") {
				h.dbms, h.banner = other.dbms, other.banner
			}
		}
		all = append(all, trial{h, g, h.passes(m, g)})
	}
	return all
}

// told reports whether the gate does not let a machine pass and says why it may not: what does not
// pass beside everything else is left out.
func (c *trial) told(got bool) bool {
	return !got && slices.ContainsFunc(c.gate.Told, func(text string) bool { return strings.Contains(text, "passes, and not beside all") })
}

// samples is how many machines are tried: a few, or $GATES.
func samples() int {
	if n, err := strconv.Atoi(os.Getenv("GATES")); err == nil {
		return n
	}
	return 6
}

// tool finds a program, or skips; with $GATES it has to be there.
func outside(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil && os.Getenv("GATES") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func writeGate(t *testing.T, dir, name, format string, r *export.Release) string {
	t.Helper()
	var b bytes.Buffer
	if err := export.Find(format).Write(&b, r); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// goss runs a gate on a machine, whose /etc/os-release lies over the one that is there.
func goss(t *testing.T, program, file string, h *host) (bool, string) {
	t.Helper()
	command := exec.Command("unshare", "--mount", "--map-root-user", "sh", "-c", `mount --bind "$1/os-release" /etc/os-release && exec "$2" -g "$3" validate --no-color`, "sh", h.dir, program, file)
	command.Env = append(os.Environ(), "PATH="+h.dir+":/usr/bin:/bin", "TESTEDON_DBMS="+h.dbms)
	out, err := command.CombinedOutput()
	if !strings.Contains(string(out), "Count: ") {
		t.Fatalf("goss did not run: %v\n%s", err, out)
	}
	return err == nil, string(out)
}

// TestGoss: goss lets a machine pass where check does.
func TestGoss(t *testing.T) {
	program := outside(t, "goss")
	passing := 0
	for i, c := range trials(t, samples()) {
		dir := t.TempDir()
		c.commands(t, dir)
		got, out := goss(t, program, writeGate(t, dir, "goss.yaml", "goss", c.gate.Release), c.host)
		if got != c.want && !c.told(got) {
			t.Errorf("%d: %s %s: goss says %v, check says %v of %+v\n%s", i, c.gate.Product.ID, c.gate.Release.Release.Version, got, c.want, *c.host, out)
		}
		if got {
			passing++
		}
	}
	t.Logf("%d machines, of which %d pass", samples(), passing)
}

// playbook runs plays with facts of each machine as variables, and gives the machines that fail.
func playbook(t *testing.T, program, dir string, files map[string]string, hosts map[string]*host) map[string]bool {
	t.Helper()
	inventory := map[string]any{}
	for name, h := range hosts {
		inventory[name] = map[string]any{"ansible_connection": "local", "ansible_python_interpreter": "/usr/bin/python3", "commands": h.dir, "gate": files[name],
			"ansible_distribution": h.ansible, "ansible_distribution_version": h.version, "ansible_architecture": h.arch, "testedon_database": h.dbms}
	}
	text, _ := json.Marshal(map[string]any{"all": map[string]any{"hosts": inventory}})
	play := `[{"hosts": "all", "gather_facts": false, "strategy": "free", "environment": {"PATH": "{{ commands }}:/usr/bin:/bin"}, "tasks": [{"ansible.builtin.include_tasks": "{{ gate }}"}]}]`
	for name, text := range map[string]string{"inventory.yaml": string(text), "play.yaml": play} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	command := exec.Command(program, "-i", "inventory.yaml", "play.yaml", "-f", "4")
	command.Dir, command.Env = dir, append(os.Environ(), "LC_ALL=C.UTF-8", "ANSIBLE_NOCOLOR=1", "ANSIBLE_LOCALHOST_WARNING=0", "ANSIBLE_HOME="+dir)
	out, err := command.CombinedOutput()
	failed := map[string]bool{}
	for _, found := range regexp.MustCompile(`(?m)^(\S+) +: ok=\d+ .* failed=(\d+)`).FindAllStringSubmatch(string(out), -1) {
		failed[found[1]] = found[2] != "0"
	}
	if len(failed) != len(hosts) || strings.Contains(string(out), "templat") || strings.Contains(string(out), "rescued=1") {
		t.Fatalf("ansible-playbook did not run: %v\n%s", err, out)
	}
	return failed
}

// TestAnsible: Ansible lets a machine pass where check does.
func TestAnsible(t *testing.T) {
	program, dir := outside(t, "ansible-playbook"), t.TempDir()
	hosts, files, want := map[string]*host{}, map[string]string{}, map[string]trial{}
	for i, c := range trials(t, samples()) {
		if c.ansible == "CentOS" && c.want {
			continue // told: no fact tells CentOS Linux from CentOS Stream
		}
		name := fmt.Sprintf("host%03d", i)
		commands := filepath.Join(dir, name)
		if err := os.Mkdir(commands, 0o755); err != nil {
			t.Fatal(err)
		}
		c.commands(t, commands)
		hosts[name], want[name], files[name] = c.host, c, writeGate(t, dir, name+".yaml", "ansible", c.gate.Release)
	}
	passing := 0
	for name, failed := range playbook(t, program, dir, files, hosts) {
		if c := want[name]; failed == c.want && !c.told(!failed) {
			t.Errorf("%s: %s %s: Ansible fails %v, check says %v of %+v", name, c.gate.Product.ID, c.gate.Release.Release.Version, failed, c.want, *c.host)
		}
		if !failed {
			passing++
		}
	}
	t.Logf("%d machines, of which %d pass", len(hosts), passing)
}

// TestGatesHostile: no text of a catalogue does anything in a tool that reads it.
func TestGatesHostile(t *testing.T) {
	trace := filepath.Join(t.TempDir(), "trace")
	hostile := "x'\"`touch " + trace + "` $(touch " + trace + ") {{ lookup('pipe','touch " + trace + "') }} {% raw %} {# {{ .Env.HOME }} {{ index }} : - ! & * ?|>@%\\ \u2028 \u0085 \ufeff #"
	m := embeddedMatrix(t)
	ds := *m.Dataset()
	ds.Products, ds.Technologies = slices.Clone(ds.Products), slices.Clone(ds.Technologies)
	for i := range ds.Products {
		ds.Products[i].Name = hostile + ds.Products[i].ID
	}
	for i := range ds.Technologies {
		tech := &ds.Technologies[i]
		if tech.ID == "rhel" || tech.ID == "corretto" || tech.ID == "macos" {
			tech.Name = hostile + tech.ID
			tech.Marks = append(slices.Clone(tech.Marks), fact.Mark{In: fact.InOSRelease, Text: "hostile{{'\"$(" + tech.ID}, fact.Mark{In: fact.InOSName, Text: "hostile{{'\"$(" + tech.ID})
			if tech.Kind == "jdk" {
				tech.Marks = append(slices.Clone(tech.Marks)[:len(tech.Marks)-2], fact.Mark{In: fact.InJavaImplementor, Text: "hostile{{'\"$({%"})
			}
		}
	}
	m, err := compat.Build(&ds)
	if err != nil {
		t.Fatal(err)
	}
	r, err := m.Release("mi", "4.4.0")
	if err != nil {
		t.Fatal(err)
	}
	stated, err := export.Of(m, r, "")
	if err != nil {
		t.Fatal(err)
	}
	yes := &host{id: "rhel", name: "Red Hat Enterprise Linux", ansible: "RedHat", version: "9.4", arch: "x86_64", vendor: "Amazon.com Inc.", runtime: "OpenJDK Runtime Environment", java: "21.0.5", banner: "none"}
	no := *yes
	no.version = "8.10"
	dir := t.TempDir()
	hosts := map[string]*host{"yes": yes, "no": &no}
	for name, h := range hosts {
		commands := filepath.Join(dir, name)
		if err := os.Mkdir(commands, 0o755); err != nil {
			t.Fatal(err)
		}
		h.commands(t, commands)
	}
	t.Run("goss", func(t *testing.T) {
		program, file := outside(t, "goss"), writeGate(t, dir, "goss.yaml", "goss", stated)
		for name, h := range hosts {
			if got, out := goss(t, program, file, h); got != (name == "yes") {
				t.Errorf("%s is %v\n%s", name, got, out)
			}
		}
	})
	t.Run("ansible", func(t *testing.T) {
		file := writeGate(t, dir, "tasks.yaml", "ansible", stated)
		failed := playbook(t, outside(t, "ansible-playbook"), dir, map[string]string{"yes": file, "no": file}, hosts)
		if failed["yes"] || !failed["no"] {
			t.Error(failed)
		}
	})
	if _, err := os.Stat(trace); err == nil {
		t.Error("a command of the catalogue was run")
	}
}
