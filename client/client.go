package client

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Options are how a client asks. The zero value of each field stands for its default.
type Options struct {
	HTTP      *http.Client  // with a timeout of 30 s for each request
	UserAgent string        // "testedon-client"
	Retries   int           // of a request that a busy server refuses; 2, negative for none
	MaxWait   time.Duration // that one retry waits, as Retry-After says; who is told to wait longer gets the problem; 30 s
	Kept      int           // answers kept with their ETag, to be asked about with If-None-Match; 128, negative for none
	MaxAnswer int64         // bytes of an answer; 16 MiB
}

// Client asks a server.
type Client struct {
	Options
	base *url.URL
	mu   sync.Mutex
	kept map[string]answered // by path and query
}

// maxKept is how long an answer may be that is kept, in bytes.
const maxKept = 256 << 10

// answered is an answer as it came.
type answered struct {
	tag  string
	body []byte
}

// New makes a client of the server at an address, such as "https://testedon.example.com". The
// error is that of an address that is none.
func New(server string, o Options) (*Client, error) {
	base, err := url.Parse(server)
	if err != nil || base.Scheme != "http" && base.Scheme != "https" || base.Host == "" || base.RawQuery != "" || base.Fragment != "" {
		return nil, fmt.Errorf("client: %q is no address of a server: write it with its scheme, such as https://testedon.example.com", server)
	}
	if o.HTTP == nil {
		o.HTTP = &http.Client{Timeout: 30 * time.Second}
	}
	o.UserAgent = cmp.Or(o.UserAgent, "testedon-client")
	o.Retries = max(0, cmp.Or(o.Retries, 2))
	o.MaxWait = cmp.Or(o.MaxWait, 30*time.Second)
	o.Kept = max(0, cmp.Or(o.Kept, 128))
	o.MaxAnswer = cmp.Or(o.MaxAnswer, 16<<20)
	return &Client{Options: o, base: base, kept: map[string]answered{}}, nil
}

// Server is the address that is asked, without a password.
func (c *Client) Server() string { return c.base.Redacted() }

// Request is one request: GET, or POST where it has a body.
type Request struct {
	Path  string // escaped, "/v1/products/mi"
	Query string // escaped, "os=RHEL+9"
	Body  []byte // nil for none
	Media string // of the body and of the answer; JSON by default
}

// Open sends a request and gives the answer to read, which the caller closes. The error is a
// [*Problem] where the server tells one, an [*UnexpectedError] where it answers otherwise, else
// that of asking.
func (c *Client) Open(ctx context.Context, r Request) (io.ReadCloser, error) {
	response, err := c.send(ctx, r, "")
	if err != nil {
		return nil, err
	}
	return response.Body, nil
}

// Get reads the answer to GET of an escaped path and query into a value. Its errors are those of
// [Client.Open].
func (c *Client) Get(ctx context.Context, path, query string, into any) error {
	raw, err := c.fetch(ctx, Request{Path: path, Query: query})
	if err == nil && json.Unmarshal(raw, into) != nil {
		err = c.unexpected("answer", "")
	}
	return err
}

// fetch gives a whole answer. One without a body is fetched again only where it has changed.
func (c *Client) fetch(ctx context.Context, r Request) ([]byte, error) {
	var known answered
	key := r.Path + "?" + r.Query
	if r.Body == nil {
		c.mu.Lock()
		known = c.kept[key]
		c.mu.Unlock()
	}
	response, err := c.send(ctx, r, known.tag)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusNotModified {
		return known.body, nil
	}
	body, err := c.Read(response.Body)
	if tag := response.Header.Get("ETag"); err == nil && r.Body == nil && tag != "" && len(body) <= maxKept && c.Kept > 0 {
		c.mu.Lock()
		defer c.mu.Unlock()
		if len(c.kept) >= c.Kept { // all go, which is simple and bounds them
			clear(c.kept)
		}
		c.kept[key] = answered{tag, body}
	}
	return body, err
}

// Read reads a whole answer, within the bounds of the options.
func (c *Client) Read(in io.Reader) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(in, c.MaxAnswer+1))
	if int64(len(text)) > c.MaxAnswer {
		return nil, c.unexpected("large", strconv.FormatInt(c.MaxAnswer>>20, 10))
	}
	return text, err
}

