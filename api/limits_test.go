package api_test

import (
	"bufio"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/testedon/testedon/api"
)

// busy is the answer to what is too much.
var busy = bad{status: 503, code: "busy", hint: "Retry-After"}

// gauge reads a metric.
func (c *client) gauge(name string) int {
	c.t.Helper()
	found := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(name) + ` (\d+)$`).FindSubmatch(c.get("/metrics").body)
	if found == nil {
		c.t.Fatalf("there is no metric %s", name)
	}
	n, _ := strconv.Atoi(string(found[1]))
	return n
}

// until waits for a metric to reach a value.
func (c *client) until(name string, want int) {
	c.t.Helper()
	for end := time.Now().Add(patience); c.gauge(name) != want; {
		if time.Now().After(end) {
			c.t.Fatalf("%s stays at %d, and is not %d", name, c.gauge(name), want)
		}
	}
}

// TestMaxRequests: what is too much at once is refused, and probes are not.
func TestMaxRequests(t *testing.T) {
	log := &lines{}
	const most = 8
	gate, running := make(chan struct{}), make(chan struct{}, most)
	slow := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { running <- struct{}{}; <-gate })
	c := serve(t, api.Options{Catalogue: newCatalogue(t), MaxRequests: most, Pages: map[string]http.Handler{"/slow": slow},
		Logger: slog.New(slog.NewJSONHandler(log, nil))})
	address := strings.TrimPrefix(c.base, "http://")
	for range most {
		dial(t, address, "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
		<-running
	}
	waits := map[string]bool{}
	for range 40 {
		got := c.get(the)
		busy.verify(t, got)
		seconds, err := strconv.Atoi(got.header.Get("Retry-After"))
		if err != nil || seconds < 1 || seconds > 10 {
			t.Errorf("Retry-After is %q", got.header.Get("Retry-After"))
		}
		waits[got.header.Get("Retry-After")] = true
	}
	if len(waits) < 2 {
		t.Errorf("all come back together: %v", waits)
	}
	page := c.beyond().get(mainPage, "Accept", "text/html")
	if page.status != 503 || !strings.Contains(string(page.body), "<h1>Too busy</h1>") || page.header.Get("Retry-After") == "" {
		t.Errorf("the page of it: %d %v", page.status, page.header)
	}
	for _, path := range []string{"/livez", "/readyz"} {
		if got := c.get(path); got.status != 200 {
			t.Errorf("%s: %d", path, got.status)
		}
	}
	if running, refused := c.gauge("testedon_http_requests_running"), c.gauge(`testedon_http_refused_total{reason="requests"}`); running != most || refused != 41 {
		t.Errorf("%d running, %d refused", running, refused)
	}
	close(gate)
	c.until("testedon_http_requests_running", 0)
	if got := c.get(the); got.status != 200 {
		t.Errorf("afterwards: %d", got.status)
	}
	for _, line := range log.all(t) {
		if line["level"] != "INFO" {
			t.Errorf("the log says %v", line)
		}
	}
}

// TestRefusedBody: a large body that nobody reads does not keep the client from reading
// that it is too much.
func TestRefusedBody(t *testing.T) {
	gate, running := make(chan struct{}), make(chan struct{}, 1)
	slow := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { running <- struct{}{}; <-gate })
	c := serve(t, api.Options{Catalogue: newCatalogue(t), MaxRequests: 1, Pages: map[string]http.Handler{"/slow": slow}})
	t.Cleanup(func() { close(gate) })
	address := strings.TrimPrefix(c.base, "http://")
	dial(t, address, "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
	<-running
	for _, size := range []int{1 << 10, 1 << 20} {
		connection := dial(t, address, "")
		send(t, connection, "/v1/checks", size, false)
		got, err := http.ReadResponse(bufio.NewReader(connection), nil)
		if err != nil || got.StatusCode != 503 || got.Header.Get("Retry-After") == "" {
			t.Errorf("%d bytes: %v, %+v", size, err, got)
		}
	}
	asking := dial(t, address, head("/v1/checks", "Content-Length: 100000\r\nExpect: 100-continue\r\n"))
	if first, err := bufio.NewReader(asking).ReadString('\n'); err != nil || !strings.HasPrefix(first, "HTTP/1.1 503 ") {
		t.Errorf("who asks first is told %q, %v", first, err)
	}
}

// expensive are requests that take several milliseconds of a large catalogue.
var expensive = map[string]string{
	"/v1/claims": "", "/v1/export": "", "/v1/retest": "", "/v1/coverage": "", "/products/mi": "",
	"/v1/products/mi/releases/4.4.0/test-plan": "", "/v1/products/mi/releases/4.4.0/export": "", "/v1/products/mi/export": "",
	"/v1/checks": `{"items":[` + items[0] + `]}`,
	"/v1/detect": `{"texts":["` + strings.Repeat("x", 5000) + `"]}`,
	"/v1/check":  `{"product":"mi","release":"4.4.0","texts":["` + strings.Repeat("x", 5000) + `"]}`,
}

// ask sends a request of the table.
func (c *client) ask(path, body string) response {
	c.t.Helper()
	if body == "" {
		return c.get(path)
	}
	return c.post(path, body)
}

// blocked serves one expensive request at a time, of which the first does not end before the
// gate opens; it gives what is answered to n requests of the sort.
func blocked(t *testing.T, n int, wait time.Duration) (c *client, answered chan response, gate chan struct{}) {
	t.Helper()
	facts, running := newCatalogue(t), make(chan struct{})
	gate, answered = make(chan struct{}), make(chan response, n)
	facts.before = func() {}
	c = serve(t, api.Options{Catalogue: facts, MaxExpensive: 1, ExpensiveWait: wait}).beyond()
	facts.before = func() { facts.before = func() {}; close(running); <-gate }
	for i := range n {
		go func() { answered <- c.get("/v1/claims") }()
		if i == 0 {
			<-running
		}
	}
	return c, answered, gate
}

