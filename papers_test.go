package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/testedon/testedon/cli"
	"github.com/testedon/testedon/export"
	"github.com/testedon/testedon/fleet"
	"github.com/testedon/testedon/internal/dbserver"
)

// today is the day on which the examples are asked.
func today() time.Time { return time.Date(2026, time.November, 21, 12, 0, 0, 0, time.UTC) }

// TestMain lets the test binary stand for the program under the name of that.
func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) == "testedon" {
		program := cli.Program{Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Version: "v1.0.0", Commit: "c0ffee", Now: today}
		os.Exit(program.Run(context.Background()))
	}
	os.Exit(m.Run())
}

// guides are the papers for users, with the examples that are run.
func guides(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob("docs/*.md")
	if err != nil || len(names) == 0 {
		t.Fatalf("docs has no papers: %v", err)
	}
	return append(names, "README.md")
}

// The README is read in a few minutes; what is longer belongs to docs.
func TestPapersReadme(t *testing.T) {
	if size := len(read(t, "README.md")); size > 9000 {
		t.Errorf("README.md has %d bytes, more than 9000: move something to docs", size)
	}
}

// block is a fenced block of a paper.
type block struct {
	line       int
	info, text string
}

var fence = regexp.MustCompile("(?ms)^```([^\n]*)\n(.*?)^```$")

func blocks(text string) (all []block) {
	for _, at := range fence.FindAllStringSubmatchIndex(text, -1) {
		all = append(all, block{1 + strings.Count(text[:at[0]], "\n"), text[at[2]:at[3]], text[at[4]:at[5]]})
	}
	return all
}

