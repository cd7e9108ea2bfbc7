package api_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/api/wire"
)

// items are questions as they may come, good ones and bad ones, none of which may
// touch another.
var items = []string{
	`{"product":"mi","release":"4.4.0","environment":{"os":"RHEL 9","jdk":["Corretto 21"],"dbms":"Postgres 17.2"}}`,
	`{"product":"micro","release":"4.4.0","environment":{"os":"RHEL 9"}}`,
	`{"product":"mi","release":"4.4.0","environment":{"os":"RHEL 9","dbms":"Postgres 16"}}`,
	`{"product":"mi","release":"4.4.1","environment":{"os":"RHEL 9"}}`,
	`{"product":"mi","release":"4.4.0","environment":{"os":"RHELL 9"}}`,
	`{"product":"mi","release":"4.4.0"}`,
	`{"release":"4.4.0","environment":{"os":"RHEL 9"}}`,
	`"mi"`,
	`null`,
	`[]`,
	`{"prodcut":"mi"}`,
	`{"product":"mi","product":"odd"}`,
	`{"product":"mi","release":"4.4.0","environment":{"os":["RHEL 9",9]}}`,
	`{"product":"mi","release":"4.4.0","environment":{"os":"RHEL 9"},"require":"best"}`,
	`{"product":"mi","release":"4.4.0","environment":{"os":"RHEL 9"},"memory":"lots"}`,
	`{"product":"mi","release":"4.4.0","environment":{"os":"RHEL\u00009"}}`,
	`{"product":"mi","release":"4.4.0","memory":"4GB"}`,
	`{"product":"odd","release":"1 & 2","environment":{"os":"RHEL 9","dbms":["odd 3.1","odd 2"]}}`,
	`{"product":"mi","release":"4.4.0","environment":{"dbms":"Postgres 17.4"},"require":"compatible"}`,
	`{"product":"mi","release":"4.4.0","texts":["ID=rhel\nVERSION_ID=9.4\n"]}`,
	`{"product":"mi","release":"4.4.0","texts":["ID=rhel\nVERSION_ID=9\n","no idea"],"environment":{"arch":"arm64","os":"RHEL 8"}}`,
	`{"product":"mi","release":"4.4.0","texts":["no idea"]}`,
}

// result is one result, its answer and its problem as they came.
type result struct {
	Index           int
	Status          int
	Answer, Problem json.RawMessage
}

// many asks many questions at once, as a list or as lines.
func (c *client) many(lines bool, questions []string, headers ...string) response {
	c.t.Helper()
	body, media := `{"items":[`+strings.Join(questions, ",")+`]}`, "application/json"
	if lines {
		body, media = strings.Join(questions, "\n"), "application/x-ndjson"
	}
	return c.do(http.MethodPost, "/v1/checks", body, append(headers, "Content-Type", media)...)
}

// results reads the results of a body of either type, and its tally.
func results(t *testing.T, got response) ([]result, answers.Tally) {
	t.Helper()
	if got.status != http.StatusOK {
		t.Fatalf("status %d: %s", got.status, got.body)
	}
	var whole struct {
		Items   []result
		Summary answers.Tally
	}
	if got.header.Get("Content-Type") == "application/json" {
		if err := json.Unmarshal(got.body, &whole); err != nil {
			t.Fatalf("%v in %s", err, got.body)
		}
		return whole.Items, whole.Summary
	}
	lines := strings.Split(strings.TrimSuffix(string(got.body), "\n"), "\n")
	for _, line := range lines[:len(lines)-1] {
		var r result
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		whole.Items = append(whole.Items, r)
	}
	last := lines[len(lines)-1]
	if err := json.Unmarshal([]byte(last), &whole); err != nil || !strings.HasPrefix(last, `{"summary":{"total":`) || !strings.Contains(last, `"catalogue":{"revision":1,`) {
		t.Fatalf("the last line is %s: %v", last, err)
	}
	return whole.Items, whole.Summary
}

