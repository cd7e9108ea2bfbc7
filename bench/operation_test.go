package bench

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/answers"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/sample"
	"github.com/testedon/testedon/seed"
)

// operation is something that somebody waits for.
type operation struct {
	name  string
	times int                          // how often it is done where instructions are counted
	of    int                          // how many questions it answers
	start func(testing.TB) func(i int) // makes ready, and gives what does it for the i-th time
}

// operations are those of the question path. "first" is the main question as it is put for the
// first time, "different" are 20,000 questions, nearly all of which fail in some part, each for
// the first time, and "again" a thousand of them that were put before. What is called request
// goes through the whole server and no connection. Those that need a large catalogue come last,
// as the collector has more to mark then.
var operations = []operation{
	{"judge", 3000, 1, judging(small)},
	{"resolve", 3000, 1, resolving},
	{"questions-different", 3000, 1, answering},
	{"answer-main", 3000, 1, writing([][]compat.Asked{asked})},
	{"answer-different", 3000, 1, writing(Questions(500))},
	{"request-bare", 3000, 1, bareRequest},
	{"request-repeated", 3000, 1, requesting(small, get(mainQuestion))},
	{"request-first", 3000, 1, requesting(small, notKept(get(mainQuestion)))},
	{"request-different", 3000, 1, requesting(small, get(paths(20_000)...))},
	{"request-different-again", 3000, 1, requesting(small, get(paths(1000)...))},
	{"request-first-fields", 3000, 1, requesting(small, notKept(get(mainQuestion+fields)))},
	{"request-different-fields", 3000, 1, requesting(small, get(suffixed(paths(20_000), fields)...))},
	{"ask", 500, 1, requesting(small, get("/v1/ask?q="+url.QueryEscape("is RHEL 9 + Corretto 21 + Postgres 17.2 tested for MI 4.4.0")))},
	{"detect", 100, 1, requesting(small, post("/v1/detect", "text/plain", session))},
	{"single", 1000, 1, requesting(small, post("/v1/check", "application/json", items(1000)...))},
	{"batch", 3, 1000, requesting(small, post("/v1/checks", "application/x-ndjson", strings.Join(items(1000), "\n")))},
	{"page", 200, 1, requesting(small, get("/"+strings.TrimPrefix(mainQuestion, "/v1/check")))},
	{"badge", 500, 1, requesting(small, get("/badge/mi/4.4.0.svg?os=RHEL+9&jdk=Corretto+21&dbms=Postgres+17.2"))},
	{"asOf", 500, 1, requesting(small, notKept(get(mainQuestion+"&asOf=2026-09-03")))},
	{"export", 3, 1, requesting(small, get("/v1/export"))},
	{"different-products-1", 3000, 1, requesting(products(1), get(paths(20_000)...))},
	{"different-products-500", 3000, 1, requesting(products(500), get(paths(20_000)...))},
	{"judge-million", 3000, 1, judging(million)},
	{"different-million", 3000, 1, requesting(million, get(paths(20_000)...))},
	{"find", 5, 1, requesting(million, get("/v1/find?os=RHEL+9&jdk=Corretto+21&dbms=Postgres+17.2"))},
}

// BenchmarkOperation does each operation again and again.
func BenchmarkOperation(b *testing.B) {
	for _, o := range operations {
		b.Run(o.name, func(b *testing.B) {
			do := o.start(b)
			if *counted {
				o.count(do)
				return
			}
			o.warm(do)
			b.ReportAllocs()
			for i := o.warmed(); b.Loop(); i++ {
				do(i)
			}
		})
	}
}

// warmed is how often an operation is done before it is measured: what texts mean is kept.
func (o *operation) warmed() int { return 3 * o.times }

func (o *operation) warm(do func(int)) {
	for i := range o.warmed() {
		do(i)
	}
}

// asked is the main question: is RHEL 9 + Corretto 21 + Postgres 17.2 tested for
// MI 4.4.0?
var asked = []compat.Asked{{Kind: "os", Text: "RHEL 9"}, {Kind: "jdk", Text: "Corretto 21"}, {Kind: "dbms", Text: "Postgres 17.2"}}