// TestMaxExpensive: few expensive requests are answered at once, some wait, and the rest is
// refused. Whatever is not expensive is answered meanwhile.
func TestMaxExpensive(t *testing.T) {
	const places = 9
	c, answered, gate := blocked(t, places, time.Minute)
	c.until("testedon_http_expensive_waiting", places-1)
	for path, body := range expensive {
		busy.verify(t, c.ask(path, body))
	}
	for path, body := range map[string]string{the: "", "/v1/check": items[0], "/v1/detect": `{"texts":["RHEL 9"]}`, mainPage: "", "/livez": "", "/readyz": ""} {
		if got := c.ask(path, body); got.status != 200 {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
	}
	if refused := c.gauge(`testedon_http_refused_total{reason="expensive"}`); refused != len(expensive) {
		t.Errorf("%d refused", refused)
	}
	close(gate)
	for range places {
		if got := <-answered; got.status != 200 {
			t.Errorf("%d %s", got.status, got.body)
		}
	}
	for path, body := range expensive {
		if got := c.ask(path, body); got.status == 503 {
			t.Errorf("%s afterwards: %d %s", path, got.status, got.body)
		}
	}
}

// TestExpensiveWait: a request that has waited its time is refused.
func TestExpensiveWait(t *testing.T) {
	c, answered, gate := blocked(t, 1, time.Millisecond)
	busy.verify(t, c.get("/v1/claims"))
	close(gate)
	if got := <-answered; got.status != 200 {
		t.Errorf("%d %s", got.status, got.body)
	}
}

// TestSlowBodies: who is slow to send keeps nobody from anything.
func TestSlowBodies(t *testing.T) {
	c := serve(t, api.Options{Catalogue: newCatalogue(t), MaxExpensive: 1, MaxRequests: 50}).beyond()
	address := strings.TrimPrefix(c.base, "http://")
	for i := range 100 {
		dial(t, address, head([]string{"/v1/checks", "/v1/check"}[i%2], "Content-Length: 3000"+[]string{"", "0"}[i/2%2]+"\r\n")+"{")
	}
	for path, body := range expensive {
		if got := c.ask(path, body); got.status == 503 {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
	}
}

// TestSlowReaderGivesItsTurn: who does not take an expensive answer keeps nobody from one.
func TestSlowReaderGivesItsTurn(t *testing.T) {
	c := serve(t, api.Options{Catalogue: newCatalogue(t), MaxExpensive: 1, ExpensiveWait: time.Minute}).beyond()
	address := strings.TrimPrefix(c.base, "http://")
	item := `{"product":"mi","release":"4.4.0","environment":{"os":["RHEL 9"`
	for i := range 30 {
		item += fmt.Sprintf(`,"Unknown %d"`, i)
	}
	item += `]}}`
	body := `{"items":[` + strings.Repeat(item+",", 999) + item + `]}` // an answer that no buffer holds
	for i := range 3 {
		connection, err := net.DialTCP("tcp", nil, tcp(t, address))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { connection.Close() })
		connection.SetReadBuffer(4 << 10)
		fmt.Fprintf(connection, "%s%s", head("/v1/checks", fmt.Sprintf("Content-Length: %d\r\n", len(body))), body)
		c.until("testedon_http_expensive_waiting", i+1)
	}
	for range 20 {
		if got := c.get("/v1/claims"); got.status != 200 {
			t.Fatalf("%d %s", got.status, got.body)
		}
	}
}

func tcp(t *testing.T, address string) *net.TCPAddr {
	t.Helper()
	a, err := net.ResolveTCPAddr("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestMaxConnections: for one connection too many, that which has waited longest is closed;
// those that are answered stay, and who asks now and then, too.
func TestMaxConnections(t *testing.T) {
	const most = 16
	gate, running := make(chan struct{}), make(chan struct{}, 3)
	slow := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { running <- struct{}{}; <-gate; io.WriteString(w, "done") })
	c := serve(t, api.Options{Catalogue: newCatalogue(t), MaxConnections: most, Pages: map[string]http.Handler{"/slow": slow}})
	address := strings.TrimPrefix(c.base, "http://")
	var answered []net.Conn
	for range 3 {
		answered = append(answered, dial(t, address, "GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
		<-running
	}
	asking := dial(t, address, "")
	replies := bufio.NewReader(asking)
	for i := range 200 { // in all states in which nobody is answered
		dial(t, address, []string{"", "GET", "GET / HTTP/1.1\r\nHost: x\r\n", head("/v1/check", "")[:30]}[i%4])
		if i%5 == 0 {
			io.WriteString(asking, "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
			got, err := http.ReadResponse(replies, nil)
			if err != nil {
				t.Fatalf("who asks is cut off after %d: %v", i, err)
			}
			io.Copy(io.Discard, got.Body)
		}
		if got, err := http.Get(c.base + "/readyz"); err != nil || got.StatusCode != 200 {
			t.Fatalf("a probe: %v", err)
		} else {
			got.Body.Close()
		}
	}
	if open := c.gauge("testedon_http_connections"); open > most {
		t.Errorf("%d connections", open)
	}
	if closed := c.gauge(`testedon_http_refused_total{reason="connections"}`); closed < 200-most {
		t.Errorf("%d were closed", closed)
	}
	close(gate)
	for _, connection := range answered {
		if got := all(t, connection); !strings.HasSuffix(got, "done") {
			t.Errorf("a running request got %q", got)
		}
	}
	http.DefaultClient.CloseIdleConnections()
}