// send sends a request, again while the server is busy, and gives what succeeded: 200, or 304
// where the entity tag of an answer is given.
func (c *Client) send(ctx context.Context, r Request, tag string) (*http.Response, error) {
	for try := 0; ; try++ {
		response, err := c.once(ctx, r, tag)
		if err != nil {
			return nil, err
		}
		if response.StatusCode == http.StatusOK || response.StatusCode == http.StatusNotModified && tag != "" {
			return response, nil
		}
		problem, err := c.problem(response)
		_ = response.Body.Close()
		if err != nil {
			return nil, err
		}
		busy := problem.Status == http.StatusServiceUnavailable || problem.Status == http.StatusTooManyRequests
		if !busy || try == c.Retries || problem.RetryAfter < 0 || problem.RetryAfter > c.MaxWait {
			return nil, problem
		}
		select {
		case <-time.After(problem.RetryAfter):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// once sends a request.
func (c *Client) once(ctx context.Context, r Request, tag string) (*http.Response, error) {
	method, media := http.MethodGet, cmp.Or(r.Media, "application/json")
	if r.Body != nil {
		method = http.MethodPost
	}
	target := c.base.JoinPath(r.Path)
	target.RawQuery = r.Query
	request, err := http.NewRequestWithContext(ctx, method, target.String(), bytes.NewReader(r.Body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", media)
	request.Header.Set("Accept", media+", application/problem+json")
	request.Header.Set("User-Agent", c.UserAgent)
	if tag != "" {
		request.Header.Set("If-None-Match", tag)
	}
	return c.HTTP.Do(request)
}

// Problem is what a server says of a request that it cannot answer (RFC 9457).
type Problem struct {
	Type       string   `json:"type"` // the address of a page about this kind of problem
	Title      string   `json:"title"`
	Status     int      `json:"status"`
	Code       string   `json:"code"`   // "invalid", "unknown_product", "unknown_release", "busy" …
	Detail     string   `json:"detail"` // what is wrong
	Field      string   `json:"field"`  // the parameter or place in the body at fault; empty without one
	Hint       string   `json:"hint"`   // how to mend it
	Candidates []string `json:"candidates"`
	RequestID  string   `json:"request_id"` // which the log of the server knows

	RetryAfter time.Duration   `json:"-"` // what the server asks to wait; negative where it says nothing
	Raw        json.RawMessage `json:"-"` // as it came
}

func (p *Problem) Error() string { return strings.TrimSpace(p.Detail + " " + p.Hint) }

// UnexpectedError is an answer that no TestedOn server gives.
type UnexpectedError struct {
	Server string // its address, without a password
	Code   string // what it is instead: "answer", "answers", "cut", "count", "large" or "wordless"
	Value  string // of "large" how many MiB are read, of "wordless" the status: "502 Bad Gateway"
}

// strange says of each code of an UnexpectedError what the server answered; %s is the value.
var strange = map[string]string{
	"answer":   "something else than an answer",
	"answers":  "something else than answers",
	"cut":      "with an answer that is cut off",
	"count":    "with too few answers, or too many",
	"large":    "more than %s MiB",
	"wordless": "with %s and no word of what is wrong",
}

func (e *UnexpectedError) Error() string {
	return e.Server + " answered " + strings.Replace(strange[e.Code], "%s", e.Value, 1)
}

func (c *Client) unexpected(code, value string) error {
	return &UnexpectedError{c.Server(), code, value}
}

// problem reads the problem of a response.
func (c *Client) problem(response *http.Response) (*Problem, error) {
	raw, err := c.Read(response.Body)
	if err != nil {
		return nil, err
	}
	p := &Problem{}
	if json.Unmarshal(raw, p) != nil || p.Code == "" {
		return nil, c.unexpected("wordless", response.Status)
	}
	p.Status, p.Raw, p.RetryAfter = response.StatusCode, raw, waitOf(response.Header.Get("Retry-After"), time.Now())
	return p, nil
}

// waitOf reads Retry-After: seconds, or a time (RFC 9110, 10.2.3). Nothing else is negative.
func waitOf(text string, now time.Time) time.Duration {
	if seconds, err := strconv.ParseUint(text, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(0, at.Sub(now))
	}
	return -1
}
