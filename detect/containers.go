package detect

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// containerFormats are those that name images of containers.
var containerFormats = []format{
	{"compose", "services", "version name networks volumes configs secrets include x-*", compose},
	{"kubernetes", "apiVersion kind", "metadata spec data stringData binaryData status type items rules roleRef subjects immutable template", kubernetes},
	{"helm", "repository tag", "registry pullPolicy digest pullSecrets", helm},
	{"docker-inspect", "RepoTags|Image Config", "Id Architecture Os Platform", inspected},
	{"github-actions", "jobs", "name on env permissions concurrency defaults run-name true", workflow},
}

// compose reads the images of the services of Docker Compose. What is built elsewhere is
// told.
func compose(d *document, e *entry) bool {
	known := false
	for s := e.at("services").first; s != nil; s = s.next {
		image, build := s.at("image"), s.at("build")
		known = known || image.value+build.key != ""
		if build.key == "" {
			d.imageOf(image)
			continue
		}
		d.miss(d.text(build), "detect.image.built")
		for arg := build.at("args").first; arg != nil; arg = arg.next {
			if one := cmp.Or(arg.first, arg); strings.HasSuffix(one.key, "_IMAGE") {
				d.imageOf(one)
			}
		}
	}
	return known
}

// kubernetes reads the images of a manifest. Those that only run before the others make
// no part of the environment.
func kubernetes(d *document, e *entry) bool {
	if strings.ContainsAny(e.at("apiVersion").value+e.at("kind").value, " ,") {
		return false // words of people
	}
	d.manifest(e)
	return true
}

// manifest reads what stands within a manifest. A file within is a document of its own.
func (d *document) manifest(e *entry) {
	switch e.key {
	case "initContainers":
		return
	case "image", "imageName":
		if !d.imageOf(e) {
			helm(d, e)
		}
	case "osImage":
		rest, marked := d.m.MarkedPrefix(fact.InOSName, e.value)
		d.system(d.from, marked, rest, d.text(e))
	case "kubeletVersion":
		d.kubernetes(e.value, d.text(e))
	case "kubernetes.io/arch", "architecture":
		for _, machine := range e.texts() {
			d.found(d.from, d.m.Marked(fact.InMachine, machine), "", d.text(e))
		}
	}
	for one := e.first; one != nil; one = one.next {
		if e.key == "data" && one.value == "" && one.first == nil && one.end > one.line+1 {
			d.more = append(d.more, [2]int{one.line + 1, one.end})
		}
		d.manifest(one)
	}
}

// helm reads an image that the values of a chart name in parts.
func helm(d *document, e *entry) bool {
	repository, tag := e.at("repository"), e.at("tag")
	if repository.value == "" || repository.isVariable() {
		return false
	}
	text := repository.value
	if registry := e.at("registry"); registry.value != "" && !registry.isVariable() {
		text = registry.value + "/" + text
	}
	d.image(d.from, strings.TrimSuffix(text+":"+d.version(tag), ":"), d.text(repository)+" "+d.text(tag))
	return true
}

// imageOf reads the image that is the value of an entry, and reports whether there is one. A
// variable with a default has that; of one in its tag the rest counts.
func (d *document) imageOf(e *entry) bool {
	if e.value == "" || d.full() {
		return e.value != ""
	}
	text, missing := expand(nil, e.value)
	if missing == "" && !strings.Contains(text, "{{") {
		d.image(d.from, text, d.text(e))
		return true
	}
	name, _, tagged := strings.Cut(e.value, ":")
	if i := strings.IndexAny(e.value, "${"); tagged && i > len(name) {
		if marked, _, _ := d.imageMark(imageRef{path: name}); marked != nil {
			d.image(d.from, name, d.text(e))
		}
	}
	d.miss(d.text(e), "detect.value.part", e.key)
	return true
}

// builtWith are the variables in which images keep the version of what they hold, with the kind of
// that.
var builtWith = map[string]string{"JAVA_VERSION": kindJDK, "PG_VERSION": "dbms", "MYSQL_VERSION": "dbms", "MARIADB_VERSION": "dbms"}

// inspected reads what `docker inspect` tells of an image or a container: its name, the
// version that its variables tell, and its processor, which of a database is another
// machine's.
func inspected(d *document, e *entry) bool {
	config := e.at("Config")
	if config.first == nil {
		return false
	}
	name := cmp.Or(e.at("RepoTags").first, config.at("Image"))
	ref, _ := parseImage(name.value)
	marked, _, _ := d.imageMark(ref)
	if name.value != "" && !strings.HasPrefix(name.value, "sha256:") {
		d.image(d.from, name.value, d.text(name))
	}
	for _, one := range config.at("Env").texts() {
		name, value, _ := strings.Cut(one, "=")
		switch kind := builtWith[name]; {
		case kind == "":
		case marked != nil && marked[0].Kind == kind:
			d.found(d.from, marked, builtVersion(value), one)
		case kind == kindJDK:
			d.someJava(d.from, builtVersion(value), one)
		}
	}
	if machine := e.at("Architecture"); machine.value != "" && (marked == nil || marked[0].Kind != "dbms") {
		d.found(d.from, d.m.Marked(fact.InMachine, machine.value), "", d.text(machine))
	}
	return true
}

// builtNumber is what images write around a version: "jdk-17.0.9+9", "1:10.11.6+maria~ubu2204".
var builtNumber = str.Regexp(`^(?:jdk-?|jre-)?(?:[^:]*:)?([^_]*)`)

func builtVersion(text string) string { return builtNumber().FindStringSubmatch(text)[1] }

