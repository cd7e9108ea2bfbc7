package mcp_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/cli"
	"github.com/testedon/testedon/cli/client"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/internal/sample"
	"github.com/testedon/testedon/mcp"
)

// TestMain runs the program in place of the tests where a test starts it.
func TestMain(m *testing.M) {
	if os.Getenv("MCP_TEST_PROGRAM") != "" {
		os.Exit(cli.Program{Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Now: day}.Run(context.Background()))
	}
	os.Exit(m.Run())
}

// TestProgram: the program answers on its standard streams what it answers over HTTP, from the
// catalogue within it and from a server, and ends with its input.
func TestProgram(t *testing.T) {
	base, _ := served(t, api.Options{})
	for _, flags := range [][]string{{"mcp"}, {"mcp", "--server", base}} {
		command := exec.Command(os.Args[0], flags...)
		command.Env = append(os.Environ(), "MCP_TEST_PROGRAM=1")
		s := session(t, &sdk.CommandTransport{Command: command})
		list, err := s.ListTools(t.Context(), nil)
		if err != nil || len(list.Tools) != 6 {
			t.Fatal(list, err)
		}
		asked := args{"product": "mi", "release": "4.4.0", "os": "RHEL 9"}
		got := structured(t, call(t, s, "check", asked))
		if want := structured(t, call(t, overHTTP(t, base), "check", asked)); got != want {
			t.Errorf("%v: %s\nand over HTTP %s", flags, got, want)
		}
		if err := s.Close(); err != nil {
			t.Error(flags, err)
		}
	}
	command := exec.Command(os.Args[0], "mcp", "--server", "http://127.0.0.1:1")
	command.Env = append(os.Environ(), "MCP_TEST_PROGRAM=1")
	r := call(t, session(t, &sdk.CommandTransport{Command: command}), "ask", args{"q": "x"})
	if !r.IsError || !strings.Contains(text(r), "cannot ask http://127.0.0.1:1") {
		t.Error(text(r))
	}
}

// swapped is a catalogue that a test exchanges.
type swapped struct {
	api.Still
	now atomic.Pointer[compat.Matrix]
}

func (s *swapped) Matrix() *compat.Matrix { return s.now.Load() }

// day is the day of all questions.
func day() time.Time { return time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC) }

// served starts a server with tools on a free port, and gives its address and its catalogue.
func served(t *testing.T, o api.Options) (string, *swapped) {
	t.Helper()
	facts := &swapped{}
	facts.now.Store(sample.Catalogue(t))
	o.Catalogue, o.Now, o.Version = facts, day, "test"
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	o.Tools = func(answers http.Handler) (http.Handler, error) {
		return mcp.New(client.Of(answers, "test"), "test").Handler(o.CORSOrigins, o.TrustedProxies != nil)
	}
	server, err := api.New(o)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- server.Serve(ctx, listener) }()
	t.Cleanup(func() { end(); <-done })
	return "http://" + listener.Addr().String(), facts
}

// session begins one with a server over a transport.
func session(t *testing.T, transport sdk.Transport) *sdk.ClientSession {
	t.Helper()
	s, err := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), transport, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func overHTTP(t *testing.T, base string) *sdk.ClientSession {
	t.Helper()
	return session(t, &sdk.StreamableClientTransport{Endpoint: base + "/mcp", DisableStandaloneSSE: true})
}

// streamed is a session on a stream with a server of the embedded catalogue.
func streamed(t *testing.T) *sdk.ClientSession {
	t.Helper()
	here, err := client.Here(sample.Catalogue(t), "test", day)
	if err != nil {
		t.Fatal(err)
	}
	in, toServer := io.Pipe()
	fromServer, out := io.Pipe()
	go func() { _ = out.CloseWithError(mcp.New(here, "test").Stream(context.Background(), in, out)) }()
	t.Cleanup(func() { _ = toServer.Close() })
	return session(t, &sdk.IOTransport{Reader: fromServer, Writer: toServer})
}

