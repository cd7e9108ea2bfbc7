package detect

import (
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// pipelineFormats are those of build servers.
var pipelineFormats = []format{
	{"github-actions", []string{"jobs"}, []string{"name", "on", "env", "permissions", "concurrency", "defaults", "run-name", "true"}, workflow},
	{"gitlab-ci", []string{"stages"}, []string{"image", "services", "variables", "before_script", "after_script", "default", "include", "workflow", "cache"}, gitlabJob},
	{"gitlab-ci", []string{"script", "stage"}, []string{"image", "services", "variables", "tags", "only", "rules", "needs", "artifacts", "before_script"}, gitlabJob},
	{"azure-pipelines", []string{"vmImage"}, nil, func(d *document, e *entry) bool { d.runner(e.at("vmImage"), nil); return true }},
}

// workflow reads the jobs of GitHub Actions: the machine or else the container they run
// in, their services, and the Java they set up. A value of a matrix is all of its list.
func workflow(d *document, e *entry) bool {
	known := false
	for job := e.at("jobs").first; job != nil; job = job.next {
		runner, container := job.at("runs-on"), job.at("container")
		known = known || runner.key != "" || job.at("uses").key != ""
		switch image := container.at("image"); {
		case image.value != "":
			d.imageOf(image)
		case container.value != "":
			d.imageOf(container)
		default:
			d.runner(runner, job)
		}
		for s := job.at("services").first; s != nil; s = s.next {
			if image := s.at("image"); image.value != "" {
				d.imageOf(image)
			}
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
		case ok && ok2 && job != nil:
			matrix := job.at("strategy", "matrix")
			all = append(all, matrix.at(name).texts()...)
			for one := matrix.at("include").first; one != nil; one = one.next {
				all = append(all, one.at(name).texts()...)
			}
		case strings.Contains(text, "${{") || strings.HasPrefix(text, "$"):
			d.miss(d.text(e), "the value of %s is a variable", e.key)
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
			d.miss(d.text(e), "%q is no machine that is known", label)
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
			d.add(reading{d.from, d.m.Marked(fact.InJavaRelease, "JAVA_VERSION"), number, d.text(version), unnamed})
		}
		for _, name := range names {
			d.found(d.from, d.m.Marked(fact.InJavaDistribution, name), number, d.text(distribution)+" "+d.text(version))
		}
	}
}

// gitlabJob reads the images of a job of GitLab, or of all jobs.
func gitlabJob(d *document, e *entry) bool {
	for _, image := range []*entry{e.at("image"), e.at("image", "name"), e.at("default", "image")} {
		if image.value != "" {
			d.imageOf(image)
		}
	}
	for s := e.at("services").first; s != nil; s = s.next {
		if name := s.at("name"); name.value != "" {
			d.imageOf(name)
		} else if s.value != "" {
			d.imageOf(s)
		}
	}
	return true
}
