package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// pipeline is a machine that runs the jobs of a build server: a folder with the sources of a
// user, and one with published versions of the program.
type pipeline struct {
	dir, site, archive string
	environ            []string
}

// newPipeline makes one. What is published is a program that starts the one of the tests.
func newPipeline(t *testing.T) *pipeline {
	t.Helper()
	for _, tool := range []string{"curl", "jq"} {
		if _, err := exec.LookPath(tool); err != nil && os.Getenv("CI") != "true" {
			t.Skipf("there is no %s, which pipelines use", tool)
		}
	}
	p := &pipeline{dir: t.TempDir(), site: t.TempDir(), archive: "testedon-" + runtime.GOOS + "-" + runtime.GOARCH + ".tar.gz"}
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	files := tar.NewWriter(zip)
	program := "#!/bin/sh\nexec '" + filepath.Join(shell(t), "testedon") + "' \"$@\"\n"
	if err := files.WriteHeader(&tar.Header{Name: "testedon/testedon", Mode: 0o755, Size: int64(len(program))}); err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(files, program)
	files.Close()
	zip.Close()
	sum := fmt.Sprintf("%x", sha256.Sum256(packed.Bytes()))
	for version, sums := range map[string]string{
		"latest/download": sum + "  " + p.archive + "\n" + strings.Repeat("0", 64) + "  testedon-plan9-mips.tar.gz\n", "download/v1.2.3": sum + "  " + p.archive + "\n",
		"download/v0.1.0": strings.Repeat("0", 64) + "  " + p.archive + "\n", "download/v0.2.0": sum + "  x" + p.archive + "\n", "download/v0.3.0": "",
	} {
		p.write(t, p.site, version+"/"+p.archive, packed.String())
		if sums != "" {
			p.write(t, p.site, version+"/SHA256SUMS", sums)
		}
	}
	p.write(t, p.dir, "fleet, all.csv", "name,product,release,os\ngood,mi,4.4.0,RHEL 9\n\"b%ad\n::error::x\",mi,4.4.0,RHEL 7\n")
	for name, day := range map[string]string{"waivers, all.yaml": "9999-12-31", "waivers, old.yaml": "2020-01-31", "waivers, bad.yaml": "soon"} {
		p.write(t, p.dir, name, "version: 1\nwaivers:\n  - {product: mi, release: 4.4.0, kind: os, component: RHEL 7, reason: \"moves::error::x\", owner: ops, expires: "+day+"}\n")
	}
	p.write(t, p.dir, "Dockerfile", "FROM eclipse-temurin:21-jre\n")
	p.write(t, p.dir, "bom.json", `{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"type":"container","name":"postgres","version":"17.2","purl":"pkg:docker/postgres@17.2"}]}`)
	p.environ = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir()}
	return p
}

