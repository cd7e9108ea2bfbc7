// Package client asks the API, on a server or in this process: what is valid, what is
// answered, and in which bytes, is the same.
package client

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// maxAnswer is how many bytes of an answer are read; the largest is far below.
const maxAnswer = 16 << 20

// Client asks the API.
type Client struct {
	http  http.Client
	base  *url.URL // of the API
	agent string   // this program, to the server's log

	moment url.Values // that is asked about
}

// At asks about a day and a revision of the record; where either is empty, about today and
// the newest one.
func (c *Client) At(asOf, known string) *Client {
	c.moment = url.Values{}
	for name, value := range map[string]string{"asOf": asOf, "known": known} {
		if value != "" {
			c.moment.Set(name, value)
		}
	}
	return c
}

// To asks a server. The timeout is for a whole answer.
func To(server string, timeout time.Duration, version string) (*Client, error) {
	u, err := url.Parse(server)
	if err != nil || str.WebAddress(server) == "" {
		return nil, fact.Invalid("server", "Write it with its scheme: http://localhost:8080", "--server cannot be %q", server)
	}
	return &Client{http: http.Client{Timeout: timeout}, base: u, agent: "testedon/" + version}, nil
}

// Here asks the API in this process, without a network, about a catalogue.
func Here(m *compat.Matrix, version string, now func() time.Time) (*Client, error) {
	server, err := api.New(api.Options{Catalogue: api.Still{M: m}, Version: version, Now: now, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	return Of(server.Handler(), version), nil
}

// Of asks the API that a handler in this process serves.
func Of(handler http.Handler, version string) *Client {
	here := &url.URL{Scheme: "http", Host: "testedon"}
	return &Client{http: http.Client{Transport: inProcess{handler}}, base: here, agent: "testedon/" + version}
}

// inProcess has a handler answer in place of a server.
type inProcess struct{ http.Handler }

// RoundTrip gives what the handler writes.
func (p inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	w := &written{header: http.Header{}, status: http.StatusOK}
	p.ServeHTTP(w, r)
	return &http.Response{
		Status: http.StatusText(w.status), StatusCode: w.status,
		Header: w.header, Body: io.NopCloser(&w.body), Request: r,
	}, nil
}

// written is what a handler writes.
type written struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (w *written) Header() http.Header         { return w.header }
func (w *written) WriteHeader(status int)      { w.status = status }
func (w *written) Write(p []byte) (int, error) { return w.body.Write(p) }

// Request is one request to the API: GET, or POST where it has a body.
type Request struct {
	Path        string      // escaped
	Query       url.Values  // may be nil
	Environment Environment // further parameters, in this order; may be nil
	Body        []byte      // may be nil
	Media       string      // the type of the body and of the answer; empty for JSON
}

// Ask asks, reads the answer into found, and gives it as it came. The error of a
// question that is wrong tells what the API says about it.
func (c *Client) Ask(ctx context.Context, r Request, found any) ([]byte, error) {
	raw, err := c.Send(ctx, r)
	if err != nil {
		return nil, err
	}
	var every struct { // what every answer has one of
		Summary   string
		Catalogue *struct{}
	}
	if json.Unmarshal(raw, found) != nil || json.Unmarshal(raw, &every) != nil || every.Summary == "" && every.Catalogue == nil {
		return nil, c.strange("something else than an answer")
	}
	return raw, nil
}

// Send sends a request and gives the body of the answer. An answer that is a
// problem is an error.
func (c *Client) Send(ctx context.Context, r Request) ([]byte, error) {
	response, err := c.Open(ctx, r)
	if err != nil {
		return nil, err
	}
	defer response.Close()
	return c.read(response)
}

// Answer sends a request and gives the body of the answer, or the problem that it is.
func (c *Client) Answer(ctx context.Context, r Request) (raw []byte, p *wire.Problem, err error) {
	response, err := c.exchange(ctx, r)
	if err != nil {
		return nil, nil, err
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusOK {
		raw, err = c.read(response.Body)
		return raw, nil, err
	}
	p, _, err = c.problem(response)
	return nil, p, err
}

// Open sends a request and gives the answer to read. One that is a problem is an error.
func (c *Client) Open(ctx context.Context, r Request) (io.ReadCloser, error) {
	response, err := c.exchange(ctx, r)
	if err != nil {
		return nil, err
	}
	if response.StatusCode == http.StatusOK {
		return response.Body, nil
	}
	defer response.Body.Close()
	problem, _, err := c.problem(response)
	if err != nil {
		return nil, err
	}
	return nil, Fault(problem)
}

// exchange sends a request. What goes wrong while the answer is read is told as what goes
// wrong here.
func (c *Client) exchange(ctx context.Context, r Request) (*http.Response, error) {
	method, media := http.MethodGet, cmp.Or(r.Media, wire.MediaJSON)
	if r.Body != nil {
		method = http.MethodPost
	}
	target := c.base.JoinPath(r.Path)
	target.RawQuery = strings.Trim(r.encoded()+"&"+c.moment.Encode(), "&")
	request, err := http.NewRequestWithContext(ctx, method, target.String(), bytes.NewReader(r.Body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", media)
	request.Header.Set("Accept", media+", application/problem+json")
	request.Header.Set("User-Agent", c.agent)
	response, err := c.http.Do(request)
	if err != nil {
		return nil, c.unreachable(err)
	}
	response.Body = &body{response.Body, c}
	return response, nil
}

// encoded is the query string: the parameters, then the components in the order
// they were asked.
func (r Request) encoded() string {
	var pairs []string
	if len(r.Query) > 0 {
		pairs = append(pairs, r.Query.Encode())
	}
	for _, a := range r.Environment {
		for _, text := range a.Texts {
			pairs = append(pairs, url.QueryEscape(a.Kind)+"="+url.QueryEscape(text))
		}
	}
	return strings.Join(pairs, "&")
}

// body is that of an answer.
type body struct {
	io.ReadCloser
	from *Client
}

func (b *body) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = b.from.unreachable(err)
	}
	return n, err
}

// read reads a whole answer.
func (c *Client) read(in io.Reader) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(in, maxAnswer+1))
	if len(text) > maxAnswer {
		return nil, c.strange(fmt.Sprintf("more than %d MiB", maxAnswer>>20))
	}
	return text, err
}