// TestChecksAreChecks: each result is what the question gets when it is asked
// alone, whatever stands beside it and however the questions and answers travel.
func TestChecksAreChecks(t *testing.T) {
	c := newServer(t).beyond() // as the contract allows no question that is wrong
	for _, asLines := range []bool{false, true} {
		for _, accept := range []string{"application/json", "application/x-ndjson"} {
			got := c.many(asLines, items, "Accept", accept)
			if media := got.header.Get("Content-Type"); media != accept || got.header.Get("Cache-Control") != "no-store" || !strings.Contains(got.header.Get("Vary"), "Accept") {
				t.Errorf("asked for %s: %v", accept, got.header)
			}
			all, tally := results(t, got)
			if want := (answers.Tally{Total: len(items), Passing: 4, Failing: 4, Problems: 14}); tally != want || len(all) != len(items) {
				t.Errorf("%d results, tally %+v", len(all), tally)
			}
			for i, r := range all {
				r.verify(t, i, c.post("/v1/check", items[i]))
			}
		}
	}
}

// verify holds a result against the answer to the question alone. A problem of
// the whole body is that of the item, and each answer has a request id of its own.
func (r result) verify(t *testing.T, index int, alone response) {
	t.Helper()
	if r.Index != index || r.Status != alone.status {
		t.Errorf("%d: index %d, status %d, alone %d", index, r.Index, r.Status, alone.status)
	}
	got, want := r.Answer, bytes.TrimSpace(alone.body)
	if r.Status != http.StatusOK {
		var p wire.Problem
		if err := json.Unmarshal(r.Problem, &p); err != nil || p.RequestID == "" || p.Status != r.Status {
			t.Errorf("%d: %s", index, r.Problem)
		}
		single := into[wire.Problem](t, alone)
		single.RequestID = p.RequestID
		if single.Field == "body" {
			single.Field = "item"
			single.Detail = strings.NewReplacer("The body", "The item", "of body", "of item").Replace(single.Detail)
		}
		got, want = mustJSON(t, p), mustJSON(t, single)
	}
	if !bytes.Equal(got, want) || (r.Answer == nil) == (r.Problem == nil) {
		t.Errorf("%d: %s\nalone %s", index, got, want)
	}
}

func mustJSON(t *testing.T, value any) []byte {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestChecksType holds answers against the contract and against the type that it
// is made of, whatever of them there is.
func TestChecksType(t *testing.T) {
	c := newServer(t)
	good := []string{items[0], items[1], items[2], items[3], items[17]}
	got := c.many(false, slices.Repeat(good, 60))
	all := ok[api.Checks](t, got)
	var want bytes.Buffer
	encoder := json.NewEncoder(&want)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(all); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.body, want.Bytes()) {
		t.Errorf("sent\n%.2000s\nis not\n%.2000s", got.body, want.Bytes())
	}
	if all.Summary.Total != 300 || all.Items[299].Index != 299 || all.Catalogue != all.Items[0].Answer.Catalogue {
		t.Errorf("%+v, %+v", all.Summary, all.Catalogue)
	}
	lines := c.many(true, good, "Accept", "application/x-ndjson")
	for line := range strings.Lines(string(lines.body)) {
		decoder := json.NewDecoder(strings.NewReader(line))
		decoder.DisallowUnknownFields()
		var either struct {
			api.Checked
			Summary   *answers.Tally        `json:"summary"`
			Catalogue *answers.CatalogueRef `json:"catalogue"`
		}
		if err := decoder.Decode(&either); err != nil {
			t.Errorf("%v in %s", err, line)
		}
	}
	if tagged := got.header.Get("ETag"); tagged != "" {
		t.Errorf("ETag %s", tagged)
	}
}

// TestChecksRequire: the bar of all is that of those that set none.
func TestChecksRequire(t *testing.T) {
	c := newServer(t)
	const close = `{"product":"mi","release":"4.4.0","environment":{"dbms":"Postgres 17.4"}`
	body := `{"require":"compatible","items":[` + close + `},` + close + `,"require":"tested"}]}`
	for range 2 { // also where it comes last
		all := ok[api.Checks](t, c.post("/v1/checks", body))
		if a, b := all.Items[0].Answer, all.Items[1].Answer; !a.Pass || a.Require != "compatible" || b.Pass || b.Require != "tested" {
			t.Errorf("%+v, %+v", a, b)
		}
		body = `{"items":[` + close + `},` + close + `,"require":"tested"}],"require":"compatible"}`
	}
}