func (p *pipeline) write(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// sh runs a script as a step of a job, and gives its exit code and what it prints.
func (p *pipeline) sh(t *testing.T, script string, environ ...string) (code int, printed string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "step.sh")
	if err := os.WriteFile(file, []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("sh", "-e", file)
	cmd.Dir, cmd.Env = p.dir, append(slices.Clone(p.environ), environ...)
	out, err := cmd.CombinedOutput()
	if err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

// action is what GitHub reads of action.yml.
type action struct {
	Inputs  map[string]struct{ Default string }
	Outputs map[string]struct{ Value string }
	Runs    struct {
		Steps []struct {
			ID, If, Run, Uses string
			Env, With         map[string]string
		}
	}
}

// ran is what became of an action.
type ran struct {
	code                int
	log, summary        string
	outputs             map[string]string
	annotations, unread []string // commands that the runner obeys, and those that it does not
	uploaded            bool
}

var expression = regexp.MustCompile(`\$\{\{ (inputs|steps\.check\.outputs)\.([a-z-]+) \}\}`)

// run runs the steps of the action as GitHub does.
func (a *action) run(t *testing.T, p *pipeline, inputs map[string]string) (r ran) {
	t.Helper()
	r.outputs = map[string]string{}
	value := func(text string) string {
		return expression.ReplaceAllStringFunc(text, func(found string) string {
			part := expression.FindStringSubmatch(found)
			if part[1] != "inputs" {
				return r.outputs[part[2]]
			}
			if given, ok := inputs[part[2]]; ok {
				return given
			}
			return a.Inputs[part[2]].Default
		})
	}
	files := t.TempDir()
	here, _ := os.Getwd()
	for _, step := range a.Runs.Steps {
		if step.Uses != "" {
			r.uploaded = value("${{ inputs.sarif }}") == "true" && r.outputs["report"] != ""
			continue
		}
		environ := []string{"GITHUB_ACTIONS=true", "GITHUB_ACTION_PATH=" + here, "GITHUB_OUTPUT=" + files + "/output", "GITHUB_STEP_SUMMARY=" + files + "/summary"}
		for name, text := range step.Env {
			environ = append(environ, name+"="+value(text))
		}
		code, printed := p.sh(t, step.Run, environ...)
		r.code, r.log = code, r.log+printed
		if text, err := os.ReadFile(files + "/output"); err == nil && step.ID == "check" {
			for line := range strings.Lines(string(text)) {
				name, text, _ := strings.Cut(strings.TrimSpace(line), "=")
				r.outputs[name] = text
			}
		}
		if code != 0 {
			break
		}
	}
	text, _ := os.ReadFile(files + "/summary")
	r.summary = string(text)
	stopped := ""
	for line := range strings.Lines(r.log) {
		line = strings.TrimSuffix(line, "\n")
		mark, stops := strings.CutPrefix(line, "::stop-commands::")
		switch {
		case stops && stopped == "":
			stopped = "::" + mark + "::"
		case stopped != "" && line == stopped:
			stopped = ""
		case strings.HasPrefix(line, "::") && stopped == "":
			r.annotations = append(r.annotations, line)
		case strings.HasPrefix(line, "::"):
			r.unread = append(r.unread, line)
		}
	}
	return r
}

// TestDeployAction runs what action.yml runs, with good input and with bad.
func TestDeployAction(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: starts the program for each case")
	}
	var a action
	if err := yaml.Unmarshal([]byte(read(t, "action.yml")), &a); err != nil {
		t.Fatal(err)
	}
	for _, step := range a.Runs.Steps {
		if strings.Contains(step.Run, "${{") {
			t.Errorf("a script has an expression in it, which whoever fills it in can end: %s", step.Run)
		}
	}
	p := newPipeline(t)
	text, _ := os.ReadFile(filepath.Join(p.site, "latest/download", p.archive))
	sum := fmt.Sprintf("%x", sha256.Sum256(text))
	mi := func(more ...string) map[string]string {
		inputs := map[string]string{"product": "mi", "release": "4.4.0", "environment": "os=RHEL 9\njdk=Corretto 21\n"}
		for i := 0; i < len(more); i += 2 {
			inputs[more[i]] = more[i+1]
		}
		return inputs
	}
	for name, test := range map[string]struct {
		inputs map[string]string
		code   int
		want   []string // in the log and the summary
	}{
		"tested":         {mi(), 0, []string{"✓ Tested", "Corretto 21"}},
		"not listed":     {mi("environment", "os=RHEL 7", "sarif", "true"), 1, []string{"– Not listed", "::warning title=TestedOn::mi 4.4.0: RHEL 7: "}},
		"a version":      {mi("version", "v1.2.3"), 0, nil},
		"a file":         {map[string]string{"file": "fleet, all.csv", "sarif": "true"}, 1, []string{"::warning title=TestedOn,file=fleet%2C all.csv,line=3::b%25ad%0A::error::x: RHEL 7: "}},
		"waived":         {map[string]string{"file": "fleet, all.csv", "waivers": "waivers, all.yaml"}, 0, []string{"2 environments: 2 pass (1 by a waiver)"}},
		"expired":        {map[string]string{"file": "fleet, all.csv", "waivers": "waivers, old.yaml"}, 1, []string{"file=fleet%2C all.csv,line=3::b%25ad", "::error title=TestedOn,file=waivers%2C old.yaml,line=3::the waiver of Red Hat Enterprise Linux 7 has ended on 2020-01-31"}},
		"unused":         {mi("waivers", "waivers, all.yaml"), 1, []string{"✓ Tested", "::error title=TestedOn,file=waivers%2C all.yaml,line=3::the waiver of Red Hat Enterprise Linux 7 is not used"}},
		"bad waivers":    {mi("waivers", "waivers, bad.yaml"), 2, []string{"waivers, bad.yaml"}},
		"texts":          {mi("environment", "", "from", "Dockerfile\n\n", "sbom", "bom.json"), 0, []string{"Eclipse Temurin", "PostgreSQL 17.2"}},
		"a bar":          {mi("environment", "dbms=PostgreSQL 17.4", "require", "compatible"), 0, []string{"≈"}},
		"another bar":    {mi("require", "good"), 2, []string{"--require"}},
		"nothing":        {mi("environment", ""), 2, nil},
		"no product":     {mi("product", "nope"), 5, []string{"No product", "::error title=TestedOn::"}},
		"no file":        {map[string]string{"file": "none.csv"}, 2, []string{"none.csv"}},
		"commands":       {mi("product", "mi; touch pwned; $(touch pwned) `touch pwned` ' \" && touch pwned"), 5, nil},
		"flags":          {mi("product", "--help", "environment", "--help\nos=RHEL 9"), 2, nil},
		"commands again": {mi("environment", "os=$(touch pwned) `touch pwned`\nEND\ntouch pwned", "from", "$(touch pwned)", "sbom", "'\n; touch pwned"), 2, nil},
		"line breaks":    {mi("product", "mi\n::error::x\n::set-output name=x::y"), 2, []string{"control character"}},
		"markup":         {mi("product", "</pre><script>&"), 5, []string{"&lt;/pre&gt;&lt;script&gt;&amp;"}},
		"a checksum":     {mi("checksum", sum), 0, nil},
		"wrong checksum": {mi("checksum", strings.Repeat("0", 64)), 3, []string{"has the checksum " + sum}},
		"wrong sums":     {mi("version", "v0.1.0"), 3, []string{"has the checksum " + sum}},
		"not in sums":    {mi("version", "v0.2.0"), 3, []string{`and not ""`}},
		"no sums":        {mi("version", "v0.3.0"), 3, []string{"SHA256SUMS cannot be fetched"}},
		"no version":     {mi("version", "v9.9.9"), 3, []string{"cannot be fetched"}},
		"a path":         {mi("version", "../latest"), 2, []string{"version"}},
		"an output":      {mi("report", "x.sarif\nexit-code=0"), 2, []string{"control character"}},
		"a flag":         {mi("report", "-f"), 0, nil},
		"plain HTTP":     {mi("downloads", "http://127.0.0.1:1"), 3, []string{"cannot be fetched"}},
	} {
		t.Run(name, func(t *testing.T) {
			if test.inputs["downloads"] == "" {
				test.inputs["downloads"] = "file://" + p.site
			}
			r := a.run(t, p, test.inputs)
			if r.code != test.code {
				t.Errorf("the exit code is %d, not %d", r.code, test.code)
			}
			for _, want := range test.want {
				if !strings.Contains(r.log+r.summary, want) {
					t.Errorf("nobody is told %q", want)
				}
			}
			if test.code == 0 && len(r.annotations) > 0 {
				t.Errorf("what passes is annotated: %q", r.annotations)
			}
			for _, line := range r.annotations {
				if !strings.HasPrefix(line, "::warning title=TestedOn") && !strings.HasPrefix(line, "::error title=TestedOn") {
					t.Errorf("the runner obeys %s", line)
				}
			}
			if _, err := os.Stat(filepath.Join(p.dir, "pwned")); err == nil {
				t.Error("an input was run")
			}
			if got := r.outputs["exit-code"]; got != "" && got != fmt.Sprint(test.code) {
				t.Errorf("the output says %s", got)
			}
			if want := test.inputs["sarif"] == "true"; r.uploaded != want {
				t.Errorf("uploaded: %t", r.uploaded)
			}
			if t.Failed() {
				t.Logf("outputs %v, log:\n%s\nsummary:\n%s", r.outputs, r.log, r.summary)
			}
		})
	}
}

// TestDeployGitLab runs the job of the component, whose script is that of the action.
func TestDeployGitLab(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: starts the program for each case")
	}
	spec, text, _ := strings.Cut(read(t, "templates/testedon.yml"), "\n---\n")
	var inputs struct {
		Spec struct {
			Inputs map[string]struct{ Default string }
		}
	}
	var jobs map[string]struct {
		Variables map[string]any
		Script    []string
		Artifacts struct{ Reports struct{ Junit string } }
	}
	if err := yaml.Unmarshal([]byte(spec), &inputs); err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal([]byte(text), &jobs); err != nil {
		t.Fatal(err)
	}
	job := jobs["$[[ inputs.job ]]"]
	script := strings.Join(job.Script, "\n")
	common, _, _ := strings.Cut(read(t, "integrations/check.sh"), "# The rest is for GitHub Actions.")
	if script != regexp.MustCompile(`(?m)^(\s*#.*)?\n`).ReplaceAllString(common, "") {
		t.Error("the script differs from the first part of integrations/check.sh without its comments")
	}
	p := newPipeline(t)
	for environment, code := range map[string]int{"os=RHEL 9\njdk=Corretto 21": 0, "os=RHEL 7": 1, "os=$(touch pwned)": 1, "$HOME": 2} {
		given := map[string]string{"product": "mi", "release": "4.4.0", "environment": environment, "downloads": "file://" + p.site}
		var environ []string
		for name, value := range job.Variables {
			text, _ := value.(string)
			if whole, ok := value.(map[string]any); ok {
				if text, _ = whole["value"].(string); whole["expand"] != false {
					t.Errorf("GitLab expands %s", name)
				}
			}
			if input, ok := strings.CutPrefix(text, "$[[ inputs."); ok {
				input = strings.TrimSuffix(input, " ]]")
				known, ok := inputs.Spec.Inputs[input]
				if text = known.Default; !ok {
					t.Errorf("there is no input %s", input)
				}
				if value, ok := given[input]; ok {
					text = value
				}
			}
			environ = append(environ, name+"="+text)
		}
		os.Remove(filepath.Join(p.dir, job.Artifacts.Reports.Junit))
		got, printed := p.sh(t, script, environ...)
		if got != code {
			t.Errorf("%q gave %d, not %d:\n%s", environment, got, code, printed)
		}
		report, err := os.ReadFile(filepath.Join(p.dir, job.Artifacts.Reports.Junit))
		if code < 2 && (err != nil || xml.Unmarshal(report, new(struct{ XMLName xml.Name })) != nil) {
			t.Errorf("%q has no report: %v\n%s", environment, err, report)
		}
	}
	if _, err := os.Stat(filepath.Join(p.dir, "pwned")); err == nil {
		t.Error("an input was run")
	}
}

