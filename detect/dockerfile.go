package detect

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// instructions are those of a Dockerfile.
var instructions = func() map[string]bool {
	all := map[string]bool{}
	for word := range strings.FieldsSeq("ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR") {
		all[word] = true
	}
	return all
}()

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
	named  map[string]*stage
	stages []*stage // the first is what stands before any FROM: its arguments alone count in one
}

// last is the stage that is read.
func (d *docker) last() *stage { return d.stages[len(d.stages)-1] }

// dockerfile reads a Dockerfile, from its first ARG or FROM on or the comments above that, or a
// FROM alone, up to the first line that is neither an instruction, a comment nor a part of one.
func dockerfile(p *page, i int) int {
	if i < p.dockerEnd {
		return 0
	}
	end := i
	for end < len(p.lines) && end < i+maxBlock && (p.lines[end] == "" || p.lines[end][0] == '#') {
		end++
	}
	if first := instruction(p.at(end)); first != "FROM" && first != "ARG" {
		p.dockerEnd = end
		return 0
	}
	d := docker{map[string]*stage{}, []*stage{{args: map[string]string{}}}}
	for lower := p.lines[end][0] >= 'a'; end < len(p.lines); {
		line := p.lines[end]
		word := instruction(line)
		if word == "" && line != "" && line[0] != '#' || word != "" && (line[0] >= 'a') != lower {
			break // prose may begin as an instruction of the other case: "run it with …"
		}
		lines := p.lines[end : end+p.instructionLines(end)]
		p.instruct(&d, word, lines)
		if whole := strings.Join(lines, " "); word != "" && p.m.MarkedWithin(fact.InStranger, whole) != nil {
			p.unread(whole, "detect.docker.adds")
		}
		end += len(lines)
	}
	if len(d.stages) == 1 {
		p.dockerEnd = end
		return 0
	}
	p.stage(d.last())
	return end - i
}