// TestChecksLines reads lines as they are written on any system, and takes one
// that is broken for a question that is.
func TestChecksLines(t *testing.T) {
	c := newServer(t).beyond()
	got := c.do(http.MethodPost, "/v1/checks", "\r\n"+items[0]+"\r\n \t\r\n{\"product\":\n"+items[2]+" \nRHEL 9\n{} {}\n\"\xff\"\n"+items[0],
		"Content-Type", "application/x-ndjson")
	all, tally := results(t, got)
	statuses := []int{}
	for _, r := range all {
		statuses = append(statuses, r.Status)
	}
	if !slices.Equal(statuses, []int{200, 400, 200, 400, 400, 400, 200}) || tally.Problems != 4 {
		t.Fatalf("statuses %v, %+v", statuses, tally)
	}
	for i, want := range map[int]string{1: "is not valid JSON, at byte 11", 3: "is not valid JSON, at byte 0", 4: "goes on after the object", 5: "not valid UTF-8"} {
		var p wire.Problem
		if err := json.Unmarshal(all[i].Problem, &p); err != nil || p.Field != "item" || !strings.Contains(p.Detail, want) || p.Hint == "" {
			t.Errorf("%d: %s", i, all[i].Problem)
		}
	}
}

// TestChecksAccept: which of the two types comes is for the client to say.
func TestChecksAccept(t *testing.T) {
	c := newServer(t)
	for accept, lines := range map[string]bool{
		"":                     false,
		"*/*":                  false,
		"application/*":        false,
		"application/json":     false,
		"text/html":            false,
		"nonsense;;;":          false,
		"application/x-ndjson": true,
		"Application/X-NDJSON": true,
		"application/x-ndjson, application/problem+json":      true,
		"application/x-ndjson, */*":                           true,
		"application/x-ndjson, application/json":              false,
		"application/x-ndjson, application/json;q=0.9":        true,
		"application/x-ndjson;q=0.5, application/json":        false,
		"application/x-ndjson;q=0.5, */*;q=0.1":               true,
		"application/x-ndjson;q=0.5, */*":                     false,
		"application/x-ndjson;q=0":                            false,
		"application/x-ndjson;q=0, application/json;q=0":      false,
		"application/json;q=0, */*":                           true,
		"application/json;q=0.2, application/*;q=0.3":         true,
		"application/x-ndjson;q=2":                            false,
		"application/x-ndjson;q=NaN":                          false,
		"application/x-ndjson;q=high, application/json;q=0.1": false,
	} {
		got := c.many(false, items[:1], "Accept", accept)
		if media := got.header.Get("Content-Type"); got.status != 200 || (media == "application/x-ndjson") != lines {
			t.Errorf("%q: %d %s", accept, got.status, media)
		}
	}
}

var badBatches = []bad{
	{"nothing", "", ``, 400, "invalid", "body", `{"items"`, ""},
	{"no JSON", "", `product=mi`, 400, "invalid", "body", `{"items"`, ""},
	{"broken item", "", `{"items":[{"product":}]}`, 400, "invalid", "body", `{"items"`, ""},
	{"cut off", "", `{"items":[{"product":"mi"}`, 400, "invalid", "body", `{"items"`, ""},
	{"cut off within", "", `{"items":[{"product":`, 400, "invalid", "body", `{"items"`, ""},
	{"deep nesting", "", `{"items":[` + strings.Repeat("[", 20000), 400, "invalid", "body", `{"items"`, ""},
	{"list", "", `[{"product":"mi"}]`, 400, "invalid", "body", "/docs", ""},
	{"object of items", "", `{"items":{}}`, 400, "invalid", "items", "/docs", ""},
	{"no items", "", `{"items":[]}`, 400, "invalid", "items", `{"items"`, ""},
	{"items left out", "", `{"require":"tested"}`, 400, "invalid", "items", `{"items"`, ""},
	{"items twice", "", `{"items":[{}],"items":[{}]}`, 400, "invalid", "items", "once", ""},
	{"misspelt field", "", `{"itmes":[{}]}`, 400, "invalid", "itmes", "Did you mean items?", "items"},
	{"question", "", items[0], 400, "invalid", "product", "Known are: items, require", ""},
	{"two bodies", "", `{"items":[{}]} {}`, 400, "invalid", "body", "nothing after", ""},
	{"require of no kind", "", `{"items":[{}],"require":"best"}`, 400, "invalid", "require", "tested", ""},
	{"empty require", "", `{"items":[{}],"require":""}`, 400, "invalid", "require", "leave it out", ""},
	{"number for require", "", `{"items":[{}],"require":1}`, 400, "invalid", "require", "/docs", ""},
	{"invalid UTF-8", "", "{\"items\":[\"\xff\"]}", 400, "invalid", "body", "UTF-8", ""},
	{"too many", "", `{"items":[{}` + strings.Repeat(",{}", 1000) + `]}`, 400, "invalid", "items[1000]", "further request", ""},
	{"too large", "", `{"items":[{}` + strings.Repeat(" ", 2<<20) + `]}`, 413, "too_large", "body", "2048 KiB", ""},
	{"parameter", "?require=tested", `{"items":[{}]}`, 400, "invalid", "require", "", ""},
}