// TestDeployPreCommit runs the hooks where what they are about is in order, and where it is not.
func TestDeployPreCommit(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: starts the program for each case")
	}
	var hooks []struct {
		ID, Entry, Files string
		Args             []string
	}
	if err := yaml.Unmarshal([]byte(read(t, ".pre-commit-hooks.yaml")), &hooks); err != nil {
		t.Fatal(err)
	}
	p := newPipeline(t)
	p.environ[0] = "PATH=" + shell(t) + ":" + os.Getenv("PATH")
	if code, printed := p.sh(t, "testedon init --product acme catalogue"); code != 0 {
		t.Fatal(printed)
	}
	files := map[string][]string{ // in order, and not
		"testedon":           {"environments.csv", "product,release,os\nmi,4.4.0,RHEL 9\n", "product,release,os\nmi,4.4.0,RHEL 7\n"},
		"testedon-catalogue": {"catalogue/catalogue.yaml", "", "nonsense: true\n"},
	}
	for _, hook := range hooks {
		file := files[hook.ID]
		if len(file) == 0 {
			t.Errorf("the hook %s is not tried; known are %v", hook.ID, slices.Sorted(maps.Keys(files)))
			continue
		}
		if !regexp.MustCompile(hook.Files).MatchString(file[0]) {
			t.Errorf("%s does not look at %s", hook.ID, file[0])
		}
		for i, text := range file[1:] {
			if text != "" {
				p.write(t, p.dir, file[0], text)
			}
			code, printed := p.sh(t, "exec "+hook.Entry+" '"+strings.Join(hook.Args, "' '")+"'")
			if (code == 0) != (i == 0) {
				t.Errorf("%s gave %d:\n%s", hook.ID, code, printed)
			}
		}
	}
}
