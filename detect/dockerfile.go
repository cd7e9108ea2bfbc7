package detect

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// instructions are those of a Dockerfile.
var instructions = map[string]bool{
	"ADD": true, "ARG": true, "CMD": true, "COPY": true, "ENTRYPOINT": true, "ENV": true, "EXPOSE": true, "FROM": true,
	"HEALTHCHECK": true, "LABEL": true, "MAINTAINER": true, "ONBUILD": true, "RUN": true, "SHELL": true,
	"STOPSIGNAL": true, "USER": true, "VOLUME": true, "WORKDIR": true,
}

// stage is a FROM of a Dockerfile, with what its instructions add.
type stage struct {
	image    string // with its arguments filled in
	platform string
	line     string
	missing  string            // an argument without a default
	args     map[string]string // the variables that are set in it
	java     []reading         // what installs Java, and of what version
	version  string            // JAVA_VERSION, in a line of its own
	set      string            // that line
}

// docker is a Dockerfile as far as it was read.
type docker struct {
	args   map[string]string // those before the first FROM, which alone count in a FROM
	named  map[string]*stage
	stages []*stage
}

// dockerfile reads a Dockerfile, from its first ARG or FROM on or the comments above that,
// or a FROM alone.
func dockerfile(p *page, i int) int {
	if i < p.dockerEnd {
		return 0
	}
	first := i
	for first < len(p.lines) && first < i+maxBlock && (p.lines[first] == "" || p.lines[first][0] == '#') {
		first++
	}
	if word := instruction(p.at(first)); word != "FROM" && word != "ARG" {
		if first > i {
			p.dockerEnd = first
		}
		return 0
	}
	d := docker{args: map[string]string{}, named: map[string]*stage{}}
	n := p.dockerLines(first, &d)
	if len(d.stages) == 0 {
		p.dockerEnd = first + n
		return 0
	}
	p.stage(&d)
	return first + n - i
}

// instruction gives the instruction a line begins with, in capitals; empty where
// it is none.
func instruction(line string) string {
	word, rest, _ := strings.Cut(line, " ")
	upper := strings.ToUpper(word)
	if instructions[upper] && rest != "" && (word == upper || word == strings.ToLower(word)) {
		return upper
	}
	return ""
}

// dockerLines reads the lines of a Dockerfile and gives their number. They end
// with the first that is neither an instruction, a comment nor a part of one.
func (p *page) dockerLines(i int, d *docker) int {
	n := 0
	for i+n < len(p.lines) {
		line := p.lines[i+n]
		word := instruction(line)
		if word == "" && line != "" && line[0] != '#' || word != "" && (line[0] >= 'a') != (p.lines[i][0] >= 'a') {
			break // prose may begin as an instruction of the other case: "run it with …"
		}
		more := p.instructionLines(i + n)
		p.instruct(d, word, p.lines[i+n:i+n+more])
		if whole := strings.Join(p.lines[i+n:i+n+more], " "); word != "" && p.m.MarkedWithin(fact.InStranger, whole) != nil {
			p.unread(whole, "what it adds may make a component another thing")
		}
		n += more
	}
	return n
}