func TestBadBatches(t *testing.T) {
	c := newServer(t)
	for _, b := range badBatches {
		t.Run(b.name, func(t *testing.T) { b.verify(t, c.post("/v1/checks"+b.path, b.body)) })
	}
	for name, lines := range map[string]string{"no line": " \n\r\n", "nothing": ""} {
		b := bad{name: name, status: 400, code: "invalid", field: "items", hint: `{"items"`}
		b.verify(t, c.do(http.MethodPost, "/v1/checks", lines, "Content-Type", "application/x-ndjson"))
	}
	b := bad{name: "too many lines", status: 400, code: "invalid", field: "items[1000]", hint: "further request"}
	b.verify(t, c.do(http.MethodPost, "/v1/checks", strings.Repeat("{}\n", 1001), "Content-Type", "application/x-ndjson"))
	b = bad{name: "text", status: 415, code: "unsupported_media_type", field: "Content-Type", hint: "application/json or application/x-ndjson"}
	b.verify(t, c.do(http.MethodPost, "/v1/checks", "", "Content-Type", "text/csv"))
	b.hint = "Send it with Content-Type: application/json."
	b.verify(t, c.do(http.MethodPost, "/v1/check", "", "Content-Type", "application/x-ndjson"))
}

// TestChecksLimits: as many questions as are allowed, each as long as one alone.
func TestChecksLimits(t *testing.T) {
	c := serve(t, api.Options{Catalogue: newCatalogue(t), BodyLimit: 200, BatchLimit: 300 << 10}).beyond()
	all, tally := results(t, c.many(true, slices.Repeat(items[:1], 1000)))
	if len(all) != 1000 || tally.Passing != 1000 || all[999].Index != 999 {
		t.Errorf("%+v", tally)
	}
	long := items[0][:len(items[0])-1] + strings.Repeat(" ", 200) + "}"
	all, tally = results(t, c.many(false, []string{items[0], long, items[0]}))
	if all[1].Status != 413 || !strings.Contains(string(all[1].Problem), `"field":"item"`) || tally.Problems != 1 || tally.Passing != 2 {
		t.Errorf("%s, %+v", all[1].Problem, tally)
	}
	b := bad{status: 413, code: "too_large", field: "body", hint: "300 KiB"}
	b.verify(t, c.many(true, slices.Repeat([]string{long}, 1000)))
}

// TestChecksOfOnePiece: a request looks at the catalogue once, so that no change
// comes between its questions.
func TestChecksOfOnePiece(t *testing.T) {
	facts := newCatalogue(t)
	looks := 0
	facts.before = func() { looks++ }
	serve(t, api.Options{Catalogue: facts}).many(false, slices.Repeat(items[:1], 100))
	if looks != 1 {
		t.Errorf("%d looks", looks)
	}
}

// TestChecksCompressed flushes what is compressed as well.
func TestChecksCompressed(t *testing.T) {
	c := newServer(t)
	for _, accept := range []string{"application/json", "application/x-ndjson"} {
		got := c.many(false, slices.Repeat(items[:1], 50), "Accept", accept, "Accept-Encoding", "gzip")
		got.body = unzip(t, got.body)
		if all, _ := results(t, got); len(all) != 50 {
			t.Errorf("%s: %d results", accept, len(all))
		}
	}
}

