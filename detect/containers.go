package detect

import (
	"cmp"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
)

// containerFormats are those that name images of containers.
var containerFormats = []format{
	{"compose", []string{"services"}, []string{"version", "name", "networks", "volumes", "configs", "secrets", "include", "x-*"}, compose},
	{"kubernetes", []string{"apiVersion", "kind"}, []string{"metadata", "spec", "data", "stringData", "binaryData", "status", "type", "items", "rules", "roleRef", "subjects", "immutable", "template"}, kubernetes},
	{"helm", []string{"repository", "tag"}, []string{"registry", "pullPolicy", "digest", "pullSecrets"}, helm},
	{"docker-inspect", []string{"RepoTags", "Config"}, []string{"Id", "Image", "Architecture", "Os"}, inspected},
	{"docker-inspect", []string{"Image", "Config"}, []string{"Id", "Platform"}, inspected},
}

// compose reads the images of the services of Docker Compose. What is built elsewhere is
// told.
func compose(d *document, e *entry) bool {
	known := false
	for s := e.at("services").first; s != nil; s = s.next {
		image, build := s.at("image"), s.at("build")
		if image.value == "" && build.line == 0 && build.key == "" {
			continue
		}
		known = true
		if build.key == "" {
			d.imageOf(image)
		} else {
			d.miss(d.text(build), "what it builds is told by its Dockerfile")
			for arg := build.at("args").first; arg != nil; arg = arg.next {
				if one := cmp.Or(arg.first, arg); strings.HasSuffix(one.key, "_IMAGE") {
					d.imageOf(one)
				}
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
	configured := e.at("kind").value == "ConfigMap"
	for one := e.first; one != nil; one = one.next {
		d.manifest(one, configured)
	}
	return true
}

// manifest reads what stands within a manifest. A file within is a document of its own.
func (d *document) manifest(e *entry, configured bool) {
	switch e.key {
	case "initContainers":
		return
	case "image", "imageName":
		if e.value != "" {
			d.imageOf(e)
		} else if e.at("repository").value != "" {
			helm(d, e)
		}
	case "osImage":
		rest, marked := d.m.MarkedPrefix(fact.InOSName, e.value)
		d.system(d.from, marked, rest, d.text(e))
	case "kubeletVersion":
		d.page.kubernetes(e.value, d.text(e))
	case "kubernetes.io/arch", "architecture":
		for _, machine := range e.texts() {
			d.found(d.from, d.m.Marked(fact.InMachine, machine), "", d.text(e))
		}
	}
	if configured && e.value == "" && e.first == nil && e.end > e.line+1 {
		d.more = append(d.more, [2]int{e.line + 1, e.end})
	}
	for one := e.first; one != nil; one = one.next {
		d.manifest(one, configured)
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
	if number := d.version(tag); number != "" {
		text += ":" + number
	}
	d.image(d.from, text, d.text(repository)+" "+d.text(tag))
	return true
}

// imageOf reads the image that is the value of an entry. A variable with a default has
// that; of one in its tag the rest counts.
func (d *document) imageOf(e *entry) {
	if d.full() {
		return
	}
	text, missing := expand(nil, e.value)
	if missing == "" && !strings.Contains(text, "{{") {
		d.image(d.from, text, d.text(e))
		return
	}
	name, _, tagged := strings.Cut(e.value, ":")
	if i := strings.IndexAny(e.value, "${"); tagged && i > len(name) {
		if marked, _, _ := d.imageMark(imageRef{path: name}); marked != nil {
			d.image(d.from, name, d.text(e))
		}
	}
	d.miss(d.text(e), "the value of %s has a variable", cmp.Or(e.key, "it"))
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
	name := config.at("Image")
	if tags := e.at("RepoTags"); tags.first != nil {
		name = tags.first
	}
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
			d.add(reading{d.from, d.m.Marked(fact.InJavaRelease, "JAVA_VERSION"), builtVersion(value), one, unnamed})
		}
	}
	if machine := e.at("Architecture"); machine.value != "" && (marked == nil || marked[0].Kind != "dbms") {
		d.found(d.from, d.m.Marked(fact.InMachine, machine.value), "", d.text(machine))
	}
	return true
}

// builtVersion drops what images write around a version: "jdk-17.0.9+9", "1:10.11.6+maria~ubu2204".
func builtVersion(text string) string {
	for _, begin := range []string{"jdk-", "jdk", "jre-"} {
		text = strings.TrimPrefix(text, begin)
	}
	if _, rest, epoch := strings.Cut(text, ":"); epoch {
		text = rest
	}
	if i := slices.Index([]byte(text), '_'); i > 0 {
		text = text[:i]
	}
	return text
}