// instruction gives the instruction a line begins with, in capitals; empty where
// it is none.
func instruction(line string) string {
	word, rest, _ := strings.Cut(line, " ")
	if word == "" || len(word) > len("HEALTHCHECK") || strings.IndexByte("acefhlmorsuvw", word[0]|0x20) < 0 {
		return ""
	}
	upper := strings.ToUpper(word)
	if instructions[upper] && rest != "" && (word == upper || word == strings.ToLower(word)) {
		return upper
	}
	return ""
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
	for m := n; m < maxBlock && i+m < len(p.lines); m++ {
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
	switch word {
	case "FROM":
		d.from(rest, lines[0])
	case "ARG", "ENV":
		for _, line := range append([]string{rest}, lines[1:]...) {
			d.set(word, strings.TrimSuffix(line, `\`))
		}
	case "RUN", "ADD":
		p.installs(d.last(), lines)
	case "COPY":
		p.copies(d, rest, lines[0])
	}
}

// assigned is a variable of ARG or ENV and its value.
var assigned = str.Regexp(`([^\s=]+)=("(?:[^"\\]|\\.)*"|'[^']*'|\S*)`)

// set reads "NAME=value …" and the old "NAME value". What ARG names without a value in a
// stage has that from before the first.
func (d *docker) set(word, text string) {
	all := assigned().FindAllStringSubmatch(text, -1)
	if name, value, old := strings.Cut(text, " "); word == "ENV" && old && !strings.Contains(name, "=") {
		all = [][]string{{"", name, value}}
	} else if word == "ARG" && all == nil {
		all = [][]string{{"", text, d.stages[0].args[text]}}
	}
	s := d.last()
	for _, one := range all {
		value, _ := expand(s.args, strings.Trim(one[2], "\"' "))
		if s.args[one[1]] = value; one[1] == "JAVA_VERSION" {
			s.version, s.set = builtVersion(value), text
		}
	}
}

// javaNumber is the version of Java in an address: of "jdk-17.0.6+10", "jdk8u392-b08",
// "amazon-corretto-17.0.9.8.1", "binary/latest/21/ga".
var javaNumber = str.Regexp(`(?i)(?:jdk|jre|java|corretto|binary/latest)[-_/]?(\d[\d.]*(?:u\d+)?(?:\+\d+)?)`)

// archive is what an address of a file to be unpacked holds, and javaPath one where Java is kept.
var (
	archive  = str.Regexp(`\.(?:tar|zip|rpm|deb)`)
	javaPath = str.Regexp(`(?i)java_home|/java|jdk|/jre|/jvm`)
)

// managers are the programs that install packages.
var managers = []string{"apt-get", "apt", "apk", "yum", "dnf", "microdnf", "tdnf", "zypper"}

// unquoted puts blanks where a shell or a list of words has quotes and brackets.
var unquoted = strings.NewReplacer(`"`, " ", "'", " ", `\`, " ", "(", " ", ")", " ", "[", " ", "]", " ", ",", " ")

// installs reads the commands of an instruction: what each downloads, and the packages that it
// names behind a manager and "install" or "add".
func (p *page) installs(s *stage, lines []string) {
	whole := strings.ReplaceAll(strings.Join(lines, "\n"), "\\\n", " ")
	for command := range strings.FieldsFuncSeq(whole, func(c rune) bool { return strings.ContainsRune(";&|\n", c) }) {
		manager, installing := false, false
		for word := range strings.FieldsSeq(unquoted.Replace(command)) {
			switch at := strings.Index(word, "://"); {
			case len(s.java) == MaxFound:
				return
			case at > 0:
				url, _ := expand(s.args, word[strings.LastIndexByte(word[:at], '=')+1:])
				p.downloads(s, strings.ReplaceAll(url, "%2B", "+"), strings.TrimSpace(command))
			case slices.Contains(managers, word):
				manager = true
			case manager && (word == "install" || word == "add" || word == "in"):
				installing = true
			case installing && word[0] != '-':
				p.packaged(s, word, strings.TrimSpace(command))
			}
		}
	}
}

// downloads records the Java of an address.
func (p *page) downloads(s *stage, url, line string) {
	pattern, _ := str.Numbered(url)
	marked, version := p.m.MarkedWithin(fact.InURL, url+" "+pattern), ""
	for _, found := range javaNumber().FindAllStringSubmatch(url, 8) {
		if number := strings.TrimRight(found[1], "."); len(number) > len(version) {
			version = number
		}
	}
	if marked != nil || version != "" && archive().MatchString(url) {
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
func (p *page) copies(d *docker, rest, line string) {
	from, paths, _ := strings.Cut(rest, " ")
	name, ok := strings.CutPrefix(from, "--from=")
	if !ok || !javaPath().MatchString(paths) || strings.Contains(strings.ToLower(paths), ".jar") {
		return
	}
	s := d.last()
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
	args, words := d.stages[0].args, strings.Fields(rest)
	s := &stage{line: line, args: map[string]string{}}
	for len(words) > 0 && strings.HasPrefix(words[0], "--") {
		if platform, ok := strings.CutPrefix(words[0], "--platform="); ok {
			s.platform, _ = expand(args, platform)
		}
		words = words[1:]
	}
	as := len(words) == 3 && strings.EqualFold(words[1], "as")
	if len(words) != 1 && !as {
		return
	}
	s.image, s.missing = expand(args, words[0])
	if _, ok := parseImage(s.image); !ok && s.image != "" {
		return
	}
	if base := d.named[strings.ToLower(s.image)]; base != nil {
		platform := cmp.Or(s.platform, base.platform)
		*s = *base
		s.args, s.java, s.platform = maps.Clone(base.args), slices.Clip(base.java), platform
	}
	d.stages = append(d.stages, s)
	if as {
		d.named[strings.ToLower(words[2])] = s
	}
}

// variable is $NAME, ${NAME} or ${NAME:-default}.
var variable = str.Regexp(`\$(?:\{[^}]*\}?|\w*)`)

// expand fills in variables, and names the first that has no value.
func expand(args map[string]string, text string) (expanded, missing string) {
	size := 0
	expanded = variable().ReplaceAllStringFunc(text, func(found string) string {
		name, fallback, _ := strings.Cut(strings.Trim(found, "${}"), "-")
		name = strings.TrimSuffix(name, ":")
		value := cmp.Or(args[name], fallback)
		if size += len(value); value == "" || size > maxImage {
			missing = cmp.Or(missing, name)
			return ""
		}
		return value
	})
	return expanded, missing
}

// stage records the last stage, which is the environment: those before it that it does not
// build upon only make what is copied from them. The version of the Java that it installs may
// stand in a variable; where nothing names a vendor, not even the image, it is some Java.
func (p *page) stage(s *stage) {
	if s.missing != "" {
		p.miss(s.line, "detect.docker.argument", s.missing)
	} else {
		p.image("dockerfile", s.image, s.line)
	}
	for _, got := range s.java {
		if got.version = cmp.Or(got.version, s.version); got.marked == nil {
			p.unread(got.text, "detect.docker.java")
		} else {
			p.add(got)
		}
	}
	ref, _ := parseImage(s.image)
	if marked, _, _ := p.imageMark(ref); s.version != "" && s.java == nil && (marked == nil || marked[0].Kind != kindJDK) {
		p.someJava("dockerfile", s.version, s.set)
	}
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