// TestChecksStream reads a line over a connection that takes no more than is
// read, so the server cannot have made what follows. When the client goes away,
// it never does.
func TestChecksStream(t *testing.T) {
	for _, accept := range []string{"application/json", "application/x-ndjson"} {
		log := &lines{}
		ended := make(chan struct{})
		c := servePipe(t, api.Options{Catalogue: newCatalogue(t), Logger: signalling(log, ended)})
		const many = 1000
		request, err := http.NewRequest(http.MethodPost, c.base+"/v1/checks", strings.NewReader(strings.Repeat(items[0]+"\n", many)))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/x-ndjson")
		request.Header.Set("Accept", accept)
		got, err := c.http.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		first, err := bufio.NewReaderSize(got.Body, 16).ReadString('}')
		if err != nil || len(log.all(t)) != 0 {
			t.Errorf("%s: %q, %v; the log has %v", accept, first, err, log.all(t))
		}
		got.Body.Close()
		<-ended
		size := int(log.all(t)[0]["bytes"].(float64))
		one := len(newServer(t).post("/v1/check", items[0]).body)
		if size == 0 || size > many*one/4 {
			t.Errorf("%s: %d bytes were made of %d answers of %d", accept, size, many, one)
		}
	}
}

// TestChecksLineByLine: each line is sent by itself, and at once.
func TestChecksLineByLine(t *testing.T) {
	c := newServer(t)
	body := strings.Join(items, "\n")
	connection := dial(t, strings.TrimPrefix(c.base, "http://"), fmt.Sprintf("POST /v1/checks HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"+
		"Accept: application/x-ndjson\r\nContent-Type: application/x-ndjson\r\nContent-Length: %d\r\n\r\n%s", len(body), body))
	in := bufio.NewReader(connection)
	for line := ""; line != "\r\n"; {
		var err error
		if line, err = in.ReadString('\n'); err != nil {
			t.Fatal(err)
		}
	}
	ends := 0
	for {
		chunk := readChunk(t, in)
		if len(chunk) == 0 {
			break
		}
		if n := bytes.Count(chunk, []byte("\n")); n > 1 || n == 1 && chunk[len(chunk)-1] != '\n' {
			t.Errorf("a piece is not of one line: %s", chunk)
		}
		ends += bytes.Count(chunk, []byte("\n"))
	}
	if ends != len(items)+1 {
		t.Errorf("%d lines", ends)
	}
}

// readChunk reads one chunk of a body; an empty one ends it.
func readChunk(t *testing.T, in *bufio.Reader) []byte {
	t.Helper()
	var size int
	if _, err := fmt.Fscanf(in, "%x\r\n", &size); err != nil {
		t.Fatal(err)
	}
	chunk := make([]byte, size+len("\r\n"))
	for read := 0; read < len(chunk); {
		n, err := in.Read(chunk[read:])
		if err != nil {
			t.Fatal(err)
		}
		read += n
	}
	return chunk[:size]
}

// leaving is a client that is gone once it has been written to for the first time:
// what it is still sent is counted.
type leaving struct {
	nowhere
	writes, largest int
	leave           func() error // gives the error of a write
}

func (w *leaving) Write(p []byte) (int, error) {
	w.writes++
	w.largest = max(w.largest, len(p))
	_, _ = w.nowhere.Write(p)
	return len(p), w.leave()
}

// TestChecksStop: what nobody waits for is not worked out, whether the connection
// tells so or the next write does. Whoever stays is sent no more than a piece.
func TestChecksStop(t *testing.T) {
	server, err := api.New(api.Options{Catalogue: newCatalogue(t), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	for _, accept := range []string{"application/json", "application/x-ndjson"} {
		for _, how := range []string{"the connection", "a write", "never"} {
			ctx, cancel := context.WithCancel(t.Context())
			w := &leaving{nowhere: nowhere{header: http.Header{}}}
			w.leave = map[string]func() error{
				"the connection": func() error { cancel(); return nil },
				"a write":        func() error { return io.ErrClosedPipe },
				"never":          func() error { return nil },
			}[how]
			request := httptest.NewRequestWithContext(ctx, http.MethodPost, "/v1/checks", strings.NewReader(strings.Repeat(items[0]+"\n", 1000)))
			request.Header.Set("Content-Type", "application/x-ndjson")
			request.Header.Set("Accept", accept)
			server.Handler().ServeHTTP(w, request)
			cancel()
			if (w.writes > 1) != (how == "never") || w.largest > 48<<10 {
				t.Errorf("%s, ended by %s: %d writes, the largest of %d bytes", accept, how, w.writes, w.largest)
			}
		}
	}
}