// mainQuestion is asked over HTTP.
const mainQuestion = "/v1/check?product=mi&release=4.4.0&os=RHEL+9&jdk=Corretto+21&dbms=Postgres+17.2"

// fields asks for a smaller answer, with the sources once.
const fields = "&fields=verdict,pass,summary,components.verdict,components.why,components.listed.source.id,sources"

func resolved(m *compat.Matrix, all []compat.Asked) compat.Question {
	q := compat.Question{Product: "mi", Release: "4.4.0", Components: make([]compat.Component, 0, 3)}
	for _, a := range all {
		q.Components = append(q.Components, m.Resolve(a))
	}
	return q
}

// judging answers the main question, which was read before, into the memory of an answer
// from before, as the API does.
func judging(of func(testing.TB) *compat.Matrix) func(testing.TB) func(int) {
	return func(b testing.TB) func(int) {
		m := of(b)
		q := resolved(m, asked)
		var a compat.Answer
		return func(int) {
			if err := m.Check(q, &a); err != nil || !a.Pass {
				b.Fatal(a.Verdict, err)
			}
		}
	}
}

// resolving reads the three texts of the main question.
func resolving(b testing.TB) func(int) {
	m := small(b)
	return func(int) {
		for _, a := range asked {
			if c := m.Resolve(a); c.Technology == nil {
				b.Fatal(c.Reason)
			}
		}
	}
}

// answering reads and answers different questions.
func answering(b testing.TB) func(int) {
	m := small(b)
	questions := Questions(20_000)
	var a compat.Answer
	return func(i int) {
		if err := m.Check(resolved(m, questions[spread(i, len(questions))]), &a); err != nil {
			b.Fatal(err)
		}
	}
}

// spread is the i-th of n numbers, each of which comes once before one comes again, and every
// part of which is soon come by.
func spread(i, n int) int { return i * 7919 % n }

// writing writes the answers to questions as JSON.
func writing(questions [][]compat.Asked) func(testing.TB) func(int) {
	return func(b testing.TB) func(int) {
		m := small(b)
		today, _ := fact.ParseDay("2026-01-31")
		v := answers.New(m, "bench").On(today)
		all := make([]compat.Answer, len(questions))
		for i, asked := range questions {
			q := resolved(m, asked)
			q.Today = today
			if err := m.Check(q, &all[i]); err != nil {
				b.Fatal(err)
			}
		}
		var dst []byte
		return func(i int) { dst = v.AppendAnswer(dst[:0], &all[spread(i, len(all))]) }
	}
}

// request is one of HTTP. Where it has no body it is of GET.
type request struct {
	path, body string
	header     http.Header
	host       string // empty for that of the address
}

func get(paths ...string) []request {
	var all []request
	for _, p := range paths {
		all = append(all, request{path: p, header: http.Header{}})
	}
	return all
}

func post(path, media string, bodies ...string) []request {
	var all []request
	for _, body := range bodies {
		all = append(all, request{path: path, body: body, header: http.Header{"Content-Type": {media}}})
	}
	return all
}

// notKept makes requests such that what answers them is neither kept nor was.
func notKept(all []request) []request {
	for _, r := range all {
		r.header["If-None-Match"] = []string{`"another"`}
	}
	return all
}

func suffixed(all []string, suffix string) []string {
	all = slices.Clone(all)
	for i := range all {
		all[i] += suffix
	}
	return all
}

// requesting puts requests to a server of a catalogue.
func requesting(of func(testing.TB) *compat.Matrix, all []request) func(testing.TB) func(int) {
	return func(b testing.TB) func(int) { return requests(b, handlerOf(b, of(b)), all) }
}

