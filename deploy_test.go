package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/testedon/testedon/internal/secret"
)

// grace is how long a server takes to end at most, by the defaults of --drain and --grace.
const grace = 25 * time.Second

// process is the program as a process of its own.
type process struct {
	cmd         *exec.Cmd
	host, admin string
}

// start serves with these variables, on free ports, and waits until it answers.
func start(t *testing.T, program string, args []string, variables map[string]string) *process {
	t.Helper()
	p := &process{cmd: exec.Command(program, args...)}
	p.cmd.Dir = t.TempDir()
	p.cmd.Env = []string{"HOME=" + p.cmd.Dir, "PATH=" + os.Getenv("PATH")}
	for name, value := range variables {
		p.cmd.Env = append(p.cmd.Env, name+"="+value)
	}
	p.cmd.Env = append(p.cmd.Env, "TESTEDON_LISTEN=127.0.0.1:0", "TESTEDON_ADMIN_LISTEN=127.0.0.1:0")
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	p.cmd.Stderr = &log
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if p.cmd.ProcessState == nil {
			p.cmd.Process.Kill()
			p.cmd.Wait()
		}
		if t.Failed() {
			t.Logf("log of the server:\n%s", &log)
		}
	})
	lines := bufio.NewScanner(out)
	for (p.host == "" || p.admin == "") && lines.Scan() {
		for _, found := range regexp.MustCompile(`(Explorer|Metrics) +http://([^/\s]+)`).FindAllStringSubmatch(lines.Text(), -1) {
			*map[string]*string{"Explorer": &p.host, "Metrics": &p.admin}[found[1]] = found[2]
		}
	}
	if p.host == "" || p.admin == "" {
		t.Fatalf("the server does not say where it answers: %q, %q\n%s", p.host, p.admin, &log)
	}
	go io.Copy(io.Discard, out)
	return p
}

// get gives the status and the body of an answer.
func get(t *testing.T, address string) (int, string) {
	t.Helper()
	r, err := http.Get("http://" + address)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(body)
}

// variable reports whether serve reads a variable of the environment.
func variable(t *testing.T, name string) bool {
	t.Helper()
	option := "--" + strings.ReplaceAll(strings.ToLower(strings.TrimPrefix(name, "TESTEDON_")), "_", "-")
	_, ok := flags(t, "serve")[option]
	return ok || name == secret.Variable
}

// have skips a test where a program is missing that looks at files of others.
func have(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("there is no %s here", name)
	}
	return path
}

// run gives what a program prints, which has to end well.
func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Errorf("%s %s: %v\n%s", filepath.Base(name), strings.Join(args, " "), err, out)
	}
	return string(out)
}

// The unit starts a server that answers, stays up when told to reload, and ends in time.
func TestDeployUnit(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: starts the program")
	}
	unit := read(t, "deploy/testedon.service")
	program, variables := filepath.Join(shell(t), "testedon"), map[string]string{}
	for _, v := range regexp.MustCompile(`(?m)^Environment=(\w+)=(.*)$`).FindAllStringSubmatch(unit, -1) {
		if !variable(t, v[1]) {
			t.Errorf("serve reads no %s", v[1])
		}
		variables[v[1]] = strings.ReplaceAll(v[2], "%S", t.TempDir())
	}
	setting := func(name string) string {
		found := regexp.MustCompile(`(?m)^` + name + `=(.*)$`).FindStringSubmatch(unit)
		if found == nil {
			t.Fatalf("the unit has no %s", name)
		}
		return found[1]
	}
	if limit, err := time.ParseDuration(setting("TimeoutStopSec") + "s"); err != nil || limit <= grace {
		t.Errorf("systemd kills after %v, %v", limit, err)
	}
	p := start(t, program, strings.Fields(setting("ExecStart"))[1:], variables)
	reload := strings.Fields(strings.ReplaceAll(setting("ExecReload"), "$MAINPID", fmt.Sprint(p.cmd.Process.Pid)))
	run(t, reload[0], reload[1:]...)
	for _, host := range []string{p.host, p.admin} {
		if status, body := get(t, host+"/readyz"); status != http.StatusOK {
			t.Errorf("%s/readyz gives %d: %s", host, status, body)
		}
	}
	if _, err := os.Stat(filepath.Join(variables["TESTEDON_DATA"], "testedon.db")); err != nil {
		t.Error(err)
	}
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("it ends with %v", err)
	}
}