// workflow reads the jobs of GitHub Actions: the machine or else the container they run
// in, their services, and the Java they set up. A value of a matrix is all of its list.
func workflow(d *document, e *entry) bool {
	known := false
	for job := e.at("jobs").first; job != nil; job = job.next {
		runner, container := job.at("runs-on"), job.at("container")
		known = known || runner.key != "" || job.at("uses").key != ""
		if !d.imageOf(container.at("image")) && !d.imageOf(container) {
			d.runner(runner, job)
		}
		for s := job.at("services").first; s != nil; s = s.next {
			d.imageOf(s.at("image"))
		}
		for step := job.at("steps").first; step != nil; step = step.next {
			if strings.HasPrefix(step.at("uses").value, "actions/setup-java@") {
				d.setupJava(step.at("with"), job)
			}
		}
	}
	return known
}

// choices gives the values that an entry of a job may have: its own, or those of the
// matrix that it names.
func (d *document) choices(e, job *entry) []string {
	var all []string
	for _, text := range e.texts() {
		inner, ok := strings.CutPrefix(text, "${{")
		name, ok2 := strings.CutPrefix(strings.Trim(inner, " }"), "matrix.")
		switch {
		case ok && ok2:
			matrix := job.at("strategy", "matrix")
			all = append(all, matrix.at(name).texts()...)
			for one := matrix.at("include").first; one != nil; one = one.next {
				all = append(all, one.at(name).texts()...)
			}
		case strings.Contains(text, "${{") || strings.HasPrefix(text, "$"):
			d.miss(d.text(e), variableValue, e.key)
		default:
			all = append(all, text)
		}
	}
	if e.value == "" && e.first == nil && e.key != "" { // lines of a text
		for i := e.line + 1; i < e.end; i++ {
			all = append(all, strings.Fields(d.raw[i])...)
		}
	}
	return all
}

// runner reads the name of a hosted machine: "ubuntu-22.04", "windows-2022",
// "macos-14-arm64"; the latest is of no version.
func (d *document) runner(e, job *entry) {
	for _, label := range d.choices(e, job) {
		words := strings.Split(strings.ToLower(label), "-")
		version := ""
		if len(words) > 1 && words[1] != "latest" {
			version = words[1]
		}
		if words[0] == "windows" {
			words[0] = "windows server"
		}
		c := d.m.Resolve(compat.Asked{Kind: "os", Text: strings.TrimSpace(words[0] + " " + version)})
		if len(words) < 2 || c.Technology == nil || c.Reason != "" {
			d.miss(d.text(e), "detect.runner", strconv.Quote(label))
			continue
		}
		d.found(d.from, []*compat.Technology{c.Technology}, version, d.text(e))
		if machine := d.m.Marked(fact.InMachine, strings.TrimSuffix(words[len(words)-1], "64")+"64"); machine != nil { // "arm", "arm64"
			d.found(d.from, machine, "", d.text(e))
		}
	}
}

// setupJava reads the versions and the distributions of Java that a step sets up.
func (d *document) setupJava(with, job *entry) {
	version, distribution := with.at("java-version"), with.at("distribution")
	names := d.choices(distribution, job)
	for _, number := range d.choices(version, job) {
		number = strings.TrimSuffix(number, ".x")
		if len(names) == 0 {
			d.someJava(d.from, number, d.text(version))
		}
		for _, name := range names {
			d.found(d.from, d.m.Marked(fact.InJavaDistribution, name), number, d.text(distribution)+" "+d.text(version))
		}
	}
}

var (
	kubeHash   = str.Regexp(`([a-z])-[0-9a-f]{6,}$`) // the commit behind the name of a distribution in a version
	gitVersion = str.Regexp(`GitVersion:"([^"]+)"`)  // of older versions of kubectl
)

// kubernetes records the version of Kubernetes, by whose build it names: "v1.24.7-eks-7c9bda".
func (p *page) kubernetes(version, line string) {
	number, beside, ok := numberAt(kubeHash().ReplaceAllString(version, "$1"))
	if !ok {
		p.unread(line, unknown)
		return
	}
	p.server(p.m.Marked(fact.InProgram, "kubelet"), number, beside, line)
}

// kubeVersion reads the version of the server of `kubectl version`, and that of a node in
// `kubectl describe node`. The "Server Version" of docker has no "v" before it.
func kubeVersion(p *page, b block) bool {
	known := false
	for _, pair := range b {
		version := pair.value
		if found := gitVersion().FindStringSubmatch(version); found != nil {
			version = found[1]
		}
		if (pair.key == "serverversion" || pair.key == "kubeletversion") && strings.HasPrefix(version, "v") {
			p.kubernetes(version, pair.line)
			known = true
		}
	}
	return known
}

// gap parts the columns of a table.
var gap = str.Regexp(`\t+| {2,}`)

// maxRows bounds the rows of a table.
const maxRows = 100

// nodes reads the table of `kubectl get nodes`, wide or not.
func nodes(p *page, i int) int {
	if !strings.HasPrefix(p.lines[i], "NAME ") || !strings.Contains(p.lines[i], " VERSION") {
		return 0
	}
	heading := gap().Split(p.lines[i], -1)
	version, image := slices.Index(heading, "VERSION"), slices.Index(heading, "OS-IMAGE")
	if version < 0 || !slices.Contains(heading, "ROLES") {
		return 0
	}
	n := 1
	for ; n <= maxRows; n++ {
		line := p.at(i + n)
		row := gap().Split(line, -1)
		if len(row) != len(heading) {
			break
		}
		if image >= 0 {
			rest, marked := p.m.MarkedPrefix(fact.InOSName, row[image])
			p.system("kubectl-nodes", marked, rest, row[image])
		}
		p.kubernetes(row[version], row[version])
	}
	return n
}
