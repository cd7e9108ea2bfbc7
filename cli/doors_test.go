package cli_test

import (
	"bytes"
	"encoding/json"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/testedon/testedon/cli"
)

// What random questions are made of.
var (
	askedOf = map[string][]string{
		"os":   {"RHEL 9", "rhel@9.4", "Ubuntu 24.04.1 LTS", "Windows Server 2025", "Fubar 3"},
		"jdk":  {"Corretto 21", "corretto@21.0.5", "JDK 11", "21"},
		"dbms": {"Postgres 17.2", "postgresql:17", "Oracle 12cR2", "MySQL 8.4"},
		"arch": {"arm64", "amd64"},
	}
	printedByMachines = []string{
		"ID=\"rhel\"\nVERSION_ID=\"9.4\"\n",
		"openjdk version \"21.0.5\" 2024-10-15 LTS\nOpenJDK Runtime Environment Corretto-21.0.5.11.1 (build 21.0.5+11-LTS)\n",
		"PostgreSQL 17.2 (Debian 17.2-1.pgdg120+1) on x86_64-pc-linux-gnu, compiled by gcc (Debian 12.2.0-14) 12.2.0, 64-bit",
		"Linux host 5.14.0-427.el9.x86_64 #1 SMP x86_64 GNU/Linux",
		"no idea",
	}
)

// some gives up to so many of all, which may repeat.
func some(random *rand.Rand, all []string, most int) []string {
	chosen := make([]string, random.IntN(most+1))
	for i := range chosen {
		chosen[i] = all[random.IntN(len(all))]
	}
	return chosen
}

// randomQuestion is a question as POST /v1/check takes it, with an environment, with
// texts, with both or with neither.
func randomQuestion(random *rand.Rand) map[string]any {
	environment := map[string]any{}
	for kind, texts := range askedOf {
		if chosen := some(random, texts, 2); len(chosen) > 0 {
			environment[kind] = chosen
		}
	}
	q := map[string]any{"product": "mi", "release": "4.4.0", "environment": environment}
	if texts := some(random, printedByMachines, 3); len(texts) > 0 {
		q["texts"] = texts
	}
	if random.IntN(3) == 0 {
		q["require"], q["memory"] = "compatible", "4GB"
	}
	if random.IntN(4) == 0 {
		q["disk"], environment["browser"] = nil, nil
	}
	if random.IntN(8) == 0 {
		q["release"] = "4.4.1"
	}
	return q
}

// TestEveryDoor: a question has one answer, alone, among many as a list or as lines, and
// from a file of either.
func TestEveryDoor(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: asks each question at every door")
	}
	random := rand.New(rand.NewPCG(12, 4))
	s := serveEmbedded(t)
	t.Chdir(t.TempDir())
	var alone, lines []string
	for range 150 {
		line, err := json.Marshal(randomQuestion(random))
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(line))
		alone = append(alone, s.post(t, "/v1/check", "application/json", string(line)))
	}
	list, inLines := `{"items":[`+strings.Join(lines, ",")+`]}`, strings.Join(lines, "\n")
	for door, got := range map[string]string{
		"a list":          s.post(t, "/v1/checks", "application/json", list),
		"lines":           s.post(t, "/v1/checks", "application/x-ndjson", inLines),
		"a file of JSON":  s.checkFile(t, "fleet.json", list, "json"),
		"a file of lines": s.checkFile(t, "fleet.ndjson", inLines, "json"),
	} {
		var all struct {
			Items []struct{ Answer, Problem json.RawMessage }
		}
		if err := json.Unmarshal([]byte(got), &all); err != nil || len(all.Items) != len(alone) {
			t.Fatalf("%s: %v, %d results", door, err, len(all.Items))
		}
		for i, item := range all.Items {
			if found := plainly(t, append(item.Answer, item.Problem...)); found != plainly(t, []byte(alone[i])) {
				t.Errorf("%s: %s\n%s\nalone\n%s", door, lines[i], found, alone[i])
			}
		}
	}
}

// TestFleetDoors: the page and the command line group a fleet in the same way.
func TestFleetDoors(t *testing.T) {
	random := rand.New(rand.NewPCG(20, 8))
	s := serveEmbedded(t)
	t.Chdir(t.TempDir())
	var lines strings.Builder
	for range 300 {
		line, err := json.Marshal(randomQuestion(random))
		if err != nil {
			t.Fatal(err)
		}
		lines.Write(append(line, '\n'))
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	file, err := form.CreateFormFile("file", "fleet.ndjson")
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(file, lines.String())
	form.WriteField("format", "html")
	form.Close()
	here, there := s.checkFile(t, "fleet.ndjson", lines.String(), "html"), s.post(t, "/fleet", form.FormDataContentType(), body.String())
	failing := func(text string) string { // how a problem is mended is another thing at each door
		_, rest, _ := strings.Cut(text, "<h2>Do not pass</h2>")
		part, _, _ := strings.Cut(rest, "</section>")
		return part
	}
	if failing(here) == "" || failing(here) != failing(there) {
		t.Errorf("the command line says\n%s\nand the page\n%s", here, there)
	}
}

// plainly is an answer as it came, or a problem without what differs each time.
func plainly(t *testing.T, text []byte) string {
	t.Helper()
	var p map[string]any
	if err := json.Unmarshal(text, &p); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	if _, isProblem := p["request_id"]; !isProblem {
		return string(bytes.TrimSpace(text))
	}
	delete(p, "request_id")
	rest, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	return string(rest)
}

// post sends a body and gives what comes back.
func (s *service) post(t *testing.T, path, media, body string) string {
	t.Helper()
	response, err := http.Post(s.base+path, media, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	got, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(got)
}

// checkFile asks the service about every environment of a file, and gives the report in a format.
func (s *service) checkFile(t *testing.T, name, text, format string) string {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, complaints bytes.Buffer
	p := cli.Program{Args: []string{"check", "--file", name, "-o", format, "--server", s.base}, Stdout: &out, Stderr: &complaints}
	if code := p.Run(t.Context()); code != 1 || complaints.Len() > 0 {
		t.Fatalf("code %d: %s", code, &complaints)
	}
	return out.String()
}
