package api_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/wire"
)

// head begins a request with a body of JSON.
func head(path, more string) string {
	return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + more + "\r\n"
}

// brokenBodies are bodies that break off, or are none of HTTP's.
var brokenBodies = map[string]string{
	"too short":                   "Content-Length: 100\r\n\r\n{",
	"nothing":                     "Content-Length: 100\r\n\r\n",
	"a chunk too short":           "Transfer-Encoding: chunked\r\n\r\n10\r\n{",
	"no last chunk":               "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
	"no number":                   "Transfer-Encoding: chunked\r\n\r\nzz\r\n{\r\n0\r\n\r\n",
	"a negative number":           "Transfer-Encoding: chunked\r\n\r\n-1\r\n{\r\n0\r\n\r\n",
	"a number too large":          "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{\r\n0\r\n\r\n",
	"a bare line feed":            "Transfer-Encoding: chunked\r\n\r\n1\n{\n0\n\n",
	"no line break after a chunk": "Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n",
	"long extensions":             "Transfer-Encoding: chunked\r\n\r\n1;" + strings.Repeat("x", 8<<10) + "\r\n{\r\n0\r\n\r\n",
	"extensions without end":      "Transfer-Encoding: chunked\r\n\r\n" + strings.Repeat("1;"+strings.Repeat("x", 2<<10)+"\r\n{\r\n", 20),
	"a broken trailer":            "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n0\r\nno trailer\r\n\r\n",
	"many trailers":               "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n0\r\n" + strings.Repeat("X: "+strings.Repeat("x", 1<<10)+"\r\n", 2<<10) + "\r\n",
}

// TestBrokenBodies are the fault of whoever sends them: the answer says so, the log
// complains of nothing, and what follows is not read as a request.
func TestBrokenBodies(t *testing.T) {
	log := &lines{}
	c := serve(t, api.Options{Catalogue: newCatalogue(t), Logger: slog.New(slog.NewJSONHandler(log, nil))})
	for _, path := range []string{"/v1/check", "/v1/checks", "/v1/detect"} {
		for name, body := range brokenBodies {
			t.Run(path+" "+name, func(t *testing.T) {
				connection := dial(t, strings.TrimPrefix(c.base, "http://"), "").(*net.TCPConn)
				go func() {
					io.WriteString(connection, strings.TrimSuffix(head(path, ""), "\r\n")+body)
					connection.CloseWrite()
				}()
				all, _ := io.ReadAll(connection) // which a reset may end, as more comes than is read
				if answers := strings.Count(string(all), "HTTP/1.1 4"); answers != 1 || !strings.HasPrefix(string(all), "HTTP/1.1 400 ") {
					t.Errorf("%d answers: %.600s", answers, all)
				}
			})
		}
	}
	left := dial(t, strings.TrimPrefix(c.base, "http://"), head("/v1/check", "Content-Length: 100\r\n")+"{")
	left.(*net.TCPConn).SetLinger(0) // a reset
	left.Close()
	c.get("/v1/kinds")
	for _, line := range log.all(t) {
		if line["level"] != "INFO" {
			t.Errorf("the log says %v", line)
		}
	}
}

// TestLargeBodies: a client that sends all of a body before it reads anything gets to
// read that the body is too large, and how large it may be.
func TestLargeBodies(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: sends bodies of megabytes")
	}
	c := newServer(t)
	address := strings.TrimPrefix(c.base, "http://")
	for path, limit := range map[string]int64{"/v1/check": 2 << 20, "/v1/checks": 2 << 20, "/v1/detect": 2 << 20} {
		for _, size := range []int{3 << 20, 5 << 20, 10 << 20, 30 << 20} {
			for _, chunked := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s %d %v", path, size, chunked), func(t *testing.T) {
					connection := dial(t, address, "")
					connection.SetDeadline(time.Now().Add(20 * time.Second))
					send(t, connection, path, size, chunked)
					readTooLarge(t, connection, limit)
				})
			}
		}
	}
}

// send sends a body of so many blanks.
func send(t *testing.T, to io.Writer, path string, size int, chunked bool) {
	t.Helper()
	blanks := strings.Repeat(" ", size)
	text := head(path, fmt.Sprintf("Content-Length: %d\r\n", size)) + blanks
	if chunked {
		text = head(path, "Transfer-Encoding: chunked\r\n") + fmt.Sprintf("%x\r\n", size) + blanks + "\r\n0\r\n\r\n"
	}
	if _, err := io.WriteString(to, text); err != nil {
		t.Fatalf("the body cannot be sent: %v", err)
	}
}

// readTooLarge reads the problem of a body that is too large.
func readTooLarge(t *testing.T, from io.Reader, limit int64) {
	t.Helper()
	response, err := http.ReadResponse(bufio.NewReader(from), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var p wire.Problem
	if err := json.NewDecoder(response.Body).Decode(&p); err != nil || response.StatusCode != 413 || p.Code != "too_large" || p.LimitBytes != limit {
		t.Errorf("%v: status %d, %+v", err, response.StatusCode, p)
	}
	if !response.Close {
		t.Error("the connection stays open")
	}
}

// TestLargeBodyIsNotAskedFor: who asks first whether to send a body that is too large is
// not told to.
func TestLargeBodyIsNotAskedFor(t *testing.T) {
	c := newServer(t)
	for _, size := range []int{2<<20 + 1, 3 << 20} {
		readTooLarge(t, dial(t, strings.TrimPrefix(c.base, "http://"), head("/v1/check", fmt.Sprintf("Content-Length: %d\r\nExpect: 100-continue\r\n", size))), 2<<20)
	}
	right := `{"product":"mi","release":"4.4.0","environment":{"os":"RHEL 9"}}`
	connection := dial(t, strings.TrimPrefix(c.base, "http://"), head("/v1/check", fmt.Sprintf("Content-Length: %d\r\nExpect: 100-continue\r\n", len(right))))
	in := bufio.NewReader(connection)
	if first, err := in.ReadString('\n'); err != nil || first != "HTTP/1.1 100 Continue\r\n" {
		t.Errorf("%v after %q", err, first)
	}
}

// TestUnreadBodies: whatever else keeps a body from being read, the answer arrives.
func TestUnreadBodies(t *testing.T) {
	c := newServer(t)
	for path, status := range map[string]int{"/v1/nothing": 404, "/v1/find": 405, "/v1/check?x=1": 400} {
		connection := dial(t, strings.TrimPrefix(c.base, "http://"), "")
		send(t, connection, path, 5<<20, false)
		response, err := http.ReadResponse(bufio.NewReader(connection), nil)
		if err != nil || response.StatusCode != status {
			t.Errorf("%s: %v, %+v", path, err, response)
		}
	}
}

// TestLargeItems: the limit of a part stands in its problem.
func TestLargeItems(t *testing.T) {
	c := newServer(t).beyond()
	item := `{"product":"mi"` + strings.Repeat(" ", 64<<10) + `}`
	all, _ := results(t, c.many(false, []string{item}))
	var p wire.Problem
	if err := json.Unmarshal(all[0].Problem, &p); err != nil || p.Code != "too_large" || p.LimitBytes != 64<<10 {
		t.Errorf("%v: %+v", err, p)
	}
	text := into[wire.Problem](t, c.post("/v1/detect", textsBody(t, []string{strings.Repeat("x", 1<<20+1)}, "")))
	if text.Code != "too_large" || text.LimitBytes != 1<<20 {
		t.Errorf("%+v", text)
	}
}