// instructionLines is the number of lines of an instruction: those it is
// continued on, and those of a here-document.
func (p *page) instructionLines(i int) int {
	n := 1
	for i+n < len(p.lines) && strings.HasSuffix(p.lines[i+n-1], `\`) {
		n++
	}
	_, document, ok := strings.Cut(p.lines[i], "<<")
	end := strings.Trim(document, `-"' `)
	if !ok || end == "" || strings.ContainsAny(end, " \t(") {
		return n
	}
	for m := n; i+m < len(p.lines); m++ {
		if p.lines[i+m] == end {
			return m + 1
		}
	}
	return n
}

// instruct reads an instruction.
func (p *page) instruct(d *docker, word string, lines []string) {
	_, rest, _ := strings.Cut(lines[0], " ")
	rest = strings.TrimSpace(rest)
	if word == "FROM" {
		d.from(rest, lines[0])
		return
	}
	args, s := d.args, (*stage)(nil)
	if len(d.stages) > 0 {
		s = d.stages[len(d.stages)-1]
		args = s.args
	}
	switch {
	case word == "ARG" || word == "ENV":
		for _, line := range append([]string{rest}, lines[1:]...) {
			d.set(word, strings.TrimSuffix(line, `\`), args, s)
		}
	case s == nil:
	case word == "RUN" || word == "ADD":
		p.installs(s, lines)
	case word == "COPY":
		p.copies(d, s, rest, lines[0])
	}
}

// set reads "NAME=value …" and the old "NAME value". What ARG names without a value in a
// stage has that from before the first.
func (d *docker) set(word, text string, args map[string]string, s *stage) {
	name, value, ok := strings.Cut(text, "=")
	if i := strings.IndexAny(name, " \t"); i > 0 && word == "ENV" {
		name, value, ok = text[:i], text[i+1:], true
		text = name
	}
	for ok {
		rest := ""
		value = strings.TrimSpace(value)
		if end := 0; value != "" {
			if end = quoteEnd(value); end > 0 && (value[0] == '"' || value[0] == '\'') {
				value, rest = value[1:end], value[end+1:]
			} else if name != text {
				value, rest, _ = strings.Cut(value, " ")
			}
		}
		name = strings.TrimSpace(name)
		args[name], _ = expand(args, value)
		if s != nil && name == "JAVA_VERSION" {
			s.version, s.set = builtVersion(args[name]), text
		}
		name, value, ok = strings.Cut(rest, "=")
	}
	if name = strings.TrimSpace(name); word == "ARG" && args[name] == "" {
		args[name] = d.args[name]
	}
}

// javaNumber is the version of Java in an address: of "jdk-17.0.6+10", "jdk8u392-b08",
// "amazon-corretto-17.0.9.8.1", "binary/latest/21/ga".
var javaNumber = regexp.MustCompile(`(?i)(?:jdk|jre|java|corretto|binary/latest)[-_/]?(\d[\d.]*(?:u\d+)?(?:\+\d+)?)`)

// managers are the programs that install packages.
var managers = []string{"apt-get", "apt", "apk", "yum", "dnf", "microdnf", "tdnf", "zypper"}

// installs reads the lines of a command: what it downloads, and the packages that it names
// behind a manager and "install" or "add".
func (p *page) installs(s *stage, lines []string) {
	manager, installing := false, false
	for _, line := range lines {
		for word := range strings.FieldsSeq(line) {
			bare := strings.Trim(word, "\"'\\;()[],&|")
			switch at := strings.Index(bare, "://"); {
			case len(s.java) == MaxFound || bare == "":
			case at > 0:
				url, _ := expand(s.args, bare[strings.LastIndexAny(bare[:at], "\"'=(")+1:])
				p.downloads(s, strings.ReplaceAll(url, "%2B", "+"), line)
			case slices.Contains(managers, bare):
				manager = true
			case manager && (bare == "install" || bare == "add" || bare == "in"):
				installing = true
			case installing && bare[0] != '-':
				p.packaged(s, bare, line)
			}
			if strings.IndexByte(";&|", word[len(word)-1]) >= 0 {
				manager, installing = false, false
			}
		}
		if !strings.HasSuffix(line, `\`) {
			manager, installing = false, false
		}
	}
}

// downloads records the Java of an address.
func (p *page) downloads(s *stage, url, line string) {
	pattern, _ := str.Numbered(url)
	marked := p.m.MarkedWithin(fact.InURL, url)
	if marked == nil {
		marked = p.m.MarkedWithin(fact.InURL, pattern)
	}
	version := ""
	for _, found := range javaNumber.FindAllStringSubmatch(url, 8) {
		if number := strings.TrimRight(found[1], "."); len(number) > len(version) {
			version = number
		}
	}
	archive := strings.Contains(url, ".tar") || strings.Contains(url, ".zip") || strings.Contains(url, ".rpm") || strings.Contains(url, ".deb")
	if marked != nil || version != "" && archive {
		s.java = append(s.java, reading{"dockerfile", marked, version, line, named})
	}
}

// packaged records the Java of a package: "openjdk-17-jdk", "openjdk17-jre=17.0.9_p8-r0".
func (p *page) packaged(s *stage, word, line string) {
	word, _ = expand(s.args, word)
	name, version, _ := strings.Cut(word, "=")
	pattern, number := str.Numbered(name)
	if marked := p.m.Marked(fact.InPackage, pattern); marked != nil && marked[0].Kind == kindJDK {
		s.java = append(s.java, reading{"dockerfile", marked, cmp.Or(builtVersion(strings.TrimLeft(version, "~")), number), line, named})
	} else if strings.Contains(name, "jdk") || strings.Contains(name, "jre") {
		s.java = append(s.java, reading{"dockerfile", nil, "", line, named})
	}
}

// copies reads COPY: Java may come from another stage or image.
func (p *page) copies(d *docker, s *stage, rest, line string) {
	from, paths, _ := strings.Cut(rest, " ")
	name, ok := strings.CutPrefix(from, "--from=")
	lower := strings.ToLower(paths)
	if !ok || !slices.ContainsFunc([]string{"java_home", "/java", "jdk", "/jre", "/jvm"}, func(sign string) bool { return strings.Contains(lower, sign) }) || strings.Contains(lower, ".jar") {
		return
	}
	if other := d.named[strings.ToLower(name)]; other != nil {
		s.java = append(s.java, other.java...)
		if s.version == "" {
			s.version, s.set = other.version, other.set
		}
		name, line = other.image, other.line
	}
	ref, _ := parseImage(name)
	if marked, number, _ := p.imageMark(ref); marked != nil && marked[0].Kind == kindJDK {
		version, _ := p.imageVersion(marked, strings.Split(ref.tag, "-"), number)
		s.java = append(s.java, reading{"dockerfile", marked, version, line, named})
	}
}

// from reads "--platform=linux/arm64 eclipse-temurin:21 AS build".
func (d *docker) from(rest, line string) {
	s := &stage{line: line, args: map[string]string{}}
	words := strings.Fields(rest)
	for len(words) > 0 && strings.HasPrefix(words[0], "--") {
		if platform, ok := strings.CutPrefix(words[0], "--platform="); ok {
			s.platform, _ = d.expand(platform)
		}
		words = words[1:]
	}
	as := len(words) == 3 && strings.EqualFold(words[1], "as")
	if len(words) != 1 && !as {
		return
	}
	s.image, s.missing = d.expand(words[0])
	if _, ok := parseImage(s.image); !ok && s.image != "" {
		return
	}
	if base := d.named[strings.ToLower(s.image)]; base != nil {
		platform := s.platform
		*s = *base
		s.args, s.java = maps.Clone(base.args), slices.Clip(base.java)
		if platform != "" {
			s.platform = platform
		}
	}
	d.stages = append(d.stages, s)
	if as {
		d.named[strings.ToLower(words[2])] = s
	}
}

// expand fills in $NAME, ${NAME} and ${NAME:-default}, and names an argument that
// has no value.
func (d *docker) expand(text string) (expanded, missing string) { return expand(d.args, text) }

func expand(args map[string]string, text string) (expanded, missing string) {
	var b strings.Builder
	for {
		before, after, ok := strings.Cut(text, "$")
		b.WriteString(before)
		if !ok || b.Len() > maxImage {
			return b.String(), missing
		}
		name, fallback, rest := variable(after)
		value := args[name]
		if value == "" {
			value = fallback
		}
		if value == "" && missing == "" {
			missing = name
		}
		b.WriteString(value)
		text = rest
	}
}

// variable reads what follows a "$".
func variable(text string) (name, fallback, rest string) {
	if inner, ok := strings.CutPrefix(text, "{"); ok {
		inner, rest, _ = strings.Cut(inner, "}")
		name, fallback, _ = strings.Cut(inner, "-")
		return strings.TrimSuffix(name, ":"), fallback, rest
	}
	end := strings.IndexFunc(text, func(c rune) bool { return c != '_' && (!isWordRune(c) || c >= 0x80) })
	if end < 0 {
		end = len(text)
	}
	return text[:end], "", text[end:]
}

// stage records the last stage, which is the environment: those before it that
// it does not build upon only make what is copied from them.
func (p *page) stage(d *docker) {
	s := d.stages[len(d.stages)-1]
	if s.missing != "" {
		p.miss(s.line, "the argument %s has no default", s.missing)
	} else {
		p.image("dockerfile", s.image, s.line)
	}
	p.javaOf(s)
	if system, machine, ok := strings.Cut(s.platform, "/"); ok && system == "linux" {
		machine, _, _ = strings.Cut(machine, "/")
		p.found("dockerfile", p.m.Marked(fact.InMachine, machine), "", s.line)
	}
	for _, name := range slices.Sorted(maps.Keys(s.args)) {
		if vendor, ok := strings.CutSuffix(name, "_SERVER_NAME"); ok {
			value := s.args[name]
			p.product(value, s.args[vendor+"_SERVER_VERSION"], "dockerfile", name+"="+value)
		}
	}
}

// javaOf records the Java that a stage installs. Its version may stand in a variable beside
// that; where nothing names a vendor, not even the image, it is some Java.
func (p *page) javaOf(s *stage) {
	for _, got := range s.java {
		if got.version == "" {
			got.version = s.version
		}
		if got.marked == nil {
			p.unread(got.text, "whose Java it installs is not known")
			continue
		}
		p.add(got)
	}
	ref, _ := parseImage(s.image)
	if marked, _, _ := p.imageMark(ref); s.version != "" && len(s.java) == 0 && (marked == nil || marked[0].Kind != kindJDK) {
		p.add(reading{"dockerfile", p.m.Marked(fact.InJavaRelease, "JAVA_VERSION"), s.version, s.set, unnamed})
	}
}