// systemd understands the unit, and finds little that it could still take away.
func TestDeployUnitIsHardened(t *testing.T) {
	analyze := have(t, "systemd-analyze")
	unit := filepath.Join(t.TempDir(), "testedon.service")
	text := strings.ReplaceAll(read(t, "deploy/testedon.service"), "/usr/local/bin/testedon", filepath.Join(shell(t), "testedon"))
	if err := os.WriteFile(unit, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if said := run(t, analyze, "verify", "--man=no", unit); strings.Contains(said, "testedon.service") {
		t.Error(said)
	}
	run(t, analyze, "security", "--offline=true", "--threshold=15", unit)
}

// object is what the tests look at in a Kubernetes manifest.
type object struct {
	Kind     string
	Metadata struct{ Name string }
	Spec     struct {
		Selector any
		Ports    []struct{ TargetPort string }
		Template struct {
			Metadata struct{ Labels map[string]string }
			Spec     struct {
				TerminationGracePeriodSeconds int
				Containers                    []struct {
					Args  []string
					Env   []struct{ Name string }
					Ports []struct {
						Name          string
						ContainerPort int
					}
					StartupProbe, ReadinessProbe, LivenessProbe struct {
						HTTPGet struct{ Path, Port string }
					}
					VolumeMounts []struct{ Name, MountPath string }
				}
				Volumes []struct{ Name string }
			}
		}
	}
}

// Manifests start the program by flags, variables and paths that it has, and what stands in
// one place there fits what stands in another.
func TestDeployKubernetes(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: starts the program")
	}
	p := start(t, filepath.Join(shell(t), "testedon"), []string{"serve", "--data", "none"}, nil)
	known := flags(t, "serve")
	for _, name := range []string{"server", "follower"} {
		var labels map[string]string
		ports := map[string]bool{}
		documents := yaml.NewDecoder(strings.NewReader(read(t, "deploy/kubernetes/"+name+".yaml")))
		for {
			var document map[string]any
			if err := documents.Decode(&document); err == io.EOF {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			var o object
			text, err := json.Marshal(document)
			if err == nil {
				err = json.Unmarshal(text, &o)
			}
			if err != nil {
				t.Fatal(err)
			}
			switch o.Kind {
			case "Deployment":
				of := o.Spec.Template.Spec
				labels = o.Spec.Template.Metadata.Labels
				if limit := time.Duration(of.TerminationGracePeriodSeconds) * time.Second; limit <= grace {
					t.Errorf("%s is killed after %v", name, limit)
				}
				c := of.Containers[0]
				for _, arg := range c.Args[1:] {
					if option, _, _ := strings.Cut(arg, "="); c.Args[0] != "serve" || !mapHas(known, option) {
						t.Errorf("%s: serve has no %s", name, option)
					}
				}
				for _, v := range c.Env {
					if !variable(t, v.Name) {
						t.Errorf("%s: serve reads no %s", name, v.Name)
					}
				}
				for _, port := range c.Ports {
					ports[port.Name] = true
					if !strings.Contains(" :8080 "+strings.Join(c.Args, " "), fmt.Sprintf(":%d", port.ContainerPort)) {
						t.Errorf("%s: nothing listens on %d", name, port.ContainerPort)
					}
				}
				for _, probe := range []string{c.StartupProbe.HTTPGet.Path, c.ReadinessProbe.HTTPGet.Path, c.LivenessProbe.HTTPGet.Path} {
					if status, body := get(t, p.admin+probe); status != http.StatusOK {
						t.Errorf("%s: %q gives %d: %s", name, probe, status, body)
					}
				}
				if c.StartupProbe.HTTPGet.Port != "admin" || !ports["admin"] {
					t.Errorf("%s: probes ask the port %q of %v", name, c.StartupProbe.HTTPGet.Port, ports)
				}
				if len(c.VolumeMounts) != 1 || c.VolumeMounts[0].MountPath != "/data" || len(of.Volumes) != 1 || of.Volumes[0].Name != c.VolumeMounts[0].Name {
					t.Errorf("%s: volumes %v are mounted as %v", name, of.Volumes, c.VolumeMounts)
				}
			case "Service":
				if !ports[o.Spec.Ports[0].TargetPort] || fmt.Sprint(o.Spec.Selector) != fmt.Sprint(anyMap(labels)) {
					t.Errorf("%s: the service leads to port %s of %v", name, o.Spec.Ports[0].TargetPort, o.Spec.Selector)
				}
			case "PodDisruptionBudget":
				if got, want := fmt.Sprint(o.Spec.Selector), fmt.Sprint(map[string]any{"matchLabels": anyMap(labels)}); got != want {
					t.Errorf("%s: the budget is for %s, not %s", name, got, want)
				}
			default:
				t.Errorf("%s: nothing is known of a %q here", name, o.Kind)
			}
		}
		if labels == nil {
			t.Errorf("%s starts nothing", name)
		}
	}
}

func mapHas(m map[string]bool, name string) bool { _, ok := m[name]; return ok }

func anyMap(m map[string]string) map[string]any {
	all := map[string]any{}
	for k, v := range m {
		all[k] = v
	}
	return all
}

// The compose file gives a server variables that it reads, and the database the same password.
func TestDeployCompose(t *testing.T) {
	var file struct {
		Services map[string]struct {
			Environment     map[string]string
			Volumes         []string
			StopGracePeriod string         `yaml:"stop_grace_period"`
			DependsOn       map[string]any `yaml:"depends_on"`
		}
		Volumes map[string]any
	}
	if err := yaml.Unmarshal([]byte(read(t, "deploy/compose.yaml")), &file); err != nil {
		t.Fatal(err)
	}
	server, database := file.Services["testedon"], file.Services["database"]
	for name := range server.Environment {
		if !variable(t, name) {
			t.Errorf("serve reads no %s", name)
		}
	}
	if server.Environment[secret.Variable] == "" || server.Environment[secret.Variable] != database.Environment["POSTGRES_PASSWORD"] {
		t.Error("the server has another password than the database")
	}
	if want := "postgresql://" + database.Environment["POSTGRES_USER"] + "@database/"; !strings.HasPrefix(server.Environment["TESTEDON_DATABASE"], want) {
		t.Errorf("the server connects to %s, not to %s", server.Environment["TESTEDON_DATABASE"], want)
	}
	for name, s := range file.Services {
		for _, v := range s.Volumes {
			if volume, _, _ := strings.Cut(v, ":"); !slices.Contains(keys(file.Volumes), volume) {
				t.Errorf("%s mounts %s, which is not there", name, volume)
			}
		}
		for _, on := range keys(s.DependsOn) {
			if _, ok := file.Services[on]; !ok {
				t.Errorf("%s waits for %s, which is not there", name, on)
			}
		}
	}
	if limit, err := time.ParseDuration(server.StopGracePeriod); err != nil || limit <= grace {
		t.Errorf("the server is killed after %v, %v", limit, err)
	}
}

func keys(m map[string]any) (all []string) {
	for k := range m {
		all = append(all, k)
	}
	return all
}

// Every metric of the rules is one that a server has.
func TestDeployAlerts(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: starts the program")
	}
	p := start(t, filepath.Join(shell(t), "testedon"), []string{"serve", "--data", "none"}, nil)
	get(t, p.host+"/v1/products")
	_, metrics := get(t, p.admin+"/metrics")
	named := regexp.MustCompile(`\b(testedon|process|go)_\w+`).FindAllString(read(t, "deploy/alerts.yaml"), -1)
	if len(named) < 8 {
		t.Errorf("the rules name %v only", named)
	}
	for _, name := range named {
		if !regexp.MustCompile(`(?m)^` + name + `[{ ]`).MatchString(metrics) {
			t.Errorf("a server has no metric %s", name)
		}
	}
}

// Prometheus reads the rules, and they ring when they should.
func TestDeployAlertsRing(t *testing.T) {
	run(t, have(t, "promtool"), "test", "rules", "deploy/alerts_test.yaml")
}

func TestDeployHAProxy(t *testing.T) {
	run(t, have(t, "haproxy"), "-c", "-f", "deploy/haproxy.cfg")
}

func TestDeployNginx(t *testing.T) {
	nginx, dir := have(t, "nginx"), t.TempDir()
	text := strings.NewReplacer("/var/cache/nginx", dir, "listen 80", "listen unix:"+dir+"/door").Replace(read(t, "deploy/nginx.conf"))
	file := filepath.Join(dir, "nginx.conf")
	text = fmt.Sprintf("pid %s/pid; error_log stderr; events {} http { access_log off; %s }", dir, text)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	run(t, nginx, "-t", "-c", file)
}