func call(t *testing.T, s *sdk.ClientSession, tool string, arguments any) *sdk.CallToolResult {
	t.Helper()
	r, err := s.CallTool(t.Context(), &sdk.CallToolParams{Name: tool, Arguments: arguments})
	if err != nil {
		t.Fatal(tool, arguments, err)
	}
	return r
}

func text(r *sdk.CallToolResult) string { return r.Content[0].(*sdk.TextContent).Text }

func structured(t *testing.T, r *sdk.CallToolResult) string {
	t.Helper()
	raw, err := json.Marshal(r.StructuredContent)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

type args = map[string]any

// TestTools: each tool answers over both transports, in the shape that it promises, and says
// what it must in words.
func TestTools(t *testing.T) {
	base, _ := served(t, api.Options{})
	for name, s := range map[string]*sdk.ClientSession{"http": overHTTP(t, base), "stream": streamed(t)} {
		if got := s.InitializeResult(); got.Capabilities.Tools == nil || got.Instructions == "" {
			t.Error(name, "capabilities", got)
		}
		list, err := s.ListTools(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		inputs, outputs := map[string]*jsonschema.Schema{}, map[string]*jsonschema.Schema{}
		var names []string
		for _, tool := range list.Tools {
			names = append(names, tool.Name)
			inputs[tool.Name], outputs[tool.Name] = compiled(t, tool.InputSchema), compiled(t, tool.OutputSchema)
			if a := tool.Annotations; !a.ReadOnlyHint || !a.IdempotentHint || *a.OpenWorldHint || tool.Title == "" || tool.Description == "" {
				t.Error(tool.Name, "is described badly")
			}
		}
		if !slices.Equal(names, []string{"ask", "check", "compare", "detect", "find", "release"}) || list.TTLMs == 0 || list.CacheScope != "public" {
			t.Error(names, list.TTLMs, list.CacheScope)
		}
		for _, test := range []struct {
			tool string
			args args
			says []string
		}{
			{"check", args{"product": "mi", "release": "4.4.0", "os": "RHEL 9", "jdk": []string{"Corretto 21"}}, []string{"Passes: tested.", "Source: WSO2 Micro Integrator Installation Prerequisites, https://"}},
			{"check", args{"product": "mi", "release": "4.4.0", "dbms": "Oracle 23ai"}, []string{"Does NOT pass: not listed. Required is tested.", "Not listed does not mean", "\nNot asked: os, jdk, arch\nSource: "}},
			{"check", args{"product": "mi", "release": "4.4.0", "os": "RHEL 9.x nightly"}, []string{"Does NOT pass: unresolved."}},
			{"check", args{"product": "mi", "release": "4.4.0", "os": "RHEL 9", "require": "tested,exact", "cores": 2}, []string{"Passes: tested."}},
			{"ask", args{"q": "is RHEL 9 tested for mi 4.4.0"}, []string{"Passes: tested.", "\nNot asked: jdk, dbms, arch\n"}},
			{"ask", args{"q": "is RHEL 8 tested for mi 4.4.0"}, []string{"Does NOT pass: not listed."}},
			{"ask", args{"q": "is oracle 21 ok"}, []string{"No answer yet."}},
			{"find", args{"os": "RHEL 9", "product": "mi", "limit": 2}, []string{"passes: mi 4.4.0, tested", "does NOT pass: mi 4.5.0"}},
			{"compare", args{"product": "mi", "from": "4.3.0", "to": "4.4.0", "dbms": "Postgres 15"}, []string{"Before: ", "After: Does NOT pass: not listed."}},
			{"compare", args{"product": "mi", "from": "4.3.0", "to": "4.4.0"}, []string{"adds ARM64"}},
			{"detect", args{"texts": []string{"ID=\"rhel\"\nVERSION_ID=\"9.4\""}}, []string{"Ask about os with check: rhel@9.4"}},
			{"detect", args{"texts": []string{"hello"}}, []string{"Nothing was recognised."}},
			{"release", args{"product": "mi", "release": "4.4.0"}, []string{"WSO2 Micro Integrator 4.4.0, operating system: ", "Red Hat Enterprise Linux 9 (tested)"}},
		} {
			if err := inputs[test.tool].Validate(decoded(t, must(json.Marshal(test.args)))); err != nil {
				t.Error(test.tool, test.args, "are refused by the schema:", err)
			}
			r := call(t, s, test.tool, test.args)
			if r.IsError {
				t.Error(name, test.tool, test.args, text(r))
				continue
			}
			if err := outputs[test.tool].Validate(decoded(t, []byte(structured(t, r)))); err != nil {
				t.Error(test.tool, "does not keep to its schema:", err)
			}
			for _, want := range test.says {
				if !strings.Contains(text(r), want) {
					t.Errorf("%s %v says %s\nwithout %s", test.tool, test.args, text(r), want)
				}
			}
			if r = call(t, s, test.tool, test.args); len(text(r)) > 8<<10 {
				t.Error(test.tool, "is long:", len(text(r)))
			}
		}
	}
}

func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}

func decoded(t *testing.T, raw []byte) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func compiled(t *testing.T, schema any) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	if err := c.AddResource("tool.json", decoded(t, must(json.Marshal(schema)))); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("tool.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestLawSameAnswer: what a tool answers is what the API answers to the same question, also
// where it refuses one.
func TestLawSameAnswer(t *testing.T) {
	base, _ := served(t, api.Options{})
	s := overHTTP(t, base)
	random := rand.New(rand.NewPCG(7, 11))
	pick := func(of ...string) string { return of[random.IntN(len(of))] }
	for range 300 {
		query := url.Values{}
		for name, values := range map[string][]string{
			"os": {"RHEL 9", "rhel 8.10", "Ubuntu 24.04.1 LTS", "windows 11", "Rocky 9", "nonsense 3", "", "<b>&\"'\\\x1b"}, "jdk": {"Corretto 21", "JDK 8", "temurin 17"},
			"dbms": {"postgres 17.2", "Oracle 21", "mysql 8.4"}, "arch": {"arm64"}, "require": {"compatible", "tested,exact", "all"}, "asOf": {"2025-06-01", "2026-12-01", "yesterday"},
		} {
			for random.IntN(3) == 0 {
				query.Add(name, pick(values...))
			}
		}
		tool := pick("check", "find", "compare", "ask")
		switch tool {
		case "ask":
			query = url.Values{"q": {pick("is", "", "does") + " " + pick("RHEL 9", "oracle 21", "temurin 17 on arm64") + " tested for " + pick("mi 4.4.0", "ei", "nothing")}}
		case "compare":
			query["product"], query["from"], query["to"] = []string{"mi"}, []string{"4.3.0"}, []string{pick("4.4.0", "4.2.0", "9")}
		case "check":
			query["product"], query["release"] = []string{pick("mi", "apim", "mmi")}, []string{pick("4.4.0", "4.3.0", "5")}
		}
		path := "/v1/" + tool + "?" + query.Encode()
		arguments := args{}
		for name, values := range query {
			arguments[name] = values
		}
		response, err := http.Get(base + path)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(response.Body)
		_ = response.Body.Close()
		r := call(t, s, tool, arguments)
		if r.IsError != (response.StatusCode != http.StatusOK) {
			t.Fatalf("%s: %d, and the tool says %s", path, response.StatusCode, text(r))
		}
		var want map[string]any
		if err := json.Unmarshal(body, &want); err != nil {
			t.Fatal(err)
		}
		if r.IsError {
			if !strings.HasPrefix(text(r), want["detail"].(string)) || r.StructuredContent != nil {
				t.Errorf("%s: %s\nand the tool says %s", path, body, text(r))
			}
			continue
		}
		if structured(t, r) != string(must(json.Marshal(want))) {
			t.Errorf("%s: %s\nand the tool %s", path, body, structured(t, r))
		}
		if pass, ok := want["pass"].(bool); ok && pass != strings.HasPrefix(text(r), "Passes") {
			t.Errorf("%s passes %t, and the tool says %s", path, pass, text(r))
		}
	}
}

// TestRefusals: what is wrong with the arguments is told, with what to do.
func TestRefusals(t *testing.T) {
	s := streamed(t)
	for _, test := range []struct {
		tool, arguments, says string
	}{
		{"check", `{"product":"mmi","release":"4.4.0","os":"RHEL 9"}`, "Did you mean mi?"},
		{"check", `{"product":"mi","release":"4.4.0","osx":"RHEL 9"}`, "Did you mean os?"},
		{"check", `{"product":{"a":1},"release":"4.4.0"}`, "product has to be a text"},
		{"check", `{"product":"mi","release":"4.4.0","os":["RHEL 9",null]}`, "os has to be a text"},
		{"check", `{"product":"mi","release":"4.4.0","os":true}`, "os has to be a text"},
		{"check", `{"product":"mi","release":"4.4.0","os":"RHEL 9","os":"RHEL 8"}`, "stands once"},
		{"check", `{"product":"mi","release":"4.4.0","os":"RHEL 9","dbms":null}`, "Leave dbms out"},
		{"check", `{"product":"mi","release":"4.4.0","os":"RHEL 9","dbms":[]}`, "Leave dbms out"},
		{"check", `{"product":"mi","release":"4.4.0","os":"RHEL 9","require":null}`, "Leave require out"},
		{"check", `[1]`, "no object"},
		{"check", `{}`, "product"},
		{"check", `{"product":"mi","release":"4.4.0","os":"RHEL 9","asOf":"2026-12-01"}`, "a day to come"},
		{"check", `{"product":"mi","release":"4.4.0","os":"RHEL 9","known":"7"}`, "not kept here"},
		{"find", `{"product":"mi"}`, "names no component"},
		{"find", `{"os":"RHEL 9","limit":"many"}`, "limit"},
		{"ask", `{"q":"` + strings.Repeat("x", 2<<20) + `"}`, "q"},
		{"detect", `{"texts":["` + strings.Repeat("x", 2<<20) + `"]}`, "too large"},
		{"detect", `{"text":"x"}`, "texts"},
		{"detect", `{}`, "texts"},
		{"release", `{"product":"..","release":"products"}`, "product is missing"},
		{"release", `{"product":"mi","release":"../../x?y#z%2e"}`, "release"},
		{"release", `{"release":"4.4.0"}`, "product is missing"},
	} {
		r := call(t, s, test.tool, json.RawMessage(test.arguments))
		if got := text(r); !r.IsError || !strings.Contains(got, test.says) || len(got) > 2000 || r.StructuredContent != nil {
			t.Errorf("%s %.80s: %.300s", test.tool, test.arguments, got)
		}
	}
	if _, err := s.CallTool(t.Context(), &sdk.CallToolParams{Name: "chek"}); err == nil {
		t.Error("there is a tool chek")
	}
	if _, err := s.ListResources(t.Context(), nil); err == nil {
		t.Error("there are resources")
	}
}

// TestRevisions: the server speaks the revisions of the protocol from 2024-11-05 on, and that
// which has no handshake.
func TestRevisions(t *testing.T) {
	base, _ := served(t, api.Options{})
	for _, revision := range []string{"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"} {
		status, answer := post(t, base, nil, `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"`+revision+`","capabilities":{},"clientInfo":{"name":"x","version":"1"}}}`)
		if status != http.StatusOK || !strings.Contains(answer, `"protocolVersion":"`+revision+`"`) || strings.Contains(answer, "logging") {
			t.Error(revision, status, answer)
		}
	}
	meta := `"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":{"name":"x","version":"1"}}`
	for method, test := range map[string]struct{ params, name, want string }{
		"server/discover": {"{" + meta + "}", "", `"2026-07-28"`},
		"tools/list":      {"{" + meta + "}", "", `"ttlMs":60000`},
		"tools/call":      {`{"name":"check","arguments":{"product":"mi","release":"4.4.0","os":"RHEL 9"},` + meta + "}", "check", `"verdict":"tested"`},
	} {
		header := http.Header{"Mcp-Protocol-Version": {"2026-07-28"}, "Mcp-Method": {method}, "Mcp-Name": {test.name}}
		status, answer := post(t, base, header, `{"jsonrpc":"2.0","id":1,"method":"`+method+`","params":`+test.params+`}`)
		if status != http.StatusOK || !strings.Contains(answer, test.want) {
			t.Error(method, status, answer)
		}
	}
}

// post sends a message and gives the status and the answer.
func post(t *testing.T, base string, header http.Header, message string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base+"/mcp", strings.NewReader(message))
	if err != nil {
		t.Fatal(err)
	}
	request.Header = http.Header{"Content-Type": {"application/json"}, "Accept": {"application/json, text/event-stream"}}
	for name, values := range header {
		request.Header[name] = values
	}
	if host := header.Get("Host"); host != "" {
		request.Host = host
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

// TestDoor: what does not come from where it may, is too large or is no message is refused.
func TestDoor(t *testing.T) {
	var log bytes.Buffer
	base, _ := served(t, api.Options{CORSOrigins: []string{"https://portal.example.com"}, Logger: slog.New(slog.NewTextHandler(&log, nil))})
	list := `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`
	for _, test := range []struct {
		name, message string
		header        http.Header
		status        int
	}{
		{"plain", list, nil, 200},
		{"trusted", list, http.Header{"Origin": {"https://portal.example.com"}, "Sec-Fetch-Site": {"cross-site"}}, 200},
		{"foreign", list, http.Header{"Origin": {"https://evil.example"}, "Sec-Fetch-Site": {"cross-site"}}, 403},
		{"old browser", list, http.Header{"Origin": {"https://evil.example"}}, 403},
		{"rebinding", list, http.Header{"Host": {"evil.example"}}, 403},
		{"large", `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ask","arguments":{"q":"` + strings.Repeat("x", 2<<20) + `"}}}`, nil, 413},
		{"cut short", list[:20], nil, 400},
		{"text", list, http.Header{"Content-Type": {"text/plain"}}, 415},
		{"nonsense", `[[[[`, nil, 400},
		{"revision", list, http.Header{"Mcp-Protocol-Version": {"1999-01-01"}}, 400},
	} {
		status, answer := post(t, base, test.header, test.message)
		if status != test.status || strings.Contains(answer, "--cors-origin") != (test.header.Get("Origin") == "https://evil.example") {
			t.Error(test.name, status, answer)
		}
	}
	response, err := http.Get(base + "/mcp")
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusMethodNotAllowed {
		t.Error("GET", response.StatusCode)
	}
	if _, metrics := get(t, base+"/metrics"); !strings.Contains(metrics, `route="/mcp"`) || !strings.Contains(log.String(), "route=/mcp") {
		t.Error("metrics or log do not have it", log.String())
	}
}

func get(t *testing.T, address string) (int, string) {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	return response.StatusCode, string(body)
}

// What begins a conversation, and a question.
const (
	begins = `{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"x","version":"1"}}}
{"jsonrpc":"2.0","method":"notifications/initialized"}
`
	asks = `{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"check","arguments":{"product":"mi","release":"4.4.0","os":"RHEL 9"}}}` + "\n"
)

// told are the answers that the program gives to an input, by ID and with the code of an error,
// sorted, and the code with which it ends.
func told(t *testing.T, in string, flags ...string) (answers []string, out string, code int) {
	t.Helper()
	command := exec.Command(os.Args[0], append([]string{"mcp"}, flags...)...)
	command.Env, command.Stdin = append(os.Environ(), "MCP_TEST_PROGRAM=1"), strings.NewReader(in)
	raw, err := command.Output()
	if exit := new(exec.ExitError); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(raw)) {
		var a struct {
			JSONRPC string
			ID      json.RawMessage
			Result  any
			Error   *struct{ Code int }
		}
		if err := json.Unmarshal([]byte(line), &a); err != nil || a.JSONRPC != "2.0" || (a.Result == nil) == (a.Error == nil) {
			t.Fatal(line, err)
		}
		if answers = append(answers, string(a.ID)); a.Error != nil {
			answers[len(answers)-1] += fmt.Sprint(" ", a.Error.Code)
		}
	}
	slices.Sort(answers)
	return answers, string(raw), command.ProcessState.ExitCode()
}

// TestAllAnswered: the program answers all that it has read before it ends, and goes on after
// what is no message.
func TestAllAnswered(t *testing.T) {
	var many strings.Builder
	var all []string
	for i := range 200 {
		fmt.Fprintf(&many, asks, 1000+i)
		all = append(all, strconv.Itoa(1000+i))
	}
	ask := fmt.Sprintf(asks, 1)
	for name, test := range map[string]struct {
		in   string
		want []string
		code int
	}{
		"nothing":         {"", nil, 0},
		"one":             {begins + ask, []string{"0", "1"}, 0},
		"no end of line":  {begins + strings.TrimSpace(ask), []string{"0", "1"}, 0},
		"Windows":         {strings.ReplaceAll(begins+"\n"+ask, "\n", "\r\n"), []string{"0", "1"}, 0},
		"many":            {begins + many.String(), append([]string{"0"}, all...), 0},
		"truncated":       {begins + ask + ask[:40], []string{"0", "1", "null -32700"}, 0},
		"no JSON":         {"hello\n" + begins + "{}{}\n\xff\n" + ask, []string{"0", "1", "null -32700", "null -32700", "null -32700"}, 0},
		"another version": {begins + `{"jsonrpc":"1.0","id":7,"method":"ping"}` + "\n" + ask, []string{"0", "1", "null -32600"}, 0},
		"no ID":           {begins + `{"jsonrpc":"2.0","id":{},"method":"ping"}` + "\n" + ask, []string{"0", "1", "null -32600"}, 0},
		"no method":       {begins + `{"jsonrpc":"2.0","id":7}` + "\n{}\n5\nnull\n" + ask, []string{"0", "1", "null -32600", "null -32600", "null -32600", "null -32600"}, 0},
		"batch":           {begins + "[" + strings.TrimSpace(ask) + "]\n[]\n" + ask, []string{"0", "1", "null -32600", "null -32600"}, 0},
		"answers":         {begins + `{"jsonrpc":"2.0","id":7,"result":{}}` + "\n" + ask, []string{"0", "1"}, 0},
		"cancelled":       {begins + ask + `{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":99}}` + "\n", []string{"0", "1"}, 0},
		"endless":         {begins + ask + strings.Repeat("x", mcp.MaxLine+1), []string{"0", "1"}, 2},
		"parameters":      {begins + `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":[1]}`, []string{"0", "1 -32602"}, 0},
		"no beginning":    {ask, []string{"1 -32602"}, 0},
		"bad beginning":   {`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":5}}`, []string{"1 -32602"}, 0},
	} {
		answers, out, code := told(t, test.in)
		if !slices.Equal(answers, test.want) || code != test.code || strings.Contains(out, "*mcp.") {
			t.Errorf("%s: %v, and ends with %d\n%.2000s", name, answers, code, out)
		}
	}
	answers, out, _ := told(t, begins+`{"jsonrpc":"2.0","id":1,"method":"tools/list"}`, "--server", "http://127.0.0.1:1")
	if !slices.Equal(answers, []string{"0", "1 -32603"}) || !strings.Contains(out, "cannot ask http://127.0.0.1:1") {
		t.Error(out)
	}
}

// TestLines: a line without an end ends the conversation, and is not kept; so does a writer that
// takes nothing, and a context, while a request has no answer.
func TestLines(t *testing.T) {
	here, err := client.Here(sample.Catalogue(t), "test", day)
	if err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	endless := io.MultiReader(strings.NewReader(`"`), io.LimitReader(letters{}, 256<<20))
	if err := mcp.New(here, "test").Stream(t.Context(), endless, io.Discard); err == nil || !strings.Contains(err.Error(), "more than") {
		t.Error("an endless line:", err)
	}
	if runtime.ReadMemStats(&after); after.TotalAlloc-before.TotalAlloc > 16*mcp.MaxLine {
		t.Error("an endless line takes", after.TotalAlloc-before.TotalAlloc)
	}
	_, broken := io.Pipe()
	_ = broken.Close()
	in, _ := io.Pipe() // which never ends
	_ = mcp.New(here, "test").Stream(t.Context(), io.MultiReader(strings.NewReader("hello\n"+begins), in), broken)

	ctx, end := context.WithCancel(t.Context())
	asked := make(chan struct{})
	stuck := client.Of(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { close(asked); <-r.Context().Done() }), "test")
	go func() { <-asked; end() }()
	if err := mcp.New(stuck, "test").Stream(ctx, strings.NewReader(begins+fmt.Sprintf(asks, 1)), io.Discard); !errors.Is(err, context.Canceled) {
		t.Error("a context that ends:", err)
	}
}

// watched tells when something is written.
type watched struct {
	text string
	seen func()
}

func (w watched) Write(p []byte) (int, error) {
	if strings.Contains(string(p), w.text) {
		w.seen()
	}
	return len(p), nil
}

// TestTwice: a request with the ID of one that has no answer yet is refused, and that one answered.
func TestTwice(t *testing.T) {
	refused := make(chan struct{})
	slow := client.Of(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		<-refused
		w.WriteHeader(http.StatusNotFound)
	}), "test")
	in := strings.NewReader(begins + strings.Repeat(fmt.Sprintf(asks, 1), 2))
	answered := 0
	out := io.MultiWriter(watched{`"id":null`, func() { close(refused) }}, watched{`"id":1`, func() { answered++ }})
	if err := mcp.New(slow, "test").Stream(t.Context(), in, out); err != nil || answered != 1 {
		t.Error(answered, err)
	}
}

