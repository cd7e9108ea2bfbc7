package cli

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
	"github.com/testedon/testedon/compat/fact"
)

// maxAnswer is how many bytes of an answer are read; the largest is far below.
const maxAnswer = 16 << 20

// answer is what the API answers, to be told to a person.
type answer interface {
	gist() string // the summary, which every answer has
	text() string
}

// asker asks the API, on a server or in this process: what is valid, what is
// answered, and in which bytes, is the same.
type asker struct {
	client http.Client
	base   *url.URL // of the API
	agent  string   // this program, to the server's log
}

// newAsker asks a server. The timeout is for a whole answer.
func newAsker(server string, timeout time.Duration, p Program) (*asker, error) {
	u, err := url.Parse(server)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, fact.Invalid("server", "Write it with its scheme: http://localhost:8080", "--server cannot be %q", server)
	}
	return &asker{http.Client{Timeout: timeout}, u, "testedon/" + p.Version}, nil
}

// newLocalAsker asks the API in this process, without a network. It owns ds
// from then on.
func newLocalAsker(ds *fact.Dataset, p Program) (*asker, error) {
	c := &catalogue{}
	if err := c.take(ds); err != nil {
		return nil, err
	}
	return askerOf(c, p)
}

// askerOf asks the API in this process about a catalogue.
func askerOf(c *catalogue, p Program) (*asker, error) {
	server, err := api.New(api.Options{Catalogue: c, Version: p.Version, Now: p.Now, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	here := &url.URL{Scheme: "http", Host: "testedon"}
	return &asker{http.Client{Transport: inProcess{server.Handler()}}, here, "testedon/" + p.Version}, nil
}

// ask asks, reads the answer into found, and gives it as it came. The error of a
// question that is wrong tells what the API says about it.
func (a *asker) ask(ctx context.Context, r request, found answer) ([]byte, error) {
	raw, err := a.send(ctx, r)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(raw, found); err != nil || found.gist() == "" {
		return nil, a.strange("something else than an answer")
	}
	return raw, nil
}

// send sends a request and gives the body of the answer. An answer that is a
// problem is an error.
func (a *asker) send(ctx context.Context, r request) ([]byte, error) {
	response, err := a.exchange(ctx, r, "application/json")
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	return a.body(response)
}

// exchange sends a request whose body is of a media type, and gives the answer,
// which is of the same. One that is a problem is an error.
func (a *asker) exchange(ctx context.Context, r request, media string) (*http.Response, error) {
	target := a.base.JoinPath(r.path)
	target.RawQuery = r.encoded()
	request, err := http.NewRequestWithContext(ctx, r.method, target.String(), bytes.NewReader(r.body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", media)
	request.Header.Set("Accept", media+", application/problem+json")
	request.Header.Set("User-Agent", a.agent)
	response, err := a.client.Do(request)
	if err != nil {
		return nil, a.unreachable(err)
	}
	if response.StatusCode == http.StatusOK {
		return response, nil
	}
	defer response.Body.Close()
	body, err := a.body(response)
	if err != nil {
		return nil, err
	}
	return nil, a.problem(response, body)
}

// body reads the body of an answer.
func (a *asker) body(response *http.Response) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	switch {
	case err != nil:
		return nil, a.unreachable(err)
	case len(body) > maxAnswer:
		return nil, a.strange(fmt.Sprintf("more than %d MiB", maxAnswer>>20))
	}
	return body, nil
}

// problemCodes are the exit codes for the problems that are the caller's own;
// any other is the server's.
var problemCodes = map[fact.Code]int{
	fact.CodeInvalid:        exitUsage,
	fact.CodeTooLarge:       exitUsage,
	fact.CodeUnknownProduct: exitUnknown,
	fact.CodeUnknownRelease: exitUnknown,
}

// problem is the error that the API answered with.
func (a *asker) problem(response *http.Response, body []byte) error {
	var p wire.Problem
	if err := json.Unmarshal(body, &p); err != nil || p.Code == "" {
		return a.strange("with " + response.Status + " and no word of what is wrong")
	}
	code, own := problemCodes[fact.Code(p.Code)]
	switch {
	case p.Code == "no_such_route" || p.Code == "method_not_allowed":
		return a.strange("that it does not serve the API there")
	case !own:
		code = exitServer
	}
	return &exit{code, &fact.Error{
		Code: fact.Code(p.Code), Field: p.Field, Message: p.Detail, Hint: hint(&p), Candidates: p.Candidates,
	}}
}

// hint says how to mend what the API complains of, in words of the command line: a
// command in place of the address that lists the names there are.
func hint(p *wire.Problem) string {
	switch {
	case p.Field == "environment" && len(p.Candidates) > 0:
		return fmt.Sprintf("Add what it runs on, such as --%s TEXT; --help lists the flags.", p.Candidates[0])
	case p.See != "":
		more := cmp.Or(more[p.See], `"testedon export" writes out everything that is known.`)
		return list(" ", strings.TrimSpace(strings.TrimSuffix(p.Hint, p.SeeHint())), more)
	}
	return p.Hint
}

// more says which command tells what an address of the API does, but for those that
// list names.
var more = map[string]string{
	"/docs":   `"testedon check --help" says what a file holds.`,
	"/readyz": `"testedon health" tells when it is.`,
}

// unreachable is the error for a server that does not answer.
func (a *asker) unreachable(err error) error {
	reason := err
	var u *url.Error
	if errors.As(err, &u) {
		reason = u.Err
		if u.Timeout() {
			reason = errors.New("it took too long")
		}
	}
	return &exit{exitServer, &fact.Error{
		Code: fact.CodeUnavailable, Cause: err,
		Message: fmt.Sprintf("cannot ask %s: %v", a.base.Redacted(), reason),
		Hint:    "Look whether the address is right and the server runs.",
	}}
}

// strange is the error for an answer that no server of ours gives.
func (a *asker) strange(what string) error {
	return &exit{exitServer, &fact.Error{
		Code:    fact.CodeUnavailable,
		Message: fmt.Sprintf("%s answered %s", a.base.Redacted(), what),
		Hint:    "Look whether that is the address of a TestedOn server.",
	}}
}