func handlerOf(b testing.TB, m *compat.Matrix) http.Handler {
	server, err := api.New(api.Options{Catalogue: api.Still{M: m}, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	return server.Handler()
}

// bareRequest puts requests to the bare handler, which answers as long as the answer to the main question is.
func bareRequest(b testing.TB) func(int) {
	w := httptest.NewRecorder()
	handlerOf(b, small(b)).ServeHTTP(w, httptest.NewRequest(http.MethodGet, mainQuestion, nil))
	return requests(b, bareHandler(w.Header()), get("/fixed/"+strconv.Itoa(w.Body.Len())))
}

// requests puts requests to a handler.
func requests(b testing.TB, handler http.Handler, all []request) func(int) {
	made, queries := make([]*http.Request, len(all)), make([]string, len(all))
	for i, r := range all {
		made[i], _ = http.NewRequest(http.MethodGet, r.path, http.NoBody)
		queries[i] = made[i].URL.RawQuery
		made[i].RemoteAddr, made[i].Header = "192.0.2.1:1234", r.header
		if r.body != "" {
			made[i].Method, made[i].ContentLength = http.MethodPost, int64(len(r.body))
		}
	}
	// To other hosts, a question is another one, so that it is not put twice.
	const host = "localhost.localdomain"
	do := func(i int) int {
		of := host[:1+i/20_000%len(host)]
		i = spread(i, len(all))
		made[i].Host, made[i].URL.RawQuery = of, queries[i] // which the server may have changed
		if all[i].body != "" {
			made[i].Body = io.NopCloser(strings.NewReader(all[i].body))
		}
		w := nowhere{http.Header{}, http.StatusOK}
		handler.ServeHTTP(&w, made[i])
		return w.status
	}
	if status := do(0); status == http.StatusBadRequest {
		b.Skip("this program does not take it: ", all[0].path)
	}
	return func(i int) {
		if status := do(i); status != http.StatusOK {
			b.Fatal(status, all[i%len(all)].path)
		}
	}
}

// nowhere is a response writer that keeps nothing but the status.
type nowhere struct {
	header http.Header
	status int
}

func (w *nowhere) Header() http.Header       { return w.header }
func (w *nowhere) WriteHeader(status int)    { w.status = status }
func (*nowhere) Write(p []byte) (int, error) { return len(p), nil }

// items are different questions that pass, as bodies.
func items(n int) []string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf(`{"product":"mi","release":"4.4.0","environment":{"os":"RHEL 9.%d","jdk":"Corretto 21.0.%d","dbms":"Postgres 17.2"}}`, i%6, i/6%8))
	}
	return all
}

// session is a text of 4 KB that machines print, with three things to find.
var session = `$ cat /etc/os-release
NAME="Red Hat Enterprise Linux"
VERSION_ID="9.4"
ID="rhel"
$ java -version
openjdk version "21.0.5" 2024-10-15 LTS
OpenJDK Runtime Environment Corretto-21.0.5.11.1 (build 21.0.5+11-LTS)
$ psql -c 'SELECT version()'
 PostgreSQL 17.2 on x86_64-pc-linux-gnu, compiled by gcc (GCC) 11.4.1, 64-bit
$ tail server.log
` + strings.Repeat("2024-05-02 10:11:12,123 [main] INFO  org.example.Server - accepted a connection from 192.0.2.7:5432\n", 37)

// small is the embedded catalogue, of some thousand claims.
func small(b testing.TB) *compat.Matrix { return sample.Catalogue(b) }

// million is the embedded catalogue with synthetic releases beside it, 10,000 in all and of a
// million claims.
var million = built(func(ds *fact.Dataset) { Synthetic(ds, 1_000_000) })

// products is the one product of the main question, with copies of its release until there are n.
func products(n int) func(testing.TB) *compat.Matrix {
	return built(func(ds *fact.Dataset) { copies(ds, "mi", "4.4.0", n) })
}

// built builds a catalogue once, and once only.
func built(change func(*fact.Dataset)) func(testing.TB) *compat.Matrix {
	once := sync.OnceValues(func() (*compat.Matrix, error) { return build(change) })
	return func(b testing.TB) *compat.Matrix {
		m, err := once()
		if err != nil {
			b.Fatal(err)
		}
		return m
	}
}

// build builds the embedded catalogue once it was changed.
func build(change func(*fact.Dataset)) (*compat.Matrix, error) {
	ds, err := seed.Load(seed.Embedded())
	if err != nil {
		return nil, err
	}
	change(ds)
	return compat.Build(ds)
}