// letters is a text without an end.
type letters struct{}

func (letters) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

// TestSwap: tools answer from the catalogue there is, while it is exchanged and asked by many.
func TestSwap(t *testing.T) {
	base, facts := served(t, api.Options{})
	whole := facts.Matrix()
	ds := *whole.Dataset()
	ds.Revision = 77
	other, err := compat.Build(&ds)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for i := range 8 {
		s := overHTTP(t, base)
		all.Go(func() {
			for n := range 20 {
				if i == 0 {
					facts.now.Store([]*compat.Matrix{other, whole}[n%2])
				}
				r, err := s.CallTool(t.Context(), &sdk.CallToolParams{Name: "check", Arguments: args{"product": "mi", "release": "4.4.0", "os": "RHEL 9"}})
				if err != nil || r.IsError {
					t.Error(r, err)
				}
			}
		})
	}
	all.Wait()
	facts.now.Store(other)
	s := overHTTP(t, base)
	if got := structured(t, call(t, s, "release", args{"product": "mi", "release": "4.4.0"})); !strings.Contains(got, `"revision":77`) {
		t.Error(got)
	}
	facts.now.Store(nil)
	if r := call(t, s, "check", args{"product": "mi", "release": "4.4.0", "os": "RHEL 9"}); !r.IsError || !strings.Contains(text(r), "not loaded yet") {
		t.Error(fmt.Sprint(text(r)))
	}
}
