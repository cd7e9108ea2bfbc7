// Package client asks the API, on a server or in this process: what is valid, what is
// answered, and in which bytes, is the same.
package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/testedon/testedon/api"
	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/client"
	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/message"
)

// Client asks the API, as other programs do. It tells what goes wrong as the errors of commands.
type Client struct {
	Words *message.Language // that hints and problems are told in; nil is English

	asks   *client.Client
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

// To asks a server, which a flag names. The timeout is for a whole answer.
func To(flag, server string, timeout time.Duration, version string) (*Client, error) {
	asks, err := client.New(server, client.Options{HTTP: &http.Client{Timeout: timeout}, UserAgent: "testedon/" + version, Retries: -1})
	if err != nil {
		return nil, fact.Refuse(flag, "cli.server", flag, strconv.Quote(server))
	}
	return &Client{asks: asks}, nil
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
	asks, err := client.New("http://testedon", client.Options{HTTP: &http.Client{Transport: inProcess{handler}}, UserAgent: "testedon/" + version, Retries: -1})
	if err != nil {
		panic(err) // the address is one
	}
	return &Client{asks: asks}
}

// inProcess has a handler answer in place of a server.
type inProcess struct{ http.Handler }

// RoundTrip gives what the handler writes. There is no host for it to name.
func (p inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Host = ""
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
		return nil, c.strange("answer", "")
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
	text, err := c.asks.Read(response)
	return text, c.fault(err)
}

// Answer sends a request and gives the body of the answer, or the problem that it is.
func (c *Client) Answer(ctx context.Context, r Request) (raw []byte, p *wire.Problem, err error) {
	response, err := c.asks.Open(ctx, client.Request{Path: r.Path, Query: c.query(r), Body: r.Body, Media: r.Media})
	var problem *client.Problem
	switch {
	case errors.As(err, &problem) && !elsewhere(problem):
		p = &wire.Problem{}
		_ = json.Unmarshal(problem.Raw, p) // which was read as one
		return nil, p, nil
	case err != nil:
		return nil, nil, c.fault(err)
	}
	defer response.Close()
	raw, err = c.asks.Read(response)
	return raw, nil, c.fault(err)
}

// Open sends a request and gives the answer to read. One that is a problem is an error.
func (c *Client) Open(ctx context.Context, r Request) (io.ReadCloser, error) {
	response, err := c.asks.Open(ctx, client.Request{Path: r.Path, Query: c.query(r), Body: r.Body, Media: r.Media})
	if err != nil {
		return nil, c.fault(err)
	}
	return &body{response, c}, nil
}

// query is that of a request, about the moment.
func (c *Client) query(r Request) string {
	return strings.Trim(r.encoded()+"&"+c.moment.Encode(), "&")
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

// body is that of an answer. What goes wrong while it is read is told as what goes wrong here.
type body struct {
	io.ReadCloser
	from *Client
}

func (b *body) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = b.from.fault(err)
	}
	return n, err
}