// TestPapers runs the examples of every paper. What stands behind the language of a
// block says what is done with it:
//
//	```sh                 run by a shell, with testedon and a server at localhost:8080
//	```sh serves          the same of a server of its own, which goes on until the paper ends
//	```sh exits=1         the same, ending with another exit code than 0
//	```sh no-run: WHY     not run; any language may say so
//	```yaml file=NAME     written to that file before what follows is run
//	```                   what the commands before print; also text, and json, which is indented
//
// Other ports of localhost are free ones, and localhost:5432 is a PostgreSQL of the paper, with
// the user and the database testedon.
//
// In what is printed "…" stands for anything: within a line, between brackets or braces, and
// alone on a line for any lines. UPDATE_PAPERS=1 writes what is printed now where none stands.
func TestPapers(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: starts the program for each command")
	}
	if _, err := exec.LookPath("curl"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("there is no curl, which the examples use")
		}
		t.Skip("there is no curl, which the examples use")
	}
	host, bin := startServer(t), shell(t)
	for _, name := range guides(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := &paper{name: name, dir: t.TempDir(), bin: bin, places: map[string]string{"localhost:8080": host}}
			p.text = read(t, name)
			for _, b := range blocks(p.text) {
				p.do(t, b)
			}
			p.ran(t)
			if os.Getenv("UPDATE_PAPERS") != "" {
				if err := os.WriteFile(name, []byte(p.text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// shell makes a folder with the program, under its name.
func shell(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	if err := os.Symlink(self, filepath.Join(bin, "testedon")); err != nil {
		t.Fatal(err)
	}
	return bin
}

// startServer serves the embedded catalogue on a free port and gives its address.
func startServer(t *testing.T) string {
	t.Helper()
	in, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan int)
	go func() {
		args := []string{"serve", "--listen", "127.0.0.1:0", "--data", t.TempDir(), "--log-level", "warn", "--drain", "0", "--trusted-proxy", "127.0.0.1/32"}
		ended <- cli.Program{Args: args, Stdout: out, Stderr: os.Stderr, Version: "v1.0.0", Now: today}.Run(ctx)
		out.Close()
	}()
	t.Cleanup(func() { stop(); <-ended; in.Close() })
	buf := make([]byte, 4096)
	n, _ := in.Read(buf)
	host := regexp.MustCompile(`http://(\S+)`).FindSubmatch(buf[:n])
	if host == nil {
		t.Fatalf("the server does not start: %s", buf[:n])
	}
	return string(host[1])
}

// patience is how long an example may take.
const patience = 2 * time.Minute

// paper is one whose examples are run.
type paper struct {
	name, dir, bin string
	places         map[string]string // by the addresses that stand for them
	text           string            // as it is written back
	command        block             // the last that was run
	printed        string            // what it printed
	open           bool              // nothing was held against that yet
	runs           int
}

// do does what a block says.
func (p *paper) do(t *testing.T, b block) {
	t.Helper()
	language, rest, _ := strings.Cut(b.info, " ")
	file, isFile := strings.CutPrefix(rest, "file=")
	reason, leftOut := strings.CutPrefix(rest, "no-run: ")
	exits, ends := strings.CutPrefix(rest, "exits=")
	code, err := strconv.Atoi(exits)
	switch {
	case leftOut && reason != "":
	case isFile && filepath.IsLocal(file):
		p.write(t, file, b.text)
	case b.info == "sh serves":
		p.command, p.open = b, true
		p.printed = p.serve(t)
	case language == "sh" && (rest == "" || ends && err == nil):
		p.command, p.open = b, true
		p.printed = p.run(t, code)
	case slices.Contains([]string{"", "text", "json"}, b.info) && p.open:
		p.open = false
		p.hold(t, b)
	default:
		t.Errorf("%s:%d: nothing is known of a block that is called %q here", p.name, b.line, b.info)
	}
}

func (p *paper) write(t *testing.T, file, text string) {
	t.Helper()
	path := filepath.Join(p.dir, file)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// run gives what a block prints, and holds its exit code against code.
func (p *paper) run(t *testing.T, code int) string {
	t.Helper()
	cmd := p.shell(t)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// An example that waits for something waits for ever where that does not come.
	end := time.AfterFunc(patience, func() { syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) })
	err := cmd.Wait()
	end.Stop()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	if got := cmd.ProcessState.ExitCode(); got != code {
		t.Errorf("%s:%d: exit code %d, want %d\n%s", p.name, p.command.line, got, code, &out)
	}
	return p.named(out.String())
}

// shell is the shell that runs a block.
func (p *paper) shell(t *testing.T) *exec.Cmd {
	t.Helper()
	p.runs++
	text := regexp.MustCompile(`localhost:\d{4}`).ReplaceAllStringFunc(p.command.text, func(name string) string {
		if p.places[name] == "" && name == "localhost:5432" {
			database := dbserver.NewPostgreSQL(t)
			database.Execute(t, "CREATE ROLE testedon LOGIN", "CREATE DATABASE testedon OWNER testedon")
			p.places[name] = "127.0.0.1:" + database.Port
		} else if p.places[name] == "" {
			free, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer free.Close()
			p.places[name] = free.Addr().String()
		}
		return p.places[name]
	})
	cmd := exec.Command("sh", "-e", "-c", text)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Dir = p.dir
	cmd.Env = []string{"PATH=" + p.bin + ":" + os.Getenv("PATH"), "HOME=" + p.dir, "CURL_HOME=" + p.dir, "LC_ALL=C.UTF-8"}
	p.write(t, ".curlrc", "silent\nshow-error\n")
	return cmd
}

// named is what was printed, with the addresses of the paper.
func (p *paper) named(out string) string {
	for name, place := range p.places {
		out = strings.ReplaceAll(out, place, name)
	}
	return strings.ReplaceAll(out, "\r", "")
}

// serve starts a server, and gives the line that it prints when it answers.
func (p *paper) serve(t *testing.T) string {
	t.Helper()
	cmd := p.shell(t)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	cmd.Stderr = &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	first, err := lines.ReadString('\n')
	go io.Copy(io.Discard, lines)
	t.Cleanup(func() {
		syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		cmd.Wait()
		if t.Failed() {
			t.Logf("%s:%d: log of the server:\n%s", p.name, p.command.line, &log)
		}
	})
	if err != nil {
		t.Fatalf("%s:%d: the server does not start: %v", p.name, p.command.line, err)
	}
	return p.named(first)
}

// hold compares what is shown with what was printed.
func (p *paper) hold(t *testing.T, shown block) {
	t.Helper()
	got := p.printed
	if shown.info == "json" {
		var indented strings.Builder
		encoder := json.NewEncoder(&indented)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		if err := encoder.Encode(json.RawMessage(got)); err != nil {
			t.Fatalf("%s:%d: %v\n%s", p.name, shown.line, err, got)
		}
		got = indented.String()
	}
	if got = trimmed(got); os.Getenv("UPDATE_PAPERS") != "" && !strings.Contains(shown.text, "…") {
		head := "```" + p.command.info + "\n" + p.command.text + "```"
		before, after, _ := strings.Cut(p.text, head)
		p.text = before + head + strings.Replace(after, "```"+shown.info+"\n"+shown.text, "```"+shown.info+"\n"+got, 1)
		return
	}
	if !pattern(shown.text).MatchString(got) {
		t.Errorf("%s:%d shows\n%s\nwhat is printed is\n%s", p.name, shown.line, shown.text, got)
	}
}

// ran reports a paper that has examples and runs none.
func (p *paper) ran(t *testing.T) {
	t.Helper()
	if all := blocks(p.text); len(all) > 0 && p.runs == 0 {
		t.Errorf("%s has %d blocks, and runs none", p.name, len(all))
	}
}

var blanks = regexp.MustCompile(`(?m)[ \t]+$`)

func trimmed(text string) string {
	return strings.TrimRight(blanks.ReplaceAllString(text, ""), "\n") + "\n"
}

// pattern is what is printed where text is shown.
func pattern(text string) *regexp.Regexp {
	var b strings.Builder
	b.WriteByte('^')
	for line := range strings.Lines(trimmed(text)) {
		if strings.TrimSpace(line) == "…" {
			b.WriteString(`(?:.*\n)*?`)
			continue
		}
		line = strings.NewReplacer(`\[…\]`, `\[(?s:.*?)\]`, `\{…\}`, `\{(?s:.*?)\}`, `…`, `.*?`).Replace(regexp.QuoteMeta(line))
		b.WriteString(line)
	}
	return regexp.MustCompile(b.String() + "$")
}

var (
	linked  = regexp.MustCompile(`\]\(([^()\s]+)\)`)
	heading = regexp.MustCompile(`(?m)^#+ (.+)$`)
	notSlug = regexp.MustCompile(`[^\p{L}\p{N}\- _]`)
)

// anchors are what links to the headings of a paper end with, as GitHub makes them.
func anchors(text string) []string {
	var all []string
	for _, h := range heading.FindAllStringSubmatch(fence.ReplaceAllString(text, ""), -1) {
		all = append(all, strings.ReplaceAll(notSlug.ReplaceAllString(strings.ToLower(h[1]), ""), " ", "-"))
	}
	return all
}

// Links between papers lead to a file, and to a heading that it has.
func TestPapersLinks(t *testing.T) {
	for _, name := range append(guides(t), "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "bench/RESULTS.md", "bench/peers.md") {
		for _, l := range linked.FindAllStringSubmatch(fence.ReplaceAllString(read(t, name), ""), -1) {
			if strings.Contains(l[1], "://") {
				continue
			}
			file, anchor, inside := strings.Cut(l[1], "#")
			path := filepath.Join(filepath.Dir(name), file)
			if file == "" {
				path = name
			}
			if _, err := os.Stat(path); err != nil {
				t.Errorf("%s: %s leads nowhere", name, l[1])
			} else if inside && !slices.Contains(anchors(read(t, path)), anchor) {
				t.Errorf("%s: %s has no heading #%s", name, path, anchor)
			}
		}
	}
}

// section is the text of a paper under a heading, up to the next.
func section(t *testing.T, paper, title string) string {
	t.Helper()
	_, rest, ok := strings.Cut("\n"+fence.ReplaceAllString(read(t, paper), ""), "# "+title+"\n")
	if !ok {
		t.Fatalf("%s has no section %q", paper, title)
	}
	rest, _, _ = strings.Cut(rest, "\n#")
	return rest
}

var row = regexp.MustCompile("(?m)^\\| (\\*\\*)?`([^`]+)`")

// rows are the names that begin the rows of a section's table; true where they are bold.
func rows(t *testing.T, paper, title string) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for _, r := range row.FindAllStringSubmatch(section(t, paper, title), -1) {
		if _, again := all[r[2]]; again {
			t.Errorf("%s, %s: %s stands there twice", paper, title, r[2])
		}
		all[r[2]] = r[1] != ""
	}
	return all
}

// same reports where the rows of a table differ from what there is.
func same(t *testing.T, place string, shown, is map[string]bool) {
	t.Helper()
	if maps.Equal(shown, is) {
		return
	}
	for name, must := range is {
		if bold, ok := shown[name]; !ok {
			t.Errorf("%s does not have %s", place, name)
		} else if bold != must {
			t.Errorf("%s: %s is bold: %v, it has to be there: %v", place, name, bold, must)
		}
	}
	for name := range shown {
		if _, ok := is[name]; !ok {
			t.Errorf("%s: there is no %s", place, name)
		}
	}
}

// printed is what the program prints.
func printed(t *testing.T, args ...string) string {
	t.Helper()
	var out strings.Builder
	cli.Program{Args: args, Stdout: &out, Stderr: &out, Now: today}.Run(context.Background())
	return out.String()
}

var flag = regexp.MustCompile(`(?m)^ {2,6}(?:-\w, )?--([a-z-]+)`)

// flags are those of a command, as its help has them.
func flags(t *testing.T, command string) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for _, f := range flag.FindAllStringSubmatch(printed(t, append(strings.Fields(command), "--help")...), -1) {
		all["--"+f[1]] = false
	}
	delete(all, "--help")
	return all
}

// The configuration table has each flag of serve with its variable, and no other.
func TestPapersConfiguration(t *testing.T) {
	const place = "Configuration"
	same(t, "docs/operating.md", rows(t, "docs/operating.md", place), flags(t, "serve"))
	text := section(t, "docs/operating.md", place)
	for f := range flags(t, "serve") {
		variable := "TESTEDON_" + strings.ToUpper(strings.ReplaceAll(f[2:], "-", "_"))
		if !strings.Contains(text, "| `"+f+"` | `"+variable+"` |") {
			t.Errorf("docs/operating.md does not have %s beside %s", variable, f)
		}
	}
}

var command = regexp.MustCompile(`(?m)^  ([a-z][a-z -]*?)  `)

// commands are those that the help lists, and those that their help lists in turn.
func commands(t *testing.T, above ...string) (all []string) {
	t.Helper()
	found := command.FindAllStringSubmatch(printed(t, append(above, "--help")...), -1)
	for _, c := range found {
		all = append(all, commands(t, strings.Fields(c[1])...)...)
	}
	if len(found) == 0 {
		all = append(all, strings.Join(above, " "))
	}
	return all
}

// Each command has a section with its flags; those of several commands stand in one of their own.
func TestPapersFlags(t *testing.T) {
	const paper = "docs/command-line.md"
	shared, users := rows(t, paper, "Flags of several commands"), map[string]int{}
	for _, command := range commands(t) {
		if command == "serve" {
			continue // its flags are the configuration
		}
		own := flags(t, command)
		for f := range own {
			if _, ok := shared[f]; ok {
				users[f]++
				delete(own, f)
			}
		}
		same(t, paper+", "+command, rows(t, paper, command), own)
	}
	for f := range shared {
		if users[f] < 2 {
			t.Errorf("%s: %s is a flag of %d commands", paper, f, users[f])
		}
	}
}

// docs/command-line.md has each format of reports and of exports.
func TestPapersFormats(t *testing.T) {
	const paper = "docs/command-line.md"
	reports, exports := map[string]bool{}, map[string]bool{"json": false}
	for _, f := range fleet.Formats {
		reports[f.Name] = false
	}
	for _, f := range export.Formats {
		exports[f.Name] = false
	}
	same(t, paper, rows(t, paper, "Report formats"), reports)
	same(t, paper, rows(t, paper, "Export formats"), exports)
}

// contract is the part of the contract that the papers are held against.
type contract struct {
	Paths      map[string]map[string]json.RawMessage
	Components struct {
		Schemas map[string]struct {
			Properties map[string]json.RawMessage
			Words      []string `json:"x-extensible-enum"`
		}
	}
}

func readContract(t *testing.T) (c contract) {
	t.Helper()
	if err := json.Unmarshal([]byte(read(t, "openapi/openapi.json")), &c); err != nil {
		t.Fatal(err)
	}
	return c
}

// docs/api.md has each operation of the contract and each code of a problem.
func TestPapersContract(t *testing.T) {
	c := readContract(t)
	is, shown := map[string]bool{}, map[string]bool{}
	for path, methods := range c.Paths {
		for method := range methods {
			if method == "get" || method == "post" {
				is[strings.ToUpper(method)+" "+path] = false
			}
		}
	}
	for _, o := range regexp.MustCompile("(?m)^\\| `((?:GET|POST) [^`?]+)`").FindAllStringSubmatch(read(t, "docs/api.md"), -1) {
		shown[o[1]] = false
	}
	same(t, "docs/api.md", shown, is)

	codes := map[string]bool{}
	for _, code := range c.Components.Schemas["ProblemCode"].Words {
		codes[code] = false
	}
	same(t, "docs/api.md, Errors", rows(t, "docs/api.md", "Errors"), codes)
}

// docs/answers.md has each member of an answer.
func TestPapersAnswer(t *testing.T) {
	c := readContract(t)
	for title, schema := range map[string]string{
		"The answer": "Answer", "A component": "Component", "A statement": "Listing", "Its source": "Citation", "Part by part": "Condition",
		"What led to the statement": "Via", "Combinations": "Combination", "Moves": "Move", "A change": "Change", "Lifecycle": "Lifecycle",
	} {
		is := map[string]bool{}
		for name := range c.Components.Schemas[schema].Properties {
			is[name] = false
		}
		same(t, "docs/answers.md, "+title, rows(t, "docs/answers.md", title), is)
	}
}

// schema is a JSON Schema of the catalogue's files, as far as it tells the fields.
type schema struct {
	Description string
	Enum        []string
	Required    []string
	Properties  map[string]schema
	Items       *schema
	Definitions map[string]schema
}

// fields are the fields of what a schema describes, true where one has to be there. What is
// described in a section of its own is not entered.
func (s schema) fields(under string, all map[string]bool, told *[]string) {
	for name, of := range s.Properties {
		all[under+name] = slices.Contains(s.Required, name)
		*told = append(*told, strings.ReplaceAll(of.Description, "|", `\|`))
		for _, value := range of.Enum {
			*told = append(*told, "`"+value+"`")
		}
		of.fields(under+name+".", all, told)
		if of.Items != nil {
			of.Items.fields(under+name+"[].", all, told)
		}
	}
}

// hold compares a section of docs/catalogue.md with a schema.
func (s schema) hold(t *testing.T, title string) {
	t.Helper()
	const paper = "docs/catalogue.md"
	is, told := map[string]bool{}, []string{}
	if s.fields("", is, &told); len(is) == 0 {
		return
	}
	same(t, paper+", "+title, rows(t, paper, title), is)
	for _, text := range told {
		if !strings.Contains(section(t, paper, title), text) {
			t.Errorf("%s, %s does not say what the schema says: %s", paper, title, text)
		}
	}
}

// docs/catalogue.md has each field of each file, in bold where it has to be there, with the
// meaning and the values that its schema gives.
func TestPapersCatalogue(t *testing.T) {
	of := func(name string) (s schema) {
		if err := json.Unmarshal([]byte(read(t, "seed/schema/"+name+".schema.json")), &s); err != nil {
			t.Fatal(err)
		}
		return s
	}
	for title, file := range map[string]string{
		"catalogue.yaml": "catalogue", "kinds.yaml": "kinds", "technologies/KIND/ID.yaml": "technology", "products/ID.yaml": "product", "platforms/ID.yaml": "platform",
		"sources/ID.yaml": "source", "releases/PRODUCT/VERSION.yaml": "release", "advisories/ID.yaml": "advisory",
		"configurations/ID.yaml": "configuration", "lifecycles/TECHNOLOGY.yaml": "lifecycle", "mappings/ID.yaml": "mapping",
	} {
		of(file).hold(t, title)
	}
	for name, s := range of("common").Definitions {
		if s.Items != nil {
			s = *s.Items
		}
		s.hold(t, name)
	}
}

// docs/embedding.md has each variable and each part of the element.
func TestPapersElement(t *testing.T) {
	script, text := read(t, "portal/widget/testedon.js"), read(t, "docs/embedding.md")
	for _, v := range regexp.MustCompile(`var\((--testedon-[a-z-]+)`).FindAllStringSubmatch(script, -1) {
		if !strings.Contains(text, "`"+v[1]+"`") {
			t.Errorf("docs/embedding.md does not have %s", v[1])
		}
	}
	for _, p := range regexp.MustCompile(`part: "([a-z]+)"`).FindAllStringSubmatch(script, -1) {
		if !strings.Contains(section(t, "docs/embedding.md", "Looks"), "`"+p[1]+"`") {
			t.Errorf("docs/embedding.md does not have the part %s", p[1])
		}
	}
}
